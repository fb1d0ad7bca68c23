//! The parts of a value: what each unit contributes, computed by hand from the rows that were taken, and what came before them.

use std::collections::{BTreeMap, HashSet};

use domain::id::Id;
use domain::indicator::{AreaRule, Indicator, PeriodRule};
use domain::measurement::{Arrival, Measurement};
use domain::period::Period;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::exact::Exact;
use scoreboard::explanation::{Part, TakenRow};
use scoreboard::ledger::Ledger;

use super::formula::{TERMS_MAX, number, term};
use super::life;
use super::provenance::{Provenance, Provenances};
use crate::lang::{ABSENT, Lang};
use crate::web::Page;
use crate::web::page::capitalised;

/// Rows of a part that are shown at once; of more only their number is, until they are opened.
const ROWS_OPEN_MAX: usize = 3;

/// One line of a computation: `N: 120 + 230 = 350`.
pub struct Step {
    /// Which number it gives: N, W, or M for a mean over periods.
    pub gives: &'static str,
    /// The computation.
    pub text: String,
}

/// What one unit contributes.
pub struct PartView {
    /// The unit.
    pub unit: String,
    /// Its board.
    pub href: String,
    /// Code and days of a unit that had ended by then; empty else.
    pub note: String,
    /// By which share it goes in; empty where it goes whole.
    pub share: String,
    /// N, exactly.
    pub n: String,
    /// W, exactly.
    pub w: String,
    /// How N and W come from the rows; empty where the row gives them as they are.
    pub steps: Vec<Step>,
    /// How many rows, in words.
    pub count: String,
    /// Whether it is one row as it is: then it needs no part of its own.
    pub is_single: bool,
    /// Whether the rows are shown at once.
    pub is_open: bool,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// A measurement that was taken.
pub struct RowView {
    /// Whose it is, where it is another unit's than the part; empty else.
    pub unit: String,
    /// The period.
    pub period: String,
    /// The value in words.
    pub value: String,
    /// The value as it is computed with.
    pub raw: String,
    /// The weight; a dash where there is none.
    pub weight: String,
    /// By which share it was taken; empty where whole.
    pub share: String,
    /// The day it became known.
    pub known_on: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// The other values of the period.
    pub history: Vec<Former>,
}

/// Another value of the same period.
pub struct Former {
    /// The value in words, or that it was withdrawn.
    pub value: String,
    /// The day it became known.
    pub known_on: String,
    /// Whether it became known after the day that is asked.
    pub is_later: bool,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// How a part's N and W come from its rows.
pub fn steps(indicator: &Indicator, part: &Part) -> Vec<Step> {
    if part.rows.len() > TERMS_MAX {
        return Vec::new();
    }
    if indicator.period_rule == PeriodRule::Mean { mean_steps(indicator, part) } else { sum_steps(indicator, part) }
}

fn sum_steps(indicator: &Indicator, part: &Part) -> Vec<Step> {
    let is_weighted = indicator.area_rule == AreaRule::WeightedMean;
    let n: Vec<String> =
        part.rows.iter().map(|row| if is_weighted { product(&value(row), &weight(row)) } else { term(&value(row)) }).collect();
    let w: Vec<String> = part.rows.iter().map(|row| term(&weight(row))).collect();
    let is_plain = part.rows.len() == 1 && part.share.is_one();
    let mut steps = Vec::new();
    if !is_plain || is_weighted {
        steps.push(Step { gives: "N", text: shared(&n, &part.share, &part.n) });
    }
    if !is_plain && indicator.area_rule.needs_weight() {
        steps.push(Step { gives: "W", text: shared(&w, &part.share, &part.w) });
    }
    steps
}

/// A mean over periods: of each period the unit's own value, or what its predecessors gave it; then their mean, rounded down.
fn mean_steps(indicator: &Indicator, part: &Part) -> Vec<Step> {
    let is_weighted = indicator.area_rule == AreaRule::WeightedMean;
    let mut periods: BTreeMap<(Date, Date), Vec<&TakenRow>> = BTreeMap::new();
    for row in &part.rows {
        periods.entry((row.arrival.period.last_day(), row.arrival.period.first_day())).or_default().push(row);
    }
    let values: Vec<String> = periods.values().map(|rows| of_period(is_weighted, rows)).collect();
    let mean = if is_weighted { part.n.divided_by(&part.w) } else { Some(part.n.clone()) };
    let Some(mean) = mean else { return Vec::new() };
    let mut steps = vec![Step { gives: "M", text: format!("({}) ÷ {} = {}", values.join(" + "), values.len(), number(&mean)) }];
    if let Some((_, newest)) = periods.last_key_value().filter(|_| indicator.area_rule.needs_weight()) {
        let weights: Vec<String> = newest.iter().map(|row| with_share(term(&weight(row)), &row.share)).collect();
        if newest.len() > 1 || newest.iter().any(|row| !row.share.is_one()) {
            steps.push(Step { gives: "W", text: format!("{} = {}", weights.join(" + "), number(&part.w)) });
        }
    }
    if is_weighted {
        steps.push(Step { gives: "N", text: format!("{} = {}", product(&mean, &part.w), number(&part.n)) });
    }
    steps
}

/// The value of one period: one row as it is, several by their shares; of a weighted mean the weighted one.
fn of_period(is_weighted: bool, rows: &[&TakenRow]) -> String {
    let sum = |terms: Vec<String>| if terms.len() == 1 { terms.concat() } else { format!("({})", terms.join(" + ")) };
    match rows {
        // The share of a single row lies in value and weight alike, so the mean does not change by it.
        [only] if is_weighted => term(&value(only)),
        rows if is_weighted => {
            let n = rows.iter().map(|row| with_share(product(&value(row), &weight(row)), &row.share)).collect();
            let w = rows.iter().map(|row| with_share(term(&weight(row)), &row.share)).collect();
            format!("{} ÷ {}", sum(n), sum(w))
        }
        rows => sum(rows.iter().map(|row| with_share(term(&value(row)), &row.share)).collect()),
    }
}

fn shared(terms: &[String], share: &Exact, result: &Exact) -> String {
    let sum = terms.join(" + ");
    let sum = if terms.len() > 1 && !share.is_one() { format!("({sum})") } else { sum };
    format!("{} = {}", with_share(sum, share), number(result))
}

fn with_share(text: String, share: &Exact) -> String {
    if share.is_one() { text } else { format!("{text} × {}", term(share)) }
}

fn product(one: &Exact, other: &Exact) -> String {
    format!("{} × {}", term(one), term(other))
}

fn value(row: &TakenRow) -> Exact {
    Exact::from(row.arrival.value.unwrap_or_default())
}

/// A value without a weight weighs 1.
fn weight(row: &TakenRow) -> Exact {
    Exact::from(row.arrival.weight.unwrap_or(1))
}

/// The rows of a period that were not taken, in the order of arrival.
fn formers(ledger: &Ledger, taken: &Arrival) -> Vec<Arrival> {
    let all = ledger.arrivals(taken.unit, taken.indicator);
    all.into_iter().filter(|row| row.period == taken.period && row.id != taken.id).collect()
}

/// The ids of every row that some parts show.
pub fn shown_ids(ledger: &Ledger, parts: &[Part]) -> Vec<Id<Measurement>> {
    let rows = || parts.iter().flat_map(|part| &part.rows);
    let formers = rows().flat_map(|row| formers(ledger, &row.arrival)).map(|arrival| arrival.id);
    rows().map(|row| row.arrival.id).chain(formers).collect()
}

/// What a page of parts is worded with.
pub struct Wording<'a> {
    /// The page.
    pub page: &'a Page,
    /// Where units are looked up.
    pub ledger: &'a Ledger,
    /// Of what.
    pub indicator: &'a Indicator,
    /// The day of knowledge.
    pub known_on: Date,
    /// The day whose units are on the board.
    pub units_on: Date,
    /// Where the rows come from.
    pub provenances: &'a Provenances,
}

impl Wording<'_> {
    /// A part, ready for the page.
    pub fn part(&self, part: &Part) -> PartView {
        let lang = self.page.lang;
        let unit = self.ledger.unit(part.unit);
        PartView {
            unit: unit.map_or_else(String::new, |unit| capitalised(&unit.name)),
            href: self.page.href(&format!("/scoreboards/{}", part.unit)),
            note: unit
                .filter(|unit| unit.valid_to.is_some_and(|last| last < self.units_on))
                .map_or_else(String::new, |unit| life::words(lang, unit)),
            share: if part.share.is_one() { String::new() } else { number(&part.share) },
            n: number(&part.n),
            w: number(&part.w),
            steps: steps(self.indicator, part),
            count: lang.scoreboard_row_count(lang.integer(part.rows.len())),
            is_single: part.rows.len() == 1,
            is_open: part.rows.len() <= ROWS_OPEN_MAX,
            rows: part.rows.iter().map(|row| self.row(part.unit, row)).collect(),
        }
    }

    fn row(&self, of: Id<Unit>, row: &TakenRow) -> RowView {
        let (lang, arrival) = (self.page.lang, &row.arrival);
        let other = self.ledger.unit(arrival.unit).filter(|unit| unit.id != of);
        RowView {
            unit: other.map_or_else(String::new, |unit| capitalised(&unit.name)),
            period: lang.period(arrival.period),
            value: self.value(arrival),
            raw: number(&value(row)),
            weight: arrival.weight.map_or_else(|| ABSENT.to_owned(), |weight| lang.integer(weight)),
            share: if row.share.is_one() { String::new() } else { number(&row.share) },
            known_on: lang.day(arrival.known_on),
            provenance: self.provenances.of(lang, arrival.id),
            history: formers(self.ledger, arrival).iter().map(|former| self.former(former)).collect(),
        }
    }

    /// A row that does not count, with where it comes from.
    pub fn former(&self, arrival: &Arrival) -> Former {
        let lang = self.page.lang;
        Former {
            value: self.value(arrival),
            known_on: lang.day(arrival.known_on),
            is_later: arrival.known_on > self.known_on,
            provenance: self.provenances.of(lang, arrival.id),
        }
    }

    fn value(&self, arrival: &Arrival) -> String {
        let lang = self.page.lang;
        arrival.value.map_or_else(|| lang.scoreboard_value_withdrawn().to_owned(), |value| lang.reported(self.indicator, value))
    }
}

/// Values of the units that were withdrawn: periods within the span whose last row known on the day has no value.
pub fn withdrawn(ledger: &Ledger, units: &[Id<Unit>], indicator: &Indicator, span: (Option<Date>, Date), known_on: Date) -> Vec<Arrival> {
    let fits = |period: Period| span.0.is_none_or(|from| from <= period.first_day()) && period.last_day() <= span.1;
    let mut found = Vec::new();
    for unit in units {
        let arrivals = ledger.arrivals(*unit, indicator.id);
        let known = arrivals.into_iter().filter(|row| row.known_on <= known_on && fits(row.period));
        let mut latest: BTreeMap<(Date, Date), Arrival> = BTreeMap::new();
        for row in known {
            latest.insert((row.period.first_day(), row.period.last_day()), row);
        }
        found.extend(latest.into_values().filter(|row| row.value.is_none()));
    }
    let mut seen = HashSet::new();
    found.retain(|row| seen.insert(row.id));
    found
}

impl Lang {
    /// An exact number with what it is rounded down to, where it is a fraction.
    pub fn exact_number(self, exact: &Exact) -> String {
        if exact.is_whole() { number(exact) } else { self.scoreboard_with_floor(number(exact), exact.floor().to_string()) }
    }
}
