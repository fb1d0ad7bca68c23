//! One world in both programs, and what each says about it in the same words.

use std::panic::{AssertUnwindSafe, catch_unwind};

use scoreboard::board::{Board, TargetScore};
use scoreboard::exact::Exact;
use scoreboard::ledger::Ledger;

use crate::engine;
use crate::twin::{self, Files, Line, Question, World};

/// A world and its ledger.
#[derive(Debug)]
pub struct Pair {
    pub world: World,
    pub ledger: Ledger,
}

impl Pair {
    /// Builds both from the same texts; an unsound row is an error.
    pub fn new(files: &Files) -> Result<Pair, String> {
        let world = World::read(files)?;
        let ledger = engine::ledger(&world);
        Ok(Pair { world, ledger })
    }

    /// Where the two disagree.
    pub fn difference(&self, question: &Question) -> Option<String> {
        difference(&twin_says(&self.world, question), &self.engine_says(question, None))
    }

    /// Rows, then targets, of every unit that the engine has on the board. A panic is an answer too, and never the right one.
    pub fn engine_says(&self, question: &Question, horizon: Option<i64>) -> Vec<String> {
        let boards = catch_unwind(AssertUnwindSafe(|| self.ledger.boards(&engine::question(question, horizon))));
        boards.map_or_else(|_| vec!["panics".to_owned()], |boards| boards.iter().flat_map(|board| self.board(board)).collect())
    }

    fn board(&self, board: &Board) -> Vec<String> {
        let mut said = Vec::new();
        for score in &board.groups {
            let group = self.ledger.group(score.group).map_or("?", |group| &group.code);
            let band = score.band.map_or("none".to_owned(), |band| band.to_string());
            said.push(format!("unit {} {group}: {} band {band}", board.unit, points(score.achievement)));
            for score in &score.indicators {
                let indicator = self.ledger.indicator(score.indicator).map_or("?", |indicator| &indicator.code);
                let lines = score.targets.iter().enumerate();
                said.extend(
                    lines.map(|(place, target)| format!("unit {} {group} {indicator} {}", board.unit, engine_line(target, place == 0))),
                );
            }
        }
        said
    }
}

fn engine_line(target: &TargetScore, counts: bool) -> String {
    let value = target.value.as_ref().map(|value| (printed(&value.n), printed(&value.w)));
    let missing: Vec<String> = target.missing.iter().map(ToString::to_string).collect();
    let achievement = target.achievement.map(|achievement| achievement.basis_points);
    said_of_target(&target.target.to_string(), counts, value, achievement, &missing)
}

/// What the twin says, in the same words and the same order.
pub fn twin_says(world: &World, question: &Question) -> Vec<String> {
    let answer = twin::answer(world, question);
    let mut said = Vec::new();
    for row in &answer.rows {
        let unit = engine::unit_id(row.unit);
        said.push(format!("unit {unit} {}: {} band {}", row.group, points(row.bp), row.band));
        let is_of_row = |line: &&Line| line.unit == row.unit && group_of(world, line) == row.group;
        said.extend(
            answer.lines.iter().filter(is_of_row).map(|line| format!("unit {unit} {} {} {}", row.group, line.indicator, twin_line(line))),
        );
    }
    said
}

fn group_of<'a>(world: &'a World, line: &Line) -> &'a str {
    world.indicators.iter().find(|indicator| indicator.code == line.indicator).map_or("?", |indicator| &indicator.group)
}

fn twin_line(line: &Line) -> String {
    let value = line.part.as_ref().map(|(n, w)| (n.to_string(), w.to_string()));
    let missing: Vec<String> = line.missing.iter().map(|&unit| engine::unit_id(unit).to_string()).collect();
    said_of_target(&engine::target_id(line.target).to_string(), line.counts, value, line.bp, &missing)
}

fn said_of_target(target: &str, counts: bool, value: Option<(String, String)>, bp: Option<i64>, missing: &[String]) -> String {
    let value = value.map_or("no value".to_owned(), |(n, w)| format!("N {n} W {w}"));
    let place = if counts { "counts" } else { "beside" };
    format!("target {target} {place}: {value} gives {}, missing {missing:?}", points(bp))
}

/// An exact number of the engine as the twin prints its own.
fn printed(number: &Exact) -> String {
    let fraction = if number.is_whole() { String::new() } else { format!("/{}", number.denominator()) };
    format!("{}{fraction}", number.numerator())
}

fn points(bp: Option<i64>) -> String {
    bp.map_or("absent".to_owned(), |bp| bp.to_string())
}

/// What only one of the two says; absent where both say the same in the same order.
pub fn difference(twin: &[String], engine: &[String]) -> Option<String> {
    if twin == engine {
        return None;
    }
    let only = |name: &str, one: &[String], other: &[String]| {
        one.iter().filter(|said| !other.contains(said)).map(|said| format!("  only the {name}: {said}\n")).collect::<String>()
    };
    Some(format!("{}{}(else the order differs)", only("twin", twin, engine), only("engine", engine, twin)))
}
