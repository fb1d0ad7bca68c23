//! Photos as they come: every format and orientation, what a camera writes beside the picture, broken files and hostile ones.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

mod bytes;
mod colours;
mod formats;
mod fuzz;
mod hostile;
mod metadata;
mod picture;
mod sizes;
