//! The usual names of what people send instead of a photo, told by the first bytes.

/// First bytes, where they stand, and the name.
const SIGNATURES: [(usize, &[u8], &str); 18] = [
    (0, b"GIF8", "GIF"),
    (0, b"%PDF", "PDF"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"II+\0", "TIFF"),
    (0, b"FUJIFILM", "RAW"),
    (0, b"8BPS", "PSD"),
    (0, b"\0\0\x01\0", "ICO"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"Rar!", "RAR"),
    (0, b"7z\xbc\xaf", "7z"),
    (0, b"\xd0\xcf\x11\xe0", "Microsoft Office 97–2003"),
    (8, b"AVI ", "AVI"),
    (0, b"\x1aE\xdf\xa3", "MKV"),
];

/// Brands of the container that HEIC, AVIF and videos share (ISO 14496-12), and the name.
const BRANDS: [(&[u8], &str); 12] = [
    (b"heic", "HEIC"),
    (b"heix", "HEIC"),
    (b"heim", "HEIC"),
    (b"heis", "HEIC"),
    (b"hevc", "HEIC"),
    (b"hevx", "HEIC"),
    (b"mif1", "HEIC"),
    (b"msf1", "HEIC"),
    (b"avif", "AVIF"),
    (b"avis", "AVIF"),
    (b"crx ", "RAW"),
    (b"qt  ", "MOV"),
];

/// How far a text may begin with blanks, a byte order mark or an XML declaration before its first element is named.
const TEXT_LOOK: usize = 512;

/// What the bytes look like.
pub fn name_of(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) == Some(b"ftyp") {
        let brand = bytes.get(8..12).unwrap_or_default();
        return Some(BRANDS.iter().find(|(known, _)| *known == brand).map_or("MP4", |(_, name)| name));
    }
    let is_at = |at: usize, signature: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(signature));
    if let Some((_, _, name)) = SIGNATURES.iter().find(|(at, signature, _)| is_at(*at, signature)) {
        return Some(name);
    }
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(TEXT_LOOK)]).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if text.starts_with('<') {
        return ["svg", "html"]
            .iter()
            .position(|tag| text.contains(&format!("<{tag}")))
            .map_or(Some("XML"), |at| [Some("SVG"), Some("HTML")][at]);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn files_that_people_send_instead_of_a_photo_are_named() {
        for (bytes, name) in [
            (&b"\0\0\0\x18ftypheic\0\0\0\0"[..], "HEIC"),
            (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
            (b"\0\0\0\x18ftypisom\0\0\0\0", "MP4"),
            (b"\0\0\0\x18ftypqt  \0\0\0\0", "MOV"),
            (b"GIF89a", "GIF"),
            (b"%PDF-1.7", "PDF"),
            (b"II*\0\x08", "TIFF"),
            (b"MM\0*\0", "TIFF"),
            (b"BM\x36", "BMP"),
            (b"PK\x03\x04\x14", "ZIP"),
            (b"RIFF\0\0\0\0AVI LIST", "AVI"),
            (b"\xef\xbb\xbf <?xml version=\"1.0\"?>\n<svg xmlns=\"x\">", "SVG"),
            (b"<!DOCTYPE html><HTML lang=vi>", "HTML"),
            (b"<?xml version=\"1.0\"?><a/>", "XML"),
        ] {
            assert_eq!(name_of(bytes), Some(name), "{bytes:?}");
        }
        assert_eq!(name_of(b"Kinh gui"), None);
        assert_eq!(name_of(b"\0"), None);
    }
}
