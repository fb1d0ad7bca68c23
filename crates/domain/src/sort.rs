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

/// Prefixes that stand before the given name of Ê Đê, M'nông and their neighbours, where the family name comes last.
const GIVEN_FIRST: [&str; 2] = ["h'", "h\u{2019}"];

/// The key of a person's name: the given name first, then what stands between, then the family name, each with its tones, so that
/// everybody called Ba comes before everybody called Bà.
pub fn person_sort_key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let given = given_at(&words);
    let mut rest: Vec<&str> = words.clone();
    let given = if given < rest.len() { rest.remove(given) } else { "" };
    let (family, between) = rest.split_first().map_or(("", &[][..]), |(family, between)| (*family, between));
    [sort_key(given), sort_key(&between.join(" ")), sort_key(family)].concat()
}

/// The given name as Vietnamese lists understand it: the last word, "Sùng" of "Giàng A Sùng" and "K'Brôi" of itself. Where the family
/// name comes last, which H' at the head tells ("H'Hen Niê"), the first word. Names of other countries are sorted by their last
/// word too.
pub fn given_name(name: &str) -> &str {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.get(given_at(&words)).copied().unwrap_or_default()
}

fn given_at(words: &[&str]) -> usize {
    let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let comes_first = GIVEN_FIRST.iter().any(|prefix| first.starts_with(prefix));
    if comes_first { 0 } else { words.len().saturating_sub(1) }
}

/// Letters of the index of a list of people, in their order.
pub const INDEX_LETTERS: [char; 33] = [
    'A', 'Ă', 'Â', 'B', 'C', 'D', 'Đ', 'E', 'Ê', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'Ô', 'Ơ', 'P', 'Q', 'R', 'S', 'T', 'U',
    'Ư', 'V', 'W', 'X', 'Y', 'Z',
];

/// The letter of the index under which a person stands: the first of the given name without its tone; absent for a name of another
/// alphabet.
pub fn index_letter(name: &str) -> Option<char> {
    let first = given_name(name).chars().next()?;
    let plain: String = std::iter::once(first).nfd().filter(|part| !TONES.contains(part)).nfc().flat_map(char::to_uppercase).collect();
    plain.chars().next().filter(|letter| INDEX_LETTERS.contains(letter))
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
    fn the_given_name_decides_then_the_middle_then_the_family_name() {
        let order = [
            "Vũ Thị Ba",
            "An Văn Ba",
            "Bùi Bà",
            "Giàng A Dín",
            "Lò Văn Đức",
            "H'Hen Niê",
            "K'Brôi",
            "K'Sởn",
            "Giàng A Sùng",
            "Sô",
            "John Smith",
        ];
        let mut mixed = order;
        mixed.sort_unstable();
        let sorted = sorted(&mixed, person_sort_key);
        assert_eq!(
            sorted,
            [
                "Vũ Thị Ba",
                "An Văn Ba",
                "Bùi Bà",
                "Giàng A Dín",
                "Lò Văn Đức",
                "H'Hen Niê",
                "K'Brôi",
                "K'Sởn",
                "John Smith",
                "Sô",
                "Giàng A Sùng"
            ]
        );
    }

    #[test]
    fn people_stand_under_the_letter_of_their_given_name() {
        for (name, letter) in [
            ("Nguyễn Thị Ánh", Some('A')),
            ("Lê Ân", Some('Â')),
            ("Bùi Đức Đạt", Some('Đ')),
            ("H'Hen Niê", Some('H')),
            ("K'Brôi", Some('K')),
            ("Trần Ứng", Some('Ư')),
            ("Ý", Some('Y')),
            ("", None),
            ("Ж", None),
        ] {
            assert_eq!(index_letter(name), letter, "{name}");
        }
        assert!(INDEX_LETTERS.map(|letter| sort_key(&letter.to_string())).is_sorted());
    }

    #[test]
    fn keys_hold_only_digits_and_small_letters() {
        assert!(sort_key("Ưỡn Đệ, Ж 7!").bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()));
    }
}
