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

/// What has just been done, as the desk's next page tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Just {
    /// Nothing that is worth a word.
    Nothing,
    /// The draft at this place was decided.
    Decided(i64),
    /// So many drafts were accepted together.
    Accepted(usize),
}

/// The address of a reading's desk at one draft, or at its end where none is left. The fragment takes the focus with it: whoever
/// works by keyboard goes on where the work is, also without scripts.
fn desk_address(reading: Id<HeldReading>, ordinal: Option<i64>, just: Just) -> String {
    let draft = ordinal.map(|ordinal| format!("draft={ordinal}"));
    let told = match just {
        Just::Nothing => None,
        Just::Decided(ordinal) => Some(format!("did={ordinal}")),
        Just::Accepted(count) => Some(format!("accepted={count}")),
    };
    let query: Vec<String> = draft.into_iter().chain(told).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let place = ordinal.map_or_else(|| "settle".to_owned(), |ordinal| format!("draft-{ordinal}"));
    format!("/readings/{reading}{mark}{}#{place}", query.join("&"))
}
