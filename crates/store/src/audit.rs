//! The audit: walks the journal from its first entry, recomputes every row from its last entry, and names the first
//! thing that does not fit. It reads only the database, so it can run on a copy.

use std::collections::HashMap;

use domain::journal::JournalEntry;
use serde_json::Value as Json;

use crate::Store;
use crate::db::{Row, Value};
use crate::error::StoreError;
use crate::record::{Table, sha256};
use crate::table::{DESK_TABLES, TABLES};
use crate::values;

/// Entries and rows fetched at a time: bounds the memory of an audit of any ledger.
const BATCH: i64 = 1000;

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audit {
    /// Everything fits.
    Sound {
        /// How many entries there are.
        entries: i64,
        /// How many rows were recomputed.
        rows: i64,
        /// The hash of the last entry.
        head: String,
    },
    /// The first thing that does not fit.
    Broken(Fault),
}

/// The first thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// An entry's number is missing or out of its place: dropped, inserted or reordered.
    Gap {
        /// The number that should stand here.
        expected: i64,
        /// The number that does; absent where the journal ends before its head.
        found: Option<i64>,
    },
    /// An entry does not follow from the one before.
    Chain {
        /// The entry.
        sequence: i64,
    },
    /// An entry's hash is not the hash of its content: it was changed.
    Changed {
        /// The entry.
        sequence: i64,
    },
    /// The head does not name the last entry: the tail was cut or replaced.
    Head,
    /// An entry tells of a row as it was not.
    Before {
        /// The entry.
        sequence: i64,
        /// `task/12`
        row: String,
    },
    /// A row is not what its last entry says.
    Row {
        /// `task/12`
        row: String,
    },
    /// A row that no entry tells of.
    Unknown {
        /// `task/12`
        row: String,
    },
    /// A row that the journal tells of is gone.
    Gone {
        /// `task/12`
        row: String,
    },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Gap { expected, found: Some(found) } => write!(f, "entry {expected} is missing: entry {found} stands in its place"),
            Self::Gap { expected, found: None } => write!(f, "entry {expected} is missing: the journal ends before its head"),
            Self::Chain { sequence } => write!(f, "entry {sequence} does not follow from entry {}", sequence - 1),
            Self::Changed { sequence } => write!(f, "entry {sequence} was changed: its content does not give its hash"),
            Self::Head => write!(f, "the head does not name the last entry: the end was cut or replaced"),
            Self::Before { sequence, row } => write!(f, "entry {sequence} tells of {row} as it was not"),
            Self::Row { row } => write!(f, "{row} is not what its last entry says: it was changed behind the journal's back"),
            Self::Unknown { row } => write!(f, "{row} stands in the database, and no entry tells of it"),
            Self::Gone { row } => write!(f, "{row} is gone from the database, and no entry tells why"),
        }
    }
}

impl Store {
    /// Walks the whole journal; `progress` is told how many entries of how many are done.
    pub async fn audit(&self, progress: &mut (dyn FnMut(i64, i64) + Send)) -> Result<Audit, StoreError> {
        let head = self.db.row("SELECT sequence, hash FROM journal_head", &[]).await?;
        let Some(head) = head else { return Ok(Audit::Broken(Fault::Head)) };
        let (last, head_hash): (i64, String) = head.two()?;
        let mut walk = Walk { expected: 1, previous_hash: String::new(), rows: HashMap::new() };
        while walk.expected <= last {
            let tail = "FROM journal WHERE sequence >= $1 ORDER BY sequence LIMIT $2";
            let sql = format!("SELECT sequence, at, actor, action, subject, before, after, previous_hash, hash {tail}");
            let batch = self.db.rows(&sql, &values![walk.expected, BATCH]).await?;
            if batch.is_empty() {
                return Ok(Audit::Broken(Fault::Gap { expected: walk.expected, found: None }));
            }
            for row in &batch {
                if let Err(fault) = walk.take(&entry(row)?) {
                    return Ok(Audit::Broken(fault));
                }
            }
            progress(walk.expected - 1, last);
        }
        if walk.previous_hash != head_hash || walk.expected != last + 1 {
            return Ok(Audit::Broken(Fault::Head));
        }
        let rows = i64::try_from(walk.rows.len()).unwrap_or(i64::MAX);
        for table in TABLES.iter().chain(&DESK_TABLES) {
            if let Some(fault) = self.check_table(*table, &mut walk.rows).await? {
                return Ok(Audit::Broken(fault));
            }
        }
        match walk.rows.into_keys().min() {
            Some(row) => Ok(Audit::Broken(Fault::Gone { row })),
            None => Ok(Audit::Sound { entries: last, rows, head: head_hash }),
        }
    }

    /// Compares every row of a table with what its last entry says, and strikes it off.
    async fn check_table(&self, table: Table, known: &mut HashMap<String, String>) -> Result<Option<Fault>, StoreError> {
        let mut after_id = i64::MIN;
        loop {
            let batch = self.db.rows(&table.select("WHERE id > $1 ORDER BY id LIMIT $2"), &values![after_id, BATCH]).await?;
            if batch.is_empty() {
                return Ok(None);
            }
            for row in &batch {
                let values = row_values(table, row)?;
                let id: i64 = row.get(0)?;
                let key = table.key(id);
                match known.remove(&key) {
                    None => return Ok(Some(Fault::Unknown { row: key })),
                    Some(digest) if digest != sha256(&table.to_json(&values).to_string()) => return Ok(Some(Fault::Row { row: key })),
                    Some(_) => after_id = id,
                }
            }
        }
    }
}

/// The state of a walk: the last known content of every row, as a hash.
struct Walk {
    expected: i64,
    previous_hash: String,
    rows: HashMap<String, String>,
}

impl Walk {
    fn take(&mut self, entry: &JournalEntry) -> Result<(), Fault> {
        let sequence = entry.sequence;
        if sequence != self.expected {
            return Err(Fault::Gap { expected: self.expected, found: Some(sequence) });
        }
        if entry.previous_hash != self.previous_hash {
            return Err(Fault::Chain { sequence });
        }
        if sha256(&entry.hashed_text()) != entry.hash {
            return Err(Fault::Changed { sequence });
        }
        let (before, after) = (rows_of(&entry.before), rows_of(&entry.after));
        let (Some(before), Some(after)) = (before, after) else { return Err(Fault::Changed { sequence }) };
        for (row, was) in before {
            if self.rows.get(&row) != Some(&sha256(&was.to_string())) {
                return Err(Fault::Before { sequence, row });
            }
        }
        for (row, is) in after {
            self.rows.insert(row, sha256(&is.to_string()));
        }
        self.previous_hash.clone_from(&entry.hash);
        self.expected += 1;
        Ok(())
    }
}

fn rows_of(json: &str) -> Option<serde_json::Map<String, Json>> {
    if let Ok(Json::Object(rows)) = serde_json::from_str(json) { Some(rows) } else { None }
}

fn row_values(table: Table, row: &Row) -> Result<Vec<Value>, StoreError> {
    let read = |(at, is_text): (usize, &bool)| {
        if *is_text { row.get::<Option<String>>(at).map(Value::Text) } else { row.get::<Option<i64>>(at).map(Value::Number) }
    };
    table.is_text.iter().enumerate().map(read).collect()
}

pub(crate) fn entry(row: &Row) -> Result<JournalEntry, StoreError> {
    Ok(JournalEntry {
        sequence: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        action: row.get(3)?,
        subject: row.get(4)?,
        before: row.get(5)?,
        after: row.get(6)?,
        previous_hash: row.get(7)?,
        hash: row.get(8)?,
    })
}
