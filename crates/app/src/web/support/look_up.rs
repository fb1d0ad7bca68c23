//! One look into the ledger for everybody who waits for it. A request may take the answer of a look that another request
//! made only where that look began after the request arrived: then the answer holds every write that was acknowledged before
//! the request was sent, by whichever process. So freshness costs one query, divided by those who wait at the same time.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

/// A question that many requests ask at the same time.
#[derive(Debug)]
pub struct LookUp<T> {
    /// How many looks have begun.
    begun: AtomicU64,
    /// The last look that ended well, by its number.
    last: Mutex<Option<(u64, T)>>,
}

impl<T> Default for LookUp<T> {
    fn default() -> Self {
        Self { begun: AtomicU64::new(0), last: Mutex::default() }
    }
}

impl<T: Clone> LookUp<T> {
    /// What `look` finds, or what it found for another who asked after this call began.
    pub async fn ask<E>(&self, look: impl AsyncFnOnce() -> Result<T, E>) -> Result<T, E> {
        let begun_before = self.begun.load(Ordering::SeqCst);
        // Looks are made under the lock, one after the other. Who waits here is served by the first that begins from now on.
        let mut last = self.last.lock().await;
        if let Some((number, found)) = last.as_ref()
            && *number > begun_before
        {
            return Ok(found.clone());
        }
        let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let found = look().await?;
        *last = Some((number, found.clone()));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;

    use tokio::sync::{Notify, Semaphore};

    use super::*;

    /// A ledger of one number, whose answers wait until they are let go.
    #[derive(Default)]
    struct Slow {
        value: AtomicI64,
        looks: AtomicU64,
        looking: Notify,
        gate: Option<Semaphore>,
    }

    impl Slow {
        async fn look(&self) -> Result<i64, ()> {
            let value = self.value.load(Ordering::SeqCst);
            self.looks.fetch_add(1, Ordering::SeqCst);
            self.looking.notify_one();
            if let Some(gate) = &self.gate {
                gate.acquire().await.map_err(|_| ())?.forget();
            }
            Ok(value)
        }
    }

    #[tokio::test]
    async fn who_comes_during_a_look_waits_for_the_next_and_all_of_them_share_it() {
        let slow = Arc::new(Slow { gate: Some(Semaphore::new(0)), ..Slow::default() });
        let look_up = Arc::new(LookUp::default());
        let ask = || {
            let (slow, look_up) = (Arc::clone(&slow), Arc::clone(&look_up));
            tokio::spawn(async move { look_up.ask(async || slow.look().await).await })
        };
        let first = ask();
        slow.looking.notified().await;
        slow.value.store(7, Ordering::SeqCst);
        let later: Vec<_> = (0..20).map(|_| ask()).collect();
        // Each of them has asked before the first look ends.
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        slow.gate.as_ref().unwrap().add_permits(2);
        assert_eq!(first.await.unwrap(), Ok(0));
        for one in later {
            assert_eq!(one.await.unwrap(), Ok(7), "what was written before the question");
        }
        assert_eq!(slow.looks.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn who_comes_alone_looks_itself_and_a_look_that_failed_or_was_given_up_answers_nobody() {
        let look_up = LookUp::default();
        assert_eq!(look_up.ask(async || Ok::<_, ()>(1)).await, Ok(1));
        assert_eq!(look_up.ask(async || Ok::<_, ()>(2)).await, Ok(2));
        assert_eq!(look_up.ask(async || Err("the disk")).await, Err("the disk"));
        let given_up = tokio::time::timeout(std::time::Duration::ZERO, look_up.ask(async || std::future::pending::<Result<_, ()>>().await));
        assert!(given_up.await.is_err());
        assert_eq!(look_up.ask(async || Ok::<_, ()>(3)).await, Ok(3));
    }
}
