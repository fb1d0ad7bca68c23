//! Logging in and out.

use std::net::IpAddr;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::{Account, parse_name};
use domain::permission::may_record;
use domain::problem::Problem;
use store::account::{LOGIN_HOURS_MAX, LoginOutcome};

use super::page::render_as;
use super::support::address::Client;
use super::support::cookie;
use super::support::fault::problem_status;
use super::support::form::{Fields, Query};
use super::support::login::{Signed, new_token, token_hash};
use super::{App, Fault, Nav, Page, render};
use crate::lang::{Lang, Said};
use crate::throttle::Attempt;

/// How long a device stays known: a clerk comes back after a long leave.
const DEVICE_SECONDS: u32 = 365 * 24 * 3600;
/// The cookie of a log-in ends with the longest log-in.
const LOGIN_SECONDS: u32 = LOGIN_HOURS_MAX as u32 * 3600;
/// Whom the journal names where no such account exists: what was typed may be a password in the wrong field.
const UNKNOWN: &str = "unknown";

/// The log-in form, empty or with what did not fit.
#[derive(Template)]
#[template(path = "login/page.html")]
struct LoginPage {
    page: Page,
    /// The name as it was typed; a password is never shown again.
    name: String,
    /// Where to go afterwards.
    next: String,
    problem: Option<Said>,
}

/// `GET /login`
pub async fn show_login(page: Page, Query(query): Query) -> Result<Response, Fault> {
    let title = page.lang.login_title();
    render(&LoginPage { page: page.unlisted().titled(title), name: String::new(), next: query.get("next").to_owned(), problem: None })
}

/// `POST /login`
pub async fn log_in(
    page: Page,
    State(app): State<App>,
    Client(address): Client,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Fault> {
    match begin(&app, &headers, address, &fields).await? {
        Outcome::Begun(account) => {
            let mut response = Redirect::to(&next_page(&page, fields.get("next"))).into_response();
            set_cookies(&app, &headers, &account, response.headers_mut()).await?;
            Ok(response)
        }
        Outcome::Refused(problem) => show_again(page, &fields, problem_status(&problem), |lang| lang.problem(&problem)),
        Outcome::Wait(wait) => {
            let mut response = show_again(page, &fields, StatusCode::TOO_MANY_REQUESTS, |lang| must_wait(lang, wait))?;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
            Ok(response)
        }
    }
}

enum Outcome {
    Begun(Account),
    Refused(Problem),
    Wait(Duration),
}

/// Looks at name and password, unless this place has to wait; every outcome but the wait is in the journal.
async fn begin(app: &App, headers: &HeaderMap, address: IpAddr, fields: &Fields) -> Result<Outcome, Fault> {
    let Ok(name) = parse_name(fields.get("name")) else { return Ok(Outcome::Refused(Problem::WrongLogin)) };
    let device = cookie::read(headers, cookie::DEVICE).and_then(|cookie| app.device_key().device(&name, cookie));
    let attempt = Attempt { account: &name, address, device };
    let now = app.now();
    if let Err(wait) = app.throttle().begin(&attempt, now) {
        return Ok(Outcome::Wait(wait));
    }
    let account = app.store().account_named(&name).await?;
    let hash = account.as_ref().filter(|account| account.closed_at.is_none()).map(|account| account.password_hash.as_str());
    let fits = app.passwords().fits(fields.exact("password"), hash).await?;
    let named = account.as_ref().map_or(UNKNOWN, |account| account.name.as_str()).to_owned();
    let Some(account) = account.filter(|_| fits) else {
        app.store().record_login(&may_record(&named), now, LoginOutcome::Refused).await?;
        return Ok(Outcome::Refused(Problem::WrongLogin));
    };
    app.throttle().succeeded(&attempt);
    if account.one_time_until.is_some_and(|until| until < now) {
        app.store().record_login(&may_record(&named), now, LoginOutcome::Refused).await?;
        return Ok(Outcome::Refused(Problem::ExpiredPassword));
    }
    Ok(Outcome::Begun(account))
}

/// Begins the log-in and gives its cookie, and one that makes the device known.
async fn set_cookies(app: &App, headers: &HeaderMap, account: &Account, response: &mut HeaderMap) -> Result<(), Fault> {
    let (token, now) = (new_token()?, app.now());
    if let Some(old) = cookie::read(headers, cookie::LOGIN) {
        app.store().end_login(&token_hash(old)).await?;
    }
    app.store().begin_login(account.id, &token_hash(&token), &new_token()?, now).await?;
    app.store().record_login(&may_record(&account.name), now, LoginOutcome::Begun).await?;
    let mut number = [0; 16];
    getrandom::fill(&mut number).map_err(Fault::internal)?;
    let device = app.device_key().cookie(&account.name, number);
    let cookies = [(cookie::LOGIN, token, LOGIN_SECONDS), (cookie::DEVICE, device, DEVICE_SECONDS)];
    for (name, value, seconds) in cookies {
        response.extend(cookie::set(headers, name, &value, seconds).map(|cookie| (header::SET_COOKIE, cookie)));
    }
    Ok(())
}

fn show_again(page: Page, fields: &Fields, status: StatusCode, problem: impl Fn(Lang) -> Said) -> Result<Response, Fault> {
    let lang = page.lang;
    let form = LoginPage {
        page: page.unlisted().titled(lang.login_title()),
        name: fields.get("name").to_owned(),
        next: fields.get("next").to_owned(),
        problem: Some(problem(lang)),
    };
    render_as(status, &form)
}

fn must_wait(lang: Lang, wait: Duration) -> Said {
    let seconds = wait.as_secs() + 1;
    let wait = if seconds < 60 { lang.time_seconds(seconds) } else { lang.time_minutes(seconds.div_ceil(60)) };
    Said { what: lang.login_wait().to_owned(), advice: lang.login_wait_do(wait) }
}

/// Where the form says, if that is a page of ours; else the clerk's own work.
fn next_page(page: &Page, next: &str) -> String {
    if is_local(next) { next.to_owned() } else { page.href(Nav::MyWork.path()) }
}

/// A path on this server: "//host" and "/\host" would lead a browser elsewhere.
fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path[1..].starts_with(['/', '\\']) && path.bytes().all(|byte| byte.is_ascii_graphic())
}

/// `POST /logout`
pub async fn log_out(
    page: Page,
    State(app): State<App>,
    signed: Option<Signed>,
    headers: HeaderMap,
    _checked: Fields,
) -> Result<Response, Fault> {
    if let (Some(Signed(actor)), Some(token)) = (signed, cookie::read(&headers, cookie::LOGIN)) {
        app.store().end_login(&token_hash(token)).await?;
        app.store().record_login(&may_record(actor.name()), app.now(), LoginOutcome::Ended).await?;
    }
    let mut response = page.redirect("/");
    response.headers_mut().extend(cookie::clear(&headers, cookie::LOGIN).map(|cookie| (header::SET_COOKIE, cookie)));
    // The next person at a shared machine shall not find these pages with the back button.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_in_leads_only_to_our_own_pages() {
        for local in ["/", "/tasks/7?page=2", "/en/my-work"] {
            assert!(is_local(local), "{local}");
        }
        for elsewhere in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "tasks"] {
            assert!(!is_local(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn a_wait_is_told_in_words() {
        assert_eq!(
            must_wait(Lang::En, Duration::from_millis(4999)).advice,
            "Wait 5\u{a0}seconds and try again; the account is not locked elsewhere."
        );
        assert!(must_wait(Lang::Vi, Duration::from_secs(90)).advice.contains("2\u{a0}phút"));
    }
}
