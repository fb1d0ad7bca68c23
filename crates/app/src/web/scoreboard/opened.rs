//! Targets where a number is opened: the formula of each achievement, and every version a target has had.

use domain::id::Id;
use domain::indicator::Indicator;
use domain::resolution::Bands;
use domain::target::Target;
use scoreboard::board::TargetScore;
use scoreboard::ledger::Ledger;

use super::asked::Asked;
use super::formula::{self, Filled, bound};
use super::indicator::{TargetLine, assigner, target_line, target_words};
use super::part::Wording;
use super::provenance::{Provenance, Provenances, TARGETS_FILE};
use crate::lang::Lang;
use crate::web::{App, Fault, Page};

/// A target with the formula of its achievement.
pub struct TargetView {
    /// Value, target, gap, achievement.
    pub line: TargetLine,
    /// The formula; absent where there is no achievement.
    pub formula: Option<FormulaView>,
    /// The bound that counts, as it is computed with.
    pub bound: String,
    /// The baseline in words and as it is computed with; empty where there is none.
    pub baseline: String,
    /// The span in words.
    pub span: String,
}

/// A formula, ready for the page.
pub struct FormulaView {
    /// The rule in letters.
    pub letters: &'static str,
    /// The numbers.
    pub filled: Filled,
    /// That the bound of 0 or 20 000 counts; empty where the quotient does.
    pub bounded: String,
}

impl TargetView {
    /// The view of a target; `place` 0 counts in the group.
    pub fn new(words: &Wording<'_>, asked: &Asked, bands: &Bands, score: &TargetScore, place: usize) -> Option<Self> {
        let (lang, indicator) = (words.page.lang, words.indicator);
        let target = words.ledger.target(score.target)?;
        let formula = formula::achievement(indicator, target, score).map(|filled| FormulaView {
            letters: letters(lang, indicator, filled.case),
            bounded: if filled.is_bounded { lang.scoreboard_bounded(filled.result) } else { String::new() },
            filled,
        });
        Some(Self {
            line: target_line(lang, words.ledger, asked, bands, indicator, score, place)?,
            formula,
            bound: bound(indicator, target).map_or_else(String::new, |bound| bound.to_string()),
            baseline: baseline(lang, indicator, target),
            span: span_words(lang, target),
        })
    }
}

/// The rule of a case in letters.
fn letters(lang: Lang, indicator: &Indicator, case: &str) -> &'static str {
    let key = if indicator.is_percent_ratio() { format!("{case}_percent") } else { case.to_owned() };
    lang.word("formula", &key).or_else(|| lang.word("formula", case)).unwrap_or_default()
}

fn baseline(lang: Lang, indicator: &Indicator, target: &Target) -> String {
    match (target.baseline, target.baseline_on) {
        (Some(value), Some(day)) => lang.scoreboard_baseline_on(value, lang.measured(value, indicator), lang.day(day)),
        (Some(value), None) => lang.scoreboard_baseline(value, lang.measured(value, indicator)),
        (None, _) => String::new(),
    }
}

/// The span of a target: `từ 1/9/2020 đến 31/12/2025`.
fn span_words(lang: Lang, target: &Target) -> String {
    match (target.valid_from, target.valid_to) {
        (Some(from), Some(to)) => lang.scoreboard_lived(lang.day(from), lang.day(to)),
        (Some(from), None) => lang.units_since(lang.day(from)),
        (None, Some(to)) => lang.units_until(lang.day(to)),
        (None, None) => lang.scoreboard_span_open().to_owned(),
    }
}

/// The versions of a target.
pub struct Versions {
    /// Who assigned it.
    pub assigner: String,
    /// Its span.
    pub span: String,
    /// In the order of arrival.
    pub versions: Vec<Version>,
}

/// One version of a target.
pub struct Version {
    /// The value or range.
    pub value: String,
    /// Since when it is seen.
    pub seen_from: String,
    /// Whether it is the one that counts for the question.
    pub counts: bool,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Versions {
    /// Every version of the targets of a board.
    pub async fn read(
        app: &App,
        page: &Page,
        ledger: &Ledger,
        indicator: &Indicator,
        scores: &[TargetScore],
        provenances: &mut Provenances,
    ) -> Result<Vec<Self>, Fault> {
        let mut all = Vec::new();
        for score in scores {
            let Some(seen) = ledger.target(score.target) else { continue };
            let rows: Vec<&Target> = ledger.target_rows(score.target).into_iter().filter_map(|id| ledger.target(id)).collect();
            for load in rows.iter().filter_map(|row| row.load) {
                provenances.read_load(app, page, load).await?;
            }
            let version = |row: &&Target| version(page.lang, indicator, row, seen.id, provenances);
            all.push(Self {
                assigner: assigner(page.lang, seen),
                span: span_words(page.lang, seen),
                versions: rows.iter().map(version).collect(),
            });
        }
        Ok(all)
    }
}

fn version(lang: Lang, indicator: &Indicator, row: &Target, seen: Id<Target>, provenances: &Provenances) -> Version {
    Version {
        value: target_words(lang, indicator, row),
        seen_from: row.seen_from().map_or_else(|| lang.scoreboard_seen_always().to_owned(), |day| lang.day(day)),
        counts: row.id == seen,
        provenance: row.load.map_or_else(Provenance::default, |load| provenances.of_load(lang, load, TARGETS_FILE, row.line)),
    }
}
