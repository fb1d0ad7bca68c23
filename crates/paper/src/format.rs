//! What sort of file the bytes are, told by the bytes.

/// A format that is recognised so that the refusal can name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Holds text, but in a form that is not read.
    Document(&'static str),
    /// A picture.
    Image(&'static str),
}

use FileFormat::{Document, Image};

/// First bytes of formats that people hand in. ZIP is told apart further below.
const SIGNATURES: [(&[u8], FileFormat); 12] = [
    (b"%PDF-", Document("PDF")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Document("DOC/XLS (Microsoft Office 97)")),
    (b"{\\rtf", Document("RTF")),
    (b"Rar!", Document("RAR")),
    (b"7z\xbc\xaf\x27\x1c", Document("7-Zip")),
    (b"\x1f\x8b", Document("GZIP")),
    (b"\x89PNG\r\n\x1a\n", Image("PNG")),
    (b"\xff\xd8\xff", Image("JPEG")),
    (b"GIF8", Image("GIF")),
    (b"II*\0", Image("TIFF")),
    (b"MM\0*", Image("TIFF")),
    (b"BM", Image("BMP")),
];

/// How far into a ZIP the name of its first entries is looked for.
const ZIP_HEAD_BYTES: usize = 4096;

/// The format, where the bytes are of a known one that is not read.
pub fn unread_format(bytes: &[u8]) -> Option<FileFormat> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(Document(zip_name(&bytes[..bytes.len().min(ZIP_HEAD_BYTES)])));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(Image("WebP"));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Image("HEIC"));
    }
    let (signature, format) = SIGNATURES.into_iter().find(|(signature, _)| bytes.starts_with(signature))?;
    // "BM" begins words as well; a bitmap has NUL bytes in its head.
    let is_text = signature == b"BM" && !bytes.iter().take(64).any(|byte| *byte == 0);
    (!is_text).then_some(format)
}

fn zip_name(head: &[u8]) -> &'static str {
    let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if holds(b"word/") {
        "DOCX"
    } else if holds(b"xl/") {
        "XLSX"
    } else if holds(b"ppt/") {
        "PPTX"
    } else if holds(b"opendocument.text") {
        "ODT"
    } else if holds(b"[Content_Types].xml") {
        "DOCX/XLSX (Microsoft Office)"
    } else {
        "ZIP"
    }
}

/// Tags that a page or a copied piece of one begins with.
const HTML_BEGINNINGS: [&str; 19] = [
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "article",
    "main",
    "section",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "table",
    "figure",
    "span",
    "center",
    "font",
];

/// How far comments and an XML head may stand before the first tag.
const COMMENTS_MAX: usize = 8;

/// Whether a text is HTML: its first tag is one that pages begin with.
pub fn is_html(text: &str) -> bool {
    let mut rest = text.trim_start();
    for _ in 0..COMMENTS_MAX {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?xml") {
            "?>"
        } else {
            break;
        };
        let Some((_, behind)) = rest.split_once(end) else { return false };
        rest = behind.trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    HTML_BEGINNINGS.iter().any(|name| {
        let Some((head, behind)) = tag.split_at_checked(name.len()) else { return false };
        head.eq_ignore_ascii_case(name) && behind.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        for (bytes, format) in [
            (&b"%PDF-1.7\n%\xe2\xe3"[..], Some(Document("PDF"))),
            (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml ... word/document.xml", Some(Document("DOCX"))),
            (b"PK\x03\x04\x14\0\0\0\x08\0a.txt", Some(Document("ZIP"))),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(Image("JPEG"))),
            (b"\0\0\0\x18ftypheic", Some(Image("HEIC"))),
            (b"BM\x36\0\0\0", Some(Image("BMP"))),
            (b"BMI cua tre em", None),
            (b"", None),
        ] {
            assert_eq!(unread_format(bytes), format);
        }
    }

    #[test]
    fn html_is_told_by_its_first_tag() {
        for html in
            ["<!DOCTYPE html><html>", " \n<div class=a>x</div>", "<!-- a --><!-- b -->\n<p>x", "<?xml version='1.0'?><html xmlns='x'>"]
        {
            assert!(is_html(html), "{html}");
        }
        for text in ["", "a < b", "<5 vụ", "<pa>", "< p >", "Điều 1. <p> là thẻ"] {
            assert!(!is_html(text), "{text}");
        }
    }
}
