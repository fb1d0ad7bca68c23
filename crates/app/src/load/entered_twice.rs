//! Numbers that stand at a unit and below it as well: a board adds both. Loaded all the same, since one of them may be meant to be
//! withdrawn, and said.

use std::collections::{HashMap, HashSet};

use domain::indicator::AreaRule;
use domain::period::Period;
use store::load::LoadSnapshot;

use super::LoadFault;
use super::fault::{Fault, Faults, Place, What};
use super::measurement::{FILE, Measurements, Standing};
use super::world::World;

/// Levels of a tree: the country, provinces, districts, communes, villages, and as many again.
const LEVELS_MAX: usize = 10;

/// An indicator and a unit, by their places in the world.
type Number = (u32, u32);

/// Notes each new number that stands at a unit and below it, at both.
pub async fn warn(
    world: &World,
    measurements: &Measurements,
    standing: &Standing,
    snapshot: &mut LoadSnapshot,
    warnings: &mut Faults,
) -> Result<(), LoadFault> {
    let pairs = pairs(world, measurements, standing);
    if pairs.is_empty() {
        return Ok(());
    }
    let asked: HashSet<Number> = pairs.iter().flat_map(|(indicator, lower, upper)| [(*indicator, *lower), (*indicator, *upper)]).collect();
    let mut periods: HashMap<Number, Vec<(Period, Place)>> = HashMap::new();
    for (row, line) in measurements.new_rows().filter(|(row, _)| row.has_value()) {
        if asked.contains(&(row.indicator, row.unit)) {
            periods.entry((row.indicator, row.unit)).or_default().push((row.period, Place::Line(line)));
        }
    }
    if asked.iter().any(|number| standing.contains(number)) {
        let units: HashMap<_, u32> = (0..).zip(&world.units).map(|(at, unit)| (unit.id, at)).collect();
        let indicators: HashMap<_, u32> = (0..).zip(&world.indicators).map(|(at, indicator)| (indicator.id, at)).collect();
        snapshot
            .measurements(&mut |row, _| {
                let (Some(unit), Some(indicator)) = (units.get(&row.unit), indicators.get(&row.indicator)) else { return };
                if row.value.is_some() && asked.contains(&(*indicator, *unit)) {
                    periods.entry((*indicator, *unit)).or_default().push((row.period, Place::Ledger));
                }
            })
            .await?;
    }
    for (indicator, lower, upper) in pairs {
        note(world, &periods, (indicator, lower, upper), warnings);
    }
    Ok(())
}

/// Numbers of a unit and of one above it, of which at least one is new; whether their times overlap is asked later.
fn pairs(world: &World, measurements: &Measurements, standing: &Standing) -> Vec<(u32, u32, u32)> {
    let rolls_up = |indicator: u32| world.indicators.get(indicator as usize).is_some_and(|found| found.area_rule != AreaRule::None);
    let new: HashSet<Number> = measurements
        .new_rows()
        .filter(|(row, _)| row.has_value() && rolls_up(row.indicator))
        .map(|(row, _)| (row.indicator, row.unit))
        .collect();
    let mut above: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut found = Vec::new();
    for (indicator, lower) in new.iter().chain(standing.iter().filter(|number| !new.contains(number))) {
        for upper in above.entry(*lower).or_insert_with(|| units_above(world, *lower)) {
            let number = (*indicator, *upper);
            let (is_new, stands) = (new.contains(&number), standing.contains(&number));
            if (is_new || (stands && new.contains(&(*indicator, *lower)))) && rolls_up(*indicator) {
                found.push((*indicator, *lower, *upper));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Every unit that was above another one on some day.
fn units_above(world: &World, unit: u32) -> Vec<u32> {
    let (mut found, mut level) = (Vec::new(), vec![unit]);
    for _ in 0..LEVELS_MAX {
        let codes = level.iter().filter_map(|at| world.units.get(*at as usize)?.parent_code.as_deref());
        let parents = codes.flat_map(|code| world.bearers.of(code)).filter_map(|bearer| u32::try_from(bearer.unit).ok());
        let next: Vec<u32> = parents.filter(|parent| !found.contains(parent)).collect();
        if next.is_empty() {
            break;
        }
        found.extend(&next);
        level = next;
    }
    found
}

fn note(world: &World, periods: &HashMap<Number, Vec<(Period, Place)>>, (indicator, lower, upper): (u32, u32, u32), warnings: &mut Faults) {
    let of = |unit| periods.get(&(indicator, unit)).map_or(&[][..], Vec::as_slice);
    let overlap = |one: Period, other: Period| one.first_day() <= other.last_day() && other.first_day() <= one.last_day();
    let both = of(lower).iter().find_map(|below| {
        let is_below = stands_below(world, lower, upper, below.0);
        of(upper).iter().find(|above| is_below && overlap(below.0, above.0)).map(|above| (*below, *above))
    });
    let Some(((period_below, place_below), (period_above, place_above))) = both else { return };
    let name = |unit: u32| world.units.get(unit as usize).map_or_else(String::new, |unit| unit.name.clone());
    let code = world.indicators.get(indicator as usize).map_or_else(String::new, |indicator| indicator.code.clone());
    for (unit, place, other, other_period) in [(lower, place_below, upper, period_above), (upper, place_above, lower, period_below)] {
        let line = if let Place::Line(line) = place { Some(line) } else { None };
        let what = What::EnteredTwice(format!("{} ({other_period})", name(other)));
        let value = format!("{code}, {}", name(unit));
        warnings.push(Fault { file: FILE.name, line, column: None, value, what });
    }
}

/// Whether one unit lies below another on the last day of a period.
fn stands_below(world: &World, lower: u32, upper: u32, period: Period) -> bool {
    let (mut at, day) = (lower as usize, period.last_day());
    for _ in 0..LEVELS_MAX {
        let parent = world.units.get(at).and_then(|unit| world.bearers.at(unit.parent_code.as_deref()?, day));
        match parent {
            Some(parent) if parent == upper as usize => return true,
            Some(parent) => at = parent,
            None => return false,
        }
    }
    false
}
