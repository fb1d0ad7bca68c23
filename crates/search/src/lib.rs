//! Search: texts in, findings out. A pure index in memory that knows nothing of the ledger: the app carries texts to it
//! ([`Entry`]), asks it ([`Query`]), and words what it finds.
//!
//! **What is kept.** No text: only which words, pairs of neighbouring words, days and units each thing has. Who shows a finding
//! reads it from the ledger, and marks it with [`snippet()`].
//!
//! **Why in memory.** The index is made from the ledger alone (how fast: `examples/measure.rs`) and a node must be able to start
//! anywhere: nothing to back up, to lock, to clean up after a crash, or to fall out of step with a database that was put back.
//! A province's few thousand papers take a few megabytes. tantivy's writer, with its arenas and threads, lives only while
//! [`Index::update`] runs.
//!
//! **Why scores are whole numbers.** BM25 counts texts that were deleted until a merge forgets them, so the same ledger would give
//! another order after a restart, on another node, or for a visitor who may not even see the texts that were counted. Here a
//! finding's points depend on nothing but the question and the thing itself ([`Points`]), are added up exactly whatever the order,
//! and ties go by day, kind and id. So one question has one order, on every node and both databases.
//!
//! **Vietnamese.** Words are syllables between spaces, most meanings are two syllables: hence the field of pairs, which finds
//! "nhiệm vụ" as fast as a word and puts it above "nhiệm … vụ". Marks, case and `đ` fold away in one field and count in another.

mod ask;
mod collect;
mod entry;
mod index;
mod nearest;
mod query;
mod snippet;
mod token;

pub use ask::Points;
pub use collect::{Findings, Order};
pub use entry::{Entry, Viewer};
pub use index::{Filter, Index, SearchError};
pub use query::{QUERY_CHARACTERS_MAX, Query, WORDS_MAX};
pub use snippet::{Piece, Snippet, marked, missing, snippet};
