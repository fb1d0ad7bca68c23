//! `measurements.csv`: numbers by the million, held in 40 bytes each until all are checked. Another row of a known key is a
//! revision, one without a value withdraws.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use domain::id::Id;
use domain::indicator::{Indicator, PeriodRule};
use domain::measurement::{Arrival, Measurement};
use domain::period::Period;
use domain::unit::Unit;
use jiff::civil::Date;
use store::load::LoadSnapshot;

use super::fault::{Fault, Faults, What};
use super::field::{day, number, optional, whole_number};
use super::sheet::{FileShape, Row, each};
use super::world::World;
use super::{LoadFault, Reading, indicator, unit};

const UNIT: usize = 0;
const INDICATOR: usize = 1;
const PERIOD: usize = 2;
const KNOWN_ON: usize = 3;
const VALUE: usize = 4;
const WEIGHT: usize = 5;
const SOURCE: usize = 6;
/// The file.
pub const FILE: FileShape<7> =
    FileShape { name: "measurements.csv", columns: ["unit", "indicator", "period", "known_on", "value", "weight", "source"], needed: 5 };

/// Stands for a missing value or weight: no number of at most 18 digits.
const NONE: i64 = i64::MIN;
/// The end of a chain of rows.
const END: u32 = u32::MAX;

/// What tells one row from another, and its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Held {
    value: i64,
    weight: i64,
    /// The unit's place in the world.
    pub unit: u32,
    /// The indicator's place in the world.
    pub indicator: u32,
    /// What it is about.
    pub period: Period,
    /// The day it became known.
    pub known_on: Date,
    source: u32,
}

impl Held {
    /// Whether it gives a value, and does not withdraw one.
    pub const fn has_value(&self) -> bool {
        self.value != NONE
    }
}

/// The rows of the file.
#[derive(Debug, Default)]
pub struct Measurements {
    rows: Vec<Held>,
    lines: Vec<u32>,
    is_known: Vec<bool>,
    known: usize,
    sources: Vec<String>,
    source_places: HashMap<String, u32>,
    /// The id of the first new row.
    pub first_id: i64,
}

/// Which numbers stand in the ledger: the indicator and the unit, by their places in the world.
pub type Standing = HashSet<(u32, u32)>;

/// Reads the file.
pub fn read(reading: &mut Reading<'_, '_>, world: &World, measurements: &mut Measurements) -> Result<(), LoadFault> {
    each(reading, &FILE, |row, faults, _| {
        if let Some(held) = parse(row, world, measurements, faults) {
            measurements.rows.push(held);
            measurements.lines.push(u32::try_from(row.line).unwrap_or(u32::MAX));
        }
    })?;
    measurements.is_known = vec![false; measurements.rows.len()];
    Ok(())
}

fn parse(row: &Row<'_, 7>, world: &World, measurements: &mut Measurements, faults: &mut Faults) -> Option<Held> {
    let (code, indicator_code) = (row.filled(UNIT, faults), row.filled(INDICATOR, faults));
    let period = row.parse(PERIOD, faults, |text| match text {
        "" => Err(What::Missing),
        text => text.parse::<Period>().map_err(|_| What::NoPeriod),
    });
    let known_on = row.parse(KNOWN_ON, faults, |text| if text.is_empty() { Err(What::Missing) } else { day(text) });
    let indicator_code = indicator_code?;
    let Some(at) = world.indicator_codes.get(indicator_code).copied() else {
        if !world.is_spoiled(indicator::FILE.name, indicator_code) {
            faults.push(row.fault(INDICATOR, What::UnknownIndicator));
        }
        return None;
    };
    let indicator = world.indicators.get(at)?;
    let value = row.parse(VALUE, faults, |text| optional(text, |text| number(text, indicator.decimals)));
    let weight = row.parse(WEIGHT, faults, |text| weight(text, indicator, row.text(VALUE)));
    let (code, period, known_on, value, weight) = (code?, period?, known_on?, value?, weight?);
    let Some(unit) = world.bearers.last_within(code, (period.first_day(), period.last_day())) else {
        if !world.is_spoiled(unit::FILE.name, code) {
            faults.push(row.fault(UNIT, world.why_nobody(code)));
        }
        return None;
    };
    Some(Held {
        value: value.unwrap_or(NONE),
        weight: weight.unwrap_or(NONE),
        unit: u32::try_from(unit).ok()?,
        indicator: u32::try_from(at).ok()?,
        period,
        known_on,
        source: measurements.keep_source(row.text(SOURCE)),
    })
}

/// A ratio and a weighted mean need a weight above 0 where a value stands.
fn weight(text: &str, indicator: &Indicator, value: &str) -> Result<Option<i64>, What> {
    let weight = optional(text, whole_number)?;
    if indicator.area_rule.needs_weight() && !value.is_empty() && weight.is_none_or(|weight| weight <= 0) {
        return Err(What::WeightNeeded);
    }
    Ok(weight)
}

impl Measurements {
    /// Whether the file had no rows.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows are new.
    pub const fn new_count(&self) -> usize {
        self.rows.len() - self.known
    }

    /// How many rows the ledger has already.
    pub const fn known_count(&self) -> usize {
        self.known
    }

    /// The new rows with their lines.
    pub fn new_rows(&self) -> impl Iterator<Item = (&Held, u64)> {
        let rows = self.rows.iter().zip(&self.lines).zip(&self.is_known);
        rows.filter(|(_, is_known)| !**is_known).map(|((row, line), _)| (row, u64::from(*line)))
    }

    /// A text that many rows share is kept once; 0 stands for none.
    fn keep_source(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if let Some(place) = self.source_places.get(text) {
            return *place;
        }
        self.sources.push(text.to_owned());
        let place = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.source_places.insert(text.to_owned(), place);
        place
    }

    /// Marks the rows that the ledger has already, each as often as it has it; gives what stands there.
    pub async fn compare(&mut self, world: &World, snapshot: &mut LoadSnapshot) -> Result<Standing, LoadFault> {
        let units: HashMap<Id<Unit>, u32> = (0..).zip(&world.units).map(|(at, unit)| (unit.id, at)).collect();
        let indicators: HashMap<Id<Indicator>, u32> = (0..).zip(&world.indicators).map(|(at, indicator)| (indicator.id, at)).collect();
        let (mut index, mut standing) = (None, Standing::new());
        snapshot
            .measurements(&mut |row, source| {
                let (Some(unit), Some(indicator)) = (units.get(&row.unit), indicators.get(&row.indicator)) else { return };
                if row.value.is_some() {
                    standing.insert((*indicator, *unit));
                }
                if let Some(held) = self.held(&row, source.as_deref(), *unit, *indicator) {
                    let index = index.get_or_insert_with(|| Index::of(&self.rows));
                    if let Some(at) = index.take(&held, &self.rows)
                        && let Some(is_known) = self.is_known.get_mut(at)
                    {
                        *is_known = true;
                        self.known += 1;
                    }
                }
            })
            .await?;
        Ok(standing)
    }

    /// A row of the ledger as one of the file; absent where its source stands nowhere in the file.
    fn held(&self, row: &Arrival, source: Option<&str>, unit: u32, indicator: u32) -> Option<Held> {
        let source = match source {
            None => 0,
            Some(source) => *self.source_places.get(source)?,
        };
        let (value, weight) = (row.value.unwrap_or(NONE), row.weight.unwrap_or(NONE));
        Some(Held { value, weight, unit, indicator, period: row.period, known_on: row.known_on, source })
    }

    /// The new rows as the ledger keeps them, in the order of the file.
    pub fn records(&self, world: &World) -> impl Iterator<Item = Measurement> + Send {
        let given = |number: i64| Some(number).filter(|number| *number != NONE);
        let record = move |(id, (row, line)): (i64, (&Held, u64))| {
            let unit = world.unit_id(row.unit as usize)?;
            let indicator = world.indicators.get(row.indicator as usize)?.id;
            Some(Measurement {
                id: Id::new(id),
                unit,
                indicator,
                period: row.period,
                known_on: row.known_on,
                value: given(row.value),
                weight: given(row.weight),
                source: (row.source as usize).checked_sub(1).and_then(|at| self.sources.get(at)).cloned(),
                load: Some(world.load),
                line: i64::try_from(line).ok(),
                claim: None,
                passage: None,
                reason: None,
                entered_by: None,
                entered_at: None,
            })
        };
        (self.first_id..).zip(self.new_rows()).map_while(record)
    }
}

/// Where rows of equal content stand: chains of places by hash.
struct Index {
    hasher: RandomState,
    heads: HashMap<u64, u32>,
    next: Vec<u32>,
}

impl Index {
    fn of(rows: &[Held]) -> Self {
        let mut index = Self { hasher: RandomState::new(), heads: HashMap::with_capacity(rows.len()), next: vec![END; rows.len()] };
        // From the last to the first, so that each chain begins with the earliest row.
        for (at, row) in rows.iter().enumerate().rev() {
            let behind = index.heads.insert(index.hasher.hash_one(row), u32::try_from(at).unwrap_or(END));
            if let (Some(next), Some(behind)) = (index.next.get_mut(at), behind) {
                *next = behind;
            }
        }
        index
    }

    /// Takes the earliest row of this content out of its chain.
    fn take(&mut self, row: &Held, rows: &[Held]) -> Option<usize> {
        let hash = self.hasher.hash_one(row);
        let (mut before, mut at) = (None, *self.heads.get(&hash)?);
        while rows.get(at as usize)? != row {
            before = Some(at);
            at = *self.next.get(at as usize).filter(|next| **next != END)?;
        }
        let next = *self.next.get(at as usize)?;
        match before {
            Some(before) => *self.next.get_mut(before as usize)? = next,
            None if next == END => drop(self.heads.remove(&hash)),
            None => drop(self.heads.insert(hash, next)),
        }
        Some(at as usize)
    }
}

/// Says of new rows what is worth a look: known only in the future; a successor's number for a time before it was there.
pub fn warn(world: &World, measurements: &Measurements, today: Date, warnings: &mut Faults) {
    let successors: HashSet<Id<Unit>> = world.successions.iter().map(|succession| succession.to_unit).collect();
    for (row, line) in measurements.new_rows() {
        let fault = |column, value, what| Fault { file: FILE.name, line: Some(line), column: Some(column), value, what };
        if row.known_on > today {
            warnings.push(fault("known_on", row.known_on.to_string(), What::Future));
        }
        let (Some(unit), Some(indicator)) = (world.units.get(row.unit as usize), world.indicators.get(row.indicator as usize)) else {
            continue;
        };
        if indicator.period_rule == PeriodRule::Sum
            && row.has_value()
            && unit.valid_from.is_some_and(|from| row.period.first_day() < from)
            && successors.contains(&unit.id)
        {
            let since = unit.valid_from.map(|from| from.to_string()).unwrap_or_default();
            warnings.push(fault("period", row.period.to_string(), What::BeforeItsTime(format!("{} ({since})", unit.name))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(value: i64) -> Held {
        let (period, known_on) = (Period::month(2024, 3).unwrap(), jiff::civil::date(2024, 4, 8));
        Held { value, weight: NONE, unit: 1, indicator: 2, period, known_on, source: 0 }
    }

    #[test]
    fn a_row_is_taken_as_often_as_it_stands_there() {
        let rows = [held(1), held(2), held(1), held(1)];
        let mut index = Index::of(&rows);
        assert_eq!(
            [1, 1, 2, 1, 1, 2, 3].map(|value| index.take(&held(value), &rows)),
            [Some(0), Some(2), Some(1), Some(3), None, None, None]
        );
    }

    #[test]
    fn a_row_is_small() {
        assert_eq!(std::mem::size_of::<Held>(), 40);
    }
}
