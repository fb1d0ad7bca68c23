//! Units: the tree of areas, and one page of everything about a unit.

pub mod show;
pub mod tree;
