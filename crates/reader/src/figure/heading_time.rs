//! The times that stand above a line: headings, lead-ins, and the year that the paper is of.

use std::collections::BTreeMap;

use domain::reading::Period;

use super::period::{Bearing, find_times};
use crate::words::Line;

/// How much more a day, month or quarter tells of a paper's year than a year alone.
const DATE_WEIGHT: usize = 3;

/// The year that a paper without a day of its own names most, the later of two; deadlines, plans ahead and terms do not count.
pub fn usual_year(text: &str) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    let (mut before, mut word, mut dashed) = ("", "", false);
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '.' | '-' | '–'));
    for next in words.map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty()) {
        let date = next.rsplit(['/', '.', '-', '–']).next().unwrap_or("");
        let year = date.parse().ok().filter(|y| date.len() == 4 && (1990..=2100).contains(y));
        let joined = date.len() < next.len();
        let ahead = matches!((before, word), ("trước" | "Trước", _) | (_, "trước" | "Trước") | ("đến" | "hết" | "cuối", "năm"));
        let named = joined || matches!(word, "năm" | "Năm");
        if let Some(year) = year.filter(|_| named && !dashed && !ahead && !next.contains(['–', '-'])) {
            *counts.entry(year).or_default() += if joined { DATE_WEIGHT } else { 1 };
        }
        dashed = matches!(next, "-" | "–");
        (before, word) = (word, next);
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

#[cfg(test)]
mod tests {
    use super::usual_year;

    #[test]
    fn finds_the_year_that_a_paper_is_of() {
        for (text, year) in [
            ("Quý IV/2025. Năm 2026, phấn đấu tăng 10%.", Some(2025)),
            ("Nhiệm kỳ 2020 - 2025; năm 2023 đạt 5%; đến năm 2030 đạt 9%.", Some(2023)),
            ("Trước 30/6/2025 xong; năm 2024 có 3 xã.", Some(2024)),
            ("Có 2023 hộ.", None),
        ] {
            assert_eq!(usual_year(text), year, "{text}");
        }
    }
}
