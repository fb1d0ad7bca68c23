//! Choosing an own password: the first thing after a one-time one, and later whenever a person wants.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::account::{PASSWORD_CHARACTERS_MIN, check_password};
use domain::permission::{Actor, may_keep_own_account};
use domain::problem::Problem;

use super::page::render_as;
use super::support::address::Client;
use super::support::cookie;
use super::support::form::Fields;
use super::support::login::{Current, Signed, token_hash};
use super::{App, Fault, Nav, Page, render};
use crate::lang::{Lang, Said};
use crate::throttle::Attempt;

/// The form, empty or with what did not fit.
#[derive(Template)]
#[template(path = "login/password.html")]
struct PasswordPage {
    page: Page,
    rule: String,
    /// After a one-time password the present one is not asked for: it was typed a moment ago.
    first: bool,
    problem: Option<Said>,
}

impl PasswordPage {
    fn new(page: Page, login: &Current, problem: Option<Said>) -> Self {
        let lang = page.lang;
        let rule = lang.password_rule(PASSWORD_CHARACTERS_MIN);
        Self { page: page.titled(lang.password_title()), rule, first: login.must_choose_password(), problem }
    }
}

/// `GET /password`
pub async fn show_password(page: Page, _signed: Signed, login: Current) -> Result<Response, Fault> {
    render(&PasswordPage::new(page, &login, None))
}

/// `POST /password`
pub async fn change_password(
    page: Page,
    State(app): State<App>,
    Signed(actor): Signed,
    login: Current,
    client: Client,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Fault> {
    if let Some(problem) = what_is_wrong(&app, &actor, &login, client, &fields, page.lang).await? {
        return render_as(StatusCode::UNPROCESSABLE_ENTITY, &PasswordPage::new(page, &login, Some(problem)));
    }
    let (Some(account), Some(token)) = (actor.id(), cookie::read(&headers, cookie::LOGIN)) else { return Err(Fault::LogIn) };
    let hash = app.passwords().hash(fields.exact("new_password")).await?;
    app.store().set_password(&may_keep_own_account(&actor), app.now(), account, hash, &token_hash(token)).await?;
    Ok(page.redirect(Nav::MyWork.path()))
}

async fn what_is_wrong(
    app: &App,
    actor: &Actor,
    login: &Current,
    client: Client,
    fields: &Fields,
    lang: Lang,
) -> Result<Option<Said>, Fault> {
    let (new, again) = (fields.exact("new_password"), fields.exact("new_password_again"));
    if let Err(problem) = check_password(new, actor.name()) {
        return Ok(Some(lang.problem(&problem)));
    }
    if new != again {
        return Ok(Some(Said { what: lang.password_differ().to_owned(), advice: lang.password_differ_do().to_owned() }));
    }
    let account = app.store().account_named(actor.name()).await?;
    let hash = account.as_ref().map(|account| account.password_hash.as_str());
    if login.must_choose_password() {
        // The one-time password was read aloud or written down: it may not become the lasting one.
        let same = app.passwords().fits(new, hash).await?;
        return Ok(same.then(|| lang.problem(&Problem::WeakPassword { characters_min: PASSWORD_CHARACTERS_MIN })));
    }
    // Who finds a machine left open may not guess here either.
    let attempt = Attempt { account: actor.name(), address: client.0, device: None };
    if app.throttle().begin(&attempt, app.now()).is_err() {
        return Ok(Some(Said { what: lang.login_wait().to_owned(), advice: lang.login_wait_do(lang.time_minutes(15)) }));
    }
    if app.passwords().fits(fields.exact("password"), hash).await? {
        app.throttle().succeeded(&attempt);
        return Ok(None);
    }
    Ok(Some(Said { what: lang.password_wrong().to_owned(), advice: lang.problem_wrong_login_do().to_owned() }))
}
