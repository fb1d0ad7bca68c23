//! What became of a frozen board: whether the ledger still gives it digit by digit, and what was changed since. Rows that came
//! later are of two kinds: those dated back to the day of the board or before it, and those that became known after it.

use std::collections::{BTreeMap, BTreeSet};

use domain::frozen_board::{FrozenBoard, FrozenScore};
use domain::id::Id;
use domain::indicator::{AreaRule, Indicator};
use domain::measurement::Arrival;
use domain::period::Period;
use domain::target::Target;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::board::IndicatorScore;
use scoreboard::ledger::Ledger;
use scoreboard::question::Question;

use super::{Choice, indicators_of};

/// A frozen board beside what the ledger gives now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// As it was frozen; absent where the kept text cannot be read.
    pub frozen: Option<Vec<FrozenScore>>,
    /// Computed again as known on the same day from the same rows: it must agree.
    pub again: Vec<FrozenScore>,
    /// The same with rows that came later and are dated back.
    pub dated_back: Vec<FrozenScore>,
    /// As known today.
    pub today: Vec<FrozenScore>,
    /// Numbers that are others today, by unit, indicator and period.
    pub changes: Vec<Change>,
    /// Targets that are others today.
    pub targets: Vec<TargetChange>,
}

/// A number that is another one today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The row that was seen then; absent where there was none.
    pub was: Option<Arrival>,
    /// The row that is seen today.
    pub is: Arrival,
    /// Whether it is dated back to the day of the board or before it.
    pub dated_back: bool,
}

/// A target that is another one today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetChange {
    /// The row that was seen then; absent where there was none.
    pub was: Option<Target>,
    /// The row that is seen today.
    pub is: Target,
}

/// A group of which two boards tell different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The group's code.
    pub group: String,
    /// On the first board; absent where it is not on it.
    pub was: Option<FrozenScore>,
    /// On the second board; absent where it is not on it.
    pub is: Option<FrozenScore>,
}

impl Check {
    /// Computes a board again, then without its horizon, then as known today.
    pub fn of(ledger: &Ledger, board: &FrozenBoard, today: Date) -> Self {
        let choice = Choice::of(board);
        let now = Choice { known_on: today.max(board.known_on), ..choice };
        let eyes = Eyes { then: choice.question(Some(board.horizon)), now: now.question(None) };
        Self {
            frozen: board.scores(),
            again: choice.scores(ledger, Some(board.horizon)),
            dated_back: choice.scores(ledger, None),
            today: now.scores(ledger, None),
            changes: changes(ledger, &choice, &eyes),
            targets: target_changes(ledger, &choice, &eyes),
        }
    }

    /// Whether the ledger still gives the frozen board digit by digit.
    pub fn agrees(&self) -> bool {
        self.frozen.as_ref() == Some(&self.again)
    }
}

/// The groups of which two boards tell different things, in the order of the first.
pub fn moved(was: &[FrozenScore], is: &[FrozenScore]) -> Vec<Moved> {
    let find = |scores: &[FrozenScore], group: &str| scores.iter().find(|score| score.group == group).cloned();
    let gone_or_other = was.iter().filter_map(|score| {
        let is = find(is, &score.group);
        (is.as_ref() != Some(score)).then(|| Moved { group: score.group.clone(), was: Some(score.clone()), is })
    });
    let new = is.iter().filter(|score| find(was, &score.group).is_none());
    let new = new.map(|score| Moved { group: score.group.clone(), was: None, is: Some(score.clone()) });
    gone_or_other.chain(new).collect()
}

/// The two looks at the ledger: as of the frozen board, and as of today.
struct Eyes {
    then: Question,
    now: Question,
}

/// Whether a row was there for a question.
fn is_seen(question: &Question, id: i64, known_on: Option<Date>) -> bool {
    known_on.is_none_or(|day| day <= question.known_on) && question.horizon.is_none_or(|horizon| id <= horizon)
}

fn changes(ledger: &Ledger, choice: &Choice, eyes: &Eyes) -> Vec<Change> {
    let spans = spans(ledger, choice, eyes);
    let mut changes = Vec::new();
    for indicator in indicators_of(ledger, choice.resolution) {
        let Some(span_from) = spans.get(&indicator.id) else { continue };
        for unit in units_behind(ledger, choice, eyes, indicator, *span_from) {
            let rows = ledger.arrivals(unit, indicator.id);
            let in_span = |row: &Arrival| span_from.is_none_or(|from| row.period.first_day() >= from);
            let so_far = |row: &&Arrival| row.period.last_day() <= choice.month.last_day() && in_span(row);
            let mut periods: BTreeMap<Period, Vec<Arrival>> = BTreeMap::new();
            for row in rows.iter().filter(so_far) {
                periods.entry(row.period).or_default().push(*row);
            }
            changes.extend(periods.values().filter_map(|rows| change(rows, eyes)));
        }
    }
    changes
}

/// The first day of the span over which values of each indicator on the board are taken, the earliest of all its targets.
fn spans(ledger: &Ledger, choice: &Choice, eyes: &Eyes) -> BTreeMap<Id<Indicator>, Option<Date>> {
    let mut spans: BTreeMap<Id<Indicator>, Option<Date>> = BTreeMap::new();
    for question in [&eyes.then, &eyes.now] {
        let board = ledger.board(choice.unit, question);
        let scores = board.groups.iter().flat_map(|group| &group.indicators);
        for (indicator, from) in
            scores.flat_map(|score: &IndicatorScore| score.targets.iter().map(|target| (score.indicator, target.span_from)))
        {
            // An open span begins before every other.
            spans.entry(indicator).and_modify(|known| *known = (*known).min(from)).or_insert(from);
        }
    }
    spans
}

/// The units whose numbers go into the value of an indicator: areas of the subtree, and ended ones that are carried into it.
fn units_behind(ledger: &Ledger, choice: &Choice, eyes: &Eyes, indicator: &Indicator, span_from: Option<Date>) -> BTreeSet<Id<Unit>> {
    if indicator.area_rule == AreaRule::None {
        return BTreeSet::from([choice.unit]);
    }
    let mut units: BTreeSet<Id<Unit>> = ledger.members(choice.unit, choice.month.last_day()).into_iter().collect();
    for question in [&eyes.then, &eyes.now] {
        units.extend(ledger.explain(choice.unit, indicator.id, span_from, question).parts.iter().map(|part| part.unit));
    }
    units
}

/// The rows of one unit, indicator and period, in the order of their arrival: what was seen then and what is seen today.
fn change(rows: &[Arrival], eyes: &Eyes) -> Option<Change> {
    let seen = |question: &Question| rows.iter().rev().find(|row| is_seen(question, row.id.number(), Some(row.known_on))).copied();
    let (was, is) = (seen(&eyes.then), seen(&eyes.now)?);
    let told = |row: Arrival| row.value.map(|value| (value, row.weight));
    let is_other = was.and_then(told) != told(is);
    is_other.then_some(Change { was, is, dated_back: is.known_on <= eyes.then.known_on })
}

fn target_changes(ledger: &Ledger, choice: &Choice, eyes: &Eyes) -> Vec<TargetChange> {
    let indicators: BTreeSet<Id<Indicator>> = indicators_of(ledger, choice.resolution).iter().map(|indicator| indicator.id).collect();
    let day = choice.month.last_day();
    let fits = |target: &&Target| {
        let in_span = target.valid_from.is_none_or(|from| from <= day) && target.valid_to.is_none_or(|to| day <= to);
        target.unit == choice.unit && indicators.contains(&target.indicator) && in_span
    };
    // One row of each key stands for all of them: the first that arrived.
    let fitting = ledger.nouns().targets.iter().filter(fits).map(|target| ledger.target_rows(target.id));
    let keys: BTreeMap<Option<Id<Target>>, Vec<Id<Target>>> = fitting.map(|rows| (rows.first().copied(), rows)).collect();
    keys.values().filter_map(|rows| target_change(ledger, rows, eyes)).collect()
}

fn target_change(ledger: &Ledger, rows: &[Id<Target>], eyes: &Eyes) -> Option<TargetChange> {
    let rows: Vec<&Target> = rows.iter().filter_map(|row| ledger.target(*row)).collect();
    let seen = |question: &Question| rows.iter().rev().find(|row| is_seen(question, row.id.number(), row.seen_from())).copied();
    let (was, is) = (seen(&eyes.then), seen(&eyes.now)?);
    let told = |row: &Target| row.value.map(|value| (value, row.value_to, row.baseline, row.baseline_on));
    let is_other = was.and_then(told) != told(is);
    is_other.then(|| TargetChange { was: was.cloned(), is: is.clone() })
}
