//! Ledgers filled by the built program from folders of files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use files::Files;
use store::Store;
use store::audit::Audit;
use tempfile::TempDir;
use testbed::Postgres;

/// Both databases.
pub const BOTH: [On; 2] = [On::Sqlite, On::Postgres];

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// A ledger of its own.
pub struct Ledger {
    pub database: String,
    folder: TempDir,
}

impl Ledger {
    /// An empty one.
    pub fn new(on: On) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match on {
            On::Sqlite => format!("sqlite://{}", folder.path().join("so.db").display()),
            On::Postgres => Postgres::shared().fresh_database(),
        };
        Self { database, folder }
    }

    /// A place for its files.
    pub fn files(&self) -> Files {
        Files::open(&self.folder.path().join("files").display().to_string()).unwrap()
    }

    /// One that holds what a folder holds.
    pub fn of(on: On, files: &Path) -> Self {
        let ledger = Self::new(on);
        ledger.load(files);
        ledger
    }

    /// Loads a folder, which must be without a fault.
    pub fn load(&self, files: &Path) {
        let output = self.run(&["load", files.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Runs the program on this ledger.
    pub fn run(&self, arguments: &[&str]) -> Output {
        run(&[arguments, &["--database", &self.database]].concat())
    }

    /// What `cotmoc scoreboard` prints.
    pub fn board(&self, arguments: &[&str]) -> String {
        let output = self.run(&[&["scoreboard"], arguments].concat());
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Why `cotmoc scoreboard` has no answer.
    pub fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.run(&[&["scoreboard"], arguments].concat());
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// The journal's length, after looking that all fits.
    pub async fn sound_entries(&self) -> i64 {
        let store = self.open().await;
        let found = store.audit(&mut |_, _| {}).await.unwrap();
        store.close().await;
        match found {
            Audit::Sound { entries, .. } => entries,
            Audit::Broken(fault) => panic!("{fault}"),
        }
    }

    /// Opens it from beside the program.
    pub async fn open(&self) -> Store {
        Store::open(&self.database).await.unwrap()
    }
}

/// Runs the program to its end.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cotmoc")).args(arguments).env_remove("COTMOC_DATABASE").output().unwrap()
}

/// The invented province of the demo.
pub fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo")
}

/// A world of a few units in which every rule of the scoreboard occurs; its golden files were worked out by hand.
pub fn small() -> PathBuf {
    tests().join("small")
}

/// The folder of these tests.
pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scoreboards")
}
