//! Step 0 of the definition: which targets count on a day, and whose comes first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::id::Id;
use domain::indicator::Indicator;
use domain::resolution::Resolution;
use domain::target::Target;
use domain::unit::Unit;
use jiff::civil::Date;

use crate::catalogue::Catalogue;
use crate::series::Seen;

/// Who assigned a target or issued a resolution: the unit where the ledger knows it, else the name as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Assigner<'a> {
    Unit(Id<Unit>),
    Name(&'a str),
}

impl<'a> Assigner<'a> {
    pub(crate) fn of(target: &'a Target) -> Self {
        target.assigner.map_or(Self::Name(&target.assigned_by), Self::Unit)
    }

    pub(crate) fn issuer(resolution: &'a Resolution) -> Self {
        resolution.issuer.map_or(Self::Name(&resolution.issued_by), Self::Unit)
    }
}

/// When a row arrived: the day it is seen from, then its id.
type Arrived = (Date, Id<Target>);

/// What a revision shares with the row that it revises, within one unit and indicator.
type Key<'a> = (Date, Date, Assigner<'a>);

pub(crate) fn arrived(target: &Target) -> Arrived {
    (target.seen_from().unwrap_or(Date::MIN), target.id)
}

pub(crate) fn first_day(target: &Target) -> Date {
    target.valid_from.unwrap_or(Date::MIN)
}

fn key(target: &Target) -> Key<'_> {
    (first_day(target), target.valid_to.unwrap_or(Date::MAX), Assigner::of(target))
}

/// Whether one row is a version of the other.
pub(crate) fn same_key(one: &Target, other: &Target) -> bool {
    one.unit == other.unit && one.indicator == other.indicator && key(one) == key(other)
}

/// A target that fits, with what decides between it and others.
struct Fitting<'a> {
    first_arrived: Arrived,
    preferred: (Date, Reverse<Date>),
    row: &'a Target,
}

/// The targets of a unit and an indicator whose span contains `day`, one an assigner: of several spans the one that starts last,
/// then the one that ends first. A revision is seen from its `known_on`; a withdrawn target gives way to another span. The issuer
/// of the resolution comes first, then whose row arrived first.
pub(crate) fn targets_on<'a>(
    catalogue: &'a Catalogue,
    (unit, indicator): (Id<Unit>, Id<Indicator>),
    day: Date,
    seen: Seen,
    issuer: Option<Assigner<'_>>,
) -> Vec<&'a Target> {
    let mut versions: BTreeMap<Key<'_>, Vec<&Target>> = BTreeMap::new();
    for row in catalogue.targets(unit, indicator) {
        let key = key(row);
        let (known_on, id) = arrived(row);
        if key.0 <= day && day <= key.1 && seen.sees(known_on, id.number()) {
            versions.entry(key).or_default().push(row);
        }
    }
    let mut chosen: BTreeMap<Assigner<'_>, Fitting<'_>> = BTreeMap::new();
    for ((first, last, assigner), rows) in versions {
        let Some(row) = rows.iter().copied().max_by_key(|row| arrived(row)).filter(|row| row.value.is_some()) else { continue };
        let Some(first_arrived) = rows.into_iter().map(arrived).min() else { continue };
        let preferred = (first, Reverse(last));
        if chosen.get(&assigner).is_none_or(|other| preferred > other.preferred) {
            chosen.insert(assigner, Fitting { first_arrived, preferred, row });
        }
    }
    let mut chosen: Vec<_> = chosen.into_iter().collect();
    chosen.sort_by_key(|(assigner, fitting)| (Some(*assigner) != issuer, fitting.first_arrived));
    chosen.into_iter().map(|(_, fitting)| fitting.row).collect()
}
