//! Bulk loads: one folder of files taken into the ledger as a whole.

use crate::id::Id;
use crate::moment::Moment;

/// *Lần nạp số liệu*: what came in, when, and what its rows add up to. Targets and measurements of a load are not told one
/// by one in the journal: the load's entry holds the SHA-256 over them in order, and the audit recomputes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Its id.
    pub id: Id<Load>,
    /// The folder's name as given, without the path before it.
    pub folder: String,
    /// JSON: each file's name with its SHA-256, and how many of its rows were new.
    pub files: String,
    /// How many targets and measurements it added.
    pub rows: i64,
    /// SHA-256 over those rows in the order of their ids, targets first, each as one line of JSON.
    pub rows_sha256: String,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
}
