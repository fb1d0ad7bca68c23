//! The store's tests: stories on a small world of named units and people, each on SQLite and on PostgreSQL. Every story
//! ends with an audit that must be sound (see [`world::on_both`]).

// Helpers of tests are tests: what panics in them fails the story.
#![allow(clippy::unwrap_used)]

mod account;
mod audit;
mod backup;
mod clock;
mod concurrency;
mod desk;
mod faults;
mod frozen_board;
mod journal;
mod load;
mod measurement;
mod migration;
mod paper;
mod person;
mod photo;
mod property;
mod proposal;
mod publication;
mod reads;
mod schema;
mod search;
mod settlement;
mod sitemap;
mod tamper;
mod task;
mod task_list;
mod unit;
mod world;
