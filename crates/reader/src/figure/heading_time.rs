//! The times that stand above a line: headings, lead-ins, and the year that the paper is of.

use std::collections::BTreeMap;

use domain::reading::Period;

use super::period::{Bearing, find_times};
use crate::words::Line;

/// The year that a paper without a day of its own names most often, the later of two; plans ahead and terms do not count.
pub fn usual_year(text: &str) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    let (mut word, mut dashed) = ("", false);
    for next in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '.' | '-' | '–')) {
        let date = next.rsplit(['/', '.', '-', '–']).next().unwrap_or("");
        let year = date.parse().ok().filter(|y| date.len() == 4 && (1990..=2100).contains(y));
        let named = word.eq_ignore_ascii_case("năm") || word == "Năm" || date.len() < next.len();
        if let Some(year) = year.filter(|_| named && !dashed && !next.contains(['–', '-'])) {
            *counts.entry(year).or_default() += 1;
        }
        dashed = matches!(next, "-" | "–");
        word = if next.is_empty() { word } else { next };
    }
    counts.into_iter().max_by_key(|&(year, count)| (count, year)).map(|(year, _)| year)
}

/// The times that headings and lead-in lines give to what stands below them.
#[derive(Debug, Default)]
pub struct HeadingTimes {
    headings: Vec<(u8, Option<Period>)>,
    lead_in: Option<Period>,
}

impl HeadingTimes {
    /// Enters a heading.
    pub fn enter_heading(&mut self, level: u8, line: &Line<'_>, year: Option<i16>) {
        self.headings.retain(|(other, _)| *other < level);
        self.headings.push((level, only_period(line, year)));
        self.lead_in = None;
    }

    /// Leaves the list that a lead-in line opened.
    pub fn leave_list(&mut self) {
        self.lead_in = None;
    }

    /// A line that ends with a colon speaks for the list below it.
    pub fn enter_lead_in(&mut self, line: &Line<'_>, year: Option<i16>) {
        self.lead_in = only_period(line, year);
    }

    /// The time of a line that says none itself.
    pub fn now(&self) -> Option<Period> {
        self.lead_in.or_else(|| self.headings.iter().rev().find_map(|(_, period)| *period))
    }
}

fn only_period(line: &Line<'_>, year: Option<i16>) -> Option<Period> {
    find_times(line, year).iter().rev().filter(|phrase| phrase.bearing != Bearing::Aside).find_map(|phrase| phrase.period)
}
