//! Measurements: one value for (unit, indicator, period), append-only.

use jiff::civil::Date;

use crate::claim::Claim;
use crate::document::Passage;
use crate::id::Id;
use crate::indicator::Indicator;
use crate::load::Load;
use crate::moment::Moment;
use crate::period::Period;
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
