//! Units: the tree of areas, and one page of everything about a unit.

mod linked_data;
pub mod show;
pub mod tree;
