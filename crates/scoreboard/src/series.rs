//! Step 1 of the definition: the rows of one unit and one indicator, and which of them are seen on a day.

use domain::id::Id;
use domain::indicator::Indicator;
use domain::measurement::{Arrival, Measurement};
use domain::period::Period;
use domain::unit::Unit;
use jiff::civil::Date;

/// A measurement within its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: Id<Measurement>,
    pub(crate) period: Period,
    pub(crate) known_on: Date,
    value: Option<i64>,
    weight: Option<i64>,
}

impl Row {
    pub(crate) const fn new(arrival: &Arrival) -> Self {
        let Arrival { id, period, known_on, value, weight, .. } = *arrival;
        Self { id, period, known_on, value, weight }
    }

    pub(crate) const fn arrival(&self, unit: Id<Unit>, indicator: Id<Indicator>) -> Arrival {
        let Self { id, period, known_on, value, weight } = *self;
        Arrival { id, unit, indicator, period, known_on, value, weight }
    }

    /// The value and its weight; a value without a weight weighs 1. Absent: withdrawn.
    pub(crate) fn pair(&self) -> Option<(i64, i64)> {
        Some((self.value?, self.weight.unwrap_or(1)))
    }
}

/// Up to when rows are seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    /// Rows that became known later are not.
    pub(crate) known_on: Date,
    /// Rows with a greater id are not.
    pub(crate) horizon: Option<i64>,
}

impl Seen {
    pub(crate) fn sees(&self, known_on: Date, id: i64) -> bool {
        known_on <= self.known_on && self.horizon.is_none_or(|horizon| id <= horizon)
    }
}

/// The days that values are taken from: from the span's first day to the last day of the month.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpanSoFar {
    pub(crate) first: Date,
    pub(crate) last: Date,
}

impl SpanSoFar {
    /// Whether a period begins and ends within it.
    pub(crate) fn holds(&self, period: Period) -> bool {
        self.first <= period.first_day() && period.last_day() <= self.last
    }
}

/// All rows of one unit and one indicator: by period and, within one, by arrival (`known_on`, then id).
#[derive(Debug, Clone, Default)]
pub(crate) struct Series {
    rows: Vec<Row>,
    is_unsettled: bool,
}

impl Series {
    pub(crate) fn push(&mut self, row: Row) {
        self.is_unsettled = true;
        self.rows.push(row);
    }

    /// Whether its rows are in order.
    pub(crate) const fn is_settled(&self) -> bool {
        !self.is_unsettled
    }

    /// Brings the rows into order, without the room that was kept for more: there are a hundred thousand series of a country.
    pub(crate) fn settle(&mut self) {
        if self.is_unsettled {
            self.rows.sort_unstable_by_key(|row| (row.period, row.known_on, row.id));
            self.rows.shrink_to_fit();
            self.is_unsettled = false;
        }
    }

    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The latest row of each period within the span that is seen; a period whose latest row is a withdrawal has no value, and
    /// an earlier row does not come back.
    pub(crate) fn values(&self, seen: Seen, span: SpanSoFar) -> Vec<Row> {
        debug_assert!(self.is_settled(), "a series is asked before it was brought into order");
        let of_periods = self.rows.chunk_by(|one, other| one.period == other.period);
        let within = of_periods.filter(|rows| rows.first().is_some_and(|row| span.holds(row.period)));
        let latest = within.filter_map(|rows| rows.iter().rfind(|row| seen.sees(row.known_on, row.id.number())));
        latest.filter(|row| row.pair().is_some()).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A row from its id, period, the day in May 2024 that it became known on, and its value.
    fn row((id, period, known_on, value): (i64, &str, i8, Option<i64>)) -> Row {
        Row { id: Id::new(id), period: period.parse().unwrap(), known_on: date(2024, 5, known_on), value, weight: None }
    }

    fn series(rows: &[(i64, &str, i8, Option<i64>)]) -> Series {
        let mut series = Series::default();
        rows.iter().copied().map(row).for_each(|row| series.push(row));
        series.settle();
        series
    }

    fn values(series: &Series, day: i8, horizon: Option<i64>) -> Vec<i64> {
        let span = SpanSoFar { first: date(2024, 1, 1), last: date(2024, 3, 31) };
        let seen = Seen { known_on: date(2024, 5, day), horizon };
        series.values(seen, span).iter().filter_map(|row| row.pair()).map(|(value, _)| value).collect()
    }

    #[test]
    fn the_row_that_arrived_last_counts() {
        // Row 7 was stored before row 9, yet became known later; rows 4 and 9 became known on one day.
        let series = series(&[(9, "2024-01", 5, Some(3)), (4, "2024-01", 5, Some(1)), (7, "2024-01", 20, Some(2))]);
        assert_eq!([values(&series, 4, None), values(&series, 5, None), values(&series, 20, None)], [vec![], vec![3], vec![2]]);
    }

    #[test]
    fn a_withdrawal_leaves_nothing_and_zero_is_something() {
        let series = series(&[(1, "2024-01", 1, Some(5)), (2, "2024-01", 2, None), (3, "2024-01", 3, Some(0))]);
        assert_eq!([values(&series, 1, None), values(&series, 2, None), values(&series, 3, None)], [vec![5], vec![], vec![0]]);
    }

    #[test]
    fn beyond_the_horizon_nothing_is_seen() {
        let series = series(&[(1, "2024-01", 9, Some(5)), (2, "2024-01", 1, Some(6)), (3, "2024-02", 1, Some(7))]);
        assert_eq!(values(&series, 31, Some(2)), [5]);
        assert_eq!(values(&series, 8, Some(2)), [6]);
        assert_eq!(values(&series, 31, Some(3)), [5, 7]);
    }

    #[test]
    fn a_period_lies_within_the_span_or_is_left_out() {
        let series = series(&[(1, "2023-12", 1, Some(1)), (2, "2024", 1, Some(2)), (3, "2024-Q1", 1, Some(3)), (4, "2024-04", 1, Some(4))]);
        assert_eq!(values(&series, 31, None), [3]);
    }
}
