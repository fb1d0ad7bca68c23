//! What is asked of a scoreboard.

use domain::period::Period;
use jiff::civil::Date;

/// Which units count, and whether numbers of ended units are carried on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tree {
    /// Only the units valid on the month's last day, with their own rows.
    AsReported,
    /// Restated to the units valid on the month's last day: the default.
    OfMonth,
    /// Restated to the units valid on another day.
    Of(Date),
}

/// The scoreboard of a month as it was known on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question {
    /// The month; of a longer period its last month counts.
    pub month: Period,
    /// Rows that became known later are not seen.
    pub known_on: Date,
    /// Rows with a greater id are not seen either: what had arrived at a moment. Absent: all.
    pub horizon: Option<i64>,
    /// Which units count.
    pub tree: Tree,
}

impl Question {
    /// The last day of the month.
    pub fn last_day(&self) -> Date {
        self.month.last_day()
    }

    /// The day R whose units are on the board.
    pub fn units_on(&self) -> Date {
        match self.tree {
            Tree::AsReported | Tree::OfMonth => self.last_day(),
            Tree::Of(day) => day,
        }
    }
}
