//! A request's own short id: in a header of the response, in every log line, on error pages, read out on the telephone.

use std::fmt;

/// Crockford's letters and digits: none of them is mistaken for another when read aloud.
const SYMBOLS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T',
    'V', 'W', 'X', 'Y', 'Z',
];
/// Twelve symbols of five bits: a million requests a day for a century collide with a chance of one in a thousand.
const SYMBOL_COUNT: usize = 12;

/// The header that carries it.
pub const HEADER: &str = "x-request-id";

/// Sixty random bits, printed as `7F3K-9QXM-24HD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RequestId(u64);

impl RequestId {
    /// A new one. Without the system's randomness all are zero, which no page depends on.
    pub fn random() -> Self {
        Self(getrandom::u64().unwrap_or_default())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for position in 0..SYMBOL_COUNT {
            if position > 0 && position % 4 == 0 {
                f.write_str("-")?;
            }
            let index = usize::try_from(self.0 >> (5 * position) & 31).unwrap_or_default();
            write!(f, "{}", SYMBOLS[index])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_three_groups_of_four() {
        assert_eq!(RequestId(0).to_string(), "0000-0000-0000");
        assert_eq!(RequestId(u64::MAX).to_string(), "ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(RequestId(31 << 20).to_string(), "0000-Z000-0000");
    }
}
