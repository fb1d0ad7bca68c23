//! Scoreboards: what is computed from numbers, and beside it what papers claim.

pub mod asked;
mod list;
mod show;
pub mod stone;

pub use list::list_scoreboards;
pub use show::show_scoreboard;
