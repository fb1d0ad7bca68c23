//! The review desk: left the paper with every draft's stretch marked, right the drafts; at the end what was written where.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::code::Coded;
use domain::document::Paper;
use domain::draft::{Draft, DraftContent, DraftKind, DraftState, HeldReading, ReadingState};
use domain::id::Id;
use domain::problem::Problem;
use domain::reading::Confidence;
use serde::Deserialize;
use store::reading::content_of;

use super::card::{Card, DraftMending, Hand, card_of, hand_of};
use super::head::{Head, head_form};
use super::list::title_of;
use super::may_decide;
use super::sheet::{Mark, Piece, class_of, sheet};
use crate::lang::Lang;
use crate::web::page::{capitalised, render, render_as};
use crate::web::support::fault::problem_status;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Nav, Page};

/// A report of ten pages gives some four hundred drafts, and all of them as cards made every decision wait for 300 kB. The next ones
/// are what is looked at; each of the others opens from its sentence.
const CARDS_MAX: usize = 40;

/// The query of a desk's address.
#[derive(Debug, Default, Deserialize)]
pub struct DeskQuery {
    /// The draft in hand, by its place.
    draft: Option<i64>,
    /// The same text was handed in again.
    known: Option<u8>,
    /// The draft that was just decided, by its place.
    did: Option<i64>,
    /// How many drafts were just accepted together.
    accepted: Option<usize>,
}

/// What was just done, in words; one decision can be taken back at once.
struct Told {
    words: String,
    /// The draft that was decided, in the paper's words.
    title: String,
    /// "Còn 12 bản nháp"
    left: String,
    /// The draft to take back.
    undo: Option<i64>,
}

struct KindCount {
    class: &'static str,
    label: &'static str,
    count: String,
}

#[derive(Template)]
#[template(path = "reading/desk.html")]
struct DeskPage {
    page: Page,
    address: String,
    revision: i64,
    handed_in: String,
    known: bool,
    told: Option<Told>,
    /// "Còn 12 bản nháp"
    left: String,
    /// "đã xét 24 trên 36"
    progress: String,
    /// Of 600, for the bar.
    done_width: usize,
    /// "Nhận 9 bản nháp chắc", where there are any.
    accept_sure: Option<String>,
    /// "Nhận cả 12 bản nháp còn lại"; absent once every draft is decided.
    accept_all: Option<String>,
    kinds: Vec<KindCount>,
    lines: Vec<Vec<Piece>>,
    head: Head,
    hand: Option<Hand>,
    cards: Vec<Card>,
    /// "và 120 bản nháp nữa", where not all are shown.
    more_cards: Option<String>,
    decided_cards: Vec<Card>,
    /// "24 bản nháp đã xét"
    decided_line: String,
    advice: Option<String>,
    /// What the reader saw and could not settle.
    notes: Vec<NoteRow>,
}

/// One of the reader's notes with the words it is about.
struct NoteRow {
    note: String,
    quote: String,
}

/// What a person has just typed and must mend.
#[derive(Default)]
struct Mending<'m> {
    draft: Option<DraftMending<'m>>,
    head: Option<(&'m Fields, &'m Problem)>,
}

/// `GET /readings/{id}`
pub async fn show_reading(
    State(app): State<App>,
    Path(reading): Path<i64>,
    Query(query): Query<DeskQuery>,
    page: Page,
    Signed(actor): Signed,
) -> Result<Response, Fault> {
    let held = app.store().get(Id::<HeldReading>::new(reading)).await?;
    may_decide(&app, &actor, &held).await?;
    if held.state != ReadingState::Open {
        return super::written::show_written(&app, page, &held, query.known.is_some()).await;
    }
    let desk = desk_page(&app, page, &held, &query, Mending::default()).await?;
    render(&desk)
}

/// The desk with a draft's form as it was sent, and what must be mended in it; nothing where it was only tried.
pub async fn show_with_draft(
    app: &App,
    page: Page,
    held: &HeldReading,
    draft: &Draft,
    fields: &Fields,
    problems: &[Problem],
) -> Result<Response, Fault> {
    let query = DeskQuery { draft: Some(draft.ordinal), ..DeskQuery::default() };
    let mending = Mending { draft: Some(DraftMending { draft, typed: fields, problems }), head: None };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_as(status, &desk_page(app, page, held, &query, mending).await?)
}

/// The desk with its head as it was sent, and what must be mended in it.
pub async fn show_with_head(app: &App, page: Page, held: &HeldReading, fields: &Fields, problem: &Problem) -> Result<Response, Fault> {
    let mending = Mending { draft: None, head: Some((fields, problem)) };
    render_as(problem_status(problem), &desk_page(app, page, held, &DeskQuery::default(), mending).await?)
}

async fn desk_page(app: &App, page: Page, held: &HeldReading, query: &DeskQuery, mending: Mending<'_>) -> Result<DeskPage, Fault> {
    let lang = page.lang;
    let text = app.store().get::<Paper>(held.paper).await?.text;
    let drafts = app.store().drafts(held.id).await?;
    let contents: Vec<DraftContent> = drafts.iter().map(content_of).collect::<Result<_, _>>()?;
    let pairs: Vec<(&Draft, &DraftContent)> = drafts.iter().zip(&contents).collect();
    let pending: Vec<i64> = drafts.iter().filter(|draft| draft.state == DraftState::Pending).map(|draft| draft.ordinal).collect();
    let now = query.draft.or_else(|| pending.first().copied());
    let in_hand = pairs.iter().find(|(draft, _)| Some(draft.ordinal) == now).copied();
    let hand = match in_hand {
        Some((draft, content)) => Some(hand_of(app, lang, held, (draft, content), &drafts, mending.draft).await?),
        None => None,
    };
    let marks: Vec<Mark> = pairs
        .iter()
        .filter(|(draft, _)| draft.state != DraftState::Dropped)
        .flat_map(|(draft, content)| content.spans().iter().map(|span| Mark { span: *span, ordinal: draft.ordinal, kind: draft.kind }))
        .collect();
    let card = |(draft, content): &(&Draft, &DraftContent)| card_of(lang, draft, content);
    let is_pending = |(draft, _): &&(&Draft, &DraftContent)| draft.state == DraftState::Pending;
    let waiting = || pairs.iter().filter(is_pending).filter(|(draft, _)| Some(draft.ordinal) != now);
    let after = waiting().filter(|(draft, _)| Some(draft.ordinal) > now);
    let cards: Vec<Card> = after.chain(waiting().filter(|(draft, _)| Some(draft.ordinal) < now)).take(CARDS_MAX).map(card).collect();
    let more = waiting().count() - cards.len();
    let decided_cards: Vec<Card> = pairs.iter().filter(|pair| !is_pending(pair)).map(card).collect();
    let advice = app.store().advice_offer(held).await?.map(|offer| offer.sentence);
    let (total, undecided) = (drafts.len(), pending.len());
    let sure = |draft: &&Draft| draft.state == DraftState::Pending && draft.confidence == Confidence::Sure;
    let sure_pending = drafts.iter().filter(sure).count();
    Ok(DeskPage {
        address: page.href(&format!("/readings/{}", held.id)),
        revision: held.revision,
        handed_in: lang.reading_handed_in(&held.handed_in_by, lang.moment(held.handed_in_at)),
        known: query.known.is_some(),
        told: told(lang, query, &pairs),
        left: lang.reading_pending(lang.integer(undecided)),
        progress: lang.reading_progress(lang.integer(total - undecided), lang.integer(total)),
        accept_sure: (sure_pending > 0).then(|| lang.reading_accept_sure(lang.integer(sure_pending))),
        accept_all: (undecided > 0).then(|| lang.reading_accept_all(lang.integer(undecided))),
        decided_line: lang.reading_decided_list(lang.integer(decided_cards.len())),
        done_width: ((total - undecided) * 600).checked_div(total).unwrap_or(600),
        kinds: kind_counts(lang, &drafts),
        lines: sheet(&text, &marks, now),
        head: head_form(app, lang, held, mending.head).await?,
        hand,
        more_cards: (more > 0).then(|| lang.reading_more_cards(lang.integer(more))),
        cards,
        decided_cards,
        advice,
        notes: notes_of(text, held.published_on).await?,
        page: page.at(Nav::Readings).titled(lang.reading_desk_title(title_of(lang, held))),
    })
}

/// What the address says was just done, where the drafts agree with it: an old address tells nothing.
fn told(lang: Lang, query: &DeskQuery, pairs: &[(&Draft, &DraftContent)]) -> Option<Told> {
    let left = lang.reading_pending(lang.integer(pairs.iter().filter(|(draft, _)| draft.state == DraftState::Pending).count()));
    if let Some(count) = query.accepted.filter(|count| *count > 0) {
        return Some(Told { words: lang.draft_accepted_several(lang.integer(count)), title: String::new(), left, undo: None });
    }
    let (draft, content) = pairs.iter().find(|(draft, _)| Some(draft.ordinal) == query.did && draft.state != DraftState::Pending)?;
    let words = capitalised(lang.word("draft_state", draft.state.code())?);
    Some(Told { words, title: content.title().to_owned(), left, undo: Some(draft.id.number()) })
}

/// Notes are the reader's to give again: nothing hangs on them, so nothing of them is kept.
async fn notes_of(text: String, published_on: Option<jiff::civil::Date>) -> Result<Vec<NoteRow>, Fault> {
    let reading = tokio::task::spawn_blocking(move || reader::read(&text, published_on)).await.map_err(Fault::internal)?;
    Ok(reading.notes.into_iter().map(|note| NoteRow { note: note.note, quote: note.quote }).collect())
}

fn kind_counts(lang: Lang, drafts: &[Draft]) -> Vec<KindCount> {
    let mut counts: BTreeMap<DraftKind, usize> = BTreeMap::new();
    for draft in drafts {
        *counts.entry(draft.kind).or_default() += 1;
    }
    let row = |(kind, count): (DraftKind, usize)| KindCount {
        class: class_of(kind),
        label: lang.word("draft_kind", kind.code()).unwrap_or(""),
        count: lang.integer(count),
    };
    counts.into_iter().map(row).collect()
}
