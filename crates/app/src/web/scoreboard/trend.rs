//! An indicator of a unit month by month over the span of its target so far, against what was assigned and the straight way
//! there; and beside it what the unit itself reported.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::id::Id;
use domain::indicator::{Indicator, PeriodRule};
use domain::problem::Problem;
use domain::target::Target;

use super::chart::{Chart, Curve, days_between};
use super::course::{MONTHS_MAX, MonthValue, Plan, Reported, Trend, height};
use super::formula::bound;
use super::indicator::{assigner, target_words};
use super::view::{Frame, View};
use crate::lang::Lang;
use crate::web::page::{capitalised, render_as};
use crate::web::support::form::Query;
use crate::web::support::sheet::{Cell, Format};
use crate::web::{App, Fault, Nav, Page};

/// Most periods that the unit itself reported which are shown: twenty years of months.
const REPORTED_MAX: usize = 240;
const COLUMNS: [&str; 9] = ["month", "unit", "indicator", "value", "n", "w", "planned", "target", "reported"];

struct Row {
    month: String,
    href: String,
    value: String,
    planned: String,
    coverage: String,
    incomplete: bool,
}

struct ReportedRow {
    period: String,
    value: String,
    weight: String,
    known_on: String,
    note: String,
}

struct TargetLine {
    by: String,
    value: String,
    span: String,
    baseline: String,
}

#[derive(Template)]
#[template(path = "scoreboard/trend.html")]
struct TrendPage {
    page: Page,
    frame: Frame,
    indicator: String,
    explanation: String,
    targets: Vec<TargetLine>,
    chart: Option<Chart>,
    chart_title: String,
    chart_description: String,
    chart_unit: String,
    width: i128,
    height: i128,
    plan_words: String,
    rows: Vec<Row>,
    cut: String,
    reported: Vec<ReportedRow>,
    more_reported: String,
}

/// `GET /scoreboards/{unit}/indicators/{indicator}/trend`
pub async fn show_trend(
    page: Page,
    State(app): State<App>,
    Path((unit, indicator)): Path<(i64, i64)>,
    query: Query,
) -> Result<Response, Fault> {
    let view = View::open(&app, unit, &query.0).await?;
    let indicator = view.ledger.indicator(Id::new(indicator)).cloned().ok_or(Problem::NotFound)?;
    let id = indicator.id;
    let trend = view.compute(&app, move |view| Trend::of(view, id)).await?;
    if view.format != Format::Page {
        let rows = rows_of_file(&view, &indicator, &trend);
        return Ok(view.respond(&format!("trend-{}", indicator.code), &COLUMNS, rows));
    }
    show(page, &view, &indicator, &trend)
}

fn rows_of_file(view: &View, indicator: &Indicator, trend: &Trend) -> Vec<Vec<Cell>> {
    let plan = Plan::of(view, indicator, trend);
    let target = trend.score.as_ref().and_then(|score| score.targets.first()).and_then(|score| view.ledger.target(score.target));
    let number = |kept: i128| Cell::Number(plain(kept, indicator.decimals));
    let row = |month: &MonthValue| {
        vec![
            month.month.to_string().into(),
            view.unit_code(view.unit.id).into(),
            indicator.code.clone().into(),
            month.value.as_ref().and_then(|value| height(indicator, value)).map_or(Cell::Absent, number),
            month.value.as_ref().map(|value| value.n.to_string()).into(),
            month.value.as_ref().map(|value| value.w.to_string()).into(),
            plan.map_or(Cell::Absent, |plan| number(plan.on(month.month.last_day()))),
            target.and_then(|target| bound(indicator, target)).map_or(Cell::Absent, |kept| number(i128::from(kept))),
            format!("{}/{}", month.coverage.reported, month.coverage.areas).into(),
        ]
    };
    trend.months.iter().map(row).collect()
}

/// 590 with one decimal is `59.0`.
fn plain(kept: i128, decimals: i64) -> String {
    let decimals = usize::try_from(decimals).unwrap_or_default();
    if decimals == 0 {
        return kept.to_string();
    }
    let digits = format!("{:0>width$}", kept.unsigned_abs(), width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    format!("{}{whole}.{part}", if kept < 0 { "-" } else { "" })
}

/// A number beside the picture: without its unit, which stands above, and without noughts at its end.
fn bare(lang: Lang, kept: i128, decimals: i64) -> String {
    let plain = plain(kept, decimals);
    lang.grouped(if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.') } else { &plain })
}

fn show(page: Page, view: &View, indicator: &Indicator, trend: &Trend) -> Result<Response, Fault> {
    let lang = page.lang;
    let path = format!("/indicators/{}", indicator.id);
    let plan = Plan::of(view, indicator, trend);
    let kept = |value: i128| i64::try_from(value).map_or_else(|_| value.to_string(), |value| lang.measured(value, indicator));
    let row = |month: &MonthValue| Row {
        month: capitalised(&lang.period(month.month)),
        href: page.href(&view.asked.with_month(month.month).path(&path)),
        value: month.value.as_ref().map_or_else(|| "–".to_owned(), |value| lang.held_value(indicator, value)),
        planned: plan.map_or_else(|| "–".to_owned(), |plan| kept(plan.on(month.month.last_day()))),
        coverage: format!("{}/{}", lang.integer(month.coverage.reported), lang.integer(month.coverage.areas)),
        incomplete: month.incomplete,
    };
    let rows: Vec<Row> = trend.months.iter().rev().map(row).collect();
    let more = trend.reported.len().saturating_sub(REPORTED_MAX);
    let trend_path = format!("{path}/trend");
    let ready = TrendPage {
        frame: Frame::of(view, &page, &trend_path, Vec::new()),
        explanation: page.href(&view.asked.path(&path)),
        targets: target_lines(view, lang, indicator, trend),
        chart: curve(view, lang, indicator, trend).and_then(|curve| Chart::of(&curve, |kept| bare(lang, kept, indicator.decimals))),
        chart_title: lang.view_trend_chart(&indicator.name, &view.unit.name),
        chart_description: in_words(view, lang, indicator, trend),
        chart_unit: indicator.unit_of_measure.clone(),
        width: super::chart::WIDTH,
        height: super::chart::HEIGHT,
        plan_words: plan.map_or_else(String::new, |plan| {
            lang.view_trend_plan(kept(plan.from.1), lang.day(plan.from.0), kept(plan.to.1), lang.day(plan.to.0))
        }),
        rows,
        cut: if trend.cut { lang.view_trend_cut(lang.integer(MONTHS_MAX)) } else { String::new() },
        reported: trend.reported.iter().take(REPORTED_MAX).map(|one| reported_row(lang, indicator, one)).collect(),
        more_reported: if more > 0 { lang.view_trend_more(lang.integer(more)) } else { String::new() },
        page: page
            .at(Nav::Scoreboards)
            .titled(lang.view_trend_title(&indicator.name))
            .described(lang.view_trend_lead(capitalised(&view.unit.name))),
        indicator: indicator.name.clone(),
    };
    render_as(view.status(), &ready)
}

fn target_lines(view: &View, lang: Lang, indicator: &Indicator, trend: &Trend) -> Vec<TargetLine> {
    let scores = trend.score.iter().flat_map(|score| &score.targets);
    let line = |target: &Target| {
        let one = |kept: i64| lang.measured(kept, indicator);
        TargetLine {
            by: assigner(lang, target),
            value: target_words(lang, indicator, target),
            span: lang.view_trend_span(lang.day_or_unknown(target.valid_from), lang.day_or_unknown(target.valid_to)),
            baseline: target.baseline.map_or_else(String::new, |kept| match target.baseline_on {
                Some(day) => lang.view_trend_baseline_on(one(kept), lang.day(day)),
                None => one(kept),
            }),
        }
    };
    scores.filter_map(|score| view.ledger.target(score.target)).map(line).collect()
}

fn curve(view: &View, lang: Lang, indicator: &Indicator, trend: &Trend) -> Option<Curve> {
    let (first, last) = (trend.months.first()?.month.first_day(), trend.months.last()?.month.last_day());
    let targets: Vec<&Target> =
        trend.score.iter().flat_map(|score| &score.targets).filter_map(|score| view.ledger.target(score.target)).collect();
    // The whole span where it fits, so that the target is seen at its end.
    let ends = targets.first().and_then(|target| target.valid_to).unwrap_or(last).max(last);
    let months = i64::from(days_between(first, ends)) / 30;
    let last = if usize::try_from(months).unwrap_or(usize::MAX) > MONTHS_MAX { last } else { ends };
    let level = |target: &&Target| {
        let kept = bound(indicator, target)?;
        Some((i128::from(kept), bare(lang, i128::from(kept), indicator.decimals)))
    };
    let point = |month: &MonthValue| (month.month.last_day(), month.value.as_ref().and_then(|value| height(indicator, value)));
    Some(Curve {
        days: Some((first, last)),
        points: trend.months.iter().map(point).collect(),
        plan: Plan::of(view, indicator, trend).filter(|plan| plan.to.0 > first).map(|plan| plan.within(first, last)),
        levels: targets.iter().filter_map(level).collect(),
        from_zero: indicator.period_rule == PeriodRule::Sum,
    })
}

/// The picture for who does not see it: where it begins, where it stands, what was assigned.
fn in_words(view: &View, lang: Lang, indicator: &Indicator, trend: &Trend) -> String {
    let known: Vec<&MonthValue> = trend.months.iter().filter(|month| month.value.is_some()).collect();
    let said = |month: &MonthValue| {
        let value = month.value.as_ref().map_or_else(String::new, |value| lang.held_value(indicator, value));
        (capitalised(&lang.period(month.month)), value)
    };
    let target = trend.score.as_ref().and_then(|score| score.targets.first()).and_then(|score| view.ledger.target(score.target));
    let target = target.and_then(|target| bound(indicator, target)).map_or_else(|| "–".to_owned(), |kept| lang.measured(kept, indicator));
    match (known.first().map(|month| said(month)), known.last().map(|month| said(month))) {
        (Some((first, from)), Some((last, to))) => lang.view_trend_words(first, from, last, to, target),
        _ => lang.view_trend_no_words(target),
    }
}

fn reported_row(lang: Lang, indicator: &Indicator, one: &Reported) -> ReportedRow {
    ReportedRow {
        period: capitalised(&lang.period(one.latest.period)),
        value: one.latest.value.map_or_else(|| lang.view_withdrawn().to_owned(), |kept| lang.reported(indicator, kept)),
        weight: one.latest.weight.filter(|_| one.latest.value.is_some()).map_or_else(|| "–".to_owned(), |weight| lang.integer(weight)),
        known_on: lang.day(one.latest.known_on),
        note: if one.versions > 1 { lang.view_trend_versions(lang.integer(one.versions)) } else { String::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_file_have_their_decimals() {
        let said: Vec<String> = [(590, 1), (-5, 2), (7, 0), (0, 3)].map(|(kept, decimals)| plain(kept, decimals)).to_vec();
        assert_eq!(said, ["59.0", "-0.05", "7", "0.000"]);
    }
}
