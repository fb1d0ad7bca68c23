//! Finds the unit that a paper is about: the one visited or reported on; of two equal ones the one that holds both.
//!
//! Every printing of an area (or of its organ: "Huyện ủy …") counts; the headline, the lead, the letterhead of who reports
//! and the words "làm việc với", "tại" weigh more.

use std::collections::HashMap;

use domain::fold::fold;
use domain::reading::{AboutDraft, PaperKind, Span};

use crate::grammar::name::area_end;
use crate::grammar::{Known, Person, is_national_heading, is_read};
use crate::layout::{Block, BlockKind, Layout};
use crate::lexicon::title::TITLES;
use crate::token::{Words, cut};

/// Printings beyond this many tell nothing new.
const COUNT_MAX: u32 = 30;
/// What stands in the headline.
const IN_HEADLINE: u32 = 12;
/// The headline names the place alone.
const PLACE_IN_HEADLINE: u32 = 8;
/// What stands in the first paragraph.
const IN_LEAD: u32 = 2;
/// Where the text says who was visited, once for the headline and once for the rest.
const VISITED: u32 = 7;
/// Whose letterhead a report, minutes, a resolution or a letter has.
const ISSUER: u32 = 25;

/// Less than this is a mention in passing.
const SCORE_MIN: u32 = 3;

/// Levels from the top; an area's parent is of a smaller number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Tier {
    Province,
    District,
    Commune,
}

/// The words for an area or its committee, the level that they mean, and whether they are the area's own.
const LEVEL_FORMS: &[(&str, &str, Tier, bool)] = &[
    ("tỉnh ủy", "tỉnh", Tier::Province, false),
    ("tỉnh đoàn", "tỉnh", Tier::Province, false),
    ("thành ủy", "thành phố", Tier::District, false),
    ("huyện ủy", "huyện", Tier::District, false),
    ("huyện đoàn", "huyện", Tier::District, false),
    ("thị ủy", "thị xã", Tier::District, false),
    ("quận ủy", "quận", Tier::District, false),
    ("tỉnh", "tỉnh", Tier::Province, true),
    ("thành phố", "thành phố", Tier::District, true),
    ("huyện", "huyện", Tier::District, true),
    ("thị xã", "thị xã", Tier::District, true),
    ("quận", "quận", Tier::District, true),
    ("xã", "xã", Tier::Commune, true),
    ("phường", "phường", Tier::Commune, true),
    ("thị trấn", "thị trấn", Tier::Commune, true),
    ("đặc khu", "đặc khu", Tier::Commune, true),
];

/// Words right before an area that say that it was visited.
const VISITS: &[&str] = &["tại", "với", "thăm", "ở"];

#[derive(Debug)]
struct Area {
    level: &'static str,
    tier: Tier,
    place: String,
    count: u32,
    weight: u32,
    in_headline: bool,
    visited: bool,
    own: Option<Span>,
    organ: Option<Span>,
}

/// The areas found so far.
#[derive(Debug, Default)]
struct Areas {
    list: Vec<Area>,
    index: HashMap<(Tier, String), usize>,
}

/// The unit visited or reported on.
pub fn find_about(text: &str, layout: &Layout, known: &Known) -> Option<AboutDraft> {
    let areas = collect(text, layout, known);
    let best = choose(&areas)?;
    let parent = parent_of(&areas, best);
    Some(AboutDraft {
        name: format!("{} {}", best.level, best.place),
        parent: parent.map(|area| format!("{} {}", area.level, area.place)),
        span: best.own.or(best.organ),
    })
}

fn collect(text: &str, layout: &Layout, known: &Known) -> Vec<Area> {
    let mut areas = Areas::default();
    let mut lead_seen = false;
    let national = |block: &Block| block.kind == BlockKind::Letterhead && is_national_heading(block.span.of(text).unwrap_or(""));
    for block in layout.blocks.iter().filter(|block| is_read(block) || (block.kind == BlockKind::Letterhead && !national(block))) {
        let words = cut(text, block.span);
        let running = matches!(block.kind, BlockKind::Paragraph { .. });
        let lead = running && !lead_seen;
        lead_seen |= running;
        for at in 0..words.len() {
            if let Some(found) = area_at(&words, at, known)
                && let Some(area) = areas.entry(&words, at, found)
            {
                area.weigh(&words, at, block.kind, lead, layout.kind);
            }
        }
    }
    places_in_headline(text, layout, &mut areas.list);
    areas.list
}

type Found = (&'static str, Tier, bool, usize, usize);

/// Level, tier, whether the area itself is named, and the place's tokens.
fn area_at(words: &Words<'_>, at: usize, known: &Known) -> Option<Found> {
    let first = words.word(at)?.chars().next()?;
    if !matches!(first, 't' | 'T' | 'h' | 'H' | 'q' | 'Q' | 'x' | 'X' | 'p' | 'P' | 'đ' | 'Đ') {
        return None;
    }
    let (level, tier, own, from) =
        LEVEL_FORMS.iter().find_map(|(form, level, tier, own)| words.phrase(at, form).map(|end| (*level, *tier, *own, end)))?;
    let person = if !titled_before(words, at) { Person::Never } else { Person::MayFollow };
    let end = area_end(words, from, person, known);
    (end > from && !(level == "xã" && words.is(from, "hội"))).then_some((level, tier, own, from, end))
}

/// Whether a title stands before the area in its phrase, so that a person's name may follow it.
fn titled_before(words: &Words<'_>, at: usize) -> bool {
    (at.saturating_sub(8)..at).rev().take_while(|&i| !words.is_any(i, &[",", ";", ".", ":"])).any(|i| TITLES.end(words, i).is_some())
}

impl Areas {
    /// The area of the printing, taken down anew where it is the first.
    fn entry(&mut self, words: &Words<'_>, at: usize, found: Found) -> Option<&mut Area> {
        let (level, tier, own, from, end) = found;
        let place = words.text(from, end).split_whitespace().collect::<Vec<_>>().join(" ");
        let slot = *self.index.entry((tier, fold(&place))).or_insert_with(|| {
            self.list.push(Area {
                level,
                tier,
                place: capitalised(&place),
                count: 0,
                weight: 0,
                in_headline: false,
                visited: false,
                own: None,
                organ: None,
            });
            self.list.len() - 1
        });
        let area = self.list.get_mut(slot)?;
        let first = if own { &mut area.own } else { &mut area.organ };
        *first = first.or(words.span(at, end));
        if place.chars().any(char::is_lowercase) && !area.place.chars().any(char::is_lowercase) {
            area.place = place;
        }
        Some(area)
    }
}

impl Area {
    /// Weighs one printing.
    fn weigh(&mut self, words: &Words<'_>, at: usize, block: BlockKind, lead: bool, kind: PaperKind) {
        if block == BlockKind::Letterhead {
            let issues = !matches!(kind, PaperKind::ConclusionNotice | PaperKind::NewsArticle);
            // A notice that visits nobody is about its issuer's area.
            let least = if kind == PaperKind::ConclusionNotice { SCORE_MIN } else { 1 };
            self.weight += if issues { ISSUER + area_rank(self.tier) } else { least };
            return;
        }
        self.count = (self.count + 1).min(COUNT_MAX);
        self.weight += if lead { IN_LEAD } else { 0 };
        let headline = block == BlockKind::Headline;
        if headline && !self.in_headline {
            self.weight += IN_HEADLINE;
            self.in_headline = true;
        }
        if (lead || headline) && !self.visited && is_visited(words, at) {
            self.visited = true;
            self.weight += VISITED;
        }
    }
}

/// Of two lines of a letterhead the lower one issues the paper, and it is of the lower level.
const fn area_rank(tier: Tier) -> u32 {
    match tier {
        Tier::Province => 0,
        Tier::District => 10,
        Tier::Commune => 20,
    }
}

/// "làm việc với Ban Thường vụ Huyện ủy …", "tại xã …".
fn is_visited(words: &Words<'_>, at: usize) -> bool {
    let near = (at.saturating_sub(5)..at).rev();
    for i in near {
        if words.is_any(i, &[",", ";", ".", ":"]) {
            return false;
        }
        if words.is_any(i, VISITS) {
            return true;
        }
    }
    false
}

/// A headline may name the place without its level.
fn places_in_headline(text: &str, layout: &Layout, areas: &mut [Area]) {
    let headline = fold(layout.headline.as_deref().unwrap_or(""));
    for area in areas.iter_mut().filter(|area| !area.in_headline) {
        let place = fold(&area.place);
        let named = headline.match_indices(&place).any(|(i, _)| {
            let before = headline.get(..i).and_then(|head| head.chars().next_back());
            let after = headline.get(i + place.len()..).and_then(|tail| tail.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        });
        if named && text.len() > place.len() {
            area.weight += PLACE_IN_HEADLINE;
            area.in_headline = true;
        }
    }
}

fn score(area: &Area) -> u32 {
    area.count + area.weight
}

/// The best area; where another of its level is nearly as good, the area that holds both.
fn choose(areas: &[Area]) -> Option<&Area> {
    let best =
        areas.iter().max_by_key(|area| (score(area), std::cmp::Reverse(area.own.or(area.organ).map_or(usize::MAX, |span| span.start))))?;
    // One mention in passing makes no subject.
    if score(best) < SCORE_MIN {
        return None;
    }
    let rival = areas.iter().filter(|area| !std::ptr::eq(*area, best) && area.tier == best.tier).max_by_key(|area| score(area));
    let shared = rival.is_some_and(|rival| {
        // Two areas in one headline are visited together; elsewhere only equals are.
        let near = if rival.in_headline && best.in_headline { 4 } else { 8 };
        score(rival) * 10 >= score(best) * near && rival.in_headline == best.in_headline
    });
    if shared && let Some(parent) = parent_of(areas, best) {
        return Some(parent);
    }
    Some(best)
}

/// The area one level up that the paper prints most; of a commune the district, where one is printed.
fn parent_of<'a>(areas: &'a [Area], area: &Area) -> Option<&'a Area> {
    let above = |tier: Tier| areas.iter().filter(|other| other.tier == tier).max_by_key(|other| score(other));
    match area.tier {
        Tier::Province => None,
        Tier::District => above(Tier::Province),
        Tier::Commune => above(Tier::District).or_else(|| above(Tier::Province)),
    }
}

/// "NẬM TÈ" as "Nậm Tè".
fn capitalised(place: &str) -> String {
    if place.chars().any(char::is_lowercase) {
        return place.to_owned();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_string() + &letters.as_str().to_lowercase())
    };
    place.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lay_out;

    fn check(paper: &str, expect: Option<(&str, Option<&str>)>) {
        let layout = lay_out(paper, None);
        let about = find_about(paper, &layout, &Known::of(paper, &layout));
        assert_eq!(about.as_ref().map(|about| (about.name.as_str(), about.parent.as_deref())), expect, "{paper}");
    }

    #[test]
    fn the_unit_visited_or_that_holds_both() {
        check(
            "Huyện ủy Nậm Tè kiểm tra tại xã Sín Chải\n\nĐoàn làm việc với Đảng ủy xã Sín Chải về công tác đảng viên.\n",
            Some(("xã Sín Chải", Some("huyện Nậm Tè"))),
        );
        check(
            "Tỉnh ủy Lam Giang làm việc với huyện Nậm Tè và huyện Sín Chải\n\nĐoàn đã nghe huyện Nậm Tè, huyện Sín Chải báo cáo kết quả thực hiện nhiệm vụ.\n",
            Some(("tỉnh Lam Giang", None)),
        );
        check("Giá xăng giảm\n\nGiá xăng giảm từ chiều nay theo thông báo của các doanh nghiệp đầu mối.\n", None);
    }
}
