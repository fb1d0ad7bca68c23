//! Numbers as papers print them: decimal comma and thousand dot, the other way round, and both in one paper.

use domain::decimal::Decimal;

/// What a printed number says, and whether it can be read in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// As meant.
    pub value: Decimal,
    /// Whether the separator could mean the other thing ("3,214 tấn").
    pub ambiguous: bool,
}

/// What three digits behind one separator can be, by the unit: persons and tonnes are not counted in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Shares: a point before three digits is decimal, for ten thousand percent is a slip.
    Percent,
    /// Money in milliards, lengths: thousandths behind a comma are usual.
    Fine,
    /// Persons, animals, tonnes, đồng: thousands are usual.
    Whole,
}

/// More digits than this are no quantity that a paper prints (a phone number, a code, an attack).
const DIGITS_MAX: usize = 15;

/// Reads a number; `None` for what is none (dates with points, phone numbers, codes).
pub fn parse_number(printed: &str, grain: Grain) -> Option<Number> {
    if printed.len() > 3 * DIGITS_MAX {
        return None;
    }
    let compact: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
    if compact.bytes().filter(u8::is_ascii_digit).count() > DIGITS_MAX {
        return None;
    }
    let spaced = compact.len() < printed.len();
    match (compact.contains('.'), compact.contains(',')) {
        (false, false) => decimal(&compact, "", false),
        (true, true) if spaced => None,
        (true, true) => both_separators(&compact),
        (true, false) => one_separator(&compact, '.', grain != Grain::Percent || !small(&compact, '.')),
        (false, true) => one_separator(&compact, ',', grain == Grain::Whole),
    }
}

/// Whether "12.345" has a head below 100: a percentage of ten thousand is a slip, one of 12.345 is not.
fn small(compact: &str, separator: char) -> bool {
    compact.split_once(separator).is_some_and(|(head, _)| head.len() <= 2)
}

fn both_separators(compact: &str) -> Option<Number> {
    let point = if compact.rfind('.') > compact.rfind(',') { '.' } else { ',' };
    let thousands = if point == '.' { ',' } else { '.' };
    let (whole, part) = compact.split_once(point)?;
    if part.contains(['.', ',']) || !grouped(whole, thousands) {
        return None;
    }
    decimal(&whole.replace(thousands, ""), part, false)
}

fn one_separator(compact: &str, separator: char, thousands_meant: bool) -> Option<Number> {
    let (head, tail) = compact.split_once(separator)?;
    if tail.contains(separator) {
        return if grouped(compact, separator) { decimal(&compact.replace(separator, ""), "", false) } else { None };
    }
    if tail.len() != 3 || head.len() > 3 || head.starts_with('0') {
        return decimal(head, tail, false);
    }
    let ambiguous = separator == ',';
    if thousands_meant { decimal(&format!("{head}{tail}"), "", ambiguous) } else { decimal(head, tail, ambiguous || separator == '.') }
}

/// Whether every group behind the first has three digits.
fn grouped(text: &str, separator: char) -> bool {
    let mut groups = text.split(separator);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0')) && groups.all(|group| group.len() == 3)
}

fn decimal(whole: &str, part: &str, ambiguous: bool) -> Option<Number> {
    let text = if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") };
    text.parse().ok().map(|value| Number { value, ambiguous })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_printed_numbers() {
        for (printed, grain, value) in [
            ("10,5", Grain::Fine, "10.5"),
            ("07", Grain::Whole, "7"),
            ("1.428", Grain::Whole, "1428"),
            ("1.146", Grain::Fine, "1146"),
            ("12.345", Grain::Percent, "12.345"),
            ("204.557", Grain::Fine, "204557"),
            ("1.204.557", Grain::Fine, "1204557"),
            ("2.874,25", Grain::Fine, "2874.25"),
            ("1,234.5", Grain::Fine, "1234.5"),
            ("3,214", Grain::Whole, "3214"),
            ("3,214", Grain::Fine, "3.214"),
            ("0,125", Grain::Whole, "0.125"),
            ("10.25", Grain::Fine, "10.25"),
            ("1\u{a0}250", Grain::Whole, "1250"),
            ("905,5", Grain::Whole, "905.5"),
        ] {
            assert_eq!(parse_number(printed, grain).map(|n| n.value), value.parse().ok(), "{printed}");
        }
    }

    #[test]
    fn refuses_what_is_no_quantity() {
        for printed in ["0214.3999.017", "25.3.2021", "1,2,3", "1234567890123456", "1.234,567,890", ""] {
            assert_eq!(parse_number(printed, Grain::Fine), None, "{printed}");
        }
        assert_eq!(parse_number(&"9".repeat(1_000_000), Grain::Whole), None);
    }

    #[test]
    fn says_what_can_be_read_in_two_ways() {
        assert_eq!(parse_number("3,214", Grain::Whole).map(|n| n.ambiguous), Some(true));
        assert_eq!(parse_number("1.428", Grain::Whole).map(|n| n.ambiguous), Some(false));
    }
}
