//! What the built program does when something is wrong: bad input, an attacker, a kill, a database that is away, a disk
//! that is full. Over real HTTP, against the real binary, on both databases where the database matters.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

mod attack;
mod backups;
mod bad_input;
mod client;
mod cut;
mod database;
mod disk;
mod kills;
mod loads;
mod machine;
mod numbers;
mod process;
mod proxy;
mod site;
