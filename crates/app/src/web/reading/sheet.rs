//! The paper's text with every draft's stretch marked: lines of pieces that open, print and close properly nested,
//! however the stretches lie across each other.

use std::collections::HashSet;

use domain::draft::DraftKind;
use domain::reading::Span;

/// A stretch to mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// Whose: the draft's place in the reading, from 1.
    pub ordinal: i64,
    /// Of what.
    pub kind: DraftKind,
}

/// One piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A mark begins.
    Open {
        /// The draft.
        ordinal: i64,
        /// The stylesheet's class.
        class: &'static str,
        /// Whether it is the draft's first stretch, which carries the anchor.
        first: bool,
        /// Whether the draft is in hand.
        now: bool,
    },
    /// Words, with the innermost draft they belong to.
    Text {
        /// The words.
        words: String,
        /// The draft that a click leads to.
        ordinal: Option<i64>,
    },
    /// The innermost open mark ends.
    Close,
}

/// The text's lines as pieces; empty lines stay, as empty ones.
pub fn sheet(text: &str, marks: &[Mark], now: Option<i64>) -> Vec<Vec<Piece>> {
    let mut marks: Vec<Mark> = marks.iter().copied().filter(|mark| mark.span.of(text).is_some()).collect();
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end), mark.ordinal));
    let mut seen = HashSet::new();
    let (mut lines, mut at, mut next) = (Vec::new(), 0, 0);
    // Marks that reach into the following lines.
    let mut carried: Vec<Mark> = Vec::new();
    for line in text.split('\n') {
        let span = Span { start: at, end: at + line.len() };
        let mut here = std::mem::take(&mut carried);
        while let Some(mark) = marks.get(next).filter(|mark| mark.span.start < span.end.max(span.start + 1)) {
            here.push(*mark);
            next += 1;
        }
        carried.extend(here.iter().filter(|mark| mark.span.end > span.end + 1));
        lines.push(pieces(text, span, &here, now, &mut seen));
        at = span.end + 1;
    }
    lines
}

/// One line: walks over every border and keeps a stack of open marks.
fn pieces(text: &str, line: Span, marks: &[Mark], now: Option<i64>, seen: &mut HashSet<i64>) -> Vec<Piece> {
    let clipped: Vec<Mark> = marks
        .iter()
        .map(|mark| Mark { span: Span { start: mark.span.start.max(line.start), end: mark.span.end.min(line.end) }, ..*mark })
        .filter(|mark| mark.span.start < mark.span.end)
        .collect();
    let mut borders: Vec<usize> = clipped.iter().flat_map(|mark| [mark.span.start, mark.span.end]).chain([line.start, line.end]).collect();
    borders.sort_unstable();
    borders.dedup();
    // In the order of their beginnings: what came from an earlier line stands first, the rest is sorted.
    let mut coming = clipped.iter().peekable();
    let mut pieces = Vec::new();
    let mut open: Vec<Mark> = Vec::new();
    for pair in borders.windows(2) {
        let [from, to] = *pair else { continue };
        // Close down to the outermost mark that ends here; what still goes on is opened again.
        if let Some(outermost) = open.iter().position(|mark| mark.span.end <= from) {
            let reopened: Vec<Mark> = open.drain(outermost..).collect();
            pieces.extend(reopened.iter().map(|_| Piece::Close));
            for mark in reopened.into_iter().filter(|mark| mark.span.end > from) {
                begin(mark, &mut open, &mut pieces, now, seen);
            }
        }
        while let Some(mark) = coming.next_if(|mark| mark.span.start == from) {
            begin(*mark, &mut open, &mut pieces, now, seen);
        }
        let words = text.get(from..to).unwrap_or_default().to_owned();
        pieces.push(Piece::Text { words, ordinal: open.last().map(|mark| mark.ordinal) });
    }
    pieces.extend(open.iter().map(|_| Piece::Close));
    pieces
}

fn begin(mark: Mark, open: &mut Vec<Mark>, pieces: &mut Vec<Piece>, now: Option<i64>, seen: &mut HashSet<i64>) {
    let first = seen.insert(mark.ordinal);
    pieces.push(Piece::Open { ordinal: mark.ordinal, class: class_of(mark.kind), first, now: now == Some(mark.ordinal) });
    open.push(mark);
}

/// The stylesheet's class of a kind of draft.
pub const fn class_of(kind: DraftKind) -> &'static str {
    match kind {
        DraftKind::Person => "person",
        DraftKind::Body => "body",
        DraftKind::Document => "doc",
        DraftKind::Figure => "figure",
        DraftKind::GroupCount => "count",
        DraftKind::Task => "task",
        DraftKind::Proposal => "asked",
        DraftKind::Statement => "said",
        DraftKind::Conclusion => "concluded",
        DraftKind::Photo => "photo",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks as brackets: `[1 … 1]`.
    fn drawn(text: &str, spans: &[(usize, usize)]) -> String {
        let marks: Vec<Mark> = (1_i64..)
            .zip(spans)
            .map(|(ordinal, (start, end))| Mark { span: Span { start: *start, end: *end }, ordinal, kind: DraftKind::Task })
            .collect();
        let lines = sheet(text, &marks, None);
        let draw = |line: &Vec<Piece>| {
            line.iter()
                .map(|piece| match piece {
                    Piece::Open { ordinal, first, .. } => format!("[{ordinal}{}", if *first { "" } else { "'" }),
                    Piece::Text { words, .. } => words.clone(),
                    Piece::Close => "]".to_owned(),
                })
                .collect::<String>()
        };
        lines.iter().map(draw).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn stretches_nest_cross_and_run_over_lines() {
        assert_eq!(drawn("abcdef", &[(0, 6), (2, 4)]), "[1ab[2cd]ef]");
        assert_eq!(drawn("abcdef", &[(0, 4), (2, 6)]), "[1ab[2cd]][2'ef]");
        assert_eq!(drawn("ab\ncd\n\nef", &[(1, 9)]), "a[1b]\n[1'cd]\n\n[1'ef]");
        assert_eq!(drawn("abc", &[(0, 1), (1, 2)]), "[1a][2b]c");
        assert_eq!(drawn("abc", &[(1, 2), (1, 2)]), "a[1[2b]]c");
        assert_eq!(drawn("a\n\nb", &[]), "a\n\nb");
        assert_eq!(drawn("đá", &[(1, 2)]), "đá", "a stretch inside a letter is left out");
    }

    #[test]
    fn every_open_mark_is_closed_on_its_line() {
        let text = "mot hai ba\nbon nam sau\nbay";
        for line in sheet(text, &marks_of_every_stretch(text), Some(2)) {
            let opened = line.iter().filter(|piece| matches!(piece, Piece::Open { .. })).count();
            let closed = line.iter().filter(|piece| matches!(piece, Piece::Close)).count();
            assert_eq!(opened, closed);
        }
    }

    fn marks_of_every_stretch(text: &str) -> Vec<Mark> {
        let all = (0..text.len()).flat_map(|start| (start + 1..=text.len()).map(move |end| Span { start, end }));
        (1..).zip(all.step_by(7)).map(|(ordinal, span)| Mark { span, ordinal, kind: DraftKind::Figure }).collect()
    }
}
