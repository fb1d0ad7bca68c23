//! What the journal changed of what search finds: the rows of its entries lead to the things whose words they are.

use std::collections::BTreeSet;

use domain::search::{SearchKind, Subject};
use serde_json::{Map, Value as Json};

use super::{Ids, SEARCH_TEXTS_MAX};
use crate::{Store, StoreError, values};

/// More entries than these are not walked one by one: reading everything anew is then no slower.
const ENTRIES_MAX: i64 = 2000;
const ENTRIES: &str = "SELECT before, after FROM journal WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence";
/// The things whose words stand in some papers.
const OF_DOCUMENTS: &str = "SELECT CAST(0 AS BIGINT), id FROM article WHERE document IN ({}) \
     UNION SELECT CAST(1 AS BIGINT), session FROM session_document WHERE document IN ({}) \
     UNION SELECT CAST(2 AS BIGINT), id FROM proposal WHERE document IN ({}) \
     UNION SELECT CAST(3 AS BIGINT), id FROM task WHERE document IN ({}) \
     UNION SELECT CAST(4 AS BIGINT), a.person FROM attendance a JOIN passage s ON s.id = a.passage WHERE s.document IN ({}) \
     UNION SELECT CAST(4 AS BIGINT), x.person FROM position x JOIN passage s ON s.id = x.passage WHERE s.document IN ({}) \
     UNION SELECT CAST(4 AS BIGINT), t.person FROM statement t WHERE t.person IS NOT NULL AND t.document IN ({})";
/// The kinds that [`OF_DOCUMENTS`] counts.
const KINDS: [SearchKind; 5] = [SearchKind::Article, SearchKind::Session, SearchKind::Proposal, SearchKind::Task, SearchKind::Person];

/// What changed since an entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchChanges {
    /// These things; they may be gone.
    Of(BTreeSet<Subject>),
    /// Anything: too much has happened, something that stands in many words changed its name, or the journal is not the one that
    /// was read before.
    Everything,
}

impl Store {
    /// What changed after entry `after`, which had this hash, up to entry `until`.
    pub async fn search_changes(&self, after: i64, hash: &str, until: i64) -> Result<SearchChanges, StoreError> {
        if until < after || until - after > ENTRIES_MAX || !self.has_entry(after, hash).await? {
            return Ok(SearchChanges::Everything);
        }
        let mut touched = Touched::default();
        for row in self.rows(ENTRIES, &values![after, until]).await? {
            let (before, after): (String, String) = row.two()?;
            touched.entry(&rows_of(&before)?, &rows_of(&after)?);
        }
        if touched.everything {
            return Ok(SearchChanges::Everything);
        }
        let documents: Vec<i64> = touched.documents.iter().copied().collect();
        let mut subjects = touched.subjects;
        subjects.extend(documents.iter().map(|id| Subject::new(SearchKind::Document, *id)));
        for some in documents.chunks(SEARCH_TEXTS_MAX) {
            let ids = Ids::of(some.iter().copied());
            for row in self.rows(&OF_DOCUMENTS.replace("{}", ids.places()), ids.values()).await? {
                let (kind, id): (i64, i64) = row.two()?;
                subjects.extend(usize::try_from(kind).ok().and_then(|kind| KINDS.get(kind)).map(|kind| Subject::new(*kind, id)));
            }
        }
        Ok(SearchChanges::Of(subjects))
    }

    /// Whether the journal has this very entry. Before the first there is none.
    async fn has_entry(&self, sequence: i64, hash: &str) -> Result<bool, StoreError> {
        let row = self.db.row("SELECT hash FROM journal WHERE sequence = $1", &values![sequence]).await?;
        let known: Option<String> = row.map(crate::db::Row::one).transpose()?;
        Ok(known.unwrap_or_default() == hash)
    }
}

fn rows_of(text: &str) -> Result<Map<String, Json>, StoreError> {
    serde_json::from_str(text).map_err(|fault| StoreError::BrokenJournal(format!("an entry's rows are not JSON: {fault}")))
}

/// What entries lead to.
#[derive(Default)]
struct Touched {
    subjects: BTreeSet<Subject>,
    documents: BTreeSet<i64>,
    everything: bool,
}

impl Touched {
    fn entry(&mut self, before: &Map<String, Json>, after: &Map<String, Json>) {
        for (key, row) in before.iter().chain(after) {
            let Some((table, id)) = key.split_once('/').and_then(|(table, id)| Some((table, id.parse().ok()?))) else { continue };
            self.row(table, id, row);
        }
        // Their names stand in the words of others: of sessions, positions, groups.
        self.everything |=
            before.keys().any(|key| key.starts_with("unit/") || key.starts_with("person/") || key.starts_with("target_group/"));
    }

    fn row(&mut self, table: &str, id: i64, row: &Json) {
        let own = match table {
            "article" => Some(SearchKind::Article),
            "working_session" => Some(SearchKind::Session),
            "proposal" => Some(SearchKind::Proposal),
            "task" => Some(SearchKind::Task),
            "person" => Some(SearchKind::Person),
            "unit" => Some(SearchKind::Unit),
            "indicator" => Some(SearchKind::Indicator),
            "document" => {
                self.documents.insert(id);
                None
            }
            // Their words stand in those of others.
            "passage" | "claim" | "statement" | "conclusion" | "attendance" | "position" | "session_document" | "proposal_option"
            | "task_body" => None,
            _ => return,
        };
        self.subjects.extend(own.map(|kind| Subject::new(kind, id)));
        let of = |column: &str| row.get(column).and_then(Json::as_i64);
        let others = [
            ("session", SearchKind::Session),
            ("proposal", SearchKind::Proposal),
            ("task", SearchKind::Task),
            ("person", SearchKind::Person),
        ];
        self.subjects.extend(others.into_iter().filter_map(|(column, kind)| Some(Subject::new(kind, of(column)?))));
        self.documents.extend(of("document"));
    }
}
