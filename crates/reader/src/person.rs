//! Finds the people of a paper with their positions and roles.
//!
//! A name counts where something says that it is one: a form of address, a title before or behind it, a list of those
//! present, a signature, or a verb of speaking behind a family name. Once known, every printing of it is a mention.

mod merge;
mod role;
mod scan;
mod signature;

use std::collections::{HashMap, HashSet};

use domain::reading::{Confidence, MeetingRole, PersonDraft, Span};

use crate::grammar::{Known, is_read};
use crate::layout::Layout;
use crate::token::{Words, cut};

/// One place where a person is introduced.
#[derive(Debug)]
pub struct Mention {
    /// The name.
    pub name: Span,
    /// Positions told here, in order.
    pub positions: Vec<Span>,
    /// What the person does in the sentence.
    pub role: Option<MeetingRole>,
    /// How sure the grammar is.
    pub confidence: Confidence,
    /// Whether the sentence says that the person came to work with someone.
    pub visits: bool,
    /// Whether the name stands apart from any title before it, so that its first word is certain.
    pub alone: bool,
}

/// Finds the people of a paper with their positions and roles, in the order of the text, and makes their names known.
pub fn find_people(text: &str, layout: &Layout, known: &mut Known) -> Vec<PersonDraft> {
    // The first pass learns the names that stand alone; the second can then part "Huyện ủy Mường … Ly …".
    for mention in scan_all(text, layout, known).iter().filter(|mention| mention.alone) {
        if let Some(name) = mention.name.of(text).filter(|name| name.contains(' ')) {
            known.names.insert(name.to_owned());
        }
    }
    let mentions = scan_all(text, layout, known);
    let mut people = merge::merge(text, &mentions);
    add_spans(text, layout, &mut people);
    known.names = people.iter().map(|person| person.name.clone()).collect();
    people
}

fn scan_all(text: &str, layout: &Layout, known: &Known) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut attendance = role::Attendance::default();
    for block in &layout.blocks {
        attendance.enter(text, block);
        if is_read(block) {
            let words = cut(text, Span { start: block.words.min(block.span.end), end: block.span.end });
            let from = mentions.len();
            scan::scan(&words, known, &mut mentions);
            role::assign(&words, &mut mentions[from..], attendance);
        }
    }
    signature::scan(text, layout, &mut mentions);
    mentions.sort_by_key(|mention| mention.name.start);
    mentions
}

/// Every printing of every known name, in one pass.
fn add_spans(text: &str, layout: &Layout, people: &mut [PersonDraft]) {
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut seen: HashSet<Span> = HashSet::new();
    let mut firsts: HashSet<String> = HashSet::new();
    for (index, person) in people.iter().enumerate() {
        let name = person.name.to_lowercase();
        firsts.extend(name.split(' ').next().map(str::to_owned));
        by_name.insert(name, index);
        seen.extend(&person.spans);
    }
    for block in layout.blocks.iter().filter(|block| is_read(block)) {
        let words = cut(text, block.span);
        let mut at = 0;
        while at < words.len() {
            at = longest_name(&words, at, &firsts, &by_name).map_or(at + 1, |(index, end)| {
                if let (Some(person), Some(span)) = (people.get_mut(index), words.span(at, end))
                    && seen.insert(span)
                {
                    person.spans.push(span);
                }
                end
            });
        }
    }
    for person in people {
        person.spans.sort_unstable();
        person.spans.dedup();
    }
}

/// The known name at `at`, the longest that fits, and the token behind it.
fn longest_name(words: &Words<'_>, at: usize, firsts: &HashSet<String>, by_name: &HashMap<String, usize>) -> Option<(usize, usize)> {
    if !words.is_capital(at) || !firsts.contains(&words.word(at)?.to_lowercase()) {
        return None;
    }
    (1..=words.capital_run(at, 5)).rev().find_map(|length| {
        let printed = words.text(at, at + length).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        by_name.get(&printed).map(|index| (*index, at + length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lay_out;

    /// People as "name | position, position | role".
    fn check(paper: &str, expect: &[&str]) {
        let layout = lay_out(paper, None);
        let mut known = Known::of(paper, &layout);
        let got: Vec<String> = find_people(paper, &layout, &mut known)
            .iter()
            .map(|person| {
                let role = person.role.map_or(String::new(), |role| format!(" | {role:?}"));
                format!("{} | {}{role}", person.name, person.positions.join(", "))
            })
            .collect();
        assert_eq!(got, expect, "{paper}");
    }

    /// A page of news with one sentence.
    fn check_sentence(sentence: &str, expect: &[&str]) {
        check(&format!("Tỉnh làm việc với huyện\n\n{sentence}\n"), expect);
    }

    #[test]
    fn titles_stand_before_behind_and_above() {
        check_sentence(
            "Đồng chí Lù Văn Hải, Tỉnh ủy viên, Bí thư Huyện ủy Nậm Tè chủ trì.",
            &["Lù Văn Hải | Tỉnh ủy viên, Bí thư Huyện ủy Nậm Tè | Chair"],
        );
        check_sentence("Bí thư Huyện ủy Nậm Tè Lù Văn Hải phát biểu.", &["Lù Văn Hải | Bí thư Huyện ủy Nậm Tè | Speaker"]);
        check_sentence("Đ/c Má A Sử- CT UBND xã báo cáo.", &["Má A Sử | CT UBND xã | Reporter"]);
        check_sentence("Ông K'Brêu (Chủ tịch Hội Nông dân huyện) nêu ý kiến.", &["K'Brêu | Chủ tịch Hội Nông dân huyện | Speaker"]);
        check_sentence(
            "Dự có các đồng chí Phó Chủ tịch UBND tỉnh: Hồ Thị Lan, Vi Văn Páo; Đại tá Lò Minh An, Giám đốc Công an tỉnh; Bí thư Huyện ủy Trần Tú Anh.",
            &[
                "Hồ Thị Lan | Phó Chủ tịch UBND tỉnh | Attendee",
                "Vi Văn Páo | Phó Chủ tịch UBND tỉnh | Attendee",
                "Lò Minh An | Phó Chủ tịch UBND tỉnh, Đại tá, Giám đốc Công an tỉnh | Attendee",
                "Trần Tú Anh | Bí thư Huyện ủy | Attendee",
            ],
        );
    }

    #[test]
    fn the_paper_parts_area_and_name() {
        check_sentence(
            "Chủ tịch UBND xã Tân Phú 3 Nguyễn Văn Bảy cho biết khó khăn. Bí thư Tỉnh ủy Lam Giang Hà Giang Sơn tiếp thu.",
            &["Nguyễn Văn Bảy | Chủ tịch UBND xã Tân Phú 3 | Speaker", "Hà Giang Sơn | Bí thư Tỉnh ủy Lam Giang | Speaker"],
        );
    }

    #[test]
    fn no_people_in_titles_bodies_and_streets() {
        for sentence in [
            "Đồng chí Bí thư Tỉnh ủy yêu cầu các sở, ngành vào cuộc.",
            "Đoàn Thanh niên Cộng sản Hồ Chí Minh ra quân tại đường Nguyễn Huệ.",
            "Các đồng chí Ủy viên Ban Thường vụ Huyện ủy Ma Thì cùng có mặt.",
            "Lãnh đạo Sở Công Thương phát biểu.",
        ] {
            check_sentence(sentence, &[]);
        }
    }

    #[test]
    fn signers_have_the_title_above_their_name() {
        check(
            "UBND TỈNH LAM GIANG\nSố: 12/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLam Khê, ngày 3 tháng 2 năm 2024\nBÁO CÁO\nCông tác tháng 1\n\nCông tác tháng 1 có nhiều kết quả.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(đã ký)\nĐại tá Sền Thị Mẩy\n",
            &["Sền Thị Mẩy | PHÓ CHỦ TỊCH, Đại tá"],
        );
    }
}
