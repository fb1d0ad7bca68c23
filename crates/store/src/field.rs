//! How domain types stand in columns: whole numbers or text, nothing else.

use domain::account::Role;
use domain::claim::ClaimKind;
use domain::code::Coded;
use domain::draft::{DraftKind, DraftState, ReadingState};
use domain::id::Id;
use domain::indicator::{AreaRule, Direction, PeriodRule};
use domain::measurable::MeasuredAs;
use domain::moment::Moment;
use domain::period::Period;
use domain::photo::PictureWidths;
use domain::proposal::{Answer, ProposalState};
use domain::reading::{Comparator, ConclusionKind, Confidence, FigureRole, MeetingRole, PaperKind, StatementKind};
use domain::resolution::{Bands, GroupRule};
use domain::session::MeetingKind;
use domain::task::{TaskRole, TaskState};
use domain::unit::UnitClass;
use jiff::civil::Date;

use crate::db::Value;

/// A type that stands in a column.
pub trait Field: Sized {
    /// Whether the column is TEXT (else BIGINT).
    const IS_TEXT: bool;

    /// The value to store.
    fn to_value(&self) -> Value;

    /// The value that was stored; `None` where it is not one of this type.
    fn from_value(value: Value) -> Option<Self>;

    /// The missing value of this column.
    fn missing() -> Value {
        if Self::IS_TEXT { Value::Text(None) } else { Value::Number(None) }
    }
}

impl<F: Field> Field for Option<F> {
    const IS_TEXT: bool = F::IS_TEXT;

    fn to_value(&self) -> Value {
        self.as_ref().map_or_else(F::missing, Field::to_value)
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Number(None) | Value::Text(None) => Some(None),
            value => F::from_value(value).map(Some),
        }
    }
}

impl Field for i64 {
    const IS_TEXT: bool = false;

    fn to_value(&self) -> Value {
        Value::Number(Some(*self))
    }

    fn from_value(value: Value) -> Option<Self> {
        if let Value::Number(number) = value { number } else { None }
    }
}

impl Field for String {
    const IS_TEXT: bool = true;

    fn to_value(&self) -> Value {
        Value::Text(Some(self.clone()))
    }

    fn from_value(value: Value) -> Option<Self> {
        if let Value::Text(text) = value { text } else { None }
    }
}

impl Field for bool {
    const IS_TEXT: bool = false;

    fn to_value(&self) -> Value {
        Value::Number(Some(i64::from(*self)))
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Number(Some(0)) => Some(false),
            Value::Number(Some(1)) => Some(true),
            _ => None,
        }
    }
}

impl<T> Field for Id<T> {
    const IS_TEXT: bool = false;

    fn to_value(&self) -> Value {
        Value::Number(Some(self.number()))
    }

    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value).map(Self::new)
    }
}

impl Field for Moment {
    const IS_TEXT: bool = false;

    fn to_value(&self) -> Value {
        Value::Number(Some(self.0))
    }

    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value).map(Self)
    }
}

macro_rules! printed_fields {
    ($($name:ty),+ $(,)?) => {$(
        impl Field for $name {
            const IS_TEXT: bool = true;

            fn to_value(&self) -> Value {
                Value::Text(Some(self.to_string()))
            }

            fn from_value(value: Value) -> Option<Self> {
                String::from_value(value)?.parse().ok()
            }
        }
    )+};
}

printed_fields!(Bands, Date, MeasuredAs, Period, PictureWidths);

macro_rules! coded_fields {
    ($($name:ty),+ $(,)?) => {$(
        impl Field for $name {
            const IS_TEXT: bool = true;

            fn to_value(&self) -> Value {
                Value::Text(Some(self.code().to_owned()))
            }

            fn from_value(value: Value) -> Option<Self> {
                Self::from_code(&String::from_value(value)?)
            }
        }
    )+};
}

coded_fields!(
    Answer,
    AreaRule,
    ClaimKind,
    Comparator,
    ConclusionKind,
    Confidence,
    DraftKind,
    Direction,
    DraftState,
    FigureRole,
    GroupRule,
    MeetingKind,
    MeetingRole,
    PaperKind,
    PeriodRule,
    ProposalState,
    ReadingState,
    Role,
    StatementKind,
    TaskRole,
    TaskState,
    UnitClass,
);

/// The placeholders of a query: `values![id, "open"]`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$($crate::field::Field::to_value(&$value)),*] };
}

impl Field for &str {
    const IS_TEXT: bool = true;

    fn to_value(&self) -> Value {
        Value::Text(Some((*self).to_owned()))
    }

    /// A borrowed text can be stored, never read.
    fn from_value(_: Value) -> Option<Self> {
        None
    }
}
