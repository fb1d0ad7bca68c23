//! What every handler can reach: the settings, the clock and the counters.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use domain::moment::Moment;
use jiff::civil::Date;

use crate::throttle::Throttle;
use crate::visit::VisitCounter;

/// How this installation runs.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The name under the mark: the province or the office.
    pub place: Option<String>,
    /// The day that the demo takes for today, shown in a strip; absent in real work.
    pub demo_today: Option<Date>,
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
    settings: Settings,
    clock: Clock,
    visits: Mutex<VisitCounter>,
    throttle: Mutex<Throttle>,
}

impl App {
    /// Puts together what the handlers need.
    pub fn new(settings: Settings, clock: Clock) -> Self {
        let visits = Mutex::new(VisitCounter::new(salt()));
        Self(Arc::new(Inner { settings, clock, visits, throttle: Mutex::new(Throttle::default()) }))
    }

    /// How this installation runs.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The present moment, for what happens now: log-ins, visits, the journal.
    pub fn now(&self) -> Moment {
        self.0.clock.now()
    }

    /// The day that deadlines are held against: the demo's own, else the present day in Viet Nam.
    pub fn today(&self) -> Date {
        self.0.settings.demo_today.unwrap_or_else(|| self.now().day())
    }

    /// Who is here and how many came. Hold it for a moment only.
    pub fn visits(&self) -> MutexGuard<'_, VisitCounter> {
        // A panic while counting leaves at worst a count that is off by one.
        self.0.visits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Failed log-ins. Hold it for a moment only.
    pub fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.0.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Random bytes for the visitors' hashes.
pub(crate) fn salt() -> [u8; 32] {
    let mut salt = [0; 32];
    // Without the system's randomness there are no safe log-ins either; a fixed salt only tells visitors apart.
    if let Err(fault) = getrandom::fill(&mut salt) {
        tracing::error!(%fault, "the system gives no random bytes");
    }
    salt
}
