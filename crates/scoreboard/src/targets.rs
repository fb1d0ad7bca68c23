//! Step 0 of the definition: which targets count on a day, and whose comes first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::id::Id;
use domain::indicator::Indicator;
use domain::resolution::Resolution;
use domain::target::Target;
use domain::unit::{Unit, UnitClass};
use jiff::civil::Date;

use crate::catalogue::Catalogue;
use crate::series::Seen;

/// Who assigned a target or issued a resolution: the unit that bears a code, else the name as given. A body without a code is no
/// more than its name: over another span two units may bear it, and the ledger keeps the words alone; both are one assigner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Assigner<'a> {
    Unit(Id<Unit>),
    Name(&'a str),
}

impl<'a> Assigner<'a> {
    pub(crate) fn of(catalogue: &'a Catalogue, target: &'a Target) -> Self {
        Self::known(catalogue, target.assigner, &target.assigned_by)
    }

    pub(crate) fn issuer(catalogue: &'a Catalogue, resolution: &'a Resolution) -> Self {
        Self::known(catalogue, resolution.issuer, &resolution.issued_by)
    }

    fn known(catalogue: &'a Catalogue, unit: Option<Id<Unit>>, name: &'a str) -> Self {
        match unit.and_then(|id| catalogue.place(id)).map(|place| catalogue.unit(place)) {
            Some(unit) if unit.code.is_some() || unit.class == UnitClass::Area => Self::Unit(unit.id),
            Some(unit) => Self::Name(&unit.name),
            None => Self::Name(name),
        }
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

fn key<'a>(catalogue: &'a Catalogue, target: &'a Target) -> Key<'a> {
    (first_day(target), target.valid_to.unwrap_or(Date::MAX), Assigner::of(catalogue, target))
}

/// Whether one row is a version of the other.
pub(crate) fn same_key(catalogue: &Catalogue, one: &Target, other: &Target) -> bool {
    one.unit == other.unit && one.indicator == other.indicator && key(catalogue, one) == key(catalogue, other)
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
        let key = key(catalogue, row);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;
    use crate::question::Question;
    use crate::worlds::{ledger, of_month, scores};

    /// The values of the targets that fit, in the order in which they count, known on a day.
    fn fitting(targets: &str, known_on: &str) -> Vec<i64> {
        fitting_in(targets, Question { known_on: known_on.parse().unwrap(), ..of_month("2024-05") })
    }

    fn fitting_in(targets: &str, question: Question) -> Vec<i64> {
        let lines = format!(
            "unit T area\nunit U body\nunit X area\nresolution R T mean 10000;7000\ngroup G R\nindicator i up sum/sum G\n{targets}"
        );
        let ledger = ledger(&lines);
        let scores = scores(&ledger, "X", &question);
        let rows = scores.iter().flat_map(|score| &score.targets);
        rows.filter_map(|target| ledger.target(target.target)?.value).collect()
    }

    #[test]
    fn of_one_assigner_the_span_that_starts_last_then_ends_first() {
        let spans = "target X i 2020-01-01..2024-12-31 U 1\ntarget X i 2024-01-01..2024-12-31 U 2\ntarget X i 2024-01-01..2024-06-30 U 3\n\
                     target X i 2024-06-01..2024-12-31 U 4\ntarget X i .. U 5";
        assert_eq!(fitting(spans, "2024-06-01"), [3]);
        assert_eq!(fitting("target X i .. U 5\ntarget X i ..2024-12-31 U 6", "2020-01-01"), [6]);
        assert_eq!(fitting("target X i 2024-06-01..2024-12-31 U 4", "2030-01-01"), [0_i64; 0]);
    }

    #[test]
    fn a_revision_is_seen_from_the_day_it_is_known() {
        let revised = "target X i 2024-01-01..2024-12-31 U 600\ntarget X i 2024-01-01..2024-12-31 U 640 known=2024-06-30";
        assert_eq!([fitting(revised, "2024-06-29"), fitting(revised, "2024-06-30")], [[600], [640]]);
        assert_eq!(fitting(revised, "2023-12-31"), [0_i64; 0]);
        let horizon = Question { horizon: Some(7), ..of_month("2024-05") };
        assert_eq!(fitting_in(revised, horizon), [600]);
    }

    #[test]
    fn a_withdrawn_target_gives_way_to_another_span() {
        let withdrawn = "target X i 2023-01-01..2024-12-31 U 1\ntarget X i 2024-01-01..2024-12-31 U 2\n\
                         target X i 2024-01-01..2024-12-31 U - known=2024-06-30";
        assert_eq!([fitting(withdrawn, "2024-06-29"), fitting(withdrawn, "2024-06-30")], [[2], [1]]);
    }

    #[test]
    fn the_issuer_counts_else_whose_row_arrived_first() {
        let three =
            "target X i 2024-01-01..2024-12-31 somebody 1 known=2024-02-02\ntarget X i 2024-01-01..2024-12-31 U 2 known=2024-02-01\n";
        assert_eq!(fitting(three, "2024-06-01"), [2, 1]);
        assert_eq!(fitting(&format!("{three}target X i 2024-01-01..2024-12-31 T 3 known=2024-03-01"), "2024-06-01"), [3, 2, 1]);
        // A revision does not put its assigner behind the others.
        assert_eq!(fitting(&format!("{three}target X i 2024-01-01..2024-12-31 U 4 known=2024-03-01"), "2024-06-01"), [4, 1]);
    }

    /// Loads write the name's body where nobody else bears the name over the span, and the words alone where two units do.
    #[test]
    fn a_name_is_one_assigner_whether_or_not_the_ledger_has_its_body() {
        let lines = "unit X area\nindicator i up sum/sum -\nunit B body\ntarget X i 2024-01-01..2024-12-31 B 1\n\
                     target X i 2024-01-01..2024-12-31 Ban 2 known=2024-02-01\ntarget X i 2024-03-01..2024-12-31 Ban 3";
        let ledger = ledger(lines);
        let mut nouns = ledger.nouns().clone();
        let body = nouns.units.last_mut().unwrap();
        (body.code, body.name) = (None, "Ban".to_owned());
        let mut ledger = Ledger::default();
        ledger.set_nouns(nouns);
        let rows: Vec<i64> = ledger.target_rows(Id::new(4)).iter().map(|row| row.number()).collect();
        assert_eq!(rows, [4, 5]);
        let catalogue = Catalogue::new(ledger.nouns().clone());
        let (unit, indicator) = (Id::new(1), Id::new(2));
        let day = jiff::civil::date(2024, 5, 31);
        let fitting = targets_on(&catalogue, (unit, indicator), day, Seen { known_on: day, horizon: None }, None);
        assert_eq!(fitting.iter().map(|target| target.value).collect::<Vec<_>>(), [Some(3)]);
    }

    #[test]
    fn versions_stand_in_the_order_of_arrival() {
        let lines = "unit X area\nindicator i up sum/sum -\ntarget X i 2024-01-01..2024-12-31 X 3 known=2024-05-01\n\
                     target X i 2024-01-01..2024-12-31 X 1\ntarget X i 2024-01-01..2024-12-30 X 9\ntarget X i 2024-01-01..2024-12-31 X 2 known=2024-02-01";
        let ledger = ledger(lines);
        let rows: Vec<i64> = ledger.target_rows(Id::new(4)).iter().map(|row| row.number()).collect();
        assert_eq!(rows, [4, 6, 3]);
    }
}
