//! Reorganisations under `mean`: values are handed on period by period, and the mean is taken of what a unit then has.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use num_traits::{One, Zero};

use super::carry::{Asked, Parts, alike, ended, is_lost, share_in};
use super::value::{Figure, Part, Series, own_part};
use super::world::{AreaRule, World};
use super::{Exact, Period};

/// The parts of the members, each from its series with what its predecessors left to it.
pub fn restated(asked: &Asked, members: &[usize], day: Date) -> Parts {
    let apart = left_as_they_were(asked, members, day);
    let handed = handed_on(asked, &apart, day);
    let mean = |&unit: &usize| own_part(asked.indicator, &handed[unit], &asked.span.month);
    Parts { parts: members.iter().chain(&apart).filter_map(mean).collect(), missing: not_placed(asked, members, &apart, day) }
}

/// Ended units that are averaged as they were: where they went is not known, but all of it lies inside, and no successor
/// has a value of its own in the span.
fn left_as_they_were(asked: &Asked, members: &[usize], day: Date) -> BTreeSet<usize> {
    let silent = |unit: usize| asked.series(unit).is_empty();
    ended(asked.world, day)
        .into_iter()
        .filter(|&old| is_vague(asked.world, old))
        .filter(|&old| all_inside(asked.world, old, members, day) && asked.world.successors(old).into_iter().all(silent))
        .collect()
}

/// Whether a unit has several successors and the share of one of them is unknown.
fn is_vague(world: &World, unit: usize) -> bool {
    let ways = world.ways_from(unit);
    ways.len() > 1 && ways.iter().any(|way| way.share.is_none())
}

fn inside(world: &World, old: usize, members: &[usize], day: Date) -> Option<Exact> {
    share_in(world, old, &alike(world, members, old), &|_| false, day)
}

fn all_inside(world: &World, old: usize, members: &[usize], day: Date) -> bool {
    inside(world, old, members, day).is_some_and(|share| share.is_one())
}

/// The series of every unit, its own and in periods without a value of its own what its predecessors left to it.
///
/// Units that ended first hand on first, so that what they leave travels over several hops.
fn handed_on(asked: &Asked, apart: &BTreeSet<usize>, day: Date) -> Vec<Series> {
    let world = asked.world;
    let mut gifts: Vec<BTreeMap<Period, Part>> = vec![BTreeMap::new(); world.units.len()];
    let mut order = ended(world, day);
    order.sort_by_key(|&old| world.units[old].last);
    for old in order.into_iter().filter(|old| !apart.contains(old)) {
        let series = with_gifts(asked, old, &gifts[old]);
        let ways = world.ways_from(old);
        for way in &ways {
            let share = if ways.len() == 1 { Some(Exact::one()) } else { way.share.clone() };
            let Some(share) = share.filter(|share| !share.is_zero()) else { continue };
            if world.units[way.to].is_area == world.units[old].is_area {
                give(asked, &mut gifts[way.to], &series, &share);
            }
        }
    }
    (0..world.units.len()).map(|unit| with_gifts(asked, unit, &gifts[unit])).collect()
}

/// Adds a share of a series, period by period.
fn give(asked: &Asked, gift: &mut BTreeMap<Period, Part>, series: &Series, share: &Exact) {
    for (period, figure) in series {
        let n = match asked.indicator.area_rule {
            AreaRule::WeightedMean => &figure.value * &figure.weight,
            _ => figure.value.clone(),
        };
        let sums = gift.entry(period.clone()).or_insert_with(|| Part { n: Exact::zero(), w: Exact::zero() });
        sums.n += n * share;
        sums.w += &figure.weight * share;
    }
}

fn with_gifts(asked: &Asked, unit: usize, gifts: &BTreeMap<Period, Part>) -> Series {
    let mut series = asked.series(unit);
    for (period, Part { n, w }) in gifts {
        let value = match asked.indicator.area_rule {
            AreaRule::WeightedMean => n / w,
            _ => n.clone(),
        };
        series.entry(period.clone()).or_insert_with(|| Figure { value, weight: w.clone() });
    }
    series
}

/// Ended units with values in the span that are, in part or whole, in no mean though they concern the members.
fn not_placed(asked: &Asked, members: &[usize], apart: &BTreeSet<usize>, day: Date) -> Vec<usize> {
    let world = asked.world;
    let is_missing = |&old: &usize| {
        let mut line = world.successors(old);
        line.push(old);
        let is_unsure = line.into_iter().any(|unit| !apart.contains(&unit) && is_vague(world, unit));
        let concerns = || inside(world, old, members, day).is_none_or(|share| !share.is_zero());
        is_unsure && concerns() || is_lost(world, old, &alike(world, members, old))
    };
    ended(world, day).into_iter().filter(|&old| !asked.series(old).is_empty()).filter(is_missing).collect()
}
