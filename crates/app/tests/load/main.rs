//! Folders loaded through the library, as the command line does it: what is taken, what is refused and with which sentence; and
//! the demo's world, which is made of such a folder.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

mod bad_rows;
mod demo;
mod taken;
mod warnings;
mod world;
