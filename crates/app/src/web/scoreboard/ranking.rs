//! The units beside a unit, and those right below it, in the order of how many of their groups have reached the highest band.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::id::Id;
use domain::resolution::Bands;
use domain::unit::Unit;

use super::family::{Family, Kin};
use super::view::{Frame, View, ViewLink};
use crate::lang::{Lang, StateWords};
use crate::web::page::{capitalised, render_as};
use crate::web::support::form::Query;
use crate::web::support::sheet::{Cell, Format};
use crate::web::{App, Fault, Nav, Page};

/// The field that keeps units of one kind only: towns stand beside districts.
const KIND: &str = "kind";
/// The view's path below the board.
const PATH: &str = "/ranking";
const COLUMNS: [&str; 9] = ["above", "rank", "unit", "name", "resolution", "groups", "reached", "mean_bp", "bands"];

/// How a unit stands among others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Standing {
    unit: Id<Unit>,
    /// The band of each of its groups.
    bands: Vec<Option<i64>>,
    /// Groups in the highest band.
    reached: usize,
    /// The mean of its groups' achievements in basis points, cut; absent where none has one.
    mean: Option<i64>,
    /// From 1, shared by equals; absent where no group has an achievement.
    rank: Option<usize>,
}

/// Units in the order of their standing.
struct Ranked {
    kin: Kin,
    above: Id<Unit>,
    standings: Vec<Standing>,
    /// Without a board of the resolution.
    without: Vec<Id<Unit>>,
}

struct Ranking {
    resolutions: Vec<(String, usize)>,
    chosen: Option<String>,
    bands: Bands,
    kinds: Vec<String>,
    tables: Vec<Ranked>,
}

struct Column {
    words: String,
    class: &'static str,
    shape: &'static str,
}

struct Row {
    rank: String,
    name: String,
    href: String,
    current: bool,
    counts: Vec<String>,
    groups: String,
    mean: String,
}

struct Table {
    id: &'static str,
    heading: String,
    rows: Vec<Row>,
    without: Vec<ViewLink>,
}

#[derive(Template)]
#[template(path = "scoreboard/ranking.html")]
struct RankingPage {
    page: Page,
    frame: Frame,
    resolution: String,
    columns: Vec<Column>,
    top: String,
    kinds: Vec<ViewLink>,
    tables: Vec<Table>,
}

/// `GET /scoreboards/{unit}/ranking`
pub async fn show_ranking(page: Page, State(app): State<App>, Path(unit): Path<i64>, query: Query) -> Result<Response, Fault> {
    let view = View::open(&app, unit, &query.0).await?;
    let kind = query.0.filled(KIND).map(str::to_owned);
    let wanted = kind.clone();
    let ranking = view.compute(&app, move |view| rank(view, wanted.as_deref())).await?;
    if view.format != Format::Page {
        return Ok(view.respond("ranking", &COLUMNS, rows_of_file(&view, &ranking)));
    }
    show(page, &view, &ranking, kind.as_deref())
}

/// Ranks both families under one resolution.
fn rank(view: &View, kind: Option<&str>) -> Ranking {
    let families: Vec<Family> = [Family::siblings(view), Family::children(view)].into_iter().flatten().collect();
    let boards: Vec<_> = families.iter().flat_map(|family| family.boards.iter().cloned()).collect();
    let mut kinds: Vec<String> = boards.iter().filter_map(|board| view.ledger.unit(board.unit)).map(|unit| unit.kind.clone()).collect();
    kinds.sort();
    kinds.dedup();
    let resolutions = view.resolutions_of(&boards);
    let chosen = view.shared_resolution(&resolutions);
    let bands = chosen.as_deref().map(|code| view.bands(code)).unwrap_or_default();
    let is_wanted = |unit: Id<Unit>| kind.is_none_or(|kind| view.ledger.unit(unit).is_some_and(|unit| unit.kind == kind));
    let tables = families.into_iter().map(|family| ranked(view, family, chosen.as_deref(), &bands, &is_wanted)).collect();
    Ranking { resolutions, chosen, bands, kinds, tables }
}

fn ranked(view: &View, family: Family, chosen: Option<&str>, bands: &Bands, is_wanted: &dyn Fn(Id<Unit>) -> bool) -> Ranked {
    let (mut standings, mut without) = (Vec::new(), Vec::new());
    for board in family.boards.into_iter().filter(|board| is_wanted(board.unit)) {
        let unit = board.unit;
        let groups = chosen.map(|code| view.of_resolution(board, code)).unwrap_or_default();
        if groups.is_empty() {
            without.push(unit);
        } else {
            let achievements = groups.iter().filter_map(|group| group.achievement).collect::<Vec<i64>>();
            standings.push(standing(unit, groups.iter().map(|group| group.band).collect(), &achievements, bands));
        }
    }
    let name = |unit: Id<Unit>| view.ledger.unit(unit).map(|unit| unit.sort_key.as_str());
    standings.sort_by_key(|one| (one.mean.is_none(), Reverse((one.reached, one.mean)), name(one.unit), one.unit));
    give_ranks(&mut standings);
    without.sort_by_key(|unit| name(*unit));
    Ranked { kin: family.kin, above: family.above, standings, without }
}

fn standing(unit: Id<Unit>, bands: Vec<Option<i64>>, achievements: &[i64], of: &Bands) -> Standing {
    let top = of.thresholds().first().copied();
    let mean = i64::try_from(achievements.len()).ok().and_then(|count| achievements.iter().sum::<i64>().checked_div(count));
    Standing { unit, reached: bands.iter().filter(|band| band.is_some() && **band == top).count(), bands, mean, rank: None }
}

/// Equals share a rank, and the next one counts them all: 1, 2, 2, 4.
fn give_ranks(standings: &mut [Standing]) {
    let mut before: Option<(usize, Option<i64>, usize)> = None;
    for (place, one) in standings.iter_mut().enumerate().filter(|(_, one)| one.mean.is_some()) {
        let rank = match before {
            Some((reached, mean, rank)) if (reached, mean) == (one.reached, one.mean) => rank,
            _ => place + 1,
        };
        one.rank = Some(rank);
        before = Some((one.reached, one.mean, rank));
    }
}

fn rows_of_file(view: &View, ranking: &Ranking) -> Vec<Vec<Cell>> {
    let resolution = ranking.chosen.as_deref().unwrap_or_default();
    let row = |above: Id<Unit>, unit: Id<Unit>, one: Option<&Standing>| -> Vec<Cell> {
        vec![
            view.unit_code(above).into(),
            one.and_then(|one| one.rank).into(),
            view.unit_code(unit).into(),
            view.ledger.unit(unit).map(|unit| unit.name.clone()).into(),
            resolution.into(),
            one.map_or(0, |one| one.bands.len()).into(),
            one.map_or(0, |one| one.reached).into(),
            one.and_then(|one| one.mean).into(),
            one.map(|one| {
                one.bands.iter().map(|band| band.map_or_else(|| "none".to_owned(), |low| low.to_string())).collect::<Vec<_>>().join(" ")
            })
            .into(),
        ]
    };
    let of_table = |table: &Ranked| -> Vec<Vec<Cell>> {
        let ranked = table.standings.iter().map(|one| row(table.above, one.unit, Some(one)));
        ranked.chain(table.without.iter().map(|unit| row(table.above, *unit, None))).collect()
    };
    ranking.tables.iter().flat_map(of_table).collect()
}

fn show(page: Page, view: &View, ranking: &Ranking, kind: Option<&str>) -> Result<Response, Fault> {
    let lang = page.lang;
    let lows: Vec<(Option<i64>, StateWords)> =
        lang.bands(&ranking.bands).into_iter().map(|(low, _)| (low, lang.band_state(&ranking.bands, low))).collect();
    let top = lows.first().map_or_else(String::new, |(_, state)| state.word.clone());
    // The board that a place was won on, though the unit may have others.
    let asked = ranking.chosen.as_deref().map_or_else(|| view.asked.clone(), |code| view.asked.with_resolution(code));
    let row = |one: &Standing| Row {
        rank: one.rank.map_or_else(|| "–".to_owned(), |rank| lang.integer(rank)),
        name: view.unit_name(one.unit),
        href: page.href(&asked.with_unit(one.unit).path("")),
        current: one.unit == view.unit.id,
        counts: lows.iter().map(|(low, _)| lang.integer(one.bands.iter().filter(|band| *band == low).count())).collect(),
        groups: lang.integer(one.bands.len()),
        mean: lang.achievement(one.mean),
    };
    let link = |unit: &Id<Unit>| ViewLink {
        href: page.href(&view.asked.with_unit(*unit).path("")),
        label: view.unit_name(*unit),
        current: *unit == view.unit.id,
    };
    let table = |table: &Ranked| Table {
        id: if table.kin == Kin::Siblings { "ngang-cap" } else { "cap-duoi" },
        heading: heading(lang, view, table),
        rows: table.standings.iter().map(row).collect(),
        without: table.without.iter().map(link).collect(),
    };
    let mut frame = Frame::of(view, &page, PATH, view.resolution_choices(lang, &ranking.resolutions, ranking.chosen.as_deref()));
    if let Some(kind) = kind {
        frame.keep(KIND, kind);
    }
    let ready = RankingPage {
        frame,
        resolution: ranking.chosen.as_deref().map_or_else(String::new, |code| view.resolution_name(code).to_owned()),
        columns: lows.iter().map(|(_, state)| Column { words: state.word.clone(), class: state.class, shape: state.shape }).collect(),
        top,
        kinds: if ranking.kinds.len() > 1 { kind_links(&page, view, &ranking.kinds, kind) } else { Vec::new() },
        tables: ranking.tables.iter().map(table).filter(|table| !table.rows.is_empty() || !table.without.is_empty()).collect(),
        page: page.at(Nav::Scoreboards).titled(lang.view_ranking_title(&view.unit.name)).described(lang.view_ranking_lead()),
    };
    render_as(view.status(), &ready)
}

/// How many units the family has, with a board or without.
fn heading(lang: Lang, view: &View, table: &Ranked) -> String {
    let count = lang.integer(table.standings.len() + table.without.len());
    let above = view.ledger.unit(table.above).map_or("", |unit| unit.name.as_str());
    match table.kin {
        Kin::Siblings => lang.view_siblings(count, above),
        Kin::Children => lang.view_children(count, above),
    }
}

/// All kinds, and each of them alone.
fn kind_links(page: &Page, view: &View, kinds: &[String], chosen: Option<&str>) -> Vec<ViewLink> {
    let all =
        ViewLink { href: page.href(&view.asked.path(PATH)), label: page.lang.view_every_kind().to_owned(), current: chosen.is_none() };
    let one = |kind: &String| {
        let pair = form_urlencoded::Serializer::new(String::new()).append_pair(KIND, kind).finish();
        ViewLink {
            href: page.href(&format!("{}&{pair}", view.asked.path(PATH))),
            label: capitalised(kind),
            current: chosen == Some(kind.as_str()),
        }
    };
    std::iter::once(all).chain(kinds.iter().map(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_share_a_rank_and_who_has_nothing_has_none() {
        let bands = Bands::default();
        let of = |id: i64, achievements: &[i64]| {
            standing(Id::new(id), achievements.iter().map(|one| Some(bands.band_of(*one))).collect(), achievements, &bands)
        };
        let mut standings =
            vec![of(1, &[10_000, 10_001]), of(2, &[12_000, 9000]), of(3, &[11_000, 10_000]), of(4, &[9000, 9000]), of(5, &[])];
        standings.sort_by_key(|one| (one.mean.is_none(), Reverse((one.reached, one.mean))));
        give_ranks(&mut standings);
        let ranks: Vec<(i64, Option<usize>)> = standings.iter().map(|one| (one.unit.number(), one.rank)).collect();
        assert_eq!(ranks, [(3, Some(1)), (1, Some(2)), (2, Some(3)), (4, Some(4)), (5, None)]);
        let mut equals = vec![of(1, &[10_000]), of(2, &[10_000]), of(3, &[9000])];
        give_ranks(&mut equals);
        assert_eq!(equals.iter().map(|one| one.rank).collect::<Vec<_>>(), [Some(1), Some(1), Some(3)]);
    }
}
