//! The token that every form of a log-in carries, besides the check of `Sec-Fetch-Site` and `Origin` that every POST
//! passes first. It is random, stored with the log-in and ends with it. The public's forms (logging in) have none.

use subtle::ConstantTimeEq;

use super::login::Current;

/// The field that carries it.
pub const FIELD: &str = "csrf";

/// Whether a form's token is the one of the request's log-in.
pub fn fits(login: &Current, given: Option<&str>) -> bool {
    login.form_token().as_bytes().ct_eq(given.unwrap_or_default().as_bytes()).into()
}
