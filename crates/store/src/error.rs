//! What can go wrong in the store: a [`Problem`] that the user can mend, or a fault that we must.

use domain::problem::Problem;

/// Why a call did not succeed. Nothing was written, except where [`StoreError::Uncertain`] says otherwise.
#[derive(Debug)]
pub enum StoreError {
    /// The user can mend it.
    Problem(Problem),
    /// The database does not answer, or refused the connection.
    Unavailable(String),
    /// No room is left on the database's disk.
    NoRoom(String),
    /// The database, or the disk it is on, may be read and not be written.
    ReadOnly(String),
    /// Another process holds the write lock longer than we wait.
    Busy(String),
    /// The database cannot read its own pages: a disk or a copy damaged them.
    Damaged(String),
    /// The connection broke while a write was being confirmed: it may be there or not.
    Uncertain(String),
    /// The journal does not fit itself; writing stops until somebody has looked.
    BrokenJournal(String),
    /// Anything else: a defect of ours.
    Internal(String),
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Problem(problem) => write!(f, "{problem}"),
            Self::Unavailable(why) => write!(f, "the database does not answer: {why}"),
            Self::NoRoom(why) => write!(f, "no room is left for the database: {why}"),
            Self::ReadOnly(why) => write!(f, "the database may not be written: {why}"),
            Self::Busy(why) => write!(f, "the database is locked by another process: {why}"),
            Self::Damaged(why) => write!(f, "the database is damaged: {why}"),
            Self::Uncertain(why) => write!(f, "the connection broke during a commit: {why}"),
            Self::BrokenJournal(why) => write!(f, "the journal does not fit itself: {why}"),
            Self::Internal(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<Problem> for StoreError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// SQLite's primary result codes (sqlite.org/rescode.html): busy, locked; read-only; full; I/O, cannot open.
const SQLITE_BUSY: [&str; 2] = ["5", "6"];
const SQLITE_READ_ONLY: &str = "8";
const SQLITE_NO_ROOM: &str = "13";
const SQLITE_UNAVAILABLE: [&str; 2] = ["10", "14"];
/// A page that makes no sense, a file that is no database.
const SQLITE_DAMAGED: [&str; 2] = ["11", "26"];
/// The memory that SQLite's connections share is a file beside the ledger, and it cannot grow: "most likely the disk is full".
const SQLITE_SHARED_MEMORY_SIZE: &str = "4874";

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::from(&error)
    }
}

impl From<&sqlx::Error> for StoreError {
    fn from(error: &sqlx::Error) -> Self {
        let why = error.to_string();
        match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Unavailable(why),
            sqlx::Error::Database(fault) => match fault.code().as_deref() {
                // SQLSTATE has five characters, SQLite's codes at most four. 53100 disk full, 25006 read-only, 55P03 a lock not
                // had in time, 40 a transaction that must be tried again; classes 08 connection, 57 shutdown, 53 resources,
                // 28 authorisation, 3D no such database; 25P03 a transaction that was idle too long; XX001 and XX002 a page that is damaged.
                Some("53100") => Self::NoRoom(why),
                Some("25006") => Self::ReadOnly(why),
                Some("55P03") => Self::Busy(why),
                Some("XX001" | "XX002") => Self::Damaged(why),
                Some("25P03") => Self::Unavailable(why),
                // A text with U+0000, which only a made-up request asks for.
                Some("22021") => Self::Problem(Problem::NotAllowed { field: "text", value: "U+0000".to_owned() }),
                Some(code) if code.len() == 5 => match code.get(..2) {
                    Some("08" | "57" | "53" | "28" | "3D") => Self::Unavailable(why),
                    Some("40") => Self::Busy(why),
                    _ => taken(fault.constraint()).map_or(Self::Internal(why), Self::Problem),
                },
                Some(SQLITE_SHARED_MEMORY_SIZE) => Self::NoRoom(why),
                Some(code) => match primary_code(code).as_str() {
                    code if SQLITE_BUSY.contains(&code) => Self::Busy(why),
                    SQLITE_NO_ROOM => Self::NoRoom(why),
                    SQLITE_READ_ONLY => Self::ReadOnly(why),
                    code if SQLITE_DAMAGED.contains(&code) => Self::Damaged(why),
                    code if SQLITE_UNAVAILABLE.contains(&code) => Self::Unavailable(why),
                    _ => Self::Internal(why),
                },
                None => Self::Internal(why),
            },
            _ => Self::Internal(why),
        }
    }
}

/// The low byte of SQLite's extended code: 2570 (I/O, …) is 10.
fn primary_code(code: &str) -> String {
    code.parse::<u32>().map_or_else(|_| code.to_owned(), |extended| (extended & 0xff).to_string())
}

/// Constraints that a user can run into, and the fields they belong to. The store checks inside the write, so a hit here
/// comes of a row that was added past the store.
fn taken(constraint: Option<&str>) -> Option<Problem> {
    match constraint {
        Some("account_name_taken") => Some(Problem::Taken { field: "name", value: String::new() }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::moment::Moment;
    use domain::permission::operator;
    use domain::unit::UnitClass;

    use super::StoreError;
    use crate::Store;
    use crate::audit::Audit;
    use crate::unit::NewUnit;

    fn commune(number: usize) -> NewUnit {
        let (name, kind) = (format!("xã {number} {}", "dài ".repeat(500)), "xã".to_owned());
        NewUnit { code: None, name, kind, class: UnitClass::Area, parent: None, parent_code: None, valid_from: None, valid_to: None }
    }

    /// Here and not beside the other stories, since only the crate reaches the writer's connection, which keeps the limit.
    #[test]
    fn a_full_disk_is_told_and_leaves_the_ledger_sound() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("ledger.db").display());
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let store = Store::open(&url).await.unwrap();
            let add = async |number| store.add_unit(&operator::may_keep_units(), Moment(0), commune(number)).await;
            let pages: i64 = store.db.row("PRAGMA page_count", &[]).await.unwrap().unwrap().one().unwrap();
            store.db.execute(&format!("PRAGMA max_page_count = {}", pages + 20), &[]).await.unwrap();
            let mut added = 0;
            let refused = loop {
                match add(added).await {
                    Ok(_) => added += 1,
                    Err(error) => break error,
                }
            };
            assert!(matches!(refused, StoreError::NoRoom(_)), "{refused:?}");
            let Audit::Sound { entries, .. } = store.audit(&mut |_, _| {}).await.unwrap() else { panic!() };
            assert_eq!(usize::try_from(entries), Ok(added));
            // Once there is room again the next write goes on where the last one stood: the limit went with its connection.
            add(added).await.unwrap();
            assert!(matches!(store.audit(&mut |_, _| {}).await, Ok(Audit::Sound { .. })));
            store.close().await;
        });
    }
}
