//! The scoreboard's way between `store` and the engine: [`follow`] keeps the engine's ledger at the head of the journal,
//! [`query`] puts a question to it, [`csv`], [`json`] and [`table`] print the answer. Nothing is computed here.

pub mod csv;
pub mod follow;
pub mod json;
pub mod moved;
pub mod query;
pub mod table;

pub use follow::Scoreboards;
pub use query::{Answer, BoardQuery, Unknown, Whose};
