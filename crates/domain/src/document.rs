//! Documents, the kept text and addresses in it.

use jiff::civil::Date;

use crate::account::Account;
use crate::id::Id;
use crate::moment::Moment;
use crate::reading::PaperKind;
use crate::unit::Unit;

crate::code::codes!(PaperKind {
    NewsArticle = "news_article",
    ConclusionNotice = "conclusion_notice",
    Report = "report",
    Minutes = "minutes",
    Resolution = "resolution",
    ProposalLetter = "proposal_letter",
    Other = "other",
});

/// The text of a paper as it was handed in, kept once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its id.
    pub id: Id<Paper>,
    /// SHA-256 of the text, in hex.
    pub sha256: String,
    /// In NFC with `\n` line ends; spans count its bytes.
    pub text: String,
}

/// *Văn bản*: one that was handed in, or one that another paper names (then without a text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: Id<Document>,
    /// What sort of paper it is; absent for one that is only named.
    pub kind: Option<PaperKind>,
    /// `NQ`, `TB`, …; absent for news.
    pub document_type: Option<String>,
    /// `22-NQ/TU`
    pub symbol: Option<String>,
    /// The headline, or the name it is known by.
    pub title: Option<String>,
    /// The day it was signed or published; absent where not known.
    pub issued_on: Option<Date>,
    /// Who issued it, as printed.
    pub issuer: Option<String>,
    /// Where it was printed first, without "Theo".
    pub source: Option<String>,
    /// The author as printed.
    pub byline: Option<String>,
    /// The kept text.
    pub paper: Option<Id<Paper>>,
    /// The unit it is about.
    pub unit: Option<Id<Unit>>,
    /// Whether an editor stated the right to print the full text.
    pub reprint: bool,
    /// Since when the public may see what was read from it.
    pub published_at: Option<Moment>,
    /// Who published it.
    pub published_by: Option<Id<Account>>,
    /// Symbol and title folded, for matching.
    pub folded: String,
}

impl Document {
    /// How a sentence names it: type and symbol, else its title.
    pub fn name(&self) -> String {
        match (&self.symbol, &self.title) {
            (Some(symbol), _) => symbol.clone(),
            (None, Some(title)) => title.clone(),
            (None, None) => format!("#{}", self.id),
        }
    }
}

/// *Đoạn*: an address in a document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its id.
    pub id: Id<Passage>,
    /// Whose text.
    pub document: Id<Document>,
    /// The first byte.
    pub span_start: i64,
    /// The byte behind the last.
    pub span_end: i64,
}
