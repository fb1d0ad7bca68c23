//! Notes what was seen and could not be settled, in the words of the review desk.

use domain::decimal::Decimal;
use domain::reading::{DocumentDraft, FigureDraft, FigureRole, GroupCountDraft, Note, Span};

use crate::figure::period::{Bearing, TimePhrase, find_times};
use crate::layout::{BlockKind, Layout};
use crate::words::Line;

/// More notes than this nobody reads; a paper with more of them has one trouble, not many.
const NOTES_MAX: usize = 200;

/// Two readings of a number, bands that add up to the whole, an implied target, a year that is missing, a broken symbol.
pub fn find_notes(
    text: &str,
    layout: &Layout,
    figures: &[FigureDraft],
    counts: &[GroupCountDraft],
    documents: &[DocumentDraft],
) -> Vec<Note> {
    let mut notes = Vec::new();
    notes.extend(figures.iter().filter_map(|figure| separator_note(text, figure)));
    notes.extend(figures.windows(2).filter_map(|pair| pair_note(text, pair)));
    notes.extend((0..figures.len()).filter_map(|at| points_note(text, figures, at)));
    notes.extend(band_note(text, counts));
    notes.extend(documents.iter().filter_map(|document| symbol_note(text, document)));
    for block in layout.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph { .. } | BlockKind::Caption)) {
        if notes.len() >= NOTES_MAX {
            break;
        }
        let printed = block.span.of(text).unwrap_or("");
        if !printed.contains(|c: char| c.is_ascii_digit()) && !printed.contains("trước") && !printed.contains("quý ") {
            continue;
        }
        let line = Line::cut(text, Span { start: block.words, end: block.span.end });
        notes.extend(find_times(&line, None).iter().filter_map(|phrase| year_note(text, &line, phrase)));
        notes.extend((0..line.len()).filter_map(|at| lunar_note(text, &line, at)));
    }
    notes.sort_by_key(|note| (note.span.start, note.span.end));
    notes.dedup();
    notes.truncate(NOTES_MAX);
    notes
}

fn note(text: &str, span: Span, words: impl Into<String>) -> Option<Note> {
    span.of(text).map(|quote| Note { note: words.into(), quote: quote.to_owned(), span })
}

/// "1.428/1340", "3,214 tấn".
fn separator_note(text: &str, figure: &FigureDraft) -> Option<Note> {
    let numbers = || {
        figure.quote.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).filter(|n| n.starts_with(|c: char| c.is_ascii_digit()))
    };
    let long = |n: &str| n.len() >= 4 && n.bytes().all(|b| b.is_ascii_digit());
    if numbers().any(long) && numbers().any(|n| grouped_by(n, '.')) {
        return note(text, figure.span, "dấu phân cách hàng nghìn không thống nhất");
    }
    let printed = numbers().find(|n| grouped_by(n, ','))?;
    let (thousands, decimal) = (printed.replace(',', "."), printed);
    let read_as_thousands = figure.value.scale() == 0;
    let (read, other) =
        if read_as_thousands { (thousands.as_str(), "dấu thập phân") } else { (decimal, "dấu phân cách hàng nghìn") };
    note(text, figure.span, format!("hai cách đọc: đang đọc là {read}, dấu phẩy cũng có thể là {other}"))
}

/// One separator with three digits behind it, and no zero in front: thousands or thousandths.
fn grouped_by(number: &str, separator: char) -> bool {
    number.split_once(separator).is_some_and(|(head, tail)| {
        (1..=3).contains(&head.len()) && !head.starts_with('0') && tail.len() == 3 && tail.bytes().all(|b| b.is_ascii_digit())
    })
}

/// "18/15 vụ": read as actual and target because a part cannot exceed its whole.
fn pair_note(text: &str, pair: &[FigureDraft]) -> Option<Note> {
    let [actual, target] = pair else { return None };
    let counted =
        !actual.unit.contains(['%', '/']) && !["đồng", "ha", "tấn", "tạ", "kg", "m2", "km2"].iter().any(|unit| actual.unit.ends_with(unit));
    let pair =
        actual.span == target.span && actual.role == FigureRole::Actual && target.role == FigureRole::Target && actual.value > target.value;
    if pair && counted { note(text, actual.span, "đọc là thực hiện/mục tiêu: tử số lớn hơn mẫu số") } else { None }
}

/// How far before a number "vượt" stands, and behind it "mục tiêu".
const VERB_BYTES_MAX: usize = 32;

/// How many figures back the one may stand that "vượt" speaks of.
const ANCHOR_REACH: usize = 6;

/// "đạt 59%, vượt 9% mục tiêu": points, so the target is 50 %.
fn points_note(text: &str, figures: &[FigureDraft], at: usize) -> Option<Note> {
    let over = figures.get(at).filter(|figure| figure.role == FigureRole::OverTarget && figure.unit == "%")?;
    let speaks_of = |actual: &&FigureDraft| {
        let result = actual.role == FigureRole::Actual && actual.unit.starts_with('%') && actual.of.is_none();
        result && actual.measure == over.measure && actual.period == over.period
    };
    let actual = figures.get(at.saturating_sub(ANCHOR_REACH)..at)?.iter().rev().find(speaks_of)?;
    let target = subtract(actual.value, over.value)?.to_string();
    let target = if target.contains('.') { target.trim_end_matches('0').trim_end_matches('.') } else { &target };
    note(text, with_verb(text, over.span), format!("điểm phần trăm: mục tiêu suy ra là {}{}", target.replace('.', ","), actual.unit))
}

/// The figure with "vượt" before it and the plan's name behind it.
fn with_verb(text: &str, span: Span) -> Span {
    let floor = (span.start.saturating_sub(VERB_BYTES_MAX)..=span.start).find(|&at| text.is_char_boundary(at)).unwrap_or(span.start);
    let start = text.get(floor..span.start).and_then(|before| before.rfind("vượt")).map_or(span.start, |at| floor + at);
    let behind = text.get(span.end..).unwrap_or("");
    let end = [" so với mục tiêu", " mục tiêu", " so với kế hoạch", " kế hoạch", " chỉ tiêu"]
        .iter()
        .find(|plan| behind.starts_with(**plan))
        .map_or(span.end, |plan| span.end + plan.len());
    Span { start, end }
}

fn subtract(from: Decimal, what: Decimal) -> Option<Decimal> {
    let scale = from.scale().max(what.scale());
    let widen = |number: Decimal| number.units().checked_mul(10_i64.checked_pow(u32::from(scale - number.scale()))?);
    Decimal::new(widen(from)?.checked_sub(widen(what)?)?, scale)
}

/// "13/22 … 100 %, 9/22 … 70 %": bands that add up to the whole do not overlap.
fn band_note(text: &str, counts: &[GroupCountDraft]) -> Option<Note> {
    let first = counts.first()?;
    let same: Vec<&GroupCountDraft> = counts.iter().filter(|count| count.of == first.of && count.resolution == first.resolution).collect();
    let sum = same.iter().try_fold(0_u32, |sum, count| sum.checked_add(count.met))?;
    let lowest = same.iter().min_by_key(|count| count.threshold_pct)?;
    if same.len() < 2 || sum != first.of {
        return None;
    }
    let terms = same.iter().map(|count| count.met.to_string()).collect::<Vec<_>>().join(" + ");
    let above = same.iter().filter_map(|count| count.threshold_pct).filter(|pct| Some(*pct) > lowest.threshold_pct).min();
    let band = match (lowest.threshold_pct, above) {
        (Some(low), Some(high)) => format!(", nên {} nhóm này đạt từ {low}% đến dưới {high}%", lowest.met),
        (None, Some(high)) => format!(", nên {} nhóm này đạt dưới {high}%", lowest.met),
        _ => String::new(),
    };
    note(text, lowest.span, format!("các khoảng rời nhau: {terms} = {sum}{band}"))
}

/// "Nghị quyết 10", "Chỉ thị 20/CT-TU".
fn symbol_note(text: &str, document: &DocumentDraft) -> Option<Note> {
    let symbol = document.symbol.as_deref()?;
    if symbol.bytes().all(|b| b.is_ascii_digit()) {
        let words =
            if document.date.is_none() { "số hiệu không đầy đủ, không có ngày" } else { "số hiệu không đầy đủ" };
        return note(text, document.span, words);
    }
    let (number, rest) = symbol.split_once('/')?;
    let issuer = rest.split_once('-').map(|(_, issuer)| issuer)?;
    let party = matches!(issuer, "TU" | "TW" | "HU" | "ThU" | "ĐU" | "QU");
    if party && number.bytes().all(|b| b.is_ascii_digit()) {
        note(text, document.span, "ký hiệu không đúng thể thức văn bản của Đảng")
    } else {
        None
    }
}

/// "trước 25-9", "Sáng 19/4", "trong quý II": completed with the paper's year, which the reader must confirm.
fn year_note(text: &str, line: &Line<'_>, phrase: &TimePhrase) -> Option<Note> {
    let year_of_months = (phrase.from..phrase.to).any(|at| matches!(line.word(at), "năm"));
    if !phrase.year_missing || year_of_months || line.word(phrase.from + 1) == "tháng" {
        return None;
    }
    let quarter = (phrase.from..phrase.to).any(|at| line.word(at) == "quý");
    let month = (phrase.from..phrase.to).any(|at| line.word(at) == "tháng") && line.word(phrase.to.saturating_sub(3)) != "ngày";
    let words = match (phrase.bearing, quarter, month) {
        (Bearing::Deadline, ..) => "hạn không ghi năm",
        (_, true, _) => "quý không ghi năm",
        (_, _, true) => "tháng không ghi năm",
        _ => "ngày không ghi năm",
    };
    note(text, line.span(phrase.from, phrase.to)?, words)
}

/// "trước Tết Nguyên đán Bính Ngọ 2026".
fn lunar_note(text: &str, line: &Line<'_>, at: usize) -> Option<Note> {
    let feast = line.any_phrase(at, &["trước tết nguyên đán", "trước tết âm lịch", "trước tết", "trước rằm"])?;
    let named = (feast..feast + 3).take_while(|&i| line.is_capital(i) || line.is_number(i)).count();
    note(text, line.span(at, feast + named)?, "hạn theo âm lịch, không ghi ngày")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    fn check(text: &str, expect: &[(&str, &str)]) {
        let reading = crate::read(&format!("Tin trong ngày\n\n{text}"), Some(date(2024, 4, 20)));
        let notes: Vec<(&str, &str)> = reading.notes.iter().map(|note| (note.note.as_str(), note.quote.as_str())).collect();
        assert_eq!(notes, expect, "{text}");
    }

    #[test]
    fn notes_two_readings_of_a_number() {
        check("Gieo trồng 2.150/1980 ha lúa.", &[("dấu phân cách hàng nghìn không thống nhất", "2.150/1980 ha")]);
        check("Sản lượng thóc đạt 4,125 tấn.", &[("hai cách đọc: đang đọc là 4.125, dấu phẩy cũng có thể là dấu thập phân", "4,125 tấn")]);
        check("Xảy ra 12/9 vụ cháy.", &[("đọc là thực hiện/mục tiêu: tử số lớn hơn mẫu số", "12/9 vụ cháy")]);
    }

    #[test]
    fn notes_points_over_target() {
        check(
            "Tỷ lệ hộ dùng nước sạch đạt 81,5%, vượt 1,5% mục tiêu.",
            &[("điểm phần trăm: mục tiêu suy ra là 80%", "vượt 1,5% mục tiêu")],
        );
    }

    #[test]
    fn notes_bands_that_add_up() {
        let text = "Có 11/18 nhóm mục tiêu đạt 100%; 7/18 nhóm mục tiêu đạt từ 60% trở lên.";
        let words = "các khoảng rời nhau: 11 + 7 = 18, nên 7 nhóm này đạt từ 60% đến dưới 100%";
        check(text, &[(words, "7/18 nhóm mục tiêu đạt từ 60% trở lên")]);
    }

    #[test]
    fn notes_missing_years() {
        check("Rà soát danh sách, báo cáo trước ngày 20/9.", &[("hạn không ghi năm", "trước ngày 20/9")]);
        check("Trình phương án trong quý II.", &[("quý không ghi năm", "trong quý II")]);
        check("Sáng 12/4, đoàn làm việc tại xã.", &[("ngày không ghi năm", "Sáng 12/4")]);
        check("Bố trí chỗ ở trước Tết Nguyên đán Ất Tỵ 2025.", &[("hạn theo âm lịch, không ghi ngày", "trước Tết Nguyên đán Ất Tỵ 2025")]);
    }
}
