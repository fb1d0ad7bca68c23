//! Pages of the public, kept in memory as they were sent. A page is taken from here only where everything that it was made of
//! still is what it was; so a kept answer is the one that would be made anew.
//!
//! What a page is made of, and how a change of it is seen:
//! - The ledger: by the number and hash of the journal's last entry, asked after the request arrived (`LookUp`). Every write
//!   moves it, by this process, another node or the command line.
//! - The day, from which deadlines are judged: part of the [`Stamp`]. The place's name and the demo's day stay as long as the process.
//! - Visits, which no entry records: only the home page shows them, and its stamp holds the very counts.
//! - Log-ins, cookies, the sender's address: a request with the cookie of a log-in never comes here, and no page behind
//!   [`answer`] looks at the rest. A response that sets a cookie, or says itself how it may be kept, is passed on as it is.
//! - Language, filters and page numbers: part of the address. The host that a request names: no page takes it for its own
//!   (`Origin::of_pages`).
//! - The request's id, the log line, the count of visits: not in a page; `rim` makes them anew around each answer.
//! - What is not in the ledger and follows it later (the search index, files of photos): no page of these stands behind [`answer`];
//!   a photo's own address is that of its bytes.
//!
//! Nothing is kept of errors, forms, redirects and of what is not HTML.

mod shelf;

use std::io::Write as _;

use axum::body::{Body, to_bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use store::StoreError;

pub use self::shelf::Shelf;
use super::fault::Fault;
use super::rim::is_html;
use super::{address, cookie};
use crate::visit::Visits;
use crate::web::App;

/// A page larger than this is made anew each time, so that a few of them do not push out all others.
const PAGE_BYTES_MAX: usize = 512 * 1024;
/// Longer addresses are nobody's links.
const KEY_BYTES_MAX: usize = 2048;

/// What may change a page besides its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    sequence: i64,
    hash: String,
    /// What deadlines are held against, and the day outside.
    days: (Date, Date),
    /// Where the page shows them.
    visits: Option<Visits>,
}

/// An answer as it is sent.
#[derive(Debug, Clone)]
pub struct Sent {
    body: Bytes,
    tag: HeaderValue,
    media_type: HeaderValue,
    gzip: bool,
}

/// Marks the response to a browser that has the page already: it is a look at a page as well.
#[derive(Debug, Clone, Copy)]
pub struct Unchanged;

/// Which pages a layer stands around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// What is in the ledger.
    Ledger,
    /// Counters of visits as well.
    Visits,
}

/// Answers with the kept page where it still holds, else with a new one, which is kept.
pub async fn answer(State((app, shows)): State<(App, Shows)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visits = if shows == Shows::Visits { count(&app, &mut parts).await } else { Ok(None) };
    let Some(key) = key_of(&parts) else { return next.run(Request::from_parts(parts, body)).await };
    // Where the ledger does not answer, the page itself knows best what it can still show.
    let Ok(stamp) = stamp(&app, visits, &mut parts).await else { return next.run(Request::from_parts(parts, body)).await };
    let known = parts.headers.get(header::IF_NONE_MATCH).cloned();
    let kept = app.shelf().take(&key, &stamp);
    if let Some(sent) = kept {
        return respond(sent, known.as_ref());
    }
    let gzip = takes_gzip(&parts.headers);
    let (mut head, body) = next.run(Request::from_parts(parts, body)).await.into_parts();
    if !may_be_kept(head.status, &head.headers) {
        return Response::from_parts(head, body);
    }
    let Some(media_type) = head.headers.remove(header::CONTENT_TYPE) else { return Response::from_parts(head, body) };
    // A page stands in memory already, so this neither waits nor fails.
    let body = match to_bytes(body, usize::MAX).await {
        Ok(body) => body,
        Err(fault) => return Fault::internal(fault).into_response(),
    };
    match packed(body, gzip, media_type) {
        Ok(sent) => {
            app.shelf().put(key, stamp, &sent);
            respond(sent, known.as_ref())
        }
        Err(fault) => fault.into_response(),
    }
}

/// What tells the answers of different requests apart; absent for a request whose answer is its sender's own.
fn key_of(parts: &Parts) -> Option<String> {
    let headers = &parts.headers;
    if parts.method != Method::GET || cookie::read(headers, cookie::LOGIN).is_some() || headers.contains_key(header::AUTHORIZATION) {
        return None;
    }
    let address = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
    let packing = if takes_gzip(headers) { "gzip" } else { "plain" };
    let key = format!("{packing} {address}");
    Some(key).filter(|key| key.len() <= KEY_BYTES_MAX)
}

/// Counts this look and then the visits, and hands the counts to the page: who reads the counters is here too. The rim sees
/// the same look again afterwards, and counts it once.
async fn count(app: &App, parts: &mut Parts) -> Result<Option<Visits>, StoreError> {
    let agent = parts.headers.get(header::USER_AGENT).map_or(&b""[..], HeaderValue::as_bytes);
    app.visits().seen(address::of(parts), agent, app.now());
    let visits = app.visit_counts().await?;
    parts.extensions.insert(visits);
    Ok(Some(visits))
}

/// Looks where the ledger stands, and hands that to the page as well.
async fn stamp(app: &App, visits: Result<Option<Visits>, StoreError>, parts: &mut Parts) -> Result<Stamp, StoreError> {
    let head = app.journal_head().await?;
    let stamp = Stamp { sequence: head.sequence, hash: head.hash.clone(), days: (app.today(), app.now().day()), visits: visits? };
    parts.extensions.insert(head);
    Ok(stamp)
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let encodings = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','));
    let mut named = encodings.map(|encoding| encoding.split_once(';').unwrap_or((encoding, "")));
    named.any(|(name, weight)| name.trim().eq_ignore_ascii_case("gzip") && !refuses(weight))
}

/// Whether a weight is `q=0`, in one of its spellings.
fn refuses(weight: &str) -> bool {
    weight.trim().strip_prefix("q=").is_some_and(|value| value.trim_end_matches(['0', '.']).is_empty())
}

fn may_be_kept(status: StatusCode, headers: &HeaderMap) -> bool {
    let own = [header::SET_COOKIE, header::CACHE_CONTROL, header::ETAG, header::VARY, header::CONTENT_ENCODING, header::LOCATION];
    status == StatusCode::OK && is_html(headers) && !own.iter().any(|name| headers.contains_key(name))
}

/// The bytes to be sent, with their tag: the same bytes in another packing are another representation.
fn packed(body: Bytes, gzip: bool, media_type: HeaderValue) -> Result<Sent, Fault> {
    let hash = Sha256::digest(&body);
    let digits: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = HeaderValue::try_from(format!("\"{digits}{}\"", if gzip { "-gzip" } else { "" })).map_err(Fault::internal)?;
    if !gzip {
        return Ok(Sent { body, tag, media_type, gzip });
    }
    let mut packer = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    packer.write_all(&body).map_err(Fault::internal)?;
    let body = packer.finish().map_err(Fault::internal)?.into();
    Ok(Sent { body, tag, media_type, gzip })
}

/// `no-cache`: a browser may keep the page and asks each time whether it still holds.
fn respond(sent: Sent, known: Option<&HeaderValue>) -> Response {
    let unchanged = known.is_some_and(|known| names(known, &sent.tag));
    let mut response = if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(sent.body).into_response() };
    if unchanged {
        response.extensions_mut().insert(Unchanged);
    }
    let headers = response.headers_mut();
    if !unchanged {
        headers.insert(header::CONTENT_TYPE, sent.media_type);
        if sent.gzip {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
    }
    headers.insert(header::ETAG, sent.tag);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
    response
}

/// Whether `If-None-Match` names the tag. A proxy that packs answers itself makes tags weak; the comparison is then the same.
fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').map(|one| one.trim()).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn gzip_is_sent_to_who_asks_for_it() {
        for (asked, gzip) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("deflate, br", false),
            ("gzip;q=0", false),
            ("gzip; q=0.000", false),
            ("identity", false),
        ] {
            assert_eq!(takes_gzip(&headers(header::ACCEPT_ENCODING, asked)), gzip, "{asked}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn a_tag_is_found_among_several_and_behind_a_proxy() {
        let tag = HeaderValue::from_static("\"ab-gzip\"");
        for (known, named) in [("\"ab-gzip\"", true), ("\"x\", W/\"ab-gzip\"", true), ("*", true), ("\"ab\"", false), ("ab-gzip", false)] {
            assert_eq!(names(&HeaderValue::from_static(known), &tag), named, "{known}");
        }
    }

    #[test]
    fn what_speaks_for_itself_is_not_kept() {
        let html = headers(header::CONTENT_TYPE, "text/html; charset=utf-8");
        assert!(may_be_kept(StatusCode::OK, &html));
        assert!(!may_be_kept(StatusCode::NOT_FOUND, &html));
        assert!(!may_be_kept(StatusCode::OK, &headers(header::CONTENT_TYPE, "text/csv")));
        for name in [header::SET_COOKIE, header::CACHE_CONTROL, header::ETAG] {
            let mut own = html.clone();
            own.insert(name, HeaderValue::from_static("x"));
            assert!(!may_be_kept(StatusCode::OK, &own));
        }
    }

    #[test]
    fn the_packings_of_a_page_have_tags_of_their_own() {
        let media_type = HeaderValue::from_static("text/html");
        let plain = packed(Bytes::from_static(b"x"), false, media_type.clone()).unwrap();
        let gzip = packed(Bytes::from_static(b"x"), true, media_type).unwrap();
        assert_ne!(plain.tag, gzip.tag);
        assert_eq!(plain.body, "x");
        assert_eq!(&gzip.body[..2], [0x1f, 0x8b]);
    }
}
