//! The symbol of a document: `17-NQ/TU`, `1486/QĐ-UBND`, `31/2023/NQ-HĐND`, and broken ones as printed (`20/CT-TU`).

/// A symbol is at most this many bytes; longer runs are something else.
const SYMBOL_BYTES_MAX: usize = 60;

/// The end of the symbol or bare number at `at`, and whether it has letters.
pub fn symbol_at(text: &str, at: usize) -> Option<(usize, bool)> {
    let head = text.get(at..)?;
    let digits = head.bytes().take(6).take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits == 6 {
        return None;
    }
    // "12a/QĐ-UBND" carries a letter behind its number.
    let suffix = head
        .get(digits..)
        .is_some_and(|rest| rest.starts_with(['a', 'b', 'c', 'A', 'B']) && rest.get(1..).is_some_and(|rest| rest.starts_with(['/', '-'])));
    let (mut end, mut letters) = (digits + usize::from(suffix), false);
    while end < SYMBOL_BYTES_MAX {
        let Some((taken, has_letters)) = part(head.get(end..)?, letters) else { break };
        end += taken;
        letters |= has_letters;
    }
    Some((at + end, letters))
}

/// A separator and the part behind it; spaces around a dash only before capital letters.
fn part(rest: &str, inside: bool) -> Option<(usize, bool)> {
    let trimmed = rest.trim_start_matches(' ');
    let before = rest.len() - trimmed.len();
    let separator = trimmed.chars().next().filter(|c| matches!(c, '/' | '-' | '–' | '.'))?;
    let behind = trimmed.get(separator.len_utf8()..)?;
    let piece = behind.trim_start_matches(' ');
    let spaces = behind.len() - piece.len();
    let first = piece.chars().next()?;
    let word: usize = piece.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let printed = piece.get(..word)?;
    let spaced = before + spaces > 0;
    let abbreviation =
        first.is_uppercase() && printed.chars().filter(|c| c.is_uppercase() || c.is_ascii_digit()).count() * 2 >= printed.chars().count();
    let fits = if first.is_ascii_digit() {
        !spaced && separator != '.' && printed.bytes().all(|byte| byte.is_ascii_digit())
    } else {
        abbreviation
            && before <= 1
            && spaces <= 1
            && (!spaced
                || inside
                || piece.get(word..).is_some_and(|tail| tail.starts_with(['/', '-']) || tail.trim_start().starts_with('/')))
    };
    (fits && word > 0).then(|| (before + separator.len_utf8() + spaces + word, first.is_alphabetic()))
}

/// For comparing: no spaces, one kind of dash, small letters.
pub fn key(symbol: &str) -> String {
    symbol
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '–' | '—' | '−') { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<(&str, bool)>) {
        assert_eq!(symbol_at(text, 0).map(|(end, letters)| (text.get(..end).unwrap_or(""), letters)), expect, "{text}");
    }

    #[test]
    fn reads_symbols_as_printed() {
        check("17-NQ/TU, ngày", Some(("17-NQ/TU", true)));
        check("31/2023/NQ-HĐND ngày", Some(("31/2023/NQ-HĐND", true)));
        check("62/TTr-LĐTBXH.", Some(("62/TTr-LĐTBXH", true)));
        check("20/CT-TU, Nghị quyết", Some(("20/CT-TU", true)));
        check("15 - NQ/TU của", Some(("15 - NQ/TU", true)));
        check("10 của Tỉnh ủy", Some(("10", false)));
        check("10 - Bí thư", Some(("10", false)));
        check("135. Trong", Some(("135", false)));
        check("5127/UBND-TH ngày", Some(("5127/UBND-TH", true)));
        check("1234567", None);
    }
}
