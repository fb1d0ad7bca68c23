//! Finds assessments and commitments in the chair's conclusion.

use domain::reading::{BodyDraft, ConclusionDraft, PersonDraft, TaskDraft};

use crate::layout::Layout;

/// Finds assessments and commitments in the chair's conclusion, in the order of the text.
pub fn find_conclusions(
    _text: &str,
    _layout: &Layout,
    _people: &[PersonDraft],
    _bodies: &[BodyDraft],
    _tasks: &[TaskDraft],
) -> Vec<ConclusionDraft> {
    Vec::new()
}
