//! The photos of a session: those of its papers.

use domain::document::Document;

use crate::web::photo::{PhotoBox, boxes_of, may_keep, path_of_photos};
use crate::web::source::paper_name;
use crate::web::{App, Fault, Page};

/// A paper whose captions may get their pictures here.
pub struct PhotosLink {
    /// The page where that is done.
    pub href: String,
    /// The paper.
    pub paper: String,
}

/// The photos of every paper with a picture, those without, and where an officer puts them.
pub async fn photos_of(app: &App, page: &Page, documents: &[Document]) -> Result<(Vec<PhotoBox>, Vec<PhotoBox>, Vec<PhotosLink>), Fault> {
    let (mut boxes, mut links) = (Vec::new(), Vec::new());
    for document in documents {
        let mut of_paper = boxes_of(app, page, document.id).await?;
        if !of_paper.is_empty() && may_keep(app, page.actor.as_ref(), document).await.is_ok() {
            links.push(PhotosLink { href: page.href(&path_of_photos(document)), paper: paper_name(page.lang, document) });
        }
        boxes.append(&mut of_paper);
    }
    let (photos, captions) = boxes.into_iter().partition(|photo| photo.figure.is_some());
    Ok((photos, captions, links))
}
