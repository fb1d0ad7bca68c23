//! One session: who was there, what was said, claimed, proposed and concluded, and the papers that tell of it.
//! What an unpublished paper tells is for people who are signed in.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::claim::Claim;
use domain::code::Coded;
use domain::document::{Document, Passage};
use domain::draft::day_for_form;
use domain::fold::fold;
use domain::frozen_board::FrozenBoard;
use domain::id::Id;
use domain::permission;
use domain::person::Person;
use domain::problem::Problem;
use domain::rate::{RatedTask, TaskRates};
use domain::reading::{ConclusionKind, MeetingRole};
use domain::session::{Attendance, Conclusion, Statement, WorkingSession};
use domain::task::Task;
use domain::unit::Unit;

use super::calendar::is_in_calendar;
use super::linked_data;
use super::photos::{PhotosLink, photos_of};
use crate::lang::{Lang, RateWords, StateWords};
use crate::web::authority::path_of;
use crate::web::claim::{CountGroup, FigureRow, count_groups, figure_rows};
use crate::web::frozen_board::block::{BoardBlock, ClaimedCount, Names, block, claimed_counts};
use crate::web::frozen_board::{self, FreezeForm, form_of};
use crate::web::photo::PhotoBox;
use crate::web::proposal::{ProposalCard, cards_of};
use crate::web::source::{Papers, Source, audience, paper_name};
use crate::web::support::fault::Withdrawn;
use crate::web::support::form::Fields;
use crate::web::support::icalendar;
use crate::web::support::mend::Mend;
use crate::web::task::{Around, TaskRow, rows_of};
use crate::web::{App, Fault, Nav, Page, render};

struct Attendee {
    href: String,
    name: String,
    positions: String,
    /// "Chủ trì", "Báo cáo"; empty for who only attended.
    role: &'static str,
}

struct StatementLine {
    speaker: String,
    /// The speaker's page; absent for an unnamed leader.
    href: Option<String>,
    positions: String,
    kind: &'static str,
    quote: String,
    source: Source,
}

struct ConclusionLine {
    by: String,
    quote: String,
    source: Source,
}

struct PaperLine {
    href: String,
    name: String,
    about: String,
    unpublished: bool,
}

/// Another session about the same unit.
struct OtherSession {
    href: String,
    day: String,
    title: String,
}

/// A board that the session froze: as it was kept, what its papers claim of the same groups, and what became of it since.
struct FrozenBlock {
    board: BoardBlock,
    claimed: Vec<ClaimedCount>,
    check: StateWords,
    since: String,
}

/// The form for the day.
struct DayForm {
    was: String,
    held_on: String,
    mend: Mend,
}

#[derive(Template)]
#[template(path = "session/show.html")]
pub struct SessionPage {
    page: Page,
    address: String,
    lead: String,
    day: String,
    unit_href: Option<String>,
    /// The session for a calendar; absent where it has no day.
    calendar_href: Option<String>,
    attendance: Vec<Attendee>,
    attendance_day: String,
    boards: Vec<FrozenBlock>,
    freeze_form: Option<FreezeForm>,
    counts: Vec<CountGroup>,
    figures: Vec<FigureRow>,
    proposals: Vec<ProposalCard>,
    proposal_counts: String,
    assessments: Vec<ConclusionLine>,
    commitments: Vec<ConclusionLine>,
    tasks: Vec<TaskRow>,
    rates: Vec<RateWords>,
    statements: Vec<StatementLine>,
    /// Those with a picture, and those without.
    photos: Vec<PhotoBox>,
    captions: Vec<PhotoBox>,
    photo_links: Vec<PhotosLink>,
    papers: Vec<PaperLine>,
    others: Vec<OtherSession>,
    day_form: Option<DayForm>,
}

/// `GET /sessions/{id}`
pub async fn show_session(State(app): State<App>, Path(session): Path<i64>, page: Page) -> Result<Response, Fault> {
    let session = standing_session(&app, &page, session).await?;
    render(&session_page(&app, page, session, None, None).await?)
}

/// The session, where this visitor may see it: one of which no paper is published is for staff.
pub async fn standing_session(app: &App, page: &Page, session: i64) -> Result<WorkingSession, Fault> {
    let session: WorkingSession = app.store().get(Id::new(session)).await?;
    if page.actor.is_some() || !app.store().documents_of_session(session.id, audience(page)).await?.is_empty() {
        return Ok(session);
    }
    let withdrawn_at = app.store().session_withdrawn_at(session.id).await?;
    Err(withdrawn_at.map_or(Problem::NotFound.into(), |at| Fault::Withdrawn(Withdrawn::Session, at)))
}

/// The page, with the form for the day, or that for the board, as it was sent where it must be mended.
pub async fn session_page(
    app: &App,
    page: Page,
    session: WorkingSession,
    typed_day: Option<(&Fields, &Problem)>,
    typed_board: Option<(&Fields, &Problem)>,
) -> Result<SessionPage, Fault> {
    let (lang, store, audience) = (page.lang, app.store(), audience(&page));
    let mut papers = Papers::new(app, &page);
    let documents = store.documents_of_session(session.id, audience).await?;
    let attendance = seen_attendance(app, &session, &documents).await?;
    let claims = claims_of(app, &documents).await?;
    let frozen = store.frozen_boards_of_session(session.id).await?;
    let boards = frozen_blocks(app, &page, &mut papers, &frozen, &claims).await?;
    // What is held against a board stands beside it.
    let is_held = |claim: &Claim| boards.iter().any(|block| block.claimed.iter().any(|count| count.claim == claim.id));
    let claims: Vec<Claim> = claims.into_iter().filter(|claim| !is_held(claim)).collect();
    let counts = count_groups(app, &page, &mut papers, &claims).await?;
    let figures = figure_rows(&page, &mut papers, &claims).await?;
    let proposals = store.proposals_of_session(session.id, audience).await?;
    let conclusions = store.conclusions_of_session(session.id, audience).await?;
    let statements = store.statements_of_session(session.id, audience).await?;
    let (tasks, rates) = tasks_of(app, &page, &session, &documents).await?;
    let unit: Option<Unit> = match session.unit {
        Some(unit) => Some(store.get(unit).await?),
        None => None,
    };
    let title = super::title(lang, &session, unit.as_ref());
    let (raised, given) = (lang.session_proposals(proposals.len()), lang.session_tasks(tasks.len()));
    let description = lang.session_description(&title, lang.session_lead(lang.day_or_unknown(session.held_on)), raised, given);
    let said = linked_data::of(&page, &session, (&title, &description), unit.as_ref(), &attendance);
    let calendar = is_in_calendar(&session).then(|| format!("/sessions/{}/calendar.ics", session.id));
    let with_calendar = |page: Page| match &calendar {
        Some(path) => page.with_alternate(icalendar::MEDIA_TYPE, lang.session_to_calendar(), path),
        None => page,
    };
    let (photos, captions, photo_links) = photos_of(app, &page, &documents).await?;
    Ok(SessionPage {
        calendar_href: calendar.as_ref().map(|path| page.href(path)),
        address: page.href(&format!("/sessions/{}", session.id)),
        lead: lead(lang, &session, &attendance),
        day: lang.day_or_unknown(session.held_on),
        unit_href: session.unit.map(|unit| page.href(&format!("/units/{unit}"))),
        attendance_day: lang.session_positions_of(lang.day_or_unknown(session.held_on)),
        boards,
        freeze_form: form_of(app, &page, &session, &frozen, typed_board).await?,
        counts,
        figures,
        proposal_counts: proposal_counts(lang, &proposals),
        proposals: cards_of(app, &page, &mut papers, &proposals).await?,
        assessments: conclusion_lines(&mut papers, &conclusions, ConclusionKind::Assessment).await?,
        commitments: conclusion_lines(&mut papers, &conclusions, ConclusionKind::Commitment).await?,
        tasks,
        rates,
        statements: statement_lines(app, &page, &mut papers, &statements, &attendance).await?,
        photos,
        captions,
        photo_links,
        papers: documents.iter().map(|document| paper_line(&page, document)).collect(),
        others: others(app, &page, &session).await?,
        day_form: day_form(app, &page, &session, typed_day).await?,
        attendance: attendance.iter().map(|(attendance, person)| attendee(&page, attendance, person)).collect(),
        page: with_calendar(page.at(Nav::Sessions).titled(title).described(description).with_linked_data(said)),
    })
}

/// The boards that stand, in the order in which they were frozen.
async fn frozen_blocks(
    app: &App,
    page: &Page,
    papers: &mut Papers<'_>,
    boards: &[FrozenBoard],
    claims: &[Claim],
) -> Result<Vec<FrozenBlock>, Fault> {
    let mut blocks = Vec::new();
    for board in boards.iter().rev().filter(|board| board.stands()) {
        let (ledger, check) = frozen_board::check(app, board).await?;
        blocks.push(FrozenBlock {
            board: block(page, &Names::of(&ledger, board)?, board),
            claimed: claimed_counts(app, page, papers, &ledger, claims, board).await?,
            check: frozen_board::check_words(page.lang, &check),
            since: frozen_board::since_words(page.lang, &check),
        });
    }
    Ok(blocks)
}

/// The day and who chaired.
fn lead(lang: Lang, session: &WorkingSession, attendance: &[(Attendance, Person)]) -> String {
    let day = lang.day_or_unknown(session.held_on);
    let chair = attendance.iter().find(|(attendance, _)| attendance.role == MeetingRole::Chair);
    match chair {
        Some((attendance, person)) => lang.session_lead_chair(day, &person.name, attendance.positions.replace("; ", ", ")),
        None => lang.session_lead(day),
    }
}

/// Who was there, as far as a paper that this visitor may see tells it.
async fn seen_attendance(app: &App, session: &WorkingSession, documents: &[Document]) -> Result<Vec<(Attendance, Person)>, Fault> {
    let mut told: HashSet<Id<Passage>> = HashSet::new();
    for document in documents {
        told.extend(app.store().passages_of(document.id).await?.iter().map(|passage| passage.id));
    }
    let attendance = app.store().attendance_of(session.id).await?;
    Ok(attendance.into_iter().filter(|(attendance, _)| told.contains(&attendance.passage)).collect())
}

fn attendee(page: &Page, attendance: &Attendance, person: &Person) -> Attendee {
    let role = match attendance.role {
        MeetingRole::Attendee => "",
        role => page.lang.word("meeting_role", role.code()).unwrap_or_default(),
    };
    Attendee {
        href: page.href(&format!("/people/{}", person.id)),
        name: person.name.clone(),
        positions: attendance.positions.replace("; ", ", "),
        role,
    }
}

async fn claims_of(app: &App, documents: &[Document]) -> Result<Vec<Claim>, Fault> {
    let mut claims = Vec::new();
    for document in documents {
        claims.extend(app.store().claims_of_document(document.id).await?);
    }
    Ok(claims)
}

async fn tasks_of(
    app: &App,
    page: &Page,
    session: &WorkingSession,
    documents: &[Document],
) -> Result<(Vec<TaskRow>, Vec<RateWords>), Fault> {
    let tasks = app.store().tasks_of_session(session.id, audience(page)).await?;
    let bodies = app.store().task_bodies_of_session(session.id).await?;
    let updates: HashMap<Id<Task>, _> = app.store().last_progress().await?.into_iter().collect();
    let units = app.store().units_with_tasks().await?;
    let one_paper = documents.len() == 1;
    let around = Around { documents, bodies: &bodies, units: &units, updates: &updates, today: app.today(), one_paper };
    let rated = tasks.iter().map(|task| RatedTask {
        state: task.state,
        due: task.due,
        closed_on: task.closed_on,
        updated_on: updates.get(&task.id).map(|moment| moment.day()),
    });
    let rates = page.lang.task_rates(&TaskRates::of(rated, app.today()));
    let rows = rows_of(page, &tasks.iter().collect::<Vec<_>>(), &around);
    Ok((rows, rates.into()))
}

/// Answered, settled and waiting without a date, always together.
fn proposal_counts(lang: Lang, proposals: &[domain::proposal::Proposal]) -> String {
    let counts = crate::web::proposal::ProposalCounts::of(proposals);
    lang.proposal_counts(
        lang.integer(counts.answered),
        lang.integer(counts.all),
        lang.integer(counts.settled),
        lang.integer(counts.no_date),
    )
}

async fn conclusion_lines(papers: &mut Papers<'_>, conclusions: &[Conclusion], kind: ConclusionKind) -> Result<Vec<ConclusionLine>, Fault> {
    let mut lines = Vec::new();
    for conclusion in conclusions.iter().filter(|conclusion| conclusion.kind == kind) {
        lines.push(ConclusionLine {
            by: conclusion.by.clone().unwrap_or_default(),
            quote: conclusion.quote.clone(),
            source: papers.source(conclusion.document, conclusion.passage).await?,
        });
    }
    Ok(lines)
}

async fn statement_lines(
    app: &App,
    page: &Page,
    papers: &mut Papers<'_>,
    statements: &[Statement],
    attendance: &[(Attendance, Person)],
) -> Result<Vec<StatementLine>, Fault> {
    let mut lines = Vec::new();
    for statement in statements {
        let present = attendance.iter().find(|(_, person)| Some(person.id) == statement.person);
        let speaker = match (statement.person, present) {
            (_, Some((_, person))) => person.name.clone(),
            (Some(person), None) => app.store().get(person).await?.name,
            (None, None) => unnamed_leader(page.lang, statement.body.as_deref().unwrap_or_default()),
        };
        lines.push(StatementLine {
            speaker,
            href: statement.person.map(|person| page.href(&format!("/people/{person}"))),
            positions: present.map_or_else(String::new, |(attendance, _)| attendance.positions.replace("; ", ", ")),
            kind: page.lang.word("statement_kind", statement.kind.code()).unwrap_or_default(),
            quote: statement.quote.clone(),
            source: papers.source(statement.document, statement.passage).await?,
        });
    }
    Ok(lines)
}

/// A body whose leader spoke unnamed: "Lãnh đạo Sở Nội vụ", once.
fn unnamed_leader(lang: Lang, body: &str) -> String {
    if fold(body).starts_with("lanh dao") { body.to_owned() } else { lang.session_leader_of(body) }
}

fn paper_line(page: &Page, document: &Document) -> PaperLine {
    let by = document.source.as_ref().or(document.issuer.as_ref());
    let day = page.lang.day_or_unknown(document.issued_on);
    PaperLine {
        href: page.href(&format!("/documents/{}", document.id)),
        name: paper_name(page.lang, document),
        about: by.map_or_else(|| day.clone(), |by| format!("{day}, {by}")),
        unpublished: document.published_at.is_none(),
    }
}

async fn others(app: &App, page: &Page, session: &WorkingSession) -> Result<Vec<OtherSession>, Fault> {
    let Some(unit) = session.unit else { return Ok(Vec::new()) };
    let unit_of = app.store().get(unit).await?;
    let sessions = app.store().sessions_of_unit(unit, audience(page)).await?;
    let others = sessions.iter().filter(|other| other.id != session.id);
    Ok(others
        .map(|other| OtherSession {
            href: page.href(&format!("/sessions/{}", other.id)),
            day: page.lang.day_or_unknown(other.held_on),
            title: super::title(page.lang, other, Some(&unit_of)),
        })
        .collect())
}

async fn day_form(app: &App, page: &Page, session: &WorkingSession, typed: Option<(&Fields, &Problem)>) -> Result<Option<DayForm>, Fault> {
    let Some(actor) = &page.actor else { return Ok(None) };
    if permission::may_steer(actor, &path_of(app, session.unit, actor).await?).is_err() {
        return Ok(None);
    }
    let was = session.held_on.map(|day| day.to_string()).unwrap_or_default();
    Ok(Some(match typed {
        Some((fields, problem)) => DayForm { was, held_on: fields.get("held_on").to_owned(), mend: Mend::of(page.lang, problem) },
        None => DayForm { was, held_on: session.held_on.map(day_for_form).unwrap_or_default(), mend: Mend::default() },
    }))
}
