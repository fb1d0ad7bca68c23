//! One paper: what it is, what was read from it, and its text with every stretch that became data, or for the public the
//! quoted sentences alone.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::code::Coded;
use domain::document::{Document, Passage};
use domain::draft::DraftKind;
use domain::id::Id;
use domain::problem::Problem;
use store::document::span_of;

use super::acts::Acts;
use crate::web::article::path_of;
use crate::web::photo::{may_keep, path_of_photos};
use crate::web::reading::sheet::{Mark, Piece, sheet};
use crate::web::source::{may_read_whole, may_see, paper_name};
use crate::web::{App, Fault, Page, render};

/// A label with its value, which may lead somewhere.
struct Fact {
    label: &'static str,
    value: String,
    href: String,
    /// The ledger's own words, which no language of a page changes.
    as_printed: bool,
}

/// How many of something were read, and where they stand; without an address they stand on this page.
struct Count {
    words: String,
    href: String,
}

/// A sentence with the anchors of the passages in it.
struct Quote {
    words: String,
    anchors: Vec<String>,
    href: String,
}

#[derive(Template)]
#[template(path = "document/show.html")]
struct DocumentPage {
    page: Page,
    unpublished: bool,
    facts: Vec<Fact>,
    counts: Vec<Count>,
    /// The text; empty for who reads quotes only.
    lines: Vec<Vec<Piece>>,
    quotes: Vec<Quote>,
    has_text: bool,
    /// Where pictures are put beside the captions, for who may.
    photos_href: Option<String>,
}

/// `GET /documents/{id}`
pub async fn show_document(page: Page, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Fault> {
    let document: Document = app.store().get(Id::new(id)).await?;
    if !may_see(&page, &document) {
        return Err(Problem::NotFound.into());
    }
    let acts = Acts::of(&app, &document).await?;
    let text = app.store().text_of(&document).await?;
    let passages = app.store().passages_of(document.id).await?;
    let (lines, quotes) = match &text {
        Some(text) if may_read_whole(&page, &document) => (sheet(text, &marks(&acts, &passages), None), Vec::new()),
        Some(text) => (Vec::new(), quotes(&page, text, &acts, &passages)),
        None => (Vec::new(), Vec::new()),
    };
    let ready = DocumentPage {
        unpublished: document.published_at.is_none() && document.paper.is_some(),
        facts: facts(&app, &page, &document).await?,
        counts: counts(&page, &document, &acts),
        lines,
        quotes,
        has_text: text.is_some(),
        photos_href: photos_href(&app, &page, &document, &acts).await,
        page: {
            let name = paper_name(page.lang, &document);
            page.titled(name)
        },
    };
    render(&ready)
}

async fn photos_href(app: &App, page: &Page, document: &Document, acts: &Acts) -> Option<String> {
    let may = !acts.photos.is_empty() && may_keep(app, page.actor.as_ref(), document).await.is_ok();
    may.then(|| page.href(&path_of_photos(document)))
}

/// Marks carry the passage's id, so that the anchors are those of `/documents/{id}#doan-{passage}`.
fn marks(acts: &Acts, passages: &[Passage]) -> Vec<Mark> {
    let mark = |passage: &Passage| Some(Mark { span: span_of(passage), ordinal: passage.id.number(), kind: acts.kind_of(passage.id)? });
    passages.iter().filter_map(mark).collect()
}

/// The sentences that became data, in the order of the text, each once. Who was there and what a photo shows is no reason
/// to quote a sentence.
fn quotes(page: &Page, text: &str, acts: &Acts, passages: &[Passage]) -> Vec<Quote> {
    let said = |passage: &&Passage| !matches!(acts.kind_of(passage.id), None | Some(DraftKind::Person | DraftKind::Photo));
    let mut quotes: Vec<Quote> = Vec::new();
    for passage in passages.iter().filter(said) {
        let words = span_of(passage).sentence_in(text);
        let anchor = format!("doan-{}", passage.id);
        match quotes.iter_mut().find(|known| known.words.contains(words)) {
            Some(known) => known.anchors.push(anchor),
            None => {
                let href = page.href(&format!("/passages/{}", passage.id));
                quotes.push(Quote { words: words.to_owned(), anchors: vec![anchor], href });
            }
        }
    }
    quotes
}

async fn facts(app: &App, page: &Page, document: &Document) -> Result<Vec<Fact>, Fault> {
    let lang = page.lang;
    let kind = document.kind.and_then(|kind| lang.word("paper_kind", kind.code())).map(str::to_owned);
    let mut facts = Vec::new();
    let mut add = |label: &'static str, value: Option<String>, href: String, as_printed: bool| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push(Fact { label, value, href, as_printed });
        }
    };
    let is_word = kind.is_some();
    add(lang.document_kind(), kind.or_else(|| document.document_type.clone()), String::new(), !is_word);
    add(lang.document_symbol(), document.symbol.clone(), String::new(), true);
    add(lang.document_day(), Some(lang.day_or_unknown(document.issued_on)), String::new(), false);
    add(lang.document_issuer(), document.issuer.clone(), String::new(), true);
    add(lang.document_source(), document.source.clone(), String::new(), true);
    add(lang.document_author(), document.byline.clone(), String::new(), true);
    if let Some(unit) = document.unit {
        let unit = app.store().get(unit).await?;
        add(lang.document_unit(), Some(unit.name), page.href(&format!("/units/{}", unit.id)), true);
    }
    for session in app.store().sessions_of_document(document.id).await? {
        let title = format!("{}, {}", session.title, lang.day_or_unknown(session.held_on));
        add(lang.document_session(), Some(title), page.href(&format!("/sessions/{}", session.id)), false);
    }
    for article in app.store().articles_of(document.id).await? {
        if page.actor.is_some() || article.published_at.is_some() {
            add(lang.document_article(), Some(article.title.clone()), page.href(&path_of(&article)), true);
        }
    }
    Ok(facts)
}

fn counts(page: &Page, document: &Document, acts: &Acts) -> Vec<Count> {
    let lang = page.lang;
    let mut people: Vec<Id<domain::person::Person>> = acts.people.iter().map(|(_, person)| person.id).collect();
    people.sort_unstable();
    people.dedup();
    let scoreboard = document.unit.map_or_else(String::new, |unit| page.href(&format!("/scoreboards/{unit}")));
    let of_document = |path: &str| page.href(&format!("{path}?document={}", document.id));
    let all = [
        (acts.claims.len(), lang.document_claims(lang.integer(acts.claims.len())), scoreboard),
        (acts.statements.len(), lang.document_statements(lang.integer(acts.statements.len())), String::new()),
        (acts.conclusions.len(), lang.document_conclusions(lang.integer(acts.conclusions.len())), String::new()),
        (acts.proposals.len(), lang.document_proposals(lang.integer(acts.proposals.len())), of_document("/proposals")),
        (acts.tasks.len(), lang.document_tasks(lang.integer(acts.tasks.len())), of_document("/tasks")),
        (acts.photos.len(), lang.document_photos(lang.integer(acts.photos.len())), String::new()),
        (people.len(), lang.document_people(lang.integer(people.len())), String::new()),
    ];
    all.into_iter().filter(|(count, ..)| *count > 0).map(|(_, words, href)| Count { words, href }).collect()
}
