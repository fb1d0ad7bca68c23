//! Photos of papers with the pictures beside them. A picture's files are kept before its row is written: a crash in between leaves
//! files that no row names, never a row without its files.

use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::{May as _, MayKeepPhotos};
use domain::person::Person;
use domain::photo::{Photo, Picture, PictureWidths};
use domain::problem::Problem;

use crate::ledger::Write;
use crate::record::Record as _;
use crate::task::Audience;
use crate::{Store, StoreError, values};

/// The longest file name that is kept: what file systems allow, in characters.
pub const FILE_NAME_CHARACTERS_MAX: usize = 255;
/// The longest reason for taking a picture back.
pub const WHY_CHARACTERS_MAX: usize = 500;

/// A picture whose files are kept already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPicture {
    /// The paper.
    pub document: Id<Document>,
    /// The caption that it belongs to, where that is known.
    pub photo: Option<Id<Photo>>,
    /// The picture beside that caption that the officer saw and that this one replaces.
    pub replaces: Option<Id<Picture>>,
    /// The name that the file had; cut where it is too long.
    pub file_name: String,
    /// SHA-256 of the upload's bytes, in hex.
    pub sha256: String,
    /// Pixels across.
    pub width: i64,
    /// Pixels down.
    pub height: i64,
    /// The widths that are kept.
    pub widths: PictureWidths,
}

impl Store {
    /// The photos of a document, in its order.
    pub async fn photos_of(&self, document: Id<Document>) -> Result<Vec<Photo>, StoreError> {
        self.find("WHERE document = $1 ORDER BY ordinal", &values![document]).await
    }

    /// The pictures of a document that stand, the oldest first: beside captions, and those that wait for one.
    pub async fn pictures_of(&self, document: Id<Document>) -> Result<Vec<Picture>, StoreError> {
        self.find("WHERE document = $1 AND withdrawn_at IS NULL ORDER BY id", &values![document]).await
    }

    /// Every picture that stands, of every document, the oldest first: what a backup must hold the files of.
    pub async fn pictures(&self) -> Result<Vec<Picture>, StoreError> {
        self.find("WHERE withdrawn_at IS NULL ORDER BY id", &[]).await
    }

    /// The pictures of a document that were taken back, the newest first.
    pub async fn withdrawn_pictures_of(&self, document: Id<Document>) -> Result<Vec<Picture>, StoreError> {
        self.find("WHERE document = $1 AND withdrawn_at IS NOT NULL ORDER BY withdrawn_at DESC, id DESC", &values![document]).await
    }

    /// The picture that stands for a document in a list: the first one that its text shows. Absent where none stands beside a caption.
    pub async fn first_picture_of(&self, document: Id<Document>) -> Result<Option<Picture>, StoreError> {
        let sql = format!(
            "SELECT {} FROM picture p JOIN photo f ON f.id = p.photo WHERE p.document = $1 AND p.withdrawn_at IS NULL \
             ORDER BY f.ordinal LIMIT 1",
            Picture::TABLE.columns_of("p"),
        );
        let rows = self.rows(&sql, &values![document]).await?;
        rows.first().map(Picture::from_row).transpose()
    }

    /// Photos of papers in which a person speaks, the newest paper first.
    pub async fn photos_of_person(&self, person: Id<Person>, audience: Audience) -> Result<Vec<Photo>, StoreError> {
        let said = format!(
            "WHERE id IN (SELECT photo FROM statement WHERE person = $1 AND photo IS NOT NULL) {} ORDER BY document DESC, ordinal",
            audience.sees()
        );
        self.find(&said, &values![person]).await
    }

    /// Adds a picture. It stands beside its caption, unless another one does that the officer did not see: then it waits, so that
    /// of two people who send a picture at once neither overwrites the other and nothing is lost. The same bytes are taken once.
    pub async fn add_picture(&self, may: &MayKeepPhotos, now: Moment, new: NewPicture) -> Result<Picture, StoreError> {
        let mut write = self.write(may, now).await?;
        let same = "WHERE document = $1 AND sha256 = $2 AND withdrawn_at IS NULL";
        if let Some(same) = write.find::<Picture>(same, &values![new.document, new.sha256]).await?.into_iter().next() {
            return Err(Problem::Taken { field: "photo", value: same.file_name }.into());
        }
        let photo = match new.photo {
            Some(photo) => free_caption(&mut write, may, now, &new, photo).await?,
            None => None,
        };
        let picture = Picture {
            id: write.new_id(),
            document: new.document,
            photo,
            file_name: new.file_name.chars().take(FILE_NAME_CHARACTERS_MAX).collect(),
            sha256: new.sha256,
            width: new.width,
            height: new.height,
            widths: new.widths,
            added_at: now,
            added_by: write.actor().to_owned(),
            withdrawn_at: None,
            withdrawn_by: None,
            withdrawn_why: None,
        };
        write.insert(&picture).await?;
        write.commit("picture.add", &format!("picture/{}", picture.id)).await?;
        Ok(picture)
    }

    /// Puts a picture beside a caption of its paper. `replaces` is the one that the officer saw there: if another one stands there
    /// by now, nothing is written.
    pub async fn place_picture(
        &self,
        may: &MayKeepPhotos,
        now: Moment,
        picture: Id<Picture>,
        photo: Id<Photo>,
        replaces: Option<Id<Picture>>,
    ) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = standing(&mut write, picture).await?;
        if write.get(photo).await?.document != old.document {
            return Err(Problem::NotAllowed { field: "photo", value: photo.to_string() }.into());
        }
        if old.photo == Some(photo) {
            return Err(Problem::Unchanged { field: "photo" }.into());
        }
        let there = beside(&mut write, photo).await?;
        if there.as_ref().map(|there| there.id) != replaces {
            return Err(Problem::Stale { by: there.map(|there| there.added_by).unwrap_or_default() }.into());
        }
        if let Some(there) = there {
            write.update(&there, &withdrawn(&there, may, now, None)).await?;
        }
        write.update(&old, &Picture { photo: Some(photo), ..old.clone() }).await?;
        write.commit("picture.place", &format!("picture/{picture}")).await?;
        Ok(())
    }

    /// Takes a picture back: pages no longer show it; who, when and why stay.
    pub async fn withdraw_picture(
        &self,
        may: &MayKeepPhotos,
        now: Moment,
        picture: Id<Picture>,
        why: Option<String>,
    ) -> Result<(), StoreError> {
        if why.as_ref().is_some_and(|why| why.chars().count() > WHY_CHARACTERS_MAX) {
            return Err(Problem::TooLong { field: "why", characters_max: WHY_CHARACTERS_MAX }.into());
        }
        let mut write = self.write(may, now).await?;
        let old = standing(&mut write, picture).await?;
        write.update(&old, &withdrawn(&old, may, now, why)).await?;
        write.commit("picture.withdraw", &format!("picture/{picture}")).await?;
        Ok(())
    }
}

/// The caption, if the new picture may stand there: what the officer saw there is withdrawn; of anything else the way is left to
/// whoever came first.
async fn free_caption(
    write: &mut Write,
    may: &MayKeepPhotos,
    now: Moment,
    new: &NewPicture,
    photo: Id<Photo>,
) -> Result<Option<Id<Photo>>, StoreError> {
    if write.get(photo).await?.document != new.document {
        return Err(Problem::NotAllowed { field: "photo", value: photo.to_string() }.into());
    }
    let Some(there) = beside(write, photo).await? else { return Ok(Some(photo)) };
    if Some(there.id) != new.replaces {
        return Ok(None);
    }
    write.update(&there, &withdrawn(&there, may, now, None)).await?;
    Ok(Some(photo))
}

/// The picture that stands beside a caption.
async fn beside(write: &mut Write, photo: Id<Photo>) -> Result<Option<Picture>, StoreError> {
    Ok(write.find::<Picture>("WHERE photo = $1 AND withdrawn_at IS NULL", &values![photo]).await?.into_iter().next())
}

/// The picture, as long as nobody took it back.
async fn standing(write: &mut Write, picture: Id<Picture>) -> Result<Picture, StoreError> {
    let picture = write.get(picture).await?;
    if picture.stands() { Ok(picture) } else { Err(Problem::Stale { by: String::new() }.into()) }
}

fn withdrawn(picture: &Picture, may: &MayKeepPhotos, now: Moment, why: Option<String>) -> Picture {
    Picture { withdrawn_at: Some(now), withdrawn_by: may.proof().account(), withdrawn_why: why, ..picture.clone() }
}
