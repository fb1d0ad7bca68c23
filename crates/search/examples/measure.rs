//! Measures an index of many generated texts: `cargo run --release -p search --example measure [texts]`. The texts are the same
//! each time; their words are a dictionary of syllables, their names are invented.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a measurement that fails is told by its panic")]

use std::time::{Duration, Instant};

use domain::code::Coded;
use domain::id::Id;
use domain::search::{SearchKind, Subject};
use jiff::ToSpan;
use jiff::civil::date;
use search::{Entry, Filter, Index, Query, Viewer, snippet};

const TEXTS: i64 = 200_000;
const QUESTIONS: usize = 4000;
const FIRST: [&str; 22] =
    ["b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"];
const RHYMES: [&str; 44] = [
    "a", "á", "à", "ả", "ạ", "an", "án", "ang", "áng", "ao", "ảo", "ăm", "ân", "ấn", "ận", "âu", "ầu", "e", "en", "ê", "ế", "ện", "i",
    "ình", "inh", "iên", "iến", "iệp", "iệu", "o", "ó", "ong", "oàn", "oanh", "ô", "ông", "ộng", "ời", "u", "ung", "uyện", "ư", "ương",
    "ường",
];
const PHRASES: [&str; 12] = [
    "nhiệm vụ",
    "phát triển",
    "kinh tế",
    "huyện Mường Vân",
    "giảm nghèo",
    "xây dựng nông thôn mới",
    "đầu tư công",
    "giải ngân",
    "xã Nà Khoa",
    "Tỉnh ủy Lam Giang",
    "kế hoạch",
    "chuyển đổi số",
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).unwrap()
    }

    /// Frequent words are far more frequent than the others, as in any language.
    fn syllable(&mut self) -> String {
        let all = FIRST.len() * RHYMES.len();
        let place = self.below(all).min(self.below(all)).min(self.below(all));
        format!("{}{}", FIRST[place % FIRST.len()], RHYMES[(place * 7) % RHYMES.len()])
    }

    fn text(&mut self, words: usize) -> String {
        let mut text = String::new();
        for _ in 0..words {
            match self.below(12) {
                0 => text.push_str(PHRASES[self.below(PHRASES.len()).min(self.below(PHRASES.len()))]),
                1 => text.push_str(&format!("{},{}", self.below(100), self.below(10))),
                _ => text.push_str(&self.syllable()),
            }
            text.push_str(if self.below(12) == 0 { ". " } else { " " });
        }
        text
    }

    fn entry(&mut self, id: i64) -> Entry {
        let body = self.text(50);
        Entry {
            subject: Subject::new(SearchKind::ALL[self.below(8)], id),
            title: format!("{} {}/2024/NQ-HĐND", self.text(8), id % 400),
            day: Some(date(2021, 1, 1) + i32::try_from(self.below(1400)).unwrap().days()),
            units: vec![Id::new(i64::try_from(self.below(300)).unwrap())],
            public: (id % 3 > 0).then(|| body.clone()),
            staff: Some(body),
        }
    }

    fn question(&mut self) -> String {
        let syllables = |dice: &mut Self, many: usize| (0..many).map(|_| dice.syllable()).collect::<Vec<_>>().join(" ");
        match self.below(8) {
            0 => PHRASES[self.below(PHRASES.len())].to_owned(),
            1 => domain::fold::fold(PHRASES[self.below(PHRASES.len())]),
            2 => format!("\"{}\"", PHRASES[self.below(PHRASES.len())]),
            3 => format!("{} {}", PHRASES[self.below(PHRASES.len())], self.syllable()),
            4 => format!("{}/2024/NQ-HĐND", self.below(400)),
            5 => syllables(self, 1),
            6 => syllables(self, 2),
            _ => syllables(self, 3),
        }
    }
}

fn main() {
    let texts = std::env::args().nth(1).map_or(TEXTS, |typed| typed.parse().expect("a number of texts"));
    let mut dice = Dice(1);
    println!("before: {}", memory());
    let index = Index::new().expect("an index");
    let mut writing = index.begin().expect("a writer");
    let (mut made, begin) = (Duration::ZERO, Instant::now());
    for id in 1..=texts {
        let before = Instant::now();
        let entry = dice.entry(id);
        made += before.elapsed();
        writing.add(&entry).expect("an entry");
    }
    writing.commit().expect("a commit");
    println!(
        "{texts} texts in {:.1?}, {} MB of index, {}",
        begin.elapsed().saturating_sub(made),
        index.bytes().expect("its size") / 1_000_000,
        memory()
    );
    let questions: Vec<String> = (0..QUESTIONS).map(|_| dice.question()).collect();
    ask(&index, &questions, "searches", |index, query| {
        index.search(query, &Filter::all(Viewer::Public, 20)).expect("findings").count(None)
    });
    ask(&index, &questions, "suggestions", |index, query| index.suggest(query, &Filter::all(Viewer::Public, 24)).expect("titles").len());
    ask(&index, &questions[..100], "nearest words", |index, query| {
        usize::from(index.nearest(query, Viewer::Public).expect("a word").is_some())
    });
    let long = dice.text(20_000);
    let begin = Instant::now();
    let shown = snippet(&long, &Query::parse("xã Nà Khoa"), 220);
    println!("a snippet of {} kB: {:.2?} ({} pieces)", long.len() / 1000, begin.elapsed(), shown.pieces.len());
    let mut times: Vec<Duration> = Vec::new();
    for id in 1..=200 {
        let entry = dice.entry(id);
        let begin = Instant::now();
        index.update(&[entry]).expect("an update");
        times.push(begin.elapsed());
    }
    print_times("updates of one text", times, 200);
    println!("after: {}", memory());
}

fn ask(index: &Index, questions: &[String], what: &str, ask: impl Fn(&Index, &Query) -> usize) {
    let (mut times, mut found) = (Vec::new(), 0);
    for typed in questions {
        let begin = Instant::now();
        found += ask(index, &Query::parse(typed));
        times.push(begin.elapsed());
    }
    print_times(what, times, found);
}

fn print_times(what: &str, mut times: Vec<Duration>, found: usize) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!("{} {what}: p50 {:.2?}, p99 {:.2?}, max {:.2?} ({found})", times.len(), at(50), at(99), at(100));
}

/// What the system says that the process holds.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| {
        status.lines().find(|line| line.starts_with(name)).map(|line| line.split_whitespace().skip(1).collect::<Vec<_>>().join(" "))
    };
    format!("resident {}, at most {}", line("VmRSS").unwrap_or_default(), line("VmHWM").unwrap_or_default())
}
