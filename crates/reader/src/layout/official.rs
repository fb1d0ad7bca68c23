//! The frame of an official paper: letterhead, type line and abstract, recipients and signature (Decree 30/2020/NĐ-CP
//! for the state's papers, Guidance 36-HD/VPTW for the Party's).

use domain::reading::{PaperKind, Span};
use jiff::civil::Date;

use super::line::Line;
use super::{Block, BlockKind, Layout, passage};
use crate::date::{When, find_dates};

/// Letterhead, type line and abstract stand within this many lines of the top.
const HEAD_LINES_MAX: usize = 40;

/// Folded names of the types that stand alone above an abstract; longer names first.
const TYPES: [&str; 22] = [
    "thong bao ket luan",
    "thong bao",
    "bao cao",
    "bien ban",
    "nghi quyet",
    "quyet dinh",
    "ke hoach",
    "chi thi",
    "ket luan",
    "to trinh",
    "cong dien",
    "chuong trinh",
    "huong dan",
    "quy dinh",
    "quy che",
    "de an",
    "thong tu",
    "nghi dinh",
    "phuong an",
    "giay moi",
    "thong tri",
    "cong van",
];

/// Folded beginnings of the line that says for whom someone signs.
const SIGNING_FOR: [&str; 16] =
    ["t/m ", "tm. ", "tm.", "tm ", "t.m ", "kt. ", "kt.", "k/t ", "kt ", "t/l ", "tl. ", "tl.", "tl ", "tuq. ", "tuq.", "q. "];

/// Where the frame's head ends and what was recognised in it.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The type line.
    title: Option<usize>,
    /// The "V/v" line of a letter.
    subject: Option<usize>,
    /// The first line behind letterhead and title block.
    body: usize,
}

/// The frame, if the paper has one; without one it is a page of news.
pub fn find_frame(lines: &[Line<'_>]) -> Option<Frame> {
    let head: Vec<String> = lines.iter().take(HEAD_LINES_MAX).map(Line::key).collect();
    let national = head.iter().any(|key| key.contains("cong hoa xa hoi chu nghia viet nam") || key.contains("dang cong san viet nam"));
    let symbol = head.iter().take(15).any(|key| is_symbol_line(key));
    let upper_first = lines.first().is_some_and(Line::is_upper);
    let title = (0..head.len()).find(|&i| is_type_line(&lines[i], &head[i], national || (symbol && upper_first)));
    let alone = title.is_some_and(|i| TYPES.contains(&head[i].trim_end_matches([':', ' '])));
    if !(national && (lines.iter().take(HEAD_LINES_MAX).any(|line| line.is_upper())) || alone || (symbol && upper_first)) {
        return None;
    }
    let subject = head.iter().position(|key| is_subject(key)).filter(|&i| title.is_none_or(|title| i < title));
    let body = match title {
        Some(title) => body_after_title(lines, title),
        None => body_of_letter(lines, &head),
    };
    Some(Frame { title, subject: if title.is_some() { None } else { subject }, body })
}

/// The blocks of a paper with such a frame.
pub fn lay_out(lines: &[Line<'_>], frame: Frame) -> Layout {
    let mut blocks = Vec::with_capacity(lines.len());
    let head: Vec<Line<'_>> = lines.iter().take(frame.body).flat_map(Line::cells).collect();
    let headline = push_head(&mut blocks, lines, &head, frame);
    let foot = find_foot(lines, frame.body);
    blocks.extend(passage::sort(lines.get(frame.body..foot).unwrap_or_default()));
    push_foot(&mut blocks, lines.get(foot..).unwrap_or_default());
    let kind = kind_of(lines, frame, headline.as_deref().unwrap_or(""));
    Layout { blocks, kind, headline, published_on: place_and_day(&head), ..Layout::default() }
}

fn is_symbol_line(key: &str) -> bool {
    key.strip_prefix("so").is_some_and(|rest| {
        let rest = rest.trim_start_matches([':', ' ', '.']);
        (rest.contains('/') || rest.contains('-'))
            && rest.len() <= 60
            && (rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with(['/', '-', '.', '…']))
    })
}

fn is_type_line(line: &Line<'_>, key: &str, framed: bool) -> bool {
    let key = key.trim_end_matches([':', ' ']);
    line.is_upper()
        && (TYPES.contains(&key) || (framed && TYPES.iter().any(|name| key.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')))))
}

fn is_subject(key: &str) -> bool {
    ["v/v", "vv ", "ve viec ", "(v/v"].iter().any(|word| key.starts_with(word))
}

/// Behind the abstract, the lines in brackets and the names in capitals that belong to the title block.
fn body_after_title(lines: &[Line<'_>], title: usize) -> usize {
    let mut at = abstract_end(lines, title);
    while let Some(line) = lines.get(at) {
        let bracketed = line.text.starts_with('(') && line.text.ends_with(')');
        let issuer = line.is_upper() && !is_formula(&line.key()) && super::marker::marker(line.text).is_none() && at <= title + 8;
        if !(line.is_rule() || bracketed || issuer) {
            break;
        }
        at += 1;
    }
    at
}

/// "QUYẾT NGHỊ:", "QUYẾT ĐỊNH:" in the middle of a paper are headings, not its issuer.
fn is_formula(key: &str) -> bool {
    matches!(key.trim_end_matches([':', ' ', '.']), "quyet nghi" | "quyet dinh" | "nghi quyet" | "ket luan" | "thong bao" | "chi thi")
}

/// The line behind the abstract, which begins on the line below the type and goes on while lines stand together.
fn abstract_end(lines: &[Line<'_>], title: usize) -> usize {
    let mut at = title + 1;
    while let Some(line) = lines.get(at).filter(|_| at <= title + 8) {
        let first = at == title + 1;
        let goes_on = !line.after_gap || line.text.starts_with(char::is_lowercase);
        let ends = line.is_rule() || line.text.starts_with('(') || line.is_prose() || super::marker::marker(line.text).is_some();
        if ends && !(first && !line.is_rule() && !line.text.starts_with('(') && !line.is_prose())
            || !(first || goes_on)
            || line.key().starts_with("kinh gui")
        {
            break;
        }
        if !first && line.is_upper() != lines.get(at - 1).is_some_and(Line::is_upper) {
            break;
        }
        at += 1;
        if line.text.ends_with('.') {
            break;
        }
    }
    at
}

/// A letter has no type line: its head goes to "Kính gửi" or to the last line that only a letterhead has.
fn body_of_letter(lines: &[Line<'_>], head: &[String]) -> usize {
    if let Some(to) = head.iter().position(|key| key.starts_with("kinh gui")) {
        return to;
    }
    let mark = |i: &usize| {
        let key = &head[*i];
        key.contains("cong hoa xa hoi")
            || key.contains("dang cong san")
            || key.contains("doc lap - tu do")
            || is_symbol_line(key)
            || is_subject(key)
            || (key.contains("ngay") && key.contains("thang") && key.contains("nam") && key.len() < 70 && !lines[*i].ends_sentence())
    };
    let last = (0..head.len().min(25)).rev().find(mark).map_or(0, |i| i + 1);
    let rules = lines.get(last..).unwrap_or_default().iter().take_while(|line| line.is_rule()).count();
    last + rules
}

/// Letterhead cells, and the headline as one block.
fn push_head(blocks: &mut Vec<Block>, lines: &[Line<'_>], cells: &[Line<'_>], frame: Frame) -> Option<String> {
    let headline = match (frame.title, frame.subject) {
        (Some(title), _) => Some((title, abstract_end(lines, title))),
        (None, Some(subject)) => Some((subject, subject_end(lines, subject, frame.body))),
        _ => None,
    };
    let span = headline.and_then(|(from, to)| {
        let subject_cell = cells.iter().find(|cell| frame.title.is_none() && is_subject(&cell.key()));
        let start = subject_cell.map_or(lines.get(from)?.start, |cell| cell.start);
        let end = match subject_cell {
            Some(cell) if to == from + 1 => cell.span().end,
            _ => lines.get(to.checked_sub(1)?)?.span().end,
        };
        Some(Span { start, end })
    });
    let mut pushed = false;
    for cell in cells {
        match span {
            Some(span) if span.holds(cell.span()) => {
                if !pushed {
                    blocks.push(Block { span, kind: BlockKind::Headline, words: span.start });
                    pushed = true;
                }
            }
            _ => blocks.push(Block { span: cell.span(), kind: BlockKind::Letterhead, words: cell.start }),
        }
    }
    let (from, to) = headline?;
    let words = match cells.iter().find(|cell| frame.title.is_none() && is_subject(&cell.key())) {
        Some(cell) if to == from + 1 => cell.text.to_owned(),
        _ => lines.get(from..to)?.iter().map(|line| line.text).collect::<Vec<_>>().join(" "),
    };
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The subject of a letter goes on over lines that stand close and are not of the other column.
fn subject_end(lines: &[Line<'_>], subject: usize, body: usize) -> usize {
    let mut at = subject + 1;
    while lines.get(at).is_some_and(|line| {
        at < body && !line.after_gap && !line.is_upper() && !line.is_rule() && !is_day_line(line) && line.cells().len() == 1
    }) {
        at += 1;
    }
    at
}

fn is_day_line(line: &Line<'_>) -> bool {
    let key = line.key();
    key.contains("ngay") && key.contains("thang") && key.len() < 90
}

/// The day of the place-and-date line.
fn place_and_day(cells: &[Line<'_>]) -> Option<Date> {
    cells.iter().filter(|cell| is_day_line(cell)).find_map(|cell| {
        let span = Span { start: 0, end: cell.text.len() };
        find_dates(cell.text, span).iter().find_map(|dated| match dated.when {
            When::Day { .. } => dated.when.first(None),
            _ => None,
        })
    })
}

/// The first line of recipients or signature; the end of the paper where there is neither.
fn find_foot(lines: &[Line<'_>], body: usize) -> usize {
    (body..lines.len()).find(|&at| starts_foot(lines, at)).unwrap_or(lines.len())
}

fn starts_foot(lines: &[Line<'_>], at: usize) -> bool {
    let Some(line) = lines.get(at).filter(|line| line.text.len() <= 160) else { return false };
    if !line.text.starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    let key = line.key();
    if key.starts_with("noi nhan") {
        return true;
    }
    let first = line.cells().first().copied().unwrap_or(*line);
    if !first.is_upper() {
        return false;
    }
    if SIGNING_FOR.iter().any(|word| key.starts_with(word)) {
        return true;
    }
    is_signers_title(&key) && followed_by_name(lines, at)
}

/// A title of one who signs, in capitals on a line of its own.
fn is_signers_title(key: &str) -> bool {
    const TITLES: [&str; 24] = [
        "chu tich",
        "pho chu tich",
        "bi thu",
        "pho bi thu",
        "chanh van phong",
        "pho chanh van phong",
        "giam doc",
        "pho giam doc",
        "bo truong",
        "thu truong",
        "thu ky",
        "chu tri",
        "chu toa",
        "truong",
        "pho truong",
        "chu nhiem",
        "pho chu nhiem",
        "thu tuong",
        "pho thu tuong",
        "doan chu tich",
        "tong bi thu",
        "nguoi ",
        "cuc truong",
        "dai dien",
    ];
    TITLES.iter().any(|title| key.starts_with(title))
}

/// Within a few lines a name stands alone, and until then nothing that is running text.
fn followed_by_name(lines: &[Line<'_>], at: usize) -> bool {
    for line in lines.iter().skip(at + 1).take(6) {
        let signed = line.text.starts_with(['(', '[']);
        if line.is_name_like() && !line.is_upper() || (line.cells().len() > 1 && line.cells().iter().all(|cell| cell.is_name_like())) {
            return true;
        }
        if !(line.is_upper() || signed || line.is_rule()) {
            return false;
        }
    }
    false
}

/// Recipients and signature, cell by cell; an annex behind them is running text again.
fn push_foot(blocks: &mut Vec<Block>, lines: &[Line<'_>]) {
    let mut kind = BlockKind::Signature;
    for (at, line) in lines.iter().enumerate() {
        let annex = line.is_upper() && ["phu luc", "bieu ", "danh muc", "danh sach"].iter().any(|word| line.key().starts_with(word));
        if annex || (line.is_prose() && super::marker::marker(line.text).is_none()) {
            blocks.extend(passage::sort(lines.get(at..).unwrap_or_default()));
            return;
        }
        for cell in line.cells() {
            let listed = super::marker::marker(cell.text).is_some();
            let name = cell.is_name_like() && (cell.after_gap || cell.start > line.start) && !listed;
            if cell.key().starts_with("noi nhan") {
                kind = BlockKind::Recipients;
            } else if cell.is_upper() && !listed || name {
                kind = BlockKind::Signature;
            } else if listed && cell.text.starts_with(['-', '+', '–', '•']) {
                kind = BlockKind::Recipients;
            }
            let kind = if cell.is_rule() { BlockKind::Chrome } else { kind };
            let words = cell.start + super::marker::marker(cell.text).map_or(0, |mark| mark.len);
            blocks.push(Block { span: cell.span(), kind, words });
        }
    }
}

/// What sort of paper the type line and the abstract, or the letter's subject, say that it is.
fn kind_of(lines: &[Line<'_>], frame: Frame, headline: &str) -> PaperKind {
    let subject = domain::fold::fold(headline);
    let Some(title) = frame.title.and_then(|title| lines.get(title)) else {
        let asks = ["de nghi", "kien nghi", "de xuat", "xin ", "xem xet", "ho tro", "bo sung", "thao go"]
            .iter()
            .any(|word| subject.contains(word));
        return if asks && frame.subject.is_some() { PaperKind::ProposalLetter } else { PaperKind::Other };
    };
    let title = title.key();
    if title.starts_with("thong bao") || title.starts_with("ket luan") {
        let concludes = ["ket luan", "y kien chi dao", "y kien cua", "chi dao cua"].iter().any(|word| subject.contains(word));
        return if concludes { PaperKind::ConclusionNotice } else { PaperKind::Other };
    }
    if title.starts_with("to trinh") {
        return PaperKind::ProposalLetter;
    }
    [("bao cao", PaperKind::Report), ("bien ban", PaperKind::Minutes), ("nghi quyet", PaperKind::Resolution)]
        .into_iter()
        .find_map(|(name, kind)| title.starts_with(name).then_some(kind))
        .unwrap_or(PaperKind::Other)
}
