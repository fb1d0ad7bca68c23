//! What a board lacks: numbers that an area usually reports and has not, withdrawn ones, those that no succession carries on,
//! and those that are entered twice.
//!
//! How often an area reports is not written down anywhere: it is read off its own rows. The commonest length of their periods
//! counts, of equally common ones the shorter. An area that is new follows the habit of those it came from.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::id::Id;
use domain::indicator::{AreaRule, Indicator, PeriodRule};
use domain::measurement::Arrival;
use domain::period::Period;
use domain::target::Target;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::explanation::{Explanation, MissingReason};
use scoreboard::ledger::Ledger;
use scoreboard::question::Question;

/// Periods looked back for when an area fell silent: ten years of months, as long as a trend is.
const MISSED_MAX: usize = 120;

/// A number that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Who owes it.
    pub unit: Id<Unit>,
    /// Of what.
    pub indicator: Id<Indicator>,
    /// The usual length of its periods in months; absent where nothing was ever reported.
    pub usual: Option<i8>,
    /// Whether the habit is that of the units before a reorganisation.
    pub inherited: bool,
    /// The newest period that is owed.
    pub due: Period,
    /// The first period since which nothing has come.
    pub since: Period,
    /// How many periods are owed in a row.
    pub missed: usize,
    /// The newest value there is.
    pub last: Option<Arrival>,
}

/// A number of an ended unit that is not in the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The ended unit.
    pub unit: Id<Unit>,
    /// Of what.
    pub indicator: Id<Indicator>,
    /// Why.
    pub reasons: Vec<MissingReason>,
}

/// A number entered at a unit and at one below it: both are added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    /// Of what.
    pub indicator: Id<Indicator>,
    /// The unit above.
    pub above: Id<Unit>,
    /// The units below it, in the order of their ids.
    pub below: Vec<Id<Unit>>,
}

/// Everything that a board lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Numbers that have not come.
    pub owed: Vec<Owed>,
    /// Numbers that were taken back and not given again.
    pub withdrawn: Vec<Arrival>,
    /// Numbers that could not be carried on.
    pub lost: Vec<Lost>,
    /// Numbers that count twice.
    pub doubled: Vec<Doubled>,
}

/// Looks through the areas of one unit. What every indicator needs of them is gathered once.
pub struct Look<'a> {
    ledger: &'a Ledger,
    question: &'a Question,
    unit: Id<Unit>,
    members: Vec<Id<Unit>>,
    /// The units that others came from, each with the day of the succession.
    predecessors: HashMap<Id<Unit>, Vec<(Date, Id<Unit>)>>,
    /// Who has a target for what in the month.
    targeted: HashSet<(Id<Unit>, Id<Indicator>)>,
}

impl<'a> Look<'a> {
    /// Looks at what a unit's board is made of.
    pub fn new(ledger: &'a Ledger, question: &'a Question, unit: Id<Unit>) -> Self {
        let (nouns, day) = (ledger.nouns(), question.last_day());
        let mut predecessors: HashMap<Id<Unit>, Vec<(Date, Id<Unit>)>> = HashMap::new();
        for one in nouns.successions.iter().filter(|one| one.from_unit != one.to_unit) {
            predecessors.entry(one.to_unit).or_default().push((one.on_day, one.from_unit));
        }
        let holds = |target: &&Target| {
            let begins = target.valid_from.is_none_or(|from| from <= day);
            target.value.is_some() && begins && target.valid_to.is_none_or(|to| day <= to)
        };
        let targeted = nouns.targets.iter().filter(holds).map(|target| (target.unit, target.indicator)).collect();
        Self { ledger, question, unit, members: ledger.members(unit, question.units_on()), predecessors, targeted }
    }

    /// Adds what is lacking of one indicator over the span of the unit's target.
    pub fn at(&self, indicator: &Indicator, span_from: Option<Date>, into: &mut Lacking) {
        let asking = Asking { look: self, indicator, span_from: span_from.unwrap_or(Date::MIN) };
        let own = [self.unit];
        let areas = if indicator.area_rule == AreaRule::None { &own[..] } else { &self.members };
        let (mut reporting, mut silent) = (Vec::new(), Vec::new());
        for area in areas.iter().copied() {
            let rows = asking.latest(area);
            into.withdrawn.extend(rows.values().filter(|row| row.value.is_none() && asking.is_in_span(row.period)).copied());
            match asking.habit(area, &rows) {
                Some(habit) => {
                    reporting.push(area);
                    into.owed.extend(asking.owed(area, &rows, &habit));
                }
                None if area == self.unit || self.targeted.contains(&(area, indicator.id)) => silent.push(area),
                None => {}
            }
        }
        // Who has a target and reports nothing owes it, unless an area below reports: then it adds up.
        let adding_up: HashSet<Id<Unit>> = reporting.iter().flat_map(|area| self.above(*area)).collect();
        into.owed.extend(silent.into_iter().filter(|area| !adding_up.contains(area)).map(|area| asking.never(area)));
        let explanation = self.ledger.explain(self.unit, indicator.id, span_from, self.question);
        into.lost.extend(explanation.missing.iter().map(|missing| Lost {
            unit: missing.unit,
            indicator: indicator.id,
            reasons: missing.reasons.clone(),
        }));
        into.doubled.extend(asking.doubled(&explanation));
    }

    /// The units above a unit, the nearest first.
    fn above(&self, unit: Id<Unit>) -> impl Iterator<Item = Id<Unit>> {
        let parent = |unit: Id<Unit>| self.ledger.parent(unit, self.question.units_on());
        std::iter::successors(parent(unit), move |unit| parent(*unit)).take(LEVELS_MAX)
    }
}

struct Asking<'a> {
    look: &'a Look<'a>,
    indicator: &'a Indicator,
    span_from: Date,
}

/// How often an area reports.
struct Habit {
    months: i8,
    /// The first day of the first period that can be expected of it.
    since: Date,
    /// Whether it is the habit of the units that it came from.
    inherited: bool,
}

/// The row of each period that arrived last.
type Latest = BTreeMap<Period, Arrival>;

impl Asking<'_> {
    fn latest(&self, area: Id<Unit>) -> Latest {
        let rows = self.look.ledger.arrivals(area, self.indicator.id).into_iter();
        // In the order of arrival, so that the last one stays.
        rows.filter(|row| row.known_on <= self.look.question.known_on).map(|row| (row.period, row)).collect()
    }

    fn is_in_span(&self, period: Period) -> bool {
        self.span_from <= period.first_day() && period.last_day() <= self.look.question.last_day()
    }

    /// How an area reports: as its own rows say, else, from the day of the succession on, as those of the units it came from.
    /// Absent where neither has ever reported.
    fn habit(&self, area: Id<Unit>, rows: &Latest) -> Option<Habit> {
        if let Some(months) = usual_months(rows.keys().copied()) {
            let since = rows.keys().map(|period| period.first_day()).min()?;
            return Some(Habit { months, since, inherited: false });
        }
        let (mut before, mut since) = (Latest::new(), Date::MAX);
        for (on_day, from) in self.look.predecessors.get(&area).into_iter().flatten() {
            let rows = self.latest(*from);
            since = if rows.is_empty() { since } else { since.min(*on_day) };
            before.extend(rows);
        }
        usual_months(before.into_keys()).map(|months| Habit { months, since, inherited: true })
    }

    /// What an area owes that reports by habit; absent where it owes nothing.
    fn owed(&self, area: Id<Unit>, rows: &Latest, habit: &Habit) -> Option<Owed> {
        let exists_from = self.look.ledger.unit(area).and_then(|unit| unit.valid_from).unwrap_or(Date::MIN);
        let earliest = self.span_from.max(habit.since).max(exists_from);
        let due = latest_over(habit.months, self.look.question.last_day())?;
        let back = std::iter::successors(Some(due), |period| latest_over(habit.months, period.first_day().yesterday().ok()?));
        let is_missed = |period: &Period| period.first_day() >= earliest && !self.is_there(*period, rows);
        let missed: Vec<Period> = back.take_while(is_missed).take(MISSED_MAX).collect();
        let last = rows.values().filter(|row| row.value.is_some()).max_by_key(|row| (row.period.last_day(), row.period));
        Some(Owed {
            unit: area,
            indicator: self.indicator.id,
            usual: Some(habit.months),
            inherited: habit.inherited,
            due,
            since: *missed.last()?,
            missed: missed.len(),
            last: last.copied(),
        })
    }

    /// A number that was never reported.
    fn never(&self, area: Id<Unit>) -> Owed {
        let due = Period::month_of(self.look.question.last_day()).unwrap_or(self.look.question.month);
        Owed { unit: area, indicator: self.indicator.id, usual: None, inherited: false, due, since: due, missed: 1, last: None }
    }

    /// Whether there are values for a period: where they add up or are averaged for each of its months, else for its last one.
    fn is_there(&self, period: Period, rows: &Latest) -> bool {
        let whole = matches!(self.indicator.period_rule, PeriodRule::Sum | PeriodRule::Mean);
        let first = if whole { period.first_day() } else { period.last_day() };
        let months = std::iter::successors(Period::month_of(first), |month| month.next_month());
        let mut months = months.take_while(|month| month.first_day() <= period.last_day());
        let holds = |row: &Arrival, month: Period| {
            row.value.is_some() && row.period.first_day() <= month.first_day() && month.last_day() <= row.period.last_day()
        };
        months.all(|month| rows.values().any(|row| holds(row, month)))
    }

    /// Members of the tree that were both added, one below the other.
    fn doubled(&self, explanation: &Explanation) -> Vec<Doubled> {
        let members: HashSet<Id<Unit>> = explanation.parts.iter().map(|part| part.unit).collect();
        let mut doubled: BTreeMap<Id<Unit>, Vec<Id<Unit>>> = BTreeMap::new();
        for part in &explanation.parts {
            for above in self.look.above(part.unit).filter(|above| members.contains(above)) {
                doubled.entry(above).or_default().push(part.unit);
            }
        }
        doubled.into_iter().map(|(above, below)| Doubled { indicator: self.indicator.id, above, below }).collect()
    }
}

/// Most levels of a tree of units.
const LEVELS_MAX: usize = 16;

/// The commonest length of periods; of equally common ones the shortest.
fn usual_months(periods: impl Iterator<Item = Period>) -> Option<i8> {
    let mut counts: BTreeMap<i8, usize> = BTreeMap::new();
    for period in periods {
        *counts.entry(period.months()).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(months, _)| months)
}

/// The newest period of a length that is over on a day.
fn latest_over(months: i8, day: Date) -> Option<Period> {
    let over = |period: &Period| period.last_day() <= day;
    let of_year = |year: i16| -> Vec<Period> {
        let codes: &[&str] = match months {
            12 => &[""],
            9 => &["-9M"],
            6 => &["-H1", "-H2"],
            3 => &["-Q1", "-Q2", "-Q3", "-Q4"],
            _ => return (1..=12).filter_map(|month| Period::month(year, month)).collect(),
        };
        codes.iter().filter_map(|code| format!("{year:04}{code}").parse().ok()).collect()
    };
    [day.year(), day.year() - 1].into_iter().find_map(|year| of_year(year).into_iter().rfind(over))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn the_commonest_length_is_the_usual_one_and_of_equals_the_shorter() {
        let usual = |texts: &[&str]| usual_months(texts.iter().map(|text| period(text)));
        assert_eq!(usual(&["2024-Q1", "2024-Q2", "2023", "2024-07"]), Some(3));
        assert_eq!(usual(&["2024-Q1", "2024-07"]), Some(1));
        assert_eq!(usual(&[]), None);
    }

    #[test]
    fn a_period_is_due_when_it_is_over() {
        for (months, day, due) in [
            (1, date(2024, 3, 31), "2024-03"),
            (1, date(2024, 3, 30), "2024-02"),
            (3, date(2024, 4, 30), "2024-Q1"),
            (3, date(2024, 2, 29), "2023-Q4"),
            (6, date(2024, 6, 30), "2024-H1"),
            (9, date(2024, 3, 31), "2023-9M"),
            (12, date(2024, 3, 31), "2023"),
        ] {
            assert_eq!(latest_over(months, day), Some(period(due)));
        }
    }
}
