//! What a figure says about its measure: result, target, change, share, of plan, over target.

use domain::reading::FigureRole;

use super::mention::{Amount, Mention};
use super::unit::UnitKind;
use crate::context::Outlook;
use crate::words::Line;

/// Words between a verb and its number that do not change what the verb says.
fn is_light(word: &str) -> bool {
    matches!(
        word,
        "trên"
            | "hơn"
            | "gần"
            | "khoảng"
            | "dưới"
            | "bình"
            | "quân"
            | "thêm"
            | "mỗi"
            | "hằng"
            | "hàng"
            | "năm"
            | "từ"
            | "tới"
            | "đến"
            | "được"
            | "tương"
            | "ứng"
            | "lần"
            | "lượt"
            | "cả"
            | "chừng"
            | "xấp"
            | "xỉ"
            | "ít"
            | "nhất"
            | "tối"
            | "thiểu"
            | "không"
            | "quá"
            | "ước"
            | "tính"
            | "nhẹ"
            | "mạnh"
            | "nhanh"
            | "khá"
            | "đa"
            | "rất"
            | "gấp"
            | "ngót"
    )
}

/// The verb that governs a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Rose,
    Fell,
    Exceeds,
    ExceedsPlan,
    FormsPart,
    Reaches,
    None,
}

/// The role of a mention whose words to the left, nearest last, are the tokens `left`.
pub fn find_role(line: &Line<'_>, left: &[usize], mention: &Mention, outlook: Outlook) -> FigureRole {
    if outlook == Outlook::ToCome || names_plan(line, left) {
        let exceeds = matches!(governing(line, left), Verb::Exceeds | Verb::ExceedsPlan);
        return if exceeds && outlook == Outlook::Done { FigureRole::OverTarget } else { FigureRole::Target };
    }
    let plan = plan_behind(line, mention.unit.to);
    match governing(line, left) {
        Verb::Exceeds | Verb::ExceedsPlan => FigureRole::OverTarget,
        Verb::Rose if plan == Plan::Compared => FigureRole::OverTarget,
        Verb::Rose | Verb::Fell => FigureRole::Change,
        Verb::FormsPart => FigureRole::Share,
        Verb::Reaches | Verb::None if mention.unit.kind == UnitKind::Percent && plan != Plan::None => FigureRole::OfPlan,
        Verb::Reaches if compares_with_past(line, mention.unit.to) && mention.unit.kind == UnitKind::Percent => FigureRole::Change,
        Verb::None | Verb::Reaches if matches!(mention.unit.kind, UnitKind::Times | UnitKind::Points) => FigureRole::Change,
        _ => FigureRole::Actual,
    }
}

fn governing(line: &Line<'_>, left: &[usize]) -> Verb {
    if let Some(compared) = compared_first(line, left) {
        return compared;
    }
    let mut skipped_twice = false;
    for (back, &at) in left.iter().enumerate().rev() {
        let before = back.checked_sub(1).and_then(|i| left.get(i)).map_or("", |&i| line.word(i));
        match line.word(at) {
            "vượt" => return Verb::Exceeds,
            "tăng" | "giảm" if matches!(before, "độ" | "lệ" | "mức") => return Verb::None,
            "tăng" => return Verb::Rose,
            "giảm" => return Verb::Fell,
            "gấp" => return Verb::Rose,
            "trưởng" if before == "tăng" && back >= 2 && !noun_growth(line, left, back - 2) => return Verb::Rose,
            "cao" | "nhiều" | "lớn" | "nhanh" if line.word(at + 1) == "hơn" => return Verb::Rose,
            "thấp" | "ít" | "nhỏ" | "chậm" | "kém" if line.word(at + 1) == "hơn" => return Verb::Fell,
            "chiếm" => return Verb::FormsPart,
            "lệ" | "trọng" if matches!(before, "tỷ" | "tỉ") => skipped_twice = true,
            "tỷ" | "tỉ" if skipped_twice => {}
            "đạt" | "bằng" | "thành" => return Verb::Reaches,
            "tiêu" | "hoạch" | "toán" => return if exceeds_before(line, left, back) { Verb::ExceedsPlan } else { Verb::None },
            "," if back + 1 == left.len() => {}
            word if is_light(word) => {}
            _ => return Verb::None,
        }
    }
    Verb::None
}

/// ", thấp hơn cùng kỳ năm trước 4,2%": the comparison opens the part, the number closes it.
fn compared_first(line: &Line<'_>, left: &[usize]) -> Option<Verb> {
    let first = left.iter().copied().find(|&at| line.word(at) != ",")?;
    if line.word(first + 1) != "hơn" || exceeds_before(line, left, left.len()) {
        return None;
    }
    match line.word(first) {
        "cao" | "nhiều" | "lớn" | "nhanh" => Some(Verb::Rose),
        "thấp" | "ít" | "nhỏ" | "chậm" | "kém" => Some(Verb::Fell),
        _ => None,
    }
}

/// "tốc độ tăng trưởng 7 %", ", tăng trưởng 7 %": a noun there, not a verb.
fn noun_growth(line: &Line<'_>, left: &[usize], at: usize) -> bool {
    left.get(at).is_none_or(|&i| matches!(line.word(i), "độ" | "," | ":" | "và" | "mức" | "lệ"))
}

/// "vượt kế hoạch 5%", "cao hơn mục tiêu 2 điểm %".
fn exceeds_before(line: &Line<'_>, left: &[usize], back: usize) -> bool {
    let words = |n: usize| back.checked_sub(n).and_then(|i| left.get(i)).map_or("", |&i| line.word(i));
    (2..=5).any(|n| words(n) == "vượt" || (words(n) == "hơn" && words(n + 1) == "cao"))
}

/// The subject of the number is a plan: "mục tiêu đến năm 2025 là", "so với mục tiêu", "định mức là", "(kế hoạch".
fn names_plan(line: &Line<'_>, left: &[usize]) -> bool {
    left.iter().enumerate().rev().take(24).any(|(back, &at)| {
        let before = |n: usize| back.checked_sub(n).and_then(|i| left.get(i)).map_or("", |&i| line.word(i));
        let plan = match (before(1), line.word(at)) {
            ("mục" | "chỉ", "tiêu") => line.word(at + 1) != "quốc" && before(2) != "nhóm" && before(2) != "trình",
            ("kế", "hoạch") => true,
            ("dự", "toán") | ("định", "mức") => true,
            ("quyết", "giao") | ("quyết", "đề") => true,
            _ => false,
        };
        let heads = matches!(before(2), "" | "," | ":" | "(" | "khi" | "với" | "tổng" | "và" | "là" | "còn" | "có" | "nghị");
        plan && heads && !matches!(before(3), "thực" | "xây")
    })
}

/// "so với mục tiêu", "nghị quyết giao", "kế hoạch": a subject that is only the plan of the figure before it.
pub fn names_plan_only(line: &Line<'_>, subject: &[usize]) -> bool {
    let compared = subject.iter().rposition(|&at| line.phrase(at, "so với").is_some()).map_or(0, |so| so + 2);
    let Some(&first) = subject.get(compared) else { return false };
    let plans = ["mục tiêu", "kế hoạch", "kh", "chỉ tiêu", "dự toán", "nghị quyết giao", "nghị quyết đề ra", "nghị quyết"];
    line.any_phrase(first, &plans).is_some() && subject.len() <= compared + 6 && line.phrase(first, "mục tiêu quốc gia").is_none()
}

/// "cao hơn bình quân chung cả nước 5,8 điểm %" speaks of the figure before it.
pub fn opens_comparison(line: &Line<'_>, subject: &[usize]) -> bool {
    let average = subject.len() == 2 && subject.first().is_some_and(|&at| line.phrase(at, "bình quân").is_some());
    average
        || subject.first().is_some_and(|&at| matches!(line.word(at), "cao" | "thấp" | "nhiều" | "ít" | "gấp" | "tăng" | "giảm" | "cùng"))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    None,
    Direct,
    Compared,
}

/// Whether a plan stands behind the number: "104% kế hoạch", "so với mục tiêu".
fn plan_behind(line: &Line<'_>, at: usize) -> Plan {
    let next = line.any_phrase(at, &["so với", "so", "của", "trên tổng", "tổng", "so với tổng"]).unwrap_or(at);
    let plan = match (line.word(next), line.word(next + 1)) {
        ("kế", "hoạch") | ("dự", "toán") | ("kh", _) | ("nq", _) | ("chỉ", "tiêu") => true,
        ("nghị", "quyết") => true,
        ("mục", "tiêu") => line.word(next + 2) != "quốc",
        _ => false,
    };
    match plan {
        true if line.word(at) == "so" => Plan::Compared,
        true => Plan::Direct,
        false => Plan::None,
    }
}

/// "bằng 105% so với cùng kỳ".
fn compares_with_past(line: &Line<'_>, at: usize) -> bool {
    let next = line.any_phrase(at, &["so với", "so", "của"]).unwrap_or(at);
    line.phrase(next, "cùng kỳ").is_some()
        || line.phrase(next, "cùng kì").is_some()
        || (next > at && line.phrase(next, "năm trước").is_some())
}

/// Whether `a/b` is an actual value and its target rather than a part of a whole.
pub fn is_actual_and_target(line: &Line<'_>, mention: &Mention) -> bool {
    let Amount::Slash(first, second) = mention.amount else { return false };
    mention.unit.kind.is_quantity()
        || first.value > second.value
        || mention.both_units && !mention.unit.kind.is_counted()
        || percent_of_plan_follows(line, mention.to)
}

/// "…, đạt 74,3% kế hoạch" within the clause.
fn percent_of_plan_follows(line: &Line<'_>, from: usize) -> bool {
    for at in from..(from + 16).min(line.len()) {
        if line.word(at) == ";" || line.ends_sentence(at) {
            return false;
        }
        if line.is_number(at) {
            return line.word(at + 1) == "%" && plan_behind(line, at + 2) != Plan::None;
        }
    }
    false
}
