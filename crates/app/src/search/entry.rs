//! A thing of the ledger as the index takes it: its title is the one that its page has.

use search::{Entry, Viewer};
use store::search::{SearchNoun, SearchText};
use store::task::Audience;

use crate::lang::Lang;
use crate::web::page::capitalised;
use crate::web::session::title as session_title;
use crate::web::source::paper_name;

/// The same looking eye, in the index's word.
pub const fn viewer(audience: Audience) -> Viewer {
    match audience {
        Audience::Public => Viewer::Public,
        Audience::Staff => Viewer::Staff,
    }
}

/// What a thing is called.
pub fn title(lang: Lang, noun: &SearchNoun) -> String {
    match noun {
        SearchNoun::Article(article) => article.title.clone(),
        SearchNoun::Document(document) => match (&document.symbol, &document.title) {
            (Some(_), Some(title)) => format!("{}: {title}", paper_name(lang, document)),
            _ => paper_name(lang, document),
        },
        SearchNoun::Session(session, unit) => capitalised(&session_title(lang, session, unit.as_ref())),
        SearchNoun::Proposal(proposal) => proposal.text.clone(),
        SearchNoun::Task(task) => task.text.clone(),
        SearchNoun::Person(person) => person.name.clone(),
        SearchNoun::Unit(unit) => unit.name.clone(),
        SearchNoun::Indicator(indicator) => indicator.name.clone(),
    }
}

/// What the index takes of it. Titles are those of the Vietnamese pages: the ledger's words are Vietnamese.
pub fn entry(text: SearchText) -> Entry {
    Entry {
        subject: text.subject(),
        title: title(Lang::Vi, &text.noun),
        day: text.day,
        units: text.units,
        public: text.public.map(|body| body.text),
        staff: Some(text.staff.text),
    }
}
