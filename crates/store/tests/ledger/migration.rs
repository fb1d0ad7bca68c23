//! Migrations: opening twice and at once, refusing what a newer program made, and every migration over the rows of the one
//! before.

use std::fmt::Write as _;
use std::path::PathBuf;

use domain::document::Document;
use domain::frozen_board::FrozenBoard;
use domain::id::Id;
use domain::measurement::Measurement;
use domain::period::Period;
use domain::permission::{self, UnitPath};
use domain::problem::Problem;
use store::db::Db;
use store::migrate::MIGRATIONS;
use store::photo::NewPicture;
use store::record::sha256;
use store::table::{DESK_TABLES, TABLES};
use store::task::Audience::{Public, Staff};
use store::{Store, StoreError};

use crate::world::{Place, World, assert_sound, on_both, runtime};

#[test]
fn opening_again_changes_nothing() {
    on_both(async |world| {
        let again = Store::open(&world.place.url).await.unwrap();
        assert_eq!(again.journal_head().await.unwrap(), world.store.journal_head().await.unwrap());
        assert_eq!(world.place.peek("SELECT CAST(COUNT(*) AS TEXT) FROM migration").await, [[MIGRATIONS.len().to_string()]]);
        again.close().await;
    });
}

#[test]
fn several_nodes_open_a_new_database_at_once() {
    runtime().block_on(async {
        for place in Place::both() {
            let opening: Vec<_> = (0..6)
                .map(|_| {
                    let url = place.url.clone();
                    tokio::spawn(async move { Store::open(&url).await })
                })
                .collect();
            for opened in opening {
                let store = opened.await.unwrap().unwrap();
                assert_sound(&store).await;
                store.close().await;
            }
        }
    });
}

/// The first of several nodes may take longer than a request would wait, on a slow machine: the others wait for it all the same.
#[test]
fn a_new_database_that_another_node_holds_for_long_is_opened_in_the_end() {
    runtime().block_on(async {
        let place = Place::sqlite();
        let holder = Db::open(&place.url).await.unwrap();
        let held = holder.begin().await.unwrap();
        let opening = tokio::spawn({
            let url = place.url.clone();
            async move { Store::open(&url).await }
        });
        // Whoever waits as long as a request does gives up; the node that opens must not.
        for _ in 0..2 {
            let other = Db::open(&place.url).await.unwrap();
            assert!(matches!(other.begin().await.err(), Some(StoreError::Busy(_))));
            other.close().await;
        }
        assert!(!opening.is_finished());
        drop(held);
        let store = opening.await.unwrap().unwrap();
        assert_sound(&store).await;
        store.close().await;
        holder.close().await;
    });
}

#[test]
fn a_ledger_of_a_newer_program_is_refused() {
    runtime().block_on(async {
        for place in Place::both() {
            Store::open(&place.url).await.unwrap().close().await;
            place.tamper("INSERT INTO migration (version, sha256) VALUES (999, 'x')").await;
            let refused = Store::open(&place.url).await;
            assert!(matches!(refused, Err(StoreError::Problem(Problem::NotAllowed { field: "database", .. }))), "{refused:?}");
        }
    });
}

#[test]
fn a_migration_that_was_edited_is_refused() {
    runtime().block_on(async {
        for place in Place::both() {
            Store::open(&place.url).await.unwrap().close().await;
            place.tamper("UPDATE migration SET sha256 = 'x' WHERE version = 1").await;
            let refused = Store::open(&place.url).await;
            assert!(matches!(refused, Err(StoreError::Internal(_))), "{refused:?}");
        }
    });
}

#[test]
fn migrations_are_numbered_without_gaps() {
    assert!(MIGRATIONS.iter().zip(1..).all(|((version, _), expected)| *version == expected));
}

/// The rows of a whole ledger as the program of this migration wrote them: every later migration runs over them.
fn sample_file(version: i64) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "samples", &format!("{version:04}.sql")].iter().collect()
}

#[test]
fn every_migration_runs_over_the_rows_of_the_one_before() {
    runtime().block_on(async {
        let newest = MIGRATIONS.len() as i64;
        if std::env::var_os("COTMOC_UPDATE_SCHEMA").is_some() && !sample_file(newest).exists() {
            std::fs::create_dir_all(sample_file(newest).parent().unwrap()).unwrap();
            std::fs::write(sample_file(newest), sample().await).unwrap();
        }
        for begins_at in 1..=newest {
            for place in Place::both() {
                open_older(&place, begins_at).await;
            }
        }
    });
}

/// Makes a ledger of an older program and opens it with this one.
async fn open_older(place: &Place, version: i64) {
    if place.is_sqlite() {
        std::fs::File::create(place.url.trim_start_matches("sqlite://")).unwrap();
    }
    place.tamper("CREATE TABLE migration (version BIGINT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL)").await;
    for (number, sql) in MIGRATIONS.into_iter().take_while(|(number, _)| *number <= version) {
        place.tamper(&format!("{sql}; INSERT INTO migration (version, sha256) VALUES ({number}, '{}')", sha256(sql))).await;
    }
    let rows = std::fs::read_to_string(sample_file(version)).unwrap();
    place.tamper(&rows).await;
    let store = Store::open(&place.url).await.unwrap();
    assert_sound(&store).await;
    let session = store.sessions(Public, 9).await.unwrap().remove(0);
    assert_eq!(store.attendance_of(session.id).await.unwrap().len(), 2);
    assert_eq!(store.tasks(Staff).await.unwrap().len(), 3);
    store.close().await;
}

/// A ledger in which every table that anything writes to has a row, as statements.
async fn sample() -> String {
    let world = World::build(Place::sqlite()).await;
    let settled = world.settle_khe_tra().await;
    world.publish(&settled).await;
    world.correct_the_title(&settled).await;
    world.move_a_deadline(&settled).await;
    add_numbers(&world).await;
    add_pictures(&world, settled.document).await;
    world.store.begin_login(world.officer.id().unwrap(), "token", "form", world.now()).await.unwrap();
    world.store.add_visits(crate::world::day(2024, 5, 20), 3).await.unwrap();
    let mut sql = "-- A whole ledger as the program of this migration wrote it. Never edited: later migrations run over it.\n".to_owned();
    let names = TABLES.iter().chain(&DESK_TABLES).map(|table| table.name).chain(["journal", "login", "visit_day"]);
    sql.push_str("DELETE FROM journal_head;\n");
    for table in names.chain(["journal_head"]) {
        dump(&world.place, table, &mut sql).await;
    }
    world.store.close().await;
    sql
}

/// A load, a number entered by hand and a frozen board.
async fn add_numbers(world: &World) {
    let load = crate::load::take_some(world, 9).await;
    let known = world.store.load_snapshot().await.unwrap().known;
    let (month, known_on) = (Period::month(2024, 3).unwrap(), crate::world::day(2024, 4, 19));
    let path = UnitPath(vec![world.district.id, world.province.id]);
    let mut write = world.store.write(&permission::may_keep_measurements(&world.reporter, &path).unwrap(), world.now()).await.unwrap();
    let (entered_by, entered_at) = (Some(write.actor().to_owned()), Some(write.at()));
    let entered = Measurement {
        id: write.new_id(),
        unit: world.district.id,
        indicator: known.nouns.indicators[0].id,
        period: month,
        known_on,
        value: Some(1180),
        weight: None,
        source: None,
        load: None,
        line: None,
        claim: None,
        passage: None,
        reason: Some("Đếm lại".to_owned()),
        entered_by,
        entered_at,
    };
    write.insert(&entered).await.unwrap();
    write.commit("measurement.correct", &format!("measurement/{}", entered.id)).await.unwrap();
    let session = world.store.sessions(Staff, 1).await.unwrap()[0].id;
    let mut write = world.store.write(&permission::may_freeze_board(&world.officer, &path).unwrap(), world.now()).await.unwrap();
    let board = FrozenBoard {
        id: write.new_id(),
        session,
        unit: world.district.id,
        resolution: known.nouns.resolutions[0].id,
        month,
        known_on,
        horizon: entered.id.number(),
        sequence: 1,
        result: format!("unit,group,achievement_bp,band\n011,KT01,{},10000\n", load.rows),
        frozen_at: write.at(),
        frozen_by: write.actor().to_owned(),
        withdrawn_at: None,
        withdrawn_by: None,
    };
    write.insert(&board).await.unwrap();
    write.commit("frozen_board.freeze", &format!("frozen_board/{}", board.id)).await.unwrap();
}

/// A picture beside the caption of the paper, one that it replaced, and one that waits.
async fn add_pictures(world: &World, document: Id<Document>) {
    let photo = world.store.photos_of(document).await.unwrap().remove(0);
    let (may, mut replaces) = (crate::photo::may_keep(world), None);
    for letter in ['a', 'b'] {
        let new = NewPicture { replaces, ..crate::photo::picture(&photo, letter) };
        replaces = Some(world.store.add_picture(&may, world.now(), new).await.unwrap().id);
    }
    let waiting = NewPicture { photo: None, ..crate::photo::picture(&photo, 'c') };
    world.store.add_picture(&may, world.now(), waiting).await.unwrap();
}

async fn dump(place: &Place, table: &str, sql: &mut String) {
    let columns: Vec<String> = place.peek(&format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid")).await.concat();
    let list = columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ");
    let quoted = columns.iter().map(|column| format!("quote(\"{column}\")")).collect::<Vec<_>>().join(" || ', ' || ");
    for row in place.peek(&format!("SELECT {quoted} FROM {table} ORDER BY 1")).await {
        writeln!(sql, "INSERT INTO {table} ({list}) VALUES ({});", row[0]).unwrap();
    }
}
