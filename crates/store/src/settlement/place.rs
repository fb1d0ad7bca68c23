//! Which unit a printed body is: the paper's own unit, one of its bodies, or one of the ledger's.

use domain::fold::fold;
use domain::id::Id;
use domain::reading::BodyDraft;
use domain::unit::{Pointed, Unit, UnitClass, area_kind, point};

use super::Scene;
use crate::ledger::Write;
use crate::unit::NewUnit;
use crate::{StoreError, values};

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

impl Write {
    /// Keeps a body of the paper: the ledger's, where it has it, else a new one under the area its name places it in.
    pub(super) async fn settle_body(&mut self, scene: &mut Scene, draft: &BodyDraft) -> Result<(), StoreError> {
        let folded = fold(&draft.name);
        let parent = parent_of_body(&folded, &scene.units);
        let alike = self.find::<Unit>("WHERE folded = $1 ORDER BY id", &values![folded]).await?;
        let day = scene.reading.held_on.or(scene.reading.published_on);
        let known = alike.iter().find(|unit| unit.parent == parent && unit.exists_on(day));
        let id = match known {
            Some(unit) => unit.id,
            None => {
                let new = NewUnit {
                    code: None,
                    name: draft.name.clone(),
                    kind: body_kind(&folded),
                    class: if area_kind(&draft.name).is_some() { UnitClass::Area } else { UnitClass::Body },
                    parent,
                    parent_code: None,
                    valid_from: None,
                    valid_to: None,
                };
                self.add_unit(new).await?.id
            }
        };
        scene.bodies.insert(folded, id);
        Ok(())
    }

    /// The unit that printed words name; `None` where they stay words.
    pub(super) async fn resolve_unit(&mut self, scene: &Scene, printed: &str) -> Result<Option<Id<Unit>>, StoreError> {
        let folded = fold(printed);
        if let Some(id) = resolve_in_paper(&folded, scene) {
            return Ok(Some(id));
        }
        let day = scene.reading.held_on.or(scene.reading.published_on);
        let alike: Vec<Unit> = self.find::<Unit>("WHERE folded = $1 ORDER BY id", &values![folded]).await?;
        let mut living = alike.iter().filter(|unit| unit.exists_on(day) && related(unit, &scene.units));
        match (living.next(), living.next()) {
            (Some(unit), None) => Ok(Some(unit.id)),
            // Homonyms stay words: which one is meant is for a person to say.
            _ => Ok(None),
        }
    }
}

fn resolve_in_paper(folded: &str, scene: &Scene) -> Option<Id<Unit>> {
    let about = scene.units.first();
    let parent = scene.units.get(1);
    if let Some(about) = about {
        match point(folded, &about.kind, parent.map(|unit| unit.kind.as_str())) {
            Some(Pointed::About) => return Some(about.id),
            Some(Pointed::Parent) => return parent.map(|unit| unit.id),
            None => {}
        }
    }
    if let Some(id) = scene.bodies.get(folded) {
        return Some(*id);
    }
    // "cấp ủy, chính quyền các cấp huyện Mường Vân" ends with the unit's own name.
    scene.units.iter().find(|unit| folded.ends_with(&unit.folded)).map(|unit| unit.id)
}

/// Whether a unit stands in the same tree as the paper's: without a paper's unit every unit may be meant.
fn related(unit: &Unit, units: &[Unit]) -> bool {
    units.is_empty()
        || unit.parent.is_none_or(|parent| units.iter().any(|known| known.id == parent))
        || units.iter().any(|known| known.id == unit.id)
}

/// The area that a body's name places it in: the last level it names, of the paper's unit and those above it.
fn parent_of_body(folded: &str, units: &[Unit]) -> Option<Id<Unit>> {
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if NATIONAL.iter().any(|word| folded.contains(word))
        || (words.first() == Some(&"bo") && !folded.starts_with("bo chi huy") && !folded.starts_with("bo doi"))
    {
        return None;
    }
    let by_name = units.iter().find(|unit| unit.class == UnitClass::Area && folded.ends_with(place_name(unit)));
    let named_level = |unit: &&Unit| {
        let kind = fold(&unit.kind);
        let first_word = kind.split(' ').next().unwrap_or_default().to_owned();
        words.contains(&kind.as_str())
            || (kind.contains(' ') && folded.contains(&kind))
            || (words.first() == Some(&first_word.as_str()) && words.get(1) == Some(&"uy"))
    };
    by_name.or_else(|| units.iter().find(named_level)).or_else(|| units.last()).map(|unit| unit.id)
}

/// "mường vân" of "huyện Mường Vân", folded.
fn place_name(unit: &Unit) -> &str {
    let kind = fold(&unit.kind);
    unit.folded.strip_prefix(kind.as_str()).map_or(unit.folded.as_str(), str::trim_start)
}

fn body_kind(folded: &str) -> String {
    BODY_KINDS.iter().find(|kind| folded.starts_with(&fold(kind))).map_or("cơ quan", |kind| *kind).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(id: i64, kind: &str, name: &str) -> Unit {
        Unit {
            id: Id::new(id),
            code: None,
            name: name.to_owned(),
            kind: kind.to_owned(),
            class: UnitClass::Area,
            parent: None,
            parent_code: None,
            valid_from: None,
            valid_to: None,
            folded: fold(name),
            sort_key: String::new(),
        }
    }

    #[test]
    fn a_body_stands_in_the_area_that_its_name_names() {
        let units = [area(2, "huyện", "huyện Mường Vân"), area(1, "tỉnh", "tỉnh Lam Giang")];
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
    fn kinds_of_bodies() {
        assert_eq!(body_kind(&fold("Sở Nội vụ")), "sở");
        assert_eq!(body_kind(&fold("Mặt trận")), "cơ quan");
    }
}
