//! The news desk: an article is edited, published and taken off the public pages by an officer of the unit it is about.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::account::Role;
use domain::article::Article;
use domain::code::Coded;
use domain::document::Document;
use domain::fold::tidy;
use domain::id::Id;
use domain::permission::{self, Actor, MayPublish};
use domain::problem::Problem;
use store::article::{ArticleEdit, STANDFIRST_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};

use super::path_of;
use crate::lang::Said;
use crate::web::authority::{path_of as path_of_unit, with_name};
use crate::web::page::render_as;
use crate::web::photo::path_of_photos;
use crate::web::support::fault::problem_status;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Nav, Page};

#[derive(Template)]
#[template(path = "article/edit.html")]
struct EditPage {
    page: Page,
    address: String,
    preview: String,
    photos_href: String,
    revision: i64,
    title: String,
    standfirst: String,
    source: String,
    author: String,
    reprint: bool,
    reason: String,
    /// Since when it is public, in words; absent where it is not.
    is_public: Option<String>,
    problem: Option<Said>,
    field: &'static str,
    title_max: usize,
    standfirst_max: usize,
}

/// The proof that somebody may publish what was read from a document: an officer of the unit it is about, or above; while
/// that is not settled, an officer of any unit.
pub(super) async fn may_publish(app: &App, actor: Option<&Actor>, document: &Document) -> Result<MayPublish, Fault> {
    let actor = actor.ok_or(Problem::Forbidden { role: Role::Officer.code(), unit: None })?;
    Ok(permission::may_publish(actor, &path_of_unit(app, document.unit, actor).await?)?)
}

/// An article in the hands of who may publish it.
async fn article_in_hand(app: &App, actor: &Actor, id: i64) -> Result<(Article, Document, MayPublish), Fault> {
    let article: Article = app.store().get(Id::new(id)).await?;
    let document = app.store().get(article.document).await?;
    let may = may_publish(app, Some(actor), &document).await?;
    Ok((article, document, may))
}

/// `GET /articles/{id}/edit`
pub async fn edit_article(page: Page, State(app): State<App>, Signed(actor): Signed, Path(id): Path<i64>) -> Result<Response, Fault> {
    let (article, document, _) = article_in_hand(&app, &actor, id).await?;
    render_as(StatusCode::OK, &form_page(page, &article, &document))
}

/// `POST /articles/{id}`
pub async fn save_article(
    page: Page,
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Fault> {
    let (article, document, may) = article_in_hand(&app, &actor, id).await?;
    let line = |name: &str| fields.filled(name).map(tidy);
    let edit = ArticleEdit {
        revision: revision(&fields)?,
        title: fields.get("title").to_owned(),
        standfirst: fields.get("standfirst").to_owned(),
        source: line("source"),
        author: line("author"),
        reprint: fields.filled("reprint").is_some(),
        reason: line("reason"),
    };
    match app.store().edit_article(&may, app.now(), article.id, edit).await.map_err(Fault::from) {
        Ok(()) => Ok(page.redirect(&format!("/articles/{id}/edit"))),
        Err(Fault::Problem(problem)) => {
            let problem = with_name(&app, problem, &format!("article/{id}")).await?;
            let lang = page.lang;
            let form = typed(form_page(page, &article, &document), &fields);
            let form = EditPage { problem: Some(lang.problem(&problem)), field: problem.field().unwrap_or_default(), ..form };
            render_as(problem_status(&problem), &form)
        }
        Err(fault) => Err(fault),
    }
}

/// `POST /articles/{id}/publication`
pub async fn publish_article(
    page: Page,
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Fault> {
    let (article, _, may) = article_in_hand(&app, &actor, id).await?;
    app.store().publish_article(&may, app.now(), article.id, revision(&fields)?).await?;
    // The article itself takes the focus: whoever published by keyboard reads on from there.
    Ok(page.redirect(&format!("{}#noi-dung", path_of(&article))))
}

/// `POST /articles/{id}/withdrawal`
pub async fn withdraw_article(
    page: Page,
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Fault> {
    let (article, _, may) = article_in_hand(&app, &actor, id).await?;
    app.store().withdraw_article(&may, app.now(), article.id, revision(&fields)?).await?;
    Ok(page.redirect(&format!("/articles/{id}/edit")))
}

fn revision(fields: &Fields) -> Result<i64, Fault> {
    fields.get("revision").parse().map_err(|_| Fault::BadRequest)
}

/// The form with what the ledger holds.
fn form_page(page: Page, article: &Article, document: &Document) -> EditPage {
    let lang = page.lang;
    EditPage {
        address: page.href(&format!("/articles/{}", article.id)),
        preview: page.href(&path_of(article)),
        photos_href: page.href(&path_of_photos(document)),
        revision: article.revision,
        title: article.title.clone(),
        standfirst: article.standfirst.clone(),
        source: article.source.clone().unwrap_or_default(),
        author: article.author.clone().unwrap_or_default(),
        reprint: document.reprint,
        reason: String::new(),
        is_public: article.published_at.map(|at| lang.article_is_public(lang.moment(at))),
        problem: None,
        field: "",
        title_max: TITLE_CHARACTERS_MAX,
        standfirst_max: STANDFIRST_CHARACTERS_MAX,
        page: page.at(Nav::News).titled(lang.article_edit_title()),
    }
}

/// The form with what was typed.
fn typed(form: EditPage, fields: &Fields) -> EditPage {
    let text = |name: &str| fields.get(name).to_owned();
    EditPage {
        title: text("title"),
        standfirst: text("standfirst"),
        source: text("source"),
        author: text("author"),
        reason: text("reason"),
        reprint: fields.filled("reprint").is_some(),
        ..form
    }
}
