//! A sheet that was sent: every number that changed goes into one write, or none does.

use std::collections::HashSet;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::Id;
use domain::indicator::Indicator;
use domain::measurement::{Arrival, standing};
use domain::period::Period;
use domain::problem::Problem;
use store::measurement::{Entered, NewMeasurement, Seen};

use super::entered::told;
use super::sheet::{OpenSheet, Sent, open_sheet, sheet_page, typed_indicators};
use super::typed::{Place, Typed};
use super::words::number_words;
use crate::lang::{Lang, Said};
use crate::web::page::render_as;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::support::mend::Mend;
use crate::web::{App, Fault, Page};

type Refused = Vec<(Id<Indicator>, Problem)>;

/// `POST /units/{unit}/measurements`
pub async fn enter_measurements(
    State(app): State<App>,
    Path(unit): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let open = open_sheet(&app, Id::new(unit), &actor).await?;
    let typed = fields.get("period");
    let period = Period::typed(typed).ok_or_else(|| Problem::NoPeriod { field: "period", value: typed.to_owned() })?;
    let sheet = match read_sheet(&app, &open, period, &fields) {
        Ok(sheet) => sheet,
        Err(refused) => return again(&app, page, &actor, unit, period, &fields, refused).await,
    };
    if sheet.is_empty() {
        return again(&app, page, &actor, unit, period, &fields, Vec::new()).await;
    }
    let indicators: Vec<Id<Indicator>> = sheet.iter().map(|(new, _)| new.indicator).collect();
    match app.store().enter_measurements(&open.may, app.now(), open.unit.id, sheet).await? {
        Entered::Kept(rows) => Ok(page.redirect(&told(&format!("/units/{unit}/measurements?period={period}"), &rows))),
        Entered::Refused(refused) => {
            let refused = refused.into_iter().filter_map(|(place, problem)| Some((*indicators.get(place)?, problem))).collect();
            again(&app, page, &actor, unit, period, &fields, refused).await
        }
    }
}

/// The greatest id that was there when the form was shown: no later one than there is.
pub fn horizon_of(fields: &Fields, horizon: i64) -> Result<i64, Problem> {
    fields.get("horizon").parse::<i64>().map(|seen| seen.min(horizon)).map_err(|_| Problem::Stale { by: String::new() })
}

/// The numbers that changed; else everything that must be mended.
fn read_sheet(app: &App, open: &OpenSheet, period: Period, fields: &Fields) -> Result<Vec<(NewMeasurement, Seen)>, Refused> {
    let (mut sheet, mut refused) = (Vec::new(), Vec::new());
    for id in typed_indicators(fields) {
        let Some(indicator) = open.ledger.indicator(id) else { continue };
        let arrivals = open.ledger.arrivals(open.unit.id, id);
        let field = |name: &str| fields.get(&format!("{name}-{id}"));
        let typed = Typed { value: field("value"), weight: field("weight"), source: field("own-source"), reason: field("reason") };
        let read = horizon_of(fields, open.horizon).and_then(|horizon| {
            let (unit, known_on) = (&open.unit, app.today());
            Place { unit, indicator, period, known_on, arrivals: &arrivals, horizon }.read(typed, fields.get("source"))
        });
        match read {
            Ok(Some(number)) => sheet.push(number),
            Ok(None) => {}
            Err(problem) => refused.push((id, problem)),
        }
    }
    if refused.is_empty() { Ok(sheet) } else { Err(refused) }
}

/// The sheet once more, with everything that was typed, over the ledger as it is now.
async fn again(
    app: &App,
    page: Page,
    actor: &domain::permission::Actor,
    unit: i64,
    period: Period,
    fields: &Fields,
    refused: Refused,
) -> Result<Response, Fault> {
    let open = open_sheet(app, Id::new(unit), actor).await?;
    let lang = page.lang;
    let said = match refused.len() {
        0 => Said { what: lang.measurement_nothing_changed().to_owned(), advice: lang.measurement_nothing_changed_do().to_owned() },
        count => Said { what: lang.measurement_to_mend(lang.integer(count)), advice: lang.measurement_to_mend_do().to_owned() },
    };
    let is_stale = refused.iter().any(|(_, problem)| matches!(problem, Problem::Stale { .. }));
    let mut mends = Vec::new();
    for (indicator, problem) in refused {
        let arrivals = open.ledger.arrivals(open.unit.id, indicator);
        let now = standing(&arrivals, period, app.today());
        mends.push((indicator, mend(app, lang, open.ledger.indicator(indicator), now, &problem).await?));
    }
    let sent = Sent { fields, said: Some(said), mends };
    let status = if is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_as(status, &sheet_page(app, page, &open, period, HashSet::new(), Some(&sent)))
}

/// A problem in words; of a number that somebody else has entered meanwhile: who, and which.
pub async fn mend(app: &App, lang: Lang, indicator: Option<&Indicator>, now: Option<Arrival>, problem: &Problem) -> Result<Mend, Fault> {
    let mut mend = Mend::of(lang, problem);
    if let (Problem::Stale { .. }, Some(indicator), Some(row)) = (problem, indicator, now) {
        let entered = app.store().get(row.id).await?;
        let by = entered.entered_by.unwrap_or_else(|| lang.measurement_a_load().to_owned());
        let what = lang.measurement_stale(by, number_words(lang, indicator, &row));
        mend.said = Some(Said { what, advice: lang.measurement_stale_do().to_owned() });
    }
    Ok(mend)
}
