//! Names that share a part: "Tỉnh ủy, HĐND, UBND tỉnh", "Thường trực, Ban Thường vụ Tỉnh ủy", "các sở: Nội vụ, Tài chính".

use super::Mention;
use crate::grammar::Person;
use crate::grammar::name::area_end;
use crate::grammar::organ::{Context, committee, fields, level, organ_at, owner};
use crate::lexicon::organ::{COMMITTEES, COUNCILS, FIELDS, FIXED, KINDS, PARTS};
use crate::lexicon::place::UNIT_LEVELS;
use crate::token::Words;

/// More heads than this do not share one level.
const HEADS_MAX: usize = 6;
/// Items of one list of fields.
const ITEMS_MAX: usize = 60;

/// "HĐND, UBND tỉnh": heads without a level before a body that has it.
pub fn shared(words: &Words<'_>, at: usize, context: Context<'_>, mentions: &mut Vec<Mention>) -> Option<usize> {
    let mut heads = Vec::new();
    let mut from = at;
    while heads.len() < HEADS_MAX {
        let Some(end) = open_head(words, from, context) else { break };
        if !words.is_any(end, &[",", "và", "-", "–", "&"]) {
            break;
        }
        heads.push((from, end));
        from = end + 1;
    }
    if heads.is_empty() {
        return None;
    }
    let end = organ_at(words, from, context)?;
    let tail = tail_start(words, from, end)?;
    let share = words.text(tail, end);
    for (from, to) in heads {
        mentions.push(Mention { name: format!("{} {share}", words.text(from, to)), span: words.span(from, to)? });
    }
    mentions.push(Mention { name: words.text(from, end).to_owned(), span: words.span(from, end)? });
    Some(end)
}

/// A head that has neither level nor owner of its own.
fn open_head(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    if !words.is_capital(at) {
        return None;
    }
    let part = PARTS.end(words, at);
    let from = part.unwrap_or(at);
    let base = words.phrase(at, "đảng ủy").filter(|end| !words.is(*end, "viên"));
    let end = COUNCILS.end(words, from).or(part).or(base).or_else(|| FIXED.end(words, at))?;
    let own = level(words, end, context).or_else(|| committee(words, end, context)).or_else(|| owner(words, end, context));
    own.is_none().then_some(end)
}

/// Where the level or the committee begins that the heads share.
fn tail_start(words: &Words<'_>, from: usize, end: usize) -> Option<usize> {
    (from + 1..end).find(|&at| words.any_phrase(at, COMMITTEES).is_some() || words.any_phrase(at, UNIT_LEVELS).is_some())
}

/// "các sở: Nội vụ, Giao thông vận tải và Tài chính", "các Bộ Tài chính, Xây dựng".
pub fn listed(words: &Words<'_>, at: usize, context: Context<'_>, mentions: &mut Vec<Mention>) -> Option<usize> {
    let held = at.checked_sub(1).is_some_and(|before| words.is_any(before, &["đốc", "trưởng", "tịch", "thư"]));
    if !words.is(at, "các") || !words.is_any(at + 1, &["sở", "bộ", "phòng"]) || held {
        return None;
    }
    let kind = capitalised(words.word(at + 1)?);
    let mut from = at + 2;
    if words.is(from, ",") && words.is_any(from + 1, &["ngành", "ban", "cơ"]) {
        from += if words.is(from + 1, "cơ") { 3 } else { 2 };
    }
    from += usize::from(words.is(from, ":"));
    let mut items = Vec::new();
    while items.len() < ITEMS_MAX {
        let Some(end) = item(words, from, context) else { break };
        items.push((from, end));
        if !words.is_any(end, &[",", "và", ";"]) {
            break;
        }
        from = end + 1;
    }
    let last = items.last()?.1;
    for (from, to) in items {
        let tail = level(words, last, context).filter(|_| kind == "Phòng").map_or("", |end| words.text(last, end));
        let name = format!("{kind} {} {tail}", words.text(from, to));
        mentions.push(Mention { name: name.trim_end().to_owned(), span: words.span(from, to)? });
    }
    Some(last)
}

/// "UBND các huyện Mường …, Nậm …", "Đảng ủy các xã: …": one body an area.
pub fn of_areas(words: &Words<'_>, at: usize, context: Context<'_>, mentions: &mut Vec<Mention>) -> Option<usize> {
    if !words.is_capital(at) {
        return None;
    }
    let head = COUNCILS.end(words, at).or_else(|| words.phrase(at, "đảng ủy"))?;
    if !words.is(head, "các") {
        return None;
    }
    let level = head + 1;
    let mut from = words.any_phrase(level, UNIT_LEVELS)?;
    let level_words = words.text(level, from);
    from += usize::from(words.is(from, ":"));
    let mut last = None;
    for _ in 0..ITEMS_MAX {
        let end = area_end(words, from, Person::Never, context.known);
        let Some(span) = words.span(from, end) else { break };
        mentions.push(Mention { name: format!("{} {level_words} {}", words.text(at, head), words.text(from, end)), span });
        last = Some(end);
        if !words.is_any(end, &[",", "và"]) {
            break;
        }
        from = end + 1;
    }
    last
}

/// One field of the list: a known one, else words with capitals.
fn item(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    if !words.is_capital(at) {
        return None;
    }
    if let Some(end) = FIELDS.end(words, at).filter(|end| !words.is_any(*end, &["-", "–"]) && !words.is_capital(*end)) {
        return Some(end);
    }
    let other = KINDS.end(words, at).is_some() || PARTS.end(words, at).is_some() || COUNCILS.end(words, at).is_some();
    let end = fields(words, at, context);
    let central = words.is(at, "trung") && words.is(at + 1, "ương");
    (end > at && !other && !central).then_some(end)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
}
