//! One picture, large, with its caption and the ways to the next, the one before, and back to where it belongs. Everything is a
//! link; keys and swipes press the links.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::document::Document;
use domain::id::Id;
use domain::photo::Photo;
use domain::problem::Problem;

use super::figure::{Figure, PhotoBox, boxes_of};
use super::{may_keep, path_of_photos};
use crate::web::article::path_of;
use crate::web::source::{audience, may_see, paper_name};
use crate::web::{App, Fault, Page, render};

/// A way back, in words.
struct Way {
    href: String,
    words: String,
}

#[derive(Template)]
#[template(path = "photo/gallery.html")]
struct GalleryPage {
    page: Page,
    photo: PhotoBox,
    figure: Figure,
    /// "3 / 12"
    position: String,
    /// Where Escape leads, then the others.
    ways: Vec<Way>,
    first: Option<String>,
    previous: Option<Figure>,
    next: Option<Figure>,
    last: Option<String>,
    paper: String,
    keep_href: Option<String>,
}

/// `GET /photos/{photo}`
pub async fn show_gallery(page: Page, State(app): State<App>, Path(photo): Path<i64>) -> Result<Response, Fault> {
    let photo: Photo = app.store().get(Id::new(photo)).await?;
    let document: Document = app.store().get(photo.document).await?;
    if !may_see(&page, &document) {
        return Err(Problem::NotFound.into());
    }
    let mut boxes = boxes_of(&app, &page, document.id).await?;
    boxes.retain(|one| one.figure.is_some());
    let at = boxes.iter().position(|one| one.id == photo.id).ok_or(Problem::NotFound)?;
    let figure_at = |at: usize| boxes.get(at).and_then(|one| one.figure.clone());
    let href_at = |at: usize| figure_at(at).map(|figure| figure.href);
    let figure = figure_at(at).ok_or(Problem::NotFound)?;
    let keep = may_keep(&app, page.actor.as_ref(), &document).await.is_ok();
    let (lang, end) = (page.lang, boxes.len() - 1);
    let gallery = GalleryPage {
        position: lang.photo_position(lang.integer(at + 1), lang.integer(boxes.len())),
        ways: ways(&app, &page, &document, photo.id).await?,
        first: href_at(0).filter(|_| at > 0),
        previous: at.checked_sub(1).and_then(figure_at),
        next: figure_at(at + 1),
        last: href_at(end).filter(|_| at < end),
        paper: paper_name(lang, &document),
        keep_href: keep.then(|| page.href(&path_of_photos(&document))),
        figure,
        photo: boxes.swap_remove(at),
        page: {
            let name = if photo.caption.is_empty() { photo.file } else { photo.caption };
            page.titled(name)
        },
    };
    render(&gallery)
}

/// The article, the session and the paper, as far as this visitor may see them. The place of the photo is opened.
async fn ways(app: &App, page: &Page, document: &Document, photo: Id<Photo>) -> Result<Vec<Way>, Fault> {
    let mut ways = Vec::new();
    let mut add = |path: String, words: &str| ways.push(Way { href: page.href(&format!("{path}#anh-{photo}")), words: words.to_owned() });
    for article in app.store().articles_of(document.id).await? {
        if page.actor.is_some() || article.published_at.is_some() {
            add(path_of(&article), page.lang.photo_to_article());
        }
    }
    for session in app.store().sessions_of_document(document.id).await? {
        if !app.store().documents_of_session(session.id, audience(page)).await?.is_empty() {
            add(format!("/sessions/{}", session.id), page.lang.photo_to_session());
        }
    }
    ways.push(Way { href: page.href(&format!("/documents/{}", document.id)), words: page.lang.photo_to_document().to_owned() });
    Ok(ways)
}
