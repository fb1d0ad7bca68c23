//! Acts: who asks, orders, reports, speaks and concludes. One walk through the paper finds them all, because each ends where
//! the next begins; `proposal`, `task`, `statement` and `conclusion` make the drafts of what it found.
//!
//! `lexicon` holds the words, `token` cuts, `rank` and `voice` know who is who, `doer` reads names behind a verb, `frame` finds
//! verbs with their subject, `judge` sorts sentences without such a verb, `scene` remembers, `walk` goes through.

mod doer;
mod due;
mod frame;
mod judge;
mod lexicon;
mod rank;
mod scene;
mod speaker;
mod token;
mod voice;
mod walk;

use domain::reading::{BodyDraft, PersonDraft, Span};

use crate::layout::Layout;

pub use doer::Doers;
pub use due::find_due;
pub use frame::Deed;
pub use judge::joined_alternatives;
pub use lexicon::heads_name;
pub use token::{Mentions, tokens};
pub use voice::Voice;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A request upward.
    Proposal,
    /// An order downward.
    Task,
    /// Praise or blame in a conclusion.
    Assessment,
    /// A promise or consent in a conclusion.
    Commitment,
}

/// A request, an order or a sentence of a conclusion.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What it is.
    pub what: What,
    /// Where it stands.
    pub span: Span,
    /// Whose it is.
    pub voice: Option<Voice>,
    /// Who leads and who works along.
    pub doers: Doers,
    /// Who is asked.
    pub asked: Option<String>,
}

/// That someone speaks.
#[derive(Debug, Clone)]
pub struct Utterance {
    /// Who.
    pub voice: Voice,
    /// Speaks, reports or concludes.
    pub deed: Deed,
    /// The words that say that he or she spoke.
    pub act: Span,
    /// Where what was said begins.
    pub said: Option<usize>,
    /// Where it ends at the latest.
    pub end: usize,
    /// The words of a request with their verb.
    pub request: Option<Span>,
    /// The photo that shows the speaker.
    pub photo: Option<String>,
}

/// Everything the walk found.
#[derive(Debug, Clone, Default)]
pub struct Acts {
    /// In the order of the text.
    pub findings: Vec<Finding>,
    /// In the order of the text.
    pub utterances: Vec<Utterance>,
    /// Told by captions.
    pub captions: Vec<Utterance>,
    /// Where speeches, requests and orders begin: what was said before ends there.
    pub cuts: Vec<usize>,
    /// Where someone begins to speak.
    pub turns: Vec<usize>,
    /// The chair of the meeting.
    pub chair: Option<usize>,
}

/// Finds every act.
pub fn find_acts(text: &str, layout: &Layout, people: &[PersonDraft], bodies: &[BodyDraft]) -> Acts {
    let mut acts = walk::walk(text, layout, people, bodies);
    acts.cuts.extend_from_slice(&acts.turns);
    acts.cuts.sort_unstable();
    acts.turns.sort_unstable();
    acts
}

/// Where the words of an utterance end: the next cut from their beginning on, else the end of the paragraph.
pub fn end_of(cuts: &[usize], said: usize, end: usize) -> usize {
    let next = cuts.partition_point(|cut| *cut < said);
    cuts.get(next).copied().filter(|cut| *cut < end).unwrap_or(end)
}
