//! Tasks: what a conclusion assigns, with lead, deadline and progress. Timeliness is computed, never stored.

use jiff::civil::Date;

use crate::account::Account;
use crate::code::{Coded, codes};
use crate::document::{Document, Passage};
use crate::id::Id;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::proposal::Proposal;
use crate::session::WorkingSession;
use crate::unit::Unit;

/// How many days before its deadline a task is shown as due soon.
pub const DUE_SOON_DAYS: i32 = 7;

codes! {
    /// The life of a task.
    pub enum TaskState {
        /// *mới giao*
        Assigned = "assigned",
        /// *đã nhận*
        Received = "received",
        /// *đang làm*
        InProgress = "in_progress",
        /// *chờ xem xét*
        AwaitingReview = "awaiting_review",
        /// *đã xong*
        Done = "done",
        /// *tạm dừng*
        Paused = "paused",
        /// *đã rút*
        Withdrawn = "withdrawn",
        /// *đã bàn giao*
        HandedOver = "handed_over",
    }
}

impl TaskState {
    /// Whether work is still expected.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Assigned | Self::Received | Self::InProgress | Self::AwaitingReview)
    }

    /// Whether a task may go from here to `next`. A closed task is opened again only to go on with the work.
    pub fn check_step(self, next: Self) -> Result<(), Problem> {
        let allowed = match self {
            Self::Withdrawn | Self::HandedOver => false,
            Self::Done | Self::Paused => next == Self::InProgress || (self == Self::Paused && next == Self::Withdrawn),
            _ => next != self && next != Self::Assigned,
        };
        if allowed { Ok(()) } else { Err(Problem::WrongState { state: self.code() }) }
    }
}

codes! {
    /// What a body does in a task.
    pub enum TaskRole {
        /// *chủ trì*
        Lead = "lead",
        /// *phối hợp*
        Cooperating = "cooperating",
    }
}

/// *Nhiệm vụ.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: Id<Task>,
    /// The paper that assigns it.
    pub document: Id<Document>,
    /// The session it comes from.
    pub session: Option<Id<WorkingSession>>,
    /// The words.
    pub passage: Id<Passage>,
    /// As printed, or as corrected at the desk.
    pub text: String,
    /// Who assigns, as printed.
    pub assigned_by: Option<String>,
    /// The day it was assigned; absent where the paper gives none.
    pub assigned_on: Option<Date>,
    /// Who answers for it: the unit of the first lead that resolves, else the unit the paper is about.
    pub unit: Option<Id<Unit>>,
    /// The last day; absent for "no deadline".
    pub due: Option<Date>,
    /// What shall come out of it.
    pub product: Option<String>,
    /// Provisional until a notice of conclusions gives it a number.
    pub binding: bool,
    /// An upper level's own promise.
    pub commitment: bool,
    /// The proposal it answers.
    pub proposal: Option<Id<Proposal>>,
    /// Where it stands.
    pub state: TaskState,
    /// The day it was done, paused, withdrawn or handed over.
    pub closed_on: Option<Date>,
    /// Changes with every step; a form with an older one is stale.
    pub revision: i64,
    /// Since when it no longer holds (an acceptance taken back).
    pub withdrawn_at: Option<Moment>,
    /// Who withdrew it.
    pub withdrawn_by: Option<Id<Account>>,
}

/// A body in a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskBody {
    /// Its id.
    pub id: Id<TaskBody>,
    /// The task.
    pub task: Id<Task>,
    /// Lead or cooperating.
    pub role: TaskRole,
    /// As printed or typed.
    pub name: String,
    /// The unit, as far as it resolves.
    pub unit: Option<Id<Unit>>,
    /// Order, from 1.
    pub ordinal: i64,
    /// Since when the body is no longer in the task.
    pub ended_at: Option<Moment>,
}

/// *Gia hạn*: a deadline that was set or moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its id.
    pub id: Id<Extension>,
    /// The task.
    pub task: Id<Task>,
    /// The deadline before.
    pub from_due: Option<Date>,
    /// The deadline after; absent for "no deadline".
    pub to_due: Option<Date>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Moment,
    /// The account's name.
    pub by: String,
}

/// *Cập nhật*: one step of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its id.
    pub id: Id<Progress>,
    /// The task.
    pub task: Id<Task>,
    /// The state it came to.
    pub state: TaskState,
    /// How far, in whole percent from 0 to 100.
    pub percent: Option<i64>,
    /// What was done.
    pub note: String,
    /// When.
    pub at: Moment,
    /// The account's name.
    pub by: String,
}

/// How a task stands against its deadline on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// Open, no deadline.
    NoDeadline,
    /// Open, more than [`DUE_SOON_DAYS`] left.
    NotDue {
        /// Days left.
        days: i32,
    },
    /// Open, at most [`DUE_SOON_DAYS`] left.
    DueSoon {
        /// Days left, 1 or more.
        days: i32,
    },
    /// Open, the last day.
    DueToday,
    /// Open, past its deadline.
    Overdue {
        /// Days past, 1 or more.
        days: i32,
    },
    /// Done before the last day.
    DoneEarly {
        /// Days before, 1 or more.
        days: i32,
    },
    /// Done on the last day.
    DoneOnTime,
    /// Done after the last day.
    DoneLate {
        /// Days after, 1 or more.
        days: i32,
    },
    /// Done, without a deadline to hold against it.
    DoneNoDeadline,
    /// Paused, withdrawn or handed over: nothing to judge.
    Resting,
}

/// Judges a task on `today`. A task done without a known day is judged as of today.
pub fn timeliness(state: TaskState, due: Option<Date>, closed_on: Option<Date>, today: Date) -> Timeliness {
    if !state.is_open() && state != TaskState::Done {
        return Timeliness::Resting;
    }
    let done = state == TaskState::Done;
    let Some(due) = due else {
        return if done { Timeliness::DoneNoDeadline } else { Timeliness::NoDeadline };
    };
    let judged_on = if done { closed_on.unwrap_or(today) } else { today };
    let days = days_between(judged_on, due);
    match (done, days) {
        (true, 1..) => Timeliness::DoneEarly { days },
        (true, 0) => Timeliness::DoneOnTime,
        (true, _) => Timeliness::DoneLate { days: -days },
        (false, ..0) => Timeliness::Overdue { days: -days },
        (false, 0) => Timeliness::DueToday,
        (false, 1..=DUE_SOON_DAYS) => Timeliness::DueSoon { days },
        (false, _) => Timeliness::NotDue { days },
    }
}

/// Days from one day to another; negative where `to` comes first.
pub fn days_between(from: Date, to: Date) -> i32 {
    // Two civil dates are always a whole number of days apart, well inside i32.
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_open_task_against_its_deadline() {
        let on = |day: i8| timeliness(TaskState::InProgress, Some(date(2024, 5, 31)), None, date(2024, 5, day));
        assert_eq!(on(23), Timeliness::NotDue { days: 8 });
        assert_eq!(on(24), Timeliness::DueSoon { days: 7 });
        assert_eq!(on(30), Timeliness::DueSoon { days: 1 });
        assert_eq!(on(31), Timeliness::DueToday);
        let late = timeliness(TaskState::Assigned, Some(date(2024, 5, 31)), None, date(2024, 6, 24));
        assert_eq!(late, Timeliness::Overdue { days: 24 });
        assert_eq!(timeliness(TaskState::Assigned, None, None, date(2024, 6, 24)), Timeliness::NoDeadline);
    }

    #[test]
    fn a_done_task_keeps_the_judgement_of_its_day() {
        let done = |day: i8| timeliness(TaskState::Done, Some(date(2024, 5, 15)), Some(date(2024, 5, day)), date(2025, 1, 1));
        assert_eq!(done(13), Timeliness::DoneEarly { days: 2 });
        assert_eq!(done(15), Timeliness::DoneOnTime);
        assert_eq!(done(27), Timeliness::DoneLate { days: 12 });
        assert_eq!(timeliness(TaskState::Done, None, Some(date(2024, 5, 1)), date(2025, 1, 1)), Timeliness::DoneNoDeadline);
        assert_eq!(timeliness(TaskState::Paused, Some(date(2024, 5, 15)), None, date(2025, 1, 1)), Timeliness::Resting);
    }

    #[test]
    fn counts_days_over_months_and_years() {
        assert_eq!(days_between(date(2024, 2, 28), date(2024, 3, 1)), 2);
        assert_eq!(days_between(date(2024, 12, 31), date(2023, 12, 31)), -366);
    }

    #[test]
    fn a_withdrawn_task_stays_withdrawn() {
        assert!(TaskState::Withdrawn.check_step(TaskState::InProgress).is_err());
        assert!(TaskState::Done.check_step(TaskState::InProgress).is_ok());
        assert!(TaskState::Done.check_step(TaskState::Withdrawn).is_err());
        assert!(TaskState::Assigned.check_step(TaskState::Done).is_ok());
    }
}
