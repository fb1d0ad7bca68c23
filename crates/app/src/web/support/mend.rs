//! What must be mended in a form that is shown again: the sentence at its head, and the field that it belongs to.

use domain::problem::Problem;

use crate::lang::{Lang, Said};

/// The state of one form of a page; empty for a form that was not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mend {
    /// What happened and what to do.
    pub said: Option<Said>,
    field: Option<&'static str>,
}

impl Mend {
    /// The problem in words.
    pub fn of(lang: Lang, problem: &Problem) -> Self {
        Self { said: Some(lang.problem(problem)), field: problem.field() }
    }

    /// Whether the problem belongs to a field, else to the whole form.
    pub const fn has_field(&self) -> bool {
        self.field.is_some()
    }

    /// Whether the problem belongs to this field.
    pub fn is_at(&self, field: &str) -> bool {
        self.field == Some(field)
    }
}
