//! News: the list, the article for everybody and for who may read it whole, and the news desk.

use axum::http::StatusCode;

use crate::paper::{NEWS, PASSWORD};
use crate::support::TestApp;

const SLUG: &str = "khe-tra-giu-loi-hua-voi-ba-con-vung-cao";

#[tokio::test]
async fn the_list_has_pages() {
    let app = TestApp::new().await;
    assert!(app.get("/news").await.body.contains("Chưa có tin nào được công bố"));
    assert!(app.get("/en/news").await.body.contains("No news has been published yet"));
    let land = app.settle_land().await;
    for number in 1..=11 {
        app.publish_paper(&land, &NEWS.replace("lời hứa", &format!("lời hứa thứ {number}"))).await;
    }
    let first = app.get("/news").await;
    assert_eq!(first.body.matches("<article").count(), 10);
    assert!(first.body.contains("href=\"/news?page=2\""));
    assert_eq!(app.get("/news?page=2").await.body.matches("<article").count(), 1);
    for missing in ["/news?page=3", "/news?page=0", "/news?page=x"] {
        assert_eq!(app.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn citizens_read_quotes_and_staff_the_whole_paper() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.publish_paper(&land, NEWS).await;
    let path = format!("/news/{SLUG}-{}", settled.article);
    let page = app.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<h1 lang=\"vi\">Khe Trà giữ lời hứa với bà con vùng cao</h1>"), "{}", page.body);
    assert!(
        page.body.contains("Tác giả: <b lang=\"vi\">Thu Trang</b>") && page.body.contains("Nguồn: <b lang=\"vi\">baolamgiang.vn</b>"),
        "{}",
        page.body
    );
    assert!(page.body.contains("Theo baolamgiang.vn") && page.body.contains("17/26 nhóm mục tiêu đạt từ 100\u{a0}% trở lên"));
    assert!(page.body.contains("Quang cảnh buổi làm việc") && page.body.contains("Chưa có tệp ảnh"));
    assert!(!page.body.contains("Cùng dự có các đồng chí"), "another's whole text is not for everybody");
    assert!(!page.body.contains("/edit\""));
    let cookie = app.log_in("tinh", PASSWORD).await;
    let page = app.get_as(&cookie, &path).await;
    assert!(page.body.contains("Cùng dự có các đồng chí") && page.body.contains("class=\"opens"), "{}", page.body);
    assert!(page.body.contains(&format!("/articles/{}/edit", settled.article)));
    let english = app.get(&format!("/en{path}")).await;
    assert!(english.body.contains("According to baolamgiang.vn"));
}

#[tokio::test]
async fn a_wrong_slug_leads_to_the_right_address() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.publish_paper(&land, NEWS).await;
    let moved = app.get(&format!("/en/news/ten-cu-{}", settled.article)).await;
    assert_eq!(moved.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(moved.header("location"), format!("/en/news/{SLUG}-{}", settled.article));
    for missing in ["/news/khong-co-9999", "/news/khong", "/news/a-b"] {
        assert_eq!(app.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn an_officer_edits_publishes_and_withdraws() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.settle_paper(&land, NEWS).await;
    let (edit, post, page) = (
        format!("/articles/{}/edit", settled.article),
        format!("/articles/{}", settled.article),
        format!("/news/{SLUG}-{}", settled.article),
    );
    assert_eq!(app.get(&page).await.status, StatusCode::NOT_FOUND, "not public yet");
    let cookie = app.log_in("tinh", PASSWORD).await;
    assert!(app.get_as(&cookie, &page).await.body.contains("Chưa công khai"));
    let published = app.submit(&cookie, &edit, &format!("{post}/publication"), &[("revision", "1")]).await;
    assert_eq!((published.status, published.header("location")), (StatusCode::SEE_OTHER, format!("{page}#noi-dung")));
    assert_eq!(app.get(&page).await.status, StatusCode::OK);

    let change = [("revision", "2"), ("title", "Khe Trà giữ trọn lời hứa"), ("standfirst", ""), ("reprint", "1")];
    let refused = app.submit(&cookie, &edit, &post, &change).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Chưa điền: Lý do") && refused.body.contains("Khe Trà giữ trọn lời hứa"), "what was typed is kept");
    let change = [&change[..], &[("reason", "Tít chưa trọn ý.")]].concat();
    assert_eq!(app.submit(&cookie, &edit, &post, &change).await.status, StatusCode::SEE_OTHER);
    let read = app.get(&page).await;
    assert!(read.body.contains("<ins>Khe Trà giữ trọn lời hứa</ins>") && read.body.contains("Lý do: Tít chưa trọn ý."));
    assert!(read.body.contains("Cùng dự có các đồng chí"), "the right to reprint opens the whole text");
    assert_eq!(app.submit(&cookie, &edit, &post, &change).await.status, StatusCode::CONFLICT, "an old form");

    assert_eq!(app.submit(&cookie, &edit, &format!("{post}/withdrawal"), &[("revision", "3")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(app.get(&page).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn the_desk_is_for_officers_of_the_unit() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.settle_paper(&land, NEWS).await;
    let edit = format!("/articles/{}/edit", settled.article);
    assert_eq!(app.get(&edit).await.status, StatusCode::FORBIDDEN);
    let beside = app.log_in("ben", PASSWORD).await;
    assert_eq!(app.get_as(&beside, &edit).await.status, StatusCode::FORBIDDEN);
    let english = app.get_as(&app.log_in("tinh", PASSWORD).await, &format!("/en{edit}")).await;
    assert!(english.body.contains("Take off") || english.body.contains("Publish"));
}
