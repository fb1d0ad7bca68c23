//! Numbers as people type them: `34,8`, `34.8`, `1.126`, `1 126,5`.

use crate::decimal::Decimal;

/// Reads a typed number. A comma is the decimal sign; points before groups of three digits are thousands
/// (`1.126` is one thousand one hundred and twenty-six), any other single point is a decimal sign too.
pub fn parse_number(typed: &str) -> Option<Decimal> {
    let text: String = typed.trim().chars().filter(|c| !c.is_whitespace()).map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
    let (whole, part) = match text.split_once(',') {
        Some((whole, part)) => (whole, Some(part)),
        None => (text.as_str(), None),
    };
    let groups: Vec<&str> = whole.split('.').collect();
    let thousands = groups.len() > 1
        && groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|first| (1..=3).contains(&first.trim_start_matches('-').len()) && *first != "0" && *first != "-0");
    let plain = match (thousands, part) {
        (true, Some(part)) => format!("{}.{part}", groups.concat()),
        (true, None) => groups.concat(),
        (false, Some(part)) if groups.len() == 1 => format!("{whole}.{part}"),
        (false, None) if groups.len() <= 2 => whole.to_owned(),
        _ => return None,
    };
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_ways_of_writing() {
        for (typed, read) in [
            ("34,8", "34.8"),
            ("34.8", "34.8"),
            ("1.126", "1126"),
            ("1.126,50", "1126.50"),
            ("0.125", "0.125"),
            ("22.360", "22360"),
            ("1 126", "1126"),
            ("−7", "-7"),
            ("12.5000", "12.5000"),
        ] {
            assert_eq!(parse_number(typed).map(|d| d.to_string()), Some(read.to_owned()), "{typed}");
        }
        for typed in ["", "một", "1,2,3", "1.2.3", "1.12.345", "5%", "1e5"] {
            assert_eq!(parse_number(typed), None, "{typed}");
        }
    }
}
