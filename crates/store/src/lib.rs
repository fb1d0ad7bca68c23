//! The store: the only SQL and the only writer of the journal; SQLite (embedded, default) and PostgreSQL behind one
//! type. Reads are functions of a noun's file; writes ask for a `May…` proof and are one transaction with one journal
//! entry (see [`ledger`]).

pub mod account;
pub mod article;
pub mod audit;
pub mod backup;
mod bulk;
pub mod claim;
pub mod db;
pub mod document;
pub mod error;
pub mod field;
pub mod frozen_board;
pub mod journal;
pub mod ledger;
pub mod load;
pub mod measurement;
pub mod migrate;
pub mod person;
pub mod photo;
pub mod proposal;
pub mod reading;
pub mod record;
pub mod scoreboard;
pub mod search;
pub mod session;
pub mod settlement;
pub mod sitemap;
pub mod succession;
pub mod table;
pub mod task;
pub mod task_list;
pub mod unit;
pub mod visit;

use domain::id::Id;
use domain::problem::Problem;

use crate::db::{Db, Row, Value};
pub use crate::error::StoreError;
use crate::record::Record;

/// How often a ledger is tried that another program holds; each try waits 5 s for it. A minute is more than any migration takes,
/// also on a slow and busy machine.
const OPENINGS_MAX: usize = 12;

/// An open ledger.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) db: Db,
}

impl Store {
    /// Opens the ledger at `sqlite:///absolute/path.db` (made if missing) or `postgres://…` and brings it to the
    /// newest shape. Where another program is just doing that, it waits for it.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        for _ in 1..OPENINGS_MAX {
            match Self::open_once(url).await {
                Err(StoreError::Busy(_)) => {}
                opened => return opened,
            }
        }
        Self::open_once(url).await
    }

    async fn open_once(url: &str) -> Result<Self, StoreError> {
        let db = Db::open(url).await?;
        match migrate::migrate(&db).await {
            Ok(()) => Ok(Self { db }),
            Err(fault) => {
                db.close().await;
                Err(fault)
            }
        }
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// The records that a `WHERE … ORDER BY …` tail picks.
    pub(crate) async fn find<R: Record>(&self, tail: &str, values: &[Value]) -> Result<Vec<R>, StoreError> {
        self.db.rows(&R::TABLE.select(tail), values).await?.iter().map(R::from_row).collect()
    }

    /// The record of an id; [`Problem::NotFound`] where there is none.
    pub async fn get<R: Record>(&self, id: Id<R>) -> Result<R, StoreError> {
        let found = self.find::<R>("WHERE id = $1", &values![id]).await?;
        found.into_iter().next().ok_or(StoreError::Problem(Problem::NotFound))
    }

    /// Rows of a query of a noun's file.
    pub(crate) async fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.db.rows(sql, values).await
    }
}
