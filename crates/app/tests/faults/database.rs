//! A database that is away, full, read-only or shared: the page says so and keeps what was typed, nothing is half
//! written, and the same program goes on by itself when the database does.

use std::process::Command;
use std::time::Duration;

use testbed::{Durability, Postgres, until};

use crate::bad_input::{reading_about, reading_on_the_desk};
use crate::client::{Answer, Client};
use crate::site::{PASSWORD, Site, run, serve, sqlite_in};

/// The page of a fault that is ours: what to do, the request's code, and that code in exactly one line of the log.
fn check_told(site: &Site, answer: &Answer, kept: &[&str]) {
    assert_eq!(answer.status, 503, "{}", answer.body);
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
    check_told(&site, &away, &["Tên gõ dở", "Gửi lại"]);
    check_told(&site, &site.visitor().post("/login", &[("name", "van.thu"), ("password", PASSWORD)]).unwrap(), &["van.thu"]);
    assert!(!site.log().contains(PASSWORD), "a password is in the log");
    check_told(&site, &officer.get(&format!("/en{reading}")).unwrap(), &["<html lang=\"en\">"]);
    // What needs no ledger still opens.
    assert_eq!(site.visitor().get("/about").unwrap().status, 200);
    postgres.restart();
    assert_eq!(site.sound_entries(), entries, "nothing was stored");
    assert_eq!(officer.post(&format!("{reading}/head"), &form).unwrap().status, 303, "the same form, sent again");
    assert!(officer.get(&reading).unwrap().body.contains("Tên gõ dở"));
}

/// A file system of its own, so small that it is full after some papers.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// Absent where this process may not mount.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(folder.path()).output();
        match mount {
            Ok(output) if output.status.success() => Some(Self(folder)),
            other => {
                println!("no small disk here, since this process may not mount one: {other:?}");
                None
            }
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

#[test]
fn a_full_disk_is_told_and_leaves_nothing_half() {
    let Some(disk) = SmallDisk::mount() else { return };
    let site = Site::over(sqlite_in(disk.0.path()), tempfile::tempdir().unwrap());
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 1);
    let ballast = disk.0.path().join("day");
    // Takes what is left; the write that no longer fits is the point.
    let _ = std::fs::write(&ballast, vec![0; 4 * 1024 * 1024]);
    let full = fill_up(&officer);
    check_told(&site, &full, &["Phần chữ đã dán"]);
    let desk = officer.get(&reading).unwrap();
    assert_eq!(desk.status, 200, "reading goes on");
    let form = [("csrf", desk.input("csrf")), ("revision", desk.input("revision")), ("headline", "Tên gõ dở"), ("meeting", "none")];
    check_told(&site, &officer.post(&format!("{reading}/head"), &form).unwrap(), &["Tên gõ dở"]);
    std::fs::remove_file(&ballast).unwrap();
    site.sound_entries();
    assert_eq!(officer.post(&format!("{reading}/head"), &form).unwrap().status, 303, "there is room again");
    reading_on_the_desk(&officer, 100_000);
    site.sound_entries();
    drop(site);
}

/// Hands in papers until one is refused.
fn fill_up(officer: &Client) -> Answer {
    for number in 0..50 {
        let page = officer.get("/readings/new").unwrap();
        let text = format!("Phần chữ đã dán {number}\n\n{}", "Giao Sở Y tế rà soát. ".repeat(2_000));
        let form = [("csrf", page.input("csrf")), ("form_key", page.input("form_key")), ("text", text.as_str())];
        let answer = officer.upload("/readings", &form, None).unwrap();
        if answer.status != 303 {
            return answer;
        }
    }
    panic!("the disk is not full");
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
    check_told(&site, &officer.post(&format!("{reading}/head"), &form).unwrap(), &["Tên gõ dở"]);
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
