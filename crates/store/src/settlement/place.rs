//! Which unit a printed body is: the paper's own unit, one of its bodies, or one of the ledger's.

use domain::body::{body_kind, parent_of_body};
use domain::fold::fold;
use domain::id::Id;
use domain::reading::BodyDraft;
use domain::unit::{Pointed, Unit, UnitClass, area_kind, point};

use super::Scene;
use crate::ledger::Write;
use crate::unit::NewUnit;
use crate::{StoreError, values};

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
