//! Random small worlds against a slow twin that folds and looks for substrings: the same findings in the same order, however the
//! index came about.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

mod hostile;
mod order;
mod random;
mod ranking;
mod suggestion;
mod twin;
