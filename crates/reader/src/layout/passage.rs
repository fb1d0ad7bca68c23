//! Sorts the lines of running text: photo files with captions, headings, paragraphs, rules and page numbers.

use domain::reading::Span;

use super::line::Line;
use super::marker::{Style, marker};
use super::{Block, BlockKind};

/// A heading without a marker is at most this long; longer lines without a full stop are careless paragraphs.
const HEADING_BYTES_MAX: usize = 220;
/// A numbered heading may be a whole subject ("1. Thẩm định kết quả …").
const NUMBERED_HEADING_BYTES_MAX: usize = 320;
/// A caption that stands apart from its file name by an empty line is only believed when it is short.
const APART_CAPTION_BYTES_MAX: usize = 260;
/// A credit below a caption: "Ảnh: Minh Trang".
const CREDIT_BYTES_MAX: usize = 90;

/// Blocks of running text, in order.
pub fn sort(lines: &[Line<'_>]) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(lines.len());
    let mut at = 0;
    let mut previous_item: Option<Style> = None;
    while let Some(line) = lines.get(at) {
        if let Some((file, len)) = line.photo_file() {
            at = push_photo(&mut blocks, lines, at, file, len);
            previous_item = None;
            continue;
        }
        let (kind, words, style) = sort_line(lines, at, previous_item);
        previous_item = style;
        blocks.push(Block { span: line.span(), kind, words });
        at += 1;
    }
    blocks
}

/// The kind of one line, where its words begin, and the style of its marker where it is an item and no heading.
fn sort_line(lines: &[Line<'_>], at: usize, previous_item: Option<Style>) -> (BlockKind, usize, Option<Style>) {
    let Some(line) = lines.get(at) else { return (BlockKind::Chrome, 0, None) };
    let mark = marker(line.text);
    let words = line.start + mark.map_or(0, |mark| mark.len);
    if line.is_rule() || is_page_number(line.text) {
        return (BlockKind::Chrome, words, None);
    }
    if is_credit(line) || ends_with_credit(line) || (mark.is_none() && shows_a_scene(line)) {
        return (BlockKind::Caption, words, None);
    }
    if let Some(level) = heading_level(lines, at, previous_item) {
        return (BlockKind::Heading { level }, words, None);
    }
    (BlockKind::Paragraph { item: mark.is_some() }, words, mark.map(|mark| mark.style))
}

/// The level of the heading that the line is, if it is one.
fn heading_level(lines: &[Line<'_>], at: usize, previous_item: Option<Style>) -> Option<u8> {
    let line = lines.get(at)?;
    if line.text.starts_with("Kính gửi") {
        return None;
    }
    if line.is_upper() && line.text.chars().filter(|c| c.is_alphabetic()).count() > 3 {
        let level = marker(line.text).map_or(1, |mark| mark.style.level());
        return (!line.text.ends_with([';', ',', '.']) && line.text.len() <= NUMBERED_HEADING_BYTES_MAX).then_some(level);
    }
    let open_end = !line.ends_sentence() || line.text.ends_with(['?', '!']);
    match marker(line.text) {
        Some(mark) if mark.style == Style::Bullet => None,
        Some(mark) => {
            // Careless lists leave out the full stop; a heading is told from an item by what stands below it.
            let next_is_alike = lines.get(at + 1).and_then(|next| marker(next.text)).is_some_and(|next| next.style == mark.style);
            let sibling = matches!(mark.style, Style::Letter | Style::Number(_)) && (previous_item == Some(mark.style) || next_is_alike);
            (open_end && !sibling && line.text.len() <= NUMBERED_HEADING_BYTES_MAX && lines.len() > at + 1).then(|| mark.style.level())
        }
        None => {
            let begins = line.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '\''));
            (open_end && begins && line.text.len() <= HEADING_BYTES_MAX && lines.len() > at + 1).then_some(1)
        }
    }
}

/// The file name, the caption below it and a credit below that.
fn push_photo(blocks: &mut Vec<Block>, lines: &[Line<'_>], at: usize, file: &str, len: usize) -> usize {
    let Some(line) = lines.get(at) else { return at + 1 };
    let offset = line.text.find(file).unwrap_or(0);
    let start = line.start + offset;
    blocks.push(Block { span: Span { start, end: start + file.len() }, kind: BlockKind::PhotoFile, words: start });
    let tail = line.text.get(len..).unwrap_or("").trim_start_matches([' ', ':', '-', '–', '\t', '|']);
    let (mut span, mut next) = if tail.is_empty() {
        let Some(caption) = lines.get(at + 1).filter(|caption| is_caption(caption)) else { return at + 1 };
        (caption.span(), at + 2)
    } else {
        (Span { start: line.start + line.text.len() - tail.len(), end: line.start + line.text.len() }, at + 1)
    };
    if let Some(credit) = lines.get(next).filter(|credit| is_credit(credit) && !credit.after_gap) {
        span.end = credit.span().end;
        next += 1;
    }
    blocks.push(Block { span, kind: BlockKind::Caption, words: span.start });
    next
}

fn is_caption(line: &Line<'_>) -> bool {
    let near = !line.after_gap && line.text.len() <= 700;
    (near || line.text.len() <= APART_CAPTION_BYTES_MAX) && line.photo_file().is_none() && !line.is_rule() && marker(line.text).is_none()
}

/// "Ảnh: Minh Trang", "(Ảnh: TTXVN)": on its own line it belongs to a caption. A "Tin, ảnh:" line is a byline.
fn is_credit(line: &Line<'_>) -> bool {
    line.text.len() <= CREDIT_BYTES_MAX && {
        let key = line.key();
        let key = key.trim_start_matches(['(', '[', '"']);
        key.starts_with("anh: ") || key.starts_with("anh - ") || key.starts_with("photo: ") || key.starts_with("anh minh hoa")
    }
}

/// A short line that closes with a credit is a caption, although no file name stands above it.
fn ends_with_credit(line: &Line<'_>) -> bool {
    line.text.len() <= 360
        && ["Ảnh: ", "ảnh: "].iter().any(|word| line.text.rfind(word).is_some_and(|i| line.text.len() - i <= 60 && i > 0))
        && !line.key().starts_with("tin")
        && !line.key().starts_with("bai")
}

/// "Quang cảnh buổi làm việc", "Đồng chí … phát biểu tại hội nghị": what stands under a photo whose file is not printed.
fn shows_a_scene(line: &Line<'_>) -> bool {
    if line.text.len() > 200 || line.text.ends_with([':', ';', ',']) {
        return false;
    }
    let key = line.key();
    let scene =
        ["quang canh", "toan canh", "cac dai bieu du", "dai bieu du", "cac dai bieu tham du"].iter().any(|word| key.starts_with(word));
    let person = [
        "dong chi ",
        "cac dong chi ",
        "ong ",
        "ba ",
        "bi thu ",
        "chu tich ",
        "pho ",
        "lanh dao ",
        "giam doc ",
        "bo truong ",
        "thu tuong ",
        "dai bieu ",
    ];
    let acts = ["phat bieu", "trao doi", "trinh bay", "bao cao", "chu tri", "ket luan", "trao qua", "tang qua", "tang hoa", "kiem tra"];
    let at =
        [" tai buoi", " tai hoi nghi", " tai cuoc", " tai phien", " tai diem cau", " tai le", " tai ky hop", " buoi lam viec", " hoi nghi"];
    let shown = person.iter().any(|word| key.starts_with(word))
        && acts.iter().any(|word| key.contains(word))
        && at.iter().any(|word| key.contains(word));
    (scene && line.text.len() <= 130) || (shown && !line.ends_sentence())
}

fn is_page_number(text: &str) -> bool {
    let inner = text.trim_matches(['-', '–', ' ', '|']);
    !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|byte| byte.is_ascii_digit())
}
