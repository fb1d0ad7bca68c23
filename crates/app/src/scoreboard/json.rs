//! Boards as JSON: what was asked, and rows with the CSV's columns. Whole numbers only.

use serde::Serialize;

use super::csv::{band_word, unit_code};
use super::query::{Answer, BoardRow, Whose, tree_word};

/// Media type of what [`print()`] gives.
pub const MEDIA_TYPE: &str = "application/json";

#[derive(Serialize)]
struct Printed<'a> {
    question: PrintedQuestion<'a>,
    rows: Vec<PrintedRow<'a>>,
}

/// With everything settled that the question left open, so that asking again by it gives the same answer.
#[derive(Serialize)]
struct PrintedQuestion<'a> {
    /// `null`: all units.
    unit: Option<&'a str>,
    resolution: Option<&'a str>,
    month: String,
    known_on: String,
    tree: String,
    /// The day R whose units are on the board.
    units_on: String,
}

#[derive(Serialize)]
struct PrintedRow<'a> {
    unit: &'a str,
    group: &'a str,
    achievement_bp: Option<i64>,
    band: String,
}

impl<'a> PrintedRow<'a> {
    fn of(row: &BoardRow<'a>) -> Self {
        Self { unit: unit_code(row), group: &row.group.code, achievement_bp: row.achievement, band: band_word(row.band) }
    }
}

/// The whole text.
pub fn print(answer: &Answer<'_>) -> Result<String, serde_json::Error> {
    let query = answer.query;
    let unit = match &query.whose {
        Whose::Unit(code) => Some(code.as_str()),
        Whose::All => None,
    };
    let question = PrintedQuestion {
        unit,
        resolution: query.resolution.as_deref(),
        month: query.question.month.to_string(),
        known_on: query.question.known_on.to_string(),
        tree: tree_word(query.question.tree),
        units_on: query.question.units_on().to_string(),
    };
    let printed = Printed { question, rows: answer.rows.iter().map(PrintedRow::of).collect() };
    Ok(serde_json::to_string(&printed)? + "\n")
}
