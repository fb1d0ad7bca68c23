//! The tree of areas.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::id::Id;
use domain::unit::Unit;
use jiff::civil::Date;

use crate::lang::Lang;
use crate::web::page::capitalised;
use crate::web::{App, Fault, Page, render};

/// Levels of a tree: province, district, commune, and one to spare; a circle made by hand ends here.
const LEVELS_MAX: usize = 6;

/// One line of the tree; the template opens and closes lists as the depth changes.
struct Line {
    name: String,
    href: String,
    /// When it ended or will begin; empty while it exists.
    note: String,
    /// Lists to open before this line.
    opens: usize,
    /// Whether the item ends here; one with units below it ends behind their list.
    ends: bool,
    /// Lists, each with its item, to close behind it.
    closes: usize,
}

#[derive(Template)]
#[template(path = "unit/tree.html")]
struct UnitsPage {
    page: Page,
    lines: Vec<Line>,
}

/// `GET /units`
pub async fn list_units(page: Page, State(app): State<App>) -> Result<Response, Fault> {
    let (lang, today) = (page.lang, app.today());
    let areas = app.store().areas().await?;
    let mut below: HashMap<Option<Id<Unit>>, Vec<&Unit>> = HashMap::new();
    for area in &areas {
        // An area whose unit above is no area stands at the top.
        let above = area.parent.filter(|parent| areas.iter().any(|other| other.id == *parent));
        below.entry(above).or_default().push(area);
    }
    let mut flat = Vec::new();
    flatten(&below, None, 0, &mut flat);
    let depths: Vec<usize> = flat.iter().map(|(_, depth)| *depth).chain([0]).collect();
    let lines = flat.iter().enumerate().map(|(at, (unit, depth))| {
        let next = depths.get(at + 1).copied().unwrap_or_default();
        Line {
            name: capitalised(&unit.name),
            href: page.href(&format!("/units/{}", unit.id)),
            note: existence(lang, unit, today),
            opens: usize::from(at > 0 && depths.get(at - 1).is_some_and(|before| before < depth)),
            ends: next <= *depth,
            closes: depth.saturating_sub(next),
        }
    });
    let lines = lines.collect();
    render(&UnitsPage { page: page.titled(lang.units_title()).described(lang.units_description()), lines })
}

fn flatten<'a>(below: &HashMap<Option<Id<Unit>>, Vec<&'a Unit>>, above: Option<Id<Unit>>, depth: usize, flat: &mut Vec<(&'a Unit, usize)>) {
    for unit in below.get(&above).into_iter().flatten().filter(|_| depth < LEVELS_MAX) {
        flat.push((unit, depth));
        flatten(below, Some(unit.id), depth + 1, flat);
    }
}

/// When a unit began or ended, where that is not simply "exists today".
pub(super) fn existence(lang: Lang, unit: &Unit, today: Date) -> String {
    match (unit.valid_from, unit.valid_to) {
        (_, Some(to)) => lang.units_until(lang.day(to)),
        (Some(from), None) if from > today => lang.units_since(lang.day(from)),
        _ => String::new(),
    }
}
