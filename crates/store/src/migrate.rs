//! Migrations: append-only, numbered, one SQL text for both databases, each in one transaction with its mark.

use domain::problem::Problem;

use crate::db::Db;
use crate::error::StoreError;
use crate::values;

/// Every migration in order. A landed one is never edited: its text is remembered by its hash.
const MIGRATIONS: [(i64, &str); 1] = [(1, include_str!("../migrations/0001_ledger.sql"))];

/// Brings the database to the newest shape; does nothing where it is there already.
pub(crate) async fn migrate(db: &Db) -> Result<(), StoreError> {
    db.execute("CREATE TABLE IF NOT EXISTS migration (version BIGINT PRIMARY KEY, sha256 TEXT NOT NULL)", &[]).await?;
    let mut tx = db.begin().await?;
    // Two nodes that start together: the second waits here until the first is done, then finds nothing to do.
    if matches!(tx, crate::db::Tx::Postgres(_)) {
        tx.execute("LOCK TABLE migration IN EXCLUSIVE MODE", &[]).await?;
    }
    let mut applied: Vec<(i64, String)> = Vec::new();
    for row in tx.rows("SELECT version, sha256 FROM migration ORDER BY version", &[]).await? {
        applied.push(row.two()?);
    }
    for (version, sql) in MIGRATIONS {
        let digest = crate::record::sha256(sql);
        match applied.iter().find(|(done, _)| *done == version) {
            Some((_, known)) if *known == digest => {}
            Some(_) => return Err(StoreError::Internal(format!("migration {version} was applied with another text"))),
            None => {
                tx.script(sql).await?;
                tx.execute("INSERT INTO migration (version, sha256) VALUES ($1, $2)", &values![version, digest]).await?;
            }
        }
    }
    let newest = MIGRATIONS.last().map_or(0, |(version, _)| *version);
    if applied.iter().any(|(version, _)| *version > newest) {
        return Err(StoreError::Problem(Problem::NotAllowed {
            field: "database",
            value: format!("made by a newer version than {newest}"),
        }));
    }
    tx.commit().await
}
