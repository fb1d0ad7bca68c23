//! Who is signed in: pages for staff take [`Staff`] as an argument and are refused without a log-in.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::id::Id;
use domain::permission::{Actor, UnitPath};
use domain::unit::Unit;
use store::account::Login;

use super::cookie;
use super::fault::Fault;
use crate::web::App;

/// A log-in that holds, and whose person has an own password.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Who acts.
    pub actor: Actor,
}

impl Staff {
    /// The unit with everything above it; of no unit the person's own units stand in, so that what is about nobody
    /// yet can still be worked on by an officer.
    pub async fn path_or_own(&self, app: &App, unit: Option<Id<Unit>>) -> Result<UnitPath, Fault> {
        match unit {
            Some(unit) => Ok(app.store().unit_path(unit).await?),
            None => Ok(UnitPath(self.actor.roles().iter().map(|(_, unit)| *unit).collect())),
        }
    }
}

/// The log-in of a request, where it still holds.
pub async fn login_of(parts: &Parts, app: &App) -> Result<Option<Login>, Fault> {
    let Some(token) = cookie::read(&parts.headers, cookie::LOGIN) else { return Ok(None) };
    Ok(app.store().login(&store::record::sha256(token), app.now()).await?)
}

impl FromRequestParts<App> for Staff {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        match login_of(parts, app).await? {
            Some(login) if login.must_choose_password => Err(Fault::ChoosePassword),
            Some(login) => Ok(Self { actor: login.actor }),
            None => Err(Fault::LogIn),
        }
    }
}

/// The log-in of a request for pages that everybody may see, some of them more.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who acts; absent for the public.
    pub actor: Option<Actor>,
}

impl Visitor {
    /// What the visitor may see of lists.
    pub const fn audience(&self) -> store::task::Audience {
        if self.actor.is_some() { store::task::Audience::Staff } else { store::task::Audience::Public }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        Ok(Self { actor: login_of(parts, app).await?.filter(|login| !login.must_choose_password).map(|login| login.actor) })
    }
}
