//! Frozen scoreboards: what a session saw, kept so that it can be recomputed and compared.

use jiff::civil::Date;

use crate::account::Account;
use crate::id::Id;
use crate::moment::Moment;
use crate::period::Period;
use crate::resolution::Resolution;
use crate::session::WorkingSession;
use crate::unit::Unit;

/// *Bảng điểm chốt*: the board of a unit as it was known on a day, with its horizon and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenBoard {
    /// Its id.
    pub id: Id<FrozenBoard>,
    /// The session that froze it.
    pub session: Id<WorkingSession>,
    /// The unit.
    pub unit: Id<Unit>,
    /// The resolution whose groups it shows.
    pub resolution: Id<Resolution>,
    /// The month it is about.
    pub month: Period,
    /// The day as known on.
    pub known_on: Date,
    /// The greatest id in the ledger when it was frozen: rows with a greater one came later.
    pub horizon: i64,
    /// The number of the last journal entry then.
    pub sequence: i64,
    /// The rows `unit,group,achievement_bp,band` with their header, as the CSV prints them.
    pub result: String,
    /// When it was frozen.
    pub frozen_at: Moment,
    /// Who froze it.
    pub frozen_by: String,
    /// Since when it no longer stands: another one was frozen in its place.
    pub withdrawn_at: Option<Moment>,
    /// Who took it back.
    pub withdrawn_by: Option<Id<Account>>,
}
