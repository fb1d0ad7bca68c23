//! Bodies that only a name tells of: what kind of body it is, and the area that the name places it in.

use crate::fold::fold;
use crate::id::Id;
use crate::unit::{Unit, UnitClass};

/// Words in a body's name that place it with the State, above every province.
const NATIONAL: [&str; 6] = ["trung uong", "chinh phu", "quoc hoi", "chu tich nuoc", "thu tuong", "toa an nhan dan toi cao"];
/// First words that name what a body is.
const BODY_KINDS: [&str; 14] = [
    "sở",
    "ban",
    "ủy ban",
    "hội đồng",
    "văn phòng",
    "phòng",
    "công an",
    "hội",
    "đoàn",
    "trung tâm",
    "chi cục",
    "cục",
    "bộ chỉ huy",
    "trường",
];

/// What kind of body a folded name begins with: "sở", "ủy ban", …
pub fn body_kind(folded: &str) -> String {
    BODY_KINDS.iter().find(|kind| folded.starts_with(&fold(kind))).map_or("cơ quan", |kind| *kind).to_owned()
}

/// The area that a body's folded name places it in: the last level it names, of a paper's unit and those above it.
pub fn parent_of_body(folded: &str, units: &[Unit]) -> Option<Id<Unit>> {
    let words = words_of(folded);
    if is_national(folded, &words) {
        return None;
    }
    let by_name = units.iter().find(|unit| unit.class == UnitClass::Area && folded.ends_with(place_name(unit)));
    by_name.or_else(|| units.iter().find(|unit| names_level(&words, folded, unit))).or_else(|| units.last()).map(|unit| unit.id)
}

/// The area that a body's folded name places it in, of all areas there are: the one it names, else the only one of the level it
/// names, else the only one at the top.
pub fn area_of_body(folded: &str, areas: &[&Unit]) -> Option<Id<Unit>> {
    let words = words_of(folded);
    if is_national(folded, &words) {
        return None;
    }
    let named = areas.iter().filter(|area| holds_words(folded, &area.folded)).max_by_key(|area| area.folded.len());
    let ends_with = |area: &&&Unit| folded.strip_suffix(place_name(area)).is_some_and(|before| before.ends_with(' '));
    let placed = || areas.iter().filter(ends_with).max_by_key(|area| (names_level(&words, folded, area), std::cmp::Reverse(area.id)));
    let of_level = || only(areas.iter().filter(|area| names_level(&words, folded, area)));
    let top = || only(areas.iter().filter(|area| area.parent.is_none() && area.parent_code.is_none()));
    named.or_else(placed).or_else(of_level).or_else(top).map(|area| area.id)
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

fn words_of(folded: &str) -> Vec<&str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

fn holds_words(folded: &str, part: &str) -> bool {
    !part.is_empty() && format!(" {folded} ").contains(&format!(" {part} "))
}

fn is_national(folded: &str, words: &[&str]) -> bool {
    NATIONAL.iter().any(|word| folded.contains(word))
        || (words.first() == Some(&"bo") && !folded.starts_with("bo chi huy") && !folded.starts_with("bo doi"))
}

/// Whether a name speaks of a unit by its level alone: "UBND tỉnh", "Huyện ủy".
fn names_level(words: &[&str], folded: &str, unit: &Unit) -> bool {
    let kind = fold(&unit.kind);
    let first_word = kind.split(' ').next().unwrap_or_default().to_owned();
    words.contains(&kind.as_str())
        || (kind.contains(' ') && folded.contains(&kind))
        || (words.first() == Some(&first_word.as_str()) && words.get(1) == Some(&"uy"))
}

/// "mường vân" of "huyện Mường Vân", folded.
fn place_name(unit: &Unit) -> &str {
    let kind = fold(&unit.kind);
    unit.folded.strip_prefix(kind.as_str()).map_or(unit.folded.as_str(), str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(id: i64, kind: &str, name: &str, parent: Option<i64>) -> Unit {
        Unit {
            id: Id::new(id),
            code: None,
            name: name.to_owned(),
            kind: kind.to_owned(),
            class: UnitClass::Area,
            parent: parent.map(Id::new),
            parent_code: None,
            valid_from: None,
            valid_to: None,
            folded: fold(name),
            sort_key: String::new(),
        }
    }

    #[test]
    fn a_body_stands_in_the_area_that_its_name_names() {
        let units = [area(2, "huyện", "huyện Mường Vân", Some(1)), area(1, "tỉnh", "tỉnh Lam Giang", None)];
        for (name, parent) in [
            ("Huyện ủy", Some(2)),
            ("Ban Thường vụ Huyện ủy Mường Vân", Some(2)),
            ("Đảng bộ huyện Mường Vân", Some(2)),
            ("Tỉnh ủy Lam Giang", Some(1)),
            ("Thường trực Tỉnh ủy", Some(1)),
            ("UBND tỉnh", Some(1)),
            ("Sở Nội vụ", Some(1)),
            ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", Some(1)),
            ("Bộ Nội vụ", None),
            ("Ban Chấp hành Trung ương Đảng", None),
        ] {
            assert_eq!(parent_of_body(&fold(name), &units), parent.map(Id::new), "{name}");
        }
        assert_eq!(parent_of_body(&fold("Sở Nội vụ"), &[]), None);
    }

    #[test]
    fn of_a_whole_province_the_named_area_is_found() {
        let units = [
            area(1, "tỉnh", "tỉnh Lam Giang", None),
            area(2, "huyện", "huyện Mường Vân", Some(1)),
            area(3, "thị trấn", "thị trấn Mường Vân", Some(2)),
            area(4, "huyện", "huyện Nậm Rạng", Some(1)),
        ];
        let areas: Vec<&Unit> = units.iter().collect();
        for (name, parent) in [
            ("Đại hội Đảng bộ huyện Mường Vân lần thứ XVII", Some(2)),
            ("Ban Thường vụ Huyện ủy Mường Vân", Some(2)),
            ("UBND thị trấn Mường Vân", Some(3)),
            ("Hội Nông dân Mường Vân", Some(2)),
            ("Tỉnh ủy Lam Giang", Some(1)),
            ("UBND tỉnh", Some(1)),
            ("Sở Nội vụ", Some(1)),
            ("Bộ Nội vụ", None),
        ] {
            assert_eq!(area_of_body(&fold(name), &areas), parent.map(Id::new), "{name}");
        }
        // Two provinces: which one a "Sở Nội vụ" is of is not said.
        let other = area(5, "tỉnh", "tỉnh Khác", None);
        assert_eq!(area_of_body(&fold("Sở Nội vụ"), &[&units[0], &other]), None);
    }

    #[test]
    fn kinds_of_bodies() {
        assert_eq!(body_kind(&fold("Sở Nội vụ")), "sở");
        assert_eq!(body_kind(&fold("Mặt trận")), "cơ quan");
    }
}
