//! `indicators.csv`: what is measured, and by which rules it is put together.

use std::collections::HashMap;

use domain::code::Coded;
use domain::fold::{fold, tidy};
use domain::group::Group;
use domain::id::Id;
use domain::indicator::{DECIMALS_MAX, Indicator};

use super::fault::{Faults, Place, What};
use super::field::{choice, weight, whole_number};
use super::sheet::{FileShape, Row, each};
use super::world::World;
use super::{LoadFault, Reading, group};

const CODE: usize = 0;
const DIRECTION: usize = 1;
const RULE_AREA: usize = 2;
const RULE_PERIOD: usize = 3;
const NAME: usize = 4;
const UNIT: usize = 5;
const DECIMALS: usize = 6;
const GROUP: usize = 7;
const WEIGHT: usize = 8;
/// The file.
pub const FILE: FileShape<9> = FileShape {
    name: "indicators.csv",
    columns: ["code", "direction", "rule_area", "rule_period", "name", "unit", "decimals", "group", "weight"],
    needed: 4,
};

/// Reads the file.
pub fn read(reading: &mut Reading<'_, '_>, world: &mut World) -> Result<(), LoadFault> {
    let mut codes: HashMap<String, u64> = HashMap::new();
    each(reading, &FILE, |row, faults, _| {
        let Some(indicator) = parse(row, world, faults) else {
            world.spoil(FILE.name, row.text(CODE));
            return;
        };
        if let Some(first) = codes.insert(indicator.code.clone(), row.line) {
            faults.push(row.fault(CODE, What::KeyTwice(Place::Line(first))));
            return;
        }
        let standing = world.indicator_codes.get(&indicator.code).and_then(|at| world.indicators.get(*at));
        match standing.map(|standing| difference(&indicator, standing, &world.groups)) {
            Some(Some((column, value))) => faults.push(row.fault(CODE, What::KnownKey(column, value))),
            Some(None) => world.count(FILE.name, false),
            None => {
                let indicator = Indicator { id: world.ids.next(), ..indicator };
                world.count(FILE.name, true);
                world.indicator_codes.insert(indicator.code.clone(), world.indicators.len());
                world.indicators.push(indicator.clone());
                world.new_indicators.push(indicator);
            }
        }
    })?;
    Ok(())
}

fn parse(row: &Row<'_, 9>, world: &World, faults: &mut Faults) -> Option<Indicator> {
    let code = row.filled(CODE, faults);
    let decimals = row.parse(DECIMALS, faults, |text| {
        let decimals = if text.is_empty() { 0 } else { whole_number(text)? };
        if (0..=DECIMALS_MAX).contains(&decimals) { Ok(decimals) } else { Err(What::DecimalsRange(DECIMALS_MAX)) }
    });
    let direction = row.parse(DIRECTION, faults, choice);
    let area_rule = row.parse(RULE_AREA, faults, choice);
    let period_rule = row.parse(RULE_PERIOD, faults, choice);
    let weight = row.parse(WEIGHT, faults, weight);
    let group_code = row.text(GROUP);
    let group = world.groups.get(group_code).map(|group| group.id);
    if group.is_none() && !group_code.is_empty() {
        if !world.is_spoiled(group::FILE.name, group_code) {
            faults.push(row.fault(GROUP, What::UnknownGroup));
        }
        return None;
    }
    let (code, name) = (code?, tidy(row.text(NAME)));
    let name = if name.is_empty() { code.to_owned() } else { name };
    Some(Indicator {
        id: Id::new(0),
        code: code.to_owned(),
        folded: fold(&name),
        name,
        // As given: a ratio in exactly `%` is counted in hundredths.
        unit_of_measure: row.text(UNIT).to_owned(),
        decimals: decimals?,
        direction: direction?,
        area_rule: area_rule?,
        period_rule: period_rule?,
        group,
        weight: weight?,
    })
}

/// The column in which a row differs from the ledger's indicator, and what stands there.
fn difference(row: &Indicator, standing: &Indicator, groups: &HashMap<String, Group>) -> Option<(&'static str, String)> {
    let group = || groups.values().find(|group| Some(group.id) == standing.group).map_or_else(String::new, |group| group.code.clone());
    if row.name != standing.name {
        Some(("name", standing.name.clone()))
    } else if row.unit_of_measure != standing.unit_of_measure {
        Some(("unit", standing.unit_of_measure.clone()))
    } else if row.decimals != standing.decimals {
        Some(("decimals", standing.decimals.to_string()))
    } else if row.direction != standing.direction {
        Some(("direction", standing.direction.code().to_owned()))
    } else if row.area_rule != standing.area_rule {
        Some(("rule_area", standing.area_rule.code().to_owned()))
    } else if row.period_rule != standing.period_rule {
        Some(("rule_period", standing.period_rule.code().to_owned()))
    } else if row.group != standing.group {
        Some(("group", group()))
    } else if row.weight != standing.weight {
        Some(("weight", standing.weight.to_string()))
    } else {
        None
    }
}
