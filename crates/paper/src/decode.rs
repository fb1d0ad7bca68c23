//! Bytes to characters: UTF-8, or UTF-16 with its mark. Other encodings are refused, never guessed: a guessed letter
//! in a quoted sentence would be a forged quotation.

use crate::PaperError;

/// One control code in so many bytes is a slip of a word processor; more are not text.
const TEXT_BYTES_PER_CONTROL_CODE: usize = 1000;

/// The characters of a file, with `\n` line ends and without its mark.
pub fn decode(bytes: &[u8]) -> Result<String, PaperError> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes)?.to_owned(),
    };
    let text = text.trim_start_matches('\u{feff}');
    plain_lines(text)
}

fn utf8(bytes: &[u8]) -> Result<&str, PaperError> {
    // A NUL says more than the first bad byte behind it: it is no text at all.
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(PaperError::Binary { at: at + 1 });
    }
    std::str::from_utf8(bytes).map_err(|fault| PaperError::NotUtf8 { at: fault.valid_up_to() + 1 })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, PaperError> {
    const MARK_BYTES: usize = 2;
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut at = MARK_BYTES + 1;
    for unit in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let c = unit.map_err(|_| PaperError::NotUtf16 { at })?;
        text.push(c);
        at += 2 * c.len_utf16();
    }
    if rest.is_empty() { Ok(text) } else { Err(PaperError::NotUtf16 { at }) }
}

/// Unifies line ends, and lets a rare stray control code pass as a space; a vertical tab is a line end of word processors.
pub fn plain_lines(text: &str) -> Result<String, PaperError> {
    let mut strays_left = text.len() / TEXT_BYTES_PER_CONTROL_CODE;
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '\r' => {
                if characters.peek().is_none_or(|(_, next)| *next != '\n') {
                    plain.push('\n');
                }
            }
            '\n' | '\t' => plain.push(c),
            '\u{b}' | '\u{c}' => plain.push('\n'),
            '\0' => return Err(PaperError::Binary { at: at + 1 }),
            c if c.is_control() && c.is_ascii() => {
                strays_left = strays_left.checked_sub(1).ok_or(PaperError::Binary { at: at + 1 })?;
                plain.push(' ');
            }
            c => plain.push(c),
        }
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_one() {
        assert_eq!(decode(b"a\r\nb\rc\x0bd\n\re").as_deref(), Ok("a\nb\nc\nd\n\ne"));
    }

    #[test]
    fn control_codes_are_no_text_but_a_stray_one_is_forgiven() {
        assert_eq!(decode(b"ab\0c"), Err(PaperError::Binary { at: 3 }));
        assert_eq!(decode(b"ab\x01c"), Err(PaperError::Binary { at: 3 }));
        let long = format!("{}\u{1f}b", "a".repeat(2000));
        assert_eq!(decode(long.as_bytes()), Ok(format!("{} b", "a".repeat(2000))));
    }
}
