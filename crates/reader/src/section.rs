//! Gathers blocks into sections and photos.

use domain::reading::{PhotoDraft, Section, Span};

use crate::layout::{BlockKind, Layout};

/// Headings with their paragraphs, and photo files with their captions.
pub fn gather(text: &str, layout: &Layout) -> (Vec<Section>, Vec<PhotoDraft>) {
    let words = |span: Span| span.of(text).unwrap_or("").to_owned();
    let (mut sections, mut photos) = (Vec::new(), Vec::<PhotoDraft>::new());
    let mut open = Section::default();
    let mut waits_for_caption = false;
    for block in &layout.blocks {
        match block.kind {
            BlockKind::Heading { .. } => {
                if open != Section::default() {
                    sections.push(std::mem::take(&mut open));
                }
                open.heading = Some(words(block.span));
            }
            BlockKind::Paragraph { .. } => open.paragraphs.push(words(block.span)),
            BlockKind::PhotoFile => photos.push(PhotoDraft { file: words(block.span), caption: String::new(), span: block.span }),
            BlockKind::Caption if waits_for_caption => {
                if let Some(photo) = photos.last_mut() {
                    photo.caption = words(block.span).split_whitespace().collect::<Vec<_>>().join(" ");
                    photo.span = block.span;
                }
            }
            _ => {}
        }
        waits_for_caption = block.kind == BlockKind::PhotoFile;
    }
    if open != Section::default() {
        sections.push(open);
    }
    (sections, photos)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lay_out;

    fn read(text: &str) -> (Vec<Section>, Vec<PhotoDraft>) {
        gather(text, &lay_out(text, None))
    }

    #[test]
    fn a_caption_belongs_to_the_file_above_it() {
        let (sections, photos) = read(
            "Lam Giang gặp mặt\n\nSáng 3/5, tại huyện Nậm Tè, đoàn công tác của tỉnh đã thăm bà con vùng lũ và tặng quà cho các hộ dân.\n\nA 1.JPG\nĐoàn thăm thôn.\nẢnh: Hà An\nB.png\nBà con dựng nhà (Ảnh: Hà An)\n\nBà con đã dựng lại nhà ở và bắt đầu gieo cấy vụ mới trên các chân ruộng vừa được khôi phục sau lũ.\n",
        );
        let got: Vec<_> = photos.iter().map(|photo| (photo.file.as_str(), photo.caption.as_str())).collect();
        assert_eq!(got, [("A 1.JPG", "Đoàn thăm thôn. Ảnh: Hà An"), ("B.png", "Bà con dựng nhà (Ảnh: Hà An)")]);
        assert_eq!(sections.len(), 1);
        assert_eq!(sections[0].paragraphs.len(), 2);
    }
}
