//! Opens one number of a board: formula with its numbers, the units it adds up, the measurements that were taken, where each comes
//! from, what is missing and why, and every version of the targets. Whoever computes the printed formulas by hand gets the printed
//! numbers.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::code::Coded as _;
use domain::id::Id;
use domain::indicator::{AreaRule, Indicator, PeriodRule};
use domain::measurement::Arrival;
use domain::problem::Problem;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::board::{TargetScore, Value};
use scoreboard::exact::Exact;
use scoreboard::explanation::{Coverage, Explanation, Missing, MissingReason, Part};
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};

use super::asked::{Asked, RESOLUTION};
use super::bar::{QuestionBar, choose, tree_words};
use super::computed::{Judged, beside, newest_month};
use super::formula::{number, sum, term};
use super::group::anchor;
use super::life;
use super::opened::{TargetView, Versions};
use super::part::{Former, PartView, Wording, shown_ids, withdrawn};
use super::provenance::Provenances;
use crate::lang::{ABSENT, Lang, held};
use crate::web::page::{capitalised, render_as};
use crate::web::support::form::Fields;
use crate::web::support::pager::{PageNumber, PagerLink};
use crate::web::{App, Fault, Nav, Page};

/// Units a page: with five years of months each, about the length of a report's annex.
const PARTS_A_PAGE: i64 = 25;
/// Parts of a sum that stands open: two lines of a page.
const SUM_OPEN_MAX: usize = 12;
/// Withdrawn values listed; of more only the number is.
const WITHDRAWN_MAX: usize = 50;

/// What the ledger says about one number.
struct Opened {
    asked: Asked,
    judged: Judged,
    indicator: Indicator,
    /// The targets, the one that counts first; none where the unit has no target then.
    scores: Vec<TargetScore>,
    spans: Vec<OpenedSpan>,
}

/// The value over one span: targets whose spans begin on one day share it.
struct OpenedSpan {
    from: Option<Date>,
    explanation: Explanation,
    /// The value on the other tree.
    other: Option<Value>,
    withdrawn: Vec<Arrival>,
}

/// The value over one span, ready for the page.
struct SpanView {
    title: String,
    /// A in words, and how it comes from N and W.
    value: String,
    quotient: String,
    n: String,
    w: String,
    /// N as the sum of the parts, where there are several.
    n_sum: Option<String>,
    w_sum: Option<String>,
    /// Whether the sums are short enough to stand open.
    sums_open: bool,
    targets: Vec<TargetView>,
    coverage: String,
    part_count: String,
    /// Parts of one row each, which stand in one table.
    singles: Vec<PartView>,
    parts: Vec<PartView>,
    missing: Vec<String>,
    residuals: Vec<String>,
    withdrawn: Vec<(String, Former)>,
    withdrawn_count: String,
    other_label: &'static str,
    other: String,
    other_differs: bool,
}

#[derive(Template)]
#[template(path = "scoreboard/explanation.html")]
struct ExplanationPage {
    page: Page,
    unit: String,
    board_href: String,
    group_href: String,
    group: String,
    code: String,
    measured: String,
    rules: Vec<String>,
    scale: String,
    /// `A = N ÷ W`, of a ratio in percent `A = 100 × N ÷ W`.
    letters: &'static str,
    has_weight: bool,
    tree: String,
    bar: QuestionBar,
    spans: Vec<SpanView>,
    versions: Vec<Versions>,
    pager: Vec<PagerLink>,
    trend_href: String,
    other_href: String,
}

/// `GET /scoreboards/{unit}/indicators/{indicator}`
pub async fn explain_indicator(
    page: Page,
    State(app): State<App>,
    Path((unit, indicator)): Path<(i64, i64)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let ledger = app.scoreboards().ledger(app.store()).await?;
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let number = PageNumber::of(&query, PARTS_A_PAGE)?;
    let unit = ledger.unit(Id::new(unit)).cloned().ok_or(Problem::NotFound)?;
    let indicator = ledger.indicator(Id::new(indicator)).cloned().ok_or(Problem::NotFound)?;
    let today = app.today();
    let work = {
        let (ledger, unit) = (Arc::clone(&ledger), unit.clone());
        move || open(&ledger, &unit, indicator, &query, today)
    };
    let opened = app.scoreboards().compute(work).await?;
    let ready = ready(&app, page, &ledger, &unit, opened, number).await?;
    let status = if ready.bar.has_problem() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_as(status, &ready)
}

/// The resolution of an indicator; one without a group has none, and the default rules.
fn judged_by(ledger: &Ledger, indicator: &Indicator) -> Judged {
    let group = indicator.group.and_then(|group| ledger.group(group));
    let resolution = group.and_then(|group| ledger.resolution(group.resolution?)).cloned();
    Judged { code: group.map_or_else(String::new, |group| group.resolution_code.clone()), resolution }
}

fn open(ledger: &Ledger, unit: &Unit, indicator: Indicator, query: &Fields, today: Date) -> Opened {
    let judged = judged_by(ledger, &indicator);
    let newest = |known_on| newest_month(ledger, unit, Some(&judged.code), known_on, today);
    let mut asked = Asked::of(unit.id, query, today, newest);
    if query.filled(RESOLUTION).is_some() {
        choose(&mut asked, std::slice::from_ref(&judged));
    }
    let board = ledger.board(unit.id, &asked.question);
    let score = board.groups.into_iter().flat_map(|group| group.indicators).find(|score| score.indicator == indicator.id);
    let scores = score.map_or_else(Vec::new, |score| score.targets);
    let mut days: Vec<Option<Date>> = scores.iter().map(|score| score.span_from).collect();
    days.dedup();
    if days.is_empty() {
        days.push(None);
    }
    let spans = days.into_iter().map(|from| open_span(ledger, unit, &indicator, from, &asked.question)).collect();
    Opened { asked, judged, indicator, scores, spans }
}

fn open_span(ledger: &Ledger, unit: &Unit, indicator: &Indicator, from: Option<Date>, question: &Question) -> OpenedSpan {
    let explanation = ledger.explain(unit.id, indicator.id, from, question);
    let mut units = if indicator.area_rule == AreaRule::None { vec![unit.id] } else { ledger.members(unit.id, question.units_on()) };
    units.extend(explanation.parts.iter().map(|part| part.unit));
    let withdrawn = withdrawn(ledger, &units, indicator, (from, question.last_day()), question.known_on);
    let other = ledger.explain(unit.id, indicator.id, from, &beside(question)).value;
    OpenedSpan { from, explanation, other, withdrawn }
}

async fn ready(app: &App, page: Page, ledger: &Ledger, unit: &Unit, opened: Opened, number: PageNumber) -> Result<ExplanationPage, Fault> {
    let lang = page.lang;
    let Opened { asked, judged, indicator, scores, spans } = opened;
    let path = format!("/indicators/{}", indicator.id);
    let longest = spans.iter().map(|span| span.explanation.parts.len()).max().unwrap_or_default();
    let pager = number.links(lang, &asked.path(&path), i64::try_from(longest).unwrap_or(i64::MAX))?;
    let mut ids: Vec<_> = spans.iter().flat_map(|span| shown_ids(ledger, on_page(&span.explanation.parts, number))).collect();
    ids.extend(spans.iter().flat_map(|span| span.withdrawn.iter().take(WITHDRAWN_MAX)).map(|row| row.id));
    let mut provenances = Provenances::read(app, &page, &ids).await?;
    let versions = Versions::read(app, &page, ledger, &indicator, &scores, &mut provenances).await?;
    let words = Wording {
        page: &page,
        ledger,
        indicator: &indicator,
        known_on: asked.question.known_on,
        units_on: asked.question.units_on(),
        provenances: &provenances,
    };
    let view = |span: &OpenedSpan| span_view(&words, &asked, &judged, &scores, span, number);
    let group = indicator.group.and_then(|group| ledger.group(group));
    let other_tree = beside(&asked.question).tree;
    Ok(ExplanationPage {
        board_href: page.href(&asked.path("")),
        group_href: page.href(&format!("{}#{}", asked.path(""), group.map_or_else(String::new, |group| anchor(&group.code)))),
        group: group.map_or_else(String::new, |group| group.name.clone()),
        code: indicator.code.clone(),
        measured: if indicator.unit_of_measure.is_empty() { ABSENT.to_owned() } else { indicator.unit_of_measure.clone() },
        rules: rules(lang, &indicator),
        scale: scale(lang, &indicator),
        letters: if indicator.is_percent_ratio() { "A = 100 × N ÷ W" } else { "A = N ÷ W" },
        has_weight: indicator.area_rule.needs_weight(),
        tree: tree_words(lang, asked.question.tree, app.today()),
        bar: QuestionBar::new(&page, &asked, std::slice::from_ref(&judged), &judged.code, &path, app.today()),
        spans: spans.iter().map(view).collect(),
        versions,
        pager,
        trend_href: page.href(&asked.path(&format!("{path}/trend"))),
        other_href: page.href(&asked.with_tree(other_tree).path(&path)),
        unit: capitalised(&unit.name),
        page: page.at(Nav::Scoreboards).titled(indicator.name.clone()).described(lang.scoreboard_explained(&indicator.name, &unit.name)),
    })
}

/// The parts that stand on a page.
fn on_page(parts: &[Part], number: PageNumber) -> &[Part] {
    let from = usize::try_from(number.offset()).unwrap_or(usize::MAX).min(parts.len());
    let to = from.saturating_add(usize::try_from(number.size()).unwrap_or_default()).min(parts.len());
    parts.get(from..to).unwrap_or_default()
}

fn span_view(
    words: &Wording<'_>,
    asked: &Asked,
    judged: &Judged,
    scores: &[TargetScore],
    span: &OpenedSpan,
    number: PageNumber,
) -> SpanView {
    let (lang, indicator, explanation) = (words.page.lang, words.indicator, &span.explanation);
    let value = explanation.value.as_ref();
    let exact = |of: fn(&Value) -> &Exact| value.map_or_else(|| ABSENT.to_owned(), |value| lang.exact_number(of(value)));
    let of_span = scores.iter().enumerate().filter(|(_, score)| score.span_from == span.from);
    let bands = judged.bands();
    let targets = of_span.filter_map(|(place, score)| TargetView::new(words, asked, &bands, score, place)).collect();
    let n: Vec<Exact> = explanation.parts.iter().map(|part| part.n.clone()).collect();
    let w: Vec<Exact> = explanation.parts.iter().map(|part| part.w.clone()).collect();
    let (singles, parts) = on_page(&explanation.parts, number).iter().map(|part| words.part(part)).partition(|part| part.is_single);
    let unit_name = |id| words.ledger.unit(id).map_or_else(String::new, |unit| named(lang, unit));
    SpanView {
        title: span.from.map_or_else(|| lang.scoreboard_span_open().to_owned(), |day| lang.scoreboard_span_from(lang.day(day))),
        value: value.map_or_else(|| ABSENT.to_owned(), |value| lang.held_value(indicator, value)),
        quotient: value.map_or_else(String::new, |value| quotient(indicator, value)),
        n: exact(|value| &value.n),
        w: exact(|value| &value.w),
        n_sum: value.and_then(|value| sum(&n, &value.n)),
        w_sum: value.filter(|_| indicator.area_rule.needs_weight()).and_then(|value| sum(&w, &value.w)),
        sums_open: explanation.parts.len() <= SUM_OPEN_MAX,
        targets,
        coverage: covered(lang, explanation.coverage),
        part_count: lang.scoreboard_part_count(lang.integer(explanation.parts.len())),
        singles,
        parts,
        missing: explanation.missing.iter().map(|missing| missing_words(lang, words.ledger, missing)).collect(),
        residuals: explanation
            .residuals
            .iter()
            .map(|one| lang.scoreboard_residual(unit_name(one.unit), super::formula::number(&one.rest)))
            .collect(),
        withdrawn: span
            .withdrawn
            .iter()
            .take(WITHDRAWN_MAX)
            .map(|row| (format!("{}, {}", unit_name(row.unit), lang.period(row.period)), words.former(row)))
            .collect(),
        withdrawn_count: if span.withdrawn.is_empty() {
            String::new()
        } else {
            lang.scoreboard_withdrawn_count(lang.integer(span.withdrawn.len()))
        },
        other_label: if asked.question.tree == Tree::AsReported {
            lang.scoreboard_beside_restated()
        } else {
            lang.scoreboard_beside_reported()
        },
        other: span.other.as_ref().map_or_else(|| ABSENT.to_owned(), |value| lang.held_value(indicator, value)),
        other_differs: span.other != explanation.value,
    }
}

/// How many areas have a number of the time; a dash where none has ever had one.
fn covered(lang: Lang, coverage: Coverage) -> String {
    if coverage.areas == 0 {
        return ABSENT.to_owned();
    }
    lang.scoreboard_covered(lang.integer(coverage.reported), lang.integer(coverage.areas))
}

/// A = N ÷ W as it is computed: `100 × 11594 ÷ 20340`.
fn quotient(indicator: &Indicator, value: &Value) -> String {
    let hundred = if indicator.is_percent_ratio() { "100 × " } else { "" };
    let exact = held(indicator, value);
    format!("{hundred}{} ÷ {} = {}", term(&value.n), term(&value.w), number(&exact))
}

/// A unit with its days, since names recur.
fn named(lang: Lang, unit: &Unit) -> String {
    let words = life::words(lang, unit);
    if words.is_empty() { capitalised(&unit.name) } else { format!("{} ({words})", capitalised(&unit.name)) }
}

fn missing_words(lang: Lang, ledger: &Ledger, missing: &Missing) -> String {
    let name = |id: Id<Unit>| ledger.unit(id).map_or_else(String::new, |unit| named(lang, unit));
    let reasons = missing.reasons.iter().map(|reason| match *reason {
        MissingReason::NoSuccession { unit } => lang.scoreboard_no_succession(name(unit)),
        MissingReason::UnknownShare { from, to } => lang.scoreboard_unknown_share(name(from), name(to)),
    });
    format!("{}: {}", name(missing.unit), reasons.collect::<Vec<_>>().join("; "))
}

/// Which way is better, and the rules over areas and periods.
fn rules(lang: Lang, indicator: &Indicator) -> Vec<String> {
    let words = [
        lang.word("direction", indicator.direction.code()),
        lang.word("area_rule", indicator.area_rule.code()),
        lang.word("period_rule", indicator.period_rule.code()),
    ];
    words.into_iter().flatten().map(str::to_owned).collect()
}

/// In which whole numbers the formulas compute.
fn scale(lang: Lang, indicator: &Indicator) -> String {
    let example = indicator.period_rule == PeriodRule::Mean;
    let one = lang.measured(1, indicator);
    let words = if indicator.decimals == 0 { lang.scoreboard_scale_whole().to_owned() } else { lang.scoreboard_scale(one) };
    if example { format!("{words} {}", lang.scoreboard_scale_mean()) } else { words }
}
