//! Working sessions, the hub of the loop, with who was there, what was said and what was concluded.

use jiff::civil::Date;

use crate::account::Account;
use crate::code::codes;
use crate::document::{Document, Passage};
use crate::fold::fold;
use crate::id::Id;
use crate::moment::Moment;
use crate::person::Person;
use crate::photo::Photo;
use crate::reading::{ConclusionKind, MeetingRole, PaperKind, StatementKind};
use crate::unit::Unit;

codes!(MeetingRole { Attendee = "attendee", Speaker = "speaker", Reporter = "reporter", Chair = "chair", });
codes!(StatementKind { Report = "report", Statement = "statement", Conclusion = "conclusion", });
codes!(ConclusionKind { Assessment = "assessment", Commitment = "commitment", });

codes! {
    /// What sort of meeting it was; settled once at the top of the review.
    pub enum MeetingKind {
        /// *buổi làm việc*
        WorkingSession = "working_session",
        /// *kiểm tra, giám sát*
        Inspection = "inspection",
        /// *hội nghị, phiên họp*
        Conference = "conference",
        /// no meeting: a letter, a resolution, a report on its own
        None = "none",
    }
}

/// *Buổi làm việc.* A session without a day is one whose paper gives none: shown so, never invented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingSession {
    /// Its id.
    pub id: Id<WorkingSession>,
    /// What sort of meeting.
    pub kind: MeetingKind,
    /// The unit it is about.
    pub unit: Option<Id<Unit>>,
    /// What it is called on pages.
    pub title: String,
    /// The day; absent where no paper gives it.
    pub held_on: Option<Date>,
}

/// Which papers tell of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionDocument {
    /// Its id.
    pub id: Id<SessionDocument>,
    /// The session.
    pub session: Id<WorkingSession>,
    /// The paper.
    pub document: Id<Document>,
}

/// *Thành phần*: one person at a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// Its id.
    pub id: Id<Attendance>,
    /// The session.
    pub session: Id<WorkingSession>,
    /// Who.
    pub person: Id<Person>,
    /// The positions as the paper prints them, joined by "; ".
    pub positions: String,
    /// What the person did there.
    pub role: MeetingRole,
    /// Protocol order, from 1.
    pub ordinal: i64,
    /// The words.
    pub passage: Id<Passage>,
}

/// *Ý kiến*: a person, or an unnamed leader of a named body, reported, spoke or concluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its id.
    pub id: Id<Statement>,
    /// The session; absent for a paper without a meeting.
    pub session: Option<Id<WorkingSession>>,
    /// The paper that tells it.
    pub document: Id<Document>,
    /// The speaker, where named.
    pub person: Option<Id<Person>>,
    /// The body as printed, where the speaker is not named.
    pub body: Option<String>,
    /// That body, as far as it resolves.
    pub body_unit: Option<Id<Unit>>,
    /// Reported, spoke, concluded.
    pub kind: StatementKind,
    /// What was said, as printed.
    pub quote: String,
    /// The photo that shows the speaker.
    pub photo: Option<Id<Photo>>,
    /// Order in the paper, from 1.
    pub ordinal: i64,
    /// The words.
    pub passage: Id<Passage>,
}

/// *Kết luận*: one sentence besides the tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// Its id.
    pub id: Id<Conclusion>,
    /// The session; absent for a paper without a meeting.
    pub session: Option<Id<WorkingSession>>,
    /// The paper.
    pub document: Id<Document>,
    /// Assessment, or a commitment of the upper level.
    pub kind: ConclusionKind,
    /// By whom, as printed.
    pub by: Option<String>,
    /// As printed.
    pub quote: String,
    /// Order in the paper, from 1.
    pub ordinal: i64,
    /// The words.
    pub passage: Id<Passage>,
    /// Since when it no longer holds.
    pub withdrawn_at: Option<Moment>,
    /// Who withdrew it.
    pub withdrawn_by: Option<Id<Account>>,
}

/// Guesses what sort of meeting a paper tells of, from its kind, its headline and whether somebody chairs.
pub fn guess_meeting(kind: PaperKind, headline: &str, has_chair: bool) -> MeetingKind {
    let folded = fold(headline);
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match kind {
        PaperKind::Report | PaperKind::Resolution | PaperKind::ProposalLetter => MeetingKind::None,
        _ if says(&["kiem tra", "giam sat"]) => MeetingKind::Inspection,
        _ if says(&["hoi nghi", "phien hop", "ky hop"]) => MeetingKind::Conference,
        PaperKind::ConclusionNotice | PaperKind::Minutes => MeetingKind::WorkingSession,
        _ if has_chair || says(&["lam viec"]) => MeetingKind::WorkingSession,
        _ => MeetingKind::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meetings_are_guessed_from_what_the_paper_is() {
        let guess = |kind, headline| guess_meeting(kind, headline, false);
        assert_eq!(guess(PaperKind::NewsArticle, "Huyện uỷ kiểm tra tại xã"), MeetingKind::Inspection);
        assert_eq!(guess(PaperKind::NewsArticle, "Tỉnh ủy làm việc với huyện"), MeetingKind::WorkingSession);
        assert_eq!(guess(PaperKind::NewsArticle, "Được mùa"), MeetingKind::None);
        assert_eq!(guess_meeting(PaperKind::NewsArticle, "Gỡ điểm nghẽn", true), MeetingKind::WorkingSession);
        assert_eq!(guess(PaperKind::Report, "Báo cáo phục vụ hội nghị"), MeetingKind::None);
        assert_eq!(guess(PaperKind::ConclusionNotice, "Kết luận"), MeetingKind::WorkingSession);
    }
}
