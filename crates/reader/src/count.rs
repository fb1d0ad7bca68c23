//! Finds counts of groups of targets (13/22 nhóm mục tiêu).

use domain::reading::{Confidence, DocumentDraft, GroupCountDraft, Span};

use crate::layout::{BlockKind, Layout};
use crate::words::Line;

/// A count as tokens `from..to` of its line, thresholds included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountMention {
    /// The token behind the last.
    pub to: usize,
    met: u32,
    of: u32,
    threshold_pct: Option<u32>,
    /// Whether a verb or percentage says what the groups met.
    told: bool,
}

/// More groups than this no resolution has.
const GROUPS_MAX: u32 = 999;

/// The count that begins with the number at `at`.
pub fn count_at(line: &Line<'_>, at: usize) -> Option<CountMention> {
    let met = group_number(line, at)?;
    let slash = line.any_phrase(at + 1, &["/", "trên tổng số", "trên", "/ tổng số", "trong tổng số", "trong số"])?;
    let of = group_number(line, slash).filter(|of| *of >= met && *of > 0)?;
    let noun = line.any_phrase(slash + 1, &["nhóm mục tiêu , chỉ tiêu", "nhóm mục tiêu", "nhóm chỉ tiêu", "mục tiêu", "chỉ tiêu"])?;
    let (to, threshold_pct, told) = threshold(line, at, noun);
    Some(CountMention { to, met, of, threshold_pct, told })
}

fn group_number(line: &Line<'_>, at: usize) -> Option<u32> {
    let printed = line.word(at);
    if line.is_number(at) && printed.len() <= 3 { printed.parse().ok().filter(|n| *n <= GROUPS_MAX) } else { None }
}

/// How far behind the noun the threshold may stand.
const REACH: usize = 24;

/// The token behind the threshold, its percentage, and whether it was told.
fn threshold(line: &Line<'_>, at: usize, noun: usize) -> (usize, Option<u32>, bool) {
    let mut reached = None;
    for i in noun..(noun + REACH).min(line.len()) {
        if matches!(line.word(i), ";" | "(" | ")") || line.ends_sentence(i) || count_begins(line, i) {
            break;
        }
        if let Some(end) = missed(line, i) {
            return (end, None, true);
        }
        if let Some((end, percent)) = percent(line, i) {
            return (end, Some(percent), true);
        }
        if let Some(end) = line.any_phrase(
            i,
            &[
                "đạt và vượt",
                "đạt , vượt",
                "đạt hoặc vượt",
                "hoàn thành và vượt",
                "hoàn thành vượt mức",
                "hoàn thành , vượt",
                "đạt",
                "vượt",
                "hoàn thành",
            ],
        ) {
            reached = reached.or(Some(end));
        } else if line.word(i) == "," && reached.is_some() {
            break;
        }
    }
    let before = matches!(line.before(at, 1), "đạt" | "vượt" | "thành");
    match reached {
        Some(end) => (end, Some(100), true),
        None => (noun, before.then_some(100), before),
    }
}

fn count_begins(line: &Line<'_>, at: usize) -> bool {
    line.is_number(at) && line.word(at + 1) == "/" && line.is_number(at + 2)
}

/// "khó đạt", "chưa đạt", "đang trong lộ trình": no threshold is met.
fn missed(line: &Line<'_>, at: usize) -> Option<usize> {
    line.any_phrase(
        at,
        &[
            "đang trong lộ trình thực hiện",
            "đang trong lộ trình",
            "trong lộ trình",
            "khó đạt",
            "khó hoàn thành",
            "chưa đạt",
            "chưa hoàn thành",
            "không đạt",
            "không hoàn thành",
            "đạt thấp",
            "đang thực hiện",
            "đang triển khai",
            "chưa đánh giá",
        ],
    )
}

/// "từ 70% trở lên", "100%", "trên 95%".
fn percent(line: &Line<'_>, at: usize) -> Option<(usize, u32)> {
    let whole = line.word(at).split([',', '.']).next().filter(|_| line.is_number(at))?;
    let value = if whole.len() <= 3 { whole.parse().ok()? } else { return None };
    let end = line.any_phrase(at + 1, &["%", "phần trăm"])?;
    Some((line.phrase(end, "trở lên").unwrap_or(end), value))
}

/// Finds counts of groups of targets (13/22 nhóm mục tiêu), in the order of the text, each once.
pub fn find_group_counts(text: &str, layout: &Layout, documents: &[DocumentDraft]) -> Vec<GroupCountDraft> {
    let mut counts: Vec<GroupCountDraft> = Vec::new();
    for block in layout.blocks.iter().filter(|block| is_read(block.kind) && names_aims(text, block.span)) {
        let line = Line::cut(text, Span { start: block.words, end: block.span.end });
        let mut at = 0;
        while at < line.len() {
            let Some(count) = count_at(&line, at) else {
                at += 1;
                continue;
            };
            let known = counts.iter().any(|c| (c.met, c.of, c.threshold_pct) == (count.met, count.of, count.threshold_pct));
            if let Some(span) = line.span(at, count.to).filter(|_| !known && counts.len() < GROUPS_MAX as usize) {
                counts.push(draft(&line, at, &count, span, documents));
            }
            at = count.to;
        }
    }
    counts
}

/// Where counts are printed: running text, headings, captions and the headline.
fn is_read(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Headline | BlockKind::Heading { .. } | BlockKind::Paragraph { .. } | BlockKind::Caption)
}

/// A look before cutting words: most blocks name no targets.
fn names_aims(text: &str, span: Span) -> bool {
    let bytes = span.of(text).unwrap_or("").as_bytes();
    ["tiêu", "TIÊU", "Tiêu"].iter().any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some())
}

fn draft(line: &Line<'_>, at: usize, count: &CountMention, span: Span, documents: &[DocumentDraft]) -> GroupCountDraft {
    GroupCountDraft {
        met: count.met,
        of: count.of,
        threshold_pct: count.threshold_pct,
        resolution: find_resolution(documents, span),
        quote: line.stretch(at, count.to).to_owned(),
        span,
        confidence: if count.told { Confidence::Sure } else { Confidence::Check },
    }
}

/// The resolution of a congress where the paper names one, else the nearest resolution before the count.
fn find_resolution(documents: &[DocumentDraft], span: Span) -> Option<String> {
    let resolutions = || documents.iter().filter(|document| document.document_type == "NQ");
    let of_congress = |document: &&DocumentDraft| document.title.as_ref().is_some_and(|title| title.to_lowercase().contains("đại hội"));
    let nearest = resolutions().filter(|document| document.span.start < span.end).max_by_key(|document| document.span.start);
    resolutions()
        .filter(of_congress)
        .min_by_key(|document| document.span.start.abs_diff(span.start))
        .or(nearest)
        .and_then(|document| document.symbol.clone().or_else(|| document.title.clone()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    fn check(text: &str, expect: &[(u32, u32, Option<u32>, &str)]) {
        let reading = crate::read(&format!("Tin trong ngày\n\n{text}\n"), Some(date(2024, 4, 20)));
        let counts: Vec<_> = reading.group_counts.iter().map(|c| (c.met, c.of, c.threshold_pct, c.quote.as_str())).collect();
        assert_eq!(counts, expect, "{text}");
        assert!(reading.figures.iter().all(|figure| !figure.quote.contains('/')), "a count is no figure: {text}");
    }

    #[test]
    fn reads_thresholds() {
        check(
            "Có 11/18 nhóm mục tiêu đạt từ 100% trở lên; 7/18 nhóm mục tiêu còn lại đạt trên 70%.",
            &[(11, 18, Some(100), "11/18 nhóm mục tiêu đạt từ 100% trở lên"), (7, 18, Some(70), "7/18 nhóm mục tiêu còn lại đạt trên 70%")],
        );
        check("Đã hoàn thành 15/16 chỉ tiêu.", &[(15, 16, Some(100), "15/16 chỉ tiêu")]);
        check("Có 14/16 chỉ tiêu chủ yếu đạt và vượt kế hoạch.", &[(14, 16, Some(100), "14/16 chỉ tiêu chủ yếu đạt và vượt")]);
    }

    #[test]
    fn what_is_under_way_or_missed_has_no_threshold() {
        check("Còn 2/20 chỉ tiêu đang trong lộ trình.", &[(2, 20, None, "2/20 chỉ tiêu đang trong lộ trình")]);
        check("Dự báo 3/17 chỉ tiêu khó đạt.", &[(3, 17, None, "3/17 chỉ tiêu khó đạt")]);
    }

    #[test]
    fn counts_once_what_is_printed_twice() {
        let once = (9, 12, Some(100), "9/12 chỉ tiêu đạt 100%");
        check("Có 9/12 chỉ tiêu đạt 100%. Kết quả 9/12 chỉ tiêu đạt 100% là cố gắng lớn.", &[once]);
    }
}
