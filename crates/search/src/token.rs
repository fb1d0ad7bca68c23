//! Words of a text: runs of letters and digits, each as it is compared with marks and without. `10,5` is a word and has the words
//! `10` and `5` in its place; `14/2024/NQ-HĐND` is four words in a row.

use std::borrow::Cow;
use std::ops::Range;

use domain::fold::fold;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most letters of a word that are compared: no word of any language on our pages has more, and a line of nothing but letters
/// cannot fill the index.
const WORD_LETTERS_MAX: usize = 64;

/// A word in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// With its marks, in small letters, the tone where it is put today.
    pub exact: String,
    /// Without marks.
    pub folded: String,
    /// Which word of the text it is. Neighbours differ by one; a sentence's or line's end leaves a gap.
    pub position: usize,
    /// Where it stands in the text, by bytes.
    pub span: Range<usize>,
    /// Whether nothing but a mark like `/` or `-` stands between it and the word before: parts of one symbol.
    pub joined: bool,
}

/// The words of a text in its order. The parts of a decimal number follow the number at its position.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut position, mut end) = (0, 0);
    for span in runs(text) {
        let gap = text.get(end..span.start).unwrap_or_default();
        let joined = !tokens.is_empty() && joins(gap);
        if !tokens.is_empty() {
            position += if breaks(gap) { 2 } else { 1 };
        }
        let word = text.get(span.clone()).unwrap_or_default();
        let exact = exact(word);
        end = span.end;
        if exact.is_empty() {
            continue;
        }
        let parts: Vec<&str> = if is_decimal(word) { word.split([',', '.']).collect() } else { Vec::new() };
        let (span_of_parts, folded) = (span.clone(), folded(&exact));
        tokens.push(Token { exact, folded, position, span, joined });
        for part in parts {
            tokens.push(Token { exact: part.to_owned(), folded: part.to_owned(), position, span: span_of_parts.clone(), joined: false });
        }
    }
    tokens
}

/// Whether a token is a part of the decimal number before it and no word of its own.
pub(crate) fn is_part(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens.get(at - 1).zip(tokens.get(at)).is_some_and(|(before, token)| before.position == token.position)
}

fn exact(word: &str) -> String {
    let visible: Cow<'_, str> =
        if word.contains(is_invisible) { word.chars().filter(|c| !is_invisible(*c)).collect::<String>().into() } else { word.into() };
    let lower: String = if visible.is_ascii() {
        visible.chars().take(WORD_LETTERS_MAX).map(|c| c.to_ascii_lowercase()).collect()
    } else {
        visible.nfc().flat_map(char::to_lowercase).take(WORD_LETTERS_MAX).collect()
    };
    spelling(lower)
}

fn folded(exact: &str) -> String {
    if exact.is_ascii() { exact.to_owned() } else { fold(exact) }
}

/// Bytes of the runs of letters, digits and marks; a comma or point between digits belongs to the number.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let start = loop {
            let (at, c) = letters.next()?;
            if c.is_alphanumeric() {
                break (at, c);
            }
        };
        let (mut end, mut last) = (start.0 + start.1.len_utf8(), start.1);
        while let Some((at, c)) = letters.peek().copied() {
            let next = || text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
            let in_number = matches!(c, ',' | '.') && last.is_ascii_digit() && next().is_some_and(|next| next.is_ascii_digit());
            if !(c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c) || in_number) {
                break;
            }
            (end, last) = (at + c.len_utf8(), c);
            letters.next();
        }
        Some(start.0..end)
    })
}

/// What writers of web pages put between letters for line breaks; nobody sees or types it.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_decimal(word: &str) -> bool {
    word.contains([',', '.']) && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
}

fn joins(gap: &str) -> bool {
    let mut marks = gap.chars();
    matches!((marks.next(), marks.next()), (Some(mark), None) if matches!(mark, '/' | '-' | '–' | '.' | ',' | ':' | '_' | '@' | '\'' | '’' | '+' | '&'))
}

fn breaks(gap: &str) -> bool {
    gap.contains('\n') || gap.contains(". ") || gap.contains("; ") || gap.contains("! ") || gap.contains("? ")
}

/// One spelling of the two that are in use: the tone on the first vowel (hòa, khỏe, thủy) and `y` at the end of a syllable after
/// h, k, l, m, s, t and qu (kỷ, lý, quý).
fn spelling(word: String) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let last = letters.len().wrapping_sub(1);
    let Some(before) = last.checked_sub(1) else { return word };
    if letters[before] == 'q' || last > 4 {
        return word;
    }
    let after_q = before > 0 && letters[before - 1] == 'q';
    if after_q {
        // quí, qúy → quý
        if let (Some(tone), Some('u')) = (tone_of(letters[before]).0, tone_of(letters[before]).1) {
            (letters[before], letters[last]) = ('u', with_tone('y', Some(tone)));
        } else if letters[before] == 'u' && matches!(plain(letters[last]), 'i' | 'y') {
            letters[last] = with_tone('y', tone_of(letters[last]).0);
        }
    } else if matches!((letters[before], plain(letters[last])), ('o', 'a' | 'e') | ('u', 'y')) {
        let (tone, vowel) = tone_of(letters[last]);
        if tone.is_some() && vowel.is_some() {
            (letters[before], letters[last]) = (with_tone(letters[before], tone), plain(letters[last]));
        }
    } else if before == 0 && matches!(letters[0], 'h' | 'k' | 'l' | 'm' | 's' | 't') && plain(letters[last]) == 'i' {
        letters[last] = with_tone('y', tone_of(letters[last]).0);
    }
    letters.into_iter().collect()
}

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// The tone of a letter, and the letter below it where it is one of a, e, i, o, u, y without another mark.
fn tone_of(letter: char) -> (Option<char>, Option<char>) {
    let parts: Vec<char> = std::iter::once(letter).nfd().collect();
    match parts.as_slice() {
        [base, tone] if TONES.contains(tone) => (Some(*tone), Some(*base)),
        [base] => (None, Some(*base)),
        _ => (None, None),
    }
}

/// The letter below a tone; a letter with another mark (`ê`, `ơ`) stays itself.
fn plain(letter: char) -> char {
    tone_of(letter).1.unwrap_or(letter)
}

fn with_tone(letter: char, tone: Option<char>) -> char {
    std::iter::once(letter).chain(tone).nfc().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let shown = |token: &Token| format!("{}@{}{}", token.exact, token.position, if token.joined { "+" } else { "" });
        tokens(text).iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_stand_in_their_places() {
        for (text, expected) in [
            ("Huyện Mường Vân", "huyện@0 mường@1 vân@2"),
            ("14/2024/NQ-HĐND", "14@0 2024@1+ nq@2+ hđnd@3+"),
            ("48-TB/VPTU", "48@0 tb@1+ vptu@2+"),
            ("đạt 10,5%, vượt", "đạt@0 10,5@1 10@1 5@1 vượt@2"),
            ("1.234 tỷ. Tỉnh", "1.234@0 1@0 234@0 tỷ@1 tỉnh@3"),
            ("K'Dung\nngồi", "k@0 dung@1+ ngồi@3"),
            ("Hoa\u{300} bi\u{300}nh", "hòa@0 bình@1"),
            ("phát\u{ad}triển", "pháttriển@0"),
            ("\u{301}\u{301} — ???", ""),
            ("", ""),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn both_spellings_are_one_word() {
        for (one, other) in [
            ("hoà", "hòa"),
            ("khoẻ", "khỏe"),
            ("thuỷ", "thủy"),
            ("hoạ", "họa"),
            ("kĩ", "kỹ"),
            ("lí", "lý"),
            ("tỉ", "tỷ"),
            ("quí", "quý"),
            ("qúy", "quý"),
            ("sĩ", "sỹ"),
        ] {
            assert_eq!(words(one), words(other));
        }
        for apart in ["hoàn", "quà", "nghỉ", "chi", "thi", "huê", "thuở", "mía", "quê"] {
            assert_eq!(exact(apart), apart.nfc().collect::<String>(), "{apart} has one spelling");
        }
    }

    #[test]
    fn a_span_is_where_the_word_stands() {
        let text = "tại Hoa\u{300} Bình, 10,5 %";
        let spans: Vec<&str> = tokens(text).iter().map(|token| &text[token.span.clone()]).collect();
        assert_eq!(spans, ["tại", "Hoa\u{300}", "Bình", "10,5", "10,5", "10,5"]);
    }

    #[test]
    fn an_endless_word_is_cut() {
        assert_eq!(tokens(&"ă".repeat(10_000))[0].exact.chars().count(), WORD_LETTERS_MAX);
    }
}
