//! What was typed on a sheet or in a form of a history, as a number to be entered; or what of it must be mended.

use domain::id::Id;
use domain::indicator::Indicator;
use domain::measurement::{Arrival, Entry, Measurement, parse_scaled, standing};
use domain::period::Period;
use domain::problem::Problem;
use domain::unit::Unit;
use jiff::civil::Date;
use store::measurement::{NewMeasurement, Seen};

/// The fields of one number, as typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'f> {
    /// The value, or the part of a ratio.
    pub value: &'f str,
    /// The whole of a ratio, or the weight of a mean.
    pub weight: &'f str,
    /// Where it comes from.
    pub source: &'f str,
    /// Why it corrects or withdraws.
    pub reason: &'f str,
}

/// What is entered about: the place of a number, and what the ledger knows of it.
#[derive(Clone, Copy)]
pub struct Place<'l> {
    /// The unit.
    pub unit: &'l Unit,
    /// The indicator.
    pub indicator: &'l Indicator,
    /// The period.
    pub period: Period,
    /// The day it becomes known: the present one.
    pub known_on: Date,
    /// Every row of the unit and the indicator.
    pub arrivals: &'l [Arrival],
    /// The greatest id when the form was shown.
    pub horizon: i64,
}

impl Place<'_> {
    /// The row that stood when the form was shown.
    pub fn seen(&self) -> Option<Arrival> {
        let seen: Vec<Arrival> = self.arrivals.iter().filter(|row| row.id.number() <= self.horizon).copied().collect();
        standing(&seen, self.period, self.known_on)
    }

    /// Whether a row has arrived since.
    fn is_stale(&self) -> bool {
        self.arrivals.iter().any(|row| row.period == self.period && row.id.number() > self.horizon)
    }

    /// The number that was typed over the one that stood; absent where nothing was changed. An emptied field withdraws.
    pub fn read(&self, typed: Typed<'_>, source: &str) -> Result<Option<(NewMeasurement, Seen)>, Problem> {
        let (value, weight) = self.numbers(typed)?;
        let seen = self.seen();
        let was = seen.filter(|row| row.value.is_some()).map_or((None, None), |row| (row.value, row.weight));
        let says_more = !typed.reason.is_empty() || !typed.source.is_empty();
        if (value, weight) == was {
            return if says_more { Err(Problem::Unchanged { field: "value" }) } else { Ok(None) };
        }
        let own_source = if typed.source.is_empty() { source } else { typed.source };
        self.new_row((value, weight), own_source, typed.reason, seen.map(|row| row.id)).map(Some)
    }

    /// The end of the number that stood.
    pub fn withdrawal(&self, reason: &str) -> Result<(NewMeasurement, Seen), Problem> {
        self.new_row((None, None), "", reason, self.seen().map(|row| row.id))
    }

    /// The value and the weight. The weight that the rule does not ask for stays as it came with a load.
    fn numbers(&self, typed: Typed<'_>) -> Result<(Option<i64>, Option<i64>), Problem> {
        let number =
            |field, typed: &str, decimals| if typed.is_empty() { Ok(None) } else { parse_scaled(field, typed, decimals).map(Some) };
        let value = number("value", typed.value, self.indicator.decimals)?;
        let weight = number("weight", typed.weight, 0)?;
        match (value, weight) {
            (None, Some(_)) => Err(Problem::Missing { field: "value" }),
            (None, None) => Ok((None, None)),
            (Some(_), _) if self.indicator.area_rule.needs_weight() => Ok((value, weight)),
            (Some(_), _) => Ok((value, self.seen().and_then(|row| row.weight))),
        }
    }

    fn new_row(
        &self,
        (value, weight): (Option<i64>, Option<i64>),
        source: &str,
        reason: &str,
        row: Option<Id<Measurement>>,
    ) -> Result<(NewMeasurement, Seen), Problem> {
        if self.is_stale() {
            return Err(Problem::Stale { by: String::new() });
        }
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let Self { unit, indicator, period, known_on, horizon, .. } = *self;
        Entry { unit, indicator, period, known_on, value, weight, has_reason: !reason.is_empty(), standing: self.seen() }.check()?;
        let new = NewMeasurement {
            unit: unit.id,
            indicator: indicator.id,
            period,
            known_on,
            value,
            weight,
            source: text(source),
            claim: None,
            passage: None,
            reason: text(reason),
        };
        Ok((new, Seen { horizon, row }))
    }
}
