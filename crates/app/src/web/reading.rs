//! Reading a paper: the desk where a paper is handed in, its drafts are decided, and the reading is settled.

mod card;
pub mod decide;
pub mod desk;
pub mod hand_in;
pub mod head;
pub mod list;
mod matches;
mod measured;
pub mod settle;
pub mod sheet;
mod written;

use domain::draft::HeldReading;
use domain::id::Id;
use domain::permission::{self, Actor, MayDecide};

use super::{App, Fault};

/// The proof that somebody may decide the drafts of a reading: an officer of the unit that it is about, or above.
async fn may_decide(app: &App, actor: &Actor, reading: &HeldReading) -> Result<MayDecide, Fault> {
    let path = match reading.unit {
        Some(unit) => Some(app.store().unit_path(unit).await?),
        None => None,
    };
    Ok(permission::may_decide(actor, path.as_ref())?)
}

/// The address of a reading's desk, at one draft where given.
fn desk_address(reading: Id<HeldReading>, ordinal: Option<i64>) -> String {
    ordinal.map_or_else(|| format!("/readings/{reading}"), |ordinal| format!("/readings/{reading}?draft={ordinal}#draft-{ordinal}"))
}
