//! The list of papers on the desk, and of those that are in the ledger.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::code::Coded;
use domain::draft::{HeldReading, ReadingState};
use domain::permission;

use crate::lang::Lang;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Nav, Page, render};

/// Readings shown of each state: what an office works on in a quarter.
const SHOWN_MAX: i64 = 100;

struct ReadingRow {
    address: String,
    title: String,
    kind: &'static str,
    about: String,
    handed_in: String,
    /// "Còn 12 bản nháp", or where it went.
    stands: String,
}

#[derive(Template)]
#[template(path = "reading/list.html")]
struct ReadingsPage {
    page: Page,
    open: Vec<ReadingRow>,
    settled: Vec<ReadingRow>,
    may_hand_in: bool,
}

/// `GET /readings`
pub async fn list_readings(State(app): State<App>, page: Page, Signed(actor): Signed) -> Result<Response, Fault> {
    let pending: HashMap<_, _> = app.store().pending_drafts().await?.into_iter().collect();
    let lang = page.lang;
    let open = app.store().readings(ReadingState::Open, SHOWN_MAX).await?;
    let settled = app.store().readings(ReadingState::Settled, SHOWN_MAX).await?;
    let stands = |held: &HeldReading| lang.reading_pending(lang.integer(pending.get(&held.id).copied().unwrap_or(0)));
    let open = open.iter().map(|held| row(lang, &page, held, stands(held))).collect();
    let settled = settled.iter().map(|held| row(lang, &page, held, lang.reading_in_ledger().to_owned())).collect();
    let title = lang.reading_list_title();
    let may_hand_in = permission::may_hand_in(&actor).is_ok();
    render(&ReadingsPage { page: page.at(Nav::Readings).titled(title), open, settled, may_hand_in })
}

fn row(lang: Lang, page: &Page, held: &HeldReading, stands: String) -> ReadingRow {
    ReadingRow {
        address: page.href(&format!("/readings/{}", held.id)),
        title: title_of(lang, held),
        kind: kind_of(lang, held),
        about: held.about.clone().unwrap_or_default(),
        handed_in: lang.reading_handed_in(&held.handed_in_by, lang.moment(held.handed_in_at)),
        stands,
    }
}

/// What a reading is called: its headline, else its file, else its kind.
pub fn title_of(lang: Lang, held: &HeldReading) -> String {
    held.headline.clone().or_else(|| held.file_name.clone()).unwrap_or_else(|| kind_of(lang, held).to_owned())
}

fn kind_of(lang: Lang, held: &HeldReading) -> &'static str {
    lang.word("paper_kind", held.kind.code()).unwrap_or_default()
}
