//! The words that name what a figure measures: the subject before the verb, or the counted noun with what is told of it.

use super::mention::Mention;
use super::subject::{find_subject, is_border, strip_connectives};
use super::unit::{UnitKind, is_function_word};
use crate::words::Line;

/// Words that stand between a subject and its number.
const LINKS: [&str; 79] = [
    "đạt", "là", "còn", "có", "ước", "tính", "khoảng", "trên", "dưới", "hơn", "gần", "từ", "đến", "tới", "lên", "xuống", "tăng", "giảm",
    "chiếm", "bằng", "vượt", "được", "mới", "chỉ", "đã", "vẫn", "cũng", "đều", "thêm", "gấp", "dài", "rộng", "đón", "với", "gồm", ":", ",",
    "-", "–", "(", "và", "khá", "mạnh", "nhẹ", "ở", "vào", "trong", "cho", "tối", "thiểu", "ít", "nhất", "không", "quá", "đa", "thấp",
    "cao", "nhanh", "mỗi", "hằng", "hàng", "xảy", "ra", "nay", "nâng", "chừng", "xấp", "xỉ", "tương", "ứng", "lần", "lượt", "so", "\"",
    "rất", "cùng", "=", "cả", "tại",
];
/// Pairs that stand there too, though each word alone can be part of a name.
const LINK_PAIRS: [(&str, &str); 7] =
    [("dự", "kiến"), ("ổn", "định"), ("duy", "trì"), ("tương", "đương"), ("trị", "giá"), ("ước", "tính"), ("số", "tiền")];
/// Links that tie a subject to its value, so that the words behind the number do not name the measure.
const TIES: [&str; 6] = ["đạt", "là", "chiếm", "ước", "dài", "rộng"];
/// Links that do so only where nothing is told behind the number.
const CHANGES: [&str; 4] = ["tăng", "giảm", "bằng", "xuống"];
/// Adverbs between a verb and its number.
const ADVERBS: [&str; 16] =
    ["được", "mới", "thêm", "tối", "thiểu", "ít", "nhất", "không", "quá", "trên", "hơn", "gần", "khoảng", "từ", "cho", "dưới"];
/// What is given is the measure, not the giving.
const PROVISIONS: [&str; 8] = ["bổ sung", "bố trí", "mở", "hỗ trợ", "tặng", "trao", "cấp", "giao"];
/// Halves of verbs that look like function words.
const VERB_HALVES: [&str; 6] = ["hoàn", "thực", "tiếp", "tổ", "quy", "ban"];

/// How a subject is tied to its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Tie {
    /// Not at all.
    #[default]
    None,
    /// By *tăng, giảm*.
    Change,
    /// By a colon.
    Colon,
    /// By *đạt, là, chiếm*.
    Firm,
}

/// The parts that a measure can be made of.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// The subject before the number, without links, connectives and times.
    pub subject: Vec<usize>,
    /// Whether the subject begins with a word that names a measure ("tỷ lệ", "giá trị").
    pub headed: bool,
    /// How the subject is tied to the number.
    pub tie: Tie,
    /// Whether *cho* stands before the number: "giải quyết việc làm cho 4.236 lao động".
    pub for_them: bool,
    /// Whether nothing stands between subject and number: "xã Nà Lầu 41 nhà".
    pub direct: bool,
    /// Whether the verb only gives: "bổ sung 2 biên chế".
    pub gives: bool,
    /// The verb just before a counted noun ("kết nạp 458 đảng viên").
    pub verb: Vec<usize>,
    /// The words behind the unit.
    pub behind: Vec<usize>,
}

/// Takes the parts apart; `left` are the tokens since the previous figure or the clause's beginning, `behind` those up to the next border.
pub fn take_apart(line: &Line<'_>, left: &[usize], behind: Vec<usize>) -> Parts {
    let left = if left.last().is_some_and(|&at| line.word(at) == ",") && !behind.is_empty() { &[] } else { left };
    let (end, tie) = links_begin(line, left);
    let (kept, links) = left.split_at_checked(end).unwrap_or((left, &[]));
    let concession = kept.iter().position(|&at| matches!(line.word(at), "tuy" | "nhưng" | "song")).filter(|&cut| cut > 0);
    let kept = concession.and_then(|cut| kept.get(..cut)).unwrap_or(kept);
    let (subject, headed) = find_subject(line, kept);
    let provides = |verb: &[usize]| verb.iter().any(|&at| PROVISIONS.iter().any(|phrase| line.phrase(at, phrase).is_some()));
    let softly = links.iter().all(|&at| ADVERBS.contains(&line.word(at)));
    let mut verb = if softly { find_verb(line, kept) } else { Vec::new() };
    if let Some(&more) = links.first().filter(|&&at| !verb.is_empty() && matches!(line.word(at), "mới" | "thêm")) {
        verb.push(more);
    }
    let for_them = softly && links.iter().any(|&at| line.word(at) == "cho");
    let gives = provides(&verb) || provides(&subject);
    if gives && !for_them {
        verb.clear();
    }
    Parts { subject, headed, tie, for_them, direct: links.is_empty(), gives, verb, behind }
}

/// Where the links before the number begin, and how firm they are.
fn links_begin(line: &Line<'_>, left: &[usize]) -> (usize, Tie) {
    let (mut end, mut tie) = (left.len(), Tie::None);
    let word = |end: usize, back: usize| end.checked_sub(back).and_then(|i| left.get(i)).map_or("", |&at| line.word(at));
    while end > 0 {
        let pair = (word(end, 2), word(end, 1));
        let average = pair == ("bình", "quân") && matches!(word(end, 3), "tăng" | "giảm");
        if average || LINK_PAIRS.contains(&pair) {
            tie = if average { tie } else { Tie::Firm };
            end -= 2;
            continue;
        }
        let name = matches!(
            pair,
            ("biên", _)
                | ("thiểu", "số")
                | ("ba", _)
                | ("bên", _)
                | ("gia", "tăng")
                | ("kéo" | "lâu", "dài")
                | ("mở" | "sâu", "rộng")
                | ("chiều", "dài" | "rộng" | "cao")
                | ("chứng" | "địa" | "tín", "chỉ")
                | ("mặt" | "cân" | "đồng", "bằng")
        );
        let told = pair.1 == ":" && left.iter().skip(end).any(|&at| matches!(line.word(at), "đón" | "có" | "xảy" | "gồm" | "với"));
        if name || told || !LINKS.contains(&pair.1) {
            return (end, tie);
        }
        if TIES.contains(&pair.1) {
            tie = Tie::Firm;
        } else if pair.1 == ":" {
            tie = tie.max(Tie::Colon);
        } else if CHANGES.contains(&pair.1) {
            tie = tie.max(Tie::Change);
        }
        end -= 1;
    }
    (end, tie)
}

/// A verb phrase longer than this has a subject in it.
const VERB_MAX: usize = 5;

/// The one or two words before a counted noun that tell what is done with it.
fn find_verb(line: &Line<'_>, kept: &[usize]) -> Vec<usize> {
    const ACTORS: [&str; 15] =
        ["huyện", "tỉnh", "xã", "bộ", "toàn", "ngành", "ủy", "viên", "đó", "phố", "thôn", "tướng", "tịch", "thư", "sở"];
    let fits = |at: usize| {
        let word = line.word(at);
        line.is_word(at) && !line.is_capital(at) && (!is_function_word(word) || VERB_HALVES.contains(&word)) && !ACTORS.contains(&word)
    };
    let part = kept.rsplit(|&at| is_border(line, at)).next().unwrap_or(&[]);
    let part = strip_connectives(line, part);
    let actor = part.first().is_some_and(|&at| line.is_capital(at) && at > 0 && line.is_word(at - 1));
    if !actor && part.len() <= VERB_MAX && part.iter().skip(1).all(|&at| !line.is_capital(at) && line.is_word(at)) {
        return part.to_vec();
    }
    let mut verb: Vec<usize> = kept.iter().rev().take(2).take_while(|&&at| fits(at)).copied().collect();
    if kept.last().is_some_and(|&at| line.is_capital(at) && at == kept.first().copied().unwrap_or(at)) {
        verb = kept.to_vec();
    }
    verb.reverse();
    verb
}

/// The measure's tokens; empty where the figure says nothing of its own ("bằng 104%") and takes what the one before it measures.
pub fn find_measure(line: &Line<'_>, parts: &Parts, mention: &Mention, own_clause: bool) -> Vec<usize> {
    if parts.headed {
        let bare = parts.subject.len() <= 2 && parts.tie == Tie::None && mention.unit.kind == UnitKind::Percent;
        return if bare { [parts.subject.as_slice(), &parts.behind].concat() } else { parts.subject.clone() };
    }
    if mention.unit.kind.is_counted() {
        return counted_measure(line, parts, mention, own_clause);
    }
    let of_each = parts.subject.first().is_some_and(|&at| line.word(at) == "mỗi");
    let told_behind = parts.behind.len() >= if parts.subject.is_empty() { 1 } else { 2 };
    let tied = parts.tie == Tie::Firm || parts.tie != Tie::None && !told_behind;
    if of_each || tied && !parts.subject.is_empty() {
        return parts.subject.clone();
    }
    match (told_behind, mention.unit.kind) {
        (true, UnitKind::Percent) if parts.tie != Tie::None => parts.behind.clone(),
        (true, UnitKind::Percent) => [parts.subject.as_slice(), &parts.behind].concat(),
        (true, _) => [verb_of_change(line, parts), parts.behind.clone()].concat(),
        (false, _) if !parts.behind.is_empty() => [parts.verb.as_slice(), &parts.behind].concat(),
        (false, _) => parts.subject.clone(),
    }
}

/// What is counted: the unit's own noun with its verb and what is told of it, else the subject ("tổng đàn … 24.000 con").
fn counted_measure(line: &Line<'_>, parts: &Parts, mention: &Mention, own_clause: bool) -> Vec<usize> {
    let is_scale = |at: &usize| matches!(line.word(*at), "tỷ" | "tỉ" | "triệu" | "nghìn" | "ngàn" | "vạn");
    let unit: Vec<usize> = (mention.unit.from..mention.unit.to).skip_while(is_scale).collect();
    let words_min = if parts.tie == Tie::Change { 3 } else { 2 };
    if parts.tie != Tie::None && parts.subject.len() >= words_min && parts.behind.is_empty() {
        let average = parts.subject.first().is_some_and(|&at| line.phrase(at, "bình quân").is_some());
        return if average { [unit.as_slice(), &parts.subject].concat() } else { parts.subject.clone() };
    }
    let told_of_them = parts.behind.first().is_some_and(|&at| matches!(line.word(at), "bị" | "được"));
    if parts.for_them && parts.verb.len() >= 3 && parts.behind.len() <= 3 && !told_of_them {
        return parts.verb.clone();
    }
    let named = parts.subject.iter().skip(1).any(|&at| line.is_capital(at));
    let silent = parts.behind.is_empty() && parts.verb.is_empty();
    match (silent, parts.subject.is_empty()) {
        (true, true) if !own_clause => Vec::new(),
        (true, false) if (parts.direct || named) && !parts.gives => [parts.subject.as_slice(), &unit].concat(),
        _ => [parts.verb.as_slice(), &unit, &parts.behind].concat(),
    }
}

/// "điều chỉnh giảm 24,5 tỷ đồng vốn …": a verb of change belongs to the measure, "bố trí" does not.
fn verb_of_change(line: &Line<'_>, parts: &Parts) -> Vec<usize> {
    let changes = parts
        .verb
        .iter()
        .chain(&parts.subject)
        .any(|&at| matches!(line.word(at), "chỉnh" | "trồng" | "cấp" | "thu" | "tiết" | "gieo" | "khai" | "phục"));
    let short = parts.subject.len().saturating_sub(4);
    match (changes, parts.verb.is_empty()) {
        (true, true) => parts.subject.get(short..).map(<[usize]>::to_vec).unwrap_or_default(),
        (true, false) => parts.verb.clone(),
        (false, _) => Vec::new(),
    }
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
