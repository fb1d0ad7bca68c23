//! A unit in the words of schema.org: an area within the one above it, or a body of it.

use domain::unit::{Unit, UnitClass};
use serde_json::{Value, json};

use crate::web::Page;
use crate::web::linked_data::LinkedData;
use crate::web::page::capitalised;

/// The unit and the way to it.
pub fn of(page: &Page, unit: &Unit, above: Option<&Unit>) -> [LinkedData; 2] {
    let name = capitalised(&unit.name);
    let path = format!("/units/{}", unit.id);
    let above = above.map(|above| named(page, above));
    let mut thing = named(page, unit);
    thing[if unit.class == UnitClass::Area { "containedInPlace" } else { "parentOrganization" }] = above.unwrap_or(Value::Null);
    [LinkedData::of(thing), LinkedData::crumbs(page, &[(page.lang.units_title(), "/units"), (&name, &path)])]
}

fn named(page: &Page, unit: &Unit) -> Value {
    let class = if unit.class == UnitClass::Area { "AdministrativeArea" } else { "GovernmentOrganization" };
    json!({
        "@type": class,
        "name": capitalised(&unit.name),
        "identifier": unit.code,
        "url": page.absolute(&format!("/units/{}", unit.id)),
    })
}
