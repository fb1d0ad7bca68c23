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

#[cfg(test)]
mod tests {
    use crate::question::{Question, Tree};
    use crate::worlds::{ledger, number, of_month};

    /// Tỉnh T with xã until 30/6/2024: O is split between S and N, A goes to S, U is split in unknown shares. S is also the
    /// code of a xã that went to N.
    const REORGANISED: &str = "unit T area
        unit S area T ..2024-06-30
        unit O area T ..2024-06-30
        unit A area T ..2024-06-30
        unit U area T ..2024-06-30
        unit S area T 2024-07-01..
        unit N area T 2024-07-01..
        follow S N 2024-07-01 100
        follow O S 2024-07-01 60
        follow O N 2024-07-01 40
        follow A S 2024-07-01 100
        follow U S 2024-07-01 ?
        follow U N 2024-07-01 ?";

    /// N / W of units in July 2024 and the codes of what is missing, by rules, of lines of values `UNIT i PERIOD DAY VALUE`.
    fn numbers(world: &str, rules: &str, values: &str, unit: &str, question: &Question) -> (String, String) {
        let ledger = ledger(&format!("{world}\nindicator i up {rules}\n{values}"));
        let (number, missing) = number(&ledger, unit, "i", "2023-01-01", question);
        (number, missing.join(" "))
    }

    fn july(rules: &str, values: &str, unit: &str) -> (String, String) {
        numbers(REORGANISED, rules, values, unit, &of_month("2024-07"))
    }

    fn is(number: &str, missing: &str) -> (String, String) {
        (number.to_owned(), missing.to_owned())
    }

    const OF_MAY: &str = "value O i 2024-05 2024-06-01 10 5\nvalue A i 2024-05 2024-06-01 4 8\n\
                          value U i 2024-05 2024-06-01 3 6\nvalue S i 2024-05 2024-06-01 7 2\n";

    #[test]
    fn sums_are_carried_by_shares() {
        assert_eq!(july("sum/sum", OF_MAY, "T"), is("24 / 1", ""));
        assert_eq!(july("sum/sum", OF_MAY, "S"), is("10 / 1", "U"));
        assert_eq!(july("sum/sum", OF_MAY, "N"), is("11 / 1", "U"));
        assert_eq!(
            july("sum/sum", &format!("{OF_MAY}value S i 2024-07 2024-08-01 2\nvalue O i 2024-04 2024-06-01 7"), "S"),
            is("81/5 / 1", "U")
        );
    }

    #[test]
    fn ratios_carry_both_sides() {
        assert_eq!(july("ratio/last", OF_MAY, "T"), is("24 / 21", ""));
        assert_eq!(july("ratio/last", OF_MAY, "S"), is("10 / 11", "U"));
        assert_eq!(july("weighted_mean/last", OF_MAY, "S"), is("62 / 11", "U"));
    }

    #[test]
    fn as_reported_takes_only_the_units_of_the_day() {
        let question = Question { tree: Tree::AsReported, ..of_month("2024-07") };
        let values = format!("{OF_MAY}value N i 2024-07 2024-08-01 2");
        assert_eq!(numbers(REORGANISED, "sum/sum", &values, "T", &question), is("2 / 1", ""));
        assert_eq!(numbers(REORGANISED, "sum/sum", OF_MAY, "T", &question), is("-", ""));
        let may = Question { tree: Tree::AsReported, ..of_month("2024-05") };
        assert_eq!(numbers(REORGANISED, "sum/sum", OF_MAY, "T", &may), is("24 / 1", ""));
    }

    #[test]
    fn another_days_tree_can_be_asked() {
        let later = Question { tree: Tree::Of("2024-07-31".parse().unwrap()), ..of_month("2024-05") };
        assert_eq!(numbers(REORGANISED, "sum/at", OF_MAY, "N", &later), is("11 / 1", "U"));
        let earlier = Question { tree: Tree::Of("2024-06-30".parse().unwrap()), ..of_month("2024-07") };
        let values = format!("{OF_MAY}value N i 2024-07 2024-08-01 2");
        assert_eq!(numbers(REORGANISED, "sum/sum", &values, "O", &earlier), is("10 / 1", ""));
    }

    #[test]
    fn an_own_value_stands_in_place_of_what_would_be_given() {
        let values = format!("{OF_MAY}value S i 2024-07 2024-08-01 2");
        assert_eq!(july("sum/last", &values, "S"), is("2 / 1", ""));
        // The part of O for S is dropped; the part of U for N is not known any more, for S is no longer given any.
        assert_eq!(july("sum/last", &values, "T"), is("13 / 1", "U"));
        assert_eq!(july("sum/at", &values, "T"), is("2 / 1", ""));
        assert_eq!(july("sum/sum", &values, "T"), is("26 / 1", ""));
    }

    #[test]
    fn what_does_not_roll_up_is_not_restated() {
        assert_eq!(july("none/last", OF_MAY, "T"), is("-", ""));
        assert_eq!(july("none/last", &format!("{OF_MAY}value T i 2024-06 2024-07-01 5"), "T"), is("5 / 1", ""));
    }

    /// A goes over B and G to C, E (both below D) and F; K ends without a successor.
    const HOPS: &str = "unit T area
        unit D area T 2024-07-01..
        unit C area D 2024-07-01..
        unit E area D 2024-07-01..
        unit F area T 2024-07-01..
        unit A area T ..2023-12-31
        unit B area T 2024-01-01..2024-06-30
        unit G area T ..2024-06-30
        unit K area T ..2024-06-30
        follow A B 2024-01-01 50
        follow A G 2024-01-01 25
        follow B C 2024-07-01 ?
        follow B E 2024-07-01 ?
        follow G F 2024-07-01 20
        follow G C 2024-07-01 70";

    #[test]
    fn all_successors_are_asked_for_at_every_hop() {
        let of = |values: &str, unit: &str| numbers(HOPS, "sum/sum", values, unit, &of_month("2024-07"));
        let a = "value A i 2023 2024-01-05 8";
        // D holds all of B, so 0.5 is known, and 0.25 × 0.7 comes over G.
        assert_eq!(of(a, "D"), is("27/5 / 1", ""));
        assert_eq!(of(a, "C"), is("-", "A"));
        assert_eq!(of(a, "F"), is("2/5 / 1", ""));
        // Whole is whole, though known shares add up to 0.75 only.
        assert_eq!(of(a, "T"), is("8 / 1", ""));
        assert_eq!(of("value K i 2024-05 2024-06-05 8", "T"), is("-", "K"));
        assert_eq!(of("value K i 2024-05 2024-06-05 8", "D"), is("-", ""));
    }

    #[test]
    fn numbers_of_bodies_go_to_bodies_and_of_areas_to_areas() {
        let world = "unit B body
            unit C body - ..2023-12-31
            unit A area B ..2023-12-31
            unit N area B 2024-01-01..
            follow C B 2024-01-01 100
            follow C N 2024-01-01 100
            follow A N 2024-01-01 100";
        let values = "value C i 2023 2023-12-31 5\nvalue A i 2023 2023-12-31 7";
        for rule in ["sum", "last"] {
            let of = |unit: &str| numbers(world, &format!("sum/{rule}"), values, unit, &of_month("2024-07"));
            assert_eq!(of("N"), is("7 / 1", ""));
            assert_eq!(of("B"), is("12 / 1", ""));
        }
    }

    #[test]
    fn only_a_succession_on_the_day_after_the_end_carries() {
        let world = "unit T area
            unit A area T
            unit B area T ..2024-05-31
            unit N area T 2024-07-01..
            follow A N 2024-07-01 50
            follow B N 2024-07-01 100";
        let values = "value A i 2024-05 2024-06-01 5\nvalue B i 2024-05 2024-06-01 7";
        assert_eq!(numbers(world, "sum/sum", values, "N", &of_month("2024-07")), is("-", ""));
        assert_eq!(numbers(world, "sum/sum", values, "T", &of_month("2024-07")), is("5 / 1", "B"));
    }
}
