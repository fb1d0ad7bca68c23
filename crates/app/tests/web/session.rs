//! One session: everything that was said, proposed and concluded there, and its day mended by who may.

use axum::http::StatusCode;

use crate::paper::{NEWS, PASSWORD};
use crate::support::TestApp;

#[tokio::test]
async fn a_session_shows_who_what_and_its_papers() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    let settled = web.publish_paper(&land, NEWS).await;
    let path = format!("/sessions/{}", settled.session.unwrap());
    assert!(web.get("/sessions").await.body.contains("Buổi làm việc với huyện Khe Trà"));
    let page = web.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "<h1>Buổi làm việc với huyện Khe Trà</h1>",
        "Ngày: 14/5/2024. Chủ trì: Hà Minh Sơn",
        "Vàng Thị Đào",
        "17/26 nhóm mục tiêu đạt từ 100\u{a0}% trở lên",
        "17\u{a0}+\u{a0}9\u{a0}=\u{a0}26",
        "tuyến đường vào xã Nà Khoa",
        "Rà soát các dự án chậm tiến độ",
        "Quang cảnh buổi làm việc ở hội trường huyện.",
        "baolamgiang.vn",
    ] {
        assert!(page.body.contains(words), "{words} in {}", page.body);
    }
    assert!(web.get(&format!("/en{path}")).await.body.contains("<h1>Working session with huyện Khe Trà</h1>"));
}

#[tokio::test]
async fn a_session_of_unpublished_papers_is_for_staff() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    let settled = web.settle_paper(&land, NEWS).await;
    let path = format!("/sessions/{}", settled.session.unwrap());
    assert_eq!(web.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!web.get("/sessions").await.body.contains(&path));
    let officer = web.log_in("tinh", PASSWORD).await;
    assert!(web.get_as(&officer, &path).await.body.contains("chưa công khai"));
}

#[tokio::test]
async fn an_officer_mends_the_day() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    let settled = web.publish_paper(&land, NEWS).await;
    let path = format!("/sessions/{}", settled.session.unwrap());
    let officer = web.log_in("tinh", PASSWORD).await;
    for wrong in ["14/5", "21/5/2024"] {
        let refused = web.submit(&officer, &path, &path, &[("was", "2024-05-14"), ("held_on", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(refused.body.contains(&format!("value=\"{wrong}\"")));
    }
    let mended = [("was", "2024-05-14"), ("held_on", "13/5/2024")];
    assert_eq!(web.submit(&officer, &path, &path, &mended).await.status, StatusCode::SEE_OTHER);
    assert!(web.get(&path).await.body.contains("Ngày: 13/5/2024."));
    let stale = web.submit(&officer, &path, &path, &mended).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("tinh đã làm việc này trước"));
    let unknown = [("was", "2024-05-13"), ("held_on", "")];
    assert_eq!(web.submit(&officer, &path, &path, &unknown).await.status, StatusCode::SEE_OTHER);
    assert!(web.get(&path).await.body.contains("Ngày: chưa rõ ngày."));
    let beside = web.log_in("ben", PASSWORD).await;
    assert_eq!(web.submit(&beside, &path, &path, &unknown).await.status, StatusCode::FORBIDDEN);
}
