//! Settling a reading: its decided drafts become the ledger's rows, in one write with one journal entry. From then on
//! no page reads the drafts.

mod act;
mod number;
mod place;
mod who;

use std::collections::HashMap;

use domain::article::{Article, slug};
use domain::code::Coded;
use domain::document::{Document, Paper, Passage};
use domain::draft::{Draft, DraftContent, DraftKind, DraftState, HeldReading, ReadingState};
use domain::fold::fold;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MayDecide;
use domain::person::Person;
use domain::photo::Photo;
use domain::problem::Problem;
use domain::proposal::hands_over_proposals;
use domain::reading::{DocumentDraft, PaperKind, Span};
use domain::session::{MeetingKind, SessionDocument, WorkingSession};
use domain::unit::Unit;
use jiff::civil::Date;

use self::number::{Number, numbers_of};
use crate::ledger::Write;
use crate::measurement::Seen;
use crate::reading::content_of;
use crate::{Store, StoreError, values};

/// Most letters of an article's standfirst: two sentences of a news page.
const STANDFIRST_LETTERS_MAX: usize = 320;

/// What a reading became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// Its document.
    pub document: Id<Document>,
    /// The draft of its article.
    pub article: Id<Article>,
    /// Its session, where it tells of one.
    pub session: Option<Id<WorkingSession>>,
}

/// What a person settles about a reading as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The reading.
    pub reading: Id<HeldReading>,
    /// Its revision as the person saw it.
    pub revision: i64,
    /// The task draft whose sentence puts the session's open proposals into "assigned for advice, no date".
    pub advice: Option<Id<Draft>>,
    /// The day on which accepted numbers become known: the day of acceptance.
    pub known_on: Date,
    /// What the ledger has where each accepted number goes, by its draft.
    pub seen: HashMap<Id<Draft>, Seen>,
}

/// A sentence of the paper that hands the open proposals to advisory bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdviceOffer {
    /// The task draft that it is.
    pub draft: Id<Draft>,
    /// The sentence.
    pub sentence: String,
}

/// One settlement under way.
struct Scene {
    reading: HeldReading,
    text: String,
    /// The unit that the paper is about, then every unit above it.
    units: Vec<Unit>,
    document: Id<Document>,
    session: Option<Id<WorkingSession>>,
    passages: HashMap<Span, Id<Passage>>,
    /// Bodies of this paper by their folded names.
    bodies: HashMap<String, Id<Unit>>,
    /// People of this paper by their folded names.
    people: HashMap<String, Id<Person>>,
    /// Photos of this paper by their file names.
    photos: HashMap<String, Id<Photo>>,
    /// Figures that are measurements too.
    numbers: HashMap<Id<Draft>, Number>,
    /// The day on which they become known.
    known_on: Date,
}

impl Store {
    /// The offer to put the open proposals into "assigned for advice": the last task draft, not dropped, whose sentence
    /// hands them over.
    pub async fn advice_offer(&self, reading: &HeldReading) -> Result<Option<AdviceOffer>, StoreError> {
        let text = self.get(reading.paper).await?.text;
        let tail = "WHERE reading = $1 AND kind = $2 AND state <> $3 ORDER BY ordinal DESC";
        let tasks = self.find::<Draft>(tail, &values![reading.id, DraftKind::Task, DraftState::Dropped]).await?;
        for draft in tasks {
            let sentence = content_of(&draft)?.span().sentence_in(&text).to_owned();
            if hands_over_proposals(&sentence) {
                return Ok(Some(AdviceOffer { draft: draft.id, sentence }));
            }
        }
        Ok(None)
    }

    /// Settles a reading whose every draft is decided.
    pub async fn settle(&self, may: &MayDecide, now: Moment, settlement: &Settlement) -> Result<Settled, StoreError> {
        let mut write = self.write(may, now).await?;
        let reading = write.open_reading(settlement.reading, Some(settlement.revision)).await?;
        let drafts = write.find::<Draft>("WHERE reading = $1 ORDER BY ordinal", &values![reading.id]).await?;
        let pending = drafts.iter().filter(|draft| draft.state == DraftState::Pending).count();
        if pending > 0 {
            return Err(Problem::Undecided { count: pending }.into());
        }
        let kept: Vec<(Id<Draft>, DraftContent)> = drafts
            .iter()
            .filter(|draft| draft.state != DraftState::Dropped)
            .map(|draft| content_of(draft).map(|content| (draft.id, content)))
            .collect::<Result<_, _>>()?;
        let mut scene = write.set_scene(reading, &kept, settlement.known_on).await?;
        scene.numbers = numbers_of(&drafts, &settlement.seen);
        write.settle_who(&mut scene, &kept).await?;
        write.settle_documents(&mut scene, &kept).await?;
        write.settle_acts(&mut scene, &kept, settlement.advice).await?;
        let article = write.draft_article(&scene).await?;
        let old = &scene.reading;
        let (document, session) = (scene.document, scene.session);
        let new =
            HeldReading { state: ReadingState::Settled, document: Some(document), session, revision: old.revision + 1, ..old.clone() };
        write.update(old, &new).await?;
        write.commit("reading.settle", &format!("reading/{}", new.id)).await?;
        Ok(Settled { document, article, session })
    }
}

impl Write {
    async fn set_scene(&mut self, reading: HeldReading, kept: &[(Id<Draft>, DraftContent)], known_on: Date) -> Result<Scene, StoreError> {
        let text = self.get::<Paper>(reading.paper).await?.text;
        let units = self.units_upward(reading.unit).await?;
        let document = self.settle_own_document(&reading, kept).await?;
        let session = self.settle_session(&reading, units.first(), document).await?;
        Ok(Scene {
            reading,
            text,
            units,
            document,
            session,
            passages: HashMap::new(),
            bodies: HashMap::new(),
            people: HashMap::new(),
            photos: HashMap::new(),
            numbers: HashMap::new(),
            known_on,
        })
    }

    async fn units_upward(&mut self, unit: Option<Id<Unit>>) -> Result<Vec<Unit>, StoreError> {
        let mut units: Vec<Unit> = Vec::new();
        let mut next = unit;
        while let Some(id) = next {
            let unit: Unit = self.get(id).await?;
            next = unit.parent.filter(|parent| units.iter().all(|known| known.id != *parent));
            units.push(unit);
        }
        Ok(units)
    }

    /// The paper's own row: the one that another paper named before, else a new one.
    async fn settle_own_document(&mut self, reading: &HeldReading, kept: &[(Id<Draft>, DraftContent)]) -> Result<Id<Document>, StoreError> {
        let own = kept.iter().find_map(|(_, content)| match content {
            DraftContent::Document(draft) if is_own(reading.kind, draft) => Some(draft),
            _ => None,
        });
        let symbol = own.and_then(|draft| draft.symbol.clone());
        let title = reading.headline.clone();
        let known = match &symbol {
            Some(symbol) => self.document_like(symbol, reading.published_on).await?.filter(|known| known.paper.is_none()),
            None => None,
        };
        let document = Document {
            id: known.as_ref().map_or_else(|| self.new_id(), |known| known.id),
            kind: Some(reading.kind),
            document_type: own.map(|draft| draft.document_type.clone()),
            folded: fold(symbol.as_deref().or(title.as_deref()).unwrap_or_default()),
            symbol,
            title,
            // What another paper told of it before is kept where this one is silent.
            issued_on: reading.published_on.or_else(|| known.as_ref().and_then(|known| known.issued_on)),
            issuer: own.and_then(|draft| draft.issuer.clone()).or_else(|| known.as_ref().and_then(|known| known.issuer.clone())),
            source: reading.source.clone(),
            byline: reading.byline.clone(),
            paper: Some(reading.paper),
            unit: reading.unit,
            reprint: false,
            published_at: None,
            published_by: None,
        };
        match &known {
            Some(known) => self.update(known, &document).await?,
            None => self.insert(&document).await?,
        }
        Ok(document.id)
    }

    async fn settle_session(
        &mut self,
        reading: &HeldReading,
        about: Option<&Unit>,
        document: Id<Document>,
    ) -> Result<Option<Id<WorkingSession>>, StoreError> {
        let session = match (reading.session, reading.meeting) {
            (Some(known), _) => self.get::<WorkingSession>(known).await?.id,
            (None, MeetingKind::None) => return Ok(None),
            (None, kind) => {
                let title = about.map(|unit| unit.name.clone()).or_else(|| reading.headline.clone()).unwrap_or_default();
                let session = WorkingSession { id: self.new_id(), kind, unit: reading.unit, title, held_on: reading.held_on };
                self.insert(&session).await?;
                session.id
            }
        };
        let tells = SessionDocument { id: self.new_id(), session, document };
        self.insert(&tells).await?;
        Ok(Some(session))
    }

    /// The address of a stretch of the paper, once a stretch.
    async fn passage(&mut self, scene: &mut Scene, span: Span) -> Result<Id<Passage>, StoreError> {
        if let Some(known) = scene.passages.get(&span) {
            return Ok(*known);
        }
        if span.of(&scene.text).is_none() {
            return Err(StoreError::Internal(format!("{}..{} is no stretch of paper {}", span.start, span.end, scene.reading.paper)));
        }
        let place = |byte: usize| i64::try_from(byte).unwrap_or(i64::MAX);
        let passage = Passage { id: self.new_id(), document: scene.document, span_start: place(span.start), span_end: place(span.end) };
        self.insert(&passage).await?;
        scene.passages.insert(span, passage.id);
        Ok(passage.id)
    }

    /// The documents that the paper names, each once in the ledger.
    async fn settle_documents(&mut self, scene: &mut Scene, kept: &[(Id<Draft>, DraftContent)]) -> Result<(), StoreError> {
        for (_, content) in kept {
            let DraftContent::Document(draft) = content else { continue };
            if !is_own(scene.reading.kind, draft) {
                self.settle_document(draft).await?;
            }
        }
        Ok(())
    }

    async fn settle_document(&mut self, draft: &DocumentDraft) -> Result<Id<Document>, StoreError> {
        let name = draft.symbol.as_deref().or(draft.title.as_deref()).unwrap_or(&draft.quote);
        if let Some(known) = self.document_like(name, draft.date).await? {
            return Ok(known.id);
        }
        let document = Document {
            id: self.new_id(),
            kind: None,
            document_type: Some(draft.document_type.clone()),
            symbol: draft.symbol.clone(),
            title: draft.title.clone(),
            issued_on: draft.date,
            issuer: draft.issuer.clone(),
            source: None,
            byline: None,
            paper: None,
            unit: None,
            reprint: false,
            published_at: None,
            published_by: None,
            folded: fold(name),
        };
        self.insert(&document).await?;
        Ok(document.id)
    }

    /// The document of a symbol or a title. Symbols recur every year, so two known days must agree.
    async fn document_like(&mut self, name: &str, day: Option<jiff::civil::Date>) -> Result<Option<Document>, StoreError> {
        let alike = self.find::<Document>("WHERE folded = $1 ORDER BY id", &values![fold(name)]).await?;
        Ok(alike.into_iter().find(|known| known.issued_on.is_none() || day.is_none() || known.issued_on == day))
    }

    async fn draft_article(&mut self, scene: &Scene) -> Result<Id<Article>, StoreError> {
        let reading = &scene.reading;
        let title =
            reading.headline.clone().or_else(|| scene.text.lines().find(|line| !line.trim().is_empty()).map(|line| line.trim().to_owned()));
        let title = title.unwrap_or_else(|| reading.kind.code().to_owned());
        let article = Article {
            id: self.new_id(),
            document: scene.document,
            session: scene.session,
            slug: slug(&title),
            standfirst: standfirst(&scene.text, &title),
            title,
            source: reading.source.clone(),
            author: reading.byline.clone(),
            published_at: None,
            published_by: None,
            revision: 1,
        };
        self.insert(&article).await?;
        Ok(article.id)
    }
}

/// Whether a document draft is the paper's own symbol ("Số 412-TB/TU" in its head) and not one that it names.
fn is_own(kind: PaperKind, draft: &DocumentDraft) -> bool {
    kind != PaperKind::NewsArticle && draft.symbol.is_some() && fold(&draft.quote).starts_with("so ")
}

/// The first line of the paper that is long enough to be a sentence, cut at a word.
fn standfirst(text: &str, title: &str) -> String {
    let sentence = text.lines().map(str::trim).find(|line| line.chars().count() > 80 && fold(line) != fold(title)).unwrap_or_default();
    if sentence.chars().count() <= STANDFIRST_LETTERS_MAX {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(STANDFIRST_LETTERS_MAX).collect();
    let end = cut.rfind(". ").map(|at| at + 1).or_else(|| cut.rfind(' ')).unwrap_or(cut.len());
    let kept = cut.get(..end).unwrap_or(&cut).trim_end();
    if kept.ends_with('.') { kept.to_owned() } else { format!("{kept}…") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standfirst_ends_with_a_sentence_or_a_word() {
        let long = format!(
            "{}. {}",
            "Câu đầu tiên đủ dài để thành lời dẫn của một bản tin về buổi làm việc ở huyện vùng cao".repeat(2),
            "chữ ".repeat(200)
        );
        let cut = standfirst(&format!("Tít\n{long}"), "Tít");
        assert!(cut.ends_with('.') && cut.chars().count() <= STANDFIRST_LETTERS_MAX, "{cut}");
        assert!(standfirst(&"chữ ".repeat(200), "").ends_with('…'));
        assert_eq!(standfirst("ngắn", ""), "");
    }
}
