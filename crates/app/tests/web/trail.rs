//! The trail from a number to its sentence: scoreboards, papers, passages, units and people, for everybody and for staff.

use axum::http::StatusCode;
use domain::claim::ClaimKind;

use crate::paper::{NEWS, PASSWORD};
use crate::support::TestApp;

#[tokio::test]
async fn every_list_of_an_empty_ledger_says_why_it_is_empty() {
    let app = TestApp::new().await;
    for (path, vi, en) in [
        ("/documents", "Chưa có văn bản nào", "No papers yet"),
        ("/scoreboards", "Chưa có con số nào được nêu", "No figure has been stated yet"),
        ("/units", "Chưa có đơn vị nào", "No units yet"),
    ] {
        assert!(app.get(path).await.body.contains(vi), "{path}");
        assert!(app.get(&format!("/en{path}")).await.body.contains(en), "{path}");
    }
    for missing in ["/documents/9", "/passages/9", "/scoreboards/9", "/units/9", "/people/9", "/documents?page=2"] {
        assert_eq!(app.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn a_scoreboard_shows_what_papers_state_and_makes_up_nothing() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    app.publish_paper(&land, NEWS).await;
    let list = app.get("/scoreboards").await;
    assert!(list.body.contains(&format!("href=\"/scoreboards/{}\" lang=\"vi\">Huyện Khe Trà", land.district)), "{}", list.body);
    let page = app.get(&format!("/scoreboards/{}", land.district)).await;
    assert!(page.body.contains("Nêu trong văn bản (chưa tính từ số liệu)"));
    assert!(page.body.contains("17<span>/26</span>") && page.body.contains("21,5\u{a0}%") && page.body.contains("không ghi thời gian"));
    assert!(!page.body.contains("class=\"bar") && !page.body.contains("stone"), "no bars or stones from claims");
    let english = app.get(&format!("/en/scoreboards/{}", land.district)).await;
    assert!(english.body.contains("21.5%") && english.body.contains("The bands do not overlap"));
    let province = app.get(&format!("/scoreboards/{}", land.province)).await;
    assert!(province.body.contains("Chưa có con số nào được nêu"));
}

#[tokio::test]
async fn what_is_not_public_is_found_by_staff_only() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.settle_paper(&land, NEWS).await;
    let store = app.app.store();
    let claim = store.claims_of_document(settled.document).await.unwrap().remove(0);
    let (_, person) = store.people_of_document(settled.document).await.unwrap().remove(0);
    let paths = [format!("/documents/{}", settled.document), format!("/passages/{}", claim.passage), format!("/people/{}", person.id)];
    let cookie = app.log_in("tinh", PASSWORD).await;
    for path in &paths {
        assert_eq!(app.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(app.get_as(&cookie, path).await.status, StatusCode::OK, "{path}");
    }
    assert!(app.get("/documents").await.body.contains("Chưa có văn bản nào"));
    assert!(app.get_as(&cookie, "/documents").await.body.contains("Chưa công khai"));
    assert!(!app.get(&format!("/units/{}", land.district)).await.body.contains("Khe Trà giữ lời hứa"));
    assert!(app.get_as(&cookie, &format!("/units/{}", land.district)).await.body.contains("Khe Trà giữ lời hứa"));
}

#[tokio::test]
async fn a_paper_is_whole_for_staff_and_quoted_for_everybody() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.publish_paper(&land, NEWS).await;
    let path = format!("/documents/{}", settled.document);
    let page = app.get(&path).await;
    assert!(
        page.body.contains("Các câu được trích") && page.body.contains("Tỷ lệ hộ nghèo giảm còn 21,5% (cuối năm 2023)."),
        "{}",
        page.body
    );
    assert!(!page.body.contains("class=\"sheet\"") && !page.body.contains("Cùng dự có các đồng chí"));
    let cookie = app.log_in("tinh", PASSWORD).await;
    let page = app.get_as(&cookie, &path).await;
    let figure = app.app.store().claims_of_document(settled.document).await.unwrap();
    let figure = figure.iter().find(|claim| claim.kind == ClaimKind::Figure).unwrap();
    assert!(page.body.contains("class=\"sheet\"") && page.body.contains(&format!("id=\"doan-{}\"", figure.passage)), "{}", page.body);
    assert!(page.body.contains(&format!("href=\"/tasks?document={}\"", settled.document)));
    assert!(app.get(&format!("/en{path}")).await.body.contains("Sentences quoted"));
}

#[tokio::test]
async fn a_sentence_opens_and_a_claim_is_taken_back_with_who_and_when() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.publish_paper(&land, NEWS).await;
    let claims = app.app.store().claims_of_document(settled.document).await.unwrap();
    let claim = claims.iter().find(|claim| claim.kind == ClaimKind::Figure).unwrap();
    let (path, action) = (format!("/passages/{}", claim.passage), format!("/claims/{}/withdrawal", claim.id));
    let page = app.get(&path).await;
    assert!(page.body.contains("<span class=\"sentence\">") && page.body.contains("<mark>"), "{}", page.body);
    assert!(!page.body.contains(&action), "only staff take back");
    assert_eq!(app.post(&action, "").await.status, StatusCode::FORBIDDEN);
    let beside = app.log_in("ben", PASSWORD).await;
    assert!(!app.get_as(&beside, &path).await.body.contains(&action));
    assert_eq!(app.submit(&beside, &path, &action, &[]).await.status, StatusCode::FORBIDDEN);

    let cookie = app.log_in("tinh", PASSWORD).await;
    assert_eq!(app.submit(&cookie, &path, &action, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(app.get_as(&cookie, &path).await.body.contains("Đã rút lại lúc 9:00 ngày 20/5/2024 bởi tinh"));
    assert!(!app.get(&path).await.body.contains("Đã rút lại"), "the public does not see what was taken back");
    assert_eq!(app.submit(&cookie, &path, &action, &[]).await.status, StatusCode::CONFLICT, "taken back once");
    let journal = app.app.store().journal_of(&format!("claim/{}", claim.id), 1).await.unwrap();
    assert_eq!((journal[0].actor.as_str(), journal[0].action.as_str()), ("tinh", "claim.take_back"));
}

#[tokio::test]
async fn a_unit_and_a_person_have_everything_on_one_page() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.publish_paper(&land, NEWS).await;
    let tree = app.get("/units").await;
    assert!(tree.body.contains("Huyện Khe Trà") && tree.body.matches("<ul").count() == tree.body.matches("</ul>").count());
    assert_eq!(tree.body.matches("<li>").count(), tree.body.matches("</li>").count());
    let page = app.get(&format!("/units/{}", land.district)).await;
    for found in ["Tỉnh Lam Giang", "Nhiệm vụ", "Kiến nghị", "Khe Trà giữ lời hứa", "Mở bảng điểm", "Buổi làm việc"]
    {
        assert!(page.body.contains(found), "{found}: {}", page.body);
    }
    assert!(app.get(&format!("/en/units/{}", land.province)).await.body.contains("Areas below"));
    let people = app.app.store().people_of_document(settled.document).await.unwrap();
    let (_, chair) = people.iter().find(|(_, person)| person.name == "Hà Minh Sơn").unwrap();
    let page = app.get(&format!("/people/{}", chair.id)).await;
    assert!(
        page.body.contains("<h1 lang=\"vi\">Hà Minh Sơn</h1>") && page.body.contains("Bí thư Tỉnh ủy") && page.body.contains("chủ trì"),
        "{}",
        page.body
    );
    assert!(app.get(&format!("/en/people/{}", chair.id)).await.body.contains("Sessions attended"));
}
