//! A photo as pages print it: the picture in the width that fits, the caption with the people in it linked.

use domain::document::Document;
use domain::id::Id;
use domain::person::Person;
use domain::photo::{Photo, Picture};

use crate::web::{App, Fault, Page};

/// Digits of the hash in a picture's address: enough that no browser mixes up two pictures.
const HASH_DIGITS: usize = 16;
/// Pixels across of the picture that browsers without `srcset` load.
const PLAIN_WIDTH: i64 = 960;
/// Pixels across of a picture in a list, twice what it takes on the page.
const THUMB_WIDTH: i64 = 208;

/// A picture that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its page in the gallery.
    pub href: String,
    /// The address for browsers that do not choose.
    pub src: String,
    /// Every width with its address.
    pub srcset: String,
    /// Pixels across of the greatest width.
    pub width: i64,
    /// Pixels down of it.
    pub height: i64,
    /// What it shows, for who does not see it.
    pub alt: String,
}

/// A piece of a caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptionPiece {
    /// The words.
    pub words: String,
    /// The person's page; empty for plain words.
    pub href: String,
}

/// A photo of a paper: its caption, and its picture where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoBox {
    /// The photo.
    pub id: Id<Photo>,
    /// The file's name as printed.
    pub file: String,
    /// The caption, with the people in it linked; empty where the paper prints none.
    pub caption: Vec<CaptionPiece>,
    /// Who speaks in the picture, where the caption does not say.
    pub speaker: Option<CaptionPiece>,
    /// The picture.
    pub figure: Option<Figure>,
    /// The sentence in the paper.
    pub sentence_href: String,
}

impl Figure {
    /// A picture beside its caption.
    pub fn of(page: &Page, photo: &Photo, picture: &Picture) -> Self {
        let href = page.href(&format!("/photos/{}", photo.id));
        let alt = if photo.caption.is_empty() { photo.file.clone() } else { photo.caption.clone() };
        Self { href, alt, ..plain(picture) }
    }
}

/// A picture without a caption: it leads nowhere and is named after its file.
pub fn plain(picture: &Picture) -> Figure {
    let widths = picture.widths.as_slice();
    let width = widths.last().copied().unwrap_or(picture.width);
    let set: Vec<String> = widths.iter().map(|width| format!("{} {width}w", address_of(picture, *width))).collect();
    Figure {
        href: String::new(),
        src: address_of(picture, picture.widths.at_least(PLAIN_WIDTH)),
        srcset: set.join(", "),
        width,
        height: picture.height_at(width),
        alt: picture.file_name.clone(),
    }
}

/// The address of one width. The hash in it makes it last: other bytes have another address.
pub fn address_of(picture: &Picture, width: i64) -> String {
    format!("/pictures/{}/{}", picture.id, file_name_of(picture, width))
}

/// The last part of that address.
pub(super) fn file_name_of(picture: &Picture, width: i64) -> String {
    format!("{}-{width}.jpg", picture.sha256.get(..HASH_DIGITS).unwrap_or(&picture.sha256))
}

/// The photos of a paper in its order.
pub async fn boxes_of(app: &App, page: &Page, document: Id<Document>) -> Result<Vec<PhotoBox>, Fault> {
    let photos = app.store().photos_of(document).await?;
    if photos.is_empty() {
        return Ok(Vec::new());
    }
    let (pictures, named) = (app.store().pictures_of(document).await?, Named::of(app, page, document).await?);
    Ok(photos.iter().map(|photo| box_of(page, photo, &pictures, &named)).collect())
}

fn box_of(page: &Page, photo: &Photo, pictures: &[Picture], named: &Named) -> PhotoBox {
    let picture = pictures.iter().find(|picture| picture.photo == Some(photo.id));
    let caption = linked(&photo.caption, &named.people);
    let speaker = named.speakers.iter().find(|(at, _)| *at == photo.id).map(|(_, speaker)| speaker);
    let speaker = speaker.filter(|speaker| caption.iter().all(|piece| piece.href != speaker.href)).cloned();
    PhotoBox {
        id: photo.id,
        file: photo.file.clone(),
        caption,
        speaker,
        figure: picture.map(|picture| Figure::of(page, photo, picture)),
        sentence_href: page.href(&format!("/passages/{}", photo.passage)),
    }
}

/// The picture that stands for a paper in a list: its smallest width, for who sees it beside its title.
pub async fn thumb_of(app: &App, document: Id<Document>) -> Result<Option<Figure>, Fault> {
    let picture = app.store().first_picture_of(document).await?;
    Ok(picture.map(|picture| Figure { src: address_of(&picture, picture.widths.at_least(THUMB_WIDTH)), ..plain(&picture) }))
}

/// Whom a paper names, as far as the ledger knows them.
struct Named {
    /// Every person with the page; two of one name are left out, since a caption does not say which.
    people: Vec<CaptionPiece>,
    /// Who speaks in which photo.
    speakers: Vec<(Id<Photo>, CaptionPiece)>,
}

impl Named {
    async fn of(app: &App, page: &Page, document: Id<Document>) -> Result<Self, Fault> {
        let piece = |person: &Person| CaptionPiece { words: person.name.clone(), href: page.href(&format!("/people/{}", person.id)) };
        let mut people: Vec<CaptionPiece> =
            app.store().people_of_document(document).await?.iter().map(|(_, person)| piece(person)).collect();
        let mut speakers = Vec::new();
        for statement in app.store().statements_of_document(document).await? {
            let Some(person) = statement.person else { continue };
            let speaker = piece(&app.store().get(person).await?);
            speakers.extend(statement.photo.map(|photo| (photo, speaker.clone())));
            people.push(speaker);
        }
        people.sort_by(|one, other| (&one.words, &one.href).cmp(&(&other.words, &other.href)));
        people.dedup();
        let names: Vec<String> = people.iter().map(|person| person.words.clone()).collect();
        people.retain(|person| names.iter().filter(|name| **name == person.words).count() == 1);
        Ok(Self { people, speakers })
    }
}

/// The caption cut at the names in it. Of two names at one place the longer one wins; a name inside a word is none.
fn linked(caption: &str, people: &[CaptionPiece]) -> Vec<CaptionPiece> {
    let (mut pieces, mut rest) = (Vec::new(), caption);
    let plain = |words: &str, pieces: &mut Vec<CaptionPiece>| {
        if !words.is_empty() {
            pieces.push(CaptionPiece { words: words.to_owned(), href: String::new() });
        }
    };
    while let Some((at, person)) = first_name(rest, people) {
        plain(&rest[..at], &mut pieces);
        pieces.push(person.clone());
        rest = &rest[at + person.words.len()..];
    }
    plain(rest, &mut pieces);
    pieces
}

fn first_name<'a>(text: &str, people: &'a [CaptionPiece]) -> Option<(usize, &'a CaptionPiece)> {
    let hits = people.iter().filter_map(|person| Some((whole_word(text, &person.words)?, person)));
    hits.min_by_key(|(at, person)| (*at, std::cmp::Reverse(person.words.len())))
}

/// Where a name stands first as words of its own.
fn whole_word(text: &str, name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let whole = |at: &usize| !is_part(text[..*at].chars().next_back()) && !is_part(text[at + name.len()..].chars().next());
    text.match_indices(name).map(|(at, _)| at).find(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(caption: &str, names: &[&str]) -> String {
        let people: Vec<CaptionPiece> =
            names.iter().map(|name| CaptionPiece { words: (*name).to_owned(), href: format!("/{}", name.len()) }).collect();
        let draw = |piece: &CaptionPiece| if piece.href.is_empty() { piece.words.clone() } else { format!("[{}]", piece.words) };
        linked(caption, &people).iter().map(draw).collect()
    }

    #[test]
    fn people_in_a_caption_are_linked() {
        for (caption, names, expected) in [
            ("Bí thư Hà Minh Sơn kết luận.", &["Hà Minh Sơn"][..], "Bí thư [Hà Minh Sơn] kết luận."),
            ("Hà Minh Sơn và Lù A Páo", &["Lù A Páo", "Hà Minh Sơn"], "[Hà Minh Sơn] và [Lù A Páo]"),
            ("Đồng chí Hà Minh Sơn An nói.", &["Hà Minh Sơn", "Hà Minh Sơn An"], "Đồng chí [Hà Minh Sơn An] nói."),
            ("Xã Minh Sơnla", &["Minh Sơn"], "Xã Minh Sơnla"),
            ("Lù A Páo, Lù A Páo", &["Lù A Páo"], "[Lù A Páo], [Lù A Páo]"),
            ("Toàn cảnh", &[], "Toàn cảnh"),
            ("", &["A"], ""),
        ] {
            assert_eq!(drawn(caption, names), expected);
        }
    }
}
