//! The deadline of a task: the day that "trước ngày", "chậm nhất", "xong trong" or "đến hết" point at. A month, a quarter or a
//! year ends on its last day. A date that repeats ("trước ngày 25 hằng tháng") is none, nor is a year in which something is to be
//! reached ("phấn đấu năm 2024 đạt …").

use std::borrow::Cow;

use domain::reading::Span;
use jiff::civil::Date;

use crate::date::{self, When};

use super::lexicon;

/// A deadline is printed near its cue: this many words before the date are looked at.
const CUE_WORDS_MAX: usize = 5;

/// The last deadline in `span`; a missing year is completed from the paper's day.
pub fn find_due(text: &str, span: Span, paper: Option<Date>) -> Option<Date> {
    let dates = date::find_dates(text, span);
    dates.iter().rev().take(DATES_MAX).find_map(|dated| {
        let before = text.get(span.start..dated.span.start)?;
        let after = text.get(dated.span.end..span.end)?;
        (is_deadline(before, dated.when) && !repeats(after)).then(|| last_day(dated.when, paper)).flatten()
    })
}

/// A task with more dates than this is a table; its last ones are enough.
const DATES_MAX: usize = 20;

/// Whether the words before a date make it a deadline.
fn is_deadline(before: &str, when: When) -> bool {
    let clause = last_words(before).rsplit([',', ';', ':', '(']).next().unwrap_or_default();
    let words: Vec<Cow<'_, str>> = clause.split_whitespace().rev().take(CUE_WORDS_MAX).map(lexicon::key).collect();
    let word = |n: usize| words.get(n).map_or("", AsRef::as_ref);
    let near = |cue: &str| words.iter().any(|word| word == cue);
    let limit = match word(0) {
        "trước" => word(1) != "so" && word(1) != "năm",
        "nhất" | "quá" => true,
        "là" => word(1) == "nhất",
        "hết" => word(1) == "đến" || word(1) == "trước" || word(1) == "nhất",
        "đến" => near("hạn") || near("thành") || near("hiện"),
        "trong" => true,
        "vào" | "cuối" | "đầu" => near("thành") || near("xong") || near("nhất") || near("trước"),
        _ => near("xong") && words.len() <= 2,
    };
    let plain_year = matches!(when, When::Year(_)) && word(0) == "trong";
    limit && (!plain_year || near("thành") || near("xong") || near("nhất") || words.len() <= 1)
}

/// The last words of a stretch: a cue stands near its date.
fn last_words(before: &str) -> &str {
    before.get(before.ceil_char_boundary(before.len().saturating_sub(CUE_BYTES_MAX))..).unwrap_or_default()
}

/// Room for the longest cue in bytes.
const CUE_BYTES_MAX: usize = 120;

/// "hằng tháng", "hàng quý" behind a date: it comes again.
fn repeats(after: &str) -> bool {
    let first = after.split_whitespace().next().map(lexicon::key);
    matches!(first.as_deref(), Some("hằng" | "hàng" | "mỗi"))
}

/// The last day of what is printed; without a year that of the paper, or the next one where that day is long past.
fn last_day(when: When, paper: Option<Date>) -> Option<Date> {
    let day = when.last(paper.map(Date::year))?;
    let past = paper.filter(|paper| when.year().is_none() && day < *paper).and_then(|paper| paper.since(day).ok());
    if past.is_some_and(|gap| gap.get_days() > PAST_DAYS_MAX) { when.last(paper.map(|paper| paper.year() + 1)) } else { Some(day) }
}

/// A deadline without a year may lie this far before the paper's day (a late report of a meeting) before next year is meant.
const PAST_DAYS_MAX: i32 = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_deadlines() {
        let paper = Date::new(2024, 4, 26).ok();
        for (text, expect) in [
            ("rà soát, báo cáo trước ngày 31/5/2024", Some("2024-05-31")),
            ("tham mưu phương án trong quý III/2024", Some("2024-09-30")),
            ("hoàn thành trong tháng 7", Some("2024-07-31")),
            ("chậm nhất ngày 31/12/2024", Some("2024-12-31")),
            ("hoàn thành trong năm 2026", Some("2026-12-31")),
            ("xong trước 25-9", Some("2024-09-25")),
            ("báo cáo trước ngày 15/01", Some("2025-01-15")),
            ("định kỳ trước ngày 25 hằng tháng cập nhật", None),
            ("phấn đấu năm 2024 đạt 97%", None),
            ("theo Công văn ngày 12/3/2024 của UBND tỉnh", None),
            ("phấn đấu đạt 43% vào cuối năm 2025", None),
            ("xong trước Tết Nguyên đán 2026", None),
        ] {
            let due = find_due(text, Span { start: 0, end: text.len() }, paper);
            assert_eq!(due.map(|due| due.to_string()).as_deref(), expect, "{text}");
        }
    }
}
