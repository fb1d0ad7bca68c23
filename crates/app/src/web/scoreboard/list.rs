//! The list of scoreboards: units with targets, each with the counts of its newest month, and areas that papers speak of. Grouped
//! by level, searched without marks.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::fold::fold;
use domain::id::Id;
use domain::resolution::Bands;
use domain::unit::{AREA_KINDS, Unit, UnitClass};
use jiff::civil::Date;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};
use store::claim::ClaimedArea;

use super::computed::{counts, groups_of, judged_of, newest_month};
use super::headline::counted;
use super::life;
use crate::lang::Lang;
use crate::web::page::capitalised;
use crate::web::source::audience;
use crate::web::support::form::Fields;
use crate::web::support::pager::{PageNumber, PagerLink};
use crate::web::{App, Fault, Nav, Page, render};

/// Units a page: each is a board that is computed for it.
const UNITS_A_PAGE: i64 = 60;

struct BoardRow {
    name: String,
    href: String,
    /// Its days, where it has ended; empty else.
    note: String,
    above: String,
    /// The counts of the newest month; empty where there is none.
    counts: String,
    month: String,
    claims: String,
    papers: String,
}

/// Units of one level.
struct Level {
    kind: String,
    rows: Vec<BoardRow>,
}

#[derive(Template)]
#[template(path = "scoreboard/list.html")]
struct ScoreboardsPage {
    page: Page,
    search: String,
    levels: Vec<Level>,
    pager: Vec<PagerLink>,
}

/// The counts of a unit's newest month.
struct Newest {
    question: Question,
    bands: Bands,
    counts: Vec<(Option<i64>, usize)>,
    all: usize,
}

/// `GET /scoreboards`
pub async fn list_scoreboards(page: Page, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let lang = page.lang;
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let search = query.get("q").to_owned();
    let ledger = app.scoreboards().ledger(app.store()).await?;
    let claimed = app.store().claimed_areas(audience(&page)).await?;
    let units = listed(&ledger, &claimed, &fold(&search));
    let number = PageNumber::of(&query, UNITS_A_PAGE)?;
    let pager = number.links(lang, &address(&search), i64::try_from(units.len()).unwrap_or(i64::MAX))?;
    let skip = usize::try_from(number.offset()).unwrap_or(usize::MAX);
    let shown: Vec<Unit> = units.into_iter().skip(skip).take(usize::try_from(number.size()).unwrap_or_default()).collect();
    let (today, work_ledger) = (app.today(), Arc::clone(&ledger));
    let ids: Vec<Id<Unit>> = shown.iter().map(|unit| unit.id).collect();
    let newest = app.scoreboards().compute(move || newest_of(&work_ledger, &ids, today)).await?;
    let mut levels: Vec<Level> = Vec::new();
    for unit in &shown {
        let claims = claimed.iter().find(|area| area.unit.id == unit.id);
        let row = row(&page, &ledger, unit, claims, newest.get(&unit.id), today);
        let kind = if unit.kind.is_empty() { lang.units_bodies().to_owned() } else { capitalised(&unit.kind) };
        match levels.last_mut().filter(|level| level.kind == kind) {
            Some(level) => level.rows.push(row),
            None => levels.push(Level { kind, rows: vec![row] }),
        }
    }
    render(&ScoreboardsPage {
        page: page.at(Nav::Scoreboards).titled(lang.scoreboard_list_title()).described(lang.scoreboard_list_description()),
        search,
        levels,
        pager,
    })
}

fn address(search: &str) -> String {
    if search.is_empty() {
        return "/scoreboards".to_owned();
    }
    format!("/scoreboards?{}", form_urlencoded::Serializer::new(String::new()).append_pair("q", search).finish())
}

/// The units with targets in a group, and the areas that papers speak of, from the top level down.
fn listed(ledger: &Ledger, claimed: &[ClaimedArea], words: &str) -> Vec<Unit> {
    let mut targeted: HashSet<Id<Unit>> = HashSet::new();
    for target in &ledger.nouns().targets {
        if ledger.indicator(target.indicator).is_some_and(|indicator| indicator.group.is_some()) {
            targeted.insert(target.unit);
        }
    }
    let known = ledger.nouns().units.iter().filter(|unit| targeted.contains(&unit.id));
    let stated = claimed.iter().map(|area| &area.unit).filter(|unit| !targeted.contains(&unit.id));
    let mut units: Vec<Unit> = known.chain(stated).filter(|unit| unit.folded.contains(words)).cloned().collect();
    units.sort_by(|one, other| order(one).cmp(&order(other)));
    units
}

/// Areas before bodies, provinces before districts, then in Vietnamese order.
fn order(unit: &Unit) -> (bool, usize, &str, &str, Option<Date>, Id<Unit>) {
    let level = AREA_KINDS.iter().position(|kind| *kind == unit.kind).unwrap_or(AREA_KINDS.len());
    (unit.class == UnitClass::Body, level, &unit.kind, &unit.sort_key, unit.valid_from, unit.id)
}

/// The counts of the first resolution of some units, each of its newest month as known today.
fn newest_of(ledger: &Ledger, units: &[Id<Unit>], today: Date) -> HashMap<Id<Unit>, Newest> {
    let newest = |id: &Id<Unit>| {
        let unit = ledger.unit(*id)?;
        let judged = judged_of(ledger, *id).into_iter().next()?;
        let month = newest_month(ledger, unit, Some(&judged.code), today, today)?;
        let question = Question { month, known_on: today, horizon: None, tree: Tree::OfMonth };
        let groups = groups_of(ledger, *id, &question, &judged.code);
        let bands = judged.bands();
        (!groups.is_empty()).then(|| (*id, Newest { question, counts: counts(&bands, &groups), all: groups.len(), bands }))
    };
    units.iter().filter_map(newest).collect()
}

fn row(page: &Page, ledger: &Ledger, unit: &Unit, claims: Option<&ClaimedArea>, newest: Option<&Newest>, today: Date) -> BoardRow {
    let lang = page.lang;
    let day = unit.valid_to.map_or(today, |last| last.min(today));
    let above = ledger.parent(unit.id, day).and_then(|id| ledger.unit(id));
    let count = |of: fn(&ClaimedArea) -> i64| claims.map_or_else(String::new, |area| lang.integer(of(area)));
    BoardRow {
        name: capitalised(&unit.name),
        href: page.href(&format!("/scoreboards/{}", unit.id)),
        note: if unit.valid_to.is_some_and(|last| last < today) { life::words(lang, unit) } else { String::new() },
        above: above.map_or_else(String::new, |above| above.name.clone()),
        counts: newest.map_or_else(String::new, |newest| counts_words(lang, newest)),
        month: newest.map_or_else(String::new, |newest| lang.period(newest.question.month)),
        claims: count(|area| area.claims),
        papers: count(|area| area.papers),
    }
}

fn counts_words(lang: Lang, newest: &Newest) -> String {
    counted(lang, &newest.bands, &newest.counts, newest.all)
}
