//! Units against groups: every achievement of the areas below a unit, or of those beside it, in one table.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::group::Group;
use domain::id::Id;
use domain::unit::Unit;
use scoreboard::board::GroupScore;

use super::family::{Family, Kin};
use super::group::anchor;
use super::view::{Frame, View, ViewLink};
use crate::web::page::render_as;
use crate::web::support::form::Query;
use crate::web::support::sheet::{Cell, Format};
use crate::web::{App, Fault, Nav, Page};

/// The field that says which units: `siblings` or `children`.
const UNITS: &str = "units";
const SIBLINGS: &str = "siblings";
const CHILDREN: &str = "children";
/// The view's path below the board.
const PATH: &str = "/heat";
const COLUMNS: [&str; 6] = ["unit", "name", "resolution", "group", "achievement_bp", "band"];

/// A unit with its groups.
struct Line {
    unit: Id<Unit>,
    groups: Vec<GroupScore>,
}

struct Heat {
    resolutions: Vec<(String, usize)>,
    chosen: Option<String>,
    kin: Option<Kin>,
    /// Which families there are to choose from.
    offered: Vec<Kin>,
    groups: Vec<Id<Group>>,
    lines: Vec<Line>,
    without: Vec<Id<Unit>>,
}

struct Head {
    code: String,
    name: String,
}

struct HeatCell {
    /// The group on the unit's board.
    href: String,
    /// Absent where the unit has no such group.
    achievement: Option<String>,
    class: &'static str,
    shape: &'static str,
    word: String,
}

struct Row {
    name: String,
    href: String,
    current: bool,
    cells: Vec<HeatCell>,
}

struct Sign {
    class: &'static str,
    shape: &'static str,
    word: String,
    count: String,
}

#[derive(Template)]
#[template(path = "scoreboard/heat.html")]
struct HeatPage {
    page: Page,
    frame: Frame,
    resolution: String,
    families: Vec<ViewLink>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    signs: Vec<Sign>,
    without: Vec<ViewLink>,
}

/// `GET /scoreboards/{unit}/heat`
pub async fn show_heat(page: Page, State(app): State<App>, Path(unit): Path<i64>, query: Query) -> Result<Response, Fault> {
    let view = View::open(&app, unit, &query.0).await?;
    let wanted = match query.0.get(UNITS) {
        SIBLINGS => Some(Kin::Siblings),
        CHILDREN => Some(Kin::Children),
        _ => None,
    };
    let heat = view.compute(&app, move |view| heat_of(view, wanted)).await?;
    if view.format != Format::Page {
        return Ok(view.respond("heat", &COLUMNS, rows_of_file(&view, &heat)));
    }
    show(page, &view, &heat)
}

/// The areas below the unit where one of them has groups, else those beside it, unless one of the two is asked for.
fn heat_of(view: &View, wanted: Option<Kin>) -> Heat {
    let families: Vec<Family> = [Family::children(view), Family::siblings(view)].into_iter().flatten().filter(Family::has_groups).collect();
    let offered: Vec<Kin> = families.iter().map(|family| family.kin).collect();
    let place = families.iter().position(|family| wanted.is_none_or(|kin| family.kin == kin)).unwrap_or_default();
    let Some(family) = families.into_iter().nth(place) else { return nothing(view) };
    let resolutions = view.resolutions_of(&family.boards);
    let chosen = view.shared_resolution(&resolutions);
    let (mut lines, mut without) = (Vec::new(), Vec::new());
    // The unit itself stands first, above those that add up to it.
    let own = (family.kin == Kin::Children).then(|| view.ledger.board(view.unit.id, &view.asked.question));
    for board in own.into_iter().chain(family.boards) {
        let unit = board.unit;
        let groups = chosen.as_deref().map(|code| view.of_resolution(board, code)).unwrap_or_default();
        if !groups.is_empty() {
            lines.push(Line { unit, groups });
        } else if unit != view.unit.id {
            without.push(unit);
        }
    }
    let mut groups: Vec<Id<Group>> = lines.iter().flat_map(|line| line.groups.iter().map(|score| score.group)).collect();
    groups.sort_unstable();
    groups.dedup();
    Heat { resolutions, chosen, kin: Some(family.kin), offered, groups, lines, without }
}

fn nothing(view: &View) -> Heat {
    Heat {
        resolutions: Vec::new(),
        chosen: view.asked.resolution.clone(),
        kin: None,
        offered: Vec::new(),
        groups: Vec::new(),
        lines: Vec::new(),
        without: Vec::new(),
    }
}

fn rows_of_file(view: &View, heat: &Heat) -> Vec<Vec<Cell>> {
    let resolution = heat.chosen.as_deref().unwrap_or_default();
    let row = |line: &Line, score: &GroupScore| -> Vec<Cell> {
        vec![
            view.unit_code(line.unit).into(),
            view.ledger.unit(line.unit).map(|unit| unit.name.clone()).into(),
            resolution.into(),
            view.ledger.group(score.group).map(|group| group.code.clone()).into(),
            score.achievement.into(),
            score.band.map_or_else(|| "none".to_owned(), |low| low.to_string()).into(),
        ]
    };
    heat.lines.iter().flat_map(|line| line.groups.iter().map(move |score| row(line, score))).collect()
}

fn show(page: Page, view: &View, heat: &Heat) -> Result<Response, Fault> {
    let lang = page.lang;
    let bands = heat.chosen.as_deref().map(|code| view.bands(code)).unwrap_or_default();
    // The board that is compared, though the unit may have others.
    let asked = heat.chosen.as_deref().map_or_else(|| view.asked.clone(), |code| view.asked.with_resolution(code));
    let href = |unit: Id<Unit>| page.href(&asked.with_unit(unit).path(""));
    let cell = |unit: Id<Unit>, score: Option<&GroupScore>| match score {
        None => HeatCell { href: String::new(), achievement: None, class: "", shape: "", word: String::new() },
        Some(score) => {
            let state = lang.band_state(&bands, score.band);
            let code = view.ledger.group(score.group).map_or("", |group| group.code.as_str());
            HeatCell {
                href: format!("{}#{}", href(unit), anchor(code)),
                achievement: Some(lang.achievement(score.achievement)),
                class: state.class,
                shape: state.shape,
                word: state.word,
            }
        }
    };
    let row = |line: &Line| Row {
        name: view.unit_name(line.unit),
        href: href(line.unit),
        current: line.unit == view.unit.id,
        cells: heat.groups.iter().map(|group| cell(line.unit, line.groups.iter().find(|score| score.group == *group))).collect(),
    };
    let count = |low: Option<i64>| heat.lines.iter().flat_map(|line| &line.groups).filter(|score| score.band == low).count();
    let sign = |low: Option<i64>| {
        let state = lang.band_state(&bands, low);
        Sign { class: state.class, shape: state.shape, word: state.word, count: lang.integer(count(low)) }
    };
    let head = |group: &Id<Group>| {
        let (code, name) = view.ledger.group(*group).map_or(("", ""), |group| (group.code.as_str(), group.name.as_str()));
        Head { code: code.to_owned(), name: name.to_owned() }
    };
    let mut frame = Frame::of(view, &page, PATH, view.resolution_choices(lang, &heat.resolutions, heat.chosen.as_deref()));
    if let Some(kin) = heat.kin.filter(|_| heat.offered.len() > 1) {
        frame.keep(UNITS, kin_code(kin));
    }
    let ready = HeatPage {
        frame,
        resolution: heat.chosen.as_deref().map_or_else(String::new, |code| view.resolution_name(code).to_owned()),
        families: if heat.offered.len() > 1 { family_links(&page, view, heat) } else { Vec::new() },
        heads: heat.groups.iter().map(head).collect(),
        rows: heat.lines.iter().map(row).collect(),
        signs: lang.bands(&bands).into_iter().map(|(low, _)| sign(low)).collect(),
        without: heat
            .without
            .iter()
            .map(|unit| ViewLink { href: page.href(&view.asked.with_unit(*unit).path("")), label: view.unit_name(*unit), current: false })
            .collect(),
        page: page.at(Nav::Scoreboards).titled(lang.view_heat_title(&view.unit.name)).described(lang.view_heat_lead()),
    };
    render_as(view.status(), &ready)
}

const fn kin_code(kin: Kin) -> &'static str {
    match kin {
        Kin::Siblings => SIBLINGS,
        Kin::Children => CHILDREN,
    }
}

fn family_links(page: &Page, view: &View, heat: &Heat) -> Vec<ViewLink> {
    let link = |kin: &Kin| ViewLink {
        href: page.href(&format!("{}&{UNITS}={}", view.asked.path(PATH), kin_code(*kin))),
        label: match kin {
            Kin::Siblings => page.lang.view_heat_siblings(&view.unit.name),
            Kin::Children => page.lang.view_heat_children(&view.unit.name),
        },
        current: heat.kin == Some(*kin),
    };
    heat.offered.iter().map(link).collect()
}
