//! Sending pictures: many in one form, or one after another by the page's script, which asks for an answer it can read. Each file
//! stands or falls alone.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::document::Document;
use domain::id::Id;
use domain::permission::MayKeepPhotos;
use domain::photo::{CaptionOf, Photo, caption_of};
use photo::PhotoFault;
use serde_json::json;

use super::keep::{Shown, keep_page};
use super::outcome::{Outcome, broken_off, refused, taken};
use super::place::seen_beside;
use super::{may_keep, path_of_photos};
use crate::photo::SentPicture;
use crate::web::page::render_as;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::support::many_files::{ManyFiles, SentFile};
use crate::web::{App, Fault, Page};

/// `POST /documents/{id}/photos`
pub async fn send_photos(
    State(app): State<App>,
    Path(document): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    headers: HeaderMap,
    mut files: ManyFiles,
) -> Result<Response, Fault> {
    let document: Document = app.store().get(Id::new(document)).await?;
    let may = may_keep(&app, Some(&actor), &document).await?;
    let sending = Sending { photos: app.store().photos_of(document.id).await?, app: &app, may, page: &page, document: &document };
    let mut outcomes = Vec::new();
    loop {
        match files.next(photo::FILE_BYTES_MAX).await {
            Ok(Some(file)) => outcomes.push(sending.take(&files.fields, file).await),
            Ok(None) => break,
            // What came before is kept, and told.
            Err(fault) if !outcomes.is_empty() => {
                outcomes.push(broken_off(page.lang, &fault));
                break;
            }
            Err(fault) => return Err(fault),
        }
    }
    drop(sending);
    answer(&app, page, &document, &headers, outcomes).await
}

/// What every file of one sending is taken with.
struct Sending<'a> {
    app: &'a App,
    may: MayKeepPhotos,
    page: &'a Page,
    document: &'a Document,
    photos: Vec<Photo>,
}

impl Sending<'_> {
    async fn take(&self, fields: &Fields, file: SentFile) -> Outcome {
        let lang = self.page.lang;
        let Some(bytes) = file.bytes else {
            return refused(lang, file.name, PhotoFault::TooLarge { bytes: file.size }.into());
        };
        // The form of one caption names it; that of all captions leaves it to the file's name.
        let named = fields.filled("photo").and_then(|photo| photo.parse().ok()).map(Id::new);
        let matched = named.map_or_else(|| caption_of(&self.photos, &file.name), CaptionOf::One);
        let photo = if let CaptionOf::One(photo) = matched { Some(photo) } else { None };
        let sent = SentPicture {
            document: self.document.id,
            photo,
            replaces: named.and_then(|photo| seen_beside(fields, photo)),
            file_name: file.name.clone(),
            bytes,
        };
        let (store, files) = (self.app.store(), self.app.files());
        match self.app.photo_line().take((store, files), &self.may, self.app.now(), sent).await {
            Ok(picture) => taken(lang, &picture, &self.photos, matched),
            Err(why) => refused(lang, file.name, why),
        }
    }
}

/// One file's outcome for a script; else the page, which tells of every file where there is more to say than that all is well.
async fn answer(app: &App, page: Page, document: &Document, headers: &HeaderMap, outcomes: Vec<Outcome>) -> Result<Response, Fault> {
    let wants_json = headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    if wants_json {
        return Ok(json_of(&outcomes));
    }
    if !outcomes.is_empty() && outcomes.iter().all(|outcome| outcome.state.class == "done") {
        return Ok(page.redirect(&format!("{}?added={}", path_of_photos(document), outcomes.len())));
    }
    let none_chosen = outcomes.is_empty();
    let said = crate::lang::Said { what: page.lang.photo_none_chosen().to_owned(), advice: page.lang.photo_none_chosen_do().to_owned() };
    let status = if none_chosen { StatusCode::UNPROCESSABLE_ENTITY } else { worst(&outcomes) };
    let shown = Shown { problem: none_chosen.then_some(said), outcomes, ..Shown::default() };
    render_as(status, &keep_page(app, page, document, shown).await?)
}

/// The page that tells of several files has the status of the first that failed.
fn worst(outcomes: &[Outcome]) -> StatusCode {
    outcomes.iter().map(|outcome| outcome.status).find(|status| !status.is_success()).unwrap_or(StatusCode::OK)
}

fn json_of(outcomes: &[Outcome]) -> Response {
    let told: Vec<_> = outcomes
        .iter()
        .map(|outcome| {
            json!({
                "file": outcome.file_name,
                "state": outcome.state.class,
                "shape": outcome.state.shape,
                "word": outcome.state.word,
                "what": outcome.said.what,
                "advice": outcome.said.advice,
                "again": outcome.again,
            })
        })
        .collect();
    let kind = HeaderValue::from_static("application/json");
    (worst(outcomes), [(header::CONTENT_TYPE, kind)], json!({ "files": told }).to_string()).into_response()
}
