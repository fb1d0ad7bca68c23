//! Findings in words, read from the ledger when the page is made: what is shown is what stands there now, and for who looks.

use std::collections::HashMap;

use domain::code::Coded;
use domain::document::Passage;
use domain::id::Id;
use domain::search::{SearchKind, Subject};
use search::{Piece, Snippet, marked, missing, snippet};
use store::search::{SearchBody, SearchNoun, SearchText};

use super::asked::Asked;
use crate::lang::StateWords;
use crate::search::title;
use crate::web::article::path_of;
use crate::web::source::audience;
use crate::web::{App, Fault, Page};

/// Letters of a passage: two to three lines of a list.
const SNIPPET_LETTERS: usize = 220;
/// Letters of a task or a proposal that stand as its title; the whole stands on its page.
const TITLE_LETTERS: usize = 160;
/// Letters that a browser looks for on the page that a finding leads to.
const FRAGMENT_LETTERS: usize = 60;

/// One finding.
pub struct FoundRow {
    /// What it is.
    pub kind: &'static str,
    /// What it is called, with what fits marked.
    pub title: Vec<Piece>,
    /// Its page, for papers at the passage.
    pub href: String,
    /// The best passage, marked; empty where nothing of it fits.
    pub passage: Vec<Piece>,
    /// Whether the passage's line begins before it.
    pub begins_inside: bool,
    /// Whether its line goes on.
    pub ends_inside: bool,
    /// Its day; empty where it has none.
    pub day: String,
    /// Where a task or a proposal stands.
    pub state: Option<StateWords>,
    /// Whether the public does not see it.
    pub unpublished: bool,
    /// Words of the question that it does not have.
    pub missing: String,
}

/// The findings of a page in their order. What is gone since, or no longer for who looks, is left out.
pub async fn found_rows(app: &App, page: &Page, asked: &Asked, subjects: &[Subject], is_partial: bool) -> Result<Vec<FoundRow>, Fault> {
    let audience = audience(page);
    let mut texts = read(app, subjects).await?;
    let root = app.store().root_areas().await?.into_iter().next().map(|root| root.id.number());
    let board = asked.unit.as_ref().map(|unit| unit.id.number()).or(root);
    let mut rows = Vec::new();
    for subject in subjects {
        let Some(text) = texts.remove(subject) else { continue };
        let Some(body) = text.body(audience).cloned() else { continue };
        let name = title(page.lang, &text.noun);
        let passage = snippet(&body.text, &asked.question, SNIPPET_LETTERS);
        let is_marked = passage.pieces.iter().any(|piece| piece.is_marked);
        rows.push(FoundRow {
            kind: page.lang.word("search_kind_one", subject.kind.code()).unwrap_or_default(),
            title: marked(&shortened(&name, subject.kind), &asked.question),
            href: page.href(&address(&text, &body, &passage, board)),
            day: text.day.map(|day| page.lang.day(day)).unwrap_or_default(),
            state: state(app, page, &text.noun),
            unpublished: text.public.is_none(),
            missing: if is_partial { missing(&[&name, &body.text], &asked.question).join(", ") } else { String::new() },
            begins_inside: is_marked && passage.begins_inside,
            ends_inside: is_marked && passage.ends_inside,
            passage: if is_marked { passage.pieces } else { Vec::new() },
        });
    }
    Ok(rows)
}

async fn read(app: &App, subjects: &[Subject]) -> Result<HashMap<Subject, SearchText>, Fault> {
    let mut texts = HashMap::new();
    for kind in SearchKind::ALL {
        let ids: Vec<i64> = subjects.iter().filter(|subject| subject.kind == *kind).map(|subject| subject.id).collect();
        let read = app.store().search_texts(*kind, &ids).await?;
        texts.extend(read.into_iter().map(|text| (text.subject(), text)));
    }
    Ok(texts)
}

fn state(app: &App, page: &Page, noun: &SearchNoun) -> Option<StateWords> {
    match noun {
        SearchNoun::Task(task) => Some(page.lang.task_timeliness(task, app.today())),
        SearchNoun::Proposal(proposal) => Some(page.lang.proposal_words(proposal)),
        _ => None,
    }
}

fn shortened(name: &str, kind: SearchKind) -> String {
    let is_sentence = matches!(kind, SearchKind::Task | SearchKind::Proposal);
    match name.char_indices().nth(TITLE_LETTERS) {
        Some((end, _)) if is_sentence => {
            let kept = name.get(..end).unwrap_or(name);
            format!("{} …", kept.rsplit_once(' ').map_or(kept, |(kept, _)| kept))
        }
        _ => name.to_owned(),
    }
}

/// Where a finding leads, without the language.
fn address(text: &SearchText, body: &SearchBody, passage: &Snippet, board: Option<i64>) -> String {
    match &text.noun {
        SearchNoun::Article(article) => path_of(article),
        SearchNoun::Document(document) => format!("/documents/{}{}", document.id, place(body, passage)),
        SearchNoun::Session(session, _) => format!("/sessions/{}", session.id),
        SearchNoun::Proposal(proposal) => format!("/proposals/{}", proposal.id),
        SearchNoun::Task(task) => format!("/tasks/{}", task.id),
        SearchNoun::Person(person) => format!("/people/{}", person.id),
        SearchNoun::Unit(unit) => format!("/units/{}", unit.id),
        SearchNoun::Indicator(indicator) => {
            board.map_or_else(|| "/scoreboards".to_owned(), |unit| format!("/scoreboards/{unit}/indicators/{}", indicator.id))
        }
    }
}

/// The anchor of the passage that fits; where none has an address, the words themselves, which browsers find on the page.
fn place(body: &SearchBody, passage: &Snippet) -> String {
    let Some(first) = &passage.first else { return String::new() };
    let touching = |start: usize, end: usize| {
        let touches = body.passages.iter().filter(|(span, _)| span.start < end && start < span.end);
        touches.min_by_key(|(span, id)| (span.end - span.start, *id)).map(|(_, id)| *id)
    };
    let anchor = |id: Id<Passage>| format!("#doan-{id}");
    let found = touching(first.start, first.end).or_else(|| touching(passage.span.start, passage.span.end));
    found.map_or_else(|| fragment(body.text.get(first.start..passage.span.end).unwrap_or_default()), anchor)
}

/// `#:~:text=…`: the first words of a passage, up to a whole word.
fn fragment(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    let kept = match line.char_indices().nth(FRAGMENT_LETTERS) {
        Some((end, _)) => line.get(..end).and_then(|kept| kept.rsplit_once(' ')).map_or(line, |(kept, _)| kept),
        None => line.trim_end(),
    };
    let encoded: String = form_urlencoded::byte_serialize(kept.as_bytes()).collect();
    format!("#:~:text={}", encoded.replace('+', "%20").replace('-', "%2D"))
}

#[cfg(test)]
mod tests {
    use domain::reading::Span;
    use search::Query;

    use super::*;

    #[test]
    fn a_paper_opens_at_its_passage_or_at_its_words() {
        let text = "Dòng đầu có lúa-ngô.\nDòng hai có 13/22 nhóm.";
        let start = text.find("13/22").unwrap_or_default();
        let body = SearchBody { text: text.to_owned(), passages: vec![(Span { start, end: start + 5 }, Id::new(7))] };
        let at = |typed: &str| place(&body, &snippet(text, &Query::parse(typed), 200));
        assert_eq!(at("13/22"), "#doan-7");
        assert_eq!(at("nhóm"), "#doan-7", "the passage of the same line");
        assert_eq!(at("lúa"), "#:~:text=l%C3%BAa%2Dng%C3%B4.");
        assert_eq!(at("không"), "");
    }

    #[test]
    fn a_long_task_is_cut_at_a_word() {
        let long = "rà soát các dự án ".repeat(20);
        let cut = shortened(&long, SearchKind::Task);
        assert!(cut.chars().count() <= TITLE_LETTERS + 2 && cut.ends_with(" …"), "{cut}");
        assert_eq!(shortened(&long, SearchKind::Article), long);
    }
}
