//! Periods: a year, a half, nine months, a quarter, a month.

use jiff::civil::{Date, date};

/// A stretch of whole months that a measurement is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// As written: `2024`, `2024-H1`, `2024-9M`, `2024-Q1`, `2024-03`.
    pub text: String,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

impl Period {
    /// Reads a period as the bulk files write it.
    pub fn read(text: &str) -> Result<Period, String> {
        let wrong = || format!("{text:?} is no period");
        let (year, part) = text.split_once('-').unwrap_or((text, "Y"));
        let year: i16 = year.parse().map_err(|_| wrong())?;
        let (from, to) = match part {
            "Y" => (1, 12),
            "H1" => (1, 6),
            "H2" => (7, 12),
            "9M" => (1, 9),
            "Q1" => (1, 3),
            "Q2" => (4, 6),
            "Q3" => (7, 9),
            "Q4" => (10, 12),
            month => month
                .parse()
                .ok()
                .filter(|month| (1..=12).contains(month) && part.len() == 2)
                .map(|month: i8| (month, month))
                .ok_or_else(wrong)?,
        };
        Ok(Period { text: text.to_owned(), first: date(year, from, 1), last: date(year, to, 1).last_of_month() })
    }

    /// How many months it has.
    pub fn months(&self) -> i8 {
        self.last.month() - self.first.month() + 1
    }

    /// Whether it shares a day with another period.
    pub fn overlaps(&self, other: &Period) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}
