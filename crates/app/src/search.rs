//! Search's way between `store` and the index: [`follow`] keeps the index at the head of the journal, [`entry`] makes of what the
//! store reads what the index takes. Nothing is searched here: see the crate `search`.

pub mod entry;
pub mod follow;

pub use entry::{title, viewer};
pub use follow::SearchIndex;
