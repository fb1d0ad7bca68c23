//! `cotmoc unit`: units are added from the top down.

use domain::code::Coded;
use domain::permission::operator;
use domain::unit::UnitClass;
use store::unit::NewUnit;

use super::{Failure, Unit, ValueEnum};
use crate::lang::Lang;
use crate::web::app::Clock;

/// Does what was typed.
pub fn run(unit: &Unit) -> Result<(), Failure> {
    let Unit::Add { code, name, kind, parent, class, database } = unit;
    let class = class.to_possible_value().and_then(|value| UnitClass::from_code(value.get_name()));
    let class = class.ok_or_else(|| Failure::both(|lang| lang.command_failed("class")))?;
    database.with(async |store| {
        let parent = match parent {
            Some(code) => {
                let units = store.units_by_code(code).await?;
                Some(units.first().map(|unit| unit.id).ok_or_else(|| Failure::both(|lang| lang.command_no_unit(code)))?)
            }
            None => None,
        };
        let new = NewUnit {
            code: Some(code.clone()),
            name: name.clone(),
            kind: kind.clone(),
            class,
            parent,
            parent_code: None,
            valid_from: None,
            valid_to: None,
        };
        let added = store.add_unit(&operator::may_keep_units(), Clock::System.now(), new).await?;
        for lang in [Lang::Vi, Lang::En] {
            println!("{}", lang.command_unit_added(code, &added.name));
        }
        Ok(())
    })
}
