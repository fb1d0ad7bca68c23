//! The ledger in memory follows the journal: whoever asks sees everything that was committed before.

use std::sync::Arc;

use cotmoc::scoreboard::Scoreboards;
use domain::id::Id;
use domain::indicator::{AreaRule, Direction, Indicator, PeriodRule};
use domain::measurement::Measurement;
use domain::moment::Moment;
use domain::permission::operator;
use domain::unit::{Unit, UnitClass};
use jiff::civil::date;
use store::Store;
use store::unit::NewUnit;

use crate::support::{BOTH, Ledger, On};

const NOW: Moment = Moment(1_716_170_400_000);
const WRITERS: i64 = 4;
const NUMBERS_EACH: i64 = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_is_seen_by_every_request_that_begins_after_it() {
    for on in BOTH {
        let ledger = Ledger::new(on);
        let store = ledger.open().await;
        let (unit, indicator) = begin(&store).await;
        let scoreboards = Scoreboards::default();
        let mut writers = Vec::new();
        for writer in 0..WRITERS {
            let (store, scoreboards) = (store.clone(), scoreboards.clone());
            writers.push(tokio::spawn(async move {
                for number in 0..NUMBERS_EACH {
                    let added = add(&store, unit, indicator, writer * NUMBERS_EACH + number).await;
                    let seen = scoreboards.ledger(&store).await.unwrap();
                    assert!(seen.arrivals(unit, indicator).iter().any(|arrival| arrival.id == added), "{on:?}");
                }
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let whole = scoreboards.ledger(&store).await.unwrap();
        let mut values: Vec<_> = whole.arrivals(unit, indicator).iter().map(|arrival| arrival.value).collect();
        values.sort_unstable();
        assert_eq!(values, (0..WRITERS * NUMBERS_EACH).map(Some).collect::<Vec<_>>(), "{on:?}");
        store.close().await;
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_read_again_and_what_was_handed_out_stays_as_it_was() {
    let ledger = Ledger::new(On::Sqlite);
    let store = ledger.open().await;
    let (unit, indicator) = begin(&store).await;
    let scoreboards = Scoreboards::default();
    let first = scoreboards.ledger(&store).await.unwrap();
    assert!(Arc::ptr_eq(&first, &scoreboards.ledger(&store).await.unwrap()));
    let added = add(&store, unit, indicator, 7).await;
    let (second, horizon) = scoreboards.at_head(&store).await.unwrap();
    assert_eq!((first.arrivals(unit, indicator).len(), second.arrivals(unit, indicator).len()), (0, 1));
    assert_eq!(horizon.id, added.number());
    // An entry of the journal that is not about scoreboards moves the horizon only.
    store
        .add_account(&operator::may_keep_accounts(), NOW, "ha.tran", String::new(), None, (domain::account::Role::Viewer, unit))
        .await
        .unwrap();
    let (third, later) = scoreboards.at_head(&store).await.unwrap();
    assert!(Arc::ptr_eq(&second, &third) && later.sequence == horizon.sequence + 1);
    store.close().await;
}

#[tokio::test]
async fn a_new_noun_is_on_the_next_board() {
    let ledger = Ledger::new(On::Sqlite);
    let store = ledger.open().await;
    begin(&store).await;
    let scoreboards = Scoreboards::default();
    assert!(scoreboards.ledger(&store).await.unwrap().unit_at("982", date(2024, 3, 31)).is_none());
    add_area(&store, "982", "huyện Nậm Rạng").await;
    assert!(scoreboards.ledger(&store).await.unwrap().unit_at("982", date(2024, 3, 31)).is_some());
    store.close().await;
}

#[tokio::test]
async fn a_ledger_that_cannot_be_reached_is_told_and_read_when_it_is_back() {
    let ledger = Ledger::new(On::Sqlite);
    let store = ledger.open().await;
    let (unit, indicator) = begin(&store).await;
    add(&store, unit, indicator, 1).await;
    store.close().await;
    let scoreboards = Scoreboards::default();
    assert!(scoreboards.ledger(&store).await.is_err());
    let store = ledger.open().await;
    assert_eq!(scoreboards.ledger(&store).await.unwrap().arrivals(unit, indicator).len(), 1);
    store.close().await;
}

#[tokio::test]
async fn a_database_put_back_to_an_earlier_state_is_read_anew() {
    let (ledger, earlier) = (Ledger::new(On::Sqlite), Ledger::new(On::Sqlite));
    let (store, copy) = (ledger.open().await, earlier.open().await);
    let (unit, indicator) = begin(&store).await;
    assert_eq!(begin(&copy).await, (unit, indicator));
    add(&store, unit, indicator, 1).await;
    let scoreboards = Scoreboards::default();
    assert_eq!(scoreboards.ledger(&store).await.unwrap().arrivals(unit, indicator).len(), 1);
    assert_eq!(scoreboards.ledger(&copy).await.unwrap().arrivals(unit, indicator).len(), 0);
    store.close().await;
    copy.close().await;
}

/// A district and something that is measured there.
async fn begin(store: &Store) -> (Id<Unit>, Id<Indicator>) {
    let unit = add_area(store, "981", "huyện Mường Vân").await;
    let mut write = store.write(&operator::may_load(), NOW).await.unwrap();
    let indicator = Indicator {
        id: write.new_id(),
        code: "X1".to_owned(),
        name: "Sản lượng lương thực".to_owned(),
        unit_of_measure: "tấn".to_owned(),
        decimals: 0,
        direction: Direction::Up,
        area_rule: AreaRule::Sum,
        period_rule: PeriodRule::Last,
        group: None,
        weight: 1,
        folded: "san luong luong thuc".to_owned(),
    };
    write.insert(&indicator).await.unwrap();
    write.commit("indicator.add", &format!("indicator/{}", indicator.id)).await.unwrap();
    (unit, indicator.id)
}

async fn add_area(store: &Store, code: &str, name: &str) -> Id<Unit> {
    let new = NewUnit {
        code: Some(code.to_owned()),
        name: name.to_owned(),
        kind: "huyện".to_owned(),
        class: UnitClass::Area,
        parent: None,
        parent_code: None,
        valid_from: None,
        valid_to: None,
    };
    store.add_unit(&operator::may_keep_units(), NOW, new).await.unwrap().id
}

async fn add(store: &Store, unit: Id<Unit>, indicator: Id<Indicator>, value: i64) -> Id<Measurement> {
    let mut write = store.write(&operator::may_load(), NOW).await.unwrap();
    let measurement = Measurement {
        id: write.new_id(),
        unit,
        indicator,
        period: "2024-03".parse().unwrap(),
        known_on: date(2024, 4, 10),
        value: Some(value),
        weight: None,
        source: None,
        load: None,
        line: None,
        claim: None,
        passage: None,
        reason: None,
        entered_by: Some("clerk".to_owned()),
        entered_at: Some(NOW),
    };
    write.insert(&measurement).await.unwrap();
    write.commit("measurement.enter", &format!("measurement/{}", measurement.id)).await.unwrap();
    measurement.id
}
