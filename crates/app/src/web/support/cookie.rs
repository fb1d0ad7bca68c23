//! Cookies: the one that carries a log-in and the one that knows a device.

use axum::http::{HeaderMap, HeaderValue, header};

/// The cookie of a log-in.
pub const LOGIN: &str = "cotmoc_login";
/// The cookie of a device that has logged in before.
pub const DEVICE: &str = "cotmoc_device";

/// The value of a cookie of the request.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// A `set-cookie` header. Not readable by scripts, not sent from other sites; over TLS, never without it.
/// The value must be made of letters, digits, `-`, `_` and `.`; anything else gives no header.
pub fn set(headers: &HeaderMap, name: &str, value: &str, max_age_seconds: u32) -> Option<HeaderValue> {
    let plain = value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !plain {
        return None;
    }
    let secure = if is_over_tls(headers) { "; Secure" } else { "" };
    HeaderValue::try_from(format!("{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}

/// A `set-cookie` header that takes the cookie away.
pub fn clear(headers: &HeaderMap, name: &str) -> Option<HeaderValue> {
    set(headers, name, "", 0)
}

/// Whether a proxy in front received the request over TLS; this program itself speaks plain HTTP.
fn is_over_tls(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_one_of_several() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; cotmoc_login=xyz; b=2"));
        assert_eq!(read(&headers, LOGIN), Some("xyz"));
        assert_eq!(read(&headers, DEVICE), None);
    }

    #[test]
    fn is_kept_from_scripts_and_other_sites_and_from_plain_lines_behind_tls() {
        let mut headers = HeaderMap::new();
        assert_eq!(set(&headers, LOGIN, "x.y", 60).unwrap(), "cotmoc_login=x.y; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
        headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
        assert!(set(&headers, LOGIN, "x", 60).unwrap().to_str().unwrap().ends_with("; Secure"));
        assert_eq!(set(&headers, LOGIN, "x; Domain=evil", 60), None);
    }
}
