//! The web: one file a noun with its handlers, `support` for what every request goes through.
//! The addresses are in [`crate::routes`], the pages in `templates/<noun>/`.

pub mod about;
pub mod account;
pub mod api;
pub mod app;
pub mod article;
pub mod assets;
pub mod authority;
pub mod claim;
pub mod document;
pub mod error;
pub mod frozen_board;
pub mod home;
pub mod icons;
pub mod journal;
pub mod lasting_id;
pub mod linked_data;
pub mod login;
pub mod measurement;
pub mod my_work;
pub mod page;
pub mod password;
pub mod person;
pub mod photo;
pub mod proposal;
pub mod reading;
pub mod robots;
pub mod scoreboard;
pub mod search;
pub mod session;
pub mod sitemap;
pub mod source;
pub mod support;
pub mod task;
pub mod unit;

pub use app::App;
pub use page::{Nav, Page, render};
pub use support::fault::Fault;
