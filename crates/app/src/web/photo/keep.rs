//! The page on which officers put pictures beside a paper's captions: send many, see where each one went, place those that found
//! no caption, replace and take back.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::account::Account;
use domain::document::Document;
use domain::id::Id;
use domain::photo::{Photo, Picture};

use super::figure::{Figure, plain};
use super::outcome::Outcome;
use super::{may_keep, path_of_photos};
use crate::lang::Said;
use crate::web::article::path_of;
use crate::web::source::paper_name;
use crate::web::support::form::Query;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Page, render};

/// What the page tells besides how things stand.
#[derive(Default)]
pub struct Shown {
    /// Why a step was not made.
    pub problem: Option<Said>,
    /// What became of the files just sent.
    pub outcomes: Vec<Outcome>,
    /// What was done, in words.
    pub done: Option<String>,
}

/// A picture with where it came from.
struct PictureCard {
    id: Id<Picture>,
    figure: Figure,
    file_name: String,
    /// "1.600 × 1.067 điểm ảnh · van.thu, 20/4/2024 9:00"
    about: String,
    /// Where it is taken back.
    withdrawal: String,
    /// Where it is put beside a caption.
    placement: String,
}

struct CaptionRow {
    id: Id<Photo>,
    file: String,
    caption: String,
    picture: Option<PictureCard>,
    /// The caption's page in the gallery.
    href: String,
}

/// A caption that a waiting picture can be put beside.
struct CaptionOption {
    value: String,
    words: String,
}

struct PastLine {
    file_name: String,
    words: String,
    why: String,
}

/// The page.
#[derive(Template)]
#[template(path = "photo/keep.html")]
pub struct KeepPage {
    page: Page,
    address: String,
    shown: Shown,
    is_published: bool,
    captions: Vec<CaptionRow>,
    with_picture: String,
    waiting: Vec<PictureCard>,
    options: Vec<CaptionOption>,
    /// `photo:picture` of every caption that has one, as the page shows it.
    seen: Vec<String>,
    past: Vec<PastLine>,
    paper: String,
    document_href: String,
    article_href: Option<String>,
    megabytes_max: usize,
}

/// `GET /documents/{id}/photos`
pub async fn show_photos(
    State(app): State<App>,
    Path(document): Path<i64>,
    Query(query): Query,
    page: Page,
    Signed(actor): Signed,
) -> Result<Response, Fault> {
    let document: Document = app.store().get(Id::new(document)).await?;
    may_keep(&app, Some(&actor), &document).await?;
    let lang = page.lang;
    let added = query.get("added").parse::<i64>().ok().filter(|added| *added > 0);
    let done = match added {
        Some(added) => Some(lang.photo_done_added(lang.integer(added))),
        None => query.filled("withdrawn").map(|_| lang.photo_done_withdrawn().to_owned()),
    };
    render(&keep_page(&app, page, &document, Shown { done, ..Shown::default() }).await?)
}

/// The page as things stand now.
pub async fn keep_page(app: &App, page: Page, document: &Document, shown: Shown) -> Result<KeepPage, Fault> {
    let (lang, store) = (page.lang, app.store());
    let photos = store.photos_of(document.id).await?;
    let pictures = store.pictures_of(document.id).await?;
    let beside: HashMap<Id<Photo>, &Picture> = pictures.iter().filter_map(|picture| Some((picture.photo?, picture))).collect();
    let captions: Vec<CaptionRow> = photos
        .iter()
        .map(|photo| CaptionRow {
            id: photo.id,
            file: photo.file.clone(),
            caption: photo.caption.clone(),
            picture: beside.get(&photo.id).map(|picture| card(&page, picture)),
            href: page.href(&format!("/photos/{}", photo.id)),
        })
        .collect();
    let article = store.articles_of(document.id).await?.into_iter().next();
    Ok(KeepPage {
        address: page.href(&path_of_photos(document)),
        shown,
        is_published: document.published_at.is_some(),
        with_picture: lang.photo_with_picture(lang.integer(beside.len()), lang.integer(photos.len())),
        captions,
        waiting: pictures.iter().filter(|picture| picture.photo.is_none()).map(|picture| card(&page, picture)).collect(),
        options: photos.iter().map(|photo| option(&page, photo, beside.contains_key(&photo.id))).collect(),
        seen: beside.iter().map(|(photo, picture)| format!("{photo}:{}", picture.id)).collect(),
        past: past(app, &page, document).await?,
        paper: paper_name(lang, document),
        document_href: page.href(&format!("/documents/{}", document.id)),
        article_href: article.map(|article| page.href(&path_of(&article))),
        megabytes_max: photo::FILE_BYTES_MAX / (1024 * 1024),
        page: page.titled(lang.photo_keep_title()),
    })
}

fn card(page: &Page, picture: &Picture) -> PictureCard {
    let lang = page.lang;
    PictureCard {
        id: picture.id,
        figure: plain(picture),
        file_name: picture.file_name.clone(),
        about: lang.photo_about(
            lang.integer(picture.width),
            lang.integer(picture.height),
            &picture.added_by,
            lang.moment(picture.added_at),
        ),
        withdrawal: page.href(&format!("/pictures/{}/withdrawal", picture.id)),
        placement: page.href(&format!("/pictures/{}/placement", picture.id)),
    }
}

fn option(page: &Page, photo: &Photo, has_picture: bool) -> CaptionOption {
    let words = format!("{}. {} – {}", photo.ordinal, photo.file, photo.caption);
    let words = words.trim_end_matches(" – ").to_owned();
    CaptionOption { value: photo.id.to_string(), words: if has_picture { page.lang.photo_option_replaces(words) } else { words } }
}

/// What was taken back, with who, when and why.
async fn past(app: &App, page: &Page, document: &Document) -> Result<Vec<PastLine>, Fault> {
    let (lang, mut lines) = (page.lang, Vec::new());
    for picture in app.store().withdrawn_pictures_of(document.id).await? {
        let Some(at) = picture.withdrawn_at else { continue };
        let by = match picture.withdrawn_by {
            Some(by) => app.store().get::<Account>(by).await?.name,
            None => domain::permission::OPERATOR.to_owned(),
        };
        lines.push(PastLine {
            file_name: picture.file_name,
            words: lang.photo_withdrawn_by(by, lang.moment(at)),
            why: picture.withdrawn_why.unwrap_or_default(),
        });
    }
    Ok(lines)
}
