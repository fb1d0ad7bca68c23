//! Finds who reports, speaks and concludes.

use domain::reading::{BodyDraft, PersonDraft, ProposalDraft, StatementDraft, TaskDraft};

use crate::layout::Layout;

/// Finds who reports, speaks and concludes, in the order of the text.
pub fn find_statements(
    _text: &str,
    _layout: &Layout,
    _people: &[PersonDraft],
    _bodies: &[BodyDraft],
    _proposals: &[ProposalDraft],
    _tasks: &[TaskDraft],
) -> Vec<StatementDraft> {
    Vec::new()
}
