//! A database that is away, full, read-only or shared: the page says so and keeps what was typed, nothing is half
//! written, and the same program goes on by itself when the database does.

use std::time::Duration;

use testbed::{Durability, Postgres, until};

use crate::bad_input::{reading_about, reading_on_the_desk};
use crate::client::Answer;
use crate::kills::number_from;
use crate::kills::written::let_pass;
use crate::site::{PASSWORD, Site, run, serve, sqlite_in};

/// What a page says of a fault that is ours, in Vietnamese and in English.
pub type Words = (&'static str, &'static str);
pub const AWAY: Words = ("Cơ sở dữ liệu chưa trả lời", "The database does not answer");
pub const FULL: Words = ("Ổ đĩa của máy chủ đã đầy", "The server's disk is full");
pub const READ_ONLY: Words = ("đang chỉ đọc được", "can be read but not written");
pub const BUSY: Words = ("đang bận ghi việc khác", "busy with another write");

/// The page of a fault that is ours: what it is, what to do, the request's code, and that code in exactly one line of the log.
pub fn check_told(site: &Site, answer: &Answer, words: Words, kept: &[&str]) {
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.body.contains(words.0) || answer.body.contains(words.1), "{}", answer.body);
    assert!(!answer.header("retry-after").is_empty(), "programs are told when to come again");
    let code = answer.header("x-request-id").to_owned();
    assert!(!code.is_empty() && answer.body.contains(&code), "the request's code is not on the page");
    assert!(answer.body.contains("Thử lại sau một phút") || answer.body.contains("Try again in a minute"), "{}", answer.body);
    for value in kept {
        assert!(answer.body.contains(value), "{value} is not kept");
    }
    until(Duration::from_secs(5), "the log tells of it", || site.log().contains(&code));
    let log = site.log();
    let lines: Vec<&str> = log.lines().filter(|line| line.contains(&code)).collect();
    assert!(lines.len() == 1 && lines[0].contains("\"ERROR\"") && lines[0].contains("\"cause\""), "{lines:?}");
}

#[test]
fn a_database_that_is_away_is_told_and_found_again() {
    let postgres = Postgres::start(Durability::Full);
    let site = Site::over(postgres.fresh_database(), tempfile::tempdir().unwrap());
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 1);
    let desk = officer.get(&reading).unwrap();
    let entries = site.sound_entries();
    postgres.crash();
    let form = [("csrf", desk.input("csrf")), ("revision", desk.input("revision")), ("headline", "Tên gõ dở"), ("meeting", "none")];
    let away = officer.post(&format!("{reading}/head"), &form).unwrap();
    check_told(&site, &away, AWAY, &["Tên gõ dở", "Gửi lại"]);
    check_told(&site, &site.visitor().post("/login", &[("name", "van.thu"), ("password", PASSWORD)]).unwrap(), AWAY, &["van.thu"]);
    assert!(!site.log().contains(PASSWORD), "a password is in the log");
    check_told(&site, &officer.get(&format!("/en{reading}")).unwrap(), AWAY, &["<html lang=\"en\">"]);
    let (told, begun) = (knock(&site), std::time::Instant::now());
    let_pass(Duration::from_secs(number_from(AWAY_SECONDS).unwrap_or(0)));
    let told = told + knock(&site);
    println!("| PostgreSQL away | {} s | {told} pages told so | 0 |", begun.elapsed().as_secs());
    postgres.restart();
    assert_eq!(site.sound_entries(), entries, "nothing was stored");
    assert_eq!(officer.post(&format!("{reading}/head"), &form).unwrap().status, 303, "the same form, sent again");
    assert!(officer.get(&reading).unwrap().body.contains("Tên gõ dở"));
}

/// For how many seconds the database stays away, where the test alone is too short.
const AWAY_SECONDS: &str = "COTMOC_AWAY_SECONDS";

/// The public while the database is away: what needs no ledger opens, all else says so; how many said so.
fn knock(site: &Site) -> usize {
    let visitor = site.visitor();
    for path in ["/about", "/accessibility", "/login"] {
        assert_eq!(visitor.get(path).unwrap().status, 200, "{path}");
    }
    let needs_ledger = ["/", "/news", "/en/scoreboards", "/sessions"];
    needs_ledger.iter().for_each(|path| check_told(site, &visitor.get(path).unwrap(), AWAY, &[]));
    needs_ledger.len()
}

/// Byte 18 of SQLite's header above 2 says: to be read, not to be written. Unlike rights of files it holds for root too.
#[test]
fn a_file_that_may_not_be_written_is_served_and_read() {
    use std::io::{Seek, SeekFrom, Write};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("so.db");
    let mut site = Site::over(sqlite_in(folder.path()), folder);
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 1);
    assert!(site.server.take().unwrap().stop().0.success());
    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(18)).unwrap();
    file.write_all(&[3]).unwrap();
    drop(file);
    site.server = Some(serve(&site.database));
    let officer = officer.at(site.url());
    let desk = officer.get(&reading).unwrap();
    assert_eq!(desk.status, 200);
    let form = [("csrf", desk.input("csrf")), ("revision", desk.input("revision")), ("headline", "Tên gõ dở"), ("meeting", "none")];
    check_told(&site, &officer.post(&format!("{reading}/head"), &form).unwrap(), READ_ONLY, &["Tên gõ dở"]);
    assert!(run(&["audit", "verify", "--database", &site.database]).status.success());
}

#[test]
fn two_programs_on_one_file_write_one_after_the_other() {
    let site = Site::open(crate::site::On::Sqlite);
    let second = serve(&site.database);
    let here = site.signed_in("van.thu");
    let there = here.at(second.url());
    assert_eq!(there.get("/readings").unwrap().status, 200, "one log-in holds at both");
    let threads: Vec<_> = [(0, here), (1_000, there.clone())]
        .into_iter()
        .map(|(from, officer)| {
            std::thread::spawn(move || (from..from + 8).map(|number| reading_about(&officer, number, "huyện Nậm Rạng")).collect())
        })
        .collect();
    let readings: Vec<String> = threads.into_iter().flat_map(|thread| -> Vec<String> { thread.join().unwrap() }).collect();
    let distinct: std::collections::HashSet<&String> = readings.iter().collect();
    assert_eq!((readings.len(), distinct.len()), (16, 16));
    for reading in &readings {
        assert_eq!(there.get(reading).unwrap().status, 200, "{reading}");
    }
    site.sound_entries();
}

#[test]
fn a_write_that_another_program_holds_up_is_told_and_goes_through_later() {
    let site = Site::open(crate::site::On::Sqlite);
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 1);
    let desk = officer.get(&reading).unwrap();
    let form = [("csrf", desk.input("csrf")), ("revision", desk.input("revision")), ("headline", "Tên gõ dở"), ("meeting", "none")];
    let send = || officer.post(&format!("{reading}/head"), &form).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let other = runtime.block_on(store::db::Db::open(&site.database)).unwrap();
    let held = runtime.block_on(other.begin()).unwrap();
    check_told(&site, &send(), BUSY, &["Tên gõ dở"]);
    assert_eq!(officer.get(&reading).unwrap().status, 200, "reading goes on");
    runtime.block_on(async {
        drop(held);
        other.close().await;
    });
    assert_eq!(send().status, 303);
    site.sound_entries();
}
