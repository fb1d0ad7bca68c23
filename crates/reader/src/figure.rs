//! Finds numbers with their units, measures, periods and roles.

use domain::reading::FigureDraft;

use crate::layout::Layout;

/// Finds numbers with their units, measures, periods and roles, in the order of the text.
pub fn find_figures(_text: &str, _layout: &Layout) -> Vec<FigureDraft> {
    Vec::new()
}
