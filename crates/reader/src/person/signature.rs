//! Those who sign: a name on its own line under titles in capitals.

use domain::fold::fold;
use domain::reading::{Confidence, Span};

use super::Mention;
use crate::layout::{Block, BlockKind, Layout};
use crate::lexicon::title::{DEGREES, RANK_NAMES, TITLES};
use crate::token::{Shape, cut};

/// What a signer is in the meeting, not by office.
const FUNCTIONS: [&str; 7] = ["thu ky", "chu tri", "chu toa", "dai dien", "nguoi ghi", "nguoi lap", "doan chu tich"];

/// Adds the signers.
pub fn scan(text: &str, layout: &Layout, mentions: &mut Vec<Mention>) {
    let mut titles: Vec<Span> = Vec::new();
    for block in layout.blocks.iter().filter(|block| block.kind == BlockKind::Signature) {
        let words = block.span.of(text).unwrap_or("");
        let upper = !words.chars().any(char::is_lowercase);
        let title = !title_spans(text, block.span).is_empty();
        if upper && (title || is_signing_for(words) || !looks_like_name(text, block)) {
            if is_signing_for(words) {
                titles.clear();
            } else {
                titles.extend(title_spans(text, block.span));
            }
        } else if let Some((name, rank)) = signer(text, block) {
            let positions = titles.drain(..).chain(rank).collect();
            mentions.push(Mention { name, positions, role: None, confidence: Confidence::Sure, visits: false, alone: true });
        }
    }
}

/// "T/M …", "KT. …" say for whom, not who.
fn is_signing_for(words: &str) -> bool {
    let key = fold(words);
    ["t/m", "tm.", "tm ", "kt.", "kt ", "k/t", "t/l", "tl.", "tl ", "tuq"].iter().any(|word| key.starts_with(word))
}

/// The positions of a line of titles, split at commas; functions in the meeting are none.
fn title_spans(text: &str, span: Span) -> Vec<Span> {
    let words = cut(text, span);
    let key = fold(span.of(text).unwrap_or(""));
    if FUNCTIONS.iter().any(|function| key.starts_with(function)) {
        return Vec::new();
    }
    let mut spans = Vec::new();
    let mut from = 0;
    for at in 0..=words.len() {
        if at == words.len() || words.is_any(at, &[",", "-", "–"]) {
            let start = if words.is(from, "q") && words.is(from + 1, ".") { from + 2 } else { from };
            if TITLES.end(&words, start).is_some() {
                spans.extend(words.span(from, at));
            }
            from = at + 1;
        }
    }
    spans
}

fn looks_like_name(text: &str, block: &Block) -> bool {
    let words = cut(text, block.span);
    (2..=5).contains(&words.len()) && crate::grammar::name::likely_at(&words, 0) == Some(words.len())
}

/// The name of the line, without rank and degree, and the rank.
fn signer(text: &str, block: &Block) -> Option<(Span, Option<Span>)> {
    let words = cut(text, block.span);
    let mut from = 0;
    let rank = RANK_NAMES.end(&words, 0).and_then(|end| {
        from = end;
        words.span(0, end)
    });
    while let Some(end) = words.any_phrase(from, DEGREES) {
        from = if words.is(end, ".") { end + 1 } else { end };
    }
    let length = words.len().checked_sub(from)?;
    let all_words = (from..words.len()).all(|i| words.is_capital(i) && words.shape(i) != Some(Shape::Mark));
    if !all_words || !(1..=5).contains(&length) || (length == 1 && !words.word(from)?.contains('\'')) {
        return None;
    }
    Some((words.span(from, words.len())?, rank))
}
