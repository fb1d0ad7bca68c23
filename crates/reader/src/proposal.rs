//! Finds requests upward.

use domain::reading::{BodyDraft, PersonDraft, ProposalDraft};

use crate::layout::Layout;

/// Finds requests upward, in the order of the text.
pub fn find_proposals(_text: &str, _layout: &Layout, _people: &[PersonDraft], _bodies: &[BodyDraft]) -> Vec<ProposalDraft> {
    Vec::new()
}
