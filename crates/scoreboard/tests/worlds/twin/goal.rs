//! Which targets hold for a unit on a day, and which of them counts.

use jiff::civil::Date;

use super::world::{TargetRow, Who, World};

/// A target whose span contains the day asked, in the version that is seen.
#[derive(Debug, Clone, Copy)]
pub struct Goal<'a> {
    /// The version that is seen: the row that arrived last.
    pub row: &'a TargetRow,
    /// The place of that row in the file.
    pub place: usize,
    /// When the target's first row arrived: its day, its place in the file.
    arrived: (Date, usize),
}

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    pub unit: usize,
    pub indicator: &'a str,
    /// The last day of the month asked.
    pub day: Date,
    pub known_on: Date,
    /// The issuer of the group's resolution.
    pub issuer: Option<&'a Who>,
}

/// One target of each assigner; the first one counts in the group, the others are shown beside it.
pub fn goals<'a>(world: &'a World, sought: Sought) -> Vec<Goal<'a>> {
    let standing = standing(world, sought);
    let mut assigners: Vec<&Who> = standing.iter().map(|goal| &goal.row.assigner).collect();
    assigners.sort();
    assigners.dedup();
    let mut goals: Vec<Goal> = assigners.into_iter().filter_map(|who| nearest(&standing, who)).collect();
    goals.sort_by_key(|goal| (Some(&goal.row.assigner) != sought.issuer, goal.arrived));
    goals
}

/// Every target of the unit whose span contains the day and that is not withdrawn, as seen on the day `known_on`.
fn standing<'a>(world: &'a World, sought: Sought) -> Vec<Goal<'a>> {
    let fits =
        |row: &TargetRow| row.unit == sought.unit && row.indicator == sought.indicator && row.first <= sought.day && sought.day <= row.last;
    let seen: Vec<(usize, &TargetRow)> =
        world.targets.iter().enumerate().filter(|(_, row)| fits(row) && row.known() <= sought.known_on).collect();
    let mut goals: Vec<Goal> = Vec::new();
    for (_, row) in &seen {
        let mut versions: Vec<_> = seen.iter().filter(|(_, other)| other.same_target(row)).collect();
        versions.sort_by_key(|(place, version)| (version.known(), *place));
        let (Some((first_place, first)), Some((place, last))) = (versions.first(), versions.last()) else { continue };
        if last.value.is_some() && !goals.iter().any(|goal| goal.row.same_target(row)) {
            goals.push(Goal { row: last, place: *place, arrived: (first.known(), *first_place) });
        }
    }
    goals
}

/// Of several spans of one assigner the one that starts last, then the one that ends first.
fn nearest<'a>(standing: &[Goal<'a>], who: &Who) -> Option<Goal<'a>> {
    let mut own: Vec<Goal> = standing.iter().copied().filter(|goal| goal.row.assigner == *who).collect();
    own.sort_by_key(|goal| (std::cmp::Reverse(goal.row.first), goal.row.last));
    own.first().copied()
}
