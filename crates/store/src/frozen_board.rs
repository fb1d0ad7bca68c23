//! Frozen boards: what a session saw of its unit. Another one takes the place of the first, which stays with who and when.

use domain::frozen_board::FrozenBoard;
use domain::id::Id;
use domain::moment::Moment;
use domain::period::Period;
use domain::permission::{May as _, MayFreezeBoard};
use domain::problem::Problem;
use domain::resolution::Resolution;
use domain::session::WorkingSession;
use domain::unit::Unit;
use jiff::civil::Date;

use crate::record::Record as _;
use crate::session::{NEWEST, PUBLISHED};
use crate::task::Audience;
use crate::{Store, StoreError, values};

/// Sessions of which a board stands, for a query on sessions.
const FROZEN: &str = "id IN (SELECT session FROM frozen_board WHERE withdrawn_at IS NULL)";

/// A board to be frozen, computed from the ledger as it stood at a horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFrozenBoard {
    /// The session.
    pub session: Id<WorkingSession>,
    /// The unit.
    pub unit: Id<Unit>,
    /// The resolution.
    pub resolution: Id<Resolution>,
    /// The month.
    pub month: Period,
    /// The day as known on.
    pub known_on: Date,
    /// The greatest id in what it was computed from.
    pub horizon: i64,
    /// The last journal entry in what it was computed from.
    pub sequence: i64,
    /// The rows, as [`domain::frozen_board::print_result`] gives them.
    pub result: String,
    /// The board that stood when the officer opened the form, which this one replaces.
    pub replaces: Option<Id<FrozenBoard>>,
}

impl Store {
    /// Freezes a board. Of one session and resolution only one stands: the former is withdrawn by the same write, and if it is
    /// another one than the officer saw, nothing is written.
    pub async fn freeze_board(&self, may: &MayFreezeBoard, now: Moment, new: NewFrozenBoard) -> Result<FrozenBoard, StoreError> {
        let mut write = self.write(may, now).await?;
        let former = "WHERE session = $1 AND resolution = $2 AND withdrawn_at IS NULL";
        let former = write.find::<FrozenBoard>(former, &values![new.session, new.resolution]).await?.into_iter().next();
        if former.as_ref().map(|board| board.id) != new.replaces {
            return Err(Problem::Stale { by: former.map(|board| board.frozen_by).unwrap_or_default() }.into());
        }
        if let Some(former) = former {
            write.update(&former, &withdrawn(&former, may, now)).await?;
        }
        let board = FrozenBoard {
            id: write.new_id(),
            session: new.session,
            unit: new.unit,
            resolution: new.resolution,
            month: new.month,
            known_on: new.known_on,
            horizon: new.horizon,
            sequence: new.sequence,
            result: new.result,
            frozen_at: now,
            frozen_by: write.actor().to_owned(),
            withdrawn_at: None,
            withdrawn_by: None,
        };
        write.insert(&board).await?;
        write.commit("frozen_board.freeze", &format!("frozen_board/{}", board.id)).await?;
        Ok(board)
    }

    /// Takes a board back: it no longer counts, and stays in the session's history with who and when.
    pub async fn take_back_board(&self, may: &MayFreezeBoard, now: Moment, board: Id<FrozenBoard>) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.get(board).await?;
        if !old.stands() {
            return Err(Problem::Stale { by: String::new() }.into());
        }
        write.update(&old, &withdrawn(&old, may, now)).await?;
        write.commit("frozen_board.take_back", &format!("frozen_board/{board}")).await?;
        Ok(())
    }

    /// Every board that a session ever froze, the newest first. Who may see the session may see them.
    pub async fn frozen_boards_of_session(&self, session: Id<WorkingSession>) -> Result<Vec<FrozenBoard>, StoreError> {
        self.find("WHERE session = $1 ORDER BY id DESC", &values![session]).await
    }

    /// Every board that was ever frozen, the oldest first: what a backup is verified against.
    pub async fn frozen_boards(&self) -> Result<Vec<FrozenBoard>, StoreError> {
        self.find("ORDER BY id", &[]).await
    }

    /// The boards of a unit that stand, the newest first.
    pub async fn frozen_boards_of_unit(&self, unit: Id<Unit>) -> Result<Vec<FrozenBoard>, StoreError> {
        self.find("WHERE unit = $1 AND withdrawn_at IS NULL ORDER BY id DESC", &values![unit]).await
    }

    /// The boards that stand of the newest session that has one; of the public, the newest published session.
    pub async fn latest_frozen_boards(&self, audience: Audience) -> Result<Vec<FrozenBoard>, StoreError> {
        let sessions = match audience {
            Audience::Public => format!("WHERE {PUBLISHED} AND {FROZEN} {NEWEST} LIMIT 1"),
            Audience::Staff => format!("WHERE {FROZEN} {NEWEST} LIMIT 1"),
        };
        let newest =
            format!("WHERE withdrawn_at IS NULL AND session = (SELECT id FROM {} {sessions}) ORDER BY id", WorkingSession::TABLE.name);
        self.find(&newest, &[]).await
    }
}

fn withdrawn(board: &FrozenBoard, may: &MayFreezeBoard, now: Moment) -> FrozenBoard {
    FrozenBoard { withdrawn_at: Some(now), withdrawn_by: may.proof().account(), ..board.clone() }
}
