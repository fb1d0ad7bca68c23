//! The fields of a POSTed form, checked for their token. Values are texts; `domain` makes them into its types.

use std::borrow::Cow;
use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;

use super::csrf;
use super::fault::Fault;
use super::login::Current;
use crate::web::App;

/// Most bytes of a form without files: 60 values with reasons stay below 100 kB.
pub const FORM_BYTES_MAX: usize = 1024 * 1024;

/// The fields of a form, in the order they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`. U+0000, which no keyboard types and PostgreSQL does not keep, becomes
    /// what a browser would show for it.
    pub fn parse(body: &[u8]) -> Self {
        let text = |text: Cow<'_, str>| text.replace('\0', "\u{fffd}");
        Self(form_urlencoded::parse(body).map(|(name, value)| (text(name), text(value))).collect())
    }

    /// Adds a field.
    pub fn push(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// The first value of a field, without white space at its ends; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.exact(name).trim()
    }

    /// The value of a field that was filled in.
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }

    /// The first value exactly as typed: for passwords.
    pub fn exact(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field: ticked rows.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let login = Current::in_request(&parts);
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await.map_err(|rejection| {
            if rejection.status().as_u16() == 413 { Fault::TooLarge { bytes_max: FORM_BYTES_MAX } } else { Fault::BadRequest }
        })?;
        let fields = Self::parse(&body);
        if csrf::fits(&login, fields.filled(csrf::FIELD)) { Ok(fields) } else { Err(Fault::ExpiredForm) }
    }
}

/// The fields of an address: filters, pages, where to go after logging in.
#[derive(Debug, Clone, Default)]
pub struct Query(pub Fields);

impl FromRequestParts<App> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self(Fields::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_trimmed_but_passwords_are_not() {
        let fields = Fields::parse("name=+v%C4%83n+&task=1&task=2&password=+x+&empty=".as_bytes());
        assert_eq!(fields.get("name"), "văn");
        assert_eq!(fields.all("task").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.exact("password"), " x ");
        assert_eq!(fields.filled("empty"), None);
        assert_eq!(fields.get("absent"), "");
    }

    #[test]
    fn no_value_holds_nul() {
        assert_eq!(Fields::parse(b"a=x%00y").get("a"), "x\u{fffd}y");
    }
}
