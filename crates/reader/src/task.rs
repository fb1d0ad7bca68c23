//! Finds assignments downward.

use domain::reading::{BodyDraft, PersonDraft, TaskDraft};

use crate::layout::Layout;

/// Finds assignments downward, in the order of the text.
pub fn find_tasks(_text: &str, _layout: &Layout, _people: &[PersonDraft], _bodies: &[BodyDraft]) -> Vec<TaskDraft> {
    Vec::new()
}
