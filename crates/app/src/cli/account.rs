//! `cotmoc account`: the first accounts are made here, by whoever runs the machine.

use domain::account::parse_name;
use domain::code::Coded;
use domain::moment::Moment;
use domain::permission::operator;

use super::{Account, Database, Failure, RoleArgument, ValueEnum};
use crate::lang::Lang;
use crate::password::{self, HashFault, Passwords};
use crate::web::app::Clock;

/// Does what was typed.
pub fn run(account: &Account) -> Result<(), Failure> {
    match account {
        Account::Add { name, role, unit, database } => add(name, *role, unit, database),
        Account::Reissue { name, database } => reissue(name, database),
    }
}

fn add(name: &str, role: RoleArgument, unit: &str, database: &Database) -> Result<(), Failure> {
    let name = parse_name(name)?;
    let role = role.to_possible_value().and_then(|value| domain::account::Role::from_code(value.get_name()));
    let role = role.ok_or_else(|| Failure::both(|lang| lang.command_failed("role")))?;
    database.with(async |store| {
        let units = store.units_by_code(unit).await?;
        let unit = units.first().ok_or_else(|| Failure::both(|lang| lang.command_no_unit(unit)))?;
        let issued = OneTime::issue().await?;
        store.add_account(&operator::may_keep_accounts(), issued.at, &name, issued.hash, Some(issued.until), (role, unit.id)).await?;
        for lang in [Lang::Vi, Lang::En] {
            println!("{}", lang.command_account_added(&name, &unit.name, &issued.password, lang.moment(issued.until)));
        }
        Ok(())
    })
}

fn reissue(name: &str, database: &Database) -> Result<(), Failure> {
    let name = parse_name(name)?;
    database.with(async |store| {
        let account = store.account_named(&name).await?.ok_or_else(|| Failure::both(|lang| lang.command_no_account(&name)))?;
        let issued = OneTime::issue().await?;
        store.reissue_password(&operator::may_keep_accounts(), issued.at, account.id, issued.hash, issued.until).await?;
        for lang in [Lang::Vi, Lang::En] {
            println!("{}", lang.command_account_reissued(&name, &issued.password, lang.moment(issued.until)));
        }
        Ok(())
    })
}

/// A one-time password that was just made.
struct OneTime {
    password: String,
    hash: String,
    at: Moment,
    until: Moment,
}

impl OneTime {
    async fn issue() -> Result<Self, Failure> {
        let failed = |fault: HashFault| Failure::both(|lang| lang.command_failed(&fault));
        let password = password::one_time().map_err(failed)?;
        let hash = Passwords::default().hash(&password).await.map_err(failed)?;
        let at = Clock::System.now();
        Ok(Self { password, hash, at, until: at.plus_seconds(password::ONE_TIME_DAYS * 24 * 3600) })
    }
}
