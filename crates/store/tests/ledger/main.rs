//! The store's tests: stories on a small world of named units and people, each on SQLite and on PostgreSQL. Every story
//! ends with an audit that must be sound (see [`world::on_both`]).

mod account;
mod desk;
#[allow(dead_code)]
mod paper;
mod settlement;
mod unit;
#[allow(dead_code)]
mod world;
