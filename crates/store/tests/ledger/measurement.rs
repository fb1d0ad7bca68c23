//! Numbers: entered, corrected, withdrawn and entered again, by two people at once, and a whole sheet of them.

use domain::id::Id;
use domain::indicator::{AreaRule, Direction, Indicator, PeriodRule};
use domain::measurement::Measurement;
use domain::permission::{self, MayKeepMeasurements, UnitPath, operator};
use domain::problem::Problem;
use store::StoreError;
use store::measurement::{Entered, NewMeasurement, SOURCE_CHARACTERS_MAX, Seen};

use crate::world::{BEGINNING, World, day, on_both, problem};

/// A sum and a ratio, both counted in tenths.
pub async fn indicators(world: &World) -> [Indicator; 2] {
    let mut write = world.store.write(&operator::may_load(), BEGINNING).await.unwrap();
    let mut add = |code: &str, area_rule| Indicator {
        id: write.new_id(),
        code: code.to_owned(),
        name: code.to_owned(),
        unit_of_measure: "%".to_owned(),
        decimals: 1,
        direction: Direction::Up,
        area_rule,
        period_rule: PeriodRule::Last,
        group: None,
        weight: 1,
        folded: String::new(),
    };
    let indicators = [add("KT01", AreaRule::Sum), add("KT02", AreaRule::Ratio)];
    for indicator in &indicators {
        write.insert(indicator).await.unwrap();
    }
    write.commit("load.add", "load").await.unwrap();
    indicators
}

pub fn may(world: &World) -> MayKeepMeasurements {
    permission::may_keep_measurements(&world.reporter, &UnitPath(vec![world.district.id, world.province.id])).unwrap()
}

pub fn new(world: &World, indicator: &Indicator, value: Option<i64>) -> NewMeasurement {
    NewMeasurement {
        unit: world.district.id,
        indicator: indicator.id,
        period: "2024-04".parse().unwrap(),
        known_on: day(2024, 5, 20),
        value,
        weight: None,
        source: None,
        claim: None,
        passage: None,
        reason: None,
    }
}

fn because(reason: &str, new: NewMeasurement) -> NewMeasurement {
    NewMeasurement { reason: Some(reason.to_owned()), ..new }
}

/// What somebody sees who looks now, at the row that stands.
pub async fn seen(world: &World, row: Option<&Measurement>) -> Seen {
    let (horizon, _) = world.store.scoreboard_rows(i64::MAX, &mut |_| {}).await.unwrap();
    Seen { horizon: horizon.id, row: row.map(|row| row.id) }
}

async fn enter(world: &World, new: NewMeasurement, seen: Seen) -> Result<Measurement, StoreError> {
    world.store.enter_measurement(&may(world), world.now(), new, seen).await
}

#[test]
fn a_number_is_entered_corrected_withdrawn_and_comes_back_each_as_a_row() {
    on_both(async |world| {
        let [sum, _] = indicators(world).await;
        let first = enter(world, new(world, &sum, Some(105)), seen(world, None).await).await.unwrap();
        assert_eq!((first.entered_by.as_deref(), first.load, first.reason.as_deref()), (Some("khe.tra"), None, None));
        let second = enter(world, because("Đếm lại", new(world, &sum, Some(0))), seen(world, Some(&first)).await).await.unwrap();
        let third = enter(world, because("Nhầm huyện", new(world, &sum, None)), seen(world, Some(&second)).await).await.unwrap();
        let fourth = enter(world, because("Đúng huyện", new(world, &sum, Some(105))), seen(world, Some(&third)).await).await.unwrap();
        let mut values = Vec::new();
        world.store.scoreboard_rows(0, &mut |arrival| values.push((arrival.id, arrival.value))).await.unwrap();
        // Nought is a value; what was withdrawn has none.
        assert_eq!(values, [(first.id, Some(105)), (second.id, Some(0)), (third.id, None), (fourth.id, Some(105))]);
        let actions: Vec<String> = world.store.journal_entries(None, 4).await.unwrap().into_iter().map(|entry| entry.action).collect();
        assert_eq!(actions, ["measurement.correct", "measurement.withdraw", "measurement.correct", "measurement.enter"]);
        assert_eq!(world.store.get(third.id).await.unwrap(), third);
        let found = world.store.measurements_by_ids(&[third.id, first.id, third.id]).await.unwrap();
        assert_eq!(found, [first, third], "each once, in the order of arrival");
    });
}

#[test]
fn what_replaces_a_number_says_why_and_changes_it() {
    on_both(async |world| {
        let [sum, _] = indicators(world).await;
        let first = enter(world, new(world, &sum, Some(105)), seen(world, None).await).await.unwrap();
        let seen = seen(world, Some(&first)).await;
        for value in [Some(106), None] {
            assert_eq!(problem(enter(world, new(world, &sum, value), seen).await), Problem::Missing { field: "reason" });
        }
        let same = enter(world, because("Như cũ", new(world, &sum, Some(105))), seen).await;
        assert_eq!(problem(same), Problem::Unchanged { field: "value" });
        let elsewhere = NewMeasurement { period: "2024-03".parse().unwrap(), ..new(world, &sum, None) };
        let nothing = enter(world, because("Không có", elsewhere), Seen { row: None, ..seen }).await;
        assert_eq!(problem(nothing), Problem::NothingToWithdraw);
    });
}

#[test]
fn who_came_second_is_told_who_was_first() {
    on_both(async |world| {
        let [sum, _] = indicators(world).await;
        let before = seen(world, None).await;
        enter(world, new(world, &sum, Some(105)), before).await.unwrap();
        let late = problem(enter(world, new(world, &sum, Some(99)), before).await);
        assert_eq!(late, Problem::Stale { by: "khe.tra".to_owned() });
        // Another period is another number.
        let march = NewMeasurement { period: "2024-03".parse().unwrap(), ..new(world, &sum, Some(99)) };
        enter(world, march, before).await.unwrap();
    });
}

#[test]
fn a_ratio_has_its_whole_and_a_withdrawal_none() {
    on_both(async |world| {
        let [_, ratio] = indicators(world).await;
        let weighted = |value, weight| NewMeasurement { weight, ..new(world, &ratio, value) };
        let empty = seen(world, None).await;
        assert_eq!(problem(enter(world, weighted(Some(5), None), empty).await), Problem::Missing { field: "weight" });
        let zero = problem(enter(world, weighted(Some(5), Some(0)), empty).await);
        assert_eq!(zero, Problem::NotAllowed { field: "weight", value: "0".to_owned() });
        let first = enter(world, weighted(Some(5), Some(10)), empty).await.unwrap();
        let gone = enter(world, because("Nhầm", weighted(None, Some(10))), seen(world, Some(&first)).await).await.unwrap();
        assert_eq!((gone.value, gone.weight), (None, None));
    });
}

#[test]
fn numbers_are_of_what_is_there_and_of_days_that_have_come() {
    on_both(async |world| {
        let [sum, _] = indicators(world).await;
        let seen = seen(world, None).await;
        let tomorrow = NewMeasurement { known_on: day(2024, 5, 21), ..new(world, &sum, Some(1)) };
        let refused = problem(enter(world, tomorrow, seen).await);
        assert_eq!(refused, Problem::NotAllowed { field: "known_on", value: "2024-05-21".to_owned() });
        let period = "2024-06".parse().unwrap();
        let ahead = NewMeasurement { period, ..new(world, &sum, Some(1)) };
        assert_eq!(problem(enter(world, ahead, seen).await), Problem::PeriodAhead { period });
        let nowhere = NewMeasurement { unit: Id::new(9999), ..new(world, &sum, Some(1)) };
        assert_eq!(problem(enter(world, nowhere, seen).await), Problem::NotFound);
        let nothing = NewMeasurement { indicator: Id::new(9999), ..new(world, &sum, Some(1)) };
        assert_eq!(problem(enter(world, nothing, seen).await), Problem::NotFound);
        let unsaid = NewMeasurement { passage: Some(Id::new(9999)), ..new(world, &sum, Some(1)) };
        assert_eq!(problem(enter(world, unsaid, seen).await), Problem::NotFound);
        let long = NewMeasurement { source: Some("a".repeat(SOURCE_CHARACTERS_MAX + 1)), ..new(world, &sum, Some(1)) };
        let refused = problem(enter(world, long, seen).await);
        assert_eq!(refused, Problem::TooLong { field: "source", characters_max: SOURCE_CHARACTERS_MAX });
    });
}

#[test]
fn a_sheet_is_entered_whole_in_one_entry_or_not_at_all() {
    on_both(async |world| {
        let [sum, ratio] = indicators(world).await;
        let (before, seen) = (world.last_sequence().await, seen(world, None).await);
        let weighted = NewMeasurement { weight: Some(20), ..new(world, &ratio, Some(7)) };
        let sheet = |second: NewMeasurement| vec![(new(world, &sum, Some(0)), seen), (second, seen)];
        let enter = async |sheet| world.store.enter_measurements(&may(world), world.now(), world.district.id, sheet).await.unwrap();
        let unweighted = NewMeasurement { weight: None, ..weighted.clone() };
        assert_eq!(enter(sheet(unweighted)).await, Entered::Refused(vec![(1, Problem::Missing { field: "weight" })]));
        assert_eq!(world.last_sequence().await, before);
        let Entered::Kept(kept) = enter(sheet(weighted)).await else { panic!("refused") };
        assert_eq!(kept.iter().map(|row| (row.value, row.weight)).collect::<Vec<_>>(), [(Some(0), None), (Some(7), Some(20))]);
        assert_eq!(world.last_sequence().await, before + 1);
    });
}
