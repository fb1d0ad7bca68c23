//! The subject of a number: which of the words before it name what is measured.

use super::unit::is_function_word;
use crate::words::Line;

/// A measure longer than this is a sentence.
const WORDS_MAX: usize = 24;

/// The subject is the last comma part that begins a measure, else the last part.
pub fn find_subject(line: &Line<'_>, kept: &[usize]) -> (Vec<usize>, bool) {
    let colon = kept.iter().rposition(|&at| line.word(at) == ":").map_or(0, |colon| colon + 1);
    let kept = kept.get(colon..).unwrap_or(&[]);
    let mut borders: Vec<usize> = kept.iter().enumerate().filter(|&(_, &at)| is_border(line, at)).map(|(i, _)| i + 1).collect();
    borders.insert(0, 0);
    if borders.last().and_then(|&start| kept.get(start)).is_some_and(|&at| line.word(at) == "mỗi") {
        return (last_part(line, kept), false);
    }
    for &start in borders.iter().rev() {
        let part = kept.get(start..).unwrap_or(&[]);
        let own = part.iter().position(|&at| is_border(line, at)).unwrap_or(part.len());
        let head = part.iter().take(own).position(|&at| is_head(line, at) && !GOVERNING.contains(&line.before(at, 1)));
        let rest_acts =
            part.iter().skip(own).any(|&at| matches!(line.word(at), "có" | "đã" | "huyện" | "tỉnh" | "xã" | "là" | "đạt" | "ngành"));
        if let Some(head) = head {
            let head = head - leading_verb(line, part, head);
            return if rest_acts { (last_part(line, kept), false) } else { (bounded(part.get(head..).unwrap_or(&[])), true) };
        }
    }
    (last_part(line, kept), false)
}

pub fn is_border(line: &Line<'_>, at: usize) -> bool {
    matches!(line.word(at), "," | ":" | "\"" | "“" | "”")
}

/// The last comma part, with the short one before it that it is coordinated with ("công nghiệp, xây dựng"), without connectives.
fn last_part(line: &Line<'_>, kept: &[usize]) -> Vec<usize> {
    let mut parts = kept.split(|&at| is_border(line, at)).rev();
    let last = parts.next().unwrap_or(&[]);
    let last = behind_request(line, last);
    let mut words = strip_connectives(line, last).to_vec();
    if let Some(previous) = parts.next().filter(|p| words.len() == last.len() && (1..=4).contains(&p.len()) && coordinates(line, p, last)) {
        let stripped = strip_connectives(line, previous);
        if let (Some(&first), Some(&end)) = (stripped.first(), last.last()) {
            words = kept.iter().copied().filter(|at| (first..=end).contains(at)).collect();
        }
    }
    bounded(&words)
}

/// "Thủ tướng yêu cầu Lam Giang tăng trưởng": who asks whom is not measured.
fn behind_request<'a>(line: &Line<'_>, part: &'a [usize]) -> &'a [usize] {
    const REQUESTS: [&str; 6] = ["yêu cầu", "đề nghị", "kiến nghị", "đề xuất", "chỉ đạo", "giao"];
    let asked = part.iter().rposition(|&at| line.any_phrase(at, &REQUESTS).is_some());
    let Some(asked) = asked else { return part };
    let verb = if part.get(asked).is_some_and(|&at| line.word(at) == "giao") { 1 } else { 2 };
    let rest = part.get(asked + verb..).unwrap_or(&[]);
    let named = rest.iter().take_while(|&&at| line.is_capital(at)).count();
    match rest.get(named..) {
        Some(words) if !words.is_empty() && !words.iter().any(|&at| named > 0 && line.is_capital(at)) => words,
        Some(words) if !words.is_empty() => rest,
        _ => part,
    }
}

fn coordinates(line: &Line<'_>, previous: &[usize], last: &[usize]) -> bool {
    let plain =
        |at: &usize| !is_function_word(line.word(*at)) && !matches!(line.word(*at), "huyện" | "tỉnh" | "xã" | "đó" | "nhiên" | "thể");
    let comma = previous.last().is_some_and(|&at| line.word(at + 1) == ",");
    let small = |at: usize| !line.is_capital(at) || last.len() == 1 && line.printed(at).chars().all(char::is_uppercase);
    comma && previous.iter().all(plain) && last.first().is_some_and(|at| plain(at) && small(*at))
}

fn bounded(words: &[usize]) -> Vec<usize> {
    words.get(words.len().saturating_sub(WORDS_MAX)..).unwrap_or(&[]).to_vec()
}

/// Drops "trong đó", "toàn huyện", "qua đó góp phần nâng" and the like.
pub fn strip_connectives<'a>(line: &Line<'_>, mut words: &'a [usize]) -> &'a [usize] {
    const CONNECTIVES: [&str; 45] = [
        "trong đó",
        "trong khi",
        "so với",
        "mỗi năm",
        "hằng năm",
        "hàng năm",
        "cả tỉnh",
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
        let place = place || line.word(first) == "còn" && line.word(next) == "lại";
        let length = words.iter().take_while(|&&at| at < next).count();
        if place || length == 0 {
            return words;
        }
        words = words.get(length..).unwrap_or(&[]);
    }
    words
}

/// How many words before a weak head belong to it.
fn leading_verb(line: &Line<'_>, part: &[usize], head: usize) -> usize {
    let words = strip_connectives(line, part.get(..head).unwrap_or(&[]));
    let weak = part.get(head).is_some_and(|&at| is_weak_head(line, at));
    let verb = (1..=3).contains(&words.len()) && !words.iter().any(|&at| is_function_word(line.word(at)));
    if weak && verb { words.len() } else { 0 }
}

/// "tăng trưởng GRDP", "giải ngân vốn đầu tư công": the words before these belong to the measure too.
fn is_weak_head(line: &Line<'_>, at: usize) -> bool {
    matches!(line.word(at), "vốn" | "grdp" | "gdp" | "fdi" | "oda" | "kinh" | "nguồn" | "dư" | "nợ")
}

/// "tổng kết", "tổng hợp" are verbs, "tổng cục" is a body.
const NO_SUM: [&str; 8] = ["kết", "cục", "công", "bí", "giám", "thể", "hợp", "duyệt"];
/// "một số", "thiểu số", "chuyển đổi số" count nothing.
const NO_NUMBER: [&str; 9] = ["một", "con", "chuyển", "dân", "tổng", "đa", "thiểu", "đổi", "chỉ"];
/// Behind these a head is part of a longer name ("trong cơ cấu kinh tế").
const GOVERNING: [&str; 7] = ["trong", "của", "về", "theo", "vào", "trên", "bị"];

/// Words that begin the name of a measure.
fn is_head(line: &Line<'_>, at: usize) -> bool {
    let (word, next, before) = (line.word(at), line.word(at + 1), line.before(at, 1));
    match word {
        "tỷ" | "tỉ" => matches!(next, "lệ" | "trọng" | "suất" | "giá"),
        "tốc" => next == "độ",
        "độ" => next == "che",
        "tổng" => !NO_SUM.contains(&next),
        "số" => !NO_NUMBER.contains(&before) && !line.is_number(at + 1) && next != "hóa",
        "giá" => next == "trị" || next == "bán" || next == "đất",
        "sản" => next == "lượng",
        "diện" => next == "tích",
        "dân" => next == "số",
        "thu" => matches!(next, "nhập" | "ngân" | "nội" | "thuế"),
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
        "vốn" | "grdp" | "gdp" | "pci" | "iip" | "cpi" => true,
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
