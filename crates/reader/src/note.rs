//! Notes what was seen and could not be settled.

use domain::reading::{FigureDraft, GroupCountDraft, Note};

/// Two readings of a number, bands that may overlap, a year that is missing.
pub fn find_notes(_text: &str, _figures: &[FigureDraft], _counts: &[GroupCountDraft]) -> Vec<Note> {
    Vec::new()
}
