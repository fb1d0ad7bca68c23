//! What the reader gives back of one paper (*bản đọc*) and its drafts (*bản nháp*): records tied to the
//! stretch of text they were read from. Nothing here is in the ledger; a person decides (see [`crate::draft`]).
//!
//! The JSON form of [`Reading`] is the contract that `cotmoc read --json` prints.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
pub use crate::span::Span;

/// How sure the reader is of a draft; the review desk begins with what is least sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// *cần xem*: a guess that a person must look at.
    Check,
    /// *khá chắc*: the grammar fits, one part was inferred.
    #[default]
    Fair,
    /// *chắc*: every part is printed.
    Sure,
}

/// What sort of paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// *bản tin*
    NewsArticle,
    /// *thông báo kết luận*
    ConclusionNotice,
    /// *báo cáo*
    Report,
    /// *biên bản*
    Minutes,
    /// *nghị quyết*
    Resolution,
    /// *văn bản kiến nghị*
    ProposalLetter,
    /// anything else
    #[default]
    Other,
}

/// A heading and the paragraphs under it, in order, without captions and site chrome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Section {
    /// Absent for what stands before the first heading.
    pub heading: Option<String>,
    /// The paragraphs, as printed.
    pub paragraphs: Vec<String>,
}

/// A photo as the paper shows it: its file's name and the caption below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoDraft {
    /// `IMG_8684.JPG`
    pub file: String,
    /// As printed, a credit on its own line included.
    pub caption: String,
    /// The caption's stretch (the file name's, where there is no caption).
    #[serde(default)]
    pub span: Span,
}

/// What a person does in the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingRole {
    /// *dự*
    Attendee,
    /// *phát biểu*
    Speaker,
    /// *báo cáo*
    Reporter,
    /// *chủ trì*
    Chair,
}

/// One person, once for the whole paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDraft {
    /// The fullest form of the name that the paper prints.
    pub name: String,
    /// Every position that the paper gives, split, in order, as printed.
    pub positions: Vec<String>,
    /// The strongest role the person has in the meeting.
    pub role: Option<MeetingRole>,
    /// Every printing of the name.
    pub spans: Vec<Span>,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// An organisation or a standing collective, once for the whole paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyDraft {
    /// The fullest form printed.
    pub name: String,
    /// Every printing that is a mention of its own.
    pub spans: Vec<Span>,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// A document that the paper names (its own symbol included).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDraft {
    /// `NQ`, `CT`, `KL`, `TB`, `QĐ`, …
    #[serde(rename = "type")]
    pub document_type: String,
    /// As printed (`22-NQ/TU`); absent where it is known by its title.
    pub symbol: Option<String>,
    /// Where it is known by name, congress or term instead of a symbol.
    pub title: Option<String>,
    /// The day it was signed.
    pub date: Option<Date>,
    /// Who issued it, as printed.
    pub issuer: Option<String>,
    /// The first printing.
    pub quote: String,
    /// Where `quote` stands.
    pub span: Span,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// How a printed number bounds the value it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    /// exactly
    #[default]
    Eq,
    /// *từ … trở lên, ít nhất*
    Ge,
    /// *trên, hơn*
    Gt,
    /// *không quá*
    Le,
    /// *dưới*
    Lt,
    /// *khoảng, gần*
    About,
}

/// What a figure says about its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum FigureRole {
    /// *thực hiện*
    #[default]
    Actual,
    /// *mục tiêu, mức giao*: what is still to be
    Target,
    /// *mức gốc*
    Baseline,
    /// *tăng, giảm*
    Change,
    /// *vượt*: percentage points where the measure is a percentage
    OverTarget,
    /// *đạt … % kế hoạch*
    OfPlan,
    /// *chiếm … %*
    Share,
}

/// A stretch of time; an absent end is open ("đến tháng 3/2024" has no beginning).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// One printed number with what it measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureDraft {
    /// The number with its unit, and its comparator where there is one.
    pub quote: String,
    /// The number as meant, without scale words.
    pub value: Decimal,
    /// The whole of "30/41 trường".
    pub of: Option<Decimal>,
    /// The printed unit or the counted noun.
    pub unit: String,
    /// Exactly, at least, about, …
    pub comparator: Comparator,
    /// The words that name what is measured.
    pub measure: String,
    /// The time it is about; absent where the paper gives none.
    pub period: Option<Period>,
    /// Result, target, change, …
    pub role: FigureRole,
    /// Where `quote` stands.
    pub span: Span,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// "13/22 nhóm mục tiêu đạt từ 100% trở lên".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCountDraft {
    /// How many groups met the threshold.
    pub met: u32,
    /// Of how many.
    pub of: u32,
    /// In percent; absent for "đang trong lộ trình".
    pub threshold_pct: Option<u32>,
    /// The title or symbol of the document whose groups are counted.
    pub resolution: Option<String>,
    /// As printed.
    pub quote: String,
    /// Where `quote` stands.
    pub span: Span,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// The unit that the paper is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutDraft {
    /// With its level: "huyện Si Ma Cai".
    pub name: String,
    /// "tỉnh Lào Cai", only where the text prints it.
    pub parent: Option<String>,
    /// The first printing of the name.
    pub span: Option<Span>,
}

/// Whether someone reported, spoke or concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// *báo cáo*
    Report,
    /// *phát biểu*
    Statement,
    /// *kết luận*
    Conclusion,
}

/// That a person or a body reported, spoke or concluded, with the words where they are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementDraft {
    /// A person's name; absent where only the body is named.
    pub speaker: Option<String>,
    /// "Sở Nông nghiệp" of "Lãnh đạo Sở Nông nghiệp".
    pub body: Option<String>,
    /// Reported, spoke, concluded.
    pub kind: StatementKind,
    /// What was said, else the words that say that someone spoke.
    pub quote: String,
    /// The file of the photo that shows the speaker.
    pub photo: Option<String>,
    /// Where `quote` stands.
    pub span: Span,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// What a conclusion says besides tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConclusionKind {
    /// *đánh giá*
    Assessment,
    /// *cam kết* of the upper level
    Commitment,
}

/// One sentence of the chair's conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConclusionDraft {
    /// Assessment or commitment.
    pub kind: ConclusionKind,
    /// The body that the sentence names, else the chair.
    pub by: Option<String>,
    /// As printed.
    pub quote: String,
    /// Where `quote` stands.
    pub span: Span,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// One request upward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalDraft {
    /// As printed.
    pub quote: String,
    /// Who asks.
    pub by: Option<String>,
    /// Who is asked.
    pub to: Option<String>,
    /// The alternatives, where it names any.
    pub options: Vec<String>,
    /// Where `quote` stands.
    pub span: Span,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// One assignment downward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDraft {
    /// As printed.
    pub quote: String,
    /// Who assigns: a person or a body.
    pub assigned_by: Option<String>,
    /// Who leads the work.
    pub lead: Option<String>,
    /// Who works with them.
    pub cooperating: Vec<String>,
    /// The last day; absent where none is printed.
    pub due: Option<Date>,
    /// Where `quote` stands.
    pub span: Span,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// What the reader saw and could not settle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// In Vietnamese, for the person at the review desk.
    pub note: String,
    /// As printed.
    pub quote: String,
    /// Where `quote` stands.
    pub span: Span,
}

/// Everything the reader found in one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Reading {
    /// What sort of paper it is.
    pub kind: PaperKind,
    /// As printed; of an official paper its type line and abstract.
    pub headline: Option<String>,
    /// Without "Theo".
    pub source: Option<String>,
    /// The author as printed.
    pub byline: Option<String>,
    /// The paper's own day.
    pub published_on: Option<Date>,
    /// The day of the meeting that the paper tells of; absent where it gives none.
    #[serde(default)]
    pub held_on: Option<Date>,
    /// The unit that the paper is about.
    pub about: Option<AboutDraft>,
    /// Headings and paragraphs.
    pub sections: Vec<Section>,
    /// Photos with their captions.
    pub photos: Vec<PhotoDraft>,
    /// One entry a person.
    pub people: Vec<PersonDraft>,
    /// One entry a body.
    pub bodies: Vec<BodyDraft>,
    /// One entry a document.
    pub documents: Vec<DocumentDraft>,
    /// One entry a mention.
    pub figures: Vec<FigureDraft>,
    /// One entry a (met, of, threshold).
    pub group_counts: Vec<GroupCountDraft>,
    /// One entry a speaker and kind.
    pub statements: Vec<StatementDraft>,
    /// One entry a sentence of the conclusion.
    pub conclusions: Vec<ConclusionDraft>,
    /// One entry a request.
    pub proposals: Vec<ProposalDraft>,
    /// One entry an assignment.
    pub tasks: Vec<TaskDraft>,
    /// What could not be settled.
    pub notes: Vec<Note>,
    /// The paper's text in NFC with `\n` line ends; every span points into it.
    pub text: String,
}
