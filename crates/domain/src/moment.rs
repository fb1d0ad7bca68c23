//! Moments and days. The clock is not here: it is read at the rim and handed in.

use jiff::civil::Date;
use jiff::{Timestamp, tz};

/// Hours that Viet Nam is ahead of UTC, without summer time since 1975; so no table of time zones is needed.
const HOURS_AHEAD: i8 = 7;

/// A moment in milliseconds since 1970-01-01T00:00Z: when something became known or was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// The day and the time of day that a clock in Viet Nam shows.
    pub fn in_viet_nam(self) -> jiff::civil::DateTime {
        let offset = tz::Offset::constant(HOURS_AHEAD);
        // A moment beyond what calendars hold is a broken clock; the epoch shows as such on every page.
        offset.to_datetime(Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH))
    }

    /// The day in Viet Nam.
    pub fn day(self) -> Date {
        self.in_viet_nam().date()
    }

    /// This moment and `seconds` more.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}

/// Reads a day as people type it: `17/4/2024`, `17-4-2024`, `17.4.2024` or `2024-04-17`.
pub fn parse_day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 4 && !part.starts_with('+'));
    let (year, month, day) = if first.len() == 4 {
        (number(first)?, number(second)?, number(third)?)
    } else if third.len() == 4 {
        (number(third)?, number(second)?, number(first)?)
    } else {
        return None;
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_begins_at_midnight_in_viet_nam() {
        // 2024-04-17T17:00Z is midnight of the 18th in Hà Nội.
        let midnight = Moment(1_713_373_200_000);
        assert_eq!(midnight.day(), date(2024, 4, 18));
        assert_eq!(Moment(midnight.0 - 1).day(), date(2024, 4, 17));
    }

    #[test]
    fn reads_days_as_typed() {
        for text in ["17/4/2024", "17-04-2024", "17.4.2024", "2024-04-17", " 17/04/2024 "] {
            assert_eq!(parse_day(text), Some(date(2024, 4, 17)), "{text}");
        }
        for text in ["", "17/4", "31/2/2024", "17/4/24", "a/b/2024", "+7/4/2024", "17/4/2024/5"] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }
}
