//! The reader: text of one paper in, drafts tied to their sentences out. Pure, never fails, linear time.
//! It is not a parser of formats (that is `paper`) and never writes (that is `store`).

mod about;
mod act;
mod body;
mod conclusion;
mod context;
mod count;
mod date;
mod document;
mod figure;
mod grammar;
mod layout;
mod lexicon;
mod meeting;
mod note;
mod person;
mod proposal;
mod section;
mod statement;
mod task;
mod text;
mod token;
mod words;

use domain::reading::Reading;
use jiff::civil::Date;

pub use layout::{Block, BlockKind};

/// The blocks of a text that [`read`] gave back: what a page needs to print a paper with its headings and photos in place,
/// and without what the site put around it.
pub fn blocks(text: &str) -> Vec<Block> {
    layout::lay_out(text, None).blocks
}

/// Reads one paper. `published_on` is its day where the caller knows it, to complete dates without a year.
pub fn read(text: &str, published_on: Option<Date>) -> Reading {
    let text = text::normalise(text);
    let layout = layout::lay_out(&text, published_on);
    let mut known = grammar::Known::of(&text, &layout);
    let people = person::find_people(&text, &layout, &mut known);
    let bodies = body::find_bodies(&text, &layout, &known);
    let documents = document::find_documents(&text, &layout, &known);
    let figures = figure::find_figures(&text, &layout);
    let group_counts = count::find_group_counts(&text, &layout, &documents);
    let held_on = meeting::find_meeting_day(&text, &layout);
    let acts = act::find_acts(&text, &layout, &people, &bodies);
    let proposals = proposal::proposals(&text, &acts);
    let tasks = task::tasks(&text, &acts, &people, layout.published_on.or(held_on));
    let statements = statement::statements(&text, &acts, &people, &bodies);
    let conclusions = conclusion::conclusions(&text, &acts);
    let notes = note::find_notes(&text, &layout, &figures, &group_counts, &documents);
    let (sections, photos) = section::gather(&text, &layout);
    Reading {
        kind: layout.kind,
        held_on,
        about: about::find_about(&text, &layout, &known),
        headline: layout.headline,
        source: layout.source,
        byline: layout.byline,
        published_on: layout.published_on,
        sections,
        photos,
        people,
        bodies,
        documents,
        figures,
        group_counts,
        statements,
        conclusions,
        proposals,
        tasks,
        notes,
        text,
    }
}
