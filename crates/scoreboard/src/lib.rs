//! The scoreboard: columns in, scores out. Pure, exact, deterministic: the same rows and the same question give the same
//! digits on any machine. It reads no clock and no store; days are parameters.
//!
//! [`ledger::Ledger`] holds the rows, [`question::Question`] says what is asked, [`board::Board`] is the answer,
//! [`explanation::Explanation`] opens one of its numbers down to the rows that it was computed from.

pub mod achievement;
pub mod board;
mod catalogue;
mod column;
pub mod exact;
mod explain;
pub mod explanation;
mod group_score;
pub mod ledger;
mod mean;
mod own_part;
pub mod question;
mod roll_up;
mod scoring;
mod series;
mod succession;
mod targets;
mod tree;
#[cfg(test)]
mod worlds;
