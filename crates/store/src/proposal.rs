//! Proposals in the store: lists, and the steps from raised to settled.

use domain::code::Coded;
use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MaySteer;
use domain::problem::Problem;
use domain::proposal::{Answer, Proposal, ProposalChange, ProposalOption, ProposalState, ProposalStep};
use domain::session::WorkingSession;
use domain::unit::Unit;
use jiff::civil::Date;

use crate::article::check_revision;
use crate::ledger::Write;
use crate::task::{Audience, checked_note};
use crate::{Store, StoreError, values};

/// A step of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalMove {
    /// The proposal's revision as the officer saw it.
    pub revision: i64,
    /// The state it comes to.
    pub state: ProposalState,
    /// By when advice is due; absent for "no date".
    pub advice_due: Option<Date>,
    /// How it was answered.
    pub answer: Option<Answer>,
    /// The body that advises or answers.
    pub body: Option<String>,
    /// What was answered or noted.
    pub note: String,
}

impl Store {
    /// Proposals that stand, newest first.
    pub async fn proposals(&self, audience: Audience) -> Result<Vec<Proposal>, StoreError> {
        self.find(&format!("WHERE withdrawn_at IS NULL {} ORDER BY id DESC", audience.sees()), &[]).await
    }

    /// Proposals of a session, in the order of their papers.
    pub async fn proposals_of_session(&self, session: Id<WorkingSession>, audience: Audience) -> Result<Vec<Proposal>, StoreError> {
        self.find(&format!("WHERE session = $1 AND withdrawn_at IS NULL {} ORDER BY id", audience.sees()), &values![session]).await
    }

    /// Proposals that a unit makes, that are addressed to it or that stand in a paper about it, newest first.
    pub async fn proposals_of_unit(&self, unit: Id<Unit>, audience: Audience) -> Result<Vec<Proposal>, StoreError> {
        let tail = format!(
            "WHERE withdrawn_at IS NULL {} AND (by_unit = $1 OR to_unit = $1 \
             OR document IN (SELECT id FROM document WHERE unit = $1)) ORDER BY id DESC",
            audience.sees()
        );
        self.find(&tail, &values![unit]).await
    }

    /// Proposals read from a document, taken back or not.
    pub async fn proposals_of_document(&self, document: Id<Document>) -> Result<Vec<Proposal>, StoreError> {
        self.find("WHERE document = $1 ORDER BY id", &values![document]).await
    }

    /// The papers that proposals were read from, newest first.
    pub async fn documents_with_proposals(&self) -> Result<Vec<Document>, StoreError> {
        self.find("WHERE id IN (SELECT document FROM proposal) ORDER BY id DESC", &[]).await
    }

    /// The alternatives of a proposal.
    pub async fn options_of(&self, proposal: Id<Proposal>) -> Result<Vec<ProposalOption>, StoreError> {
        self.find("WHERE proposal = $1 ORDER BY ordinal", &values![proposal]).await
    }

    /// The numbers that a proposal asks to change.
    pub async fn changes_of(&self, proposal: Id<Proposal>) -> Result<Vec<ProposalChange>, StoreError> {
        self.find("WHERE proposal = $1 ORDER BY ordinal", &values![proposal]).await
    }

    /// Its steps, oldest first.
    pub async fn steps_of(&self, proposal: Id<Proposal>) -> Result<Vec<ProposalStep>, StoreError> {
        self.find("WHERE proposal = $1 ORDER BY id", &values![proposal]).await
    }

    /// Takes a proposal a step on.
    pub async fn move_proposal(&self, may: &MaySteer, now: Moment, proposal: Id<Proposal>, to: ProposalMove) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.standing_proposal(proposal, to.revision).await?;
        old.state.check_step(to.state)?;
        let note = checked_note("note", &to.note)?;
        let answer =
            if to.state == ProposalState::Answered { Some(to.answer.ok_or(Problem::Missing { field: "answer" })?) } else { old.answer };
        if to.state == ProposalState::Answered && note.is_empty() {
            return Err(Problem::Missing { field: "note" }.into());
        }
        let advice_due = if to.state == ProposalState::Assigned { to.advice_due } else { old.advice_due };
        let (at, by) = (write.at(), write.actor().to_owned());
        let step = ProposalStep {
            id: write.new_id(),
            proposal,
            state: to.state,
            at,
            by,
            body: to.body,
            note: Some(note).filter(|note| !note.is_empty()),
            passage: None,
        };
        write.insert(&step).await?;
        write.update(&old, &Proposal { state: to.state, advice_due, answer, revision: old.revision + 1, ..old.clone() }).await?;
        write.commit(&format!("proposal.{}", to.state.code()), &format!("proposal/{proposal}")).await?;
        Ok(())
    }

    /// Takes back the acceptance of a proposal.
    pub async fn take_back_proposal(&self, may: &MaySteer, now: Moment, proposal: Id<Proposal>, revision: i64) -> Result<(), StoreError> {
        use domain::permission::May as _;
        let mut write = self.write(may, now).await?;
        let old = write.standing_proposal(proposal, revision).await?;
        let withdrawn_by = may.proof().account();
        write.update(&old, &Proposal { withdrawn_at: Some(now), withdrawn_by, revision: old.revision + 1, ..old.clone() }).await?;
        write.commit("proposal.take_back", &format!("proposal/{proposal}")).await?;
        Ok(())
    }
}

impl Write {
    async fn standing_proposal(&mut self, proposal: Id<Proposal>, revision: i64) -> Result<Proposal, StoreError> {
        let old = self.get(proposal).await?;
        check_revision(old.revision, revision)?;
        if old.withdrawn_at.is_some() {
            return Err(Problem::WrongState { state: "withdrawn" }.into());
        }
        Ok(old)
    }
}
