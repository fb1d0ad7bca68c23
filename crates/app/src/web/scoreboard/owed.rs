//! What a board lacks: numbers that an area usually reports and has not, withdrawn ones, those that no succession carries on,
//! and those that are entered twice.
//!
//! How often an area reports is not written down anywhere: it is read off its own rows. The commonest length of their periods
//! counts, of equally common ones the shorter. An area that is new follows the habit of those it came from.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::Id;
use domain::indicator::{AreaRule, Indicator, PeriodRule};
use domain::measurement::Arrival;
use domain::period::Period;
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

/// Looks through the areas of a unit for one indicator over the span of the unit's target.
pub fn look(ledger: &Ledger, question: &Question, unit: Id<Unit>, indicator: &Indicator, span_from: Option<Date>, into: &mut Lacking) {
    let asking = Asking { ledger, question, indicator, span_from: span_from.unwrap_or(Date::MIN) };
    let areas = match indicator.area_rule {
        AreaRule::None => vec![unit],
        _ => ledger.members(unit, question.units_on()),
    };
    let mut reporting: BTreeSet<Id<Unit>> = BTreeSet::new();
    let mut silent = Vec::new();
    for area in areas {
        let rows = asking.latest(area);
        into.withdrawn.extend(rows.values().filter(|row| row.value.is_none() && asking.is_in_span(row.period)).copied());
        match asking.habit(area, &rows) {
            Some(habit) => {
                reporting.insert(area);
                into.owed.extend(asking.owed(area, &rows, &habit));
            }
            None if area == unit || asking.has_target(area) => silent.push(area),
            None => {}
        }
    }
    // Who has a target and reports nothing owes it, unless an area below reports: then it adds up.
    let adds_up = |area: &Id<Unit>| {
        indicator.area_rule != AreaRule::None && ledger.members(*area, question.units_on()).iter().any(|below| reporting.contains(below))
    };
    into.owed.extend(silent.iter().filter(|area| !adds_up(area)).map(|area| asking.never(*area)));
    let explanation = ledger.explain(unit, indicator.id, span_from, question);
    let lost =
        |missing: &scoreboard::explanation::Missing| Lost { unit: missing.unit, indicator: indicator.id, reasons: missing.reasons.clone() };
    into.lost.extend(explanation.missing.iter().map(lost));
    into.doubled.extend(asking.doubled(&explanation));
}

struct Asking<'a> {
    ledger: &'a Ledger,
    question: &'a Question,
    indicator: &'a Indicator,
    span_from: Date,
}

/// How often an area reports.
struct Habit {
    months: i8,
    inherited: bool,
}

/// The row of each period that arrived last.
type Latest = BTreeMap<Period, Arrival>;

impl Asking<'_> {
    fn latest(&self, area: Id<Unit>) -> Latest {
        let rows = self.ledger.arrivals(area, self.indicator.id).into_iter();
        // In the order of arrival, so that the last one stays.
        rows.filter(|row| row.known_on <= self.question.known_on).map(|row| (row.period, row)).collect()
    }

    fn is_in_span(&self, period: Period) -> bool {
        self.span_from <= period.first_day() && period.last_day() <= self.question.last_day()
    }

    /// How an area reports: the usual length of its periods, and whether that is the habit of the units it came from. Absent
    /// where neither has ever reported.
    fn habit(&self, area: Id<Unit>, rows: &Latest) -> Option<Habit> {
        match usual_months(rows.keys().copied()) {
            Some(months) => Some(Habit { months, inherited: false }),
            None => usual_months(self.of_predecessors(area).into_keys()).map(|months| Habit { months, inherited: true }),
        }
    }

    /// What an area owes that reports by habit; absent where it owes nothing.
    fn owed(&self, area: Id<Unit>, rows: &Latest, habit: &Habit) -> Option<Owed> {
        let exists_from = self.ledger.unit(area).and_then(|unit| unit.valid_from).unwrap_or(Date::MIN);
        let began = rows.keys().map(|period| period.first_day()).min().unwrap_or(exists_from);
        let earliest = self.span_from.max(began).max(exists_from);
        let due = latest_over(habit.months, self.question.last_day())?;
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
        let due = Period::month_of(self.question.last_day()).unwrap_or(self.question.month);
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

    /// The rows of the units that an area came from.
    fn of_predecessors(&self, area: Id<Unit>) -> Latest {
        let successions = self.ledger.nouns().successions.iter();
        let from = successions.filter(|succession| succession.to_unit == area && succession.from_unit != area);
        from.flat_map(|succession| self.latest(succession.from_unit)).collect()
    }

    fn has_target(&self, area: Id<Unit>) -> bool {
        let day = self.question.last_day();
        let mut targets = self.ledger.nouns().targets.iter();
        targets.any(|target| {
            target.unit == area
                && target.indicator == self.indicator.id
                && target.value.or(target.value_to).is_some()
                && target.valid_from.is_none_or(|from| from <= day)
                && target.valid_to.is_none_or(|to| day <= to)
        })
    }

    /// Members of the tree that were both added, one below the other.
    fn doubled(&self, explanation: &Explanation) -> Vec<Doubled> {
        let day = self.question.units_on();
        let members = || explanation.parts.iter().map(|part| part.unit);
        let mut doubled: BTreeMap<Id<Unit>, Vec<Id<Unit>>> = BTreeMap::new();
        for unit in members() {
            // A tree of areas has four or five levels; this many is none.
            let above = std::iter::successors(self.ledger.parent(unit, day), |parent| self.ledger.parent(*parent, day)).take(LEVELS_MAX);
            for parent in above.filter(|parent| members().any(|member| member == *parent)) {
                doubled.entry(parent).or_default().push(unit);
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
