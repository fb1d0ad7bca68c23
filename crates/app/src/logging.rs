//! One line an event on the error stream: readable on a terminal, JSON for a collector. What is typed into forms,
//! cookies and addresses never reaches it.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// What is logged unless the variable `COTMOC_LOG` says otherwise.
const DEFAULT_FILTER: &str = "info,sqlx=warn";

/// Starts logging; called once, by commands that run for long.
pub fn start() {
    let filter = EnvFilter::try_from_env("COTMOC_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let lines = fmt().with_env_filter(filter).with_writer(io::stderr).with_target(false);
    // A second start (in a test) finds a logger already there, which is as good.
    let _ = if io::stderr().is_terminal() { lines.try_init() } else { lines.json().flatten_event(true).with_span_list(false).try_init() };
    std::panic::set_hook(Box::new(|panic| {
        // Inside a request the line carries the request's id.
        tracing::error!(panic = %panic, "a broken assertion");
    }));
}
