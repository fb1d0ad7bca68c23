//! The nouns of Cột Mốc and their rules. No I/O, no clock, no async, no SQL: time and randomness are parameters.

pub mod decimal;
pub mod fold;
pub mod reading;
