//! The list of sessions, the newest day first.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::id::Id;
use domain::session::WorkingSession;

use crate::web::source::audience;
use crate::web::support::icalendar;
use crate::web::{App, Fault, Nav, Page, render};

/// Sessions shown: an office of a province holds about two hundred a year.
const SHOWN_MAX: i64 = 500;

struct SessionRow {
    href: String,
    day: String,
    title: String,
    proposals: String,
    tasks: String,
}

#[derive(Template)]
#[template(path = "session/list.html")]
struct SessionsPage {
    page: Page,
    calendar_href: String,
    rows: Vec<SessionRow>,
}

/// `GET /sessions`
pub async fn list_sessions(State(app): State<App>, page: Page) -> Result<Response, Fault> {
    let (lang, audience) = (page.lang, audience(&page));
    let sessions = app.store().sessions(audience, SHOWN_MAX).await?;
    let tasks: HashMap<Id<WorkingSession>, i64> = app.store().task_counts_of_sessions(audience).await?.into_iter().collect();
    let proposals: HashMap<_, _> = app.store().proposal_counts_of_sessions(audience).await?.into_iter().collect();
    let mut rows = Vec::new();
    for session in &sessions {
        let count = |counts: &HashMap<Id<WorkingSession>, i64>| lang.integer(counts.get(&session.id).copied().unwrap_or(0));
        rows.push(SessionRow {
            href: page.href(&format!("/sessions/{}", session.id)),
            day: lang.day_or_unknown(session.held_on),
            title: super::title_of(&app, lang, session).await?,
            proposals: count(&proposals),
            tasks: count(&tasks),
        });
    }
    let calendar_href = page.href("/sessions.ics");
    let page = page.at(Nav::Sessions).titled(lang.nav_sessions()).described(lang.session_list_lead());
    let page = page.with_alternate(icalendar::MEDIA_TYPE, lang.session_to_calendar(), "/sessions.ics");
    render(&SessionsPage { page, calendar_href, rows })
}
