//! What goes wrong around the store: a file that may not be written, a database that is away, a disk that is full, text
//! that no database keeps. Reading goes on where it can, and every fault has its own name.

use std::io::{Seek, SeekFrom, Write};
use std::time::{Duration, Instant};

use domain::permission::operator;
use domain::problem::Problem;
use store::{Store, StoreError};
use testbed::{Durability, Postgres};

use crate::world::{BEGINNING, Place, World, add_unit, area, assert_sound, on_both, on_both_tampered, problem, runtime};

async fn try_to_write(store: &Store) -> Result<(), StoreError> {
    let new = area("099", "xã Thêm", "xã", None);
    store.add_unit(&operator::may_keep_units(), BEGINNING, new).await.map(drop)
}

/// Marks the file as one of a version that may be read and not be written (byte 18 of SQLite's header): unlike the file
/// system's rights it also holds for root.
fn forbid_writing(place: &Place) {
    let mut file = std::fs::OpenOptions::new().write(true).open(place.url.trim_start_matches("sqlite://")).unwrap();
    file.seek(SeekFrom::Start(18)).unwrap();
    file.write_all(&[3]).unwrap();
}

#[test]
fn a_file_that_may_not_be_written_is_read() {
    runtime().block_on(async {
        let world = World::build(Place::sqlite()).await;
        world.store.begin_login(world.officer.id().unwrap(), "token", "form", BEGINNING).await.unwrap();
        world.store.close().await;
        forbid_writing(&world.place);
        let store = Store::open(&world.place.url).await.unwrap();
        assert_eq!(store.areas().await.unwrap().len(), 4);
        assert_sound(&store).await;
        // Who was logged in reads on, though nobody can note it.
        assert!(store.login("token", BEGINNING.plus_seconds(3600)).await.unwrap().is_some());
        let refused = try_to_write(&store).await;
        assert!(matches!(refused, Err(StoreError::ReadOnly(_))), "{refused:?}");
        store.close().await;
    });
}

#[test]
fn a_file_in_no_folder_is_not_opened() {
    runtime().block_on(async {
        let refused = Store::open("sqlite:///khong/co/thu/muc/nay.db").await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    });
}

#[test]
fn a_file_that_is_no_ledger_is_not_opened() {
    runtime().block_on(async {
        let place = Place::sqlite();
        std::fs::write(place.url.trim_start_matches("sqlite://"), "không phải sổ ".repeat(100)).unwrap();
        let refused = Store::open(&place.url).await;
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");
    });
}

#[test]
fn a_database_that_stops_is_told_in_time_and_found_again() {
    runtime().block_on(async {
        let postgres = Postgres::start(Durability::Full);
        let url = postgres.fresh_database();
        let store = Store::open(&url).await.unwrap();
        add_unit(&store, "01", "tỉnh Lam Giang", "tỉnh", None).await;
        let mut write = store.write(&operator::may_keep_units(), BEGINNING).await.unwrap();
        postgres.crash();
        let begun = Instant::now();
        let lost = write.find::<domain::unit::Unit>("", &[]).await.err();
        assert!(matches!(lost, Some(StoreError::Unavailable(_))), "{lost:?}");
        drop(write);
        for _ in 0..2 {
            let (read, written) = (store.areas().await.err(), try_to_write(&store).await.err());
            assert!(matches!(read, Some(StoreError::Unavailable(_))), "{read:?}");
            assert!(matches!(written, Some(StoreError::Unavailable(_))), "{written:?}");
        }
        let refused = Store::open(&url).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
        assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
        postgres.restart();
        // What was acknowledged is there, what was open is not, and the same store goes on.
        assert_eq!(store.areas().await.unwrap().len(), 1);
        try_to_write(&store).await.unwrap();
        assert_sound(&store).await;
        store.close().await;
    });
}

#[test]
fn a_server_without_the_database_is_unavailable() {
    runtime().block_on(async {
        let url = Postgres::shared().fresh_database();
        let (server, query) = url.split_once('?').unwrap();
        let refused = Store::open(&format!("{server}_khong_co?{query}")).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    });
}

/// PostgreSQL's own words for a fault, raised by a trigger: (SQLSTATE, the name that the store gives it).
#[test]
fn what_postgres_says_has_a_name() {
    type Name = fn(&StoreError) -> bool;
    let names: [(&str, Name); 7] = [
        ("XX001", |fault| matches!(fault, StoreError::Damaged(_))),
        ("53100", |fault| matches!(fault, StoreError::NoRoom(_))),
        ("25006", |fault| matches!(fault, StoreError::ReadOnly(_))),
        ("53300", |fault| matches!(fault, StoreError::Unavailable(_))),
        ("57014", |fault| matches!(fault, StoreError::Unavailable(_))),
        ("40P01", |fault| matches!(fault, StoreError::Busy(_))),
        ("XX000", |fault| matches!(fault, StoreError::Internal(_))),
    ];
    crate::world::tell(Place::postgres(), async |world| {
        world
            .place
            .tamper("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION SQLSTATE ''XX000''; END'")
            .await;
        world.place.tamper("CREATE TRIGGER fail BEFORE INSERT ON unit FOR EACH ROW EXECUTE FUNCTION fail()").await;
        for (code, is_named) in names {
            let body = format!("'BEGIN RAISE EXCEPTION SQLSTATE ''{code}''; END'");
            world.place.tamper(&format!("CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS {body}")).await;
            let fault = try_to_write(&world.store).await.unwrap_err();
            assert!(is_named(&fault), "{code}: {fault:?}");
        }
        // A write that failed in the middle leaves nothing.
        world.place.tamper("DROP TRIGGER fail ON unit").await;
        assert_sound(&world.store).await;
        try_to_write(&world.store).await.unwrap();
    });
}

/// The server ends while it confirms: a deferred trigger says so, at the one moment when nobody can know. The journal is asked, and
/// knows; what is said while it cannot be asked either is told with the built program, whose line is cut.
#[test]
fn a_commit_that_was_not_confirmed_is_looked_for() {
    crate::world::tell(Place::postgres(), async |world| {
        let function = "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION SQLSTATE ''57P01''; END'";
        world.place.tamper(function).await;
        let trigger = "CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON journal DEFERRABLE INITIALLY DEFERRED \
                       FOR EACH ROW EXECUTE FUNCTION fail()";
        world.place.tamper(trigger).await;
        let fault = try_to_write(&world.store).await.unwrap_err();
        assert!(matches!(fault, StoreError::Unavailable(_)), "{fault:?}");
        world.place.tamper("DROP TRIGGER fail ON journal").await;
        assert_sound(&world.store).await;
    });
}

#[test]
fn the_character_nul_is_refused_by_both() {
    on_both(async |world| {
        let new = area("099", "xã\0Nul", "xã", None);
        let refused = problem(world.store.add_unit(&operator::may_keep_units(), BEGINNING, new).await);
        assert_eq!(refused, Problem::NotAllowed { field: "name", value: "U+0000".to_owned() });
        // Nothing has such a name, however the database says so.
        let found = world.store.units_named("xã\0").await;
        assert!(matches!(found, Err(StoreError::Problem(_))) || found.unwrap().is_empty());
    });
}

#[test]
fn a_word_that_the_program_does_not_know_is_our_fault_and_not_a_panic() {
    on_both_tampered(async |world| {
        world.place.tamper("UPDATE unit SET class = 'khac'").await;
        let fault = world.store.areas().await.unwrap();
        assert!(fault.is_empty());
        let broken = world.store.get(world.province.id).await;
        assert!(matches!(broken, Err(StoreError::Internal(_))), "{broken:?}");
    });
}
