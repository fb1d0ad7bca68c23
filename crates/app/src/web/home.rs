//! The home page: the board that the newest published session froze, else what its paper says; news, sessions, promises and visits.
//! It is the citizens' page: who is signed in sees the same.

mod board;

use std::collections::HashMap;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use domain::claim::ClaimKind;
use domain::id::Id;
use domain::moment::Moment;
use domain::proposal::Proposal;
use domain::rate::{RatedTask, TaskRates};
use domain::task::{Task, TaskBody, TaskRole};
use serde_json::json;
use store::task::Audience;

use self::board::{BoardHero, board_hero};
use super::article::NewsItem;
use super::claim::{CountGroup, count_groups};
use super::linked_data::{LinkedData, publisher};
use super::page::capitalised;
use super::source::Papers;
use super::support::pager::{PageNumber, PagerLink};
use super::{App, Fault, Page, render};
use crate::lang::{RateWords, StateWords};
use crate::visit::Visits;

/// The lead and four more: one screen of a desk.
const NEWS_SHOWN: i64 = 5;
/// How many news a page of the list holds, for the links to its pages.
const NEWS_PAGE_SIZE: i64 = 10;
const SESSIONS_SHOWN: usize = 5;
const TASKS_SHOWN: usize = 5;
/// Sessions looked through for the newest one whose papers count groups.
const SESSIONS_SEARCHED: i64 = 40;

/// The block at the top: counts that a paper of the newest session gives.
struct Hero {
    unit: String,
    headline: String,
    group: CountGroup,
    scoreboard_href: Option<String>,
}

struct SessionLine {
    title: String,
    kind: &'static str,
    day: String,
    counts: String,
    href: String,
}

struct TaskLine {
    words: String,
    lead: String,
    state: StateWords,
    href: String,
}

struct Counters {
    online: String,
    today: String,
    week: String,
    all: String,
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    page: Page,
    board: Option<BoardHero>,
    /// Without a frozen board: what papers say.
    hero: Option<Hero>,
    /// Whether nothing at all is published yet.
    empty: bool,
    lead: Option<NewsItem>,
    news: Vec<NewsItem>,
    news_count: String,
    pager: Vec<PagerLink>,
    sessions: Vec<SessionLine>,
    rates: [RateWords; 5],
    tasks: Vec<TaskLine>,
    task_count: String,
    as_of: String,
    counters: Counters,
}

/// `GET /`
pub async fn show_home(page: Page, State(app): State<App>, counted: Option<Extension<Visits>>) -> Result<Response, Fault> {
    let (lang, store) = (page.lang, app.store());
    let tasks = store.tasks(Audience::Public).await?;
    let proposals = store.proposals(Audience::Public).await?;
    let mut news = NewsItem::all(&app, &page, &store.published_news(0, NEWS_SHOWN).await?).await?;
    let news_count = store.count_published_articles().await?;
    let (hero, sessions) = sessions(&app, &page, &tasks, &proposals).await?;
    let visits = match counted {
        Some(Extension(visits)) => visits,
        None => app.visit_counts().await?,
    };
    let home = HomePage {
        empty: news.is_empty() && sessions.is_empty() && tasks.is_empty(),
        hero,
        board: board_hero(&app, &page).await?,
        lead: (!news.is_empty()).then(|| news.remove(0)),
        news,
        news_count: lang.integer(news_count),
        pager: PageNumber::first(NEWS_PAGE_SIZE).links(lang, "/news", news_count)?,
        sessions,
        rates: lang.task_rates(&rates(&app, &tasks).await?),
        task_count: lang.integer(tasks.len()),
        tasks: newest_tasks(&app, &page, tasks).await?,
        as_of: lang.home_as_of(lang.day(app.today())),
        counters: Counters {
            online: lang.integer(visits.online),
            today: lang.integer(visits.today),
            week: lang.integer(visits.week),
            all: lang.integer(visits.all),
        },
        page: {
            let said = site(&page);
            page.titled(lang.home_title()).described(lang.site_promise()).with_linked_data(said)
        },
    };
    render(&home)
}

/// The site and who runs it, in the words of schema.org.
fn site(page: &Page) -> [LinkedData; 1] {
    [LinkedData::of(json!({
        "@type": "WebSite",
        "name": page.lang.site_name(),
        "description": page.lang.site_promise(),
        "url": page.absolute("/"),
        "inLanguage": page.lang.code(),
        "publisher": publisher(page),
    }))]
}

/// The newest sessions, and the counts of groups that the newest one with such a paper gives.
async fn sessions(app: &App, page: &Page, tasks: &[Task], proposals: &[Proposal]) -> Result<(Option<Hero>, Vec<SessionLine>), Fault> {
    use domain::code::Coded;
    let lang = page.lang;
    let sessions = app.store().sessions(Audience::Public, SESSIONS_SEARCHED).await?;
    let lines = sessions.iter().take(SESSIONS_SHOWN).map(|session| {
        let raised = proposals.iter().filter(|proposal| proposal.session == Some(session.id)).count();
        let assigned = tasks.iter().filter(|task| task.session == Some(session.id)).count();
        SessionLine {
            title: capitalised(&session.title),
            kind: lang.word("meeting", session.kind.code()).unwrap_or_default(),
            day: lang.day_or_unknown(session.held_on),
            counts: lang.home_session_counts(lang.integer(raised), lang.integer(assigned)),
            href: page.href(&format!("/sessions/{}", session.id)),
        }
    });
    let lines = lines.collect();
    for session in &sessions {
        if let Some(hero) = hero(app, page, session.id).await? {
            return Ok((Some(hero), lines));
        }
    }
    Ok((None, lines))
}

/// The counts of the newest paper of a session that gives any.
async fn hero(app: &App, page: &Page, session: Id<domain::session::WorkingSession>) -> Result<Option<Hero>, Fault> {
    let mut documents = app.store().documents_of_session(session, Audience::Public).await?;
    documents.sort_by_key(|document| std::cmp::Reverse((document.issued_on, document.id)));
    for document in documents {
        let mut claims = app.store().claims_of_document(document.id).await?;
        claims.retain(|claim| claim.kind == ClaimKind::Count);
        // The band that a reader looks for first is the one that has arrived.
        claims.sort_by_key(|claim| std::cmp::Reverse(claim.threshold_pct));
        let groups = count_groups(app, page, &mut Papers::new(app, page), &claims).await?;
        let Some(group) = groups.into_iter().next() else { continue };
        let unit = match document.unit {
            Some(unit) => Some(app.store().get(unit).await?),
            None => None,
        };
        return Ok(Some(Hero {
            headline: group.lines.first().map_or_else(String::new, |line| line.words.clone()),
            scoreboard_href: unit.as_ref().map(|unit| page.href(&format!("/scoreboards/{}", unit.id))),
            unit: unit.map_or_else(String::new, |unit| capitalised(&unit.name)),
            group,
        }));
    }
    Ok(None)
}

async fn rates(app: &App, tasks: &[Task]) -> Result<TaskRates, Fault> {
    let updated: HashMap<Id<Task>, Moment> = app.store().last_progress().await?.into_iter().collect();
    let rated = tasks.iter().map(|task| RatedTask {
        state: task.state,
        due: task.due,
        closed_on: task.closed_on,
        updated_on: updated.get(&task.id).map(|at| at.day()),
    });
    Ok(TaskRates::of(rated, app.today()))
}

async fn newest_tasks(app: &App, page: &Page, mut tasks: Vec<Task>) -> Result<Vec<TaskLine>, Fault> {
    tasks.sort_by_key(|task| std::cmp::Reverse((task.assigned_on, task.id)));
    let mut lines = Vec::new();
    for task in tasks.into_iter().take(TASKS_SHOWN) {
        let bodies = app.store().task_bodies(Some(task.id)).await?;
        lines.push(TaskLine {
            lead: lead_of(&bodies).unwrap_or_else(|| page.lang.home_no_lead().to_owned()),
            state: page.lang.task_timeliness(&task, app.today()),
            href: page.href(&format!("/tasks/{}", task.id)),
            words: task.text,
        });
    }
    Ok(lines)
}

fn lead_of(bodies: &[TaskBody]) -> Option<String> {
    bodies.iter().find(|body| body.role == TaskRole::Lead).map(|body| body.name.clone())
}
