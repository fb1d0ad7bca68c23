//! The sheet of a unit for a period: what was known, what stands, and a field for each number.

use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::fold::fold;
use domain::id::Id;
use domain::indicator::{AreaRule, Indicator};
use domain::measurement::unscaled;
use domain::period::{LENGTHS, Period};
use domain::permission::{self, Actor, MayKeepMeasurements};
use domain::problem::Problem;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::ledger::Ledger;

use super::double::{Doubles, warnings, would_double};
use super::entered::{self, EnteredNote, history_path};
use super::rows::{Row, Rows, Sheet, rows_of};
use super::words::{for_field, number_words};
use crate::lang::{Lang, Said};
use crate::web::page::capitalised;
use crate::web::support::form::{Fields, Query};
use crate::web::support::login::Signed;
use crate::web::support::mend::Mend;
use crate::web::{App, Fault, Nav, Page, render};

/// Indicators offered for choosing by code: the lists of a province have a few hundred.
const CHOICES_MAX: usize = 500;

/// A way to another sheet.
struct Way {
    label: String,
    href: String,
    current: bool,
}

/// One number to be entered.
pub struct EntryForm {
    pub id: String,
    name: String,
    code: String,
    unit_of_measure: String,
    last: String,
    stands: String,
    target: String,
    value_label: String,
    value: String,
    /// The field of a weight and its label, where the rule asks for one.
    weight: Option<(&'static str, String)>,
    source: String,
    /// Where a row stands, replacing it asks for a reason.
    reason: Option<String>,
    history: String,
    warnings: Vec<String>,
    mend: Mend,
    /// Whether the browser opens at this one: the first that must be mended.
    focus: bool,
}

impl EntryForm {
    /// Whether the browser opens at this field: the one that must be mended, of a number as a whole its value.
    fn opens_at(&self, field: &str) -> bool {
        self.focus
            && (self.mend.is_at(field) || (field == "value" && !["weight", "reason", "source"].iter().any(|other| self.mend.is_at(other))))
    }
}

struct GroupOfEntries {
    name: String,
    entries: Vec<EntryForm>,
}

/// An indicator that can be chosen by its code.
struct Choice {
    code: String,
    name: String,
}

#[derive(Template)]
#[template(path = "measurement/sheet.html")]
pub struct SheetPage {
    page: Page,
    unit_name: String,
    unit_href: String,
    board_href: String,
    address: String,
    period: String,
    period_name: String,
    previous: Option<Way>,
    next: Option<Way>,
    kinds: Vec<Way>,
    groups: Vec<GroupOfEntries>,
    from_below: Vec<Way>,
    choices: Vec<Choice>,
    chosen: String,
    horizon: i64,
    source: String,
    /// Why nothing can be entered for this period.
    closed: Option<Said>,
    /// What must be mended in the sheet as a whole.
    said: Option<Said>,
    entered: Option<EnteredNote>,
}

/// What was sent and must be mended.
pub struct Sent<'f> {
    /// The fields.
    pub fields: &'f Fields,
    /// Of the sheet as a whole.
    pub said: Option<Said>,
    /// Of single numbers.
    pub mends: Vec<(Id<Indicator>, Mend)>,
}

/// A unit's sheet, open for who may enter its numbers.
pub struct OpenSheet {
    pub unit: Unit,
    pub ledger: Arc<Ledger>,
    /// The greatest id in the ledger.
    pub horizon: i64,
    pub may: MayKeepMeasurements,
}

/// `GET /units/{unit}/measurements`
pub async fn show_sheet(
    State(app): State<App>,
    Path(unit): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    Query(query): Query,
) -> Result<Response, Fault> {
    let open = open_sheet(&app, Id::new(unit), &actor).await?;
    let note = entered::note(&app, &page, &open.ledger, &open.unit, &query).await?;
    let typed = query.filled("period");
    let period = typed.and_then(Period::typed);
    let said = match (typed, period) {
        (Some(typed), None) => Some(page.lang.problem(&Problem::NoPeriod { field: "period", value: typed.to_owned() })),
        _ => None,
    };
    let period = period.or_else(|| newest_period(&open, app.today())).unwrap_or(Period::FIRST_MONTH);
    let (chosen, unknown) = chosen(&open.ledger, &query);
    let said =
        said.or_else(|| unknown.as_ref().map(|value| page.lang.problem(&Problem::NotAllowed { field: "indicator", value: value.clone() })));
    let mut ready = sheet_page(&app, page, &open, period, chosen, None);
    ready.said = said;
    ready.chosen = unknown.unwrap_or_default();
    ready.entered = note;
    render(&ready)
}

/// The unit, where this person may enter its numbers, and the ledger as it is now.
pub async fn open_sheet(app: &App, unit: Id<Unit>, actor: &Actor) -> Result<OpenSheet, Fault> {
    let unit: Unit = app.store().get(unit).await?;
    let may = permission::may_keep_measurements(actor, &app.store().unit_path(unit.id).await?)?;
    let (ledger, horizon) = app.scoreboards().at_head(app.store()).await?;
    Ok(OpenSheet { unit, ledger, horizon: horizon.id, may })
}

/// The period that ended last, of the lengths that the unit's numbers are reported for; of two, the one with more numbers.
fn newest_period(open: &OpenSheet, today: Date) -> Option<Period> {
    let month = Period::month_of(today)?;
    let sheet = Sheet { unit: open.unit.id, period: month, known_on: today };
    let usual = rows_of(&open.ledger, sheet, &HashSet::new()).usual;
    let ended = |length: &i8| {
        let running = month.of_months(*length)?;
        if running.last_day() < today { Some(running) } else { running.previous() }
    };
    let reported = LENGTHS.iter().zip(usual).filter(|(_, count)| *count > 0);
    let newest =
        reported.filter_map(|(length, count)| Some((ended(length)?, count))).max_by_key(|(period, count)| (period.last_day(), *count));
    newest.map(|(period, _)| period).or_else(|| ended(&1))
}

/// The indicators that the address names by code or name, and one that nobody knows.
fn chosen(ledger: &Ledger, query: &Fields) -> (HashSet<Id<Indicator>>, Option<String>) {
    let indicators = &ledger.nouns().indicators;
    let (mut found, mut unknown) = (HashSet::new(), None);
    for typed in query.all("indicator").map(str::trim).filter(|typed| !typed.is_empty()) {
        let words = fold(typed);
        match indicators.iter().find(|indicator| fold(&indicator.code) == words || indicator.folded == words) {
            Some(indicator) => {
                found.insert(indicator.id);
            }
            None => unknown = Some(typed.to_owned()),
        }
    }
    (found, unknown)
}

/// The page, with what was sent where it must be mended.
pub fn sheet_page(
    app: &App,
    page: Page,
    open: &OpenSheet,
    period: Period,
    mut chosen: HashSet<Id<Indicator>>,
    sent: Option<&Sent<'_>>,
) -> SheetPage {
    let (lang, unit, ledger) = (page.lang, &open.unit, &*open.ledger);
    chosen.extend(sent.iter().flat_map(|sent| typed_indicators(sent.fields)));
    let sheet = Sheet { unit: unit.id, period, known_on: app.today() };
    let rows = rows_of(ledger, sheet, &chosen);
    let closed = closed(lang, unit, period, app.today());
    let path = format!("/units/{}/measurements", unit.id);
    let way = |period: Option<Period>| {
        period.map(|period| Way { label: lang.period(period), href: page.href(&format!("{path}?period={period}")), current: false })
    };
    SheetPage {
        unit_name: capitalised(&unit.name),
        unit_href: page.href(&format!("/units/{}", unit.id)),
        board_href: page.href(&format!("/scoreboards/{}", unit.id)),
        address: page.href(&path),
        period: period.to_string(),
        period_name: lang.period(period),
        previous: way(period.previous()),
        next: way(period.next().filter(|next| next.first_day() <= app.today())),
        kinds: kinds(&page, &path, period, &rows),
        groups: if closed.is_some() { Vec::new() } else { groups(&page, ledger, sheet, &rows, sent) },
        from_below: rows.from_below.iter().map(|indicator| indicator_way(&page, &path, period, indicator)).collect(),
        choices: choices(ledger, &rows),
        chosen: String::new(),
        horizon: open.horizon,
        source: sent.map(|sent| sent.fields.get("source").to_owned()).unwrap_or_default(),
        closed,
        said: sent.and_then(|sent| sent.said.clone()),
        entered: None,
        page: page.at(Nav::MyWork).titled(lang.measurement_title(lang.period(period))),
    }
}

/// The indicators that a sheet was sent with.
pub fn typed_indicators(fields: &Fields) -> Vec<Id<Indicator>> {
    let ids = fields.iter().filter_map(|(name, _)| name.strip_prefix("value-")?.parse::<i64>().ok());
    let mut found: Vec<Id<Indicator>> = ids.map(Id::new).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn closed(lang: Lang, unit: &Unit, period: Period, today: Date) -> Option<Said> {
    let exists = unit.valid_from.is_none_or(|from| from <= period.last_day()) && unit.valid_to.is_none_or(|to| period.first_day() <= to);
    if period.first_day() > today {
        Some(lang.problem(&Problem::PeriodAhead { period }))
    } else if !exists {
        Some(lang.problem(&Problem::NotInPeriod { unit: unit.name.clone(), period }))
    } else {
        None
    }
}

fn kinds(page: &Page, path: &str, period: Period, rows: &Rows<'_>) -> Vec<Way> {
    let way = |(length, count): (&i8, usize)| {
        let other = period.of_months(*length)?;
        let label = page.lang.measurement_kind(page.lang.period(other), page.lang.integer(count));
        Some(Way { label, href: page.href(&format!("{path}?period={other}")), current: *length == period.months() })
    };
    let kinds = LENGTHS.iter().zip(rows.usual).filter(|(length, count)| *count > 0 || **length == period.months());
    kinds.filter_map(way).collect()
}

fn indicator_way(page: &Page, path: &str, period: Period, indicator: &Indicator) -> Way {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("indicator", &indicator.code).finish();
    let label = format!("{} {}", indicator.code, indicator.name);
    Way { label, href: page.href(&format!("{path}?period={period}&{query}")), current: false }
}

fn choices(ledger: &Ledger, rows: &Rows<'_>) -> Vec<Choice> {
    let shown: HashSet<Id<Indicator>> = rows.shown.iter().map(|row| row.indicator.id).collect();
    let others = ledger.nouns().indicators.iter().filter(|indicator| !shown.contains(&indicator.id));
    others.take(CHOICES_MAX).map(|indicator| Choice { code: indicator.code.clone(), name: indicator.name.clone() }).collect()
}

fn groups(page: &Page, ledger: &Ledger, sheet: Sheet, rows: &Rows<'_>, sent: Option<&Sent<'_>>) -> Vec<GroupOfEntries> {
    let mut groups: Vec<GroupOfEntries> = Vec::new();
    let mut focus_is_free = true;
    for row in &rows.shown {
        let group = row.indicator.group.and_then(|group| ledger.group(group));
        let name = group.map_or_else(|| page.lang.measurement_no_group().to_owned(), |group| format!("{} {}", group.code, group.name));
        let mut entry = entry(page, ledger, sheet, row, sent);
        entry.focus = focus_is_free && entry.mend.said.is_some();
        focus_is_free &= !entry.focus;
        match groups.last_mut().filter(|last| last.name == name) {
            Some(last) => last.entries.push(entry),
            None => groups.push(GroupOfEntries { name, entries: vec![entry] }),
        }
    }
    groups
}

fn entry(page: &Page, ledger: &Ledger, sheet: Sheet, row: &Row<'_>, sent: Option<&Sent<'_>>) -> EntryForm {
    let (lang, indicator) = (page.lang, row.indicator);
    let id = indicator.id.to_string();
    let typed = |field: &str| sent.map(|sent| sent.fields.get(&format!("{field}-{id}")).to_owned());
    let standing = row.standing.filter(|row| row.value.is_some());
    let value = standing.and_then(|row| row.value).map(|value| for_field(lang, value, indicator.decimals)).unwrap_or_default();
    let weight = standing.and_then(|row| row.weight).map(|weight| for_field(lang, weight, 0)).unwrap_or_default();
    let (value_label, weight_label) = labels(lang, indicator);
    let known = |row: domain::measurement::Arrival, note: String| format!("{} ({note})", number_words(lang, indicator, &row));
    let double = Doubles::new(ledger, indicator, sheet.known_on).of(sheet.unit, sheet.period);
    // The parts of a ratio are counts; its own unit of measure is that of the quotient.
    let unit_of_measure = if indicator.area_rule == AreaRule::Ratio { String::new() } else { indicator.unit_of_measure.clone() };
    let value_label = match weight_label.is_some() && !unit_of_measure.is_empty() {
        true => format!("{value_label} ({unit_of_measure})"),
        false => value_label.to_owned(),
    };
    EntryForm {
        name: indicator.name.clone(),
        code: indicator.code.clone(),
        unit_of_measure,
        last: row.last.map(|last| known(last, lang.period(last.period))).unwrap_or_default(),
        stands: row.standing.map(|row| known(row, lang.measurement_known(lang.day(row.known_on)))).unwrap_or_default(),
        target: row.target.map(|target| target_words(lang, indicator, target)).unwrap_or_default(),
        value_label,
        value: typed("value").unwrap_or(value),
        weight: weight_label.map(|label| (label, typed("weight").unwrap_or(weight))),
        source: typed("own-source").unwrap_or_default(),
        reason: row.standing.map(|_| typed("reason").unwrap_or_default()),
        history: page.href(&history_path(sheet.unit, indicator.id)),
        warnings: if standing.is_some() { warnings(lang, ledger, &double) } else { would_double(lang, ledger, &double) },
        mend: mend_of(sent, indicator.id),
        focus: false,
        id,
    }
}

fn mend_of(sent: Option<&Sent<'_>>, indicator: Id<Indicator>) -> Mend {
    let mends = sent.map(|sent| sent.mends.as_slice()).unwrap_or_default();
    mends.iter().find(|(of, _)| *of == indicator).map(|(_, mend)| mend.clone()).unwrap_or_default()
}

/// What the two fields of a number are called.
pub fn labels(lang: Lang, indicator: &Indicator) -> (&'static str, Option<&'static str>) {
    match indicator.area_rule {
        AreaRule::Ratio => (lang.measurement_part(), Some(lang.measurement_whole())),
        AreaRule::WeightedMean => (lang.measurement_value(), Some(lang.measurement_weight())),
        AreaRule::Sum | AreaRule::None => (lang.measurement_value(), None),
    }
}

fn target_words(lang: Lang, indicator: &Indicator, target: &domain::target::Target) -> String {
    let number = |value: i64| lang.quantity(unscaled(value, indicator.decimals), &indicator.unit_of_measure);
    match (target.value, target.value_to) {
        (Some(value), Some(to)) => lang.measurement_range(number(value), number(to)),
        (Some(value), None) | (None, Some(value)) => number(value),
        (None, None) => String::new(),
    }
}
