//! Mending the day of a session: papers often give it only in part, or not at all.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::id::Id;
use domain::moment::parse_day;
use domain::permission;
use domain::problem::Problem;
use domain::session::WorkingSession;
use jiff::civil::Date;
use store::StoreError;

use super::show::{session_page, standing_session};
use crate::web::authority::{path_of, with_name};
use crate::web::page::render_as;
use crate::web::support::fault::problem_status;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Page};

/// `POST /sessions/{id}`
pub async fn edit_session(
    State(app): State<App>,
    Path(session): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let session = standing_session(&app, &page, session).await?;
    let may = permission::may_steer(&actor, &path_of(&app, session.unit, &actor).await?)?;
    let written = match days_of(&fields, app.today()) {
        Ok((was, held_on)) => app.store().edit_session(&may, app.now(), session.id, was, held_on).await,
        Err(problem) => Err(problem.into()),
    };
    let address = format!("/sessions/{}", session.id);
    let problem = match written {
        Ok(()) => return Ok(page.redirect(&address)),
        Err(StoreError::Problem(problem)) => with_name(&app, problem, &format!("session/{}", session.id)).await?,
        Err(fault) => return Err(fault.into()),
    };
    let now: WorkingSession = app.store().get(Id::new(session.id.number())).await?;
    render_as(problem_status(&problem), &session_page(&app, page, now, Some((&fields, &problem)), None).await?)
}

/// The day that was there when the form was made, and the day that was typed; a meeting cannot have been held tomorrow.
fn days_of(fields: &Fields, today: Date) -> Result<(Option<Date>, Option<Date>), Problem> {
    let was = fields.filled("was").map(|was| was.parse::<Date>().map_err(|_| Problem::Stale { by: String::new() })).transpose()?;
    let Some(typed) = fields.filled("held_on") else { return Ok((was, None)) };
    let held_on = parse_day(typed).ok_or_else(|| Problem::NoDay { field: "held_on", value: typed.to_owned() })?;
    if held_on > today { Err(Problem::NotAllowed { field: "held_on", value: typed.to_owned() }) } else { Ok((was, Some(held_on))) }
}
