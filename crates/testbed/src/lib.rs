//! What tests stand on: a PostgreSQL cluster, a real Chromium and the built program itself.
//!
//! Everything listens on this machine only, gets its own port or socket and its own temporary folder, is bounded in time, and ends
//! with the test process however that ends: see [`keeper`]. It is not a mock of anything, and no product code depends on it.

mod browser;
mod keeper;
mod postgres;
mod server;
mod wait;

pub use browser::{Browser, Media, Scripts};
pub use fantoccini::key::Key;
pub use postgres::{Durability, Postgres};
pub use server::Server;
pub use wait::until;
