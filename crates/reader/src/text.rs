//! The paper's text as every span counts it: NFC, `\n` line ends, no BOM.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text in NFC with `\n` line ends and without a byte order mark; nothing else is touched.
pub fn normalise(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let composed = if is_nfc(text) { text.to_owned() } else { text.nfc().collect() };
    if composed.contains('\r') { composed.replace("\r\n", "\n").replace('\r', "\n") } else { composed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composes_and_unifies_line_ends() {
        assert_eq!(normalise("\u{feff}Hoa\u{300}\r\nb\rc\n"), "Hoà\nb\nc\n");
    }
}
