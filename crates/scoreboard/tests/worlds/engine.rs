//! The engine's side of a world: the same rows as nouns with ids in the order of the files.

use domain::group::Group;
use domain::id::Id;
use domain::indicator::{AreaRule, Direction, Indicator, PeriodRule};
use domain::measurement::{Arrival, Measurement};
use domain::resolution::{Bands, GroupRule, Resolution};
use domain::scoreboard::ScoreboardNouns;
use domain::target::Target;
use domain::unit::{Succession, Unit, UnitClass};
use jiff::civil::Date;
use num_traits::ToPrimitive;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};

use crate::twin::{self, Exact, Who, World};

/// Where the ids of each noun begin after those of units; the series of targets and measurements run side by side.
const SUCCESSIONS: i64 = 1_000;
const RESOLUTIONS: i64 = 2_000;
const GROUPS: i64 = 3_000;
const INDICATORS: i64 = 4_000;
const ARRIVALS: i64 = 10_000;

/// The ledger of a world. Measurements come in two batches, the last ones first, as nodes may see them.
pub fn ledger(world: &World) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.set_nouns(nouns(world));
    let arrivals: Vec<Arrival> = (0..world.measurements.len()).map(|at| arrival(world, at)).collect();
    for batch in arrivals.rchunks(arrivals.len() / 2 + 1) {
        batch.iter().for_each(|arrival| ledger.arrive(*arrival));
        ledger.settle();
    }
    ledger
}

/// A question as the engine takes it.
pub fn question(question: &twin::Question, horizon: Option<i64>) -> Question {
    let month = question.month.parse().expect("a month");
    let tree = match question.tree {
        twin::Tree::OfTheMonth => Tree::OfMonth,
        twin::Tree::AsReported => Tree::AsReported,
        twin::Tree::Of(day) => Tree::Of(day),
    };
    Question { month, known_on: question.known_on, horizon, tree }
}

fn nouns(world: &World) -> ScoreboardNouns {
    ScoreboardNouns {
        units: (0..world.units.len())
            .map(|at| unit(world, at))
            .chain(named(world).into_iter().map(|name| named_body(world, name)))
            .collect(),
        successions: (0..world.successions.len()).map(|at| succession(world, at)).collect(),
        resolutions: (0..world.resolutions.len()).map(|at| resolution(world, at)).collect(),
        groups: (0..world.groups.len()).map(|at| group(world, at)).collect(),
        indicators: (0..world.indicators.len()).map(|at| indicator(world, at)).collect(),
        targets: (0..world.targets.len()).map(|at| target(world, at)).collect(),
    }
}

/// The id of a unit by its place in the file.
pub fn unit_id(at: usize) -> Id<Unit> {
    id(0, at)
}

/// The place in the file of a unit that has an id.
pub fn unit_place(id: Id<Unit>) -> usize {
    id.number() as usize - 1
}

/// The id of a target row by its place in the file.
pub fn target_id(at: usize) -> Id<Target> {
    id(ARRIVALS, 2 * at)
}

/// The id of a measurement by its place in the file.
pub fn measurement_id(at: usize) -> Id<Measurement> {
    id(ARRIVALS, 2 * at + 1)
}

fn id<T>(first: i64, at: usize) -> Id<T> {
    Id::new(first + 1 + at as i64)
}

fn unit(world: &World, at: usize) -> Unit {
    let unit = &world.units[at];
    let day = if unit.first == Date::MIN { unit.last } else { unit.first };
    Unit {
        id: unit_id(at),
        code: Some(unit.code.clone()),
        name: unit.name.clone(),
        kind: String::new(),
        class: if unit.is_area { UnitClass::Area } else { UnitClass::Body },
        parent: world.bearer(&unit.parent, day).map(unit_id),
        parent_code: Some(unit.parent.clone()).filter(|code| !code.is_empty()),
        valid_from: known(unit.first),
        valid_to: known(unit.last),
        folded: unit.name.clone(),
        sort_key: unit.name.clone(),
    }
}

fn succession(world: &World, at: usize) -> Succession {
    let row = &world.successions[at];
    let millionths = |share: &Exact| integer(&(share * twin::whole(1_000_000)));
    Succession {
        id: id(SUCCESSIONS, at),
        from_unit: unit_id(row.from),
        to_unit: unit_id(row.to),
        on_day: row.on,
        act: String::new(),
        share_millionths: row.share.as_ref().map(millionths),
    }
}

fn resolution(world: &World, at: usize) -> Resolution {
    let row = &world.resolutions[at];
    let bands: Vec<String> = row.bands.iter().map(i64::to_string).collect();
    Resolution {
        id: id(RESOLUTIONS, at),
        code: row.code.clone(),
        name: String::new(),
        symbol: None,
        issued_on: None,
        issued_by: row.issued_by.clone(),
        issuer: unit_of(world, &row.issuer),
        unit: None,
        valid_from: None,
        valid_to: None,
        group_rule: match row.rule {
            twin::GroupRule::Mean => GroupRule::Mean,
            twin::GroupRule::All => GroupRule::All,
            twin::GroupRule::Any => GroupRule::Any,
        },
        bands: bands.join(";").parse::<Bands>().expect("thresholds"),
        from_baseline: row.from_baseline,
        document: None,
    }
}

fn group(world: &World, at: usize) -> Group {
    let row = &world.groups[at];
    Group {
        id: id(GROUPS, at),
        resolution: world.resolutions.iter().position(|resolution| resolution.code == row.resolution).map(|at| id(RESOLUTIONS, at)),
        resolution_code: row.resolution.clone(),
        code: row.code.clone(),
        name: String::new(),
        weight: 1,
    }
}

fn indicator(world: &World, at: usize) -> Indicator {
    let row = &world.indicators[at];
    Indicator {
        id: id(INDICATORS, at),
        code: row.code.clone(),
        name: String::new(),
        unit_of_measure: row.measure.clone(),
        decimals: row.decimals as i64,
        direction: if row.higher_is_better { Direction::Up } else { Direction::Down },
        area_rule: match row.area_rule {
            twin::AreaRule::Sum => AreaRule::Sum,
            twin::AreaRule::WeightedMean => AreaRule::WeightedMean,
            twin::AreaRule::Ratio => AreaRule::Ratio,
            twin::AreaRule::None => AreaRule::None,
        },
        period_rule: match row.period_rule {
            twin::PeriodRule::Sum => PeriodRule::Sum,
            twin::PeriodRule::Last => PeriodRule::Last,
            twin::PeriodRule::At => PeriodRule::At,
            twin::PeriodRule::Mean => PeriodRule::Mean,
        },
        group: world.groups.iter().position(|group| group.code == row.group).map(|at| id(GROUPS, at)),
        weight: row.weight,
        folded: String::new(),
    }
}

fn target(world: &World, at: usize) -> Target {
    let row = &world.targets[at];
    Target {
        id: target_id(at),
        unit: unit_id(row.unit),
        indicator: indicator_id(world, &row.indicator),
        valid_from: known(row.first),
        valid_to: known(row.last),
        assigned_by: row.assigned_by.clone(),
        assigner: unit_of(world, &row.assigner),
        value: row.value.as_ref().map(integer),
        value_to: row.value_to.as_ref().map(integer),
        baseline: row.baseline.as_ref().map(integer),
        baseline_on: None,
        known_on: row.known_on,
        load: None,
        line: None,
    }
}

fn arrival(world: &World, at: usize) -> Arrival {
    let row = &world.measurements[at];
    Arrival {
        id: measurement_id(at),
        unit: unit_id(row.unit),
        indicator: indicator_id(world, &row.indicator),
        period: row.period.text.parse().expect("a period"),
        known_on: row.known,
        value: row.value.as_ref().map(integer),
        weight: row.weight.as_ref().map(integer),
    }
}

/// The id of an indicator by its code.
pub fn indicator_id(world: &World, code: &str) -> Id<Indicator> {
    id(INDICATORS, world.indicators.iter().position(|indicator| indicator.code == code).expect("an indicator of the world"))
}

/// Open ends of the twin's spans are the first and the last day there is.
fn known(day: Date) -> Option<Date> {
    Some(day).filter(|day| *day != Date::MIN && *day != Date::MAX)
}

/// Names that no unit bears. In half of the worlds they become bodies without a code, as a load makes them; else the name alone stands.
fn named(world: &World) -> Vec<&str> {
    let whos = world.targets.iter().map(|row| &row.assigner).chain(world.resolutions.iter().map(|row| &row.issuer));
    let names = whos.filter_map(|who| match who {
        Who::Named(name) if !name.is_empty() && world.measurements.len().is_multiple_of(2) => Some(name.as_str()),
        _ => None,
    });
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn named_body(world: &World, name: &str) -> Unit {
    Unit {
        id: unit_of(world, &Who::Named(name.to_owned())).expect("one of the names"),
        code: None,
        name: name.to_owned(),
        kind: String::new(),
        class: UnitClass::Body,
        parent: None,
        parent_code: None,
        valid_from: None,
        valid_to: None,
        folded: name.to_owned(),
        sort_key: name.to_owned(),
    }
}

fn unit_of(world: &World, who: &Who) -> Option<Id<Unit>> {
    match who {
        Who::Unit(at) => Some(unit_id(*at)),
        Who::Named(name) => named(world).iter().position(|known| known == name).map(|at| unit_id(world.units.len() + at)),
    }
}

fn integer(number: &Exact) -> i64 {
    assert!(number.is_integer(), "{number} is stored as a whole number");
    number.to_integer().to_i64().expect("a number that the ledger takes")
}
