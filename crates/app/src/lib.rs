//! Cột Mốc: the command line, the web, the clock. The rules are in `domain`, the ledger is in `store`,
//! the reading in `reader`; here they meet the outside. A library so that tests can build the router.

pub mod backup;
pub mod checkpoint;
pub mod cli;
pub mod demo;
pub mod frozen_board;
pub mod lang;
pub mod load;
pub mod logging;
pub mod password;
pub mod photo;
pub mod routes;
pub mod scoreboard;
pub mod search;
pub mod task_list;
pub mod throttle;
pub mod visit;
pub mod web;
