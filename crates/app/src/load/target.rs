//! `targets.csv`: what was assigned to whom for which span. Another row of a known key is a revision.

use std::collections::HashMap;

use domain::fold::tidy;
use domain::id::Id;
use domain::target::Target;

use super::bearers::span_of;
use super::fault::{Faults, What};
use super::field::{day, number, optional};
use super::sheet::{FileShape, Row, each};
use super::world::World;
use super::{LoadFault, Reading, indicator, unit};

const UNIT: usize = 0;
const INDICATOR: usize = 1;
const VALUE: usize = 2;
const VALUE_TO: usize = 3;
const FROM: usize = 4;
const TO: usize = 5;
const ASSIGNED_BY: usize = 6;
const BASELINE: usize = 7;
const BASELINE_ON: usize = 8;
const KNOWN_ON: usize = 9;
/// The file.
pub const FILE: FileShape<10> = FileShape {
    name: "targets.csv",
    columns: ["unit", "indicator", "value", "value_to", "from", "to", "assigned_by", "baseline", "baseline_on", "known_on"],
    needed: 3,
};

/// Reads the file.
pub fn read(reading: &mut Reading<'_, '_>, world: &mut World) -> Result<(), LoadFault> {
    let mut standing: HashMap<String, usize> = HashMap::new();
    for target in &world.known_targets {
        *standing.entry(told(target)).or_default() += 1;
    }
    let today = reading.today;
    each(reading, &FILE, |row, faults, warnings| {
        let Some(target) = parse(row, world, faults) else { return };
        if let Some(count) = standing.get_mut(&told(&target)).filter(|count| **count > 0) {
            *count -= 1;
            world.count(FILE.name, false);
            return;
        }
        if target.known_on.is_some_and(|known_on| known_on > today) {
            warnings.push(row.fault(KNOWN_ON, What::Future));
        }
        world.new_targets.push(Target { load: Some(world.load), line: i64::try_from(row.line).ok(), ..target });
    })?;
    Ok(())
}

/// Everything that a file says of a target, as one text.
fn told(target: &Target) -> String {
    format!(
        "{:?}",
        (
            (target.unit, target.indicator, target.valid_from, target.valid_to, &target.assigned_by, target.assigner),
            (target.value, target.value_to, target.baseline, target.baseline_on, target.known_on),
        )
    )
}

fn parse(row: &Row<'_, 10>, world: &mut World, faults: &mut Faults) -> Option<Target> {
    let (code, indicator_code) = (row.filled(UNIT, faults), row.filled(INDICATOR, faults));
    let from = row.parse(FROM, faults, |text| optional(text, day));
    let to = row.parse(TO, faults, |text| optional(text, day));
    let baseline_on = row.parse(BASELINE_ON, faults, |text| optional(text, day));
    let known_on = row.parse(KNOWN_ON, faults, |text| optional(text, day));
    let indicator_code = indicator_code?;
    let indicator = world.indicator_codes.get(indicator_code).and_then(|at| world.indicators.get(*at));
    let Some((indicator, decimals)) = indicator.map(|indicator| (indicator.id, indicator.decimals)) else {
        if !world.is_spoiled(indicator::FILE.name, indicator_code) {
            faults.push(row.fault(INDICATOR, What::UnknownIndicator));
        }
        return None;
    };
    let scaled = |text: &str| optional(text, |text| number(text, decimals));
    let (value, value_to) = (row.parse(VALUE, faults, scaled), row.parse(VALUE_TO, faults, scaled));
    let baseline = row.parse(BASELINE, faults, scaled);
    let (code, valid_from, valid_to, value, value_to) = (code?, from?, to?, value?, value_to?);
    if let (Some(first), Some(last)) = (valid_from, valid_to)
        && last < first
    {
        faults.push(row.fault(TO, What::EndsBefore(first.to_string())));
        return None;
    }
    if let (Some(lower), Some(upper)) = (value, value_to)
        && upper < lower
    {
        faults.push(row.fault(VALUE_TO, What::BelowValue(row.text(VALUE).to_owned())));
        return None;
    }
    let Some(unit) = world.bearers.first_within(code, span_of(valid_from, valid_to)).and_then(|at| world.unit_id(at)) else {
        if !world.is_spoiled(unit::FILE.name, code) {
            faults.push(row.fault(UNIT, world.why_nobody(code)));
        }
        return None;
    };
    let (baseline, baseline_on, known_on) = (baseline?, baseline_on?, known_on?);
    let assigned_by = tidy(row.text(ASSIGNED_BY));
    let assigner = world.who(&assigned_by, valid_from, valid_to).0.and_then(|at| world.unit_id(at));
    Some(Target {
        id: Id::new(0),
        unit,
        indicator,
        valid_from,
        valid_to,
        assigned_by,
        assigner,
        value,
        value_to,
        baseline,
        baseline_on,
        known_on,
        load: None,
        line: None,
    })
}
