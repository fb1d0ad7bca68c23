//! Scoreboards of areas. Until the ledger holds resolutions, indicators and values, they show what papers state, never bars
//! or groups made up from it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::id::Id;
use domain::unit::Unit;

use super::claim::{CountGroup, FigureRow, count_groups, figure_rows};
use super::page::capitalised;
use super::source::{Papers, audience};
use super::{App, Fault, Nav, Page, render};

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

#[derive(Template)]
#[template(path = "scoreboard/show.html")]
struct ScoreboardPage {
    page: Page,
    unit: String,
    unit_href: String,
    counts: Vec<CountGroup>,
    figures: Vec<FigureRow>,
    caption: String,
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

/// `GET /scoreboards/{unit}`
pub async fn show_scoreboard(page: Page, State(app): State<App>, Path(unit): Path<i64>) -> Result<Response, Fault> {
    let lang = page.lang;
    let unit: Unit = app.store().get(Id::new(unit)).await?;
    let claims = app.store().claims_of_unit(unit.id, audience(&page)).await?;
    let mut papers = Papers::new(&app, &page);
    let counts = count_groups(&app, &page, &mut papers, &claims).await?;
    let figures = figure_rows(&page, &mut papers, &claims).await?;
    let ready = ScoreboardPage {
        unit_href: page.href(&format!("/units/{}", unit.id)),
        counts,
        caption: lang.scoreboard_figures_caption(lang.integer(figures.len())),
        figures,
        page: page.at(Nav::Scoreboards).titled(lang.scoreboard_title(&unit.name)).described(lang.scoreboard_list_description()),
        unit: unit.name,
    };
    render(&ready)
}
