//! The nouns of Cột Mốc and their rules. No I/O, no clock, no async, no SQL: time and randomness are parameters.

pub mod account;
pub mod article;
pub mod claim;
pub mod code;
pub mod decimal;
pub mod document;
pub mod draft;
pub mod fold;
pub mod id;
pub mod journal;
pub mod moment;
pub mod number;
pub mod permission;
pub mod person;
pub mod problem;
pub mod proposal;
pub mod rate;
pub mod reading;
pub mod session;
pub mod sort;
pub mod span;
pub mod task;
pub mod unit;
