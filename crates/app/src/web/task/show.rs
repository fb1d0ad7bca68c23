//! One task with everything known of it: the sentence, who, until when, what was done, and the forms of who may act.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::decimal::Decimal;
use domain::document::Document;
use domain::id::Id;
use domain::permission;
use domain::problem::Problem;
use domain::task::{Extension, Progress, Task, TaskBody, TaskRole};
use domain::unit::Unit;

use super::form::{AssignmentForm, Sent, StepForm, Typed, assignment_form, mend_of, progress_form, state_form};
use super::row::{body_name, sentence_case};
use crate::lang::{Lang, StateWords};
use crate::web::authority::path_of;
use crate::web::source::{Papers, Source, may_see};
use crate::web::support::mend::Mend;
use crate::web::{App, Fault, Nav, Page, render};

/// A link with its words.
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub label: String,
}

/// A body, with its page where it is a unit of the ledger.
struct BodyLine {
    name: String,
    href: Option<String>,
}

/// One line of a log.
struct LogLine {
    day: String,
    words: String,
    note: String,
    /// Who wrote it; for people who are signed in only.
    by: String,
}

#[derive(Template)]
#[template(path = "task/show.html")]
pub(super) struct TaskPage {
    page: Page,
    address: String,
    revision: i64,
    text: String,
    stands: StateWords,
    state: &'static str,
    sentence: String,
    source: Source,
    binding: bool,
    commitment: bool,
    assigned_by: String,
    assigned_on: String,
    lead: Vec<BodyLine>,
    cooperating: Vec<BodyLine>,
    due: String,
    product: String,
    closed_on: String,
    session: Option<Link>,
    proposal: Option<Link>,
    extensions: Vec<LogLine>,
    log: Vec<LogLine>,
    taken_back: Option<String>,
    assignment: Option<AssignmentForm>,
    steer: Option<StepForm>,
    report: Option<StepForm>,
    withdrawal: Option<Mend>,
}

/// `GET /tasks/{id}`
pub async fn show_task(State(app): State<App>, Path(task): Path<i64>, page: Page) -> Result<Response, Fault> {
    let task = standing_task(&app, &page, task).await?;
    render(&task_page(&app, page, task, None).await?)
}

/// The task, where this visitor may see it: one of an unpublished paper, or one that was taken back, is for staff.
pub(super) async fn standing_task(app: &App, page: &Page, task: i64) -> Result<Task, Fault> {
    let task: Task = app.store().get(Id::new(task)).await?;
    let document: Document = app.store().get(task.document).await?;
    let seen = may_see(page, &document) && (task.withdrawn_at.is_none() || page.actor.is_some());
    if seen { Ok(task) } else { Err(Problem::NotFound.into()) }
}

/// The page, with the form that was sent where it must be mended.
pub(super) async fn task_page(app: &App, page: Page, task: Task, typed: Option<&Typed<'_>>) -> Result<TaskPage, Fault> {
    let (lang, store) = (page.lang, app.store());
    let mut papers = Papers::new(app, &page);
    let bodies = store.task_bodies(Some(task.id)).await?;
    let staff = page.actor.is_some();
    let forms = forms(app, &page, &task, &bodies, typed).await?;
    let units = store.units_with_tasks().await?;
    let line = |role: TaskRole| bodies.iter().filter(|body| body.role == role).map(|body| body_line(&page, body, &units)).collect();
    let updates = store.progress_of(task.id).await?;
    Ok(TaskPage {
        address: page.href(&format!("/tasks/{}", task.id)),
        revision: task.revision,
        stands: lang.task_timeliness(&task, app.today()),
        state: lang.task_state_word(task.state),
        sentence: papers.sentence(task.document, task.passage).await?,
        source: papers.source(task.document, task.passage).await?,
        binding: task.binding,
        commitment: task.commitment,
        assigned_by: task.assigned_by.clone().unwrap_or_default(),
        assigned_on: task.assigned_on.map_or_else(String::new, |day| lang.day(day)),
        lead: line(TaskRole::Lead),
        cooperating: line(TaskRole::Cooperating),
        due: task.due.map_or_else(String::new, |day| lang.day(day)),
        product: task.product.clone().unwrap_or_default(),
        closed_on: task.closed_on.map_or_else(String::new, |day| lang.day(day)),
        session: session_of(app, &page, &task).await?,
        proposal: proposal_of(app, &page, &task).await?,
        extensions: store.extensions_of(task.id).await?.iter().map(|extension| extension_line(lang, extension, staff)).collect(),
        log: updates.iter().rev().map(|step| progress_line(lang, step, staff)).collect(),
        taken_back: task.withdrawn_at.map(|moment| lang.task_taken_back(lang.moment(moment))),
        assignment: forms.0,
        steer: forms.1,
        report: forms.2,
        withdrawal: forms.3,
        page: page.at(Nav::Tasks).titled(lang.task_title(task.id)).described(sentence_case(&task.text)),
        text: sentence_case(&task.text),
    })
}

type Forms = (Option<AssignmentForm>, Option<StepForm>, Option<StepForm>, Option<Mend>);

/// The forms that this person may send; none of a task that was taken back.
async fn forms(app: &App, page: &Page, task: &Task, bodies: &[TaskBody], typed: Option<&Typed<'_>>) -> Result<Forms, Fault> {
    let Some(actor) = page.actor.as_ref().filter(|_| task.withdrawn_at.is_none()) else { return Ok((None, None, None, None)) };
    let (lang, path) = (page.lang, path_of(app, task.unit, actor).await?);
    let steers = permission::may_steer(actor, &path).is_ok();
    let reports = task.state.is_open() && permission::may_report_progress(actor, &path).is_ok();
    let assignment = steers.then(|| assignment_form(lang, task, bodies, typed));
    let steer = Some(state_form(lang, task, typed)).filter(|form| steers && !form.states.is_empty());
    let report = reports.then(|| progress_form(lang, task, typed));
    Ok((assignment, steer, report, steers.then(|| mend_of(lang, typed, Sent::Withdrawal))))
}

fn body_line(page: &Page, body: &TaskBody, units: &[Unit]) -> BodyLine {
    BodyLine { name: body_name(body, units), href: body.unit.map(|unit| page.href(&format!("/units/{unit}"))) }
}

async fn session_of(app: &App, page: &Page, task: &Task) -> Result<Option<Link>, Fault> {
    let Some(id) = task.session else { return Ok(None) };
    let label = crate::web::session::title_of(app, page.lang, &app.store().get(id).await?).await?;
    Ok(Some(Link { href: page.href(&format!("/sessions/{id}")), label }))
}

async fn proposal_of(app: &App, page: &Page, task: &Task) -> Result<Option<Link>, Fault> {
    let Some(id) = task.proposal else { return Ok(None) };
    let proposal = app.store().get(id).await?;
    Ok(Some(Link { href: page.href(&format!("/proposals/{id}")), label: sentence_case(&proposal.text) }))
}

fn progress_line(lang: Lang, step: &Progress, staff: bool) -> LogLine {
    let state = lang.task_state_word(step.state);
    let words = match step.percent {
        Some(percent) => format!("{state} · {}", lang.task_percent_done(lang.percent(Decimal::from(percent)))),
        None => state.to_owned(),
    };
    LogLine { day: lang.day(step.at.day()), words, note: step.note.clone(), by: by(lang, &step.by, staff) }
}

fn extension_line(lang: Lang, extension: &Extension, staff: bool) -> LogLine {
    let words = match (extension.from_due, extension.to_due) {
        (Some(from), Some(to)) => lang.task_extension_moved(lang.day(from), lang.day(to)),
        (None, Some(to)) => lang.task_extension_set(lang.day(to)),
        (from, None) => lang.task_extension_dropped(from.map_or_else(String::new, |day| lang.day(day))),
    };
    let note = if extension.reason.is_empty() { String::new() } else { lang.task_extension_reason(&extension.reason) };
    LogLine { day: lang.day(extension.at.day()), words, note, by: by(lang, &extension.by, staff) }
}

/// Account names are what people log in with: they are not for the public.
fn by(lang: Lang, name: &str, staff: bool) -> String {
    if staff { lang.task_by(name) } else { String::new() }
}
