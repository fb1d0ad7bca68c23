//! The bytes of a handed-in file in, the paper's text out. Recognises by content, not by name; refuses what holds no
//! readable text and what is stamped secret. Pure: no file, no process, no clock, and no bytes make it panic.
//! What the text means is the reader's business.

mod decode;
mod format;
mod html;
mod secrecy;

pub use format::FileFormat;
pub use secrecy::Stamp;

/// Most bytes of a file: a news page with its pictures inlined stays below; a scanned book does not belong here.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Most bytes of its text: 5 MB are about 2,000 pages, ten times the longest report of a province.
pub const TEXT_BYTES_MAX: usize = 5 * 1024 * 1024;

/// Why a file was not read; the rim words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperError {
    /// No words in it.
    Empty,
    /// More than [`FILE_BYTES_MAX`].
    TooLarge {
        /// How large it is.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// More than [`TEXT_BYTES_MAX`].
    TooMuchText {
        /// How long the text is.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// A known format that is not read.
    Unread(FileFormat),
    /// Not text: a control code stands at this byte, counted from 1.
    Binary {
        /// Which byte.
        at: usize,
    },
    /// Not UTF-8 from this byte on, counted from 1.
    NotUtf8 {
        /// Which byte.
        at: usize,
    },
    /// Marked as UTF-16, but broken at this byte, counted from 1.
    NotUtf16 {
        /// Which byte.
        at: usize,
    },
    /// Stamped secret in its heading block.
    Secret {
        /// Which stamp.
        stamp: Stamp,
        /// The line of the text, counted from 1.
        line: usize,
    },
}

impl std::fmt::Display for PaperError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for PaperError {}

/// The text of a handed-in file, ready for the reader.
pub fn text_of(bytes: &[u8]) -> Result<String, PaperError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(PaperError::TooLarge { bytes: bytes.len(), bytes_max: FILE_BYTES_MAX });
    }
    if let Some(format) = format::unread_format(bytes) {
        return Err(PaperError::Unread(format));
    }
    let decoded = decode::decode(bytes)?;
    let text = if format::is_html(&decoded) { html::visible_text(&decoded) } else { decoded };
    checked(text)
}

/// The text that was pasted into a form: with the same line ends and under the same checks as a file's, so that a paper
/// is the same paper either way.
pub fn pasted_text(text: &str) -> Result<String, PaperError> {
    checked(decode::plain_lines(text)?)
}

fn checked(text: String) -> Result<String, PaperError> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(PaperError::TooMuchText { bytes: text.len(), bytes_max: TEXT_BYTES_MAX });
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(PaperError::Empty);
    }
    match secrecy::find_stamp(&text) {
        Some((stamp, line)) => Err(PaperError::Secret { stamp, line }),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_text_comes_through_as_it_is() {
        let text = "TỈNH ỦY LAM GIANG\n\nKết luận của đồng chí Bí thư Tỉnh ủy.\n";
        assert_eq!(text_of(text.as_bytes()).as_deref(), Ok(text));
        assert_eq!(text_of(format!("\u{feff}{text}").as_bytes()).as_deref(), Ok(text));
    }

    #[test]
    fn utf16_with_its_mark_is_text() {
        let text = "Thông báo kết luận";
        let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(text_of(&little).as_deref(), Ok(text));
        assert_eq!(text_of(&big).as_deref(), Ok(text));
        assert_eq!(text_of(&little[..little.len() - 1]), Err(PaperError::NotUtf16 { at: little.len() - 1 }));
        assert_eq!(text_of(&[0xff, 0xfe, 0x00, 0xd8]), Err(PaperError::NotUtf16 { at: 3 }));
    }

    #[test]
    fn what_holds_no_words_is_refused() {
        for empty in ["", " \n\t ", "\u{feff}", "***\n---", "<html><body><script>let a = 1</script></body></html>"] {
            assert_eq!(text_of(empty.as_bytes()), Err(PaperError::Empty), "{empty}");
        }
    }

    #[test]
    fn old_encodings_are_named_with_their_byte() {
        // "Tỉnh" in Windows-1258: the hook above is a byte of its own.
        assert_eq!(text_of(b"Ti\xd2nh \xfey"), Err(PaperError::NotUtf8 { at: 3 }));
    }

    #[test]
    fn a_pasted_text_is_the_file_that_it_was_copied_from() {
        assert_eq!(pasted_text("Thông báo\r\nkết luận\r\n"), text_of("Thông báo\nkết luận\n".as_bytes()));
        assert_eq!(pasted_text("Thông\0báo"), Err(PaperError::Binary { at: 7 }));
    }

    #[test]
    fn limits_are_exact() {
        let line = "a".repeat(TEXT_BYTES_MAX);
        assert!(text_of(line.as_bytes()).is_ok());
        assert!(matches!(text_of((line + "a").as_bytes()), Err(PaperError::TooMuchText { .. })));
        assert!(matches!(text_of(&vec![b'a'; FILE_BYTES_MAX + 1]), Err(PaperError::TooLarge { .. })));
    }

    #[test]
    fn a_secret_paper_is_refused_in_every_format() {
        let expect = Err(PaperError::Secret { stamp: Stamp::TopSecret, line: 3 });
        assert_eq!(text_of("HUYỆN ỦY X\n\nTỐI MẬT\n\nBÁO CÁO".as_bytes()), expect);
        assert_eq!(text_of("<!doctype html><p>HUYỆN ỦY X</p><p><b>TỐI MẬT</b></p><p>BÁO CÁO</p>".as_bytes()), expect);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            let _ = text_of(&bytes);
        }

        #[test]
        fn no_marked_bytes_make_it_panic(mark in prop::sample::select(vec![&b"\xff\xfe"[..], b"\xfe\xff", b"\xef\xbb\xbf", b"<html>", b"<p>"]),
                                         bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            let _ = text_of(&[mark, &bytes].concat());
        }

        #[test]
        fn a_text_is_kept_or_refused_but_never_changed_beyond_line_ends(text in "[\\PC\n]{1,400}") {
            if let Ok(read) = text_of(text.as_bytes()) && !format::is_html(&text) {
                prop_assert_eq!(read, text.trim_start_matches('\u{feff}'));
            }
        }
    }
}
