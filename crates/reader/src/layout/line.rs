//! A paper's lines with what can be said of each alone: is it upper case, a rule, a name, a file of a photo.

use domain::fold::fold;
use domain::reading::Span;

/// A line longer than this is running text whatever it begins with, and is never folded to look at it.
pub const SHORT_LINE_BYTES: usize = 420;

/// One line (or, in the frame of an official paper, one cell of it) without white space at its ends.
#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    /// The words.
    pub text: &'t str,
    /// Where they begin in the paper.
    pub start: usize,
    /// Whether an empty line (or the paper's edge) stands before it.
    pub after_gap: bool,
}

/// The lines that hold anything.
pub fn cut(text: &str) -> Vec<Line<'_>> {
    let (mut lines, mut at, mut after_gap) = (Vec::new(), 0, true);
    for raw in text.split_inclusive('\n') {
        let words = raw.trim();
        if words.is_empty() {
            after_gap = true;
        } else {
            lines.push(Line { text: words, start: at + (raw.len() - raw.trim_start().len()), after_gap });
            after_gap = false;
        }
        at += raw.len();
    }
    lines
}

impl<'t> Line<'t> {
    /// Where it stands.
    pub const fn span(&self) -> Span {
        Span { start: self.start, end: self.start + self.text.len() }
    }

    /// Folded, for comparing with the fixed words of frames; empty for running text.
    pub fn key(&self) -> String {
        if self.is_short() { fold(self.text) } else { String::new() }
    }

    /// Whether it is short enough to be something else than running text.
    pub const fn is_short(&self) -> bool {
        self.text.len() <= SHORT_LINE_BYTES
    }

    /// Whether all its letters are capitals, and there are some.
    pub fn is_upper(&self) -> bool {
        self.is_short() && self.text.chars().any(char::is_uppercase) && !self.text.chars().any(char::is_lowercase)
    }

    /// `-----`, `*`, `***`, `____`: nothing to read.
    pub fn is_rule(&self) -> bool {
        !self.text.chars().take(200).any(char::is_alphanumeric)
    }

    /// Whether a sentence or a list's item ends here.
    pub fn ends_sentence(&self) -> bool {
        self.text.trim_end_matches(['"', '”', '’', ')', ']', '»', ' ']).ends_with(['.', ';', ':', ',', '…', '!', '?'])
            || self.text.ends_with("./.")
    }

    /// Running text: long, and it ends as sentences do.
    pub fn is_prose(&self) -> bool {
        self.text.len() > 130 && (self.ends_sentence() || !self.is_short())
    }

    /// The cells of a line that shows columns side by side: cut at tabs, bars and runs of three spaces.
    pub fn cells(&self) -> Vec<Line<'t>> {
        let mut cells = Vec::new();
        let (mut from, mut spaces) = (0, 0);
        for (i, c) in self.text.char_indices().chain([(self.text.len(), '\t')]) {
            spaces = if c == ' ' || c == '\u{a0}' { spaces + 1 } else { 0 };
            if c == '\t' || c == '|' || spaces == 3 {
                self.push_cell(&mut cells, from, i);
                from = (i + c.len_utf8()).min(self.text.len());
            }
        }
        cells
    }

    fn push_cell(&self, cells: &mut Vec<Line<'t>>, from: usize, to: usize) {
        let Some(raw) = self.text.get(from..to) else { return };
        let words = raw.trim();
        if !words.is_empty() {
            let start = self.start + from + (raw.len() - raw.trim_start().len());
            cells.push(Line { text: words, start, after_gap: self.after_gap && cells.is_empty() });
        }
    }

    /// The length of a photo's file name at its beginning (`IMG_0210.JPG`), brackets included.
    pub fn photo_file(&self) -> Option<(&'t str, usize)> {
        const ENDINGS: [&str; 8] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".heic", ".tif"];
        let name_of = |piece: &'t str| {
            let piece = piece.trim_matches(['[', ']', '(', ')', '<', '>', ':', '"', '*']);
            let tail: String = piece.chars().rev().take(5).map(|c| c.to_ascii_lowercase()).collect::<Vec<_>>().into_iter().rev().collect();
            (piece.len() > 4 && ENDINGS.iter().any(|ending| tail.ends_with(ending))).then_some(piece)
        };
        let first = self.text.split_whitespace().next()?;
        if let Some(name) = name_of(first) {
            return Some((name, first.len()));
        }
        // A file name with spaces stands on a line of its own and names no sentence.
        let whole = self.text.len() <= 80 && self.text.split_whitespace().count() <= 6 && !self.text.contains(',');
        name_of(self.text).filter(|_| whole).map(|name| (name, self.text.len()))
    }

    /// Looks like people's names and nothing else: `Minh Trang`, `Seo Lử - Thu Hà`, `K'Sởn`.
    pub fn is_name_like(&self) -> bool {
        if self.text.len() > 70 || self.text.ends_with(['.', ':', ';']) {
            return false;
        }
        let words: Vec<&str> = self.text.split([' ', '\u{a0}', ',', '-', '–', '&', '/', '.']).filter(|word| !word.is_empty()).collect();
        (1..=9).contains(&words.len())
            && words.iter().all(|word| {
                let mut letters = word.chars();
                letters.next().is_some_and(char::is_uppercase) && letters.all(|c| c.is_alphabetic() || c == '\'' || c == '’')
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line<'_> {
        Line { text, start: 0, after_gap: true }
    }

    #[test]
    fn knows_photo_files() {
        for (text, file) in [
            ("IMG_0210.JPG", Some("IMG_0210.JPG")),
            ("[z123.jpeg]", Some("z123.jpeg")),
            ("anh 01.png", Some("anh 01.png")),
            ("a.jpg Quang cảnh.", Some("a.jpg")),
            (".jpg", None),
            ("Quang cảnh buổi làm việc.", None),
        ] {
            assert_eq!(line(text).photo_file().map(|(name, _)| name), file, "{text}");
        }
    }

    #[test]
    fn cuts_cells() {
        let text = "UBND TỈNH\t\tCỘNG HÒA   XÃ |x";
        let cells: Vec<_> = line(text).cells().iter().map(|cell| (cell.text, cell.start)).collect();
        assert_eq!(cells, [("UBND TỈNH", 0), ("CỘNG HÒA", 13), ("XÃ", 27), ("x", 32)]);
    }
}
