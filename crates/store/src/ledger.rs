//! Writing: one write is one transaction with its rows and one journal entry. There is no other way to a row.

use domain::id::Id;
use domain::journal::JournalEntry;
use domain::moment::Moment;
use domain::permission::May;
use serde_json::{Map, Value as Json};

use crate::Store;
use crate::db::{Db, Row, Tx, Value};
use crate::error::StoreError;
use crate::record::{Record, sha256};
use crate::values;

/// An entry never stands before the entry it follows by less than this: clocks of several nodes differ a little, and a machine's is
/// put right by seconds. A larger step back is kept as the clock said it, since nobody here can know whether it is wrong now or was
/// wrong then (one entry of a clock that ran years ahead would else date all that follow); the order is the sequence's, and the page
/// of the journal marks the place.
pub const CLOCK_STEP_SECONDS_MAX: i64 = 5 * 60;
/// How often a write whose confirmation was lost is looked for; each try waits 5 s for the database.
const LOOKS_MAX: usize = 2;

/// An open write. Dropped without [`Write::commit`] nothing of it remains.
pub struct Write {
    db: Db,
    tx: Tx,
    sequence: i64,
    previous_hash: String,
    next_id: i64,
    at: Moment,
    actor: String,
    before: Map<String, Json>,
    after: Map<String, Json>,
}

impl Store {
    /// Opens a write for who holds the permission. It waits its turn: the head row is locked until the commit.
    pub async fn write(&self, may: &impl May, now: Moment) -> Result<Write, StoreError> {
        let mut tx = self.db.begin().await?;
        let head = tx
            .rows("UPDATE journal_head SET sequence = sequence + 1 WHERE one = 1 RETURNING sequence, hash, next_id", &[])
            .await?
            .into_iter()
            .next()
            .ok_or_else(|| StoreError::BrokenJournal("its head is missing".to_owned()))?;
        let (sequence, previous_hash, next_id): (i64, String, i64) = (head.get(0)?, head.get(1)?, head.get(2)?);
        let last = tx.rows("SELECT hash, at FROM journal WHERE sequence = $1", &values![sequence - 1]).await?;
        let (last_hash, last_at): (String, Moment) = last.into_iter().next().map_or(Ok((String::new(), now)), Row::two)?;
        if last_hash != previous_hash {
            return Err(StoreError::BrokenJournal(format!("the head does not name entry {}", sequence - 1)));
        }
        let at = if last_at <= now.plus_seconds(CLOCK_STEP_SECONDS_MAX) { now.max(last_at) } else { now };
        let (db, actor) = (self.db.clone(), may.proof().actor().to_owned());
        Ok(Write { db, tx, sequence, previous_hash, next_id, at, actor, before: Map::new(), after: Map::new() })
    }
}

impl Write {
    /// When the write was opened, as its entry says it.
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// Who writes.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// An id that nothing else has; given back when the write is dropped.
    pub const fn new_id<T>(&mut self) -> Id<T> {
        let id = Id::new(self.next_id);
        self.next_id += 1;
        id
    }

    /// The number that its journal entry will have.
    pub(crate) const fn sequence(&self) -> i64 {
        self.sequence
    }

    /// Counts ids as given out that were taken from the series before the write was opened.
    pub(crate) fn give_ids_until(&mut self, next_id: i64) -> Result<(), StoreError> {
        if next_id < self.next_id {
            return Err(StoreError::Internal(format!("id {next_id} was given out before")));
        }
        self.next_id = next_id;
        Ok(())
    }

    pub(crate) const fn tx_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// Adds a row.
    pub async fn insert<R: Record>(&mut self, record: &R) -> Result<(), StoreError> {
        let values = record.values();
        R::TABLE.check_text(&values)?;
        self.tx.execute(&R::TABLE.insert(), &values).await?;
        self.after.insert(R::TABLE.key(record.id().number()), R::TABLE.to_json(&values));
        Ok(())
    }

    /// Changes a row from what it was, as read in this write, to what it shall be.
    pub async fn update<R: Record>(&mut self, old: &R, new: &R) -> Result<(), StoreError> {
        assert_eq!(old.id(), new.id(), "an update keeps the id");
        let (was, values) = (old.values(), new.values());
        R::TABLE.check_text(&values)?;
        let touched = self.tx.execute(&R::TABLE.update(), &values).await?;
        if touched != 1 {
            return Err(StoreError::Internal(format!("{} is gone", R::TABLE.key(new.id().number()))));
        }
        let key = R::TABLE.key(new.id().number());
        // A row changed twice in one write: the journal tells from the first to the last.
        if !self.after.contains_key(&key) {
            self.before.insert(key.clone(), R::TABLE.to_json(&was));
        }
        self.after.insert(key, R::TABLE.to_json(&values));
        Ok(())
    }

    /// The records that a `WHERE … ORDER BY …` tail picks, as this write sees them.
    pub async fn find<R: Record>(&mut self, tail: &str, values: &[Value]) -> Result<Vec<R>, StoreError> {
        self.rows(&R::TABLE.select(tail), values).await?.iter().map(R::from_row).collect()
    }

    /// The record of an id; [`domain::problem::Problem::NotFound`] where there is none.
    pub async fn get<R: Record>(&mut self, id: Id<R>) -> Result<R, StoreError> {
        let found = self.find::<R>("WHERE id = $1", &values![id]).await?;
        found.into_iter().next().ok_or(StoreError::Problem(domain::problem::Problem::NotFound))
    }

    /// Rows of any query, as this write sees them.
    pub async fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.tx.rows(sql, values).await
    }

    /// Changes rows that are not journalled (log-ins), in the same transaction.
    pub(crate) async fn execute_unjournalled(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        self.tx.execute(sql, values).await
    }

    /// Writes the journal entry and makes everything lasting. `action` is `noun.verb`, `subject` is `noun/id`.
    pub async fn commit(mut self, action: &str, subject: &str) -> Result<JournalEntry, StoreError> {
        let mut entry = JournalEntry {
            sequence: self.sequence,
            at: self.at,
            actor: self.actor,
            action: action.to_owned(),
            subject: subject.to_owned(),
            before: Json::Object(self.before).to_string(),
            after: Json::Object(self.after).to_string(),
            previous_hash: self.previous_hash,
            hash: String::new(),
        };
        entry.hash = sha256(&entry.hashed_text());
        self.tx
            .execute(
                "INSERT INTO journal (sequence, at, actor, action, subject, before, after, previous_hash, hash) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                &values![
                    entry.sequence,
                    entry.at,
                    entry.actor,
                    entry.action,
                    entry.subject,
                    entry.before,
                    entry.after,
                    entry.previous_hash,
                    entry.hash
                ],
            )
            .await?;
        self.tx.execute("UPDATE journal_head SET hash = $1, next_id = $2 WHERE one = 1", &values![entry.hash, self.next_id]).await?;
        match self.tx.commit().await {
            Err(StoreError::Uncertain(why)) => look_for(&self.db, entry, why).await,
            done => done.map(|()| entry),
        }
    }
}

/// A write whose confirmation was lost is made or it is not, and the journal knows: whoever holds the head has waited for that
/// write's end, so its entry is there by then or never will be. Only where the database stays away the doubt stays too.
async fn look_for(db: &Db, entry: JournalEntry, why: String) -> Result<JournalEntry, StoreError> {
    for _ in 0..LOOKS_MAX {
        match is_kept(db, &entry).await {
            Ok(true) => return Ok(entry),
            Ok(false) => return Err(StoreError::Unavailable(why)),
            // Still away, or still starting again.
            Err(_) => {}
        }
    }
    Err(StoreError::Uncertain(why))
}

async fn is_kept(db: &Db, entry: &JournalEntry) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    tx.execute("UPDATE journal_head SET sequence = sequence WHERE one = 1", &[]).await?;
    let kept = tx.rows("SELECT hash FROM journal WHERE sequence = $1", &values![entry.sequence]).await?;
    let hash: Option<String> = kept.into_iter().next().map(Row::one).transpose()?;
    Ok(hash.as_ref() == Some(&entry.hash))
}
