//! Proposals: requests upward, followed until they are settled.

use jiff::civil::Date;

use crate::account::Account;
use crate::code::codes;
use crate::decimal::Decimal;
use crate::document::{Document, Passage};
use crate::fold::fold;
use crate::id::Id;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::reading::{FigureDraft, FigureRole};
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

/// Whether a sentence of a conclusion hands "the proposals" to advisory bodies: it names proposals before the verb
/// that assigns ("Đối với các đề nghị của huyện, … giao các cơ quan tham mưu …").
pub fn hands_over_proposals(sentence: &str) -> bool {
    let folded = fold(sentence);
    let assigns_at = folded.find("giao ");
    let names_at = ["cac kien nghi", "cac de nghi", "cac de xuat", "kien nghi, de xuat", "nhung kien nghi", "nhung de nghi"]
        .into_iter()
        .filter_map(|words| folded.find(words))
        .min();
    matches!((names_at, assigns_at), (Some(names), Some(assigns)) if names < assigns)
}

/// Pairs the numbers of a proposal into changes: a baseline with the target that follows it, of the same measure.
pub fn changes_of(figures: &[&FigureDraft]) -> Vec<(String, Decimal, Decimal, String)> {
    let mut changes = Vec::new();
    for (at, from) in figures.iter().enumerate().filter(|(_, figure)| figure.role == FigureRole::Baseline) {
        let follows = figures.iter().skip(at + 1).find(|to| to.role == FigureRole::Target && fold(&to.measure) == fold(&from.measure));
        if let Some(to) = follows {
            changes.push((to.measure.clone(), from.value, to.value, to.unit.clone()));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProposalState::*;

    #[test]
    fn a_sentence_that_hands_the_proposals_over() {
        assert!(hands_over_proposals("Về các kiến nghị của huyện, đồng chí Bí thư giao các cơ quan chuyên môn nghiên cứu"));
        assert!(!hands_over_proposals("Giao Sở Tài chính tổng hợp các kiến nghị"));
        assert!(!hands_over_proposals("Huyện có nhiều kiến nghị"));
    }

    fn figure(measure: &str, value: i64, role: FigureRole) -> FigureDraft {
        FigureDraft {
            quote: value.to_string(),
            value: value.into(),
            of: None,
            unit: "đồng chí".into(),
            comparator: crate::reading::Comparator::Eq,
            measure: measure.into(),
            period: None,
            role,
            span: crate::reading::Span { start: 0, end: 1 },
            confidence: crate::reading::Confidence::Fair,
        }
    }

    #[test]
    fn from_and_to_of_one_measure_are_a_change() {
        let figures = [
            figure("ủy viên", 35, FigureRole::Baseline),
            figure("Ủy viên", 37, FigureRole::Target),
            figure("biên chế", 2, FigureRole::Target),
        ];
        let changes = changes_of(&figures.iter().collect::<Vec<_>>());
        assert_eq!(changes, [("Ủy viên".to_owned(), 35.into(), 37.into(), "đồng chí".to_owned())]);
    }

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
