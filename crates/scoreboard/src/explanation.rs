//! Why a number is what it is: the units whose parts it adds up, the rows they took, the shares, and what is missing.

use domain::id::Id;
use domain::measurement::Arrival;
use domain::unit::Unit;

use crate::board::Value;
use crate::exact::Exact;

/// Everything behind one value of a unit and an indicator over a span.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The sum of the parts; absent where there is none or W is not above 0.
    pub value: Option<Value>,
    /// The parts that were added, in the order of the units' ids.
    pub parts: Vec<Part>,
    /// Ended units whose numbers are not in it, and why.
    pub missing: Vec<Missing>,
    /// Ended units behind the parts whose known shares do not add up to 1.
    pub residuals: Vec<Residual>,
    /// Areas of the subtree that have a value of the indicator in the span, and how many have one for the month or its year.
    pub coverage: Coverage,
}

/// What one unit contributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The unit: a member of the subtree, or one that has ended.
    pub unit: Id<Unit>,
    /// How much of the unit's value goes in: 1 for a member.
    pub share: Exact,
    /// The rows that were taken, each with the share that it was taken by.
    pub rows: Vec<TakenRow>,
    /// Its N, after the share.
    pub n: Exact,
    /// Its W, after the share; 1 where the rule over areas knows no weight and the whole unit went in.
    pub w: Exact,
}

/// A row that a part is computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenRow {
    /// The row.
    pub arrival: Arrival,
    /// 1, or the share by which a predecessor's row of a series (`mean`) was taken.
    pub share: Exact,
}

/// An ended unit whose number is not in a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The ended unit.
    pub unit: Id<Unit>,
    /// Why.
    pub reasons: Vec<MissingReason>,
}

/// Why a number could not be carried on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingReason {
    /// No succession says where the unit went.
    NoSuccession {
        /// The unit that ended.
        unit: Id<Unit>,
    },
    /// The share that went from one unit to another is not known.
    UnknownShare {
        /// The unit that ended.
        from: Id<Unit>,
        /// The unit that followed.
        to: Id<Unit>,
    },
}

/// What is left of an ended unit when its shares, all known, are taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Residual {
    /// The ended unit.
    pub unit: Id<Unit>,
    /// 1 less the sum of its shares; never 0.
    pub rest: Exact,
}

/// How many areas have reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Areas of the subtree valid on the month's last day that have any value of the indicator in the span.
    pub areas: usize,
    /// Those of them of which the rule over periods takes a value of the month's year.
    pub reported: usize,
}
