//! From figure to number at the desk: which indicator a figure could be a measurement of, whether every condition holds, and
//! what the board would show. Nothing is taken by itself: a person chooses.

use std::collections::HashMap;
use std::sync::Arc;

use domain::draft::{Draft, HeldReading};
use domain::id::Id;
use domain::indicator::Indicator;
use domain::measurable::{Figure, MeasuredAs, likeness};
use domain::measurement::{Arrival, standing};
use domain::period::Period;
use domain::problem::Problem;
use domain::reading::FigureDraft;
use domain::unit::{Unit, UnitClass};
use jiff::civil::Date;
use scoreboard::board::{Board, GroupScore};
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};
use store::measurement::Seen;

use super::card::Choice;
use super::matches::{Match, fits, many, new};
use crate::lang::Lang;
use crate::web::support::form::Fields;
use crate::web::{App, Fault};

/// From this likeness in percent on an indicator is offered: half of the words on both sides.
const LIKENESS_MIN: usize = 50;
/// Offers that a person takes in at a glance.
const OFFERS_MAX: usize = 5;
/// More units than a list can be chosen from; then only the paper's own unit and those right below it are offered.
const UNITS_MAX: usize = 200;

/// The part of a figure's form that makes it a measurement.
pub(super) struct MeasuredForm {
    /// Indicators whose names are like the figure's measure, the likest first.
    pub(super) offered: Vec<Choice>,
    /// The others of the unit.
    pub(super) others: Vec<Choice>,
    pub(super) units: Vec<Choice>,
    pub(super) period: String,
    /// Whether each condition holds, and what would become of the board.
    pub(super) lines: Vec<Match>,
    /// Whether an indicator is chosen: then the part is open.
    pub(super) is_open: bool,
}

/// The form of a figure; absent where the ledger has no indicator.
pub(super) async fn measured_form(
    app: &App,
    lang: Lang,
    held: &HeldReading,
    figure: &FigureDraft,
    typed: Option<&Fields>,
) -> Result<Option<MeasuredForm>, Fault> {
    let ledger = app.scoreboards().ledger(app.store()).await?;
    if ledger.nouns().indicators.is_empty() {
        return Ok(None);
    }
    let text = app.store().get(held.paper).await?.text;
    let offers = offers(&ledger, held.unit, figure, figure.span.sentence_in(&text));
    let chosen = typed.and_then(|typed| typed.filled("indicator")).unwrap_or_default();
    let choice = |indicator: &Indicator| Choice {
        value: indicator.id.to_string(),
        label: format!("{} {} ({})", indicator.code, indicator.name, indicator.unit_of_measure),
        selected: indicator.id.to_string() == chosen,
    };
    let others = indicators_of(&ledger, held.unit).into_iter().filter(|other| offers.iter().all(|offer| offer.id != other.id));
    let period = typed.map_or_else(|| likely_period(figure).map(period_for_form), |typed| Some(typed.get("period").to_owned()));
    let lines = match (chosen.is_empty(), typed.map(|typed| measured_as(&ledger, held, typed))) {
        (false, Some(Ok(measured))) => lines(app, lang, ledger.clone(), figure, measured).await?,
        (false, Some(Err(_))) => Vec::new(),
        _ => offers.first().map(|offer| condition_lines(lang, figure, offer, true)).unwrap_or_default(),
    };
    Ok(Some(MeasuredForm {
        units: unit_choices(app, held, typed).await?,
        period: period.unwrap_or_default(),
        others: others.map(choice).collect(),
        lines,
        is_open: !chosen.is_empty(),
        offered: offers.into_iter().map(choice).collect(),
    }))
}

/// What was chosen for a figure; absent where no indicator was. Every condition is asked again when it is written.
pub(super) async fn measured_of(
    app: &App,
    held: &HeldReading,
    figure: &FigureDraft,
    typed: &Fields,
) -> Result<Option<Result<MeasuredAs, Vec<Problem>>>, Fault> {
    if typed.filled("indicator").is_none() {
        return Ok(None);
    }
    let ledger = app.scoreboards().ledger(app.store()).await?;
    let measured = match measured_as(&ledger, held, typed) {
        Ok(measured) => measured,
        Err(problems) => return Ok(Some(Err(problems))),
    };
    let path = app.store().unit_path(measured.unit).await?;
    if !held.unit.is_some_and(|about| path.0.contains(&about)) {
        return Ok(Some(Err(vec![Problem::NotAllowed { field: "measured_unit", value: typed.get("measured_unit").to_owned() }])));
    }
    let Some(indicator) = ledger.indicator(measured.indicator) else { return Ok(Some(Err(vec![Problem::NotFound]))) };
    let unfit = |unfit| Problem::Unfit { field: "indicator", unfit };
    let (value, weight) = match Figure::from(figure).measured(indicator) {
        Ok(number) => number,
        Err(all) => return Ok(Some(Err(all.into_iter().map(unfit).collect()))),
    };
    let has_it = |row: Arrival| (row.value, row.weight) == (Some(value), weight);
    let is_known = standing_row(&ledger, &measured, app.today()).is_some_and(has_it);
    Ok(Some(if is_known { Err(vec![Problem::Unchanged { field: "indicator" }]) } else { Ok(measured) }))
}

/// What an accepted figure was settled to be, in words; empty where it is a statement only.
pub(super) async fn measured_line(app: &App, lang: Lang, draft: &Draft) -> Result<String, Fault> {
    let Some(measured) = draft.measured else { return Ok(String::new()) };
    let indicator = app.store().get(measured.indicator).await?;
    let unit = app.store().get(measured.unit).await?;
    Ok(lang.measured_settled(format_args!("{} {}", indicator.code, indicator.name), unit.name, lang.period(measured.period)))
}

/// Indicator, unit and period as they were typed.
fn measured_as(ledger: &Ledger, held: &HeldReading, typed: &Fields) -> Result<MeasuredAs, Vec<Problem>> {
    let mut problems = Vec::new();
    let id = |name: &str| typed.filled(name).and_then(|value| value.parse::<i64>().ok());
    let indicator = id("indicator").map(Id::new).filter(|indicator| ledger.indicator(*indicator).is_some());
    if indicator.is_none() {
        problems.push(Problem::NotAllowed { field: "indicator", value: typed.get("indicator").to_owned() });
    }
    let unit = id("measured_unit").map(Id::new).or(held.unit).and_then(|unit| ledger.unit(unit));
    if unit.is_none() {
        problems.push(Problem::Missing { field: "measured_unit" });
    }
    let period = Period::typed(typed.get("period"));
    match (period, unit) {
        (None, _) => problems.push(Problem::NoPeriod { field: "period", value: typed.get("period").to_owned() }),
        (Some(period), Some(unit)) if !existed_in(unit, period) => {
            problems.push(Problem::NotAllowed { field: "period", value: period.to_string() });
        }
        _ => {}
    }
    match (indicator, unit, period) {
        (Some(indicator), Some(unit), Some(period)) if problems.is_empty() => Ok(MeasuredAs { indicator, unit: unit.id, period }),
        _ => Err(problems),
    }
}

fn existed_in(unit: &Unit, period: Period) -> bool {
    unit.valid_from.is_none_or(|from| from <= period.last_day()) && unit.valid_to.is_none_or(|to| period.first_day() <= to)
}

/// The period that a figure is about, where the ledger has one such; "đến hết tháng 3" is the month of March.
fn likely_period(figure: &FigureDraft) -> Option<Period> {
    let period = figure.period?;
    match (period.from, period.to) {
        (Some(from), Some(to)) => Period::between(from, to),
        (None, Some(to)) => Period::month_of(to),
        _ => None,
    }
}

/// A period as people type it: `4/2024`, `quý I/2024`.
fn period_for_form(period: Period) -> String {
    if period.is_month() {
        format!("{}/{}", period.first_day().month(), period.year())
    } else {
        Lang::Vi.period(period).replace('\u{a0}', " ")
    }
}

/// The unit's indicators that are like the figure's measure or sentence, those first whose conditions hold.
fn offers<'l>(ledger: &'l Ledger, unit: Option<Id<Unit>>, figure: &FigureDraft, sentence: &str) -> Vec<&'l Indicator> {
    let fits = |indicator: &Indicator| Figure::from(figure).measured(indicator).is_ok();
    let mut alike: Vec<(bool, usize, &Indicator)> = indicators_of(ledger, unit)
        .into_iter()
        .map(|indicator| (fits(indicator), likeness(indicator, &figure.measure, sentence), indicator))
        .filter(|(_, likeness, _)| *likeness >= LIKENESS_MIN)
        .collect();
    alike.sort_by_key(|(fits, likeness, indicator)| (std::cmp::Reverse((*fits, *likeness)), indicator.id));
    alike.into_iter().take(OFFERS_MAX).map(|(.., indicator)| indicator).collect()
}

/// The indicators that a unit has a target for; all of them where it has none.
fn indicators_of(ledger: &Ledger, unit: Option<Id<Unit>>) -> Vec<&Indicator> {
    let nouns = ledger.nouns();
    let has_target =
        |indicator: &&Indicator| nouns.targets.iter().any(|target| Some(target.unit) == unit && target.indicator == indicator.id);
    let own: Vec<&Indicator> = nouns.indicators.iter().filter(has_target).collect();
    if own.is_empty() { nouns.indicators.iter().collect() } else { own }
}

/// The paper's own unit and the areas below: who may decide on the paper may enter numbers of these.
async fn unit_choices(app: &App, held: &HeldReading, typed: Option<&Fields>) -> Result<Vec<Choice>, Fault> {
    let Some(about) = held.unit else { return Ok(Vec::new()) };
    let about: Unit = app.store().get(about).await?;
    let mut below = app.store().units_in_subtree(about.id).await?;
    if below.len() > UNITS_MAX {
        below = app.store().units_below(about.id).await?;
    }
    let chosen = typed.and_then(|typed| typed.filled("measured_unit")).map_or_else(|| about.id.to_string(), str::to_owned);
    let mut units = vec![about.clone()];
    units.extend(below.into_iter().filter(|unit| unit.class == UnitClass::Area && unit.id != about.id));
    let choice = |unit: Unit| Choice { selected: unit.id.to_string() == chosen, value: unit.id.to_string(), label: unit.name };
    Ok(units.into_iter().map(choice).collect())
}

/// Whether each condition holds for the chosen indicator, what the ledger has, and what the board would show.
async fn lines(app: &App, lang: Lang, ledger: Arc<Ledger>, figure: &FigureDraft, measured: MeasuredAs) -> Result<Vec<Match>, Fault> {
    let Some(indicator) = ledger.indicator(measured.indicator) else { return Ok(Vec::new()) };
    let mut lines = condition_lines(lang, figure, indicator, false);
    let Ok((value, weight)) = Figure::from(figure).measured(indicator) else { return Ok(lines) };
    if let Some(row) = standing_row(&ledger, &measured, app.today()) {
        let (was, known_on) = (row.value.map_or_else(String::new, |value| lang.measured(value, indicator)), lang.day(row.known_on));
        lines.push(match row.value {
            Some(_) if (row.value, row.weight) == (Some(value), weight) => fits(lang, lang.measured_same(was, known_on)),
            Some(_) => many(lang, lang.measured_other(was, known_on)),
            None => new(lang, &lang.measured_withdrawn(known_on)),
        });
    }
    let today = app.today();
    let arrival = Arrival {
        id: Id::new(i64::MAX),
        unit: measured.unit,
        indicator: measured.indicator,
        period: measured.period,
        known_on: today,
        value: Some(value),
        weight,
    };
    let moved = tokio::task::spawn_blocking(move || moved(lang, &ledger, arrival)).await.map_err(Fault::internal)?;
    lines.push(moved.map_or_else(|| new(lang, lang.measured_not_on_board()), |moved| fits(lang, moved)));
    Ok(lines)
}

/// The conditions as lines: one that all hold, or each that does not.
fn condition_lines(lang: Lang, figure: &FigureDraft, indicator: &Indicator, names_it: bool) -> Vec<Match> {
    let name = format!("{} {}", indicator.code, indicator.name);
    match Figure::from(figure).measured(indicator) {
        Ok(_) if names_it => vec![fits(lang, lang.measured_offer(&name))],
        Ok((value, _)) => vec![fits(lang, lang.measured_fits(lang.measured(value, indicator)))],
        Err(unfit) => unfit.iter().map(|unfit| Match { word: lang.measured_unfit(), ..many(lang, lang.unfit(unfit)) }).collect(),
    }
}

/// The row that stands on a day for a unit, indicator and period.
fn standing_row(ledger: &Ledger, measured: &MeasuredAs, day: Date) -> Option<Arrival> {
    standing(&ledger.arrivals(measured.unit, measured.indicator), measured.period, day)
}

/// What the ledger has where each accepted number of a reading goes: the settlement is refused where it has changed by then.
pub(super) async fn seen_numbers(app: &App, held: &HeldReading) -> Result<HashMap<Id<Draft>, Seen>, Fault> {
    let drafts = app.store().drafts(held.id).await?;
    let (ledger, horizon) = app.scoreboards().at_head(app.store()).await?;
    let seen = |draft: &Draft| {
        let row = standing_row(&ledger, &draft.measured?, app.today()).map(|row| row.id);
        Some((draft.id, Seen { horizon: horizon.id, row }))
    };
    Ok(drafts.iter().filter_map(seen).collect())
}

/// What a number moves on its unit's board, in one sentence; absent where the indicator is on no board of the unit.
fn moved(lang: Lang, ledger: &Ledger, arrival: Arrival) -> Option<String> {
    let month = Period::month_of(arrival.period.last_day())?;
    let question = Question { month, known_on: arrival.known_on, horizon: None, tree: Tree::OfMonth };
    let before = ledger.board(arrival.unit, &question);
    let mut with = ledger.clone();
    with.arrive(arrival);
    with.settle();
    let after = with.board(arrival.unit, &question);
    let indicator = ledger.indicator(arrival.indicator)?;
    let (was, is) = (group_of(&before, indicator), group_of(&after, indicator)?);
    let group = ledger.group(is.group)?;
    let percent = |score: Option<&GroupScore>| {
        score.and_then(|score| score.achievement).map_or_else(|| lang.measured_none().to_owned(), |bp| lang.basis_points(bp))
    };
    let counts = [&before, &after].map(|board| lang.integer(top_band(ledger, board, group.resolution)));
    let of = lang.integer(after.groups.iter().filter(|score| resolution_of(ledger, score) == group.resolution).count());
    let [was_met, is_met] = counts;
    Some(lang.measured_moves(&group.name, percent(was), percent(Some(is)), was_met, is_met, of))
}

fn group_of<'b>(board: &'b Board, indicator: &Indicator) -> Option<&'b GroupScore> {
    board.groups.iter().find(|score| Some(score.group) == indicator.group)
}

fn resolution_of(ledger: &Ledger, score: &GroupScore) -> Option<Id<domain::resolution::Resolution>> {
    ledger.group(score.group).and_then(|group| group.resolution)
}

/// How many groups of a resolution are in its highest band.
fn top_band(ledger: &Ledger, board: &Board, resolution: Option<Id<domain::resolution::Resolution>>) -> usize {
    let bands =
        resolution.and_then(|resolution| ledger.resolution(resolution)).map(|resolution| resolution.bands.clone()).unwrap_or_default();
    let top = bands.thresholds().first().copied();
    board.groups.iter().filter(|score| resolution_of(ledger, score) == resolution && score.band.is_some() && score.band == top).count()
}
