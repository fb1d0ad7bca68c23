//! Freezing the board of a session, and taking a frozen one back: officers of the session's unit.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use domain::frozen_board::FrozenBoard;
use domain::id::Id;
use domain::moment::parse_day;
use domain::period::Period;
use domain::permission;
use domain::problem::Problem;
use domain::resolution::Resolution;
use domain::session::WorkingSession;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::ledger::Ledger;
use store::StoreError;
use tokio::task::spawn_blocking;

use crate::frozen_board::{Choice, freeze, resolutions_of};
use crate::web::authority::path_of;
use crate::web::page::render_as;
use crate::web::scoreboard::asked::parse_month;
use crate::web::scoreboard::computed::newest_month;
use crate::web::session::{session_page, standing_session};
use crate::web::support::fault::problem_status;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::support::mend::Mend;
use crate::web::{App, Fault, Page};

/// A resolution that can be chosen.
pub struct ResolutionOption {
    /// What the form sends.
    pub value: String,
    /// Its name.
    pub name: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// The form on the session's page.
pub struct FreezeForm {
    /// Where it goes.
    pub action: String,
    /// The resolutions that give the unit targets; empty where there is nothing to freeze.
    pub resolutions: Vec<ResolutionOption>,
    /// As typed.
    pub month: String,
    /// As typed.
    pub known_on: String,
    /// The boards that stand now, which the form has seen.
    pub seen: Vec<String>,
    /// What must be mended.
    pub mend: Mend,
}

/// The form for who may freeze the session's board; a session about no unit has none. `typed` is what was sent and cannot be taken.
pub async fn form_of(
    app: &App,
    page: &Page,
    session: &WorkingSession,
    boards: &[FrozenBoard],
    typed: Option<(&Fields, &Problem)>,
) -> Result<Option<FreezeForm>, Fault> {
    let (Some(actor), Some(unit)) = (&page.actor, session.unit) else { return Ok(None) };
    if permission::may_freeze_board(actor, &path_of(app, Some(unit), actor).await?).is_err() {
        return Ok(None);
    }
    let ledger = app.scoreboards().ledger(app.store()).await?;
    let value = |field: &str| typed.map(|(fields, _)| fields.get(field).to_owned()).unwrap_or_default();
    let chosen = value("resolution");
    let option = |resolution: &Resolution| {
        let value = resolution.id.to_string();
        ResolutionOption { selected: value == chosen, name: resolution.name.clone(), value }
    };
    Ok(Some(FreezeForm {
        action: page.href(&format!("/sessions/{}/board", session.id)),
        resolutions: resolutions_of(&ledger, unit).into_iter().map(option).collect(),
        month: value("month"),
        known_on: value("known_on"),
        seen: boards.iter().filter(|board| board.stands()).map(|board| board.id.to_string()).collect(),
        mend: typed.map_or_else(Mend::default, |(_, problem)| Mend::of(page.lang, problem)),
    }))
}

/// `POST /sessions/{id}/board`
pub async fn freeze_board(
    State(app): State<App>,
    Path(session): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let session = standing_session(&app, &page, session).await?;
    let unit = session.unit.ok_or(Problem::NotFound)?;
    let may = permission::may_freeze_board(&actor, &path_of(&app, Some(unit), &actor).await?)?;
    let (ledger, horizon) = app.scoreboards().at_head(app.store()).await?;
    let frozen = match choice_of(&app, &ledger, &session, unit, &fields).await? {
        Ok(choice) => {
            let replaces = seen_board(&app, &session, &choice, &fields).await?;
            freeze(app.store(), &may, app.now(), (&ledger, horizon), session.id, choice, replaces).await
        }
        Err(problem) => Err(problem.into()),
    };
    match frozen {
        Ok(board) => Ok(page.redirect(&format!("/boards/{}", board.id))),
        Err(StoreError::Problem(problem)) => {
            let status = problem_status(&problem);
            render_as(status, &session_page(&app, page, session, None, Some((&fields, &problem))).await?)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What is to be frozen: what was typed, and the defaults for the rest.
async fn choice_of(
    app: &App,
    ledger: &Arc<Ledger>,
    session: &WorkingSession,
    unit: Id<Unit>,
    fields: &Fields,
) -> Result<Result<Choice, Problem>, Fault> {
    let typed = match typed_of(ledger, unit, fields, app.today()) {
        Ok(typed) => typed,
        Err(problem) => return Ok(Err(problem)),
    };
    let day = session.held_on.map_or_else(|| app.today(), |day| day.min(app.today()));
    let known_on = typed.known_on.unwrap_or(day);
    let month = match typed.month {
        Some(month) => Some(month),
        None => newest(ledger, unit, typed.resolution, known_on, day.yesterday().unwrap_or(day)).await?,
    };
    let resolution = typed.resolution;
    Ok(month.map(|month| Choice { unit, resolution, month, known_on }).ok_or(Problem::Missing { field: "month" }))
}

/// The newest month of a unit and a resolution with a number, that ended on a day or before it.
pub async fn newest(
    ledger: &Arc<Ledger>,
    unit: Id<Unit>,
    resolution: Id<Resolution>,
    known_on: Date,
    until: Date,
) -> Result<Option<Period>, Fault> {
    let ledger = Arc::clone(ledger);
    let search = spawn_blocking(move || {
        let (unit, code) = (ledger.unit(unit)?, ledger.resolution(resolution)?.code.clone());
        newest_month(&ledger, unit, Some(&code), known_on, until)
    });
    search.await.map_err(Fault::internal)
}

struct Typed {
    resolution: Id<Resolution>,
    month: Option<Period>,
    known_on: Option<Date>,
}

fn typed_of(ledger: &Ledger, unit: Id<Unit>, fields: &Fields, today: Date) -> Result<Typed, Problem> {
    let options = resolutions_of(ledger, unit);
    let resolution = match fields.filled("resolution") {
        Some(typed) => options.iter().find(|option| option.id.to_string() == typed),
        None => options.first(),
    };
    let not_allowed = |field: &'static str| Problem::NotAllowed { field, value: fields.get(field).to_owned() };
    let resolution = resolution.ok_or_else(|| not_allowed("resolution"))?.id;
    let no_month = |typed: &str| Problem::NoMonth { field: "month", value: typed.to_owned() };
    let month = fields.filled("month").map(|typed| parse_month(typed).ok_or_else(|| no_month(typed))).transpose()?;
    let no_day = |typed: &str| Problem::NoDay { field: "known_on", value: typed.to_owned() };
    let known_on = fields.filled("known_on").map(|typed| parse_day(typed).ok_or_else(|| no_day(typed))).transpose()?;
    // Nothing is known yet of a day to come.
    if known_on.is_some_and(|day| day > today) { Err(not_allowed("known_on")) } else { Ok(Typed { resolution, month, known_on }) }
}

/// The board that stands for the resolution and that the form had seen.
async fn seen_board(app: &App, session: &WorkingSession, choice: &Choice, fields: &Fields) -> Result<Option<Id<FrozenBoard>>, Fault> {
    let boards = app.store().frozen_boards_of_session(session.id).await?;
    let stands = boards.iter().find(|board| board.stands() && board.resolution == choice.resolution);
    let seen = |board: &&FrozenBoard| fields.all("seen").any(|seen| seen == board.id.to_string());
    Ok(stands.filter(seen).map(|board| board.id))
}

/// `POST /boards/{id}/withdrawal`
pub async fn take_back_board(
    State(app): State<App>,
    Path(board): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    _: Fields,
) -> Result<Response, Fault> {
    let board: FrozenBoard = app.store().get(Id::new(board)).await?;
    let may = permission::may_freeze_board(&actor, &path_of(&app, Some(board.unit), &actor).await?)?;
    match app.store().take_back_board(&may, app.now(), board.id).await {
        Err(StoreError::Problem(problem)) => {
            let subject = format!("frozen_board/{}", board.id);
            Err(crate::web::authority::with_name(&app, problem, &subject).await?.into())
        }
        done => {
            done?;
            Ok(page.redirect(&format!("/boards/{}", board.id)))
        }
    }
}
