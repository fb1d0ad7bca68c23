//! The units that a unit is compared with: those beside it and those right below it, with their boards.

use domain::id::Id;
use domain::unit::Unit;
use scoreboard::board::Board;

use super::view::View;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kin {
    /// The areas right below the unit above, the unit among them.
    Siblings,
    /// The areas right below the unit.
    Children,
}

/// Units with one unit right above them, on the day whose units are asked for.
pub struct Family {
    /// Which they are.
    pub kin: Kin,
    /// The unit above them.
    pub above: Id<Unit>,
    /// Their boards, in the order of their ids; one without groups is empty.
    pub boards: Vec<Board>,
}

impl Family {
    /// The unit's siblings; absent where no unit is above it, as for a province.
    pub fn siblings(view: &View) -> Option<Self> {
        let above = view.ledger.parent(view.unit.id, view.units_on())?;
        Self::below(view, Kin::Siblings, above)
    }

    /// The areas right below the unit; absent where there are none, as for a commune.
    pub fn children(view: &View) -> Option<Self> {
        Self::below(view, Kin::Children, view.unit.id)
    }

    fn below(view: &View, kin: Kin, above: Id<Unit>) -> Option<Self> {
        let units = view.ledger.children(above, view.units_on());
        let boards: Vec<Board> = units.iter().map(|unit| view.ledger.board(*unit, &view.asked.question)).collect();
        (!boards.is_empty()).then_some(Self { kin, above, boards })
    }

    /// Whether one of them has a board.
    pub fn has_groups(&self) -> bool {
        self.boards.iter().any(|board| !board.groups.is_empty())
    }
}
