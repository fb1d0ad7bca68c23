//! The audit: walks the journal from its first entry, recomputes every row from its last entry, and names the first
//! thing that does not fit. It reads only the database, so it can run on a copy.

mod loads;

use std::collections::HashMap;

use domain::journal::JournalEntry;
use serde_json::Value as Json;

use self::loads::{LoadedTable, Loads};
use crate::Store;
use crate::db::{Row, Tx, Value};
use crate::error::StoreError;
use crate::record::{Table, sha256};
use crate::table::{DESK_TABLES, TABLES};
use crate::values;

/// Entries and rows fetched at a time; beside them an audit holds one hash a row.
const BATCH: i64 = 1000;
const JOURNAL: &str = "SELECT sequence, at, actor, action, subject, before, after, previous_hash, hash FROM journal \
     WHERE sequence > $1 ORDER BY sequence LIMIT $2";

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
    /// A row that a load brought is not what it brought; which one cannot be told, since one hash covers all.
    Load {
        /// `load/12`
        load: String,
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
            Self::Load { load } => write!(f, "a row of {load} is not what the load brought: it was changed behind the journal's back"),
        }
    }
}

impl Store {
    /// Walks the whole journal; `progress` is told how many entries of how many are done. It sees the ledger of one moment, so
    /// writes may go on beside it.
    pub async fn audit(&self, progress: &mut (dyn FnMut(i64, i64) + Send)) -> Result<Audit, StoreError> {
        let mut tx = self.db.snapshot().await?;
        match examine(&mut tx, progress).await {
            Ok(sound) => Ok(sound),
            Err(Stop::Fault(fault)) => Ok(Audit::Broken(fault)),
            Err(Stop::Store(error)) => Err(error),
        }
    }
}

/// Why a walk ends early.
enum Stop {
    Fault(Fault),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

async fn examine(tx: &mut Tx, progress: &mut (dyn FnMut(i64, i64) + Send)) -> Result<Audit, Stop> {
    let head = tx.rows("SELECT sequence, hash FROM journal_head", &[]).await?.into_iter().next().ok_or(Fault::Head)?;
    let (last, head_hash): (i64, String) = head.two().map_err(|_| Fault::Head)?;
    let mut walk = Walk { expected: 1, previous_hash: String::new(), rows: HashMap::new(), loads: Loads::default() };
    walk_journal(tx, &mut walk, last, progress).await?;
    if walk.previous_hash != head_hash || walk.expected != last + 1 {
        return Err(Fault::Head.into());
    }
    let told = i64::try_from(walk.rows.len()).unwrap_or(i64::MAX);
    for table in TABLES.iter().chain(&DESK_TABLES) {
        check_table(tx, *table, &mut walk).await?;
    }
    let rows = told + walk.loads.finish()?;
    match walk.rows.into_keys().min() {
        Some(row) => Err(Fault::Gone { row }.into()),
        None => Ok(Audit::Sound { entries: last, rows, head: head_hash }),
    }
}

/// Walks every entry there is, also one before the first or behind the head.
async fn walk_journal(tx: &mut Tx, walk: &mut Walk, last: i64, progress: &mut (dyn FnMut(i64, i64) + Send)) -> Result<(), Stop> {
    let mut after = i64::MIN;
    loop {
        let batch = tx.rows(JOURNAL, &values![after, BATCH]).await?;
        if batch.is_empty() {
            break;
        }
        for row in &batch {
            // What cannot even be read was changed by other hands.
            walk.take(&entry(row).map_err(|_| Fault::Changed { sequence: walk.expected })?)?;
        }
        after = walk.expected - 1;
        progress(after, last);
    }
    if walk.expected <= last { Err(Fault::Gap { expected: walk.expected, found: None }.into()) } else { Ok(()) }
}

/// Compares every row of a table with what its last entry says, and strikes it off; rows of loads are added up.
async fn check_table(tx: &mut Tx, table: Table, walk: &mut Walk) -> Result<(), Stop> {
    let mut loaded = LoadedTable::of(table);
    let sql = table.select("WHERE id > $1 ORDER BY id LIMIT $2");
    let mut after_id = i64::MIN;
    loop {
        let batch = tx.rows(&sql, &values![after_id, BATCH]).await?;
        if batch.is_empty() {
            return Ok(());
        }
        for row in &batch {
            let Ok(id) = row.get::<i64>(0) else { return Err(Fault::Unknown { row: format!("{}/?", table.name) }.into()) };
            let key = table.key(id);
            let Ok(values) = row_values(table, row) else {
                let is_told = walk.rows.contains_key(&key) || walk.loads.brought(id);
                return Err(if is_told { Fault::Row { row: key } } else { Fault::Unknown { row: key } }.into());
            };
            match loaded.as_mut().map_or(Ok(None), |loaded| loaded.line(&values))? {
                Some((load, line)) => walk.loads.take(load, id, line, key)?,
                None => walk.check_row(table, key, &values)?,
            }
            after_id = id;
        }
    }
}

/// The state of a walk: the last known content of every row, as a hash.
struct Walk {
    expected: i64,
    previous_hash: String,
    rows: HashMap<String, String>,
    loads: Loads,
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
        // A row that stood before the entry is told as it was; one that the entry does not tell of before is new.
        if let Some((row, _)) = before.iter().find(|(row, was)| self.rows.get(*row) != Some(&sha256(&was.to_string()))) {
            return Err(Fault::Before { sequence, row: row.clone() });
        }
        if let Some((row, _)) = after.iter().find(|(row, _)| before.contains_key(*row) != self.rows.contains_key(*row)) {
            return Err(Fault::Before { sequence, row: row.clone() });
        }
        for (row, is) in after {
            self.rows.insert(row, sha256(&is.to_string()));
        }
        self.loads.note(entry);
        self.previous_hash.clone_from(&entry.hash);
        self.expected += 1;
        Ok(())
    }

    /// Compares a row with what its last entry says, and strikes it off.
    fn check_row(&mut self, table: Table, key: String, values: &[Value]) -> Result<(), Fault> {
        match self.rows.remove(&key) {
            None => Err(Fault::Unknown { row: key }),
            Some(digest) if digest != sha256(&table.to_json(values).to_string()) => Err(Fault::Row { row: key }),
            Some(_) => Ok(()),
        }
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
