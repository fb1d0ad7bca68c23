//! The engine's ledger in memory, one a process. It follows the journal: whoever asks gets everything that was committed
//! before, and only what is new is read for it. Nothing is read until somebody asks for the first board.

use std::sync::Arc;

use domain::scoreboard::ScoreboardNouns;
use scoreboard::ledger::Ledger;
use store::scoreboard::Horizon;
use store::{Store, StoreError};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, Semaphore};
use tokio::task::spawn_blocking;

/// Boards of a whole country take a core for seconds; of two at a time a small office server still answers everything else.
const COMPUTATIONS_MAX: usize = 2;

/// The ledger that boards are computed from.
#[derive(Debug, Clone)]
pub struct Scoreboards {
    followed: Arc<Mutex<Followed>>,
    turns: Arc<Semaphore>,
}

impl Default for Scoreboards {
    fn default() -> Self {
        Self { followed: Arc::default(), turns: Arc::new(Semaphore::new(COMPUTATIONS_MAX)) }
    }
}

/// What has been read so far.
#[derive(Default)]
struct Followed {
    ledger: Arc<Ledger>,
    /// The moment that the ledger stands at; absent where nothing was read, or a read broke off.
    horizon: Option<Horizon>,
    /// The last measurement that has arrived, also of a read that broke off.
    last: i64,
    /// The last measurement that had arrived when the ledger was put in order.
    settled: i64,
}

impl std::fmt::Debug for Followed {
    /// Without the rows: there may be millions.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Followed").field("horizon", &self.horizon).field("last", &self.last).finish_non_exhaustive()
    }
}

impl Scoreboards {
    /// The ledger as it is now: with everything that was committed before the call.
    pub async fn ledger(&self, store: &Store) -> Result<Arc<Ledger>, StoreError> {
        Ok(self.at_head(store).await?.0)
    }

    /// As [`Scoreboards::ledger`], with the moment of the ledger that it stands at.
    pub async fn at_head(&self, store: &Store) -> Result<(Arc<Ledger>, Horizon), StoreError> {
        // Who comes while another reads waits for that read, and asks for the head only then.
        let mut followed = Arc::clone(&self.followed).lock_owned().await;
        let head = store.journal_head().await?;
        if let Some(horizon) = followed.horizon.filter(|horizon| horizon.sequence == head.sequence) {
            return Ok((Arc::clone(&followed.ledger), horizon));
        }
        let (store, runtime) = (store.clone(), Handle::current());
        // On a thread of its own, since putting millions of rows in order takes seconds; and to its end, though the request that
        // asked for it may be gone, so that the next one finds it done.
        let read = spawn_blocking(move || {
            // Taken out: after a panic in the middle the next one begins anew.
            let mut taken = std::mem::take(&mut *followed);
            let outcome = runtime.block_on(taken.catch_up(&store, head.sequence));
            *followed = taken;
            outcome
        });
        read.await.map_err(|fault| StoreError::Internal(format!("the scoreboard's ledger was not read: {fault}")))?
    }

    /// Computes away from the threads that answer requests, and no more at a time than the machine bears.
    pub async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
        let internal = |fault: &dyn std::fmt::Display| StoreError::Internal(format!("a scoreboard was not computed: {fault}"));
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|fault| internal(&fault))?;
        let computed = spawn_blocking(move || {
            // Kept until the work is done, though nobody may wait for it any more.
            let _turn = turn;
            work()
        });
        computed.await.map_err(|fault| internal(&fault))
    }
}

impl Followed {
    /// Reads what is new. Rows that came before a fault stay: measurements are only ever added, so the next read goes on there.
    async fn catch_up(&mut self, store: &Store, head: i64) -> Result<(Arc<Ledger>, Horizon), StoreError> {
        if self.horizon.is_some_and(|horizon| horizon.sequence > head) {
            // The database was put back to an earlier state.
            *self = Self::default();
        }
        let Self { ledger, horizon, last, settled } = self;
        *horizon = None;
        let (moment, nouns) = store
            .scoreboard_rows(*last, &mut |arrival| {
                // Copies only where somebody still computes with the ledger as it was.
                Arc::make_mut(ledger).arrive(arrival);
                *last = arrival.id.number();
            })
            .await?;
        settle(ledger, nouns, last > settled);
        *settled = *last;
        *horizon = Some(moment);
        Ok((Arc::clone(ledger), moment))
    }
}

/// Takes in what else was read. Most entries of the journal are not about scoreboards and change nothing.
fn settle(ledger: &mut Arc<Ledger>, nouns: ScoreboardNouns, has_arrivals: bool) {
    if *ledger.nouns() != nouns {
        Arc::make_mut(ledger).set_nouns(nouns);
    }
    if has_arrivals {
        Arc::make_mut(ledger).settle();
    }
}
