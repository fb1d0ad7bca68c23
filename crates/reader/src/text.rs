//! The paper's text as every span counts it: NFC, `\n` line ends, no BOM; and the small steps that all scanners take in it.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text in NFC with `\n` line ends and without a byte order mark; nothing else is touched.
pub fn normalise(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let composed = if is_nfc(text) { text.to_owned() } else { text.nfc().collect() };
    if composed.contains('\r') { composed.replace("\r\n", "\n").replace('\r', "\n") } else { composed }
}

/// The character that ends at `at`.
pub fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that begins at `at`.
pub fn char_after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The word before `at`, over spaces, and where it begins; empty where something else than a word stands there.
pub fn word_before(text: &str, at: usize) -> (usize, &str) {
    let head = text.get(..at).unwrap_or("").trim_end_matches([' ', '\u{a0}']);
    // No word of the language is longer; the bound keeps a text of one endless word linear.
    let start = head.char_indices().rev().take(16).take_while(|(_, c)| c.is_alphabetic()).last().map_or(head.len(), |(i, _)| i);
    (start, &head[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composes_and_unifies_line_ends() {
        assert_eq!(normalise("\u{feff}Hoa\u{300}\r\nb\rc\n"), "Hoà\nb\nc\n");
    }

    #[test]
    fn steps_over_words() {
        assert_eq!(word_before("đến  ngày 3", 14), (8, "ngày"));
        assert_eq!(word_before("3", 0), (0, ""));
        assert_eq!(char_before("ấy", 4), Some('y'));
    }
}
