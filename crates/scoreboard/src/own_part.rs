//! Step 2 of the definition: from the values of one unit within the span so far to its own part.

use std::cmp::Reverse;

use domain::indicator::{AreaRule, Indicator, PeriodRule};
use domain::period::Period;

use crate::exact::Exact;

/// A value of a period with its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Valued {
    pub(crate) value: Exact,
    pub(crate) weight: Exact,
}

/// N and W of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnPart {
    pub(crate) n: Exact,
    pub(crate) w: Exact,
}

/// The items that the rule over periods takes, given those within the span so far: for `last` the one that ends last and of two
/// such the shorter, for `at` the month's own, for `sum` and `mean` the longest first and none that overlaps one already taken.
pub(crate) fn take<T>(rule: PeriodRule, month: Period, mut items: Vec<(Period, T)>) -> Vec<(Period, T)> {
    match rule {
        PeriodRule::At => items.retain(|(period, _)| *period == month),
        PeriodRule::Last => {
            return items.into_iter().max_by_key(|(period, _)| (period.last_day(), period.first_day())).into_iter().collect();
        }
        PeriodRule::Sum | PeriodRule::Mean => return without_overlap(items),
    }
    items
}

/// Longest period first, of equal length the earlier; what overlaps one already taken is left out.
fn without_overlap<T>(mut items: Vec<(Period, T)>) -> Vec<(Period, T)> {
    // Periods of one length never overlap one another, so a series of months only needs no further look.
    let is_uniform = items.windows(2).all(|pair| pair[0].0.months() == pair[1].0.months());
    items.sort_by_key(|(period, _)| (Reverse(period.months()), period.first_day()));
    if is_uniform {
        return items;
    }
    let mut taken: Vec<(Period, T)> = Vec::new();
    for (period, item) in items {
        if !taken.iter().any(|(other, _)| overlap(period, *other)) {
            taken.push((period, item));
        }
    }
    taken
}

fn overlap(one: Period, other: Period) -> bool {
    one.year() == other.year() && one.first_day() <= other.last_day() && other.first_day() <= one.last_day()
}

/// N and W of the values that were taken; absent if there is none. The floor of `mean` stays also where values are fractions,
/// and its weight is that of the value that ends last.
pub(crate) fn own_part(indicator: &Indicator, taken: &[(Period, Valued)]) -> Option<OwnPart> {
    if indicator.period_rule != PeriodRule::Mean {
        return (!taken.is_empty()).then(|| add_up(indicator.area_rule, taken.iter().map(|(_, valued)| valued)));
    }
    let (_, newest) = taken.iter().max_by_key(|(period, _)| period.last_day())?;
    let sum: Exact = taken.iter().map(|(_, valued)| &valued.value).sum();
    let number = Exact::from(i128::try_from(taken.len()).ok()?);
    let mean = Valued { value: sum.floor_divided_by(&number)?, weight: newest.weight.clone() };
    Some(add_up(indicator.area_rule, std::iter::once(&mean)))
}

/// Adds up N and W by the rule over areas: `weighted_mean` turns a value into value × weight, `sum` and `none` know no weight.
fn add_up<'a>(rule: AreaRule, values: impl Iterator<Item = &'a Valued>) -> OwnPart {
    let mut part = OwnPart { n: Exact::zero(), w: Exact::zero() };
    for Valued { value, weight } in values {
        match rule {
            AreaRule::WeightedMean => part.n += &(value * weight),
            AreaRule::Ratio | AreaRule::Sum | AreaRule::None => part.n += value,
        }
        part.w += weight;
    }
    if !rule.needs_weight() {
        part.w = Exact::one();
    }
    part
}
