//! A person: positions over time, sessions attended, statements, as papers tell.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::code::Coded;
use domain::id::Id;
use domain::person::{Person, Position};
use domain::problem::Problem;

use jiff::civil::Date;

use super::{AskedDay, standing_words};
use crate::lang::{Lang, StateWords};
use crate::web::page::{capitalised, render_as};
use crate::web::photo::{PhotoBox, boxes_of};
use crate::web::source::{Papers, Source, audience};
use crate::web::support::form::Query;
use crate::web::{App, Fault, Page};

struct PositionRow {
    title: String,
    unit: String,
    /// The unit's page; empty where it does not resolve.
    unit_href: String,
    stands: StateWords,
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

/// Somebody else of the same name.
struct Namesake {
    name: String,
    href: String,
    about: String,
}

/// Something that the person gave or said, with its page.
struct Act {
    words: String,
    href: String,
    state: StateWords,
}

#[derive(Template)]
#[template(path = "person/show.html")]
struct PersonPage {
    page: Page,
    address: String,
    asked: AskedDay,
    day: String,
    positions: Vec<PositionRow>,
    namesakes: Vec<Namesake>,
    tasks: Vec<Act>,
    sessions: Vec<SessionRow>,
    statements: Vec<StatementRow>,
    photos: Vec<PhotoBox>,
}

/// `GET /people/{id}`
pub async fn show_person(page: Page, State(app): State<App>, Path(id): Path<i64>, Query(query): Query) -> Result<Response, Fault> {
    let (lang, audience) = (page.lang, audience(&page));
    let person: Person = app.store().get(Id::new(id)).await?;
    let asked = AskedDay::of(lang, &query, app.today());
    let positions = positions(&app, &page, &person, asked.day).await?;
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
    // Somebody whom only unpublished papers name is not on the public pages.
    if page.actor.is_none() && positions.is_empty() && sessions.is_empty() && statements.is_empty() {
        return Err(Problem::NotFound.into());
    }
    let photos = photos(&app, &page, &person).await?;
    let tasks = app.store().tasks_given_by(&person, audience).await?;
    let act = |task: &domain::task::Task| Act {
        words: task.text.clone(),
        href: page.href(&format!("/tasks/{}", task.id)),
        state: lang.task_timeliness(task, app.today()),
    };
    let tasks = tasks.iter().map(act).collect();
    let namesakes = namesakes(&app, &page, &person).await?;
    let address = page.href(&format!("/people/{}", person.id));
    let status = if asked.said.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let description = lang.person_description(&person.name);
    let page = page.titled(person.name).described(description);
    let day = lang.day(asked.day);
    render_as(status, &PersonPage { page, address, asked, day, positions, namesakes, tasks, sessions, statements, photos })
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

/// The others of the same name, marks and case aside, each with what tells them apart.
async fn namesakes(app: &App, page: &Page, person: &Person) -> Result<Vec<Namesake>, Fault> {
    let audience = audience(page);
    let mut others = Vec::new();
    for other in app.store().people_named(&person.name).await?.into_iter().filter(|other| other.id != person.id) {
        let positions = app.store().positions_seen(other.id, audience).await?;
        // Whom the public does not see is not named here either.
        if positions.is_empty() && page.actor.is_none() {
            continue;
        }
        let titles: Vec<String> = positions.into_iter().map(|position| position.title).collect();
        others.push(Namesake { href: page.href(&format!("/people/{}", other.id)), name: other.name, about: titles.join("; ") });
    }
    Ok(others)
}

async fn positions(app: &App, page: &Page, person: &Person, day: Date) -> Result<Vec<PositionRow>, Fault> {
    let mut rows = Vec::new();
    for position in app.store().positions_seen(person.id, audience(page)).await? {
        let unit = match position.unit {
            Some(unit) => Some(app.store().get(unit).await?),
            None => None,
        };
        rows.push(PositionRow {
            stands: standing_words(page.lang, &position, day),
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
