//! The steps of a task's life: each a form of its page, each with the permission that it asks for.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::id::Id;
use domain::permission;
use domain::task::Task;
use store::StoreError;

use super::form::{Sent, Typed, read_assignment, read_progress, read_state, revision_of};
use super::show::{standing_task, task_page};
use crate::web::authority::{path_of, with_name};
use crate::web::page::render_as;
use crate::web::support::fault::problem_status;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Page};

/// `POST /tasks/{id}/assignment`
pub async fn assign_task(
    State(app): State<App>,
    Path(task): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let task = standing_task(&app, &page, task).await?;
    let may = permission::may_steer(&actor, &path_of(&app, task.unit, &actor).await?)?;
    let written = match read_assignment(&app, &fields).await {
        Ok(assignment) => app.store().assign_task(&may, app.now(), task.id, assignment).await,
        Err(fault) => Err(fault),
    };
    answer(&app, page, task.id, Sent::Assignment, &fields, written).await
}

/// `POST /tasks/{id}/state`
pub async fn steer_task(
    State(app): State<App>,
    Path(task): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let task = standing_task(&app, &page, task).await?;
    let may = permission::may_steer(&actor, &path_of(&app, task.unit, &actor).await?)?;
    let written = match read_state(&fields, &task, app.today()) {
        Ok(step) => app.store().steer_task(&may, app.now(), task.id, step).await,
        Err(problem) => Err(problem.into()),
    };
    answer(&app, page, task.id, Sent::State, &fields, written).await
}

/// `POST /tasks/{id}/progress`
pub async fn report_progress(
    State(app): State<App>,
    Path(task): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let task = standing_task(&app, &page, task).await?;
    let may = permission::may_report_progress(&actor, &path_of(&app, task.unit, &actor).await?)?;
    let written = match read_progress(&fields) {
        Ok(step) => app.store().report_progress(&may, app.now(), task.id, step).await,
        Err(problem) => Err(problem.into()),
    };
    answer(&app, page, task.id, Sent::Progress, &fields, written).await
}

/// `POST /tasks/{id}/withdrawal`
pub async fn take_back_task(
    State(app): State<App>,
    Path(task): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let task = standing_task(&app, &page, task).await?;
    let may = permission::may_steer(&actor, &path_of(&app, task.unit, &actor).await?)?;
    let written = match revision_of(&fields) {
        Ok(revision) => app.store().take_back_task(&may, app.now(), task.id, revision).await,
        Err(problem) => Err(problem.into()),
    };
    answer(&app, page, task.id, Sent::Withdrawal, &fields, written).await
}

/// Back to the task's page; with what was typed and what to mend where it was not written.
async fn answer(
    app: &App,
    page: Page,
    task: Id<Task>,
    sent: Sent,
    fields: &Fields,
    written: Result<(), StoreError>,
) -> Result<Response, Fault> {
    let problem = match written {
        Ok(()) => return Ok(page.redirect(&format!("/tasks/{task}"))),
        Err(StoreError::Problem(problem)) => with_name(app, problem, &format!("task/{task}")).await?,
        Err(fault) => return Err(fault.into()),
    };
    let status = problem_status(&problem);
    let now = app.store().get(task).await?;
    render_as(status, &task_page(app, page, now, Some(&Typed { sent, fields, problem })).await?)
}
