//! Stretches of a text, by bytes.

use serde::{Deserialize, Serialize};

/// A stretch of a paper's text: byte offsets `[start, end)` into its UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "[usize; 2]", into = "[usize; 2]")]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl From<[usize; 2]> for Span {
    fn from([start, end]: [usize; 2]) -> Self {
        Self { start, end }
    }
}

impl From<Span> for [usize; 2] {
    fn from(span: Span) -> Self {
        [span.start, span.end]
    }
}

impl Span {
    /// The stretch itself; `None` where it does not lie in `text` on character borders.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// The sentence of `text` that holds the stretch: back to the line's begin or the last full stop, on to the next one.
    /// Empty where the stretch does not lie in the text.
    pub fn sentence_in(self, text: &str) -> &str {
        let (Some(before), Some(after)) = (text.get(..self.start), text.get(self.end..)) else { return "" };
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.get(line_start..).unwrap_or_default();
        let start = line_start + line.rfind(". ").map_or(0, |at| at + 2);
        let line_end = self.end + after.find('\n').unwrap_or(after.len());
        let rest = text.get(self.end..line_end).unwrap_or_default();
        let end = rest.find(". ").map_or(line_end, |at| self.end + at + 1);
        text.get(start..end).unwrap_or_default().trim()
    }

    /// Whether `other` lies wholly in this stretch.
    pub const fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_around_a_stretch() {
        let text = "Tiêu đề\nCâu một. Câu hai có 13/22 nhóm. Câu ba.\nDòng khác";
        let start = text.find("13/22").unwrap();
        assert_eq!(Span { start, end: start + 5 }.sentence_in(text), "Câu hai có 13/22 nhóm.");
        assert_eq!(Span { start: 0, end: 4 }.sentence_in(text), "Tiêu đề");
        assert_eq!(Span { start: 0, end: 999 }.sentence_in(text), "");
    }
}
