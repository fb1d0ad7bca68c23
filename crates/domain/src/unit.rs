//! Units: areas and bodies in one tree.

use jiff::civil::Date;

use crate::code::codes;
use crate::fold::fold;
use crate::id::Id;

codes! {
    /// Whether a unit is a stretch of land or an organisation; only areas roll up.
    pub enum UnitClass {
        /// *địa bàn*: province, district, commune
        Area = "area",
        /// *cơ quan, tổ chức*
        Body = "body",
    }
}

/// *Đơn vị*: known by its id; codes and names recur over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: Id<Unit>,
    /// The administrative code; a body read from a paper has none.
    pub code: Option<String>,
    /// With its level: "huyện Mường Vân".
    pub name: String,
    /// As given: tỉnh, huyện, xã, sở, ban, …
    pub kind: String,
    /// Area or body.
    pub class: UnitClass,
    /// The unit above: roles and pages follow it.
    pub parent: Option<Id<Unit>>,
    /// The code of the unit above, where it was given by code: on each day the unit above is the one that bears it then.
    pub parent_code: Option<String>,
    /// The first day it exists; absent where not known.
    pub valid_from: Option<Date>,
    /// The last day it exists; absent while it lasts.
    pub valid_to: Option<Date>,
    /// The name folded, for matching.
    pub folded: String,
    /// Vietnamese order.
    pub sort_key: String,
}

impl Unit {
    /// Whether it exists on `day`; a day that is not known is held against nobody.
    pub fn exists_on(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to))
    }
}

/// *Kế thừa*: which unit followed which, by a legal act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// Its id.
    pub id: Id<Succession>,
    /// The unit that ended.
    pub from_unit: Id<Unit>,
    /// The unit that followed.
    pub to_unit: Id<Unit>,
    /// The first day of the new order.
    pub on_day: Date,
    /// The legal act, as printed.
    pub act: String,
    /// Millionths of the old unit that went into the new one; absent where not known.
    pub share_millionths: Option<i64>,
}

/// Kinds of areas from the top down, with the words that name them in a paper.
pub const AREA_KINDS: [&str; 9] = ["tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu"];

/// Words that turn the kind before them into a body: "Huyện ủy", "Tỉnh đoàn". In small letters, since communes are called
/// Uy Nỗ and Đoàn Kết.
const BODY_WORDS: [&str; 4] = ["ủy", "uỷ", "đoàn", "đội"];

/// The kind that a printed name of an area begins with ("huyện Mường Vân" → "huyện"); absent for a body ("Huyện ủy Mường Vân").
pub fn area_kind(name: &str) -> Option<&'static str> {
    let folded = fold(name);
    let kind = AREA_KINDS.into_iter().find(|kind| folded.strip_prefix(&fold(kind)).is_some_and(|rest| rest.starts_with(' ')))?;
    let next = name.split_whitespace().nth(kind.split(' ').count()).unwrap_or_default();
    // In capitals ("TỈNH ỦY") only the party's word can be told from a name, by its tone.
    let is_body = BODY_WORDS.contains(&next) || matches!(next.to_lowercase().as_str(), "ủy" | "uỷ");
    (!is_body).then_some(kind)
}

/// How a word of a paper points at the unit the paper is about ("huyện", "địa phương", "Huyện") or at the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointed {
    /// The unit that the paper is about.
    About,
    /// The unit above it.
    Parent,
}

/// Resolves a bare word: of a paper about a huyện, "huyện" and "địa phương" are that huyện and "tỉnh" the one above.
pub fn point(word: &str, about_kind: &str, parent_kind: Option<&str>) -> Option<Pointed> {
    let word = fold(word);
    if word == fold(about_kind) || word == "dia phuong" || word == "don vi" {
        Some(Pointed::About)
    } else if parent_kind.is_some_and(|kind| word == fold(kind)) {
        Some(Pointed::Parent)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_word_points_at_the_unit_of_the_paper() {
        assert_eq!(point("Huyện", "huyện", Some("tỉnh")), Some(Pointed::About));
        assert_eq!(point("tỉnh", "huyện", Some("tỉnh")), Some(Pointed::Parent));
        assert_eq!(point("địa phương", "xã", None), Some(Pointed::About));
        assert_eq!(point("Sở Nội vụ", "huyện", Some("tỉnh")), None);
    }

    #[test]
    fn kinds_of_areas() {
        assert_eq!(area_kind("thành phố Lam Khê"), Some("thành phố"));
        assert_eq!(area_kind("Thị xã X"), Some("thị xã"));
        assert_eq!(area_kind("xãhội"), None);
        for body in ["Huyện ủy Mường Vân", "Tỉnh uỷ", "TỈNH ỦY", "Huyện đoàn", "xã đội"] {
            assert_eq!(area_kind(body), None, "{body}");
        }
        assert_eq!(area_kind("xã Uy Nỗ"), Some("xã"));
        assert_eq!(area_kind("xã Đoàn Kết"), Some("xã"));
    }
}
