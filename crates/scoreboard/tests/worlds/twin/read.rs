//! From bulk texts to a `World`. A row that does not fit the definition is an error of the whole world: the twin is asked
//! only about worlds whose every row is sound.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use num_bigint::BigInt;

use super::files::{Files, Record};
use super::world::{AreaRule, Group, GroupRule, Indicator, Measurement, PeriodRule, Resolution, Succession, TargetRow, Unit, World};
use super::{Exact, Period};

type Result<T> = std::result::Result<T, String>;

impl World {
    /// Reads all files of a world.
    pub fn read(files: &Files) -> Result<World> {
        let mut world = World::default();
        world.units = files.records("units").iter().map(unit).collect::<Result<_>>()?;
        world.resolutions = files.records("resolutions").iter().map(|row| resolution(&world, row)).collect::<Result<_>>()?;
        world.groups = files.records("groups").iter().map(group).collect();
        world.indicators = files.records("indicators").iter().map(indicator).collect::<Result<_>>()?;
        world.targets = files.records("targets").iter().map(|row| target(&world, row)).collect::<Result<_>>()?;
        world.measurements = files.records("measurements").iter().map(|row| measurement(&world, row)).collect::<Result<_>>()?;
        world.successions = files.records("successions").iter().map(|row| succession(&world, row)).collect::<Result<_>>()?;
        for (file, columns) in KEYS {
            keys_are_unique(files, file, columns)?;
        }
        Ok(world)
    }
}

/// What may stand only once.
const KEYS: [(&str, &[&str]); 5] = [
    ("units", &["code", "valid_from"]),
    ("successions", &["from", "to", "on"]),
    ("resolutions", &["code"]),
    ("groups", &["code"]),
    ("indicators", &["code"]),
];

fn keys_are_unique(files: &Files, file: &str, columns: &[&str]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for row in files.records(file) {
        let key: Vec<String> = columns.iter().map(|column| cell(&row, column).to_owned()).collect();
        if !seen.insert(key.clone()) {
            return Err(format!("{file}: {key:?} is there twice"));
        }
    }
    Ok(())
}

fn unit(row: &Record) -> Result<Unit> {
    Ok(Unit {
        code: cell(row, "code").to_owned(),
        name: cell(row, "name").to_owned(),
        is_area: choice(row, "class", &[("", true), ("area", true), ("body", false)])?,
        parent: cell(row, "parent").to_owned(),
        first: day(cell(row, "valid_from"))?.unwrap_or(Date::MIN),
        last: day(cell(row, "valid_to"))?.unwrap_or(Date::MAX),
    })
}

fn resolution(world: &World, row: &Record) -> Result<Resolution> {
    let issued = day(cell(row, "issued_on"))?.or(day(cell(row, "from"))?);
    let (first, last) = issued.map_or((Date::MIN, Date::MAX), |day| (day, day));
    let bands = Some(cell(row, "bands")).filter(|bands| !bands.is_empty()).unwrap_or("10000;7000");
    let mut bands: Vec<i64> = bands.split(';').map(whole_number).collect::<Result<_>>()?;
    bands.sort_by(|a, b| b.cmp(a));
    Ok(Resolution {
        code: cell(row, "code").to_owned(),
        issued_by: cell(row, "issued_by").to_owned(),
        issuer: world.who(cell(row, "issued_by"), first, last),
        rule: choice(
            row,
            "group_rule",
            &[("", GroupRule::Mean), ("mean", GroupRule::Mean), ("all", GroupRule::All), ("any", GroupRule::Any)],
        )?,
        bands,
        from_baseline: choice(row, "from_baseline", &[("", false), ("no", false), ("yes", true)])?,
    })
}

fn group(row: &Record) -> Group {
    Group { code: cell(row, "code").to_owned(), resolution: cell(row, "resolution").to_owned() }
}

fn indicator(row: &Record) -> Result<Indicator> {
    let areas = [("sum", AreaRule::Sum), ("weighted_mean", AreaRule::WeightedMean), ("ratio", AreaRule::Ratio), ("none", AreaRule::None)];
    let periods = [("sum", PeriodRule::Sum), ("last", PeriodRule::Last), ("at", PeriodRule::At), ("mean", PeriodRule::Mean)];
    Ok(Indicator {
        code: cell(row, "code").to_owned(),
        measure: cell(row, "unit").to_owned(),
        decimals: Some(cell(row, "decimals")).filter(|text| !text.is_empty()).map_or(Ok(0), whole_number)?.unsigned_abs() as usize,
        higher_is_better: choice(row, "direction", &[("up", true), ("down", false)])?,
        area_rule: choice(row, "rule_area", &areas)?,
        period_rule: choice(row, "rule_period", &periods)?,
        group: cell(row, "group").to_owned(),
        weight: Some(cell(row, "weight")).filter(|text| !text.is_empty()).map_or(Ok(1), whole_number)?,
    })
}

fn target(world: &World, row: &Record) -> Result<TargetRow> {
    let first = day(cell(row, "from"))?.unwrap_or(Date::MIN);
    let last = day(cell(row, "to"))?.unwrap_or(Date::MAX);
    let decimals = decimals_of(world, cell(row, "indicator"))?;
    Ok(TargetRow {
        unit: world.bearer_at_start(cell(row, "unit"), first, last).ok_or_else(|| format!("no unit in the span: {row:?}"))?,
        indicator: cell(row, "indicator").to_owned(),
        first,
        last,
        assigner: world.who(cell(row, "assigned_by"), first, last),
        assigned_by: cell(row, "assigned_by").to_owned(),
        known_on: day(cell(row, "known_on"))?,
        value: scaled(cell(row, "value"), decimals)?,
        value_to: scaled(cell(row, "value_to"), decimals)?,
        baseline: scaled(cell(row, "baseline"), decimals)?,
    })
}

fn measurement(world: &World, row: &Record) -> Result<Measurement> {
    let period = Period::read(cell(row, "period"))?;
    let decimals = decimals_of(world, cell(row, "indicator"))?;
    Ok(Measurement {
        unit: world.bearer_at_end(cell(row, "unit"), period.first, period.last).ok_or_else(|| format!("no unit in the period: {row:?}"))?,
        indicator: cell(row, "indicator").to_owned(),
        period,
        known: day(cell(row, "known_on"))?.ok_or_else(|| format!("no known_on: {row:?}"))?,
        value: scaled(cell(row, "value"), decimals)?,
        weight: scaled(cell(row, "weight"), 0)?,
    })
}

fn succession(world: &World, row: &Record) -> Result<Succession> {
    let on = day(cell(row, "on"))?.ok_or_else(|| format!("no day: {row:?}"))?;
    let from = world.bearer(cell(row, "from"), on - 1.day()).ok_or_else(|| format!("nobody to succeed: {row:?}"))?;
    let to = world.bearer(cell(row, "to"), on).ok_or_else(|| format!("no successor: {row:?}"))?;
    let share = scaled(cell(row, "share"), 4)?.map(|share| share / super::whole(10_000));
    Ok(Succession { from, to, on, share })
}

fn decimals_of(world: &World, indicator: &str) -> Result<usize> {
    let found = world.indicators.iter().find(|known| known.code == indicator);
    found.map(|known| known.decimals).ok_or_else(|| format!("no indicator {indicator:?}"))
}

/// A cell; one that is left out is empty.
fn cell<'a>(row: &'a Record, column: &str) -> &'a str {
    row.get(column).map_or("", String::as_str)
}

fn choice<T: Copy>(row: &Record, column: &str, words: &[(&str, T)]) -> Result<T> {
    words.iter().find(|(word, _)| *word == cell(row, column)).map(|(_, meant)| *meant).ok_or_else(|| format!("{column}: {row:?}"))
}

fn day(text: &str) -> Result<Option<Date>> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| format!("{text:?} is no day")) }
}

fn whole_number(text: &str) -> Result<i64> {
    text.parse().map_err(|_| format!("{text:?} is no whole number"))
}

/// "97.4" with two decimals is 9740. Noughts at the end are no decimals; any other decimal too many is an error.
fn scaled(text: &str, decimals: usize) -> Result<Option<Exact>> {
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals {
        return Err(format!("{text:?} has more than {decimals} decimals"));
    }
    let digits: BigInt = format!("{whole}{fraction:0<decimals$}").parse().map_err(|_| format!("{text:?} is no number"))?;
    Ok(Some(Exact::from_integer(digits)))
}
