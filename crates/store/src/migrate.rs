//! Migrations: append-only, numbered, one SQL text for both databases, each in one transaction with its mark.

use domain::problem::Problem;

use crate::db::{Db, Row, Tx};
use crate::error::StoreError;
use crate::record::sha256;
use crate::values;

/// Every migration in order. A landed one is never edited: its text is remembered by its hash.
pub const MIGRATIONS: [(i64, &str); 3] = [
    (1, include_str!("../migrations/0001_ledger.sql")),
    (2, include_str!("../migrations/0002_scoreboard.sql")),
    (3, include_str!("../migrations/0003_photos.sql")),
];

const MARKS: &str = "CREATE TABLE IF NOT EXISTS migration (version BIGINT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL)";
const APPLIED: &str = "SELECT version, sha256 FROM migration ORDER BY version";
/// Two nodes that start together: the second waits here, as long as the first takes, and then finds nothing to do. SQLite's
/// writers wait for each other anyway. The number is the lock's name ("cotmoc" in ASCII).
const POSTGRES_TURN: &str = "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(109330345848675)";

/// Brings the database to the newest shape. Where it is there already nothing is written, so a copy on a read-only disk opens.
pub(crate) async fn migrate(db: &Db) -> Result<(), StoreError> {
    if has_marks(db).await? && pending(&marks(db.rows(APPLIED, &[]).await?)?)?.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    apply(&mut tx, i64::MAX).await?;
    tx.commit().await
}

/// Brings the database to the shape of a version (its newest where the number is beyond it), or leaves a newer one as it is.
pub(crate) async fn apply(tx: &mut Tx, version: i64) -> Result<(), StoreError> {
    if matches!(tx, Tx::Postgres(_)) {
        tx.script(POSTGRES_TURN).await?;
    }
    tx.script(MARKS).await?;
    let applied = applied(tx).await?;
    for (number, sql) in pending(&applied)?.into_iter().filter(|(number, _)| *number <= version) {
        tx.script(sql).await?;
        tx.execute("INSERT INTO migration (version, sha256) VALUES ($1, $2)", &values![number, sha256(sql)]).await?;
    }
    Ok(())
}

/// The migrations that made the database, with the hashes of their texts.
pub(crate) async fn applied(tx: &mut Tx) -> Result<Vec<(i64, String)>, StoreError> {
    marks(tx.rows(APPLIED, &[]).await?)
}

async fn has_marks(db: &Db) -> Result<bool, StoreError> {
    let sql = match db {
        Db::Sqlite { .. } => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'",
        Db::Postgres(_) => "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migration'",
    };
    let count: i64 = db.row(sql, &[]).await?.map_or(Ok(0), Row::one)?;
    Ok(count > 0)
}

fn marks(rows: Vec<Row>) -> Result<Vec<(i64, String)>, StoreError> {
    rows.into_iter().map(Row::two).collect()
}

/// What is still to be applied; refused where the database is newer than this program, or was made by another text.
fn pending(applied: &[(i64, String)]) -> Result<Vec<(i64, &'static str)>, StoreError> {
    let newest = MIGRATIONS.last().map_or(0, |(version, _)| *version);
    if applied.iter().any(|(version, _)| *version > newest) {
        let value = format!("made by a newer version than {newest}");
        return Err(StoreError::Problem(Problem::NotAllowed { field: "database", value }));
    }
    for (version, sql) in MIGRATIONS {
        if applied.iter().any(|(done, digest)| *done == version && *digest != sha256(sql)) {
            return Err(StoreError::Internal(format!("migration {version} was applied with another text")));
        }
    }
    Ok(MIGRATIONS.into_iter().filter(|(version, _)| applied.iter().all(|(done, _)| done != version)).collect())
}
