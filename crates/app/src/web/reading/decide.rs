//! Deciding drafts: one by one, or all that the reader is sure of together.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use domain::draft::{Draft, DraftContent, DraftState, HeldReading};
use domain::id::Id;
use domain::problem::Problem;
use domain::reading::Confidence;
use store::reading::{Decision, content_of};

use super::measured::measured_of;
use super::{Just, desk, desk_address, may_decide};
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Page};

/// `POST /readings/{id}/drafts/{draft}`
pub async fn decide_draft(
    State(app): State<App>,
    Path((reading, draft)): Path<(i64, i64)>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let held = app.store().get(Id::<HeldReading>::new(reading)).await?;
    let may = may_decide(&app, &actor, &held).await?;
    let draft = app.store().get(Id::<Draft>::new(draft)).await?;
    if draft.reading != held.id {
        return Err(Problem::NotFound.into());
    }
    let decision = match fields.get("do") {
        "drop" => Decision::Drop,
        "take_back" => Decision::TakeBack,
        // Whichever button was pressed, what was typed counts: nothing that somebody changed is lost.
        "accept" | "correct" | "try" => match taken(&app, &held, &draft, &fields).await? {
            Ok(decision) if fields.get("do") != "try" => decision,
            Ok(_) => return desk::show_with_draft(&app, page, &held, &draft, &fields, &[]).await,
            Err(problems) => return desk::show_with_draft(&app, page, &held, &draft, &fields, &problems).await,
        },
        _ => return Err(Fault::BadRequest),
    };
    let takes_back = decision == Decision::TakeBack;
    app.store().decide_draft(&may, app.now(), draft.id, decision).await?;
    let (next, just) = match takes_back {
        true => (Some(draft.ordinal), Just::Nothing),
        false => (next_pending(&app, &held, draft.ordinal).await?, Just::Decided(draft.ordinal)),
    };
    Ok(page.redirect(&desk_address(held.id, next, just)))
}

/// What a form takes of a draft: as read or as corrected, and as a measurement where an indicator was chosen.
async fn taken(app: &App, held: &HeldReading, draft: &Draft, fields: &Fields) -> Result<Result<Decision, Vec<Problem>>, Fault> {
    let content = content_of(draft)?;
    let corrected = match is_unchanged(&content, fields) {
        true => None,
        false => match content.corrected(&typed(fields)) {
            Ok(corrected) => Some(corrected),
            Err(problems) => return Ok(Err(problems)),
        },
    };
    let measured = match corrected.as_ref().unwrap_or(&content) {
        DraftContent::Figure(figure) => measured_of(app, held, figure, fields).await?,
        _ => None,
    };
    Ok(match (measured, corrected) {
        (Some(measured), corrected) => measured.map(|measured| Decision::Measure(corrected, measured)),
        (None, Some(corrected)) => Ok(Decision::Correct(corrected)),
        (None, None) => Ok(Decision::Accept),
    })
}

/// `POST /readings/{id}/acceptance`: every undecided draft, or those that the reader is sure of.
pub async fn accept_drafts(
    State(app): State<App>,
    Path(reading): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let held = app.store().get(Id::<HeldReading>::new(reading)).await?;
    let may = may_decide(&app, &actor, &held).await?;
    let least = if fields.get("which") == "all" { Confidence::Check } else { Confidence::Sure };
    let drafts = app.store().drafts(held.id).await?;
    let picks: Vec<Id<Draft>> = drafts.iter().filter(|draft| draft.confidence >= least).map(|draft| draft.id).collect();
    let accepted = app.store().accept_drafts(&may, app.now(), held.id, &picks).await?;
    let next = next_pending(&app, &held, 0).await?;
    Ok(page.redirect(&desk_address(held.id, next, Just::Accepted(accepted))))
}

/// The first undecided draft after a place, else the first of all.
pub(super) async fn next_pending(app: &App, held: &HeldReading, after: i64) -> Result<Option<i64>, Fault> {
    let drafts = app.store().drafts(held.id).await?;
    let pending = || drafts.iter().filter(|draft| draft.state == DraftState::Pending);
    Ok(pending().find(|draft| draft.ordinal > after).or_else(|| pending().next()).map(|draft| draft.ordinal))
}

/// Whether every field came back as it was shown. A form without fields (a card's own buttons) changes nothing.
fn is_unchanged(content: &DraftContent, fields: &Fields) -> bool {
    let lines = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let sent = |name: &str| fields.iter().find(|(sent, _)| *sent == name).map(|(_, value)| lines(value));
    content.fields().iter().all(|field| sent(field.name).is_none_or(|value| value == lines(&field.value)))
}

fn typed(fields: &Fields) -> BTreeMap<String, String> {
    fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
