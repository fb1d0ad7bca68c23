//! The journal as pages read it.

use domain::journal::JournalEntry;
use domain::moment::Moment;

use crate::audit::entry;
use crate::{Store, StoreError, values};

/// The head of the journal, printed at the foot of public pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalHead {
    /// How many entries there are.
    pub sequence: i64,
    /// The hash of the last one; empty where there is none.
    pub hash: String,
    /// When it was written.
    pub at: Option<Moment>,
}

/// What the journal calls the rows that boards are computed from, beside targets and measurements. The names of rows stand in
/// the entries' JSON as `"indicator/12":`; bodies that papers name come by the dozen and are on no board, so of units only changes
/// of what was there count, and new areas.
const BOARD_NOUNS: &str = "action LIKE 'unit.%' OR action LIKE 'load.%' OR action LIKE 'succession.%' OR before LIKE '%\"unit/%' \
    OR after LIKE '%\"succession/%' OR after LIKE '%\"indicator/%' OR after LIKE '%\"target_group/%' OR after LIKE '%\"resolution/%'";
const ENTRIES: &str = "SELECT sequence, at, actor, action, subject, before, after, previous_hash, hash FROM journal";

impl Store {
    /// The head.
    pub async fn journal_head(&self) -> Result<JournalHead, StoreError> {
        let sql = "SELECT journal_head.sequence, journal_head.hash, journal.at FROM journal_head \
                   LEFT JOIN journal ON journal.sequence = journal_head.sequence";
        let row = self.db.row(sql, &[]).await?.ok_or_else(|| StoreError::BrokenJournal("its head is missing".to_owned()))?;
        Ok(JournalHead { sequence: row.get(0)?, hash: row.get(1)?, at: row.get(2)? })
    }

    /// The hash of the first entry, which no later one changes: the name of this ledger among all others. Empty before it.
    pub async fn journal_beginning(&self) -> Result<String, StoreError> {
        let row = self.db.row("SELECT hash FROM journal WHERE sequence = 1", &[]).await?;
        row.map_or_else(|| Ok(String::new()), crate::db::Row::one)
    }

    /// Entries before `before` (all where absent), newest first.
    pub async fn journal_entries(&self, before: Option<i64>, limit: i64) -> Result<Vec<JournalEntry>, StoreError> {
        let sql = format!("{ENTRIES} WHERE sequence < $1 ORDER BY sequence DESC LIMIT $2");
        self.rows(&sql, &values![before.unwrap_or(i64::MAX), limit]).await?.iter().map(entry).collect()
    }

    /// The newest entry about one thing: who was there before.
    pub async fn last_journal_of(&self, subject: &str) -> Result<Option<JournalEntry>, StoreError> {
        let sql = format!("{ENTRIES} WHERE subject = $1 ORDER BY sequence DESC LIMIT 1");
        self.rows(&sql, &values![subject]).await?.first().map(entry).transpose()
    }

    /// Entries about one thing (`task/12`), oldest first.
    pub async fn journal_of(&self, subject: &str, limit: i64) -> Result<Vec<JournalEntry>, StoreError> {
        let sql = format!("{ENTRIES} WHERE subject = $1 ORDER BY sequence LIMIT $2");
        self.rows(&sql, &values![subject, limit]).await?.iter().map(entry).collect()
    }

    /// Entries after number `after` that may have changed what boards are computed from, beside targets and measurements; the
    /// oldest first.
    pub async fn journal_of_board_nouns(&self, after: i64, limit: i64) -> Result<Vec<JournalEntry>, StoreError> {
        let sql = format!("{ENTRIES} WHERE sequence > $1 AND ({BOARD_NOUNS}) ORDER BY sequence LIMIT $2");
        self.rows(&sql, &values![after, limit]).await?.iter().map(entry).collect()
    }
}
