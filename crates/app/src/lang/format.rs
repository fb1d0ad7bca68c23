//! Numbers, days and moments as each language prints them: `1.234`, `10,5 %`, `17/4/2024` and `1,234`, `10.5%`, `17 April 2024`.
//! What belongs together is joined by a no-break space. Values are never rounded here.

use domain::decimal::Decimal;
use domain::moment::Moment;
use jiff::civil::Date;

use super::Lang;

/// Keeps a number and its unit on one line.
pub(super) const NO_BREAK_SPACE: char = '\u{a0}';
/// The minus of typesetting, as wide as the digits.
const MINUS: char = '\u{2212}';

const ENGLISH_MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

impl Lang {
    /// A whole number: `1.234` or `1,234`.
    pub fn integer(self, value: impl TryInto<i64>) -> String {
        // A count beyond an i64 does not occur; printing the largest shows that something is wrong.
        self.decimal(Decimal::from(value.try_into().unwrap_or(i64::MAX)))
    }

    /// A decimal with the digits it has: `−1.234,50` or `−1,234.50`.
    pub fn decimal(self, value: Decimal) -> String {
        self.grouped(&value.to_string())
    }

    /// The digits of a number of any length, written `-1234.50`, as the language prints them.
    pub fn grouped(self, plain: &str) -> String {
        let (group, point) = match self {
            Self::Vi => ('.', ','),
            Self::En => (',', '.'),
        };
        let (sign, digits) = plain.strip_prefix('-').map_or((None, plain), |digits| (Some(MINUS), digits));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let mut printed = String::with_capacity(plain.len() + plain.len() / 3 + 2);
        printed.extend(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                printed.push(group);
            }
            printed.push(digit);
        }
        if !part.is_empty() {
            printed.push(point);
            printed.push_str(part);
        }
        printed
    }

    /// A percentage: `10,5 %` or `10.5%`.
    pub fn percent(self, value: Decimal) -> String {
        match self {
            Self::Vi => format!("{}{NO_BREAK_SPACE}%", self.decimal(value)),
            Self::En => format!("{}%", self.decimal(value)),
        }
    }

    /// A part of a whole in percent with one digit, cut and not rounded, so that 99,99 % is not 100 %;
    /// absent where there is no whole.
    pub fn share(self, part: u64, whole: u64) -> Option<String> {
        let tenths = (u128::from(part) * 1000).checked_div(u128::from(whole))?;
        Some(self.percent(Decimal::new(i64::try_from(tenths).ok()?, 1)?))
    }

    /// A number with the unit that it is counted in: `22.360 tấn`.
    pub fn quantity(self, value: Decimal, unit: &str) -> String {
        match unit {
            "" => self.decimal(value),
            "%" => self.percent(value),
            unit => format!("{}{NO_BREAK_SPACE}{unit}", self.decimal(value)),
        }
    }

    /// A day: `17/4/2024` or `17 April 2024`.
    pub fn day(self, day: Date) -> String {
        match self {
            Self::Vi => format!("{}/{}/{}", day.day(), day.month(), day.year()),
            Self::En => {
                let month = usize::try_from(day.month() - 1).ok().and_then(|index| ENGLISH_MONTHS.get(index)).unwrap_or(&"");
                format!("{}{NO_BREAK_SPACE}{month}{NO_BREAK_SPACE}{}", day.day(), day.year())
            }
        }
    }

    /// A day that may be unknown; then the words for it, never a blank and never an invented day.
    pub fn day_or_unknown(self, day: Option<Date>) -> String {
        day.map_or_else(|| self.unit_day_unknown().to_owned(), |day| self.day(day))
    }

    /// A moment: `7:30 ngày 24/6/2024` or `7:30, 24 June 2024`, by the clock of Viet Nam.
    pub fn moment(self, moment: Moment) -> String {
        let local = moment.in_viet_nam();
        let (hour, minute, day) = (local.hour(), local.minute(), self.day(local.date()));
        match self {
            Self::Vi => format!("{hour}:{minute:02} ngày {day}"),
            Self::En => format!("{hour}:{minute:02}, {day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_of_both_languages() {
        for (value, vi, en) in [
            ("0", "0", "0"),
            ("999", "999", "999"),
            ("1234", "1.234", "1,234"),
            ("1204557", "1.204.557", "1,204,557"),
            ("-1234.50", "\u{2212}1.234,50", "\u{2212}1,234.50"),
            ("905.5", "905,5", "905.5"),
        ] {
            assert_eq!(Lang::Vi.decimal(decimal(value)), vi);
            assert_eq!(Lang::En.decimal(decimal(value)), en);
        }
    }

    #[test]
    fn percentages_and_units_stay_together() {
        assert_eq!(Lang::Vi.percent(decimal("10.5")), "10,5\u{a0}%");
        assert_eq!(Lang::En.percent(decimal("10.5")), "10.5%");
        assert_eq!(Lang::Vi.quantity(decimal("22360"), "tấn"), "22.360\u{a0}tấn");
        assert_eq!(Lang::Vi.quantity(decimal("7"), ""), "7");
    }

    #[test]
    fn a_share_is_cut_and_never_rounded_up() {
        assert_eq!(Lang::Vi.share(9999, 10_000).as_deref(), Some("99,9\u{a0}%"));
        assert_eq!(Lang::En.share(41, 52).as_deref(), Some("78.8%"));
        assert_eq!(Lang::Vi.share(0, 0), None);
    }

    #[test]
    fn days_and_moments() {
        let day = date(2024, 4, 17);
        assert_eq!(Lang::Vi.day(day), "17/4/2024");
        assert_eq!(Lang::En.day(day), "17\u{a0}April\u{a0}2024");
        let moment = Moment(1_719_189_000_000);
        assert_eq!(Lang::Vi.moment(moment), "7:30 ngày 24/6/2024");
        assert_eq!(Lang::En.moment(moment), "7:30, 24\u{a0}June\u{a0}2024");
        assert_eq!(Lang::Vi.day_or_unknown(None), "chưa rõ ngày");
    }
}
