//! The home page: of an empty ledger, and of one with a published paper.

use axum::http::StatusCode;

use crate::paper::{NEWS, PASSWORD};
use crate::support::TestApp;

#[tokio::test]
async fn an_empty_ledger_has_a_friendly_home() {
    let app = TestApp::new().await;
    let page = app.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Chưa có nội dung nào được công bố") && page.body.contains("Dành cho cán bộ"));
    let labels = ["Đang online", "Hôm nay", "Trong tuần", "Tất cả"].map(|label| page.body.find(&format!("<dt>{label}</dt>")).unwrap());
    assert!(labels.is_sorted(), "the counters in their order");
    let english = app.get("/en").await;
    assert!(english.body.contains("Nothing has been published yet") && english.body.contains("href=\"/en/login\""));
}

#[tokio::test]
async fn nothing_unpublished_shows_on_the_home_page() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    app.settle_paper(&land, NEWS).await;
    let cookie = app.log_in("tinh", PASSWORD).await;
    for page in [app.get("/").await, app.get_as(&cookie, "/").await] {
        assert!(!page.body.contains("Khe Trà giữ lời hứa") && !page.body.contains("17/26"), "{}", page.body);
    }
}

#[tokio::test]
async fn the_newest_session_gives_the_headline_with_its_source() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.publish_paper(&land, NEWS).await;
    let page = app.get("/").await;
    assert!(page.body.contains("<h1 id=\"tin-chinh\">17/26 nhóm mục tiêu đạt từ 100\u{a0}% trở lên</h1>"), "{}", page.body);
    assert!(page.body.contains("Nêu trong văn bản (chưa tính từ số liệu)"));
    assert!(page.body.contains("Các khoảng không chồng nhau: 17\u{a0}+\u{a0}9\u{a0}=\u{a0}26."));
    assert!(page.body.contains(&format!("href=\"/scoreboards/{}\"", land.district)));
    assert!(page.body.contains("href=\"/passages/") && page.body.contains("15/5/2024"));
    assert!(page.body.contains("Quá hạn 10\u{a0}ngày"), "due on the 10th, today is the 20th: {}", page.body);
    assert!(page.body.contains(&format!("-{}\"", settled.article)), "the article is linked");
    let english = app.get("/en").await;
    assert!(english.body.contains("17 of 26 groups of targets at 100% or more") && english.body.contains("Overdue by 10\u{a0}days"));
    assert!(english.body.contains("href=\"/en/news\""));
}
