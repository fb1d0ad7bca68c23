//! The built program as an operator runs it: a process with arguments, an environment and a log.

use crate::keeper::Keeper;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A first start makes the database and, in `demo`, fills it; a debug build on a busy machine takes its time.
const START_LIMIT: Duration = Duration::from_secs(60);

/// An orderly end finishes the requests at hand; the program itself gives them less.
const END_LIMIT: Duration = Duration::from_secs(30);

/// Ends the process when the test process is gone without having done so. The number cannot have passed to another process in
/// between: while the test lives, it buries its child only after this shell has ended.
const GUARD: &str = r#"echo "=ready"; read -r _ || kill -9 "$guarded" || true"#;

/// A running `cotmoc serve` or `cotmoc demo`.
pub struct Server {
    process: Child,
    guard: Option<Keeper>,
    log: Arc<Mutex<String>>,
    ended: Receiver<String>,
    url: String,
}

impl Server {
    /// Starts `binary` and waits until it prints its address.
    ///
    /// # Panics
    /// With the program's output when it ends before, or prints none in time.
    pub fn start<A: AsRef<OsStr>>(binary: &Path, arguments: &[A], environment: &[(&str, &str)]) -> Server {
        let mut command = Command::new(binary);
        command.args(arguments).envs(environment.iter().copied());
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|fault| panic!("{command:?} does not start: {fault}"));
        let guard = guard(process.id());
        let log = Arc::new(Mutex::new(String::new()));
        let (send, lines) = channel();
        if let Some(errors) = process.stderr.take() {
            follow(errors, log.clone(), send.clone());
        }
        if let Some(output) = process.stdout.take() {
            follow(output, log.clone(), send);
        }
        let mut server = Server { process, guard: Some(guard), log, ended: lines, url: String::new() };
        server.url = server.read_address();
        server
    }

    /// Where it answers, without a slash at the end: `http://127.0.0.1:40123`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The process, for what the system knows of it (`/proc/<id>/status`).
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// All that it has written so far, both streams in order of arrival.
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// SIGKILL: as a crash or a power cut of the program.
    pub fn kill(mut self) {
        self.end();
    }

    /// SIGTERM, as a service manager sends it, and the wait for an orderly end.
    ///
    /// # Panics
    /// With the log when it does not end in time.
    pub fn stop(self) -> (ExitStatus, String) {
        let sent = Command::new("kill").arg(self.process.id().to_string()).status();
        assert!(sent.is_ok_and(|status| status.success()), "SIGTERM cannot be sent");
        self.stop_by_itself()
    }

    /// The wait for an orderly end that was asked for already.
    ///
    /// # Panics
    /// With the log when it does not end in time.
    pub fn stop_by_itself(mut self) -> (ExitStatus, String) {
        let end = Instant::now() + END_LIMIT;
        loop {
            match self.ended.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("did not end within {END_LIMIT:?} of SIGTERM; its log:\n{}", self.log()),
            }
        }
        self.release_guard();
        let status = self.process.wait().unwrap_or_else(|fault| panic!("its end cannot be read: {fault}"));
        (status, self.log())
    }

    /// The first `http://` of the output, up to white space.
    fn read_address(&self) -> String {
        let end = Instant::now() + START_LIMIT;
        loop {
            match self.ended.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    if let Some(start) = line.find("http://") {
                        let address = line[start..].split(|c: char| c.is_whitespace() || "\"'<>,;)".contains(c)).next();
                        return address.unwrap_or_default().trim_end_matches('/').to_owned();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => panic!("ended before it had an address; its log:\n{}", self.log()),
                Err(RecvTimeoutError::Timeout) => panic!("no address within {START_LIMIT:?}; its log:\n{}", self.log()),
            }
        }
    }

    fn end(&mut self) {
        let _ = self.process.kill();
        self.release_guard();
        let _ = self.process.wait();
    }

    fn release_guard(&mut self) {
        if let Some(guard) = self.guard.take() {
            guard.dismiss();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.guard.is_some() {
            self.end();
        }
    }
}

fn guard(process: u32) -> Keeper {
    let mut command = Command::new("sh");
    command.arg("-c").env("guarded", process.to_string());
    Keeper::start("guard of a server", command, GUARD).0
}

/// Copies one stream into the log and hands its lines on; the last stream to end closes the channel.
fn follow(stream: impl Read + Send + 'static, log: Arc<Mutex<String>>, lines: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.push_str(&line);
            log.push('\n');
            drop(log);
            drop(lines.send(line));
        }
    });
}
