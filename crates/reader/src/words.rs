//! A stretch of text cut into words, numbers and marks: what the grammars of figures, counts and times read.
//! It is not a lexicon: it knows no word's meaning, only how words are printed.

use domain::reading::Span;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TokenKind {
    /// Letters, with digits behind them where there are any ("m2", "4D").
    Word,
    /// Digits with the separators between them ("1.428,5").
    Number,
    /// One character of anything else.
    Mark,
}

/// One word, number or mark; offsets are into the whole text.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    kind: TokenKind,
    key: (usize, usize),
}

/// The tokens of one block.
#[derive(Debug)]
pub struct Line<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    keys: String,
}

/// Units that are printed without a space behind their number ("15ha"); other letters make the number part of a name ("4D").
const GLUED_UNITS: [&str; 22] = [
    "km", "m", "cm", "mm", "ha", "m2", "m²", "m3", "m³", "km2", "km²", "kg", "g", "tấn", "tạ", "tỷ", "tỉ", "triệu", "đ", "đồng", "lần",
    "người",
];

impl<'t> Line<'t> {
    /// Cuts `span` of `text`; an impossible span gives no tokens.
    pub fn cut(text: &'t str, span: Span) -> Self {
        let mut line = Self { text, tokens: Vec::new(), keys: String::new() };
        let part = span.of(text).unwrap_or("");
        let mut at = 0;
        while let Some((c, rest)) = part.get(at..).and_then(|rest| rest.chars().next().map(|c| (c, rest))) {
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let (length, kind) = measure_token(c, rest);
            line.push(span.start + at, rest.get(..length).unwrap_or(""), kind);
            at += length;
        }
        line
    }

    fn push(&mut self, start: usize, printed: &str, kind: TokenKind) {
        let from = self.keys.len();
        self.keys.extend(printed.chars().flat_map(char::to_lowercase));
        move_tone(&mut self.keys, from);
        self.tokens.push(Token { start, end: start + printed.len(), kind, key: (from, self.keys.len()) });
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token in lower case with its tone mark placed as in "hòa, ủy"; empty behind either end.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|t| self.keys.get(t.key.0..t.key.1)).unwrap_or("")
    }

    /// The word `back` tokens before `at`; empty before the beginning.
    pub fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |i| self.word(i))
    }

    /// The token as printed.
    pub fn printed(&self, at: usize) -> &'t str {
        self.tokens.get(at).and_then(|t| self.text.get(t.start..t.end)).unwrap_or("")
    }

    /// The text from the first to before the last of the tokens.
    pub fn stretch(&self, from: usize, to: usize) -> &'t str {
        self.span(from, to).and_then(|span| span.of(self.text)).unwrap_or("")
    }

    /// The span of the tokens `from..to`.
    pub fn span(&self, from: usize, to: usize) -> Option<Span> {
        let last = self.tokens.get(to.checked_sub(1)?)?;
        self.tokens.get(from).map(|first| Span { start: first.start, end: last.end }).filter(|span| span.start < span.end)
    }

    /// Whether the words of `phrase` (lower case, one space) stand at `at`; gives the token behind them.
    pub fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        // Most phrases fail at their first word; that must cost nothing.
        if !phrase.starts_with(self.word(at)) {
            return None;
        }
        let mut next = at;
        for word in phrase.split(' ') {
            if self.word(next) != word {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The longest of `phrases` that stands at `at`; gives the token behind it.
    pub fn any_phrase(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().filter_map(|phrase| self.phrase(at, phrase)).max()
    }

    /// Whether white space stands before the token.
    pub fn spaced(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|i| self.tokens.get(i)), self.tokens.get(at)) {
            (Some(left), Some(right)) => left.end < right.start,
            _ => true,
        }
    }

    /// Whether it is a number.
    pub fn is_number(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number)
    }

    /// Whether it is a word.
    pub fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether it is a word with a capital first letter.
    pub fn is_capital(&self, at: usize) -> bool {
        self.is_word(at) && self.printed(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a sentence ends with this token.
    pub fn ends_sentence(&self, at: usize) -> bool {
        match self.word(at) {
            "!" | "?" | "…" => self.spaced(at + 1),
            "." => self.spaced(at + 1) && !self.abbreviated(at) && !self.begins_small(at + 1),
            _ => false,
        }
    }

    /// "TP. Lào Cai", "PGS. TS.": a point behind a short word in capitals is no end.
    fn abbreviated(&self, at: usize) -> bool {
        let Some(left) = at.checked_sub(1) else { return false };
        !self.spaced(at)
            && at + 1 < self.len()
            && matches!(self.printed(left), "TP" | "Tp" | "TX" | "Tx" | "TT" | "Tt" | "GS" | "PGS" | "TS" | "ThS" | "KT" | "TM" | "Q" | "P")
    }

    fn begins_small(&self, at: usize) -> bool {
        self.is_word(at) && !self.is_capital(at) && self.printed(at).chars().next().is_some_and(char::is_lowercase)
    }
}

/// How long the token that begins with `first` is, and what it is.
fn measure_token(first: char, rest: &str) -> (usize, TokenKind) {
    if first.is_ascii_digit() {
        let digits = number_length(rest);
        let letters = rest.get(digits..).map_or(0, word_length);
        let tail = rest.get(digits..digits + letters).unwrap_or("");
        return if letters == 0 || GLUED_UNITS.contains(&tail) { (digits, TokenKind::Number) } else { (digits + letters, TokenKind::Word) };
    }
    match word_length(rest) {
        0 => (first.len_utf8(), TokenKind::Mark),
        length => (length, TokenKind::Word),
    }
}

/// Digits, and points, commas and fixed spaces that have digits behind them.
fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    loop {
        at += bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
        let Some(c) = rest.get(at..).and_then(|r| r.chars().next()) else { return at };
        let next = at + c.len_utf8();
        let digits = bytes.iter().skip(next).take(4).take_while(|b| b.is_ascii_digit()).count();
        let goes_on = match c {
            '.' | ',' => digits > 0,
            '\u{a0}' | '\u{202f}' | '\u{2009}' => digits == 3,
            _ => false,
        };
        if !goes_on {
            return at;
        }
        at = next;
    }
}

fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let apostrophe = matches!(c, '\'' | '’') && length > 0 && chars.peek().is_some_and(|n| n.is_alphabetic());
        let coded = c == '.'
            && length > 0
            && chars.peek().is_some_and(char::is_ascii_digit)
            && rest.chars().take_while(|c| c.is_alphabetic()).all(char::is_uppercase);
        let digit_behind = length > 0 && (c.is_ascii_digit() || matches!(c, '²' | '³' | '_'));
        if !(c.is_alphabetic() || apostrophe || coded || digit_behind || unicode_normalization::char::is_combining_mark(c)) {
            break;
        }
        length += c.len_utf8();
    }
    length
}

/// "hoà, uỷ" become "hòa, ủy": both are in use, the grammars know one.
fn move_tone(keys: &mut String, from: usize) {
    let Some(word) = keys.get(from..) else { return };
    let mut ends = word.chars().rev();
    let (Some(last), Some(glide)) = (ends.next(), ends.next()) else { return };
    if ends.next() == Some('q') {
        return;
    }
    let moved = match (glide, last) {
        ('o', 'à') => "òa",
        ('o', 'á') => "óa",
        ('o', 'ả') => "ỏa",
        ('o', 'ã') => "õa",
        ('o', 'ạ') => "ọa",
        ('o', 'è') => "òe",
        ('o', 'é') => "óe",
        ('o', 'ẻ') => "ỏe",
        ('o', 'ẽ') => "õe",
        ('o', 'ẹ') => "ọe",
        ('u', 'ỳ') => "ùy",
        ('u', 'ý') => "úy",
        ('u', 'ỷ') => "ủy",
        ('u', 'ỹ') => "ũy",
        ('u', 'ỵ') => "ụy",
        _ => return,
    };
    keys.truncate(keys.len() - glide.len_utf8() - last.len_utf8());
    keys.push_str(moved);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let line = Line::cut(text, Span { start: 0, end: text.len() });
        (0..line.len()).map(|i| line.word(i).to_owned()).collect()
    }

    #[test]
    fn cuts_words_numbers_and_marks() {
        assert_eq!(words("Đạt 1.428,5ha, K'Dung; 4D"), ["đạt", "1.428,5", "ha", ",", "k'dung", ";", "4d"]);
        assert_eq!(words("30/41 trường (97,4%)."), ["30", "/", "41", "trường", "(", "97,4", "%", ")", "."]);
        assert_eq!(words("1\u{a0}250 hộ 3\u{a0}xã"), ["1\u{a0}250", "hộ", "3", "xã"]);
    }

    #[test]
    fn places_tone_marks_one_way() {
        assert_eq!(words("Huyện uỷ hoà thuỷ quý toà"), ["huyện", "ủy", "hòa", "thủy", "quý", "tòa"]);
    }

    #[test]
    fn ends_sentences_but_not_abbreviations() {
        let text = "Ở TP. Hà có 5 xã. Còn 3. hết";
        let line = Line::cut(text, Span { start: 0, end: text.len() });
        let ends: Vec<usize> = (0..line.len()).filter(|&i| line.ends_sentence(i)).collect();
        assert_eq!(ends, [7]);
    }
}
