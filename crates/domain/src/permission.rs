//! Who may do what. A `May…` value can be made only here; a writing function asks for one.

use crate::account::{Account, Role};
use crate::code::Coded;
use crate::id::Id;
use crate::problem::Problem;
use crate::unit::Unit;

/// A unit and every unit above it, nearest first: what a role over a subtree is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPath(pub Vec<Id<Unit>>);

/// Who acts: an account with its roles, or the operator at the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    account: Option<Id<Account>>,
    name: String,
    roles: Vec<(Role, Id<Unit>)>,
}

/// The name under which the command line writes.
pub const OPERATOR: &str = "operator";

impl Actor {
    /// An account that is logged in, with the roles that hold now.
    pub const fn account(id: Id<Account>, name: String, roles: Vec<(Role, Id<Unit>)>) -> Self {
        Self { account: Some(id), name, roles }
    }

    /// The account's name, as the journal prints it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The account.
    pub const fn id(&self) -> Option<Id<Account>> {
        self.account
    }

    /// The roles with their units.
    pub fn roles(&self) -> &[(Role, Id<Unit>)] {
        &self.roles
    }

    /// Whether the actor holds `role` or a higher one for the unit at the head of `path`.
    fn holds(&self, role: Role, path: &UnitPath) -> bool {
        // An administrator keeps accounts and units; papers and numbers are not an administrator's business.
        let counts = |held: Role| if role == Role::Administrator { held == role } else { held >= role && held != Role::Administrator };
        self.roles.iter().any(|(held, unit)| counts(*held) && path.0.contains(unit))
    }

    /// Whether the actor holds `role` or a higher one anywhere: for showing a way, never for a write.
    pub fn holds_somewhere(&self, role: Role) -> bool {
        self.roles.iter().any(|(held, unit)| self.holds(role, &UnitPath(vec![*unit])) && *held >= role)
    }

    fn must(&self, role: Role, path: &UnitPath) -> Result<Proof, Problem> {
        if self.holds(role, path) {
            Ok(Proof { actor: self.name.clone(), account: self.account })
        } else {
            Err(Problem::Forbidden { role: role.code(), unit: None })
        }
    }
}

/// What every `May…` holds: who it was given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    actor: String,
    account: Option<Id<Account>>,
}

impl Proof {
    /// The name that the journal prints.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// The account, where it is one.
    pub const fn account(&self) -> Option<Id<Account>> {
        self.account
    }
}

/// A proof of permission: what a write is opened with.
pub trait May {
    /// Who it was given to.
    fn proof(&self) -> &Proof;
}

macro_rules! may {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(Proof);
        impl May for $name {
            fn proof(&self) -> &Proof {
                &self.0
            }
        }
    )+};
}

may! {
    /// Hand in papers.
    MayHandIn;
    /// Decide drafts and settle a reading that is about a unit.
    MayDecide;
    /// Assign, extend, review and close tasks; answer proposals.
    MaySteer;
    /// Report progress on a task of one's own unit.
    MayReportProgress;
    /// Publish and withdraw pages.
    MayPublish;
    /// Add units and their successions.
    MayKeepUnits;
    /// Enter, correct and withdraw numbers of a unit.
    MayKeepMeasurements;
    /// Load a folder of files, with days of the past on which numbers became known.
    MayLoad;
    /// Fill an empty database from a backup.
    MayRestore;
    /// Freeze the board of a session.
    MayFreezeBoard;
    /// Put pictures beside the captions of a paper, and take them back.
    MayKeepPhotos;
    /// Add and close accounts.
    MayKeepAccounts;
    /// Change the own password.
    MayKeepOwnAccount;
    /// Record what the program itself did: a log-in, a refusal.
    MayRecord;
}

/// An officer anywhere may hand in; what the paper is about is settled later.
pub fn may_hand_in(actor: &Actor) -> Result<MayHandIn, Problem> {
    let path = UnitPath(actor.roles.iter().map(|(_, unit)| *unit).collect());
    actor.must(Role::Officer, &path).map(MayHandIn)
}

/// An officer of the unit that the paper is about, or above; while that is not settled, any officer.
pub fn may_decide(actor: &Actor, about: Option<&UnitPath>) -> Result<MayDecide, Problem> {
    match about {
        Some(path) => actor.must(Role::Officer, path).map(MayDecide),
        None => may_hand_in(actor).map(|MayHandIn(proof)| MayDecide(proof)),
    }
}

/// An officer of the unit, or above.
pub fn may_steer(actor: &Actor, unit: &UnitPath) -> Result<MaySteer, Problem> {
    actor.must(Role::Officer, unit).map(MaySteer)
}

/// A reporter of the unit that does the work, or above.
pub fn may_report_progress(actor: &Actor, unit: &UnitPath) -> Result<MayReportProgress, Problem> {
    actor.must(Role::Reporter, unit).map(MayReportProgress)
}

/// A reporter of the unit that the number is of, or above.
pub fn may_keep_measurements(actor: &Actor, unit: &UnitPath) -> Result<MayKeepMeasurements, Problem> {
    actor.must(Role::Reporter, unit).map(MayKeepMeasurements)
}

/// An officer of the session's unit, or above.
pub fn may_freeze_board(actor: &Actor, unit: &UnitPath) -> Result<MayFreezeBoard, Problem> {
    actor.must(Role::Officer, unit).map(MayFreezeBoard)
}

/// An officer of the unit that the paper is about, or above.
pub fn may_keep_photos(actor: &Actor, unit: &UnitPath) -> Result<MayKeepPhotos, Problem> {
    actor.must(Role::Officer, unit).map(MayKeepPhotos)
}

/// An officer of the unit, or above.
pub fn may_publish(actor: &Actor, unit: &UnitPath) -> Result<MayPublish, Problem> {
    actor.must(Role::Officer, unit).map(MayPublish)
}

/// An administrator of the unit above the new one, or an officer there: papers name new bodies every day.
pub fn may_keep_units(actor: &Actor, above: &UnitPath) -> Result<MayKeepUnits, Problem> {
    actor.must(Role::Administrator, above).or_else(|_| actor.must(Role::Officer, above)).map(MayKeepUnits)
}

/// An administrator of the unit, or above.
pub fn may_keep_accounts(actor: &Actor, unit: &UnitPath) -> Result<MayKeepAccounts, Problem> {
    actor.must(Role::Administrator, unit).map(MayKeepAccounts)
}

/// Everybody keeps the own account.
pub fn may_keep_own_account(actor: &Actor) -> MayKeepOwnAccount {
    MayKeepOwnAccount(Proof { actor: actor.name.clone(), account: actor.account })
}

/// The program records what happened to `name`: a log-in, a refusal.
pub fn may_record(name: &str) -> MayRecord {
    MayRecord(Proof { actor: name.to_owned(), account: None })
}

/// What the command line may do: it runs on the machine that holds the ledger, so the machine's own rules guard it.
pub mod operator {
    use super::{MayKeepAccounts, MayKeepUnits, MayLoad, MayRestore, OPERATOR, Proof};

    fn proof() -> Proof {
        Proof { actor: OPERATOR.to_owned(), account: None }
    }

    /// Add units.
    pub fn may_keep_units() -> MayKeepUnits {
        MayKeepUnits(proof())
    }

    /// Load a folder of files.
    pub fn may_load() -> MayLoad {
        MayLoad(proof())
    }

    /// Fill an empty database from a backup.
    pub fn may_restore() -> MayRestore {
        MayRestore(proof())
    }

    /// Add accounts.
    pub fn may_keep_accounts() -> MayKeepAccounts {
        MayKeepAccounts(proof())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROVINCE: Id<Unit> = Id::new(1);
    const DISTRICT: Id<Unit> = Id::new(2);
    const OTHER: Id<Unit> = Id::new(3);

    fn actor(role: Role, unit: Id<Unit>) -> Actor {
        Actor::account(Id::new(9), "ai".to_owned(), vec![(role, unit)])
    }

    #[test]
    fn a_role_holds_for_the_whole_subtree_and_not_beside_it() {
        let district = UnitPath(vec![DISTRICT, PROVINCE]);
        let other = UnitPath(vec![OTHER, PROVINCE]);
        assert!(may_decide(&actor(Role::Officer, PROVINCE), Some(&district)).is_ok());
        assert!(may_decide(&actor(Role::Officer, DISTRICT), Some(&district)).is_ok());
        assert!(may_decide(&actor(Role::Officer, DISTRICT), Some(&other)).is_err());
        assert!(may_decide(&actor(Role::Officer, DISTRICT), Some(&UnitPath(vec![PROVINCE]))).is_err());
    }

    #[test]
    fn a_lower_role_does_not_suffice_and_an_administrator_decides_no_papers() {
        let path = UnitPath(vec![DISTRICT, PROVINCE]);
        for role in [Role::Viewer, Role::Reporter, Role::Administrator] {
            assert!(may_decide(&actor(role, PROVINCE), Some(&path)).is_err(), "{role:?}");
        }
        assert!(may_report_progress(&actor(Role::Officer, DISTRICT), &path).is_ok());
        assert!(may_keep_accounts(&actor(Role::Officer, PROVINCE), &path).is_err());
        assert!(may_keep_accounts(&actor(Role::Administrator, PROVINCE), &path).is_ok());
    }
}
