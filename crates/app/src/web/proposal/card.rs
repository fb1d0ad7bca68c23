//! A proposal as pages show it: the words, the numbers it asks to change, its alternatives, and how far it has come.
//! Answered is not settled: they are two rungs of the ladder.

use domain::code::Coded;
use domain::decimal::Decimal;
use domain::proposal::{Proposal, ProposalChange, ProposalState, ProposalStep};

use crate::lang::{Lang, StateWords};
use crate::web::source::{Papers, Source};
use crate::web::task::sentence_case;
use crate::web::{App, Fault, Page};

/// A number that shall go from one value to another.
pub struct ChangeLine {
    pub from: String,
    pub to: String,
    pub measure: String,
}

/// A rung of the ladder.
pub struct Rung {
    pub label: &'static str,
    /// The day it was reached; empty where it was not, or where the page does not say.
    pub day: String,
    /// Whether it lies behind.
    pub was: bool,
    /// Whether the proposal stands on it.
    pub current: bool,
}

/// A proposal on a page of several.
pub struct ProposalCard {
    /// Its page.
    pub href: String,
    /// As printed, or as corrected at the desk.
    pub text: String,
    /// Where it stands.
    pub stands: StateWords,
    /// The numbers it asks to change.
    pub changes: Vec<ChangeLine>,
    /// Its alternatives.
    pub options: Vec<String>,
    /// How far it has come.
    pub ladder: Vec<Rung>,
    /// Who asks whom, and the last words on it.
    pub about: String,
    /// Its paper and sentence.
    pub source: Source,
}

/// What of some proposals is always printed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProposalCounts {
    /// Every one.
    pub all: usize,
    /// Answered, settled or not.
    pub answered: usize,
    /// Settled.
    pub settled: usize,
    /// Not answered, and nobody has said by when.
    pub no_date: usize,
}

impl ProposalCounts {
    /// Counts some proposals.
    pub fn of(proposals: &[Proposal]) -> Self {
        let count = |fits: fn(&Proposal) -> bool| proposals.iter().filter(|proposal| fits(proposal)).count();
        Self {
            all: proposals.len(),
            answered: count(|proposal| matches!(proposal.state, ProposalState::Answered | ProposalState::Settled)),
            settled: count(|proposal| proposal.state == ProposalState::Settled),
            no_date: count(waits_without_date),
        }
    }
}

/// Whether a proposal waits for an answer that nobody has promised a day for.
pub fn waits_without_date(proposal: &Proposal) -> bool {
    matches!(proposal.state, ProposalState::Raised | ProposalState::Assigned) && proposal.advice_due.is_none()
}

/// Proposals as cards, in the order given.
pub async fn cards_of(app: &App, page: &Page, papers: &mut Papers<'_>, proposals: &[Proposal]) -> Result<Vec<ProposalCard>, Fault> {
    let lang = page.lang;
    let mut cards = Vec::new();
    for proposal in proposals {
        let steps = app.store().steps_of(proposal.id).await?;
        cards.push(ProposalCard {
            href: page.href(&format!("/proposals/{}", proposal.id)),
            text: sentence_case(&proposal.text),
            stands: lang.proposal_words(proposal),
            changes: app.store().changes_of(proposal.id).await?.iter().map(|change| change_line(lang, change)).collect(),
            options: app.store().options_of(proposal.id).await?.into_iter().map(|option| option.text).collect(),
            ladder: ladder(lang, proposal.state, &steps),
            about: about(lang, proposal, &steps),
            source: papers.source(proposal.document, proposal.passage).await?,
        });
    }
    Ok(cards)
}

/// A change as numbers of the page's language; a value that is no number stands as it is.
pub fn change_line(lang: Lang, change: &ProposalChange) -> ChangeLine {
    let number = |value: &str| value.parse::<Decimal>().ok();
    let from = number(&change.from_value).map_or_else(|| change.from_value.clone(), |value| lang.decimal(value));
    let to = number(&change.to_value).map_or_else(|| change.to_value.clone(), |value| lang.quantity(value, &change.unit_of_measure));
    ChangeLine { from, to, measure: change.measure.clone() }
}

/// The four rungs; one that was passed over (answered at once) is not behind.
pub fn ladder(lang: Lang, state: ProposalState, steps: &[ProposalStep]) -> Vec<Rung> {
    let rung = |rung: &ProposalState| {
        let reached = steps.iter().rfind(|step| step.state == *rung);
        Rung {
            label: lang.word("ladder", rung.code()).unwrap_or_default(),
            // The first step was written when the paper was settled, not when somebody spoke.
            day: reached.filter(|_| *rung != ProposalState::Raised).map_or_else(String::new, |step| lang.day(step.at.day())),
            was: *rung < state && (reached.is_some() || *rung == ProposalState::Raised),
            current: *rung == state,
        }
    };
    ProposalState::ALL.iter().map(rung).collect()
}

fn about(lang: Lang, proposal: &Proposal, steps: &[ProposalStep]) -> String {
    let mut parts = Vec::new();
    match (&proposal.by, &proposal.to) {
        (Some(by), Some(to)) => parts.push(lang.proposal_by_to(by, to)),
        (Some(by), None) => parts.push(lang.proposal_by(by)),
        (None, Some(to)) => parts.push(lang.proposal_to(to)),
        (None, None) => {}
    }
    if let Some(last) = steps.last().filter(|last| last.state != ProposalState::Raised) {
        parts.extend(last.body.iter().map(|body| lang.proposal_body(body)));
        parts.extend(last.note.clone());
    }
    parts.join(" · ")
}
