//! Values as they stand in files: days, numbers, shares, words. Strict, since a file comes from a program or a spreadsheet, and
//! what is guessed there is wrong for thousands of rows.

use domain::code::Coded;
use domain::measurement::DIGITS_MAX;
use jiff::civil::Date;

use super::fault::What;

/// Decimals of a share: hops multiply, and stay exact.
const SHARE_DECIMALS: i64 = 4;
/// Millionths, as shares are kept, in one unit of their last decimal.
const MILLIONTHS_A_UNIT: i64 = 100;
/// A whole share.
pub const WHOLE_MILLIONTHS: i64 = 1_000_000;

/// A day: `2024-03-31`.
pub fn day(text: &str) -> Result<Date, What> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i16> {
        let digits = bytes.get(from..to)?;
        digits.iter().try_fold(0_i16, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0')))
    };
    let parse = || {
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| year > 0)
    };
    parse().ok_or(What::NoDay)
}

/// A number as a whole number of `10^-decimals`. Noughts at its end are no decimals; nothing is rounded.
pub fn number(text: &str, decimals: i64) -> Result<i64, What> {
    let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    if !all_digits(whole) || !all_digits(fraction) {
        return Err(What::NoNumber);
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let places = usize::try_from(decimals).unwrap_or_default();
    if fraction.len() > places {
        return Err(What::TooManyDecimals(decimals));
    }
    if whole.len() + places > DIGITS_MAX {
        return Err(What::TooManyDigits(DIGITS_MAX));
    }
    let padding = std::iter::repeat_n(b'0', places - fraction.len());
    let scaled = whole.bytes().chain(fraction.bytes()).chain(padding).fold(0_i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    Ok(if is_negative { -scaled } else { scaled })
}

/// A whole number.
pub fn whole_number(text: &str) -> Result<i64, What> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !all_digits(digits) {
        return Err(What::NoWholeNumber);
    }
    if digits.trim_start_matches('0').len() > DIGITS_MAX {
        return Err(What::TooManyDigits(DIGITS_MAX));
    }
    text.parse().map_err(|_| What::NoWholeNumber)
}

/// A whole number from 0 on; 1 where it is left out.
pub fn weight(text: &str) -> Result<i64, What> {
    if text.is_empty() {
        return Ok(1);
    }
    let weight = whole_number(text)?;
    if weight < 0 { Err(What::Negative) } else { Ok(weight) }
}

/// A share from 0 to 1 in millionths.
pub fn share(text: &str) -> Result<i64, What> {
    let share = number(text, SHARE_DECIMALS)?.saturating_mul(MILLIONTHS_A_UNIT);
    if (0..=WHOLE_MILLIONTHS).contains(&share) { Ok(share) } else { Err(What::ShareRange) }
}

/// A share as people read it: `0.62`.
pub fn printed_share(millionths: i64) -> String {
    let text = format!("{}.{:06}", millionths / WHOLE_MILLIONTHS, millionths % WHOLE_MILLIONTHS);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A word of a closed set.
pub fn choice<T: Coded>(text: &str) -> Result<T, What> {
    T::from_code(text).ok_or_else(|| What::NoChoice(T::ALL.iter().map(|value| value.code()).collect::<Vec<_>>().join(", ")))
}

/// A value that may be left out.
pub fn optional<T>(text: &str, parse: impl Fn(&str) -> Result<T, What>) -> Result<Option<T>, What> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some) }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use domain::indicator::Direction;

    use super::*;

    #[test]
    fn numbers_are_exact_or_refused() {
        for (text, decimals, read) in [
            ("97.4", 1, 974),
            ("97.40", 1, 974),
            ("-0.5", 2, -50),
            ("007", 0, 7),
            ("0", 0, 0),
            ("-0", 3, 0),
            ("123456789012345678", 0, 123_456_789_012_345_678),
        ] {
            assert_eq!(number(text, decimals), Ok(read), "{text}");
        }
        for (text, decimals, what) in [
            ("", 0, What::NoNumber),
            ("12,5", 1, What::NoNumber),
            ("1.", 1, What::NoNumber),
            (".5", 1, What::NoNumber),
            ("+5", 1, What::NoNumber),
            ("1e3", 1, What::NoNumber),
            ("٣", 0, What::NoNumber),
            ("97.45", 1, What::TooManyDecimals(1)),
            ("1234567890123456789", 0, What::TooManyDigits(18)),
            ("123456789012345678", 1, What::TooManyDigits(18)),
        ] {
            assert_eq!(number(text, decimals), Err(what), "{text}");
        }
    }

    #[test]
    fn days_are_iso() {
        assert_eq!(day("2024-02-29"), Ok(jiff::civil::date(2024, 2, 29)));
        for text in ["", "2023-02-29", "2024-2-29", "29/2/2024", "2024-02-29 ", "0000-01-01", "+024-02-29", "2024-13-01"] {
            assert_eq!(day(text), Err(What::NoDay), "{text}");
        }
    }

    #[test]
    fn shares_lie_between_nothing_and_all() {
        assert_eq!((share("0.62"), share("1"), share("0"), share("1.0")), (Ok(620_000), Ok(1_000_000), Ok(0), Ok(1_000_000)));
        assert_eq!(share("1.0001"), Err(What::ShareRange));
        assert_eq!(share("-0.1"), Err(What::ShareRange));
        assert_eq!(share("0.12345"), Err(What::TooManyDecimals(4)));
        assert_eq!([printed_share(620_000), printed_share(1_000_000), printed_share(1_100_000)], ["0.62", "1", "1.1"]);
    }

    #[test]
    fn words_are_told_with_what_is_allowed() {
        assert_eq!(choice::<Direction>("up"), Ok(Direction::Up));
        assert_eq!(choice::<Direction>("Up"), Err(What::NoChoice("up, down".to_owned())));
        assert_eq!((weight(""), weight("0"), weight("-1")), (Ok(1), Ok(0), Err(What::Negative)));
    }
}
