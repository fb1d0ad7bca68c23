//! Search: one page for everything, and what is offered while somebody types. Everything that was asked stands in the address.

mod asked;
mod found;
mod suggestion;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::code::Coded;
use domain::search::SearchKind;
use search::{Findings, Index, Query as Question, SearchError, Viewer, WORDS_MAX};
use tokio::task::spawn_blocking;

use self::asked::{Asked, Choice};
use self::found::{FoundRow, found_rows};
use super::page::render_as;
use super::source::audience;
use super::support::form::Query;
use super::support::pager::PagerLink;
use super::{App, Fault, Page};
use crate::lang::{Lang, Said};
use crate::search::viewer;

pub use suggestion::suggest_titles;

/// What a browser waits before it looks again whether the index is made.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// How a search went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing was asked yet.
    Unasked,
    /// What was typed has no letter or digit, or a filter is wrong.
    Wrong,
    /// The index is still being made.
    Making,
    /// Nothing fits.
    Nothing,
    /// Nothing has all the words, these have some.
    Some,
    /// These have all the words.
    All,
}

/// A kind with how much was found of it.
struct Chip {
    href: String,
    label: String,
    current: bool,
}

/// Another question that may have been meant.
struct Nearest {
    words: String,
    href: String,
}

#[derive(Template)]
#[template(path = "search/show.html")]
struct SearchPage {
    page: Page,
    asked: Asked,
    units: Vec<Choice>,
    sorts: Vec<Choice>,
    problems: Vec<Said>,
    outcome: Outcome,
    lead: String,
    chips: Vec<Chip>,
    rows: Vec<FoundRow>,
    pager: Vec<PagerLink>,
    nearest: Option<Nearest>,
    unfiltered_href: String,
}

/// `GET /search`
pub async fn show_search(page: Page, State(app): State<App>, Query(query): Query) -> Result<Response, Fault> {
    let lang = page.lang;
    let (asked, problems) = Asked::read(&app, lang, &query).await?;
    let mut ready = SearchPage {
        units: asked.unit_choices(&app, lang).await?,
        sorts: asked.sort_choices(lang),
        outcome: if problems.is_empty() && !asked.has_question() { Outcome::Unasked } else { Outcome::Wrong },
        lead: lang.search_lead().to_owned(),
        chips: Vec::new(),
        rows: Vec::new(),
        pager: Vec::new(),
        nearest: None,
        unfiltered_href: lang.href(&asked.unfiltered().address()),
        problems,
        page: {
            let title = if asked.typed.is_empty() { lang.search_title().to_owned() } else { lang.search_title_of(&asked.typed) };
            page.titled(title).described(lang.search_lead())
        },
        asked,
    };
    if ready.problems.is_empty() && ready.asked.has_question() {
        answer(&app, &mut ready).await?;
    }
    let status = match ready.outcome {
        Outcome::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
        Outcome::Making => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::OK,
    };
    let mut response = render_as(status, &ready)?;
    if ready.outcome == Outcome::Making {
        response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    Ok(response)
}

/// Searches and words what was found.
async fn answer(app: &App, ready: &mut SearchPage) -> Result<(), Fault> {
    let (lang, audience) = (ready.page.lang, audience(&ready.page));
    let Some(index) = app.search_index().at_head(app.store()).await? else {
        ready.outcome = Outcome::Making;
        ready.lead = lang.search_making().to_owned();
        return Ok(());
    };
    let asked = &ready.asked;
    let filter = asked.filter(app, viewer(audience)).await?;
    let question = asked.question.clone();
    let (findings, nearest) = compute(move || find(&index, &question, &filter)).await?;
    let count = findings.count(asked.kind);
    ready.pager = asked.number.links(lang, &asked.address(), i64::try_from(count).unwrap_or(i64::MAX))?;
    ready.outcome = match (count, findings.is_partial) {
        (0, _) => Outcome::Nothing,
        (_, true) => Outcome::Some,
        (_, false) => Outcome::All,
    };
    ready.lead = lead(lang, &ready.outcome, count, asked);
    ready.chips = chips(lang, asked, &findings);
    let skip = usize::try_from(asked.number.offset()).unwrap_or(usize::MAX);
    let subjects: Vec<_> = findings.subjects.iter().skip(skip).copied().collect();
    ready.rows = found_rows(app, &ready.page, asked, &subjects, findings.is_partial).await?;
    ready.nearest = nearest.map(|words| Nearest { href: lang.href(&asked.with_question(&words).address()), words });
    Ok(())
}

/// The findings; where not all words were found, the question that may have been meant.
fn find(index: &Arc<Index>, question: &Question, filter: &search::Filter) -> Result<(Findings, Option<String>), SearchError> {
    let findings = index.search(question, filter)?;
    let is_whole = findings.count(None) > 0 && !findings.is_partial;
    let nearest = if is_whole { None } else { index.nearest(question, filter.viewer)? };
    Ok((findings, nearest))
}

/// Computes away from the threads that answer requests.
async fn compute<T: Send + 'static>(work: impl FnOnce() -> Result<T, SearchError> + Send + 'static) -> Result<T, Fault> {
    spawn_blocking(work).await.map_err(Fault::internal)?.map_err(Fault::internal)
}

fn lead(lang: Lang, outcome: &Outcome, count: usize, asked: &Asked) -> String {
    let found = match outcome {
        Outcome::Nothing => lang.search_nothing_lead(&asked.typed),
        Outcome::Some => lang.search_some(lang.integer(count)),
        _ => lang.search_all(lang.integer(count)),
    };
    if asked.question.is_cut() { format!("{found} {}", lang.search_cut(WORDS_MAX)) } else { found }
}

/// The kinds of which something was found, each with the other filters as they are.
fn chips(lang: Lang, asked: &Asked, findings: &Findings) -> Vec<Chip> {
    let chip = |kind: Option<SearchKind>| {
        let count = findings.count(kind);
        let words = kind.map_or_else(|| lang.search_any_kind(), |kind| lang.word("search_kind", kind.code()).unwrap_or_default());
        (count > 0 || asked.kind == kind).then(|| Chip {
            href: lang.href(&asked.of_kind(kind).address()),
            label: format!("{words} {}", lang.integer(count)),
            current: asked.kind == kind,
        })
    };
    std::iter::once(None).chain(SearchKind::ALL.iter().copied().map(Some)).filter_map(chip).collect()
}

/// Who may see what, for what is offered while somebody types.
fn viewer_of(page: &Page) -> Viewer {
    viewer(audience(page))
}
