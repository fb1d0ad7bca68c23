//! A board: every unit of the day, every group for which it has a target.

use jiff::civil::Date;

use super::carry::{Asked, Parts};
use super::goal::{Goal, Sought, goals};
use super::value::{Part, Span, own_part};
use super::world::{AreaRule, Group, GroupRule, Indicator, World};
use super::{Exact, Period, score, whole};

/// The bands of a resolution that says nothing about them.
const BANDS: [i64; 2] = [10_000, 7_000];

/// Which tree numbers are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tree {
    /// Restated to the last day of the month.
    OfTheMonth,
    /// No restating: units of the last day of the month with their own rows.
    AsReported,
    /// Restated to another day.
    Of(Date),
}

/// What a board is asked for.
#[derive(Debug, Clone)]
pub struct Question {
    pub month: String,
    pub known_on: Date,
    pub tree: Tree,
}

/// A board with what stands behind it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub rows: Vec<Row>,
    pub lines: Vec<Line>,
}

/// A unit's place on a group's board; the unit is its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub unit: usize,
    pub group: String,
    pub bp: Option<i64>,
    pub band: String,
}

/// One target with its achievement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub unit: usize,
    pub indicator: String,
    /// The row that is seen, by its place in the file.
    pub target: usize,
    /// N and W.
    pub part: Option<(Exact, Exact)>,
    /// T as it is printed.
    pub goal: String,
    pub bp: Option<i64>,
    pub assigned_by: String,
    /// Whether it is the one of the assigners that counts in the group.
    pub counts: bool,
    /// Ended units whose numbers could not be placed.
    pub missing: Vec<usize>,
}

/// The board of a month.
pub fn answer(world: &World, question: &Question) -> Answer {
    let month = Period::read(&question.month).expect("a month");
    let restate_to = match question.tree {
        Tree::OfTheMonth => Some(month.last),
        Tree::AsReported => None,
        Tree::Of(day) => Some(day),
    };
    let mut board = Board { world, known_on: question.known_on, month, restate_to, answer: Answer::default() };
    for unit in 0..world.units.len() {
        if world.units[unit].is_valid_on(restate_to.unwrap_or(board.month.last)) {
            world.groups.iter().for_each(|group| board.group(unit, group));
        }
    }
    board.answer
}

struct Board<'a> {
    world: &'a World,
    known_on: Date,
    month: Period,
    restate_to: Option<Date>,
    answer: Answer,
}

impl<'a> Board<'a> {
    fn group(&mut self, unit: usize, group: &Group) {
        let resolution = self.world.resolutions.iter().find(|resolution| resolution.code == group.resolution);
        let mut members = Vec::new();
        let mut is_listed = false;
        for indicator in self.world.indicators.iter().filter(|indicator| indicator.group == group.code) {
            let day = self.month.last;
            let issuer = resolution.map(|resolution| &resolution.issuer);
            let found = goals(self.world, Sought { unit, indicator: &indicator.code, day, known_on: self.known_on, issuer });
            for (place, goal) in found.iter().enumerate() {
                is_listed = true;
                let bp = self.line(unit, indicator, goal, resolution.is_some_and(|resolution| resolution.from_baseline), place == 0);
                members.extend(bp.filter(|_| place == 0).map(|bp| (bp, indicator.weight)));
            }
        }
        if is_listed {
            let bp = score::group(&members, resolution.map_or(GroupRule::Mean, |resolution| resolution.rule));
            let band = score::band(bp, resolution.map_or(&BANDS[..], |resolution| &resolution.bands));
            self.answer.rows.push(Row { unit, group: group.code.clone(), bp, band });
        }
    }

    fn line(&mut self, unit: usize, indicator: &Indicator, goal: &Goal, from_baseline: bool, counts: bool) -> Option<i64> {
        let span = Span { first: goal.row.first, month: self.month.clone() };
        let (part, missing) = self.roll_up(unit, &Asked { world: self.world, indicator, span: &span, known_on: self.known_on });
        let bp = part.as_ref().and_then(|part| score::achievement(indicator, part, goal.row, from_baseline));
        self.answer.lines.push(Line {
            unit,
            indicator: indicator.code.clone(),
            target: goal.place,
            part: part.map(|part| (part.n, part.w)),
            goal: score::printed_goal(indicator, goal.row),
            bp,
            assigned_by: goal.row.assigned_by.clone(),
            counts,
            missing,
        });
        bp
    }

    /// Step 3, and what could not be placed.
    fn roll_up(&self, unit: usize, asked: &Asked) -> (Option<Part>, Vec<usize>) {
        if asked.indicator.area_rule == AreaRule::None {
            return (own_part(asked.indicator, &asked.series(unit), &self.month), Vec::new());
        }
        let members = self.world.subtree(unit, self.restate_to.unwrap_or(self.month.last));
        let Parts { parts, missing } = match self.restate_to {
            None => asked.as_reported(&members),
            Some(day) => asked.restated(&members, day),
        };
        if parts.is_empty() {
            return (None, missing);
        }
        let n = parts.iter().map(|part| part.n.clone()).sum();
        let w = if asked.indicator.area_rule == AreaRule::Sum { whole(1) } else { parts.iter().map(|part| part.w.clone()).sum() };
        ((w > whole(0)).then_some(Part { n, w }), missing)
    }
}
