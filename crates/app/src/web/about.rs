//! The pages that explain: about, open data, accessibility.

use askama::Template;
use axum::response::Response;

use super::{Fault, Page, render};

#[derive(Template)]
#[template(path = "about/about.html")]
struct AboutPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "about/open-data.html")]
struct OpenDataPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "about/accessibility.html")]
struct AccessibilityPage {
    page: Page,
}

/// `GET /about`
pub async fn show_about(page: Page) -> Result<Response, Fault> {
    let lang = page.lang;
    render(&AboutPage { page: page.titled(lang.about_title()).described(lang.about_description()) })
}

/// `GET /open-data`
pub async fn show_open_data(page: Page) -> Result<Response, Fault> {
    let lang = page.lang;
    render(&OpenDataPage { page: page.titled(lang.open_data_title()).described(lang.open_data_description()) })
}

/// `GET /accessibility`
pub async fn show_accessibility(page: Page) -> Result<Response, Fault> {
    let lang = page.lang;
    render(&AccessibilityPage { page: page.titled(lang.accessibility_title()).described(lang.accessibility_description()) })
}
