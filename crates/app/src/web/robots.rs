//! What programs that read the whole site are asked to leave alone. It is a request and no lock: each page asks for itself who may
//! see it.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::App;
use super::support::origin::Origin;
use crate::lang::Lang;

/// Pages of staff, answers to a typed question, and addresses that only forms use.
const LEFT_ALONE: [&str; 9] = ["/login", "/logout", "/password", "/my-work", "/readings", "/journal", "/accounts", "/articles/", "/search"];

/// `GET /robots.txt`
pub async fn show_robots(State(app): State<App>, parts: Parts) -> Response {
    let origin = Origin::of_request(&parts, &app);
    let mut text = "User-agent: *\n".to_owned();
    for lang in [Lang::Vi, Lang::En] {
        for path in LEFT_ALONE {
            let _ = writeln!(text, "Disallow: {}", lang.href(path));
        }
    }
    if origin.is_known() {
        let _ = writeln!(text, "\nSitemap: {}", origin.absolute("/sitemap.xml"));
    }
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text).into_response()
}
