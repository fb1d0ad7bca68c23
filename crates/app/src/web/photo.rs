//! Photos of papers: where officers put pictures beside captions, the pictures themselves, and the gallery.

pub mod figure;
pub mod gallery;
pub mod keep;
mod outcome;
pub mod place;
pub mod send;
mod show;

use domain::account::Role;
use domain::code::Coded;
use domain::document::Document;
use domain::permission::{self, Actor, MayKeepPhotos};
use domain::problem::Problem;

pub use self::figure::{Figure, PhotoBox, boxes_of, thumb_of};
pub use self::gallery::show_gallery;
pub use self::keep::show_photos;
pub use self::place::{place_picture, withdraw_picture};
pub use self::send::send_photos;
pub use self::show::show_picture;
use super::authority::path_of;
use super::{App, Fault};

/// The proof that somebody may put pictures beside a paper's captions: an officer of the unit it is about, or above; while that is
/// not settled, an officer of any unit.
pub async fn may_keep(app: &App, actor: Option<&Actor>, document: &Document) -> Result<MayKeepPhotos, Fault> {
    let actor = actor.ok_or(Problem::Forbidden { role: Role::Officer.code(), unit: None })?;
    Ok(permission::may_keep_photos(actor, &path_of(app, document.unit, actor).await?)?)
}

/// The page on which a paper's pictures are kept.
pub fn path_of_photos(document: &Document) -> String {
    format!("/documents/{}/photos", document.id)
}
