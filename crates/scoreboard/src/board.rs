//! The answer: achievements of groups and indicators of one unit.

use domain::group::Group;
use domain::id::Id;
use domain::indicator::Indicator;
use domain::resolution::GroupRule;
use domain::target::Target;
use domain::unit::Unit;
use jiff::civil::Date;

use crate::exact::Exact;

/// A unit's board: its groups in the order of their ids. A group is on it when the unit has a target for one of the group's
/// indicators whose span contains the last day of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its groups.
    pub groups: Vec<GroupScore>,
}

/// A group's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupScore {
    /// The group.
    pub group: Id<Group>,
    /// The rule it was judged by.
    pub rule: GroupRule,
    /// Basis points, 0 to 20 000; absent where no indicator has an achievement.
    pub achievement: Option<i64>,
    /// The lower threshold of its band; absent with the achievement.
    pub band: Option<i64>,
    /// Its indicators for which the unit has a target, in the order of their ids.
    pub indicators: Vec<IndicatorScore>,
}

/// An indicator's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorScore {
    /// The indicator.
    pub indicator: Id<Indicator>,
    /// Its weight in the group.
    pub weight: i64,
    /// One an assigner; the first counts in the group, the others are shown beside it. Never empty.
    pub targets: Vec<TargetScore>,
}

impl IndicatorScore {
    /// The achievement that counts in the group.
    pub fn achievement(&self) -> Option<i64> {
        self.targets.first().and_then(|target| target.achievement.as_ref()).map(|achievement| achievement.basis_points)
    }
}

/// How a target is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetScore {
    /// The row that is seen.
    pub target: Id<Target>,
    /// The first day of the span over which values are taken; absent: open.
    pub span_from: Option<Date>,
    /// N and W of the value; absent where there is none.
    pub value: Option<Value>,
    /// Absent where there is no value.
    pub achievement: Option<Achievement>,
    /// Ended units whose numbers could not be carried to this unit: the number is incomplete.
    pub missing: Vec<Id<Unit>>,
}

/// A value as an exact quotient `n / w`, in `10^-decimals` of the indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The numerator.
    pub n: Exact,
    /// The denominator, above 0.
    pub w: Exact,
}

/// An achievement with the case of the rule that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Achievement {
    /// 10 000 = 100 %; capped at 20 000, floored at 0.
    pub basis_points: i64,
    /// Which formula gave it.
    pub formula: Formula,
}

/// The cases of an achievement. A = N / W, for a ratio in `%` 100 · N / W; T the bound that counts; B the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// T is zero or below: 10 000 when A is at or beyond it in the direction, else 0.
    Reached,
    /// Higher is better: 10 000 · N / (W · T).
    Up,
    /// Lower is better, from the baseline: 10 000 · (B − A) / (B − T).
    FromBaseline,
    /// Lower is better and N is zero or below: 20 000.
    DownToZero,
    /// Lower is better: 10 000 · T · W / N.
    Down,
}
