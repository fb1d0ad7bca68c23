//! The review desk: left the paper with every draft's stretch marked, right the drafts; at the end what was written where.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::code::Coded;
use domain::document::Paper;
use domain::draft::{Draft, DraftContent, DraftKind, DraftState, FieldKind, HeldReading, ReadingState, day_for_form};
use domain::id::Id;
use domain::problem::Problem;
use domain::reading::Confidence;
use domain::session::MeetingKind;
use serde::Deserialize;
use store::reading::content_of;

use super::list::title_of;
use super::matches::{Match, matches_of};
use super::may_decide;
use super::sheet::{Mark, Piece, class_of, sheet};
use crate::lang::{Lang, Said};
use crate::web::page::{render, render_as};
use crate::web::support::fault::problem_status;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Nav, Page};

/// The query of a desk's address.
#[derive(Debug, Default, Deserialize)]
pub struct DeskQuery {
    /// The draft in hand, by its place.
    draft: Option<i64>,
    /// The same text was handed in again.
    known: Option<u8>,
}

/// One choice of a list.
struct Choice {
    value: String,
    label: String,
    selected: bool,
}

/// A field of the draft in hand.
struct FieldRow {
    name: &'static str,
    label: &'static str,
    /// `line`, `text`, `day`, `number` or `choice`.
    input: &'static str,
    value: String,
    rows: usize,
    choices: Vec<Choice>,
    problem: Option<String>,
}

/// A draft as a card.
struct Card {
    ordinal: i64,
    id: i64,
    kind: &'static str,
    class: &'static str,
    title: String,
    /// Its fields in one line.
    summary: String,
    sure: &'static str,
    /// Filled dots, of three.
    dots: usize,
    state: &'static str,
    decided_by: String,
}

/// The draft in hand.
struct Hand {
    card: Card,
    /// "bản nháp 25 trên 36"
    place: String,
    fields: Vec<FieldRow>,
    matches: Vec<Match>,
    previous: Option<i64>,
    next: Option<i64>,
    problems: Vec<Said>,
}

/// The head of the review as a form.
struct Head {
    headline: String,
    source: String,
    byline: String,
    published_on: String,
    held_on: String,
    units: Vec<Choice>,
    parents: Vec<Choice>,
    new_unit: String,
    meetings: Vec<Choice>,
    sessions: Vec<Choice>,
    problem: Option<Said>,
    field: &'static str,
    unit_is_open: bool,
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
    draft: Option<(&'m Draft, &'m Fields, &'m [Problem])>,
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

/// The desk with a draft's form as it was sent, and what must be mended in it.
pub async fn show_with_draft(
    app: &App,
    page: Page,

    held: &HeldReading,
    draft: &Draft,
    fields: &Fields,
    problems: &[Problem],
) -> Result<Response, Fault> {
    let query = DeskQuery { draft: Some(draft.ordinal), known: None };
    let mending = Mending { draft: Some((draft, fields, problems)), head: None };
    render_as(StatusCode::UNPROCESSABLE_ENTITY, &desk_page(app, page, held, &query, mending).await?)
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
        Some((draft, content)) => Some(hand_of(app, lang, held, (draft, content), (&pending, drafts.len()), &mending).await?),
        None => None,
    };
    let marks: Vec<Mark> = pairs
        .iter()
        .filter(|(draft, _)| draft.state != DraftState::Dropped)
        .flat_map(|(draft, content)| content.spans().iter().map(|span| Mark { span: *span, ordinal: draft.ordinal, kind: draft.kind }))
        .collect();
    let card = |(draft, content): &(&Draft, &DraftContent)| card_of(lang, draft, content);
    let is_pending = |(draft, _): &&(&Draft, &DraftContent)| draft.state == DraftState::Pending;
    let cards = pairs.iter().filter(is_pending).filter(|(draft, _)| Some(draft.ordinal) != now).map(card).collect();
    let decided_cards: Vec<Card> = pairs.iter().filter(|pair| !is_pending(pair)).map(card).collect();
    let advice = app.store().advice_offer(held).await?.map(|offer| offer.sentence);
    let (total, undecided) = (drafts.len(), pending.len());
    let sure = |draft: &&Draft| draft.state == DraftState::Pending && draft.confidence == Confidence::Sure;
    let sure_pending = drafts.iter().filter(sure).count();
    Ok(DeskPage {
        address: page.href(&format!("/readings/{}", held.id)),
        revision: held.revision,
        handed_in: lang.reading_handed_in(lang.moment(held.handed_in_at), &held.handed_in_by),
        known: query.known.is_some(),
        left: lang.reading_pending(lang.integer(undecided)),
        progress: lang.reading_progress(lang.integer(total - undecided), lang.integer(total)),
        accept_sure: (sure_pending > 0).then(|| lang.reading_accept_sure(lang.integer(sure_pending))),
        accept_all: (undecided > 0).then(|| lang.reading_accept_all(lang.integer(undecided))),
        decided_line: lang.reading_decided_list(lang.integer(decided_cards.len())),
        done_width: ((total - undecided) * 600).checked_div(total).unwrap_or(600),
        kinds: kind_counts(lang, &drafts),
        lines: sheet(&text, &marks, now),
        head: head_of(app, lang, held, mending.head).await?,
        hand,
        cards,
        decided_cards,
        advice,
        notes: notes_of(text, held.published_on).await?,
        page: page.at(Nav::Readings).titled(lang.reading_desk_title(title_of(lang, held))),
    })
}

/// Notes are the reader's to give again: nothing hangs on them, so nothing of them is kept.
async fn notes_of(text: String, published_on: Option<jiff::civil::Date>) -> Result<Vec<NoteRow>, Fault> {
    let reading = tokio::task::spawn_blocking(move || reader::read(&text, published_on)).await.map_err(Fault::internal)?;
    Ok(reading.notes.into_iter().map(|note| NoteRow { note: note.note, quote: note.quote }).collect())
}

async fn hand_of(
    app: &App,
    lang: Lang,
    held: &HeldReading,
    (draft, content): (&Draft, &DraftContent),
    (pending, total): (&[i64], usize),
    mending: &Mending<'_>,
) -> Result<Hand, Fault> {
    let (typed, problems) = match mending.draft {
        Some((mended, typed, problems)) if mended.id == draft.id => (Some(typed), problems),
        _ => (None, &[][..]),
    };
    let fields = content.fields().into_iter().map(|field| field_row(lang, &field, typed, problems)).collect();
    Ok(Hand {
        card: card_of(lang, draft, content),
        place: lang.draft_place(lang.integer(draft.ordinal), lang.integer(total)),
        fields,
        matches: matches_of(app, lang, held, content).await?,
        previous: pending.iter().rev().find(|ordinal| **ordinal < draft.ordinal).copied(),
        next: pending.iter().find(|ordinal| **ordinal > draft.ordinal).copied(),
        problems: problems.iter().map(|problem| lang.problem(problem)).collect(),
    })
}

fn field_row(lang: Lang, field: &domain::draft::Field, typed: Option<&Fields>, problems: &[Problem]) -> FieldRow {
    let value = typed.map_or_else(|| field.value.clone(), |typed| typed.exact(field.name).to_owned());
    let (input, choices) = match field.kind {
        FieldKind::Line => ("line", Vec::new()),
        FieldKind::Text | FieldKind::Lines => ("text", Vec::new()),
        FieldKind::Day => ("day", Vec::new()),
        FieldKind::Number => ("number", Vec::new()),
        FieldKind::Choice(codes) => ("choice", codes.iter().map(|code| choice(lang, field.name, code, &value)).collect()),
    };
    let problem = problems.iter().find(|problem| problem.field() == Some(field.name)).map(|problem| lang.problem(problem).what);
    FieldRow {
        name: field.name,
        label: lang.field_label(field.name),
        input,
        rows: (value.chars().count() / 60 + 1).min(6),
        value,
        choices,
        problem,
    }
}

fn choice(lang: Lang, field: &str, code: &str, value: &str) -> Choice {
    let label = lang.word(field, if code.is_empty() { "none" } else { code }).unwrap_or(code).to_owned();
    Choice { value: code.to_owned(), label, selected: code == value }
}

fn card_of(lang: Lang, draft: &Draft, content: &DraftContent) -> Card {
    let (sure, dots) = match draft.confidence {
        Confidence::Sure => (lang.draft_sure(), 3),
        Confidence::Fair => (lang.draft_fair(), 2),
        Confidence::Check => (lang.draft_check(), 1),
    };
    Card {
        ordinal: draft.ordinal,
        id: draft.id.number(),
        kind: lang.word("draft_kind", draft.kind.code()).unwrap_or(""),
        class: class_of(draft.kind),
        title: content.title().to_owned(),
        summary: summary(lang, content),
        sure,
        dots,
        state: lang.word("draft_state", draft.state.code()).unwrap_or(""),
        decided_by: draft.decided_by.clone().unwrap_or_default(),
    }
}

/// The fields that the title does not show, joined.
fn summary(lang: Lang, content: &DraftContent) -> String {
    let shown = content.title();
    let word = |field: &domain::draft::Field| match field.kind {
        FieldKind::Choice(_) => lang.word(field.name, &field.value).unwrap_or_default().to_owned(),
        _ => field.value.replace('\n', "; "),
    };
    let parts = content.fields().iter().filter(|field| !field.value.is_empty() && field.value != shown).map(word).collect::<Vec<_>>();
    parts.join(" · ")
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

async fn head_of(app: &App, lang: Lang, held: &HeldReading, mending: Option<(&Fields, &Problem)>) -> Result<Head, Fault> {
    let typed = mending.map(|(fields, _)| fields);
    let value = |name: &str, kept: Option<String>| typed.map_or_else(|| kept.unwrap_or_default(), |fields| fields.get(name).to_owned());
    let unit = value("unit", held.unit.map(|unit| unit.to_string()));
    let areas = app.store().areas().await?;
    let by_id: HashMap<_, _> = areas.iter().map(|area| (area.id, area.name.as_str())).collect();
    let day = held.held_on.or(held.published_on);
    let label = |area: &domain::unit::Unit| match area.parent.and_then(|parent| by_id.get(&parent)) {
        Some(parent) => format!("{}, {parent}", area.name),
        None => area.name.clone(),
    };
    let of_day = areas.iter().filter(|area| area.exists_on(day) || area.id.to_string() == unit);
    let choices = |selected: &str| -> Vec<Choice> {
        let row = |area: &domain::unit::Unit| Choice {
            value: area.id.to_string(),
            label: label(area),
            selected: area.id.to_string() == selected,
        };
        of_day.clone().map(row).collect()
    };
    let parent = value("new_unit_parent", parent_named(&areas, held.about_parent.as_deref()));
    let sessions = session_choices(app, lang, held, &value("session", held.session.map(|session| session.to_string()))).await?;
    let meeting = value("meeting", Some(held.meeting.code().to_owned()));
    let meetings = MeetingKind::ALL.iter().map(|kind| choice(lang, "meeting", kind.code(), &meeting)).collect();
    Ok(Head {
        headline: value("headline", held.headline.clone()),
        source: value("source", held.source.clone()),
        byline: value("byline", held.byline.clone()),
        published_on: value("published_on", held.published_on.map(day_for_form)),
        held_on: value("held_on", held.held_on.map(day_for_form)),
        units: choices(&unit),
        parents: choices(&parent),
        new_unit: value("new_unit", held.about.clone()),
        meetings,
        sessions,
        problem: mending.map(|(_, problem)| lang.problem(problem)),
        field: mending.and_then(|(_, problem)| problem.field()).unwrap_or(""),
        unit_is_open: held.unit.is_none(),
    })
}

/// The unit above, as the paper prints it; in a ledger with one root, that root.
fn parent_named(areas: &[domain::unit::Unit], printed: Option<&str>) -> Option<String> {
    let folded = printed.map(domain::fold::fold);
    let roots: Vec<_> = areas.iter().filter(|area| area.parent.is_none()).collect();
    let named = areas.iter().find(|area| Some(&area.folded) == folded.as_ref());
    named.or(if let [root] = roots[..] { Some(root) } else { None }).map(|area| area.id.to_string())
}

async fn session_choices(app: &App, lang: Lang, held: &HeldReading, selected: &str) -> Result<Vec<Choice>, Fault> {
    let sessions = match held.unit {
        Some(unit) => app.store().sessions_of_unit(unit, store::task::Audience::Staff).await?,
        None => Vec::new(),
    };
    let row = |session: &domain::session::WorkingSession| Choice {
        value: session.id.to_string(),
        label: lang.reading_session_choice(&session.title, lang.day_or_unknown(session.held_on)),
        selected: session.id.to_string() == selected,
    };
    Ok(sessions.iter().map(row).collect())
}
