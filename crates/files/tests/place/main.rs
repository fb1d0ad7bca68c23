//! The same story in a folder and in an S3 store that answers over HTTP, and what is said when either is not as it should be.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

mod folder;
mod s3;
mod server;
mod story;
