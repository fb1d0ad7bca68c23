//! A store that speaks S3 as far as files need it: path-style addresses, signed requests, lists in pages of two.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

pub const BUCKET: &str = "cot-moc";
pub const KEY: &str = "KHOA-CUA-KHO";
const PAGE: usize = 2;
const MODIFIED: &str = "Mon, 20 May 2024 02:00:00 GMT";

/// What the store holds and how it behaves.
#[derive(Default)]
pub struct Kept {
    pub files: BTreeMap<String, Bytes>,
    /// So many of the next requests fail with a 503.
    pub failures: usize,
    pub requests: usize,
}

#[derive(Clone, Default)]
pub struct Store(pub Arc<Mutex<Kept>>);

impl Store {
    /// Starts it and gives back its address.
    pub async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        format!("http://{address}")
    }

    pub fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().files.keys().cloned().collect()
    }
}

async fn answer(State(store): State<Store>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let mut kept = store.0.lock().unwrap();
    kept.requests += 1;
    if kept.failures > 0 {
        kept.failures -= 1;
        return refusal(StatusCode::SERVICE_UNAVAILABLE, "SlowDown", "");
    }
    let signed = format!("AWS4-HMAC-SHA256 Credential={KEY}/");
    let authorization = head.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !authorization.starts_with(&signed) || !authorization.contains("/vn-1/s3/aws4_request") || !authorization.contains("Signature=") {
        // As Amazon's store does it: the key is repeated.
        return refusal(StatusCode::FORBIDDEN, "InvalidAccessKeyId", authorization);
    }
    let Some(name) = head.uri.path().strip_prefix(&format!("/{BUCKET}")) else {
        return refusal(StatusCode::NOT_FOUND, "NoSuchBucket", "");
    };
    match (&head.method, name.trim_start_matches('/')) {
        (&Method::GET, "") => list(&kept, head.uri.query().unwrap_or_default()),
        (&Method::PUT, name) => {
            kept.files.insert(name.to_owned(), bytes);
            ([(header::ETAG, "\"1\"")], "").into_response()
        }
        (&Method::DELETE, name) => {
            kept.files.remove(name);
            StatusCode::NO_CONTENT.into_response()
        }
        (method, name) => match kept.files.get(name) {
            Some(bytes) => show(bytes, method, head.headers.get(header::RANGE).and_then(|range| range.to_str().ok())),
            None if method == Method::HEAD => StatusCode::NOT_FOUND.into_response(),
            None => refusal(StatusCode::NOT_FOUND, "NoSuchKey", ""),
        },
    }
}

fn refusal(status: StatusCode, code: &str, message: &str) -> Response {
    let xml = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], xml).into_response()
}

fn show(bytes: &Bytes, method: &Method, range: Option<&str>) -> Response {
    let head = [(header::ETAG, "\"1\""), (header::LAST_MODIFIED, MODIFIED)];
    let Some(range) = range.and_then(|range| range.strip_prefix("bytes=")) else {
        let length = [(header::CONTENT_LENGTH, bytes.len().to_string())];
        let body = if method == Method::HEAD { Body::empty() } else { Body::from(bytes.clone()) };
        return (head, length, body).into_response();
    };
    let (first, last) = range.split_once('-').unwrap();
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let end = bytes.len().min(last + 1);
    let place = [(header::CONTENT_RANGE, format!("bytes {first}-{}/{}", end - 1, bytes.len()))];
    (StatusCode::PARTIAL_CONTENT, head, place, bytes.slice(first..end)).into_response()
}

fn list(kept: &Kept, query: &str) -> Response {
    let value = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.clone().find(|(found, _)| *found == name).map(|(_, value)| value.replace("%2F", "/")).unwrap_or_default()
    };
    assert_eq!(value("list-type"), "2");
    let (prefix, after) = (value("prefix"), value("continuation-token"));
    let names: Vec<&String> = kept.files.keys().filter(|name| name.starts_with(&prefix) && **name > after).collect();
    let mut xml = "<?xml version=\"1.0\"?><ListBucketResult>".to_owned();
    for name in names.iter().take(PAGE) {
        let size = kept.files[*name].len();
        write!(
            xml,
            "<Contents><Key>{name}</Key><LastModified>2024-05-20T02:00:00.000Z</LastModified><ETag>1</ETag><Size>{size}</Size></Contents>"
        )
        .unwrap();
    }
    if names.len() > PAGE {
        write!(xml, "<IsTruncated>true</IsTruncated><NextContinuationToken>{}</NextContinuationToken>", names[PAGE - 1]).unwrap();
    }
    xml.push_str("</ListBucketResult>");
    ([(header::CONTENT_TYPE, "application/xml")], xml).into_response()
}
