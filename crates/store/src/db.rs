//! The two databases behind one type: one SQL text with `$1` placeholders, values and rows of two kinds
//! (whole numbers and text), and the translation of both drivers' transactions.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, query::Query};

use crate::error::StoreError;
use crate::field::Field;

/// How long a request waits for a connection or for another process's write before it is told so.
const WAIT: Duration = Duration::from_secs(5);
/// Readers beside the one writer: SQLite reads in parallel in WAL mode; more than the cores of a small office server gain nothing.
const SQLITE_READERS_MAX: u32 = 4;
/// Connections of one node; PostgreSQL allows 100 by default, and several nodes share it.
const POSTGRES_CONNECTIONS_MAX: u32 = 16;
/// How a write begins on PostgreSQL: it waits for the write before it no longer than [`WAIT`], and one whose node was lost in the
/// middle (a pulled cable, no goodbye) is ended, since all others wait for it. `LOCAL`: nothing stays with the connection.
const POSTGRES_BEGIN_WRITE: &str = "BEGIN; SET LOCAL lock_timeout = '5s'; SET LOCAL idle_in_transaction_session_timeout = '30s'";
/// What is written beside a SQLite file to see why it cannot be used: enough that a full disk refuses it.
const PROBE_BYTES: usize = 64 * 1024;
/// Memory a SQLite connection may use for pages, in KiB (negative in the pragma means KiB).
const SQLITE_CACHE_KIB: &str = "-4096";

/// A value of a row or of a placeholder. A missing one keeps its kind: PostgreSQL types its placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// BIGINT
    Number(Option<i64>),
    /// TEXT
    Text(Option<String>),
}

/// An open database.
#[derive(Debug, Clone)]
pub enum Db {
    /// One writer, several readers, in one file.
    Sqlite {
        /// The only connection that writes.
        writer: SqlitePool,
        /// Connections that only read.
        readers: SqlitePool,
    },
    /// A pool of equal connections.
    Postgres(PgPool),
}

/// A row of either database.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// The column's value as a domain type; a wrong type or word is a fault of ours or a row changed by other hands.
    pub fn get<F: Field>(&self, column: usize) -> Result<F, StoreError> {
        let value = match (self, F::IS_TEXT) {
            (Self::Sqlite(row), false) => Value::Number(row.try_get(column)?),
            (Self::Sqlite(row), true) => Value::Text(row.try_get(column)?),
            (Self::Postgres(row), false) => Value::Number(row.try_get(column)?),
            (Self::Postgres(row), true) => Value::Text(row.try_get(column)?),
        };
        F::from_value(value).ok_or_else(|| StoreError::Internal(format!("column {column} holds what its type does not know")))
    }

    /// A row of one column.
    pub fn one<A: Field>(self) -> Result<A, StoreError> {
        self.get(0)
    }

    /// A row of two columns.
    pub fn two<A: Field, B: Field>(self) -> Result<(A, B), StoreError> {
        Ok((self.get(0)?, self.get(1)?))
    }
}

/// An open transaction of either database; dropped without [`Tx::commit`] it is rolled back.
pub enum Tx {
    /// Of SQLite's only writer.
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    /// Of PostgreSQL.
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Db {
    /// Opens `sqlite:///absolute/path.db` (made if missing) or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return Self::open_sqlite(path).await;
        }
        let options = PgConnectOptions::from_str(url).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS_MAX).acquire_timeout(WAIT).connect_with(options).await?;
        Ok(Self::Postgres(pool))
    }

    async fn open_sqlite(path: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: what was acknowledged survives a power cut, not only a kill.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(WAIT)
            .pragma("cache_size", SQLITE_CACHE_KIB);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(WAIT)
            // A full disk ends a transaction by itself, and the driver goes on counting it as open: such a connection
            // would refuse every later write, so it makes way for a new one.
            .before_acquire(|connection, _| {
                let is_free = !connection.is_in_transaction();
                Box::pin(async move { Ok(is_free) })
            })
            .connect_with(options.clone())
            .await
            .map_err(|error| explained(path, opening_error(error)))?;
        let readers = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS_MAX)
            .acquire_timeout(WAIT)
            .connect_with(options.create_if_missing(false).pragma("query_only", "ON"))
            .await
            .map_err(|error| explained(path, opening_error(error)))?;
        Ok(Self::Sqlite { writer, readers })
    }

    /// Closes every connection; a SQLite file is folded back into one.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// Begins a transaction that will write. SQLite takes its write lock at once, so no later statement can fail for it.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite { writer, .. } => match writer.begin_with("BEGIN IMMEDIATE").await {
                // The file answers; its only writer has too much to do.
                Err(sqlx::Error::PoolTimedOut) => Err(StoreError::Busy("other writes of this process take too long".to_owned())),
                begun => begun.map(Tx::Sqlite).map_err(|error| self.fault(error)),
            },
            Self::Postgres(pool) => begin_postgres(pool, POSTGRES_BEGIN_WRITE).await,
        }
    }

    /// Begins a transaction that only reads, and sees the ledger as it is now however long it takes.
    pub async fn snapshot(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await.map_err(|error| self.fault(error))?),
            Self::Postgres(pool) => begin_postgres(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
        })
    }

    /// Every row of a query.
    pub async fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite { readers, .. } => {
                sqlite_query(sql, values).fetch_all(readers).await.map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
            Self::Postgres(pool) => {
                postgres_query(sql, values).fetch_all(pool).await.map(|rows| rows.into_iter().map(Row::Postgres).collect())
            }
        }
        .map_err(|error| self.fault(error))
    }

    /// The first row of a query, where there is one.
    pub async fn row(&self, sql: &str, values: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// One statement in a transaction of its own, without a journal entry: for what is not journalled.
    pub async fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, .. } => {
                sqlite_query(sql, values).execute(writer).await.map_err(|error| self.fault(error))?.rows_affected()
            }
            Self::Postgres(pool) => postgres_query(sql, values).execute(pool).await?.rows_affected(),
        })
    }

    fn fault(&self, error: sqlx::Error) -> StoreError {
        match self {
            Self::Sqlite { writer, .. } => explained(&writer.connect_options().get_filename().to_string_lossy(), error.into()),
            Self::Postgres(_) => error.into(),
        }
    }
}

/// Two programs that open one new file wait for each other; that is no file that is away.
fn opening_error(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::PoolTimedOut => StoreError::Busy("another process is opening the file".to_owned()),
        error => error.into(),
    }
}

/// SQLite says of a full disk or one that may not be written only that a file beside the ledger cannot be opened or grow. A write
/// beside it tells which: people clear a full disk, and wait for one that is away.
fn explained(path: &str, fault: StoreError) -> StoreError {
    let StoreError::Unavailable(why) = fault else { return fault };
    let probe = format!("{path}-probe");
    let written = File::create(&probe).and_then(|mut file| file.write_all(&[0; PROBE_BYTES]).and_then(|()| file.sync_all()));
    // Where it could not be made there is nothing to take away.
    let _ = std::fs::remove_file(&probe);
    match written.map_err(|fault| fault.kind()) {
        Err(ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => StoreError::NoRoom(why),
        Err(ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) => StoreError::ReadOnly(why),
        _ => StoreError::Unavailable(why),
    }
}

/// Begins in a task of its own: a request that is broken off while PostgreSQL is still answering `BEGIN` would put a connection
/// back whose transaction the driver does not count, and the next on it would be refused or, worse, never made lasting. The task
/// always hears the answer; a transaction that nobody waits for any more is rolled back as any other.
async fn begin_postgres(pool: &PgPool, statement: &'static str) -> Result<Tx, StoreError> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    Ok(Tx::Postgres(begun.await.map_err(|fault| StoreError::Internal(fault.to_string()))??))
}

impl Tx {
    /// Every row of a query, as this transaction sees them.
    pub async fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(tx) => {
                sqlite_query(sql, values).fetch_all(&mut **tx).await.map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
            Self::Postgres(tx) => {
                postgres_query(sql, values).fetch_all(&mut **tx).await.map(|rows| rows.into_iter().map(Row::Postgres).collect())
            }
        }
        .map_err(StoreError::from)
    }

    /// Runs a statement; gives back how many rows it touched.
    pub async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Sqlite(tx) => sqlite_query(sql, values).execute(&mut **tx).await?.rows_affected(),
            Self::Postgres(tx) => postgres_query(sql, values).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Runs the statements of a script, one after the other.
    pub async fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await.map(|_| ()),
            Self::Postgres(tx) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await.map(|_| ()),
        }
        .map_err(StoreError::from)
    }

    /// Makes everything lasting. When the connection breaks here nobody knows whether it is.
    pub async fn commit(self) -> Result<(), StoreError> {
        let done = match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        };
        done.map_err(|error| match (&error, StoreError::from(&error)) {
            // A database that answers "no" has written nothing; whatever else went wrong, its answer is not known.
            (sqlx::Error::Database(_), StoreError::Unavailable(why)) => StoreError::Uncertain(why),
            (sqlx::Error::Database(_), said) => said,
            (_, fault) => StoreError::Uncertain(fault.to_string()),
        })
    }
}

fn sqlite_query<'q>(sql: &'q str, values: &'q [Value]) -> Query<'q, sqlx::Sqlite, SqliteArguments> {
    // The text is ours: it is put together from constants only, and values go in as placeholders.
    values.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, value| match value {
        Value::Number(number) => query.bind(*number),
        Value::Text(text) => query.bind(text.clone()),
    })
}

fn postgres_query<'q>(sql: &'q str, values: &'q [Value]) -> Query<'q, sqlx::Postgres, PgArguments> {
    values.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, value| match value {
        Value::Number(number) => query.bind(*number),
        Value::Text(text) => query.bind(text.clone()),
    })
}
