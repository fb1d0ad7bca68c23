//! Scoreboards: what is computed from numbers, and beside it what papers claim.

pub mod asked;
pub mod bar;
pub mod claims;
pub mod computed;
mod explanation;
mod formula;
pub mod group;
mod headline;
pub mod indicator;
pub mod life;
mod list;
mod opened;
mod part;
mod provenance;
mod show;
pub mod stone;

pub use explanation::explain_indicator;
pub use list::list_scoreboards;
pub use show::show_scoreboard;
