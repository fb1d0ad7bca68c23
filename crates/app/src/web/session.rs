//! Working sessions: the list, and one session with everything said, proposed and concluded there.

pub mod calendar;
mod edit;
mod linked_data;
mod list;
mod photos;
mod show;

use domain::code::Coded;
use domain::session::WorkingSession;
use domain::unit::Unit;

use super::{App, Fault};
use crate::lang::Lang;

pub use edit::edit_session;
pub use list::list_sessions;
pub use show::{session_page, show_session, standing_session};

/// What a session is called: its kind and the unit it is about; of none, the title that its paper gave it.
pub async fn title_of(app: &App, lang: Lang, session: &WorkingSession) -> Result<String, Fault> {
    let unit: Option<Unit> = match session.unit {
        Some(unit) => Some(app.store().get(unit).await?),
        None => None,
    };
    Ok(title(lang, session, unit.as_ref()))
}

/// The same, where the unit is at hand.
pub fn title(lang: Lang, session: &WorkingSession, unit: Option<&Unit>) -> String {
    match unit {
        Some(unit) => lang.session_title(lang.word("session_kind", session.kind.code()).unwrap_or_default(), &unit.name),
        None if session.title.is_empty() => lang.session_untitled().to_owned(),
        None => session.title.clone(),
    }
}
