//! Bulk loads: a folder of files read, checked against the ledger and taken whole, or refused with every row that does not fit.
//! Files, columns and keys are described in `docs/`; a file of this folder reads the file of its noun.

pub mod bearers;
pub mod entered_twice;
pub mod fault;
pub mod field;
mod group;
mod indicator;
mod lines;
mod measurement;
mod person;
mod resolution;
pub mod sheet;
pub mod source;
mod succession;
mod target;
mod tree;
mod unit;
mod world;

use domain::id::Id;
use domain::load::Load;
use domain::moment::Moment;
use domain::permission::MayLoad;
use jiff::civil::Date;
use serde_json::json;
use store::load::{LoadPlan, LoadSnapshot, Taken};
use store::{Store, StoreError};

use self::fault::{Faults, Listed};
use self::measurement::Measurements;
use self::source::{Fingerprint, Source};
use self::world::World;

/// How often a load is checked anew because somebody wrote meanwhile: a ledger that is never quiet for one check is to be
/// loaded into at night.
const TRIES_MAX: u32 = 5;

/// The files, in the order in which they are read: each names only what stands in those before it.
pub const FILES: [&str; 8] = [
    unit::FILE.name,
    succession::FILE.name,
    resolution::FILE.name,
    group::FILE.name,
    indicator::FILE.name,
    person::FILE.name,
    target::FILE.name,
    measurement::FILE.name,
];

/// What a load is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading and checking a file: so many bytes of so many.
    Reading(&'static str, u64, u64),
    /// Looking which measurements stand in the ledger already.
    Comparing,
    /// Writing: so many targets and measurements of so many.
    Writing(u64, u64),
}

/// Who is told how far it is.
pub type Progress<'a> = &'a mut (dyn FnMut(Stage) + Send);

/// How many rows of a file were new and how many stood in the ledger already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileCount {
    /// The file.
    pub name: &'static str,
    /// Rows that were added.
    pub new: usize,
    /// Rows that were there.
    pub known: usize,
}

/// A load that went well.
#[derive(Debug)]
pub struct Loaded {
    /// The load's row; absent where everything was there already and nothing was written.
    pub load: Option<Load>,
    /// Each file that was there.
    pub files: Vec<FileCount>,
    /// What was loaded and is worth a look.
    pub warnings: Listed,
}

/// Why nothing was loaded.
#[derive(Debug)]
pub enum LoadFault {
    /// The folder cannot be read at all.
    Folder(String),
    /// The folder holds none of the files.
    NoFiles,
    /// Rows do not fit.
    Rows(Listed),
    /// The ledger was written to during every check.
    NeverQuiet,
    /// The ledger did not take it.
    Store(StoreError),
}

impl From<StoreError> for LoadFault {
    fn from(fault: StoreError) -> Self {
        Self::Store(fault)
    }
}

/// Loads a folder's files. `today` is for warnings alone: what is known only later is loaded all the same.
pub async fn load(
    store: &Store,
    may: &MayLoad,
    (now, today): (Moment, Date),
    source: &Source,
    progress: Progress<'_>,
) -> Result<Loaded, LoadFault> {
    let present = source.present().map_err(LoadFault::Folder)?;
    if present.is_empty() {
        return Err(LoadFault::NoFiles);
    }
    if let Some(prints) = source.fingerprints(&present)
        && store.load_of(|load| units_of_same(load, &prints)).await?.is_some()
    {
        let files = prints.iter().map(|print| FileCount { name: print.name, new: 0, known: print.rows }).collect();
        return Ok(Loaded { load: None, files, warnings: Listed::default() });
    }
    for _ in 0..TRIES_MAX {
        let snapshot = store.load_snapshot().await?;
        let mut check = check(snapshot, source, today, progress).await?;
        if !check.faults.is_empty() {
            return Err(LoadFault::Rows(check.faults.listed()));
        }
        let files = check.counts(&present);
        if files.iter().all(|file| file.new == 0) {
            return Ok(Loaded { load: None, files, warnings: Listed::default() });
        }
        let plan = check.plan(source.folder_name(), &files);
        let of = (plan.targets.len() + check.measurements.new_count()) as u64;
        let mut written = |rows: usize| progress(Stage::Writing(rows as u64, of));
        match store.take_load(may, now, plan, &mut check.measurements.records(&check.world), &mut written).await? {
            Taken::Stored(load) => return Ok(Loaded { load: Some(load), files, warnings: check.warnings.listed() }),
            Taken::Moved => {}
        }
    }
    Err(LoadFault::NeverQuiet)
}

/// Of a load of exactly these files: how many units with a code it brought.
fn units_of_same(load: &Load, prints: &[Fingerprint]) -> Option<i64> {
    let files: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&load.files).ok()?;
    let is_same = |print: &Fingerprint| files.get(print.name).and_then(|file| file.get("sha256")?.as_str()) == Some(&print.sha256);
    if files.len() != prints.len() || !prints.iter().all(is_same) {
        return None;
    }
    Some(files.get(unit::FILE.name).and_then(|file| file.get("new")?.as_i64()).unwrap_or_default())
}

/// Everything that was read and found, before anything is written.
struct Check {
    world: World,
    measurements: Measurements,
    faults: Faults,
    warnings: Faults,
    prints: Vec<(&'static str, String)>,
    sequence: i64,
}

async fn check(mut snapshot: LoadSnapshot, source: &Source, today: Date, progress: Progress<'_>) -> Result<Check, LoadFault> {
    let (sequence, known) = (snapshot.sequence, std::mem::take(&mut snapshot.known));
    let mut reading = Reading { source, progress, faults: Faults::default(), warnings: Faults::default(), prints: Vec::new(), today };
    let mut world = World::of(known, snapshot.next_id);
    let mut measurements = Measurements::default();
    read_files(&mut reading, &mut world, &mut measurements)?;
    if reading.faults.is_empty() && !measurements.is_empty() {
        (reading.progress)(Stage::Comparing);
        let standing = measurements.compare(&world, &mut snapshot).await?;
        measurement::warn(&world, &measurements, today, &mut reading.warnings);
        entered_twice::warn(&world, &measurements, &standing, &mut snapshot, &mut reading.warnings).await?;
    }
    let Reading { faults, warnings, prints, .. } = reading;
    Ok(Check { world, measurements, faults, warnings, prints, sequence })
}

/// Reads every file there is. A file that cannot be read as such would make rows of the next ones look wrong: it ends the reading.
fn read_files(reading: &mut Reading<'_, '_>, world: &mut World, measurements: &mut Measurements) -> Result<(), LoadFault> {
    unit::read(reading, world)?;
    for read in [succession::read, resolution::read, group::read, indicator::read, person::read, target::read] {
        if reading.faults.unreadable() {
            return Ok(());
        }
        read(reading, world)?;
    }
    if !reading.faults.unreadable() {
        measurement::read(reading, world, measurements)?;
    }
    Ok(())
}

/// What reading a file needs and leaves.
pub struct Reading<'a, 'p> {
    source: &'a Source,
    progress: &'a mut (dyn FnMut(Stage) + Send + 'p),
    /// What does not fit.
    pub faults: Faults,
    /// What fits and is worth a look.
    pub warnings: Faults,
    prints: Vec<(&'static str, String)>,
    today: Date,
}

impl Check {
    fn counts(&self, present: &[&'static str]) -> Vec<FileCount> {
        let world = &self.world;
        let count = |name: &'static str| {
            let (new, known) = match name {
                name if name == measurement::FILE.name => (self.measurements.new_count(), self.measurements.known_count()),
                name if name == target::FILE.name => (world.new_targets.len(), world.known_rows(name)),
                name => (world.new_rows(name), world.known_rows(name)),
            };
            FileCount { name, new, known }
        };
        present.iter().copied().map(count).collect()
    }

    fn plan(&mut self, folder: String, files: &[FileCount]) -> LoadPlan {
        let told = files.iter().map(|file| {
            let sha256 = self.prints.iter().find(|(name, _)| *name == file.name).map(|(_, sha256)| sha256.as_str());
            (file.name.to_owned(), json!({ "new": file.new, "sha256": sha256 }))
        });
        let files = serde_json::Value::Object(told.collect()).to_string();
        let load_id = self.world.load;
        let load = Load { id: load_id, folder, files, rows: 0, rows_sha256: String::new(), at: Moment(0), by: String::new() };
        let world = &mut self.world;
        let mut targets = std::mem::take(&mut world.new_targets);
        for target in &mut targets {
            target.id = world.ids.next();
        }
        self.measurements.first_id = world.ids.peek();
        let next_id = self.measurements.first_id + i64::try_from(self.measurements.new_count()).unwrap_or(i64::MAX);
        LoadPlan {
            sequence: self.sequence,
            load,
            units: world.units_from_the_top(),
            successions: std::mem::take(&mut world.new_successions),
            resolutions: std::mem::take(&mut world.new_resolutions),
            groups: std::mem::take(&mut world.new_groups),
            linked_groups: std::mem::take(&mut world.linked_groups),
            indicators: std::mem::take(&mut world.new_indicators),
            people: std::mem::take(&mut world.new_people),
            positions: std::mem::take(&mut world.new_positions),
            targets,
            next_id,
        }
    }
}

/// The ledger's one series of ids, from where the snapshot left it.
#[derive(Debug)]
pub struct Ids(i64);

impl Ids {
    /// The next one.
    pub const fn next<T>(&mut self) -> Id<T> {
        let id = Id::new(self.0);
        self.0 += 1;
        id
    }

    const fn peek(&self) -> i64 {
        self.0
    }
}
