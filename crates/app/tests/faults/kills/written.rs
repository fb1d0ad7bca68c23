//! What the program had acknowledged, kept outside of it, and what was sent and never answered.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A write that was acknowledged: what must be found afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A paper is on the desk, with every draft of its text.
    HandedIn { reading: i64 },
    /// A reading's first draft was accepted.
    Decided { reading: i64 },
    /// A reading became a document, a session, tasks, claims and an article.
    Settled { reading: i64 },
    /// An article is public.
    Published { article: i64 },
    /// A session's board was frozen.
    Frozen { session: i64, board: i64 },
    /// A session's board was taken back.
    BoardTakenBack { session: i64, board: i64 },
    /// A task was given to somebody until a day, for a reason that names it.
    Assigned { task: i64, reason: String },
    /// A step of a task was reported, with a note that names it.
    Progress { task: i64, note: String },
    /// A number was entered, corrected or, where it has no value, withdrawn.
    Number { row: i64, value: Option<i64> },
    /// Somebody is signed in by a token.
    LoggedIn { token: String },
    /// A token was given back.
    LoggedOut { token: String },
    /// A load by another process brought a row of this value.
    Loaded { value: i64 },
}

impl Write {
    /// Its kind, for the sum at the end.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::HandedIn { .. } => "papers handed in",
            Self::Decided { .. } => "drafts decided",
            Self::Settled { .. } => "papers settled",
            Self::Published { .. } => "articles published",
            Self::Frozen { .. } | Self::BoardTakenBack { .. } => "boards frozen or taken back",
            Self::Assigned { .. } | Self::Progress { .. } => "steps of tasks",
            Self::Number { .. } => "numbers entered, corrected, withdrawn",
            Self::LoggedIn { .. } | Self::LoggedOut { .. } => "log-ins and log-outs",
            Self::Loaded { .. } => "loads by a second process",
        }
    }
}

/// What the clients of one life note down together.
#[derive(Debug, Default)]
pub struct Record {
    acknowledged: Mutex<Vec<Write>>,
    sent: AtomicU64,
    stop: AtomicBool,
}

impl Record {
    /// A write was acknowledged.
    pub fn note(&self, write: Write) {
        self.list().push(write);
    }

    /// A write goes out.
    pub fn send(&self) {
        self.sent.fetch_add(1, Ordering::SeqCst);
    }

    /// How many were acknowledged so far.
    pub fn count(&self) -> usize {
        self.list().len()
    }

    /// What was acknowledged so far.
    pub fn acknowledged(&self) -> Vec<Write> {
        self.list().clone()
    }

    /// How many were sent and never acknowledged.
    pub fn unanswered(&self) -> u64 {
        self.sent.load(Ordering::SeqCst).saturating_sub(self.count() as u64)
    }

    /// Nobody begins another story.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn list(&self) -> MutexGuard<'_, Vec<Write>> {
        self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Numbers that look random and come again with the same seed.
#[derive(Debug)]
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: u64) -> u64 {
        // Knuth's multiplier; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Lets time pass. Nothing announces the middle of a write: a moment of the clock is taken.
pub fn let_pass(time: Duration) {
    let (_kept, never) = std::sync::mpsc::channel::<()>();
    let _ = never.recv_timeout(time);
}
