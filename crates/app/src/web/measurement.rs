//! Numbers: the sheet on which a unit's numbers are entered, and the history of each with its corrections.

mod act;
mod double;
mod enter;
mod entered;
mod history;
mod rows;
mod sheet;
mod typed;
mod words;

pub use act::{correct_measurement, withdraw_measurement};
pub use enter::enter_measurements;
pub use history::{show_history, show_measurement};
pub use sheet::show_sheet;
