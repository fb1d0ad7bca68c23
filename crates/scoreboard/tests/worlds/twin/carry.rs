//! Reorganisations under `sum`, `at` and `last`: which part of a unit that has ended is in a subtree of another day.

use jiff::civil::Date;
use num_traits::{One, Zero};

use super::value::{Part, Series, Span, own_part, series};
use super::whole;
use super::world::{Indicator, PeriodRule, World};
use super::{Exact, series as mean_series};

/// A roll-up that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub world: &'a World,
    pub indicator: &'a Indicator,
    pub span: &'a Span,
    pub known_on: Date,
}

/// The parts of a subtree, and the ended units whose numbers could not be placed.
#[derive(Debug, Default)]
pub struct Parts {
    pub parts: Vec<Part>,
    pub missing: Vec<usize>,
}

impl Asked<'_> {
    /// The values of a unit within the span so far.
    pub fn series(&self, unit: usize) -> Series {
        series(self.world, unit, self.indicator, self.span, self.known_on)
    }

    /// Own parts only, of units as they reported them.
    pub fn as_reported(&self, members: &[usize]) -> Parts {
        let parts = members.iter().filter_map(|&unit| own_part(self.indicator, &self.series(unit), &self.span.month)).collect();
        Parts { parts, missing: Vec::new() }
    }

    /// Own parts, and what units that ended before `day` left to the members.
    pub fn restated(&self, members: &[usize], day: Date) -> Parts {
        if self.indicator.period_rule == PeriodRule::Mean {
            return mean_series::restated(self, members, day);
        }
        let mut found = self.as_reported(members);
        for old in ended(self.world, day) {
            let Some(part) = own_part(self.indicator, &self.series(old), &self.span.month) else { continue };
            let heirs = alike(self.world, members, old);
            match share_in(self.world, old, &heirs, &|unit| self.speaks_for_itself(unit), day) {
                None => found.missing.push(old),
                Some(share) if share.is_zero() => found.missing.extend(is_lost(self.world, old, &heirs).then_some(old)),
                Some(share) => found.parts.push(Part { n: part.n * &share, w: part.w * share }),
            }
        }
        found
    }

    /// Whether a unit's own value stands in place of what it would be given.
    fn speaks_for_itself(&self, unit: usize) -> bool {
        self.indicator.period_rule != PeriodRule::Sum && own_part(self.indicator, &self.series(unit), &self.span.month).is_some()
    }
}

/// The units that have ended before a day.
pub fn ended(world: &World, day: Date) -> Vec<usize> {
    (0..world.units.len()).filter(|&at| world.units[at].last < day).collect()
}

/// The members of the class of an ended unit: numbers of bodies go to bodies, of areas to areas.
pub fn alike(world: &World, members: &[usize], old: usize) -> Vec<usize> {
    members.iter().copied().filter(|&member| world.units[member].is_area == world.units[old].is_area).collect()
}

/// The part of an ended unit that is in the members on a day; none where a share that matters is unknown.
///
/// Where every successor lies wholly inside, all of it is, whatever the shares say. A successor that `closed` names takes nothing.
pub fn share_in(world: &World, old: usize, members: &[usize], closed: &dyn Fn(usize) -> bool, day: Date) -> Option<Exact> {
    let inside = |unit: usize| {
        if closed(unit) {
            Some(Exact::zero())
        } else if world.units[unit].last < day {
            share_in(world, unit, members, closed, day)
        } else {
            Some(whole(members.contains(&unit).into()))
        }
    };
    let hops: Vec<(Option<Exact>, Option<Exact>)> =
        world.ways_from(old).into_iter().map(|way| (way.share.clone(), inside(way.to))).collect();
    if !hops.is_empty() && hops.iter().all(|(_, inside)| inside.as_ref().is_some_and(One::is_one)) {
        return Some(Exact::one());
    }
    let mut total = Exact::zero();
    for (share, inside) in hops {
        let nothing = |part: &Option<Exact>| part.as_ref().is_some_and(Zero::is_zero);
        if !nothing(&share) && !nothing(&inside) {
            total += share? * inside?;
        }
    }
    Some(total)
}

/// Whether a unit ended below one of the members without a word on where it went.
pub fn is_lost(world: &World, old: usize, members: &[usize]) -> bool {
    world.ways_from(old).is_empty() && world.above(old, world.units[old].last).iter().any(|unit| members.contains(unit))
}
