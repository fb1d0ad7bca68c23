//! Papers and their sentences: where every statement of every page opens.

pub mod acts;
pub mod list;
pub mod passage;
pub mod show;
