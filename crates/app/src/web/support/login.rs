//! Who sends a request: looked up once by the cookie's token, kept with the request for everything behind it.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use domain::permission::Actor;
use sha2::{Digest, Sha256};
use store::StoreError;
use store::account::Login;

use super::cookie;
use super::fault::Fault;
use crate::web::App;

/// The log-in of a request, where it has one.
#[derive(Debug, Clone, Default)]
pub struct Current(Option<Arc<Login>>);

impl Current {
    /// Looks the cookie's token up.
    pub async fn of(headers: &HeaderMap, app: &App) -> Result<Self, StoreError> {
        let Some(token) = cookie::read(headers, cookie::LOGIN) else { return Ok(Self(None)) };
        let login = app.store().login(&token_hash(token), app.now()).await?;
        Ok(Self(login.map(Arc::new)))
    }

    /// The one that was looked up for a request.
    pub fn in_request(parts: &Parts) -> Self {
        parts.extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// Who it is.
    pub fn actor(&self) -> Option<&Actor> {
        self.0.as_deref().map(|login| &login.actor)
    }

    /// What its forms carry; empty for the public.
    pub fn form_token(&self) -> &str {
        self.0.as_deref().map_or("", |login| login.form_token.as_str())
    }

    /// Whether nothing else may be done before a new password is chosen.
    pub fn must_choose_password(&self) -> bool {
        self.0.as_deref().is_some_and(|login| login.must_choose_password)
    }
}

impl FromRequestParts<App> for Current {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self::in_request(parts))
    }
}

/// The hash under which a token is stored: whoever reads the database cannot log in with it.
pub fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token))
}

/// A new token of 256 random bits.
pub fn new_token() -> Result<String, Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(Fault::internal)?;
    Ok(hex(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The actor as a handler's argument: the page is for people who are signed in.
/// `Option<Signed>` is for pages that show more to them.
#[derive(Debug, Clone)]
pub struct Signed(pub Actor);

impl FromRequestParts<App> for Signed {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fault> {
        Current::in_request(parts).actor().cloned().map(Self).ok_or(Fault::LogIn)
    }
}

impl OptionalFromRequestParts<App> for Signed {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Option<Self>, Fault> {
        Ok(Current::in_request(parts).actor().cloned().map(Self))
    }
}
