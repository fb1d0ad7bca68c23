//! Search: what is found by whom, as soon as it is written; the address; what is typed wrong; what is offered.

use axum::http::StatusCode;
use domain::permission::{self, UnitPath};
use store::settlement::Settled;

use crate::paper::{Land, NEWS, PASSWORD};
use crate::support::{Answer, NOW, TestApp};

fn found(page: &Answer) -> Vec<String> {
    page.body.split("<li><h3 lang=\"vi\"><a href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// The address of a question.
fn asking(typed: &str) -> String {
    format!("/search?{}", crate::support::form(&[("q", typed)]))
}

async fn withdraw(app: &TestApp, land: &Land, settled: &Settled) {
    let article = app.app.store().get(settled.article).await.unwrap();
    let may = permission::may_publish(&app.officer().await, &UnitPath(vec![land.district, land.province])).unwrap();
    app.app.store().withdraw_article(&may, NOW, article.id, article.revision).await.unwrap();
}

#[tokio::test]
async fn an_empty_page_says_what_can_be_found_and_how() {
    let app = TestApp::new().await;
    let page = app.get("/search").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<h1>Tìm kiếm</h1>") && page.body.contains("Gõ không dấu cũng được"), "{}", page.body);
    assert!(page.body.contains("<meta name=\"robots\" content=\"noindex\">") && page.body.contains("data-key=\"/\""));
    assert!(app.get("/en/search").await.body.contains("Marks may be left out"));
    for path in ["/about", "/en/news"] {
        let page = app.get(path).await;
        assert!(page.body.contains("role=\"search\"") && page.body.contains("class=\"seek-link\""), "{path}");
    }
}

#[tokio::test]
async fn what_is_published_is_found_at_once_and_what_is_withdrawn_is_gone() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let nothing = app.get(&asking("nà khoa")).await;
    assert!(nothing.body.contains("Không tìm thấy gì") && nothing.status == StatusCode::OK);
    let settled = app.publish_paper(&land, NEWS).await;
    for typed in ["nà khoa", "na khoa", "NÀ KHOA", "\"xã Nà Khoa\""] {
        let page = app.get(&asking(typed)).await;
        let found = found(&page);
        assert!(found.iter().any(|href| href.starts_with("/proposals/")), "{typed}: {found:?}");
        let at_sentence = format!("/documents/{}#doan-", settled.document);
        assert!(found.iter().any(|href| href.starts_with(&at_sentence)), "{typed}: {found:?}");
        assert!(page.body.contains("<mark>Nà Khoa</mark>") || page.body.contains("<mark>xã Nà Khoa</mark>"), "{}", page.body);
    }
    let page = app.get("/search?q=na+khoa&kind=documents").await;
    assert_eq!(found(&page).len(), 1, "{}", page.body);
    assert!(page.body.contains("aria-current=\"true\">Văn bản 1</a>"), "{}", page.body);
    assert!(page.body.contains("href=\"/search?q=na+khoa&#38;kind=proposals\""), "other kinds are one click away");
    withdraw(&app, &land, &settled).await;
    assert_eq!(found(&app.get(&asking("nà khoa")).await), [""; 0]);
    let cookie = app.log_in("tinh", PASSWORD).await;
    let page = app.get_as(&cookie, &asking("nà khoa")).await;
    assert!(!found(&page).is_empty() && page.body.contains("chưa công bố"), "{}", page.body);
}

#[tokio::test]
async fn nobody_finds_what_they_may_not_read() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    app.publish_paper(&land, NEWS).await;
    // A sentence of the paper that no page shows to everybody.
    let (hidden, cookie) = ("\"hội trường huyện\"", app.log_in("tinh", PASSWORD).await);
    let page = app.get(&asking(hidden)).await;
    assert!(page.body.contains("Không có chỗ nào đủ mọi từ"), "only single words of it stand elsewhere: {}", page.body);
    assert!(!page.body.contains("hội trường huyện."), "no snippet either");
    let page = app.get_as(&cookie, &asking(hidden)).await;
    assert!(!found(&page).is_empty() && !page.body.contains("Không có chỗ nào đủ mọi từ"), "{}", page.body);
    // Before it is published nothing of a paper is offered, counted or put right.
    let other = NEWS.replace("Khe Trà giữ lời hứa với bà con vùng cao", "Thung Lũng Xanh đón xuân");
    app.settle_paper(&land, &other).await;
    let offered = app.get("/search/suggestions?q=thung").await;
    assert_eq!((offered.status, offered.body.as_str()), (StatusCode::OK, "[]"));
    assert!(app.get_as(&cookie, "/search/suggestions?q=thung").await.body.contains("Thung Lũng Xanh đón xuân"));
    let page = app.get(&asking("thungg")).await;
    assert!(!page.body.contains("thung<") && !page.body.contains("Có phải"), "{}", page.body);
}

#[tokio::test]
async fn filters_narrow_and_stand_in_the_address() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    app.publish_paper(&land, NEWS).await;
    let everywhere = found(&app.get(&asking("khe trà")).await);
    let all = everywhere.len();
    assert!(all > 4);
    let path = |filters: &str| format!("/search?q=khe+tr%C3%A0{filters}");
    let below = found(&app.get(&path(&format!("&unit={}", land.province))).await);
    assert!(below.contains(&format!("/units/{}", land.district)), "the units below belong to it: {below:?}");
    assert!(below.len() > 4 && below.iter().all(|href| everywhere.contains(href)), "{below:?}");
    let page = app.get(&path(&format!("&unit={}&sort=new&from=1%2F1%2F2030", land.district))).await;
    assert_eq!(found(&page), [""; 0]);
    assert!(page.body.contains("value=\"1/1/2030\"") && page.body.contains("Tìm lại, không lọc"), "{}", page.body);
    assert!(page.body.contains("href=\"/search?q=khe+tr%C3%A0&#38;sort=new\""), "{}", page.body);
    let page = app.get(&path("&from=14%2F5%2F2024&to=31%2F12%2F2024")).await;
    assert!(!found(&page).is_empty() && found(&page).len() < all, "undated things are not of these days");
    let page = app.get(&path("&kind=units")).await;
    assert!(found(&page).contains(&format!("/units/{}", land.district)), "{}", page.body);
    assert!(found(&page).iter().all(|href| href.starts_with("/units/")) && found(&page).len() < all, "{:?}", found(&page));
    let page = app.get(&format!("/en{}", path(""))).await;
    assert!(page.body.contains(">News 1</a>") && found(&page).iter().all(|href| href.starts_with("/en/")), "{}", page.body);
}

#[tokio::test]
async fn a_wrong_filter_is_told_and_kept() {
    let app = TestApp::new().await;
    app.settle_land().await;
    for (query, said, kept) in [
        ("q=lúa&from=31/2", "«31/2» chưa phải là một ngày", "value=\"31/2\""),
        ("q=lúa&from=2/5/2024&to=1/5/2024", "1/5/2024", "value=\"1/5/2024\""),
        ("q=lúa&kind=poems", "poems", "value=\"lúa\""),
        ("q=lúa&unit=99999", "99999", "value=\"lúa\""),
        ("q=lúa&unit=x", "«x»", "value=\"lúa\""),
        ("q=%3F!%20%22%22", "không có chữ hay số nào", "value=\"?! &#34;&#34;\""),
    ] {
        let page = app.get(&format!("/search?{}", query.replace(' ', "%20").replace('ú', "%C3%BA"))).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(page.body.contains(said) && page.body.contains(kept) && page.body.contains("role=\"alert\""), "{query}: {}", page.body);
    }
    let long = app.get(&asking(&"lúa ".repeat(2500))).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.body.contains("200"), "the limit");
    assert_eq!(app.get("/search?q=khe&page=99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/search?q=khe&page=x").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whatever_is_typed_is_answered() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    app.publish_paper(&land, NEWS).await;
    let deep = "(".repeat(150);
    for typed in
        ["\"khe", ".*[a-z]+", "khe\0trà", "\u{301}\u{301}a", "a AND b OR", "khe:trà^2~", "<script>alert(1)</script>", &deep, "—", "🌾 lúa"]
    {
        let page = app.get(&asking(typed)).await;
        assert!(matches!(page.status, StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY), "{typed}: {}", page.status);
        assert!(!page.body.contains("<script>alert"), "{typed}");
        let offered = app.get(&format!("/search/suggestions?{}", crate::support::form(&[("q", typed)]))).await;
        assert_eq!(offered.status, StatusCode::OK, "{typed}");
    }
}

#[tokio::test]
async fn where_nothing_has_every_word_those_with_some_and_the_nearest_word_are_offered() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    app.publish_paper(&land, NEWS).await;
    let page = app.get(&asking("Nà Khoa vũ trụ")).await;
    assert!(page.body.contains("Không có chỗ nào đủ mọi từ") && page.body.contains("Không có: vũ, trụ"), "{}", page.body);
    let page = app.get(&asking("huyện khee trà")).await;
    assert!(page.body.contains("Có phải bạn muốn tìm") && page.body.contains("<b lang=\"vi\">huyện khe trà</b>"), "{}", page.body);
}

#[tokio::test]
async fn titles_are_offered_with_their_kind_and_page() {
    let app = TestApp::new().await;
    let land = app.settle_land().await;
    let settled = app.publish_paper(&land, NEWS).await;
    let offered = app.get("/search/suggestions?q=khe+tra").await;
    assert_eq!(offered.header("content-type"), "application/json");
    let offered: Vec<serde_json::Value> = serde_json::from_str(&offered.body).unwrap();
    let expected = serde_json::json!({
        "title": "Khe Trà giữ lời hứa với bà con vùng cao",
        "kind": "Tin",
        "href": format!("/news/khe-tra-giu-loi-hua-voi-ba-con-vung-cao-{}", settled.article),
    });
    assert_eq!(offered[0], expected);
    assert!(offered.len() > 1 && offered.len() <= 8);
    assert_eq!(app.get("/search/suggestions?q=k").await.body, "[]", "one letter is too little");
    assert_eq!(app.get("/search/suggestions").await.body, "[]");
    let english = app.get("/en/search/suggestions?q=huyen+k").await.body;
    assert!(english.contains("\"kind\":\"Unit\"") && english.contains(&format!("/en/units/{}", land.district)), "{english}");
}
