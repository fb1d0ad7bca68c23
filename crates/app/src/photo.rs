//! A picture on its way in: from the bytes that were sent to its files, and then to its row in the ledger. In this order, so that
//! a crash in between leaves files that nobody names (sending again names them) and never a row without its files.

use bytes::Bytes;
use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MayKeepPhotos;
use domain::photo::{Photo, Picture, PictureWidths, file_of};
use domain::problem::Problem;
use files::Files;
use photo::Prepared;
use sha2::{Digest, Sha256};
use store::Store;
use store::photo::NewPicture;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;

use crate::web::Fault;

/// How many photos are decoded at once: each may take half a gigabyte ([`photo::WORKING_BYTES_MAX`]) on a machine that has four.
const DECODED_AT_ONCE: usize = 1;
/// How many more may wait for that, each with its file of up to 20 MB in memory.
const WAITING_MAX: usize = 8;

/// The line in front of the decoder.
#[derive(Debug)]
pub struct PhotoLine {
    places: Semaphore,
    decoders: Semaphore,
}

impl Default for PhotoLine {
    fn default() -> Self {
        Self { places: Semaphore::new(DECODED_AT_ONCE + WAITING_MAX), decoders: Semaphore::new(DECODED_AT_ONCE) }
    }
}

/// Why a picture was not taken.
#[derive(Debug, Clone)]
pub enum NotTaken {
    /// Too many photos are being prepared already.
    Busy,
    /// Anything else: no photo, no room for its files, the ledger.
    Fault(Fault),
}

impl<F: Into<Fault>> From<F> for NotTaken {
    fn from(fault: F) -> Self {
        Self::Fault(fault.into())
    }
}

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct SentPicture {
    /// The paper.
    pub document: Id<Document>,
    /// The caption that it belongs to, where that is known.
    pub photo: Option<Id<Photo>>,
    /// The picture beside that caption that the sender saw and wants replaced.
    pub replaces: Option<Id<Picture>>,
    /// The name that it had.
    pub file_name: String,
    /// What is in it.
    pub bytes: Bytes,
}

impl PhotoLine {
    /// A place in the line; none where it is full, which is said at once rather than after minutes.
    pub fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.try_acquire().ok()
    }

    /// Every place of the line: for a test of what is said when it is full.
    pub fn all_places(&self) -> Vec<SemaphorePermit<'_>> {
        std::iter::from_fn(|| self.place()).collect()
    }

    /// Prepares a picture, keeps its files, and writes its row.
    pub async fn take(
        &self,
        (store, files): (&Store, &Files),
        may: &MayKeepPhotos,
        now: Moment,
        sent: SentPicture,
    ) -> Result<Picture, NotTaken> {
        let _place = self.place().ok_or(NotTaken::Busy)?;
        let _decoder = self.decoders.acquire().await.map_err(Fault::internal)?;
        let SentPicture { document, photo, replaces, file_name, bytes } = sent;
        let sha256 = sha256_of(bytes.clone()).await?;
        // Asked before the work: after a line that broke, people send the whole folder again. The write asks once more.
        let known = store.pictures_of(document).await?.into_iter().find(|known| known.sha256 == sha256);
        if let Some(known) = known {
            return Err(Problem::Taken { field: "photo", value: known.file_name }.into());
        }
        let prepared = prepared_from(bytes).await?;
        let (width, height) = (i64::from(prepared.width), i64::from(prepared.height));
        let widths = keep(files, &sha256, prepared).await?;
        let new = NewPicture { document, photo, replaces, file_name, sha256, width, height, widths };
        Ok(store.add_picture(may, now, new).await?)
    }
}

async fn sha256_of(bytes: Bytes) -> Result<String, NotTaken> {
    let digest = spawn_blocking(move || Sha256::digest(&bytes)).await.map_err(Fault::internal)?;
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn prepared_from(bytes: Bytes) -> Result<Prepared, NotTaken> {
    let prepared = spawn_blocking(move || photo::prepare(&bytes)).await.map_err(Fault::internal)?;
    Ok(prepared?)
}

/// Keeps every width, and gives them back.
async fn keep(files: &Files, sha256: &str, prepared: Prepared) -> Result<PictureWidths, NotTaken> {
    let mut widths = Vec::new();
    for rendition in prepared.renditions {
        let width = i64::from(rendition.width);
        files.put(&file_of(sha256, width), rendition.bytes.into()).await?;
        widths.push(width);
    }
    PictureWidths::new(widths).ok_or_else(|| Fault::internal("a photo without a rendition").into())
}
