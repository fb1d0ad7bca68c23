//! Around every request: its id and log line, limits, security headers, the count of visits, and the page for
//! whatever went wrong, in the visitor's language.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;
use tracing::Instrument;

use super::fault::Fault;
use super::form::{FORM_BYTES_MAX, Fields};
use super::kept::Unchanged;
use super::login::Current;
use super::request_id::{self, RequestId};
use super::{address, headers, panic};
use crate::lang::Lang;
use crate::web::App;
use crate::web::error::error_page;

/// Most bytes of any request: the largest paper with the form around it.
const BODY_BYTES_MAX: usize = paper::FILE_BYTES_MAX + FORM_BYTES_MAX;
/// The longest a request may take: the largest paper over a line of 1 Mbit/s.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(180);

/// The longest the fields of a form may take to arrive: the largest one over a line of 0.3 Mbit/s.
const FORM_TIME_MAX: Duration = Duration::from_secs(30);

/// Puts the layers around the routes, outermost last.
pub fn wrap(routes: Router<App>, app: App) -> Router {
    let compressible = DefaultPredicate::new().and(NotForContentType::const_new("font/"));
    routes
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(panic::respond))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIME_MAX))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(app.clone(), around))
        .layer(CompressionLayer::new().compress_when(compressible))
        .with_state(app)
}

async fn around(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId::random();
    request.extensions_mut().insert(id);
    let span = tracing::info_span!("request", %id, method = %request.method(), path = request.uri().path());
    let mut response = answer(app, request, next).instrument(span).await;
    if let Ok(id) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(request_id::HEADER, id);
    }
    headers::secure(response.headers_mut());
    response
}

async fn answer(app: App, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (mut parts, body) = request.into_parts();
    let login = find_login(&parts, &app).await;
    if let Ok(login) = &login {
        parts.extensions.insert(login.clone());
    }
    let head = Parts::clone(&parts);
    let (body, typed, broken) = match hold_form(&parts.headers, body).await {
        Ok((body, typed)) => (body, typed, None),
        Err(fault) => (Body::empty(), Fields::default(), Some(fault)),
    };
    let mut response = match (login, broken) {
        (Err(fault), _) | (_, Some(fault)) => fault.into_response(),
        (Ok(login), None) if login.must_choose_password() && !leads_to_password(&parts) => to_password(&parts),
        _ => next.run(Request::from_parts(parts, body)).await,
    };
    let status = response.status();
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if is_look(&response) {
        count_visit(&app, &head);
    }
    if !is_unworded_error(&response) {
        if let Some(seconds) = response.extensions().get::<Fault>().and_then(Fault::retry_after_seconds) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        match response.extensions().get::<Fault>().and_then(Fault::cause) {
            Some(cause) => tracing::error!(status = status.as_u16(), milliseconds, cause, "failed"),
            None => tracing::info!(status = status.as_u16(), milliseconds, "answered"),
        }
        return response;
    }
    let fault = Fault::of_response(&response, BODY_BYTES_MAX);
    match fault.cause() {
        Some(cause) => tracing::error!(status = status.as_u16(), milliseconds, cause, "failed"),
        None => tracing::info!(status = status.as_u16(), milliseconds, "refused"),
    }
    if let Some(seconds) = fault.retry_after_seconds() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    with_page(response, error_page(&app, &head, &fault, &typed).await)
}

/// Who sends the request; a file that everybody may see needs no look into the ledger.
async fn find_login(request: &Parts, app: &App) -> Result<Current, Fault> {
    if request.uri.path().starts_with("/assets/") { Ok(Current::default()) } else { Ok(Current::of(&request.headers, app).await?) }
}

/// Whether a request may be made with a one-time password: to choose a new one or to sign out.
fn leads_to_password(request: &Parts) -> bool {
    let (_, path) = Lang::split_path(request.uri.path());
    matches!(path, "/password" | "/logout")
}

fn to_password(request: &Parts) -> Response {
    let (lang, _) = Lang::split_path(request.uri.path());
    Redirect::to(&lang.href("/password")).into_response()
}

/// Reads a form's body once, so that its values can be shown again if the handler fails.
async fn hold_form(headers: &HeaderMap, body: Body) -> Result<(Body, Fields), Fault> {
    let is_form = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if !is_form {
        return Ok((body, Fields::default()));
    }
    let bytes = tokio::time::timeout(FORM_TIME_MAX, to_bytes(body, FORM_BYTES_MAX)).await.map_err(|_| Fault::Slow)?;
    let bytes = bytes.map_err(|_| Fault::TooLarge { bytes_max: FORM_BYTES_MAX })?;
    let typed = Fields::parse(&bytes);
    Ok((Body::from(bytes), typed))
}

/// Whether the response is an error that no handler has put into words.
fn is_unworded_error(response: &Response) -> bool {
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error && !is_html(response.headers()) && !is_json(response.headers())
}

/// Whether a response is a page.
pub fn is_html(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// A refusal of `/api/v1`.
fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// Keeps status and headers (`Allow` of a 405) and replaces what the browser shows.
fn with_page(mut response: Response, page: String) -> Response {
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    *response.body_mut() = Body::from(page);
    response
}

/// Whether the response shows a page, be it that the browser has it already.
fn is_look(response: &Response) -> bool {
    (response.status().is_success() && is_html(response.headers())) || response.extensions().get::<Unchanged>().is_some()
}

/// A look at a page counts; a form, a picture, a feed or an error does not.
fn count_visit(app: &App, request: &Parts) {
    if request.method != Method::GET {
        return;
    }
    let agent = request.headers.get(header::USER_AGENT).map_or(&b""[..], HeaderValue::as_bytes);
    let now = app.now();
    app.visits().seen(address::of(request), agent, now);
}
