//! A reading held at the review desk, and its drafts: each is accepted, corrected or dropped, once.

mod content;
mod form;

use jiff::civil::Date;

pub use self::content::{DraftContent, Field, FieldKind, drafts_of};
pub use self::form::{FIELD_CHARACTERS_MAX, day_for_form};
use crate::code::codes;
use crate::document::{Document, Paper};
use crate::id::Id;
use crate::measurable::MeasuredAs;
use crate::moment::Moment;
use crate::reading::{Confidence, PaperKind};
use crate::session::{MeetingKind, WorkingSession};
use crate::unit::Unit;

codes!(Confidence { Check = "check", Fair = "fair", Sure = "sure", });

codes! {
    /// Where a reading stands.
    pub enum ReadingState {
        /// *đang xét*
        Open = "open",
        /// *đã ghi vào sổ*
        Settled = "settled",
        /// *đã bỏ*
        Discarded = "discarded",
    }
}

/// *Bản đọc*, held until its drafts are decided and settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldReading {
    /// Its id.
    pub id: Id<HeldReading>,
    /// The kept text.
    pub paper: Id<Paper>,
    /// The handed-in file's name, where it was a file.
    pub file_name: Option<String>,
    /// What sort of paper it is.
    pub kind: PaperKind,
    /// As printed.
    pub headline: Option<String>,
    /// Without "Theo".
    pub source: Option<String>,
    /// The author as printed.
    pub byline: Option<String>,
    /// The paper's day; absent where not known.
    pub published_on: Option<Date>,
    /// The unit it is about, as printed.
    pub about: Option<String>,
    /// The unit above it, as printed.
    pub about_parent: Option<String>,
    /// The unit it is about, once a person settled it.
    pub unit: Option<Id<Unit>>,
    /// What sort of meeting it tells of.
    pub meeting: MeetingKind,
    /// The session of the ledger that it belongs to; absent for a new one.
    pub session: Option<Id<WorkingSession>>,
    /// The day of the meeting; absent where not known.
    pub held_on: Option<Date>,
    /// Where it stands.
    pub state: ReadingState,
    /// What it became.
    pub document: Option<Id<Document>>,
    /// Who handed it in.
    pub handed_in_by: String,
    /// When.
    pub handed_in_at: Moment,
    /// A key of the hand-in form: the second click of one form finds the first one's reading.
    pub form_key: String,
    /// Changes with every step; a form with an older one is stale.
    pub revision: i64,
}

codes! {
    /// What a draft is of.
    pub enum DraftKind {
        /// *người*
        Person = "person",
        /// *cơ quan*
        Body = "body",
        /// *văn bản*
        Document = "document",
        /// *con số*
        Figure = "figure",
        /// *số nhóm*
        GroupCount = "group_count",
        /// *ý kiến*
        Statement = "statement",
        /// *kết luận*
        Conclusion = "conclusion",
        /// *kiến nghị*
        Proposal = "proposal",
        /// *nhiệm vụ*
        Task = "task",
        /// *ảnh*
        Photo = "photo",
    }
}

codes! {
    /// What became of a draft.
    pub enum DraftState {
        /// *chưa xét*
        Pending = "pending",
        /// *đã nhận*
        Accepted = "accepted",
        /// *đã sửa rồi nhận*
        Corrected = "corrected",
        /// *đã bỏ*
        Dropped = "dropped",
    }
}

/// *Bản nháp.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: Id<Draft>,
    /// Whose.
    pub reading: Id<HeldReading>,
    /// Order in the paper, from 1.
    pub ordinal: i64,
    /// What it is of.
    pub kind: DraftKind,
    /// How sure the reader was.
    pub confidence: Confidence,
    /// What the reader gave, as JSON.
    pub content: String,
    /// What the person made of it, as JSON; absent where it was not corrected.
    pub corrected: Option<String>,
    /// What became of it.
    pub state: DraftState,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
    /// Of an accepted figure: the measurement that it shall become.
    pub measured: Option<MeasuredAs>,
}
