//! What every request goes through: pages in both languages, headers, errors, forms.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

mod feeds;
mod file;
mod frozen_board;
mod home;
mod kept;
mod language;
mod login;
mod measured;
mod measurement;
mod news;
mod paper;
mod person;
mod photo;
mod proposal;
mod scoreboard;
mod scoreboard_views;
mod search;
mod session;
mod support;
mod task;
mod task_list;
mod trail;
mod work;

use axum::http::StatusCode;
use support::TestApp;

#[tokio::test]
async fn every_page_opens_in_both_languages() {
    for (path, vi, en) in [
        ("/about", "Giới thiệu", "About"),
        ("/open-data", "Dữ liệu mở", "Open data"),
        ("/accessibility", "Khả năng tiếp cận", "Accessibility"),
        ("/login", "Đăng nhập", "Sign in"),
    ] {
        let page = TestApp::new().await.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(&format!("<h1>{vi}</h1>")) && page.body.contains("<html lang=\"vi\">"), "{path}");
        assert!(page.body.contains(&format!("href=\"/en{path}\"")), "the way to the English page");
        let page = TestApp::new().await.get(&format!("/en{path}")).await;
        assert!(page.body.contains(&format!("<h1>{en}</h1>")) && page.body.contains("<html lang=\"en\">"), "{path}");
        assert!(page.body.contains(&format!("href=\"{path}\"")) && page.body.contains("href=\"/en/tasks\""), "links keep the language");
    }
}

#[tokio::test]
async fn the_other_language_keeps_the_query() {
    let page = TestApp::new().await.get("/about?page=2&unit=LG").await;
    assert!(page.body.contains("href=\"/en/about?page=2&#38;unit=LG\""));
}

#[tokio::test]
async fn every_response_tells_the_browser_what_not_to_do() {
    for path in ["/about", "/nowhere", "/panic"] {
        let page = TestApp::failing().await.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"));
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert_eq!(page.header("cache-control"), "private, no-cache");
        assert_eq!(page.header("x-request-id").len(), "7F3K-9QXM-24HD".len());
    }
}

#[tokio::test]
async fn no_page_needs_what_the_policy_forbids() {
    for path in ["/about", "/en/open-data", "/accessibility", "/login", "/nowhere"] {
        let page = TestApp::new().await.get(path).await;
        for forbidden in ["style=", "onclick=", "<style", "javascript:", "http://", "https://"] {
            assert!(!page.body.contains(forbidden), "{path} holds {forbidden}");
        }
    }
}

#[tokio::test]
async fn assets_are_found_where_the_page_says_and_kept_for_ever() {
    let page = TestApp::new().await.get("/about").await;
    for asset in page.body.split('"').filter(|part| part.starts_with("/assets/")) {
        let file = TestApp::new().await.get(asset).await;
        assert_eq!(file.status, StatusCode::OK, "{asset}");
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    }
    assert_eq!(TestApp::new().await.get("/assets/cotmoc.css").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_missing_page_says_so_in_the_language_asked_for_and_shows_ways_on() {
    let page = TestApp::new().await.get("/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("<h1>Không tìm thấy trang này</h1>") && page.body.contains("Về trang chủ"));
    let page = TestApp::new().await.get("/en/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("<h1>This page was not found</h1>") && page.body.contains("href=\"/en\""));
    assert!(!page.body.contains(page.header("x-request-id").as_str()), "a code is read out only for our own faults");
}

#[tokio::test]
async fn a_panic_ends_one_request_with_a_code_to_read_out() {
    let web = TestApp::failing().await;
    let page = web.get("/panic").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.body.contains(page.header("x-request-id").as_str()));
    assert!(!page.body.contains("the cause"), "the cause is for the log");
    assert_eq!(web.get("/about").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_failed_form_comes_back_with_what_was_typed_but_without_secrets() {
    let page = TestApp::failing().await.post("/fail", "reason=Ch%E1%BB%9D+h%E1%BB%93+s%C6%A1&password=hush-hush&csrf=").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.body.contains("value=\"Chờ hồ sơ\"") && page.body.contains("action=\"/fail\"") && page.body.contains("Gửi lại"));
    assert!(!page.body.contains("hush-hush"));
    let page = TestApp::failing().await.post("/en/fail", "reason=%3Cscript%3E").await;
    assert!(page.body.contains("&#60;script&#62;") && page.body.contains("action=\"/en/fail\""));
}

#[tokio::test]
async fn a_problem_becomes_a_sentence_with_its_status() {
    let page = TestApp::failing().await.post("/problem", "due=31%2F2").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Hạn: «31/2» chưa phải là một ngày") && page.body.contains("Viết ngày như 17/4/2024."));
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let page = TestApp::failing().await.send("POST", "/fail", &[("sec-fetch-site", "cross-site"), ("host", "x")], "a=1").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.body.contains("Biểu mẫu này được gửi từ một trang khác"));
}

#[tokio::test]
async fn a_form_of_another_login_is_refused_and_kept() {
    let page = TestApp::failing().await.send("POST", "/fail", &[("cookie", "cotmoc_login=abc")], "reason=x&csrf=0000").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.body.contains("Biểu mẫu này đã cũ") && page.body.contains("value=\"x\""));
}

#[tokio::test]
async fn too_large_a_form_is_told_its_limit() {
    let page = TestApp::failing().await.post("/fail", &"a".repeat(1024 * 1024 + 1)).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.body.contains("Mức tối đa là 1\u{a0}MB"));
}

#[tokio::test]
async fn a_wrong_method_keeps_its_header() {
    let page = TestApp::new().await.post("/about", "").await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(page.header("allow"), "GET,HEAD");
    assert!(page.body.contains("Trang này không nhận thao tác đó"));
}

#[tokio::test]
async fn looking_at_pages_is_counted_and_nothing_else_is() {
    let web = TestApp::new().await;
    for path in ["/about", "/en/about", "/nowhere", "/login"] {
        web.get(path).await;
    }
    web.post("/fail", "").await;
    assert_eq!(web.app.visit_counts().await.unwrap().today, 1, "one visitor, one visit");
    let first = TestApp::new().await;
    assert!(first.get("/").await.body.contains("<dt>Đang online</dt><dd>1</dd>"), "the first visitor is here");
    assert_eq!(first.app.visit_counts().await.unwrap().today, 1, "and counted once");
}

#[tokio::test]
async fn the_demo_shows_its_day() {
    let page = TestApp::demo().await.get("/about").await;
    assert!(page.body.contains("hôm nay được coi là ngày 20/5/2024") && page.body.contains("Tỉnh Lam Giang"));
}
