//! What the machine does to the program: an orderly end, a log that nobody reads, no files left to open, a damaged page, a file that
//! somebody deleted, a clock that is set back.

use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use store::db::Db;
use testbed::{Server, until};

use crate::bad_input::reading_on_the_desk;
use crate::client::{Client, encoded, read_answer};
use crate::numbers::add_indicator;
use crate::site::{COTMOC, On, PASSWORD, Site, paper, run, serve, sqlite_in};

/// Where Debian's package `faketime` puts what shifts a program's clock.
const FAKETIME: [&str; 2] = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"];

#[test]
fn an_orderly_end_finishes_the_request_at_hand() {
    for on in [On::Sqlite, On::Postgres] {
        let mut site = Site::open(on);
        let (visitor, entries) = (site.visitor(), site.sound_entries());
        let body = encoded(&[("name", "van.thu"), ("password", PASSWORD)]);
        let (now, later) = body.as_bytes().split_at(body.len() / 2);
        let mut open = visitor.connect().unwrap();
        let kind = "content-type: application/x-www-form-urlencoded";
        write!(open, "POST /login HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{kind}\r\ncontent-length: {}\r\n\r\n", body.len()).unwrap();
        open.write_all(now).unwrap();
        // Only a request that was taken up before the end is finished: another one, sent after it, shows that it was.
        assert_eq!(visitor.get("/about").unwrap().status, 200);
        let server = site.server.take().unwrap();
        let sent = Command::new("kill").arg(server.process_id().to_string()).status().unwrap();
        assert!(sent.success());
        until(Duration::from_secs(10), "it takes no new connection", || visitor.get("/about").is_err());
        open.write_all(later).unwrap();
        let answer = read_answer(&mut open).unwrap();
        assert_eq!(answer.status, 303, "{}", answer.body);
        let (status, log) = server.stop_by_itself();
        assert!(status.success(), "{log}");
        assert_eq!(site.sound_entries(), entries + 1, "the log-in is in the journal");
    }
}

/// Whoever reads the log stands still: the pipe is full after some hundred lines.
#[test]
fn a_log_that_nobody_reads_holds_up_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite_in(folder.path());
    let mut process = Command::new(COTMOC)
        .args(["serve", "--listen", "127.0.0.1:0", "--database", &database])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = format!("http{}", line.split("http").nth(1).unwrap().trim());
    let visitor = Client::of(&url);
    let path = format!("/khong-co-{}", "a".repeat(1000));
    for number in 0..400 {
        assert_eq!(visitor.get(&path).unwrap().status, 404, "after {number} lines");
    }
    // Nor does a reader that is gone.
    drop(process.stderr.take());
    for _ in 0..20 {
        assert_eq!(visitor.get("/about").unwrap().status, 200);
    }
    process.kill().unwrap();
    process.wait().unwrap();
}

#[test]
fn a_program_without_files_left_to_open_goes_on_when_there_are_again() {
    let mut site = Site::open(On::Sqlite);
    site.server.take().unwrap().kill();
    let limited = ["-c", "ulimit -n 64; exec \"$0\" \"$@\"", COTMOC, "serve", "--listen", "127.0.0.1:0", "--database", &site.database];
    site.server = Some(Server::start(Path::new("/bin/sh"), &limited, &[]));
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 1);
    let idle: Vec<_> = (0..100).map(|_| officer.connect().unwrap()).collect();
    until(Duration::from_secs(20), "it has no file left", || {
        let process = site.server.as_ref().unwrap().process_id();
        std::fs::read_dir(format!("/proc/{process}/fd")).unwrap().count() >= 64
    });
    drop(idle);
    assert_eq!(officer.get(&reading).unwrap().status, 200);
    reading_on_the_desk(&officer, 2);
    site.sound_entries();
}

#[test]
fn a_damaged_page_is_told_and_takes_nothing_else_with_it() {
    let mut site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    reading_on_the_desk(&officer, 1);
    assert!(site.server.take().unwrap().stop().0.success());
    damage(&site.database, "reading");
    site.server = Some(serve(&site.database));
    let officer = officer.at(site.url());
    for (path, words) in [("/readings", "Tệp cơ sở dữ liệu bị hỏng"), ("/en/readings", "The database file is damaged")] {
        let damaged = officer.get(path).unwrap();
        assert!(damaged.status == 500 && damaged.body.contains(words), "{}", damaged.body);
    }
    assert_eq!(officer.get("/tasks").unwrap().status, 200, "the rest is read");
    let verified = run(&["audit", "verify", "--database", &site.database]);
    let printed = String::from_utf8_lossy(&[verified.stdout, verified.stderr].concat()).into_owned();
    assert!(verified.status.code() == Some(1) && printed.contains("bị hỏng") && printed.contains("is damaged"), "{printed}");
    assert!(!site.log().contains("panic"), "{}", site.log());
}

/// Overwrites the first page of a table.
fn damage(database: &str, table: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (page, size): (i64, i64) = runtime.block_on(async {
        let db = Db::open(database).await.unwrap();
        let page = db.row(&format!("SELECT rootpage FROM sqlite_master WHERE name = '{table}'"), &[]).await.unwrap().unwrap();
        let size = db.row("PRAGMA page_size", &[]).await.unwrap().unwrap();
        let found = (page.one().unwrap(), size.one().unwrap());
        db.close().await;
        found
    });
    let mut file = std::fs::OpenOptions::new().write(true).open(database.trim_start_matches("sqlite://")).unwrap();
    file.seek(SeekFrom::Start(u64::try_from((page - 1) * size).unwrap())).unwrap();
    file.write_all(&vec![0xff; usize::try_from(size).unwrap()]).unwrap();
}

/// Whoever deletes the file of writes beside the ledger takes back the last writes. Nothing inside can tell; a kept checkpoint does.
#[test]
fn a_deleted_file_of_writes_shows_against_a_kept_checkpoint() {
    let mut site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    reading_on_the_desk(&officer, 1);
    let folder = tempfile::tempdir().unwrap();
    let cotmoc = |arguments: &[&str]| {
        let output = Command::new(COTMOC).args(arguments).env("XDG_DATA_HOME", folder.path()).output().unwrap();
        (output.status.success(), output.stdout, String::from_utf8_lossy(&output.stderr).into_owned())
    };
    site.server.take().unwrap().kill();
    // Of a copy, since whoever opens the ledger last puts its writes in order.
    let copy = folder.path().join("ban-sao.db");
    let file = site.database.trim_start_matches("sqlite://").to_owned();
    std::fs::copy(&file, &copy).unwrap();
    let lost = std::fs::metadata(format!("{file}-wal")).unwrap().len();
    assert!(lost > 0, "nothing was left to delete");
    let (made, checkpoint, printed) = cotmoc(&["audit", "checkpoint", "--database", &site.database]);
    assert!(made, "{printed}");
    let kept = folder.path().join("diem-kiem.txt");
    std::fs::write(&kept, checkpoint).unwrap();
    let without = format!("sqlite://{}", copy.display());
    let verify = ["audit", "verify", "--database", &without, "--checkpoint", kept.to_str().unwrap()];
    let (fits, _, printed) = cotmoc(&verify);
    assert!(!fits && !printed.contains("panic"), "{printed}");
    let whole = ["audit", "verify", "--database", &site.database, "--checkpoint", kept.to_str().unwrap()];
    assert!(cotmoc(&whole).0);
}

/// A day back, and forward again: the journal keeps its order and says where the clock went back, a number that would stand behind
/// a later one is refused, everything else goes on, and nobody has to mend anything afterwards.
#[test]
fn a_clock_that_is_set_back_loses_nothing() {
    let Some(library) = FAKETIME.into_iter().find(|path| Path::new(path).exists()) else {
        println!("no other clock here: install the package 'faketime'");
        return;
    };
    for on in [On::Sqlite, On::Postgres] {
        let mut site = Site::open(on);
        let (indicator, unit) = add_indicator(&site);
        let officer = site.signed_in("van.thu");
        assert_eq!(enter(&officer, unit, indicator, "10", "").0, 303);
        let ahead = |site: &mut Site, by: &str| {
            drop(site.server.take());
            let environment = [("LD_PRELOAD", library), ("FAKETIME", by), ("FAKETIME_DONT_FAKE_MONOTONIC", "1")];
            let arguments = ["serve", "--listen", "127.0.0.1:0", "--database", &site.database];
            site.server = Some(Server::start(Path::new(COTMOC), &arguments, &environment));
            officer.at(site.url())
        };
        for by in ["-1h", "-1d"] {
            let officer = ahead(&mut site, by);
            assert_eq!(officer.get("/my-work").unwrap().status, if by == "-1h" { 200 } else { 403 }, "{by}: who is signed in");
            let officer = site.signed_in("van.thu");
            reading_on_the_desk(&officer, if by == "-1h" { 1 } else { 2 });
            until(Duration::from_secs(15), "the log warns", || site.log().contains("the clock is behind"));
            let journal = officer.get("/journal").unwrap();
            assert!(journal.body.contains("Đồng hồ máy chủ lùi"), "{by}: {}", journal.body);
            site.sound_entries();
        }
        let officer = site.signed_in("van.thu");
        let (status, page) = enter(&officer, unit, indicator, "11", "Đếm lại");
        assert!(status == 422 && page.contains("đồng hồ đã bị chỉnh lùi"), "{status} {page}");
        ahead(&mut site, "+40d");
        let officer = site.signed_in("van.thu");
        assert_eq!(officer.get("/tasks").unwrap().status, 200);
        drop(site.server.take());
        site.server = Some(serve(&site.database));
        let officer = site.signed_in("van.thu");
        assert_eq!(enter(&officer, unit, indicator, "11", "Đếm lại").0, 303, "the clock is right again");
        site.sound_entries();
    }
}

/// Enters a number of April 2024 over what the sheet shows; status and page.
fn enter(officer: &Client, unit: i64, indicator: i64, value: &str, reason: &str) -> (u16, String) {
    let sheet = format!("/units/{unit}/measurements");
    let shown = officer.get(&format!("{sheet}?period=2024-04&indicator=MV01")).unwrap();
    let (name, why) = (format!("value-{indicator}"), format!("reason-{indicator}"));
    let own = [("csrf", shown.input("csrf")), ("horizon", shown.input("horizon")), ("period", "2024-04")];
    let fields: Vec<(&str, &str)> = own.into_iter().chain([(name.as_str(), value), (why.as_str(), reason)]).collect();
    let answer = officer.post(&sheet, &fields).unwrap();
    (answer.status, answer.body)
}

/// Of the next process after a kill in the middle of a load, no lock is left.
#[test]
fn a_killed_writer_leaves_no_lock() {
    let site = Site::open(On::Sqlite);
    let script = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1],isolation_level=None); c.execute('BEGIN IMMEDIATE'); print('held',flush=True); sys.stdin.read()";
    let file = site.database.trim_start_matches("sqlite://");
    let Ok(mut holder) = Command::new("python3").args(["-c", script, file]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
        return;
    };
    let mut line = String::new();
    BufReader::new(holder.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "held");
    holder.kill().unwrap();
    holder.wait().unwrap();
    let officer = site.signed_in("van.thu");
    let page = officer.get("/readings/new").unwrap();
    let text = paper(1, "huyện Mường Vân");
    let form = [("csrf", page.input("csrf")), ("form_key", page.input("form_key")), ("text", &text)];
    assert_eq!(officer.upload("/readings", &form, None).unwrap().status, 303);
    site.sound_entries();
}
