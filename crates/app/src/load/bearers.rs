//! Who bears a code when. Codes recur after reorganisations: a unit is found by its code and a day.

use std::collections::HashMap;

use domain::unit::Unit;
use jiff::civil::Date;

/// The place of a unit among those of the load's world.
pub type UnitAt = usize;

/// One unit's time with a code; open ends are the calendar's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bearer {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Who.
    pub unit: UnitAt,
}

/// Every code with its bearers, the earliest first.
#[derive(Debug, Default)]
pub struct Bearers(HashMap<String, Vec<Bearer>>);

impl Bearers {
    /// Adds a unit; one without a code bears none.
    pub fn add(&mut self, at: UnitAt, unit: &Unit) {
        let Some(code) = &unit.code else { return };
        let (first, last) = span_of(unit.valid_from, unit.valid_to);
        let bearers = self.0.entry(code.clone()).or_default();
        let place = bearers.partition_point(|bearer| bearer.first <= first);
        bearers.insert(place, Bearer { first, last, unit: at });
    }

    /// The bearers of a code.
    pub fn of(&self, code: &str) -> &[Bearer] {
        self.0.get(code).map_or(&[], Vec::as_slice)
    }

    /// Every code with its bearers.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Bearer])> {
        self.0.iter().map(|(code, bearers)| (code.as_str(), bearers.as_slice()))
    }

    /// Who bears the code on a day.
    pub fn at(&self, code: &str, day: Date) -> Option<UnitAt> {
        self.of(code).iter().find(|bearer| bearer.first <= day && day <= bearer.last).map(|bearer| bearer.unit)
    }

    /// Who bears the code on the last day, else the last that bore it within the span: a measurement's unit.
    pub fn last_within(&self, code: &str, (first, last): (Date, Date)) -> Option<UnitAt> {
        self.at(code, last).or_else(|| within(self.of(code), first, last).last())
    }

    /// Who bears the code on the first day, else the first that bore it within the span: a target's unit.
    pub fn first_within(&self, code: &str, (first, last): (Date, Date)) -> Option<UnitAt> {
        self.at(code, first).or_else(|| within(self.of(code), first, last).next())
    }

    /// When the code was borne, for a sentence; empty where it never was.
    pub fn printed_times(&self, code: &str) -> String {
        self.of(code).iter().map(|bearer| printed_span(bearer.first, bearer.last)).collect::<Vec<_>>().join("; ")
    }
}

fn within(bearers: &[Bearer], first: Date, last: Date) -> impl Iterator<Item = UnitAt> {
    bearers.iter().filter(move |bearer| bearer.first <= last && first <= bearer.last).map(|bearer| bearer.unit)
}

/// Open ends as the calendar's.
pub fn span_of(from: Option<Date>, to: Option<Date>) -> (Date, Date) {
    (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX))
}

/// A span in a sentence, the same in both languages: `2004-01-01 … 2025-06-30`.
pub fn printed_span(first: Date, last: Date) -> String {
    let open = |day: Date| if day == Date::MIN || day == Date::MAX { String::new() } else { day.to_string() };
    format!("{} … {}", open(first), open(last)).trim().to_owned()
}
