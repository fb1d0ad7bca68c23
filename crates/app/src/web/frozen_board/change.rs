//! What was changed since a board was frozen, in words: the number or target, what it was and is, who changed it and why.

use std::collections::HashMap;

use domain::document::{Document, Passage};
use domain::id::Id;
use domain::indicator::Indicator;
use domain::load::Load;
use domain::measurement::{Arrival, Measurement};
use domain::target::Target;
use scoreboard::ledger::Ledger;

use super::block::Names;
use crate::frozen_board::Choice;
use crate::frozen_board::check::{Change, TargetChange};
use crate::lang::Lang;
use crate::web::source::may_see;
use crate::web::{App, Fault, Page};

/// The file of a load that holds measurements.
const MEASUREMENTS_FILE: &str = "measurements.csv";
/// The file of a load that holds targets.
const TARGETS_FILE: &str = "targets.csv";

/// A change as the table prints it.
pub struct ChangeLine {
    /// The indicator.
    pub indicator: String,
    /// Its explanation.
    pub href: String,
    /// Whose number it is, or who assigned the target.
    pub whose: String,
    /// The period or the span.
    pub time: String,
    /// Then.
    pub was: String,
    /// Now.
    pub is: String,
    /// The day from which it is known, and whether it is dated back.
    pub known: String,
    /// Who entered it and when.
    pub who: String,
    /// The reason or the source; empty where none is given.
    pub why: String,
    /// The sentence that it was accepted from, where the visitor may see it.
    pub passage_href: Option<String>,
}

/// Reads who stands behind rows; each load once.
pub struct Changes<'a> {
    app: &'a App,
    page: &'a Page,
    ledger: &'a Ledger,
    choice: Choice,
    indicator_query: String,
    loads: HashMap<Id<Load>, Load>,
}

impl<'a> Changes<'a> {
    /// Nothing read yet.
    pub fn new(app: &'a App, page: &'a Page, ledger: &'a Ledger, names: &Names<'_>, choice: Choice) -> Self {
        let now = Choice { known_on: app.today().max(choice.known_on), ..choice };
        let path = names.scoreboard_href(page, &now);
        let indicator_query = path.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
        Self { app, page, ledger, choice, indicator_query, loads: HashMap::new() }
    }

    /// The page that opens an indicator as known today.
    fn indicator_href(&self, indicator: Id<Indicator>) -> String {
        self.page.href(&format!("/scoreboards/{}/indicators/{indicator}?{}", self.choice.unit, self.indicator_query))
    }

    /// Changed numbers.
    pub async fn numbers(&mut self, changes: &[Change]) -> Result<Vec<ChangeLine>, Fault> {
        let ids: Vec<Id<Measurement>> = changes.iter().map(|change| change.is.id).collect();
        let rows = self.app.store().measurements_by_ids(&ids).await?;
        let rows: HashMap<Id<Measurement>, Measurement> = rows.into_iter().map(|row| (row.id, row)).collect();
        let mut lines = Vec::with_capacity(changes.len());
        for change in changes {
            let (Some(row), Some(indicator)) = (rows.get(&change.is.id), self.ledger.indicator(change.is.indicator)) else { continue };
            lines.push(self.number(change, row, indicator).await?);
        }
        Ok(lines)
    }

    async fn number(&mut self, change: &Change, row: &Measurement, indicator: &Indicator) -> Result<ChangeLine, Fault> {
        let lang = self.page.lang;
        let when = if change.dated_back { lang.frozen_board_dated_back() } else { lang.frozen_board_later() };
        Ok(ChangeLine {
            indicator: indicator.name.clone(),
            href: self.indicator_href(indicator.id),
            whose: self.ledger.unit(row.unit).map(|unit| unit.name.clone()).unwrap_or_default(),
            time: lang.period(row.period),
            was: value_words(lang, indicator, change.was),
            is: value_words(lang, indicator, Some(change.is)),
            known: format!("{}; {when}", lang.day(row.known_on)),
            who: match (row.load, row.line, &row.entered_by, row.entered_at) {
                (Some(load), line, ..) => self.loaded(load, MEASUREMENTS_FILE, line).await?,
                (None, _, Some(name), Some(at)) => lang.frozen_board_entered(name, lang.moment(at)),
                _ => String::new(),
            },
            why: match (&row.reason, &row.source) {
                (Some(reason), _) => lang.frozen_board_reason(reason),
                (None, Some(source)) => lang.frozen_board_source(source),
                (None, None) => String::new(),
            },
            passage_href: self.passage(row.passage).await?,
        })
    }

    /// Changed targets.
    pub async fn targets(&mut self, changes: &[TargetChange]) -> Result<Vec<ChangeLine>, Fault> {
        let lang = self.page.lang;
        let mut lines = Vec::with_capacity(changes.len());
        for change in changes {
            let target = &change.is;
            let Some(indicator) = self.ledger.indicator(target.indicator) else { continue };
            lines.push(ChangeLine {
                indicator: indicator.name.clone(),
                href: self.indicator_href(indicator.id),
                whose: target
                    .assigner
                    .and_then(|unit| self.ledger.unit(unit))
                    .map_or_else(|| target.assigned_by.clone(), |unit| unit.name.clone()),
                time: span_words(lang, target),
                was: target_words(lang, indicator, change.was.as_ref()),
                is: target_words(lang, indicator, Some(target)),
                known: target.seen_from().map(|day| lang.day(day)).unwrap_or_default(),
                who: match target.load {
                    Some(load) => self.loaded(load, TARGETS_FILE, target.line).await?,
                    None => self.written(target).await?,
                },
                why: String::new(),
                passage_href: None,
            });
        }
        Ok(lines)
    }

    async fn loaded(&mut self, load: Id<Load>, file: &str, line: Option<i64>) -> Result<String, Fault> {
        if !self.loads.contains_key(&load) {
            let read = self.app.store().get(load).await?;
            self.loads.insert(load, read);
        }
        let (lang, line) = (self.page.lang, self.page.lang.integer(line.unwrap_or_default()));
        Ok(self
            .loads
            .get(&load)
            .map_or_else(String::new, |load| lang.frozen_board_loaded(&load.by, lang.moment(load.at), &load.folder, file, line)))
    }

    /// Who wrote a target that no load brought, as the journal tells it.
    async fn written(&self, target: &Target) -> Result<String, Fault> {
        let entry = self.app.store().last_journal_of(&format!("target/{}", target.id)).await?;
        Ok(entry.map_or_else(String::new, |entry| self.page.lang.frozen_board_entered(&entry.actor, self.page.lang.moment(entry.at))))
    }

    /// The page of the sentence behind a row, where the visitor may see its paper.
    async fn passage(&self, passage: Option<Id<Passage>>) -> Result<Option<String>, Fault> {
        let Some(passage) = passage else { return Ok(None) };
        let document: Document = self.app.store().get(self.app.store().get(passage).await?.document).await?;
        Ok(may_see(self.page, &document).then(|| self.page.href(&format!("/passages/{passage}"))))
    }
}

/// A reported value with its weight; a row without a value withdraws, and no row is none yet.
fn value_words(lang: Lang, indicator: &Indicator, row: Option<Arrival>) -> String {
    let Some(row) = row else { return lang.frozen_board_absent().to_owned() };
    let Some(value) = row.value else { return lang.frozen_board_withdrawn().to_owned() };
    let words = lang.measured(value, indicator);
    match row.weight.filter(|_| indicator.area_rule.needs_weight()) {
        Some(weight) => format!("{words} / {}", lang.integer(weight)),
        None => words,
    }
}

fn target_words(lang: Lang, indicator: &Indicator, target: Option<&Target>) -> String {
    let Some(target) = target else { return lang.frozen_board_absent().to_owned() };
    let Some(value) = target.value else { return lang.frozen_board_withdrawn().to_owned() };
    let value = match target.value_to {
        Some(to) => lang.frozen_board_target_range(lang.measured(value, indicator), lang.measured(to, indicator)),
        None => lang.measured(value, indicator),
    };
    match target.baseline {
        Some(baseline) => lang.frozen_board_target_baseline(value, lang.measured(baseline, indicator)),
        None => value,
    }
}

fn span_words(lang: Lang, target: &Target) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "…".to_owned(), |day| lang.day(day));
    format!("{} – {}", day(target.valid_from), day(target.valid_to))
}
