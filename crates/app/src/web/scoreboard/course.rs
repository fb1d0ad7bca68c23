//! The course of an indicator: its value month by month as the board computes it, the straight way to its target, and what the
//! unit itself reported. Nothing is worded here.

use domain::id::Id;
use domain::indicator::{Indicator, PeriodRule};
use domain::measurement::Arrival;
use domain::period::Period;
use jiff::civil::Date;
use scoreboard::board::{IndicatorScore, Value};
use scoreboard::explanation::Coverage;
use scoreboard::question::Question;

use super::chart::days_between;
use super::formula::bound;
use super::view::View;
use crate::lang::held;

/// Most months: ten years are two terms, and every month adds up the whole tree.
pub const MONTHS_MAX: usize = 120;

/// A month's value.
pub struct MonthValue {
    /// The month.
    pub month: Period,
    /// Absent where there is none.
    pub value: Option<Value>,
    /// How many areas have reported.
    pub coverage: Coverage,
    /// Whether a number of an ended unit could not be carried to it.
    pub incomplete: bool,
}

/// A period that the unit itself reported.
pub struct Reported {
    /// The row that arrived last.
    pub latest: Arrival,
    /// How many rows there are of it.
    pub versions: usize,
}

/// The course of an indicator.
pub struct Trend {
    /// How the indicator stands in the month asked for; absent where the unit has no target for it then.
    pub score: Option<IndicatorScore>,
    /// The months, the first one first.
    pub months: Vec<MonthValue>,
    /// Whether the span began before the first month shown.
    pub cut: bool,
    /// What the unit itself reported, the newest period first.
    pub reported: Vec<Reported>,
}

impl Trend {
    /// The course of an indicator up to the month asked for.
    pub fn of(view: &View, indicator: Id<Indicator>) -> Self {
        let board = view.ledger.board(view.unit.id, &view.asked.question);
        let score = board.groups.into_iter().flat_map(|group| group.indicators).find(|score| score.indicator == indicator);
        let span_from = score.as_ref().and_then(|score| score.targets.first()).map(|target| target.span_from);
        let (months, cut) = span_from.map_or((Vec::new(), false), |span_from| months(view, indicator, span_from));
        Self { score, months, cut, reported: reported(view, indicator) }
    }
}

/// The months of the span so far, the last [`MONTHS_MAX`] of them; of an open span those from the first value on.
fn months(view: &View, indicator: Id<Indicator>, span_from: Option<Date>) -> (Vec<MonthValue>, bool) {
    let question = view.asked.question;
    let last = Period::month_of(question.last_day());
    let begins = |month: &Period| span_from.is_none_or(|from| from <= month.last_day());
    let back = std::iter::successors(last, |month| month.previous_month()).take_while(begins);
    let mut asked: Vec<Period> = back.take(MONTHS_MAX + 1).collect();
    let cut = asked.len() > MONTHS_MAX;
    asked.truncate(MONTHS_MAX);
    let value = |month: Period| {
        let explanation = view.ledger.explain(view.unit.id, indicator, span_from, &Question { month, ..question });
        let incomplete = !explanation.missing.is_empty();
        MonthValue { month, value: explanation.value, coverage: explanation.coverage, incomplete }
    };
    let mut months: Vec<MonthValue> = asked.into_iter().rev().map(value).collect();
    if span_from.is_none() {
        let first = months.iter().position(|month| month.value.is_some()).unwrap_or(months.len());
        months.drain(..first);
        return (months, cut && first == 0);
    }
    (months, cut)
}

/// The latest row of every period that was known, the newest period first.
fn reported(view: &View, indicator: Id<Indicator>) -> Vec<Reported> {
    let mut reported: Vec<Reported> = Vec::new();
    let rows = view.ledger.arrivals(view.unit.id, indicator);
    for row in rows.into_iter().filter(|row| row.known_on <= view.asked.question.known_on) {
        match reported.last_mut().filter(|before| before.latest.period == row.period) {
            Some(before) => {
                before.latest = row;
                before.versions += 1;
            }
            None => reported.push(Reported { latest: row, versions: 1 }),
        }
    }
    reported.sort_by_key(|one| std::cmp::Reverse((one.latest.period.last_day(), one.latest.period.first_day())));
    reported
}

/// The value that is held against the target in `10^-decimals`, cut.
pub fn height(indicator: &Indicator, value: &Value) -> Option<i128> {
    i128::try_from(held(indicator, value).floor()).ok()
}

/// A straight way between two days.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Where it begins.
    pub from: (Date, i128),
    /// Where it ends.
    pub to: (Date, i128),
}

impl Plan {
    /// From the baseline (what is added up over the span: from 0; without a baseline: from the first value) to the target.
    pub fn of(view: &View, indicator: &Indicator, trend: &Trend) -> Option<Self> {
        let target = view.ledger.target(trend.score.as_ref()?.targets.first()?.target)?;
        let to = (target.valid_to?, i128::from(bound(indicator, target)?));
        let first_value = || {
            let known = |month: &MonthValue| Some((month.month.last_day(), height(indicator, month.value.as_ref()?)?));
            trend.months.iter().find_map(known)
        };
        let from = match (indicator.period_rule, target.baseline) {
            (PeriodRule::Sum, _) => (target.valid_from?, 0),
            (_, Some(baseline)) => (target.baseline_on.or(target.valid_from)?, i128::from(baseline)),
            (_, None) => first_value()?,
        };
        (from.0 < to.0).then_some(Self { from, to })
    }

    /// Its height on a day, cut.
    pub fn on(&self, day: Date) -> i128 {
        let days = i128::from(days_between(self.from.0, self.to.0));
        let passed = i128::from(days_between(self.from.0, day)).clamp(0, days);
        self.from.1 + ((self.to.1 - self.from.1) * passed).div_euclid(days)
    }

    /// The part of it that lies in the picture.
    pub fn within(&self, first: Date, last: Date) -> ((Date, i128), (Date, i128)) {
        let (from, to) = (self.from.0.max(first), self.to.0.min(last));
        ((from, self.on(from)), (to, self.on(to)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_straight_way_is_cut_and_ends_at_the_target() {
        let plan = Plan { from: (date(2024, 1, 1), 0), to: (date(2024, 12, 31), 100) };
        assert_eq!([date(2023, 1, 1), date(2024, 7, 1), date(2025, 1, 1)].map(|day| plan.on(day)), [0, 49, 100]);
        assert_eq!(plan.within(date(2024, 7, 1), date(2024, 12, 31)), ((date(2024, 7, 1), 49), (date(2024, 12, 31), 100)));
    }
}
