//! The best passage of a text, with what fits the question marked as it stands there, marks and all.

use std::ops::Range;

use crate::query::{Clause, Query, Word};
use crate::token::{Token, tokens};

/// Letters before the first marked word that are shown where a passage begins in the middle of a line.
const BEFORE_LETTERS: usize = 60;
/// Marked words of a line that a passage may begin at: beyond them it is a list that repeats itself.
const CHOSEN_MAX: usize = 500;

/// A stretch of a text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its words as they stand.
    pub text: String,
    /// Whether it fits the question.
    pub is_marked: bool,
}

/// The passage that fits best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Its pieces in order; one of only unmarked ones stands at the beginning of the text and fits nothing.
    pub pieces: Vec<Piece>,
    /// Where it stands in the text, by bytes.
    pub span: Range<usize>,
    /// Where its first marked word stands, by bytes.
    pub first: Option<Range<usize>>,
    /// Whether its line goes on before it.
    pub begins_inside: bool,
    /// Whether its line goes on behind it.
    pub ends_inside: bool,
}

/// The passage of `text` that fits `query` best, of at most about `letters_max` letters: in the line with the most words of the
/// question side by side, the first such.
pub fn snippet(text: &str, query: &Query, letters_max: usize) -> Snippet {
    let all = tokens(text);
    let fits = fitting(&all, query);
    let line = best_line(text, query, &all, &fits);
    let span = window(text, &line, &all, &fits, query, letters_max);
    let first = all.iter().zip(&fits).find(|(token, fits)| **fits && span.contains(&token.span.start)).map(|(token, _)| token.span.clone());
    Snippet {
        pieces: pieces(text, span.clone(), &all, &fits),
        begins_inside: span.start > line.start,
        ends_inside: span.end < line.end,
        first,
        span,
    }
}

/// A whole text with what fits marked: a title.
pub fn marked(text: &str, query: &Query) -> Vec<Piece> {
    let all = tokens(text);
    let fits = fitting(&all, query);
    pieces(text, 0..text.len(), &all, &fits)
}

/// The words of a question that stand in none of these texts, as they were typed.
pub fn missing(texts: &[&str], query: &Query) -> Vec<String> {
    let all: Vec<Token> = texts.iter().flat_map(|text| tokens(text)).collect();
    query.words().filter(|word| !all.iter().any(|token| word.fits(token))).map(|word| word.exact.clone()).collect()
}

/// Which words fit: those of a phrase only where it stands whole.
fn fitting(all: &[Token], query: &Query) -> Vec<bool> {
    let mut fits = vec![false; all.len()];
    let last = query.words().last();
    for clause in &query.clauses {
        match clause {
            Clause::Word(word) => mark_words(all, &mut fits, word),
            Clause::Phrase { words, .. } => mark_rows(all, &mut fits, words, clause.is_exact()),
        }
    }
    // Of a phrase that stands nowhere whole its words are marked: the finding has them scattered.
    if !fits.contains(&true) && last.is_some() {
        for word in query.words() {
            mark_words(all, &mut fits, word);
        }
    }
    fits
}

fn mark_words(all: &[Token], fits: &mut [bool], word: &Word) {
    for (fit, token) in fits.iter_mut().zip(all) {
        *fit |= word.fits(token);
    }
}

fn mark_rows(all: &[Token], fits: &mut [bool], words: &[(usize, Word)], is_exact: bool) {
    let fit = |word: &Word, token: &Token| if is_exact { word.exact == token.exact } else { word.fits(token) };
    let Some((_, first)) = words.first() else { return };
    for (at, token) in all.iter().enumerate().filter(|(_, token)| fit(first, token)) {
        let near = |place: usize| all.iter().enumerate().skip(at).take_while(move |(_, other)| other.position <= place);
        let of_word = |(offset, word): &(usize, Word)| {
            let place = token.position + offset;
            near(place).find(|(_, other)| other.position == place && fit(word, other)).map(|(at, _)| at)
        };
        if let Some(row) = words.iter().map(of_word).collect::<Option<Vec<usize>>>() {
            for place in row {
                fits[place] = true;
            }
        }
    }
}

/// The line with the most different words, the most pairs, the most words with their marks.
fn best_line(text: &str, query: &Query, all: &[Token], fits: &[bool]) -> Range<usize> {
    let lines = lines(text);
    let mut best: Option<((usize, usize, usize), Range<usize>)> = None;
    let mut from = 0;
    for line in lines.iter().filter(|line| !text.get((*line).clone()).unwrap_or_default().trim().is_empty()) {
        while all.get(from).is_some_and(|token| token.span.start < line.start) {
            from += 1;
        }
        let to = from + all.get(from..).unwrap_or_default().iter().take_while(|token| token.span.start < line.end).count();
        let (words, marks) = (all.get(from..to).unwrap_or_default(), fits.get(from..to).unwrap_or_default());
        let worth = worth(query, words, marks);
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, line.clone()));
        }
        from = to;
    }
    best.map_or(0..0, |(_, line)| line)
}

fn worth(query: &Query, words: &[Token], fits: &[bool]) -> (usize, usize, usize) {
    let fitting: Vec<&Token> = words.iter().zip(fits).filter(|(_, fits)| **fits).map(|(token, _)| token).collect();
    let different = query.words().filter(|word| fitting.iter().any(|token| word.fits(token))).count();
    let beside = |one: &Word, other: &Word| {
        fitting.windows(2).any(|two| two[0].position + 1 == two[1].position && one.fits(two[0]) && other.fits(two[1]))
    };
    let pairs = query.pairs().into_iter().filter(|(one, other)| beside(one, other)).count();
    let exact = query.words().filter(|word| fitting.iter().any(|token| word.exact == token.exact)).count();
    (different, pairs, exact)
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let bounds = |line: &str| {
        let span = start..start + line.trim_end().len();
        start += line.len();
        span
    };
    text.split_inclusive('\n').map(bounds).collect()
}

/// The part of a line to show: where the most different words stand close together.
fn window(text: &str, line: &Range<usize>, all: &[Token], fits: &[bool], query: &Query, letters_max: usize) -> Range<usize> {
    let whole = text.get(line.clone()).unwrap_or_default();
    if whole.chars().count() <= letters_max {
        return line.clone();
    }
    let inside: Vec<&Token> = all
        .iter()
        .zip(fits)
        .filter(|(token, fits)| **fits && line.contains(&token.span.start))
        .map(|(token, _)| token)
        .take(CHOSEN_MAX)
        .collect();
    // Bytes instead of letters: near enough for choosing, and without counting letters again and again.
    let close = |first: &Token, other: &Token| other.span.end <= first.span.start + letters_max;
    let worth_from = |at: usize| {
        let near: Vec<&&Token> =
            inside.get(at..).unwrap_or_default().iter().take_while(|other| close(inside[at], other)).take(64).collect();
        query.words().filter(|word| near.iter().any(|token| word.fits(token))).count()
    };
    let mut best = (0, line.start);
    for (at, token) in inside.iter().enumerate() {
        let worth = worth_from(at);
        if worth > best.0 {
            best = (worth, token.span.start);
        }
    }
    let before = text.get(line.start..best.1).unwrap_or_default();
    let back = before.char_indices().rev().take(BEFORE_LETTERS).last().map_or(0, |(at, _)| at);
    let start = if best.0 == 0 || back == 0 { line.start } else { line.start + next_word(before, back) };
    let rest = text.get(start..line.end).unwrap_or_default();
    let end = rest.char_indices().nth(letters_max).map_or(line.end, |(at, _)| start + word_before(rest, at));
    start..end
}

/// Where the first word behind a place begins.
fn next_word(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find(char::is_whitespace).map_or(at, |space| at + space + 1).min(text.len())
}

/// Where the last word before a place ends.
fn word_before(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().rfind(char::is_whitespace).filter(|space| *space > 0).unwrap_or(at)
}

/// Whether nothing but a blank, or a mark within a symbol, stands between two words.
fn holds_together(text: &str, end: usize, start: usize) -> bool {
    let gap = text.get(end..start).unwrap_or_default();
    gap.trim().is_empty() || !gap.contains(char::is_whitespace)
}

/// The pieces of a stretch. Marked neighbours are one piece, with what stands between them.
fn pieces(text: &str, span: Range<usize>, all: &[Token], fits: &[bool]) -> Vec<Piece> {
    let mut spans: Vec<(Range<usize>, usize)> = Vec::new();
    for (token, _) in all.iter().zip(fits).filter(|(_, fits)| **fits) {
        if token.span.start < span.start || token.span.end > span.end {
            continue;
        }
        match spans.last_mut() {
            Some((last, position)) if *position + 1 >= token.position && holds_together(text, last.end, token.span.start) => {
                last.end = last.end.max(token.span.end);
                *position = token.position;
            }
            _ => spans.push((token.span.clone(), token.position)),
        }
    }
    let (mut pieces, mut at) = (Vec::new(), span.start);
    let mut push = |range: Range<usize>, is_marked: bool| {
        let text = text.get(range).unwrap_or_default();
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), is_marked });
        }
    };
    for (marked, _) in spans {
        push(at..marked.start, false);
        at = marked.end;
        push(marked, true);
    }
    push(at..span.end, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, typed: &str, letters_max: usize) -> String {
        let snippet = snippet(text, &Query::parse(typed), letters_max);
        let inner: String =
            snippet.pieces.iter().map(|piece| if piece.is_marked { format!("[{}]", piece.text) } else { piece.text.clone() }).collect();
        let edge = |inside: bool| if inside { "…" } else { "" };
        format!("{}{inner}{}", edge(snippet.begins_inside), edge(snippet.ends_inside))
    }

    #[test]
    fn what_fits_is_marked_as_it_stands() {
        for (text, typed, expected) in [
            ("Tỷ lệ HỘ NGHÈO giảm", "ho ngheo", "Tỷ lệ [HỘ NGHÈO] giảm"),
            ("tại Hoa\u{300} Bình", "hoà bình", "tại [Hoa\u{300} Bình]"),
            ("giảm 10,5 % so với", "10,5", "giảm [10,5] % so với"),
            ("Nghị quyết 14/2024/NQ-HĐND ngày 5", "nq-hđnd", "Nghị quyết 14/2024/[NQ-HĐND] ngày 5"),
            ("đá, da và Đa", "đa", "[đá], [da] và [Đa]"),
            ("ban chấp hành; ban hành", "\"ban hành\"", "ban chấp hành; [ban hành]"),
            ("không có gì ở đây", "khác", "không có gì ở đây"),
            ("", "khác", ""),
        ] {
            assert_eq!(drawn(text, typed, 200), expected);
        }
    }

    #[test]
    fn the_line_with_most_words_side_by_side_is_shown() {
        let text = "nghèo ở đây\nhộ nghèo nhiều\nđường vào xã. Hộ và nghèo\nhộ nghèo khác";
        assert_eq!(drawn(text, "hộ nghèo", 200), "[hộ nghèo] nhiều");
    }

    #[test]
    fn a_long_line_is_cut_around_its_words_at_words() {
        let line = format!("{} con suối nhỏ {}", "đầu ".repeat(100), "cuối ".repeat(100));
        let shown = drawn(&line, "suối", 80);
        assert!(shown.starts_with("…đầu đầu") && shown.contains("con [suối] nhỏ") && shown.ends_with("cuối…"), "{shown}");
        assert!(shown.chars().count() < 90, "{shown}");
    }

    #[test]
    fn words_that_are_nowhere_are_told() {
        assert_eq!(missing(&["Hộ nghèo", "xã Nà Khoa"], &Query::parse("ho giàu na")), ["giàu"]);
    }
}
