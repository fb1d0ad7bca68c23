//! Backups: one file that holds the whole ledger and its photos, made while the program runs, restored into either database.
//! A backup is a compressed tar archive, so that its contents can be looked at on any system with what is there already:
//!
//! - `cotmoc-backup.json`, first: what follows, in which shape, and the head of the journal that it ends with;
//! - `tables/NAME/N.jsonl`: rows, one JSON array a line;
//! - `files/NAME`: photos;
//! - `manifest.json`, last: size and SHA-256 of every entry before it. Where it is missing the backup was cut off.

mod archive;
pub mod restore;
pub mod verify;
pub mod write;

use domain::frozen_board::FrozenBoard;
use domain::id::Id;
use domain::moment::Moment;
use files::FilesFault;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::journal::JournalHead;

/// The number of the archive's form that this program writes and reads.
const FORMAT: u32 = 1;
/// The name of the first entry.
const HEADER: &str = "cotmoc-backup.json";
/// The name of the last entry.
const MANIFEST: &str = "manifest.json";
/// Where rows stand.
const TABLES: &str = "tables/";
/// Where files stand.
const FILES: &str = "files/";

/// The first entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The archive's form.
    format: u32,
    /// The program's version.
    program: String,
    /// When the backup was begun, in milliseconds since 1970.
    at: i64,
    /// The migrations that made the database, with the SHA-256 of their texts.
    schema: Vec<(i64, String)>,
    /// How many entries the journal has.
    sequence: i64,
    /// The hash of its last one.
    hash: String,
    /// When that was written, in milliseconds since 1970.
    last_at: Option<i64>,
    /// Tables with their columns, in the order of their rows.
    tables: Vec<(String, Vec<String>)>,
}

impl Header {
    /// When the backup was begun.
    pub const fn at(&self) -> Moment {
        Moment(self.at)
    }

    /// The head of the journal that the backup ends with.
    pub fn head(&self) -> JournalHead {
        JournalHead { sequence: self.sequence, hash: self.hash.clone(), at: self.last_at.map(Moment) }
    }
}

/// An entry of the archive, as the manifest names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sealed {
    name: String,
    bytes: u64,
    sha256: String,
}

/// How much a backup holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    /// Rows of every table.
    pub rows: u64,
    /// Photos.
    pub files: u64,
}

/// How far the work is.
#[derive(Debug, Clone, Copy)]
pub enum Stage {
    /// So many rows.
    Rows(u64),
    /// So many files.
    Files(u64),
    /// So many entries of the journal, of how many.
    Journal(i64, i64),
}

/// Why a backup was not made, not restored or found unsound.
#[derive(Debug)]
pub enum BackupFault {
    /// There is a file of this name already.
    Exists,
    /// The archive could not be read or written.
    Io(std::io::Error),
    /// No backup of this program.
    Foreign,
    /// Made by a newer version, or in a newer form.
    Newer,
    /// The archive ends before its last entry.
    CutOff,
    /// An entry is not what the manifest says, or cannot be what it claims to be.
    Damaged(String),
    /// The database that it was to be restored into holds a ledger.
    NotEmpty,
    /// A photo that the ledger names is not in the backup.
    Missing(String),
    /// The journal does not fit, or a row is not what it tells.
    Unsound(store::audit::Fault),
    /// A frozen board is not what the ledger gives any more.
    Board(Id<FrozenBoard>),
    /// The ledger.
    Store(StoreError),
    /// The store of the photos.
    Files(FilesFault),
}

impl From<StoreError> for BackupFault {
    fn from(fault: StoreError) -> Self {
        Self::Store(fault)
    }
}

impl From<FilesFault> for BackupFault {
    fn from(fault: FilesFault) -> Self {
        Self::Files(fault)
    }
}

impl From<std::io::Error> for BackupFault {
    fn from(fault: std::io::Error) -> Self {
        Self::Io(fault)
    }
}
