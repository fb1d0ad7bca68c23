//! What a few numbers change: the groups of the boards above them, before and after. Nothing is kept: both boards are computed
//! anew, each up to its own row of the ledger.

use domain::group::Group;
use domain::id::Id;
use domain::resolution::Resolution;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::board::Board;
use scoreboard::ledger::Ledger;
use scoreboard::question::Question;

/// More levels than any tree of units has: a circle made by hand ends here.
const LEVELS_MAX: usize = 20;

/// How the board of one unit has moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardMove {
    /// Whose board.
    pub unit: Id<Unit>,
    /// The groups whose achievement is another one now, in the order of the board. Never empty.
    pub groups: Vec<GroupMove>,
    /// One a resolution of these groups.
    pub counts: Vec<CountMove>,
}

/// A group that moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupMove {
    /// The group.
    pub group: Id<Group>,
    /// In basis points; absent where there was none.
    pub was: Option<i64>,
    /// In basis points; absent where there is none any more.
    pub is: Option<i64>,
}

/// How many groups of a resolution lie in its highest band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountMove {
    /// The resolution; absent for groups of one that the ledger does not know.
    pub resolution: Option<Id<Resolution>>,
    /// The lower threshold of the band.
    pub threshold: i64,
    /// How many there were.
    pub was: usize,
    /// How many there are.
    pub is: usize,
    /// Of how many on the board.
    pub of: usize,
}

/// A unit and every unit above it on a day, nearest first.
pub fn chain(ledger: &Ledger, unit: Id<Unit>, day: Date) -> Vec<Id<Unit>> {
    std::iter::successors(Some(unit), |unit| ledger.parent(*unit, day)).take(LEVELS_MAX).collect()
}

/// The boards of some units that moved between two questions, in the order of the units.
pub fn moves(ledger: &Ledger, units: &[Id<Unit>], before: &Question, after: &Question) -> Vec<BoardMove> {
    let moved = |unit: &Id<Unit>| board_move(ledger, &ledger.board(*unit, before), &ledger.board(*unit, after));
    units.iter().filter_map(moved).collect()
}

fn board_move(ledger: &Ledger, before: &Board, after: &Board) -> Option<BoardMove> {
    let achieved =
        |board: &Board, group: Id<Group>| board.groups.iter().find(|score| score.group == group).and_then(|score| score.achievement);
    let both = after.groups.iter().map(|score| GroupMove { group: score.group, was: achieved(before, score.group), is: score.achievement });
    let groups: Vec<GroupMove> = both.filter(|group| group.was != group.is).collect();
    let mut resolutions: Vec<Option<Id<Resolution>>> = groups.iter().map(|moved| resolution_of(ledger, moved.group)).collect();
    resolutions.sort_unstable();
    resolutions.dedup();
    let counts = resolutions.into_iter().map(|resolution| count_move(ledger, resolution, before, after)).collect();
    (!groups.is_empty()).then_some(BoardMove { unit: after.unit, groups, counts })
}

fn count_move(ledger: &Ledger, resolution: Option<Id<Resolution>>, before: &Board, after: &Board) -> CountMove {
    let bands = resolution.and_then(|id| ledger.resolution(id)).map(|resolution| resolution.bands.clone()).unwrap_or_default();
    let threshold = bands.thresholds().first().copied().unwrap_or_default();
    let of = |board: &Board| board.groups.iter().filter(|score| resolution_of(ledger, score.group) == resolution).count();
    let met = |board: &Board| {
        let groups = board.groups.iter().filter(|score| resolution_of(ledger, score.group) == resolution);
        groups.filter(|score| score.achievement.is_some_and(|achievement| achievement >= threshold)).count()
    };
    CountMove { resolution, threshold, was: met(before), is: met(after), of: of(after) }
}

fn resolution_of(ledger: &Ledger, group: Id<Group>) -> Option<Id<Resolution>> {
    ledger.group(group).and_then(|group| group.resolution)
}
