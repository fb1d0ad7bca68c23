//! The head of the review: the unit the paper is about and the meeting it tells of, settled once for all drafts.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::response::Response;
use domain::code::Coded;
use domain::draft::{HeldReading, day_for_form};
use domain::fold::tidy;
use domain::id::Id;
use domain::moment::parse_day;
use domain::permission::{self, Actor};
use domain::problem::Problem;
use domain::session::{MeetingKind, WorkingSession};
use domain::unit::{Unit, UnitClass, area_kind};
use jiff::civil::Date;
use store::reading::ReadingHead;
use store::unit::NewUnit;

use super::card::{Choice, choice};
use super::decide::next_pending;
use super::{Just, desk, desk_address, may_decide};
use crate::lang::{Lang, Said};
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Page};

/// The value of the unit's field that asks for a new unit.
pub const NEW_UNIT: &str = "new";

/// `POST /readings/{id}/head`
pub async fn set_head(
    State(app): State<App>,
    Path(reading): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let held = app.store().get(Id::<HeldReading>::new(reading)).await?;
    let may = may_decide(&app, &actor, &held).await?;
    let revision = fields.get("revision").parse().map_err(|_| Fault::BadRequest)?;
    let head = match head_of(&app, &actor, &held, &fields).await {
        Ok(head) => head,
        Err(Fault::Problem(problem)) if problem.field().is_some() => {
            return desk::show_with_head(&app, page, &held, &fields, &problem).await;
        }
        Err(fault) => return Err(fault),
    };
    app.store().set_reading_head(&may, app.now(), held.id, revision, head).await?;
    let first = next_pending(&app, &held, 0).await?;
    Ok(page.redirect(&desk_address(held.id, first, Just::Nothing)))
}

async fn head_of(app: &App, actor: &Actor, held: &HeldReading, fields: &Fields) -> Result<ReadingHead, Fault> {
    let line = |name: &str| Some(tidy(fields.get(name))).filter(|value| !value.is_empty());
    let (published_on, held_on) = (day(fields, "published_on")?, day(fields, "held_on")?);
    let meeting = MeetingKind::from_code(fields.get("meeting"))
        .ok_or_else(|| Problem::NotAllowed { field: "meeting", value: fields.get("meeting").to_owned() })?;
    let session = match fields.filled("session") {
        Some(id) => Some(session_of(app, actor, id).await?),
        None => None,
    };
    let unit = unit_of(app, actor, held, fields).await?;
    // Whoever settles the unit must be an officer of the new one too: nobody moves a paper out of their own sight.
    if let Some(unit) = unit {
        permission::may_decide(actor, Some(&app.store().unit_path(unit).await?))?;
    }
    let headline = line("headline");
    Ok(ReadingHead { headline, source: line("source"), byline: line("byline"), published_on, unit, meeting, session, held_on })
}

/// A session of the ledger, if the actor may write to it: settling adds people, statements and tasks to it.
async fn session_of(app: &App, actor: &Actor, id: &str) -> Result<Id<WorkingSession>, Fault> {
    let session = app.store().get(Id::<WorkingSession>::new(id.parse().map_err(|_| Fault::BadRequest)?)).await?;
    if let Some(unit) = session.unit {
        permission::may_decide(actor, Some(&app.store().unit_path(unit).await?))?;
    }
    Ok(session.id)
}

async fn unit_of(app: &App, actor: &Actor, held: &HeldReading, fields: &Fields) -> Result<Option<Id<Unit>>, Fault> {
    match fields.filled("unit") {
        None => Ok(None),
        Some(NEW_UNIT) => add_unit(app, actor, held, fields).await.map(Some),
        Some(id) => Ok(Some(app.store().get(Id::<Unit>::new(id.parse().map_err(|_| Fault::BadRequest)?)).await?.id)),
    }
}

/// A unit that the ledger does not know yet, under the one that was chosen.
async fn add_unit(app: &App, actor: &Actor, held: &HeldReading, fields: &Fields) -> Result<Id<Unit>, Fault> {
    let name = fields.filled("new_unit").map(tidy).or_else(|| held.about.clone()).ok_or(Problem::Missing { field: "new_unit" })?;
    let parent: Id<Unit> = match fields.filled("new_unit_parent") {
        Some(id) => Id::new(id.parse().map_err(|_| Fault::BadRequest)?),
        None => return Err(Problem::Missing { field: "new_unit_parent" }.into()),
    };
    let may = permission::may_keep_units(actor, &app.store().unit_path(parent).await?)?;
    let kind = area_kind(&name).ok_or_else(|| Problem::NotAllowed { field: "new_unit", value: name.clone() })?.to_owned();
    let known = app.store().units_named(&name).await?;
    if let Some(same) = known.iter().find(|unit| unit.parent == Some(parent)) {
        return Ok(same.id);
    }
    let new = NewUnit {
        code: None,
        name,
        kind,
        class: UnitClass::Area,
        parent: Some(parent),
        parent_code: None,
        valid_from: None,
        valid_to: None,
    };
    Ok(app.store().add_unit(&may, app.now(), new).await?.id)
}

fn day(fields: &Fields, field: &'static str) -> Result<Option<Date>, Problem> {
    match fields.filled(field) {
        None => Ok(None),
        Some(typed) => parse_day(typed).map(Some).ok_or_else(|| Problem::NoDay { field, value: typed.to_owned() }),
    }
}

/// The head of the review as a form.
pub(super) struct Head {
    pub(super) headline: String,
    pub(super) source: String,
    pub(super) byline: String,
    pub(super) published_on: String,
    pub(super) held_on: String,
    pub(super) units: Vec<Choice>,
    pub(super) parents: Vec<Choice>,
    pub(super) new_unit: String,
    pub(super) meetings: Vec<Choice>,
    pub(super) sessions: Vec<Choice>,
    pub(super) problem: Option<Said>,
    pub(super) field: &'static str,
    /// Whether something of it waits to be settled.
    pub(super) is_open: bool,
}

/// The head as it is kept, or as it was typed with what must be mended.
pub(super) async fn head_form(app: &App, lang: Lang, held: &HeldReading, mending: Option<(&Fields, &Problem)>) -> Result<Head, Fault> {
    let typed = mending.map(|(fields, _)| fields);
    let value = |name: &str, kept: Option<String>| typed.map_or_else(|| kept.unwrap_or_default(), |fields| fields.get(name).to_owned());
    let unit = value("unit", held.unit.map(|unit| unit.to_string()));
    let areas = app.store().areas().await?;
    let by_id: HashMap<_, _> = areas.iter().map(|area| (area.id, area.name.as_str())).collect();
    let day = held.held_on.or(held.published_on);
    let label = |area: &domain::unit::Unit| match area.parent.and_then(|parent| by_id.get(&parent)) {
        Some(parent) => format!("{}, {parent}", area.name),
        None => area.name.clone(),
    };
    let of_day = areas.iter().filter(|area| area.exists_on(day) || area.id.to_string() == unit);
    let choices = |selected: &str| -> Vec<Choice> {
        let row = |area: &domain::unit::Unit| Choice {
            value: area.id.to_string(),
            label: label(area),
            selected: area.id.to_string() == selected,
        };
        of_day.clone().map(row).collect()
    };
    let parent = value("new_unit_parent", parent_named(&areas, held.about_parent.as_deref()));
    let sessions = session_choices(app, lang, held, &value("session", held.session.map(|session| session.to_string()))).await?;
    let meeting = value("meeting", Some(held.meeting.code().to_owned()));
    let meetings = MeetingKind::ALL.iter().map(|kind| choice(lang, "meeting", kind.code(), &meeting)).collect();
    let offers_session = held.revision == 1 && sessions.iter().any(|session| session.selected);
    Ok(Head {
        headline: value("headline", held.headline.clone()),
        source: value("source", held.source.clone()),
        byline: value("byline", held.byline.clone()),
        published_on: value("published_on", held.published_on.map(day_for_form)),
        held_on: value("held_on", held.held_on.map(day_for_form)),
        units: choices(&unit),
        parents: choices(&parent),
        new_unit: value("new_unit", held.about.clone()),
        meetings,
        sessions,
        problem: mending.map(|(_, problem)| lang.problem(problem)),
        field: mending.and_then(|(_, problem)| problem.field()).unwrap_or(""),
        is_open: held.unit.is_none() || offers_session,
    })
}

/// The unit above, as the paper prints it; in a ledger with one root, that root.
fn parent_named(areas: &[domain::unit::Unit], printed: Option<&str>) -> Option<String> {
    let folded = printed.map(domain::fold::fold);
    let roots: Vec<_> = areas.iter().filter(|area| area.parent.is_none()).collect();
    let named = areas.iter().find(|area| Some(&area.folded) == folded.as_ref());
    named.or(if let [root] = roots[..] { Some(root) } else { None }).map(|area| area.id.to_string())
}

async fn session_choices(app: &App, lang: Lang, held: &HeldReading, selected: &str) -> Result<Vec<Choice>, Fault> {
    let sessions = match held.unit {
        Some(unit) => app.store().sessions_of_unit(unit, store::task::Audience::Staff).await?,
        None => Vec::new(),
    };
    // Until somebody has settled the head, a session of that very day is offered first: a notice and the news of one
    // meeting would else make two.
    let same_day =
        |session: &domain::session::WorkingSession| held.revision == 1 && held.held_on.is_some() && session.held_on == held.held_on;
    let row = |session: &domain::session::WorkingSession| Choice {
        value: session.id.to_string(),
        label: lang.reading_session_choice(&session.title, lang.day_or_unknown(session.held_on)),
        selected: session.id.to_string() == selected || (selected.is_empty() && same_day(session)),
    };
    Ok(sessions.iter().map(row).collect())
}
