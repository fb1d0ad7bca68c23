//! Finds the people of a paper with their positions and roles.

use domain::reading::PersonDraft;

use crate::layout::Layout;

/// Finds the people of a paper with their positions and roles, in the order of the text.
pub fn find_people(_text: &str, _layout: &Layout) -> Vec<PersonDraft> {
    Vec::new()
}
