//! Handing in a paper: a file or a pasted text, and the paper's day.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::moment::parse_day;
use domain::permission::{self, MayHandIn};
use domain::problem::Problem;
use domain::unit::Unit;
use jiff::civil::Date;
use store::reading::{HandIn, HandedIn};

use crate::lang::Said;
use crate::web::page::{render, render_as};
use crate::web::support::login::Signed;
use crate::web::support::upload::{FILE_FIELD, TEXT_FIELD, Upload};
use crate::web::{App, Fault, Nav, Page};

/// Most bytes of a hand-in: the largest file and the form around it.
pub const BODY_BYTES_MAX: usize = paper::FILE_BYTES_MAX + 1024 * 1024;

/// The form, empty or with what was typed and why it was not taken.
#[derive(Template)]
#[template(path = "reading/new.html")]
struct NewReadingPage {
    page: Page,
    form_key: String,
    text: String,
    published_on: String,
    problem: Option<Said>,
    /// The field that the problem belongs to.
    field: &'static str,
}

/// `GET /readings/new`
pub async fn show_new_reading(page: Page, Signed(actor): Signed) -> Result<Response, Fault> {
    permission::may_hand_in(&actor)?;
    let page = page.at(Nav::Readings);
    let title = page.lang.reading_new_title();
    let form_key = form_key()?;
    let empty = String::new;
    render(&NewReadingPage { page: page.titled(title), form_key, text: empty(), published_on: empty(), problem: None, field: "" })
}

/// `POST /readings`
pub async fn hand_in(State(app): State<App>, page: Page, Signed(actor): Signed, upload: Upload) -> Result<Response, Fault> {
    let may = permission::may_hand_in(&actor)?;
    let (text, published_on) = match taken(&upload) {
        Ok(taken) => taken,
        Err((fault, field)) => return show_again(page, &upload, &fault, field),
    };
    match keep(&app, &may, &upload, text, published_on).await {
        Ok(HandedIn::New(reading)) => Ok(page.redirect(&format!("/readings/{reading}"))),
        Ok(HandedIn::Known(reading)) => Ok(page.redirect(&format!("/readings/{reading}?known=1"))),
        Err(fault) => show_again(page, &upload, &fault, ""),
    }
}

/// Reads the text and puts it on the desk.
async fn keep(app: &App, may: &MayHandIn, upload: &Upload, text: String, published_on: Option<Date>) -> Result<HandedIn, Fault> {
    let reading = tokio::task::spawn_blocking(move || reader::read(&text, published_on)).await.map_err(Fault::internal)?;
    let day = reading.held_on.or(reading.published_on);
    let unit = match &reading.about {
        Some(about) => only_living(app.store().units_named(&about.name).await?, day),
        None => None,
    };
    let form_key = upload.fields.filled("form_key").map_or_else(form_key, |key| Ok(key.chars().take(64).collect()))?;
    let file_name = Some(upload.file_name.clone()).filter(|name| !name.is_empty());
    let hand_in = HandIn { reading, file_name, form_key, unit: unit.map(|unit| unit.id) };
    Ok(app.store().hand_in(may, app.now(), hand_in).await?)
}

/// The text and the day of the form; a problem with the field it belongs to.
fn taken(upload: &Upload) -> Result<(String, Option<Date>), (Fault, &'static str)> {
    let typed_day = upload.fields.get("published_on");
    let published_on = parse_day(typed_day);
    if !typed_day.is_empty() && published_on.is_none() {
        let problem = Problem::NoDay { field: "published_on", value: typed_day.to_owned() };
        return Err((problem.into(), "published_on"));
    }
    let text = if upload.file_name.is_empty() && upload.file.is_empty() {
        paper::pasted_text(upload.fields.exact(TEXT_FIELD)).map_err(|error| (error.into(), TEXT_FIELD))?
    } else {
        paper::text_of(&upload.file).map_err(|error| (error.into(), FILE_FIELD))?
    };
    Ok((text, published_on))
}

/// The form as it was sent, with the reason; a file cannot be shown again, so the page says to choose it again.
fn show_again(page: Page, upload: &Upload, fault: &Fault, field: &'static str) -> Result<Response, Fault> {
    let page = page.at(Nav::Readings);
    let title = page.lang.reading_new_title();
    let mut said = fault.said(page.lang);
    if fault.status().is_server_error() {
        let code = format!("{} {}: {}.", page.lang.error_try_again(), page.lang.error_request_id(), page.request_id);
        said.advice = format!("{} {code}", said.advice);
    }
    let problem = Some(said);
    let kept = |name: &str| upload.fields.exact(name).to_owned();
    let (text, published_on) = (kept("text"), kept("published_on"));
    let form_key = upload.fields.filled("form_key").map_or_else(form_key, |key| Ok(key.to_owned()))?;
    let form = NewReadingPage { page: page.titled(title), form_key, text, published_on, problem, field };
    let mut response = render_as(fault.status(), &form)?;
    // For the log: the rim finds there what no page shows.
    response.extensions_mut().insert(fault.clone());
    Ok(response)
}

/// The only unit of a name that exists on the day; homonyms are for a person to tell apart.
fn only_living(units: Vec<Unit>, day: Option<Date>) -> Option<Unit> {
    let mut living = units.into_iter().filter(|unit| unit.exists_on(day));
    living.next().filter(|_| living.next().is_none())
}

/// A key that tells one form from another, so that a second click hands in nothing twice.
fn form_key() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(Fault::internal)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
