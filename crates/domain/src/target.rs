//! Targets: what somebody assigned to a unit, for a span of time.

use jiff::civil::Date;

use crate::id::Id;
use crate::indicator::Indicator;
use crate::load::Load;
use crate::unit::Unit;

/// *Mức giao*: a value or a range for (unit, indicator, span, who assigned it). Rows are only ever added: a later row of the
/// same five revises, one without a value withdraws. Values are whole numbers of the indicator's `10^-decimals`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its id: among rows of one `known_on` the greater came later.
    pub id: Id<Target>,
    /// Whose target it is.
    pub unit: Id<Unit>,
    /// Of what.
    pub indicator: Id<Indicator>,
    /// The first day of its span; absent: open.
    pub valid_from: Option<Date>,
    /// The last day of its span; absent: open.
    pub valid_to: Option<Date>,
    /// Who assigned it, as given; may be empty.
    pub assigned_by: String,
    /// Who assigned it, where the ledger knows the unit.
    pub assigner: Option<Id<Unit>>,
    /// The value, or the lower bound of the range; absent: withdrawn.
    pub value: Option<i64>,
    /// The upper bound of the range.
    pub value_to: Option<i64>,
    /// Where it began.
    pub baseline: Option<i64>,
    /// The day of the baseline.
    pub baseline_on: Option<Date>,
    /// Since when it is known; absent: since `valid_from`.
    pub known_on: Option<Date>,
    /// The load that brought it.
    pub load: Option<Id<Load>>,
    /// Its line in the file, from 1.
    pub line: Option<i64>,
}

impl Target {
    /// The day it is seen from; absent: always.
    pub fn seen_from(&self) -> Option<Date> {
        self.known_on.or(self.valid_from)
    }
}
