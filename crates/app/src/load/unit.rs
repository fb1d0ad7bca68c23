//! `units.csv`: areas and bodies, each for its time; and whether all of them together make a tree on every day.

use std::collections::HashMap;

use domain::fold::{fold, tidy};
use domain::sort::sort_key;
use domain::unit::{Unit, UnitClass};
use jiff::civil::Date;

use super::fault::{Faults, Place, What};
use super::field::{choice, day, optional};
use super::sheet::{FileShape, Row, each};
use super::world::World;
use super::{LoadFault, Reading, tree};

const CODE: usize = 0;
const NAME: usize = 1;
const KIND: usize = 2;
const CLASS: usize = 3;
const PARENT: usize = 4;
const FROM: usize = 5;
const TO: usize = 6;
/// The file.
pub const FILE: FileShape<7> =
    FileShape { name: "units.csv", columns: ["code", "name", "kind", "class", "parent", "valid_from", "valid_to"], needed: 2 };

/// A row as it was read.
pub struct NewUnit {
    /// Where it stands in the world; a row that the ledger knows stands where the ledger's does.
    pub at: usize,
    /// Its line.
    pub line: u64,
}

/// Reads the file and looks whether its units and the ledger's fit together.
pub fn read(reading: &mut Reading<'_, '_>, world: &mut World) -> Result<(), LoadFault> {
    let (mut keys, mut new) = (HashMap::new(), Vec::new());
    let known: HashMap<(String, Option<Date>), usize> = world.units.iter().enumerate().filter_map(key_of).collect();
    each(reading, &FILE, |row, faults, _| {
        let Some(unit) = parse(row, faults) else {
            world.spoil(FILE.name, row.text(CODE));
            return;
        };
        let key = (unit.code.clone().unwrap_or_default(), unit.valid_from);
        if let Some(first) = keys.insert(key.clone(), row.line) {
            faults.push(row.fault(CODE, What::KeyTwice(Place::Line(first))));
            return;
        }
        if let Some(at) = known.get(&key) {
            match world.units.get(*at).and_then(|standing| difference(&unit, standing, world)) {
                Some((column, value)) => faults.push(row.fault(CODE, What::KnownKey(column, value))),
                None => world.count(FILE.name, false),
            }
            return;
        }
        let unit = Unit { id: world.ids.next(), ..unit };
        world.count(FILE.name, true);
        new.push(NewUnit { at: world.add_unit(unit, row.place()), line: row.line });
    })?;
    tree::check_codes(world, &new, &mut reading.faults);
    tree::find_parents(world, &new, &mut reading.faults);
    Ok(())
}

fn key_of((at, unit): (usize, &Unit)) -> Option<((String, Option<Date>), usize)> {
    Some(((unit.code.clone()?, unit.valid_from), at))
}

fn parse(row: &Row<'_, 7>, faults: &mut Faults) -> Option<Unit> {
    let (code, name) = (row.filled(CODE, faults), row.filled(NAME, faults).map(tidy));
    let class = row.parse(CLASS, faults, |text| if text.is_empty() { Ok(UnitClass::Area) } else { choice(text) });
    let from = row.parse(FROM, faults, |text| optional(text, day));
    let to = row.parse(TO, faults, |text| optional(text, day));
    let (code, name, class, valid_from, valid_to) = (code?, name?, class?, from?, to?);
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && to < from
    {
        faults.push(row.fault(TO, What::EndsBefore(from.to_string())));
        return None;
    }
    Some(Unit {
        id: domain::id::Id::new(0),
        code: Some(code.to_owned()),
        kind: tidy(row.text(KIND)),
        class,
        parent: None,
        parent_code: Some(row.text(PARENT).to_owned()).filter(|parent| !parent.is_empty()),
        valid_from,
        valid_to,
        folded: fold(&name),
        sort_key: sort_key(&name),
        name,
    })
}

/// The column in which a row differs from the ledger's unit, and what stands in the ledger.
fn difference(row: &Unit, standing: &Unit, world: &World) -> Option<(&'static str, String)> {
    let parent_code = |unit: &Unit| match (&unit.parent_code, unit.parent) {
        (Some(code), _) => Some(code.clone()),
        // Added by hand, with its parent's id alone.
        (None, Some(parent)) => world.units.iter().find(|unit| unit.id == parent).and_then(|unit| unit.code.clone()),
        (None, None) => None,
    };
    let days = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    if row.name != standing.name {
        Some(("name", standing.name.clone()))
    } else if row.kind != standing.kind {
        Some(("kind", standing.kind.clone()))
    } else if row.class != standing.class {
        Some(("class", domain::code::Coded::code(standing.class).to_owned()))
    } else if row.valid_to != standing.valid_to {
        Some(("valid_to", days(standing.valid_to)))
    } else if row.parent_code != parent_code(standing) {
        Some(("parent", parent_code(standing).unwrap_or_default()))
    } else {
        None
    }
}
