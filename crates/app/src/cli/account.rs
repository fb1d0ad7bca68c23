//! `cotmoc account`: the first accounts are made here, by whoever runs the machine.

use domain::account::parse_name;
use domain::code::Coded;
use domain::permission::operator;

use super::{Account, Failure, ValueEnum};
use crate::lang::Lang;
use crate::password::{self, Passwords};
use crate::web::app::Clock;

/// Does what was typed.
pub fn run(account: &Account) -> Result<(), Failure> {
    let Account::Add { name, role, unit, database } = account;
    let name = parse_name(name)?;
    let role = role.to_possible_value().and_then(|value| domain::account::Role::from_code(value.get_name()));
    let role = role.ok_or_else(|| Failure::both(|lang| lang.command_failed("role")))?;
    database.with(async |store| {
        let units = store.units_by_code(unit).await?;
        let unit = units.first().ok_or_else(|| Failure::both(|lang| lang.command_no_unit(unit)))?;
        let now = Clock::System.now();
        let one_time = password::one_time().map_err(|fault| Failure::both(|lang| lang.command_failed(&fault)))?;
        let hash = Passwords::default().hash(&one_time).await.map_err(|fault| Failure::both(|lang| lang.command_failed(&fault)))?;
        let until = now.plus_seconds(password::ONE_TIME_DAYS * 24 * 3600);
        store.add_account(&operator::may_keep_accounts(), now, &name, hash, Some(until), (role, unit.id)).await?;
        for lang in [Lang::Vi, Lang::En] {
            println!("{}", lang.command_account_added(&name, &unit.name, &one_time, lang.moment(until)));
        }
        Ok(())
    })
}
