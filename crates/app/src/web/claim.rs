//! What papers say, as pages show it: counts of groups of targets by paper and resolution, and figures row by row.
//! Never a bar and never a group made up from them: a claim is not a result.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::claim::{Claim, ClaimKind, disjoint_bands};
use domain::code::Coded;
use domain::id::Id;
use domain::measurement::Measurement;
use domain::period::Period;
use domain::permission;

use super::source::{Papers, Source, paper_name};
use super::support::form::Fields;
use super::support::login::Signed;
use super::{App, Fault, Page};
use crate::lang::{Lang, StateWords};

/// One count of groups.
pub struct CountLine {
    /// How many groups met the threshold.
    pub met: String,
    /// Of how many.
    pub of: String,
    /// The band.
    pub band: StateWords,
    /// The count in one sentence.
    pub words: String,
    /// The page of the paper's own sentence.
    pub href: String,
}

/// A sentence of a paper.
pub struct Sentence {
    /// As printed.
    pub words: String,
    /// Its page.
    pub href: String,
}

/// The counts that one paper gives of one resolution.
pub struct CountGroup {
    /// The resolution whose groups are counted, or that the sentence names none.
    pub resolution: String,
    /// The counts in the order of the paper.
    pub lines: Vec<CountLine>,
    /// Their sentences, each once.
    pub sentences: Vec<Sentence>,
    /// Whether they are disjoint bands, in words; empty for a single count.
    pub bands: String,
    /// The paper.
    pub source: Source,
}

/// One figure.
pub struct FigureRow {
    /// What is measured.
    pub measure: String,
    /// With its comparator and unit.
    pub value: String,
    /// Result, target, …
    pub role: &'static str,
    /// The time it is about.
    pub time: String,
    /// The paper.
    pub source: Source,
    /// Where the number stands that it was accepted as; absent where it stayed a claim.
    pub measured: Option<String>,
}

/// The counts among some claims, grouped by paper and resolution, in the order in which they come.
pub async fn count_groups(app: &App, page: &Page, papers: &mut Papers<'_>, claims: &[Claim]) -> Result<Vec<CountGroup>, Fault> {
    let mut groups: Vec<Vec<&Claim>> = Vec::new();
    for claim in claims.iter().filter(|claim| claim.kind == ClaimKind::Count) {
        let beside = |group: &&mut Vec<&Claim>| group.iter().any(|of| of.document == claim.document && of.resolution == claim.resolution);
        match groups.iter_mut().find(beside) {
            Some(counts) => counts.push(claim),
            None => groups.push(vec![claim]),
        }
    }
    let mut ready = Vec::new();
    for counts in groups {
        let Some(first) = counts.first() else { continue };
        let document = first.document;
        let resolution = match first.resolution {
            Some(id) => paper_name(page.lang, &app.store().get(id).await?),
            None => page.lang.claim_no_resolution().to_owned(),
        };
        let (mut lines, mut sentences): (Vec<CountLine>, Vec<Sentence>) = (Vec::new(), Vec::new());
        for claim in &counts {
            let words = papers.sentence(document, claim.passage).await?;
            let href = papers.source(document, claim.passage).await?.href;
            if sentences.iter().all(|known| known.words != words) {
                sentences.push(Sentence { words, href: href.clone() });
            }
            lines.push(count_line(page.lang, claim, href));
        }
        let source = papers.source(document, first.passage).await?;
        ready.push(CountGroup { resolution, lines, sentences, bands: bands(page.lang, &counts), source });
    }
    Ok(ready)
}

fn count_line(lang: Lang, claim: &Claim, href: String) -> CountLine {
    CountLine {
        met: lang.integer(claim.value),
        of: lang.integer(claim.whole.unwrap_or_default()),
        band: lang.claim_band(claim),
        words: lang.claim_count(claim),
        href,
    }
}

/// Whether several counts are bands that do not overlap.
fn bands(lang: Lang, counts: &[&Claim]) -> String {
    let pairs: Vec<(i64, i64)> = counts.iter().map(|claim| (claim.value, claim.whole.unwrap_or_default())).collect();
    let Some((_, whole)) = pairs.first().filter(|_| pairs.len() > 1) else { return String::new() };
    if !disjoint_bands(&pairs) {
        return lang.claim_overlapping(lang.integer(*whole));
    }
    let sum: Vec<String> = pairs.iter().map(|(met, _)| lang.integer(*met)).collect();
    lang.claim_disjoint(sum.join("\u{a0}+\u{a0}"), lang.integer(*whole))
}

/// The figures among some claims.
pub async fn figure_rows(page: &Page, papers: &mut Papers<'_>, claims: &[Claim]) -> Result<Vec<FigureRow>, Fault> {
    let lang = page.lang;
    let mut rows = Vec::new();
    let figures: Vec<Id<Claim>> = claims.iter().filter(|claim| claim.kind == ClaimKind::Figure).map(|claim| claim.id).collect();
    let measured = papers.store().measurements_of_claims(&figures).await?;
    for claim in claims.iter().filter(|claim| claim.kind == ClaimKind::Figure) {
        let number = measured.iter().rfind(|row| row.claim == Some(claim.id));
        rows.push(FigureRow {
            measure: claim.measure.clone(),
            value: lang.claim_quantity(claim),
            role: lang.word("figure_role", claim.role.code()).unwrap_or_default(),
            time: lang.claim_time(claim),
            source: papers.source(claim.document, claim.passage).await?,
            measured: number.map(|row| page.href(&number_path(row))),
        });
    }
    Ok(rows)
}

/// The page that opens a number, of the month that its period ends with.
fn number_path(row: &Measurement) -> String {
    let month = Period::month_of(row.period.last_day()).unwrap_or(row.period);
    format!("/scoreboards/{}/indicators/{}?month={month}", row.unit, row.indicator)
}

/// `POST /claims/{id}/withdrawal`: an officer of the unit that the paper is about takes a claim back.
pub async fn take_back_claim(
    page: Page,
    State(app): State<App>,
    Signed(actor): Signed,
    Path(claim): Path<i64>,
    _: Fields,
) -> Result<Response, Fault> {
    let claim: Claim = app.store().get(Id::new(claim)).await?;
    let path = match claim.unit {
        Some(unit) => Some(app.store().unit_path(unit).await?),
        None => None,
    };
    let may = permission::may_decide(&actor, path.as_ref())?;
    app.store().take_back_claim(&may, app.now(), claim.id).await?;
    Ok(page.redirect(&format!("/passages/{}", claim.passage)))
}
