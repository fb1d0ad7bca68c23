//! Kept files as a browser asks for them.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::routing::get;
use cotmoc::web::App;
use cotmoc::web::support::file::KeptFile;
use cotmoc::web::support::rim;

use crate::support::{Answer, TestApp};

const TAG: &str = "\"a.jpg\"";

/// `/public/{name}` and `/staff/{name}`, with the file `a.jpg` of ten bytes kept.
async fn kept() -> TestApp {
    let show = async |State(app): State<App>, Path((audience, name)): Path<(String, String)>, method: Method, headers: HeaderMap| {
        let file = KeptFile { name: &name, media_type: "image/jpeg", is_public: audience == "public" };
        file.answer(app.files(), &method, &headers).await
    };
    let web = TestApp::routed(|app| rim::wrap(Router::new().route("/{audience}/{name}", get(show)), app)).await;
    web.app.files().put("a.jpg", Bytes::from_static(b"0123456789")).await.unwrap();
    web
}

async fn ask(method: &str, headers: &[(&str, &str)]) -> Answer {
    kept().await.send(method, "/public/a.jpg", headers, "").await
}

#[tokio::test]
async fn a_public_file_is_whole_and_kept_for_ever() {
    let answer = ask("GET", &[]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "0123456789"));
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("content-length", "10"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("etag", TAG),
        ("accept-ranges", "bytes"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
}

#[tokio::test]
async fn what_only_staff_may_see_is_asked_about_each_time() {
    let web = kept().await;
    let answer = web.get("/staff/a.jpg").await;
    assert_eq!((answer.status, answer.header("cache-control").as_str()), (StatusCode::OK, "private, no-cache"));
    let again = web.send("GET", "/staff/a.jpg", &[("if-none-match", TAG)], "").await;
    assert_eq!((again.status, again.header("cache-control").as_str()), (StatusCode::NOT_MODIFIED, "private, no-cache"));
}

#[tokio::test]
async fn who_has_the_bytes_is_told_so() {
    for known in [TAG, "*", "W/\"a.jpg\"", "\"b.jpg\", \"a.jpg\""] {
        let answer = ask("GET", &[("if-none-match", known), ("range", "bytes=0-1")]).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{known}");
        assert_eq!((answer.header("etag"), answer.header("cache-control").contains("immutable")), (TAG.to_owned(), true));
    }
    for other in ["\"b.jpg\"", "a.jpg", ""] {
        assert_eq!(ask("GET", &[("if-none-match", other)]).await.status, StatusCode::OK, "{other}");
    }
}

#[tokio::test]
async fn a_part_is_answered_with_its_place() {
    let answer = ask("GET", &[("range", "bytes=2-4")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::PARTIAL_CONTENT, "234"));
    assert_eq!((answer.header("content-range").as_str(), answer.header("content-length").as_str()), ("bytes 2-4/10", "3"));
    let answer = ask("GET", &[("range", "bytes=-2")]).await;
    assert_eq!((answer.body.as_str(), answer.header("content-range").as_str()), ("89", "bytes 8-9/10"));
    let answer = ask("GET", &[("range", "bytes=10-")]).await;
    assert_eq!((answer.status, answer.header("content-range").as_str()), (StatusCode::RANGE_NOT_SATISFIABLE, "bytes */10"));
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    let answer = ask("GET", &[("range", "bytes=0-1,4-5")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "0123456789"));
}

#[tokio::test]
async fn a_part_of_other_bytes_is_not_continued() {
    let answer = ask("GET", &[("range", "bytes=2-4"), ("if-range", TAG)]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::PARTIAL_CONTENT, "234"));
    for other in ["\"b.jpg\"", "W/\"a.jpg\"", "Mon, 20 May 2024 02:00:00 GMT"] {
        let answer = ask("GET", &[("range", "bytes=2-4"), ("if-range", other)]).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "0123456789"), "{other}");
    }
}

#[tokio::test]
async fn the_head_alone_says_how_long_it_is() {
    let answer = ask("HEAD", &[]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, ""));
    assert_eq!((answer.header("content-length").as_str(), answer.header("etag").as_str()), ("10", TAG));
}

#[tokio::test]
async fn a_missing_file_and_a_missing_place_are_told_apart() {
    let web = kept().await;
    assert_eq!(web.get("/public/b.jpg").await.status, StatusCode::NOT_FOUND);
    assert_eq!(web.send("HEAD", "/public/b.jpg", &[], "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(web.send("GET", "/public/b.jpg", &[("range", "bytes=0-1")], "").await.status, StatusCode::NOT_FOUND);
    std::fs::remove_dir_all(web.app.files().shown()).unwrap();
    let answer = web.get("/public/a.jpg").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("Chưa mở được kho ảnh") && !answer.body.contains(web.app.files().shown()), "{}", answer.body);
}
