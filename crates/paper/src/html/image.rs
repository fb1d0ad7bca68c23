//! A picture in a page: the name of its file, where it is a picture of the paper and not an ornament of the site.

use html5ever::tokenizer::Tag;

use super::element::attribute;

/// A picture that declares itself this small is an icon or a counter.
const ICON_PIXELS_MAX: u32 = 64;
/// Endings of photographs; vector drawings on news pages are ornaments.
const PHOTO_ENDINGS: [&str; 10] = ["jpg", "jpeg", "jfif", "png", "webp", "gif", "bmp", "heic", "avif", "tif"];
/// Where pages that load late keep the true address; `src` then holds a blank.
const ADDRESS_ATTRIBUTES: [&str; 4] = ["data-src", "data-original", "data-lazy-src", "src"];

/// The file's base name, decoded; absent for ornaments and inlined pictures.
pub fn file_name(tag: &Tag) -> Option<String> {
    let is_icon = ["width", "height"]
        .iter()
        .filter_map(|side| attribute(tag, side)?.trim().trim_end_matches("px").parse::<u32>().ok())
        .any(|pixels| pixels <= ICON_PIXELS_MAX);
    if is_icon {
        return None;
    }
    ADDRESS_ATTRIBUTES.iter().find_map(|name| base_name(attribute(tag, name)?))
}

fn base_name(address: &str) -> Option<String> {
    if address.trim_start().starts_with("data:") {
        return None;
    }
    let path = address.split(['?', '#']).next()?;
    let name = percent_decoded(path.rsplit('/').next()?);
    // One line, whatever the address holds.
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (stem, ending) = name.rsplit_once('.')?;
    let is_photo = !stem.is_empty() && PHOTO_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    is_photo.then_some(name)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let code = behind.get(..2).filter(|_| first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::base_name;

    #[test]
    fn names_are_the_last_part_of_the_address() {
        for (address, name) in [
            ("https://x.vn/Uploads/2024/IMG_8684.JPG?w=800", Some("IMG_8684.JPG")),
            ("%E1%BA%A3nh%201.jpg", Some("ảnh 1.jpg")),
            ("a%2.jpg", Some("a%2.jpg")),
            ("data:image/png;base64,AAAA/a.png", None),
            ("logo.svg", None),
            ("/image/12", None),
            (".jpg", None),
            ("", None),
        ] {
            assert_eq!(base_name(address).as_deref(), name, "{address}");
        }
    }
}
