//! What waits for somebody, the journal, and accounts.

use axum::http::StatusCode;
use domain::account::Role;

use crate::paper::{NEWS, PASSWORD};
use crate::support::{TestApp, form};

#[tokio::test]
async fn what_waits_depends_on_the_roles() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    assert_eq!(web.get("/my-work").await.status, StatusCode::FORBIDDEN);
    let officer = web.log_in("tinh", PASSWORD).await;
    assert!(web.get_as(&officer, "/my-work").await.body.contains("Không có việc nào chờ đồng chí"));
    web.settle_paper(&land, NEWS).await;
    let waits = web.get_as(&officer, "/my-work").await.body;
    for heading in ["Nhiệm vụ quá hạn", "Kiến nghị chờ trả lời", "Bản tin chưa công bố"] {
        assert!(waits.contains(heading), "{heading}");
    }
    let reporter = web.join("khe.tra", Role::Reporter, land.district).await;
    let waits = web.get_as(&reporter, "/en/my-work").await.body;
    assert!(waits.contains("Waiting for an update this month") && !waits.contains("Articles not published"), "{waits}");
    let beside = web.log_in("ben", PASSWORD).await;
    assert!(web.get_as(&beside, "/my-work").await.body.contains("Không có việc nào chờ đồng chí"));
}

#[tokio::test]
async fn the_journal_tells_who_did_what() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.publish_paper(&land, NEWS).await;
    assert_eq!(web.get("/journal").await.status, StatusCode::FORBIDDEN);
    let inspector = web.join("kiem.tra", Role::Viewer, land.province).await;
    let page = web.get_as(&inspector, "/journal").await.body;
    assert!(page.contains("Công bố bản tin") && page.contains("Ghi văn bản vào sổ") && page.contains("Đăng nhập"), "{page}");
    let first = web.get_as(&inspector, "/en/journal?before=3").await.body;
    assert!(first.contains("Added a unit") && first.contains("href=\"/en/journal\""), "{first}");
    assert_eq!(web.get_as(&inspector, "/journal?before=x").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_administrator_adds_and_closes_accounts() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    let officer = web.log_in("tinh", PASSWORD).await;
    assert_eq!(web.get_as(&officer, "/accounts").await.status, StatusCode::FORBIDDEN);
    let administrator = web.join("quan.tri", Role::Administrator, land.province).await;
    let unit = land.district.to_string();
    let fields = [("name", "Van.Phong"), ("role", "reporter"), ("holds_for", unit.as_str())];
    let added = web.submit(&administrator, "/accounts", "/accounts", &fields).await;
    assert_eq!(added.status, StatusCode::CREATED);
    let password = added.body.split("<p class=\"code\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    assert!(added.body.contains("van.phong") && added.body.contains("báo cáo · huyện Khe Trà"));
    let login = web.post("/login", &form(&[("name", "van.phong"), ("password", &password)])).await;
    assert_eq!(login.status, StatusCode::SEE_OTHER);
    let taken = web.submit(&administrator, "/accounts", "/accounts", &fields).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(taken.body.contains("value=\"Van.Phong\""));
    let account = web.app.store().account_named("van.phong").await.unwrap().unwrap();
    let closure = format!("/accounts/{}/closure", account.id);
    assert_eq!(web.submit(&officer, "/tasks", &closure, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(web.submit(&administrator, "/accounts", &closure, &[]).await.status, StatusCode::SEE_OTHER);
    let cookie = login.cookie("cotmoc_login").unwrap();
    assert_eq!(web.get_as(&cookie, "/my-work").await.status, StatusCode::FORBIDDEN, "its log-ins end at once");
    assert!(web.get_as(&administrator, "/accounts").await.body.contains("đã đóng ngày"));
    let own = web.app.store().account_named("quan.tri").await.unwrap().unwrap();
    let refused = web.submit(&administrator, "/accounts", &format!("/accounts/{}/closure", own.id), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody closes the own account");
}
