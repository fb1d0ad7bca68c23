//! Calendar dates as Vietnamese papers print them, found in a stretch of text: `17/4/2024`, `17-4-2024`, `25.3.2021`,
//! `ngày 02 tháng 4 năm 2024`, `tháng 3/2024`, `quý III/2024`, `năm 2023`. Time phrases made of them ("đến hết …",
//! "6 tháng đầu năm") are `period`'s.

use domain::reading::Span;
use jiff::civil::Date;

use crate::text::{char_after, char_before, word_before};

/// Years outside these bounds are numbers of something else.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// A date as exactly as it is printed; a year that is not printed is the paper's, which the caller knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// `17/4/2024`, `17/4`
    Day {
        /// 1 to 31.
        day: i8,
        /// 1 to 12.
        month: i8,
        /// Absent where it is not printed.
        year: Option<i16>,
    },
    /// `tháng 3/2024`, `tháng 3`
    Month {
        /// 1 to 12.
        month: i8,
        /// Absent where it is not printed.
        year: Option<i16>,
    },
    /// `quý III/2024`, `quý I`
    Quarter {
        /// 1 to 4.
        quarter: i8,
        /// Absent where it is not printed.
        year: Option<i16>,
    },
    /// `năm 2023`
    Year(i16),
}

/// A date and where it stands, with its cue ("ngày", "tháng", "quý", "năm").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// What it says.
    pub when: When,
    /// Where it stands.
    pub span: Span,
}

impl When {
    /// The printed year.
    pub const fn year(self) -> Option<i16> {
        match self {
            Self::Day { year, .. } | Self::Month { year, .. } | Self::Quarter { year, .. } => year,
            Self::Year(year) => Some(year),
        }
    }

    /// The first day, with `paper_year` where the year is not printed.
    pub fn first(self, paper_year: Option<i16>) -> Option<Date> {
        let year = self.year().or(paper_year)?;
        match self {
            Self::Day { day, month, .. } => Date::new(year, month, day).ok(),
            Self::Month { month, .. } => Date::new(year, month, 1).ok(),
            Self::Quarter { quarter, .. } => Date::new(year, quarter * 3 - 2, 1).ok(),
            Self::Year(_) => Date::new(year, 1, 1).ok(),
        }
    }

    /// The last day, with `paper_year` where the year is not printed.
    pub fn last(self, paper_year: Option<i16>) -> Option<Date> {
        let year = self.year().or(paper_year)?;
        match self {
            Self::Day { .. } => self.first(paper_year),
            Self::Month { month, .. } => Date::new(year, month, 1).ok().map(Date::last_of_month),
            Self::Quarter { quarter, .. } => Date::new(year, quarter * 3, 1).ok().map(Date::last_of_month),
            Self::Year(_) => Date::new(year, 12, 31).ok(),
        }
    }
}

/// Every date in `span`, in order.
pub fn find_dates(text: &str, span: Span) -> Vec<Dated> {
    let mut found = Vec::new();
    let (bytes, mut at) = (text.as_bytes(), span.start);
    while at < span.end.min(bytes.len()) {
        let byte = bytes[at];
        if byte.is_ascii_digit() || byte == b'q' || byte == b'Q' {
            if let Some(dated) = date_at(text, at).filter(|dated| dated.span.end <= span.end) {
                at = dated.span.end;
                found.push(dated);
                continue;
            }
            if byte.is_ascii_digit() {
                at = digits_end(bytes, at);
                continue;
            }
        }
        at += 1;
    }
    found
}

/// The date whose first digit (or whose "quý") is at `at`; its span takes in the cue before it.
pub fn date_at(text: &str, at: usize) -> Option<Dated> {
    if char_before(text, at).is_some_and(|c| c.is_alphanumeric() || c == '/') {
        return None;
    }
    if !text.as_bytes().get(at)?.is_ascii_digit() {
        return quarter_at(text, at);
    }
    let (cue_start, cue) = word_before(text, at);
    let cue = cue.to_lowercase();
    let with_cue = |when: (When, usize)| Dated { when: when.0, span: Span { start: cue_start, end: when.1 } };
    let bare = |when: (When, usize)| Dated { when: when.0, span: Span { start: at, end: when.1 } };
    match cue.as_str() {
        "ngày" => day_at(text, at).map(with_cue),
        "tháng" => month_at(text, at).map(with_cue),
        "năm" => year_at(text, at).map(with_cue),
        _ => bare_at(text, at, &cue).map(bare),
    }
}

/// `17/4/2024`, `17/4`, `02 tháng 4 năm 2024`, `02/4 năm 2024`.
fn day_at(text: &str, at: usize) -> Option<(When, usize)> {
    let (day, end) = small(text, at, 31)?;
    if let Some(next) = after_word(text, end, "tháng") {
        let (month, end) = small(text, next, 12)?;
        let (year, end) = year_behind(text, end);
        return Some((When::Day { day, month, year }, end));
    }
    let separator = separator_at(text, end)?;
    let (month, end) = small(text, end + 1, 12)?;
    let (year, end) = match text.as_bytes().get(end) {
        Some(&byte) if byte == separator => year_at_digits(text, end + 1).map_or((None, end), |(year, end)| (Some(year), end)),
        _ => year_behind(text, end),
    };
    Some((When::Day { day, month, year }, end))
}

/// `3/2024`, `3-2024`, `3 năm 2024`, `3`; not "03 tháng" counted in months, whose number stands before the word.
fn month_at(text: &str, at: usize) -> Option<(When, usize)> {
    let (month, end) = small(text, at, 12)?;
    if separator_at(text, end).is_some() {
        if let Some((year, end)) = year_at_digits(text, end + 1) {
            return Some((When::Month { month, year: Some(year) }, end));
        }
        if text.as_bytes().get(end + 1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
    }
    let (year, end) = year_behind(text, end);
    Some((When::Month { month, year }, end))
}

fn year_at(text: &str, at: usize) -> Option<(When, usize)> {
    let (year, end) = year_at_digits(text, at)?;
    Some((When::Year(year), end))
}

/// Without a cue a full date or month and year stand for themselves; a day and month only behind words of time.
fn bare_at(text: &str, at: usize, before: &str) -> Option<(When, usize)> {
    if let Some((when, end)) = day_at(text, at) {
        if when.year().is_some() {
            return (!in_symbol(text, end)).then_some((when, end));
        }
        let strong = matches!(before, "sáng" | "chiều" | "tối" | "trưa" | "đêm" | "mùng" | "mồng" | "hôm");
        let weak = matches!(before, "trước" | "đến" | "hết" | "từ" | "xong" | "cuối" | "và");
        let counted = text.get(end..).is_some_and(|rest| {
            let mut rest = rest.chars();
            rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase)
        });
        if strong || (weak && !counted && !in_symbol(text, end)) {
            return Some((when, end));
        }
        return None;
    }
    let (when, end) = month_at(text, at)?;
    (matches!(when, When::Month { year: Some(_), .. }) && !in_symbol(text, end) && separator_at(text, end - 5).is_some())
        .then_some((when, end))
}

/// "31/2023/NQ-HĐND": what goes on with a slash or a dash and letters is a document's symbol.
fn in_symbol(text: &str, end: usize) -> bool {
    matches!(char_after(text, end), Some('/' | '-' | '–'))
        && text.get(end + 1..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}

fn quarter_at(text: &str, at: usize) -> Option<Dated> {
    let head = text.get(at..)?;
    let name = head.strip_prefix("quý ").or_else(|| head.strip_prefix("Quý ")).or_else(|| head.strip_prefix("QUÝ "))?;
    let numeral = name.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let quarter = match numeral {
        "I" | "1" | "01" => 1,
        "II" | "2" | "02" => 2,
        "III" | "3" | "03" => 3,
        "IV" | "4" | "04" => 4,
        _ => return None,
    };
    let end = at + (head.len() - name.len()) + numeral.len();
    let (year, end) = match separator_at(text, end).and_then(|_| year_at_digits(text, end + 1)) {
        Some((year, end)) => (Some(year), end),
        None => year_behind(text, end),
    };
    Some(Dated { when: When::Quarter { quarter, year }, span: Span { start: at, end } })
}

/// " năm 2024" behind a day, month or quarter.
fn year_behind(text: &str, end: usize) -> (Option<i16>, usize) {
    after_word(text, end, "năm").and_then(|next| year_at_digits(text, next)).map_or((None, end), |(year, end)| (Some(year), end))
}

/// Where the next thing begins, if ` word ` stands at `at`.
fn after_word(text: &str, at: usize, word: &str) -> Option<usize> {
    let rest = text.get(at..)?;
    let trimmed = rest.trim_start_matches([' ', '\u{a0}', ',']);
    let behind = trimmed.strip_prefix(word)?;
    let number = behind.trim_start_matches([' ', '\u{a0}']);
    (trimmed.len() < rest.len() && number.len() < behind.len()).then(|| text.len() - number.len())
}

fn year_at_digits(text: &str, at: usize) -> Option<(i16, usize)> {
    let end = digits_end(text.as_bytes(), at);
    let digits = text.get(at..end)?;
    let year = if digits.len() == 4 { digits.parse::<i16>().ok()? } else { return None };
    YEARS.contains(&year).then_some((year, end))
}

/// A number of one or two digits from 1 to `most`.
fn small(text: &str, at: usize, most: i8) -> Option<(i8, usize)> {
    let end = digits_end(text.as_bytes(), at);
    let digits = text.get(at..end)?;
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    let number = digits.parse::<i8>().ok()?;
    (1..=most).contains(&number).then_some((number, end))
}

fn separator_at(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied().filter(|byte| matches!(byte, b'/' | b'-' | b'.'))
}

fn digits_end(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, Option<&str>)]) {
        let found = find_dates(text, Span { start: 0, end: text.len() });
        let got: Vec<(String, Option<String>)> =
            found.iter().map(|d| (d.span.of(text).unwrap_or("").to_owned(), d.when.last(Some(2024)).map(|d| d.to_string()))).collect();
        let expect: Vec<_> = expect.iter().map(|(q, d)| ((*q).to_owned(), d.map(str::to_owned))).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn reads_every_form() {
        check("Sáng 17/4, ngày 17-4-2023.", &[("17/4", Some("2024-04-17")), ("ngày 17-4-2023", Some("2023-04-17"))]);
        check("NQ 03-NQ/HU 25.3.2021 của", &[("25.3.2021", Some("2021-03-25"))]);
        check("ngày 02 tháng 4 năm 2022", &[("ngày 02 tháng 4 năm 2022", Some("2022-04-02"))]);
        check("đến tháng 3/2024; tháng 02 năm 2023", &[("tháng 3/2024", Some("2024-03-31")), ("tháng 02 năm 2023", Some("2023-02-28"))]);
        check(
            "trong quý III/2025, quý I năm 2026, quý II",
            &[("quý III/2025", Some("2025-09-30")), ("quý I năm 2026", Some("2026-03-31")), ("quý II", Some("2024-06-30"))],
        );
        check("Năm 2023 và xong trước 25-9.", &[("Năm 2023", Some("2023-12-31")), ("25-9", Some("2024-09-25"))]);
    }

    #[test]
    fn leaves_parts_and_symbols_alone() {
        check("có 4/9 xã; 30/41 trường; đạt 20,8/31 ha", &[]);
        check("Nghị quyết số 31/2023/NQ-HĐND, Quyết định 10/2023/QĐ-UBND", &[]);
        check("tăng từ 4/9 xã lên 1.428/1340 tỷ đồng, 17-NQ/TU", &[]);
        check("ngày 99/99/9999, tháng 13, quý V, ngày 31/2/2024", &[("ngày 31/2/2024", None)]);
    }
}
