//! Where this site stands on the network: the one place that makes absolute addresses.
//!
//! Pages make them only from the setting `--public-url`. Without it their links stay relative, which every browser resolves against
//! the address that it asked for: so no request can write its own `Host` into a page that somebody else is shown. Feeds, calendars
//! and the site map must be absolute: without the setting they name the host of the very request, and nobody may keep them for others.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;
use std::sync::Arc;

use axum::http::header;
use axum::http::request::Parts;

use super::address;
use crate::web::App;

/// Longest host name that the domain name system knows, with its port.
const AUTHORITY_LETTERS_MAX: usize = 253 + 6;

/// A scheme with a host, without a slash at the end: `https://cotmoc.lamgiang.gov.vn`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(Arc<str>);

impl FromStr for PublicUrl {
    type Err = ();

    fn from_str(typed: &str) -> Result<Self, ()> {
        let typed = typed.trim().to_ascii_lowercase();
        let (scheme, rest) = typed.split_once("://").ok_or(())?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if !matches!(scheme, "http" | "https") || !is_authority(authority) {
            return Err(());
        }
        Ok(Self(format!("{scheme}://{authority}").into()))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What absolute addresses begin with; where it is unknown they stay relative.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    url: Option<PublicUrl>,
    is_set: bool,
}

impl Origin {
    /// For pages: what the operator set, and nothing that a request claims.
    pub fn of_pages(app: &App) -> Self {
        let url = app.settings().public_url.clone();
        Self { is_set: url.is_some(), url }
    }

    /// For documents that must be absolute: what the operator set, else the request's own host.
    pub fn of_request(parts: &Parts, app: &App) -> Self {
        let set = Self::of_pages(app);
        if set.is_set { set } else { Self { url: asked_for(parts), is_set: false } }
    }

    /// The address of a path that begins with `/`.
    pub fn absolute(&self, path: &str) -> String {
        self.url.as_ref().map_or_else(|| path.to_owned(), |url| format!("{url}{path}"))
    }

    /// Whether addresses come out absolute.
    pub const fn is_known(&self) -> bool {
        self.url.is_some()
    }

    /// Whether the operator set it: then what is made of it is the same for everybody.
    pub const fn is_set(&self) -> bool {
        self.is_set
    }
}

/// The host that the request names, where it can be one.
fn asked_for(parts: &Parts) -> Option<PublicUrl> {
    let named = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = named.or_else(|| parts.uri.authority().map(|authority| authority.as_str()))?.to_ascii_lowercase();
    let scheme = if is_over_tls(parts) { "https" } else { "http" };
    is_authority(&authority).then(|| PublicUrl(format!("{scheme}://{authority}").into()))
}

/// Whether a proxy on this very machine received the request over TLS; nobody else is believed.
fn is_over_tls(parts: &Parts) -> bool {
    address::is_from_this_machine(parts) && parts.headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https")
}

/// A host name or address with or without a port, and nothing else: no user, no path, no letter that means something in HTML or XML.
fn is_authority(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if address.parse::<Ipv6Addr>().is_ok() => {
                ("v6", port.strip_prefix(':').or(port.is_empty().then_some("80")))
            }
            _ => return false,
        },
        None => text.split_once(':').map_or((text, Some("80")), |(host, port)| (host, Some(port))),
    };
    let is_port = port.is_some_and(|port| !port.starts_with('+') && port.parse::<u16>().is_ok_and(|port| port > 0));
    text.len() <= AUTHORITY_LETTERS_MAX && is_port && host.split('.').all(is_label)
}

/// One part of a host name. Names with Vietnamese letters are written in their ASCII form (`xn--…`).
fn is_label(label: &str) -> bool {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (1..=63).contains(&label.len()) && label.chars().all(is_inside) && !label.starts_with('-') && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_a_scheme_and_a_host() {
        for (typed, kept) in [
            ("https://cotmoc.lamgiang.gov.vn", "https://cotmoc.lamgiang.gov.vn"),
            (" HTTPS://CotMoc.LamGiang.gov.vn/ ", "https://cotmoc.lamgiang.gov.vn"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
            ("http://localhost", "http://localhost"),
        ] {
            assert_eq!(typed.parse::<PublicUrl>().unwrap().to_string(), kept);
        }
        for wrong in [
            "",
            "cotmoc.gov.vn",
            "ftp://cotmoc.gov.vn",
            "https://",
            "https://a b",
            "https://a/b",
            "https://a?b",
            "https://user@a",
            "https://a:0",
            "https://a:+80",
            "https://a:99999",
            "https://-a",
            "https://a..b",
            "https://[::1",
            "https://[x]",
            "https://tỉnh.vn",
            "https://a\"><script>",
        ] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn without_a_host_addresses_stay_relative() {
        assert_eq!(Origin::default().absolute("/news"), "/news");
        let origin = Origin { url: "https://a.vn/".parse().ok(), is_set: true };
        assert_eq!(origin.absolute("/en/news"), "https://a.vn/en/news");
    }
}
