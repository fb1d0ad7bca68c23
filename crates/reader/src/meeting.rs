//! Finds the day of the meeting that a paper tells of, in its opening: "Sáng 19/4, tại …", "Ngày 19/4/2024, …",
//! "Thời gian: 08 giờ 00 phút, ngày 06/9/2023". Not the day of the paper itself, nor of a document that it names.

use domain::reading::{PaperKind, Span};
use jiff::civil::Date;

use crate::date::{When, find_dates};
use crate::layout::{BlockKind, Layout};

/// A lead names the day in its first paragraph; a notice after its title; minutes within the head's few lines.
const PARAGRAPHS_MAX: usize = 4;
/// How far into a paragraph an opening reaches: a source ("(Báo …) - ") and a time phrase.
const OPENING_BYTES_MAX: usize = 120;
/// What a sentence that names the meeting's day begins with, in small letters.
const CUES: [&str; 11] = ["sáng", "chiều", "tối", "trưa", "ngày", "hôm nay", "vừa qua", "mới đây", "thời gian", "trong ngày", "vào hồi"];

/// The day of the meeting; `None` where the paper gives none, or a day without a year that nothing completes.
pub fn find_meeting_day(text: &str, layout: &Layout) -> Option<Date> {
    // A report or a resolution speaks of many days, and of no meeting.
    if matches!(layout.kind, PaperKind::Report | PaperKind::Resolution | PaperKind::ProposalLetter) {
        return None;
    }
    let paragraphs = layout.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph { .. }));
    paragraphs
        .take(PARAGRAPHS_MAX)
        .find_map(|block| opening_day(text, Span { start: block.words, end: block.span.end }, layout.published_on))
}

fn opening_day(text: &str, paragraph: Span, published_on: Option<Date>) -> Option<Date> {
    let words = text.get(paragraph.start..paragraph.end)?;
    // A source in brackets or capitals before a dash is no part of the sentence.
    let skipped =
        [" - ", " – ", ") "].into_iter().filter_map(|dash| words.find(dash).map(|at| at + dash.len())).filter(|at| *at < 60).max();
    let begins = [Some(0), skipped].into_iter().flatten().any(|at| words.get(at..).is_some_and(begins_with_cue));
    if !begins {
        return None;
    }
    let mut end = (paragraph.start + OPENING_BYTES_MAX).min(paragraph.end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let dated = find_dates(text, Span { start: paragraph.start, end });
    let first = dated.into_iter().find(|dated| matches!(dated.when, When::Day { .. }))?;
    first.when.first(published_on.map(Date::year))
}

fn begins_with_cue(words: &str) -> bool {
    let start: String = words.chars().take(16).flat_map(char::to_lowercase).collect();
    CUES.iter().any(|cue| start.strip_prefix(cue).is_some_and(|rest| rest.chars().next().is_some_and(|c| !c.is_alphanumeric())))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::read;

    #[test]
    fn the_opening_names_the_day() {
        for (text, published_on, held_on) in [
            (
                "Tít bài\n\n(Báo Lam Giang) - Sáng 19/4, tại huyện Mường Vân, Thường trực Tỉnh ủy làm việc.\n",
                Some(date(2024, 4, 20)),
                Some(date(2024, 4, 19)),
            ),
            ("Tít bài\n\nSáng 19/4, tại huyện Mường Vân, Thường trực Tỉnh ủy làm việc.\n", None, None),
            ("Tít bài\n\nNgày 19/4/2024, Thường trực Tỉnh ủy đã làm việc với huyện.\n", None, Some(date(2024, 4, 19))),
            ("Tít bài\n\nThực hiện Nghị quyết số 03-NQ/HU ngày 25/3/2021, xã đã phân công cán bộ.\n", None, None),
        ] {
            assert_eq!(read(text, published_on).held_on, held_on, "{text}");
        }
    }
}
