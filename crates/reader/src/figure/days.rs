//! The heart of a time phrase: "năm 2023", "quý I/2024", "17/4", "6 tháng đầu năm", "2020 - 2025", and which days it means.
//! Prepositions and what it bears on are [`super::period`]'s.

use jiff::civil::{Date, date};

use super::unit::is_function_word;
use crate::words::Line;

/// The days that the heart of a phrase names.
#[derive(Debug, Clone, Copy)]
pub struct Core {
    /// The token behind the last.
    pub to: usize,
    /// First and last day; absent where it names none ("08 giờ", "năm học").
    pub days: Option<(Date, Date)>,
    /// Whether the year is not printed.
    pub year_missing: bool,
    /// A single day without a word before it is most often a document's.
    pub single_day: bool,
}

/// The days that the words at `at` name; `year` completes what is printed without one.
pub fn core(line: &Line<'_>, at: usize, year: Option<i16>) -> Option<Core> {
    match line.word(at) {
        "năm" => years(line, at, year),
        "tháng" => month(line, at + 1, year),
        "quý" => quarter(line, at + 1, year),
        "ngày" => written_day(line, at + 1, year).or_else(|| day(line, at + 1, year, true)),
        "nhiệm" if matches!(line.word(at + 1), "kỳ" | "kì") => year_range(line, at + 2),
        "giai" if line.word(at + 1) == "đoạn" => year_range(line, at + 2),
        "thời" if matches!(line.word(at + 1), "kỳ" | "kì") => year_range(line, at + 2),
        _ if line.is_number(at) => months_of_year(line, at, year)
            .or_else(|| duration(line, at))
            .or_else(|| day(line, at, year, false))
            .or_else(|| bare_day(line, at, year))
            .or_else(|| month(line, at, None).filter(|core| core.days.is_some() && line.word(at + 1) != "năm"))
            .or_else(|| year_range(line, at)),
        _ => None,
    }
}

/// "Sáng 17/4", "trước 25-9": a day without *ngày* needs a word that calls for it, and no unit behind it ("từ 2-3 lớp").
fn bare_day(line: &Line<'_>, at: usize, year: Option<i16>) -> Option<Core> {
    let called = matches!(line.before(at, 1), "sáng" | "chiều" | "tối" | "trưa" | "đêm" | "đến" | "hết" | "trước" | "từ" | "hôm");
    let (numbers, to) = day_numbers(line, at).filter(|_| called)?;
    let free = to >= line.len()
        || matches!(line.word(to), "." | "," | ";" | ":" | "(" | ")" | "!")
        || is_function_word(line.word(to))
        || (matches!(line.before(at, 1), "đến" | "hết") && matches!(line.word(to), "mới" | "toàn" | "cả" | "tổng" | "các"));
    if numbers.len() == 2 && free { day(line, at, year, true) } else { None }
}

fn integer(line: &Line<'_>, at: usize) -> Option<i16> {
    let printed = line.word(at);
    if line.is_number(at) && printed.len() <= 4 { printed.parse().ok() } else { None }
}

fn year_at(line: &Line<'_>, at: usize) -> Option<i16> {
    integer(line, at).filter(|y| (1900..=2100).contains(y) && line.word(at).len() == 4)
}

fn is_dash(line: &Line<'_>, at: usize) -> bool {
    matches!(line.word(at), "-" | "–" | "—" | "−" | "‐")
}

fn year_days(first: i16, last: i16) -> (Date, Date) {
    (date(first, 1, 1), date(last, 12, 31))
}

fn plain(to: usize, days: Option<(Date, Date)>) -> Core {
    Core { to, days, year_missing: false, single_day: false }
}

/// "năm 2023", "hai năm 2024 và 2025", "năm 2023 - 2024", "năm nay"; a school year names no certain days.
fn years(line: &Line<'_>, at: usize, year: Option<i16>) -> Option<Core> {
    match line.word(at + 1) {
        "nay" | "này" => return year.map(|y| plain(at + 2, Some(year_days(y, y)))),
        "học" => return year_range(line, at + 2).map(|core| Core { days: None, ..core }).or(Some(plain(at + 2, None))),
        "ngoái" | "trước" | "sau" => return None,
        _ if matches!(line.before(at, 1), "cả" | "cuối" | "hết") && !line.is_number(at + 1) => {
            return year.map(|y| plain(at + 1, Some(year_days(y, y))));
        }
        _ => {}
    }
    let first = year_at(line, at + 1)?;
    let (mut to, mut last) = (at + 2, first);
    loop {
        let joined = matches!(line.word(to), "và" | "," | "-" | "–");
        let next = if line.word(to + 1) == "năm" { to + 2 } else { to + 1 };
        match year_at(line, next).filter(|y| joined && *y > last && *y - last <= 10 && line.word(next + 1) != "/") {
            Some(y) => (last, to) = (y, next + 1),
            None => return Some(plain(to, Some(year_days(first, last)))),
        }
    }
}

/// "2020 - 2025".
fn year_range(line: &Line<'_>, at: usize) -> Option<Core> {
    let (first, last) = (year_at(line, at)?, year_at(line, at + 2)?);
    (is_dash(line, at + 1) && first < last).then(|| plain(at + 3, Some(year_days(first, last))))
}

/// The year behind a month or quarter: "/2024", "năm 2024", "-2024"; else the paper's.
fn year_behind(line: &Line<'_>, at: usize, year: Option<i16>) -> (usize, Option<i16>, bool) {
    let printed = match line.word(at) {
        "/" | "-" | "–" => year_at(line, at + 1).map(|y| (at + 2, y)),
        "năm" => year_at(line, at + 1).map(|y| (at + 2, y)),
        _ => None,
    };
    match (printed, line.word(at) == "năm" && line.word(at + 1) == "nay") {
        (Some((to, y)), _) => (to, Some(y), false),
        (None, true) => (at + 2, year, false),
        (None, false) => (at, year, true),
    }
}

/// "9/2025", "9 năm 2025", "9" (behind *tháng*), "3.2024".
fn month(line: &Line<'_>, at: usize, year: Option<i16>) -> Option<Core> {
    if let Some((m, y)) = line.word(at).split_once('.').filter(|_| line.is_number(at)) {
        let (m, y): (i8, i16) = (m.parse().ok()?, y.parse().ok()?);
        return days_of_months(y, m, m).filter(|_| (1900..=2100).contains(&y)).map(|days| plain(at + 1, Some(days)));
    }
    let number = i8::try_from(integer(line, at)?).ok().filter(|m| (1..=12).contains(m))?;
    let (to, year, missing) = year_behind(line, at + 1, year);
    let days = year.and_then(|y| days_of_months(y, number, number));
    Some(Core { to, days, year_missing: missing, single_day: false })
}

fn days_of_months(year: i16, first: i8, last: i8) -> Option<(Date, Date)> {
    Some((Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month()))
}

/// "I/2024", "II năm 2024", "3".
fn quarter(line: &Line<'_>, at: usize, year: Option<i16>) -> Option<Core> {
    let number: i8 = match line.word(at) {
        "i" | "1" | "một" => 1,
        "ii" | "2" | "hai" => 2,
        "iii" | "3" | "ba" => 3,
        "iv" | "4" | "bốn" | "tư" => 4,
        _ => return None,
    };
    let (to, year, missing) = year_behind(line, at + 1, year);
    let days = year.and_then(|y| days_of_months(y, 3 * number - 2, 3 * number));
    Some(Core { to, days, year_missing: missing, single_day: false })
}

/// "14 tháng 11 năm 2025", behind *ngày*.
fn written_day(line: &Line<'_>, at: usize, year: Option<i16>) -> Option<Core> {
    let number = i8::try_from(integer(line, at)?).ok()?;
    if line.word(at + 1) != "tháng" {
        return None;
    }
    let month = i8::try_from(integer(line, at + 2)?).ok()?;
    let (to, year, year_missing) = year_behind(line, at + 3, year);
    let day = year.and_then(|y| Date::new(y, month, number).ok());
    Some(Core { to, days: day.map(|d| (d, d)), year_missing, single_day: true })
}

/// "17/4/2024", "31-12-2021", "25.3.2021"; without a year ("17/4", "6.7", "16-6") only where a word calls for a day.
fn day(line: &Line<'_>, at: usize, year: Option<i16>, called: bool) -> Option<Core> {
    let (numbers, to) = day_numbers(line, at)?;
    let (day, month, printed_year) = match numbers.as_slice() {
        [d, m, y] => (*d, *m, Some(*y)),
        [d, m] if called => (*d, *m, None),
        [_] if called => return Some(Core { to, days: None, year_missing: false, single_day: true }),
        _ => return None,
    };
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    if !(1..=31).contains(&day) || !(1..=12).contains(&month) || printed_year.is_some_and(|y| !(1900..=2100).contains(&y)) {
        return None;
    }
    let date = printed_year.or(year).and_then(|y| Date::new(y, month, day).ok());
    Some(Core { to, days: date.map(|d| (d, d)), year_missing: printed_year.is_none(), single_day: true })
}

fn day_numbers(line: &Line<'_>, at: usize) -> Option<(Vec<i16>, usize)> {
    if !line.is_number(at) {
        return None;
    }
    let pointed: Vec<i16> = line.word(at).split('.').map_while(|part| part.parse().ok()).take(4).collect();
    if pointed.len() > 1 {
        return (pointed.len() <= 3 && !line.word(at).contains(',')).then_some((pointed, at + 1));
    }
    let mut numbers = vec![integer(line, at)?];
    let mut to = at + 1;
    while numbers.len() < 3 && (line.word(to) == "/" || is_dash(line, to)) && !line.spaced(to) && !line.spaced(to + 1) {
        let Some(next) = integer(line, to + 1) else { break };
        numbers.push(next);
        to += 2;
    }
    Some((numbers, to))
}

/// "6 tháng đầu năm 2024", "9 tháng năm 2025", "6 tháng cuối năm".
fn months_of_year(line: &Line<'_>, at: usize, year: Option<i16>) -> Option<Core> {
    let count = i8::try_from(integer(line, at)?).ok().filter(|m| (1..=12).contains(m))?;
    if line.word(at + 1) != "tháng" {
        return None;
    }
    let late = line.word(at + 2) == "cuối";
    let name = if late || line.word(at + 2) == "đầu" { at + 3 } else { at + 2 };
    if line.word(name) != "năm" || (name == at + 2 && year_at(line, name + 1).is_none()) {
        let days = year.filter(|_| count <= 11 && speaks_of_year(line, at)).and_then(|y| days_of_months(y, 1, count));
        return days.map(|days| Core { to: at + 2, days: Some(days), year_missing: true, single_day: false });
    }
    let (to, year, year_missing) = match year_at(line, name + 1) {
        Some(y) => (name + 2, Some(y), false),
        None => (name + 1, year, true),
    };
    let (first, last) = if late { (13 - count, 12) } else { (1, count) };
    Some(Core { to, days: year.and_then(|y| days_of_months(y, first, last)), year_missing, single_day: false })
}

/// "GRDP 9 tháng ước tăng 8%", "9 tháng, toàn tỉnh …": the months since January, not any nine months.
fn speaks_of_year(line: &Line<'_>, at: usize) -> bool {
    let behind = matches!(line.word(at + 2), "ước" | "đạt" | "tăng" | "giảm" | "," | "toàn" | "của" | "là" | "bằng");
    let stretch = matches!(
        line.before(at, 1),
        "trong"
            | "sau"
            | "hơn"
            | "gần"
            | "khoảng"
            | "dưới"
            | "trên"
            | "từ"
            | "được"
            | "chậm"
            | "trước"
            | "hạn"
            | "quá"
            | "mỗi"
            | "thêm"
            | "đủ"
    );
    let in_year = line.before(at, 1) == "trong" && line.word(at + 2) == "," && line.word(at) != "2" && line.word(at) != "3";
    behind && (!stretch || in_year) && line.word(at) != "1" && line.word(at) != "01"
}

/// "bình quân 03 năm", "08 giờ 00 phút": a stretch of time that is no result names no days and is no figure.
fn duration(line: &Line<'_>, at: usize) -> Option<Core> {
    if !matches!(line.word(at + 1), "năm" | "tháng" | "tuần" | "ngày" | "giờ" | "phút" | "giây" | "quý")
        || line.word(at + 2) == "công"
        || line.word(at + 2) == "/"
    {
        return None;
    }
    let result = matches!(line.before(at, 1), "được" | "đạt" | "còn" | "giảm" | "tăng" | "ngắn" | "dài" | "chậm" | "thêm" | "mất");
    let dated =
        matches!(line.word(at + 2), "qua" | "gần" | "tới" | "đầu" | "cuối" | "liên" | "liền" | "thực") || year_at(line, at + 2).is_some();
    if result && !dated {
        return None;
    }
    let (mut to, unit) = (at + 2, line.word(at + 1));
    if unit == "giờ" && line.is_number(to) {
        to += if line.word(to + 1) == "phút" { 2 } else { 1 };
    }
    Some(plain(to, None))
}
