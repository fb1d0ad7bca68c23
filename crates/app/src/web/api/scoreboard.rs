//! Scoreboards for programs: the rows that `cotmoc scoreboard` prints.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::moment::parse_day;
use jiff::civil::Date;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};

use super::{ApiFault, Call, Parameters, Version, WrongParameter};
use crate::lang::Lang;
use crate::scoreboard::query::{parse_month, tree_word};
use crate::scoreboard::{BoardQuery, Unknown, Whose, csv, json};
use crate::web::{App, Fault};

/// The parameters of the address.
const KNOWN: [&str; 7] = ["unit", "all", "month", "resolution", "known-on", "tree", "format"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Json,
}

/// `GET /api/v1/scoreboards`
pub async fn show_boards(State(app): State<App>, call: Call) -> Result<Response, ApiFault> {
    let parameters = call.parameters(&KNOWN)?;
    let query = query(&parameters, app.today())?;
    let format = parameters.parsed("format", parse_format, Lang::api_expected_format)?.unwrap_or(Format::Json);
    let (ledger, horizon) = app.scoreboards().at_head(app.store()).await.map_err(|fault| call.fault(fault))?;
    let version = Version::of(horizon.sequence, &format!("{query:?} {format:?}"));
    if let Some(response) = call.not_modified(&version) {
        return Ok(response);
    }
    let printed = app.scoreboards().compute(move || print(&ledger, &query, format)).await.map_err(|fault| call.fault(fault))?;
    let text = printed.map_err(|refused| match refused {
        Refused::Unknown(unknown) => wrong_code(&unknown, call.lang).into(),
        Refused::Fault(fault) => call.fault(fault),
    })?;
    let kind = match format {
        Format::Csv => csv::MEDIA_TYPE,
        Format::Json => json::MEDIA_TYPE,
    };
    Ok(version.on(([(header::CONTENT_TYPE, kind)], text).into_response()))
}

enum Refused {
    Unknown(Unknown),
    Fault(Fault),
}

fn print(ledger: &Ledger, query: &BoardQuery, format: Format) -> Result<String, Refused> {
    let answer = query.answer(ledger).map_err(Refused::Unknown)?;
    match format {
        Format::Csv => Ok(csv::print(&answer)),
        Format::Json => json::print(&answer).map_err(|fault| Refused::Fault(Fault::internal(fault))),
    }
}

fn query(parameters: &Parameters<'_>, today: Date) -> Result<BoardQuery, WrongParameter> {
    let month = parameters.parsed("month", parse_month, Lang::api_expected_month)?;
    let month = month.ok_or_else(|| parameters.missing("month", Lang::api_expected_month))?;
    let known_on = parameters.parsed("known-on", parse_day, Lang::api_expected_day)?.unwrap_or(today);
    let tree = parameters.parsed("tree", parse_tree, Lang::api_expected_tree)?.unwrap_or(Tree::OfMonth);
    Ok(BoardQuery {
        whose: whose(parameters)?,
        resolution: parameters.text("resolution").map(str::to_owned),
        question: Question { month, known_on, horizon: None, tree },
    })
}

/// One unit or all: a country is not sent to whoever only forgot the unit.
fn whose(parameters: &Parameters<'_>) -> Result<Whose, WrongParameter> {
    let all = parameters.parsed("all", |value| (value == "1").then_some(()), Lang::api_expected_all)?;
    match (parameters.text("unit"), all) {
        (Some(code), None) => Ok(Whose::Unit(code.to_owned())),
        (None, Some(())) => Ok(Whose::All),
        (Some(code), Some(())) => Err(parameters.wrong("unit", Some(code), Lang::api_expected_unit)),
        (None, None) => Err(parameters.missing("unit", Lang::api_expected_unit)),
    }
}

fn parse_tree(text: &str) -> Option<Tree> {
    let words = [Tree::OfMonth, Tree::AsReported].into_iter().find(|tree| tree_word(*tree) == text);
    words.or_else(|| parse_day(text).map(Tree::Of))
}

fn parse_format(text: &str) -> Option<Format> {
    match text {
        "csv" => Some(Format::Csv),
        "json" => Some(Format::Json),
        _ => None,
    }
}

fn wrong_code(unknown: &Unknown, lang: Lang) -> WrongParameter {
    let (parameter, code) = match unknown {
        Unknown::Unit { code, .. } => ("unit", code),
        Unknown::Resolution { code, .. } => ("resolution", code),
    };
    WrongParameter { parameter: parameter.to_owned(), value: Some(code.clone()), expected: lang.unknown(unknown) }
}
