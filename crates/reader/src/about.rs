//! Finds the unit that a paper is about.

use domain::reading::AboutDraft;

use crate::layout::Layout;

/// The unit visited or reported on; of two units the one that holds both.
pub fn find_about(_text: &str, _layout: &Layout) -> Option<AboutDraft> {
    None
}
