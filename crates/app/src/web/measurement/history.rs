//! The history of one number: every row that ever was of a unit and an indicator, by period, and the forms that add another.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::code::Coded as _;
use domain::document::{Document, Passage};
use domain::id::Id;
use domain::indicator::Indicator;
use domain::load::Load;
use domain::measurement::{Arrival, Measurement, standing};
use domain::period::Period;
use domain::permission;
use domain::problem::Problem;
use domain::unit::Unit;
use scoreboard::ledger::Ledger;

use super::double::{Doubles, warnings};
use super::entered::{self, EnteredNote, history_path};
use super::sheet::labels;
use super::words::{for_field, number_words};
use crate::lang::Lang;
use crate::web::page::capitalised;
use crate::web::source::{may_see, paper_name};
use crate::web::support::form::{Fields, Query};
use crate::web::support::mend::Mend;
use crate::web::support::pager::{PageNumber, PagerLink};
use crate::web::{App, Fault, Nav, Page, render};

/// Periods on a page: five years by month.
const PERIODS_A_PAGE: i64 = 60;
/// The file of a load that measurements stand in.
const FILE: &str = "measurements.csv";

/// A sentence of a paper.
struct Sentence {
    label: String,
    href: Option<String>,
}

/// One row of the ledger.
struct RowLine {
    value: String,
    withdrawn: bool,
    /// Whether it is the one that counts today.
    stands: bool,
    /// Known on a later day only, so it does not count yet.
    ahead: bool,
    known_on: String,
    /// Account and moment, or file and line.
    entered: String,
    source: String,
    reason: String,
    sentence: Option<Sentence>,
}

/// Correcting or withdrawing what stands for a period.
pub struct RowForm {
    address: String,
    value_label: &'static str,
    value: String,
    unit_of_measure: String,
    weight: Option<(&'static str, String)>,
    source: String,
    reason: String,
    why: String,
    /// Whether there is a value that could be withdrawn.
    withdraws: bool,
    mend: Mend,
    withdrawal: Mend,
}

struct PeriodRows {
    code: String,
    name: String,
    rows: Vec<RowLine>,
    warnings: Vec<String>,
    /// Where the form opens; absent for who may not enter numbers.
    open: Option<String>,
    form: Option<RowForm>,
}

#[derive(Template)]
#[template(path = "measurement/history.html")]
pub struct HistoryPage {
    page: Page,
    unit_name: String,
    unit_href: String,
    board_href: String,
    sheet_href: Option<String>,
    code: String,
    name: String,
    unit_of_measure: String,
    area_rule: &'static str,
    period_rule: &'static str,
    direction: &'static str,
    horizon: i64,
    periods: Vec<PeriodRows>,
    count: String,
    pager: Vec<PagerLink>,
    entered: Option<EnteredNote>,
}

/// Which of the two forms was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Another value.
    Correction,
    /// No value any more.
    Withdrawal,
}

/// A form that was sent and must be mended.
pub struct Sent<'f> {
    /// Which.
    pub form: Form,
    /// The period whose number it is about.
    pub period: Period,
    /// What was typed.
    pub fields: &'f Fields,
    /// What must be mended.
    pub mend: Mend,
}

/// `GET /units/{unit}/indicators/{indicator}/history`
pub async fn show_history(
    State(app): State<App>,
    Path((unit, indicator)): Path<(i64, i64)>,
    page: Page,
    Query(query): Query,
) -> Result<Response, Fault> {
    render(&history_page(&app, page, Id::new(unit), Id::new(indicator), &query, None).await?)
}

/// `GET /measurements/{measurement}`: one row is shown among the others of its unit and indicator.
pub async fn show_measurement(State(app): State<App>, Path(measurement): Path<i64>, page: Page) -> Result<Response, Fault> {
    let row: Measurement = app.store().get(Id::new(measurement)).await?;
    let path = format!("{}?row={}#ky-{}", history_path(row.unit, row.indicator), row.id, row.period);
    Ok(page.redirect(&path))
}

/// The page, with the form that was sent where it must be mended.
pub async fn history_page(
    app: &App,
    page: Page,
    unit: Id<Unit>,
    indicator: Id<Indicator>,
    query: &Fields,
    sent: Option<&Sent<'_>>,
) -> Result<HistoryPage, Fault> {
    let (lang, unit): (Lang, Unit) = (page.lang, app.store().get(unit).await?);
    let (ledger, horizon) = app.scoreboards().at_head(app.store()).await?;
    let indicator = ledger.indicator(indicator).ok_or(Problem::NotFound)?;
    let keeps = match &page.actor {
        Some(actor) => permission::may_keep_measurements(actor, &app.store().unit_path(unit.id).await?).is_ok(),
        None => false,
    };
    let arrivals = ledger.arrivals(unit.id, indicator.id);
    let mut periods: Vec<Period> = arrivals.iter().map(|row| row.period).collect();
    periods.dedup();
    periods.sort_unstable_by_key(|period| std::cmp::Reverse((period.last_day(), period.first_day())));
    let path = history_path(unit.id, indicator.id);
    let asked = query.filled("row").and_then(|row| row.parse::<i64>().ok());
    let asked = arrivals.iter().find(|row| Some(row.id.number()) == asked);
    let number = page_of(query, &periods, sent.map(|sent| sent.period).or(asked.map(|row| row.period)))?;
    let pager = number.links(lang, &path, i64::try_from(periods.len()).unwrap_or(i64::MAX))?;
    let shown = periods.iter().copied().skip(usize::try_from(number.offset()).unwrap_or(usize::MAX)).take(PERIODS_A_PAGE as usize);
    let shown: Vec<Period> = shown.collect();
    let rows = read_rows(app, &arrivals, &shown).await?;
    let around = Around { page: &page, ledger: &ledger, unit: &unit, indicator, arrivals: &arrivals, rows: &rows, keeps };
    let blocks = around.periods(app, &shown, asked.map(|row| row.id), sent).await?;
    let word = |section: &str, code: &str| lang.word(section, code).unwrap_or_default();
    Ok(HistoryPage {
        unit_name: capitalised(&unit.name),
        unit_href: page.href(&format!("/units/{}", unit.id)),
        board_href: page.href(&format!("/scoreboards/{}", unit.id)),
        sheet_href: keeps.then(|| page.href(&format!("/units/{}/measurements", unit.id))),
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        unit_of_measure: indicator.unit_of_measure.clone(),
        area_rule: word("area_rule", indicator.area_rule.code()),
        period_rule: word("period_rule", indicator.period_rule.code()),
        direction: word("direction", indicator.direction.code()),
        horizon: horizon.id,
        periods: blocks,
        count: lang.measurement_history_count(lang.integer(arrivals.len()), lang.integer(periods.len())),
        pager,
        entered: if keeps { entered::note(app, &page, &ledger, &unit, query).await? } else { None },
        page: page.at(Nav::Scoreboards).titled(lang.measurement_history_title(&indicator.name, &unit.name)),
    })
}

/// The page asked for; of a form that is open, the one that its period stands on.
fn page_of(query: &Fields, periods: &[Period], open: Option<Period>) -> Result<PageNumber, Problem> {
    let Some(open) = open else { return PageNumber::of(query, PERIODS_A_PAGE) };
    let at = periods.iter().position(|period| *period == open).unwrap_or_default();
    let mut fields = Fields::default();
    fields.push("page".to_owned(), (at / PERIODS_A_PAGE as usize + 1).to_string());
    PageNumber::of(&fields, PERIODS_A_PAGE)
}

/// The whole rows of the periods shown.
async fn read_rows(app: &App, arrivals: &[Arrival], shown: &[Period]) -> Result<HashMap<Id<Measurement>, Measurement>, Fault> {
    let ids: Vec<Id<Measurement>> = arrivals.iter().filter(|row| shown.contains(&row.period)).map(|row| row.id).collect();
    Ok(app.store().measurements_by_ids(&ids).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// What every block of the page is made from.
struct Around<'a> {
    page: &'a Page,
    ledger: &'a Arc<Ledger>,
    unit: &'a Unit,
    indicator: &'a Indicator,
    arrivals: &'a [Arrival],
    rows: &'a HashMap<Id<Measurement>, Measurement>,
    keeps: bool,
}

impl Around<'_> {
    async fn periods(
        &self,
        app: &App,
        shown: &[Period],
        asked: Option<Id<Measurement>>,
        sent: Option<&Sent<'_>>,
    ) -> Result<Vec<PeriodRows>, Fault> {
        let (lang, today) = (self.page.lang, app.today());
        let mut loads: HashMap<Id<Load>, Load> = HashMap::new();
        let mut doubles = Doubles::new(self.ledger, self.indicator, today);
        let mut blocks = Vec::new();
        for period in shown.iter().copied() {
            let now = standing(self.arrivals, period, today);
            let mut of_period: Vec<&Arrival> = self.arrivals.iter().filter(|row| row.period == period).collect();
            of_period.sort_unstable_by_key(|row| std::cmp::Reverse((row.known_on, row.id)));
            let mut rows = Vec::new();
            for row in of_period {
                rows.push(self.row_line(app, &mut loads, row, now).await?);
            }
            let sent = sent.filter(|sent| sent.period == period);
            let opens = now.filter(|row| sent.is_some() || asked == Some(row.id)).filter(|_| self.keeps);
            let counts = now.is_some_and(|row| row.value.is_some());
            blocks.push(PeriodRows {
                code: period.to_string(),
                name: lang.period(period),
                rows,
                warnings: if counts { warnings(lang, self.ledger, &doubles.of(self.unit.id, period)) } else { Vec::new() },
                open: now.filter(|_| self.keeps && opens.is_none()).map(|row| self.open_href(row.id, period)),
                form: opens.map(|row| self.row_form(row, sent)),
            });
        }
        Ok(blocks)
    }

    fn open_href(&self, row: Id<Measurement>, period: Period) -> String {
        self.page.href(&format!("{}?row={row}#ky-{period}", history_path(self.unit.id, self.indicator.id)))
    }

    async fn row_line(
        &self,
        app: &App,
        loads: &mut HashMap<Id<Load>, Load>,
        arrival: &Arrival,
        now: Option<Arrival>,
    ) -> Result<RowLine, Fault> {
        let lang = self.page.lang;
        let row = self.rows.get(&arrival.id).ok_or_else(|| Fault::internal(format_args!("measurement/{} is gone", arrival.id)))?;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Ok(RowLine {
            value: number_words(lang, self.indicator, arrival),
            withdrawn: arrival.value.is_none(),
            stands: now.is_some_and(|now| now.id == arrival.id),
            ahead: arrival.known_on > app.today(),
            known_on: lang.day(arrival.known_on),
            entered: match row.load {
                Some(load) => load_words(app, lang, loads, load, row.line).await?,
                None => self.who_and_when(row),
            },
            source: text(&row.source),
            reason: text(&row.reason),
            sentence: match row.passage {
                Some(passage) => Some(sentence(app, self.page, passage).await?),
                None => None,
            },
        })
    }

    /// Every number opens to the person and the moment, for everybody.
    fn who_and_when(&self, row: &Measurement) -> String {
        let lang = self.page.lang;
        let when = row.entered_at.map(|moment| lang.moment(moment)).unwrap_or_default();
        match row.entered_by.as_deref() {
            Some(by) => lang.measurement_entered_by(by, when),
            None => lang.measurement_entered_when(when),
        }
    }

    fn row_form(&self, row: Arrival, sent: Option<&Sent<'_>>) -> RowForm {
        let (lang, indicator) = (self.page.lang, self.indicator);
        let typed = |form: Form, name: &str| sent.filter(|sent| sent.form == form).map(|sent| sent.fields.get(name).to_owned());
        let mend = |form: Form| sent.filter(|sent| sent.form == form).map(|sent| sent.mend.clone()).unwrap_or_default();
        let (value_label, weight_label) = labels(lang, indicator);
        let value = || row.value.map(|value| for_field(lang, value, indicator.decimals)).unwrap_or_default();
        let weight = || row.weight.map(|weight| for_field(lang, weight, 0)).unwrap_or_default();
        RowForm {
            address: self.page.href(&format!("/measurements/{}", row.id)),
            value_label,
            value: typed(Form::Correction, "value").unwrap_or_else(value),
            unit_of_measure: indicator.unit_of_measure.clone(),
            weight: weight_label.map(|label| (label, typed(Form::Correction, "weight").unwrap_or_else(weight))),
            source: typed(Form::Correction, "source").unwrap_or_default(),
            reason: typed(Form::Correction, "reason").unwrap_or_default(),
            why: typed(Form::Withdrawal, "reason").unwrap_or_default(),
            withdraws: row.value.is_some(),
            mend: mend(Form::Correction),
            withdrawal: mend(Form::Withdrawal),
        }
    }
}

async fn load_words(app: &App, lang: Lang, loads: &mut HashMap<Id<Load>, Load>, id: Id<Load>, line: Option<i64>) -> Result<String, Fault> {
    let load = match loads.entry(id) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => place.insert(app.store().get(id).await?),
    };
    // As an editor counts lines: without a separator.
    let line = line.map(|line| line.to_string()).unwrap_or_default();
    Ok(lang.measurement_from_load(FILE, line, &load.folder, lang.moment(load.at)))
}

/// The sentence that a number comes from; of a paper that this visitor may not see, only that there is one.
async fn sentence(app: &App, page: &Page, passage: Id<Passage>) -> Result<Sentence, Fault> {
    let found: Passage = app.store().get(passage).await?;
    let document: Document = app.store().get(found.document).await?;
    if !may_see(page, &document) {
        return Ok(Sentence { label: page.lang.measurement_paper_unpublished().to_owned(), href: None });
    }
    Ok(Sentence { label: paper_name(page.lang, &document), href: Some(page.href(&format!("/passages/{passage}"))) })
}
