//! Resolutions, groups, indicators, and targets with everything that can happen to them.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::dice::Dice;
use super::units::History;

/// An indicator.
#[derive(Debug, Clone)]
pub struct Made {
    pub code: String,
    pub measure: &'static str,
    pub decimals: usize,
    pub direction: &'static str,
    pub rule_area: &'static str,
    pub rule_period: &'static str,
    pub group: String,
    pub weight: &'static str,
}

impl Made {
    /// Its row of `indicators.csv`.
    pub fn row(&self) -> String {
        let Made { code, measure, decimals, direction, rule_area, rule_period, group, weight } = self;
        format!("{code},Chỉ tiêu {code},{measure},{decimals},{direction},{rule_area},{rule_period},{group},{weight}")
    }

    /// What 1 is stored as.
    pub fn scale(&self) -> i64 {
        10_i64.pow(self.decimals as u32)
    }

    /// Whether its values need a weight.
    pub fn needs_weight(&self) -> bool {
        matches!(self.rule_area, "ratio" | "weighted_mean")
    }
}

/// What was promised.
#[derive(Debug)]
pub struct Ledger {
    pub indicators: Vec<Made>,
    pub resolution_rows: Vec<String>,
    pub group_rows: Vec<String>,
    pub target_rows: Vec<String>,
}

/// Resolutions with groups, indicators and their targets.
pub fn ledger(dice: &mut Dice, history: &History, months: &[String]) -> Ledger {
    let groups: Vec<String> = (1..=dice.between(1, 3)).map(|number| format!("G{number}")).collect();
    let resolution = |dice: &mut Dice| dice.word(&["R1", "R1", "R2", "R3"]);
    let group_rows = groups.iter().map(|code| format!("{},{code},Nhóm {code},1", resolution(dice))).collect();
    let indicators: Vec<Made> = (1..=dice.between(2, 4)).map(|number| indicator(dice, number, &groups)).collect();
    // R3 is never written: its groups have the defaults.
    let resolution_rows = ["R1", "R2"].iter().map(|code| resolution_row(dice, history, code)).collect();
    let target_rows = indicators.iter().flat_map(|indicator| targets(dice, history, indicator, months)).collect();
    Ledger { indicators, resolution_rows, group_rows, target_rows }
}

fn indicator(dice: &mut Dice, number: i64, groups: &[String]) -> Made {
    Made {
        code: format!("I{number}"),
        measure: dice.word(&["%", "%", "hộ", " %"]),
        decimals: *dice.pick(&[0, 1, 2, 3]),
        direction: dice.word(&["up", "up", "down"]),
        rule_area: dice.word(&["sum", "sum", "weighted_mean", "weighted_mean", "ratio", "ratio", "none"]),
        rule_period: dice.word(&["sum", "last", "at", "mean", "mean"]),
        group: dice.pick(groups).clone(),
        weight: dice.word(&["", "1", "1", "2", "5", "0"]),
    }
}

fn resolution_row(dice: &mut Dice, history: &History, code: &str) -> String {
    let issued_on = dice.word(&["2021-06-01", "2023-07-01", ""]);
    let from = dice.word(&["2021-09-01", ""]);
    let issuer = someone(dice, history);
    let rule = dice.word(&["mean", "mean", "all", "any", ""]);
    let bands = dice.word(&["", "10000;7000", "5000;9000", "12000;9999;1", "20000;15000;10000;5000;2500"]);
    let from_baseline = dice.word(&["yes", "yes", "no", ""]);
    format!("{code},Nghị quyết {code},,{issued_on},{issuer},,{from},,{rule},{bands},{from_baseline}")
}

/// An assigner or issuer: a code, a name that may be ambiguous, a name that nobody bears.
fn someone(dice: &mut Dice, history: &History) -> String {
    let unit = dice.pick(&history.units);
    match dice.between(1, 10) {
        1..=4 => unit.code.clone(),
        5..=7 => unit.name.clone(),
        8..=9 => "Hội đồng Lam Giang".to_owned(),
        _ => "Ban Chỉ đạo".to_owned(),
    }
}

/// Targets of one indicator for a few units.
fn targets(dice: &mut Dice, history: &History, indicator: &Made, months: &[String]) -> Vec<String> {
    let mut rows = Vec::new();
    let assigners = [someone(dice, history), someone(dice, history), someone(dice, history)];
    for _ in 0..dice.between(2, 5) {
        let unit = history.some_promiser(dice);
        for _ in 0..dice.between(1, 3) {
            let (first, last) = span(dice, months);
            if history.is_borne(&unit.code, first, last) {
                let key = format!("{},{},{},{},{}", unit.code, indicator.code, text(first), text(last), dice.pick(&assigners));
                versions(dice, indicator, &key, first, &mut rows);
            }
        }
    }
    rows
}

/// A span that mostly holds a month asked for.
fn span(dice: &mut Dice, months: &[String]) -> (Option<Date>, Option<Date>) {
    let asked: Date = format!("{}-15", dice.pick(months)).parse().expect("a day");
    let first = match dice.between(1, 12) {
        1 => None,
        2 => Some(asked.with().day(1).build().expect("the first of the month")),
        3 => Some(*dice.pick(&[asked - 100.days(), asked.last_of_month()])),
        4 => Some(date(asked.year(), 1, 1)),
        5..=9 => Some(date(asked.year() - *dice.pick(&[1, 2]), 1, 1)),
        _ => Some(date(dice.year(2020, 2024), *dice.pick(&[1, 1, 7]), 1)),
    };
    let last = match dice.between(1, 6) {
        1 => None,
        2 => Some(asked.last_of_month()),
        3 => Some(asked + 5.days()),
        _ => Some(date(asked.year() + *dice.pick(&[0, 0, 1, 2]), 12, 31)),
    };
    (first, last)
}

/// The first version of a target, revisions and withdrawals.
fn versions(dice: &mut Dice, indicator: &Made, key: &str, first: Option<Date>, rows: &mut Vec<String>) {
    for _ in 0..*dice.pick(&[1, 1, 1, 2, 3]) {
        let known = match dice.between(1, 6) {
            1..=3 => None,
            4 => Some(first.unwrap_or(date(2022, 1, 1)) + dice.between(-200, 200).days()),
            5 => Some(date(dice.year(2021, 2026), *dice.pick(&[1, 7]), 15)),
            _ => Some(date(2022, 6, 1)),
        };
        let [value, value_to, baseline] = bounds(dice, indicator);
        rows.push(format!("{key},{value},{value_to},{baseline},,{}", text(known)));
    }
}

/// Value, end of a range, baseline.
fn bounds(dice: &mut Dice, indicator: &Made) -> [String; 3] {
    let unit = indicator.scale() * dice.size();
    let base = match dice.between(1, 12) {
        1 => return [String::new(), String::new(), String::new()],
        2 => 0,
        3 => -dice.between(1, 9 * unit),
        _ => dice.between(1, 60 * unit),
    };
    let mut written = |low: i64, high: i64| dice.decimal(low, high, indicator.decimals);
    let value = written(base, base);
    let (above, below) = (written(base, base + 20 * unit), written(base - 10 * unit, base));
    let value_to = if dice.chance(25) { above.clone() } else { String::new() };
    let baseline = if dice.chance(50) { dice.pick(&[above, below, value.clone()]).clone() } else { String::new() };
    [value, value_to, baseline]
}

fn text(day: Option<Date>) -> String {
    day.map_or(String::new(), |day| day.to_string())
}
