//! Backups made while the program runs, restored into the other database, cut, bent and killed in the middle.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use cotmoc::backup::verify::verify;
use domain::moment::Moment;
use testbed::Postgres;

use crate::client::Client;
use crate::site::{BEGINNING, COTMOC, On, Site, paper, run, sound_entries, sqlite_in, with_store};

/// What the program says, and whether it did its work.
fn say(arguments: &[&str]) -> (bool, String) {
    let output = run(arguments);
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

/// The program must do its work; what it says.
fn done(arguments: &[&str]) -> String {
    let (is_done, printed) = say(arguments);
    assert!(is_done, "{arguments:?}: {printed}");
    printed
}

/// A ledger's place: its database, its files.
struct Place {
    database: String,
    files: String,
}

impl Place {
    fn new(on: On, folder: &Path) -> Self {
        let database = match on {
            On::Sqlite => sqlite_in(folder),
            On::Postgres => Postgres::shared().fresh_database(),
        };
        Self { database, files: folder.join("files").display().to_string() }
    }

    fn back_up(&self, file: &Path) -> String {
        done(&["backup", &file.display().to_string(), "--database", &self.database, "--files", &self.files])
    }

    fn restore(&self, file: &Path) -> (bool, String) {
        say(&["restore", &file.display().to_string(), "--database", &self.database, "--files", &self.files])
    }

    fn boards(&self) -> String {
        done(&["scoreboard", "--all-units", "--month", "2024-03", "--format", "csv", "--database", &self.database])
    }
}

fn hand_in(officer: &Client, number: u64) {
    let page = officer.get("/readings/new").unwrap();
    let text = paper(number, "huyện Mường Vân");
    let form = [("csrf", page.input("csrf")), ("form_key", page.input("form_key")), ("text", &text)];
    assert_eq!(officer.upload("/readings", &form, None).unwrap().status, 303);
}

/// The demo's ledger with its frozen boards, from one database to the other and back.
#[test]
fn a_ledger_moves_to_the_other_database_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second, third] = ["mot", "hai", "ba"].map(|name| folder.path().join(name));
    for folder in [&first, &second, &third] {
        fs::create_dir(folder).unwrap();
    }
    let (here, there, back) = (Place::new(On::Sqlite, &first), Place::new(On::Postgres, &second), Place::new(On::Sqlite, &third));
    with_store(&here.database, async |store| cotmoc::demo::fill(store, &mut |_, _, _| {}).await.map(|_| ()).unwrap());
    fs::create_dir_all(first.join("files/photo/ab")).unwrap();
    fs::write(first.join("files/photo/ab/c-480.jpg"), b"\xff\xd8 mot buc anh").unwrap();
    let (one, two) = (folder.path().join("mot.tar.gz"), folder.path().join("hai.tar.gz"));

    here.back_up(&one);
    let verified = done(&["backup", "verify", &one.display().to_string()]);
    assert!(verified.contains("nhật ký khớp") && verified.contains("the journal fits"), "{verified}");
    assert!(!verified.contains("0 frozen scoreboards") && verified.contains("1 photo file;"), "{verified}");
    let (restored, printed) = there.restore(&one);
    assert!(restored && printed.contains("Đã khôi phục sổ") && printed.contains("Restored the ledger"), "{printed}");
    assert_eq!(there.boards(), here.boards());
    assert_eq!(fs::read(second.join("files/photo/ab/c-480.jpg")).unwrap(), b"\xff\xd8 mot buc anh");
    there.back_up(&two);
    let (restored, printed) = back.restore(&two);
    assert!(restored, "{printed}");
    assert_eq!((sound_entries(&back.database), back.boards()), (sound_entries(&here.database), here.boards()));

    // Neither a file nor a ledger is written over.
    let (restored, printed) = here.restore(&two);
    assert!(!restored && printed.contains("đã có sổ") && printed.contains("holds a ledger already"), "{printed}");
    let again = say(&["backup", &one.display().to_string(), "--database", &here.database, "--files", &here.files]);
    assert!(!again.0 && again.1.contains("đã có tệp"), "{}", again.1);
}

#[test]
fn a_backup_of_a_working_server_holds_what_was_acknowledged_before_it() {
    for on in [On::Sqlite, On::Postgres] {
        let site = Site::open(on);
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files").display().to_string();
        let (officer, stop) = (site.signed_in("van.thu"), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for number in (0..).take_while(|_| !stop.load(Ordering::Relaxed)) {
                    hand_in(&officer, number);
                }
            });
            for round in 0..4 {
                let acknowledged = with_store(&site.database, async |store| store.journal_head().await.unwrap().sequence);
                let file = folder.path().join(format!("{round}.tar.gz"));
                Place { database: site.database.clone(), files: files.clone() }.back_up(&file);
                let found = verified(&fs::read(&file).unwrap()).unwrap();
                assert!(found >= acknowledged, "{on:?}: {found} entries, {acknowledged} were acknowledged");
            }
            stop.store(true, Ordering::Relaxed);
        });
        assert!(site.sound_entries() > 12);
    }
}

/// How many entries a backup in memory is found to hold.
fn verified(bytes: &[u8]) -> Result<i64, cotmoc::backup::BackupFault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(verify(bytes, Moment(BEGINNING.0 + 1_000_000), &mut |_| {})).map(|found| found.entries)
}

#[test]
fn a_damaged_backup_is_never_taken_for_a_sound_one() {
    let site = Site::open(On::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    hand_in(&site.signed_in("van.thu"), 7);
    let place = Place { database: site.database.clone(), files: folder.path().join("files").display().to_string() };
    let file = folder.path().join("a.tar.gz");
    place.back_up(&file);
    let whole = fs::read(&file).unwrap();
    let entries = verified(&whole).unwrap();
    for cut in (0..40).map(|part| whole.len() * part / 40) {
        assert!(verified(&whole[..cut]).is_err(), "cut at {cut} of {}", whole.len());
    }
    for place in (0..60).map(|part| whole.len() * part / 60) {
        let mut bent = whole.clone();
        bent[place] ^= 0x10;
        // A bit of the packing that carries nothing may change; then everything else is as it was.
        if let Ok(found) = verified(&bent) {
            assert_eq!(found, entries, "bent at {place}");
        }
    }
    for (name, bytes) in [("trong", Vec::new()), ("chu", "Không phải bản sao lưu.".repeat(100).into_bytes())] {
        let foreign = folder.path().join(name);
        fs::write(&foreign, bytes).unwrap();
        let (is_done, printed) = say(&["backup", "verify", &foreign.display().to_string()]);
        assert!(!is_done && printed.contains("không phải bản sao lưu") && printed.contains("is no backup"), "{printed}");
    }
    let (is_done, printed) = say(&["backup", "verify", "/khong/co/tep"]);
    assert!(!is_done && printed.contains("không đọc được"), "{printed}");
}

/// Kills the program at moments spread over the time that the work takes; gives back how often it was still at it.
fn kill_at_it(arguments: &[&str], whole: Duration, mut look: impl FnMut()) {
    for part in 0..6 {
        let mut work = Command::new(COTMOC).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let begun = Instant::now();
        while begun.elapsed() < whole * part / 5 {
            std::thread::yield_now();
        }
        work.kill().unwrap();
        work.wait().unwrap();
        look();
    }
}

#[test]
fn a_killed_backup_bears_no_name_and_a_killed_restore_leaves_room_for_the_next() {
    for on in [On::Sqlite, On::Postgres] {
        let folder = tempfile::tempdir().unwrap();
        let (from, into) = (folder.path().join("tu"), folder.path().join("den"));
        for folder in [&from, &into] {
            fs::create_dir(folder).unwrap();
        }
        let here = Place::new(on, &from);
        with_store(&here.database, async |store| cotmoc::demo::fill(store, &mut |_, _, _| {}).await.map(|_| ()).unwrap());
        let (file, begun) = (folder.path().join("a.tar.gz"), Instant::now());
        here.back_up(&file);
        let whole = begun.elapsed();
        let killed: PathBuf = folder.path().join("b.tar.gz");
        let name = killed.display().to_string();
        kill_at_it(&["backup", &name, "--database", &here.database, "--files", &here.files], whole, || {
            // Either it was done, or there is no such file; never half of one.
            if killed.exists() {
                assert!(verified(&fs::read(&killed).unwrap()).is_ok());
                fs::remove_file(&killed).unwrap();
            }
        });
        let there = Place::new(on, &into);
        let name = file.display().to_string();
        let begun = Instant::now();
        assert!(Place::new(on, folder.path()).restore(&file).0);
        let whole = begun.elapsed();
        kill_at_it(&["restore", &name, "--database", &there.database, "--files", &there.files], whole, || {
            let entries = with_store(&there.database, async |store| store.journal_head().await.unwrap().sequence);
            assert!(entries == 0 || entries == sound_entries(&here.database), "half a ledger stands");
        });
        let restored = there.restore(&file);
        assert!(restored.0 || restored.1.contains("holds a ledger already"), "{}", restored.1);
        assert_eq!(sound_entries(&there.database), sound_entries(&here.database));
    }
}
