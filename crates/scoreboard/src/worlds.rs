//! Small invented worlds for tests, written as lines:
//!
//! ```text
//! unit CODE area|body [PARENT|-] [FIRST_DAY..LAST_DAY]
//! follow FROM TO DAY PERCENT|?
//! resolution CODE ISSUED_BY RULE BANDS [baseline]
//! group CODE RESOLUTION|-
//! indicator CODE up|down AREA_RULE/PERIOD_RULE [GROUP|-] [WEIGHT] [UNIT_OF_MEASURE]
//! target UNIT INDICATOR FIRST_DAY..LAST_DAY ASSIGNER VALUE[..VALUE_TO]|- [base=VALUE] [known=DAY]
//! value UNIT INDICATOR PERIOD KNOWN_ON VALUE|- [WEIGHT]
//! ```
//!
//! A line's number is the id of what it says. Codes mean the unit that bears them on the day that counts.

use std::str::FromStr;

use domain::code::Coded as _;
use domain::group::Group;
use domain::id::Id;
use domain::indicator::{AreaRule, Direction, Indicator, PeriodRule};
use domain::measurement::Arrival;
use domain::period::Period;
use domain::resolution::{GroupRule, Resolution};
use domain::scoreboard::ScoreboardNouns;
use domain::target::Target;
use domain::unit::{Succession, Unit, UnitClass};
use jiff::civil::Date;

use crate::board::IndicatorScore;
use crate::explanation::Explanation;
use crate::ledger::Ledger;
use crate::question::{Question, Tree};

/// The ledger of the lines.
pub(crate) fn ledger(lines: &str) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.set_nouns(nouns(lines));
    for (number, line) in numbered(lines) {
        if let ["value", unit, indicator, period, known_on, value, rest @ ..] = line.as_slice() {
            let period: Period = read(period);
            ledger.arrive(Arrival {
                id: Id::new(number),
                unit: bearer(&ledger.nouns().units, unit, period.last_day()),
                indicator: indicator_id(&ledger.nouns().indicators, indicator),
                period,
                known_on: read(known_on),
                value: optional(value),
                weight: rest.first().map(|weight| read(weight)),
            });
        }
    }
    ledger.settle();
    ledger
}

/// The month as now known, on the tree of the month.
pub(crate) fn of_month(month: &str) -> Question {
    Question { month: read(month), known_on: Date::MAX, horizon: None, tree: Tree::OfMonth }
}

/// The value of a unit of the question's day, from a day on, as `N / W`, and the codes of what is missing.
pub(crate) fn number(ledger: &Ledger, unit: &str, indicator: &str, from: &str, question: &Question) -> (String, Vec<String>) {
    let explanation = explanation(ledger, unit, indicator, from, question);
    let code = |id| ledger.unit(id).and_then(|unit| unit.code.clone()).unwrap_or_default();
    let missing = explanation.missing.iter().map(|missing| code(missing.unit)).collect();
    (explanation.value.map_or_else(|| "-".to_owned(), |value| format!("{} / {}", value.n, value.w)), missing)
}

/// What opens the value of a unit of the question's day, from a day on.
pub(crate) fn explanation(ledger: &Ledger, unit: &str, indicator: &str, from: &str, question: &Question) -> Explanation {
    let unit = bearer(&ledger.nouns().units, unit, question.units_on());
    ledger.explain(unit, indicator_id(&ledger.nouns().indicators, indicator), Some(read(from)), question)
}

/// The scores of the first group on a unit's board.
pub(crate) fn scores(ledger: &Ledger, unit: &str, question: &Question) -> Vec<IndicatorScore> {
    let board = ledger.board(bearer(&ledger.nouns().units, unit, question.units_on()), question);
    board.groups.into_iter().next().map(|group| group.indicators).unwrap_or_default()
}

fn nouns(lines: &str) -> ScoreboardNouns {
    let mut nouns = ScoreboardNouns::default();
    for (number, line) in numbered(lines) {
        match line.as_slice() {
            ["unit", code, class, rest @ ..] => nouns.units.push(unit(number, code, class, rest)),
            ["follow", from, to, on, percent] => {
                let on_day: Date = read(on);
                nouns.successions.push(Succession {
                    id: Id::new(number),
                    from_unit: bearer(&nouns.units, from, on_day.yesterday().unwrap()),
                    to_unit: bearer(&nouns.units, to, on_day),
                    on_day,
                    act: String::new(),
                    share_millionths: (*percent != "?").then(|| read::<i64>(percent) * 10_000),
                });
            }
            ["resolution", code, issued_by, rule, bands, rest @ ..] => nouns.resolutions.push(Resolution {
                id: Id::new(number),
                code: (*code).to_owned(),
                name: String::new(),
                symbol: None,
                issued_on: None,
                issued_by: (*issued_by).to_owned(),
                issuer: assigner(&nouns.units, issued_by),
                unit: None,
                valid_from: None,
                valid_to: None,
                group_rule: GroupRule::from_code(rule).unwrap(),
                bands: bands.parse().unwrap(),
                from_baseline: rest.contains(&"baseline"),
                document: None,
            }),
            ["group", code, resolution] => nouns.groups.push(Group {
                id: Id::new(number),
                resolution: nouns.resolutions.iter().find(|other| other.code == *resolution).map(|resolution| resolution.id),
                resolution_code: (*resolution).to_owned(),
                code: (*code).to_owned(),
                name: String::new(),
                weight: 1,
            }),
            ["indicator", code, direction, rules, rest @ ..] => {
                let group = rest.first().and_then(|group| nouns.groups.iter().find(|other| other.code == *group));
                nouns.indicators.push(indicator(number, code, (direction, rules), group, rest));
            }
            ["target", unit, indicator, span, by, value, rest @ ..] => {
                let unit = bearer(&nouns.units, unit, days(span).0.unwrap_or(Date::MIN));
                let indicator = indicator_id(&nouns.indicators, indicator);
                nouns.targets.push(target((number, unit, indicator), span, (by, assigner(&nouns.units, by)), value, rest));
            }
            ["value", ..] | [] => {}
            other => panic!("no such line: {other:?}"),
        }
    }
    nouns
}

fn unit(number: i64, code: &str, class: &str, rest: &[&str]) -> Unit {
    let (valid_from, valid_to) = rest.get(1).map_or((None, None), |span| days(span));
    Unit {
        id: Id::new(number),
        code: Some(code.to_owned()),
        name: code.to_owned(),
        kind: String::new(),
        class: UnitClass::from_code(class).unwrap(),
        parent: None,
        parent_code: rest.first().filter(|parent| **parent != "-").map(|parent| (*parent).to_owned()),
        valid_from,
        valid_to,
        folded: String::new(),
        sort_key: String::new(),
    }
}

fn indicator(number: i64, code: &str, (direction, rules): (&str, &str), group: Option<&Group>, rest: &[&str]) -> Indicator {
    let (area, period) = rules.split_once('/').unwrap();
    Indicator {
        id: Id::new(number),
        code: code.to_owned(),
        name: String::new(),
        unit_of_measure: rest.get(2).map_or_else(String::new, |unit| (*unit).to_owned()),
        decimals: 0,
        direction: Direction::from_code(direction).unwrap(),
        area_rule: AreaRule::from_code(area).unwrap(),
        period_rule: PeriodRule::from_code(period).unwrap(),
        group: group.map(|group| group.id),
        weight: rest.get(1).map_or(1, |weight| read(weight)),
        folded: String::new(),
    }
}

fn target(
    (number, unit, indicator): (i64, Id<Unit>, Id<Indicator>),
    span: &str,
    (assigned_by, assigner): (&str, Option<Id<Unit>>),
    value: &str,
    rest: &[&str],
) -> Target {
    let (valid_from, valid_to) = days(span);
    let (value, value_to) = match value.split_once("..") {
        Some((low, high)) => (optional(low), optional(high)),
        None => (optional(value), None),
    };
    let named = |name: &str| rest.iter().find_map(|word| word.strip_prefix(name));
    Target {
        id: Id::new(number),
        unit,
        indicator,
        valid_from,
        valid_to,
        assigned_by: assigned_by.to_owned(),
        assigner,
        value,
        value_to,
        baseline: named("base=").map(read),
        baseline_on: None,
        known_on: named("known=").map(read),
        load: None,
        line: None,
    }
}

fn numbered(lines: &str) -> impl Iterator<Item = (i64, Vec<&str>)> {
    (1..).zip(lines.lines().map(|line| line.split_whitespace().collect()))
}

fn read<T: FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn optional(text: &str) -> Option<i64> {
    (text != "-").then(|| read(text))
}

/// The ends of `FIRST..LAST`; a missing one is open.
fn days(span: &str) -> (Option<Date>, Option<Date>) {
    let (first, last) = span.split_once("..").unwrap();
    let day = |text: &str| (!text.is_empty()).then(|| read(text));
    (day(first), day(last))
}

/// The unit that bears the code on the day, else the last that ever did.
fn bearer(units: &[Unit], code: &str, day: Date) -> Id<Unit> {
    let bearers = || units.iter().filter(|unit| unit.code.as_deref() == Some(code));
    bearers().find(|unit| unit.exists_on(Some(day))).or_else(|| bearers().next_back()).unwrap().id
}

fn assigner(units: &[Unit], name: &str) -> Option<Id<Unit>> {
    units.iter().find(|unit| unit.code.as_deref() == Some(name)).map(|unit| unit.id)
}

fn indicator_id(indicators: &[Indicator], code: &str) -> Id<Indicator> {
    indicators.iter().find(|indicator| indicator.code == code).unwrap().id
}
