//! The forms of a task's page: their values as they stand or as they were typed, and what was typed as a value of the store.

use domain::code::Coded;
use domain::draft::day_for_form;
use domain::id::Id;
use domain::moment::parse_day;
use domain::problem::Problem;
use domain::task::{Task, TaskBody, TaskRole, TaskState};
use domain::unit::Unit;
use jiff::civil::Date;
use store::StoreError;
use store::task::{Assignment, Step};

use super::list::Choice;
use crate::lang::Lang;
use crate::web::App;
use crate::web::support::form::Fields;
use crate::web::support::mend::Mend;

/// Most characters of a body's name: the longest real ones stay under 200.
const BODY_CHARACTERS_MAX: usize = 300;
/// Most cooperating bodies: "các sở, ban, ngành" of a province are about 40.
const BODIES_MAX: usize = 60;
/// Most characters of a product.
const PRODUCT_CHARACTERS_MAX: usize = 1000;

/// States that an officer sets.
const STEERED: [TaskState; 5] = [TaskState::Done, TaskState::Paused, TaskState::Withdrawn, TaskState::HandedOver, TaskState::InProgress];
/// States that who does the work reports.
const REPORTED: [TaskState; 3] = [TaskState::Received, TaskState::InProgress, TaskState::AwaitingReview];

/// Which form was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Who, until when, what.
    Assignment,
    /// Close, pause, reopen.
    State,
    /// A step of the work.
    Progress,
    /// Taking back.
    Withdrawal,
}

/// A form that was sent and must be mended.
pub struct Typed<'a> {
    /// Which.
    pub sent: Sent,
    /// What was typed.
    pub fields: &'a Fields,
    /// What is wrong.
    pub problem: Problem,
}

/// Who does it, until when, and what comes out of it.
pub struct AssignmentForm {
    pub lead: String,
    pub cooperating: String,
    pub due: String,
    pub reason: String,
    pub product: String,
    /// Whether a reason is needed to change the deadline.
    pub has_due: bool,
    pub mend: Mend,
}

/// A step: states to choose from, and its values.
pub struct StepForm {
    pub states: Vec<Choice>,
    pub percent: String,
    pub closed_on: String,
    pub note: String,
    pub mend: Mend,
}

/// The values of the one form that was sent, else nothing.
fn typed_of<'a>(typed: Option<&'a Typed<'a>>, sent: Sent) -> Option<&'a Typed<'a>> {
    typed.filter(|typed| typed.sent == sent)
}

/// What must be mended in one form.
pub fn mend_of(lang: Lang, typed: Option<&Typed<'_>>, sent: Sent) -> Mend {
    typed_of(typed, sent).map_or_else(Mend::default, |typed| Mend::of(lang, &typed.problem))
}

/// The assignment as it stands, or as it was typed.
pub fn assignment_form(lang: Lang, task: &Task, bodies: &[TaskBody], typed: Option<&Typed<'_>>) -> AssignmentForm {
    let mend = mend_of(lang, typed, Sent::Assignment);
    let has_due = task.due.is_some();
    if let Some(Typed { fields, .. }) = typed_of(typed, Sent::Assignment) {
        let value = |name: &str| fields.get(name).to_owned();
        let (lead, cooperating, due) = (value("lead"), value("cooperating"), value("due"));
        return AssignmentForm { lead, cooperating, due, reason: value("reason"), product: value("product"), has_due, mend };
    }
    let names = |role: TaskRole| bodies.iter().filter(|body| body.role == role).map(|body| body.name.as_str()).collect::<Vec<_>>();
    AssignmentForm {
        lead: names(TaskRole::Lead).join("\n"),
        cooperating: names(TaskRole::Cooperating).join("\n"),
        due: task.due.map(day_for_form).unwrap_or_default(),
        reason: String::new(),
        product: task.product.clone().unwrap_or_default(),
        has_due,
        mend,
    }
}

/// The officer's form: the states that this one may go to.
pub fn state_form(lang: Lang, task: &Task, typed: Option<&Typed<'_>>) -> StepForm {
    let states = STEERED.into_iter().filter(|next| task.state.check_step(*next).is_ok());
    step_form(lang, states, "task_verb", typed, Sent::State)
}

/// The reporter's form: the present state and those it may go to.
pub fn progress_form(lang: Lang, task: &Task, typed: Option<&Typed<'_>>) -> StepForm {
    let present = task.state;
    let states = REPORTED.into_iter().filter(|next| *next == present || present.check_step(*next).is_ok());
    let mut form = step_form(lang, states, "task_state", typed, Sent::Progress);
    if typed_of(typed, Sent::Progress).is_none() {
        let likely = if present == TaskState::Assigned { TaskState::Received } else { present };
        form.states.iter_mut().for_each(|choice| choice.selected = choice.value == likely.code());
    }
    form
}

fn step_form(lang: Lang, states: impl Iterator<Item = TaskState>, words: &str, typed: Option<&Typed<'_>>, sent: Sent) -> StepForm {
    let value = |name: &str| typed_of(typed, sent).map_or_else(String::new, |typed| typed.fields.get(name).to_owned());
    let chosen = value("state");
    let choice = |state: TaskState| Choice {
        value: state.code().to_owned(),
        label: lang.word(words, state.code()).unwrap_or_default().to_owned(),
        selected: state.code() == chosen,
    };
    StepForm {
        states: states.map(choice).collect(),
        percent: value("percent"),
        closed_on: value("closed_on"),
        note: value("note"),
        mend: mend_of(lang, typed, sent),
    }
}

/// The revision that a form was made for; one without it is out of date.
pub fn revision_of(fields: &Fields) -> Result<i64, Problem> {
    fields.get("revision").parse().map_err(|_| Problem::Stale { by: String::new() })
}

/// A day that may be left empty.
pub fn day_of(fields: &Fields, field: &'static str) -> Result<Option<Date>, Problem> {
    match fields.filled(field) {
        Some(typed) => parse_day(typed).map(Some).ok_or_else(|| Problem::NoDay { field, value: typed.to_owned() }),
        None => Ok(None),
    }
}

/// The assignment that was typed; bodies become units where exactly one fits.
pub async fn read_assignment(app: &App, fields: &Fields) -> Result<Assignment, StoreError> {
    let product = fields.filled("product").map(str::to_owned);
    if product.as_ref().is_some_and(|product| product.chars().count() > PRODUCT_CHARACTERS_MAX) {
        return Err(Problem::TooLong { field: "product", characters_max: PRODUCT_CHARACTERS_MAX }.into());
    }
    Ok(Assignment {
        revision: revision_of(fields)?,
        lead: bodies_of(app, "lead", fields.get("lead")).await?.into_iter().next(),
        cooperating: bodies_of(app, "cooperating", fields.get("cooperating")).await?,
        due: day_of(fields, "due")?,
        reason: fields.filled("reason").map(str::to_owned),
        product,
    })
}

async fn bodies_of(app: &App, field: &'static str, typed: &str) -> Result<Vec<(String, Option<Id<Unit>>)>, StoreError> {
    let names: Vec<&str> = typed.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
    let lines_max = if field == "lead" { 1 } else { BODIES_MAX };
    if let Some(extra) = names.get(lines_max) {
        return Err(Problem::NotAllowed { field, value: (*extra).to_owned() }.into());
    }
    let mut bodies = Vec::new();
    for name in names {
        if name.chars().count() > BODY_CHARACTERS_MAX {
            return Err(Problem::TooLong { field, characters_max: BODY_CHARACTERS_MAX }.into());
        }
        bodies.push((name.to_owned(), one_unit_named(app, name).await?));
    }
    Ok(bodies)
}

/// The unit of a name that exists today, where exactly one fits: homonyms stay words.
async fn one_unit_named(app: &App, name: &str) -> Result<Option<Id<Unit>>, StoreError> {
    let units = app.store().units_named(name).await?;
    let mut living = units.iter().filter(|unit| unit.exists_on(Some(app.today())));
    Ok(match (living.next(), living.next()) {
        (Some(unit), None) => Some(unit.id),
        _ => None,
    })
}

/// The officer's step that was typed. A day left empty is today: the demo's own, where it has one.
pub fn read_state(fields: &Fields, task: &Task, today: Date) -> Result<Step, Problem> {
    let state = chosen_state(fields, &STEERED)?;
    let closed_on = day_of(fields, "closed_on")?;
    if let (Some(value), Some(earliest)) = (closed_on, task.assigned_on)
        && value < earliest
    {
        return Err(Problem::DayBefore { field: "closed_on", value, earliest });
    }
    if closed_on.is_some_and(|day| day > today) {
        return Err(Problem::NotAllowed { field: "closed_on", value: fields.get("closed_on").to_owned() });
    }
    let note = fields.get("note").to_owned();
    Ok(Step { revision: revision_of(fields)?, state, percent: None, note, closed_on: closed_on.or(Some(today)) })
}

/// The reporter's step that was typed.
pub fn read_progress(fields: &Fields) -> Result<Step, Problem> {
    let state = chosen_state(fields, &REPORTED)?;
    let percent = match fields.filled("percent") {
        Some(typed) => {
            let digits = typed.trim_end_matches('%').trim_end();
            Some(digits.parse().map_err(|_| Problem::NoNumber { field: "percent", value: typed.to_owned() })?)
        }
        None => None,
    };
    Ok(Step { revision: revision_of(fields)?, state, percent, note: fields.get("note").to_owned(), closed_on: None })
}

fn chosen_state(fields: &Fields, allowed: &[TaskState]) -> Result<TaskState, Problem> {
    let typed = fields.filled("state").ok_or(Problem::Missing { field: "state" })?;
    let state = TaskState::from_code(typed).filter(|state| allowed.contains(state));
    state.ok_or_else(|| Problem::NotAllowed { field: "state", value: typed.to_owned() })
}
