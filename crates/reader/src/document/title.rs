//! Resolutions known by the congress or plenum that passed them and not by a symbol.

use crate::lexicon::place::UNIT_LEVELS;
use crate::token::{Shape, Words};

/// A resolution known by name: where its printing ends and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The token behind the title.
    pub end: usize,
    /// The token behind the congress alone, without the term.
    pub issuer: Option<(usize, usize)>,
    /// "huyện", "tỉnh", …; empty where the text does not say whose congress it is.
    pub level: String,
}

/// "nghị quyết Đại hội Đảng bộ huyện lần thứ XX, nhiệm kỳ 2020 - 2025" and shorter forms, at `at`.
pub fn named_at(words: &Words<'_>, at: usize) -> Option<Named> {
    let begin = words.phrase(at, "nghị quyết")?;
    if let Some(end) = plenum(words, begin) {
        return Some(Named { end, issuer: None, level: words.text(begin, end).to_lowercase() });
    }
    let congress = words.phrase(begin, "đại hội")?;
    let mut end = words.phrase(congress, "đại biểu").unwrap_or(congress);
    let mut level = String::new();
    if let Some(national) = words.any_phrase(end, &["toàn quốc"]) {
        (end, level) = (national, "toàn quốc".to_owned());
    }
    let base = words.any_phrase(end, &["đảng bộ các cơ quan", "đảng bộ", "chi bộ"]);
    if let Some(base) = base {
        (end, level) = whose(words, base);
    }
    end = ordinal(words, end);
    if level.is_empty() && words.phrase(end, "của đảng").is_some() {
        (end, level) = (end + 2, "toàn quốc".to_owned());
    }
    end = ordinal(words, end);
    let issuer = (end > congress).then_some((begin, end));
    Some(Named { end: term(words, end), issuer, level })
}

/// "Trung ương 4 khóa XII", "Hội nghị Trung ương 6 (khóa XII)".
fn plenum(words: &Words<'_>, at: usize) -> Option<usize> {
    let from = words.phrase(at, "hội nghị").unwrap_or(at);
    let from = words.phrase(from, "lần thứ").unwrap_or(from);
    let central = words.phrase(from, "trung ương")?;
    let end = if words.shape(central) == Some(Shape::Number) { central + 1 } else { return None };
    let bracket = usize::from(words.is(end, "(") || words.is(end, ","));
    match words.any_phrase(end + bracket, &["khóa"]) {
        Some(term) if is_ordinal(words, term) => Some(term + 1 + usize::from(bracket == 1 && words.is(term + 1, ")"))),
        _ => Some(end),
    }
}

/// The level of the party base, with the area's name where it is printed.
fn whose(words: &Words<'_>, at: usize) -> (usize, String) {
    match words.any_phrase(at, UNIT_LEVELS) {
        Some(end) => {
            let run = words.capital_run(end, 4);
            (end + run, words.text(at, end).to_lowercase())
        }
        None => {
            let run = words.capital_run(at, 4);
            (at + run, words.text(at, at + run).to_lowercase())
        }
    }
}

/// "lần thứ XX", "XIII", "khóa XVI".
fn ordinal(words: &Words<'_>, at: usize) -> usize {
    let from = words.any_phrase(at, &["lần thứ", "lần", "khóa"]).unwrap_or(at);
    if is_ordinal(words, from) { from + 1 } else { at }
}

fn is_ordinal(words: &Words<'_>, at: usize) -> bool {
    let roman = words.word(at).is_some_and(|word| word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L')));
    roman || words.shape(at) == Some(Shape::Number) && words.word(at).is_some_and(|word| word.len() <= 2)
}

/// ", nhiệm kỳ 2020 - 2025", with or without the comma or brackets.
fn term(words: &Words<'_>, at: usize) -> usize {
    let from = at + usize::from(words.is_any(at, &[",", "("]));
    let Some(years) = words.phrase(from, "nhiệm kỳ") else { return at };
    let year = |i: usize| words.shape(i) == Some(Shape::Number) && words.word(i).is_some_and(|word| word.len() == 4);
    if year(years) && words.is_any(years + 1, &["-", "–", "—"]) && year(years + 2) {
        years + 3 + usize::from(words.is(at, "(") && words.is(years + 3, ")"))
    } else {
        at
    }
}
