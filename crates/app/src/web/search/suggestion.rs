//! Titles that are offered while somebody types, as JSON: `[{"title": …, "kind": …, "href": …}]`. Only what has a page for who
//! looks, and each title once.

use axum::Json;
use axum::extract::State;
use domain::code::Coded;
use domain::search::{SearchKind, Subject};
use search::{Filter, Query as Question};
use serde::Serialize;

use super::{compute, viewer_of};
use crate::search::title;
use crate::web::article::path_of;
use crate::web::source::audience;
use crate::web::support::form::Query;
use crate::web::{App, Fault, Page};
use store::search::SearchNoun;

/// Most titles that are offered: what is read at a glance.
const SHOWN_MAX: usize = 8;
/// Titles looked at: several things may have the same one.
const LOOKED_AT_MAX: usize = 24;
/// Letters that must be typed: with one, nearly everything would be offered.
const LETTERS_MIN: usize = 2;

/// A title that is offered.
#[derive(Serialize)]
pub struct Suggestion {
    title: String,
    kind: &'static str,
    href: String,
}

/// `GET /search/suggestions`
pub async fn suggest_titles(page: Page, State(app): State<App>, Query(query): Query) -> Result<Json<Vec<Suggestion>>, Fault> {
    let typed = query.exact("q").trim_start();
    let question = Question::parse(typed);
    if question.is_empty() || typed.chars().filter(|c| c.is_alphanumeric()).count() < LETTERS_MIN {
        return Ok(Json(Vec::new()));
    }
    let Some(index) = app.search_index().at_head(app.store()).await? else { return Ok(Json(Vec::new())) };
    let filter = Filter::all(viewer_of(&page), LOOKED_AT_MAX);
    let subjects = compute(move || index.suggest(&question, &filter)).await?;
    let mut offered: Vec<Suggestion> = Vec::new();
    for (subject, noun) in read(&app, &page, &subjects).await? {
        let title = title(page.lang, &noun);
        if offered.len() < SHOWN_MAX && !offered.iter().any(|known| known.title == title) {
            let kind = page.lang.word("search_kind_one", subject.kind.code()).unwrap_or_default();
            offered.push(Suggestion { href: page.href(&address(&noun, &title)), kind, title });
        }
    }
    Ok(Json(offered))
}

/// The things in their order; what is gone since is left out.
async fn read(app: &App, page: &Page, subjects: &[Subject]) -> Result<Vec<(Subject, SearchNoun)>, Fault> {
    let mut found = Vec::new();
    for kind in SearchKind::ALL {
        let ids: Vec<i64> = subjects.iter().filter(|subject| subject.kind == *kind).map(|subject| subject.id).collect();
        let texts = app.store().search_texts(*kind, &ids).await?;
        found.extend(texts.into_iter().filter(|text| text.body(audience(page)).is_some()).map(|text| (text.subject(), text.noun)));
    }
    let place = |subject: &Subject| subjects.iter().position(|known| known == subject);
    found.sort_by_key(|(subject, _)| place(subject));
    Ok(found)
}

/// The page of what is offered; an indicator has one only with a unit, so its title is searched for.
fn address(noun: &SearchNoun, title: &str) -> String {
    match noun {
        SearchNoun::Article(article) => path_of(article),
        SearchNoun::Document(document) => format!("/documents/{}", document.id),
        SearchNoun::Session(session, _) => format!("/sessions/{}", session.id),
        SearchNoun::Proposal(proposal) => format!("/proposals/{}", proposal.id),
        SearchNoun::Task(task) => format!("/tasks/{}", task.id),
        SearchNoun::Person(person) => format!("/people/{}", person.id),
        SearchNoun::Unit(unit) => format!("/units/{}", unit.id),
        SearchNoun::Indicator(_) => {
            let pairs = form_urlencoded::Serializer::new(String::new()).append_pair("q", title).append_pair("kind", "indicators").finish();
            format!("/search?{pairs}")
        }
    }
}
