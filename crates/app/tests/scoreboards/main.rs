//! Scoreboards from the files to the bytes that are printed, by the built program, on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

mod api;
mod demo;
mod follow;
mod golden;
mod kept;
mod question;
mod support;
mod units;
