//! One line an event on the error stream: readable on a terminal, JSON for a collector. What is typed into forms,
//! cookies and addresses never reaches it.
//!
//! A thread of its own writes the lines: a collector that stands still (a full pipe) must not make the server stand still. Lines
//! beyond the queue are dropped, and the log says how many.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// What is logged unless the variable `COTMOC_LOG` says otherwise.
const DEFAULT_FILTER: &str = "info,sqlx=warn";
/// Lines that wait for a slow collector: 2 MB of lines of 250 bytes, minutes of a busy office.
const LINES_MAX: usize = 8192;
/// How long the end of the program waits for its last lines.
const LAST_LINES_WAIT: Duration = Duration::from_secs(2);

static QUEUE: OnceLock<Queue> = OnceLock::new();

/// Starts logging; called once, by commands that run for long.
pub fn start() {
    let filter = EnvFilter::try_from_env("COTMOC_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let queue = QUEUE.get_or_init(Queue::start);
    let lines = fmt().with_env_filter(filter).with_writer(move || Line { queue, bytes: Vec::new() }).with_target(false);
    // A second start (in a test) finds a logger already there, which is as good.
    let _ = if io::stderr().is_terminal() {
        lines.with_ansi(true).try_init()
    } else {
        lines.json().flatten_event(true).with_span_list(false).try_init()
    };
    std::panic::set_hook(Box::new(|panic| {
        // Inside a request the line carries the request's id.
        tracing::error!(panic = %panic, "a broken assertion");
    }));
}

/// Waits until the last lines are written, or the collector takes too long.
pub fn finish() {
    let Some(queue) = QUEUE.get() else { return };
    let (written, wait) = sync_channel(1);
    if queue.orders.try_send(Order::Tell(written)).is_ok() {
        let _ = wait.recv_timeout(LAST_LINES_WAIT);
    }
}

enum Order {
    Write(Vec<u8>),
    /// Everything before is written.
    Tell(SyncSender<()>),
}

struct Queue {
    orders: SyncSender<Order>,
    dropped: Arc<AtomicU64>,
}

impl Queue {
    fn start() -> Self {
        let (orders, received) = sync_channel(LINES_MAX);
        let dropped = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&dropped);
        // Without the thread there is no log, and the server serves.
        let _ = thread::Builder::new().name("log".to_owned()).spawn(move || write_lines(&received, &counter));
        Self { orders, dropped }
    }
}

/// Writes until the program ends. A closed stream takes no line, and that is no reason to stop.
fn write_lines(orders: &Receiver<Order>, dropped: &AtomicU64) {
    for order in orders {
        match order {
            Order::Write(line) => drop(io::stderr().write_all(&line)),
            Order::Tell(written) => drop(written.send(())),
        }
        let lost = dropped.swap(0, Ordering::Relaxed);
        if lost > 0 {
            drop(writeln!(
                io::stderr(),
                "{{\"level\":\"WARN\",\"message\":\"lines were dropped: the log was not read\",\"lines\":{lost}}}"
            ));
        }
    }
}

/// One event's line, put into the queue when it is whole.
struct Line {
    queue: &'static Queue,
    bytes: Vec<u8>,
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.queue.orders.try_send(Order::Write(std::mem::take(&mut self.bytes))).is_err() {
            self.queue.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}
