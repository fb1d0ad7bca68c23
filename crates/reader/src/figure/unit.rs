//! What stands behind a number: a unit of measure, a scale word with one, or the noun that is counted.
//! Units of measure are a closed list; counted nouns are not, so an unknown noun is taken too, with less confidence.

use super::noun::NOUNS;
use super::number::Grain;
use crate::words::Line;

/// What a unit measures, as far as the readings of `a/b` and of separators depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// `%`
    Percent,
    /// *điểm phần trăm*
    Points,
    /// *đồng, tỷ USD*
    Money,
    /// *ha, km²*
    Area,
    /// *tấn, kg*
    Mass,
    /// *km, kWh, m³*
    Measure,
    /// *lần*
    Times,
    /// A counted noun that the lexicon knows.
    Count,
    /// A counted noun that it does not know.
    Guess,
}

impl UnitKind {
    /// Whether `a/b` of it is actual and target, never a part of a whole.
    pub const fn is_quantity(self) -> bool {
        matches!(self, Self::Percent | Self::Money | Self::Area | Self::Mass)
    }

    /// Whether it names what is counted, so that the words behind it say what is measured.
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::Count | Self::Guess)
    }
}

/// The unit behind a number, as tokens `from..to`.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    /// The first token.
    pub from: usize,
    /// The token behind the last.
    pub to: usize,
    /// What it measures.
    pub kind: UnitKind,
    /// How three digits behind a comma are read.
    pub grain: Grain,
}

/// Words that begin no noun: behind a number they show that it stands alone ("thôn Nà Lẻng 2 có …").
pub fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "và" | "hoặc"
            | "hay"
            | "của"
            | "tại"
            | "trên"
            | "trong"
            | "ngoài"
            | "với"
            | "về"
            | "đã"
            | "được"
            | "có"
            | "là"
            | "đạt"
            | "tăng"
            | "giảm"
            | "so"
            | "từ"
            | "đến"
            | "cho"
            | "để"
            | "do"
            | "ở"
            | "theo"
            | "này"
            | "đó"
            | "kia"
            | "thì"
            | "mà"
            | "nhưng"
            | "cùng"
            | "khi"
            | "nếu"
            | "vào"
            | "ra"
            | "lên"
            | "xuống"
            | "còn"
            | "chiếm"
            | "bằng"
            | "vượt"
            | "gồm"
            | "như"
            | "trở"
            | "sẽ"
            | "không"
            | "chưa"
            | "cũng"
            | "đều"
            | "thuộc"
            | "qua"
            | "nhằm"
            | "bị"
            | "bởi"
            | "vì"
            | "tới"
            | "giữa"
            | "sau"
            | "trước"
            | "nay"
            | "rất"
            | "đang"
            | "vẫn"
            | "tuy"
            | "hơn"
            | "gần"
            | "dưới"
            | "cần"
            | "phải"
            | "nên"
            | "tiếp"
            | "đi"
            | "nêu"
            | "nói"
            | "thực"
            | "giao"
            | "hoàn"
            | "tổ"
            | "quy"
            | "ban"
            | "ngày"
            | "năm"
            | "tháng"
            | "đoạn"
            | "nối"
            | "dài"
    )
}

/// The unit at `at`, behind a number.
pub fn find_unit(line: &Line<'_>, at: usize) -> Option<Unit> {
    if line.phrase(at, "con số").is_some() {
        return None;
    }
    let unit = measure(line, at).or_else(|| noun(line, at)).or_else(|| guess(line, at))?;
    Some(Unit { to: rate(line, unit.to), ..unit })
}

/// Behind "100%": the token behind the nouns that it is a share of ("thôn, tổ dân phố"); `behind` itself where there are none.
pub fn population_end(line: &Line<'_>, kind: UnitKind, behind: usize) -> usize {
    let mut end = behind;
    for _ in 0..3 {
        match noun(line, end).filter(|_| kind == UnitKind::Percent && line.word(end) != "kế") {
            Some(noun) => end = noun.to,
            None => break,
        }
    }
    end
}

/// Whether a unit that the lexicon knows stands at `at`.
pub fn is_known_unit(line: &Line<'_>, at: usize) -> bool {
    measure(line, at).is_some() || noun(line, at).is_some()
}

fn measure(line: &Line<'_>, at: usize) -> Option<Unit> {
    let unit = |to: usize, kind, grain| Some(Unit { from: at, to, kind, grain });
    match line.word(at) {
        "%" => unit(at + 1, UnitKind::Percent, Grain::Percent),
        "‰" => unit(at + 1, UnitKind::Measure, Grain::Percent),
        "phần" if line.word(at + 1) == "trăm" => unit(at + 2, UnitKind::Percent, Grain::Percent),
        "điểm" => line
            .phrase(at, "điểm phần trăm")
            .or_else(|| line.phrase(at, "điểm %"))
            .and_then(|to| unit(to, UnitKind::Points, Grain::Percent)),
        "tỷ" | "tỉ" | "triệu" | "nghìn" | "ngàn" | "vạn" => scaled(line, at),
        _ => {
            let (to, kind) = plain_measure(line, at)?;
            let grain = if matches!(kind, UnitKind::Measure | UnitKind::Times) { Grain::Fine } else { Grain::Whole };
            unit(to, kind, grain)
        }
    }
}

/// "nghìn tỷ đồng", "triệu lượt khách", "tỷ" alone.
fn scaled(line: &Line<'_>, at: usize) -> Option<Unit> {
    let mut to = at;
    while matches!(line.word(to), "tỷ" | "tỉ" | "triệu" | "nghìn" | "ngàn" | "vạn" | "trăm") && to < at + 3 {
        to += 1;
    }
    let (to, kind) = plain_measure(line, to)
        .or_else(|| noun(line, to).map(|noun| (noun.to, UnitKind::Count)))
        .unwrap_or((to, if matches!(line.before(to, 1), "vạn" | "nghìn" | "ngàn") { UnitKind::Count } else { UnitKind::Money }));
    Some(Unit { from: at, to, kind, grain: Grain::Fine })
}

fn plain_measure(line: &Line<'_>, at: usize) -> Option<(usize, UnitKind)> {
    let word = line.word(at);
    let two = |second: &str, kind| (line.word(at + 1) == second).then_some((at + 2, kind));
    match word {
        "đồng" if matches!(line.word(at + 1), "chí" | "bào" | "hồ" | "bộ" | "ruộng") => None,
        "đồng" if matches!(line.word(at + 1), "việt" | "vn") => {
            Some((at + if line.word(at + 2) == "nam" { 3 } else { 2 }, UnitKind::Money))
        }
        "đồng" | "vnđ" | "vnd" | "usd" | "eur" | "euro" | "won" | "kíp" => Some((at + 1, UnitKind::Money)),
        "đ" if line.word(at + 1) != "/" || line.word(at + 2) != "c" => Some((at + 1, UnitKind::Money)),
        "đô" => two("la", UnitKind::Money).map(|(to, kind)| (if line.word(to) == "mỹ" { to + 1 } else { to }, kind)),
        "nhân" => line.phrase(at, "nhân dân tệ").map(|to| (to, UnitKind::Money)),
        "ha" | "hecta" | "m2" | "m²" | "km2" | "km²" | "sào" => Some((land(line, at + 1), UnitKind::Area)),
        "héc" => line.phrase(at, "héc ta").or_else(|| line.phrase(at, "héc - ta")).map(|to| (to, UnitKind::Area)),
        "tấn" | "tạ" | "yến" | "kg" | "gam" => Some((at + 1, UnitKind::Mass)),
        "mét" => two("vuông", UnitKind::Area).or_else(|| two("khối", UnitKind::Measure)).or(Some((at + 1, UnitKind::Measure))),
        "ki" => line.phrase(at, "ki - lô - mét").map(|to| (to, UnitKind::Measure)),
        "km" | "m" | "cm" | "mm" | "m3" | "m³" | "lít" | "mw" | "mwp" | "kw" | "kwp" | "kwh" | "mwh" | "gwh" | "gw" | "mva" | "ster" => {
            Some((at + 1, UnitKind::Measure))
        }
        "lần" => Some((at + 1, UnitKind::Times)),
        "độ" => two("c", UnitKind::Measure),
        "°" | "º" => two("c", UnitKind::Measure),
        "°c" | "ºc" | "oc" => Some((at + 1, UnitKind::Measure)),
        "ngày" if line.word(at + 1) == "công" => Some((at + 2, UnitKind::Measure)),
        "năm" | "tháng" | "tuần" | "ngày" | "giờ" | "phút" => Some((at + 1, UnitKind::Measure)),
        _ => None,
    }
}

/// "ha đất canh tác", "ha mặt nước": the land that a rate is of.
fn land(line: &Line<'_>, at: usize) -> usize {
    line.any_phrase(at, &["đất canh tác", "đất trồng trọt", "đất nông nghiệp", "đất sản xuất", "canh tác", "mặt nước"])
        .filter(|_| line.before(at, 2) == "/")
        .unwrap_or(at)
}

/// "/ha", "/người/năm", "/vạn dân", "/1.000 dân"; a number with the same unit behind the slash is a pair, not a rate.
fn rate(line: &Line<'_>, mut at: usize) -> usize {
    for _ in 0..3 {
        if line.word(at) != "/" {
            return at;
        }
        let mut next = at + 1;
        if line.is_number(next) {
            if !matches!(line.word(next), "1" | "01" | "10" | "100" | "1.000" | "1000" | "10.000" | "100.000")
                || !line.is_word(next + 1)
                || line.word(next + 1) == line.before(at, 1)
            {
                return at;
            }
            next += 1;
        }
        while matches!(line.word(next), "vạn" | "nghìn" | "triệu") {
            next += 1;
        }
        if !line.is_word(next) || line.printed(next).chars().all(char::is_uppercase) {
            return at;
        }
        let short = matches!(line.word(next), "năm" | "tháng" | "ngày" | "quý" | "vụ" | "người" | "ha" | "hộ" | "xã" | "thôn");
        at = plain_measure(line, next)
            .map(|(to, _)| to)
            .or_else(|| noun(line, next).filter(|_| !short).map(|noun| noun.to))
            .unwrap_or(next + 1);
        at = land(line, at);
    }
    at
}

/// A counted noun with the words that belong to it: "đơn vị hành chính cấp xã", "thôn, tổ dân phố".
fn noun(line: &Line<'_>, at: usize) -> Option<Unit> {
    let mut to = bare_noun(line, at)?;
    for _ in 0..3 {
        let Some(next) = bare_noun(line, to + 1).filter(|_| line.word(to) == "," && pairs(line, to + 1)) else { break };
        to = next;
    }
    Some(Unit { from: at, to, kind: UnitKind::Count, grain: Grain::Whole })
}

fn bare_noun(line: &Line<'_>, at: usize) -> Option<usize> {
    let first = line.word(at);
    if let Some((_, tails)) = NOUNS.binary_search_by(|(head, _)| head.cmp(&first)).ok().and_then(|found| NOUNS.get(found)) {
        let to = tails.iter().filter_map(|tail| if tail.is_empty() { Some(at + 1) } else { line.phrase(at + 1, tail) }).max()?;
        return Some(line.any_phrase(to, &MODIFIERS).unwrap_or(to));
    }
    None
}

/// Nouns that are printed as the second of a list that is counted together; "xã" or "huyện" there begins a new clause.
fn pairs(line: &Line<'_>, at: usize) -> bool {
    matches!(
        line.word(at),
        "tổ" | "phường"
            | "thị"
            | "bản"
            | "thôn"
            | "nhà"
            | "hợp"
            | "viên"
            | "công"
            | "khu"
            | "đoàn"
            | "buôn"
            | "ấp"
            | "làng"
            | "doanh"
            | "hội"
            | "tàu"
            | "sinh"
    )
}

/// An unknown noun: one word, or two where the second can belong to it.
fn guess(line: &Line<'_>, at: usize) -> Option<Unit> {
    if matches!(
        line.word(at),
        "cấp"
            | "sao"
            | "tuổi"
            | "chiều"
            | "phía"
            | "rõ"
            | "giờ"
            | "mặt"
            | "bên"
            | "mức"
            | "bước"
            | "tại"
            | "nhất"
            | "phút"
            | "đêm"
            | "mùa"
            | "chỗ"
    ) {
        return None;
    }
    let fits = |i: usize| line.is_word(i) && !line.is_capital(i) && !is_function_word(line.word(i)) && line.printed(i).chars().count() > 1;
    if !fits(at) {
        return None;
    }
    let to = if fits(at + 1) && line.spaced(at + 1) { at + 2 } else { at + 1 };
    Some(Unit { from: at, to, kind: UnitKind::Guess, grain: Grain::Whole })
}

/// Words behind a counted noun that belong to the unit.
const MODIFIERS: [&str; 21] = [
    "biên giới",
    "cận nghèo",
    "nghèo",
    "dân cư",
    "dân",
    "tạm",
    "dột nát",
    "trọng tâm",
    "trọng điểm",
    "đột phá",
    "ưu tú",
    "cơ sở đảng",
    "đảng",
    "ocop",
    "sản xuất",
    "thành phần",
    "hành chính cấp xã",
    "hành chính cấp huyện",
    "hành chính",
    "công lập",
    "khách",
];
