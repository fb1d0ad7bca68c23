//! Sessions as a calendar that other programs subscribe to (RFC 5545). The ledger keeps a session's day and no time, so each is a
//! whole day; a session whose papers give no day cannot stand in a calendar. One that was public and is no more stays as cancelled,
//! without its words: the copies that people hold must learn of it.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::id::Id;
use domain::moment::Moment;
use domain::session::{MeetingKind, WorkingSession};
use domain::unit::Unit;
use jiff::civil::Date;
use store::session::SessionChanges;
use store::task::Audience;

use super::{standing_session, title};
use crate::web::lasting_id::LastingIds;
use crate::web::support::fetched::Fetched;
use crate::web::support::icalendar::{Calendar, MEDIA_TYPE};
use crate::web::support::origin::Origin;
use crate::web::{App, Fault, Page};

/// Sessions of a calendar: an office of a province holds about two hundred a year.
const SESSIONS_MAX: i64 = 5_000;

/// How a session stands for the public.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Public,
    Withdrawn,
}

/// What all events of a calendar need.
struct Around<'a> {
    page: &'a Page,
    origin: Origin,
    ids: LastingIds,
    changes: HashMap<Id<WorkingSession>, SessionChanges>,
    units: HashMap<Id<Unit>, Unit>,
    /// Never later than what a change could have been, for sessions whose changes are not known.
    beginning: Moment,
}

/// `GET /sessions.ics`
pub async fn show_calendar(page: Page, State(app): State<App>, parts: Parts) -> Result<Response, Fault> {
    let public = app.store().sessions(Audience::Public, SESSIONS_MAX).await?;
    let withdrawn = app.store().sessions_withdrawn(SESSIONS_MAX).await?;
    let all = public.iter().map(|session| (session, Standing::Public));
    let all: Vec<_> = all.chain(withdrawn.iter().map(|session| (session, Standing::Withdrawn))).collect();
    answer(&app, &page, &parts, &all, "cot-moc").await
}

/// `GET /sessions/{id}/calendar.ics`
pub async fn show_session_calendar(page: Page, State(app): State<App>, Path(session): Path<i64>, parts: Parts) -> Result<Response, Fault> {
    let session = standing_session(&app, &page, session).await?;
    let name = format!("cot-moc-{}", session.id);
    answer(&app, &page, &parts, &[(&session, Standing::Public)], &name).await
}

/// Whether a session has a place in a calendar.
pub fn is_in_calendar(session: &WorkingSession) -> bool {
    session.held_on.is_some() && session.kind != MeetingKind::None
}

async fn answer(
    app: &App,
    page: &Page,
    parts: &Parts,
    sessions: &[(&WorkingSession, Standing)],
    file_name: &str,
) -> Result<Response, Fault> {
    let store = app.store();
    let head = store.journal_head().await?;
    let mut units = HashMap::new();
    for unit in sessions.iter().filter_map(|(session, _)| session.unit) {
        if let std::collections::hash_map::Entry::Vacant(free) = units.entry(unit) {
            free.insert(store.get(unit).await?);
        }
    }
    let around = Around {
        page,
        origin: Origin::of_request(parts, app),
        ids: LastingIds::of(app).await?,
        changes: store.session_changes().await?.into_iter().map(|changes| (changes.session, changes)).collect(),
        units,
        beginning: Moment(0),
    };
    let mut calendar = Calendar::default();
    begin(&mut calendar, page);
    for (session, standing) in sessions.iter().filter(|(session, _)| is_in_calendar(session)) {
        if let Some(day) = session.held_on {
            event(&mut calendar, &around, session, day, *standing);
        }
    }
    calendar.line("END", "VCALENDAR");
    let body = calendar.into_text();
    let mut response = Fetched { media_type: MEDIA_TYPE, body, changed_at: head.at, origin: &around.origin }.answer(&parts.headers);
    if let Ok(name) = HeaderValue::try_from(format!("inline; filename=\"{file_name}.ics\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn begin(calendar: &mut Calendar, page: &Page) {
    let lang = page.lang;
    let place = page.place.clone().unwrap_or_else(|| lang.site_name().to_owned());
    let name = lang.session_calendar_name(place);
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", format_args!("-//Cot Moc//Cot Moc {}//{}", env!("CARGO_PKG_VERSION"), lang.code().to_uppercase()));
    calendar.line("CALSCALE", "GREGORIAN");
    calendar.line("METHOD", "PUBLISH");
    // The newer name and the one that programs know.
    calendar.text("NAME", &name);
    calendar.text("X-WR-CALNAME", &name);
    calendar.line("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
    calendar.line("X-PUBLISHED-TTL", "PT6H");
}

fn event(calendar: &mut Calendar, around: &Around<'_>, session: &WorkingSession, day: Date, standing: Standing) {
    let (page, lang) = (around.page, around.page.lang);
    let changes = around.changes.get(&session.id);
    let changed_at = changes.map_or(around.beginning, |changes| changes.last_at);
    calendar.line("BEGIN", "VEVENT");
    calendar.line("UID", around.ids.name(&format!("session/{}", session.id)));
    // Of a published event the stamp is when it took this form, so an unchanged calendar stays the same to the byte.
    calendar.moment("DTSTAMP", changed_at);
    calendar.moment("LAST-MODIFIED", changed_at);
    calendar.line("SEQUENCE", changes.map_or(0, |changes| changes.count));
    calendar.whole_day(day);
    match standing {
        Standing::Public => {
            let href = around.origin.absolute(&page.href(&format!("/sessions/{}", session.id)));
            let unit = session.unit.and_then(|unit| around.units.get(&unit));
            calendar.text(&format!("SUMMARY;LANGUAGE={}", lang.code()), &title(lang, session, unit));
            if around.origin.is_known() {
                calendar.text("DESCRIPTION", &lang.session_calendar_more(&href));
                calendar.line("URL;VALUE=URI", href);
            }
            calendar.line("STATUS", "CONFIRMED");
        }
        Standing::Withdrawn => {
            calendar.text(&format!("SUMMARY;LANGUAGE={}", lang.code()), lang.session_calendar_withdrawn());
            calendar.line("STATUS", "CANCELLED");
        }
    }
    // It is somebody else's meeting: a reader's own day stays free.
    calendar.line("TRANSP", "TRANSPARENT");
    calendar.line("END", "VEVENT");
}
