//! Answers with one kept file as RFC 9110 has it: whole, a part of it, or "you have it already".

use std::ops::Range;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::problem::Problem;
use files::Files;

use super::fault::Fault;

/// A name stands for its bytes for good, so a browser and every cache on the way need never ask again.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Kept by the browser of who may see it, and asked about each time: at a desk that people share, the next one may not.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// A file as the address names it; who may see it was asked before.
#[derive(Debug, Clone, Copy)]
pub struct KeptFile<'a> {
    /// Its name in [`Files`].
    pub name: &'a str,
    /// What it is, `image/jpeg` say.
    pub media_type: &'static str,
    /// Whether everybody may see it.
    pub is_public: bool,
}

/// What of the file is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Wanted {
    All,
    Part(Range<u64>),
    /// A range that begins behind the end.
    Nothing,
}

impl KeptFile<'_> {
    /// The answer to a `GET` or a `HEAD`.
    ///
    /// # Errors
    /// No such file, or the place of files failed.
    pub async fn answer(&self, files: &Files, method: &Method, request: &HeaderMap) -> Result<Response, Fault> {
        let tag = format!("\"{}\"", self.name);
        if is_known(request, &tag) {
            return self.response(StatusCode::NOT_MODIFIED, &tag, Body::empty());
        }
        if method == Method::HEAD {
            let size = files.size(self.name).await?.ok_or_else(|| self.missing())?;
            let mut response = self.response(StatusCode::OK, &tag, Body::empty())?;
            response.headers_mut().insert(header::CONTENT_LENGTH, size.into());
            return Ok(response);
        }
        // Without a range the size is not asked: most answers are whole files, and a store takes a round trip for it.
        let Some(range) = range_header(request, &tag) else { return self.whole(files, &tag).await };
        let size = files.size(self.name).await?.ok_or_else(|| self.missing())?;
        match wanted(range, size) {
            Wanted::All => self.whole(files, &tag).await,
            Wanted::Part(part) => {
                let bytes = files.range(self.name, part.clone()).await?.ok_or_else(|| self.missing())?;
                let place = format!("bytes {}-{}/{size}", part.start, part.end - 1);
                let mut response = self.response(StatusCode::PARTIAL_CONTENT, &tag, bytes)?;
                response.headers_mut().insert(header::CONTENT_RANGE, HeaderValue::try_from(place).map_err(Fault::internal)?);
                Ok(response)
            }
            Wanted::Nothing => {
                let size = HeaderValue::try_from(format!("bytes */{size}")).map_err(Fault::internal)?;
                Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, size)]).into_response())
            }
        }
    }

    async fn whole(&self, files: &Files, tag: &str) -> Result<Response, Fault> {
        let bytes = files.get(self.name).await?.ok_or_else(|| self.missing())?;
        self.response(StatusCode::OK, tag, bytes)
    }

    fn response(&self, status: StatusCode, tag: &str, body: impl Into<Body>) -> Result<Response, Fault> {
        let head = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.media_type)),
            (header::CACHE_CONTROL, if self.is_public { FOR_EVER } else { ASK_AGAIN }),
            (header::ETAG, HeaderValue::try_from(tag).map_err(Fault::internal)?),
            (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        ];
        Ok((status, head, body.into()).into_response())
    }

    /// The ledger names the file and its place does not have it: somebody must look, so the log says which.
    fn missing(&self) -> Problem {
        tracing::error!(name = self.name, "a kept file is missing");
        Problem::NotFound
    }
}

/// Whether the browser has these very bytes.
fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let lists = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    // A proxy that compressed the answer made the tag a weak one; the bytes behind it are the same.
    lists.flat_map(|list| list.split(',')).map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// The range that is asked for, unless the browser's part is of other bytes.
fn range_header<'a>(request: &'a HeaderMap, tag: &str) -> Option<&'a str> {
    let is_of_these = request.get(header::IF_RANGE).is_none_or(|value| value.as_bytes() == tag.as_bytes());
    request.get(header::RANGE).filter(|_| is_of_these)?.to_str().ok()
}

/// Reads one range. Several at once, and what cannot be read, is answered with the whole file, as the standard allows.
fn wanted(range: &str, size: u64) -> Wanted {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else { return Wanted::All };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    match (number(first), number(last)) {
        (None, Some(0)) if first.is_empty() => Wanted::Nothing,
        (None, Some(length)) if first.is_empty() && size > 0 => Wanted::Part(size.saturating_sub(length)..size),
        (Some(first), Some(last)) if first > last => Wanted::All,
        (Some(first), Some(last)) if first < size => Wanted::Part(first..last.saturating_add(1).min(size)),
        (Some(first), None) if last.is_empty() && first < size => Wanted::Part(first..size),
        (Some(_), Some(_)) => Wanted::Nothing,
        (Some(_), None) if last.is_empty() => Wanted::Nothing,
        _ => Wanted::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_has_them() {
        for (range, expected) in [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=2-4", Wanted::Part(2..5)),
            ("bytes=8-99", Wanted::Part(8..10)),
            ("bytes=4-", Wanted::Part(4..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-99", Wanted::Part(0..10)),
            ("bytes=0-18446744073709551615", Wanted::Part(0..10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=10-12", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-4", Wanted::All),
            ("bytes=0-1,4-5", Wanted::All),
            ("bytes=+1-2", Wanted::All),
            ("bytes=-", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("bytes=99999999999999999999-", Wanted::All),
            ("pages=1-2", Wanted::All),
        ] {
            assert_eq!(wanted(range, 10), expected, "{range}");
        }
        assert_eq!(wanted("bytes=0-", 0), Wanted::Nothing);
        assert_eq!(wanted("bytes=-5", 0), Wanted::All);
    }
}
