//! Who may steer what a page shows: the path of units that a permission is checked against, and who was there before.

use domain::id::Id;
use domain::permission::{Actor, UnitPath};
use domain::problem::Problem;
use domain::unit::Unit;
use store::StoreError;

use super::App;

/// The path of a unit; of something that no unit answers for, the units of whoever asks: somebody must be able to mend it.
pub async fn path_of(app: &App, unit: Option<Id<Unit>>, actor: &Actor) -> Result<UnitPath, StoreError> {
    match unit {
        Some(unit) => app.store().unit_path(unit).await,
        None => Ok(UnitPath(actor.roles().iter().map(|(_, unit)| *unit).collect())),
    }
}

/// Names who changed a thing since its page was opened: the store knows only that somebody did.
pub async fn with_name(app: &App, problem: Problem, subject: &str) -> Result<Problem, StoreError> {
    match problem {
        Problem::Stale { by } if by.is_empty() => {
            let last = app.store().last_journal_of(subject).await?;
            Ok(Problem::Stale { by: last.map(|entry| entry.actor).unwrap_or_default() })
        }
        problem => Ok(problem),
    }
}
