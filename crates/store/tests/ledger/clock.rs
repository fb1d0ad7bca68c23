//! A clock that is set back: the journal keeps its order and its times where they differ by little, nobody stays signed in for it,
//! and a number that could never stand is refused.

use domain::permission::operator;
use domain::problem::Problem;
use store::account::LOGIN_HOURS_MAX;
use store::ledger::CLOCK_STEP_SECONDS_MAX;
use store::measurement::NewMeasurement;

use crate::measurement::{indicators, may, new, seen};
use crate::world::{BEGINNING, area, assert_sound, day, on_both, problem};

#[test]
fn an_entry_stands_before_its_predecessor_only_by_what_is_no_mere_step_of_clocks() {
    on_both(async |world| {
        let last = world.store.journal_head().await.unwrap().at.unwrap();
        let steps = [-1, -CLOCK_STEP_SECONDS_MAX, -CLOCK_STEP_SECONDS_MAX - 1, 60, -3600 * 24 * 365 * 50];
        for (number, seconds) in steps.into_iter().enumerate() {
            let unit = area(&format!("99{number}"), "xã Thêm", "xã", None);
            world.store.add_unit(&operator::may_keep_units(), last.plus_seconds(seconds), unit).await.unwrap();
        }
        let mut entries = world.store.journal_entries(None, 5).await.unwrap();
        entries.reverse();
        let seconds: Vec<i64> = entries.iter().map(|entry| (entry.at.0 - last.0) / 1000).collect();
        assert_eq!(seconds, [0, 0, -CLOCK_STEP_SECONDS_MAX - 1, 60, -3600 * 24 * 365 * 50]);
        assert_sound(&world.store).await;
    });
}

#[test]
fn a_log_in_does_not_last_longer_for_it() {
    on_both(async |world| {
        let account = world.officer.id().unwrap();
        let began = BEGINNING.plus_seconds((LOGIN_HOURS_MAX + 1) * 3600);
        world.store.begin_login(account, "token", "form", began).await.unwrap();
        assert!(world.store.login("token", began).await.unwrap().is_some());
        assert!(world.store.login("token", began.plus_seconds(-3600)).await.unwrap().is_some(), "an hour back ends nobody's work");
        assert!(world.store.login("token", BEGINNING).await.unwrap().is_none());
    });
}

#[test]
fn a_number_that_would_stand_behind_a_later_one_is_refused() {
    on_both(async |world| {
        let [sum, _] = indicators(world).await;
        let (first, now) = (seen(world, None).await, BEGINNING.plus_seconds(3600 * 24));
        let ahead = NewMeasurement { known_on: now.day(), ..new(world, &sum, Some(105)) };
        world.store.enter_measurement(&may(world), now, ahead, first).await.unwrap();
        let back = || NewMeasurement { known_on: day(2024, 5, 20), ..new(world, &sum, Some(106)) };
        let refused = world.store.enter_measurement(&may(world), BEGINNING, back(), seen(world, None).await).await;
        assert_eq!(problem(refused), Problem::ClockBehind { known_on: now.day() });
        // Of another period nothing stands in the way.
        let other = NewMeasurement { period: "2024-03".parse().unwrap(), ..back() };
        world.store.enter_measurement(&may(world), BEGINNING, other, seen(world, None).await).await.unwrap();
        assert_sound(&world.store).await;
    });
}
