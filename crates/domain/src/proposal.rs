//! Proposals: requests upward, followed until they are settled.

use jiff::civil::Date;

use crate::account::Account;
use crate::code::codes;
use crate::document::{Document, Passage};
use crate::id::Id;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::session::WorkingSession;
use crate::unit::Unit;

codes! {
    /// Where a proposal stands. *Answered* is not *settled*.
    pub enum ProposalState {
        /// *đã nêu*
        Raised = "raised",
        /// *giao tham mưu*
        Assigned = "assigned",
        /// *đã trả lời*
        Answered = "answered",
        /// *giải quyết xong*
        Settled = "settled",
    }
}

codes! {
    /// How a proposal was answered.
    pub enum Answer {
        /// *đồng ý*
        Agreed = "agreed",
        /// *đồng ý một phần*
        Partly = "partly",
        /// *không đồng ý*
        Declined = "declined",
        /// *chuyển cấp có thẩm quyền*
        PassedOn = "passed_on",
    }
}

/// *Kiến nghị, đề xuất.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: Id<Proposal>,
    /// The paper that raises it.
    pub document: Id<Document>,
    /// The session it was raised at.
    pub session: Option<Id<WorkingSession>>,
    /// The words.
    pub passage: Id<Passage>,
    /// As printed, or as corrected at the desk.
    pub text: String,
    /// Who asks, as printed.
    pub by: Option<String>,
    /// Who asks, as far as it resolves.
    pub by_unit: Option<Id<Unit>>,
    /// Who is asked, as printed.
    pub to: Option<String>,
    /// Who is asked, as far as it resolves.
    pub to_unit: Option<Id<Unit>>,
    /// Where it stands.
    pub state: ProposalState,
    /// By when advice is due; absent for "no date".
    pub advice_due: Option<Date>,
    /// How it was answered.
    pub answer: Option<Answer>,
    /// Changes with every step; a form with an older one is stale.
    pub revision: i64,
    /// Since when it no longer holds.
    pub withdrawn_at: Option<Moment>,
    /// Who withdrew it.
    pub withdrawn_by: Option<Id<Account>>,
}

/// *Phương án*: one of the alternatives that a proposal names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalOption {
    /// Its id.
    pub id: Id<ProposalOption>,
    /// Whose.
    pub proposal: Id<Proposal>,
    /// Order, from 1.
    pub ordinal: i64,
    /// As printed.
    pub text: String,
}

/// *Thay đổi đề nghị*: a number that shall go from one value to another (37 → 39).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalChange {
    /// Its id.
    pub id: Id<ProposalChange>,
    /// Whose.
    pub proposal: Id<Proposal>,
    /// Order, from 1.
    pub ordinal: i64,
    /// What shall change.
    pub measure: String,
    /// The value today, as a decimal with a point.
    pub from_value: String,
    /// The value asked for, as a decimal with a point.
    pub to_value: String,
    /// The unit of measure as printed.
    pub unit_of_measure: String,
}

/// One step on the way: who did what, when, on which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalStep {
    /// Its id.
    pub id: Id<ProposalStep>,
    /// Whose.
    pub proposal: Id<Proposal>,
    /// The state it came to.
    pub state: ProposalState,
    /// When.
    pub at: Moment,
    /// The account's name.
    pub by: String,
    /// The body that advises or answers, as printed or typed.
    pub body: Option<String>,
    /// What was answered or noted.
    pub note: Option<String>,
    /// The words of a paper behind the step.
    pub passage: Option<Id<Passage>>,
}

impl ProposalState {
    /// Whether a proposal may go from here to `next`: forward only, except that an answer may be given anew.
    pub fn check_step(self, next: Self) -> Result<(), Problem> {
        let allowed = matches!(
            (self, next),
            (Self::Raised, Self::Assigned | Self::Answered)
                | (Self::Assigned, Self::Assigned | Self::Answered)
                | (Self::Answered, Self::Answered | Self::Settled)
        );
        if allowed { Ok(()) } else { Err(Problem::WrongState { state: crate::code::Coded::code(self) }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProposalState::*;

    #[test]
    fn answered_is_not_settled_and_nothing_is_settled_unanswered() {
        assert!(Raised.check_step(Assigned).is_ok());
        assert!(Assigned.check_step(Answered).is_ok());
        assert!(Answered.check_step(Settled).is_ok());
        assert!(Assigned.check_step(Settled).is_err());
        assert!(Raised.check_step(Settled).is_err());
        assert!(Settled.check_step(Raised).is_err());
    }
}
