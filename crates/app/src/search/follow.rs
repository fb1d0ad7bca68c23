//! The index in memory, one a process. It follows the journal: whoever asks gets everything that was committed before, whoever
//! wrote it, and only what is new is read for it. Nothing is read until somebody searches for the first time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::code::Coded;
use domain::search::{SearchKind, Subject};
use search::{Entry, Index, SearchError};
use store::search::{SEARCH_TEXTS_MAX, SearchChanges};
use store::{Store, StoreError};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::entry::entry;

/// How long a page waits for an index that is still being made; after that it says so. The index of a large ledger takes longer
/// than people wait for a page, the first time only.
const WAIT_MAX: Duration = Duration::from_secs(8);

/// The index that everybody searches in.
#[derive(Debug, Clone, Default)]
pub struct SearchIndex {
    followed: Arc<Mutex<Followed>>,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Followed {
    /// Absent before the first search, and where a change broke off: then it is made anew.
    index: Option<Arc<Index>>,
    /// The entry of the journal that the index stands at, with its hash.
    sequence: i64,
    hash: String,
}

impl SearchIndex {
    /// The index with everything that was committed before the call; absent where it is still being made.
    pub async fn at_head(&self, store: &Store) -> Result<Option<Arc<Index>>, StoreError> {
        match timeout(WAIT_MAX, self.followed(store)).await {
            Ok(index) => index.map(Some),
            Err(_) => Ok(None),
        }
    }

    async fn followed(&self, store: &Store) -> Result<Arc<Index>, StoreError> {
        // Who comes while another reads waits for that read, and asks for the head only then.
        let mut followed = Arc::clone(&self.followed).lock_owned().await;
        let head = store.journal_head().await?;
        if let Some(index) = followed.index.as_ref().filter(|_| followed.sequence == head.sequence && followed.hash == head.hash) {
            return Ok(Arc::clone(index));
        }
        let (store, runtime) = (store.clone(), Handle::current());
        // On a thread of its own, and to its end, though the request that asked for it may have stopped waiting: the next one
        // finds it done.
        let read = spawn_blocking(move || {
            // Taken out: after a fault or a panic in the middle the next one begins anew.
            let taken = std::mem::take(&mut *followed);
            let index = runtime.block_on(taken.catch_up(&store, head.sequence))?;
            *followed = Followed { index: Some(Arc::clone(&index)), sequence: head.sequence, hash: head.hash };
            Ok(index)
        });
        read.await.map_err(|fault| StoreError::Internal(format!("the search index was not made: {fault}")))?
    }
}

impl Followed {
    /// The index with what was written up to entry `until`. What is written meanwhile may be in it already; it is read again.
    async fn catch_up(self, store: &Store, until: i64) -> Result<Arc<Index>, StoreError> {
        if let Some(index) = self.index
            && let SearchChanges::Of(subjects) = store.search_changes(self.sequence, &self.hash, until).await?
        {
            if !subjects.is_empty() {
                let entries = read_anew(store, subjects.into_iter().collect()).await?;
                index.update(&entries).map_err(internal)?;
            }
            return Ok(index);
        }
        make(store).await
    }
}

/// The index of the whole ledger.
async fn make(store: &Store) -> Result<Arc<Index>, StoreError> {
    let index = Index::new().map_err(internal)?;
    let mut writing = index.begin().map_err(internal)?;
    for kind in SearchKind::ALL {
        let mut last = 0;
        loop {
            let ids = store.search_ids(*kind, last).await?;
            let Some(greatest) = ids.last() else { break };
            last = *greatest;
            for text in store.search_texts(*kind, &ids).await? {
                writing.add(&entry(text)).map_err(internal)?;
            }
        }
    }
    writing.commit().map_err(internal)?;
    Ok(Arc::new(index))
}

/// Things as they are now; of what is gone an entry that nobody sees.
async fn read_anew(store: &Store, subjects: Vec<Subject>) -> Result<Vec<Entry>, StoreError> {
    let gone = |subject: Subject| Entry { subject, title: String::new(), day: None, units: Vec::new(), public: None, staff: None };
    let mut entries: BTreeMap<Subject, Entry> = subjects.iter().map(|subject| (*subject, gone(*subject))).collect();
    for of_kind in subjects.chunk_by(|one, other| one.kind == other.kind) {
        for some in of_kind.chunks(SEARCH_TEXTS_MAX) {
            let Some(kind) = some.first().map(|subject| subject.kind) else { continue };
            let ids: Vec<i64> = some.iter().map(|subject| subject.id).collect();
            let texts = store.search_texts(kind, &ids).await?;
            entries.extend(texts.into_iter().map(entry).map(|entry| (entry.subject, entry)));
        }
    }
    Ok(entries.into_values().collect())
}

fn internal(fault: SearchError) -> StoreError {
    StoreError::Internal(fault.to_string())
}
