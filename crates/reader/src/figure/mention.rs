//! Where numbers stand that measure or count something: the number, `a/b`, the range, its unit and its comparator.
//! Numbers inside names, dates, symbols and ranks are passed over here. Roles and measures come later.

use domain::reading::Comparator;

use super::number::{Grain, Number, parse_number};
use super::unit::{Unit, UnitKind, find_unit, is_known_unit, population_end};
use crate::words::Line;

/// The number or numbers of one mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// "48 triệu đồng/ha"
    One(Number),
    /// "30/41 trường", "905,5/1.200 ha": a part of a whole, or actual and target
    Slash(Number, Number),
    /// "từ 1 - 2 biên chế"
    Range(Number, Number),
}

/// One printed quantity, as tokens `from..to`.
#[derive(Debug, Clone, Copy)]
pub struct Mention {
    /// The first token, its comparator included.
    pub from: usize,
    /// The token behind the last, "trở lên" included.
    pub to: usize,
    /// Where the first number stands.
    pub number: usize,
    /// What it says.
    pub amount: Amount,
    /// The unit; of "từ 35 lên 37 đồng chí" both have the one that is printed.
    pub unit: Unit,
    /// Exactly, at least, about, …
    pub comparator: Comparator,
    /// Whether both sides of `a/b` print their unit ("36 tỷ đồng/33 tỷ đồng").
    pub both_units: bool,
}

impl Mention {
    /// Whether it is all that its bracket says: "(79%)".
    pub fn place_alone(&self, line: &Line<'_>) -> bool {
        line.before(self.from, 1) == "(" && line.word(self.to) == ")"
    }
}

/// How this paper groups its digits, where a unit leaves it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Habit {
    /// Whether thousands are printed with points somewhere, so that a comma is a decimal comma.
    pub thousand_points: bool,
    /// Whether thousands are printed with commas somewhere ("4,520 con").
    pub thousand_commas: bool,
}

/// What is never counted in thousandths.
const COUNTED: [&str; 9] = [" con", " người", " hộ", " lượt", " tấn", " cây", " đảng viên", " hội viên", " học sinh"];

impl Habit {
    /// Looks through the paper once.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        let points = memchr::memchr_iter(b'.', bytes);
        let thousand_points = points
            .filter(|&i| i > 0 && digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4))
            .any(|i| bytes.get(i + 4) != Some(&b'.'));
        let counted = |i: usize| COUNTED.iter().any(|noun| text.get(i + 4..).is_some_and(|rest| rest.starts_with(noun)));
        let thousand_commas = memchr::memchr_iter(b',', bytes)
            .filter(|&i| i > 0 && digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3))
            .any(counted);
        Self { thousand_points, thousand_commas }
    }
}

/// The quantity at token `at`, which is a number; `Err` gives the token from which to go on.
pub fn find_mention(line: &Line<'_>, at: usize, habit: Habit) -> Result<Mention, usize> {
    let behind = number_end(line, at);
    if is_symbol(line, at, behind) || is_ordinal(line, at) || is_denominator(line, at, behind) {
        return Err(skip_slashes(line, behind));
    }
    let draft = slash(line, at, behind).or_else(|| range(line, at, behind)).or_else(|| one(line, at, behind)).ok_or(behind)?;
    if in_name(line, at, &draft) || is_age(line, at, draft.unit.from) {
        return Err(behind);
    }
    let amount = draft.read(line, habit).ok_or(behind)?;
    Ok(compared(line, at, amount, draft))
}

/// The tokens of a quantity before its digits are read.
#[derive(Debug, Clone, Copy)]
struct Draft {
    first: (usize, usize),
    second: Option<(usize, usize)>,
    is_range: bool,
    /// "1 tỷ 500 triệu": the second number is of the next lower scale.
    is_compound: bool,
    to: usize,
    unit: Unit,
    both_units: bool,
}

impl Draft {
    fn read(&self, line: &Line<'_>, habit: Habit) -> Option<Amount> {
        let grain =
            if self.unit.kind == UnitKind::Area && habit.thousand_points && !habit.thousand_commas { Grain::Fine } else { self.unit.grain };
        let first = parse_number(line.stretch(self.first.0, self.first.1), grain)?;
        let Some(second) = self.second else { return Some(Amount::One(first)) };
        if self.is_compound {
            let small: u16 = line.word(second.0).parse().ok().filter(|small| *small > 0)?;
            let thousandths = format!("{small:03}");
            return parse_number(&format!("{},{}", line.word(self.first.0), thousandths.trim_end_matches('0')), Grain::Fine)
                .map(|number| Amount::One(Number { ambiguous: false, ..number }));
        }
        let second = parse_number(line.stretch(second.0, second.1), grain)?;
        match self.is_range {
            true => (first.value < second.value).then_some(Amount::Range(first, second)),
            false => Some(Amount::Slash(first, second)),
        }
    }
}

/// "1 428 ha": an ordinary space groups digits only where three digits and a unit follow.
fn number_end(line: &Line<'_>, at: usize) -> usize {
    let grouped = line.is_number(at + 1) && line.word(at).len() <= 3 && line.word(at + 1).len() == 3 && is_known_unit(line, at + 2);
    let plain = |i: usize| line.word(i).bytes().all(|b| b.is_ascii_digit());
    if grouped && plain(at) && plain(at + 1) && !line.word(at).starts_with('0') { at + 2 } else { at + 1 }
}

fn one(line: &Line<'_>, at: usize, behind: usize) -> Option<Draft> {
    let unit = find_unit(line, behind).or_else(|| borrowed_unit(line, behind)).or_else(|| subject_unit(line, at, behind))?;
    let to = if unit.from == behind { unit.to } else { behind };
    if let Some((second, to)) = next_scale(line, at, &unit).filter(|_| unit.from == behind) {
        let unit = Unit { to: unit.from + 1, ..unit };
        return Some(Draft {
            first: (at, behind),
            second: Some((second, second + 1)),
            is_range: false,
            is_compound: true,
            to,
            unit,
            both_units: false,
        });
    }
    Some(Draft { first: (at, behind), second: None, is_range: false, is_compound: false, to, unit, both_units: false })
}

/// "1 tỷ 500 triệu đồng", "2 triệu 300 nghìn đồng": where the number of the next lower scale stands, and the token behind all.
fn next_scale(line: &Line<'_>, at: usize, unit: &Unit) -> Option<(usize, usize)> {
    let lower: &[&str] = match line.word(unit.from) {
        "tỷ" | "tỉ" => &["triệu"],
        "triệu" => &["nghìn", "ngàn"],
        _ => return None,
    };
    let plain = |i: usize| line.is_number(i) && line.word(i).len() <= 3 && line.word(i).bytes().all(|byte| byte.is_ascii_digit());
    let second = if line.word(unit.from + 1) == "đồng" { unit.from + 2 } else { unit.from + 1 };
    if !plain(at) || !plain(second) || unit.to > second || !lower.contains(&line.word(second + 1)) {
        return None;
    }
    let to = if line.word(second + 2) == "đồng" && line.word(second + 3) != "chí" { second + 3 } else { second + 2 };
    Some((second, to))
}

/// "từ 35 lên 37 đồng chí": the first number has the unit of the second.
fn borrowed_unit(line: &Line<'_>, behind: usize) -> Option<Unit> {
    let next = line.any_phrase(
        behind,
        &["lên", "lên đến", "lên tới", "tăng lên", "xuống", "xuống còn", "còn", "giảm còn", "giảm xuống", "giảm xuống còn"],
    )?;
    let end = number_end(line, next);
    if line.is_number(next) { find_unit(line, end) } else { None }
}

/// How far before a bare number "số doanh nghiệp" may stand.
const SUBJECT_REACH: usize = 20;

/// "Số doanh nghiệp thành lập mới là 620": the counted noun stands in the subject.
fn subject_unit(line: &Line<'_>, at: usize, behind: usize) -> Option<Unit> {
    let ends = behind >= line.len() || matches!(line.word(behind), "," | ";" | "." | ")" | "(" | "và");
    let year = line.word(at).len() == 4 && matches!(line.word(at).get(..2), Some("19" | "20"));
    if !ends || year || !matches!(line.before(at, 1), "là" | "đạt" | "còn" | ":" | "lên" | "xuống") {
        return None;
    }
    let from = at.saturating_sub(SUBJECT_REACH);
    let noun = (from..at)
        .rev()
        .take_while(|&i| line.word(i) != ";" && !line.ends_sentence(i))
        .find(|&i| line.word(i) == "số" && line.before(i, 1) != "một")?;
    find_unit(line, if line.word(noun + 1) == "lượng" { noun + 2 } else { noun + 1 }).filter(|unit| unit.kind.is_counted() && unit.to < at)
}

fn slash(line: &Line<'_>, at: usize, behind: usize) -> Option<Draft> {
    let inner = if line.word(behind) == "/" { None } else { Some(find_unit(line, behind)?) };
    let mark = inner.map_or(behind, |unit| unit.to);
    if line.word(mark) != "/" {
        return None;
    }
    let next = line.any_phrase(mark + 1, &["tổng số", "tổng", "kh", "kế hoạch", "chỉ tiêu", "mục tiêu", "dự toán"]).unwrap_or(mark + 1);
    if !line.is_number(next) {
        return None;
    }
    let end = number_end(line, next);
    let unit = find_unit(line, end).or(inner.filter(|_| line.word(end) != "/"))?;
    let to = if unit.from == end { unit.to } else { end };
    Some(Draft {
        first: (at, behind),
        second: Some((next, end)),
        is_range: false,
        is_compound: false,
        to,
        unit,
        both_units: inner.is_some(),
    })
}

/// "1 - 2 biên chế", "từ 8% đến 9%", "10 đến 12 triệu đồng".
fn range(line: &Line<'_>, at: usize, behind: usize) -> Option<Draft> {
    let inner = find_unit(line, behind).filter(|unit| unit.kind != UnitKind::Guess);
    let joint = inner.map_or(behind, |unit| unit.to);
    let next = line.any_phrase(joint, &["-", "–", "—", "đến", "tới"])?;
    let opened = line.before(at, 1) == "từ" || inner.is_none();
    if !line.is_number(next) || !opened {
        return None;
    }
    let end = number_end(line, next);
    let unit = find_unit(line, end)?;
    if line.word(end) == "/" || inner.is_some_and(|inner| inner.kind != unit.kind) {
        return None;
    }
    Some(Draft { first: (at, behind), second: Some((next, end)), is_range: true, is_compound: false, to: unit.to, unit, both_units: false })
}

/// "285-BC/HU", "1486/QĐ-UBND", "Covid-19", "TB-17": a number that is glued to a capital word is a part of a symbol.
fn is_symbol(line: &Line<'_>, at: usize, behind: usize) -> bool {
    let joins = |mark: usize| matches!(line.word(mark), "-" | "/" | "–" | "." | "_" | "@" | "#" | "+");
    let right = joins(behind) && !line.spaced(behind) && !line.spaced(behind + 1) && line.is_capital(behind + 1);
    let left = at >= 2 && joins(at - 1) && !line.spaced(at) && !line.spaced(at - 1) && line.is_word(at - 2) && !is_known_unit(line, at - 2);
    right || left || (at >= 1 && !line.spaced(at) && line.is_word(at - 1))
}

/// "thứ 4/9", "số 285", "Khoản 2", "xếp 5/63 tỉnh": a place in an order is no quantity.
fn is_ordinal(line: &Line<'_>, at: usize) -> bool {
    match line.before(at, 1) {
        "thứ" | "hạng" | "khóa" | "điều" | "khoản" | "trang" | "lục" | "top" | "tốp" | "lộ" | "phiên" | "dl" | "ql" | "đt" | "tl"
        | "thoại" | "độ" => true,
        "số" => !matches!(
            line.before(at, 2),
            "tổng" | "trong" | "con" | "một" | "đa" | "dân" | "chỉ" | "doanh" | "hệ" | "quân" | "sĩ" | "điểm" | "thiểu"
        ),
        "trí" => line.before(at, 2) == "vị",
        "nhóm" => matches!(line.word(at + 1), "tỉnh" | "địa" | "nước"),
        "lần" => line.word(at + 1) != "/" && !is_known_unit(line, at + 1),
        "xếp" | "đứng" => line.word(at + 1) == "/",
        _ => false,
    }
}

/// "thôn Nà Lẻng 2", "Đề án 06", "đường tỉnh 157": behind a name only a unit that the lexicon knows makes a quantity.
fn in_name(line: &Line<'_>, at: usize, draft: &Draft) -> bool {
    let named = at > 0 && line.is_capital(at - 1) && !line.ends_sentence(at - 1);
    let classed = matches!(
        line.before(at, 1),
        "đoạn"
            | "nhóm"
            | "loại"
            | "lớp"
            | "khối"
            | "đội"
            | "thôn"
            | "bản"
            | "xã"
            | "phường"
            | "quận"
            | "ấp"
            | "đường"
            | "phố"
            | "tỉnh"
            | "vùng"
            | "trình"
            | "án"
            | "quyết"
            | "thị"
            | "luận"
            | "văn"
            | "báo"
            | "bước"
            | "cụm"
            | "trạm"
            | "khu"
            | "điểm"
            | "tổ"
            | "mẫu"
            | "biểu"
            | "mục"
            | "bảng"
            | "chương"
            | "phần"
            | "dãy"
            | "tầng"
            | "máy"
            | "cống"
            | "km"
            | "tập"
            | "cấp"
    );
    (named || classed) && draft.unit.kind == UnitKind::Guess
}

/// "giá trị sản phẩm trên 1 ha", "tính trên 1.000 dân": the number belongs to what is measured.
fn is_denominator(line: &Line<'_>, at: usize, behind: usize) -> bool {
    let always = line.word(at) == "24" && line.word(behind) == "/" && matches!(line.word(behind + 1), "24" | "7");
    let round = matches!(line.word(at), "1" | "01" | "100" | "1.000" | "1000" | "10.000" | "100.000");
    let each = matches!(line.word(behind), "ha" | "vạn" | "dân" | "trẻ" | "đơn" | "m2" | "người" | "héc");
    always || round && each && line.before(at, 1) == "trên" && !matches!(line.before(at, 2), "có" | "đạt" | "là" | "với" | "thêm" | "trồng")
}

fn is_age(line: &Line<'_>, at: usize, unit: usize) -> bool {
    line.word(unit) == "tuổi" && !matches!(line.before(at, 1), "đạt" | "là")
}

/// Behind a symbol or rank: "4/9", "31/2023".
fn skip_slashes(line: &Line<'_>, mut at: usize) -> usize {
    while line.word(at) == "/" && line.is_number(at + 1) {
        at += 2;
    }
    at
}

fn compared(line: &Line<'_>, at: usize, amount: Amount, draft: Draft) -> Mention {
    let (mut from, mut comparator) = comparator_before(line, at);
    let mut to = draft.to;
    let opened = line.before(from, 1) == "từ";
    if let Amount::Range(..) = amount {
        from = if opened { from - 1 } else { from };
    }
    let behind = population_end(line, draft.unit.kind, to);
    to = if line.phrase(behind, "trở lên").is_some() { behind } else { to };
    if let Some(end) = line.phrase(to, "trở lên").or_else(|| line.phrase(to, "trở xuống")) {
        comparator = if line.word(end - 1) == "lên" { Comparator::Ge } else { Comparator::Le };
        from = if opened { from - 1 } else { from };
        to = end;
    }
    Mention { from, to, number: at, amount, unit: draft.unit, comparator, both_units: draft.both_units }
}

/// The comparator before the number and where it begins.
fn comparator_before(line: &Line<'_>, at: usize) -> (usize, Comparator) {
    let back = |count: usize| line.before(at, count);
    match (back(2), back(1)) {
        ("tối", "thiểu") | ("ít", "nhất") | ("không", "dưới") => (at - 2, Comparator::Ge),
        ("tối", "đa") | ("không", "quá") => (at - 2, Comparator::Le),
        ("thấp" | "ít" | "kém", "hơn") if back(3) == "không" => (at - 3, Comparator::Ge),
        ("cao" | "nhiều" | "vượt", "hơn" | "quá") if back(3) == "không" => (at - 3, Comparator::Le),
        ("cao" | "thấp" | "nhiều" | "ít" | "lớn" | "nhỏ" | "dài" | "ngắn" | "nhanh" | "chậm" | "sớm" | "muộn" | "kém" | "rộng", "hơn") => {
            (at, Comparator::Eq)
        }
        ("chưa", "đến" | "đầy" | "tới") => (at - 2, Comparator::Lt),
        ("xấp", "xỉ") => (at - 2, Comparator::About),
        (_, "trên" | "hơn") => (at - 1, Comparator::Gt),
        (_, "dưới") => (at - 1, Comparator::Lt),
        (_, "gần" | "khoảng" | "chừng" | "ngót") => (at - 1, Comparator::About),
        _ => (at, Comparator::Eq),
    }
}
