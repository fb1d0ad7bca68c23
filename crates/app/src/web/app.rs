//! What every handler can reach: the ledger, the settings, the clock and the counters.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use domain::moment::Moment;
use files::Files;
use jiff::civil::Date;
use store::journal::JournalHead;
use store::{Store, StoreError};

use super::support::kept::Shelf;
use super::support::look_up::LookUp;
use super::support::origin::PublicUrl;
use crate::password::Passwords;
use crate::photo::PhotoLine;
use crate::scoreboard::Scoreboards;
use crate::search::SearchIndex;
use crate::task_list::TaskLists;
use crate::throttle::{DeviceKey, Throttle};
use crate::visit::{Stored, VisitCounter, Visits, monday_of};

/// How this installation runs.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The name under the mark: the province or the office.
    pub place: Option<String>,
    /// The day that the demo takes for today, shown in a strip; absent in real work.
    pub demo_today: Option<Date>,
    /// Where the public finds the site, for absolute addresses.
    pub public_url: Option<PublicUrl>,
}

/// Where the time comes from: read here once a request, handed in everywhere else.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's.
    System,
    /// A test's.
    Fixed(Moment),
}

impl Clock {
    /// The present moment.
    pub fn now(self) -> Moment {
        match self {
            Self::System => {
                let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Self::Fixed(moment) => moment,
        }
    }
}

/// The state that the router hands to every handler; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    files: Files,
    settings: Settings,
    clock: Clock,
    passwords: Passwords,
    device_key: DeviceKey,
    visits: Mutex<VisitCounter>,
    throttle: Mutex<Throttle>,
    scoreboards: Scoreboards,
    search_index: SearchIndex,
    task_lists: TaskLists,
    head: LookUp<JournalHead>,
    visit_counts: LookUp<Visits>,
    shelf: Mutex<Shelf>,
    photo_line: PhotoLine,
}

impl App {
    /// Puts together what the handlers need.
    pub fn new(store: Store, files: Files, settings: Settings, clock: Clock) -> Self {
        Self(Arc::new(Inner {
            store,
            files,
            settings,
            clock,
            passwords: Passwords::default(),
            // Made anew at each start: then devices are unknown until they log in again, and are counted with their address.
            device_key: DeviceKey::new(random()),
            visits: Mutex::new(VisitCounter::new(random())),
            throttle: Mutex::new(Throttle::default()),
            scoreboards: Scoreboards::default(),
            search_index: SearchIndex::default(),
            task_lists: TaskLists::default(),
            head: LookUp::default(),
            visit_counts: LookUp::default(),
            shelf: Mutex::default(),
            photo_line: PhotoLine::default(),
        }))
    }

    /// The ledger.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Where files are that the ledger only names.
    pub fn files(&self) -> &Files {
        &self.0.files
    }

    /// How this installation runs.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Makes and checks password hashes.
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// What device cookies are signed with.
    pub fn device_key(&self) -> &DeviceKey {
        &self.0.device_key
    }

    /// The present moment, for what happens now: log-ins, visits, the journal.
    pub fn now(&self) -> Moment {
        self.0.clock.now()
    }

    /// The day that deadlines are held against: the demo's own, else the present day in Viet Nam.
    pub fn today(&self) -> Date {
        self.0.settings.demo_today.unwrap_or_else(|| self.now().day())
    }

    /// Who is here. Hold it for a moment only.
    pub fn visits(&self) -> MutexGuard<'_, VisitCounter> {
        // A panic while counting leaves at worst a count that is off by one.
        self.0.visits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Failed log-ins. Hold it for a moment only.
    pub fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.0.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What boards are computed from, following the journal.
    pub fn scoreboards(&self) -> &Scoreboards {
        &self.0.scoreboards
    }

    /// What everybody searches in, following the journal.
    pub fn search_index(&self) -> &SearchIndex {
        &self.0.search_index
    }

    /// The line in front of the photo decoder.
    pub fn photo_line(&self) -> &PhotoLine {
        &self.0.photo_line
    }

    /// What lists of tasks are made from, following the journal.
    pub fn task_lists(&self) -> &TaskLists {
        &self.0.task_lists
    }

    /// The head of the journal, with every write that was acknowledged before the call.
    pub async fn journal_head(&self) -> Result<JournalHead, StoreError> {
        self.0.head.ask(async || self.store().journal_head().await).await
    }

    /// Kept pages. Hold it for a moment only.
    pub fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // A panic while a page was put away leaves at worst a bound that is reached too early.
        self.0.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many are here and came, for the counters of the home page; whoever was seen before the call is among them.
    pub async fn visit_counts(&self) -> Result<Visits, StoreError> {
        self.0.visit_counts.ask(async || self.count_visits().await).await
    }

    async fn count_visits(&self) -> Result<Visits, StoreError> {
        let now = self.now();
        let totals = self.store().visit_totals(now.day(), monday_of(now.day())).await?;
        let count = |total: i64| u64::try_from(total).unwrap_or_default();
        let stored = Stored { today: count(totals.today), week: count(totals.week), all: count(totals.all) };
        Ok(self.visits().counts(stored, now))
    }

    /// Stores the visits counted since the last call; what cannot be stored is kept for the next.
    pub async fn save_visits(&self) {
        let unsaved = self.visits().take_unsaved();
        for (day, visits) in unsaved {
            let stored = self.store().add_visits(day, i64::try_from(visits).unwrap_or(i64::MAX)).await;
            if let Err(fault) = stored {
                tracing::warn!(%fault, "visits are not stored yet");
                self.visits().put_back([(day, visits)].into());
            }
        }
    }
}

/// Random bytes for salts and keys that live as long as the process.
fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    // Without the system's randomness nobody can log in either, since tokens need it; what these guard is then not in use.
    if let Err(fault) = getrandom::fill(&mut bytes) {
        tracing::error!(%fault, "the system gives no random bytes");
    }
    bytes
}
