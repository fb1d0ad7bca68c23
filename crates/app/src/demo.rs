//! The demo: a ledger of its own, filled with a fictional province through the same doors that people use: units, people and
//! numbers loaded by the operator, papers handed in, drafts accepted, readings settled, articles published, tasks and proposals
//! moved on.

mod happening;
mod paper;
pub mod photo;

use bytes::Bytes;
use domain::account::Role;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::{self, Actor, operator};
use domain::photo::{CaptionOf, caption_of};
use domain::problem::Problem;
use domain::unit::Unit;
use jiff::civil::{Date, date};
use store::task::Audience;
use store::{Store, StoreError};

use self::happening::HAPPENINGS;
use self::paper::PAPERS;
use self::photo::PHOTOS;
use crate::load::source::Source;
use crate::load::{LoadFault, load};
use crate::password::{self, HashFault, Passwords};
use crate::photo::SentPicture;
use crate::web::App;

/// The day that the demo takes for today.
pub const TODAY: Date = date(2024, 5, 20);
/// The code of the province, the root of the demo's units.
const PROVINCE: &str = "98";

macro_rules! files {
    ($($file:literal),+ $(,)?) => { Source::Embedded(&[$(($file, include_bytes!(concat!("../demo/", $file)))),+]) };
}

/// Units, people and what was promised: the office begins with them.
const BEGINNING: (Date, Source) =
    (date(2020, 10, 20), files!["units.csv", "successions.csv", "resolutions.csv", "groups.csv", "indicators.csv", "people.csv"]);
/// Targets and numbers, of which the later ones become known only in the years after the demo's day.
const NUMBERS: (Date, Source) = (date(2024, 4, 16), files!["targets.csv", "measurements.csv"]);
/// The day on which accounts are handed out.
const ACCOUNTS_ON: Date = date(2020, 10, 20);

/// An account of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// What is typed to log in.
    pub name: &'static str,
    /// Its role.
    pub role: Role,
    /// The code of its unit.
    unit_code: &'static str,
}

/// Every account; they share one password, made anew for each demo.
pub const ACCOUNTS: [DemoAccount; 5] = [
    DemoAccount { name: "van.thu", role: Role::Officer, unit_code: PROVINCE },
    DemoAccount { name: "muong.van", role: Role::Officer, unit_code: "981" },
    DemoAccount { name: "bao.cao", role: Role::Reporter, unit_code: "981" },
    DemoAccount { name: "kiem.tra", role: Role::Viewer, unit_code: PROVINCE },
    DemoAccount { name: "quan.tri", role: Role::Administrator, unit_code: PROVINCE },
];

/// Why the demo was not made.
#[derive(Debug)]
pub enum DemoFault {
    /// The ledger did not take it.
    Store(StoreError),
    /// No password could be hashed.
    Password(HashFault),
    /// The given database holds a ledger already; the demo never touches one.
    NotEmpty,
    /// The demo's own files were not taken.
    Load(String),
    /// A photo of the demo was not taken.
    Photo(String),
    /// A task or a proposal of the demo stands in none of its papers.
    Nowhere(&'static str),
}

impl std::fmt::Display for DemoFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(fault) => fault.fmt(f),
            Self::Password(fault) => fault.fmt(f),
            Self::NotEmpty => f.write_str("the database already holds a ledger"),
            Self::Load(fault) => write!(f, "the demo's files were not taken: {fault}"),
            Self::Photo(why) => write!(f, "a photo of the demo was not taken: {why}"),
            Self::Nowhere(words) => write!(f, "no paper of the demo holds: {words}"),
        }
    }
}

impl std::error::Error for DemoFault {}

impl From<StoreError> for DemoFault {
    fn from(fault: StoreError) -> Self {
        Self::Store(fault)
    }
}

impl From<LoadFault> for DemoFault {
    fn from(fault: LoadFault) -> Self {
        match fault {
            LoadFault::Store(fault) => Self::Store(fault),
            other => Self::Load(format!("{other:?}")),
        }
    }
}

impl From<Problem> for DemoFault {
    fn from(problem: Problem) -> Self {
        Self::Store(problem.into())
    }
}

/// Fills an empty ledger with the demo's world and gives back the password of its accounts. `progress` is told what
/// comes next, and how many of how many things are done.
pub async fn fill(store: &Store, progress: &mut (dyn FnMut(&str, usize, usize) + Send)) -> Result<String, DemoFault> {
    if store.journal_head().await?.sequence > 0 {
        return Err(DemoFault::NotEmpty);
    }
    let things = PAPERS.len() + HAPPENINGS.len() + 3;
    progress("units.csv", 0, things);
    take(store, &BEGINNING).await?;
    progress("accounts", 1, things);
    let password = add_accounts(store).await?;
    let officer = actor(store, "van.thu").await?;
    let reporter = actor(store, "muong.van").await?;
    let (mut papers, mut has_numbers) = (PAPERS.iter().peekable(), false);
    let mut done = 2;
    let days = HAPPENINGS.iter().map(|happening| (happening.on, Some(happening))).chain([(TODAY, None)]);
    for (day, happening) in days {
        while let Some(paper) = papers.next_if(|paper| paper.received_on <= day) {
            if !has_numbers && NUMBERS.0 <= paper.received_on {
                take(store, &NUMBERS).await?;
                has_numbers = true;
            }
            progress(paper.file_name, done, things);
            paper.bring(store, &officer).await?;
            done += 1;
        }
        if let Some(happening) = happening {
            happening.happen(store, &officer, &reporter).await?;
            done += 1;
            progress("", done, things);
        }
    }
    progress("", things, things);
    Ok(password)
}

/// Puts the drawn photos beside their captions, through the door of an upload.
pub async fn add_photos(app: &App) -> Result<(), DemoFault> {
    let (store, officer) = (app.store(), actor(app.store(), "van.thu").await?);
    let mut now = morning(TODAY).plus_seconds(3 * 3600);
    for document in store.documents(Audience::Staff, 0, i64::MAX).await? {
        let photos = store.photos_of(document.id).await?;
        for drawn in &PHOTOS {
            let CaptionOf::One(photo) = caption_of(&photos, drawn.file_name) else { continue };
            let may = permission::may_keep_photos(&officer, &path_of(store, document.unit).await?)?;
            let (file_name, bytes) = (drawn.file_name.to_owned(), Bytes::from_static(drawn.bytes));
            let sent = SentPicture { document: document.id, photo: Some(photo), replaces: None, file_name, bytes };
            now = now.plus_seconds(20);
            app.photo_line().take((store, app.files()), &may, now, sent).await.map_err(|why| DemoFault::Photo(format!("{why:?}")))?;
        }
    }
    Ok(())
}

/// Loads files that the program holds.
async fn take(store: &Store, (on, source): &(Date, Source)) -> Result<(), DemoFault> {
    load(store, &operator::may_load(), (morning(*on), TODAY), source, &mut |_| {}).await?;
    Ok(())
}

/// Hands out every account with one new password.
async fn add_accounts(store: &Store) -> Result<String, DemoFault> {
    let password = password::one_time().map_err(DemoFault::Password)?;
    let hash = Passwords::default().hash(&password).await.map_err(DemoFault::Password)?;
    for account in &ACCOUNTS {
        let unit = unit_of_code(store, account.unit_code).await?;
        let may = operator::may_keep_accounts();
        store.add_account(&may, morning(ACCOUNTS_ON).plus_seconds(1800), account.name, hash.clone(), None, (account.role, unit)).await?;
    }
    Ok(password)
}

async fn actor(store: &Store, name: &str) -> Result<Actor, DemoFault> {
    let account = store.account_named(name).await?.ok_or(Problem::NotFound)?;
    let roles = store.roles_of(account.id).await?;
    Ok(Actor::account(account.id, account.name, roles))
}

async fn path_of(store: &Store, unit: Option<Id<Unit>>) -> Result<permission::UnitPath, DemoFault> {
    let unit = match unit {
        Some(unit) => unit,
        None => unit_of_code(store, PROVINCE).await?,
    };
    Ok(store.unit_path(unit).await?)
}

async fn unit_of_code(store: &Store, code: &str) -> Result<Id<Unit>, DemoFault> {
    Ok(store.units_by_code(code).await?.first().ok_or(Problem::NotFound)?.id)
}

async fn unit_of_name(store: &Store, name: &str, day: Option<Date>) -> Result<Option<Id<Unit>>, DemoFault> {
    let living: Vec<Unit> = store.units_named(name).await?.into_iter().filter(|unit| unit.exists_on(day)).collect();
    Ok(if let [only] = &living[..] { Some(only.id) } else { None })
}

/// Eight o'clock in the morning of a day in Viet Nam.
fn morning(day: Date) -> Moment {
    let days = i64::from(domain::task::days_between(date(1970, 1, 1), day));
    Moment(0).plus_seconds(days * 86_400 + 3_600)
}

#[cfg(test)]
mod tests {
    use domain::code::Coded;
    use domain::fold::fold;

    use super::*;

    #[test]
    fn codes_of_roles_are_printed() {
        assert!(ACCOUNTS.iter().all(|account| !account.role.code().is_empty() && fold(account.name) == account.name));
    }

    #[test]
    fn days_follow_one_another_up_to_today() {
        assert!(PAPERS.is_sorted_by_key(|paper| paper.received_on) && PAPERS.iter().all(|paper| paper.received_on <= TODAY));
        assert!(HAPPENINGS.is_sorted_by_key(|happening| happening.on) && HAPPENINGS.iter().all(|happening| happening.on <= TODAY));
    }
}
