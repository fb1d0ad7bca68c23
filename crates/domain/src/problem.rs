//! What a user can mend. An internal fault is not here: it is logged at the rim and never shown.

use jiff::civil::Date;

use crate::measurable::Unfit;
use crate::period::Period;

/// Something that the user can mend, with the values a sentence needs. The rim words it in the user's language
/// and picks the HTTP status; nothing was written when one is returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A value that must be given is missing.
    Missing {
        /// The form's field.
        field: &'static str,
    },
    /// A value is longer than its limit.
    TooLong {
        /// The form's field.
        field: &'static str,
        /// The most characters it may have.
        characters_max: usize,
    },
    /// A value is no day such as 17/4/2024.
    NoDay {
        /// The form's field.
        field: &'static str,
        /// What was typed.
        value: String,
    },
    /// A value is no month such as 3/2024.
    NoMonth {
        /// The form's field.
        field: &'static str,
        /// What was typed.
        value: String,
    },
    /// A day before the one it must follow.
    DayBefore {
        /// The form's field.
        field: &'static str,
        /// What was typed.
        value: Date,
        /// The day it may not come before.
        earliest: Date,
    },
    /// A value is no number such as 10,5.
    NoNumber {
        /// The form's field.
        field: &'static str,
        /// What was typed.
        value: String,
    },
    /// A value is no period such as 3/2024 or quý I/2024.
    NoPeriod {
        /// The form's field.
        field: &'static str,
        /// What was typed.
        value: String,
    },
    /// A figure that is no measurement of the indicator.
    Unfit {
        /// The form's field.
        field: &'static str,
        /// What does not fit.
        unfit: Unfit,
    },
    /// A number has more digits after the point than its indicator declares.
    TooManyDecimals {
        /// The form's field.
        field: &'static str,
        /// What was typed.
        value: String,
        /// The most digits after the point.
        decimals: i64,
    },
    /// A number has more digits than are kept.
    TooManyDigits {
        /// The form's field.
        field: &'static str,
        /// The most digits.
        digits_max: usize,
    },
    /// Numbers of a period that has not begun.
    PeriodAhead {
        /// The period.
        period: Period,
    },
    /// The unit did not exist in the period.
    NotInPeriod {
        /// The unit's name.
        unit: String,
        /// The period.
        period: Period,
    },
    /// The ledger has this very value already: there is nothing to write.
    Unchanged {
        /// The form's field.
        field: &'static str,
    },
    /// A number stands that was entered later than the clock says it is now: a new one would stand behind it.
    ClockBehind {
        /// The day it became known.
        known_on: Date,
    },
    /// No number stands that could be withdrawn.
    NothingToWithdraw,
    /// A number or a choice outside what is allowed.
    NotAllowed {
        /// The form's field.
        field: &'static str,
        /// What was typed.
        value: String,
    },
    /// No such thing, or not one that this person may see.
    NotFound,
    /// Signed in, but without the role for it.
    Forbidden {
        /// The role that is needed, as its code.
        role: &'static str,
        /// The unit it is needed for, where there is one.
        unit: Option<String>,
    },
    /// Somebody was there before: the page that was sent is out of date.
    Stale {
        /// Who decided.
        by: String,
    },
    /// It exists already.
    Taken {
        /// The form's field.
        field: &'static str,
        /// What was typed.
        value: String,
    },
    /// The state does not allow the step.
    WrongState {
        /// The state it is in, as its code.
        state: &'static str,
    },
    /// Drafts are still undecided.
    Undecided {
        /// How many.
        count: usize,
    },
    /// Name or password do not fit, or the account is closed: which of them is not said.
    WrongLogin,
    /// The one-time password has run out.
    ExpiredPassword,
    /// A password that is too short or too easily guessed.
    WeakPassword {
        /// The fewest characters.
        characters_min: usize,
    },
}

impl Problem {
    /// The form's field that it belongs to, where there is one.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Missing { field }
            | Self::TooLong { field, .. }
            | Self::NoDay { field, .. }
            | Self::NoMonth { field, .. }
            | Self::DayBefore { field, .. }
            | Self::NoNumber { field, .. }
            | Self::NoPeriod { field, .. }
            | Self::Unfit { field, .. }
            | Self::TooManyDecimals { field, .. }
            | Self::TooManyDigits { field, .. }
            | Self::Unchanged { field }
            | Self::NotAllowed { field, .. }
            | Self::Taken { field, .. } => Some(field),
            Self::PeriodAhead { .. } | Self::NotInPeriod { .. } => Some("period"),
            Self::WeakPassword { .. } => Some("password"),
            _ => None,
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Problem {}
