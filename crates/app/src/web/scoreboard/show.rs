//! The scoreboard of one unit: the computed board first, what papers claim beside it. A unit without resolutions and numbers has
//! the claims alone, and nothing made up from them.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::claim::Claim;
use domain::id::Id;
use domain::permission::may_keep_measurements;
use domain::unit::Unit;
use scoreboard::ledger::Ledger;

use super::asked::Asked;
use super::bar::{QuestionBar, choose};
use super::claims::{ClaimBeside, Holder};
use super::computed::{Computed, Judged, judged_of, newest_month};
use super::frozen::{FrozenLine, frozen_lines};
use super::group::{GroupView, group_views};
use super::headline::{Headline, headline, term_elapsed};
use super::life::{Life, life_of};
use crate::web::claim::{CountGroup, FigureRow, count_groups, figure_rows};
use crate::web::page::render_as;
use crate::web::source::{Papers, audience};
use crate::web::support::form::Fields;
use crate::web::{App, Fault, Nav, Page};

/// A way to another view of the board.
pub struct Way {
    /// Its words.
    pub label: &'static str,
    /// Its address.
    pub href: String,
}

/// The board itself.
struct BoardView {
    headline: Headline,
    groups: Vec<GroupView>,
    /// `22 nhóm mục tiêu`
    title: String,
}

#[derive(Template)]
#[template(path = "scoreboard/show.html")]
struct ScoreboardPage {
    page: Page,
    unit: String,
    unit_href: String,
    /// The resolution in one sentence; empty where there is none.
    lead: String,
    life: Life,
    /// Absent where the unit has no targets at all.
    bar: Option<QuestionBar>,
    /// Boards that sessions have frozen.
    frozen: Vec<FrozenLine>,
    /// Absent where it has none for the month.
    board: Option<BoardView>,
    /// Why there is no board, where a resolution is there; empty else.
    no_board: String,
    ways: Vec<Way>,
    beside: Vec<ClaimBeside>,
    counts: Vec<CountGroup>,
    figures: Vec<FigureRow>,
    caption: String,
}

/// `GET /scoreboards/{unit}`
pub async fn show_scoreboard(
    page: Page,
    State(app): State<App>,
    Path(unit): Path<i64>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let lang = page.lang;
    let unit: Unit = app.store().get(Id::new(unit)).await?;
    let ledger = app.scoreboards().ledger(app.store()).await?;
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let claims = app.store().claims_of_unit(unit.id, audience(&page)).await?;
    let (asked, judged, computed) = ask(&app, &ledger, &unit, &query).await?;
    let mut papers = Papers::new(&app, &page);
    let (beside, claims) = match computed.as_ref().map(|computed| &computed.judged) {
        Some(of) => {
            beside(&Holder { app: &app, page: &page, ledger: &ledger, unit: &unit, judged: &judged, of }, &mut papers, &asked, claims)
                .await?
        }
        None => (Vec::new(), claims),
    };
    let frozen = match &computed {
        Some(computed) => frozen_lines(&app, &page, &asked, &unit, &computed.judged).await?,
        None => Vec::new(),
    };
    let counts = count_groups(&app, &page, &mut papers, &claims).await?;
    let figures = figure_rows(&page, &mut papers, &claims).await?;
    let bar = computed.as_ref().map(|computed| QuestionBar::new(&page, &asked, &judged, &computed.judged.code, "", app.today()));
    let has_problem = bar.as_ref().is_some_and(QuestionBar::has_problem);
    let board = computed.as_ref().filter(|computed| !computed.groups.is_empty()).map(|computed| board_view(&page, &asked, computed));
    let ready = ScoreboardPage {
        unit_href: page.href(&format!("/units/{}", unit.id)),
        lead: computed.as_ref().map_or_else(String::new, |computed| lead(&page, computed)),
        life: life_of(&page, &ledger, &unit, app.today()),
        no_board: computed.as_ref().filter(|_| board.is_none()).map_or_else(String::new, |computed| no_board(&page, computed)),
        ways: ways(&app, &page, &asked, &unit, board.is_some()).await?,
        bar,
        frozen,
        board,
        beside,
        counts,
        caption: lang.scoreboard_figures_caption(lang.integer(figures.len())),
        figures,
        page: page.at(Nav::Scoreboards).titled(lang.scoreboard_title(&unit.name)).described(lang.scoreboard_list_description()),
        unit: unit.name,
    };
    render_as(if has_problem { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &ready)
}

/// What the address asks of a unit, the unit's resolutions, and the board that answers it; absent where it has no targets.
async fn ask(app: &App, ledger: &Arc<Ledger>, unit: &Unit, query: &Fields) -> Result<(Asked, Vec<Judged>, Option<Computed>), Fault> {
    let (ledger, unit, query, today) = (Arc::clone(ledger), unit.clone(), query.clone(), app.today());
    let work = move || {
        let judged = judged_of(&ledger, unit.id);
        let chosen = query.filled(super::asked::RESOLUTION).filter(|code| judged.iter().any(|one| one.code == *code));
        let chosen = chosen.or_else(|| judged.first().map(|one| one.code.as_str()));
        let newest = |known_on| newest_month(&ledger, &unit, chosen, known_on, today);
        let mut asked = Asked::of(unit.id, &query, today, newest);
        let of = choose(&mut asked, &judged).cloned();
        let computed = of.map(|of| Computed::new(Arc::clone(&ledger), unit, asked.question, of));
        (asked, judged, computed)
    };
    Ok(app.scoreboards().compute(work).await?)
}

async fn beside(
    holder: &Holder<'_>,
    papers: &mut Papers<'_>,
    asked: &Asked,
    claims: Vec<Claim>,
) -> Result<(Vec<ClaimBeside>, Vec<Claim>), Fault> {
    let (matched, rest) = holder.split(claims).await?;
    let mut beside = Vec::new();
    for claims in matched {
        beside.extend(holder.beside(papers, asked, &claims).await?);
    }
    Ok((beside, rest))
}

fn board_view(page: &Page, asked: &Asked, computed: &Computed) -> BoardView {
    let groups = group_views(page, asked, computed, term_elapsed(computed));
    let title = page.lang.scoreboard_groups(page.lang.integer(groups.len()));
    BoardView { headline: headline(page, asked, computed, &groups), groups, title }
}

/// The resolution in one sentence, with how much it asks.
fn lead(page: &Page, computed: &Computed) -> String {
    let lang = page.lang;
    let resolution = computed.judged.resolution.as_ref();
    let symbol = resolution.and_then(|resolution| resolution.symbol.clone());
    let day = resolution.and_then(|resolution| resolution.issued_on).map(|day| lang.day(day));
    let marks: Vec<String> = symbol.into_iter().chain(day).collect();
    let name = computed.judged.name();
    let name = if marks.is_empty() { name.to_owned() } else { format!("{name} ({})", marks.join(", ")) };
    let indicators: usize = computed.groups.iter().map(|group| group.indicators.len()).sum();
    if indicators == 0 { name } else { lang.scoreboard_lead(name, lang.integer(computed.groups.len()), lang.integer(indicators)) }
}

/// Why the month has no board: the unit does not exist on its day, or has no target then.
fn no_board(page: &Page, computed: &Computed) -> String {
    let lang = page.lang;
    let day = computed.question.units_on();
    if computed.unit.exists_on(Some(day)) {
        lang.scoreboard_no_targets(lang.period(computed.question.month))
    } else {
        lang.scoreboard_not_there(lang.day(day))
    }
}

/// The ways to the other views, to files, and to the forms of who may enter numbers.
async fn ways(app: &App, page: &Page, asked: &Asked, unit: &Unit, has_board: bool) -> Result<Vec<Way>, Fault> {
    let lang = page.lang;
    let mut ways = Vec::new();
    if has_board {
        let view = |label, path: &str| Way { label, href: page.href(&asked.path(path)) };
        ways.push(view(lang.view_ranking(), "/ranking"));
        ways.push(view(lang.view_heat(), "/heat"));
        ways.push(view(lang.view_missing(), "/missing"));
        ways.extend(files(page, asked, unit));
    }
    if let Some(actor) = &page.actor
        && may_keep_measurements(actor, &app.store().unit_path(unit.id).await?).is_ok()
    {
        ways.push(Way { label: lang.scoreboard_enter(), href: page.href(&format!("/units/{}/measurements", unit.id)) });
    }
    Ok(ways)
}

/// The board as files. The address of programs names units by code, so one without a code has none.
fn files(page: &Page, asked: &Asked, unit: &Unit) -> Vec<Way> {
    let Some(code) = &unit.code else { return Vec::new() };
    let file = |label, format: &str| {
        let unit = form_urlencoded::Serializer::new(String::new()).append_pair("unit", code).append_pair("format", format).finish();
        Way { label, href: page.href(&format!("/api/v1/scoreboards?{unit}&{}", asked.query())) }
    };
    vec![file(page.lang.scoreboard_csv(), "csv"), file(page.lang.scoreboard_json(), "json")]
}
