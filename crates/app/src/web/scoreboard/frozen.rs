//! Boards that sessions have frozen, beside the one that is asked for.

use std::collections::HashMap;

use domain::id::Id;
use domain::session::WorkingSession;
use domain::unit::Unit;
use scoreboard::question::Tree;

use super::asked::Asked;
use super::computed::Judged;
use crate::web::source::audience;
use crate::web::{App, Fault, Page};

/// Frozen boards shown: those of the last years.
const SHOWN_MAX: usize = 6;

/// A frozen board of the unit.
pub struct FrozenLine {
    /// Its month, its day and its session.
    pub words: String,
    /// The session that froze it, where it is compared with what is computed now.
    pub session_href: String,
    /// The board of the same question; absent where that is the one asked for.
    pub board_href: Option<String>,
}

/// The boards of a unit and a resolution that sessions of this visitor have frozen, the newest first.
pub async fn frozen_lines(app: &App, page: &Page, asked: &Asked, unit: &Unit, of: &Judged) -> Result<Vec<FrozenLine>, Fault> {
    let Some(resolution) = &of.resolution else { return Ok(Vec::new()) };
    let boards = app.store().frozen_boards_of_unit(unit.id).await?;
    if boards.is_empty() {
        return Ok(Vec::new());
    }
    let sessions = app.store().sessions_of_unit(unit.id, audience(page)).await?;
    let sessions: HashMap<Id<WorkingSession>, &WorkingSession> = sessions.iter().map(|session| (session.id, session)).collect();
    let lang = page.lang;
    let seen = boards.iter().filter(|board| board.resolution == resolution.id);
    let lines = seen.filter_map(|board| {
        let session = sessions.get(&board.session)?;
        let there = asked.with_resolution(&of.code).with_month(board.month).with_known_on(board.known_on).with_tree(Tree::OfMonth);
        let day = lang.day_or_unknown(session.held_on);
        Some(FrozenLine {
            words: lang.scoreboard_frozen(lang.period(board.month), lang.day(board.known_on), day),
            session_href: page.href(&format!("/sessions/{}", session.id)),
            board_href: (there.question != asked.question).then(|| page.href(&there.path(""))),
        })
    });
    Ok(lines.take(SHOWN_MAX).collect())
}
