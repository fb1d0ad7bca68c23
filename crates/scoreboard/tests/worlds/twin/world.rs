//! The rows of a world, and who bears a code or a name on a day.

use jiff::civil::Date;

use super::{Exact, Period};

/// Everything that the bulk files say, in their order.
#[derive(Debug, Default)]
pub struct World {
    pub units: Vec<Unit>,
    pub resolutions: Vec<Resolution>,
    pub groups: Vec<Group>,
    pub indicators: Vec<Indicator>,
    pub targets: Vec<TargetRow>,
    pub measurements: Vec<Measurement>,
    pub successions: Vec<Succession>,
}

/// A unit; it is known by its place in `World::units`.
#[derive(Debug)]
pub struct Unit {
    pub code: String,
    pub name: String,
    pub is_area: bool,
    /// The parent's code, borne by whichever unit has it on the day asked; empty at the top.
    pub parent: String,
    pub first: Date,
    pub last: Date,
}

/// A share of a unit that goes to another.
#[derive(Debug)]
pub struct Succession {
    pub from: usize,
    pub to: usize,
    pub on: Date,
    pub share: Option<Exact>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupRule {
    Mean,
    All,
    Any,
}

#[derive(Debug)]
pub struct Resolution {
    pub code: String,
    pub issuer: Who,
    /// The issuer as it is written.
    pub issued_by: String,
    pub rule: GroupRule,
    /// Lower thresholds, the highest first.
    pub bands: Vec<i64>,
    pub from_baseline: bool,
}

#[derive(Debug)]
pub struct Group {
    pub code: String,
    pub resolution: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaRule {
    Sum,
    WeightedMean,
    Ratio,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodRule {
    Sum,
    Last,
    At,
    Mean,
}

#[derive(Debug)]
pub struct Indicator {
    pub code: String,
    pub measure: String,
    pub decimals: usize,
    pub higher_is_better: bool,
    pub area_rule: AreaRule,
    pub period_rule: PeriodRule,
    pub group: String,
    pub weight: i64,
}

/// An assigner or issuer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Unit(usize),
    Named(String),
}

/// One row of `targets.csv`; rows with one key are the versions of one target. Numbers are in 10^-decimals.
#[derive(Debug)]
pub struct TargetRow {
    pub unit: usize,
    pub indicator: String,
    pub first: Date,
    pub last: Date,
    pub assigner: Who,
    /// The assigner as this row writes it.
    pub assigned_by: String,
    /// The day from which the row is seen; absent: from the first day of the span.
    pub known_on: Option<Date>,
    /// Absent in a row that withdraws.
    pub value: Option<Exact>,
    pub value_to: Option<Exact>,
    pub baseline: Option<Exact>,
}

impl TargetRow {
    /// The day from which the row is seen.
    pub fn known(&self) -> Date {
        self.known_on.unwrap_or(self.first)
    }

    /// Whether two rows are versions of one target.
    pub fn same_target(&self, other: &TargetRow) -> bool {
        (self.unit, &self.indicator, self.first, self.last, &self.assigner)
            == (other.unit, &other.indicator, other.first, other.last, &other.assigner)
    }
}

#[derive(Debug)]
pub struct Measurement {
    pub unit: usize,
    pub indicator: String,
    pub period: Period,
    pub known: Date,
    /// In 10^-decimals; absent in a row that withdraws.
    pub value: Option<Exact>,
    pub weight: Option<Exact>,
}

impl Unit {
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    fn is_valid_within(&self, first: Date, last: Date) -> bool {
        self.first <= last && first <= self.last
    }
}

impl World {
    /// The unit that bears `code` on `day`.
    pub fn bearer(&self, code: &str, day: Date) -> Option<usize> {
        self.units.iter().position(|unit| unit.code == code && unit.is_valid_on(day))
    }

    /// The unit of a measurement: it bears the code on the last day of the period, else it was the last to bear it within.
    pub fn bearer_at_end(&self, code: &str, first: Date, last: Date) -> Option<usize> {
        self.bearer(code, last).or_else(|| self.bearers_within(code, first, last).into_iter().max_by_key(|&at| (self.units[at].first, at)))
    }

    /// The unit of a target: it bears the code on the first day of the span, else it was the first to bear it within.
    pub fn bearer_at_start(&self, code: &str, first: Date, last: Date) -> Option<usize> {
        self.bearer(code, first).or_else(|| self.bearers_within(code, first, last).into_iter().min_by_key(|&at| (self.units[at].first, at)))
    }

    fn bearers_within(&self, code: &str, first: Date, last: Date) -> Vec<usize> {
        (0..self.units.len()).filter(|&at| self.units[at].code == code && self.units[at].is_valid_within(first, last)).collect()
    }

    /// Who is meant by a code or a name: a unit's code, else the only unit of that name, else the name itself.
    pub fn who(&self, text: &str, first: Date, last: Date) -> Who {
        if let Some(unit) = self.bearer_at_start(text, first, last) {
            return Who::Unit(unit);
        }
        let named: Vec<usize> =
            (0..self.units.len()).filter(|&at| self.units[at].name == text && self.units[at].is_valid_within(first, last)).collect();
        match named[..] {
            [only] => Who::Unit(only),
            _ => Who::Named(text.to_owned()),
        }
    }

    /// Where the numbers of a unit go when it ends: one that goes on after giving a part away keeps its numbers.
    pub fn ways_from(&self, unit: usize) -> Vec<&Succession> {
        self.successions.iter().filter(|way| way.from == unit && self.units[unit].last < way.on).collect()
    }

    /// All units that a unit's ways lead to, over all hops.
    pub fn successors(&self, unit: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for way in self.ways_from(unit) {
            found.push(way.to);
            found.extend(self.successors(way.to));
        }
        found
    }
}
