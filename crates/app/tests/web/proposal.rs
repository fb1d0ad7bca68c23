//! Proposals on their way: assigned for advice, answered, settled. Answered is not settled.

use axum::http::StatusCode;
use store::task::Audience;

use crate::paper::{NEWS, PASSWORD};
use crate::support::TestApp;

async fn world() -> (TestApp, String) {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.publish_paper(&land, NEWS).await;
    let proposals = web.app.store().proposals(Audience::Public).await.unwrap();
    let page = format!("/proposals/{}", proposals[0].id);
    (web, page)
}

#[tokio::test]
async fn a_proposal_goes_from_raised_to_settled() {
    let (web, page) = world().await;
    let officer = web.log_in("tinh", PASSWORD).await;
    let form = format!("{page}/state");
    let raised = web.get(&page).await.body;
    assert!(raised.contains("<li aria-current=\"step\">Nêu") && raised.contains("tuyến đường vào xã Nà Khoa"), "{raised}");
    let assigned = [("revision", "1"), ("state", "assigned"), ("body", "Sở Giao thông vận tải"), ("advice_due", "")];
    assert_eq!(web.submit(&officer, &page, &form, &assigned).await.status, StatusCode::SEE_OTHER);
    let waits = web.get("/proposals?state=no_date").await.body;
    assert!(waits.contains(&page) && waits.contains("không hẹn ngày") && waits.contains("Sở Giao thông vận tải"));
    let wordless = [("revision", "2"), ("state", "answered"), ("answer", "partly"), ("note", "")];
    let refused = web.submit(&officer, &page, &form, &wordless).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("<option value=\"partly\" selected>"), "the choice is kept");
    let answered = [("revision", "2"), ("state", "answered"), ("answer", "partly"), ("note", "Đồng ý chủ trương")];
    assert_eq!(web.submit(&officer, &page, &form, &answered).await.status, StatusCode::SEE_OTHER);
    let list = web.get("/en/proposals").await.body;
    assert!(list.contains("Answered 1/1 · settled 0/1") && list.contains("Partly agreed"), "{list}");
    let settled = [("revision", "3"), ("state", "settled"), ("note", "Đã bố trí vốn")];
    assert_eq!(web.submit(&officer, &page, &form, &settled).await.status, StatusCode::SEE_OTHER);
    let page_now = web.get(&page).await.body;
    assert!(page_now.contains("<li aria-current=\"step\">Giải quyết xong") && page_now.contains("Đã bố trí vốn"));
    assert_eq!(web.submit(&officer, &page, &form, &settled).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn who_asks_does_not_answer() {
    let (web, page) = world().await;
    let beside = web.log_in("ben", PASSWORD).await;
    let answered = [("revision", "1"), ("state", "answered"), ("answer", "agreed"), ("note", "Được")];
    assert_eq!(web.submit(&beside, &page, &format!("{page}/state"), &answered).await.status, StatusCode::FORBIDDEN);
    assert_eq!(web.post(&format!("{page}/state"), "revision=1").await.status, StatusCode::FORBIDDEN);
    assert!(!web.get(&page).await.body.contains("name=\"revision\""));
}

#[tokio::test]
async fn a_proposal_taken_back_leaves_the_lists() {
    let (web, page) = world().await;
    let officer = web.log_in("tinh", PASSWORD).await;
    let answer = web.submit(&officer, &page, &format!("{page}/withdrawal"), &[("revision", "1")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(web.get(&page).await.status, StatusCode::NOT_FOUND);
    assert!(web.get_as(&officer, &page).await.body.contains("đã được rút lại lúc"));
}
