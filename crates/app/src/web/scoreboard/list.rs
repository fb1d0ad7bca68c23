//! The list of scoreboards: areas that papers speak of.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::web::page::capitalised;
use crate::web::source::audience;
use crate::web::{App, Fault, Nav, Page, render};

struct AreaRow {
    name: String,
    href: String,
    above: String,
    claims: String,
    papers: String,
}

#[derive(Template)]
#[template(path = "scoreboard/list.html")]
struct ScoreboardsPage {
    page: Page,
    rows: Vec<AreaRow>,
}

/// `GET /scoreboards`
pub async fn list_scoreboards(page: Page, State(app): State<App>) -> Result<Response, Fault> {
    let lang = page.lang;
    let areas = app.store().claimed_areas(audience(&page)).await?;
    let row = |area: store::claim::ClaimedArea| AreaRow {
        name: capitalised(&area.unit.name),
        href: page.href(&format!("/scoreboards/{}", area.unit.id)),
        above: area.above.unwrap_or_default(),
        claims: lang.integer(area.claims),
        papers: lang.integer(area.papers),
    };
    let rows = areas.into_iter().map(row).collect();
    render(&ScoreboardsPage {
        page: page.at(Nav::Scoreboards).titled(lang.scoreboard_list_title()).described(lang.scoreboard_list_description()),
        rows,
    })
}
