//! The slow twin: every thing's words as one line without marks, and questions as substrings of it.

use domain::fold::fold;
use domain::search::Subject;
use search::{Entry, Filter, Order, Points};

use crate::random::World;

/// Where a sentence or a line ends: no phrase goes beyond.
const END: &str = "¶";

/// A text as a line of small words between spaces, marks kept.
pub fn line(text: &str) -> String {
    let marked = text.replace(". ", &format!(" {END} ")).replace('\n', &format!(" {END} "));
    let small = marked.to_lowercase().replace("hoà", "hòa").replace("thuỷ", "thủy").replace("kĩ", "kỹ");
    let words: Vec<&str> =
        small.split([' ', '/', '-']).map(|word| word.trim_end_matches([',', '.'])).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// The same without marks.
pub fn folded(text: &str) -> String {
    format!(" {} ", fold(&line(text)))
}

struct Lines {
    exact: String,
    folded: String,
    title: String,
    title_exact: String,
}

fn lines(entry: &Entry, body: &str) -> Lines {
    let both = format!("{}{END}{}", line(&entry.title), line(body));
    Lines { folded: folded(&both), title: folded(&entry.title), title_exact: line(&entry.title), exact: line(&both) }
}

/// Every finding in its order, and whether only some of the words were found.
pub fn search(world: &World, words: &[&str], quoted: bool, filter: &Filter) -> (Vec<Subject>, bool) {
    let whole = words.join(" ");
    let has_marks = line(&whole).trim() != fold(&line(&whole));
    let every = |lines: &Lines| match (quoted, has_marks) {
        (true, true) => lines.exact.contains(&line(&whole)),
        (true, false) => lines.folded.contains(&folded(&whole)),
        (false, _) => words.iter().all(|word| lines.folded.contains(&folded(word))),
    };
    let found = |lines: &Lines| words.iter().filter(|word| lines.folded.contains(&folded(word))).count();
    let some = |lines: &Lines| found(lines) * 2 >= words.len();
    // Whether all words are found does not depend on the kind, which only narrows what is shown.
    let wide = Filter { kind: None, ..filter.clone() };
    let is_partial = words.len() > 1 && ranked(world, &wide, words, &every, 0).is_empty();
    let word = if is_partial { usize::from(Points::WORD) } else { 0 };
    let ranked = if is_partial { ranked(world, filter, words, &some, word) } else { ranked(world, filter, words, &every, word) };
    let any = is_partial
        && world.values().any(|entry| is_in(entry, &wide) && entry.body(filter.viewer).is_some_and(|body| some(&lines(entry, body))));
    (ranked, any)
}

fn is_in(entry: &Entry, filter: &Filter) -> bool {
    let bounded = filter.from.is_some() || filter.to.is_some();
    let in_time = entry.day.is_some_and(|day| filter.from.is_none_or(|from| from <= day) && filter.to.is_none_or(|to| day <= to));
    filter.kind.is_none_or(|kind| kind == entry.subject.kind)
        && (!bounded || in_time)
        && filter.units.as_ref().is_none_or(|units| entry.units.iter().any(|unit| units.contains(unit)))
}

fn ranked(world: &World, filter: &Filter, words: &[&str], fits: &dyn Fn(&Lines) -> bool, word: usize) -> Vec<Subject> {
    let mut found: Vec<(usize, i64, &Entry)> = Vec::new();
    for entry in world.values().filter(|entry| is_in(entry, filter)) {
        let Some(body) = entry.body(filter.viewer) else { continue };
        let lines = lines(entry, body);
        if fits(&lines) {
            let day = entry.day.map_or(i64::MIN, |day| i64::from(day.day()));
            found.push((points(&lines, words, word), day, entry));
        }
    }
    found.sort_by_key(|(points, day, entry)| {
        let points = i64::try_from(*points).unwrap();
        let (first, second) = if filter.order == Order::Newest { (*day, points) } else { (points, *day) };
        (std::cmp::Reverse(first), std::cmp::Reverse(second), entry.subject.kind, std::cmp::Reverse(entry.subject.id))
    });
    found.into_iter().map(|(.., entry)| entry.subject).collect()
}

fn points(lines: &Lines, words: &[&str], word: usize) -> usize {
    let has_marks = |text: &str| line(text).trim() != fold(&line(text));
    let gives = |fits: bool, points: u16| if fits { usize::from(points) } else { 0 };
    let mut all = 0;
    for one in words {
        all += if lines.folded.contains(&folded(one)) { word } else { 0 };
        all += gives(has_marks(one) && lines.exact.contains(&line(one)), Points::EXACT);
        all += gives(lines.title.contains(&folded(one)), Points::TITLE_WORD);
    }
    for two in words.windows(2) {
        let pair = folded(&two.join(" "));
        all += gives(lines.folded.contains(&pair), Points::PAIR) + gives(lines.title.contains(&pair), Points::TITLE_PAIR);
    }
    let whole = words.join(" ");
    let is_title = |title: &str, whole: &str| title.replace(END, "").split_whitespace().eq(whole.split_whitespace());
    let same = if has_marks(&whole) { is_title(&lines.title_exact, &line(&whole)) } else { is_title(&lines.title, &folded(&whole)) };
    all + gives(same, Points::WHOLE_TITLE)
}
