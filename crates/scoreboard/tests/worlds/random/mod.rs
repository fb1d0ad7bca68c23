//! Small worlds with everything that can go wrong in meaning, from a seed. Every row is sound in form.
//!
//! `units` writes a history of reorganisations, `ledger` resolutions, indicators and targets, `figures` measurements.

mod dice;
mod figures;
mod ledger;
mod units;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::twin::{Files, Period, Question, Tree};
use dice::Dice;
use units::History;

/// A world and what it is asked.
#[derive(Debug)]
pub struct Case {
    pub files: Files,
    pub questions: Vec<Question>,
}

/// The world of a seed, always the same.
pub fn case(seed: u64) -> Case {
    let mut dice = Dice::new(seed);
    let history = units::history(&mut dice);
    let months = months(&mut dice, &history);
    let ledger = ledger::ledger(&mut dice, &history, &months);
    let measurements = figures::measurements(&mut dice, &history, &ledger.indicators, &months);
    let questions = months.iter().flat_map(|month| questions(&mut dice, &history, month)).collect();
    let (mut units, mut successions) = (history.unit_rows(), history.succession_rows);
    if dice.chance(40) {
        dice.shuffle(&mut units);
        dice.shuffle(&mut successions);
    }
    let tables = [
        ("units", units),
        ("successions", successions),
        ("resolutions", ledger.resolution_rows),
        ("groups", ledger.group_rows),
        ("indicators", ledger.indicators.iter().map(ledger::Made::row).collect()),
        ("targets", ledger.target_rows),
        ("measurements", measurements),
    ];
    let files = tables.into_iter().map(|(name, rows)| (name.to_owned(), text(name, &rows))).collect::<BTreeMap<_, _>>();
    Case { files: Files(files), questions }
}

/// The columns of a file.
fn header(name: &str) -> &'static str {
    match name {
        "units" => "code,name,kind,class,parent,valid_from,valid_to",
        "successions" => "from,to,on,act,share",
        "resolutions" => "code,name,symbol,issued_on,issued_by,unit,from,to,group_rule,bands,from_baseline",
        "groups" => "resolution,code,name,weight",
        "indicators" => "code,name,unit,decimals,direction,rule_area,rule_period,group,weight",
        "targets" => "unit,indicator,from,to,assigned_by,value,value_to,baseline,baseline_on,known_on",
        _ => "unit,indicator,period,known_on,value,weight,source",
    }
}

fn text(name: &str, rows: &[String]) -> String {
    let lines: Vec<&str> = std::iter::once(header(name)).chain(rows.iter().map(String::as_str)).collect();
    lines.join("\n") + "\n"
}

/// Months to ask for: around reorganisations, and anywhere.
fn months(dice: &mut Dice, history: &History) -> Vec<String> {
    let mut months: Vec<String> = (0..dice.between(2, 3))
        .map(|_| match (dice.chance(60), history.days.as_slice()) {
            (true, days) if !days.is_empty() => {
                let day = *dice.pick(days) + dice.between(-4, 6).months();
                format!("{}-{:02}", day.year(), day.month())
            }
            _ => format!("{}-{:02}", dice.between(2022, 2025), dice.between(1, 12)),
        })
        .collect();
    months.sort();
    months.dedup();
    months
}

/// A month as known on some days, in some trees.
fn questions(dice: &mut Dice, history: &History, month: &str) -> Vec<Question> {
    let end = Period::read(month).expect("a month").last;
    let mut other_days = vec![end - 40.days(), end + 1.day(), end + 400.days()];
    other_days.extend(history.days.iter().flat_map(|&day| [day - 1.day(), day]));
    let later: Vec<Date> = history.days.iter().copied().filter(|day| *day > end).collect();
    let other_day = |dice: &mut Dice| if later.is_empty() || dice.chance(40) { *dice.pick(&other_days) } else { *dice.pick(&later) };
    let trees = [Tree::OfTheMonth, Tree::OfTheMonth, Tree::AsReported, Tree::Of(other_day(dice)), Tree::Of(other_day(dice))];
    let known_on = |dice: &mut Dice| if dice.chance(80) { end + 20.days() } else { Date::constant(dice.year(2021, 2027), 7, 15) };
    trees.into_iter().map(|tree| Question { month: month.to_owned(), known_on: known_on(dice), tree }).collect()
}
