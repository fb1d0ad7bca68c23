//! The whole text of a paper as an article shows it: headings, paragraphs whose figures open, and photos in their places.

use domain::document::Passage;
use domain::id::Id;
use domain::reading::Span;
use reader::BlockKind;

use crate::lang::Lang;
use crate::web::photo::PhotoBox;

/// A stretch longer than this may break over lines; a shorter one stays together like a number with its unit.
const TOGETHER_LETTERS_MAX: usize = 20;

/// A piece of a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub struct TextPiece {
    /// The words.
    pub words: String,
    /// The page of the sentence, for a figure that opens; empty for plain words.
    pub href: String,
    /// Whether the words stay on one line.
    pub together: bool,
}

/// A part of the text.
#[derive(Debug, PartialEq, Eq)]
pub enum BodyPart {
    /// A heading inside the paper.
    Heading(Vec<TextPiece>),
    /// Running text.
    Paragraph(Vec<TextPiece>),
    /// A photo.
    Photo(Box<PhotoBox>),
}

/// A figure or a count that opens.
pub struct Opening {
    /// Where its words stand.
    pub span: Span,
    /// The passage.
    pub passage: Id<Passage>,
}

/// The parts of a text in its order. Photos that the text does not place come last.
pub fn parts(lang: Lang, text: &str, mut unplaced: Vec<PhotoBox>, openings: &[Opening]) -> Vec<BodyPart> {
    let mut parts = Vec::new();
    for block in reader::blocks(text) {
        let words = block.span.of(text).unwrap_or_default();
        match block.kind {
            BlockKind::Heading { .. } => parts.push(BodyPart::Heading(pieces(lang, text, block.span, openings))),
            BlockKind::Paragraph { .. } | BlockKind::Signature => {
                parts.push(BodyPart::Paragraph(pieces(lang, text, block.span, openings)));
            }
            BlockKind::PhotoFile => {
                if let Some(at) = unplaced.iter().position(|photo| photo.file == words) {
                    parts.push(BodyPart::Photo(Box::new(unplaced.remove(at))));
                }
            }
            // The headline stands above, captions belong to their photos, and the rest is the frame around the text.
            _ => {}
        }
    }
    parts.extend(unplaced.into_iter().map(|photo| BodyPart::Photo(Box::new(photo))));
    parts
}

/// The pieces of one block. Openings do not nest: of two that overlap the first one wins.
fn pieces(lang: Lang, text: &str, block: Span, openings: &[Opening]) -> Vec<TextPiece> {
    let mut inside: Vec<&Opening> = openings.iter().filter(|opening| block.holds(opening.span)).collect();
    inside.sort_by_key(|opening| (opening.span.start, opening.span.end));
    let (mut pieces, mut at) = (Vec::new(), block.start);
    let plain = |from: usize, to: usize| TextPiece {
        words: text.get(from..to).unwrap_or_default().to_owned(),
        href: String::new(),
        together: false,
    };
    for opening in inside {
        let Some(words) = opening.span.of(text).filter(|_| opening.span.start >= at) else { continue };
        if opening.span.start > at {
            pieces.push(plain(at, opening.span.start));
        }
        let together = words.chars().count() <= TOGETHER_LETTERS_MAX;
        pieces.push(TextPiece { words: words.to_owned(), href: lang.href(&format!("/passages/{}", opening.passage)), together });
        at = opening.span.end;
    }
    if at < block.end {
        pieces.push(plain(at, block.end));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_stand_in_the_text_and_do_not_nest() {
        let text = "đạt 57%, vượt 7% mục tiêu";
        let opening = |words: &str, id: i64| {
            let start = text.find(words).unwrap_or_default();
            Opening { span: Span { start, end: start + words.len() }, passage: Id::new(id) }
        };
        let openings = [opening("vượt 7%", 2), opening("57%", 1), opening("7% mục", 3)];
        let pieces = pieces(Lang::Vi, text, Span { start: 0, end: text.len() }, &openings);
        let drawn: Vec<String> = pieces.iter().map(|piece| format!("{}<{}>", piece.words, piece.href)).collect();
        assert_eq!(drawn, ["đạt <>", "57%</passages/1>", ", <>", "vượt 7%</passages/2>", " mục tiêu<>"]);
    }

    #[test]
    fn photos_stand_where_the_text_has_them_and_captions_only_below() {
        let text = "Gỡ điểm nghẽn ở vùng cao\n\nSáng nay, đoàn công tác làm việc với huyện về kết quả thực hiện nghị quyết đại hội.\n\n\
                    LGO_1.JPG\nToàn cảnh buổi làm việc.\n\nĐoàn đi thăm các xã và nghe ý kiến của nhân dân.";
        let photo = |file: &str| PhotoBox {
            id: Id::new(1),
            file: file.to_owned(),
            caption: Vec::new(),
            speaker: None,
            figure: None,
            sentence_href: String::new(),
        };
        let photos = vec![photo("LGO_9.JPG"), photo("LGO_1.JPG")];
        let drawn: Vec<String> = parts(Lang::Vi, text, photos, &[])
            .into_iter()
            .map(|part| match part {
                BodyPart::Heading(_) => "heading".to_owned(),
                BodyPart::Paragraph(_) => "text".to_owned(),
                BodyPart::Photo(photo) => photo.file,
            })
            .collect();
        assert_eq!(drawn, ["text", "LGO_1.JPG", "text", "LGO_9.JPG"]);
    }
}
