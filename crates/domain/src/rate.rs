//! Rates of tasks that are always printed together: a single "completion rate" hides lateness
//! (98.6 % done and 86.4 % done on time can be the same year).

use jiff::civil::Date;

use crate::task::{TaskState, Timeliness, timeliness};

/// A part of a whole; the page prints it as a percentage or, over a small whole, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// How many fit.
    pub part: u64,
    /// Of how many; 0 where there is nothing to judge.
    pub whole: u64,
}

/// What is judged of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatedTask {
    /// Where it stands.
    pub state: TaskState,
    /// The last day.
    pub due: Option<Date>,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// The day of its last update.
    pub updated_on: Option<Date>,
}

/// The five rates, as of a day. Paused, withdrawn and handed-over tasks are in none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaskRates {
    /// Done, of all whose deadline has come.
    pub done: Rate,
    /// Done no later than the deadline, of all whose deadline has come.
    pub on_time: Rate,
    /// Open past the deadline, of all whose deadline has come.
    pub overdue: Rate,
    /// Without a deadline, of all.
    pub no_deadline: Rate,
    /// Updated in the month of the day, of all open ones.
    pub updated: Rate,
}

impl TaskRates {
    /// Judges tasks on `today`.
    pub fn of(tasks: impl IntoIterator<Item = RatedTask>, today: Date) -> Self {
        let mut rates = Self::default();
        for task in tasks {
            rates.count(task, today);
        }
        rates
    }

    fn count(&mut self, task: RatedTask, today: Date) {
        let judged = timeliness(task.state, task.due, task.closed_on, today);
        if judged == Timeliness::Resting {
            return;
        }
        self.no_deadline.add(task.due.is_none());
        if task.due.is_some_and(|due| due <= today) {
            self.done.add(task.state == TaskState::Done);
            self.on_time.add(matches!(judged, Timeliness::DoneEarly { .. } | Timeliness::DoneOnTime));
            self.overdue.add(matches!(judged, Timeliness::Overdue { .. }));
        }
        if task.state.is_open() {
            self.updated.add(task.updated_on.is_some_and(|day| day <= today && day.year() == today.year() && day.month() == today.month()));
        }
    }
}

impl Rate {
    fn add(&mut self, fits: bool) {
        self.whole += 1;
        self.part += u64::from(fits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2024, 5, 20);

    fn task(state: TaskState, due: Option<Date>, closed_on: Option<Date>, updated_on: Option<Date>) -> RatedTask {
        RatedTask { state, due, closed_on, updated_on }
    }

    #[test]
    fn lateness_is_not_hidden_by_what_is_done() {
        let due = Some(date(2024, 5, 10));
        let rates = TaskRates::of(
            [
                task(TaskState::Done, due, Some(date(2024, 5, 9)), None),
                task(TaskState::Done, due, Some(date(2024, 5, 12)), None),
                task(TaskState::InProgress, due, None, Some(date(2024, 5, 2))),
                task(TaskState::InProgress, Some(TODAY), None, Some(date(2024, 4, 30))),
                task(TaskState::Assigned, Some(date(2024, 6, 1)), None, None),
                task(TaskState::Assigned, None, None, None),
            ],
            TODAY,
        );
        assert_eq!(rates.done, Rate { part: 2, whole: 4 });
        assert_eq!(rates.on_time, Rate { part: 1, whole: 4 });
        assert_eq!(rates.overdue, Rate { part: 1, whole: 4 }, "due today is not overdue");
        assert_eq!(rates.no_deadline, Rate { part: 1, whole: 6 });
        assert_eq!(rates.updated, Rate { part: 1, whole: 4 });
    }

    #[test]
    fn resting_tasks_are_in_no_rate() {
        let resting = [TaskState::Paused, TaskState::Withdrawn, TaskState::HandedOver];
        let rates = TaskRates::of(resting.map(|state| task(state, Some(date(2024, 1, 1)), None, Some(TODAY))), TODAY);
        assert_eq!(rates, TaskRates::default());
    }
}
