//! What a board lacks and who owes it, by the unit that can be asked for it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::id::Id;
use domain::indicator::Indicator;
use domain::measurement::Arrival;
use domain::unit::Unit;
use scoreboard::explanation::MissingReason;

use super::bar::Choice;
use super::owed::{Doubled, Lacking, Look, Lost, Owed};
use super::view::{Frame, View};
use crate::lang::Lang;
use crate::web::page::{capitalised, render_as};
use crate::web::support::form::Query;
use crate::web::support::sheet::{Cell, Format};
use crate::web::{App, Fault, Nav, Page};

/// The view's path below the board.
const PATH: &str = "/missing";
/// Most units, and most rows of each other kind, that a page shows: more are work for a table program, and the files have all.
const SHOWN_MAX: usize = 100;
const COLUMNS: [&str; 12] = [
    "what",
    "unit",
    "name",
    "indicator",
    "indicator_name",
    "usual_months",
    "due",
    "since",
    "missed",
    "last_period",
    "last_known_on",
    "why",
];

struct Missing {
    resolutions: Vec<(String, usize)>,
    indicators: usize,
    lacking: Lacking,
}

struct OwedRow {
    indicator: String,
    href: String,
    usual: String,
    period: String,
    last: String,
}

struct Owing {
    name: String,
    href: String,
    count: String,
    rows: Vec<OwedRow>,
}

struct OtherRow {
    unit: String,
    indicator: String,
    href: String,
    note: String,
}

#[derive(Template)]
#[template(path = "scoreboard/missing.html")]
struct MissingPage {
    page: Page,
    frame: Frame,
    has_board: bool,
    summary: String,
    owing: Vec<Owing>,
    more_owing: String,
    withdrawn: Vec<OtherRow>,
    lost: Vec<OtherRow>,
    more_lost: String,
    doubled: Vec<OtherRow>,
}

/// `GET /scoreboards/{unit}/missing`
pub async fn show_missing(page: Page, State(app): State<App>, Path(unit): Path<i64>, query: Query) -> Result<Response, Fault> {
    let view = View::open(&app, unit, &query.0).await?;
    let missing = view.compute(&app, missing_of).await?;
    if view.format != Format::Page {
        return Ok(view.respond("missing", &COLUMNS, rows_of_file(&view, page.lang, &missing.lacking)));
    }
    show(page, &view, &missing)
}

/// Looks at every indicator on the unit's board, of the resolution asked for or of all.
fn missing_of(view: &View) -> Missing {
    let board = view.ledger.board(view.unit.id, &view.asked.question);
    let resolutions = view.resolutions_of(std::slice::from_ref(&board));
    let groups = match &view.asked.resolution {
        Some(code) => view.of_resolution(board, code),
        None => board.groups,
    };
    let look = Look::new(&view.ledger, &view.asked.question, view.unit.id);
    let mut lacking = Lacking::default();
    let mut indicators = 0;
    for score in groups.iter().flat_map(|group| &group.indicators) {
        let span_from = score.targets.first().and_then(|target| target.span_from);
        if let Some(indicator) = view.ledger.indicator(score.indicator) {
            look.at(indicator, span_from, &mut lacking);
            indicators += 1;
        }
    }
    Missing { resolutions, indicators, lacking }
}

fn rows_of_file(view: &View, lang: Lang, lacking: &Lacking) -> Vec<Vec<Cell>> {
    let head = |what: &str, unit: Id<Unit>, indicator: Id<Indicator>| -> Vec<Cell> {
        let known = view.ledger.indicator(indicator);
        vec![
            what.into(),
            view.unit_code(unit).into(),
            view.ledger.unit(unit).map(|unit| unit.name.clone()).into(),
            known.map(|indicator| indicator.code.clone()).into(),
            known.map(|indicator| indicator.name.clone()).into(),
        ]
    };
    let owed = |one: &Owed| {
        let mut row = head("owed", one.unit, one.indicator);
        row.extend([
            one.usual.map(i64::from).into(),
            one.due.to_string().into(),
            one.since.to_string().into(),
            one.missed.into(),
            one.last.map(|last| last.period.to_string()).into(),
            one.last.map(|last| last.known_on.to_string()).into(),
            Cell::Absent,
        ]);
        row
    };
    let other = |mut row: Vec<Cell>, period: Cell, known_on: Cell, why: Cell| {
        row.extend([Cell::Absent, Cell::Absent, Cell::Absent, Cell::Absent, period, known_on, why]);
        row
    };
    let withdrawn = |row: &Arrival| {
        let (period, known_on) = (row.period.to_string().into(), row.known_on.to_string().into());
        other(head("withdrawn", row.unit, row.indicator), period, known_on, Cell::Absent)
    };
    let lost =
        |one: &Lost| other(head("not_restated", one.unit, one.indicator), Cell::Absent, Cell::Absent, reasons(view, lang, one).into());
    let doubled = |one: &Doubled| {
        let below: Vec<String> = one.below.iter().map(|unit| view.unit_code(*unit)).collect();
        other(head("entered_twice", one.above, one.indicator), Cell::Absent, Cell::Absent, below.join(" ").into())
    };
    let rows = lacking.owed.iter().map(owed).chain(lacking.withdrawn.iter().map(withdrawn));
    rows.chain(lacking.lost.iter().map(lost)).chain(lacking.doubled.iter().map(doubled)).collect()
}

fn show(page: Page, view: &View, missing: &Missing) -> Result<Response, Fault> {
    let lang = page.lang;
    let lacking = &missing.lacking;
    let owing = owing(&page, view, &lacking.owed);
    let (units, more) = (owing.len(), owing.len().saturating_sub(SHOWN_MAX));
    let more_lost = lacking.lost.len().saturating_sub(SHOWN_MAX);
    let other = |unit: Id<Unit>, indicator: Id<Indicator>, note: String| OtherRow {
        unit: view.unit_name(unit),
        indicator: indicator_name(view, indicator),
        href: trend_href(&page, view, indicator),
        note,
    };
    let withdrawn = |row: &Arrival| {
        other(row.unit, row.indicator, lang.view_missing_withdrawn_on(capitalised(&lang.period(row.period)), lang.day(row.known_on)))
    };
    let doubled = |one: &Doubled| {
        let below: Vec<String> = one.below.iter().map(|unit| view.unit_name(*unit)).collect();
        other(one.above, one.indicator, lang.view_missing_doubled_below(below.join(", ")))
    };
    let ready = MissingPage {
        frame: Frame::of(view, &page, PATH, choices(view, lang, &missing.resolutions)),
        has_board: missing.indicators > 0,
        summary: lang.view_missing_summary(lang.integer(missing.indicators), lang.integer(lacking.owed.len()), lang.integer(units)),
        owing: owing.into_iter().take(SHOWN_MAX).collect(),
        more_owing: if more > 0 { lang.view_missing_more(lang.integer(more)) } else { String::new() },
        withdrawn: lacking.withdrawn.iter().take(SHOWN_MAX).map(withdrawn).collect(),
        lost: lacking.lost.iter().take(SHOWN_MAX).map(|one| other(one.unit, one.indicator, reasons(view, lang, one))).collect(),
        more_lost: if more_lost > 0 { lang.view_missing_more_lost(lang.integer(more_lost)) } else { String::new() },
        doubled: lacking.doubled.iter().take(SHOWN_MAX).map(doubled).collect(),
        page: page.at(Nav::Scoreboards).titled(lang.view_missing_title(&view.unit.name)).described(lang.view_missing_lead()),
    };
    render_as(view.status(), &ready)
}

/// All resolutions of the board, or one of them.
fn choices(view: &View, lang: Lang, resolutions: &[(String, usize)]) -> Vec<Choice> {
    if resolutions.len() < 2 {
        return Vec::new();
    }
    let asked = view.asked.resolution.as_deref();
    let all = Choice { value: String::new(), label: lang.view_every_resolution().to_owned(), selected: asked.is_none() };
    let one = |(code, _): &(String, usize)| Choice {
        value: code.clone(),
        label: view.resolution_name(code).to_owned(),
        selected: asked == Some(code.as_str()),
    };
    std::iter::once(all).chain(resolutions.iter().map(one)).collect()
}

/// Grouped by who owes, the one with the most first.
fn owing(page: &Page, view: &View, owed: &[Owed]) -> Vec<Owing> {
    let lang = page.lang;
    let mut of_units: BTreeMap<Id<Unit>, Vec<&Owed>> = BTreeMap::new();
    for one in owed {
        of_units.entry(one.unit).or_default().push(one);
    }
    let mut units: Vec<(Id<Unit>, Vec<&Owed>)> = of_units.into_iter().collect();
    let name = |unit: Id<Unit>| view.ledger.unit(unit).map(|unit| unit.sort_key.as_str());
    units.sort_by_key(|(unit, of_unit)| (std::cmp::Reverse(of_unit.len()), name(*unit), *unit));
    let row = |one: &&Owed| OwedRow {
        indicator: indicator_name(view, one.indicator),
        href: trend_href(page, view, one.indicator),
        usual: usual(lang, one),
        period: period(lang, one),
        last: one.last.map_or_else(
            || lang.view_missing_never().to_owned(),
            |last| lang.view_missing_last(capitalised(&lang.period(last.period)), lang.day(last.known_on)),
        ),
    };
    let ready = |(unit, of_unit): (Id<Unit>, Vec<&Owed>)| Owing {
        name: view.unit_name(unit),
        href: page.href(&format!("/units/{unit}")),
        count: lang.view_missing_count(lang.integer(of_unit.len())),
        rows: of_unit.iter().map(row).collect(),
    };
    units.into_iter().map(ready).collect()
}

fn indicator_name(view: &View, indicator: Id<Indicator>) -> String {
    view.ledger.indicator(indicator).map_or_else(String::new, |indicator| indicator.name.clone())
}

fn trend_href(page: &Page, view: &View, indicator: Id<Indicator>) -> String {
    page.href(&view.asked.path(&format!("/indicators/{indicator}/trend")))
}

/// How often it usually comes.
fn usual(lang: Lang, one: &Owed) -> String {
    let every = match one.usual {
        None => return "–".to_owned(),
        Some(12) => lang.view_every_year(),
        Some(9) => lang.view_every_nine_months(),
        Some(6) => lang.view_every_half(),
        Some(3) => lang.view_every_quarter(),
        Some(_) => lang.view_every_month(),
    };
    if one.inherited { lang.view_missing_inherited(every) } else { every.to_owned() }
}

/// The period that is owed, or since which one nothing has come.
fn period(lang: Lang, one: &Owed) -> String {
    if one.missed > 1 {
        lang.view_missing_since(lang.period(one.since), lang.period(one.due), lang.integer(one.missed))
    } else {
        capitalised(&lang.period(one.due))
    }
}

fn reasons(view: &View, lang: Lang, lost: &Lost) -> String {
    let name = |unit: Id<Unit>| view.ledger.unit(unit).map_or_else(String::new, |unit| unit.name.clone());
    let reason = |reason: &MissingReason| match *reason {
        MissingReason::NoSuccession { unit } => lang.view_missing_no_succession(name(unit)),
        MissingReason::UnknownShare { from, to } => lang.view_missing_unknown_share(name(from), name(to)),
    };
    lost.reasons.iter().map(reason).collect::<Vec<_>>().join(" ")
}
