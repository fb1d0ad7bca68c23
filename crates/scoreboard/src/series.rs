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

    /// Brings the rows into order.
    pub(crate) fn settle(&mut self) {
        if self.is_unsettled {
            self.rows.sort_unstable_by_key(|row| (row.period, row.known_on, row.id));
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
