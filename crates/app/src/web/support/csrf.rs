//! The token that a form of a signed-in page carries, besides the check of `Sec-Fetch-Site` and `Origin` that every
//! POST passes first. It is derived from the log-in's cookie, so nothing is stored and it ends with the log-in.

use std::fmt::Write as _;

use axum::http::HeaderMap;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::cookie;

/// The field that carries it.
pub const FIELD: &str = "csrf";
/// Sets the token apart from every other hash of the same cookie.
const PURPOSE: &[u8] = b"cotmoc form token\0";

/// The token of a request's log-in; empty where there is none.
pub fn token(headers: &HeaderMap) -> String {
    let Some(login) = cookie::read(headers, cookie::LOGIN) else { return String::new() };
    let hash = Sha256::new().chain_update(PURPOSE).chain_update(login).finalize();
    hash.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whether a form's token is the request's own.
pub fn fits(headers: &HeaderMap, given: Option<&str>) -> bool {
    token(headers).as_bytes().ct_eq(given.unwrap_or_default().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, header};

    use super::*;

    #[test]
    fn a_token_fits_its_own_login_only() {
        let mut ours = HeaderMap::new();
        ours.insert(header::COOKIE, HeaderValue::from_static("cotmoc_login=abc"));
        let mut theirs = HeaderMap::new();
        theirs.insert(header::COOKIE, HeaderValue::from_static("cotmoc_login=abd"));
        let given = token(&ours);
        assert_eq!(given.len(), 64);
        assert!(fits(&ours, Some(&given)) && !fits(&theirs, Some(&given)) && !fits(&ours, None) && !fits(&ours, Some("")));
        assert!(fits(&HeaderMap::new(), None));
    }
}
