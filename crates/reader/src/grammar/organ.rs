//! Names of bodies: a kind, its field or owner, and the level with the area at the end.

use super::name::{area_end, likely_at};
use super::{Known, Person};
use crate::lexicon::organ::{COMMITTEES, COUNCILS, FIELDS, FIXED, KINDS, PARTS};
use crate::lexicon::place::{UNIT_LEVELS, level_end};
use crate::lexicon::predicate::{is_particle, is_stop};
use crate::token::{Shape, Words, lower};

/// A name has at most this many words; the bound keeps a text of one endless name linear.
const NAME_TOKENS_MAX: usize = 40;

/// What the reader needs beside the words.
#[derive(Clone, Copy)]
pub struct Context<'k> {
    /// Names that the paper itself makes sure.
    pub known: &'k Known,
    /// Whether a person may follow.
    pub person: Person,
}

/// The token behind the body whose name begins at `at`.
pub fn organ_at(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    if !words.is_capital(at) {
        return None;
    }
    committee(words, at, context)
        .or_else(|| {
            FIXED
                .end(words, at)
                .filter(|end| !words.is(*end, "viên"))
                .map(|end| fixed(words, at, end, context))
                .filter(|end| !is_bare(words, at, *end))
        })
        .or_else(|| part(words, at, context))
        .or_else(|| council(words, at, context))
        .or_else(|| party_base(words, at, context))
        .or_else(|| kind(words, at, context))
}

/// `Huyện ủy …`
pub fn committee(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    let end = words.any_phrase(at, COMMITTEES).filter(|end| !words.is(*end, "viên"))?;
    Some(area_end(words, end, context.person, context.known))
}

/// Words that name nobody without a level or an area.
fn is_bare(words: &Words<'_>, at: usize, end: usize) -> bool {
    const BARE: &[&str] = &["công an", "thanh tra", "thuế", "điện lực", "hải quan", "bảo hiểm xã hội", "bhxh", "kiểm lâm"];
    BARE.iter().any(|name| words.phrase(at, name) == Some(end))
}

/// A body with a complete name, and its level if one follows; "Công an" alone is nobody.
fn fixed(words: &Words<'_>, at: usize, end: usize, context: Context<'_>) -> usize {
    let end = if words.is(end, "việt") && words.is(end + 1, "nam") { end + 2 } else { end };
    level(words, end, context).or_else(|| committee(words, end, context)).unwrap_or_else(|| {
        // "Tỉnh đoàn Lam Giang" has its area without a level.
        let has_area = (words.is(end - 1, "đoàn") && end == at + 2) || words.is_any(at, &["thuế", "điện"]);
        if has_area {
            return area_end(words, end, context.person, context.known);
        }
        match words.phrase(end, "khu vực") {
            Some(region)
                if matches!(words.shape(region), Some(Shape::Number | Shape::Upper))
                    || words.word(region).is_some_and(|word| matches!(word, "I" | "V" | "X")) =>
            {
                region + 1
            }
            _ => end,
        }
    })
}

/// `Ban Thường vụ` of a committee, a base or a council.
fn part(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    let end = PARTS.end(words, at)?;
    owner(words, end, context)
}

/// What a part belongs to.
pub fn owner(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    committee(words, at, context)
        .or_else(|| council(words, at, context))
        .or_else(|| party_base(words, at, context))
        .or_else(|| words.phrase(at, "trung ương đảng"))
        .or_else(|| words.phrase(at, "trung ương"))
        .or_else(|| FIXED.end(words, at).filter(|_| words.is_capital(at)).map(|end| fixed(words, at, end, context)))
        .or_else(|| level(words, at, context))
}

/// `UBND tỉnh …`, which is a body only with its level.
fn council(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    let end = COUNCILS.end(words, at)?;
    level(words, end, context)
}

/// `Đảng bộ huyện …`, `Đảng ủy xã …`, `Đảng ủy Công an tỉnh`.
fn party_base(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    let (end, alone) = match words.phrase(at, "đảng ủy") {
        Some(end) => (end, true),
        None => (words.phrase(at, "đảng bộ")?, false),
    };
    if words.is(end, "viên") {
        return None;
    }
    level(words, end, context)
        .or_else(|| words.is_capital(end).then(|| organ_at_depth(words, end, context)).flatten())
        .or_else(|| alone.then_some(end))
}

/// An organ inside another's name; a base inside a base is not looked for again, which bounds the depth.
fn organ_at_depth(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    FIXED
        .end(words, at)
        .map(|end| fixed(words, at, end, context))
        .or_else(|| council(words, at, context))
        .or_else(|| kind(words, at, context))
}

/// `Sở Nông nghiệp và Môi trường`, `Phòng Kinh tế huyện`, `Công ty …`: a kind with its field or name.
fn kind(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    let end = KINDS.end(words, at)?;
    // In a line of capitals "NHIỆM VỤ" and "XÃ HỘI" end in words that are kinds elsewhere.
    let inside = at.checked_sub(1).is_some_and(|before| words.shape(before) == Some(Shape::Upper) && words.capital_run(before, 2) == 2);
    if inside && words.shape(at) == Some(Shape::Upper) {
        return None;
    }
    if words.is(at, "quân") && words.shape(end) == Some(Shape::Number) {
        return Some(end + 1);
    }
    // "Ban Thường vụ" without its owner is nobody; only an office may be named by a field of its own.
    if COUNCILS.end(words, at).is_some() || (PARTS.end(words, at).is_some() && !words.is(at, "văn")) {
        return None;
    }
    // Of a headline in capitals only known fields are believed, of a letterhead's line everything.
    if words.shape(at) == Some(Shape::Upper)
        && words.shape(end) == Some(Shape::Upper)
        && (words.is(end, "nghị") || (at > 0 && FIELDS.end(words, end).is_none()))
    {
        return None;
    }
    if let Some(end) = project_board(words, at, end, context) {
        return Some(end);
    }
    let named = own_name(words, at, end).unwrap_or_else(|| fields(words, end, context));
    if named == end {
        return None;
    }
    // "Trường Sơn", "Hội An": a kind's word and one syllable in capitals are a place.
    if named == end + 1 && end == at + 1 && words.shape(end) == Some(Shape::Capital) && FIELDS.end(words, end).is_none() {
        return None;
    }
    Some(level(words, named, context).or_else(|| committee(words, named, context)).unwrap_or(named))
}

/// "Hợp tác xã Quế hữu cơ Tân Hợp", "Công ty cổ phần Đầu tư và phát triển Hồng Hà": the own name of a firm goes on over a few
/// small words to the next capital.
fn own_name(words: &Words<'_>, at: usize, from: usize) -> Option<usize> {
    const FIRMS: &[&str] = &["công", "hợp", "htx", "tập", "tổng", "doanh", "xí"];
    const SMALL_MAX: usize = 4;
    if !words.is_any(at, FIRMS) || words.shape(from) != Some(Shape::Capital) {
        return None;
    }
    let ends = |i: usize| words.shape(i) != Some(Shape::Lower) || words.word(i).is_some_and(|word| is_stop(&lower(word)) && word != "và");
    let mut end = from + words.capital_run(from, NAME_TOKENS_MAX);
    while end < from + NAME_TOKENS_MAX {
        let next = (end..=end + SMALL_MAX).find(|&i| ends(i))?;
        let begins_other = words.any_phrase(next, UNIT_LEVELS).is_some() || KINDS.end(words, next).is_some();
        if next == end || !words.is_capital(next) || begins_other || words.is(next - 1, "và") {
            break;
        }
        end = next + words.capital_run(next, NAME_TOKENS_MAX);
    }
    // Without such a small stretch the ordinary rule knows better where the name ends.
    (end > from + words.capital_run(from, NAME_TOKENS_MAX)).then_some(end)
}

/// "Ban Quản lý dự án đầu tư xây dựng … tỉnh": small words up to the level.
fn project_board(words: &Words<'_>, at: usize, end: usize, context: Context<'_>) -> Option<usize> {
    const WORDS_MAX: usize = 14;
    if !words.is_any(at, &["ban", "bql"]) || !words.is(end, "dự") || words.shape(end) == Some(Shape::Upper) {
        return None;
    }
    const VERBS: &[&str] =
        &["đề nghị", "báo cáo", "trình", "phối hợp", "chủ trì", "tham mưu", "có", "đã", "tổ chức", "rà soát", "khẩn trương", "và"];
    let verb = |i: usize| words.any_phrase(i, VERBS).is_some() && !(words.is(i, "trình") && words.is_any(i - 1, &["công", "chương"]));
    let ends = |i: usize| words.shape(i) != Some(Shape::Lower) || level_end(words, i).is_some() || verb(i);
    let stop = (end..(end + WORDS_MAX).min(words.len())).find(|&i| ends(i))?;
    Some(level(words, stop, context).unwrap_or(stop))
}

/// Fields or a name of its own: known fields first, else words with capitals, each with at most one small syllable.
pub fn fields(words: &Words<'_>, from: usize, context: Context<'_>) -> usize {
    let (mut end, mut complete) = (from, false);
    while end < from + NAME_TOKENS_MAX {
        let Some(next) = connector(words, end, from) else { break };
        let known = FIELDS.end(words, next).is_some();
        // "Sở Nội vụ và Tài chính" are two: a known field is not joined to another known one.
        if next > end && complete && known {
            break;
        }
        let Some(behind) = field(words, next, from, context) else { break };
        (end, complete) = (behind, known);
    }
    end
}

/// Over "và", "-" or "&" between fields, or nothing between the words of a name.
fn connector(words: &Words<'_>, at: usize, from: usize) -> Option<usize> {
    if at == from || words.is_capital(at) || FIELDS.end(words, at).is_some() {
        return Some(at);
    }
    let joins = words.is_any(at, &["và", "-", "–", "&"]) && words.is_capital(at + 1);
    // "Phòng Kinh tế - Thư ký": behind a dash stands what the person does.
    let task = words.any_phrase(at + 1, &["thư ký", "chủ trì", "chủ tọa", "trưởng đoàn", "thành viên", "ủy viên", "tổ trưởng"]).is_some();
    let other = task
        || KINDS.end(words, at + 1).is_some_and(|end| words.is_capital(end) && FIELDS.end(words, at + 1).is_none())
        || PARTS.end(words, at + 1).is_some()
        || COUNCILS.end(words, at + 1).is_some()
        || words.any_phrase(at + 1, COMMITTEES).is_some();
    (joins && !other).then_some(at + 1)
}

fn field(words: &Words<'_>, at: usize, from: usize, context: Context<'_>) -> Option<usize> {
    if let Some(end) = FIELDS.end(words, at).filter(|_| words.is_capital(at) || words.is(at, "kiểm") || words.is(at, "đại")) {
        return Some(end);
    }
    let begins_other = COUNCILS.end(words, at).is_some()
        || words.any_phrase(at, COMMITTEES).is_some()
        || words.any_phrase(at, UNIT_LEVELS).is_some()
        || crate::lexicon::title::TITLES.end(words, at).is_some();
    if !words.is_capital(at) || begins_other {
        return None;
    }
    let person = context.person == Person::MayFollow && (likely_at(words, at).is_some() || is_known_name(words, at, context.known));
    if person {
        return None;
    }
    Some(at + 1 + usize::from(takes_syllable(words, at + 1, from)))
}

fn is_known_name(words: &Words<'_>, at: usize, known: &Known) -> bool {
    let length = words.capital_run(at, 5);
    (1..=length).any(|n| known.names.contains(words.text(at, at + n)))
}

/// Whether the small word at `at` is the second syllable of the capitalised one before it ("Nông nghiệp").
fn takes_syllable(words: &Words<'_>, at: usize, from: usize) -> bool {
    // "Tập đoàn Điện lực Việt Nam": the country's name is complete.
    let country = words.is(at - 1, "nam") && at >= 2 && words.is(at - 2, "việt");
    if country
        || words.shape(at) != Some(Shape::Lower)
        || words.shape(at - 1) != Some(Shape::Capital)
        || words.any_phrase(at, UNIT_LEVELS).is_some()
    {
        return false;
    }
    let Some(low) = words.word(at).map(lower) else { return false };
    // Behind two capitals in a row ("Tả Vai tổ chức") the name is a place's and complete; else the first syllable waits for its second.
    let proper = at >= from + 2 && words.is_capital(at.wrapping_sub(2)) && words.capital_run(at - 2, 2) == 2;
    if proper { !is_stop(&low) } else { !is_particle(&low) }
}

/// `tỉnh`, `huyện Mường …`: a level, and the area's name where it is printed.
pub fn level(words: &Words<'_>, at: usize, context: Context<'_>) -> Option<usize> {
    if let Some(end) = words.phrase(at, "trung ương") {
        return Some(words.phrase(end, "đảng").unwrap_or(end));
    }
    let end = level_end(words, at)?;
    let end = if words.is(at, "tp") && words.is(end, ".") { end + 1 } else { end };
    let named = area_end(words, end, context.person, context.known);
    // "UBND huyện, thị xã" is a plural.
    let plural = named == end
        && words.is_any(end, &[",", "và", "/"])
        && words.any_phrase(end + 1, UNIT_LEVELS).is_some_and(|next| words.is_any(next, &[",", ".", ";", "và"]));
    (!plural).then_some(named)
}
