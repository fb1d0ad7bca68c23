//! The one place where the testbed looks again and again at something that sends no message.

use std::thread;
use std::time::{Duration, Instant};

/// Short enough that a test does not notice it, long enough to leave the processor to what is waited for.
const PAUSE: Duration = Duration::from_millis(20);

/// Waits until `holds` is true.
///
/// # Panics
/// When it is still false after `limit`; the message names `what`.
pub fn until(limit: Duration, what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < limit, "{what}: not within {limit:?}");
        thread::sleep(PAUSE);
    }
}
