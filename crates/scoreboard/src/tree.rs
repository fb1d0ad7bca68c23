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
