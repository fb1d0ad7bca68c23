//! Finds organisations and standing collectives.

use domain::reading::{BodyDraft, PersonDraft};

use crate::layout::Layout;

/// Finds organisations and standing collectives, in the order of the text.
pub fn find_bodies(_text: &str, _layout: &Layout, _people: &[PersonDraft]) -> Vec<BodyDraft> {
    Vec::new()
}
