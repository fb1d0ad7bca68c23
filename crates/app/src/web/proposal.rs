//! Proposals: the list, one proposal with its way to being settled, and the steps on that way.

mod card;
mod list;
mod show;
mod step;

pub use card::{ProposalCard, ProposalCounts, cards_of};
pub use list::list_proposals;
pub use show::show_proposal;
pub use step::{move_proposal, take_back_proposal};
