//! A disk that is full or may only be read, under the real program and under PostgreSQL: the page says so and keeps what was typed,
//! nothing is lost or half, and writing goes on by itself when there is room again.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use testbed::Postgres;

use crate::bad_input::reading_on_the_desk;
use crate::client::{Answer, Client};
use crate::database::{AWAY, FULL, check_told};
use crate::site::{PASSWORD, Site, sqlite_in};

/// A file system of its own, so small that it is full after some papers.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// Absent where this process may not mount.
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size},mode=1777");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path()).output();
        match mount {
            Ok(output) if output.status.success() => Some(Self(folder)),
            other => {
                println!("no small disk here, since this process may not mount one: {other:?}");
                None
            }
        }
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes what is left of it; the write that no longer fits is the point.
    fn fill(&self) -> PathBuf {
        let ballast = self.path().join("day");
        let mut file = std::fs::File::create(&ballast).unwrap();
        for size in [1 << 20, 1 << 12] {
            while std::io::Write::write_all(&mut file, &vec![0; size]).is_ok() {}
        }
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).output();
    }
}

#[test]
fn a_full_disk_is_told_and_leaves_nothing_half() {
    let Some(disk) = SmallDisk::mount("3m") else { return };
    let site = Site::over(sqlite_in(disk.path()), tempfile::tempdir().unwrap());
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 1);
    for round in 0..3 {
        let ballast = disk.fill();
        let full = fill_up(&officer, round);
        check_told(&site, &full, FULL, &["Phần chữ đã dán"]);
        let desk = officer.get(&reading).unwrap();
        assert_eq!(desk.status, 200, "reading goes on");
        let headline = format!("Tên gõ dở {round}");
        let form = [("csrf", desk.input("csrf")), ("revision", desk.input("revision")), ("headline", &headline), ("meeting", "none")];
        check_told(&site, &officer.post(&format!("{reading}/head"), &form).unwrap(), FULL, &[&headline]);
        check_told(&site, &site.visitor().post("/login", &[("name", "van.thu"), ("password", PASSWORD)]).unwrap(), FULL, &["van.thu"]);
        std::fs::remove_file(&ballast).unwrap();
        site.sound_entries();
        assert_eq!(officer.post(&format!("{reading}/head"), &form).unwrap().status, 303, "there is room again");
    }
    println!("| SQLite, full disk | 3 | told, what was typed was kept | 0 |");
    drop(site);
}

/// Hands in papers until one is refused.
fn fill_up(officer: &Client, round: u64) -> Answer {
    for number in 0..200 {
        let page = officer.get("/readings/new").unwrap();
        let text = format!("Phần chữ đã dán {round} {number}\n\n{}", "Giao Sở Y tế rà soát. ".repeat(2_000));
        let form = [("csrf", page.input("csrf")), ("form_key", page.input("form_key")), ("text", text.as_str())];
        let answer = officer.upload("/readings", &form, None).unwrap();
        if answer.status != 303 {
            return answer;
        }
    }
    panic!("the disk is not full");
}

/// PostgreSQL refuses a write whose table cannot grow; where its own log cannot grow it ends itself, and starts with room again.
#[test]
fn a_full_disk_of_the_database_server_is_told_and_leaves_nothing_half() {
    let Some(disk) = SmallDisk::mount("160m") else { return };
    std::fs::set_permissions(disk.path(), std::fs::Permissions::from_mode(0o1777)).unwrap();
    let postgres = Postgres::start_below(disk.path());
    let site = Site::over(postgres.fresh_database(), tempfile::tempdir().unwrap());
    let officer = site.signed_in("van.thu");
    let (mut full, mut away) = (0, 0);
    for round in 0..3 {
        let page = officer.get("/readings/new").unwrap();
        let ballast = disk.fill();
        let refused = fill_up(&officer, round);
        let is_full = refused.body.contains(FULL.0);
        check_told(&site, &refused, if is_full { FULL } else { AWAY }, &["Phần chữ đã dán"]);
        *(if is_full { &mut full } else { &mut away }) += 1;
        std::fs::remove_file(&ballast).unwrap();
        postgres.ensure_running();
        site.sound_entries();
        let text = crate::site::paper(round + 1, "huyện Mường Vân");
        let form = [("csrf", page.input("csrf")), ("form_key", page.input("form_key")), ("text", &text)];
        let again = officer.upload("/readings", &form, None).unwrap();
        assert_eq!(again.status, 303, "there is room again: {}", again.body);
    }
    println!("| PostgreSQL, full disk of its data | 3 | {full} told that it is full, {away} that the database is away | 0 |");
    drop((site, postgres));
}
