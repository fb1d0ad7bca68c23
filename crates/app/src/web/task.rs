//! Tasks: the list with its filters and rates, one task with everything known of it, and the steps of its life.

mod form;
mod list;
mod row;
mod show;
mod step;

pub use list::{Chip, Choice, list_tasks};
pub use row::{Around, TaskRow, rows_of, sentence_case};
pub use show::{Link, show_task};
pub use step::{assign_task, report_progress, steer_task, take_back_task};
