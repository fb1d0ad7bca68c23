//! One frozen board: as it was kept, whether the ledger still gives it, what was changed since, and every freezing of its session.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::frozen_board::{FrozenBoard, FrozenScore};
use domain::id::Id;
use domain::permission;

use super::block::{BoardBlock, Names, achievement_words, block};
use super::change::{ChangeLine, Changes};
use crate::frozen_board::Choice;
use crate::frozen_board::check::{Check, Moved, moved};
use crate::lang::{Lang, StateWords};
use crate::web::authority::path_of;
use crate::web::page::capitalised;
use crate::web::session::standing_session;
use crate::web::{App, Fault, Nav, Page, render};

/// Changed numbers on one page: a sitting's reading. The rest stand at their indicators.
const CHANGES_SHOWN: usize = 200;
/// Entries of the journal named as a possible cause.
const EDITS_SHOWN: i64 = 20;

/// A group that moved, on the boards that are held against each other.
struct MovedLine {
    name: String,
    frozen: String,
    again: String,
    dated_back: String,
    today: String,
    band: StateWords,
}

/// A freezing of the session.
struct FreezingLine {
    href: String,
    words: String,
    state: String,
    is_this: bool,
}

struct EditLine {
    sequence: String,
    words: String,
}

#[derive(Template)]
#[template(path = "frozen_board/show.html")]
struct BoardPage {
    page: Page,
    day: String,
    session_href: String,
    session: String,
    frozen_by: String,
    /// That it no longer stands; empty while it does.
    withdrawn: String,
    block: BoardBlock,
    check: StateWords,
    agrees: bool,
    edits: Vec<EditLine>,
    since: String,
    today: String,
    moved: Vec<MovedLine>,
    numbers: Vec<ChangeLine>,
    numbers_more: String,
    targets: Vec<ChangeLine>,
    history: Vec<FreezingLine>,
    take_back: Option<String>,
}

/// `GET /boards/{id}`
pub async fn show_board(State(app): State<App>, Path(board): Path<i64>, page: Page) -> Result<Response, Fault> {
    let board: FrozenBoard = app.store().get(Id::new(board)).await?;
    let session = standing_session(&app, &page, board.session.number()).await?;
    let lang = page.lang;
    let (ledger, check) = super::check(&app, &board).await?;
    let names = Names::of(&ledger, &board)?;
    let unit = ledger.unit(board.unit).map(|unit| unit.name.clone()).unwrap_or_default();
    let (numbers, targets) = {
        let changes = Changes::new(&app, &page, &ledger, &names, Choice::of(&board));
        let shown = check.changes.get(..CHANGES_SHOWN).unwrap_or(&check.changes);
        (changes.numbers(shown).await?, changes.targets(&check.targets).await?)
    };
    let title = lang.frozen_board_title_of(&unit);
    let day = lang.day_or_unknown(session.held_on);
    let description = lang.frozen_board_lead(capitalised(&lang.period(board.month)), lang.day(board.known_on), &day);
    render(&BoardPage {
        session_href: page.href(&format!("/sessions/{}", session.id)),
        session: crate::web::session::title_of(&app, lang, &session).await?,
        day,
        frozen_by: lang.frozen_board_frozen_by(&board.frozen_by, lang.moment(board.frozen_at)),
        withdrawn: board.withdrawn_at.map_or_else(String::new, |at| lang.frozen_board_taken_back(lang.moment(at))),
        block: block(&page, &names, &board),
        check: check_words(lang, &check),
        agrees: check.agrees(),
        edits: edits(&app, lang, &board, &check).await?,
        since: since_words(lang, &check),
        today: lang.day(app.today()),
        moved: moved_lines(lang, &names, &check),
        numbers_more: more_words(lang, &check),
        numbers,
        targets,
        history: history(&app, &page, &board).await?,
        take_back: take_back(&app, &page, &board).await?,
        page: page.at(Nav::Sessions).titled(title).described(description),
    })
}

/// Whether the ledger still gives the kept result.
pub fn check_words(lang: Lang, check: &Check) -> StateWords {
    let state = |class, shape, word: String| StateWords { class, shape, word, note: String::new() };
    match &check.frozen {
        None => state("over", "over", lang.frozen_board_unreadable().to_owned()),
        Some(_) if check.agrees() => state("done", "done", lang.frozen_board_agrees().to_owned()),
        Some(frozen) => state("over", "over", lang.frozen_board_differs(lang.integer(moved(frozen, &check.again).len()))),
    }
}

/// How much was changed since, in one sentence.
pub fn since_words(lang: Lang, check: &Check) -> String {
    if check.changes.is_empty() && check.targets.is_empty() {
        return lang.frozen_board_since_nothing().to_owned();
    }
    let groups = moved(&check.again, &check.today).len();
    lang.frozen_board_since_count(lang.integer(check.changes.len()), lang.integer(check.targets.len()), lang.integer(groups))
}

fn more_words(lang: Lang, check: &Check) -> String {
    if check.changes.len() <= CHANGES_SHOWN {
        return String::new();
    }
    lang.frozen_board_since_more(lang.integer(CHANGES_SHOWN), lang.integer(check.changes.len()))
}

/// Every group that any of the boards tells otherwise than the kept result.
fn moved_lines(lang: Lang, names: &Names<'_>, check: &Check) -> Vec<MovedLine> {
    let frozen = check.frozen.clone().unwrap_or_default();
    let mut groups: Vec<String> = Vec::new();
    for board in [&check.again, &check.dated_back, &check.today] {
        let new = moved(&frozen, board).into_iter().map(|Moved { group, .. }| group);
        groups.extend(new.filter(|group| !groups.contains(group)).collect::<Vec<_>>());
    }
    let on = |board: &[FrozenScore], group: &str| match board.iter().find(|score| score.group == group) {
        Some(score) => achievement_words(lang, score.achievement),
        None => lang.frozen_board_not_on_board().to_owned(),
    };
    let band = |group: &str| check.today.iter().find(|score| score.group == group).and_then(|score| score.band);
    let line = |group: &String| MovedLine {
        name: names.group_name(group),
        frozen: on(&frozen, group),
        again: on(&check.again, group),
        dated_back: on(&check.dated_back, group),
        today: on(&check.today, group),
        band: lang.band_state(names.bands(), band(group)),
    };
    groups.iter().map(line).collect()
}

/// What may have made the ledger give another board: asked only where it does.
async fn edits(app: &App, lang: Lang, board: &FrozenBoard, check: &Check) -> Result<Vec<EditLine>, Fault> {
    if check.agrees() {
        return Ok(Vec::new());
    }
    let entries = app.store().journal_of_board_nouns(board.sequence, EDITS_SHOWN).await?;
    let line = |entry: &domain::journal::JournalEntry| {
        let action = lang.word("journal_action", &entry.action.replace('.', "_")).unwrap_or(&entry.action);
        EditLine { sequence: lang.integer(entry.sequence), words: format!("{action}: {}, {}", entry.actor, lang.moment(entry.at)) }
    };
    Ok(entries.iter().map(line).collect())
}

/// Every freezing of the session under the same resolution.
async fn history(app: &App, page: &Page, board: &FrozenBoard) -> Result<Vec<FreezingLine>, Fault> {
    let lang = page.lang;
    let boards = app.store().frozen_boards_of_session(board.session).await?;
    let mut lines = Vec::new();
    for one in boards.iter().filter(|one| one.resolution == board.resolution) {
        let state = match (one.withdrawn_at, one.withdrawn_by) {
            (None, _) => lang.frozen_board_history_stands().to_owned(),
            (Some(at), by) => {
                let name = match by {
                    Some(by) => app.store().get(by).await?.name,
                    None => permission::OPERATOR.to_owned(),
                };
                // A board that was replaced is withdrawn by the write that froze the next one.
                let is_replaced = boards.iter().any(|next| next.resolution == one.resolution && next.frozen_at == at && next.id > one.id);
                if is_replaced {
                    lang.frozen_board_replaced_by(name, lang.moment(at))
                } else {
                    lang.frozen_board_taken_back_by(name, lang.moment(at))
                }
            }
        };
        lines.push(FreezingLine {
            href: page.href(&format!("/boards/{}", one.id)),
            words: format!(
                "{} · {}",
                lang.frozen_board_known(capitalised(&lang.period(one.month)), lang.day(one.known_on)),
                lang.frozen_board_frozen_by(&one.frozen_by, lang.moment(one.frozen_at))
            ),
            state,
            is_this: one.id == board.id,
        });
    }
    Ok(lines)
}

/// Where an officer takes the board back; absent for everybody else, and once it is taken back.
async fn take_back(app: &App, page: &Page, board: &FrozenBoard) -> Result<Option<String>, Fault> {
    let Some(actor) = page.actor.as_ref().filter(|_| board.stands()) else { return Ok(None) };
    let path = path_of(app, Some(board.unit), actor).await?;
    let may = permission::may_freeze_board(actor, &path).is_ok();
    Ok(may.then(|| page.href(&format!("/boards/{}/withdrawal", board.id))))
}
