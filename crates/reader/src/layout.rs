//! The paper cut into blocks: what is headline, heading, paragraph, caption, letterhead, signature or site chrome.
//! Everything later reads blocks, never raw lines.
//!
//! `line` cuts, `marker` knows lists and headings, `passage` sorts running text, `official` and `news` know the two frames.

mod line;
mod marker;
mod news;
mod official;
mod passage;

use domain::reading::{PaperKind, Span};
use jiff::civil::Date;

/// What a block of lines is in its paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The title of a news page, or the type line and abstract of an official paper.
    Headline,
    /// Names of the issuing bodies, national heading, symbol and day at the top.
    Letterhead,
    /// A heading inside the paper; level 1 is the outermost.
    Heading {
        /// 1 for "I.", 2 for "1.", …
        level: u8,
    },
    /// Running text, a list's item included.
    Paragraph {
        /// Whether it begins with a list's marker ("1.", "-", "a)").
        item: bool,
    },
    /// A photo's file name.
    PhotoFile,
    /// The caption of the photo file above it.
    Caption,
    /// Titles and name at the end.
    Signature,
    /// *Nơi nhận*
    Recipients,
    /// "Theo báo …"
    Source,
    /// The author's line.
    Byline,
    /// Pagers, counters, links and everything else of the site.
    Chrome,
}

/// A stretch of the text that is one thing. Blocks are in order and do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Without white space at its ends.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Where the words begin, behind a list's or a heading's marker; `span.start` where there is none.
    pub words: usize,
}

/// The paper's blocks and what its frame says.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// In the order of the text.
    pub blocks: Vec<Block>,
    /// What sort of paper it is.
    pub kind: PaperKind,
    /// As the contract wants it.
    pub headline: Option<String>,
    /// Without "Theo".
    pub source: Option<String>,
    /// The author as printed.
    pub byline: Option<String>,
    /// The paper's own day, else the caller's.
    pub published_on: Option<Date>,
}

/// Cuts a normalised text into blocks.
pub fn lay_out(text: &str, published_on: Option<Date>) -> Layout {
    let lines = line::cut(text);
    let mut layout = match official::find_frame(&lines) {
        Some(frame) => official::lay_out(&lines, frame),
        None => news::lay_out(&lines),
    };
    layout.published_on = layout.published_on.or(published_on);
    layout
}

#[cfg(test)]
mod tests;
