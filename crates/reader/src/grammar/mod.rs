//! Grammars over the words of a block: names of people, names of bodies, positions. Each takes the index of a token and
//! gives the index behind what it read, or `None`.

pub mod name;
pub mod organ;
pub mod position;

use std::collections::HashSet;

use domain::fold::fold;
use domain::reading::Span;

use crate::layout::{Block, BlockKind, Layout};
use crate::lexicon::place::level_end;
use crate::token::{Words, cut};

/// What the paper itself tells about its names: what was printed where nothing else can be meant.
#[derive(Debug, Default)]
pub struct Known {
    /// Full names of people.
    pub names: HashSet<String>,
    /// Names of areas without their level.
    pub places: HashSet<String>,
}

/// Whether a person's name may follow at once, as it does behind a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// "Bí thư Huyện ủy … Nguyễn Văn An"
    MayFollow,
    /// "giao Sở … tham mưu"
    Never,
}

/// The blocks that hold the paper's own words.
pub fn is_read(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Headline | BlockKind::Heading { .. } | BlockKind::Paragraph { .. } | BlockKind::Caption)
}

/// Whether a letterhead's line is one of the national headings, which name nobody.
pub fn is_national_heading(printed: &str) -> bool {
    let key = if printed.len() <= 200 { fold(printed) } else { String::new() };
    ["cong hoa xa hoi chu nghia", "dang cong san viet nam", "doc lap - tu do"].iter().any(|heading| key.contains(heading))
}

/// Words that stand before a level only where the area itself is meant ("tại huyện …", not "Chủ tịch UBND huyện …").
const BEFORE_AREA: &[&str] = &["tại", "ở", "của", "về", "với", "trên", "cho", "đến", "từ", "bàn", "các", "giữa", "bộ", "dân", "toàn", "để"];

impl Known {
    /// Areas of the paper, collected before any grammar asks for them.
    pub fn of(text: &str, layout: &Layout) -> Self {
        let mut known = Self::default();
        for block in layout.blocks.iter().filter(|block| is_read(block)) {
            let words = cut(text, Span { start: block.words.min(block.span.end), end: block.span.end });
            for at in 0..words.len() {
                if let Some(end) = level_end(&words, at) {
                    known.add_area(&words, at, end);
                }
            }
        }
        known
    }

    fn add_area(&mut self, words: &Words<'_>, at: usize, level_end: usize) {
        let length = words.capital_run(level_end, 5);
        let before = at.checked_sub(1);
        let alone = before.is_none_or(|b| words.is_any(b, BEFORE_AREA) || words.is_any(b, &[",", ";", ":", "("]))
            && !before.is_some_and(|b| {
                words.is(b, "dân") && words.is_any(b.wrapping_sub(1), &["nhân", "dân"]) && words.is_capital(b.wrapping_sub(1))
            });
        if (1..=3).contains(&length) && alone && words.shape(level_end) == Some(crate::token::Shape::Capital) {
            self.places.insert(words.text(level_end, level_end + length).to_lowercase());
        }
    }
}
