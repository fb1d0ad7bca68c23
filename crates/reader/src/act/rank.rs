//! How high a body or a person stands, read from the words of its name: requests go up, orders go down.

use std::borrow::Cow;

use super::lexicon;

/// The place in the order of the state; higher is above. Zero is unknown.
pub type Rank = u8;

/// From outside the state: voters, companies.
pub const OUTSIDE: Rank = 1;
/// The lowest rank that speaks for a whole province.
pub const PROVINCE: Rank = 40;

/// Words that give a rank wherever they stand in a name; the highest counts, but see [`rank_of`].
const LEVELS: &[(&str, Rank)] = &[
    ("thôn", 10),
    ("bản", 10),
    ("xã", 20),
    ("phường", 20),
    ("phòng", 28),
    ("huyện", 30),
    ("quận", 30),
    ("thị", 30),
    ("thành", 30),
    ("sở", 38),
    ("tỉnh", PROVINCE),
    ("bộ", 48),
    ("chính", 50),
    ("thủ", 50),
    ("quốc", 50),
    ("trung", 50),
];

/// Cities that stand beside provinces.
const CITIES: [&str; 6] = ["hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế"];

/// The rank of a name; 0 where no word gives one.
pub fn rank_of(name: &str) -> Rank {
    let words: Vec<Cow<'_, str>> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(40).map(lexicon::key).collect();
    let word = |n: usize| words.get(n).map_or("", AsRef::as_ref);
    let mut best = 0;
    for n in 0..words.len() {
        let (before, this, next) = (if n > 0 { word(n - 1) } else { "" }, word(n), word(n + 1));
        let real = match this {
            "bộ" => n == 0 && !matches!(next, "chỉ" | "đội" | "máy" | "phận") || before == "các",
            "chính" => matches!(next, "phủ" | "trị"),
            "thủ" => next == "tướng",
            "quốc" => next == "hội" && before != "biểu",
            "trung" => next == "ương",
            "thành" => matches!(next, "phố" | "ủy" | "đoàn"),
            "thị" => matches!(next, "xã" | "ủy"),
            "phòng" => before != "văn" && before != "biên" && before != "quốc" && before != "hải" && next != "chống",
            "xã" => next != "hội" && before != "thị",
            "bản" => n == 0 || before == "trưởng",
            _ => true,
        };
        if let Some((_, rank)) = LEVELS.iter().find(|(level, _)| real && *level == this) {
            best = best.max(*rank);
        }
    }
    let lower = words.join(" ");
    if best == 30 && CITIES.iter().any(|city| lower.ends_with(city)) { PROVINCE } else { best }
}

/// The highest rank among positions; members of a committee above ("Tỉnh ủy viên, Bí thư Huyện ủy") speak for their own post.
pub fn rank_of_positions(positions: &[String]) -> Rank {
    let posts = positions.iter().filter(|position| {
        let key = lexicon::phrase_key(position);
        !(key.starts_with("ủy viên") || key.ends_with("viên") || key.starts_with("đại biểu") || key.starts_with("trưởng đoàn"))
    });
    posts.map(|position| rank_of(position)).max().unwrap_or(0)
}

/// Who goes first among people of one rank: secretary, chair, their deputies, heads of organs.
pub fn weight_of_positions(positions: &[String]) -> u8 {
    let weight = |position: &String| {
        let key = lexicon::phrase_key(position);
        WEIGHTS.iter().find(|(title, _)| key.starts_with(title)).map_or(1, |(_, weight)| *weight)
    };
    positions.iter().map(weight).max().unwrap_or(0)
}

/// Titles by weight.
const WEIGHTS: [(&str, u8); 8] = [
    ("tổng bí thư", 9),
    ("thủ tướng", 8),
    ("chủ tịch nước", 8),
    ("bí thư", 6),
    ("chủ tịch", 5),
    ("phó bí thư", 4),
    ("phó chủ tịch", 3),
    ("phó thủ tướng", 6),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_names() {
        for (name, rank) in [
            ("Ban Thường vụ Tỉnh ủy", 40),
            ("UBND huyện Khe Lạnh", 30),
            ("Sở Xây dựng", 38),
            ("Bộ Chỉ huy Quân sự tỉnh", 40),
            ("Bộ Tài chính", 48),
            ("Văn phòng Chính phủ", 50),
            ("xã Khe Lạnh", 20),
            ("thị xã Khe Lạnh", 30),
            ("Phòng Lao động - Thương binh và Xã hội", 28),
            ("Đoàn đại biểu Quốc hội tỉnh", 40),
            ("thành phố Hải Phòng", 40),
            ("Công ty Hoa Sen", 0),
        ] {
            assert_eq!(rank_of(name), rank, "{name}");
        }
    }
}
