//! What the ledger already knows of a draft in hand: said on the card, never silently taken.

use domain::draft::{DraftContent, HeldReading};

use crate::lang::Lang;
use crate::web::{App, Fault};

/// One line under the fields.
pub(super) struct Match {
    /// `done` where one thing fits, `soon` where several do, `wait` where it will be new.
    pub(super) class: &'static str,
    /// The shape that goes with it.
    pub(super) shape: &'static str,
    /// "Khớp", "Mới": one word.
    pub(super) word: &'static str,
    /// What it fits, or what accepting does.
    pub(super) note: String,
}

/// The lines for a draft.
pub(super) async fn matches_of(app: &App, lang: Lang, held: &HeldReading, content: &DraftContent) -> Result<Vec<Match>, Fault> {
    Ok(match content {
        DraftContent::Person(person) => vec![person_match(app, lang, &person.name).await?],
        DraftContent::Body(body) => vec![unit_match(app, lang, held, &body.name).await?],
        DraftContent::Task(task) => match &task.lead {
            Some(lead) => vec![unit_match(app, lang, held, lead).await?],
            None => Vec::new(),
        },
        _ => Vec::new(),
    })
}

async fn person_match(app: &App, lang: Lang, name: &str) -> Result<Match, Fault> {
    let known = app.store().people_named(name).await?;
    Ok(match &known[..] {
        [] => new(lang, lang.draft_new_person()),
        [person] => {
            let positions = app.store().positions_of(person.id).await?;
            let titles: Vec<&str> = positions.iter().map(|position| position.title.as_str()).collect();
            fits(lang, format!("{}, {}", person.name, titles.join(", ")))
        }
        several => many(lang, lang.draft_several(lang.integer(several.len()))),
    })
}

async fn unit_match(app: &App, lang: Lang, held: &HeldReading, name: &str) -> Result<Match, Fault> {
    let day = held.held_on.or(held.published_on);
    let known: Vec<_> = app.store().units_named(name).await?.into_iter().filter(|unit| unit.exists_on(day)).collect();
    Ok(match &known[..] {
        [] => new(lang, lang.draft_new_body()),
        [unit] => fits(lang, unit.name.clone()),
        several => many(lang, lang.draft_several(lang.integer(several.len()))),
    })
}

pub(super) const fn fits(lang: Lang, note: String) -> Match {
    Match { class: "done", shape: "done", word: lang.draft_fits(), note }
}

pub(super) const fn many(lang: Lang, note: String) -> Match {
    Match { class: "soon", shape: "soon", word: lang.draft_many(), note }
}

pub(super) fn new(lang: Lang, note: &str) -> Match {
    Match { class: "wait", shape: "none", word: lang.draft_new(), note: note.to_owned() }
}
