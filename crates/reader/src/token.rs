//! A block as words: what every grammar of names, titles and bodies walks over.

use domain::reading::Span;

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `tỉnh`
    Lower,
    /// `Tỉnh`
    Capital,
    /// `TỈNH`, `UBND`
    Upper,
    /// `22`
    Number,
    /// One mark, `,` or `–`.
    Mark,
}

/// One word, number or mark.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it stands in the paper.
    pub span: Span,
    /// What it looks like.
    pub shape: Shape,
    /// Its first letter in lower case without a tone that may have moved: most comparisons end here.
    initial: char,
}

/// The tokens of one stretch of a paper.
#[derive(Debug)]
pub struct Words<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

/// Cuts a stretch into words. An apostrophe inside a word belongs to it (`K'Dung`), so does the slash of `đ/c`.
pub fn cut(text: &str, span: Span) -> Words<'_> {
    let mut tokens = Vec::new();
    let piece = span.of(text).unwrap_or("");
    let mut letters = piece.char_indices().peekable();
    while let Some((from, first)) = letters.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut to = from + first.len_utf8();
        let mut shape = Shape::Mark;
        if is_letter(first) {
            let capital = lower_char(first) != first;
            let mut lowers = u32::from(!capital);
            let mut count = 1_u32;
            while let Some(&(i, c)) = letters.peek() {
                let joins =
                    matches!(c, '\'' | '’') && piece.get(i + c.len_utf8()..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
                let comrade = c == '/'
                    && matches!(piece.get(from..i), Some("đ" | "Đ"))
                    && piece.get(i + 1..).is_some_and(|rest| rest.starts_with(['c', 'C']));
                if !(is_letter(c) || joins || comrade || is_mark_of_letter(c)) {
                    break;
                }
                lowers += u32::from(lower_char(c) == c && !is_mark_of_letter(c));
                count += 1;
                to = i + c.len_utf8();
                letters.next();
            }
            shape = if !capital {
                Shape::Lower
            } else if lowers == 0 && count > 1 {
                Shape::Upper
            } else {
                Shape::Capital
            };
        } else if first.is_ascii_digit() {
            while let Some(&(i, c)) = letters.peek().filter(|(_, c)| c.is_ascii_digit()) {
                to = i + c.len_utf8();
                letters.next();
            }
            shape = Shape::Number;
        }
        tokens.push(Token { span: Span { start: span.start + from, end: span.start + to }, shape, initial: initial_of(first) });
    }
    Words { text, tokens }
}

/// Combining marks that no composed letter takes up stay with their letter.
fn is_mark_of_letter(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

impl<'t> Words<'t> {
    /// The text that the spans count.
    pub const fn whole(&self) -> &'t str {
        self.text
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at `at`.
    pub fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).copied()
    }

    /// The printed word or mark at `at`.
    pub fn word(&self, at: usize) -> Option<&'t str> {
        self.tokens.get(at)?.span.of(self.text)
    }

    /// Its shape.
    pub fn shape(&self, at: usize) -> Option<Shape> {
        self.tokens.get(at).map(|token| token.shape)
    }

    /// Whether it is a word that begins with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        matches!(self.shape(at), Some(Shape::Capital | Shape::Upper))
    }

    /// Whether it is this word, letter case and the place of the tone mark aside.
    pub fn is(&self, at: usize, low: &str) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let length = token.span.end - token.span.start;
        length == low.len()
            && low.chars().next().is_some_and(|first| initial_of(first) == token.initial)
            && token.span.of(self.text).is_some_and(|word| same_word(word, low))
    }

    /// The token's first letter in lower case, as phrases are kept by it.
    pub fn initial(&self, at: usize) -> Option<char> {
        self.tokens.get(at).map(|token| token.initial)
    }

    /// Whether it is one of these words.
    pub fn is_any(&self, at: usize, lows: &[&str]) -> bool {
        lows.iter().any(|low| self.is(at, low))
    }

    /// The token behind the phrase, where it stands at `at`.
    pub fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut next = at;
        for word in phrase.split(' ') {
            if !self.is(next, word) {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The token behind the first of the phrases that stands at `at`.
    pub fn any_phrase(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().find_map(|phrase| self.phrase(at, phrase))
    }

    /// The stretch of the tokens `from..to`; `None` where it is empty.
    pub fn span(&self, from: usize, to: usize) -> Option<Span> {
        let (first, last) = (self.tokens.get(from)?, self.tokens.get(to.checked_sub(1)?)?);
        (from < to).then_some(Span { start: first.span.start, end: last.span.end })
    }

    /// The printed words of the tokens `from..to`.
    pub fn text(&self, from: usize, to: usize) -> &'t str {
        self.span(from, to).and_then(|span| span.of(self.text)).unwrap_or("")
    }

    /// How many words with capitals follow each other from `at` on, at most `most`, parted by one space only.
    pub fn capital_run(&self, at: usize, most: usize) -> usize {
        let mut count = 0;
        while count < most && self.is_capital(at + count) {
            if count > 0 && !self.adjoins(at + count) {
                break;
            }
            count += 1;
        }
        count
    }

    /// Whether only a space parts the token from the one before it.
    fn adjoins(&self, at: usize) -> bool {
        let Some((before, token)) = at.checked_sub(1).and_then(|b| Some((self.token(b)?, self.token(at)?))) else { return false };
        let gap = self.text.get(before.span.end..token.span.start).unwrap_or("");
        gap.len() <= 2 && !gap.contains('\n')
    }
}

/// Whether a printed word is the lexicon's word of the same length in bytes.
fn same_word(printed: &str, low: &str) -> bool {
    let mut pairs = printed.chars().zip(low.chars());
    pairs.all(|(a, b)| a == b || lower_char(a) == b) || (low.ends_with(['a', 'e', 'y']) && lower(printed) == low)
}

/// One letter in lower case; the letters of Vietnamese without the tables of all scripts.
fn lower_char(c: char) -> char {
    let low = match u32::from(c) {
        code @ 0x41..=0x5a => code + 0x20,
        code @ (0xc0..=0xd6 | 0xd8..=0xde) => code + 0x20,
        code @ (0x102 | 0x110 | 0x128 | 0x168 | 0x1a0) => code + 1,
        0x1af => 0x1b0,
        code @ 0x1ea0..=0x1ef9 => code | 1,
        0..=0x7f | 0xdf..=0xff => return c,
        _ => return c.to_lowercase().next().unwrap_or(c),
    };
    char::from_u32(low).unwrap_or(c)
}

/// Whether it is a letter; those of Vietnamese are known without the tables of all scripts.
fn is_letter(c: char) -> bool {
    match u32::from(c) {
        0..=0x7f => c.is_ascii_alphabetic(),
        0xc0..=0x24f => !matches!(c, '×' | '÷'),
        0x1ea0..=0x1ef9 => true,
        _ => c.is_alphabetic(),
    }
}

/// Of first letters only ủ and u may differ by the tone mark's place (`Uỷ`, `Ủy`).
pub fn initial_of(first: char) -> char {
    let low = lower_char(first);
    if matches!(low, 'ủ' | 'ù' | 'ú' | 'ũ' | 'ụ') { 'u' } else { low }
}

/// Lower case with the tone mark of `oà, oè, uỷ` on the first vowel (`òa`, `òe`, `ủy`), as the lexicon writes it.
pub fn lower(word: &str) -> String {
    let mut low: String = word.chars().map(lower_char).collect();
    let moved = match low.chars().next_back() {
        Some(last @ ('à' | 'á' | 'ả' | 'ã' | 'ạ')) => ('o', 'a', "àáảãạ", "òóỏõọ", last),
        Some(last @ ('è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ')) => ('o', 'e', "èéẻẽẹ", "òóỏõọ", last),
        Some(last @ ('ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ')) => ('u', 'y', "ỳýỷỹỵ", "ùúủũụ", last),
        _ => return low,
    };
    let (glide, plain, toned, onto, last) = moved;
    let head = &low[..low.len() - last.len_utf8()];
    let before_glide = head.chars().rev().nth(1);
    if !head.ends_with(glide) || (glide == 'u' && before_glide == Some('q')) {
        return low;
    }
    let Some(target) = toned.chars().position(|c| c == last).and_then(|i| onto.chars().nth(i)) else { return low };
    let kept = head.len() - glide.len_utf8();
    low.truncate(kept);
    low.push(target);
    low.push(plain);
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words<'_> {
        cut(text, Span { start: 0, end: text.len() })
    }

    #[test]
    fn cuts_names_and_comrades() {
        let words = words("đ/c K'Dung- UBND 22/54");
        let got: Vec<_> = (0..words.len()).filter_map(|i| words.word(i)).collect();
        assert_eq!(got, ["đ/c", "K'Dung", "-", "UBND", "22", "/", "54"]);
        assert_eq!(words.shape(3), Some(Shape::Upper));
    }

    #[test]
    fn compares_without_case_and_tone_place() {
        for (printed, low) in [("Uỷ", "ủy"), ("ỦY", "ủy"), ("Hoà", "hòa"), ("HÓA", "hóa"), ("quý", "quý"), ("Thuỷ", "thủy")]
        {
            assert!(words(printed).is(0, low), "{printed}");
        }
        assert!(!words("bó").is(0, "bộ"));
    }
}
