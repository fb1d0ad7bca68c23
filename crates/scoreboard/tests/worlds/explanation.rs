//! Explanations, put together again by hand from the rows that they name.

use std::collections::{BTreeMap, BTreeSet};

use domain::period::Period;
use jiff::civil::Date;
use num_traits::Zero;
use scoreboard::explanation::{Explanation, MissingReason, Part, TakenRow};

use crate::engine;
use crate::pair::Pair;
use crate::twin::{self, AreaRule, Exact, Indicator, PeriodRule, Question, World, whole};

/// Every line of a board against its explanation; what does not fit is the error.
pub fn check(pair: &Pair, question: &Question) -> Result<(), String> {
    for line in twin::answer(&pair.world, question).lines {
        let span_from = pair.ledger.target(engine::target_id(line.target)).and_then(|target| target.valid_from);
        let indicator = pair.world.indicators.iter().find(|indicator| indicator.code == line.indicator).ok_or("no indicator")?;
        let (unit, asked) = (engine::unit_id(line.unit), engine::question(question, None));
        let opened = pair.ledger.explain(unit, engine::indicator_id(&pair.world, &line.indicator), span_from, &asked);
        let missing: Vec<_> = line.missing.iter().map(|&unit| engine::unit_id(unit)).collect();
        let explained: Vec<_> = opened.missing.iter().map(|missing| missing.unit).collect();
        if by_hand(indicator, &opened)? != line.part || explained != missing {
            return Err(format!("{line:?}\n{opened:?}"));
        }
        reasons_hold(pair, &opened, asked.units_on())?;
    }
    Ok(())
}

/// Reasons are every unknown share and every dead end on the ways of what is missing; residuals are what known shares leave over.
fn reasons_hold(pair: &Pair, opened: &Explanation, day: Date) -> Result<(), String> {
    for missing in &opened.missing {
        let told: BTreeSet<String> = missing.reasons.iter().map(|reason| format!("{reason:?}")).collect();
        let expected = reasons(&pair.world, engine::unit_place(missing.unit), day);
        if told != expected || told.len() != missing.reasons.len() {
            return Err(format!("{missing:?}, not {expected:?}"));
        }
    }
    for residual in &opened.residuals {
        let ways = pair.world.ways_from(engine::unit_place(residual.unit));
        let shares: Option<Vec<Exact>> = ways.iter().map(|way| way.share.clone()).collect();
        let rest = shares.map(|shares| whole(1) - shares.into_iter().sum::<Exact>());
        if rest.is_none_or(|rest| rest.is_zero() || rest != of_engine(&residual.rest)) {
            return Err(format!("{residual:?}"));
        }
    }
    Ok(())
}

fn reasons(world: &World, old: usize, day: Date) -> BTreeSet<String> {
    let mut reasons = BTreeSet::new();
    for at in world.successors(old).into_iter().chain([old]) {
        let (from, ways) = (engine::unit_id(at), world.ways_from(at));
        if ways.is_empty() && world.units[at].last < day {
            reasons.insert(format!("{:?}", MissingReason::NoSuccession { unit: from }));
        }
        let unknown = ways.iter().filter(|way| way.share.is_none());
        reasons.extend(unknown.map(|way| format!("{:?}", MissingReason::UnknownShare { from, to: engine::unit_id(way.to) })));
    }
    reasons
}

/// N and W as the parts of an explanation give them.
fn by_hand(indicator: &Indicator, opened: &Explanation) -> Result<Option<(Exact, Exact)>, String> {
    let (mut n, mut w) = (Exact::zero(), Exact::zero());
    for part in &opened.parts {
        let (part_n, part_w) = part_by_hand(indicator, part);
        let is_weighed = matches!(indicator.area_rule, AreaRule::Ratio | AreaRule::WeightedMean);
        if part_n != of_engine(&part.n) || is_weighed && part_w != of_engine(&part.w) {
            return Err(format!("{part_n} and {part_w} by hand, not as in {part:?}"));
        }
        n += part_n;
        w += part_w;
    }
    let w = if matches!(indicator.area_rule, AreaRule::Sum | AreaRule::None) { whole(1) } else { w };
    Ok((!opened.parts.is_empty()).then_some((n, w)))
}

/// Rows put together by the rules, then the share.
fn part_by_hand(indicator: &Indicator, part: &Part) -> (Exact, Exact) {
    let mut periods: BTreeMap<Period, Vec<&TakenRow>> = BTreeMap::new();
    part.rows.iter().for_each(|row| periods.entry(row.arrival.period).or_default().push(row));
    let figures: Vec<(Exact, Exact)> = periods.values().map(|rows| figure_by_hand(indicator, rows)).collect();
    let figures = if indicator.period_rule == PeriodRule::Mean { vec![mean_by_hand(&periods, &figures)] } else { figures };
    let by_weight =
        |(value, weight): &(Exact, Exact)| if indicator.area_rule == AreaRule::WeightedMean { value * weight } else { value.clone() };
    let share = of_engine(&part.share);
    let n: Exact = figures.iter().map(by_weight).sum();
    let w: Exact = figures.iter().map(|(_, weight)| weight.clone()).sum();
    (n * &share, w * share)
}

/// Value and weight of one period, from a unit's own row or from shares of its predecessors' rows.
fn figure_by_hand(indicator: &Indicator, rows: &[&TakenRow]) -> (Exact, Exact) {
    let number = |number: Option<i64>| whole(number.unwrap_or(1));
    let weight: Exact = rows.iter().map(|row| number(row.arrival.weight) * of_engine(&row.share)).sum();
    let value = |row: &&TakenRow| number(row.arrival.value) * of_engine(&row.share);
    if indicator.area_rule == AreaRule::WeightedMean {
        let sum: Exact = rows.iter().map(|row| value(row) * number(row.arrival.weight)).sum();
        (sum / &weight, weight)
    } else {
        (rows.iter().map(value).sum(), weight)
    }
}

/// The floor of the mean, with the weight of the latest period.
fn mean_by_hand(periods: &BTreeMap<Period, Vec<&TakenRow>>, figures: &[(Exact, Exact)]) -> (Exact, Exact) {
    let latest = periods.keys().zip(figures).max_by_key(|(period, _)| period.last_day());
    let sum: Exact = figures.iter().map(|(value, _)| value.clone()).sum();
    ((sum / whole(figures.len() as i64)).floor(), latest.map_or_else(Exact::zero, |(_, (_, weight))| weight.clone()))
}

fn of_engine(number: &scoreboard::exact::Exact) -> Exact {
    Exact::new(number.numerator(), number.denominator())
}
