//! What goes into the index: one thing with its words, for who may see them.

use domain::id::Id;
use domain::search::Subject;
use domain::unit::Unit;
use jiff::civil::Date;

/// Who looks. A thing can have other words for the public than for staff, who read the whole paper; each searches its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Everybody.
    Public,
    /// Signed in.
    Staff,
}

/// One thing as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which one.
    pub subject: Subject,
    /// What it is called.
    pub title: String,
    /// The day it is about; absent where not known.
    pub day: Option<Date>,
    /// The units it is about.
    pub units: Vec<Id<Unit>>,
    /// Its other words for the public; absent where the public does not see it at all.
    pub public: Option<String>,
    /// Its other words for staff; absent where nobody sees it any more.
    pub staff: Option<String>,
}

impl Entry {
    /// Its words for somebody; absent where they do not see it.
    pub fn body(&self, viewer: Viewer) -> Option<&str> {
        match viewer {
            Viewer::Public => self.public.as_deref(),
            Viewer::Staff => self.staff.as_deref(),
        }
    }
}
