//! Ending the review: settling the reading into the ledger, or putting it aside.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::draft::HeldReading;
use domain::id::Id;
use store::settlement::Settlement;

use super::may_decide;
use super::measured::seen_numbers;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Page};

/// `POST /readings/{id}/settlement`
pub async fn settle_reading(
    State(app): State<App>,
    Path(reading): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let held = app.store().get(Id::<HeldReading>::new(reading)).await?;
    let may = may_decide(&app, &actor, &held).await?;
    let revision = fields.get("revision").parse().map_err(|_| Fault::BadRequest)?;
    let offer = app.store().advice_offer(&held).await?;
    let advice = offer.filter(|_| fields.filled("advice").is_some()).map(|offer| offer.draft);
    let (known_on, seen) = (app.today(), seen_numbers(&app, &held).await?);
    app.store().settle(&may, app.now(), &Settlement { reading: held.id, revision, advice, known_on, seen }).await?;
    Ok(page.redirect(&format!("/readings/{reading}")))
}

/// `POST /readings/{id}/discarding`
pub async fn discard_reading(
    State(app): State<App>,
    Path(reading): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let held = app.store().get(Id::<HeldReading>::new(reading)).await?;
    let may = may_decide(&app, &actor, &held).await?;
    let revision = fields.get("revision").parse().map_err(|_| Fault::BadRequest)?;
    app.store().discard_reading(&may, app.now(), held.id, revision).await?;
    Ok(page.redirect("/readings"))
}
