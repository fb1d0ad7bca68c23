//! A load that is killed: the ledger has all of it or nothing, the next load goes through, and the journal fits.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use testbed::{Durability, Postgres};

use crate::site::{COTMOC, run, sound_entries, sqlite_in, with_store};

/// Loads that are killed, at moments spread over the time that one takes.
const KILLS: u32 = 8;
const COMMUNES: usize = 20;
const YEARS: std::ops::Range<i32> = 2014..2024;
/// How often each number is corrected: so many rows that writing them takes most of the time.
const CORRECTIONS: u32 = 6;

#[test]
fn a_killed_load_is_all_or_nothing_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let files = write_files(folder.path());
    let mut ledgers = 0;
    kill_again_and_again("SQLite", &files, || {
        ledgers += 1;
        let place = folder.path().join(ledgers.to_string());
        fs::create_dir(&place).unwrap();
        sqlite_in(&place)
    });
}

#[test]
fn a_killed_load_is_all_or_nothing_on_postgresql() {
    let folder = tempfile::tempdir().unwrap();
    let files = write_files(folder.path());
    let postgres = Postgres::start(Durability::Full);
    kill_again_and_again("PostgreSQL", &files, || postgres.fresh_database());
}

fn kill_again_and_again(name: &str, files: &str, mut fresh: impl FnMut() -> String) {
    let database = fresh();
    let begun = Instant::now();
    assert!(load_to_the_end(&database, files));
    let whole = begun.elapsed();
    let (mut nothing, mut all) = (0, 0);
    for kill in 1..=KILLS {
        let database = fresh();
        let mut loading = start(&database, files);
        wait(whole * kill / (KILLS - 1));
        // It may have ended by itself: then all of it must be there.
        loading.kill().unwrap();
        loading.wait().unwrap();
        match with_store(&database, async |store| store.journal_head().await.unwrap().sequence) {
            0 => {
                nothing += 1;
                assert_eq!((rows_of(&database), sound_entries(&database)), (0, 0), "half a load stands");
                assert!(load_to_the_end(&database, files));
            }
            _ => all += 1,
        }
        assert_eq!((rows_of(&database), sound_entries(&database)), (rows_written(), 1));
        assert!(!load_to_the_end(&database, files), "what stands was written again");
        assert_eq!(sound_entries(&database), 1);
    }
    println!("{name}: {KILLS} kills within {whole:?}: {nothing} left nothing, {all} all of it");
    assert!(nothing > 0, "every kill came too late");
}

fn start(database: &str, files: &str) -> Child {
    let arguments = ["load", files, "--database", database];
    Command::new(COTMOC).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Nothing announces how far a program is: it is killed at moments of the clock.
fn wait(time: Duration) {
    let begun = Instant::now();
    while begun.elapsed() < time {
        thread::yield_now();
    }
}

/// Loads, and gives whether anything was written.
fn load_to_the_end(database: &str, files: &str) -> bool {
    let output = run(&["load", files, "--database", database]);
    let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{printed}");
    !printed.contains("nothing was written")
}

fn rows_of(database: &str) -> usize {
    with_store(database, async |store| {
        let mut rows = 0;
        store.load_snapshot().await.unwrap().measurements(&mut |_, _| rows += 1).await.unwrap();
        rows
    })
}

fn rows_written() -> usize {
    COMMUNES * YEARS.len() * 12 * CORRECTIONS as usize
}

/// A province with its communes and their numbers; the folder.
fn write_files(folder: &Path) -> String {
    let folder = folder.join("so-lieu");
    fs::create_dir(&folder).unwrap();
    let mut units = "code,name,kind,parent\n98,tỉnh Lam Giang,tỉnh,\n".to_owned();
    let mut numbers = "unit,indicator,period,known_on,value,source\n".to_owned();
    for commune in 0..COMMUNES {
        writeln!(units, "98{commune:03},xã Thứ {commune},xã,98").unwrap();
        for (year, month) in YEARS.flat_map(|year| (1..=12).map(move |month| (year, month))) {
            for day in 1..=CORRECTIONS {
                writeln!(numbers, "98{commune:03},DAN,{year}-{month:02},{}-01-{day:02},{day},Biểu {year}", year + 1).unwrap();
            }
        }
    }
    fs::write(folder.join("units.csv"), units).unwrap();
    fs::write(folder.join("indicators.csv"), "code,direction,rule_area,rule_period\nDAN,up,sum,last\n").unwrap();
    fs::write(folder.join("measurements.csv"), numbers).unwrap();
    folder.display().to_string()
}
