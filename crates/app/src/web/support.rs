//! What every request goes through, on its way in and out. No word of the domain here.

pub mod address;
pub mod cookie;
pub mod csrf;
pub mod fault;
pub mod fetched;
pub mod file;
pub mod form;
pub mod headers;
pub mod icalendar;
pub mod kept;
pub mod login;
pub mod look_up;
pub mod many_files;
pub mod mend;
pub mod origin;
pub mod pager;
pub mod panic;
pub mod request_id;
pub mod rim;
pub mod sheet;
pub mod upload;
