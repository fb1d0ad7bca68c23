//! `groups.csv`: the numbered groups of targets of each resolution.

use std::collections::HashMap;

use domain::fold::tidy;
use domain::group::Group;
use domain::id::Id;

use super::fault::{Faults, Place, What};
use super::field::weight;
use super::sheet::{FileShape, Row, each};
use super::world::World;
use super::{LoadFault, Reading, resolution};

const RESOLUTION: usize = 1;
const CODE: usize = 0;
const NAME: usize = 2;
const WEIGHT: usize = 3;
/// The file.
pub const FILE: FileShape<4> = FileShape { name: "groups.csv", columns: ["code", "resolution", "name", "weight"], needed: 1 };

/// Reads the file.
pub fn read(reading: &mut Reading<'_, '_>, world: &mut World) -> Result<(), LoadFault> {
    let mut codes: HashMap<String, u64> = HashMap::new();
    each(reading, &FILE, |row, faults, warnings| {
        let Some(group) = parse(row, world, faults, warnings) else {
            world.spoil(FILE.name, row.text(CODE));
            return;
        };
        if let Some(first) = codes.insert(group.code.clone(), row.line) {
            faults.push(row.fault(CODE, What::KeyTwice(Place::Line(first))));
            return;
        }
        match world.groups.get(&group.code).map(|standing| difference(&group, standing)) {
            Some(Some((column, value))) => faults.push(row.fault(CODE, What::KnownKey(column, value))),
            Some(None) => world.count(FILE.name, false),
            None => {
                let group = Group { id: world.ids.next(), ..group };
                world.count(FILE.name, true);
                world.groups.insert(group.code.clone(), group.clone());
                world.new_groups.push(group);
            }
        }
    })?;
    Ok(())
}

fn parse(row: &Row<'_, 4>, world: &World, faults: &mut Faults, warnings: &mut Faults) -> Option<Group> {
    let (code, weight) = (row.filled(CODE, faults), row.parse(WEIGHT, faults, weight));
    let resolution_code = row.text(RESOLUTION);
    let resolution = world.resolutions.get(resolution_code).map(|resolution| resolution.id);
    // A resolution that is not described has the default rules; beside others that are it may be a slip.
    let is_odd = resolution.is_none() && !resolution_code.is_empty() && !world.resolutions.is_empty();
    if is_odd && !world.is_spoiled(resolution::FILE.name, resolution_code) {
        warnings.push(row.fault(RESOLUTION, What::UnknownResolution));
    }
    let (code, name) = (code?, tidy(row.text(NAME)));
    Some(Group {
        id: Id::new(0),
        resolution,
        resolution_code: resolution_code.to_owned(),
        code: code.to_owned(),
        name: if name.is_empty() { code.to_owned() } else { name },
        weight: weight?,
    })
}

/// The column in which a row differs from the ledger's group, and what stands there.
fn difference(row: &Group, standing: &Group) -> Option<(&'static str, String)> {
    if row.resolution_code != standing.resolution_code {
        Some(("resolution", standing.resolution_code.clone()))
    } else if row.name != standing.name {
        Some(("name", standing.name.clone()))
    } else if row.weight != standing.weight {
        Some(("weight", standing.weight.to_string()))
    } else {
        None
    }
}
