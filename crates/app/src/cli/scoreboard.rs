//! `cotmoc scoreboard`: boards computed from the ledger and printed.

use scoreboard::question::{Question, Tree};

use super::{BoardFormat, Failure, Scoreboard, print};
use crate::lang::Lang;
use crate::scoreboard::{BoardQuery, Scoreboards, Whose, csv, json, table};
use crate::web::app::Clock;

/// Computes and prints.
pub fn run(scoreboard: &Scoreboard) -> Result<(), Failure> {
    let query = query(scoreboard);
    let ledger = scoreboard.database.with_existing(async |store| Ok(Scoreboards::default().ledger(store).await?))?;
    let answer = query.answer(&ledger).map_err(|unknown| Failure::both(|lang| lang.unknown(&unknown)))?;
    let printed = match scoreboard.format {
        BoardFormat::Table => table::print(&answer, Lang::Vi),
        BoardFormat::Csv => csv::print(&answer),
        BoardFormat::Json => json::print(&answer).map_err(|fault| Failure::both(|lang| lang.command_failed(&fault)))?,
    };
    print(&printed)
}

fn query(scoreboard: &Scoreboard) -> BoardQuery {
    let tree = match scoreboard.restate_to {
        Some(day) => Tree::Of(day),
        None if scoreboard.as_reported => Tree::AsReported,
        None => Tree::OfMonth,
    };
    let known_on = scoreboard.known_on.unwrap_or_else(|| Clock::System.now().day());
    BoardQuery {
        whose: scoreboard.unit.clone().map_or(Whose::All, Whose::Unit),
        resolution: scoreboard.resolution.clone(),
        question: Question { month: scoreboard.month, known_on, horizon: None, tree },
    }
}
