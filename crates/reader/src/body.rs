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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lay_out;

    fn check(sentence: &str, expect: &[&str]) {
        let paper = format!("Tỉnh làm việc với huyện\n\n{sentence}\n");
        let layout = lay_out(&paper, None);
        let mut known = Known::of(&paper, &layout);
        let _ = crate::person::find_people(&paper, &layout, &mut known);
        let got: Vec<String> =
            find_bodies(&paper, &layout, &known).iter().map(|body| format!("{} {}", body.name, body.spans.len())).collect();
        assert_eq!(got, expect, "{sentence}");
    }

    #[test]
    fn coordinated_names_are_given_in_full() {
        check("Tỉnh ủy, HĐND, UBND tỉnh quan tâm.", &["Tỉnh ủy 1", "HĐND tỉnh 1", "UBND tỉnh 1"]);
        check("Kính trình Thường trực, Ban Thường vụ Huyện ủy xem xét.", &["Thường trực Huyện ủy 1", "Ban Thường vụ Huyện ủy 1"]);
        check(
            "Giao các sở: Nội vụ, Kế hoạch và Đầu tư và Tài chính rà soát.",
            &["Sở Nội vụ 1", "Sở Kế hoạch và Đầu tư 1", "Sở Tài chính 1"],
        );
        check("UBND các huyện Nậm Tè, Sín Chải báo cáo.", &["UBND huyện Nậm Tè 1", "UBND huyện Sín Chải 1"]);
    }

    #[test]
    fn a_name_ends_where_the_verb_begins() {
        check(
            "Giao Sở Văn hóa, Thể thao và Du lịch tham mưu, Ủy ban Biên cương Quốc gia giám sát.",
            &["Sở Văn hóa, Thể thao và Du lịch 1", "Ủy ban Biên cương Quốc gia 1"],
        );
        check("Sở Nội vụ và Sở Tài chính tổng hợp, báo cáo.", &["Sở Nội vụ 1", "Sở Tài chính 1"]);
    }

    #[test]
    fn shorter_forms_are_mentions_of_the_only_longer_one() {
        check("Huyện ủy Nậm Tè họp. Huyện uỷ yêu cầu BTV Huyện ủy kiểm tra.", &["Huyện ủy Nậm Tè 2", "BTV Huyện ủy 1"]);
        check(
            "UBND huyện Nậm Tè và UBND huyện Sín Chải họp; UBND huyện báo cáo.",
            &["UBND huyện Nậm Tè 1", "UBND huyện Sín Chải 1", "UBND huyện 1"],
        );
    }

    #[test]
    fn positions_plurals_and_bare_words_are_no_bodies() {
        for sentence in [
            "Chủ tịch HĐND tỉnh và đại biểu HĐND tỉnh dự.",
            "Các sở, ngành, Đảng bộ, chi bộ, Trung ương và UBND các huyện vào cuộc.",
            "Hội nghị thành công, nhiệm vụ Công an nặng nề, xã hội ổn định.",
            "Giám đốc các sở: Tài chính, Nội vụ chịu trách nhiệm.",
        ] {
            check(sentence, &[]);
        }
    }
}
