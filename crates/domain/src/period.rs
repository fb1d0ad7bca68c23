//! Periods (*kỳ*) that numbers are reported for: a month, a quarter, a half-year, nine months or a year.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::fold::fold;

/// How many months a period may have.
pub const LENGTHS: [i8; 5] = [1, 3, 6, 9, 12];
/// The last year whose last day has a day after it in the calendar.
const YEAR_MAX: i16 = 9998;

/// *Kỳ*: whole months of one year. Written `2024`, `2024-H1`, `2024-9M` (January to September), `2024-Q1` or `2024-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    first_month: i8,
    last_month: i8,
}

impl Period {
    /// The first month there is.
    pub const FIRST_MONTH: Self = Self { year: 1, first_month: 1, last_month: 1 };

    /// A month of a year from 1 to 9998.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let fits = (1..=YEAR_MAX).contains(&year) && (1..=12).contains(&month);
        fits.then_some(Self { year, first_month: month, last_month: month })
    }

    /// The month that a day stands in; absent beyond the year 9998.
    pub fn month_of(day: Date) -> Option<Self> {
        Self::month(day.year(), day.month())
    }

    /// The period that lies exactly between two days, where there is one.
    pub fn between(first: Date, last: Date) -> Option<Self> {
        if first.year() != last.year() || !(1..=YEAR_MAX).contains(&first.year()) {
            return None;
        }
        let period = Self { year: first.year(), first_month: first.month(), last_month: last.month() };
        let is_known = matches!((period.first_month, period.months()), (_, 1) | (1 | 4 | 7 | 10, 3) | (1 | 7, 6) | (1, 9 | 12));
        (is_known && period.first_day() == first && period.last_day() == last).then_some(period)
    }

    /// The period of some months that holds this one's last month; of nine months: January to September of its year.
    pub fn of_months(self, months: i8) -> Option<Self> {
        let first_month = match months {
            9 => 1,
            1 | 3 | 6 | 12 => self.last_month - (self.last_month - 1) % months,
            _ => return None,
        };
        Some(Self { first_month, last_month: first_month + months - 1, ..self })
    }

    /// The period of the same length that follows; of nine months: that of the next year.
    pub fn next(self) -> Option<Self> {
        let month = if self.months() == 9 { Self::month(self.year + 1, 1) } else { self.next_month() };
        month?.of_months(self.months())
    }

    /// The period of the same length before; of nine months: that of the year before.
    pub fn previous(self) -> Option<Self> {
        self.previous_month()?.of_months(self.months())
    }

    /// Whether a day lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }

    /// Reads a period as people type it: `3/2024`, `tháng 3/2024`, `quý I/2024`, `Q1/2024`, `6 tháng đầu năm 2024`, `9 tháng năm 2024`,
    /// `năm 2024`, and every form that is printed.
    pub fn typed(text: &str) -> Option<Self> {
        let folded = fold(text);
        if let Ok(period) = folded.to_uppercase().parse() {
            return Some(period);
        }
        let words: Vec<&str> =
            folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty() && *word != "nam").collect();
        let (year, part) = words.split_last()?;
        let code = match part {
            [] => String::new(),
            ["quy", quarter] => format!("-Q{}", quarter_of(quarter)?),
            ["6", "thang", "dau"] => "-H1".to_owned(),
            ["6", "thang", "cuoi"] => "-H2".to_owned(),
            ["9", "thang"] | ["9", "thang", "dau"] => "-9M".to_owned(),
            ["thang", month] | [month] if month.bytes().all(|byte| byte.is_ascii_digit()) => format!("-{month:0>2}"),
            [part] => format!("-{}", part.to_uppercase()),
            _ => return None,
        };
        format!("{year}{code}").parse().ok()
    }

    /// The year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// How many months it has: 1, 3, 6, 9 or 12.
    pub const fn months(self) -> i8 {
        self.last_month - self.first_month + 1
    }

    /// Whether it is a single month.
    pub const fn is_month(self) -> bool {
        self.first_month == self.last_month
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        Date::constant(self.year, self.first_month, 1)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        Date::constant(self.year, self.last_month, 1).last_of_month()
    }

    /// The month after a month (of a longer period: the month after its last one).
    pub fn next_month(self) -> Option<Self> {
        Self::month_of(self.last_day().checked_add(1.day()).ok()?)
    }

    /// The month before its first one.
    pub fn previous_month(self) -> Option<Self> {
        Self::month_of(self.first_day().yesterday().ok()?)
    }
}

/// A quarter as papers number it: `I` to `IV`, or 1 to 4.
fn quarter_of(text: &str) -> Option<usize> {
    ["i", "ii", "iii", "iv"].iter().position(|roman| *roman == text).map(|at| at + 1).or_else(|| text.parse().ok())
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        match self.months() {
            12 => Ok(()),
            9 => f.write_str("-9M"),
            6 => write!(f, "-H{}", self.last_month / 6),
            3 => write!(f, "-Q{}", self.last_month / 3),
            _ => write!(f, "-{:02}", self.first_month),
        }
    }
}

/// A text that is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPeriod;

impl FromStr for Period {
    type Err = NoPeriod;

    /// Reads exactly what [`fmt::Display`] prints.
    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (year, part) = text.split_at_checked(4).ok_or(NoPeriod)?;
        if !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NoPeriod);
        }
        let year: i16 = year.parse().map_err(|_| NoPeriod)?;
        let (first_month, last_month) = match part.as_bytes() {
            [] => (1, 12),
            b"-9M" => (1, 9),
            [b'-', b'H', half @ b'1'..=b'2'] => (6 * (half - b'0') - 5, 6 * (half - b'0')),
            [b'-', b'Q', quarter @ b'1'..=b'4'] => (3 * (quarter - b'0') - 2, 3 * (quarter - b'0')),
            [b'-', tens @ b'0'..=b'1', ones @ b'0'..=b'9'] => {
                let month = 10 * (tens - b'0') + (ones - b'0');
                (month, month)
            }
            _ => return Err(NoPeriod),
        };
        if !(1..=YEAR_MAX).contains(&year) || !(1..=12).contains(&last_month) {
            return Err(NoPeriod);
        }
        Ok(Self { year, first_month: first_month.cast_signed(), last_month: last_month.cast_signed() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn prints_what_it_reads() {
        for text in ["2024", "2024-H1", "2024-H2", "2024-9M", "2024-Q1", "2024-Q4", "2024-01", "2024-10", "2024-12", "0001"] {
            assert_eq!(period(text).to_string(), text);
        }
        for text in [
            "",
            "24",
            "2024-",
            "2024-Q5",
            "2024-H3",
            "2024-6M",
            "2024-13",
            "2024-00",
            "2024-1",
            "0000",
            "9999",
            "+024",
            "2024-q1",
            "２０２４",
        ] {
            assert_eq!(text.parse::<Period>(), Err(NoPeriod), "{text}");
        }
    }

    #[test]
    fn reads_what_people_type() {
        for (typed, read) in [
            ("3/2024", "2024-03"),
            ("tháng 03/2024", "2024-03"),
            ("2024-03", "2024-03"),
            ("quý I/2024", "2024-Q1"),
            ("Quý 4 năm 2024", "2024-Q4"),
            ("q2/2024", "2024-Q2"),
            ("6 tháng đầu năm 2024", "2024-H1"),
            ("6 tháng cuối năm 2024", "2024-H2"),
            ("9 tháng năm 2024", "2024-9M"),
            ("năm 2024", "2024"),
            ("2024-q3", "2024-Q3"),
        ] {
            assert_eq!(Period::typed(typed), read.parse().ok(), "{typed}");
        }
        for typed in ["", "tháng 13/2024", "quý V/2024", "24", "3/24", "đến 3/2024", "17/3/2024"] {
            assert_eq!(Period::typed(typed), None, "{typed}");
        }
    }

    #[test]
    fn has_its_days() {
        assert_eq!((period("2024-9M").first_day(), period("2024-9M").last_day()), (date(2024, 1, 1), date(2024, 9, 30)));
        assert_eq!(period("2024-02").last_day(), date(2024, 2, 29));
        assert_eq!(period("2024-Q4").first_day(), date(2024, 10, 1));
        for text in ["2024", "2024-H2", "2024-9M", "2024-Q3", "2024-02"] {
            assert_eq!(Period::between(period(text).first_day(), period(text).last_day()), Some(period(text)));
        }
        assert_eq!(Period::between(date(2024, 2, 1), date(2024, 4, 30)), None);
        assert_eq!(Period::between(date(2024, 2, 1), date(2024, 2, 28)), None);
        assert_eq!(Period::between(date(2023, 1, 1), date(2024, 12, 31)), None);
    }

    #[test]
    fn periods_of_one_length_follow_one_another() {
        for (text, following) in
            [("2024-12", "2025-01"), ("2024-Q4", "2025-Q1"), ("2024-H1", "2024-H2"), ("2024-9M", "2025-9M"), ("2024", "2025")]
        {
            assert_eq!(period(text).next(), Some(period(following)));
            assert_eq!(period(following).previous(), Some(period(text)));
        }
        assert_eq!(period("9998").next(), None);
        let of_may = LENGTHS.map(|months| period("2024-05").of_months(months).unwrap().to_string());
        assert_eq!(of_may, ["2024-05", "2024-Q2", "2024-H1", "2024-9M", "2024"]);
        assert!(period("2024-Q2").overlaps(period("2024-05")) && !period("2024-Q2").overlaps(period("2024-07")));
    }

    #[test]
    fn months_follow_one_another() {
        assert_eq!(period("2024-12").next_month(), Some(period("2025-01")));
        assert_eq!(period("2024-01").previous_month(), Some(period("2023-12")));
        assert_eq!(period("9998-12").next_month(), None);
    }
}
