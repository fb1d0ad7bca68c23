//! Logging in.

use askama::Template;
use axum::response::Response;

use super::{Fault, Page, render};
use crate::lang::Said;

/// The log-in form, empty or with what did not fit.
#[derive(Template)]
#[template(path = "login/page.html")]
struct LoginPage {
    page: Page,
    /// The name as it was typed; a password is never shown again.
    name: String,
    problem: Option<Said>,
}

/// `GET /login`
pub async fn show_login(page: Page) -> Result<Response, Fault> {
    let title = page.lang.login_title();
    render(&LoginPage { page: page.titled(title), name: String::new(), problem: None })
}
