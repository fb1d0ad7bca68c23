//! The scoreboard: columns in, scores out. Pure, exact, deterministic: the same rows and the same question give the same
//! digits on any machine. It reads no clock and no store; days are parameters.
//!
//! [`ledger::Ledger`] holds the rows, [`question::Question`] says what is asked, [`board::Board`] is the answer,
//! [`explanation::Explanation`] opens one of its numbers down to the rows that it was computed from.

pub mod board;
pub mod exact;
pub mod explanation;
pub mod ledger;
pub mod question;
