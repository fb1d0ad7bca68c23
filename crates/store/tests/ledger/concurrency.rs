//! Many writers at once, of one process and of several; writes that are dropped or whose process is killed in the middle.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::task::Poll;
use std::time::{Duration, Instant};

use domain::account::Role;
use domain::permission::operator;
use domain::person::Person;
use domain::problem::Problem;
use store::audit::Audit;
use store::reading::{Decision, HandIn, HandedIn};
use store::{Store, StoreError};

use crate::paper::{khe_tra, note};
use crate::world::{BEGINNING, HASH, Place, World, add_unit, area, assert_sound, on_both, problem, runtime, stale, tell};

/// Writes units, each under a code of its own.
async fn write_units(store: &Store, prefix: &str, count: usize) {
    for number in 0..count {
        add_unit(store, &format!("{prefix}-{number}"), &format!("xã {prefix} {number}"), "xã", None).await;
    }
}

/// The journal has no gap and no id was given twice, and `count` units were added to what the ledger began with.
async fn assert_whole(store: &Store, began_with: i64, count: i64) {
    let Audit::Sound { entries, .. } = crate::world::audit(store).await else { panic!("{:?}", crate::world::audit(store).await) };
    assert_eq!(entries, began_with + count);
}

#[test]
fn many_writers_of_one_process_stand_in_line() {
    on_both(async |world| {
        let writers: Vec<_> = (0..12)
            .map(|writer| {
                let store = world.store.clone();
                tokio::spawn(async move { write_units(&store, &format!("w{writer}"), 8).await })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_whole(&world.store, 6, 96).await;
        let ids: BTreeSet<i64> = world.store.areas().await.unwrap().iter().map(|unit| unit.id.number()).collect();
        assert_eq!(ids.len(), 100);
    });
}

#[test]
fn several_stores_write_to_one_database() {
    on_both(async |world| {
        let url = &world.place.url;
        let (one, two) = (Store::open(url).await.unwrap(), Store::open(url).await.unwrap());
        tokio::join!(write_units(&one, "a", 30), write_units(&two, "b", 30), write_units(&world.store, "c", 30));
        assert_whole(&world.store, 6, 90).await;
        // What one wrote the others read at once.
        add_unit(&one, "011-x", "xã Mới", "xã", None).await;
        assert_eq!(two.units_by_code("011-x").await.unwrap().len(), 1);
        one.close().await;
        two.close().await;
    });
}

const WRITE_AS: &str = "STORE_TEST_WRITE_AS";

/// Starts this test as a second process, which writes to the ledger.
fn second_process(test: &str, url: &str, prefix: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env(WRITE_AS, format!("{prefix} {url}"))
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// What the second process does; true where this is one.
fn is_second_process(count: usize) -> bool {
    let Ok(order) = std::env::var(WRITE_AS) else { return false };
    let (prefix, url) = order.split_once(' ').unwrap();
    runtime().block_on(async {
        let store = Store::open(url).await.unwrap();
        write_units(&store, prefix, count).await;
        store.close().await;
    });
    true
}

#[test]
fn two_processes_write_to_one_ledger() {
    if is_second_process(40) {
        return;
    }
    on_both(async |world| {
        let mut second = second_process("concurrency::two_processes_write_to_one_ledger", &world.place.url, "ngoài");
        write_units(&world.store, "trong", 40).await;
        assert!(second.wait().unwrap().success());
        assert_whole(&world.store, 6, 80).await;
    });
}

#[test]
fn a_killed_process_leaves_whole_writes_only() {
    if is_second_process(1_000_000) {
        return;
    }
    on_both(async |world| {
        let mut second = second_process("concurrency::a_killed_process_leaves_whole_writes_only", &world.place.url, "ngoài");
        let begun = Instant::now();
        while world.last_sequence().await < 16 {
            assert!(begun.elapsed() < Duration::from_secs(30), "the second process writes nothing");
            tokio::task::yield_now().await;
        }
        second.kill().unwrap();
        second.wait().unwrap();
        // The next write does not wait for the dead.
        add_unit(&world.store, "sau", "xã Sau", "xã", None).await;
        assert_sound(&world.store).await;
    });
}

fn somebody(write: &mut store::ledger::Write) -> Person {
    Person { id: write.new_id(), name: "Lý A Sung".to_owned(), folded: "ly a sung".to_owned(), sort_key: "s".to_owned(), code: None }
}

#[test]
fn a_write_dropped_in_the_middle_leaves_nothing() {
    on_both(async |world| {
        let head = world.store.journal_head().await.unwrap();
        let mut write = world.store.write(&world.may_decide(), BEGINNING).await.unwrap();
        let person = somebody(&mut write);
        write.insert(&person).await.unwrap();
        drop(write);
        assert_eq!(world.store.journal_head().await.unwrap(), head);
        assert_eq!(world.store.people().await.unwrap(), []);
        // Its id is given again: ids have no gaps from what was dropped.
        let mut write = world.store.write(&world.may_decide(), BEGINNING).await.unwrap();
        assert_eq!(somebody(&mut write).id, person.id);
    });
}

/// Drops the work once it has waited so many times; whether it was still under way.
pub async fn broken_off_after(waits: usize, work: impl Future) -> bool {
    let (mut work, mut left) = (std::pin::pin!(work), waits);
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(true);
        }
        left -= 1;
        work.as_mut().poll(context).map(|_| false)
    })
    .await
}

#[test]
fn a_request_that_is_broken_off_anywhere_leaves_nothing_half() {
    on_both(async |world| {
        let mut broken_off = 0;
        for waits in 1..50 {
            let new = area(&format!("t{waits}"), "xã Dở", "xã", Some(world.district.id));
            let may = operator::may_keep_units();
            broken_off += i32::from(broken_off_after(waits, world.store.add_unit(&may, BEGINNING, new)).await);
        }
        assert!(broken_off > 0);
        assert_sound(&world.store).await;
        add_unit(&world.store, "sau", "xã Sau", "xã", None).await;
    });
}

#[test]
fn a_beginning_that_is_broken_off_anywhere_leaves_no_transaction_open() {
    tell(Place::postgres(), async |world| {
        let open = "SELECT CAST(count(*) AS TEXT) FROM pg_stat_activity \
                    WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
        let may = world.may_decide();
        for waits in (1..12).cycle().take(55) {
            broken_off_after(waits, world.store.write(&may, BEGINNING)).await;
            broken_off_after(waits, world.store.load_snapshot()).await;
            let begun = Instant::now();
            while world.place.peek(open).await != [["0"]] {
                assert!(begun.elapsed() < Duration::from_secs(5), "broken off after {waits} waits, a connection stays in a transaction");
            }
            // What is next on any of these connections finds them as new.
            world.store.load_snapshot().await.unwrap();
            world.store.write(&may, BEGINNING).await.unwrap();
        }
    });
}

#[test]
fn readers_do_not_wait_for_a_writer_and_see_nothing_of_it() {
    on_both(async |world| {
        let mut write = world.store.write(&world.may_decide(), BEGINNING).await.unwrap();
        let person = somebody(&mut write);
        write.insert(&person).await.unwrap();
        assert_eq!(world.store.people().await.unwrap(), []);
        write.commit("person.add", "person").await.unwrap();
        assert_eq!(world.store.people().await.unwrap(), [person]);
    });
}

#[test]
fn a_writer_does_not_wait_for_ever() {
    runtime().block_on(async {
        let worlds = [World::build(Place::sqlite()).await, World::build(Place::postgres()).await];
        let busy = async |world: &World| {
            let held = world.store.write(&world.may_decide(), BEGINNING).await.unwrap();
            let other = Store::open(&world.place.url).await.unwrap();
            // Of the same process and of another.
            let may = world.may_decide();
            let (same, another) = tokio::join!(world.store.write(&may, BEGINNING), other.write(&may, BEGINNING));
            for refused in [same.err(), another.err()] {
                assert!(matches!(refused, Some(StoreError::Busy(_))), "{refused:?}");
            }
            drop(held);
            add_unit(&other, "sau", "xã Sau", "xã", None).await;
            assert_sound(&world.store).await;
        };
        tokio::join!(busy(&worlds[0]), busy(&worlds[1]));
    });
}

#[test]
fn of_two_who_do_the_same_at_once_one_is_told() {
    on_both(async |world| {
        let may = operator::may_keep_accounts();
        let role = (Role::Viewer, world.district.id);
        let add = || world.store.add_account(&may, BEGINNING, "cung.ten", HASH.to_owned(), None, role);
        let (one, two) = tokio::join!(add(), add());
        let refused = if one.is_ok() { problem(two) } else { problem(one) };
        assert_eq!(refused, Problem::Taken { field: "name", value: "cung.ten".to_owned() });

        let reading = world.hand_in(khe_tra()).await;
        let draft = world.store.drafts(reading).await.unwrap().remove(0);
        let may = world.may_decide();
        let decide = |decision| world.store.decide_draft(&may, BEGINNING, draft.id, decision);
        let (one, two) = tokio::join!(decide(Decision::Accept), decide(Decision::Drop));
        let refused = if one.is_ok() { problem(two) } else { problem(one) };
        assert_eq!(refused, Problem::Stale { by: "van.thu".to_owned() });

        world.accept_all(reading).await;
        let (one, two) = tokio::join!(world.try_settle(reading), world.try_settle(reading));
        let refused = if one.is_ok() { problem(two) } else { problem(one) };
        assert!([Problem::WrongState { state: "settled" }, stale()].contains(&refused), "{refused:?}");
    });
}

#[test]
fn a_double_click_hands_in_once() {
    on_both(async |world| {
        let may = world.may_hand_in();
        let click = || {
            let hand_in = HandIn { reading: note("Báo cáo"), file_name: None, form_key: "form".to_owned(), unit: None };
            world.store.hand_in(&may, BEGINNING, hand_in)
        };
        let (one, two) = tokio::join!(click(), click());
        let ids = [one.unwrap(), two.unwrap()].map(|handed_in| match handed_in {
            HandedIn::New(id) => (true, id),
            HandedIn::Known(id) => (false, id),
        });
        assert_eq!(ids[0].1, ids[1].1);
        assert_ne!(ids[0].0, ids[1].0);
    });
}
