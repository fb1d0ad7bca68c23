//! Loads: taken whole in one write, refused when somebody wrote in between, and held to their hash by the audit.

use domain::group::Group;
use domain::id::Id;
use domain::indicator::{AreaRule, Direction, Indicator, PeriodRule};
use domain::load::Load;
use domain::measurement::Measurement;
use domain::moment::Moment;
use domain::period::Period;
use domain::permission::operator;
use domain::resolution::{Bands, GroupRule, Resolution};
use domain::target::Target;
use domain::unit::Unit;
use store::audit::Fault;
use store::load::{LoadPlan, Taken};
use store::{Store, StoreError};

use crate::world::{BEGINNING, Place, World, add_unit, day, on_both, on_both_tampered, tell};

/// More measurements than go into two statements.
const MEASUREMENTS: i64 = 1203;

/// A small load: a resolution with one group, one indicator, a target and its revision, and so many measurements.
async fn plan(store: &Store, unit: Id<Unit>, count: i64) -> (LoadPlan, Vec<Measurement>) {
    let snapshot = store.load_snapshot().await.unwrap();
    let mut ids = snapshot.next_id..;
    let mut next = || ids.next().unwrap();
    let files = r#"{"measurements.csv":{"new":1203,"sha256":"a"},"targets.csv":{"new":2,"sha256":"b"}}"#.to_owned();
    let load = Load {
        id: Id::new(next()),
        folder: "so-lieu".to_owned(),
        files,
        rows: 0,
        rows_sha256: String::new(),
        at: Moment(0),
        by: String::new(),
    };
    let resolution = Resolution {
        id: Id::new(next()),
        code: "KT".to_owned(),
        name: "Nghị quyết".to_owned(),
        symbol: None,
        issued_on: None,
        issued_by: "Đại hội".to_owned(),
        issuer: None,
        unit: Some(unit),
        valid_from: Some(day(2020, 9, 1)),
        valid_to: None,
        group_rule: GroupRule::Mean,
        bands: Bands::default(),
        from_baseline: false,
        document: None,
    };
    let resolution_code = resolution.code.clone();
    let group = Group {
        id: Id::new(next()),
        resolution: Some(resolution.id),
        resolution_code,
        code: "KT01".to_owned(),
        name: "Chăn nuôi".to_owned(),
        weight: 1,
    };
    let indicator = Indicator {
        id: Id::new(next()),
        code: "KT0101".to_owned(),
        name: "Tổng đàn".to_owned(),
        unit_of_measure: "con".to_owned(),
        decimals: 0,
        direction: Direction::Up,
        area_rule: AreaRule::Sum,
        period_rule: PeriodRule::Last,
        group: Some(group.id),
        weight: 1,
        folded: "tong dan".to_owned(),
    };
    let target = |id: i64, line: i64| Target {
        id: Id::new(id),
        unit,
        indicator: indicator.id,
        valid_from: Some(day(2020, 9, 1)),
        valid_to: Some(day(2025, 12, 31)),
        assigned_by: "Đại hội".to_owned(),
        assigner: None,
        value: Some(1000 + line),
        value_to: None,
        baseline: None,
        baseline_on: None,
        known_on: None,
        load: Some(load.id),
        line: Some(line),
    };
    let targets = vec![target(next(), 2), target(next(), 3)];
    let measurement = |number: i64, id: i64| Measurement {
        id: Id::new(id),
        unit,
        indicator: indicator.id,
        period: Period::month(2024, 1 + i8::try_from(number % 12).unwrap()).unwrap(),
        known_on: day(2024, 4, 8),
        value: Some(number).filter(|number| *number != 5),
        weight: None,
        source: Some("Biểu \"1\"\\N\tđàn".to_owned()).filter(|_| number % 2 == 0),
        load: Some(load.id),
        line: Some(number + 2),
        claim: None,
        passage: None,
        reason: None,
        entered_by: None,
        entered_at: None,
    };
    let measurements: Vec<Measurement> = (0..count).map(|number| measurement(number, next())).collect();
    let plan = LoadPlan {
        sequence: snapshot.sequence,
        load,
        units: Vec::new(),
        successions: Vec::new(),
        resolutions: vec![resolution],
        groups: vec![group],
        linked_groups: Vec::new(),
        indicators: vec![indicator],
        people: Vec::new(),
        positions: Vec::new(),
        targets,
        next_id: next(),
    };
    (plan, measurements)
}

async fn take(world: &World) -> Load {
    take_some(world, MEASUREMENTS).await
}

/// Takes the small load into a world's ledger.
pub async fn take_some(world: &World, count: i64) -> Load {
    let (plan, measurements) = plan(&world.store, world.district.id, count).await;
    let may = operator::may_load();
    match world.store.take_load(&may, world.now(), plan, &mut measurements.into_iter(), &mut |_| {}).await.unwrap() {
        Taken::Stored(load) => load,
        Taken::Moved => panic!("nobody else writes"),
    }
}

#[test]
fn a_load_is_one_entry_and_every_row_reads_back() {
    on_both(async |world| {
        let before = world.last_sequence().await;
        let (plan, measurements) = plan(&world.store, world.district.id, MEASUREMENTS).await;
        let given = measurements.clone();
        let next_id = plan.next_id;
        let mut told = Vec::new();
        let may = operator::may_load();
        world.store.take_load(&may, world.now(), plan, &mut measurements.into_iter(), &mut |rows| told.push(rows)).await.unwrap();
        assert_eq!(world.last_sequence().await, before + 1);
        assert_eq!(told.last(), Some(&(2 + given.len())));
        let mut snapshot = world.store.load_snapshot().await.unwrap();
        assert_eq!((snapshot.known.nouns.targets.len(), snapshot.next_id), (2, next_id));
        let mut read = Vec::new();
        snapshot.measurements(&mut |row, source| read.push((row, source))).await.unwrap();
        assert_eq!(read, given.into_iter().map(|row| (row.arrival(), row.source)).collect::<Vec<_>>());
    });
}

#[test]
fn both_databases_add_up_to_one_hash() {
    let mut hashes = Vec::new();
    for place in Place::both() {
        let hash = std::cell::RefCell::new(String::new());
        tell(place, async |world| *hash.borrow_mut() = take(world).await.rows_sha256);
        hashes.push(hash.into_inner());
    }
    assert_eq!(hashes[0], hashes[1]);
}

#[test]
fn a_load_that_was_checked_against_an_older_ledger_is_not_taken() {
    on_both(async |world| {
        let (plan, measurements) = plan(&world.store, world.district.id, MEASUREMENTS).await;
        add_unit(&world.store, "099", "xã Mới", "xã", None).await;
        let before = world.last_sequence().await;
        let may = operator::may_load();
        let taken = world.store.take_load(&may, world.now(), plan, &mut measurements.into_iter(), &mut |_| {}).await.unwrap();
        assert_eq!((taken, world.last_sequence().await), (Taken::Moved, before));
    });
}

#[test]
fn a_row_that_points_at_nothing_leaves_nothing() {
    on_both(async |world| {
        let (plan, mut measurements) = plan(&world.store, world.district.id, MEASUREMENTS).await;
        measurements[700].unit = Id::new(99_999);
        let before = world.last_sequence().await;
        let may = operator::may_load();
        let refused = world.store.take_load(&may, world.now(), plan, &mut measurements.into_iter(), &mut |_| {}).await;
        assert!(matches!(refused, Err(StoreError::Internal(_))), "{refused:?}");
        assert_eq!(world.last_sequence().await, before);
        assert_eq!(world.store.load_snapshot().await.unwrap().known.nouns.targets, []);
        take(world).await;
    });
}

#[test]
fn a_load_of_the_same_files_is_found_as_long_as_no_unit_with_a_code_came() {
    on_both(async |world| {
        let load = take(world).await;
        let same = |load: &Load| load.files.contains("measurements").then_some(0);
        assert_eq!(world.store.load_of(same).await.unwrap(), Some(load));
        add_unit(&world.store, "099", "xã Mới", "xã", None).await;
        assert_eq!(world.store.load_of(same).await.unwrap(), None);
    });
}

/// Tells a story in which `sql` is done to a load's rows, and the audit names `fault`, given the ids of the first target and of
/// the first measurement.
fn check(sql: impl Fn(i64, i64, i64) -> String, fault: impl Fn(i64, i64, i64) -> Fault) {
    on_both_tampered(async |world| {
        let load = take(world).await.id.number();
        let (target, measurement) = (load + 4, load + 6);
        crate::world::assert_sound(&world.store).await;
        world.place.tamper(&sql(load, target, measurement)).await;
        assert_eq!(world.fault().await, fault(load, target, measurement));
    });
}

#[test]
fn a_loaded_row_was_changed() {
    let told = |load: i64, _, _| Fault::Load { load: format!("load/{load}") };
    check(|_, _, row| format!("UPDATE measurement SET value = value + 1 WHERE id = {}", row + 700), told);
    check(|_, _, row| format!("UPDATE measurement SET source = 'Biểu khác' WHERE id = {row}"), told);
    check(|_, row, _| format!("UPDATE target SET value = 1 WHERE id = {row}"), told);
    // Two rows in each other's place.
    check(
        |_, _, row| {
            format!(
                "UPDATE measurement SET id = -1 WHERE id = {row}; UPDATE measurement SET id = {row} WHERE id = {row} + 1; \
                 UPDATE measurement SET id = {row} + 1 WHERE id = -1"
            )
        },
        told,
    );
}

#[test]
fn a_loaded_row_was_dropped() {
    let last = MEASUREMENTS - 1;
    for place in [0, 611, last] {
        check(
            |_, _, row| format!("DELETE FROM measurement WHERE id = {}", row + place),
            |_, _, row| Fault::Gone { row: format!("measurement/{}", row + place) },
        );
    }
    for place in [0, 1] {
        check(
            |_, row, _| format!("DELETE FROM target WHERE id = {}", row + place),
            |_, row, _| Fault::Gone { row: format!("target/{}", row + place) },
        );
    }
    check(|_, _, _| "DELETE FROM measurement".to_owned(), |_, _, row| Fault::Gone { row: format!("measurement/{row}") });
}

#[test]
fn a_row_was_slipped_into_a_load() {
    let copy = |id: i64, load: &str, row: i64| {
        format!(
            "INSERT INTO measurement (id, unit, indicator, period, known_on, value, load, line) \
             SELECT {id}, unit, indicator, period, known_on, 7, {load}, line FROM measurement WHERE id = {row}"
        )
    };
    let unknown = |id: i64| Fault::Unknown { row: format!("measurement/{id}") };
    check(|load, _, row| copy(90_000, &load.to_string(), row), |_, _, _| unknown(90_000));
    check(|load, _, row| copy(-3, &load.to_string(), row), |_, _, _| unknown(-3));
    // Of no load and of one that nobody took.
    check(|_, _, row| copy(90_000, "NULL", row), |_, _, _| unknown(90_000));
    check(|_, _, row| copy(90_000, "77", row), |_, _, _| unknown(90_000));
}

#[test]
fn a_row_left_its_load() {
    check(
        |_, _, row| format!("UPDATE measurement SET load = NULL WHERE id = {row}"),
        |_, _, row| Fault::Unknown { row: format!("measurement/{row}") },
    );
    check(
        |load, _, _| format!("UPDATE load SET rows = rows - 1 WHERE id = {load}"),
        |load, _, _| Fault::Row { row: format!("load/{load}") },
    );
    check(|load, _, _| format!("DELETE FROM load WHERE id = {load}"), |load, _, _| Fault::Gone { row: format!("load/{load}") });
}

#[test]
fn a_load_broken_off_anywhere_is_all_or_nothing() {
    on_both(async |world| {
        let before = world.last_sequence().await;
        for waits in [1, 3, 5, 8, 13, 21, 34] {
            // Connections of its own, which end with it, as those of a command do.
            let command = Store::open(&world.place.url).await.unwrap();
            let (plan, measurements) = plan(&command, world.district.id, MEASUREMENTS).await;
            let (may, mut rows) = (operator::may_load(), measurements.into_iter());
            let mut written = |_| {};
            let work = command.take_load(&may, BEGINNING, plan, &mut rows, &mut written);
            crate::concurrency::broken_off_after(waits, work).await;
            command.close().await;
            // Broken off in the very commit it may be there: whole, as the audit at the end looks.
            if world.last_sequence().await > before {
                break;
            }
        }
        let (_, found) = (add_unit(&world.store, "099", "xã Sau", "xã", None).await, world.store.load_of(|_| Some(1)).await.unwrap());
        if found.is_none() {
            take(world).await;
        }
        assert_eq!(world.store.load_snapshot().await.unwrap().known.nouns.targets.len(), 2);
    });
}
