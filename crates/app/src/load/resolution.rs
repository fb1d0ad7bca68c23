//! `resolutions.csv`: who promised for which years, and how groups are judged.

use std::collections::HashMap;

use domain::code::Coded;
use domain::fold::tidy;
use domain::id::Id;
use domain::resolution::{Bands, GroupRule, Resolution};
use jiff::civil::Date;

use super::bearers::span_of;
use super::fault::{Faults, Place, What};
use super::field::{choice, day, optional};
use super::sheet::{FileShape, Row, each};
use super::world::World;
use super::{LoadFault, Reading, unit};

const CODE: usize = 0;
const NAME: usize = 1;
const SYMBOL: usize = 2;
const ISSUED_ON: usize = 3;
const ISSUED_BY: usize = 4;
const UNIT: usize = 5;
const FROM: usize = 6;
const TO: usize = 7;
const GROUP_RULE: usize = 8;
const BANDS: usize = 9;
const FROM_BASELINE: usize = 10;
/// The file.
pub const FILE: FileShape<11> = FileShape {
    name: "resolutions.csv",
    columns: ["code", "name", "symbol", "issued_on", "issued_by", "unit", "from", "to", "group_rule", "bands", "from_baseline"],
    needed: 1,
};

/// Reads the file.
pub fn read(reading: &mut Reading<'_, '_>, world: &mut World) -> Result<(), LoadFault> {
    let mut codes: HashMap<String, u64> = HashMap::new();
    each(reading, &FILE, |row, faults, _| {
        let Some(resolution) = parse(row, world, faults) else {
            world.spoil(FILE.name, row.text(CODE));
            return;
        };
        if let Some(first) = codes.insert(resolution.code.clone(), row.line) {
            faults.push(row.fault(CODE, What::KeyTwice(Place::Line(first))));
            return;
        }
        match world.resolutions.get(&resolution.code).map(|standing| difference(&resolution, standing, world)) {
            Some(Some((column, value))) => faults.push(row.fault(CODE, What::KnownKey(column, value))),
            Some(None) => world.count(FILE.name, false),
            None => {
                let resolution = Resolution { id: world.ids.next(), ..resolution };
                world.count(FILE.name, true);
                world.resolutions.insert(resolution.code.clone(), resolution.clone());
                world.new_resolutions.push(resolution);
            }
        }
    })?;
    link_groups(world);
    Ok(())
}

fn parse(row: &Row<'_, 11>, world: &mut World, faults: &mut Faults) -> Option<Resolution> {
    let code = row.filled(CODE, faults);
    let issued_on = row.parse(ISSUED_ON, faults, |text| optional(text, day));
    let from = row.parse(FROM, faults, |text| optional(text, day));
    let to = row.parse(TO, faults, |text| optional(text, day));
    let rule = row.parse(GROUP_RULE, faults, |text| if text.is_empty() { Ok(GroupRule::Mean) } else { choice(text) });
    let bands =
        row.parse(BANDS, faults, |text| if text.is_empty() { Ok(Bands::default()) } else { text.parse().map_err(|_| What::NoBands) });
    let from_baseline = row.parse(FROM_BASELINE, faults, |text| match text {
        "" | "no" => Ok(false),
        "yes" => Ok(true),
        _ => Err(What::NoChoice("yes, no".to_owned())),
    });
    let (code, issued_on, valid_from, valid_to) = (code?, issued_on?, from?, to?);
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && to < from
    {
        faults.push(row.fault(TO, What::EndsBefore(from.to_string())));
        return None;
    }
    let unit = match row.text(UNIT) {
        "" => None,
        of => {
            let found = world.bearers.first_within(of, span_of(valid_from, valid_to)).and_then(|at| world.unit_id(at));
            if found.is_none() && !world.is_spoiled(unit::FILE.name, of) {
                faults.push(row.fault(UNIT, world.why_nobody(of)));
            }
            Some(found?)
        }
    };
    let (group_rule, bands, from_baseline) = (rule?, bands?, from_baseline?);
    let issued_by = tidy(row.text(ISSUED_BY));
    let on = issued_on.or(valid_from);
    let issuer = world.who(&issued_by, on, on).0.and_then(|at| world.unit_id(at));
    let name = tidy(row.text(NAME));
    Some(Resolution {
        id: Id::new(0),
        code: code.to_owned(),
        name: if name.is_empty() { code.to_owned() } else { name },
        symbol: Some(tidy(row.text(SYMBOL))).filter(|symbol| !symbol.is_empty()),
        issued_on,
        issued_by,
        issuer,
        unit,
        valid_from,
        valid_to,
        group_rule,
        bands,
        from_baseline,
        document: None,
    })
}

/// The column in which a row differs from the ledger's resolution, and what stands there.
fn difference(row: &Resolution, standing: &Resolution, world: &World) -> Option<(&'static str, String)> {
    let told = |resolution: &Resolution| {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let unit = world.units.iter().find(|unit| Some(unit.id) == resolution.unit);
        let from_baseline = if resolution.from_baseline { "yes" } else { "no" };
        [
            ("name", resolution.name.clone()),
            ("symbol", resolution.symbol.clone().unwrap_or_default()),
            ("issued_on", day(resolution.issued_on)),
            ("issued_by", resolution.issued_by.clone()),
            ("unit", unit.map_or_else(String::new, |unit| unit.code.as_ref().unwrap_or(&unit.name).clone())),
            ("from", day(resolution.valid_from)),
            ("to", day(resolution.valid_to)),
            ("group_rule", resolution.group_rule.code().to_owned()),
            ("bands", resolution.bands.to_string()),
            ("from_baseline", from_baseline.to_owned()),
        ]
    };
    told(row).into_iter().zip(told(standing)).find(|(new, old)| new.1 != old.1).map(|(_, old)| old)
}

/// Groups that came before their resolution have it now.
fn link_groups(world: &mut World) {
    for resolution in &world.new_resolutions {
        for group in world.groups.values_mut().filter(|group| group.resolution.is_none() && group.resolution_code == resolution.code) {
            let old = group.clone();
            group.resolution = Some(resolution.id);
            world.linked_groups.push((old, group.clone()));
        }
    }
    world.linked_groups.sort_by_key(|(group, _)| group.id);
}
