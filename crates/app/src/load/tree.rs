//! Whether units fit together over time: one bearer of a code on a day and no day without one between two bearers, a parent in
//! each unit's time, and nobody above itself.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::bearers::{Bearer, UnitAt, printed_span, span_of};
use super::fault::{Fault, Faults, What};
use super::unit::{FILE, NewUnit};
use super::world::World;

/// Looks at the time of each code that the file touches.
pub fn check_codes(world: &World, new: &[NewUnit], faults: &mut Faults) {
    let lines: HashMap<UnitAt, u64> = new.iter().map(|unit| (unit.at, unit.line)).collect();
    let mut codes: Vec<(&str, &[Bearer])> = world.bearers.iter().filter(|(_, bearers)| bearers.len() > 1).collect();
    codes.sort_by_key(|(code, _)| *code);
    for (code, bearers) in codes {
        for (earlier, later) in bearers.iter().zip(bearers.iter().skip(1)) {
            // The fault stands at the row of the file, the later one of two.
            let (row, other) = if lines.contains_key(&later.unit) { (later, earlier) } else { (earlier, later) };
            let (Some(line), Some(place)) = (lines.get(&row.unit), world.unit_places.get(other.unit)) else { continue };
            let fault = |what| Fault { file: FILE.name, line: Some(*line), column: Some("code"), value: code.to_owned(), what };
            if later.first <= earlier.last {
                let both = printed_span(later.first, earlier.last.min(later.last));
                faults.push(fault(What::Overlap(*place, both)));
            } else if let (Ok(begin), Ok(end)) = (earlier.last.tomorrow(), later.first.yesterday())
                && begin <= end
                // A bearer may stand between them whose own row does not fit.
                && !world.is_spoiled(FILE.name, code)
            {
                faults.push(fault(What::Gap(*place, printed_span(begin, end))));
            }
        }
    }
}

/// Gives each new unit its parent: who bears the parent's code on the unit's last day, else the newest that bore it in its time.
pub fn find_parents(world: &mut World, new: &[NewUnit], faults: &mut Faults) {
    for row in new {
        let Some(unit) = world.units.get(row.at) else { continue };
        let Some(code) = unit.parent_code.clone() else { continue };
        let span = span_of(unit.valid_from, unit.valid_to);
        match world.bearers.last_within(&code, span).and_then(|at| world.unit_id(at)) {
            Some(parent) => {
                if let Some(unit) = world.units.get_mut(row.at) {
                    unit.parent = Some(parent);
                }
            }
            None if world.is_spoiled(FILE.name, &code) => {}
            None => {
                let what = world.why_nobody(&code);
                faults.push(Fault { file: FILE.name, line: Some(row.line), column: Some("parent"), value: code, what });
            }
        }
    }
    check_cycles(world, new, faults);
}

/// Names each unit of the file that is above itself on some day.
fn check_cycles(world: &World, new: &[NewUnit], faults: &mut Faults) {
    let suspects = codes_in_circles(world);
    if suspects.is_empty() {
        return;
    }
    let is_suspect = |at: &UnitAt| world.units.get(*at).and_then(|unit| unit.code.as_ref()).is_some_and(|code| suspects.contains(code));
    let (rows, mut told): (Vec<&NewUnit>, HashSet<UnitAt>) = (new.iter().filter(|row| is_suspect(&row.at)).collect(), HashSet::new());
    for day in days_of_change(world, &suspects) {
        for row in &rows {
            if told.contains(&row.at) {
                continue;
            }
            if let Some(chain) = circle(world, row.at, day) {
                told.insert(row.at);
                let value = world.units.get(row.at).and_then(|unit| unit.code.clone()).unwrap_or_default();
                let since = if day == Date::MIN { String::new() } else { format!(" ({day})") };
                let what = What::Cycle(format!("{}{since}", chain.join(" → ")));
                faults.push(Fault { file: FILE.name, line: Some(row.line), column: Some("parent"), value, what });
            }
        }
    }
}

/// Codes that may be above themselves: what is left when codes without a suspect parent are taken away again and again.
fn codes_in_circles(world: &World) -> HashSet<String> {
    let mut above: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut below: HashMap<&str, Vec<&str>> = HashMap::new();
    for unit in &world.units {
        if let (Some(code), Some(parent)) = (&unit.code, &unit.parent_code) {
            above.entry(code).or_default().insert(parent);
            below.entry(parent).or_default().push(code);
        }
    }
    let mut left: HashMap<&str, usize> = above.iter().map(|(code, parents)| (*code, parents.len())).collect();
    let mut free: Vec<&str> = below.keys().copied().filter(|code| !left.contains_key(code)).collect();
    let mut taken: HashSet<(&str, &str)> = HashSet::new();
    while let Some(parent) = free.pop() {
        for code in below.get(parent).into_iter().flatten() {
            if taken.insert((*code, parent))
                && let Some(count) = left.get_mut(code)
            {
                *count -= 1;
                if *count == 0 {
                    left.remove(code);
                    free.push(code);
                }
            }
        }
    }
    left.into_keys().map(str::to_owned).collect()
}

/// The first days on which the tree over these codes is another one than before.
fn days_of_change(world: &World, codes: &HashSet<String>) -> BTreeSet<Date> {
    let bearers = codes.iter().flat_map(|code| world.bearers.of(code));
    bearers.flat_map(|bearer| [Some(bearer.first), bearer.last.tomorrow().ok()]).flatten().collect()
}

/// The codes from a unit up to itself, where the way up leads there on a day.
fn circle(world: &World, from: UnitAt, day: Date) -> Option<Vec<String>> {
    let (mut at, mut chain, mut seen) = (from, Vec::new(), HashSet::new());
    while seen.insert(at) {
        let unit = world.units.get(at).filter(|unit| unit.exists_on(Some(day)))?;
        chain.push(unit.code.clone()?);
        at = world.bearers.at(unit.parent_code.as_ref()?, day)?;
        if at == from {
            chain.push(world.units.get(from)?.code.clone()?);
            return Some(chain);
        }
    }
    None
}
