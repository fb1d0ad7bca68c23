//! The journal as pages read it, and the counters of visits, which are not in it.

use domain::journal::JournalEntry;
use store::record::sha256;
use store::visit::VisitTotals;

use crate::world::{Place, day, on_both, runtime};

#[test]
fn every_write_is_one_entry_that_follows_from_the_one_before() {
    on_both(async |world| {
        world.settle_khe_tra().await;
        let mut entries: Vec<JournalEntry> = world.store.journal_entries(None, 100).await.unwrap();
        entries.reverse();
        let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
        let of_the_world = ["unit.add", "unit.add", "unit.add", "unit.add", "account.add", "account.add"];
        assert_eq!(actions[..6], of_the_world);
        assert_eq!(actions[6..], ["reading.hand_in", "draft.accept_several", "reading.settle"]);
        for (entry, sequence) in entries.iter().zip(1..) {
            assert_eq!((entry.sequence, &entry.hash), (sequence, &sha256(&entry.hashed_text())));
        }
        assert!(entries.windows(2).all(|pair| pair[1].previous_hash == pair[0].hash));
        let head = world.store.journal_head().await.unwrap();
        assert_eq!((head.sequence, &head.hash, head.at), (9, &entries[8].hash, Some(entries[8].at)));
        assert_eq!((entries[8].actor.as_str(), entries[0].actor.as_str()), ("van.thu", "operator"));
    });
}

#[test]
fn pages_go_back_through_the_journal() {
    on_both(async |world| {
        let sequences = async |before, limit| -> Vec<i64> {
            world.store.journal_entries(before, limit).await.unwrap().into_iter().map(|entry| entry.sequence).collect()
        };
        assert_eq!(sequences(None, 2).await, [6, 5]);
        assert_eq!(sequences(Some(5), 2).await, [4, 3]);
        assert_eq!(sequences(Some(1), 2).await, [0; 0]);
        let about = world.store.journal_of(&format!("unit/{}", world.district.id), 9).await.unwrap();
        assert_eq!(about.iter().map(|entry| entry.sequence).collect::<Vec<_>>(), [2]);
    });
}

#[test]
fn the_journal_tells_a_row_as_it_was_and_as_it_is() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        world.publish(&settled).await;
        let entry = world.store.journal_of(&format!("article/{}", settled.article), 9).await.unwrap().remove(0);
        let row = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap()[format!("article/{}", settled.article)].clone();
        assert_eq!((&row(&entry.before)["revision"], &row(&entry.after)["revision"]), (&1.into(), &2.into()));
        assert!(row(&entry.before)["published_at"].is_null());
        assert_eq!(row(&entry.after)["published_at"], entry.at.0);
        assert!(entry.after.contains("Tỉnh ủy"), "letters stand as they are");
    });
}

#[test]
fn the_journal_keeps_no_whole_paper() {
    on_both(async |world| {
        world.settle_khe_tra().await;
        let entries = world.store.journal_entries(None, 100).await.unwrap();
        let text = crate::paper::khe_tra().text;
        assert!(entries.iter().all(|entry| !entry.after.contains(text.lines().nth(2).unwrap())));
    });
}

#[test]
fn an_empty_ledger_has_an_empty_head() {
    runtime().block_on(async {
        for place in Place::both() {
            let store = store::Store::open(&place.url).await.unwrap();
            let head = store.journal_head().await.unwrap();
            assert_eq!((head.sequence, head.hash.as_str(), head.at), (0, "", None));
            crate::world::assert_sound(&store).await;
        }
    });
}

#[test]
fn visits_are_counted_by_day_week_and_all_and_leave_no_entry() {
    on_both(async |world| {
        let (sunday, monday, tuesday) = (day(2024, 5, 19), day(2024, 5, 20), day(2024, 5, 21));
        let before = world.last_sequence().await;
        assert_eq!(world.store.visit_totals(tuesday, monday).await.unwrap(), VisitTotals { today: 0, week: 0, all: 0 });
        for (day, visits) in [(sunday, 100), (monday, 20), (monday, 3), (tuesday, 4)] {
            world.store.add_visits(day, visits).await.unwrap();
        }
        assert_eq!(world.store.visit_totals(tuesday, monday).await.unwrap(), VisitTotals { today: 4, week: 27, all: 127 });
        assert_eq!(world.last_sequence().await, before);
    });
}
