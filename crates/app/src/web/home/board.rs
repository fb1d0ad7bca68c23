//! The head of the home page: the board that the newest published session froze, as it was kept, and beside it the newest month
//! as known today. A number that changes later moves the second and never the first.

use std::sync::Arc;

use domain::frozen_board::{FrozenBoard, FrozenScore};
use domain::session::WorkingSession;
use scoreboard::ledger::Ledger;
use store::task::Audience;
use tokio::task::spawn_blocking;

use crate::frozen_board::Choice;
use crate::frozen_board::check::{Moved, moved};
use crate::lang::Lang;
use crate::web::frozen_board::block::{BandFigure, BoardBlock, Names, achievement_words, band_figures, block};
use crate::web::page::capitalised;
use crate::web::{App, Fault, Page};

/// Groups named that differ between the two boards.
const DIFFERENCES_SHOWN: usize = 4;

/// The frozen board at the head.
pub struct BoardHero {
    pub unit: String,
    pub headline: String,
    pub board: BoardBlock,
    /// What the session is called, and its day.
    pub session: String,
    pub session_href: String,
    pub newest: Option<NewestMonth>,
}

/// The newest month with values, computed now.
pub struct NewestMonth {
    /// The month and the day as known on.
    pub known: String,
    pub figures: Vec<BandFigure>,
    /// How many groups differ from the frozen board, in words.
    pub differs: String,
    pub lines: Vec<Difference>,
    /// How many more there are; empty for none.
    pub more: String,
    pub href: String,
}

/// A group that stands elsewhere than on the frozen board.
pub struct Difference {
    pub name: String,
    pub was: String,
    pub is: String,
}

/// The newest published session's board; absent where no published session has one.
pub async fn board_hero(app: &App, page: &Page) -> Result<Option<BoardHero>, Fault> {
    let boards = app.store().latest_frozen_boards(Audience::Public).await?;
    if boards.is_empty() {
        return Ok(None);
    }
    let ledger = app.scoreboards().ledger(app.store()).await?;
    let is_own = |board: &&FrozenBoard| ledger.resolution(board.resolution).is_some_and(|resolution| resolution.unit == Some(board.unit));
    let Some(board) = boards.iter().find(is_own).or_else(|| boards.first()) else { return Ok(None) };
    let session: WorkingSession = app.store().get(board.session).await?;
    let names = Names::of(&ledger, board)?;
    let ready = block(page, &names, board);
    let title = crate::web::session::title_of(app, page.lang, &session).await?;
    Ok(Some(BoardHero {
        unit: ledger.unit(board.unit).map_or_else(String::new, |unit| capitalised(&unit.name)),
        headline: ready.figures.first().map(|figure| figure.words.clone()).unwrap_or_default(),
        session: format!("{title}, {}", page.lang.day_or_unknown(session.held_on)),
        session_href: page.href(&format!("/sessions/{}", session.id)),
        newest: newest(app, page, &ledger, &names, board).await?,
        board: ready,
    }))
}

/// The newest month's board of the same unit and resolution, as known today.
async fn newest(
    app: &App,
    page: &Page,
    ledger: &Arc<Ledger>,
    names: &Names<'_>,
    board: &FrozenBoard,
) -> Result<Option<NewestMonth>, Fault> {
    let (lang, today) = (page.lang, app.today());
    let Some(month) = crate::web::frozen_board::newest(ledger, board.unit, board.resolution, today, today).await? else { return Ok(None) };
    let (computing, choice) = (Arc::clone(ledger), Choice { month, known_on: today, ..Choice::of(board) });
    let scores = spawn_blocking(move || choice.scores(&computing, None)).await.map_err(Fault::internal)?;
    let mut differences = moved(&board.scores().unwrap_or_default(), &scores);
    differences.sort_by_key(|one| !is_in_another_band(one));
    let lines = differences.iter().take(DIFFERENCES_SHOWN).map(|one| difference(lang, names, one)).collect();
    let more = differences.len().saturating_sub(DIFFERENCES_SHOWN);
    Ok(Some(NewestMonth {
        known: lang.frozen_board_known(capitalised(&lang.period(choice.month)), lang.day(today)),
        figures: band_figures(lang, names.bands(), &scores),
        differs: differs_words(lang, &differences),
        lines,
        more: if more == 0 { String::new() } else { lang.frozen_board_home_more(lang.integer(more)) },
        href: names.scoreboard_href(page, &choice),
    }))
}

fn is_in_another_band(one: &Moved) -> bool {
    let band = |score: &Option<FrozenScore>| score.as_ref().map(|score| score.band);
    band(&one.was) != band(&one.is)
}

fn difference(lang: Lang, names: &Names<'_>, one: &Moved) -> Difference {
    let words = |score: &Option<FrozenScore>| match score {
        Some(score) => achievement_words(lang, score.achievement),
        None => lang.frozen_board_not_on_board().to_owned(),
    };
    Difference { name: names.group_name(&one.group), was: words(&one.was), is: words(&one.is) }
}

fn differs_words(lang: Lang, differences: &[Moved]) -> String {
    if differences.is_empty() {
        return lang.frozen_board_home_no_difference().to_owned();
    }
    let bands = differences.iter().filter(|one| is_in_another_band(one)).count();
    lang.frozen_board_home_differs(lang.integer(differences.len()), lang.integer(bands))
}
