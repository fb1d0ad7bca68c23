//! Groups of targets: the named, numbered parts of a resolution that a scoreboard counts.

use crate::id::Id;
use crate::resolution::Resolution;

/// *Nhóm mục tiêu*: a weighted set of indicators under one resolution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id; groups stand in the order of their ids.
    pub id: Id<Group>,
    /// The resolution; one that the ledger does not know has the default rules.
    pub resolution: Option<Id<Resolution>>,
    /// The resolution's code as given, also where the ledger does not know it.
    pub resolution_code: String,
    /// Unique in the ledger.
    pub code: String,
    /// As the resolution words it.
    pub name: String,
    /// Its weight among the groups, 0 or more.
    pub weight: i64,
}
