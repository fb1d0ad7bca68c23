//! The slow twin of the engine: the scoreboard as its definition words it, from bulk texts to printed rows.
//!
//! Every question goes over every row again, every number is a `BigRational`, nothing is kept from one question to the
//! next. It shares no line and no type with the engine, so what both say is what the definition says.
//! `read` makes a `World` of the texts, `answer` computes a board; between them stand `world` (who bears a code on a day),
//! `tree`, `goal` (which target counts), `value` (own parts), `carry` and `series` (reorganisations), `score`.

mod answer;
mod carry;
mod files;
mod goal;
mod period;
mod read;
mod score;
mod series;
mod tree;
mod value;
mod world;

pub use answer::{Line, Question, Tree, answer};
pub use files::Files;
pub use period::Period;
pub use world::{AreaRule, GroupRule, Indicator, PeriodRule, Who, World};

/// An exact number.
pub type Exact = num_rational::BigRational;

/// A whole number as an exact one.
pub fn whole(number: i64) -> Exact {
    Exact::from_integer(number.into())
}
