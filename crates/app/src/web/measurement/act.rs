//! Correcting and withdrawing a number from its history. To undo either is to enter another row.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::id::Id;
use domain::measurement::{Measurement, standing};
use domain::permission::Actor;
use domain::problem::Problem;
use store::StoreError;
use store::measurement::{NewMeasurement, Seen};

use super::enter::{horizon_of, mend};
use super::entered::{history_path, told};
use super::history::{Form, Sent, history_page};
use super::sheet::{OpenSheet, open_sheet};
use super::typed::{Place, Typed};
use crate::web::page::render_as;
use crate::web::support::fault::problem_status;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Page};

/// `POST /measurements/{measurement}/correction`
pub async fn correct_measurement(
    State(app): State<App>,
    Path(measurement): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    act(&app, page, &actor, Id::new(measurement), Form::Correction, &fields).await
}

/// `POST /measurements/{measurement}/withdrawal`
pub async fn withdraw_measurement(
    State(app): State<App>,
    Path(measurement): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    act(&app, page, &actor, Id::new(measurement), Form::Withdrawal, &fields).await
}

async fn act(app: &App, page: Page, actor: &Actor, id: Id<Measurement>, form: Form, fields: &Fields) -> Result<Response, Fault> {
    let row: Measurement = app.store().get(id).await?;
    let open = open_sheet(app, row.unit, actor).await?;
    let written = match read(app, &open, &row, form, fields) {
        Ok((new, seen)) => app.store().enter_measurement(&open.may, app.now(), new, seen).await,
        Err(problem) => Err(problem.into()),
    };
    match written {
        Ok(new) => {
            let path = told(&history_path(row.unit, row.indicator), std::slice::from_ref(&new));
            Ok(page.redirect(&format!("{path}#ky-{}", row.period)))
        }
        Err(StoreError::Problem(problem)) => again(app, page, &row, form, fields, &problem).await,
        Err(fault) => Err(fault.into()),
    }
}

/// The number that was typed, over the row that the form was opened at.
fn read(app: &App, open: &OpenSheet, row: &Measurement, form: Form, fields: &Fields) -> Result<(NewMeasurement, Seen), Problem> {
    let indicator = open.ledger.indicator(row.indicator).ok_or(Problem::NotFound)?;
    let arrivals = open.ledger.arrivals(row.unit, row.indicator);
    let horizon = horizon_of(fields, open.horizon)?;
    let place = Place { unit: &open.unit, indicator, period: row.period, known_on: app.today(), arrivals: &arrivals, horizon };
    if place.seen().is_none_or(|seen| seen.id != row.id) {
        return Err(Problem::Stale { by: String::new() });
    }
    match form {
        Form::Withdrawal => place.withdrawal(fields.get("reason")),
        // A field that was emptied would withdraw; here that is the other form's.
        Form::Correction if fields.filled("value").is_none() => Err(Problem::Missing { field: "value" }),
        Form::Correction => {
            let source = fields.get("source");
            let typed = Typed { value: fields.get("value"), weight: fields.get("weight"), source: "", reason: fields.get("reason") };
            place.read(typed, source)?.ok_or(Problem::Unchanged { field: "value" })
        }
    }
}

/// The history once more, with what was typed, over the ledger as it is now.
async fn again(app: &App, page: Page, row: &Measurement, form: Form, fields: &Fields, problem: &Problem) -> Result<Response, Fault> {
    let ledger = app.scoreboards().ledger(app.store()).await?;
    let now = standing(&ledger.arrivals(row.unit, row.indicator), row.period, app.today());
    let mend = mend(app, page.lang, ledger.indicator(row.indicator), now, problem).await?;
    let sent = Sent { form, period: row.period, fields, mend };
    let page = history_page(app, page, row.unit, row.indicator, &Fields::default(), Some(&sent)).await?;
    render_as(problem_status(problem), &page)
}
