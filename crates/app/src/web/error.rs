//! The page for whatever went wrong: what happened, what to do, the request's code, and what was typed.

use askama::Template;
use axum::http::Method;
use axum::http::request::Parts;
use domain::problem::Problem;

use super::page::NavItem;
use super::support::csrf;
use super::support::fault::Fault;
use super::support::form::Fields;
use super::{App, Page};
use crate::lang::Said;

/// Most fields shown again: beyond the largest form of ours (a task with sixty bodies) nobody typed them.
const KEPT_FIELDS_MAX: usize = 200;

/// A field of the form that failed, to be sent again.
struct KeptField {
    name: String,
    label: String,
    value: String,
    /// Passwords and tokens are asked for again, never shown.
    secret: bool,
}

#[derive(Template)]
#[template(path = "error/page.html")]
struct ErrorPage {
    page: Page,
    status: String,
    said: Said,
    /// The server's own fault: shows the request's code.
    ours: bool,
    moment: String,
    /// A form was sent: the browser still has what was typed.
    sent: bool,
    /// Where to log in, to come back here.
    log_in: Option<String>,
    /// Where to look further.
    ways: Vec<NavItem>,
    /// Where the form goes; absent where sending again makes no sense.
    send_to: Option<String>,
    kept: Vec<KeptField>,
}

/// The page for a fault. Never fails: a page that cannot be made is replaced by its sentence alone.
pub async fn error_page(app: &App, request: &Parts, fault: &Fault, typed: &Fields) -> String {
    let page = Page::of(request, app).await;
    let lang = page.lang;
    let said = fault.said(lang);
    let ours = fault.status().is_server_error();
    let code = fault.status().as_u16();
    let kept: Vec<KeptField> = if fault.may_be_sent_again() { kept_fields(&page, typed) } else { Vec::new() };
    let send_to = (!kept.is_empty()).then(|| page.own_address());
    let error = ErrorPage {
        status: if ours { lang.error_server(code) } else { lang.error_client(code) },
        ours,
        sent: request.method == Method::POST,
        moment: lang.moment(app.now()),
        log_in: matches!(fault, Fault::LogIn | Fault::Problem(Problem::Forbidden { .. })).then(|| login_link(&page, request)),
        ways: if ours { Vec::new() } else { ways_on(&page) },
        send_to,
        kept,
        page: page.unlisted().titled(said.what.trim_end_matches('.')),
        said,
    };
    error.render().unwrap_or_else(|fault| {
        tracing::error!(%fault, "the error page cannot be made");
        error.said.what
    })
}

/// The lists that are nearest to what was asked for: that of the noun in the address first, then the others of the main navigation.
fn ways_on(page: &Page) -> Vec<NavItem> {
    let address = page.own_path();
    let noun = address.trim_start_matches('/').split('/').next().unwrap_or_default();
    let mut ways = page.nav_items();
    let (documents, units) = (page.href("/documents"), page.href("/units"));
    ways.push(NavItem { href: documents, label: page.lang.document_list_title(), current: false });
    ways.push(NavItem { href: units, label: page.lang.units_title(), current: false });
    let of_noun = |way: &NavItem| way.href == page.href(&format!("/{}", list_of(noun)));
    ways.sort_by_key(|way| !of_noun(way));
    for way in &mut ways {
        way.current = of_noun(way);
    }
    ways
}

/// The list in which a thing of an address stands: a board in its session, an article under edit among the news.
fn list_of(noun: &str) -> &str {
    match noun {
        "articles" => "news",
        "boards" => "sessions",
        "passages" => "documents",
        "people" | "measurements" => "units",
        noun => noun,
    }
}

/// The log-in page, which leads back to what was asked for; a form cannot be led back to.
fn login_link(page: &Page, request: &Parts) -> String {
    let login = page.href("/login");
    if request.method != Method::GET {
        return login;
    }
    let next: String = form_urlencoded::byte_serialize(request.uri.to_string().as_bytes()).collect();
    format!("{login}?next={next}")
}

fn kept_fields(page: &Page, typed: &Fields) -> Vec<KeptField> {
    let fields = typed.iter().filter(|(name, _)| *name != csrf::FIELD).take(KEPT_FIELDS_MAX);
    fields
        .map(|(name, value)| {
            let secret = is_secret(name);
            let label = page.lang.word("field", name).unwrap_or(name).to_owned();
            KeptField { name: name.to_owned(), label, value: if secret { String::new() } else { value.to_owned() }, secret }
        })
        .collect()
}

/// Whether a field holds what must not come back in a page.
fn is_secret(name: &str) -> bool {
    ["password", "token", "secret", "one_time"].iter().any(|word| name.contains(word))
}
