//! Scoreboards: what is computed from numbers, and beside it what papers claim.

pub mod asked;
pub mod bar;
pub mod chart;
pub mod claims;
pub mod computed;
mod course;
mod explanation;
mod family;
mod formula;
mod frozen;
pub mod group;
mod headline;
pub mod heat;
pub mod indicator;
pub mod life;
mod list;
pub mod missing;
mod opened;
mod owed;
mod part;
pub mod provenance;
pub mod ranking;
mod show;
pub mod stone;
pub mod trend;
pub mod view;

pub use explanation::explain_indicator;
pub use list::list_scoreboards;
pub use show::show_scoreboard;
