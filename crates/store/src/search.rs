//! What search finds, read anew from the ledger: each thing with its words, for the public and for staff. Nothing is searched
//! here: see the crate `search`.

mod changes;
mod meeting;
mod paper;
mod people;

use domain::article::Article;
use domain::document::{Document, Passage};
use domain::id::Id;
use domain::indicator::Indicator;
use domain::person::Person;
use domain::proposal::Proposal;
use domain::reading::Span;
use domain::search::{SearchKind, Subject};
use domain::session::WorkingSession;
use domain::task::Task;
use domain::unit::Unit;
use jiff::civil::Date;

pub use self::changes::SearchChanges;
use crate::db::Value;
use crate::field::Field;
use crate::record::Record;
use crate::task::Audience;
use crate::{Store, StoreError, values};

/// Most things of one read: far below what either database takes of placeholders, and papers of a few megabytes together.
pub const SEARCH_TEXTS_MAX: usize = 100;

/// The thing itself, for its title and its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchNoun {
    /// An article.
    Article(Article),
    /// A paper whose text is kept.
    Document(Document),
    /// A session with the unit it is about.
    Session(WorkingSession, Option<Unit>),
    /// A proposal that stands.
    Proposal(Proposal),
    /// A task that stands.
    Task(Task),
    /// A person.
    Person(Person),
    /// A unit.
    Unit(Unit),
    /// An indicator.
    Indicator(Indicator),
}

/// One thing with its words beside its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchText {
    /// The thing.
    pub noun: SearchNoun,
    /// The day it is about.
    pub day: Option<Date>,
    /// The units it is about.
    pub units: Vec<Id<Unit>>,
    /// What the public may read of it; absent where they do not see it.
    pub public: Option<SearchBody>,
    /// What staff may read of it.
    pub staff: SearchBody,
}

/// Words of a thing beside its title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchBody {
    /// The words.
    pub text: String,
    /// Stretches of a paper's words that have an address of their own, in their order.
    pub passages: Vec<(Span, Id<Passage>)>,
}

impl From<String> for SearchBody {
    fn from(text: String) -> Self {
        Self { text, passages: Vec::new() }
    }
}

impl SearchText {
    /// What somebody may read of it; absent where they do not see it.
    pub const fn body(&self, audience: Audience) -> Option<&SearchBody> {
        match audience {
            Audience::Public => self.public.as_ref(),
            Audience::Staff => Some(&self.staff),
        }
    }

    /// Which thing it is.
    pub const fn subject(&self) -> Subject {
        match &self.noun {
            SearchNoun::Article(article) => Subject::new(SearchKind::Article, article.id.number()),
            SearchNoun::Document(document) => Subject::new(SearchKind::Document, document.id.number()),
            SearchNoun::Session(session, _) => Subject::new(SearchKind::Session, session.id.number()),
            SearchNoun::Proposal(proposal) => Subject::new(SearchKind::Proposal, proposal.id.number()),
            SearchNoun::Task(task) => Subject::new(SearchKind::Task, task.id.number()),
            SearchNoun::Person(person) => Subject::new(SearchKind::Person, person.id.number()),
            SearchNoun::Unit(unit) => Subject::new(SearchKind::Unit, unit.id.number()),
            SearchNoun::Indicator(indicator) => Subject::new(SearchKind::Indicator, indicator.id.number()),
        }
    }
}

impl Store {
    /// The ids of a kind of things above `after`, the least first, at most [`SEARCH_TEXTS_MAX`].
    pub async fn search_ids(&self, kind: SearchKind, after: i64) -> Result<Vec<i64>, StoreError> {
        let (table, condition) = match kind {
            SearchKind::Article => ("article", ""),
            SearchKind::Document => ("document", "AND paper IS NOT NULL"),
            SearchKind::Session => ("working_session", ""),
            SearchKind::Proposal => ("proposal", "AND withdrawn_at IS NULL"),
            SearchKind::Task => ("task", "AND withdrawn_at IS NULL"),
            SearchKind::Person => ("person", ""),
            SearchKind::Unit => ("unit", ""),
            SearchKind::Indicator => ("indicator", ""),
        };
        let sql = format!("SELECT id FROM {table} WHERE id > $1 {condition} ORDER BY id LIMIT $2");
        let limit = i64::try_from(SEARCH_TEXTS_MAX).unwrap_or(i64::MAX);
        self.rows(&sql, &values![after, limit]).await?.into_iter().map(crate::db::Row::one).collect()
    }

    /// The things of a kind with these ids, with their words. What is not there or was taken back is left out. At most
    /// [`SEARCH_TEXTS_MAX`] ids are read.
    pub async fn search_texts(&self, kind: SearchKind, ids: &[i64]) -> Result<Vec<SearchText>, StoreError> {
        let ids = Ids::of(ids.iter().take(SEARCH_TEXTS_MAX).copied());
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        match kind {
            SearchKind::Article => self.article_texts(&ids).await,
            SearchKind::Document => self.document_texts(&ids).await,
            SearchKind::Session => self.session_texts(&ids).await,
            SearchKind::Proposal => self.proposal_texts(&ids).await,
            SearchKind::Task => self.task_texts(&ids).await,
            SearchKind::Person => self.person_texts(&ids).await,
            SearchKind::Unit => self.unit_texts(&ids).await,
            SearchKind::Indicator => self.indicator_texts(&ids).await,
        }
    }

    async fn all_of<R: Record>(&self, ids: &Ids, condition: &str) -> Result<Vec<R>, StoreError> {
        self.find(&format!("WHERE id IN ({}) {condition} ORDER BY id", ids.places()), ids.values()).await
    }
}

/// The ids of one query and their placeholders.
struct Ids {
    values: Vec<Value>,
    places: String,
}

impl Ids {
    fn of(ids: impl IntoIterator<Item = i64>) -> Self {
        let mut ids: Vec<i64> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
        Self { values: ids.iter().map(Field::to_value).collect(), places: places.join(", ") }
    }

    const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// `$1, $2, …`
    fn places(&self) -> &str {
        &self.places
    }

    fn values(&self) -> &[Value] {
        &self.values
    }
}

/// Lines under one another, empty ones left out.
fn lines<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let filled: Vec<&str> = parts.into_iter().flatten().map(str::trim).filter(|part| !part.is_empty()).collect();
    filled.join("\n")
}

/// Each once, in order.
fn distinct(units: impl IntoIterator<Item = Option<Id<Unit>>>) -> Vec<Id<Unit>> {
    let mut units: Vec<Id<Unit>> = units.into_iter().flatten().collect();
    units.sort_unstable();
    units.dedup();
    units
}
