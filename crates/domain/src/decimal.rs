//! Exact decimals: what papers print and ledgers store. Not a float, and not for sums over rows
//! (those run in `i128` inside `scoreboard`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Most digits after the point: papers print at most six, and 18 digits fit an `i64`.
pub const SCALE_MAX: u8 = 9;

/// An exact decimal `units × 10^-scale`, with `scale` at most [`SCALE_MAX`].
/// Two decimals are equal when their values are: `7.0 == 7`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    units: i64,
    scale: u8,
}

impl Decimal {
    /// Takes `units × 10^-scale`; `None` where `scale` is above [`SCALE_MAX`].
    pub const fn new(units: i64, scale: u8) -> Option<Self> {
        if scale <= SCALE_MAX { Some(Self { units, scale }) } else { None }
    }

    /// The digits without their point.
    pub const fn units(self) -> i64 {
        self.units
    }

    /// How many of the digits stand after the point.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// The value at [`SCALE_MAX`] digits, for comparing.
    const fn widened(self) -> i128 {
        self.units as i128 * 10_i128.pow((SCALE_MAX - self.scale) as u32)
    }
}

impl From<i64> for Decimal {
    fn from(units: i64) -> Self {
        Self { units, scale: 0 }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.widened() == other.widened()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.widened().cmp(&other.widened())
    }
}

/// Prints with a point and the digits it was made of: `10.5`, `7`, `0.05`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.units);
        }
        let one = 10_u64.pow(u32::from(self.scale));
        let magnitude = self.units.unsigned_abs();
        let sign = if self.units < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:0width$}", magnitude / one, magnitude % one, width = usize::from(self.scale))
    }
}

/// Why a text is no [`Decimal`]: no digits, a strange character, or more than 18 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoDecimal;

impl FromStr for Decimal {
    type Err = NoDecimal;

    /// Reads `[-]digits[.digits]`, the form that [`fmt::Display`] prints.
    fn from_str(text: &str) -> Result<Self, NoDecimal> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let length = whole.len() + part.len();
        if whole.is_empty() || !all_digits(whole) || !all_digits(part) || length > 18 || (digits.contains('.') && part.is_empty()) {
            return Err(NoDecimal);
        }
        let scale = u8::try_from(part.len()).map_err(|_| NoDecimal)?;
        let units: i64 = format!("{whole}{part}").parse().map_err(|_| NoDecimal)?;
        Self::new(sign * units, scale).ok_or(NoDecimal)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NoDecimal| serde::de::Error::custom(format!("«{text}» is no decimal such as 10.5")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_reads() {
        for text in ["0", "7", "-7", "10.5", "0.05", "-0.5", "123456789.123456789"] {
            assert_eq!(text.parse::<Decimal>().map(|d| d.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn refuses_what_is_no_decimal() {
        for text in ["", "-", ".5", "5.", "1,5", "1e3", "--1", "1234567890123456789", "1.0000000000"] {
            assert_eq!(text.parse::<Decimal>(), Err(NoDecimal), "{text}");
        }
    }

    #[test]
    fn compares_by_value() {
        let parse = |t: &str| t.parse::<Decimal>().ok();
        assert_eq!(parse("7.0"), parse("7"));
        assert!(parse("9.99") < parse("10"));
        assert!(parse("-1") < parse("0.1"));
    }
}
