//! Units in the store: found by code, by name, and with everything above them.

use domain::fold::{fold, tidy};
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::{MayKeepUnits, UnitPath};
use domain::problem::Problem;
use domain::sort::sort_key;
use domain::unit::{Unit, UnitClass};
use jiff::civil::Date;

use crate::ledger::Write;
use crate::{Store, StoreError, values};

/// A unit to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// The administrative code, where it has one.
    pub code: Option<String>,
    /// With its level: "huyện Mường Vân".
    pub name: String,
    /// tỉnh, huyện, xã, sở, ban, …
    pub kind: String,
    /// Area or body.
    pub class: UnitClass,
    /// The unit above.
    pub parent: Option<Id<Unit>>,
    /// The code of the unit above, where it was given by code.
    pub parent_code: Option<String>,
    /// The first day it exists.
    pub valid_from: Option<Date>,
    /// The last day it exists.
    pub valid_to: Option<Date>,
}

impl Store {
    /// The units with a code, newest first: codes recur. One whose first day is not known is the oldest.
    pub async fn units_by_code(&self, code: &str) -> Result<Vec<Unit>, StoreError> {
        let newest = "ORDER BY CASE WHEN valid_from IS NULL THEN 1 ELSE 0 END, valid_from DESC, id DESC";
        self.find(&format!("WHERE code = $1 {newest}"), &values![code]).await
    }

    /// The units with a name, marks and case aside.
    pub async fn units_named(&self, name: &str) -> Result<Vec<Unit>, StoreError> {
        self.find("WHERE folded = $1 ORDER BY id", &values![fold(name)]).await
    }

    /// The name of the area at the top, where there is exactly one: what an installation calls itself.
    pub async fn root_name(&self) -> Result<Option<String>, StoreError> {
        let mut roots = self.find::<Unit>("WHERE parent IS NULL AND class = $1 AND valid_to IS NULL", &values![UnitClass::Area]).await?;
        Ok(roots.pop().filter(|_| roots.is_empty()).map(|unit| unit.name))
    }

    /// The areas at the top, in Vietnamese order.
    pub async fn root_areas(&self) -> Result<Vec<Unit>, StoreError> {
        self.find("WHERE parent IS NULL AND class = $1 AND valid_to IS NULL ORDER BY sort_key, id", &values![UnitClass::Area]).await
    }

    /// Every area in Vietnamese order.
    pub async fn areas(&self) -> Result<Vec<Unit>, StoreError> {
        self.find("WHERE class = $1 ORDER BY sort_key, id", &values![UnitClass::Area]).await
    }

    /// The units right below one, in Vietnamese order.
    pub async fn units_below(&self, unit: Id<Unit>) -> Result<Vec<Unit>, StoreError> {
        self.find("WHERE parent = $1 ORDER BY class, sort_key, id", &values![unit]).await
    }

    /// The unit and every unit below it.
    pub async fn unit_subtree(&self, unit: Id<Unit>) -> Result<Vec<Id<Unit>>, StoreError> {
        self.rows(SUBTREE, &values![unit]).await?.into_iter().map(crate::db::Row::one).collect()
    }

    /// The unit and every unit below it, areas before bodies, in Vietnamese order.
    pub async fn units_in_subtree(&self, unit: Id<Unit>) -> Result<Vec<Unit>, StoreError> {
        self.find(&format!("WHERE id IN (SELECT id FROM ({SUBTREE}) AS subtree) ORDER BY class, sort_key, id"), &values![unit]).await
    }

    /// The unit and every unit above it, nearest first.
    pub async fn unit_path(&self, unit: Id<Unit>) -> Result<UnitPath, StoreError> {
        let rows = self.rows(PATH, &values![unit]).await?;
        Ok(UnitPath(rows.into_iter().map(crate::db::Row::one).collect::<Result<_, _>>()?))
    }

    /// Adds a unit.
    pub async fn add_unit(&self, may: &MayKeepUnits, now: Moment, new: NewUnit) -> Result<Unit, StoreError> {
        let mut write = self.write(may, now).await?;
        write.check_code(&new).await?;
        let unit = write.add_unit(new).await?;
        write.commit("unit.add", &format!("unit/{}", unit.id)).await?;
        Ok(unit)
    }
}

/// The unit and its parents; `depth` bounds the walk where somebody made a circle by hand.
const PATH: &str = "WITH RECURSIVE above (id, parent, depth) AS ( \
     SELECT id, parent, 0 FROM unit WHERE id = $1 \
     UNION ALL SELECT unit.id, unit.parent, above.depth + 1 FROM unit JOIN above ON unit.id = above.parent WHERE above.depth < 20 \
 ) SELECT id FROM above ORDER BY depth";

/// The unit and what is below it, bounded like [`PATH`].
const SUBTREE: &str = "WITH RECURSIVE below (id, depth) AS ( \
     SELECT id, 0 FROM unit WHERE id = $1 \
     UNION ALL SELECT unit.id, below.depth + 1 FROM unit JOIN below ON unit.parent = below.id WHERE below.depth < 20 \
 ) SELECT id FROM below ORDER BY depth, id";

impl Write {
    /// Refuses a code that another unit has at the same time; codes recur only after one another.
    async fn check_code(&mut self, new: &NewUnit) -> Result<(), StoreError> {
        let Some(code) = &new.code else { return Ok(()) };
        let others = self.find::<Unit>("WHERE code = $1 ORDER BY id", &values![code.as_str()]).await?;
        let overlaps = |other: &Unit| {
            other.valid_to.is_none_or(|to| new.valid_from.is_none_or(|from| from <= to))
                && new.valid_to.is_none_or(|to| other.valid_from.is_none_or(|from| from <= to))
        };
        if others.iter().any(overlaps) { Err(Problem::Taken { field: "code", value: code.clone() }.into()) } else { Ok(()) }
    }

    /// Adds a unit as part of a larger write.
    pub async fn add_unit(&mut self, new: NewUnit) -> Result<Unit, StoreError> {
        let name = tidy(&new.name);
        if name.is_empty() {
            return Err(Problem::Missing { field: "name" }.into());
        }
        let unit = Unit {
            id: self.new_id(),
            code: new.code,
            folded: fold(&name),
            sort_key: sort_key(&name),
            name,
            kind: tidy(&new.kind),
            class: new.class,
            parent: new.parent,
            parent_code: new.parent_code,
            valid_from: new.valid_from,
            valid_to: new.valid_to,
        };
        self.insert(&unit).await?;
        Ok(unit)
    }
}
