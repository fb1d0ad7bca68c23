//! The engine against its slow twin, on random worlds.
//!
//! `COTMOC_WORLDS=20000 cargo test -p scoreboard --test worlds` runs longer. A difference is printed with its seed and the
//! smallest world that still shows it.

mod engine;
mod explanation;
mod pair;
mod random;
mod smaller;
mod twin;

use std::collections::BTreeSet;

use pair::Pair;
use random::Case;
use twin::{Line, World};

/// Some seconds in a debug build.
const WORLDS: u64 = 1_000;

fn worlds() -> u64 {
    std::env::var("COTMOC_WORLDS").map_or(WORLDS, |number| number.parse().expect("a number of worlds"))
}

#[test]
fn boards_are_the_twins() {
    for seed in 0..worlds() {
        let Case { files, questions } = random::case(seed);
        let pair = Pair::new(&files).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{files}"));
        for question in &questions {
            if let Some(difference) = pair.difference(question) {
                let smallest = smaller::smallest(&files, |files| Pair::new(files).is_ok_and(|pair| pair.difference(question).is_some()));
                let difference = Pair::new(&smallest).ok().and_then(|pair| pair.difference(question)).unwrap_or(difference);
                panic!("seed {seed}, {question:?}\n{difference}\n{smallest}");
            }
        }
    }
}

/// Random worlds that never reach a rule would prove nothing about it.
#[test]
fn worlds_reach_every_rule() {
    let mut reached = BTreeSet::new();
    for seed in 0..400 {
        let Case { files, questions } = random::case(seed);
        let world = World::read(&files).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let lines = questions.iter().flat_map(|question| twin::answer(&world, question).lines);
        reached.extend(lines.flat_map(|line| marks(&world, &line)));
    }
    for area in ["Sum", "WeightedMean", "Ratio", "None"] {
        for period in ["Sum", "Last", "At", "Mean"] {
            let expected: &[&str] = match (area, period) {
                ("None", _) => &["a value", "a target beside"],
                // Every mean is a floor.
                ("Sum", "Mean") => &["a value", "a target beside", "something missing"],
                _ => &["a value", "a target beside", "something missing", "a fraction"],
            };
            for mark in expected {
                assert!(reached.contains(&format!("{mark} of {area} over {period}")), "{mark} of {area} over {period}");
            }
        }
    }
}

fn marks(world: &World, line: &Line) -> Vec<String> {
    let found = world.indicators.iter().find(|indicator| indicator.code == line.indicator);
    let rules = found.map_or(String::new(), |indicator| format!("{:?} over {:?}", indicator.area_rule, indicator.period_rule));
    let marks = [
        (line.part.is_some(), "a value"),
        (line.part.as_ref().is_some_and(|(n, w)| !n.is_integer() || !w.is_integer()), "a fraction"),
        (!line.missing.is_empty(), "something missing"),
        (!line.counts, "a target beside"),
    ];
    marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| format!("{mark} of {rules}")).collect()
}

/// A horizon is a ledger in which the later rows are not yet there.
#[test]
fn what_arrived_later_is_not_seen() {
    for seed in 0..worlds() / 10 {
        let Case { files, questions } = random::case(seed);
        let pair = Pair::new(&files).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        for (number, question) in questions.iter().enumerate() {
            let last = number * files.rows_of("measurements") / questions.len();
            let horizon = engine::measurement_id(last).number();
            let earlier = files
                .with_rows("measurements", |at| engine::measurement_id(at).number() <= horizon)
                .with_rows("targets", |at| engine::target_id(at).number() <= horizon);
            let world = World::read(&earlier).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
            if let Some(difference) = pair::difference(&pair::twin_says(&world, question), &pair.engine_says(question, Some(horizon))) {
                panic!("seed {seed}, {question:?}, horizon {horizon}\n{difference}\n{files}");
            }
        }
    }
}

/// Each number opens down to rows that give it when they are put together by hand, with reasons for what is missing.
#[test]
fn rows_of_an_explanation_give_the_number() {
    for seed in 0..worlds() / 10 {
        let Case { files, questions } = random::case(seed);
        let pair = Pair::new(&files).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        for question in &questions {
            if let Err(line) = explanation::check(&pair, question) {
                panic!("seed {seed}, {question:?}\n{line}\n{files}");
            }
            let asked = engine::question(question, None);
            for board in pair.ledger.boards(&asked) {
                assert_eq!(pair.ledger.board(board.unit, &asked), board, "seed {seed}: a board alone is as it is among all");
            }
        }
    }
}
