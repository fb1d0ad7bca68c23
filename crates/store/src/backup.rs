//! Backups: every row as it stands at one moment, told in a way that either database takes back, so that a backup of one can be
//! restored into the other. A backup holds the journal too, so what was restored is proven by the audit, entry by entry.
//! Log-ins are left out: whoever restores a ledger logs in anew.

use domain::permission::MayRestore;
use serde_json::Value as Json;

use crate::Store;
use crate::bulk::{ROWS_A_STATEMENT, copy_from, insert_several, push_copied};
use crate::db::{Db, Row, Tx, Value};
use crate::error::StoreError;
use crate::journal::JournalHead;
use crate::migrate::{self, MIGRATIONS};
use crate::record::{Table, sha256};
use crate::table::{DESK_TABLES, TABLES};

const JOURNAL: Table = Table {
    name: "journal",
    columns: &["sequence", "at", "actor", "action", "subject", "before", "after", "previous_hash", "hash"],
    is_text: &[false, false, true, true, true, true, true, true, true],
    digested: &[],
    later: &[],
};
const JOURNAL_HEAD: Table = Table {
    name: "journal_head",
    columns: &["one", "sequence", "hash", "next_id"],
    is_text: &[false, false, true, false],
    digested: &[],
    later: &[],
};
const VISIT_DAY: Table = Table { name: "visit_day", columns: &["day", "visits"], is_text: &[true, false], digested: &[], later: &[] };

/// Bytes of JSON that one look fetches, about: from many small rows to few whole papers.
const BYTES_A_LOOK: usize = 1 << 20;
/// Rows of one look at most.
const ROWS_A_LOOK_MAX: usize = 8192;
/// Rows of the first look at a table, before it is known how large they are.
const ROWS_OF_THE_FIRST_LOOK: usize = 16;

/// Every table that a backup holds.
fn tables() -> impl Iterator<Item = Table> {
    TABLES.into_iter().chain(DESK_TABLES).chain([JOURNAL, JOURNAL_HEAD, VISIT_DAY])
}

/// A row: numbers and texts in the order of its table's columns.
pub type Cells = Vec<Json>;

/// The whole ledger as it stands at one moment, however long it takes to read it. Writes go on beside it.
pub struct Backup {
    tx: Tx,
    head: JournalHead,
    schema: Vec<(i64, String)>,
}

impl Store {
    /// Begins a backup.
    pub async fn backup(&self) -> Result<Backup, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let head = head_of(&mut tx).await?.ok_or_else(|| StoreError::BrokenJournal("its head is missing".to_owned()))?;
        let schema = migrate::applied(&mut tx).await?;
        Ok(Backup { tx, head, schema })
    }
}

async fn head_of(tx: &mut Tx) -> Result<Option<JournalHead>, StoreError> {
    let sql = "SELECT journal_head.sequence, journal_head.hash, journal.at FROM journal_head \
               LEFT JOIN journal ON journal.sequence = journal_head.sequence";
    let head = |row: &Row| Ok(JournalHead { sequence: row.get(0)?, hash: row.get(1)?, at: row.get(2)? });
    tx.rows(sql, &[]).await?.first().map(head).transpose()
}

impl Backup {
    /// The journal's head at that moment.
    pub const fn head(&self) -> &JournalHead {
        &self.head
    }

    /// The migrations that made the database, with the hashes of their texts.
    pub fn schema(&self) -> &[(i64, String)] {
        &self.schema
    }

    /// The tables with their columns, in the order in which they are told.
    pub fn tables(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        tables().map(|table| (table.name, table.columns.to_vec())).collect()
    }

    /// Tells every row of a table, some at a time.
    pub async fn rows<E: From<StoreError>>(&mut self, table: &str, mut take: impl FnMut(Vec<Cells>) -> Result<(), E>) -> Result<(), E> {
        let table = tables().find(|known| known.name == table).ok_or_else(|| StoreError::Internal(format!("no table {table}")))?;
        let (mut after, mut count) = (Value::Number(Some(i64::MIN)), ROWS_OF_THE_FIRST_LOOK);
        let Some(key) = key_of(&table) else {
            let rows = self.tx.rows(&table.select("ORDER BY 1"), &[]).await?;
            return take(cells_of(&table, &rows)?);
        };
        let sql = table.select(&format!("WHERE {key} > $1 ORDER BY {key} LIMIT $2"));
        loop {
            let rows = self.tx.rows(&sql, &[after, Value::Number(i64::try_from(count).ok())]).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = Value::Number(last.get(0)?);
            let cells = cells_of(&table, &rows)?;
            let bytes: usize = cells.iter().flatten().map(size).sum();
            count = (count * BYTES_A_LOOK / bytes.max(1)).clamp(1, (count * 4).min(ROWS_A_LOOK_MAX));
            take(cells)?;
        }
    }
}

/// The number by which a table is walked; absent where it is so small that it is read at once.
fn key_of(table: &Table) -> Option<&'static str> {
    table.columns.first().copied().filter(|first| ["id", "sequence"].contains(first))
}

fn cells_of(table: &Table, rows: &[Row]) -> Result<Vec<Cells>, StoreError> {
    let cell = |row: &Row, (at, is_text): (usize, &bool)| -> Result<Json, StoreError> {
        Ok(if *is_text { row.get::<Option<String>>(at)?.into() } else { row.get::<Option<i64>>(at)?.into() })
    };
    rows.iter().map(|row| table.is_text.iter().enumerate().map(|place| cell(row, place)).collect()).collect()
}

/// Bytes of a cell, about.
fn size(cell: &Json) -> usize {
    cell.as_str().map_or(8, str::len)
}

/// Why a backup was not restored. The database is as it was before.
#[derive(Debug)]
pub enum RestoreFault {
    /// The database holds a ledger already; a backup is never written over one.
    NotEmpty,
    /// The backup is of a newer version of the program.
    Newer(i64),
    /// What is in the backup does not fit together.
    Unfit(String),
    /// The database did not take it.
    Store(StoreError),
}

impl From<StoreError> for RestoreFault {
    fn from(fault: StoreError) -> Self {
        Self::Store(fault)
    }
}

/// A backup on its way into an empty database: one transaction, so a restore that ends early leaves nothing.
pub struct Restore {
    db: Db,
    tx: Tx,
    schema: Vec<(i64, String)>,
}

impl Restore {
    /// Opens the database (a SQLite file is made if it is missing) and gives it the shape that the backup was made in.
    /// The journal gets no entry for it: it is restored with everything else, and ends where the backup ended.
    pub async fn begin(_: &MayRestore, url: &str, schema: Vec<(i64, String)>) -> Result<Self, RestoreFault> {
        let version = schema.last().map_or(0, |(version, _)| *version);
        for (place, (number, digest)) in schema.iter().enumerate() {
            match MIGRATIONS.get(place) {
                None => return Err(RestoreFault::Newer(version)),
                Some((known, sql)) if known == number && sha256(sql) == *digest => {}
                Some(_) => return Err(RestoreFault::Unfit(format!("migration {number}"))),
            }
        }
        let db = Db::open(url).await?;
        let mut tx = db.begin().await?;
        migrate::apply(&mut tx, version).await?;
        let is_used = head_of(&mut tx).await?.is_none_or(|head| head.sequence > 0);
        if is_used || migrate::applied(&mut tx).await? != schema {
            return Err(RestoreFault::NotEmpty);
        }
        tx.script("DELETE FROM visit_day; DELETE FROM journal_head").await?;
        put_off_references(&mut tx).await?;
        Ok(Self { db, tx, schema })
    }

    /// Puts rows of a table.
    pub async fn put(&mut self, table: &str, columns: &[String], rows: Vec<Cells>) -> Result<(), RestoreFault> {
        let unfit = || RestoreFault::Unfit(table.to_owned());
        let table = tables().find(|known| known.name == table).ok_or_else(unfit)?;
        if !columns.iter().all(|column| table.columns.contains(&column.as_str())) || rows.iter().any(|row| row.len() != columns.len()) {
            return Err(unfit());
        }
        let list = columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ");
        let values = |row: Cells| row.into_iter().map(value).collect::<Option<Vec<Value>>>();
        let rows = rows.into_iter().map(values).collect::<Option<Vec<_>>>().ok_or_else(unfit)?;
        let put = match &mut self.tx {
            Tx::Postgres(tx) => {
                let mut message = Vec::new();
                rows.iter().for_each(|row| push_copied(row, &mut message));
                let mut copy = tx.copy_in_raw(&copy_from(table.name, &list)).await.map_err(StoreError::from)?;
                copy.send(message).await.map_err(StoreError::from)?;
                copy.finish().await.map(|_| ()).map_err(StoreError::from)
            }
            tx @ Tx::Sqlite(_) => insert(tx, table.name, &list, columns.len(), rows).await,
        };
        // A row that a constraint refuses: no backup of ours holds one.
        put.map_err(|fault| if let StoreError::Internal(why) = fault { RestoreFault::Unfit(why) } else { RestoreFault::Store(fault) })
    }

    /// Makes everything lasting, if every row names rows that are there and the journal ends in the head that the backup names;
    /// then brings the database to this program's shape.
    pub async fn finish(mut self, head: &JournalHead) -> Result<Store, RestoreFault> {
        if head_of(&mut self.tx).await?.as_ref() != Some(head) {
            return Err(RestoreFault::Unfit("journal_head".to_owned()));
        }
        check_references(&mut self.tx).await?;
        self.tx.commit().await?;
        migrate::migrate(&self.db).await?;
        Ok(Store { db: self.db })
    }

    /// The version of the shape that the rows are put in.
    pub fn version(&self) -> i64 {
        self.schema.last().map_or(0, |(version, _)| *version)
    }
}

async fn insert(tx: &mut Tx, table: &str, list: &str, columns: usize, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
    for batch in rows.chunks(ROWS_A_STATEMENT) {
        tx.execute(&insert_several(table, list, columns, batch.len()), &batch.concat()).await?;
    }
    Ok(())
}

/// A number without a fraction, a text or nothing: what a row is made of.
fn value(cell: Json) -> Option<Value> {
    match cell {
        Json::Null => Some(Value::Text(None)),
        Json::String(text) => Some(Value::Text(Some(text))),
        Json::Number(number) => number.as_i64().map(|number| Value::Number(Some(number))),
        _ => None,
    }
}

/// The references of every table, on PostgreSQL: table and constraint.
const POSTGRES_REFERENCES: &str = "SELECT CAST(CAST(conrelid AS regclass) AS TEXT), CAST(conname AS TEXT) FROM pg_constraint \
                                   WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace) ORDER BY 1, 2";

/// Rows come table by table, and name rows of tables behind their own and of their own: references are held at the end.
async fn put_off_references(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => tx.script("PRAGMA defer_foreign_keys = ON").await,
        Tx::Postgres(_) => alter_references(tx, "DEFERRABLE INITIALLY DEFERRED").await,
    }
}

/// Whether every reference holds.
async fn check_references(tx: &mut Tx) -> Result<(), RestoreFault> {
    match tx {
        Tx::Sqlite(_) => match tx.rows("SELECT CAST(\"table\" AS TEXT) FROM pragma_foreign_key_check LIMIT 1", &[]).await?.first() {
            Some(row) => Err(RestoreFault::Unfit(row.get(0)?)),
            None => Ok(()),
        },
        Tx::Postgres(_) => {
            tx.script("SET CONSTRAINTS ALL IMMEDIATE").await.map_err(|fault| RestoreFault::Unfit(fault.to_string()))?;
            Ok(alter_references(tx, "NOT DEFERRABLE").await?)
        }
    }
}

async fn alter_references(tx: &mut Tx, how: &str) -> Result<(), StoreError> {
    for row in tx.rows(POSTGRES_REFERENCES, &[]).await? {
        let (table, constraint): (String, String) = row.two()?;
        tx.script(&format!("ALTER TABLE {table} ALTER CONSTRAINT {constraint} {how}")).await?;
    }
    Ok(())
}
