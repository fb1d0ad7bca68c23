//! The head of the review: the unit the paper is about and the meeting it tells of, settled once for all drafts.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::code::Coded;
use domain::draft::HeldReading;
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

use super::{desk, may_decide};
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
    Ok(page.redirect(&format!("/readings/{reading}#review")))
}

async fn head_of(app: &App, actor: &Actor, held: &HeldReading, fields: &Fields) -> Result<ReadingHead, Fault> {
    let line = |name: &str| Some(tidy(fields.get(name))).filter(|value| !value.is_empty());
    let (published_on, held_on) = (day(fields, "published_on")?, day(fields, "held_on")?);
    let meeting = MeetingKind::from_code(fields.get("meeting"))
        .ok_or_else(|| Problem::NotAllowed { field: "meeting", value: fields.get("meeting").to_owned() })?;
    let session = match fields.filled("session") {
        Some(id) => Some(app.store().get(Id::<WorkingSession>::new(id.parse().map_err(|_| Fault::BadRequest)?)).await?.id),
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
    let new = NewUnit { code: None, name, kind, class: UnitClass::Area, parent: Some(parent), valid_from: None, valid_to: None };
    Ok(app.store().add_unit(&may, app.now(), new).await?.id)
}

fn day(fields: &Fields, field: &'static str) -> Result<Option<Date>, Problem> {
    match fields.filled(field) {
        None => Ok(None),
        Some(typed) => parse_day(typed).map(Some).ok_or_else(|| Problem::NoDay { field, value: typed.to_owned() }),
    }
}
