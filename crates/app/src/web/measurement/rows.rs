//! Which indicators stand on a unit's sheet for a period, and what the ledger holds of each.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::id::Id;
use domain::indicator::Indicator;
use domain::measurement::{Arrival, standing};
use domain::period::{LENGTHS, Period};
use domain::target::Target;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};

/// What a unit's sheet is made of.
pub struct Rows<'l> {
    /// The indicators of the period, in the order of their groups.
    pub shown: Vec<Row<'l>>,
    /// Those with a target whose numbers units below report, and this one never did.
    pub from_below: Vec<&'l Indicator>,
    /// How many indicators are usually reported for a period of each of [`LENGTHS`].
    pub usual: [usize; LENGTHS.len()],
}

/// One indicator of a sheet.
pub struct Row<'l> {
    /// What is measured.
    pub indicator: &'l Indicator,
    /// The row that stands for the period, a withdrawal too.
    pub standing: Option<Arrival>,
    /// The number of the nearest period of the same length before.
    pub last: Option<Arrival>,
    /// The target that counts at the period's end.
    pub target: Option<&'l Target>,
}

/// Whose sheet, and for when.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// The unit.
    pub unit: Id<Unit>,
    /// The period.
    pub period: Period,
    /// The day as of which the ledger is read.
    pub known_on: Date,
}

/// The rows of a sheet: indicators with a target for the unit and those that it has reported before, where they are usually
/// reported for such a period; and every one of `chosen`.
pub fn rows_of<'l>(ledger: &'l Ledger, sheet: Sheet, chosen: &HashSet<Id<Indicator>>) -> Rows<'l> {
    let targets = targets(ledger, sheet);
    let members = ledger.members(sheet.unit, sheet.period.last_day());
    let mut rows = Rows { shown: Vec::new(), from_below: Vec::new(), usual: [0; LENGTHS.len()] };
    for indicator in in_order(ledger) {
        let arrivals = ledger.arrivals(sheet.unit, indicator.id);
        let is_chosen = chosen.contains(&indicator.id);
        let target = targets.get(&indicator.id).copied();
        if arrivals.is_empty() && target.is_none() && !is_chosen {
            continue;
        }
        let usual = usual_length(&arrivals);
        if let Some(at) = LENGTHS.iter().position(|length| Some(*length) == usual) {
            rows.usual[at] += 1;
        }
        let has_row = arrivals.iter().any(|row| row.period == sheet.period);
        let fits = usual.is_none_or(|length| length == sheet.period.months()) || has_row;
        let rolls_up = indicator.area_rule != domain::indicator::AreaRule::None;
        if !is_chosen && arrivals.is_empty() && rolls_up && members.iter().any(|member| !ledger.arrivals(*member, indicator.id).is_empty())
        {
            rows.from_below.push(indicator);
        } else if fits || is_chosen {
            rows.shown.push(row(indicator, &arrivals, target, sheet));
        }
    }
    rows
}

fn row<'l>(indicator: &'l Indicator, arrivals: &[Arrival], target: Option<&'l Target>, sheet: Sheet) -> Row<'l> {
    let period = sheet.period;
    let before = arrivals.iter().map(|row| row.period).filter(|other| other.months() == period.months() && *other < period);
    let mut before: Vec<Period> = before.collect();
    before.dedup();
    let last = before.into_iter().rev().filter_map(|period| standing(arrivals, period, sheet.known_on)).find(|row| row.value.is_some());
    Row { indicator, standing: standing(arrivals, period, sheet.known_on), last, target }
}

/// Indicators by group, in the order of their files; those without a group last.
fn in_order(ledger: &Ledger) -> Vec<&Indicator> {
    let mut indicators: Vec<&Indicator> = ledger.nouns().indicators.iter().collect();
    indicators.sort_by_key(|indicator| (indicator.group.is_none(), indicator.group, indicator.id));
    indicators
}

/// The targets that count on the unit's board at the end of the period.
fn targets(ledger: &Ledger, sheet: Sheet) -> HashMap<Id<Indicator>, &Target> {
    let Some(month) = Period::month_of(sheet.period.last_day()) else { return HashMap::new() };
    let question = Question { month, known_on: sheet.known_on, horizon: None, tree: Tree::OfMonth };
    let board = ledger.board(sheet.unit, &question);
    let scores = board.groups.iter().flat_map(|group| &group.indicators);
    let first = |score: &scoreboard::board::IndicatorScore| Some((score.indicator, ledger.target(score.targets.first()?.target)?));
    scores.filter_map(first).collect()
}

/// The length that most periods with rows have; of two equal the shorter. Absent where nothing was ever reported.
fn usual_length(arrivals: &[Arrival]) -> Option<i8> {
    let mut periods: Vec<Period> = arrivals.iter().map(|row| row.period).collect();
    periods.dedup();
    let mut counts: BTreeMap<i8, usize> = BTreeMap::new();
    for period in periods {
        *counts.entry(period.months()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(months, count)| (*count, -months)).map(|(months, _)| months)
}
