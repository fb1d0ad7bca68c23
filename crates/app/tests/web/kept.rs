//! Kept pages: the same as those that would be made anew after every kind of write, and nobody's own.

use std::io::Read as _;

use axum::http::StatusCode;
use cotmoc::routes;
use cotmoc::web::App;
use cotmoc::web::app::Clock;
use domain::permission::{UnitPath, operator};
use domain::proposal::Proposal;
use domain::unit::UnitClass;
use store::task::Audience;
use store::unit::NewUnit;

use crate::paper::{Land, NEWS, PASSWORD};
use crate::support::{Answer, NOW, TestApp, send_to};

/// A world with a published paper, and every kind of page that tells of it.
struct World {
    web: TestApp,
    land: Land,
    officer: String,
    pages: Vec<String>,
}

impl World {
    async fn begin() -> Self {
        let web = TestApp::new().await;
        let land = web.settle_land().await;
        let settled = web.publish_paper(&land, NEWS).await;
        let officer = web.log_in("tinh", PASSWORD).await;
        let store = web.app.store();
        let article = store.get(settled.article).await.unwrap();
        let mut pages = vec![
            format!("/news/{}-{}", article.slug, article.id),
            format!("/sessions/{}", settled.session.unwrap()),
            format!("/documents/{}", settled.document),
            format!("/units/{}", land.district),
            format!("/scoreboards/{}", land.district),
        ];
        pages.extend(
            ["", "/about", "/news", "/documents", "/scoreboards", "/units", "/sessions", "/tasks", "/proposals"].map(str::to_owned),
        );
        pages.push("/tasks?state=overdue&sort=new".to_owned());
        pages.extend(store.tasks(Audience::Public).await.unwrap().iter().map(|task| format!("/tasks/{}", task.id)));
        pages.extend(store.proposals(Audience::Public).await.unwrap().iter().map(|proposal| format!("/proposals/{}", proposal.id)));
        let english: Vec<String> = pages.iter().map(|page| format!("/en{page}")).collect();
        pages.extend(english);
        Self { web, land, officer, pages }
    }

    /// Asks for every page twice: both answers must be what an app that has kept nothing yet makes of the same ledger.
    async fn check(&self, after: &str) {
        for page in &self.pages {
            let path = if page.is_empty() { "/" } else { page };
            let (first, second, anew) = (self.web.get(path).await, self.web.get(path).await, anew(&self.web, path).await);
            assert_eq!((first.status, second.status), (anew.status, anew.status), "{path} after {after}");
            if anew.status == StatusCode::OK {
                assert_eq!(without_counters(&second.body), without_counters(&anew.body), "{path} after {after}");
                assert_eq!((&first.body, first.header("etag")), (&second.body, second.header("etag")), "{path} after {after}");
            }
        }
    }

    async fn submit(&self, form_page: &str, path: &str, fields: &[(&str, &str)]) {
        let answer = self.web.submit(&self.officer, form_page, path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
    }

    async fn add_unit(&self, name: &str) {
        let new = NewUnit {
            code: None,
            name: name.to_owned(),
            kind: "xã".to_owned(),
            class: UnitClass::Area,
            parent: Some(self.land.district),
            parent_code: None,
            valid_from: None,
            valid_to: None,
        };
        self.web.app.store().add_unit(&operator::may_keep_units(), NOW, new).await.unwrap();
    }
}

/// The slow twin: the page as made by an app of its own over the same ledger.
async fn anew(web: &TestApp, path: &str) -> Answer {
    let app = App::new(web.app.store().clone(), web.app.files().clone(), web.app.settings().clone(), Clock::Fixed(NOW));
    send_to(&routes::router(app), "GET", path, &[], "").await
}

/// Visits are counted by each process and stored now and then: another app has counted fewer.
fn without_counters(page: &str) -> String {
    page.lines().filter(|line| !line.contains("<dt>Đang online</dt>") && !line.contains("<dt>Online now</dt>")).collect()
}

#[tokio::test]
async fn after_every_kind_of_write_pages_are_what_they_would_be_made_anew() {
    let world = World::begin().await;
    world.check("the publication").await;

    let task = format!("/tasks/{}", world.web.task_with("chậm tiến độ").await.id);
    let assignment = [("revision", "1"), ("lead", "Huyện Khe Trà"), ("due", "30/6/2024"), ("reason", "Chờ chủ đầu tư"), ("product", "")];
    world.submit(&task, &format!("{task}/assignment"), &assignment).await;
    world.check("a deadline that moved").await;
    world.submit(&task, &format!("{task}/progress"), &[("revision", "2"), ("state", "in_progress"), ("note", "Đã họp")]).await;
    world.check("progress").await;
    let done = [("revision", "3"), ("state", "done"), ("closed_on", "18/5/2024"), ("note", "Xong")];
    world.submit(&task, &format!("{task}/state"), &done).await;
    world.check("the end of a task").await;

    let proposals: Vec<Proposal> = world.web.app.store().proposals(Audience::Public).await.unwrap();
    let proposal = format!("/proposals/{}", proposals[0].id);
    let assigned = [("revision", "1"), ("state", "assigned"), ("body", "Sở Giao thông vận tải"), ("advice_due", "")];
    world.submit(&proposal, &format!("{proposal}/state"), &assigned).await;
    world.check("a proposal on its way").await;
    world.submit(&proposal, &format!("{proposal}/withdrawal"), &[("revision", "2")]).await;
    world.check("a proposal taken back").await;

    let session = world.pages[1].clone();
    world.submit(&session, &session, &[("was", "2024-05-14"), ("held_on", "13/5/2024")]).await;
    world.check("another day of the session").await;
    world.add_unit("xã Nà Khoa").await;
    world.check("a new unit").await;

    let article = world.pages[0].rsplit_once('-').unwrap().1.to_owned();
    let (edit, article) = (format!("/articles/{article}/edit"), format!("/articles/{article}"));
    let title = [("revision", "2"), ("title", "Khe Trà giữ trọn lời hứa"), ("standfirst", ""), ("reason", "Tít chưa trọn ý.")];
    world.submit(&edit, &article, &title).await;
    world.check("a correction of the news").await;
    world.submit(&task, &format!("{task}/withdrawal"), &[("revision", "4")]).await;
    world.check("a task taken back").await;
    world.submit(&edit, &format!("{article}/withdrawal"), &[("revision", "3")]).await;
    world.check("the withdrawal of the news").await;

    world.web.settle_paper(&world.land, &NEWS.replace("lời hứa", "nhịp độ")).await;
    world.check("a paper that is not public").await;
    let second = world.web.publish_paper(&world.land, &NEWS.replace("lời hứa", "tiến độ")).await;
    world.check("another paper").await;
    let claims = world.web.app.store().claims_of_document(second.document).await.unwrap();
    let path = UnitPath(vec![world.land.district, world.land.province]);
    let may = domain::permission::may_decide(&world.web.officer().await, Some(&path)).unwrap();
    world.web.app.store().take_back_claim(&may, NOW, claims[0].id).await.unwrap();
    world.check("a claim taken back").await;
}

#[tokio::test]
async fn a_page_of_who_is_signed_in_is_kept_for_nobody_and_nobody_elses_page_is_theirs() {
    let world = World::begin().await;
    let path = &world.pages[0];
    for order in ["first", "again"] {
        let own = world.web.get_as(&world.officer, path).await;
        assert!(own.body.contains("tinh") && own.body.contains("/logout") && !own.csrf().is_empty(), "{order}");
        assert_eq!((own.header("cache-control").as_str(), own.header("etag").as_str()), ("private, no-cache", ""));
        let public = world.web.get(path).await;
        assert!(!public.body.contains("/logout") && public.csrf().is_empty() && !public.body.contains("/edit\""), "{order}");
        assert_eq!(public.header("cache-control"), "no-cache");
    }
    // A browser that got the public page before its log-in asks with that page's tag.
    let tag = world.web.get(path).await.header("etag");
    let known = world.web.send("GET", path, &[("cookie", &world.officer), ("if-none-match", &tag)], "").await;
    assert_eq!(known.status, StatusCode::OK);
    assert!(known.body.contains("/logout"));
    let ended = world.web.submit(&world.officer, path, "/logout", &[]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert!(!world.web.get_as(&world.officer, path).await.body.contains("/logout"), "after the log-in");
}

#[tokio::test]
async fn each_answer_has_its_own_id_and_no_answer_sets_a_cookie() {
    let world = World::begin().await;
    let (first, second) = (world.web.get("/news").await, world.web.get("/news").await);
    assert_eq!(first.body, second.body);
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    assert!(second.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(second.header("set-cookie"), "");
    for path in ["/login", "/news/khong-co-9999", "/nowhere"] {
        let answer = world.web.get(path).await;
        assert_eq!((answer.header("etag").as_str(), answer.header("cache-control").as_str()), ("", "private, no-cache"), "{path}");
    }
}

#[tokio::test]
async fn who_has_the_page_is_told_so_until_it_changes() {
    let world = World::begin().await;
    let path = format!("/units/{}", world.land.district);
    let tag = world.web.get(&path).await.header("etag");
    let known = world.web.send("GET", &path, &[("if-none-match", &tag)], "").await;
    assert_eq!((known.status, known.body.as_str(), known.header("etag")), (StatusCode::NOT_MODIFIED, "", tag.clone()));
    assert_eq!(world.web.send("GET", &format!("/en{path}"), &[("if-none-match", &tag)], "").await.status, StatusCode::OK);
    world.add_unit("xã Nà Khoa").await;
    let changed = world.web.send("GET", &path, &[("if-none-match", &tag)], "").await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(changed.body.contains("xã Nà Khoa"));
    let head = world.web.send("HEAD", &path, &[], "").await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn the_packed_page_is_the_same_page() {
    let world = World::begin().await;
    let plain = world.web.get("/units").await;
    for _ in 0..2 {
        let packed = world.web.send("GET", "/units", &[("accept-encoding", "gzip, br")], "").await;
        assert_eq!(packed.header("content-encoding"), "gzip");
        assert!(packed.header("vary").contains("accept-encoding"));
        assert_ne!(packed.header("etag"), plain.header("etag"));
        let mut page = String::new();
        flate2::read::GzDecoder::new(packed.bytes.as_slice()).read_to_string(&mut page).unwrap();
        assert_eq!(page, plain.body);
    }
    assert_eq!(world.web.get("/units").await.header("content-encoding"), "");
}

#[tokio::test]
async fn looks_at_kept_pages_are_counted_and_the_counters_of_the_home_page_move_with_them() {
    let web = TestApp::new().await;
    let from = |agent: &'static str| [("user-agent", agent)];
    let home = async |agent| web.send("GET", "/", &from(agent), "").await.body;
    assert!(home("một").await.contains("<dt>Đang online</dt><dd>1</dd>"));
    assert!(home("một").await.contains("<dt>Đang online</dt><dd>1</dd>"));
    let tag = web.send("GET", "/about", &from("một"), "").await.header("etag");
    web.send("GET", "/about", &from("hai"), "").await;
    let unchanged = web.send("GET", "/about", &[("user-agent", "ba"), ("if-none-match", &tag)], "").await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    assert!(home("một").await.contains("<dt>Đang online</dt><dd>3</dd>"));
    assert_eq!(web.app.visit_counts().await.unwrap().today, 3);
    web.app.store().add_visits(NOW.day(), 40).await.unwrap();
    let page = home("bốn").await;
    assert!(page.contains("<dt>Hôm nay</dt><dd>44</dd>"), "visits that another process stored: {page}");
}
