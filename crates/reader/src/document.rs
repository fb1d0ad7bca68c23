//! Finds the documents that a paper names.

use domain::reading::DocumentDraft;

use crate::layout::Layout;

/// Finds the documents that a paper names, in the order of the text.
pub fn find_documents(_text: &str, _layout: &Layout) -> Vec<DocumentDraft> {
    Vec::new()
}
