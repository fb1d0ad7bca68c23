//! Tasks in the store: lists with filters, and every step of their life.

use domain::account::Role;
use domain::code::Coded;
use domain::document::Document;
use domain::fold::tidy;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::{MayReportProgress, MaySteer};
use domain::person::Person;
use domain::problem::Problem;
use domain::session::WorkingSession;
use domain::task::{Extension, Progress, Task, TaskBody, TaskRole, TaskState};
use domain::unit::Unit;
use jiff::civil::Date;

use crate::article::check_revision;
use crate::ledger::Write;
use crate::{Store, StoreError, values};

/// Most characters of a note or a reason.
pub const NOTE_CHARACTERS_MAX: usize = 4000;

/// Which tasks of a list somebody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: only what was published.
    Public,
    /// Signed in: everything.
    Staff,
}

impl Audience {
    /// The condition on rows that were read from a document.
    pub(crate) const fn sees(self) -> &'static str {
        match self {
            Self::Public => "AND document IN (SELECT id FROM document WHERE published_at IS NOT NULL)",
            Self::Staff => "",
        }
    }
}

/// What an officer sets of a task: who, until when, what shall come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The task's revision as the officer saw it.
    pub revision: i64,
    /// The leading body, as typed, with its unit where it resolves.
    pub lead: Option<(String, Option<Id<Unit>>)>,
    /// The cooperating bodies.
    pub cooperating: Vec<(String, Option<Id<Unit>>)>,
    /// The last day; absent for "no deadline".
    pub due: Option<Date>,
    /// Why the deadline moved; must be given where there was one.
    pub reason: Option<String>,
    /// What shall come out of it.
    pub product: Option<String>,
}

/// A step of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The task's revision as the person saw it.
    pub revision: i64,
    /// The state it comes to.
    pub state: TaskState,
    /// How far, in percent.
    pub percent: Option<i64>,
    /// What was done.
    pub note: String,
    /// The day it was done, where it is.
    pub closed_on: Option<Date>,
}

impl Store {
    /// Tasks that stand (not taken back), the earliest deadline first, those without one last.
    pub async fn tasks(&self, audience: Audience) -> Result<Vec<Task>, StoreError> {
        let earliest = "ORDER BY CASE WHEN due IS NULL THEN 1 ELSE 0 END, due, id";
        self.find(&format!("WHERE withdrawn_at IS NULL {} {earliest}", audience.sees()), &[]).await
    }

    /// Tasks of a session, in the order of their papers.
    pub async fn tasks_of_session(&self, session: Id<WorkingSession>, audience: Audience) -> Result<Vec<Task>, StoreError> {
        self.find(&format!("WHERE session = $1 AND withdrawn_at IS NULL {} ORDER BY id", audience.sees()), &values![session]).await
    }

    /// Tasks that a person gave: the paper names the giver, and a person of that name was at the session.
    pub async fn tasks_given_by(&self, person: &Person, audience: Audience) -> Result<Vec<Task>, StoreError> {
        let tail = format!(
            "WHERE withdrawn_at IS NULL AND assigned_by = $1 {} \
             AND session IN (SELECT session FROM attendance WHERE person = $2) ORDER BY id",
            audience.sees()
        );
        self.find(&tail, &values![person.name.as_str(), person.id]).await
    }

    /// Tasks about a unit, or that it leads or takes part in, the earliest deadline first.
    pub async fn tasks_of_unit(&self, unit: Id<Unit>, audience: Audience) -> Result<Vec<Task>, StoreError> {
        let tail = format!(
            "WHERE withdrawn_at IS NULL {} AND (unit = $1 OR document IN (SELECT id FROM document WHERE unit = $1) \
             OR id IN (SELECT task FROM task_body WHERE unit = $1 AND ended_at IS NULL)) \
             ORDER BY CASE WHEN due IS NULL THEN 1 ELSE 0 END, due, id",
            audience.sees()
        );
        self.find(&tail, &values![unit]).await
    }

    /// Tasks read from a document, taken back or not.
    pub async fn tasks_of_document(&self, document: Id<Document>) -> Result<Vec<Task>, StoreError> {
        self.find("WHERE document = $1 ORDER BY id", &values![document]).await
    }

    /// The bodies of every task (of one, where given), leads first.
    pub async fn task_bodies(&self, task: Option<Id<Task>>) -> Result<Vec<TaskBody>, StoreError> {
        match task {
            Some(task) => self.find("WHERE task = $1 AND ended_at IS NULL ORDER BY role DESC, ordinal, id", &values![task]).await,
            None => self.find("WHERE ended_at IS NULL ORDER BY task, role DESC, ordinal, id", &[]).await,
        }
    }

    /// The bodies of a session's tasks, leads first.
    pub async fn task_bodies_of_session(&self, session: Id<WorkingSession>) -> Result<Vec<TaskBody>, StoreError> {
        let tail = "WHERE ended_at IS NULL AND task IN (SELECT id FROM task WHERE session = $1) ORDER BY task, role DESC, ordinal, id";
        self.find(tail, &values![session]).await
    }

    /// The papers that tasks were read from, newest first.
    pub async fn documents_with_tasks(&self) -> Result<Vec<Document>, StoreError> {
        self.find("WHERE id IN (SELECT document FROM task) ORDER BY id DESC", &[]).await
    }

    /// The units that answer for tasks or take part in them, in Vietnamese order.
    pub async fn units_with_tasks(&self) -> Result<Vec<Unit>, StoreError> {
        self.find("WHERE id IN (SELECT unit FROM task UNION SELECT unit FROM task_body) ORDER BY sort_key, id", &[]).await
    }

    /// Steps of the work of a task, oldest first.
    pub async fn progress_of(&self, task: Id<Task>) -> Result<Vec<Progress>, StoreError> {
        self.find("WHERE task = $1 ORDER BY id", &values![task]).await
    }

    /// The last step of every task.
    pub async fn last_progress(&self) -> Result<Vec<(Id<Task>, Moment)>, StoreError> {
        let rows = self
            .rows("SELECT task, MAX(at) FROM progress WHERE note <> '' OR state <> $1 GROUP BY task", &values![TaskState::Assigned])
            .await?;
        rows.into_iter().map(crate::db::Row::two).collect()
    }

    /// Deadlines set and moved, oldest first.
    pub async fn extensions_of(&self, task: Id<Task>) -> Result<Vec<Extension>, StoreError> {
        self.find("WHERE task = $1 ORDER BY id", &values![task]).await
    }

    /// Sets who does a task, until when, and what shall come out of it.
    pub async fn assign_task(&self, may: &MaySteer, now: Moment, task: Id<Task>, assignment: Assignment) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.standing_task(task, assignment.revision).await?;
        // A deadline that moves after the work is done would turn a late task into one on time.
        if !old.state.is_open() && old.state != TaskState::Paused {
            return Err(Problem::WrongState { state: old.state.code() }.into());
        }
        if let (Some(due), Some(assigned_on)) = (assignment.due, old.assigned_on)
            && due < assigned_on
        {
            return Err(Problem::DayBefore { field: "due", value: due, earliest: assigned_on }.into());
        }
        if assignment.due != old.due {
            write.move_deadline(&old, &assignment).await?;
        }
        write.set_bodies(task, &assignment).await?;
        let lead_unit = assignment.lead.as_ref().and_then(|(_, unit)| *unit);
        let product = assignment.product.as_deref().map(tidy).filter(|product| !product.is_empty());
        let new = Task { due: assignment.due, product, unit: lead_unit.or(old.unit), revision: old.revision + 1, ..old.clone() };
        write.update(&old, &new).await?;
        write.commit("task.assign", &format!("task/{task}")).await?;
        Ok(())
    }

    /// Reports a step of the work by who does it.
    pub async fn report_progress(&self, may: &MayReportProgress, now: Moment, task: Id<Task>, step: Step) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let from = write.standing_task(task, step.revision).await?.state;
        // Withdrawing, handing over and opening again is for who gave the task, not for who does it.
        if matches!(step.state, TaskState::Withdrawn | TaskState::HandedOver) || (from == TaskState::Done && step.state != from) {
            return Err(Problem::Forbidden { role: Role::Officer.code(), unit: None }.into());
        }
        self.step_task(write, task, step).await
    }

    /// Closes, pauses, withdraws or reopens a task by who steers it.
    pub async fn steer_task(&self, may: &MaySteer, now: Moment, task: Id<Task>, step: Step) -> Result<(), StoreError> {
        self.step_task(self.write(may, now).await?, task, step).await
    }

    async fn step_task(&self, mut write: Write, task: Id<Task>, step: Step) -> Result<(), StoreError> {
        let old = write.standing_task(task, step.revision).await?;
        let note = checked_note("note", &step.note)?;
        if step.state != old.state {
            old.state.check_step(step.state)?;
        } else if !old.state.is_open() {
            return Err(Problem::WrongState { state: old.state.code() }.into());
        } else if note.is_empty() {
            return Err(Problem::Missing { field: "note" }.into());
        }
        if step.percent.is_some_and(|percent| !(0..=100).contains(&percent)) {
            return Err(Problem::NotAllowed { field: "percent", value: step.percent.unwrap_or_default().to_string() }.into());
        }
        let (at, by) = (write.at(), write.actor().to_owned());
        let progress = Progress { id: write.new_id(), task, state: step.state, percent: step.percent, note, at, by };
        write.insert(&progress).await?;
        let closed_on = if step.state.is_open() { None } else { step.closed_on.or(Some(at.day())) };
        write.update(&old, &Task { state: step.state, closed_on, revision: old.revision + 1, ..old.clone() }).await?;
        write.commit(&format!("task.{}", step.state.code()), &format!("task/{task}")).await?;
        Ok(())
    }

    /// Takes back the acceptance of a task: it leaves every list, and stays in the ledger with who and when.
    pub async fn take_back_task(&self, may: &MaySteer, now: Moment, task: Id<Task>, revision: i64) -> Result<(), StoreError> {
        use domain::permission::May as _;
        let mut write = self.write(may, now).await?;
        let old = write.standing_task(task, revision).await?;
        let withdrawn_by = may.proof().account();
        write.update(&old, &Task { withdrawn_at: Some(now), withdrawn_by, revision: old.revision + 1, ..old.clone() }).await?;
        write.commit("task.take_back", &format!("task/{task}")).await?;
        Ok(())
    }
}

impl Write {
    async fn standing_task(&mut self, task: Id<Task>, revision: i64) -> Result<Task, StoreError> {
        let old = self.get(task).await?;
        check_revision(old.revision, revision)?;
        if old.withdrawn_at.is_some() {
            return Err(Problem::WrongState { state: TaskState::Withdrawn.code() }.into());
        }
        Ok(old)
    }

    async fn move_deadline(&mut self, old: &Task, assignment: &Assignment) -> Result<(), StoreError> {
        let reason = checked_note("reason", assignment.reason.as_deref().unwrap_or_default())?;
        if old.due.is_some() && reason.is_empty() {
            return Err(Problem::Missing { field: "reason" }.into());
        }
        let (at, by) = (self.at(), self.actor().to_owned());
        let extension = Extension { id: self.new_id(), task: old.id, from_due: old.due, to_due: assignment.due, reason, at, by };
        self.insert(&extension).await
    }

    /// Ends the bodies that are no longer in the task and adds the new ones; those that stay keep their rows.
    async fn set_bodies(&mut self, task: Id<Task>, assignment: &Assignment) -> Result<(), StoreError> {
        let standing = self.find::<TaskBody>("WHERE task = $1 AND ended_at IS NULL ORDER BY id", &values![task]).await?;
        let wanted = wanted_bodies(assignment);
        for old in standing.iter().filter(|old| !wanted.iter().any(|(role, name, _)| *role == old.role && *name == old.name)) {
            self.update(old, &TaskBody { ended_at: Some(self.at()), ..old.clone() }).await?;
        }
        for (ordinal, (role, name, unit)) in (1_i64..).zip(wanted) {
            match standing.iter().find(|old| old.role == role && old.name == name) {
                // The words stayed and were told which unit they mean.
                Some(old) if unit.is_some() && unit != old.unit => self.update(old, &TaskBody { unit, ..old.clone() }).await?,
                Some(_) => {}
                None => {
                    let body = TaskBody { id: self.new_id(), task, role, name, unit, ordinal, ended_at: None };
                    self.insert(&body).await?;
                }
            }
        }
        Ok(())
    }
}

type WantedBody = (TaskRole, String, Option<Id<Unit>>);

/// The bodies of an assignment, each once in its role: a name typed twice is one body.
fn wanted_bodies(assignment: &Assignment) -> Vec<WantedBody> {
    let lead = assignment.lead.iter().map(|(name, unit)| (TaskRole::Lead, tidy(name), *unit));
    let cooperating = assignment.cooperating.iter().map(|(name, unit)| (TaskRole::Cooperating, tidy(name), *unit));
    let mut wanted: Vec<WantedBody> = Vec::new();
    for body in lead.chain(cooperating).filter(|(_, name, _)| !name.is_empty()) {
        if !wanted.iter().any(|(role, name, _)| *role == body.0 && *name == body.1) {
            wanted.push(body);
        }
    }
    wanted
}

/// A note as kept; too long a one is the user's to mend.
pub(crate) fn checked_note(field: &'static str, typed: &str) -> Result<String, Problem> {
    let note = tidy(typed);
    if note.chars().count() > NOTE_CHARACTERS_MAX { Err(Problem::TooLong { field, characters_max: NOTE_CHARACTERS_MAX }) } else { Ok(note) }
}
