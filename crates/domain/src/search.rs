//! What is searched: the kinds of things that are found, and which thing it is.

use crate::code::codes;

codes! {
    /// A kind of things that search finds, in the order in which they are offered.
    pub enum SearchKind {
        /// *tin tức*
        Article = "news",
        /// *văn bản*
        Document = "documents",
        /// *buổi làm việc*
        Session = "sessions",
        /// *kiến nghị*
        Proposal = "proposals",
        /// *nhiệm vụ*
        Task = "tasks",
        /// *người*
        Person = "people",
        /// *đơn vị*
        Unit = "units",
        /// *chỉ tiêu*
        Indicator = "indicators",
    }
}

/// One thing that can be found: ids are one series for every row, so the kind only says where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// What it is.
    pub kind: SearchKind,
    /// Its id.
    pub id: i64,
}

impl Subject {
    /// The thing of a kind with an id.
    pub const fn new(kind: SearchKind, id: i64) -> Self {
        Self { kind, id }
    }
}
