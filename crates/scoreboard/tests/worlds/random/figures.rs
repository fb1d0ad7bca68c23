//! Measurements: overlapping periods of all kinds, corrections, withdrawals, several rows of one day.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::dice::Dice;
use super::ledger::Made;
use super::units::{History, Made as Unit};
use crate::twin::Period;

/// The rows of `measurements.csv`, in the order of their arrival or not.
pub fn measurements(dice: &mut Dice, history: &History, indicators: &[Made], months: &[String]) -> Vec<String> {
    let mut rows = Vec::new();
    for indicator in indicators {
        let common = common_periods(dice, history, indicator, months);
        for _ in 0..dice.between(12, 40) {
            let unit = history.some_reporter(dice);
            let period = if dice.chance(45) { dice.pick(&common).clone() } else { period(dice, unit, months) };
            if history.is_borne(&unit.code, Some(period.first), Some(period.last)) {
                versions(dice, indicator, &format!("{},{},{}", unit.code, indicator.code, period.text), &period, &mut rows);
            }
        }
    }
    if dice.chance(50) {
        rows.reverse();
    }
    rows
}

/// Periods that come again and again, so that units have values of one period side by side.
fn common_periods(dice: &mut Dice, history: &History, indicator: &Made, months: &[String]) -> Vec<Period> {
    if indicator.rule_period == "at" {
        return months.iter().map(|month| Period::read(month).expect("a month")).collect();
    }
    let mut near_someone = || {
        let unit = history.some_reporter(dice);
        period(dice, unit, months)
    };
    vec![near_someone(), near_someone(), near_someone()]
}

/// A period of any kind: in the last year of a unit that has ended, or near a month that is asked for, or that month itself.
fn period(dice: &mut Dice, unit: &Unit, months: &[String]) -> Period {
    let asked: Date = format!("{}-15", dice.pick(months)).parse().expect("a day");
    let around = match unit.last {
        Some(last) if dice.chance(60) => last - dice.between(0, 330).days(),
        _ if dice.chance(60) => asked - dice.between(0, 400).days(),
        _ => asked,
    };
    let (year, month) = (around.year(), around.month());
    let text = match dice.between(1, 20) {
        1..=10 => format!("{year}-{month:02}"),
        11..=14 => format!("{year}-Q{}", (month + 2) / 3),
        15..=16 => format!("{year}-H{}", (month + 5) / 6),
        17 => format!("{year}-9M"),
        _ => year.to_string(),
    };
    Period::read(&text).expect("a period")
}

/// A first value, then corrections and withdrawals, some on the same day.
fn versions(dice: &mut Dice, indicator: &Made, key: &str, period: &Period, rows: &mut Vec<String>) {
    let mut known: Date = period.last + dice.between(-20, 30).days();
    for _ in 0..*dice.pick(&[1, 1, 1, 1, 2, 3]) {
        let (value, weight) = figure(dice, indicator);
        rows.push(format!("{key},{known},{value},{weight},"));
        known = match dice.between(1, 4) {
            1 => known,
            2 => date(2025, 12, 1),
            _ => known + dice.between(-30, 200).days(),
        };
    }
}

fn figure(dice: &mut Dice, indicator: &Made) -> (String, String) {
    let unit = indicator.scale() * dice.size();
    let value = match dice.between(1, 12) {
        1 => return (String::new(), String::new()),
        2 => dice.decimal(0, 0, indicator.decimals),
        3 => dice.decimal(-20 * unit, 0, indicator.decimals),
        _ => dice.decimal(0, 30 * unit, indicator.decimals),
    };
    let is_weighed = indicator.needs_weight() || dice.chance(10);
    (value, if is_weighed { (dice.between(1, 40) * dice.size()).to_string() } else { String::new() })
}
