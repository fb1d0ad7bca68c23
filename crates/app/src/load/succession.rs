//! `successions.csv`: which unit followed which, and with what share.

use std::collections::HashMap;

use domain::fold::tidy;
use domain::id::Id;
use domain::unit::{Succession, Unit};
use jiff::civil::Date;

use super::fault::{Fault, Faults, Place, What};
use super::field::{WHOLE_MILLIONTHS, day, optional, printed_share, share};
use super::sheet::{FileShape, Row, each};
use super::world::World;
use super::{LoadFault, Reading, unit};

const FROM: usize = 0;
const TO: usize = 1;
const ON: usize = 2;
const ACT: usize = 3;
const SHARE: usize = 4;
/// The file.
pub const FILE: FileShape<5> = FileShape { name: "successions.csv", columns: ["from", "to", "on", "act", "share"], needed: 3 };

/// Reads the file.
pub fn read(reading: &mut Reading<'_, '_>, world: &mut World) -> Result<(), LoadFault> {
    let mut keys: HashMap<(String, String, Date), u64> = HashMap::new();
    let known: HashMap<(Id<Unit>, Id<Unit>, Date), Succession> =
        world.successions.iter().map(|standing| ((standing.from_unit, standing.to_unit, standing.on_day), standing.clone())).collect();
    let mut lines = Vec::new();
    each(reading, &FILE, |row, faults, _| {
        let Some(succession) = parse(row, world, faults) else { return };
        let key = (row.text(FROM).to_owned(), row.text(TO).to_owned(), succession.on_day);
        if let Some(first) = keys.insert(key, row.line) {
            faults.push(row.fault(FROM, What::KeyTwice(Place::Line(first))));
            return;
        }
        match known.get(&(succession.from_unit, succession.to_unit, succession.on_day)) {
            Some(standing) if standing.act != succession.act => {
                faults.push(row.fault(FROM, What::KnownKey("act", standing.act.clone())));
            }
            Some(standing) if standing.share_millionths != succession.share_millionths => {
                let share = standing.share_millionths.map_or_else(String::new, printed_share);
                faults.push(row.fault(FROM, What::KnownKey("share", share)));
            }
            Some(_) => world.count(FILE.name, false),
            None => {
                let succession = Succession { id: world.ids.next(), ..succession };
                lines.push((row.line, row.text(FROM).to_owned(), succession.from_unit, succession.on_day));
                world.count(FILE.name, true);
                world.new_successions.push(succession);
            }
        }
    })?;
    world.successions.extend(world.new_successions.iter().cloned());
    check_shares(world, &lines, &mut reading.warnings);
    Ok(())
}

fn parse(row: &Row<'_, 5>, world: &World, faults: &mut Faults) -> Option<Succession> {
    let (from, to) = (row.filled(FROM, faults), row.filled(TO, faults));
    let on = row.parse(ON, faults, day);
    let share_millionths = row.parse(SHARE, faults, |text| optional(text, share));
    let (from, to, on_day) = (from?, to?, on?);
    let bearer = |code: &str, day: Option<Date>| day.and_then(|day| world.bearers.at(code, day)).and_then(|at| world.unit_id(at));
    let (from_unit, to_unit) = (bearer(from, on_day.yesterday().ok()), bearer(to, Some(on_day)));
    for (column, code, found) in [(FROM, from, from_unit), (TO, to, to_unit)] {
        if found.is_none() && !world.is_spoiled(unit::FILE.name, code) {
            faults.push(row.fault(column, world.why_nobody(code)));
        }
    }
    let (from_unit, to_unit, share_millionths) = (from_unit?, to_unit?, share_millionths?);
    Some(Succession { id: Id::new(0), from_unit, to_unit, on_day, act: tidy(row.text(ACT)), share_millionths })
}

/// The known shares of one unit on one day are parts of it. Together more than the whole is computed as it stands, and worth a look.
fn check_shares(world: &World, lines: &[(u64, String, Id<Unit>, Date)], warnings: &mut Faults) {
    let mut sums: HashMap<(Id<Unit>, Date), i64> = HashMap::new();
    for succession in &world.successions {
        *sums.entry((succession.from_unit, succession.on_day)).or_default() += succession.share_millionths.unwrap_or_default();
    }
    for (line, code, from_unit, on_day) in lines {
        let sum = sums.get(&(*from_unit, *on_day)).copied().unwrap_or_default();
        if sum > WHOLE_MILLIONTHS {
            let what = What::SharesAboveOne(printed_share(sum));
            warnings.push(Fault { file: FILE.name, line: Some(*line), column: Some("share"), value: code.clone(), what });
        }
    }
}
