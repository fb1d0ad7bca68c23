//! What papers say, in words: a value with its comparator and unit, the time it is about, a count of groups of targets.

use domain::claim::Claim;
use domain::decimal::{Decimal, SCALE_MAX};
use domain::period::Period;
use domain::reading::Comparator;
use jiff::civil::Date;

use super::Lang;
use super::state::StateWords;

/// From this threshold on a group has reached its target.
const REACHED_PCT: i64 = 100;
/// From this threshold on it is well on its way, as the bands of the field go.
const NEAR_PCT: i64 = 70;

impl Lang {
    /// The value of a figure: `trên 93 %`, `27/38 trường`.
    pub fn claim_quantity(self, claim: &Claim) -> String {
        let value = decimal(claim.value, claim.value_scale);
        let plain = match claim.whole {
            Some(whole) => {
                let part = format!("{}/{}", self.decimal(value), self.decimal(decimal(whole, claim.whole_scale)));
                if claim.unit_of_measure.is_empty() { part } else { format!("{part}\u{a0}{}", claim.unit_of_measure) }
            }
            None => self.quantity(value, &claim.unit_of_measure),
        };
        match claim.comparator {
            Comparator::Eq => plain,
            Comparator::Ge => self.claim_ge(plain),
            Comparator::Gt => self.claim_gt(plain),
            Comparator::Le => self.claim_le(plain),
            Comparator::Lt => self.claim_lt(plain),
            Comparator::About => self.claim_about(plain),
        }
    }

    /// The time that a figure is about; a paper that gives none is said to give none.
    pub fn claim_time(self, claim: &Claim) -> String {
        match (claim.period_known, claim.period_from, claim.period_to) {
            (false, ..) => self.claim_no_period().to_owned(),
            (true, None, None) => self.claim_period_in_sentence().to_owned(),
            (true, None, Some(to)) => self.claim_until(self.day(to)),
            (true, Some(from), None) => self.claim_from(self.day(from)),
            (true, Some(from), Some(to)) => self.stretch(from, to),
        }
    }

    /// A stretch of days by its shortest name.
    fn stretch(self, from: Date, to: Date) -> String {
        if from == to {
            self.claim_on_day(self.day(from))
        } else if let Some(period) = Period::between(from, to) {
            self.period(period)
        } else if (from.month(), from.day(), to.month(), to.day()) == (1, 1, 12, 31) {
            self.claim_years(from.year(), to.year())
        } else {
            self.claim_between(self.day(from), self.day(to))
        }
    }

    /// A count in one sentence: `13/22 nhóm mục tiêu đạt từ 100 % trở lên`.
    pub fn claim_count(self, claim: &Claim) -> String {
        let (met, of) = (self.integer(claim.value), self.integer(claim.whole.unwrap_or_default()));
        match claim.threshold_pct {
            Some(threshold) => self.claim_count_reached(met, of, self.percent(Decimal::from(threshold))),
            None => self.claim_count_on_the_way(met, of),
        }
    }

    /// The band of a count.
    pub fn claim_band(self, claim: &Claim) -> StateWords {
        let (class, shape) = match claim.threshold_pct {
            Some(REACHED_PCT..) => ("done", "done"),
            Some(NEAR_PCT..) => ("go", "go"),
            Some(_) => ("soon", "soon"),
            None => ("wait", "judge"),
        };
        let word = match claim.threshold_pct {
            Some(threshold) => self.claim_reached(self.percent(Decimal::from(threshold))),
            None => self.claim_on_the_way().to_owned(),
        };
        StateWords { class, shape, word, note: String::new() }
    }
}

/// The exact value as it was stored.
fn decimal(digits: i64, scale: i64) -> Decimal {
    let scale = u8::try_from(scale).unwrap_or(SCALE_MAX).min(SCALE_MAX);
    Decimal::new(digits, scale).unwrap_or_else(|| Decimal::from(digits))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn stretches_have_their_shortest_name() {
        for (from, to, name) in [
            (date(2024, 1, 1), date(2024, 3, 31), "quý I/2024"),
            (date(2024, 10, 1), date(2024, 12, 31), "quý IV/2024"),
            (date(2024, 2, 1), date(2024, 2, 29), "tháng\u{a0}2/2024"),
            (date(2023, 1, 1), date(2023, 12, 31), "năm 2023"),
            (date(2020, 1, 1), date(2025, 12, 31), "2020 – 2025"),
            (date(2024, 4, 17), date(2024, 4, 17), "ngày 17/4/2024"),
            (date(2024, 1, 1), date(2024, 4, 30), "1/1/2024 – 30/4/2024"),
        ] {
            assert_eq!(Lang::Vi.stretch(from, to), name);
        }
    }
}
