//! A number entered at a unit and below it is added twice. The scoreboard adds it all the same, since it cannot know which of the
//! two is meant; the ledger warns, at both.

use std::collections::HashMap;

use domain::id::Id;
use domain::indicator::{AreaRule, Indicator, PeriodRule};
use domain::measurement::standing;
use domain::period::Period;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::ledger::Ledger;

use crate::lang::Lang;
use crate::scoreboard::moved::chain;
use crate::web::page::capitalised;

/// Units named in a warning; the others are counted.
const NAMED_MAX: usize = 3;

/// Units whose numbers are added to those of one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Double {
    /// Below it.
    pub below: Vec<Id<Unit>>,
    /// Above it.
    pub above: Vec<Id<Unit>>,
}

/// Looks for numbers of one indicator that are added twice, as known on a day.
pub struct Doubles<'l> {
    ledger: &'l Ledger,
    indicator: &'l Indicator,
    known_on: Date,
    /// The periods with a number, of each unit that was looked at.
    periods: HashMap<Id<Unit>, Vec<Period>>,
}

impl<'l> Doubles<'l> {
    /// None looked for yet.
    pub fn new(ledger: &'l Ledger, indicator: &'l Indicator, known_on: Date) -> Self {
        Self { ledger, indicator, known_on, periods: HashMap::new() }
    }

    /// The units whose numbers count together with one of `unit` for `period`.
    pub fn of(&mut self, unit: Id<Unit>, period: Period) -> Double {
        if self.indicator.area_rule == AreaRule::None {
            return Double::default();
        }
        let (ledger, day) = (self.ledger, period.last_day());
        let mut double = Double { below: ledger.members(unit, day), above: chain(ledger, unit, day) };
        double.below.retain(|member| *member != unit && self.meets(unit, *member, period));
        double.above.retain(|upper| *upper != unit && self.meets(*upper, *upper, period));
        double
    }

    /// Whether `other` has a number that is added to one for `period` on the boards of `upper`, the higher of the two units.
    fn meets(&mut self, upper: Id<Unit>, other: Id<Unit>, period: Period) -> bool {
        let (ledger, indicator, known_on) = (self.ledger, self.indicator, self.known_on);
        let periods = self.periods.entry(other).or_insert_with(|| periods_with_number(ledger, indicator, other, known_on));
        let overlaps = periods.iter().any(|other| other.overlaps(period));
        // The latest value stands for the whole span so far, so the two need not be of one time to be added.
        overlaps
            || (indicator.period_rule == PeriodRule::Last
                && periods.iter().any(|other| in_one_span(ledger, indicator, upper, *other, period)))
    }
}

fn periods_with_number(ledger: &Ledger, indicator: &Indicator, unit: Id<Unit>, known_on: Date) -> Vec<Period> {
    let rows = ledger.arrivals(unit, indicator.id);
    let mut periods: Vec<Period> = rows.iter().map(|row| row.period).collect();
    periods.dedup();
    periods.retain(|period| standing(&rows, *period, known_on).is_some_and(|row| row.value.is_some()));
    periods
}

/// Whether the span of a target of the unit, or of one above it, holds both periods.
fn in_one_span(ledger: &Ledger, indicator: &Indicator, upper: Id<Unit>, one: Period, other: Period) -> bool {
    let boards = chain(ledger, upper, other.last_day());
    ledger.nouns().targets.iter().filter(|target| target.indicator == indicator.id && boards.contains(&target.unit)).any(|target| {
        let holds = |period: Period| {
            target.valid_from.is_none_or(|from| from <= period.first_day()) && target.valid_to.is_none_or(|to| period.last_day() <= to)
        };
        holds(one) && holds(other)
    })
}

/// The warnings in words; none where nothing is added twice.
pub fn warnings(lang: Lang, ledger: &Ledger, double: &Double) -> Vec<String> {
    let mut said = Vec::new();
    if !double.below.is_empty() {
        said.push(lang.measurement_double_below(names(lang, ledger, &double.below)));
    }
    if !double.above.is_empty() {
        said.push(lang.measurement_double_above(names(lang, ledger, &double.above)));
    }
    said
}

/// The warning where this unit has no number yet, but would double those of others with one.
pub fn would_double(lang: Lang, ledger: &Ledger, double: &Double) -> Vec<String> {
    let others = [double.above.as_slice(), double.below.as_slice()].concat();
    if others.is_empty() { Vec::new() } else { vec![lang.measurement_double_would(names(lang, ledger, &others))] }
}

fn names(lang: Lang, ledger: &Ledger, units: &[Id<Unit>]) -> String {
    let name = |unit: &Id<Unit>| ledger.unit(*unit).map(|unit| capitalised(&unit.name));
    let named = units.iter().take(NAMED_MAX).filter_map(name).collect::<Vec<_>>().join(", ");
    match units.len().saturating_sub(NAMED_MAX) {
        0 => named,
        more => lang.measurement_and_more(named, lang.integer(more)),
    }
}
