//! A shell that keeps one service for the test process and takes it down when that process is gone.
//!
//! A destructor does not run when a test is killed, so the end is tied to something the system closes for us: the shell reads its
//! standard input, the test process holds the other end, and at end-of-file the shell stops what it started and removes its folder.
//! The shell stands in a process group of its own, so that Ctrl-C in the terminal ends the tests and still lets it clear up.
//!
//! Lines that begin with `=` are answers (`=ready …`, `=done`); every other line is kept for the message of a panic.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A cold start of a cluster takes 3 s on two quiet cores; twenty times that is a fault, not a slow machine.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

/// What every kept script begins with: it outlives signals meant for the tests, and writes faults where answers are read.
const PREAMBLE: &str = "set -eu\nexec 2>&1\ntrap '' HUP INT TERM PIPE\n";

pub(crate) struct Keeper {
    what: &'static str,
    shell: Child,
    orders: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Keeper {
    /// Starts `script` by `command` (a program that takes a script as its last argument) and gives what follows `=ready`.
    pub(crate) fn start(what: &'static str, mut command: Command, script: &str) -> (Keeper, String) {
        let mut shell = command
            .arg(format!("{PREAMBLE}{script}"))
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|fault| panic!("{what}: {command:?} does not start: {fault}"));
        let orders = shell.stdin.take();
        let output = shell.stdout.take().unwrap_or_else(|| panic!("{what}: no standard output"));
        let (send, lines) = channel();
        thread::spawn(move || {
            // The lines are read to the end even when nobody listens any more: a full pipe would stop the service.
            BufReader::new(output).lines().map_while(Result::ok).for_each(|line| drop(send.send(line)));
        });
        let keeper = Keeper { what, shell, orders, lines };
        let ready = keeper.answer("=ready");
        (keeper, ready)
    }

    /// Gives the script one word and waits for its `=done`.
    pub(crate) fn order(&mut self, word: &str) {
        let Some(orders) = &mut self.orders else { panic!("{}: is being closed", self.what) };
        writeln!(orders, "{word}").unwrap_or_else(|fault| panic!("{}: takes no order '{word}': {fault}", self.what));
        self.answer("=done");
    }

    /// Ends the shell itself before it can clear up: for a guard whose charge is gone already.
    pub(crate) fn dismiss(mut self) {
        let _ = self.shell.kill();
    }

    fn answer(&self, word: &str) -> String {
        let end = Instant::now() + ANSWER_LIMIT;
        let mut heard = String::new();
        loop {
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => match line.strip_prefix(word) {
                    Some(rest) => return rest.trim().to_owned(),
                    None => heard = heard + &line + "\n",
                },
                Err(RecvTimeoutError::Timeout) => panic!("{}: no answer within {ANSWER_LIMIT:?}; it said:\n{heard}", self.what),
                Err(RecvTimeoutError::Disconnected) => panic!("{}: ended; it said:\n{heard}", self.what),
            }
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.orders.take());
        // The end of its output is the end of the shell; a service that does not go is left to it, for a destructor must not panic.
        let end = Instant::now() + ANSWER_LIMIT;
        while self.lines.recv_timeout(end.saturating_duration_since(Instant::now())).is_ok() {}
        if Instant::now() < end {
            let _ = self.shell.wait();
        }
    }
}
