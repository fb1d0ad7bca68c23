//! What lies below a unit on a day.

use jiff::civil::Date;

use super::world::World;

impl World {
    /// The unit and all that lies above it, as codes are borne on the day.
    pub fn above(&self, unit: usize, day: Date) -> Vec<usize> {
        let mut chain = vec![unit];
        let mut at = unit;
        while let Some(parent) = self.bearer(&self.units[at].parent, day).filter(|parent| !chain.contains(parent)) {
            chain.push(parent);
            at = parent;
        }
        chain
    }

    /// The unit itself, area or body, and all areas below it on the day, also those below a body below it.
    pub fn subtree(&self, root: usize, day: Date) -> Vec<usize> {
        let below =
            |&at: &usize| at != root && self.units[at].is_area && self.units[at].is_valid_on(day) && self.above(at, day).contains(&root);
        std::iter::once(root).chain((0..self.units.len()).filter(below)).collect()
    }
}
