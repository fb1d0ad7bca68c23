//! One page of everything about a unit.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::code::Coded;
use domain::id::Id;
use domain::permission;
use domain::protocol;
use domain::session::WorkingSession;
use domain::sort::person_sort_key;
use domain::unit::{Unit, UnitClass};

use super::linked_data;
use super::tree::existence;
use crate::lang::StateWords;
use crate::web::article::feed;
use crate::web::document::list::PaperRow;
use crate::web::page::{capitalised, render_as};
use crate::web::person::{AskedDay, standing_words};
use crate::web::source::audience;
use crate::web::support::form::Query;
use crate::web::{App, Fault, Page};

/// Proposals and tasks shown; the rest is one click away.
const ACTS_SHOWN: usize = 20;

struct Link {
    name: String,
    href: String,
    note: String,
}

/// A proposal or a task with how it stands.
struct Act {
    words: String,
    href: String,
    state: StateWords,
}

struct Holder {
    name: String,
    href: String,
    title: String,
    stands: StateWords,
}

#[derive(Template)]
#[template(path = "unit/show.html")]
struct UnitPage {
    page: Page,
    address: String,
    path: Vec<Link>,
    unit: Unit,
    exists: String,
    areas: Vec<Link>,
    bodies: Vec<Link>,
    sessions: Vec<Link>,
    proposals: Vec<Act>,
    /// Where all of them stand, with their number; absent where all are shown.
    more_proposals: Option<Link>,
    tasks: Vec<Act>,
    more_tasks: Option<Link>,
    rows: Vec<PaperRow>,
    /// Its board; the note is what stands above the way to it.
    scoreboard: Option<Link>,
    /// Where its numbers are entered, for who may.
    measurements: Option<String>,
    /// In protocol order on the day asked for; who does not hold a position then comes last.
    people: Vec<Holder>,
    asked: AskedDay,
    day: String,
    /// What it followed and what followed it.
    successions: Vec<Link>,
    nothing: bool,
}

/// `GET /units/{id}`
pub async fn show_unit(page: Page, State(app): State<App>, Path(id): Path<i64>, Query(query): Query) -> Result<Response, Fault> {
    let (lang, store, audience) = (page.lang, app.store(), audience(&page));
    let unit: Unit = store.get(Id::new(id)).await?;
    let below = store.units_below(unit.id).await?;
    let of_class = |class: UnitClass| -> Vec<Link> {
        below.iter().filter(|unit| unit.class == class).map(|unit| unit_link(&app, &page, unit)).collect()
    };
    let sessions = store.sessions_of_unit(unit.id, audience).await?;
    let proposals = store.proposals_of_unit(unit.id, audience).await?;
    let tasks = store.tasks_of_unit(unit.id, audience).await?;
    let claims = store.claims_of_unit(unit.id, audience).await?.len();
    let has_board = app.scoreboards().ledger(store).await?.nouns().targets.iter().any(|target| target.unit == unit.id);
    let asked = AskedDay::of(lang, &query, app.today());
    let mut people = store.positions_at(unit.id, audience).await?;
    people.sort_by_cached_key(|(position, person)| {
        (position.standing_on(asked.day), protocol::rank(&position.title), person_sort_key(&person.name), position.id)
    });
    let more = |count: usize, path: &str| {
        let all =
            Link { name: lang.units_more(lang.integer(count)), href: page.href(&format!("{path}?unit={}", unit.id)), note: String::new() };
        (count > ACTS_SHOWN).then_some(all)
    };
    let act = |words: &str, path: String, state: StateWords| Act { words: words.to_owned(), href: page.href(&path), state };
    let mut ready = UnitPage {
        address: page.href(&format!("/units/{}", unit.id)),
        path: path(&app, &page, &unit).await?,
        exists: existence(lang, &unit, app.today()),
        areas: of_class(UnitClass::Area),
        bodies: of_class(UnitClass::Body),
        sessions: sessions.iter().map(|session| session_link(&page, session)).collect(),
        more_proposals: more(proposals.len(), "/proposals"),
        proposals: proposals
            .iter()
            .take(ACTS_SHOWN)
            .map(|one| act(&one.text, format!("/proposals/{}", one.id), lang.proposal_words(one)))
            .collect(),
        more_tasks: more(tasks.len(), "/tasks"),
        tasks: tasks
            .iter()
            .take(ACTS_SHOWN)
            .map(|one| act(&one.text, format!("/tasks/{}", one.id), lang.task_timeliness(one, app.today())))
            .collect(),
        rows: store.documents_of_unit(unit.id, audience).await?.iter().map(|document| PaperRow::of(&page, document)).collect(),
        scoreboard: (has_board || claims > 0).then(|| Link {
            name: if has_board { lang.units_board().to_owned() } else { lang.units_scoreboard(lang.integer(claims)) },
            href: page.href(&format!("/scoreboards/{}", unit.id)),
            note: if has_board { lang.nav_scoreboards() } else { lang.units_claims() }.to_owned(),
        }),
        measurements: if may_keep(&app, &page, &unit).await? { Some(page.href(&format!("/units/{}/measurements", unit.id))) } else { None },
        people: people
            .iter()
            .map(|(position, person)| Holder {
                name: person.name.clone(),
                href: page.href(&format!("/people/{}", person.id)),
                title: position.title.clone(),
                stands: standing_words(lang, position, asked.day),
            })
            .collect(),
        successions: successions(&app, &page, &unit).await?,
        nothing: false,
        day: lang.day(asked.day),
        asked,
        page: described(&app, page, &unit).await?,
        unit,
    };
    let acts =
        ready.sessions.len() + ready.proposals.len() + ready.tasks.len() + ready.rows.len() + ready.people.len() + ready.successions.len();
    ready.nothing = acts + ready.areas.len() + ready.bodies.len() == 0 && ready.scoreboard.is_none();
    render_as(if ready.asked.said.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &ready)
}

/// The page with what shared links and programs are told of the unit.
async fn described(app: &App, page: Page, unit: &Unit) -> Result<Page, Fault> {
    let name = capitalised(&unit.name);
    let description = page.lang.units_one_description(&name);
    let above: Option<Unit> = match unit.parent {
        Some(above) => Some(app.store().get(above).await?),
        None => None,
    };
    let said = linked_data::of(&page, unit, above.as_ref());
    let feed = page.lang.article_feed_title(&name);
    Ok(page
        .titled(name)
        .described(description)
        .with_alternate(feed::MEDIA_TYPE, feed, &format!("/units/{}/feed.atom", unit.id))
        .with_linked_data(said))
}

async fn may_keep(app: &App, page: &Page, unit: &Unit) -> Result<bool, Fault> {
    let Some(actor) = &page.actor else { return Ok(false) };
    Ok(permission::may_keep_measurements(actor, &app.store().unit_path(unit.id).await?).is_ok())
}

fn unit_link(app: &App, page: &Page, unit: &Unit) -> Link {
    Link { name: capitalised(&unit.name), href: page.href(&format!("/units/{}", unit.id)), note: existence(page.lang, unit, app.today()) }
}

fn session_link(page: &Page, session: &WorkingSession) -> Link {
    let kind = page.lang.word("meeting", session.kind.code()).unwrap_or_default();
    Link {
        name: capitalised(&session.title),
        href: page.href(&format!("/sessions/{}", session.id)),
        note: format!("{kind}, {}", page.lang.day_or_unknown(session.held_on)),
    }
}

/// What the unit followed and what followed it, each with the day and the act. A unit that goes on under its own code
/// and a new form is two units, linked here.
async fn successions(app: &App, page: &Page, unit: &Unit) -> Result<Vec<Link>, Fault> {
    let mut links = Vec::new();
    for one in app.store().successions_of(unit.id).await? {
        let follows = one.to_unit == unit.id;
        let other: Unit = app.store().get(if follows { one.from_unit } else { one.to_unit }).await?;
        let day = page.lang.day(one.on_day);
        let words = if follows { page.lang.units_follows(day, one.act) } else { page.lang.units_followed_by(day, one.act) };
        links.push(Link { name: capitalised(&other.name), href: page.href(&format!("/units/{}", other.id)), note: words });
    }
    Ok(links)
}

/// The units above, from the top down.
async fn path(app: &App, page: &Page, unit: &Unit) -> Result<Vec<Link>, Fault> {
    let mut path = Vec::new();
    for above in app.store().unit_path(unit.id).await?.0.into_iter().skip(1) {
        path.push(unit_link(app, page, &app.store().get(above).await?));
    }
    path.reverse();
    Ok(path)
}
