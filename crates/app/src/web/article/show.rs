//! One article. Who may read the whole paper reads it with its headings and photos; everybody else reads what was found in
//! it, quoted sentence by sentence with the source.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::article::{Article, Correction};
use domain::claim::Claim;
use domain::document::Document;
use domain::id::Id;
use domain::person::Person;
use domain::problem::Problem;
use domain::session::Statement;
use store::document::span_of;
use store::task::Audience;

use super::body::{BodyPart, Opening, parts};
use super::{linked_data, path_of};
use crate::lang::{Lang, StateWords};
use crate::web::claim::{CountGroup, FigureRow, count_groups, figure_rows};
use crate::web::photo::{PhotoBox, boxes_of, path_of_photos};
use crate::web::source::{Papers, may_read_whole};
use crate::web::support::fault::Withdrawn;
use crate::web::{App, Fault, Nav, Page, render};

/// What somebody said.
struct Quote {
    words: String,
    href: String,
}

/// One speaker with everything that the paper quotes.
struct Speaker {
    name: String,
    /// The person's page; empty for an unnamed leader of a body.
    href: String,
    quotes: Vec<Quote>,
}

/// A proposal or a task with how it stands.
struct Act {
    words: String,
    href: String,
    who: String,
    state: StateWords,
}

/// A correction in words.
pub struct CorrectionLine {
    /// Its day.
    pub day: String,
    /// What the page said.
    pub was: String,
    /// What it says now.
    pub is_now: String,
    /// Why.
    pub reason: String,
}

#[derive(Template)]
#[template(path = "article/show.html")]
struct ArticlePage {
    page: Page,
    standfirst: String,
    author: String,
    source: String,
    day: String,
    published: Option<String>,
    edit_href: Option<String>,
    photos_href: Option<String>,
    /// The whole text; empty for who may only read quotes.
    whole: Vec<BodyPart>,
    photos: Vec<PhotoBox>,
    counts: Vec<CountGroup>,
    figures: Vec<FigureRow>,
    speakers: Vec<Speaker>,
    conclusions: Vec<Quote>,
    proposals: Vec<Act>,
    tasks: Vec<Act>,
    as_of: String,
    document_href: String,
    session_href: Option<String>,
    corrections: Vec<CorrectionLine>,
}

/// `GET /news/{slug}-{id}`; a wrong or old slug leads to the right address.
pub async fn show_article(page: Page, State(app): State<App>, Path(address): Path<String>) -> Result<Response, Fault> {
    let (slug, id) = address.rsplit_once('-').ok_or(Problem::NotFound)?;
    let article: Article = app.store().get(Id::new(id.parse().map_err(|_| Problem::NotFound)?)).await?;
    if article.published_at.is_none() && page.actor.is_none() {
        let withdrawn_at = app.store().article_withdrawn_at(article.id).await?;
        return Err(withdrawn_at.map_or(Problem::NotFound.into(), |at| Fault::Withdrawn(Withdrawn::Article, at)));
    }
    if slug != article.slug {
        return Ok(Redirect::permanent(&page.href(&path_of(&article))).into_response());
    }
    let document = app.store().get(article.document).await?;
    let ready = article_page(&app, page, &article, &document).await?;
    render(&ready)
}

async fn article_page(app: &App, page: Page, article: &Article, document: &Document) -> Result<ArticlePage, Fault> {
    let (lang, store) = (page.lang, app.store());
    let claims = store.claims_of_document(document.id).await?;
    let photos = boxes_of(app, &page, document.id).await?;
    let mut papers = Papers::new(app, &page);
    let whole = if may_read_whole(&page, document) {
        let text = store.text_of(document).await?.unwrap_or_default();
        parts(lang, &text, photos.clone(), &openings(app, document, &claims).await?)
    } else {
        Vec::new()
    };
    let statements = store.statements_of_document(document.id).await?;
    let conclusions = store.conclusions_of_document(document.id).await?;
    let conclusion = |words: &str, passage| Quote { words: words.to_owned(), href: lang.href(&format!("/passages/{passage}")) };
    let may_edit = super::edit::may_publish(app, page.actor.as_ref(), document).await.is_ok();
    let session = match article.session {
        Some(session) if shows_session(app, &page, session).await? => Some(page.href(&format!("/sessions/{session}"))),
        _ => None,
    };
    let corrections = store.corrections_of(article.id).await?;
    let said = linked_data::of(&page, article, document, &corrections);
    Ok(ArticlePage {
        standfirst: article.standfirst.clone(),
        author: article.author.clone().unwrap_or_default(),
        source: article.source.clone().unwrap_or_default(),
        day: lang.day_or_unknown(document.issued_on),
        published: article.published_at.map(|at| lang.article_published(lang.moment(at))),
        edit_href: may_edit.then(|| page.href(&format!("/articles/{}/edit", article.id))),
        photos_href: (may_edit && !photos.is_empty()).then(|| page.href(&path_of_photos(document))),
        whole,
        photos,
        counts: count_groups(app, &page, &mut papers, &claims).await?,
        figures: figure_rows(&page, &mut papers, &claims).await?,
        speakers: speakers(app, &page, &statements).await?,
        conclusions: conclusions.iter().map(|one| conclusion(&one.quote, one.passage)).collect(),
        proposals: proposals(app, &page, document).await?,
        tasks: tasks(app, &page, document).await?,
        as_of: lang.article_tasks_as_of(lang.day(app.today())),
        document_href: page.href(&format!("/documents/{}", document.id)),
        session_href: session,
        corrections: corrections.iter().map(|one| correction(&page, one)).collect(),
        page: page
            .at(Nav::News)
            .titled(&article.title)
            .described(description(&article.standfirst, lang))
            .as_article()
            .with_linked_data(said),
    })
}

/// An article without a standfirst is described by what the list of news is about.
fn description(standfirst: &str, lang: Lang) -> &str {
    if standfirst.is_empty() { lang.article_list_description() } else { standfirst }
}

async fn shows_session(app: &App, page: &Page, session: Id<domain::session::WorkingSession>) -> Result<bool, Fault> {
    let audience = crate::web::source::audience(page);
    Ok(audience == Audience::Staff || !app.store().documents_of_session(session, audience).await?.is_empty())
}

/// Where the figures of a text open.
async fn openings(app: &App, document: &Document, claims: &[Claim]) -> Result<Vec<Opening>, Fault> {
    let passages = app.store().passages_of(document.id).await?;
    let claimed = passages.iter().filter(|passage| claims.iter().any(|claim| claim.passage == passage.id));
    Ok(claimed.map(|passage| Opening { span: span_of(passage), passage: passage.id }).collect())
}

/// Statements by who made them, in the order in which the speakers come.
async fn speakers(app: &App, page: &Page, statements: &[Statement]) -> Result<Vec<Speaker>, Fault> {
    let mut people: BTreeMap<Id<Person>, String> = BTreeMap::new();
    let mut speakers: Vec<Speaker> = Vec::new();
    for statement in statements {
        let (name, href) = match statement.person {
            Some(person) => {
                let name = match people.get(&person) {
                    Some(name) => name.clone(),
                    None => app.store().get(person).await?.name,
                };
                people.insert(person, name.clone());
                (name, page.href(&format!("/people/{person}")))
            }
            None => (statement.body.clone().unwrap_or_default(), String::new()),
        };
        let quote = Quote { words: statement.quote.clone(), href: page.href(&format!("/passages/{}", statement.passage)) };
        match speakers.iter_mut().find(|known| known.name == name && known.href == href) {
            Some(speaker) => speaker.quotes.push(quote),
            None => speakers.push(Speaker { name, href, quotes: vec![quote] }),
        }
    }
    Ok(speakers)
}

async fn proposals(app: &App, page: &Page, document: &Document) -> Result<Vec<Act>, Fault> {
    let proposals = app.store().proposals_of_document(document.id).await?;
    let standing = proposals.into_iter().filter(|proposal| proposal.withdrawn_at.is_none());
    Ok(standing
        .map(|proposal| Act {
            href: page.href(&format!("/proposals/{}", proposal.id)),
            who: proposal.by.clone().unwrap_or_default(),
            state: page.lang.proposal_words(&proposal),
            words: proposal.text,
        })
        .collect())
}

async fn tasks(app: &App, page: &Page, document: &Document) -> Result<Vec<Act>, Fault> {
    let tasks = app.store().tasks_of_document(document.id).await?;
    let mut acts = Vec::new();
    for task in tasks.into_iter().filter(|task| task.withdrawn_at.is_none()) {
        let bodies = app.store().task_bodies(Some(task.id)).await?;
        acts.push(Act {
            href: page.href(&format!("/tasks/{}", task.id)),
            who: bodies.first().map_or_else(String::new, |lead| lead.name.clone()),
            state: page.lang.task_timeliness(&task, app.today()),
            words: task.text,
        });
    }
    Ok(acts)
}

/// A correction in the page's language.
pub fn correction(page: &Page, correction: &Correction) -> CorrectionLine {
    CorrectionLine {
        day: page.lang.day(correction.at.day()),
        was: correction.was.clone(),
        is_now: correction.is_now.clone(),
        reason: page.lang.article_correction_by(&correction.reason),
    }
}
