//! How tasks, proposals and counts stand, as pages show it: shape first, word second, colour third, and a note with the day.
//! The same state looks the same on every page, and no two states share a shape.

use domain::code::Coded;
use domain::proposal::{Proposal, ProposalState};
use domain::rate::{Rate, TaskRates};
use domain::task::{Task, TaskState, Timeliness, timeliness};
use jiff::civil::Date;

use super::Lang;

/// Wholes below this are printed as fractions: "50 %" of two tasks says more than is known.
const FRACTION_BELOW: u64 = 10;

/// A state as the template's part `state` takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateWords {
    /// The stylesheet's class: done, go, soon, late, over or wait.
    pub class: &'static str,
    /// The sprite's shape.
    pub shape: &'static str,
    /// The state in words.
    pub word: String,
    /// The day or the reason; empty for none.
    pub note: String,
}

/// One of the rates as pages print it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateWords {
    /// What is counted.
    pub label: &'static str,
    /// The percentage, or the fraction over a small whole, or a dash.
    pub figure: String,
    /// Of how many of what.
    pub note: String,
}

impl Lang {
    /// A state with its shape and colour.
    fn state(class: &'static str, shape: &'static str, word: impl Into<String>, note: impl Into<String>) -> StateWords {
        StateWords { class, shape, word: word.into(), note: note.into() }
    }

    /// How a task stands against its deadline on `today`.
    pub fn task_timeliness(self, task: &Task, today: Date) -> StateWords {
        let days = |days: i32| self.unit_days(self.integer(days));
        let due = task.due.map_or_else(String::new, |due| self.timeliness_due_on(self.day(due)));
        let closed = task.closed_on.map_or_else(String::new, |day| self.day(day));
        match timeliness(task.state, task.due, task.closed_on, today) {
            Timeliness::NoDeadline => {
                let given = task.assigned_on.map_or_else(String::new, |day| self.timeliness_assigned_on(self.day(day)));
                Self::state("wait", "none", self.timeliness_no_deadline(), given)
            }
            Timeliness::NotDue { days: left } => Self::state("go", "go", self.timeliness_not_due(), self.timeliness_days_left(days(left))),
            Timeliness::DueSoon { days: left } => Self::state("soon", "soon", self.timeliness_due_soon(days(left)), due),
            Timeliness::DueToday => Self::state("soon", "soon", self.timeliness_due_today(), due),
            Timeliness::Overdue { days: past } => Self::state("over", "over", self.timeliness_overdue(days(past)), due),
            Timeliness::DoneEarly { days: before } => Self::state("done", "done", self.timeliness_done_early(days(before)), closed),
            Timeliness::DoneOnTime => Self::state("done", "done", self.timeliness_done_on_time(), closed),
            Timeliness::DoneLate { days: after } => Self::state("late", "late", self.timeliness_done_late(days(after)), closed),
            Timeliness::DoneNoDeadline => Self::state("done", "done", self.timeliness_done(), closed),
            Timeliness::Resting => Self::state("wait", "pause", self.task_state_word(task.state), closed),
        }
    }

    /// The state of a task in words.
    pub fn task_state_word(self, state: TaskState) -> &'static str {
        self.word("task_state", state.code()).unwrap_or_default()
    }

    /// How a proposal stands. Answered is blue and settled is green: they are never the same.
    pub fn proposal_words(self, proposal: &Proposal) -> StateWords {
        let word = self.word("proposal_state", proposal.state.code()).unwrap_or_default();
        let answer = || proposal.answer.and_then(|answer| self.word("answer", answer.code())).unwrap_or_default();
        match proposal.state {
            ProposalState::Raised => Self::state("wait", "none", word, ""),
            ProposalState::Assigned => match proposal.advice_due {
                Some(day) => Self::state("go", "soon", word, self.timeliness_due_on(self.day(day))),
                None => Self::state("wait", "judge", word, self.proposal_state_no_advice_date()),
            },
            ProposalState::Answered => Self::state("go", "go", word, answer()),
            ProposalState::Settled => Self::state("done", "done", word, answer()),
        }
    }

    /// The five rates, always together.
    pub fn task_rates(self, rates: &TaskRates) -> [RateWords; 5] {
        let (due, all, open) = (self.rate_of_due(), self.rate_of_all(), self.rate_of_open());
        [
            self.rate(self.rate_done(), rates.done, due, self.rate_none_due()),
            self.rate(self.rate_on_time(), rates.on_time, due, self.rate_none_due()),
            self.rate(self.rate_overdue(), rates.overdue, due, self.rate_none_due()),
            self.rate(self.rate_no_deadline(), rates.no_deadline, all, self.rate_none()),
            self.rate(self.rate_updated(), rates.updated, open, self.rate_none_open()),
        ]
    }

    fn rate(self, label: &'static str, rate: Rate, of: &str, none: &str) -> RateWords {
        let fraction = format!("{}/{}", self.integer(rate.part), self.integer(rate.whole));
        let (figure, note) = match self.share(rate.part, rate.whole) {
            None => ("–".to_owned(), none.to_owned()),
            Some(_) if rate.whole < FRACTION_BELOW => (fraction, of.to_owned()),
            Some(share) => (share, format!("{fraction} {of}")),
        };
        RateWords { label, figure, note }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_whole_is_a_fraction_and_nothing_is_a_dash() {
        let rates = TaskRates { done: Rate { part: 41, whole: 52 }, on_time: Rate { part: 1, whole: 2 }, ..TaskRates::default() };
        let [done, on_time, overdue, ..] = Lang::Vi.task_rates(&rates);
        assert_eq!((done.figure.as_str(), done.note.as_str()), ("78,8\u{a0}%", "41/52 việc đến hạn"));
        assert_eq!((on_time.figure.as_str(), on_time.note.as_str()), ("1/2", "việc đến hạn"));
        assert_eq!((overdue.figure.as_str(), overdue.note.as_str()), ("–", "chưa có việc đến hạn"));
    }
}
