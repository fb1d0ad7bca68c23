//! Readings at the review desk: hand-in, the head of the review, and the decision of each draft.

use domain::code::Coded;
use domain::document::Paper;
use domain::draft::{Draft, DraftContent, DraftKind, DraftState, HeldReading, ReadingState, drafts_of};
use domain::id::Id;
use domain::measurable::MeasuredAs;
use domain::moment::Moment;
use domain::permission::{MayDecide, MayHandIn};
use domain::problem::Problem;
use domain::reading::{MeetingRole, Reading};
use domain::session::{MeetingKind, WorkingSession, guess_meeting};
use domain::unit::Unit;
use jiff::civil::Date;

use crate::ledger::Write;
use crate::record::sha256;
use crate::{Store, StoreError, values};

/// A paper that was read and is handed in.
#[derive(Debug, Clone)]
pub struct HandIn {
    /// What the reader gave.
    pub reading: Reading,
    /// The file's name, where it was a file.
    pub file_name: Option<String>,
    /// A key of the form, so a second click hands in nothing twice.
    pub form_key: String,
    /// The unit it is about, where exactly one of the ledger has that name.
    pub unit: Option<Id<Unit>>,
}

/// What became of a hand-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandedIn {
    /// A new reading.
    New(Id<HeldReading>),
    /// The same text is on the desk or in the ledger already.
    Known(Id<HeldReading>),
}

/// The head of the review, settled once for all drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingHead {
    /// The headline.
    pub headline: Option<String>,
    /// Without "Theo".
    pub source: Option<String>,
    /// The author.
    pub byline: Option<String>,
    /// The paper's day.
    pub published_on: Option<Date>,
    /// The unit it is about.
    pub unit: Option<Id<Unit>>,
    /// What sort of meeting it tells of.
    pub meeting: MeetingKind,
    /// The session of the ledger that it belongs to.
    pub session: Option<Id<WorkingSession>>,
    /// The day of the meeting.
    pub held_on: Option<Date>,
}

/// What a person decided about a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// As the reader gave it.
    Accept,
    /// As the person made it.
    Correct(DraftContent),
    /// A figure, as the reader gave it or as the person made it, that is a measurement too.
    Measure(Option<DraftContent>, MeasuredAs),
    /// Not at all.
    Drop,
    /// Back to undecided, while the reading is open.
    TakeBack,
}

impl Store {
    /// Keeps a paper's text, its reading and its drafts.
    pub async fn hand_in(&self, may: &MayHandIn, now: Moment, hand_in: HandIn) -> Result<HandedIn, StoreError> {
        let mut write = self.write(may, now).await?;
        let digest = sha256(&hand_in.reading.text);
        // Of form and text together: who goes back and sends another paper in the same form hands in another paper.
        let hand_in = HandIn { form_key: sha256(&format!("{}\n{digest}", hand_in.form_key)), ..hand_in };
        let papers = write.find::<Paper>("WHERE sha256 = $1", &values![digest]).await?;
        if let Some(known) = write.known_reading(papers.first(), &hand_in.form_key).await? {
            return Ok(HandedIn::Known(known));
        }
        let paper = match papers.into_iter().next() {
            Some(paper) => paper,
            None => {
                let paper = Paper { id: write.new_id(), sha256: digest, text: hand_in.reading.text.clone() };
                write.insert(&paper).await?;
                paper
            }
        };
        let id = write.add_reading(&hand_in, &paper).await?;
        write.commit("reading.hand_in", &format!("reading/{id}")).await?;
        Ok(HandedIn::New(id))
    }

    /// Readings in a state, newest first.
    pub async fn readings(&self, state: ReadingState, limit: i64) -> Result<Vec<HeldReading>, StoreError> {
        self.find("WHERE state = $1 ORDER BY handed_in_at DESC, id DESC LIMIT $2", &values![state, limit]).await
    }

    /// The drafts of a reading in the order of its text.
    pub async fn drafts(&self, reading: Id<HeldReading>) -> Result<Vec<Draft>, StoreError> {
        self.find("WHERE reading = $1 ORDER BY ordinal", &values![reading]).await
    }

    /// How many drafts of each open reading wait for a decision.
    pub async fn pending_drafts(&self) -> Result<Vec<(Id<HeldReading>, i64)>, StoreError> {
        let sql = "SELECT reading, COUNT(*) FROM draft WHERE state = $1 AND reading IN (SELECT id FROM reading WHERE state = $2) \
                   GROUP BY reading ORDER BY reading";
        let rows = self.rows(sql, &values![DraftState::Pending, ReadingState::Open]).await?;
        rows.into_iter().map(crate::db::Row::two).collect()
    }

    /// Settles the head of the review.
    pub async fn set_reading_head(
        &self,
        may: &MayDecide,
        now: Moment,
        reading: Id<HeldReading>,
        revision: i64,
        head: ReadingHead,
    ) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.open_reading(reading, Some(revision)).await?;
        let new = HeldReading {
            headline: head.headline,
            source: head.source,
            byline: head.byline,
            published_on: head.published_on,
            unit: head.unit,
            meeting: head.meeting,
            session: head.session,
            held_on: head.held_on,
            revision: old.revision + 1,
            ..old.clone()
        };
        write.update(&old, &new).await?;
        write.commit("reading.set_head", &format!("reading/{reading}")).await?;
        Ok(())
    }

    /// Decides a draft. A draft that somebody decided before is [`Problem::Stale`]: the first decision stands.
    pub async fn decide_draft(&self, may: &MayDecide, now: Moment, draft: Id<Draft>, decision: Decision) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.get(draft).await?;
        write.open_reading(old.reading, None).await?;
        let new = decided(&old, &decision, write.actor(), now)?;
        write.update(&old, &new).await?;
        write.commit(&format!("draft.{}", verb(&decision)), &format!("draft/{draft}")).await?;
        Ok(())
    }

    /// Accepts every undecided draft that `picks` names, in one write: the sure ones together.
    pub async fn accept_drafts(
        &self,
        may: &MayDecide,
        now: Moment,
        reading: Id<HeldReading>,
        picks: &[Id<Draft>],
    ) -> Result<usize, StoreError> {
        let mut write = self.write(may, now).await?;
        write.open_reading(reading, None).await?;
        let drafts =
            write.find::<Draft>("WHERE reading = $1 AND state = $2 ORDER BY ordinal", &values![reading, DraftState::Pending]).await?;
        let mut accepted = 0;
        for old in drafts.iter().filter(|draft| picks.contains(&draft.id)) {
            let new = decided(old, &Decision::Accept, write.actor(), now)?;
            write.update(old, &new).await?;
            accepted += 1;
        }
        if accepted > 0 {
            write.commit("draft.accept_several", &format!("reading/{reading}")).await?;
        }
        Ok(accepted)
    }

    /// Puts a reading aside for good; its text may be handed in again.
    pub async fn discard_reading(&self, may: &MayDecide, now: Moment, reading: Id<HeldReading>, revision: i64) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.open_reading(reading, Some(revision)).await?;
        write.update(&old, &HeldReading { state: ReadingState::Discarded, revision: old.revision + 1, ..old.clone() }).await?;
        write.commit("reading.discard", &format!("reading/{reading}")).await?;
        Ok(())
    }
}

impl Write {
    /// A reading that can still be worked on; with a revision, only if nobody changed it since.
    pub(crate) async fn open_reading(&mut self, reading: Id<HeldReading>, revision: Option<i64>) -> Result<HeldReading, StoreError> {
        let held = self.get(reading).await?;
        if held.state != ReadingState::Open {
            return Err(Problem::WrongState { state: held.state.code() }.into());
        }
        if revision.is_some_and(|revision| revision != held.revision) {
            return Err(Problem::Stale { by: String::new() }.into());
        }
        Ok(held)
    }

    async fn known_reading(&mut self, paper: Option<&Paper>, form_key: &str) -> Result<Option<Id<HeldReading>>, StoreError> {
        let same_form = self.find::<HeldReading>("WHERE form_key = $1", &values![form_key]).await?;
        let same_text = match paper {
            Some(paper) => {
                self.find::<HeldReading>("WHERE paper = $1 AND state <> $2 ORDER BY id", &values![paper.id, ReadingState::Discarded])
                    .await?
            }
            None => Vec::new(),
        };
        Ok(same_form.first().or(same_text.first()).map(|held| held.id))
    }

    async fn add_reading(&mut self, hand_in: &HandIn, paper: &Paper) -> Result<Id<HeldReading>, StoreError> {
        let reading = &hand_in.reading;
        let has_chair = reading.people.iter().any(|person| person.role == Some(MeetingRole::Chair));
        let held = HeldReading {
            id: self.new_id(),
            paper: paper.id,
            file_name: hand_in.file_name.clone(),
            kind: reading.kind,
            headline: reading.headline.clone(),
            source: reading.source.clone(),
            byline: reading.byline.clone(),
            published_on: reading.published_on,
            about: reading.about.as_ref().map(|about| about.name.clone()),
            about_parent: reading.about.as_ref().and_then(|about| about.parent.clone()),
            unit: hand_in.unit,
            meeting: guess_meeting(reading.kind, reading.headline.as_deref().unwrap_or_default(), has_chair),
            session: None,
            held_on: reading.held_on,
            state: ReadingState::Open,
            document: None,
            handed_in_by: self.actor().to_owned(),
            handed_in_at: self.at(),
            form_key: hand_in.form_key.clone(),
            revision: 1,
        };
        self.insert(&held).await?;
        for (ordinal, content) in (1_i64..).zip(drafts_of(reading)) {
            let draft = Draft {
                id: self.new_id(),
                reading: held.id,
                ordinal,
                kind: content.kind(),
                confidence: content.confidence(),
                content: to_json(&content)?,
                corrected: None,
                state: DraftState::Pending,
                decided_by: None,
                decided_at: None,
                measured: None,
            };
            self.insert(&draft).await?;
        }
        Ok(held.id)
    }
}

fn decided(old: &Draft, decision: &Decision, by: &str, now: Moment) -> Result<Draft, StoreError> {
    let takes_back = *decision == Decision::TakeBack;
    if takes_back == (old.state == DraftState::Pending) {
        return Err(Problem::Stale { by: old.decided_by.clone().unwrap_or_default() }.into());
    }
    if let Decision::Correct(content) | Decision::Measure(Some(content), _) = decision
        && content.kind() != old.kind
    {
        return Err(Problem::NotAllowed { field: "draft", value: content.kind().code().to_owned() }.into());
    }
    let measured = if let Decision::Measure(_, measured) = decision { Some(*measured) } else { None };
    if measured.is_some() && old.kind != DraftKind::Figure {
        return Err(Problem::NotAllowed { field: "indicator", value: old.kind.code().to_owned() }.into());
    }
    let (state, corrected) = match decision {
        Decision::Accept | Decision::Measure(None, _) => (DraftState::Accepted, None),
        Decision::Correct(content) | Decision::Measure(Some(content), _) => (DraftState::Corrected, Some(to_json(content)?)),
        Decision::Drop => (DraftState::Dropped, None),
        Decision::TakeBack => (DraftState::Pending, None),
    };
    let decided_by = (!takes_back).then(|| by.to_owned());
    Ok(Draft { state, corrected, decided_by, decided_at: (!takes_back).then_some(now), measured, ..old.clone() })
}

const fn verb(decision: &Decision) -> &'static str {
    match decision {
        Decision::Accept => "accept",
        Decision::Correct(_) => "correct",
        Decision::Measure(..) => "measure",
        Decision::Drop => "drop",
        Decision::TakeBack => "take_back",
    }
}

fn to_json(content: &DraftContent) -> Result<String, StoreError> {
    serde_json::to_string(content).map_err(|error| StoreError::Internal(error.to_string()))
}

/// What a draft holds now: as corrected, else as read.
pub fn content_of(draft: &Draft) -> Result<DraftContent, StoreError> {
    let json = draft.corrected.as_deref().unwrap_or(&draft.content);
    serde_json::from_str(json).map_err(|error| StoreError::Internal(format!("draft {}: {error}", draft.id)))
}
