//! A person: positions over time, sessions attended, statements, as papers tell.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::code::Coded;
use domain::id::Id;
use domain::person::{Person, Position};
use domain::problem::Problem;

use super::page::capitalised;
use super::photo::{PhotoBox, boxes_of};
use super::source::{Papers, Source, audience};
use super::{App, Fault, Page, render};
use crate::lang::Lang;

struct PositionRow {
    title: String,
    unit: String,
    /// The unit's page; empty where it does not resolve.
    unit_href: String,
    held: String,
    /// The sentence that attests it; empty for what the operator entered.
    href: String,
}

struct SessionRow {
    title: String,
    href: String,
    role: &'static str,
    day: String,
    positions: String,
}

struct StatementRow {
    quote: String,
    kind: &'static str,
    source: Source,
}

#[derive(Template)]
#[template(path = "person/show.html")]
struct PersonPage {
    page: Page,
    positions: Vec<PositionRow>,
    sessions: Vec<SessionRow>,
    statements: Vec<StatementRow>,
    photos: Vec<PhotoBox>,
}

/// `GET /people/{id}`
pub async fn show_person(page: Page, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Fault> {
    let (lang, audience) = (page.lang, audience(&page));
    let person: Person = app.store().get(Id::new(id)).await?;
    let positions = positions(&app, &page, &person).await?;
    let sessions = app.store().sessions_of_person(person.id, audience).await?;
    let sessions: Vec<SessionRow> = sessions
        .into_iter()
        .map(|(attendance, session)| SessionRow {
            title: capitalised(&session.title),
            href: page.href(&format!("/sessions/{}", session.id)),
            role: lang.word("role", attendance.role.code()).unwrap_or_default(),
            day: lang.day_or_unknown(session.held_on),
            positions: attendance.positions,
        })
        .collect();
    let mut papers = Papers::new(&app, &page);
    let mut statements = Vec::new();
    for statement in app.store().statements_of_person(person.id, audience).await? {
        let source = papers.source(statement.document, statement.passage).await?;
        let kind = lang.word("statement_kind", statement.kind.code()).unwrap_or_default();
        statements.push(StatementRow { quote: statement.quote, kind, source });
    }
    let photos = photos(&app, &page, &person).await?;
    // Somebody whom only unpublished papers name is not on the public pages.
    if page.actor.is_none() && positions.is_empty() && sessions.is_empty() && statements.is_empty() {
        return Err(Problem::NotFound.into());
    }
    let description = lang.person_description(&person.name);
    render(&PersonPage { page: page.titled(person.name).described(description), positions, sessions, statements, photos })
}

/// Pictures in which the person speaks.
async fn photos(app: &App, page: &Page, person: &Person) -> Result<Vec<PhotoBox>, Fault> {
    let shown = app.store().photos_of_person(person.id, audience(page)).await?;
    let (mut papers, mut photos) = (Vec::new(), Vec::new());
    for photo in &shown {
        if !papers.contains(&photo.document) {
            papers.push(photo.document);
            photos.append(&mut boxes_of(app, page, photo.document).await?);
        }
    }
    photos.retain(|one| one.figure.is_some() && shown.iter().any(|photo| photo.id == one.id));
    Ok(photos)
}

async fn positions(app: &App, page: &Page, person: &Person) -> Result<Vec<PositionRow>, Fault> {
    let mut rows = Vec::new();
    for position in app.store().positions_seen(person.id, audience(page)).await? {
        let unit = match position.unit {
            Some(unit) => Some(app.store().get(unit).await?),
            None => None,
        };
        rows.push(PositionRow {
            held: held(page.lang, &position),
            href: position.passage.map_or_else(String::new, |passage| page.href(&format!("/passages/{passage}"))),
            unit_href: unit.as_ref().map_or_else(String::new, |unit| page.href(&format!("/units/{}", unit.id))),
            unit: unit.map_or_else(String::new, |unit| unit.name),
            title: position.title,
        });
    }
    Ok(rows)
}

/// The days of a position: held from and to, else the day on which a paper attests it.
pub fn held(lang: Lang, position: &Position) -> String {
    match (position.held_from, position.held_to, position.attested_on) {
        (Some(from), Some(to), _) => lang.person_from_to(lang.day(from), lang.day(to)),
        (Some(from), None, _) => lang.person_from(lang.day(from)),
        (None, Some(to), _) => lang.person_to(lang.day(to)),
        (None, None, Some(day)) => lang.person_attested(lang.day(day)),
        (None, None, None) => lang.person_undated().to_owned(),
    }
}
