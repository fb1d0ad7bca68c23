//! The computed board: counts, claims beside them, the question of the address, and formulas that anybody can compute by hand.

mod formulas;
mod reckon;
mod world;

use axum::http::StatusCode;
use domain::claim::ClaimKind;
use domain::period::Period;
use domain::permission::{Actor, may_keep_measurements};
use store::measurement::{NewMeasurement, Seen};

use self::world::{COUNTS, load};
use crate::paper::{NEWS, PASSWORD};
use crate::support::{NOW, TestApp};

/// The words of an HTML page without no-break spaces.
pub fn plain(html: &str) -> String {
    html.replace('\u{a0}', " ").replace("&#38;", "&").replace("&#60;", "<").replace("&#62;", ">")
}

#[tokio::test]
async fn without_numbers_the_claims_stand_alone() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.publish_paper(&land, NEWS).await;
    let page = web.get(&format!("/scoreboards/{}", land.district)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Nêu trong văn bản (chưa tính từ số liệu)") && page.body.contains("17<span>/26"));
    assert!(!page.body.contains("Tính từ số liệu</th>") && !page.body.contains("class=\"group\""));
    let list = web.get("/scoreboards").await;
    assert!(list.body.contains("Huyện Khe Trà") && list.body.contains("chưa tính được"));
}

#[tokio::test]
async fn computed_counts_stand_first_and_agree_with_the_paper_or_not() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.publish_paper(&land, NEWS).await;
    load(&web, &world::counted(17)).await;
    let page = plain(&web.get(&format!("/scoreboards/{}", land.district)).await.body);
    assert!(page.contains("<b>17<span>/26</span></b>") && page.contains("<b>9<span>/26</span></b>"), "{page}");
    assert!(page.contains(COUNTS) && page.contains("17 + 9 + 0 + 0 = 26"));
    let (computed, claimed) = (page.find("<b>17<span>/26").unwrap(), page.find("Đối chiếu với văn bản").unwrap());
    assert!(computed < claimed, "the computed result stands first");
    assert_eq!(page.matches("<span>Khớp</span>").count(), 2);
    assert!(page.contains("tháng 4/2024, như đã biết ngày 15/5/2024 của văn bản"), "the paper gives no month");
    assert!(!page.contains("Không khớp") && !page.contains("Số nhóm mục tiêu nêu trong văn bản"));

    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.publish_paper(&land, NEWS).await;
    load(&web, &world::counted(16)).await;
    let page = plain(&web.get(&format!("/scoreboards/{}", land.district)).await.body);
    assert_eq!(page.matches("<span>Không khớp</span>").count(), 2);
    assert!(page.contains("<b>16/26 nhóm mục tiêu</b>") && page.contains("<b>10/26 nhóm mục tiêu</b>"));
}

#[tokio::test]
async fn a_question_that_cannot_be_read_is_told_at_its_field() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    load(&web, &world::counted(17)).await;
    let path = format!("/scoreboards/{}", land.district);
    let page = web.get(&format!("{path}?month=13%2F2024&known-on=31%2F2%2F2024&tree=x&resolution=Y")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let body = plain(&page.body);
    for words in
        ["«13/2024» chưa phải là một tháng", "«31/2/2024»", "«x»", "«Y»", "value=\"13/2024\"", "aria-describedby=\"ky-loi\"", "17<span>/26"]
    {
        assert!(body.contains(words), "{words} in {body}");
    }
    let early = plain(&web.get(&format!("{path}?month=2019-01")).await.body);
    assert!(early.contains("Không có mức giao nào cho tháng 1/2019") && early.contains("value=\"1/2019\""));
    let unknown = plain(&web.get(&format!("{path}?month=4%2F2024&known-on=1%2F5%2F2024")).await.body);
    assert!(unknown.contains("26 nhóm chưa có kết quả") && unknown.contains("0/26 nhóm từ 100 % trở lên"), "not known yet: {unknown}");
    for missing in ["/scoreboards/999999", "/scoreboards/999999/indicators/1"] {
        assert_eq!(web.get(missing).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(web.get(&format!("{path}/indicators/999999")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn english_is_complete_and_the_links_keep_the_question() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.publish_paper(&land, NEWS).await;
    load(&web, &world::counted(17)).await;
    let path = format!("/en/scoreboards/{}?month=2024-04&known-on=2024-05-16", land.district);
    let page = plain(&web.get(&path).await.body);
    for words in [
        "Scoreboard: huyện Khe Trà",
        "17/26 groups: 100% or more",
        "Agrees",
        "value=\"2024-04\"",
        "value=\"2024-05-16\"",
        "Beside what papers state",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let link = format!("/en/scoreboards/{}/indicators/", land.district);
    let href = page.split('"').find(|part| part.starts_with(&link)).unwrap();
    assert!(href.ends_with("month=2024-04&known-on=2024-05-16"));
    let opened = plain(&web.get(href).await.body);
    assert!(
        opened.contains("Why this number")
            && opened.contains("higher is better")
            && opened.contains("measurements.csv line 2, loaded by the operator at ")
    );
}

#[tokio::test]
async fn who_may_enter_numbers_is_shown_the_way_and_the_journal() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    load(&web, &world::counted(17)).await;
    let path = format!("/scoreboards/{}", land.district);
    let enter = format!("/units/{}/measurements", land.district);
    assert!(!web.get(&path).await.body.contains(&enter));
    let officer = web.log_in("tinh", PASSWORD).await;
    let page = web.get_as(&officer, &path).await.body;
    assert!(page.contains(&enter));
    let link = format!("{path}/indicators/");
    let href = plain(page.split('"').find(|part| part.starts_with(&link)).unwrap());
    assert!(web.get_as(&officer, &href).await.body.contains("/journal?before="));
    assert!(!web.get(&href).await.body.contains("/journal?before="), "the journal is not for the public");
    let beside = web.log_in("ben", PASSWORD).await;
    assert!(!web.get_as(&beside, &path).await.body.contains(&enter));
}

#[tokio::test]
async fn a_unit_that_has_ended_links_to_what_followed_it() {
    let web = TestApp::demo().await;
    load(&web, &world::reorganised()).await;
    let ledger = web.app.scoreboards().ledger(web.app.store()).await.unwrap();
    let day = "2024-04".parse::<Period>().unwrap().last_day();
    let old = ledger.unit_at("90103", day).unwrap().id;
    let page = plain(&web.get(&format!("/scoreboards/{old}")).await.body);
    for words in ["Đơn vị này kết thúc ngày 30/4/2024", "Xã Nà Khoa Mới", "nhận 60 %", "mã 90103, từ 1/1/2004 đến 30/4/2024"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let later = plain(&web.get(&format!("/scoreboards/{old}?month=5%2F2024")).await.body);
    assert!(later.contains("Ngày 31/5/2024 không có đơn vị này"), "{later}");
    let list = plain(&web.get("/scoreboards?q=na%20khoa").await.body);
    assert!(list.contains("Xã Nà Khoa Mới") && !list.contains("Tỉnh Lam Giang</a>"));
    assert!(web.get("/scoreboards?q=zzz").await.body.contains("Không có đơn vị nào khớp"));
}

#[tokio::test]
async fn a_number_accepted_from_a_paper_opens_to_its_sentence() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    let settled = web.publish_paper(&land, NEWS).await;
    load(&web, &world::counted(17)).await;
    let store = web.app.store();
    let (ledger, horizon) = web.app.scoreboards().at_head(store).await.unwrap();
    let indicator = ledger.nouns().indicators.iter().find(|one| one.code == "KT2601").unwrap().id;
    let row = ledger.arrivals(land.district, indicator)[0];
    let claims = store.claims_of_document(settled.document).await.unwrap();
    let claim = claims.iter().find(|claim| claim.kind == ClaimKind::Figure).unwrap();
    let new = NewMeasurement {
        unit: land.district,
        indicator,
        period: row.period,
        known_on: NOW.day(),
        value: Some(120),
        weight: None,
        source: None,
        claim: Some(claim.id),
        passage: Some(claim.passage),
        reason: Some("Theo báo Lam Giang".to_owned()),
    };
    let account = store.account_named("tinh").await.unwrap().unwrap();
    let actor = Actor::account(account.id, account.name, store.roles_of(account.id).await.unwrap());
    let may = may_keep_measurements(&actor, &store.unit_path(land.district).await.unwrap()).unwrap();
    store.enter_measurement(&may, NOW, new, Seen { horizon: horizon.id, row: Some(row.id) }).await.unwrap();
    let board = format!("/scoreboards/{}", land.district);
    let opened = plain(&web.get(&format!("{board}/indicators/{indicator}")).await.body);
    for words in [
        "tinh nhập lúc 9:00 ngày 20/5/2024",
        "Theo báo Lam Giang",
        "«Tỷ lệ hộ nghèo giảm còn 21,5%",
        "<del>90 việc</del>",
        "10000 × 120 ÷ (1 × 100) = 12000",
    ] {
        assert!(opened.contains(words), "{words} in {opened}");
    }
    assert!(opened.contains(&format!("href=\"/passages/{}\"", claim.passage)));
    let page = plain(&web.get(&board).await.body);
    assert!(page.contains("<b>18<span>/26</span></b>"), "the board has moved at once");
    assert!(page.contains("đã nhận thành số liệu") && page.contains(&format!("{board}/indicators/{indicator}?month=2024-04")));
    // As known on the day before, nothing has moved.
    assert!(plain(&web.get(&format!("{board}?known-on=19%2F5%2F2024")).await.body).contains("<b>17<span>/26</span></b>"));
}

#[tokio::test]
async fn a_board_that_a_session_froze_is_named_beside_the_question() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    let settled = web.publish_paper(&land, NEWS).await;
    load(&web, &world::counted(17)).await;
    let officer = web.log_in("tinh", PASSWORD).await;
    let session = format!("/sessions/{}", settled.session.unwrap());
    let frozen = web.submit(&officer, &session, &format!("{session}/board"), &[]).await;
    assert_eq!(frozen.status, StatusCode::SEE_OTHER, "{}", frozen.body);
    let board = format!("/scoreboards/{}", land.district);
    let page = plain(&web.get(&format!("{board}?month=4%2F2024&known-on=1%2F5%2F2024")).await.body);
    assert!(page.contains("Bảng tháng 4/2024, biết đến 14/5/2024, đã khóa tại buổi làm việc ngày 14/5/2024."), "{page}");
    assert!(page.contains(&format!("href=\"{session}\"")) && page.contains("month=2024-04&known-on=2024-05-14"));
    let same = plain(&web.get(&format!("{board}?month=4%2F2024&known-on=14%2F5%2F2024")).await.body);
    assert!(same.contains("đã khóa tại buổi làm việc") && !same.contains("resolution=KT15&month=2024-04&known-on=2024-05-14"), "{same}");
}
