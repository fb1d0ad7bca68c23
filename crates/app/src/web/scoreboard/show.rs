//! The scoreboard of one unit.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::id::Id;
use domain::unit::Unit;

use crate::web::claim::{CountGroup, FigureRow, count_groups, figure_rows};
use crate::web::source::{Papers, audience};
use crate::web::{App, Fault, Nav, Page, render};

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
