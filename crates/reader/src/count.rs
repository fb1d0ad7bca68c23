//! Finds counts of groups of targets (13/22 nhóm mục tiêu).

use domain::reading::{DocumentDraft, GroupCountDraft};

use crate::layout::Layout;

/// Finds counts of groups of targets (13/22 nhóm mục tiêu), in the order of the text.
pub fn find_group_counts(_text: &str, _layout: &Layout, _documents: &[DocumentDraft]) -> Vec<GroupCountDraft> {
    Vec::new()
}
