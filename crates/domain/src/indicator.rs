//! Indicators: what is measured, in which unit, and by which rules it is put together over areas and periods.

use crate::code::codes;
use crate::decimal::SCALE_MAX;
use crate::group::Group;
use crate::id::Id;

codes! {
    /// Which way is better.
    pub enum Direction {
        /// *càng cao càng tốt*
        Up = "up",
        /// *càng thấp càng tốt*
        Down = "down",
    }
}

codes! {
    /// How the values of areas become the value of the area above them.
    pub enum AreaRule {
        /// *cộng*: values add up.
        Sum = "sum",
        /// *bình quân gia quyền*: mean of the values by their weights.
        WeightedMean = "weighted_mean",
        /// *tỷ lệ*: values add up over weights that add up.
        Ratio = "ratio",
        /// *không cộng*: only the unit's own value counts.
        None = "none",
    }
}

impl AreaRule {
    /// Whether a value needs a weight above 0 beside it.
    pub const fn needs_weight(self) -> bool {
        matches!(self, Self::WeightedMean | Self::Ratio)
    }
}

codes! {
    /// How the values of periods become the value of a month.
    pub enum PeriodRule {
        /// *lũy kế*: accumulates over the target's span.
        Sum = "sum",
        /// *mới nhất*: the latest value within the span so far.
        Last = "last",
        /// *trong tháng*: only the month asked for.
        At = "at",
        /// *bình quân các kỳ*: mean of the values within the span so far.
        Mean = "mean",
    }
}

/// Most decimals of an indicator: what [`crate::decimal::Decimal`] holds.
pub const DECIMALS_MAX: i64 = SCALE_MAX as i64;

/// *Chỉ tiêu.* Its values are kept as whole numbers of `10^-decimals`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Its id.
    pub id: Id<Indicator>,
    /// Unique in the ledger.
    pub code: String,
    /// As the resolution words it.
    pub name: String,
    /// The unit of measure as printed: `%`, `tỷ đồng`, `hộ`.
    pub unit_of_measure: String,
    /// Digits after the point, 0 to [`DECIMALS_MAX`].
    pub decimals: i64,
    /// Which way is better.
    pub direction: Direction,
    /// The rule over areas.
    pub area_rule: AreaRule,
    /// The rule over periods.
    pub period_rule: PeriodRule,
    /// The group it belongs to; one without a group is on no board.
    pub group: Option<Id<Group>>,
    /// Its weight in the group, 0 or more.
    pub weight: i64,
    /// The name folded, for matching.
    pub folded: String,
}

impl Indicator {
    /// Whether the ratio is compared as parts of a hundred: a ratio whose unit of measure is exactly `%`.
    pub fn is_percent_ratio(&self) -> bool {
        self.area_rule == AreaRule::Ratio && self.unit_of_measure == "%"
    }
}
