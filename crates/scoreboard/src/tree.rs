//! The tree of units as it stands on a day.

use jiff::civil::Date;

use crate::catalogue::{Catalogue, Place};
use domain::unit::UnitClass;

/// Who is right below whom on one day.
pub(crate) struct DayTree<'a> {
    catalogue: &'a Catalogue,
    below: Vec<Vec<Place>>,
}

impl<'a> DayTree<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, day: Date) -> Self {
        let mut below = vec![Vec::new(); catalogue.len()];
        for place in (0..catalogue.len()).filter(|place| catalogue.is_valid(*place, day)) {
            if let Some(parent) = catalogue.parent(place, day) {
                below[parent].push(place);
            }
        }
        Self { catalogue, below }
    }

    /// The unit and all areas below it, in the order of ids. An area below a body is still below that body's parent; bodies
    /// themselves do not roll up.
    pub(crate) fn members(&self, root: Place) -> Vec<Place> {
        let mut seen = vec![false; self.below.len()];
        let mut members = Vec::new();
        let mut waiting = vec![root];
        while let Some(place) = waiting.pop() {
            if std::mem::replace(&mut seen[place], true) {
                continue;
            }
            if place == root || self.is_area(place) {
                members.push(place);
            }
            waiting.extend(&self.below[place]);
        }
        members.sort_unstable();
        members
    }

    /// The areas right below a unit, in the order of ids; of a body below it, the areas right below that.
    pub(crate) fn children(&self, root: Place) -> Vec<Place> {
        let mut seen = vec![false; self.below.len()];
        seen[root] = true;
        let mut children = Vec::new();
        let mut waiting = self.below[root].clone();
        while let Some(place) = waiting.pop() {
            if std::mem::replace(&mut seen[place], true) {
                continue;
            }
            if self.is_area(place) {
                children.push(place);
            } else {
                waiting.extend(&self.below[place]);
            }
        }
        children.sort_unstable();
        children
    }

    fn is_area(&self, place: Place) -> bool {
        self.catalogue.unit(place).class == UnitClass::Area
    }
}

#[cfg(test)]
mod tests {
    use domain::id::Id;
    use domain::unit::Unit;
    use jiff::civil::{Date, date};

    use crate::ledger::Ledger;
    use crate::worlds::ledger;

    fn codes(ledger: &Ledger, units: &[Id<Unit>]) -> String {
        let codes: Vec<&str> = units.iter().filter_map(|id| ledger.unit(*id)?.code.as_deref()).collect();
        codes.join(" ")
    }

    fn below(ledger: &Ledger, code: &str, day: Date) -> [String; 2] {
        let root = ledger.unit_at(code, day).unwrap().id;
        [codes(ledger, &ledger.members(root, day)), codes(ledger, &ledger.children(root, day))]
    }

    #[test]
    fn a_parents_code_means_who_bears_it_on_the_day() {
        let ledger = ledger(
            "unit T area\nunit H area T ..2024-06-30\nunit X area H\nunit K area T 2024-07-01..\nunit H area K 2024-07-01..\nunit Y area H ..2024-06-30",
        );
        let (before, after) = (date(2024, 6, 30), date(2024, 7, 1));
        assert_eq!(below(&ledger, "T", before), ["T H X Y", "H"]);
        assert_eq!(below(&ledger, "T", after), ["T X K H", "K"]);
        assert_eq!(below(&ledger, "H", after), ["X H", "X"]);
        let x = ledger.unit_at("X", before).unwrap().id;
        assert_eq!([ledger.parent(x, before), ledger.parent(x, after)], [Some(Id::new(2)), Some(Id::new(5))]);
    }

    #[test]
    fn areas_below_a_body_are_below_its_parent_and_bodies_are_not() {
        let ledger = ledger("unit T area\nunit B body T\nunit X area B\nunit C body X\nunit Y area C");
        assert_eq!(below(&ledger, "T", date(2024, 1, 1)), ["T X Y", "X"]);
        assert_eq!(below(&ledger, "B", date(2024, 1, 1)), ["B X Y", "X"]);
    }

    #[test]
    fn a_parent_known_by_id_counts_as_long_as_it_exists() {
        let mut ledger = ledger("unit T area - ..2024-06-30\nunit X area");
        let mut nouns = ledger.nouns().clone();
        nouns.units[1].parent = Some(Id::new(1));
        nouns.units[1].code = None;
        ledger.set_nouns(nouns);
        assert_eq!(ledger.members(Id::new(1), date(2024, 6, 30)).len(), 2);
        assert_eq!(ledger.parent(Id::new(2), date(2024, 7, 1)), None);
    }

    #[test]
    fn a_circle_ends_where_it_closes() {
        let ledger = ledger("unit A area B\nunit B area A\nunit X area X\nunit Y area A");
        assert_eq!(below(&ledger, "A", date(2024, 1, 1)), ["A B Y", "B Y"]);
        assert_eq!(below(&ledger, "X", date(2024, 1, 1)), ["X", ""]);
    }
}
