//! The pictures themselves. The address holds the hash of what was sent, so a browser need never ask again; whether a visitor may
//! see the picture is asked of the ledger each time.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use domain::document::Document;
use domain::id::Id;
use domain::photo::Picture;
use domain::problem::Problem;

use super::figure::file_name_of;
use crate::web::support::file::KeptFile;
use crate::web::support::login::Current;
use crate::web::{App, Fault};

/// `GET /pictures/{picture}/{file}`
pub async fn show_picture(
    State(app): State<App>,
    Path((picture, file)): Path<(i64, String)>,
    login: Current,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let picture: Picture = app.store().get(Id::new(picture)).await?;
    let document: Document = app.store().get(picture.document).await?;
    let is_public = picture.photo.is_some() && document.published_at.is_some();
    if !picture.stands() || !(is_public || login.actor().is_some()) {
        return Err(Problem::NotFound.into());
    }
    let mut widths = picture.widths.as_slice().iter().copied();
    let width = widths.find(|width| file_name_of(&picture, *width) == file).ok_or(Problem::NotFound)?;
    let name = picture.file_of(width);
    KeptFile { name: &name, media_type: "image/jpeg", is_public }.answer(app.files(), &method, &headers).await
}
