//! Which unit followed which, and how much of an ended unit is in a set of units: hop by hop, shares multiplied exactly.

use std::collections::{BTreeSet, HashMap};

use domain::scoreboard::ScoreboardNouns;
use domain::unit::{Succession, Unit, UnitClass};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::catalogue::{Catalogue, Place, place_of};
use crate::exact::Exact;

/// One succession that carries numbers.
#[derive(Debug)]
pub(crate) struct Way {
    /// Who followed.
    pub(crate) to: Place,
    /// How much of the ended unit; absent where not known.
    pub(crate) share: Option<Exact>,
}

/// The ways of all units that ended. They lead forward only: whoever followed lived on the day after the other's last day, so
/// it ended later, and no way leads back.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    from: HashMap<Place, Vec<Way>>,
    into: HashMap<Place, Vec<Place>>,
}

impl Ways {
    pub(crate) fn new(nouns: &ScoreboardNouns) -> Self {
        let mut ways = Self::default();
        for succession in &nouns.successions {
            let (Some(from), Some(to)) = (place_of(&nouns.units, succession.from_unit), place_of(&nouns.units, succession.to_unit)) else {
                continue;
            };
            if carries(&nouns.units[from], &nouns.units[to], succession) {
                let share = succession.share_millionths.map(Exact::from_millionths);
                ways.from.entry(from).or_default().push(Way { to, share });
                let into = ways.into.entry(to).or_default();
                if !into.contains(&from) {
                    into.push(from);
                }
            }
        }
        ways
    }

    /// Where a unit's numbers went.
    pub(crate) fn from(&self, place: Place) -> &[Way] {
        self.from.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Which ended units a unit followed.
    pub(crate) fn into(&self, place: Place) -> &[Place] {
        self.into.get(&place).map_or(&[], Vec::as_slice)
    }

    /// A unit and every unit that its ways lead to, over all hops, each once.
    pub(crate) fn closure(&self, place: Place) -> Vec<Place> {
        let mut found = vec![place];
        let mut next = 0;
        while let Some(at) = found.get(next).copied() {
            for way in self.from(at) {
                if !found.contains(&way.to) {
                    found.push(way.to);
                }
            }
            next += 1;
        }
        found
    }

    /// Whether the unit was split and not every share is known.
    pub(crate) fn has_unknown_split(&self, place: Place) -> bool {
        let ways = self.from(place);
        ways.len() > 1 && ways.iter().any(|way| way.share.is_none())
    }
}

/// Only a succession on the day after the unit's last day carries its numbers, and only to a unit that exists on that day; a unit
/// that goes on after giving a part away keeps its numbers.
fn carries(from: &Unit, to: &Unit, succession: &Succession) -> bool {
    let day_after = from.valid_to.and_then(|last| last.checked_add(1.day()).ok());
    day_after == Some(succession.on_day) && from.exists_on(from.valid_to) && to.exists_on(Some(succession.on_day))
}

/// How the numbers of ended units reach the units of one day R.
pub(crate) struct Carrying<'a> {
    catalogue: &'a Catalogue,
    day: Date,
    /// For each unit of the day, the ended units with a way to it.
    reaching: HashMap<Place, Vec<Place>>,
    /// For each unit, the ended units that were below it, or are it, and from which no way leads.
    lost_below: HashMap<Place, Vec<Place>>,
}

impl<'a> Carrying<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, day: Date) -> Self {
        let mut carrying = Self { catalogue, day, reaching: HashMap::new(), lost_below: HashMap::new() };
        let mut ended: Vec<Place> = (0..catalogue.len()).filter(|place| carrying.has_ended(*place)).collect();
        carrying.latest_first(&mut ended);
        let mut leaves: HashMap<Place, BTreeSet<Place>> = HashMap::new();
        for old in ended {
            let mut reached = BTreeSet::new();
            for way in catalogue.ways().from(old) {
                if catalogue.is_valid(way.to, day) {
                    reached.insert(way.to);
                } else if let Some(further) = leaves.get(&way.to) {
                    reached.extend(further);
                }
            }
            for leaf in &reached {
                carrying.reaching.entry(*leaf).or_default().push(old);
            }
            leaves.insert(old, reached);
            if catalogue.ways().from(old).is_empty()
                && let Some(last) = catalogue.unit(old).valid_to
            {
                for above in catalogue.above(old, last) {
                    carrying.lost_below.entry(above).or_default().push(old);
                }
            }
        }
        carrying
    }

    /// Whether a unit ended before the day.
    pub(crate) fn has_ended(&self, place: Place) -> bool {
        self.catalogue.unit(place).valid_to.is_some_and(|last| last < self.day)
    }

    /// The ended units from which any way leads to one of the members, the latest ended first.
    pub(crate) fn reaching(&self, members: &[Place]) -> Vec<Place> {
        let mut found: Vec<Place> = members.iter().filter_map(|member| self.reaching.get(member)).flatten().copied().collect();
        self.latest_first(&mut found);
        found.dedup();
        found
    }

    /// The ended units that were below one of the members of their class and from which no way leads, in the order of ids.
    pub(crate) fn lost(&self, members: &[Place]) -> Vec<Place> {
        let class = |place: Place| self.catalogue.unit(place).class;
        let mut found = BTreeSet::new();
        for member in members {
            let below = self.lost_below.get(member).into_iter().flatten().copied();
            found.extend(below.filter(|old| old != member && class(*old) == class(*member)));
        }
        found.into_iter().collect()
    }

    /// How much of each ended unit is in `inside`: absent where that is not known. `ended` are those that [`Self::reaching`] found
    /// for the same members; numbers of bodies go to bodies only, of areas to areas only. Where all successors of a hop are
    /// inside, a unit goes whole, whatever the shares say. What `holds` a value of its own keeps it in place of what it would be
    /// given, so it is not inside.
    pub(crate) fn shares(
        &self,
        ended: &[Place],
        class: UnitClass,
        inside: &BTreeSet<Place>,
        holds: &mut dyn FnMut(Place) -> bool,
    ) -> HashMap<Place, Option<Exact>> {
        let mut shares: HashMap<Place, Option<Exact>> = HashMap::with_capacity(ended.len());
        for old in ended {
            let mut hops = Vec::new();
            for way in self.catalogue.ways().from(*old) {
                let further = if holds(way.to) {
                    Some(Exact::zero())
                } else if self.catalogue.is_valid(way.to, self.day) {
                    let is_inside = inside.contains(&way.to) && self.catalogue.unit(way.to).class == class;
                    Some(if is_inside { Exact::one() } else { Exact::zero() })
                } else {
                    // An ended unit that is not there leads to no member; one that has not begun yet gives nothing back.
                    shares.get(&way.to).cloned().unwrap_or_else(|| Some(Exact::zero()))
                };
                hops.push((way.share.as_ref(), further));
            }
            shares.insert(*old, joined(&hops));
        }
        shares
    }

    fn latest_first(&self, places: &mut [Place]) {
        places.sort_unstable_by_key(|place| (std::cmp::Reverse(self.catalogue.unit(*place).valid_to), *place));
    }
}

/// The part of a unit that is inside, from each successor's share and the part of that successor which is inside.
fn joined(hops: &[(Option<&Exact>, Option<Exact>)]) -> Option<Exact> {
    if !hops.is_empty() && hops.iter().all(|(_, inside)| inside.as_ref().is_some_and(Exact::is_one)) {
        return Some(Exact::one());
    }
    let mut sum = Exact::zero();
    for (share, inside) in hops {
        match (share, inside) {
            (Some(share), Some(inside)) => sum += &(*share * inside),
            (Some(share), None) if share.is_zero() => {}
            (None, Some(inside)) if inside.is_zero() => {}
            _ => return None,
        }
    }
    Some(sum)
}
