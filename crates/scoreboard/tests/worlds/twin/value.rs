//! Steps 1 and 2: the values that are seen, and the part of a single unit.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::world::{AreaRule, Indicator, PeriodRule, World};
use super::{Exact, Period, whole};

/// Values of one unit for one indicator, by period.
pub type Series = BTreeMap<Period, Figure>;

/// A value in 10^-decimals and its weight, 1 where none is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub value: Exact,
    pub weight: Exact,
}

/// Numerator and denominator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub n: Exact,
    pub w: Exact,
}

/// The days that count and the month asked.
#[derive(Debug, Clone)]
pub struct Span {
    /// The first day of the target's span.
    pub first: Date,
    pub month: Period,
}

/// The values of a unit within the span so far, as known on a day: of each period the row that arrived last, unless it withdraws.
pub fn series(world: &World, unit: usize, indicator: &Indicator, span: &Span, known_on: Date) -> Series {
    let mut newest: BTreeMap<Period, (Date, Option<Figure>)> = BTreeMap::new();
    for row in &world.measurements {
        let is_asked = row.unit == unit && row.indicator == indicator.code && row.known <= known_on;
        let is_within = |period: &Period| span.first <= period.first && period.last <= span.month.last;
        if is_asked && is_within(&row.period) && newest.get(&row.period).is_none_or(|(known, _)| *known <= row.known) {
            let weight = row.weight.clone().unwrap_or_else(|| whole(1));
            newest.insert(row.period.clone(), (row.known, row.value.clone().map(|value| Figure { value, weight })));
        }
    }
    newest.into_iter().filter_map(|(period, (_, figure))| Some((period, figure?))).collect()
}

/// Step 2: one unit's part by the indicator's rules; absent without a value.
pub fn own_part(indicator: &Indicator, series: &Series, month: &Period) -> Option<Part> {
    let figures = match indicator.period_rule {
        PeriodRule::At => series.iter().filter(|(period, _)| *period == month).map(|(_, figure)| figure.clone()).collect(),
        PeriodRule::Last => {
            series.iter().max_by_key(|(period, _)| (period.last, period.first)).map(|(_, figure)| figure.clone()).into_iter().collect()
        }
        PeriodRule::Sum => disjoint(series).into_values().collect(),
        PeriodRule::Mean => mean(&disjoint(series)).into_iter().collect::<Vec<_>>(),
    };
    if figures.is_empty() {
        return None;
    }
    let of = |part: fn(&Figure) -> Exact| figures.iter().map(part).sum();
    Some(match indicator.area_rule {
        AreaRule::Sum | AreaRule::None => Part { n: of(|figure| figure.value.clone()), w: whole(1) },
        AreaRule::Ratio => Part { n: of(|figure| figure.value.clone()), w: of(|figure| figure.weight.clone()) },
        AreaRule::WeightedMean => Part { n: of(|figure| &figure.value * &figure.weight), w: of(|figure| figure.weight.clone()) },
    })
}

/// The longest periods first, of equal length the earlier; one that overlaps a period already taken is left out.
fn disjoint(series: &Series) -> Series {
    let mut periods: Vec<&Period> = series.keys().collect();
    periods.sort_by_key(|period| (Reverse(period.months()), period.first));
    let mut taken = Series::new();
    for period in periods {
        if !taken.keys().any(|other| other.overlaps(period)) {
            taken.insert(period.clone(), series[period].clone());
        }
    }
    taken
}

/// The floor of the mean of the values, with the weight of the latest.
fn mean(series: &Series) -> Option<Figure> {
    let latest = series.iter().max_by_key(|(period, _)| period.last)?.1;
    let total: Exact = series.values().map(|figure| figure.value.clone()).sum();
    Some(Figure { value: (total / whole(series.len() as i64)).floor(), weight: latest.weight.clone() })
}
