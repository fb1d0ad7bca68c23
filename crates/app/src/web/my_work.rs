//! *Việc của tôi*: what waits for whoever is signed in, by the roles they hold.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::account::Role;
use domain::article::Article;
use domain::document::Document;
use domain::draft::{HeldReading, ReadingState};
use domain::id::Id;
use domain::permission::{self, Actor};
use domain::proposal::{Proposal, ProposalState};
use domain::task::{Task, TaskState, Timeliness, timeliness};
use domain::unit::Unit;
use jiff::civil::Date;
use store::task::Audience;

use super::proposal::{ProposalCard, cards_of};
use super::source::Papers;
use super::support::login::Signed;
use super::task::{Around, TaskRow, rows_of};
use super::{App, Fault, Nav, Page, render};

/// Rows shown of each sort: what somebody can look through before lunch; the lists hold the rest.
const SHOWN_MAX: usize = 30;
/// Readings and articles looked through.
const READ_MAX: i64 = 200;

/// A paper on the desk, or a draft of an article.
struct WaitingLine {
    href: String,
    title: String,
    about: String,
}

#[derive(Template)]
#[template(path = "work/my_work.html")]
struct MyWorkPage {
    page: Page,
    readings: Vec<WaitingLine>,
    overdue: Vec<TaskRow>,
    soon: Vec<TaskRow>,
    review: Vec<TaskRow>,
    report: Vec<TaskRow>,
    proposals: Vec<ProposalCard>,
    articles: Vec<WaitingLine>,
    nothing: bool,
    keeps_accounts: bool,
    reads_journal: bool,
    /// Where numbers are entered, one a role.
    sheets: Vec<WaitingLine>,
}

/// `GET /my-work`
pub async fn show_my_work(State(app): State<App>, page: Page, Signed(actor): Signed) -> Result<Response, Fault> {
    let lang = page.lang;
    let mine = Mine::read(&app, &actor).await?;
    let officer = actor.holds_somewhere(Role::Officer) && mine.steers;
    let readings = if officer { readings(&app, &page, &actor).await? } else { Vec::new() };
    let articles = if officer { articles(&app, &page, &mine).await? } else { Vec::new() };
    let proposals = if officer { mine.proposals(&app, &page).await? } else { Vec::new() };
    let today = app.today();
    let stands = |task: &Task| timeliness(task.state, task.due, task.closed_on, today);
    let overdue = mine.rows(&page, today, |task| matches!(stands(task), Timeliness::Overdue { .. }));
    let soon = mine.rows(&page, today, |task| matches!(stands(task), Timeliness::DueSoon { .. } | Timeliness::DueToday));
    let review = if officer { mine.rows(&page, today, |task| task.state == TaskState::AwaitingReview) } else { Vec::new() };
    let reports = mine.reports && !officer;
    let report = if reports { mine.rows(&page, today, |task| mine.waits_for_report(task, today)) } else { Vec::new() };
    let empty = readings.is_empty() && articles.is_empty() && proposals.is_empty();
    let nothing = empty && [&overdue, &soon, &review, &report].iter().all(|rows| rows.is_empty());
    render(&MyWorkPage {
        sheets: sheets(&app, &page, &actor).await?,
        readings,
        overdue,
        soon,
        review,
        report,
        proposals,
        articles,
        nothing,
        keeps_accounts: actor.holds_somewhere(Role::Administrator),
        reads_journal: super::journal::may_read(&actor),
        page: page.at(Nav::MyWork).titled(lang.nav_my_work()).described(lang.work_lead(lang.day(today))),
    })
}

/// What lies in the subtrees of somebody's roles.
struct Mine {
    units: HashSet<Id<Unit>>,
    steers: bool,
    reports: bool,
    tasks: Vec<Task>,
    documents: Vec<Document>,
    proposals: Vec<Proposal>,
    bodies: Vec<domain::task::TaskBody>,
    units_with_tasks: Vec<Unit>,
    updates: HashMap<Id<Task>, domain::moment::Moment>,
}

impl Mine {
    async fn read(app: &App, actor: &Actor) -> Result<Self, Fault> {
        let store = app.store();
        let working = actor.roles().iter().filter(|(role, _)| *role != Role::Administrator);
        let mut units = HashSet::new();
        for (_, unit) in working.clone() {
            units.extend(store.unit_subtree(*unit).await?);
        }
        let mut tasks = store.tasks(Audience::Staff).await?;
        tasks.retain(|task| task.unit.is_some_and(|unit| units.contains(&unit)));
        let mut documents = store.documents_with_tasks().await?;
        documents.extend(store.documents_with_proposals().await?);
        Ok(Self {
            steers: working.clone().any(|(role, _)| *role == Role::Officer),
            reports: working.clone().any(|(role, _)| *role == Role::Reporter),
            units,
            tasks,
            documents,
            proposals: store.proposals(Audience::Staff).await?,
            bodies: store.task_bodies(None).await?,
            units_with_tasks: store.units_with_tasks().await?,
            updates: store.last_progress().await?.into_iter().collect(),
        })
    }

    fn rows(&self, page: &Page, today: Date, fits: impl Fn(&Task) -> bool) -> Vec<TaskRow> {
        let tasks: Vec<&Task> = self.tasks.iter().filter(|task| fits(task)).take(SHOWN_MAX).collect();
        let (documents, units) = (&self.documents, &self.units_with_tasks);
        let around = Around { documents, bodies: &self.bodies, units, updates: &self.updates, today, one_paper: false };
        rows_of(page, &tasks, &around)
    }

    /// Open work of which nobody has told anything this month.
    fn waits_for_report(&self, task: &Task, today: Date) -> bool {
        let told = self.updates.get(&task.id).is_some_and(|moment| moment.day() >= today.first_of_month());
        task.state.is_open() && !told
    }

    /// Proposals without an answer that are addressed to one of the units, or stand in a paper about one of them.
    async fn proposals(&self, app: &App, page: &Page) -> Result<Vec<ProposalCard>, Fault> {
        let about = |document: Id<Document>| self.documents.iter().find(|known| known.id == document).and_then(|known| known.unit);
        let waits = |proposal: &&Proposal| {
            let unit = proposal.to_unit.or_else(|| about(proposal.document));
            matches!(proposal.state, ProposalState::Raised | ProposalState::Assigned) && unit.is_some_and(|unit| self.units.contains(&unit))
        };
        let waiting: Vec<Proposal> = self.proposals.iter().filter(waits).take(SHOWN_MAX).cloned().collect();
        cards_of(app, page, &mut Papers::new(app, page), &waiting).await
    }
}

/// The sheets of the units that somebody reports for, each once.
async fn sheets(app: &App, page: &Page, actor: &Actor) -> Result<Vec<WaitingLine>, Fault> {
    let mut units: Vec<Id<Unit>> = Vec::new();
    for (role, unit) in actor.roles() {
        if matches!(role, Role::Reporter | Role::Officer) && !units.contains(unit) {
            units.push(*unit);
        }
    }
    let mut lines = Vec::new();
    for id in units {
        let unit: Unit = app.store().get(id).await?;
        let href = page.href(&format!("/units/{id}/measurements"));
        lines.push(WaitingLine { href, title: page.lang.measurement_work_link(unit.name), about: String::new() });
    }
    Ok(lines)
}

/// Papers on the desk that this officer may decide.
async fn readings(app: &App, page: &Page, actor: &Actor) -> Result<Vec<WaitingLine>, Fault> {
    let pending: HashMap<Id<HeldReading>, i64> = app.store().pending_drafts().await?.into_iter().collect();
    let mut lines = Vec::new();
    for held in app.store().readings(ReadingState::Open, READ_MAX).await? {
        let path = match held.unit {
            Some(unit) => Some(app.store().unit_path(unit).await?),
            None => None,
        };
        if permission::may_decide(actor, path.as_ref()).is_ok() {
            let count = pending.get(&held.id).copied().unwrap_or(0);
            lines.push(WaitingLine {
                href: page.href(&format!("/readings/{}", held.id)),
                title: super::reading::list::title_of(page.lang, &held),
                about: page.lang.reading_pending(page.lang.integer(count)),
            });
        }
    }
    lines.truncate(SHOWN_MAX);
    Ok(lines)
}

/// Articles of papers about one's units that nobody has published yet.
async fn articles(app: &App, page: &Page, mine: &Mine) -> Result<Vec<WaitingLine>, Fault> {
    let mut lines = Vec::new();
    for article in app.store().unpublished_articles(READ_MAX).await? {
        let document: Document = app.store().get(article.document).await?;
        if document.unit.is_none_or(|unit| mine.units.contains(&unit)) {
            lines.push(article_line(page, &article));
        }
    }
    lines.truncate(SHOWN_MAX);
    Ok(lines)
}

fn article_line(page: &Page, article: &Article) -> WaitingLine {
    let href = page.href(&format!("/articles/{}/edit", article.id));
    WaitingLine { href, title: article.title.clone(), about: article.source.clone().unwrap_or_default() }
}
