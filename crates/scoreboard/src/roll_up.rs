//! Step 3 of the definition: the parts that make up the value of a unit with all areas below it.

use std::collections::BTreeSet;

use domain::indicator::{AreaRule, PeriodRule};
use domain::unit::UnitClass;

use crate::board::Value;
use crate::catalogue::Place;
use crate::column::Column;
use crate::exact::Exact;
use crate::mean;
use crate::succession::Carrying;

/// What one unit contributes.
#[derive(Debug, Clone)]
pub(crate) struct PartOf {
    pub(crate) place: Place,
    pub(crate) share: Exact,
    pub(crate) n: Exact,
    pub(crate) w: Exact,
}

/// The parts of a value, and the ended units whose numbers are not in it.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) parts: Vec<PartOf>,
    pub(crate) missing: Vec<Place>,
}

impl Parts {
    pub(crate) fn add_own(&mut self, column: &mut Column<'_>, place: Place) {
        if let Some(part) = column.own_part(place) {
            self.parts.push(PartOf { place, share: Exact::one(), n: part.n.clone(), w: part.w.clone() });
        }
    }

    /// N and W; absent without a part or where W is not above 0.
    pub(crate) fn value(&self, rule: AreaRule) -> Option<Value> {
        if self.parts.is_empty() {
            return None;
        }
        let n = self.parts.iter().map(|part| &part.n).sum();
        let w = if rule.needs_weight() { self.parts.iter().map(|part| &part.w).sum() } else { Exact::one() };
        w.is_positive().then_some(Value { n, w })
    }
}

/// The parts of the unit `root`, whose `members` are itself and the areas below it. Without `carrying` only the members' own rows
/// count; a rule that does not roll up is never restated.
pub(crate) fn parts(column: &mut Column<'_>, root: Place, members: &[Place], carrying: Option<&Carrying<'_>>) -> Parts {
    let mut parts = Parts::default();
    if column.indicator.area_rule == AreaRule::None {
        parts.add_own(column, root);
        return parts;
    }
    match carrying {
        Some(carrying) if column.indicator.period_rule == PeriodRule::Mean => return mean::parts(column, members, carrying),
        Some(carrying) => carry(column, members, carrying, &mut parts),
        None => {}
    }
    for member in members {
        parts.add_own(column, *member);
    }
    parts
}

/// Adds the parts of ended units that are carried to the members. For `at` and `last` a successor's own value stands in place of
/// what it would have been given.
fn carry(column: &mut Column<'_>, members: &[Place], carrying: &Carrying<'_>, parts: &mut Parts) {
    let ended = carrying.reaching(members);
    let inside: BTreeSet<Place> = members.iter().copied().collect();
    let is_replaced = matches!(column.indicator.period_rule, PeriodRule::At | PeriodRule::Last);
    for class in [UnitClass::Area, UnitClass::Body] {
        let of_class: Vec<Place> = ended.iter().copied().filter(|old| column.catalogue.unit(*old).class == class).collect();
        if of_class.is_empty() {
            continue;
        }
        let shares = carrying.shares(&ended, class, &inside, &mut |place| is_replaced && column.own_part(place).is_some());
        for old in of_class {
            let Some(part) = column.own_part(old) else { continue };
            match shares.get(&old).and_then(Option::as_ref) {
                None => parts.missing.push(old),
                Some(share) if share.is_zero() => {}
                Some(share) => {
                    parts.parts.push(PartOf { place: old, share: share.clone(), n: &part.n * share, w: &part.w * share });
                }
            }
        }
    }
    for old in carrying.lost(members) {
        if column.own_part(old).is_some() {
            parts.missing.push(old);
        }
    }
    parts.missing.sort_unstable();
}
