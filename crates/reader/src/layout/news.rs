//! The frame of a page of news: headline, the author's and the source's lines, and what the site puts around them.

use domain::reading::{PaperKind, Span};
use jiff::civil::Date;

use super::line::Line;
use super::{Block, BlockKind, Layout, passage};
use crate::date::{When, find_dates};

/// Folded beginnings of lines that sites put under or between the text; a closed class of interface words.
const SITE_WORDS: &[&str] = &[
    "trang chu",
    "dang nhap",
    "dang ky",
    "thong ke truy cap",
    "dang online",
    "hom nay:",
    "trong tuan:",
    "tat ca:",
    "tong luot truy cap",
    "luot xem",
    "luot truy cap",
    "tin lien quan",
    "tin cung chuyen muc",
    "cung chuyen muc",
    "tin khac",
    "cac tin khac",
    "tin moi",
    "tin tuc",
    "tin da dua",
    "bai viet lien quan",
    "bai viet khac",
    "tin bai khac",
    "xem them",
    "doc them",
    "chia se",
    "binh luan",
    "y kien ban doc",
    "gui binh luan",
    "gui email",
    "in trang",
    "in bai viet",
    "quay lai",
    "[quay lai]",
    "tu khoa",
    "tags",
    "tag:",
    "ban quyen",
    "copyright",
    "©",
    "lien ket website",
    "lien he",
    "dien thoai:",
    "co chu",
    "nghe doc bai",
    "google news",
    "theo doi",
    "facebook",
    "zalo",
    "danh gia bai viet",
    "a- a",
    "a a-",
    "aa",
    "print",
    "mail",
    "tang co chu",
    "giam co chu",
    "tham do y kien",
    "so dien thoai",
    "cac tin cu hon",
    "tin cu hon",
    "tin moi hon",
    "bai viet cung chuyen muc",
    "co the ban quan tam",
    "chu de:",
    "tong so diem",
    "click de danh gia",
    "so luot xem",
    "tin noi bat",
    "doc nhieu",
    "video",
    "thu vien anh",
    "lich cong tac",
    "ve dau trang",
];

/// Folded words that open a line with the author's name; longer ones first.
const BYLINE_WORDS: &[&str] = &[
    "tin, bai va anh:",
    "tin va anh:",
    "tin bai va anh:",
    "bai va anh:",
    "tin, bai, anh:",
    "tin, anh:",
    "tin - anh:",
    "tin/anh:",
    "bai, anh:",
    "tin bai:",
    "tin, bai:",
    "tac gia:",
    "tac gia bai viet:",
    "nguoi viet:",
    "thuc hien:",
    "bai viet:",
    "tin:",
    "bai:",
];

/// The blocks of a page of news.
pub fn lay_out(lines: &[Line<'_>]) -> Layout {
    let head = find_headline(lines);
    let foot = find_foot(lines, head);
    let mut layout = Layout { kind: PaperKind::NewsArticle, ..Layout::default() };
    for line in lines.get(..head).unwrap_or_default() {
        read_margin(&mut layout, line);
    }
    let mut body = head;
    if let Some(line) = lines.get(head).filter(|_| head < foot) {
        layout.headline = Some(line.text.to_owned());
        layout.blocks.push(Block { span: line.span(), kind: BlockKind::Headline, words: line.start });
        body = push_below_headline(&mut layout, lines, head, foot);
    }
    push_body(&mut layout, lines.get(body..foot).unwrap_or_default());
    for line in lines.get(foot.max(head)..).unwrap_or_default() {
        read_margin(&mut layout, line);
    }
    if layout.headline.is_none() {
        layout.kind = PaperKind::Other;
    }
    layout
}

/// The first line that is neither the site's nor a day; a page without a title has none.
fn find_headline(lines: &[Line<'_>]) -> usize {
    let titled = |line: &Line<'_>| !(is_site(line) || line.is_rule() || is_day_line(line) || is_trail(line) || line.photo_file().is_some());
    lines.iter().position(titled).unwrap_or(lines.len())
}

/// The headline's second printing, a day and the author between headline and text.
fn push_below_headline(layout: &mut Layout, lines: &[Line<'_>], head: usize, foot: usize) -> usize {
    let headline = layout.headline.clone().unwrap_or_default();
    let mut at = head + 1;
    while let Some(line) = lines.get(at).filter(|_| at < foot) {
        let again = line.text == headline || (line.is_short() && line.key() == domain::fold::fold(&headline));
        if again {
            layout.blocks.push(Block { span: line.span(), kind: BlockKind::Headline, words: line.start });
        } else if line.is_rule() || is_site(line) || is_day_line(line) || byline_of(line).is_some() || (is_author(line) && at <= head + 3) {
            read_margin(layout, line);
        } else {
            break;
        }
        at += 1;
    }
    at
}

/// Running text; the site's words in its middle are set aside line by line.
fn push_body(layout: &mut Layout, lines: &[Line<'_>]) {
    let mut from = 0;
    for (at, line) in lines.iter().enumerate() {
        if is_site(line) && line.photo_file().is_none() {
            layout.blocks.extend(passage::sort(lines.get(from..at).unwrap_or_default()));
            layout.blocks.push(Block { span: line.span(), kind: BlockKind::Chrome, words: line.start });
            from = at + 1;
        }
    }
    layout.blocks.extend(passage::sort(lines.get(from..).unwrap_or_default()));
}

/// Where the text ends: behind its last sentence, or at the line that names the source or the author.
fn find_foot(lines: &[Line<'_>], head: usize) -> usize {
    let sentence = |line: &Line<'_>| line.ends_sentence() && line.text.len() > 50 && !is_site(line);
    let strong = lines.iter().enumerate().skip(head + 2).find(|(at, line)| ends_text(lines, *at, line)).map(|(at, _)| at);
    let end = strong.unwrap_or(lines.len());
    let last = (head + 1..end).rev().find(|&at| lines.get(at).is_some_and(|line| line.is_prose() || sentence(line)));
    match last {
        Some(last) => {
            // What follows the last sentence may be a photo with its caption: it still belongs to the text.
            let mut foot = last + 1;
            while lines.get(foot).is_some_and(|line| foot < end && line.photo_file().is_some()) {
                foot += 1;
                if lines.get(foot).is_some_and(|line| foot < end && !line.after_gap && line.photo_file().is_none()) {
                    foot += 1;
                }
                foot += usize::from(lines.get(foot).is_some_and(|line| foot < end && !line.after_gap && line.key().starts_with("anh:")));
            }
            foot
        }
        None => (head + 1..end).find(|&at| lines.get(at).is_some_and(is_site)).unwrap_or(end),
    }
}

/// A source's line or an author's line with its word, unless most of the text still follows.
fn ends_text(lines: &[Line<'_>], at: usize, line: &Line<'_>) -> bool {
    (source_of(line).is_some() || byline_of(line).is_some()) && lines.iter().skip(at + 1).take(3).filter(|line| line.is_prose()).count() < 2
}

/// A line outside the text: source, author, day, or the site's.
fn read_margin(layout: &mut Layout, line: &Line<'_>) {
    let kind = if let Some((source, byline)) = source_of(line) {
        layout.source.get_or_insert_with(|| source.to_owned());
        if let Some(byline) = byline {
            layout.byline.get_or_insert_with(|| byline.to_owned());
        }
        BlockKind::Source
    } else if let Some(byline) = byline_of(line) {
        layout.byline.get_or_insert_with(|| byline.to_owned());
        BlockKind::Byline
    } else if is_author(line) && layout.byline.is_none() && layout.headline.is_some() {
        layout.byline = Some(line.text.to_owned());
        BlockKind::Byline
    } else {
        if layout.published_on.is_none() {
            layout.published_on = day_of(line);
        }
        BlockKind::Chrome
    };
    layout.blocks.push(Block { span: line.span(), kind, words: line.start });
}

/// The words behind "Theo" or "Nguồn:", and the author before or behind a slash.
fn source_of<'t>(line: &Line<'t>) -> Option<(&'t str, Option<&'t str>)> {
    if line.text.len() > 110 {
        return None;
    }
    let inner = line.text.trim_matches(['(', ')', '[', ']', ' ']);
    let rest = ["Theo ", "THEO ", "Theo: ", "Nguồn: ", "Nguồn tin: ", "NGUỒN: ", "Nguồn ", "(Theo "]
        .iter()
        .find_map(|word| inner.strip_prefix(word))?;
    let rest = rest.trim_start_matches([':', ' ']).trim_end_matches(['.', ' ']);
    let named = rest.starts_with(|c: char| c.is_uppercase()) || rest.contains('.');
    // "Theo kế hoạch, …" opens a sentence.
    (named || rest.starts_with("báo ") && rest.split_whitespace().count() <= 7)
        .then_some(())
        .filter(|()| rest.split_whitespace().count() <= 12 && !rest.contains([',', ':', ';']))
        .map(|()| (rest, None))
}

/// The name behind "Tin, ảnh:" and its like.
fn byline_of<'t>(line: &Line<'t>) -> Option<&'t str> {
    if line.text.len() > 130 {
        return None;
    }
    let key = line.key();
    let key = key.trim_start_matches(['(', '[']);
    BYLINE_WORDS.iter().find(|word| key.starts_with(**word))?;
    let (_, name) = line.text.split_once(':')?;
    let name = name.trim().trim_end_matches([')', ']', '.']);
    (!name.is_empty() && name.split_whitespace().count() <= 14).then_some(name)
}

/// A line that is only a name, or a desk ("Nhóm phóng viên", "PV").
fn is_author(line: &Line<'_>) -> bool {
    let key = line.key();
    let desk = ["pv", "p.v", "bbt", "b.b.t", "ctv", "nhom pv", "nhom phong vien", "ban bien tap", "phong vien"].iter().any(|word| {
        key.strip_prefix(word).is_some_and(|rest| rest.is_empty() || (rest.starts_with([' ', '-', '.', ',']) && line.text.len() <= 60))
    });
    desk || (line.is_name_like()
        && !is_site(line)
        && (2..=9).contains(&line.text.split_whitespace().count())
        && (!line.is_upper() || line.text.len() <= 24))
}

/// A line of the interface: its words, a pager, a row of links in brackets, a counter.
fn is_site(line: &Line<'_>) -> bool {
    if line.text.len() > 160 {
        return false;
    }
    let key = line.key();
    let key = key.trim_start_matches(['•', '-', '*', '»', '›', '>', '|', ' ', '+']);
    let short_word = SITE_WORDS.iter().any(|word| {
        key.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with([':', ' ', '(', '[', ']', '/', '|', '.', '-']) && rest.len() <= 40 || word.ends_with(':')
        })
    });
    short_word && (!line.ends_sentence() || line.text.len() < 40)
        || is_pager(line.text)
        || (line.text.starts_with('[') && line.text.ends_with(']') && line.text.matches('[').count() > 1)
}

/// `1 2 3 4 ... Trang cuối`
fn is_pager(text: &str) -> bool {
    let mut words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    let numbers = words.by_ref().take_while(|word| word.bytes().all(|byte| byte.is_ascii_digit())).count();
    numbers >= 2 && words.count() <= 2
}

/// `Trang chủ > Tin tức > …`
fn is_trail(line: &Line<'_>) -> bool {
    line.text.len() <= 200 && ['>', '›', '»', '|'].iter().any(|mark| line.text.contains(*mark)) && !line.ends_sentence()
}

/// A day with at most a weekday, an hour and a word of the site beside it.
fn is_day_line(line: &Line<'_>) -> bool {
    line.text.len() <= 90 && day_of(line).is_some() && {
        let key = line.key();
        const AROUND: [&str; 9] = ["thu ", "chu nhat", "ngay dang", "ngay ", "cap nhat", "xuat ban", "dang luc", "dang ngay", "thoi gian"];
        key.starts_with(|c: char| c.is_ascii_digit()) && !line.ends_sentence() && key.chars().filter(|c| c.is_alphabetic()).count() <= 12
            || AROUND.iter().any(|word| key.starts_with(word)) && key.chars().filter(|c| c.is_alphabetic()).count() <= 34
    }
}

fn day_of(line: &Line<'_>) -> Option<Date> {
    if line.text.len() > 130 {
        return None;
    }
    let span = Span { start: 0, end: line.text.len() };
    find_dates(line.text, span).into_iter().find_map(|dated| match dated.when {
        When::Day { .. } => dated.when.first(None),
        _ => None,
    })
}
