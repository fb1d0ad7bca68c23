//! Names of people and of areas: runs of capitalised words, and where a run of both is cut.

use super::{Known, Person};
use crate::lexicon::family::is_family;
use crate::lexicon::place::{LEVELS, PROVINCES};
use crate::lexicon::{organ, title};
use crate::token::{Shape, Words, lower};

/// Names of five words exist (Nguyễn Thị Hoài An Bình); longer runs are several things.
const NAME_WORDS_MAX: usize = 5;
/// Families whose two-word names are as common as areas of two words.
const COMMON_FAMILIES: &[&str] =
    &["nguyễn", "trần", "lê", "phạm", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "ngô", "dương", "đinh", "trịnh"];
/// Area and name together.
const RUN_WORDS_MAX: usize = 9;

/// Words that go on behind an area's name in a headline of capitals.
const AFTER_NAME: &[&str] = &[
    "lần", "khóa", "nhiệm", "về", "năm", "và", "tại", "thứ", "với", "của", "quý", "giai", "tháng", "đến", "trong", "theo", "ngày", "tổ",
    "báo", "thực",
];

/// A name in a place where a name must stand (behind "đồng chí"): any people's, also of one word.
pub fn expected_at(words: &Words<'_>, at: usize) -> Option<usize> {
    let length = run(words, at, NAME_WORDS_MAX);
    (length > 0 && !begins_otherwise(words, at)).then_some(at + length)
}

/// A name by its own looks: two to five words, the first a family name.
pub fn likely_at(words: &Words<'_>, at: usize) -> Option<usize> {
    if !words.is_capital(at) {
        return None;
    }
    let length = run(words, at, NAME_WORDS_MAX + 1);
    let family = words.word(at).is_some_and(|word| is_family(&lower(word)));
    ((2..=NAME_WORDS_MAX).contains(&length) && family && !begins_otherwise(words, at) && PROVINCES.end(words, at) != Some(at + length))
        .then_some(at + length)
}

/// Words with capitals from `at` on that can be of one name: not the head of a title or a body, no abbreviation.
fn run(words: &Words<'_>, at: usize, most: usize) -> usize {
    let length = words.capital_run(at, most);
    let upper_line = words.shape(at) == Some(Shape::Upper);
    (0..length)
        .find(|&i| {
            let odd =
                words.shape(at + i) == Some(Shape::Upper) && !upper_line && words.word(at + i).is_some_and(|word| word.chars().count() > 1);
            let term = i > 0 && words.any_phrase(at + i, &["khóa", "nhiệm kỳ", "kỳ họp"]).is_some();
            odd || term || (i > 0 && begins_otherwise(words, at + i)) || (upper_line && words.is_any(at + i, AFTER_NAME))
        })
        .unwrap_or(length)
}

/// Whether a title, a body or a level begins here.
fn begins_otherwise(words: &Words<'_>, at: usize) -> bool {
    title::TITLES.end(words, at).is_some()
        || title::MEMBERSHIPS.end(words, at).is_some_and(|end| words.shape(end - 1) == Some(Shape::Upper) || end > at + 1)
        || title::RANK_NAMES.end(words, at).is_some()
        || organ::FIXED.end(words, at).is_some()
        || organ::PARTS.end(words, at).is_some()
        || organ::COUNCILS.end(words, at).is_some()
        || words.any_phrase(at, organ::COMMITTEES).is_some()
        || words.any_phrase(at, &LEVELS[..6]).is_some()
        || words.any_phrase(at, &["đảng ủy", "đảng bộ", "ủy ban", "hội đồng", "ban chỉ đạo", "sở y", "bộ y"]).is_some()
}

/// The end of the area's name that begins at `at`; none where the run is a person's name or there is no run.
pub fn area_end(words: &Words<'_>, at: usize, person: Person, known: &Known) -> usize {
    let end = lettered_end(words, at, person, known);
    // "xã Tân Phước 3": a number belongs to the name where nothing is counted with it.
    let numbered = (end > at || words.is_any(at.wrapping_sub(1), &["phường", "quận"]))
        && words.shape(end) == Some(Shape::Number)
        && words.word(end).is_some_and(|word| word.len() <= 2)
        && (words.is_capital(end + 1)
            || matches!(words.shape(end + 1), None | Some(Shape::Mark)) && !words.is_any(end + 1, &["/", "%", ".", "-"]));
    if numbered { end + 1 } else { end }
}

/// The area's words without a number.
fn lettered_end(words: &Words<'_>, at: usize, person: Person, known: &Known) -> usize {
    if let Some(end) = PROVINCES.end(words, at).filter(|_| words.is_capital(at)) {
        return end;
    }
    let length = run(words, at, RUN_WORDS_MAX);
    if length == 0 || begins_otherwise(words, at) {
        return at;
    }
    match person {
        Person::Never => at + area_words(words, at, length, known),
        Person::MayFollow => {
            at + (0..=length).max_by_key(|&cut| (cut_score(words, at, cut, length, known), std::cmp::Reverse(cut))).unwrap_or(0)
        }
    }
}

/// Without a person the whole run is the area's, unless the paper prints a shorter one on its own.
fn area_words(words: &Words<'_>, at: usize, length: usize, known: &Known) -> usize {
    (1..length).rev().find(|&n| known.places.contains(&words.text(at, at + n).to_lowercase()) && length - n >= 2).unwrap_or(length.min(4))
}

/// How well the run divides into an area of `cut` words and a person's name.
fn cut_score(words: &Words<'_>, at: usize, cut: usize, length: usize, known: &Known) -> i32 {
    let area = match cut {
        0 => 0,
        _ if known.places.contains(&words.text(at, at + cut).to_lowercase()) => 60,
        2 => 10,
        3 => 5,
        // Areas of one syllable are few, and the paper or the list of provinces knows them.
        1 => -12,
        4 => -10,
        _ => -50,
    };
    let name = match length - cut {
        0 => 0,
        n => {
            let from = at + cut;
            let family = words.word(from).map(lower).filter(|word| is_family(word));
            let by_length = [-60, -60, 4, 10, 8, -10].get(n).copied().unwrap_or(-60);
            // Two words are an area's name rather than a person's, but behind the commonest family names.
            let by_family = match family {
                Some(word) if n > 2 || COMMON_FAMILIES.contains(&word.as_str()) => 30,
                Some(_) => 0,
                None => -40,
            };
            if known.names.contains(words.text(from, from + n)) { 80 } else { by_length + by_family }
        }
    };
    area + name
}
