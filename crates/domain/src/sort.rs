//! Vietnamese order as plain text: a key of `0-9a-z` that sorts the same in every database and collation.

use unicode_normalization::UnicodeNormalization;

/// Tones in the order of Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// The key of a text: letters first (a ă â … d đ …), then tones. Digits stand before letters, so a shorter word
/// comes before a longer one that begins with it.
pub fn sort_key(text: &str) -> String {
    let mut letters = String::new();
    let mut tones = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()) {
        for c in word.nfc().flat_map(char::to_lowercase) {
            let (letter, tone) = letter_and_tone(c);
            letters.push_str(&letter);
            tones.push(tone);
        }
        letters.push('0');
    }
    letters + "0" + &tones
}

/// The key of a person's name: the given name (the last word) first, then the rest from the family name on.
pub fn person_sort_key(name: &str) -> String {
    match name.trim().rsplit_once(char::is_whitespace) {
        Some((rest, given)) => sort_key(&format!("{given} {rest}")),
        None => sort_key(name),
    }
}

/// `ấ` is the third letter of `a` and the fifth tone: `("a3", '4')`.
fn letter_and_tone(c: char) -> (String, char) {
    let mut base = String::new();
    let mut tone = '0';
    for part in std::iter::once(c).nfd() {
        match TONES.iter().position(|t| *t == part) {
            Some(at) => tone = char::from(b'1' + u8::try_from(at).unwrap_or(0)),
            None => base.push(part),
        }
    }
    let letter = match base.nfc().collect::<String>().as_str() {
        "ă" => "a2".into(),
        "â" => "a3".into(),
        "đ" => "d2".into(),
        "ê" => "e2".into(),
        "ô" => "o2".into(),
        "ơ" => "o3".into(),
        "ư" => "u2".into(),
        one if one.len() == 1 && one.bytes().all(|b| b.is_ascii_lowercase()) => format!("{one}1"),
        one if one.len() == 1 && one.bytes().all(|b| b.is_ascii_digit()) => format!("1{one}"),
        // Letters of other alphabets go behind, in the order of their code points.
        _ => format!("z9{:06x}", u32::from(c)),
    };
    (letter, tone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&str], key: fn(&str) -> String) -> Vec<String> {
        let mut names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        names.sort_by_key(|name| key(name));
        names
    }

    #[test]
    fn follows_the_vietnamese_alphabet_and_its_tones() {
        let order = ["an", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "ban", "da", "đa", "ea", "ê", "xã 2", "xã A"];
        let mut mixed = order;
        mixed.reverse();
        assert_eq!(sorted(&mixed, sort_key), order);
    }

    #[test]
    fn people_go_by_given_name() {
        assert_eq!(
            sorted(&["Trần Văn Ớt", "Lê An", "Nguyễn Thị Đào", "Bùi Dũng", "K'Dung", "An"], person_sort_key),
            ["An", "Lê An", "Bùi Dũng", "Nguyễn Thị Đào", "K'Dung", "Trần Văn Ớt"]
        );
    }

    #[test]
    fn keys_hold_only_digits_and_small_letters() {
        assert!(sort_key("Ưỡn Đệ, Ж 7!").bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()));
    }
}
