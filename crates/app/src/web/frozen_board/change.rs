//! What was changed since a board was frozen, in words: the number or target, what it was and is, who changed it and why.

use domain::id::Id;
use domain::indicator::{AreaRule, Indicator};
use domain::measurement::{Arrival, Measurement};
use domain::target::Target;
use scoreboard::ledger::Ledger;

use super::block::Names;
use crate::frozen_board::Choice;
use crate::frozen_board::check::{Change, TargetChange};
use crate::lang::Lang;
use crate::web::scoreboard::indicator::{assigner, target_words};
use crate::web::scoreboard::provenance::{Provenance, Provenances, TARGETS_FILE};
use crate::web::{App, Fault, Page};

/// A change as the table prints it.
pub struct ChangeLine {
    /// The indicator.
    pub indicator: String,
    /// Its explanation as known today.
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
    /// Who brought it in, when, how and why.
    pub from: Provenance,
}

/// What the changes of one board are worded with.
pub struct Changes<'a> {
    app: &'a App,
    page: &'a Page,
    ledger: &'a Ledger,
    /// The address of the scoreboard as known today, in its two parts.
    unit_path: String,
    query: String,
}

impl<'a> Changes<'a> {
    /// Of a board.
    pub fn new(app: &'a App, page: &'a Page, ledger: &'a Ledger, names: &Names<'_>, choice: Choice) -> Self {
        let now = Choice { known_on: app.today().max(choice.known_on), ..choice };
        let path = names.scoreboard_href(page, &now);
        let (unit_path, query) = path.split_once('?').unwrap_or((&path, ""));
        Self { app, page, ledger, unit_path: unit_path.to_owned(), query: query.to_owned() }
    }

    fn href(&self, indicator: &Indicator) -> String {
        format!("{}/indicators/{}?{}", self.unit_path, indicator.id, self.query)
    }

    /// Changed numbers.
    pub async fn numbers(&self, changes: &[Change]) -> Result<Vec<ChangeLine>, Fault> {
        let ids: Vec<Id<Measurement>> = changes.iter().map(|change| change.is.id).collect();
        let provenances = Provenances::read(self.app, self.page, &ids).await?;
        Ok(changes.iter().filter_map(|change| self.number(change, &provenances)).collect())
    }

    fn number(&self, change: &Change, provenances: &Provenances) -> Option<ChangeLine> {
        let (lang, row) = (self.page.lang, &change.is);
        let indicator = self.ledger.indicator(row.indicator)?;
        let when = if change.dated_back { lang.frozen_board_dated_back() } else { lang.frozen_board_later() };
        Some(ChangeLine {
            indicator: indicator.name.clone(),
            href: self.href(indicator),
            whose: self.ledger.unit(row.unit).map(|unit| unit.name.clone()).unwrap_or_default(),
            time: lang.period(row.period),
            was: value_words(lang, indicator, change.was),
            is: value_words(lang, indicator, Some(change.is)),
            known: format!("{}; {when}", lang.day(row.known_on)),
            from: provenances.of(lang, row.id),
        })
    }

    /// Changed targets.
    pub async fn targets(&self, changes: &[TargetChange]) -> Result<Vec<ChangeLine>, Fault> {
        let (lang, mut provenances) = (self.page.lang, Provenances::default());
        let mut lines = Vec::with_capacity(changes.len());
        for TargetChange { was, is } in changes {
            let Some(indicator) = self.ledger.indicator(is.indicator) else { continue };
            if let Some(load) = is.load {
                provenances.read_load(self.app, self.page, load).await?;
            }
            let same_baseline = was.as_ref().is_none_or(|was| was.baseline == is.baseline);
            let value = |target: &Target| {
                let words = target_words(lang, indicator, target);
                match target.baseline.filter(|_| !same_baseline) {
                    Some(baseline) => lang.frozen_board_with_baseline(words, lang.measured(baseline, indicator)),
                    None => words,
                }
            };
            lines.push(ChangeLine {
                indicator: indicator.name.clone(),
                href: self.href(indicator),
                whose: self.ledger_name(is),
                time: span_words(lang, is),
                was: was.as_ref().map_or_else(|| lang.frozen_board_absent().to_owned(), value),
                is: value(is),
                known: is.seen_from().map(|day| lang.day(day)).unwrap_or_default(),
                from: match is.load {
                    Some(load) => provenances.of_load(lang, load, TARGETS_FILE, is.line),
                    None => self.written(is).await?,
                },
            });
        }
        Ok(lines)
    }

    fn ledger_name(&self, target: &Target) -> String {
        let unit = target.assigner.and_then(|unit| self.ledger.unit(unit));
        unit.map_or_else(|| assigner(self.page.lang, target), |unit| unit.name.clone())
    }

    /// Who wrote a target that no load brought, as the journal tells it.
    async fn written(&self, target: &Target) -> Result<Provenance, Fault> {
        let lang = self.page.lang;
        let entry = self.app.store().last_journal_of(&format!("target/{}", target.id)).await?;
        let words = entry.map_or_else(String::new, |entry| lang.scoreboard_entered(&entry.actor, lang.moment(entry.at)));
        Ok(Provenance { words, ..Provenance::default() })
    }
}

/// A reported value with its weight; a row without a value withdraws, and no row is none yet.
fn value_words(lang: Lang, indicator: &Indicator, row: Option<Arrival>) -> String {
    let Some(row) = row else { return lang.frozen_board_absent().to_owned() };
    let Some(value) = row.value else { return lang.frozen_board_withdrawn().to_owned() };
    let words = lang.reported(indicator, value);
    match (indicator.area_rule, row.weight) {
        (AreaRule::Ratio, Some(weight)) => format!("{words}/{}", lang.integer(weight)),
        (AreaRule::WeightedMean, Some(weight)) => format!("{words} ({})", lang.scoreboard_weight(lang.integer(weight))),
        _ => words,
    }
}

fn span_words(lang: Lang, target: &Target) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "…".to_owned(), |day| lang.day(day));
    format!("{} – {}", day(target.valid_from), day(target.valid_to))
}
