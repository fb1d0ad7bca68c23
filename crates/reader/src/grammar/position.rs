//! Positions: a title, what modifies it, and the body or field where it is held.

use super::name::area_end;
use super::organ::{Context, committee, fields, level, organ_at, owner};
use crate::lexicon::organ::{COUNCILS, PARTS};
use crate::lexicon::title::{MEMBERSHIPS, MODIFIERS, PREFIXES, RANK_NAMES, TITLES};
use crate::token::{Shape, Words};

/// The token behind the position that begins at `at`.
pub fn position_at(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    if let Some(end) = RANK_NAMES.end(words, at) {
        return Some(end);
    }
    let head = if words.is_any(at, PREFIXES) && TITLES.end(words, at).is_none() {
        let behind = if words.is(at + 1, ".") { at + 2 } else { at + 1 };
        (behind, TITLES.end(words, behind)?)
    } else {
        (at, TITLES.end(words, at).or_else(|| membership(words, at))?)
    };
    let (start, mut end) = head;
    if is_adverb_or_verb(words, start, end) {
        return None;
    }
    while let Some(next) = words.any_phrase(end, MODIFIERS) {
        end = next;
    }
    Some(tail(words, end, context))
}

/// Abbreviated memberships are only believed in capitals: "tp" and "ct" are other things.
fn membership(words: &Words<'_>, at: usize) -> Option<usize> {
    let end = MEMBERSHIPS.end(words, at)?;
    let written_out = end > at + 1;
    let organ_follows = COUNCILS.end(words, end).is_some() || words.is_capital(end) || words.is(end, "tt");
    let needs_organ = words.is_any(at, &["ct", "pct", "tp", "bt", "gđ", "uv"]);
    (written_out || (words.shape(at) == Some(Shape::Upper) && (organ_follows || !needs_organ))).then_some(end)
}

/// "trợ lý", "chuyên viên" and the like in small letters without an organ, "phó" of a plural: no positions.
fn is_adverb_or_verb(words: &Words<'_>, start: usize, end: usize) -> bool {
    end == start + 1 && words.shape(start) == Some(Shape::Lower) && !words.is_capital(end)
}

/// "thôn …" behind a position, or the hamlet's name behind "Trưởng thôn".
fn hamlet(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    const HAMLETS: &[&str] = &["thôn", "bản", "ấp", "buôn", "làng", "khu phố", "tổ dân phố", "khóm"];
    if let Some(end) = words.any_phrase(at, HAMLETS) {
        return Some(area_end(words, end, context.person, context.known));
    }
    let headed = words.is_any(at.checked_sub(1)?, &["thôn", "bản", "ấp", "buôn", "làng"]);
    headed.then(|| area_end(words, at, context.person, context.known))
}

/// Body, part, field, level, as many as follow.
fn tail(words: &Words<'_>, from: usize, context: Context<'_>) -> usize {
    let mut end = from;
    for _ in 0..4 {
        let next = organ_at(words, end, context)
            .or_else(|| committee(words, end, context))
            .or_else(|| owner(words, end, context))
            .or_else(|| PARTS.end(words, end).map(|part| owner(words, part, context).unwrap_or(part)))
            .or_else(|| COUNCILS.end(words, end))
            .or_else(|| words.any_phrase(end, &["nước", "quốc hội", "chính phủ", "chi bộ", "đảng đoàn", "trung ương đảng"]))
            .or_else(|| level(words, end, context))
            .or_else(|| hamlet(words, end, context))
            .or_else(|| Some(fields(words, end, context)));
        match next {
            Some(next) if next > end => end = next,
            _ => break,
        }
    }
    end
}
