//! People: everybody by given name with the positions of a day, and one person's page.

mod list;
mod show;

pub use list::list_people;
pub use show::{held, show_person};

use domain::moment::parse_day;
use domain::person::{Position, Standing};
use domain::problem::Problem;
use jiff::civil::Date;

use super::support::form::Fields;
use crate::lang::{Lang, Said, StateWords};

/// The day that a page asks about, as it was typed.
pub struct AskedDay {
    /// The day; today where none was typed or it is no day.
    pub day: Date,
    /// What stands in the field.
    pub typed: String,
    /// What must be mended.
    pub said: Option<Said>,
}

impl AskedDay {
    /// The field `day` of an address.
    pub fn of(lang: Lang, query: &Fields, today: Date) -> Self {
        let Some(typed) = query.filled("day") else { return Self { day: today, typed: String::new(), said: None } };
        match parse_day(typed) {
            Some(day) => Self { day, typed: typed.to_owned(), said: None },
            None => {
                let problem = Problem::NoDay { field: "day", value: typed.to_owned() };
                Self { day: today, typed: typed.to_owned(), said: Some(lang.problem(&problem)) }
            }
        }
    }
}

/// How a position stands on a day, with its days.
pub fn standing_words(lang: Lang, position: &Position, day: Date) -> StateWords {
    let (class, shape, word) = match position.standing_on(day) {
        Standing::Held => ("done", "done", lang.person_held_then()),
        Standing::Unknown => ("wait", "judge", lang.person_unknown_then()),
        Standing::NotHeld => ("wait", "pause", lang.person_not_held_then()),
    };
    StateWords { class, shape, word: word.to_owned(), note: held(lang, position) }
}
