//! Measurements: one value for (unit, indicator, period), append-only.

use jiff::civil::Date;

use crate::claim::Claim;
use crate::code::codes;
use crate::decimal::Decimal;
use crate::document::Passage;
use crate::id::Id;
use crate::indicator::Indicator;
use crate::load::Load;
use crate::measurable::scaled;
use crate::moment::Moment;
use crate::number::parse_number;
use crate::period::Period;
use crate::problem::Problem;
use crate::unit::Unit;

/// Most digits of a value or a weight: their products and sums over a country stay exact without care.
pub const DIGITS_MAX: usize = 18;

/// What a scoreboard needs of a measurement, in the order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Its id.
    pub id: Id<Measurement>,
    /// The unit that the number is of.
    pub unit: Id<Unit>,
    /// What was measured.
    pub indicator: Id<Indicator>,
    /// The period it is about.
    pub period: Period,
    /// The day it became known.
    pub known_on: Date,
    /// Whole number of the indicator's `10^-decimals`; absent: withdrawn.
    pub value: Option<i64>,
    /// The weight as given.
    pub weight: Option<i64>,
}

/// *Số liệu.* A correction is a new row with the same unit, indicator and period; a withdrawal is a new row without a value.
/// Zero is not missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measurement {
    /// Its id: among rows of one `known_on` the greater came later.
    pub id: Id<Measurement>,
    /// The unit that the number is of.
    pub unit: Id<Unit>,
    /// What was measured.
    pub indicator: Id<Indicator>,
    /// The period it is about.
    pub period: Period,
    /// The day it became known.
    pub known_on: Date,
    /// Whole number of the indicator's `10^-decimals`; absent: the value is withdrawn.
    pub value: Option<i64>,
    /// The denominator of a ratio or the weight of a mean.
    pub weight: Option<i64>,
    /// Where it comes from, as stated.
    pub source: Option<String>,
    /// The load that brought it; then `line` says where it stood, and who and when are the load's.
    pub load: Option<Id<Load>>,
    /// Its line in the file, from 1.
    pub line: Option<i64>,
    /// The claim it was accepted from.
    pub claim: Option<Id<Claim>>,
    /// The sentence of the paper it came from.
    pub passage: Option<Id<Passage>>,
    /// Why it corrects or withdraws an earlier row.
    pub reason: Option<String>,
    /// Who entered it; absent for a load.
    pub entered_by: Option<String>,
    /// When it was entered; absent for a load.
    pub entered_at: Option<Moment>,
}

impl Measurement {
    /// What a scoreboard needs of it.
    pub const fn arrival(&self) -> Arrival {
        let Self { id, unit, indicator, period, known_on, value, weight, .. } = *self;
        Arrival { id, unit, indicator, period, known_on, value, weight }
    }
}

codes! {
    /// What an entry does to the number that stood.
    pub enum MeasurementAct {
        /// *nhập*: there was none.
        Enter = "enter",
        /// *sửa*: another value, also after a withdrawal.
        Correct = "correct",
        /// *rút*: no value any more.
        Withdraw = "withdraw",
    }
}

/// A number that somebody wants to enter, with all that the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The unit that the number is of.
    pub unit: &'a Unit,
    /// What was measured.
    pub indicator: &'a Indicator,
    /// The period it is about.
    pub period: Period,
    /// The day it becomes known.
    pub known_on: Date,
    /// Whole number of the indicator's `10^-decimals`; absent: withdraws.
    pub value: Option<i64>,
    /// The denominator of a ratio or the weight of a mean.
    pub weight: Option<i64>,
    /// Whether a reason was given.
    pub has_reason: bool,
    /// The row that stands for (unit, indicator, period) on that day, withdrawn ones too.
    pub standing: Option<Arrival>,
}

impl Entry<'_> {
    /// Whether it may be entered, and what it then does.
    pub fn check(&self) -> Result<MeasurementAct, Problem> {
        self.check_period()?;
        if let Some(value) = self.value {
            self.check_numbers(value)?;
        }
        let act = self.act()?;
        if act != MeasurementAct::Enter && !self.has_reason {
            return Err(Problem::Missing { field: "reason" });
        }
        Ok(act)
    }

    /// A period that still runs is taken: a latest value is often reported before its month is over, and a scoreboard counts a
    /// period only once it has ended. One that has not begun can hold a plan only, which is a target.
    fn check_period(&self) -> Result<(), Problem> {
        let (unit, period) = (self.unit, self.period);
        if period.first_day() > self.known_on {
            return Err(Problem::PeriodAhead { period });
        }
        let begins_in_time = unit.valid_from.is_none_or(|from| from <= period.last_day());
        let lasts = unit.valid_to.is_none_or(|to| period.first_day() <= to);
        if begins_in_time && lasts { Ok(()) } else { Err(Problem::NotInPeriod { unit: unit.name.clone(), period }) }
    }

    fn check_numbers(&self, value: i64) -> Result<(), Problem> {
        check_digits("value", value)?;
        match self.weight {
            None if self.indicator.area_rule.needs_weight() => Err(Problem::Missing { field: "weight" }),
            Some(weight) if weight <= 0 && self.indicator.area_rule.needs_weight() => {
                Err(Problem::NotAllowed { field: "weight", value: weight.to_string() })
            }
            Some(weight) => check_digits("weight", weight),
            None => Ok(()),
        }
    }

    fn act(&self) -> Result<MeasurementAct, Problem> {
        match (self.standing, self.value) {
            (None | Some(Arrival { value: None, .. }), None) => Err(Problem::NothingToWithdraw),
            (Some(_), None) => Ok(MeasurementAct::Withdraw),
            (None, Some(_)) => Ok(MeasurementAct::Enter),
            (Some(standing), value) if standing.value == value && standing.weight == self.weight => {
                Err(Problem::Unchanged { field: "value" })
            }
            (Some(_), Some(_)) => Ok(MeasurementAct::Correct),
        }
    }
}

/// The row that stands for a period among the rows of one unit and indicator, as known on a day: the one that arrived last.
pub fn standing(rows: &[Arrival], period: Period, known_on: Date) -> Option<Arrival> {
    let seen = rows.iter().filter(|row| row.period == period && row.known_on <= known_on);
    seen.max_by_key(|row| (row.known_on, row.id)).copied()
}

/// Reads a typed number as a whole number of `10^-decimals`. More decimals than those are a problem, never rounded; noughts at
/// the end are no decimals.
pub fn parse_scaled(field: &'static str, typed: &str, decimals: i64) -> Result<i64, Problem> {
    let number = parse_number(typed).ok_or_else(|| Problem::NoNumber { field, value: typed.to_owned() })?;
    let is_too_fine = unscaled(number.units(), i64::from(number.scale())).scale() > u8::try_from(decimals).unwrap_or_default();
    let units = scaled(number, decimals).ok_or_else(|| match is_too_fine {
        true => Problem::TooManyDecimals { field, value: typed.to_owned(), decimals },
        false => Problem::TooManyDigits { field, digits_max: DIGITS_MAX },
    })?;
    check_digits(field, units).map(|()| units)
}

/// The number that a whole number of `10^-decimals` stands for, without noughts at its end.
pub fn unscaled(units: i64, decimals: i64) -> Decimal {
    let (mut units, mut scale) = (units, u8::try_from(decimals).unwrap_or_default());
    while scale > 0 && units % 10 == 0 {
        (units, scale) = (units / 10, scale - 1);
    }
    Decimal::new(units, scale).unwrap_or_else(|| Decimal::from(units))
}

fn check_digits(field: &'static str, number: i64) -> Result<(), Problem> {
    let fits = number.unsigned_abs().to_string().len() <= DIGITS_MAX;
    if fits { Ok(()) } else { Err(Problem::TooManyDigits { field, digits_max: DIGITS_MAX }) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::indicator::{AreaRule, Direction, PeriodRule};
    use crate::unit::UnitClass;

    fn unit() -> Unit {
        Unit {
            id: Id::new(1),
            code: None,
            name: "huyện Mường Vân".to_owned(),
            kind: "huyện".to_owned(),
            class: UnitClass::Area,
            parent: None,
            parent_code: None,
            valid_from: Some(date(2020, 2, 1)),
            valid_to: Some(date(2025, 6, 30)),
            folded: String::new(),
            sort_key: String::new(),
        }
    }

    fn indicator(area_rule: AreaRule) -> Indicator {
        Indicator {
            id: Id::new(2),
            code: "MV01".to_owned(),
            name: "Thu ngân sách".to_owned(),
            unit_of_measure: "tỷ đồng".to_owned(),
            decimals: 1,
            direction: Direction::Up,
            area_rule,
            period_rule: PeriodRule::Last,
            group: None,
            weight: 1,
            folded: String::new(),
        }
    }

    fn row(id: i64, known_on: Date, value: Option<i64>) -> Arrival {
        let period = "2024-03".parse().unwrap();
        Arrival { id: Id::new(id), unit: Id::new(1), indicator: Id::new(2), period, known_on, value, weight: None }
    }

    /// What comes of entering a value for a period over what stood.
    fn check(period: &str, value: Option<i64>, has_reason: bool, standing: Option<Arrival>) -> Result<MeasurementAct, Problem> {
        let (unit, indicator, period) = (unit(), indicator(AreaRule::Sum), period.parse().unwrap());
        let known_on = date(2024, 4, 10);
        Entry { unit: &unit, indicator: &indicator, period, known_on, value, weight: None, has_reason, standing }.check()
    }

    #[test]
    fn a_first_number_needs_no_reason_and_every_later_row_one() {
        let (ten, gone) = (row(5, date(2024, 4, 1), Some(10)), row(6, date(2024, 4, 2), None));
        let missing = Err(Problem::Missing { field: "reason" });
        assert_eq!(check("2024-03", Some(0), false, None), Ok(MeasurementAct::Enter));
        assert_eq!(check("2024-03", Some(11), false, Some(ten)), missing);
        assert_eq!(check("2024-03", Some(11), true, Some(ten)), Ok(MeasurementAct::Correct));
        assert_eq!(check("2024-03", None, false, Some(ten)), missing);
        assert_eq!(check("2024-03", None, true, Some(ten)), Ok(MeasurementAct::Withdraw));
        assert_eq!(check("2024-03", Some(10), true, Some(gone)), Ok(MeasurementAct::Correct));
    }

    #[test]
    fn what_changes_nothing_is_no_entry() {
        let (ten, gone) = (row(5, date(2024, 4, 1), Some(10)), row(6, date(2024, 4, 2), None));
        assert_eq!(check("2024-03", Some(10), true, Some(ten)), Err(Problem::Unchanged { field: "value" }));
        assert_eq!(check("2024-03", None, true, Some(gone)), Err(Problem::NothingToWithdraw));
        assert_eq!(check("2024-03", None, true, None), Err(Problem::NothingToWithdraw));
    }

    #[test]
    fn a_period_may_run_but_not_lie_ahead_nor_outside_the_unit() {
        assert!(check("2024-04", Some(1), false, None).is_ok());
        assert!(check("2020", Some(1), false, None).is_ok());
        let ahead = "2024-05".parse().unwrap();
        assert_eq!(check("2024-05", Some(1), false, None), Err(Problem::PeriodAhead { period: ahead }));
        let before = "2020-01".parse().unwrap();
        let outside = Problem::NotInPeriod { unit: "huyện Mường Vân".to_owned(), period: before };
        assert_eq!(check("2020-01", Some(1), false, None), Err(outside));
    }

    #[test]
    fn a_ratio_needs_a_weight_above_zero() {
        let (unit, indicator, period) = (unit(), indicator(AreaRule::Ratio), "2024-03".parse().unwrap());
        let enter = |weight| {
            let known_on = date(2024, 4, 10);
            let (value, has_reason, standing) = (Some(1), false, None);
            Entry { unit: &unit, indicator: &indicator, period, known_on, value, weight, has_reason, standing }.check()
        };
        assert_eq!(enter(None), Err(Problem::Missing { field: "weight" }));
        assert_eq!(enter(Some(0)), Err(Problem::NotAllowed { field: "weight", value: "0".to_owned() }));
        assert_eq!(enter(Some(7)), Ok(MeasurementAct::Enter));
    }

    #[test]
    fn the_row_that_stands_is_the_last_to_arrive_by_that_day() {
        let rows = [row(7, date(2024, 4, 1), Some(1)), row(5, date(2024, 4, 9), Some(2)), row(6, date(2024, 5, 1), Some(3))];
        let period = "2024-03".parse().unwrap();
        let value = |day| standing(&rows, period, day).and_then(|row| row.value);
        assert_eq!(
            [date(2024, 3, 31), date(2024, 4, 8), date(2024, 4, 30), date(2024, 5, 1)].map(value),
            [None, Some(1), Some(2), Some(3)]
        );
        assert_eq!(standing(&rows, "2024-Q1".parse().unwrap(), date(2024, 5, 1)), None);
    }

    #[test]
    fn numbers_are_read_to_the_declared_decimals_and_never_rounded() {
        for (typed, decimals, units) in [("34,8", 1, 348), ("34,80", 1, 348), ("1.126", 0, 1126), ("−7", 2, -700), ("0", 3, 0)] {
            assert_eq!(parse_scaled("value", typed, decimals), Ok(units), "{typed}");
        }
        let fine = Problem::TooManyDecimals { field: "value", value: "34,85".to_owned(), decimals: 1 };
        assert_eq!(parse_scaled("value", "34,85", 1), Err(fine));
        let wide = Problem::TooManyDigits { field: "value", digits_max: DIGITS_MAX };
        assert_eq!(parse_scaled("value", "123456789012345678", 1), Err(wide));
        assert_eq!(parse_scaled("value", "nhiều", 1), Err(Problem::NoNumber { field: "value", value: "nhiều".to_owned() }));
        assert_eq!(
            [(348, 1), (340, 1), (-5, 2), (0, 3)].map(|(units, decimals)| unscaled(units, decimals).to_string()),
            ["34.8", "34", "-0.05", "0"]
        );
    }
}
