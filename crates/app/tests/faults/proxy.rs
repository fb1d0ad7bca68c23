//! A line between the program and PostgreSQL that can be cut: at the very moment of a commit, or after any byte.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use testbed::Postgres;

/// How the program's driver asks for a commit: the end of a simple query.
const COMMIT: &[u8] = b"COMMIT\0";

/// What happens to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// Everything goes through.
    Pass,
    /// No new connection is made, and those that are there are cut.
    Refuse,
    /// The next commit does not reach the database.
    CutBeforeCommit { then_refuse: bool },
    /// The next commit reaches the database, and its confirmation reaches nobody.
    CutAfterCommit { then_refuse: bool },
    /// All connections are cut when the program has sent so many bytes more.
    CutAfterBytes(usize),
}

#[derive(Default)]
struct Line {
    plan: Option<Plan>,
    open: Vec<(TcpStream, UnixStream)>,
    cuts: u64,
}

/// The line.
pub struct Proxy {
    line: Arc<Mutex<Line>>,
    port: u16,
}

impl Proxy {
    /// A line to a cluster, on a port of the system's choice.
    pub fn start(postgres: &Postgres) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (line, socket) = (Arc::new(Mutex::new(Line::default())), postgres.folder().join(".s.PGSQL.5432"));
        let accepting = Arc::clone(&line);
        // Ends with the test's process.
        thread::spawn(move || listener.incoming().flatten().for_each(|client| join(&accepting, client, &socket)));
        Self { line, port }
    }

    /// The address of a database of the cluster, over this line.
    pub fn url(&self, direct: &str) -> String {
        let database = direct.split('?').next().unwrap().rsplit('/').next().unwrap();
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    pub fn set(&self, plan: Plan) {
        let mut line = lock(&self.line);
        line.plan = Some(plan);
        if plan == Plan::Refuse {
            line.cut();
        }
    }

    /// How often the line was cut by a plan.
    pub fn cuts(&self) -> u64 {
        lock(&self.line).cuts
    }
}

fn lock(line: &Mutex<Line>) -> MutexGuard<'_, Line> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Line {
    fn cut(&mut self) {
        for (client, server) in self.open.drain(..) {
            let _ = client.shutdown(Shutdown::Both);
            let _ = server.shutdown(Shutdown::Both);
        }
    }

    fn cut_and(&mut self, then_refuse: bool) {
        self.plan = Some(if then_refuse { Plan::Refuse } else { Plan::Pass });
        self.cuts += 1;
        self.cut();
    }

    /// How many of the bytes that the program sends go through before the line is cut; absent where it is not.
    fn pass(&mut self, bytes: &[u8]) -> Option<(usize, bool)> {
        let commits = bytes.windows(COMMIT.len()).any(|window| window == COMMIT);
        match self.plan {
            Some(Plan::CutBeforeCommit { then_refuse }) if commits => Some((0, then_refuse)),
            Some(Plan::CutAfterCommit { then_refuse }) if commits => Some((bytes.len(), then_refuse)),
            Some(Plan::CutAfterBytes(left)) if left <= bytes.len() => Some((left, false)),
            Some(Plan::CutAfterBytes(left)) => {
                self.plan = Some(Plan::CutAfterBytes(left - bytes.len()));
                None
            }
            _ => None,
        }
    }
}

fn join(line: &Arc<Mutex<Line>>, client: TcpStream, socket: &Path) {
    if lock(line).plan == Some(Plan::Refuse) {
        return;
    }
    let Ok(server) = UnixStream::connect(PathBuf::from(socket)) else { return };
    let (Ok(client_end), Ok(server_end)) = (client.try_clone(), server.try_clone()) else { return };
    let (Ok(client_kept), Ok(server_kept)) = (client.try_clone(), server.try_clone()) else { return };
    lock(line).open.push((client_kept, server_kept));
    let line = Arc::clone(line);
    thread::spawn(move || send_on(&line, client, server));
    thread::spawn(move || send_back(server_end, client_end));
}

/// From the program to the database, under the plan.
fn send_on(line: &Mutex<Line>, mut client: TcpStream, mut server: UnixStream) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = client.read(&mut buffer) {
        let bytes = &buffer[..length];
        let cut = lock(line).pass(bytes);
        let through = cut.map_or(length, |(through, _)| through);
        if server.write_all(&bytes[..through]).is_err() {
            break;
        }
        if let Some((_, then_refuse)) = cut {
            // First the program's end, so that no confirmation slips through.
            let _ = client.shutdown(Shutdown::Both);
            lock(line).cut_and(then_refuse);
            break;
        }
    }
    let _ = server.shutdown(Shutdown::Both);
}

fn send_back(mut server: UnixStream, mut client: TcpStream) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = server.read(&mut buffer) {
        if client.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
}
