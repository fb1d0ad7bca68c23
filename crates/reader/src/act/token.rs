//! A block's words as the grammar of acts sees them: people and bodies that are already known are one token each, phrases of
//! the lexicon too. Sentences and their parts are ranges of tokens.

use std::borrow::Cow;
use std::ops::Range;

use domain::reading::{BodyDraft, PersonDraft, Span};

use super::lexicon::{self, Role};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word or a phrase of the lexicon.
    Word,
    /// The person with this index.
    Person(usize),
    /// The body with this index.
    Body(usize),
}

/// A word, phrase or name.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Word or name.
    pub kind: Kind,
    /// What the lexicon says of it.
    pub role: Role,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// The first mark between the token before and this one; a blank where there is none.
    pub mark: char,
    /// The first mark behind it; a blank where there is none.
    pub after: char,
}

impl Token {
    /// Whether it may be any of these; names are none.
    pub fn is(&self, role: Role) -> bool {
        self.role.is(role)
    }

    /// Whether nothing but white space stands before it.
    pub const fn joined(&self) -> bool {
        self.mark == ' '
    }
}

/// Every printing of a known name, in the order of the text, none inside another.
pub struct Mentions(Vec<(Span, Kind)>);

impl Mentions {
    /// People stand before bodies where both claim a stretch.
    pub fn new(people: &[PersonDraft], bodies: &[BodyDraft]) -> Self {
        let of_people = people.iter().enumerate().flat_map(|(n, person)| person.spans.iter().map(move |span| (*span, Kind::Person(n))));
        let of_bodies = bodies.iter().enumerate().flat_map(|(n, body)| body.spans.iter().map(move |span| (*span, Kind::Body(n))));
        let mut all: Vec<(Span, Kind)> = of_people.chain(of_bodies).filter(|(span, _)| span.start < span.end).collect();
        all.sort_by_key(|(span, kind)| (span.start, std::cmp::Reverse(span.end), matches!(kind, Kind::Body(_))));
        let mut end = 0;
        all.retain(|(span, _)| {
            let free = span.start >= end;
            end = if free { span.end } else { end };
            free
        });
        Self(all)
    }

    /// Those that lie in `span`.
    fn within(&self, span: Span) -> &[(Span, Kind)] {
        let from = self.0.partition_point(|(mention, _)| mention.start < span.start);
        let to = self.0.partition_point(|(mention, _)| mention.start < span.end);
        self.0.get(from..to.max(from)).unwrap_or_default()
    }
}

/// A plain word: its stretch, its key in the lexicon, and the mark before it.
struct Word<'t> {
    span: Span,
    key: Cow<'t, str>,
    mark: char,
    capital: bool,
}

/// Cuts a stretch of the text into tokens.
pub fn tokens(text: &str, span: Span, mentions: &Mentions) -> Vec<Token> {
    let words = words(text, span);
    let mut names = mentions.within(span).iter().peekable();
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        while names.peek().is_some_and(|(name, _)| name.end <= word.span.start) {
            names.next();
        }
        let name = names.peek().filter(|(name, _)| name.start <= word.span.start).copied();
        let (end, role, kind, stop) = if let Some((name, kind)) = name {
            let inside = words.get(at..).unwrap_or_default().iter().take_while(|word| word.span.start < name.end).count();
            (at + inside.max(1), Role::default(), *kind, name.end.min(span.end))
        } else {
            let limit = names.peek().map_or(span.end, |(name, _)| name.start);
            let follow =
                |n: usize| words.get(at + n).filter(|next| next.mark == ' ' && next.span.end <= limit).map(|next| next.key.as_ref());
            let alone = || lexicon::longest(&word.key, |_| None);
            // "Giao Ban Tổ chức" is no "giao ban": a name follows.
            let named = words.get(at + 1).is_some_and(|next| next.capital && next.mark == ' ');
            let found = lexicon::longest(&word.key, follow).filter(|(count, role)| *count == 1 || !named || *role != Role::default());
            let (count, role) = found.or_else(alone).unwrap_or((1, Role::default()));
            (at + count, role, Kind::Word, words.get(at + count - 1).map_or(word.span.end, |last| last.span.end))
        };
        let span = Span { start: word.span.start, end: stop };
        tokens.push(Token { span, kind, role, capital: word.capital, mark: word.mark, after: ' ' });
        at = end;
    }
    for at in 0..tokens.len() {
        let after = tokens.get(at + 1).map_or_else(|| last_mark(text, span, tokens.last()), |next| next.mark);
        if let Some(token) = tokens.get_mut(at) {
            token.after = after;
        }
    }
    tokens
}

/// The mark behind the last token of a stretch.
fn last_mark(text: &str, span: Span, last: Option<&Token>) -> char {
    let rest = last.and_then(|last| text.get(last.span.end..span.end)).unwrap_or_default();
    rest.chars().find(|c| !c.is_whitespace()).map_or(' ', plain_mark)
}

/// The words of a stretch: letters and digits, and what joins them inside a word ("đ/c", "K'Dung", "10,5").
fn words(text: &str, span: Span) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let piece = span.of(text).unwrap_or_default();
    let mut mark = ' ';
    let mut chars = piece.char_indices().peekable();
    while let Some((from, c)) = chars.next() {
        if !c.is_alphanumeric() {
            if !c.is_whitespace() && (mark == ' ' || (matches!(mark, ',' | '"' | ')') && matches!(c, ';' | '.' | ':'))) {
                mark = plain_mark(c);
            }
            continue;
        }
        let mut to = from + c.len_utf8();
        while let Some(&(next, c)) = chars.peek() {
            let inner =
                matches!(c, '/' | '\'' | '’' | '.' | ',') && piece.get(next + c.len_utf8()..).is_some_and(|rest| joins(piece, to, c, rest));
            if !c.is_alphanumeric() && !inner {
                break;
            }
            to = next + c.len_utf8();
            chars.next();
        }
        let span = Span { start: span.start + from, end: span.start + to };
        let key = lexicon::key(piece.get(from..to).unwrap_or_default());
        words.push(Word { span, key, mark, capital: c.is_uppercase() });
        mark = ' ';
    }
    words
}

/// Whether a mark between `to` and `rest` belongs to a word: between letters a slash or an apostrophe, between digits also
/// a dot or a comma.
fn joins(piece: &str, to: usize, mark: char, rest: &str) -> bool {
    let before = piece.get(..to).and_then(|piece| piece.chars().next_back());
    let (Some(before), Some(after)) = (before, rest.chars().next()) else { return false };
    match mark {
        '.' | ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => before.is_alphanumeric() && after.is_alphanumeric(),
    }
}

/// All dashes are one, all quotation marks are one, all brackets that open or close are one.
const fn plain_mark(c: char) -> char {
    match c {
        '–' | '—' | '−' | '‑' | '‐' => '-',
        '“' | '”' | '«' | '»' | '‘' | '’' | '\'' | '„' => '"',
        '[' | '{' => '(',
        ']' | '}' => ')',
        '!' | '?' | '…' => '.',
        c => c,
    }
}

/// A sentence and its parts, as ranges of tokens.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// All its tokens.
    pub range: Range<usize>,
    /// Cut at semicolons outside brackets and quotation marks; never empty.
    pub parts: Vec<Range<usize>>,
}

/// Cuts a block's tokens into sentences and their parts.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let (mut start, mut part) = (0, 0);
    let mut parts = Vec::new();
    let (mut depth, mut quoted) = (0_u32, false);
    for at in 1..=tokens.len() {
        let gap = gap_before(text, tokens, at);
        for c in gap.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                '“' => quoted = true,
                '”' => quoted = false,
                '"' => quoted = !quoted,
                _ => {}
            }
        }
        let last = at == tokens.len();
        let ends = last || ends_sentence(text, tokens, at, gap);
        if ends || (gap.contains(';') && depth == 0 && !quoted) {
            parts.push(part..at);
            part = at;
        }
        if ends {
            found.push(Sentence { range: start..at, parts: std::mem::take(&mut parts) });
            start = at;
            (depth, quoted) = (0, false);
        }
    }
    if tokens.is_empty() { Vec::new() } else { found }
}

/// What stands between the token before `at` and the token `at`.
fn gap_before<'t>(text: &'t str, tokens: &[Token], at: usize) -> &'t str {
    match (at.checked_sub(1).and_then(|before| tokens.get(before)), tokens.get(at)) {
        (Some(before), Some(next)) => text.get(before.span.end..next.span.start).unwrap_or_default(),
        _ => "",
    }
}

/// Whether a full stop stands before the token `at` and it is not that of an abbreviation ("TP. Lam Khê") or an initial.
fn ends_sentence(text: &str, tokens: &[Token], at: usize, gap: &str) -> bool {
    let Some(stop) = gap.find(['.', '!', '?', '…']) else { return gap.contains('\n') && gap.contains(';') };
    let (Some(before), Some(next)) = (at.checked_sub(1).and_then(|n| tokens.get(n)), tokens.get(at)) else { return true };
    let spaced = gap.get(stop..).is_some_and(|rest| rest.contains(char::is_whitespace));
    let opens = next.capital || span_text(text, next.span).starts_with(|c: char| c.is_ascii_digit());
    if !spaced || !opens {
        return false;
    }
    if stop > 0 || gap.starts_with(['!', '?', '…']) || gap.starts_with("..") {
        return true;
    }
    let word = span_text(text, before.span);
    let initial = word.chars().count() == 1 && before.capital;
    let first_number =
        (at == 1 || gap_before(text, tokens, at - 1).contains(['.', ':'])) && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    !(initial || first_number || ABBREVIATIONS.contains(&lexicon::key(word).as_ref()))
}

/// Abbreviations that are printed with a full stop and followed by a capital letter.
const ABBREVIATIONS: [&str; 15] = ["tp", "tx", "tt", "ths", "th.s", "ts", "gs", "pgs", "bs", "ks", "đ/c", "q", "p", "h", "st"];

/// The text of a stretch.
pub fn span_text(text: &str, span: Span) -> &str {
    span.of(text).unwrap_or_default()
}

/// The stretch of a range with the mark that closes a quotation or a bracket opened in it.
pub fn closed_span(text: &str, tokens: &[Token], range: &Range<usize>) -> Option<Span> {
    let mut span = span_of(tokens, range)?;
    let words = span_text(text, span);
    let closes = |c: char| match c {
        '"' => words.matches('"').count() % 2 == 1,
        '”' => words.matches('“').count() > words.matches('”').count(),
        '%' => words.ends_with(|c: char| c.is_ascii_digit()),
        ')' => words.matches('(').count() > words.matches(')').count(),
        _ => false,
    };
    if let Some(c) = text.get(span.end..).and_then(|rest| rest.chars().next()).filter(|&c| closes(c)) {
        span.end += c.len_utf8();
    }
    Some(span)
}

/// The stretch from the first to the last token of a range.
pub fn span_of(tokens: &[Token], range: &Range<usize>) -> Option<Span> {
    let (first, last) = (tokens.get(range.start)?, tokens.get(range.end.checked_sub(1)?)?);
    (first.span.start < last.span.end).then_some(Span { start: first.span.start, end: last.span.end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<Vec<&str>> {
        let tokens = tokens(text, Span { start: 0, end: text.len() }, &Mentions::new(&[], &[]));
        let part = |range: &Range<usize>| span_text(text, span_of(&tokens, range).unwrap());
        sentences(text, &tokens).iter().map(|sentence| sentence.parts.iter().map(part).collect()).collect()
    }

    #[test]
    fn cuts_sentences_and_parts() {
        for (text, expect) in [
            ("Một hai; ba (bốn; năm). Sáu.", vec![vec!["Một hai", "ba (bốn; năm"], vec!["Sáu"]]),
            ("Thăm TP. Lam Khê và ông K. Dung. Xong", vec![vec!["Thăm TP. Lam Khê và ông K. Dung"], vec!["Xong"]]),
            ("Đạt 1.428,5 ha… Còn lại 5 xã", vec![vec!["Đạt 1.428,5 ha"], vec!["Còn lại 5 xã"]]),
            ("Giữ \"rừng; đất\"; nước", vec![vec!["Giữ \"rừng; đất", "nước"]]),
            ("", vec![]),
            (";;..", vec![]),
        ] {
            assert_eq!(parts(text), expect, "{text}");
        }
    }
}
