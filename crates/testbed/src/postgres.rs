//! A PostgreSQL cluster in a temporary folder, reachable by a socket in that folder and by nothing else: no port, no password,
//! nothing that another program on the machine could meet.

use crate::keeper::Keeper;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Makes the cluster, then obeys: `crash` ends it without a checkpoint, `start` starts it again, `ensure` only where it has ended,
/// end-of-file removes it.
/// `$bin` and `$settings` come from the environment.
const SCRIPT: &str = r#"
folder=$(mktemp -d "${TMPDIR:-/tmp}/cotmoc-postgres-XXXXXX")
cd "$folder"
crash() { "$bin/pg_ctl" -D data -m immediate -w -t 30 stop >/dev/null 2>&1 || true; }
start() { "$bin/pg_ctl" -D data -l log -w -t 50 start >/dev/null || { cat log; return 1; }; }
ensure() { "$bin/pg_ctl" -D data status >/dev/null || start; }
trap 'crash; cd /; rm -rf "$folder"' EXIT
"$bin/initdb" -D data -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >init 2>&1 || { cat init; exit 1; }
{ echo "listen_addresses = ''"; echo "unix_socket_directories = '$folder'"; echo "$settings"; } >>data/postgresql.conf
start
echo "=ready $folder"
while read -r order; do "$order"; echo "=done"; done
"#;

/// Room for a suite in which each test has a pool of its own; buffers as small as tests need.
const SETTINGS: &str = "max_connections = 300\nshared_buffers = 32MB\n";

/// Without these a test is three times as fast, and only a crash of the machine could tell the difference.
const SETTINGS_FAST: &str = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n";

/// Whether an acknowledged commit is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Fast: for all tests but those of crashes.
    Relaxed,
    /// As in production.
    Full,
}

/// A running cluster.
pub struct Postgres {
    keeper: Mutex<Keeper>,
    bin: PathBuf,
    folder: PathBuf,
    databases: AtomicU32,
}

impl Postgres {
    /// The cluster that the tests of this process share, started when first asked for.
    pub fn shared() -> &'static Postgres {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(|| Postgres::start(Durability::Relaxed))
    }

    /// A cluster of one's own, for a test that stops it.
    pub fn start(durability: Durability) -> Postgres {
        Self::start_with(durability, None)
    }

    /// As [`Postgres::start`], with its data below a folder: a disk of its own.
    pub fn start_below(folder: &Path) -> Postgres {
        Self::start_with(Durability::Full, Some(folder))
    }

    fn start_with(durability: Durability, below: Option<&Path>) -> Postgres {
        let bin = binaries();
        let settings = match durability {
            Durability::Relaxed => format!("{SETTINGS}{SETTINGS_FAST}"),
            Durability::Full => SETTINGS.to_owned(),
        };
        let mut command = shell();
        command.env("bin", &bin).env("settings", settings);
        if let Some(folder) = below {
            command.env("TMPDIR", folder);
        }
        let (keeper, folder) = Keeper::start("PostgreSQL", command, SCRIPT);
        Postgres { keeper: Mutex::new(keeper), bin, folder: folder.into(), databases: AtomicU32::new(0) }
    }

    /// The `postgres://` URL of a new, empty database.
    pub fn fresh_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        // Of template0, for template1 cannot be copied while another test copies it.
        self.query(&self.url("postgres"), &format!("CREATE DATABASE {name} TEMPLATE template0"));
        self.url(&name)
    }

    /// The `postgres://` URL of a new database that is a copy of another; nobody may be connected to that one.
    pub fn copy_of(&self, url: &str) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let original = url.split('?').next().and_then(|address| address.rsplit('/').next()).unwrap_or_default();
        // The files are copied as they are: a log of every page would be ten times the work, and tests do not ask for it.
        self.query(&self.url("postgres"), &format!("CREATE DATABASE {name} TEMPLATE {original} STRATEGY file_copy"));
        self.url(&name)
    }

    /// What `psql` prints for one statement, without headings: columns by `|`, rows by line.
    ///
    /// # Panics
    /// With the database's message when the statement fails.
    pub fn query(&self, url: &str, statement: &str) -> String {
        let output = Command::new(self.bin.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement])
            .env("PGCONNECT_TIMEOUT", "10")
            .env("PGOPTIONS", "-c statement_timeout=60s")
            .output()
            .unwrap_or_else(|fault| panic!("psql does not start: {fault}"));
        assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// Ends the server as a power cut would: no checkpoint, open connections cut.
    pub fn crash(&self) {
        self.order("crash");
    }

    /// Starts it again over the same data.
    pub fn restart(&self) {
        self.order("start");
    }

    /// Starts it again where it has given up by itself.
    pub fn ensure_running(&self) {
        self.order("ensure");
    }

    /// The folder that holds the cluster and its socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn order(&self, word: &str) {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner).order(word);
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }
}

/// PostgreSQL refuses to run as root: there it runs as the user that its package makes.
fn shell() -> Command {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let mut command;
    if is_root {
        command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh", "-c"]);
    } else {
        command = Command::new("sh");
        command.arg("-c");
    }
    command
}

/// The newest installation in Debian's place, else the folder of `PATH` that has `initdb`.
fn binaries() -> PathBuf {
    let version = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok());
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
    let newest = installed.filter(|path| path.join("bin/initdb").exists()).max_by_key(version).map(|path| path.join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    newest
        .or_else(|| std::env::split_paths(&path).find(|folder| folder.join("initdb").exists()))
        .unwrap_or_else(|| panic!("no PostgreSQL here: install the package 'postgresql' (scripts/test does)"))
}
