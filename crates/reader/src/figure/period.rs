//! Time phrases: "năm 2023", "đến hết quý I/2024", "6 tháng đầu năm", "nhiệm kỳ 2020 - 2025", "từ đầu nhiệm kỳ đến nay".
//! It finds where they stand and which days they mean; which figure they belong to is [`super::frame`]'s.

use super::days::{Core, core};
use crate::words::Line;
use domain::reading::Period;

/// How a time phrase bears on the figures beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// It says when.
    Plain,
    /// It says by when: "trước ngày 30/9", "chậm nhất quý I".
    Deadline,
    /// It says since or against when, or dates a document: "so với năm 2020", "ngày 11/11/2014 của Tỉnh ủy".
    Aside,
}

/// One time phrase, as tokens `from..to`.
#[derive(Debug, Clone, Copy)]
pub struct TimePhrase {
    /// The first token, prepositions included.
    pub from: usize,
    /// The token behind the last.
    pub to: usize,
    /// Its days; absent for "hiện nay", "đến nay", "từ đầu nhiệm kỳ".
    pub period: Option<Period>,
    /// How it bears on figures.
    pub bearing: Bearing,
    /// Whether it prints a day, month or quarter without its year.
    pub year_missing: bool,
}

/// Finds the time phrases of a line, in order. `year` completes what is printed without one.
pub fn find_times(line: &Line<'_>, year: Option<i16>) -> Vec<TimePhrase> {
    let mut phrases: Vec<TimePhrase> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let floor = phrases.last().map_or(0, |p| p.to);
        match standing(line, at).or_else(|| core(line, at, year).map(|core| dress(line, at, floor, core))) {
            Some(phrase) => {
                at = phrase.to;
                join(line, &mut phrases, phrase);
            }
            None => at += 1,
        }
    }
    phrases
}

/// Phrases that name no day but say that the figure is of now, or of no certain time.
const STANDING: [&str; 18] = [
    "từ đầu nhiệm kỳ đến nay",
    "từ đầu nhiệm kỳ",
    "đầu nhiệm kỳ",
    "từ đầu năm đến nay",
    "từ nay đến",
    "tính đến nay",
    "cho đến nay",
    "đến nay",
    "đến thời điểm này",
    "đến thời điểm hiện tại",
    "đến thời điểm hiện nay",
    "hiện nay",
    "hiện tại",
    "thời gian qua",
    "những năm qua",
    "thời gian tới",
    "trong nhiệm kỳ",
    "cả nhiệm kỳ",
];

fn standing(line: &Line<'_>, at: usize) -> Option<TimePhrase> {
    if !matches!(line.word(at), "từ" | "đầu" | "tính" | "cho" | "đến" | "hiện" | "nay" | "thời" | "những" | "trong" | "cả")
    {
        return None;
    }
    let bare_now = line.word(at) == "hiện"
        && !matches!(line.word(at + 1), "đại" | "trạng" | "trường" | "tượng" | "vật" | "thực" | "hữu" | "hành" | "diện");
    let bare_now = bare_now || (line.word(at) == "nay" && line.before(at, 1) == "," && line.word(at + 1) != "là");
    let bare_now = bare_now && !matches!(line.before(at, 1), "thực" | "phát" | "thể" | "biểu" | "xuất" | "tái" | "hiển");
    let to = line.any_phrase(at, &STANDING).or(if bare_now { Some(at + 1) } else { None })?;
    let whole_term = matches!(line.word(at), "cả" | "trong");
    let bearing = if is_base(line, at) || whole_term { Bearing::Aside } else { Bearing::Plain };
    Some(TimePhrase { from: at, to, period: None, bearing, year_missing: false })
}

/// Whether what stands before says that the time is only compared with.
fn is_base(line: &Line<'_>, at: usize) -> bool {
    match line.before(at, 1) {
        "với" | "so" | "kỳ" | "kì" | "hơn" | "như" | "lần" | "bằng" => {
            line.before(at, 1) != "với" || matches!(line.before(at, 2), "so" | "sánh")
        }
        "điểm" => line.before(at, 2) == "thời" && matches!(line.before(at, 3), "với" | "so"),
        "mức" | "là" | "của" => line.before(at, 2) == "với" && line.before(at, 3) == "so",
        _ => false,
    }
}

/// Gives a core the words before it: *đến, hết, trước, từ, trong* …
fn dress(line: &Line<'_>, at: usize, floor: usize, core: Core) -> TimePhrase {
    let mut from = at;
    let (mut until, mut since, mut deadline, mut named) = (false, false, false, false);
    while from > floor && at - from < 4 {
        match line.word(from - 1) {
            "đến" | "hết" | "cuối" | "tới" => until = true,
            "trước" => (until, deadline) = (true, true),
            "nhất" if line.before(from, 2) == "chậm" => (until, deadline) = (true, true),
            "chậm" | "tính" if until => {}
            "từ" => since = true,
            "kể" if since => {}
            "trong" | "vào" | "cả" | "riêng" | "sáng" | "chiều" | "tối" | "ngày" | "các" | "hai" | "ba" | "những" | "khoảng" => {
                named = true
            }
            _ => break,
        }
        from -= 1;
    }
    let aside =
        is_base(line, from) || (core.single_day && !until && !since && !named && from > 0 && !opens(line, from)) || in_title(line, at);
    let period = core.days.map(|(first, last)| match (until, since) {
        (true, _) => Period { from: None, to: Some(last) },
        (false, true) => Period { from: Some(first), to: None },
        (false, false) => Period { from: Some(first), to: Some(last) },
    });
    let bearing = match (aside, deadline) {
        (true, _) => Bearing::Aside,
        (false, true) => Bearing::Deadline,
        (false, false) => Bearing::Plain,
    };
    TimePhrase { from, to: core.to, period, bearing, year_missing: core.year_missing }
}

fn opens(line: &Line<'_>, at: usize) -> bool {
    at == 0 || matches!(line.before(at, 1), ":" | "(" | ";") || line.ends_sentence(at - 1)
}

/// "Nghị quyết Đại hội … lần thứ XVII, nhiệm kỳ 2020 - 2025": the term is part of the name.
fn in_title(line: &Line<'_>, at: usize) -> bool {
    if !matches!(line.word(at), "nhiệm" | "giai") {
        return false;
    }
    let comma = if line.before(at, 1) == "," { 1 } else { 0 };
    (1..=5).any(|back| matches!(line.before(at, comma + back), "thứ" | "hội" | "bộ"))
        && (1..=12).any(|back| matches!(line.before(at, comma + back), "hội" | "quyết"))
}

/// "từ năm 2021 đến năm 2024" is one phrase.
fn join(line: &Line<'_>, phrases: &mut Vec<TimePhrase>, next: TimePhrase) {
    if let Some(last) = phrases.last_mut() {
        let touching = next.from == last.to || (next.from == last.to + 1 && matches!(line.word(last.to), "-" | "–"));
        let since_start = last.period.is_none() && line.word(last.from) == "từ";
        let end = next.period.and_then(|p| p.to);
        if touching && (since_start || last.period.is_some_and(|p| p.from.is_some() && p.to.is_none())) && end.is_some() {
            last.period = Some(Period { from: last.period.and_then(|p| p.from), to: end });
            last.to = next.to;
            last.year_missing |= next.year_missing;
            return;
        }
        if touching && next.period.is_none() && last.period.is_some_and(|p| p.from.is_some() && p.to.is_none()) {
            last.to = next.to;
            return;
        }
    }
    phrases.push(next);
}
