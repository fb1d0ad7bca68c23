//! Finds organisations and standing collectives.
//!
//! A body counts where its name stands for itself: not inside a position, not inside a longer name. Coordinated names are
//! given in full ("HĐND, UBND tỉnh"), and a shorter form is a mention of the only body that it can mean.

mod coordination;
mod merge;

use domain::reading::{BodyDraft, Span};

use crate::grammar::organ::{Context, level, organ_at};
use crate::grammar::position::position_at;
use crate::grammar::{Known, Person, is_national_heading};
use crate::layout::{Block, BlockKind, Layout};
use crate::lexicon::title::{MEMBERSHIPS, TITLES};
use crate::token::{Words, cut};

/// One printing of a body's name.
#[derive(Debug)]
pub struct Mention {
    /// The name in full.
    pub name: String,
    /// What is printed here.
    pub span: Span,
}

/// Finds organisations and standing collectives, in the order of the text.
pub fn find_bodies(text: &str, layout: &Layout, known: &Known) -> Vec<BodyDraft> {
    let mut mentions = Vec::new();
    for (index, block) in layout.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Letterhead => letterhead(text, layout, index, known, &mut mentions),
            BlockKind::Headline | BlockKind::Heading { .. } | BlockKind::Paragraph { .. } | BlockKind::Caption | BlockKind::Recipients => {
                scan(text, block, known, &mut mentions);
            }
            BlockKind::Signature => scan(text, block, known, &mut mentions),
            _ => {}
        }
    }
    merge::merge(mentions)
}

/// Walks one block from name to name.
fn scan(text: &str, block: &Block, known: &Known, mentions: &mut Vec<Mention>) {
    let words = cut(text, block.span);
    let context = Context { known, person: Person::Never };
    let titles = Context { known, person: Person::MayFollow };
    let mut at = 0;
    while at < words.len() {
        at = over_position(&words, at, titles)
            .or_else(|| coordination::listed(&words, at, context, mentions))
            .or_else(|| coordination::of_areas(&words, at, context, mentions))
            .or_else(|| coordination::shared(&words, at, context, mentions))
            .or_else(|| single(&words, at, context, mentions))
            .unwrap_or(at + 1);
    }
}

/// Over a position with the body that it is held in; lists of titles ("Chủ tịch, Phó Chủ tịch UBND huyện") go title by title.
fn over_position(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    let titled = TITLES.end(words, at).is_some() || MEMBERSHIPS.end(words, at).is_some();
    titled.then(|| position_at(words, at, context)).flatten()
}

fn single(words: &Words<'_>, at: usize, context: Context<'_>, mentions: &mut Vec<Mention>) -> Option<usize> {
    let end = organ_at(words, at, context).or_else(|| {
        // "nghị quyết đại hội đảng bộ huyện": in small letters it is at most another printing.
        let base = words.phrase(at, "đảng bộ")?;
        level(words, base, context)
    })?;
    let plural = at.checked_sub(1).is_some_and(|before| words.is_any(before, &["các", "những", "mỗi", "từng"]));
    let nobody = words.any_phrase(at, &["đảng ủy", "đảng bộ"]) == Some(end);
    let level_only = words.is_any(end - 1, &["huyện", "xã", "phường", "phố", "trấn", "quận"]);
    if !(nobody || (plural && level_only)) {
        mentions.push(Mention { name: words.text(at, end).to_owned(), span: words.span(at, end)? });
    }
    Some(end)
}

/// A cell of the letterhead; a level on the line below completes the name.
fn letterhead(text: &str, layout: &Layout, index: usize, known: &Known, mentions: &mut Vec<Mention>) {
    let Some(block) = layout.blocks.get(index) else { return };
    let printed = block.span.of(text).unwrap_or("");
    if is_national_heading(printed) {
        return;
    }
    let before = mentions.len();
    scan(text, block, known, mentions);
    if mentions.len() > before {
        return;
    }
    let below = layout.blocks.iter().skip(index + 1).take(3).find(|next| {
        let words = cut(text, next.span);
        next.kind == BlockKind::Letterhead && words.any_phrase(0, crate::lexicon::place::UNIT_LEVELS).is_some()
    });
    let alone = cut(text, block.span);
    if let Some(below) = below.filter(|_| crate::lexicon::organ::COUNCILS.end(&alone, 0) == Some(alone.len())) {
        let name = format!("{printed} {}", below.span.of(text).unwrap_or(""));
        mentions.push(Mention { name, span: block.span });
    }
}
