//! Claims: what a paper says, with its sentence. A claim is not a result; results are computed from numbers.

use jiff::civil::Date;

use crate::account::Account;
use crate::code::codes;
use crate::document::{Document, Passage};
use crate::id::Id;
use crate::moment::Moment;
use crate::reading::{Comparator, FigureRole};
use crate::unit::Unit;

codes!(Comparator { Eq = "eq", Ge = "ge", Gt = "gt", Le = "le", Lt = "lt", About = "about", });
codes!(FigureRole {
    Actual = "actual",
    Target = "target",
    Baseline = "baseline",
    Change = "change",
    OverTarget = "over_target",
    OfPlan = "of_plan",
    Share = "share",
});

codes! {
    /// A single number, or a count of groups of targets.
    pub enum ClaimKind {
        /// *con số*
        Figure = "figure",
        /// *số nhóm mục tiêu*
        Count = "count",
    }
}

/// *Điều nêu trong văn bản.* Values are exact decimals: `value × 10^-value_scale`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub id: Id<Claim>,
    /// The paper that says it.
    pub document: Id<Document>,
    /// The words.
    pub passage: Id<Passage>,
    /// The unit it is about.
    pub unit: Option<Id<Unit>>,
    /// A number or a count.
    pub kind: ClaimKind,
    /// What is measured; of a count, the counted noun.
    pub measure: String,
    /// The digits of the value; of a count, how many groups met the threshold.
    pub value: i64,
    /// How many of them stand after the point.
    pub value_scale: i64,
    /// The digits of the whole ("of 41"), where there is one.
    pub whole: Option<i64>,
    /// How many of them stand after the point.
    pub whole_scale: i64,
    /// The unit of measure as printed.
    pub unit_of_measure: String,
    /// Exactly, at least, …
    pub comparator: Comparator,
    /// Result, target, …
    pub role: FigureRole,
    /// Whether the paper gives a time; without it both days below are absent.
    pub period_known: bool,
    /// The first day of its time.
    pub period_from: Option<Date>,
    /// The last day of its time.
    pub period_to: Option<Date>,
    /// Of a count: percent that a group must reach; absent for "đang trong lộ trình".
    pub threshold_pct: Option<i64>,
    /// Of a count: the document whose groups are counted.
    pub resolution: Option<Id<Document>>,
    /// Since when it no longer holds.
    pub withdrawn_at: Option<Moment>,
    /// Who withdrew it.
    pub withdrawn_by: Option<Id<Account>>,
}

/// Whether counts of one paper and one resolution are bands that do not overlap: only where they add up to the whole.
/// "13/22 from 100 %" and "9/22 from 70 %" are disjoint bands, since 13 + 9 = 22.
pub fn disjoint_bands(counts: &[(i64, i64)]) -> bool {
    let Some((_, whole)) = counts.first() else { return false };
    counts.len() > 1 && counts.iter().all(|(_, of)| of == whole) && counts.iter().map(|(met, _)| met).sum::<i64>() == *whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_disjoint_only_where_they_add_up() {
        assert!(disjoint_bands(&[(13, 22), (9, 22)]));
        assert!(!disjoint_bands(&[(13, 22), (18, 22)]));
        assert!(!disjoint_bands(&[(22, 22)]));
        assert!(!disjoint_bands(&[(13, 22), (9, 23)]));
        assert!(!disjoint_bands(&[]));
    }
}
