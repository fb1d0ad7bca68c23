//! The program, or its database, is killed at random moments under mixed writes, and goes on by itself: what had been acknowledged
//! is there, what had not is there whole or not at all, and the journal fits. The count of what was acknowledged is kept outside.

mod found;
mod world;
mod writers;
pub mod written;

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use testbed::{Durability, Postgres, Server, until};

use self::found::Finder;
use self::world::{Ids, Template, ids, write_load};
use self::writers::{Counter, Hurt, set_to_work};
use self::written::{Numbers, Record, Write, let_pass};
use crate::database::BUSY;
use crate::site::{COTMOC, run, serve, sqlite_in, with_store};

/// How many kills of each database; `scripts/faults` asks for more than the test does by itself.
const KILLS: &str = "COTMOC_KILLS";
const KILLS_DEFAULT: u64 = 40;
/// The test stops here even with fewer kills, on a machine that is busy.
const TIME_DEFAULT: Duration = Duration::from_secs(25);
/// Where the random numbers begin; the same seed takes the same faults and moments.
const SEED: &str = "COTMOC_SEED";
const SEED_DEFAULT: u64 = 20_240_520;
/// How often a line is cut, unless `COTMOC_CUTS` asks for more.
pub const CUTS_DEFAULT: u64 = 20;
/// A fresh copy of the ledger after so many kills, so that looking at all of it stays quick.
const KILLS_A_LEDGER: u64 = 25;
/// A life ends after so many acknowledged writes …
const WRITES_MAX: u64 = 12;
/// … and so many milliseconds more, somewhere within the next.
const JITTER_MILLISECONDS: u64 = 100;
/// What a load says that found no quiet moment.
const CROWDED_OUT: &str = "sổ bị ghi liên tục";
/// A life that acknowledges nothing for so long ends too.
const LIFE_MAX: Duration = Duration::from_secs(10);

/// What is done to a ledger's program and database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// `kill -9` of the program.
    Program,
    /// `kill -9` of the program, and of the load that a second one is at.
    ProgramAndLoad,
    /// The program is halted in the middle, its files are copied as a power cut would leave them to the next start, then `kill -9`.
    Halted,
    /// `kill -9` of the PostgreSQL process behind one of the program's connections, which ends them all.
    Connection,
    /// PostgreSQL ended at once without a checkpoint, and started again.
    Server,
}

impl Fault {
    const SQLITE: [Self; 4] = [Self::Program, Self::Program, Self::ProgramAndLoad, Self::Halted];
    const POSTGRES: [Self; 8] = [
        Self::Program,
        Self::Program,
        Self::Program,
        Self::ProgramAndLoad,
        Self::ProgramAndLoad,
        Self::ProgramAndLoad,
        Self::Connection,
        Self::Server,
    ];

    const fn hurts(self) -> Hurt {
        match self {
            Self::Program | Self::ProgramAndLoad | Self::Halted => Hurt::Program,
            Self::Connection | Self::Server => Hurt::Database,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Program => "kill -9 of the program",
            Self::ProgramAndLoad => "kill -9 of the program and of a load",
            Self::Halted => "files copied at a halt, then kill -9",
            Self::Connection => "kill -9 of a connection's process",
            Self::Server => "immediate end of the database server",
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    kill_again_and_again("SQLite", Template::sqlite(), None, &Fault::SQLITE);
}

#[test]
fn nothing_acknowledged_is_lost_on_postgresql() {
    let postgres = Postgres::start(Durability::Full);
    kill_again_and_again("PostgreSQL", Template::postgres(&postgres), Some(&postgres), &Fault::POSTGRES);
}

/// One ledger and its program.
struct Ledger {
    database: String,
    ids: Ids,
    server: Option<Server>,
    finder: Finder,
}

impl Ledger {
    fn begin(template: &mut Template<'_>) -> Self {
        let database = template.copy();
        let (ids, server) = (ids(&database), Some(serve(&database)));
        Self { database, ids, server, finder: Finder::default() }
    }

    /// The whole of it, by the command that an office runs.
    fn end(self) -> u64 {
        drop(self.server);
        let verified = run(&["audit", "verify", "--database", &self.database]);
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
        with_store(&self.database, async |store| u64::try_from(store.journal_head().await.unwrap().sequence).unwrap())
    }
}

#[derive(Default)]
struct Sums {
    faults: BTreeMap<&'static str, u64>,
    writes: BTreeMap<&'static str, u64>,
    unanswered: u64,
    entries: u64,
}

/// A number that the environment asks for.
pub fn number_from(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|number| number.parse().ok())
}

fn kill_again_and_again(name: &str, mut template: Template<'_>, postgres: Option<&Postgres>, faults: &[Fault]) {
    let (asked, begun) = (number_from(KILLS), Instant::now());
    let (kills_max, seed) = (asked.unwrap_or(KILLS_DEFAULT), number_from(SEED).unwrap_or(SEED_DEFAULT));
    println!("{name}: seed {seed}");
    let (mut numbers, counter, mut sums) = (Numbers(seed), Arc::new(Counter::new()), Sums::default());
    let mut ledger = Ledger::begin(&mut template);
    let mut kills = 0;
    while kills < kills_max && (asked.is_some() || begun.elapsed() < TIME_DEFAULT) {
        let fault = faults[usize::try_from(numbers.below(faults.len() as u64)).unwrap()];
        let mut life = Life::begin(&ledger, fault, &counter, &mut numbers);
        let acknowledged = life.end(&mut ledger, postgres);
        with_store(&ledger.database, async |store| ledger.finder.look(store, ledger.ids, &acknowledged).await);
        kills += 1;
        *sums.faults.entry(fault.words()).or_default() += 1;
        acknowledged.iter().for_each(|write| *sums.writes.entry(write.kind()).or_default() += 1);
        sums.unanswered += life.record.unanswered();
        if kills % KILLS_A_LEDGER == 0 {
            sums.entries += ledger.end();
            ledger = Ledger::begin(&mut template);
        }
    }
    sums.entries += ledger.end();
    tell(name, seed, kills, &sums, begun.elapsed());
}

fn tell(name: &str, seed: u64, kills: u64, sums: &Sums, time: Duration) {
    let listed = |counts: &BTreeMap<&str, u64>| counts.iter().map(|(what, count)| format!("{count} {what}")).collect::<Vec<_>>().join("; ");
    let acknowledged: u64 = sums.writes.values().sum();
    println!(
        "| {name} | {kills} ({}) | {acknowledged} ({}) | {} | {} | 0 |",
        listed(&sums.faults),
        listed(&sums.writes),
        sums.unanswered,
        sums.entries
    );
    println!("{name}: {kills} kills, {acknowledged} acknowledged writes, 0 lost, seed {seed}, {time:?}");
    assert!(acknowledged > kills, "there was hardly anything to lose");
}

/// From the first request to the kill.
struct Life {
    fault: Fault,
    record: Arc<Record>,
    work: Vec<std::thread::JoinHandle<()>>,
    load: Option<Load>,
}

/// A load by a second process.
struct Load {
    process: Child,
    value: i64,
    folder: TempDir,
}

impl Life {
    /// Lets the program live until it has acknowledged some writes, and is in the middle of others.
    fn begin(ledger: &Ledger, fault: Fault, counter: &Arc<Counter>, numbers: &mut Numbers) -> Self {
        let record = Arc::new(Record::default());
        let url = ledger.server.as_ref().unwrap().url();
        let work = set_to_work(url, ledger.ids, fault.hurts(), counter, &record);
        let load = (fault == Fault::ProgramAndLoad || numbers.below(4) == 0).then(|| Load::start(&ledger.database, counter));
        let (writes, begun) = (numbers.below(WRITES_MAX), Instant::now());
        until(LIFE_MAX * 6, "some acknowledged writes", || begun.elapsed() >= LIFE_MAX || record.count() as u64 >= writes);
        let_pass(Duration::from_millis(numbers.below(JITTER_MILLISECONDS)));
        Self { fault, record, work, load }
    }

    /// Does what is done, and gives what had been acknowledged. The program runs again afterwards, and nobody had to help it.
    fn end(&mut self, ledger: &mut Ledger, postgres: Option<&Postgres>) -> Vec<Write> {
        let mut acknowledged = Vec::new();
        match self.fault {
            Fault::Program | Fault::ProgramAndLoad => ledger.server.take().unwrap().kill(),
            Fault::Halted => self.halt_and_copy(ledger),
            Fault::Connection => kill_connection(postgres.unwrap(), &ledger.database),
            Fault::Server => {
                postgres.unwrap().crash();
                postgres.unwrap().restart();
            }
        }
        if let Some(load) = self.load.take() {
            acknowledged.extend(load.end(self.fault));
        }
        self.record.stop();
        self.work.drain(..).for_each(|work| work.join().unwrap());
        acknowledged.extend(self.record.acknowledged());
        if ledger.server.is_none() {
            ledger.server = Some(serve(&ledger.database));
        }
        acknowledged
    }

    /// A process that is halted holds a moment still: its files then are what a start after a power cut would find. (What the
    /// system itself had not yet put on the disk is not lost here; that it is on the disk is what `synchronous = FULL` is for.)
    fn halt_and_copy(&mut self, ledger: &mut Ledger) {
        let server = ledger.server.take().unwrap();
        let processes: Vec<u32> =
            [Some(server.process_id()), self.load.as_ref().map(|load| load.process.id())].into_iter().flatten().collect();
        signal("-STOP", &processes);
        let acknowledged = self.record.acknowledged();
        let copy = tempfile::tempdir().unwrap();
        let file = ledger.database.trim_start_matches("sqlite://");
        for end in ["", "-wal"] {
            let name = format!("so.db{end}");
            // A ledger that nobody wrote to since it was opened has no other file yet.
            let _ = std::fs::copy(format!("{file}{end}"), copy.path().join(name));
        }
        signal("-CONT", &processes[1..]);
        server.kill();
        let ids = ledger.ids;
        with_store(&sqlite_in(copy.path()), async |store| Finder::default().look(store, ids, &acknowledged).await);
    }
}

fn signal(name: &str, processes: &[u32]) {
    if !processes.is_empty() {
        let sent = Command::new("kill").arg(name).args(processes.iter().map(u32::to_string)).status();
        // A load may have ended by itself just now.
        assert!(sent.is_ok());
    }
}

/// The server ends every connection when one of its processes dies, makes the ledger good from its log, and goes on.
fn kill_connection(postgres: &Postgres, database: &str) {
    let mine = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1";
    let process = postgres.query(database, mine);
    if let Ok(process) = process.parse() {
        signal("-KILL", &[process]);
    }
}

impl Load {
    fn start(database: &str, counter: &Counter) -> Self {
        let (folder, value) = (tempfile::tempdir().unwrap(), i64::try_from(counter.next()).unwrap());
        write_load(folder.path(), value);
        let mut command = Command::new(COTMOC);
        command.arg("load").arg(folder.path()).args(["--database", database]).env_remove("COTMOC_DATABASE");
        let said = std::fs::File::create(folder.path().join("said")).unwrap();
        let process = command.stdout(Stdio::null()).stderr(said).spawn().unwrap();
        Self { process, value, folder }
    }

    /// What it acknowledged by its exit status.
    fn end(mut self, fault: Fault) -> Option<Write> {
        if fault == Fault::ProgramAndLoad {
            self.process.kill().unwrap();
        }
        let ended = self.process.wait().unwrap();
        let said = std::fs::read_to_string(self.folder.path().join("said")).unwrap();
        // Beside four who write without a pause it may find no moment of its own: then it says so, and nothing was written.
        let was_crowded_out = said.contains(CROWDED_OUT) || said.contains(BUSY.0);
        assert!(ended.success() || fault != Fault::Program || was_crowded_out, "a load that nobody killed failed: {said}");
        ended.success().then_some(Write::Loaded { value: self.value })
    }
}
