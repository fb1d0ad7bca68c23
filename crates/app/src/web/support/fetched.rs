//! Documents that programs fetch again and again, a feed or a calendar: sent once, and told "not changed" until they are.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::moment::Moment;
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use sha2::{Digest, Sha256};

use super::origin::Origin;

/// Bytes of the hash in a tag: 64 bits tell the states of one document apart.
const TAG_BYTES: usize = 8;
/// How long a proxy may give a copy to others; a withdrawn article must not outlive its withdrawal by more.
const SHARED: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// It names the host that one request claimed: it is for this client only.
const OWN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// A document with what a program asks of it before it fetches it again.
pub struct Fetched<'a> {
    /// Its media type.
    pub media_type: &'static str,
    /// The document.
    pub body: String,
    /// When something of it last changed, or later: then an unchanged document is sent once more, never the reverse.
    pub changed_at: Option<Moment>,
    /// What its addresses were made of.
    pub origin: &'a Origin,
}

impl Fetched<'_> {
    /// The document, or that it has not changed since this client fetched it.
    pub fn answer(self, asked: &HeaderMap) -> Response {
        // A weak tag: the compressed and the plain bytes are one document.
        let hash: String = Sha256::digest(&self.body).iter().take(TAG_BYTES).map(|byte| format!("{byte:02x}")).collect();
        let tag = format!("W/\"{hash}\"");
        let changed_at = self.changed_at.and_then(|moment| Timestamp::from_millisecond(moment.0).ok());
        let mut head = HeaderMap::new();
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        head.insert(header::CACHE_CONTROL, if self.origin.is_set() { SHARED } else { OWN });
        head.extend(HeaderValue::try_from(&tag).ok().map(|tag| (header::ETAG, tag)));
        let printed = changed_at.and_then(|at| DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok());
        head.extend(printed.and_then(|at| HeaderValue::try_from(at).ok()).map(|at| (header::LAST_MODIFIED, at)));
        if is_known(asked, &tag, changed_at) { (StatusCode::NOT_MODIFIED, head).into_response() } else { (head, self.body).into_response() }
    }
}

/// A tag that was sent back decides alone; the moment counts only without one (RFC 9110, 13.2.2).
fn is_known(asked: &HeaderMap, tag: &str, changed_at: Option<Timestamp>) -> bool {
    let mut tags = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok()).peekable();
    if tags.peek().is_some() {
        let same = |known: &str| known == "*" || known.trim_start_matches("W/") == tag.trim_start_matches("W/");
        return tags.flat_map(|line| line.split(',')).any(|known| same(known.trim()));
    }
    let since = asked.get(header::IF_MODIFIED_SINCE).and_then(|line| line.to_str().ok());
    let since = since.and_then(|line| DateTimeParser::new().parse_timestamp(line).ok());
    // The header has no milliseconds.
    matches!((since, changed_at), (Some(since), Some(changed_at)) if changed_at.as_second() <= since.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(asked: &[(header::HeaderName, &str)]) -> (StatusCode, String) {
        let mut headers = HeaderMap::new();
        for (name, value) in asked {
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        // 2024-05-20T02:00:00.500Z
        let fetched = Fetched {
            media_type: "text/plain",
            body: "a".to_owned(),
            changed_at: Some(Moment(1_716_170_400_500)),
            origin: &Origin::default(),
        };
        let answer = fetched.answer(&headers);
        let tag = answer.headers()[header::ETAG].to_str().unwrap().to_owned();
        assert_eq!(answer.headers()[header::LAST_MODIFIED], "Mon, 20 May 2024 02:00:00 GMT");
        (answer.status(), tag)
    }

    #[test]
    fn a_known_document_is_not_sent_again() {
        let (first, tag) = status(&[]);
        assert_eq!(first, StatusCode::OK);
        for (asked, expected) in [
            (vec![(header::IF_NONE_MATCH, tag.as_str())], StatusCode::NOT_MODIFIED),
            (vec![(header::IF_NONE_MATCH, tag.trim_start_matches("W/"))], StatusCode::NOT_MODIFIED),
            (vec![(header::IF_NONE_MATCH, "\"other\", *")], StatusCode::NOT_MODIFIED),
            (vec![(header::IF_NONE_MATCH, "\"other\"")], StatusCode::OK),
            (vec![(header::IF_MODIFIED_SINCE, "Mon, 20 May 2024 02:00:00 GMT")], StatusCode::NOT_MODIFIED),
            (vec![(header::IF_MODIFIED_SINCE, "Mon, 20 May 2024 01:59:59 GMT")], StatusCode::OK),
            (vec![(header::IF_MODIFIED_SINCE, "yesterday")], StatusCode::OK),
            // The tag says another state, whatever the clock says.
            (vec![(header::IF_NONE_MATCH, "\"other\""), (header::IF_MODIFIED_SINCE, "Mon, 20 May 2024 02:00:00 GMT")], StatusCode::OK),
        ] {
            assert_eq!(status(&asked).0, expected, "{asked:?}");
        }
    }
}
