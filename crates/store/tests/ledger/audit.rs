//! The audit finds a sound ledger sound, also while others write, and stops at the first thing that does not fit.

use domain::permission::operator;
use store::Store;
use store::audit::Audit;

use crate::world::{BEGINNING, add_unit, area, on_both};

#[test]
fn a_sound_ledger_tells_its_entries_rows_and_head() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        world.publish(&settled).await;
        let head = world.store.journal_head().await.unwrap();
        let Audit::Sound { entries, rows, head: hash } = world.audit().await else { panic!() };
        assert_eq!((entries, hash), (head.sequence, head.hash));
        let mut standing = 0;
        for table in store::table::TABLES.iter().chain(&store::table::DESK_TABLES) {
            standing += world.place.peek(&format!("SELECT CAST(id AS TEXT) FROM {}", table.name)).await.len();
        }
        assert_eq!(usize::try_from(rows), Ok(standing));
    });
}

#[test]
fn an_audit_tells_how_far_it_is() {
    on_both(async |world| {
        let mut told = Vec::new();
        world.store.audit(&mut |done, of| told.push((done, of))).await.unwrap();
        assert_eq!(told, [(6, 6)]);
    });
}

#[test]
fn more_entries_than_one_batch_are_walked_to_the_end() {
    on_both(async |world| {
        let may = domain::permission::may_record("ai");
        for _ in 0..1000 {
            world.store.record_login(&may, BEGINNING, store::account::LoginOutcome::Refused).await.unwrap();
        }
        assert!(matches!(world.audit().await, Audit::Sound { entries: 1006, .. }));
    });
}

#[test]
fn an_audit_beside_writers_is_no_false_alarm() {
    on_both(async |world| {
        let store = world.store.clone();
        let province = world.province.id;
        let writing = tokio::spawn(async move {
            for number in 0..60 {
                let new = area(&format!("9{number:03}"), &format!("xã Số {number}"), "xã", Some(province));
                store.add_unit(&operator::may_keep_units(), BEGINNING, new).await.unwrap();
            }
        });
        while !writing.is_finished() {
            crate::world::assert_sound(&world.store).await;
        }
        writing.await.unwrap();
    });
}

#[test]
fn a_copy_of_the_file_is_audited_by_itself() {
    crate::world::tell(crate::world::Place::sqlite(), async |world| {
        add_unit(&world.store, "016", "huyện Vân Sơn", "huyện", Some(world.province.id)).await;
        let head = world.store.journal_head().await.unwrap();
        let copy = format!("{}.copy", world.place.url.trim_start_matches("sqlite://"));
        world.place.tamper(&format!("VACUUM INTO '{copy}'")).await;
        let copied = Store::open(&format!("sqlite://{copy}")).await.unwrap();
        assert!(matches!(crate::world::audit(&copied).await, Audit::Sound { head: hash, .. } if hash == head.hash));
        copied.close().await;
    });
}
