//! The list of papers.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::code::Coded;
use domain::document::Document;

use crate::web::source::{audience, paper_name};
use crate::web::support::form::Query;
use crate::web::support::pager::{PageNumber, PagerLink};
use crate::web::{App, Fault, Page, render};

/// Papers on a page: one screen of a desk.
const PAGE_SIZE: i64 = 20;

/// A paper in a list.
pub struct PaperRow {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What sort of paper it is.
    pub kind: &'static str,
    /// Its day, or the words for an unknown one.
    pub day: String,
    /// Who issued or printed it.
    pub issuer: String,
    /// Whether the public does not see it.
    pub unpublished: bool,
}

impl PaperRow {
    /// A paper in the language of a page.
    pub fn of(page: &Page, document: &Document) -> Self {
        let lang = page.lang;
        Self {
            name: paper_name(lang, document),
            href: page.href(&format!("/documents/{}", document.id)),
            kind: document.kind.and_then(|kind| lang.word("paper_kind", kind.code())).unwrap_or_default(),
            day: lang.day_or_unknown(document.issued_on),
            issuer: document.issuer.clone().or_else(|| document.source.clone()).unwrap_or_default(),
            unpublished: document.published_at.is_none(),
        }
    }
}

#[derive(Template)]
#[template(path = "document/list.html")]
struct DocumentsPage {
    page: Page,
    rows: Vec<PaperRow>,
    pager: Vec<PagerLink>,
}

/// `GET /documents`
pub async fn list_documents(page: Page, State(app): State<App>, Query(query): Query) -> Result<Response, Fault> {
    let (lang, audience) = (page.lang, audience(&page));
    let number = PageNumber::of(&query, PAGE_SIZE)?;
    let pager = number.links(lang, "/documents", app.store().count_documents(audience).await?)?;
    let documents = app.store().documents(audience, number.offset(), number.size()).await?;
    let rows = documents.iter().map(|document| PaperRow::of(&page, document)).collect();
    render(&DocumentsPage { page: page.titled(lang.document_list_title()).described(lang.document_list_description()), rows, pager })
}
