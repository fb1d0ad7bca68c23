//! A question as people and programs put it, by codes; and its answer, row by row.

use domain::group::Group;
use domain::period::Period;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::board::Board;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};

/// Whose boards are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Of the unit that bears this code on the day R.
    Unit(String),
    /// Of every unit that exists on the day R.
    All,
}

/// What is asked, by codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardQuery {
    /// Whose boards.
    pub whose: Whose,
    /// Only the groups of the resolution with this code.
    pub resolution: Option<String>,
    /// Which month, known when, on which tree.
    pub question: Question,
}

/// A code that the ledger does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// No unit bears the code on the day R.
    Unit {
        /// The code.
        code: String,
        /// The day R.
        on: Date,
        /// Units that bear it at other times.
        others: Vec<Unit>,
    },
    /// No group is of this resolution.
    Resolution {
        /// The code.
        code: String,
        /// The codes that there are.
        known: Vec<String>,
    },
}

/// One group of one unit.
#[derive(Debug, Clone, Copy)]
pub struct BoardRow<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// The group.
    pub group: &'a Group,
    /// Basis points; absent where there is no achievement yet.
    pub achievement: Option<i64>,
    /// The lower threshold of its band; absent with the achievement.
    pub band: Option<i64>,
}

/// The rows of the boards asked for: units and groups in the order of their ids.
pub struct Answer<'a> {
    /// Where units, groups and resolutions are looked up.
    pub ledger: &'a Ledger,
    /// What was asked.
    pub query: &'a BoardQuery,
    /// The unit asked for, where it was one.
    pub unit: Option<&'a Unit>,
    /// The rows.
    pub rows: Vec<BoardRow<'a>>,
}

impl BoardQuery {
    /// Asks the ledger.
    pub fn answer<'a>(&'a self, ledger: &'a Ledger) -> Result<Answer<'a>, Unknown> {
        self.check_resolution(ledger)?;
        let (unit, boards) = match &self.whose {
            Whose::All => (None, ledger.boards(&self.question)),
            Whose::Unit(code) => {
                let unit = self.unit(ledger, code)?;
                (Some(unit), vec![ledger.board(unit.id, &self.question)])
            }
        };
        let rows = boards.iter().flat_map(|board| self.rows(ledger, board)).collect();
        Ok(Answer { ledger, query: self, unit, rows })
    }

    fn unit<'a>(&self, ledger: &'a Ledger, code: &str) -> Result<&'a Unit, Unknown> {
        let on = self.question.units_on();
        ledger.unit_at(code, on).ok_or_else(|| {
            let bears = |unit: &&Unit| unit.code.as_deref() == Some(code);
            Unknown::Unit { code: code.to_owned(), on, others: ledger.nouns().units.iter().filter(bears).cloned().collect() }
        })
    }

    fn check_resolution(&self, ledger: &Ledger) -> Result<(), Unknown> {
        let Some(code) = &self.resolution else { return Ok(()) };
        let nouns = ledger.nouns();
        let codes = nouns.resolutions.iter().map(|resolution| &resolution.code);
        let mut known: Vec<String> = codes.chain(nouns.groups.iter().map(|group| &group.resolution_code)).cloned().collect();
        known.sort_unstable();
        known.dedup();
        if known.contains(code) { Ok(()) } else { Err(Unknown::Resolution { code: code.clone(), known }) }
    }

    fn rows<'a>(&self, ledger: &'a Ledger, board: &Board) -> Vec<BoardRow<'a>> {
        let Some(unit) = ledger.unit(board.unit) else { return Vec::new() };
        let scores = board.groups.iter().filter_map(|score| Some((ledger.group(score.group)?, score)));
        scores
            .filter(|(group, _)| self.resolution.as_ref().is_none_or(|code| *code == group.resolution_code))
            .map(|(group, score)| BoardRow { unit, group, achievement: score.achievement, band: score.band })
            .collect()
    }
}

/// Reads a month as it is typed: `2024-03`. Longer periods are no months.
pub fn parse_month(text: &str) -> Option<Period> {
    text.trim().parse().ok().filter(|period: &Period| period.is_month())
}

/// The word for a tree in addresses and in JSON: `of-month`, `as-reported` or a day.
pub fn tree_word(tree: Tree) -> String {
    match tree {
        Tree::OfMonth => "of-month".to_owned(),
        Tree::AsReported => "as-reported".to_owned(),
        Tree::Of(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_month_is_a_month() {
        assert_eq!(parse_month(" 2024-03 ").map(|month| month.to_string()).as_deref(), Some("2024-03"));
        for text in ["", "2024", "2024-Q1", "2024-13", "3/2024", "2024-3"] {
            assert_eq!(parse_month(text), None, "{text}");
        }
    }
}
