//! Folding of Vietnamese text for search and matching: marks off, đ = d, lower case, one space.
//! Not for storing: a folded text stands beside its original.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `Đặng Xuân Phong` and `dang  xuan phong` fold to the same `dang xuan phong`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'đ' | 'Đ' => folded.push('d'),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The text in NFC, trimmed, runs of white space as one space: how a name or a form's line is kept.
pub fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_marks_case_and_spaces() {
        for (text, folded) in [
            ("Đặng  Xuân Phong ", "dang xuan phong"),
            ("HÒA hoà Hoa\u{300}", "hoa hoa hoa"),
            ("ỦY BAN", "uy ban"),
            ("K'Dung", "k'dung"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn tidies_to_nfc() {
        assert_eq!(tidy("  Hoa\u{300}  \n Bình "), "Hoà Bình");
    }
}
