//! One indicator over one span so far, as asked: the values and own parts of units, each computed at most once.

use std::collections::HashMap;
use std::sync::Arc;

use domain::id::Id;
use domain::indicator::Indicator;
use domain::period::Period;
use domain::unit::Unit;

use crate::catalogue::{Catalogue, Place};
use crate::exact::Exact;
use crate::own_part::{OwnPart, Valued, own_part, take};
use crate::series::{Row, Seen, Series, SpanSoFar};

/// The series of one indicator, by unit.
pub(crate) type SeriesOfUnits = HashMap<Id<Unit>, Arc<Series>>;

/// The values of one indicator within one span so far.
pub(crate) struct Column<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) indicator: &'a Indicator,
    pub(crate) month: Period,
    series: Option<&'a SeriesOfUnits>,
    seen: Seen,
    span: SpanSoFar,
    own_parts: HashMap<Place, Option<OwnPart>>,
}

impl<'a> Column<'a> {
    pub(crate) fn new(
        catalogue: &'a Catalogue,
        indicator: &'a Indicator,
        series: Option<&'a SeriesOfUnits>,
        (month, seen, span): (Period, Seen, SpanSoFar),
    ) -> Self {
        Self { catalogue, indicator, month, series, seen, span, own_parts: HashMap::new() }
    }

    /// The values of a unit within the span so far, by period.
    pub(crate) fn values(&self, place: Place) -> Vec<Row> {
        let series = self.series.and_then(|series| series.get(&self.catalogue.unit(place).id));
        series.map_or_else(Vec::new, |series| series.values(self.seen, self.span))
    }

    /// The values of a unit that the rule over periods takes.
    pub(crate) fn taken(&self, place: Place) -> Vec<Row> {
        let items = self.values(place).into_iter().map(|row| (row.period, row)).collect();
        take(self.indicator.period_rule, self.month, items).into_iter().map(|(_, row)| row).collect()
    }

    /// N and W of a unit's own values.
    pub(crate) fn own_part(&mut self, place: Place) -> Option<&OwnPart> {
        if !self.own_parts.contains_key(&place) {
            let valued: Vec<_> = self.taken(place).iter().filter_map(valued).collect();
            let part = own_part(self.indicator, &valued);
            self.own_parts.insert(place, part);
        }
        self.own_parts.get(&place).and_then(Option::as_ref)
    }
}

/// A row's value and weight with its period; absent for a withdrawal.
pub(crate) fn valued(row: &Row) -> Option<(Period, Valued)> {
    row.pair().map(|(value, weight)| (row.period, Valued { value: Exact::from(value), weight: Exact::from(weight) }))
}
