//! What programs read, under `/api/v1`: open to everybody, and strict, since a program does not see that a misspelt parameter
//! was passed over. A refusal is JSON that names the parameter, its value and what was expected.

pub mod scoreboard;

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::support::form::Fields;
use super::{App, Fault};
use crate::lang::Lang;

/// Most characters of a value that a refusal repeats.
const SHOWN_CHARACTERS_MAX: usize = 100;
/// Everybody may keep an answer, and asks each time whether it still holds: a saved number is in the next answer.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, no-cache");

/// A parameter that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongParameter {
    /// Its name.
    pub parameter: String,
    /// What was sent; absent where it was not sent.
    pub value: Option<String>,
    /// What would fit, in the language of the address.
    pub expected: String,
}

/// Why there is no answer.
pub enum ApiFault {
    /// The caller can mend it.
    Parameter(WrongParameter),
    /// As for any page.
    Fault(Fault, Lang),
}

impl From<WrongParameter> for ApiFault {
    fn from(wrong: WrongParameter) -> Self {
        Self::Parameter(wrong)
    }
}

impl IntoResponse for ApiFault {
    fn into_response(self) -> Response {
        match self {
            Self::Parameter(WrongParameter { parameter, value, expected }) => {
                let value = value.map(|value| value.chars().take(SHOWN_CHARACTERS_MAX).collect::<String>());
                let error = json!({ "parameter": parameter, "value": value, "expected": expected });
                refusal(StatusCode::BAD_REQUEST, &error)
            }
            Self::Fault(fault, lang) => {
                let said = fault.said(lang);
                let mut response = refusal(fault.status(), &json!({ "message": said.what, "advice": said.advice }));
                // For the log, which is written at the rim.
                response.extensions_mut().insert(fault);
                response
            }
        }
    }
}

fn refusal(status: StatusCode, error: &serde_json::Value) -> Response {
    let body = json!({ "error": error }).to_string() + "\n";
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// The parameters of an address: each known, and sent at most once.
pub struct Parameters<'a> {
    fields: &'a Fields,
    lang: Lang,
}

impl<'a> Parameters<'a> {
    /// Takes the parameters; `known` are those that the address has.
    pub fn of(fields: &'a Fields, known: &[&str], lang: Lang) -> Result<Self, WrongParameter> {
        for (name, value) in fields.iter() {
            if !known.contains(&name) {
                return Err(wrong(name, Some(value), lang.api_expected_parameter(known.join(", "))));
            }
            if fields.all(name).count() > 1 {
                return Err(wrong(name, Some(value), lang.api_expected_once().to_owned()));
            }
        }
        Ok(Self { fields, lang })
    }

    /// The value of a parameter that was filled in.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.fields.filled(name)
    }

    /// The parsed value of a parameter, where it was filled in.
    pub fn parsed<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Option<T>,
        expected: impl FnOnce(Lang) -> &'static str,
    ) -> Result<Option<T>, WrongParameter> {
        let Some(value) = self.text(name) else { return Ok(None) };
        parse(value).map(Some).ok_or_else(|| self.wrong(name, Some(value), expected))
    }

    /// A parameter that must be there.
    pub fn missing(&self, name: &str, expected: impl FnOnce(Lang) -> &'static str) -> WrongParameter {
        self.wrong(name, None, expected)
    }

    /// A parameter that does not fit.
    pub fn wrong(&self, name: &str, value: Option<&str>, expected: impl FnOnce(Lang) -> &'static str) -> WrongParameter {
        wrong(name, value, expected(self.lang).to_owned())
    }
}

fn wrong(name: &str, value: Option<&str>, expected: String) -> WrongParameter {
    WrongParameter { parameter: name.to_owned(), value: value.map(str::to_owned), expected }
}

/// A call as every address here takes it.
pub struct Call {
    /// The language of refusals.
    pub lang: Lang,
    fields: Fields,
    /// Versions of the answer that the caller has.
    kept: String,
}

impl FromRequestParts<App> for Call {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
        let (lang, _) = Lang::split_path(uri.path());
        let kept = parts.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        Ok(Self { lang, fields: Fields::parse(uri.query().unwrap_or_default().as_bytes()), kept })
    }
}

impl Call {
    /// The parameters; `known` are those that the address has.
    pub fn parameters(&self, known: &[&str]) -> Result<Parameters<'_>, ApiFault> {
        Ok(Parameters::of(&self.fields, known, self.lang)?)
    }

    /// Makes a fault one of this call.
    pub fn fault(&self, fault: impl Into<Fault>) -> ApiFault {
        ApiFault::Fault(fault.into(), self.lang)
    }

    /// That nothing has changed, where the caller has this version.
    pub fn not_modified(&self, version: &Version) -> Option<Response> {
        let is_kept = self.kept.split(',').any(|kept| kept.trim() == version.0);
        is_kept.then(|| version.on(StatusCode::NOT_MODIFIED.into_response()))
    }
}

/// What an answer depends on, as an `ETag`.
pub struct Version(String);

impl Version {
    /// The ledger up to an entry of the journal, and a question with everything settled that the address left open.
    pub fn of(sequence: i64, question: &str) -> Self {
        let hash = Sha256::digest(question.as_bytes());
        let short: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        // Weak: the same text may go out compressed or not.
        Self(format!("W/\"{sequence}-{short}\""))
    }

    /// Marks a response with it.
    pub fn on(&self, mut response: Response) -> Response {
        response.headers_mut().insert(header::CACHE_CONTROL, CACHE_CONTROL);
        if let Ok(tag) = HeaderValue::try_from(self.0.as_str()) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}
