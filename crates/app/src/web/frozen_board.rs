//! Frozen boards: the block of a session's page and of the home, the page of one board, freezing and taking back.

pub mod block;
mod change;
mod freeze;
mod show;

use std::sync::Arc;

use domain::frozen_board::FrozenBoard;
use scoreboard::ledger::Ledger;
use tokio::task::spawn_blocking;

pub use freeze::{FreezeForm, form_of, freeze_board, newest, take_back_board};
pub use show::{check_words, show_board, since_words};

use super::{App, Fault};
use crate::frozen_board::check::Check;

/// A board held against the ledger as it is now. Opening every number of a large unit takes a core for a while, so it is done off
/// the request's thread.
pub async fn check(app: &App, board: &FrozenBoard) -> Result<(Arc<Ledger>, Check), Fault> {
    let (ledger, board, today) = (app.scoreboards().ledger(app.store()).await?, board.clone(), app.today());
    let computing = Arc::clone(&ledger);
    let check = spawn_blocking(move || Check::of(&computing, &board, today)).await.map_err(Fault::internal)?;
    Ok((ledger, check))
}
