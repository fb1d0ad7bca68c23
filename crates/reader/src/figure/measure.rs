//! The words that name what a figure measures: the subject before the verb, or the counted noun with what is told of it.

use super::mention::Mention;
use super::unit::{UnitKind, is_function_word};
use crate::words::Line;

/// A measure longer than this is a sentence.
const WORDS_MAX: usize = 24;

/// Words that stand between a subject and its number.
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "đạt"
            | "là"
            | "còn"
            | "có"
            | "ước"
            | "tính"
            | "khoảng"
            | "trên"
            | "dưới"
            | "hơn"
            | "gần"
            | "từ"
            | "đến"
            | "tới"
            | "lên"
            | "xuống"
            | "tăng"
            | "giảm"
            | "chiếm"
            | "bằng"
            | "vượt"
            | "được"
            | "mới"
            | "chỉ"
            | "đã"
            | "vẫn"
            | "cũng"
            | "đều"
            | "thêm"
            | "gấp"
            | "dài"
            | "rộng"
            | "đón"
            | "với"
            | "gồm"
            | ":"
            | ","
            | "-"
            | "–"
            | "("
            | "và"
            | "khá"
            | "mạnh"
            | "nhẹ"
            | "ở"
            | "vào"
            | "trong"
            | "cho"
            | "tối"
            | "thiểu"
            | "ít"
            | "nhất"
            | "không"
            | "quá"
            | "đa"
            | "thấp"
            | "cao"
            | "nhanh"
            | "mỗi"
            | "hằng"
            | "hàng"
            | "xảy"
            | "ra"
            | "nay"
            | "nâng"
            | "chừng"
            | "xấp"
            | "xỉ"
            | "tương"
            | "ứng"
            | "lần"
            | "lượt"
            | "so"
            | "đương"
            | "\""
            | "“"
            | "”"
            | "rất"
            | "giá"
            | "bị"
            | "ngót"
            | "cùng"
            | "tại"
    )
}

/// Links that tie a subject to its value, so that the words behind the number do not name the measure.
fn is_firm_link(word: &str) -> bool {
    matches!(word, "đạt" | "là" | "chiếm" | ":" | "tăng" | "giảm" | "ước" | "bằng" | "dài" | "rộng" | "xuống")
}

/// The parts that a measure can be made of.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// The subject before the number, without links, connectives and times.
    pub subject: Vec<usize>,
    /// Whether the subject begins with a word that names a measure ("tỷ lệ", "giá trị").
    pub headed: bool,
    /// Whether a firm link stands between subject and number.
    pub linked: bool,
    /// The verb just before a counted noun ("kết nạp 458 đảng viên").
    pub verb: Vec<usize>,
    /// The words behind the unit.
    pub behind: Vec<usize>,
}

/// Takes the parts apart; `left` are the tokens since the previous figure or the clause's beginning, `behind` those up to the next border.
pub fn take_apart(line: &Line<'_>, left: &[usize], behind: Vec<usize>) -> Parts {
    let mut end = left.len();
    let mut linked = false;
    while let Some(&at) = end.checked_sub(1).and_then(|i| left.get(i)) {
        let before = end.checked_sub(2).and_then(|i| left.get(i)).map_or("", |&i| line.word(i));
        let average = line.word(at) == "quân"
            && before == "bình"
            && matches!(end.checked_sub(3).and_then(|i| left.get(i)).map_or("", |&i| line.word(i)), "tăng" | "giảm");
        let name = matches!(
            (before, line.word(at)),
            ("đánh", "giá") | ("biên", "giới") | ("cơ", "cấu") | ("vượt", "khó") | ("cận", "trên") | ("tổng", "cộng")
        );
        if average {
            end -= 2;
            continue;
        }
        if name || !is_link(line.word(at)) {
            break;
        }
        linked |= is_firm_link(line.word(at));
        end -= 1;
    }
    let kept = left.get(..end).unwrap_or(&[]);
    let kept = kept
        .iter()
        .position(|&at| matches!(line.word(at), "tuy" | "nhưng" | "song"))
        .filter(|&cut| cut > 0)
        .and_then(|cut| kept.get(..cut))
        .unwrap_or(kept);
    let (subject, headed) = find_subject(line, kept);
    let verb = if left.len() == end || softly_linked(line, left.get(end..).unwrap_or(&[])) { find_verb(line, kept) } else { Vec::new() };
    Parts { subject, headed, linked, verb, behind }
}

/// "xóa được 447 nhà", "trồng mới tối thiểu 290 ha": only adverbs between verb and number.
fn softly_linked(line: &Line<'_>, links: &[usize]) -> bool {
    links.iter().all(|&at| {
        matches!(
            line.word(at),
            "được"
                | "mới"
                | "thêm"
                | "tối"
                | "thiểu"
                | "ít"
                | "nhất"
                | "không"
                | "quá"
                | "trên"
                | "hơn"
                | "gần"
                | "khoảng"
                | "từ"
                | "cho"
                | "dưới"
        )
    })
}

/// The subject is the last comma part that begins a measure, else the last part.
fn find_subject(line: &Line<'_>, kept: &[usize]) -> (Vec<usize>, bool) {
    let mut borders: Vec<usize> = kept.iter().enumerate().filter(|&(_, &at)| is_border(line, at)).map(|(i, _)| i + 1).collect();
    borders.insert(0, 0);
    for &start in borders.iter().rev() {
        let part = kept.get(start..).unwrap_or(&[]);
        let own = part.iter().position(|&at| is_border(line, at)).unwrap_or(part.len());
        let head = part.iter().take(own).position(|&at| is_head(line, at));
        let rest_acts =
            part.iter().skip(own).any(|&at| matches!(line.word(at), "có" | "đã" | "huyện" | "tỉnh" | "xã" | "là" | "đạt" | "ngành"));
        if let Some(head) = head {
            return if rest_acts { (last_part(line, kept), false) } else { (bounded(part.get(head..).unwrap_or(&[])), true) };
        }
    }
    (last_part(line, kept), false)
}

fn is_border(line: &Line<'_>, at: usize) -> bool {
    matches!(line.word(at), "," | ":" | "\"" | "“" | "”")
}

/// The last comma part, with the short one before it that it is coordinated with ("công nghiệp, xây dựng"), without connectives.
fn last_part(line: &Line<'_>, kept: &[usize]) -> Vec<usize> {
    let mut parts = kept.split(|&at| is_border(line, at)).rev();
    let last = parts.next().unwrap_or(&[]);
    let mut words = strip_connectives(line, last).to_vec();
    if let Some(previous) = parts.next().filter(|p| words.len() == last.len() && (1..=4).contains(&p.len()) && coordinates(line, p, last)) {
        let stripped = strip_connectives(line, previous);
        if let (Some(&first), Some(&end)) = (stripped.first(), last.last()) {
            words = kept.iter().copied().filter(|at| (first..=end).contains(at)).collect();
        }
    }
    bounded(&words)
}

fn coordinates(line: &Line<'_>, previous: &[usize], last: &[usize]) -> bool {
    let plain =
        |at: &usize| !is_function_word(line.word(*at)) && !matches!(line.word(*at), "huyện" | "tỉnh" | "xã" | "đó" | "nhiên" | "thể");
    let comma = previous.last().is_some_and(|&at| line.word(at + 1) == ",");
    comma && previous.iter().all(plain) && last.first().is_some_and(|at| plain(at) && !line.is_capital(*at))
}

fn bounded(words: &[usize]) -> Vec<usize> {
    words.get(words.len().saturating_sub(WORDS_MAX)..).unwrap_or(&[]).to_vec()
}

/// Drops "trong đó", "toàn huyện", "qua đó góp phần nâng" and the like.
fn strip_connectives<'a>(line: &Line<'_>, mut words: &'a [usize]) -> &'a [usize] {
    const CONNECTIVES: [&str; 40] = [
        "trong đó",
        "cụ thể",
        "qua đó",
        "góp phần",
        "đồng thời",
        "ngoài ra",
        "bên cạnh đó",
        "cùng với đó",
        "riêng",
        "đặc biệt",
        "tuy nhiên",
        "và",
        "với",
        "toàn huyện",
        "toàn tỉnh",
        "toàn xã",
        "toàn thành phố",
        "toàn đảng bộ",
        "toàn ngành",
        "cả nước",
        "huyện",
        "tỉnh",
        "có",
        "đã",
        "mới",
        "vẫn",
        "về",
        "trên địa bàn",
        "nhờ đó",
        "theo đó",
        "nhất là",
        "nâng",
        "đưa",
        "phấn đấu",
        "bình quân mỗi năm",
        "vì vậy",
        "do đó",
        "phải",
        "để",
        "còn",
    ];
    while let Some(&first) = words.first() {
        let Some(next) = line.any_phrase(first, &CONNECTIVES) else { return words };
        let place = matches!(line.word(first), "huyện" | "tỉnh") && line.is_capital(next);
        let length = words.iter().take_while(|&&at| at < next).count();
        if place || length == 0 {
            return words;
        }
        words = words.get(length..).unwrap_or(&[]);
    }
    words
}

/// Words that begin the name of a measure.
fn is_head(line: &Line<'_>, at: usize) -> bool {
    let (word, next, before) = (line.word(at), line.word(at + 1), line.before(at, 1));
    match word {
        "tỷ" | "tỉ" => matches!(next, "lệ" | "trọng" | "suất" | "giá"),
        "tốc" => next == "độ",
        "độ" => next == "che",
        "tổng" => next != "kết" && next != "cục" && next != "công" && next != "bí" && next != "giám" && next != "thể",
        "số" => {
            before != "một"
                && before != "chuyển"
                && before != "dân"
                && before != "tổng"
                && before != "đa"
                && !line.is_number(at + 1)
                && next != "hóa"
        }
        "giá" => next == "trị" || next == "bán" || next == "đất",
        "sản" => next == "lượng",
        "diện" => next == "tích",
        "dân" => next == "số",
        "thu" => matches!(next, "nhập" | "ngân" | "nội" | "hút" | "thuế"),
        "chi" => next == "ngân",
        "doanh" => matches!(next, "thu" | "số"),
        "kim" => next == "ngạch",
        "năng" => matches!(next, "suất" | "lực"),
        "chỉ" => next == "số",
        "cơ" => next == "cấu",
        "mức" => !matches!(before, "ở" | "với" | "hơn") || next == "bình",
        "kinh" => next == "phí",
        "lũy" | "luỹ" => next == "kế",
        "lợi" => next == "nhuận",
        "dư" => next == "nợ",
        "vốn" | "grdp" | "gdp" | "pci" | "iip" | "cpi" | "fdi" | "oda" => true,
        "mật" | "trình" => next == "độ" && word == "mật",
        "quy" => next == "mô",
        "công" => next == "suất",
        "chiều" => matches!(next, "dài" | "rộng" | "cao"),
        "định" => next == "mức",
        "thiệt" => next == "hại",
        "trữ" | "khối" | "lưu" => next == "lượng",
        "tuổi" => next == "thọ",
        "nguồn" => matches!(next, "vốn" | "thu" | "lực"),
        "nợ" => next == "xấu" || next == "đọng",
        _ => false,
    }
}

/// The one or two words before a counted noun that tell what is done with it.
fn find_verb(line: &Line<'_>, kept: &[usize]) -> Vec<usize> {
    let fits = |at: usize| {
        line.is_word(at)
            && !line.is_capital(at)
            && !is_function_word(line.word(at))
            && !matches!(
                line.word(at),
                "huyện" | "tỉnh" | "xã" | "bộ" | "toàn" | "trì" | "ngành" | "ủy" | "viên" | "đó" | "phố" | "thôn" | "trấn" | "trung"
            )
    };
    let mut verb: Vec<usize> = kept.iter().rev().take(2).take_while(|&&at| fits(at)).copied().collect();
    if kept.last().is_some_and(|&at| line.is_capital(at) && at == kept.first().copied().unwrap_or(at)) {
        verb = kept.to_vec();
    }
    verb.reverse();
    verb
}

/// Whether the unit's own noun, not the subject, names the measure.
fn counts(parts: &Parts, mention: &Mention) -> bool {
    mention.unit.kind.is_counted() && !(parts.headed || parts.linked && parts.subject.len() >= 2 && parts.behind.is_empty())
}

/// The measure's tokens; empty where the figure says nothing of its own ("bằng 104%") and takes what the one before it measures.
pub fn find_measure(line: &Line<'_>, parts: &Parts, mention: &Mention, own_clause: bool) -> Vec<usize> {
    if parts.headed {
        return parts.subject.clone();
    }
    let unit: Vec<usize> = (mention.unit.from..mention.unit.to).collect();
    if counts(parts, mention) {
        let bare = parts.behind.is_empty() && parts.verb.is_empty() && parts.subject.is_empty() && !own_clause;
        if bare {
            return Vec::new();
        }
        return [parts.verb.as_slice(), &unit, &parts.behind].concat();
    }
    if mention.unit.kind.is_counted() {
        return parts.subject.clone();
    }
    let told_behind = parts.behind.len() >= if parts.subject.is_empty() { 1 } else { 2 };
    match (parts.linked && !parts.subject.is_empty(), told_behind) {
        (true, _) => parts.subject.clone(),
        (false, true) if mention.unit.kind == UnitKind::Percent => [parts.subject.as_slice(), &parts.behind].concat(),
        (false, true) => [verb_of_change(line, parts), parts.behind.clone()].concat(),
        (false, false) if !parts.behind.is_empty() => [parts.verb.as_slice(), &parts.behind].concat(),
        (false, false) => parts.subject.clone(),
    }
}

/// "điều chỉnh giảm 24,5 tỷ đồng vốn …": a verb of change belongs to the measure, "bố trí" does not.
fn verb_of_change(line: &Line<'_>, parts: &Parts) -> Vec<usize> {
    let changes =
        parts.verb.iter().any(|&at| matches!(line.word(at), "chỉnh" | "trồng" | "cấp" | "thu" | "tiết" | "gieo" | "khai" | "phục"));
    if changes { parts.verb.clone() } else { Vec::new() }
}

/// The tokens as printed, in one line; a sentence's capital becomes small unless the word is a name.
pub fn print(line: &Line<'_>, words: &[usize]) -> String {
    let mut printed = String::new();
    for (n, &at) in words.iter().enumerate() {
        let gap = n.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|&left| left + 1 != at);
        if !printed.is_empty() && (line.spaced(at) || gap) {
            printed.push(' ');
        }
        printed.push_str(line.printed(at));
    }
    let name = words.get(1).is_some_and(|&second| line.is_capital(second))
        || words.first().is_some_and(|&first| line.printed(first).chars().nth(1).is_some_and(char::is_uppercase));
    let trimmed = printed.trim_matches(|c: char| matches!(c, ',' | ':' | ';' | '-' | '–' | ' '));
    let mut letters = trimmed.chars();
    match letters.next() {
        Some(first) if !name => first.to_lowercase().chain(letters).collect(),
        _ => trimmed.to_owned(),
    }
}
