//! Tasks: the list with filters and rates, one task, and the steps of its life by who may take them.

use axum::http::StatusCode;
use domain::account::Role;
use domain::id::Id;
use domain::permission::operator;
use domain::task::Task;
use domain::unit::Unit;
use store::task::Audience;

use crate::paper::{Land, NEWS, PASSWORD};
use crate::support::{NOW, TestApp};

impl TestApp {
    /// Adds an account with a role and gives back the cookie of its log-in.
    pub async fn join(&self, name: &str, role: Role, unit: Id<Unit>) -> String {
        let hash = self.app.passwords().hash(PASSWORD).await.unwrap();
        self.app.store().add_account(&operator::may_keep_accounts(), NOW, name, hash, None, (role, unit)).await.unwrap();
        self.log_in(name, PASSWORD).await
    }

    /// The task of the published news whose text holds some words.
    pub async fn task_with(&self, words: &str) -> Task {
        let tasks = self.app.store().tasks(Audience::Staff).await.unwrap();
        tasks.into_iter().find(|task| task.text.contains(words)).unwrap()
    }
}

async fn world() -> (TestApp, Land) {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.publish_paper(&land, NEWS).await;
    (web, land)
}

#[tokio::test]
async fn an_empty_ledger_has_empty_lists_in_both_languages() {
    let web = TestApp::new().await;
    for (path, vi, en) in [
        ("/tasks", "Chưa có nhiệm vụ nào", "No tasks yet"),
        ("/proposals", "Chưa có kiến nghị nào", "No proposals yet"),
        ("/sessions", "Chưa có buổi làm việc nào", "No sessions yet"),
    ] {
        assert!(web.get(path).await.body.contains(vi), "{path}");
        assert!(web.get(&format!("/en{path}")).await.body.contains(en), "{path}");
        let missing = web.get(&format!("{path}/9999")).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
    }
    let none_fits = web.get("/tasks?q=bi%C3%AAn+ch%E1%BA%BF").await;
    assert!(none_fits.body.contains("Không có nhiệm vụ nào khớp"));
    assert_eq!(web.get("/tasks?page=2").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_public_sees_only_what_was_published() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.settle_paper(&land, NEWS).await;
    let path = format!("/tasks/{}", web.task_with("chậm tiến độ").await.id);
    assert_eq!(web.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(web.get("/tasks").await.body.contains("Chưa có nhiệm vụ nào"));
    let officer = web.log_in("tinh", PASSWORD).await;
    let page = web.get_as(&officer, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("chưa công khai"));
}

#[tokio::test]
async fn the_list_prints_five_rates_and_finds_words_without_marks() {
    let (web, _) = world().await;
    let page = web.get("/tasks").await;
    for label in ["Đã xong", "Đúng hạn", "Quá hạn, chưa xong", "Chưa có hạn", "Có cập nhật trong tháng"] {
        assert!(page.body.contains(&format!("<dt>{label}</dt>")), "{label}");
    }
    assert!(page.body.contains("Quá hạn 10\u{a0}ngày") && page.body.contains("nên cộng theo cơ quan sẽ lớn hơn"), "{}", page.body);
    let found = web.get("/tasks?q=cham+tien+do").await;
    assert_eq!(found.body.matches("<tr role=\"row\"").count(), 2, "the head and one task");
    let overdue = web.get("/en/tasks?q=cham+tien+do&state=overdue").await;
    assert!(overdue.body.contains("aria-current=\"true\"") && overdue.body.contains("Overdue by 10\u{a0}days"));
    assert!(web.get("/tasks?q=cham+tien+do&state=done").await.body.contains("Không có nhiệm vụ nào khớp"));
}

#[tokio::test]
async fn a_task_opens_down_to_its_sentence_and_says_that_it_is_provisional() {
    let (web, _) = world().await;
    let task = web.task_with("chậm tiến độ").await;
    let page = web.get(&format!("/tasks/{}", task.id)).await;
    assert!(page.body.contains("Đồng chí yêu cầu huyện rà soát các dự án chậm tiến độ trước ngày 10/5/2024."), "{}", page.body);
    assert!(page.body.contains(&format!("href=\"/passages/{}\"", task.passage)) && page.body.contains("chờ thông báo kết luận"));
    assert!(page.body.contains("huyện Khe Trà"), "the bare word is shown as the unit that is meant");
    assert!(!page.body.contains("<textarea"), "the public has no forms");
    assert!(!page.body.contains("bởi tinh"), "account names are not for the public");
}

#[tokio::test]
async fn an_officer_moves_a_deadline_with_a_reason() {
    let (web, land) = world().await;
    let task = web.task_with("chậm tiến độ").await;
    let (page, form) = (format!("/tasks/{}", task.id), format!("/tasks/{}/assignment", task.id));
    let officer = web.log_in("tinh", PASSWORD).await;
    let revision = task.revision.to_string();
    let typed =
        [("revision", revision.as_str()), ("lead", "Huyện Khe Trà"), ("cooperating", "Sở Nội vụ\nSở Tài chính"), ("due", "30/6/2024")];
    let refused = web.submit(&officer, &page, &form, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Chưa điền: Lý do") && refused.body.contains("value=\"30/6/2024\""), "{}", refused.body);
    assert!(refused.body.contains("aria-invalid=\"true\""));
    let with_reason = [&typed[..], &[("reason", "Chờ chủ đầu tư"), ("product", "Báo cáo")]].concat();
    assert_eq!(web.submit(&officer, &page, &form, &with_reason).await.status, StatusCode::SEE_OTHER);
    let page_now = web.get(&page).await.body;
    assert!(
        page_now.contains("Dời hạn từ 10/5/2024 sang 30/6/2024")
            && page_now.contains("Chờ chủ đầu tư")
            && page_now.contains("Sở Tài chính")
    );
    let bodies = web.app.store().task_bodies(Some(task.id)).await.unwrap();
    assert_eq!(bodies[0].unit, Some(land.district), "the lead is known by its name");
    // The same form once more: somebody was there before, and what was typed is kept.
    let stale = web.submit(&officer, &page, &form, &with_reason).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("tinh đã làm việc này trước") && stale.body.contains("value=\"Chờ chủ đầu tư\""));
}

#[tokio::test]
async fn a_reporter_reports_and_an_officer_closes_and_opens_again() {
    let (web, land) = world().await;
    let task = web.task_with("chậm tiến độ").await;
    let page = format!("/tasks/{}", task.id);
    let reporter = web.join("khe.tra", Role::Reporter, land.district).await;
    let fields = [("revision", "1"), ("state", "in_progress"), ("percent", "45 %"), ("note", "Đã làm việc với 6 chủ đầu tư")];
    assert_eq!(web.submit(&reporter, &page, &format!("{page}/progress"), &fields).await.status, StatusCode::SEE_OTHER);
    let told = web.get(&page).await.body;
    assert!(told.contains("45\u{a0}% khối lượng") && told.contains("Đã làm việc với 6 chủ đầu tư"));
    let too_much = [("revision", "2"), ("state", "in_progress"), ("percent", "145"), ("note", "x")];
    let refused = web.submit(&reporter, &page, &format!("{page}/progress"), &too_much).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"145\""));
    let closing = [("revision", "2"), ("state", "done"), ("closed_on", "18/5/2024"), ("note", "Xong")];
    let forbidden = web.submit(&reporter, &page, &format!("{page}/state"), &closing).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN, "a reporter does not close");
    let officer = web.log_in("tinh", PASSWORD).await;
    assert_eq!(web.submit(&officer, &page, &format!("{page}/state"), &closing).await.status, StatusCode::SEE_OTHER);
    assert!(web.get(&page).await.body.contains("Xong chậm 8\u{a0}ngày"));
    let again = [("revision", "3"), ("state", "in_progress"), ("note", "Còn thiếu hồ sơ")];
    assert_eq!(web.submit(&officer, &page, &format!("{page}/state"), &again).await.status, StatusCode::SEE_OTHER);
    assert!(web.get(&page).await.body.contains("Quá hạn 10\u{a0}ngày"));
}

#[tokio::test]
async fn an_officer_beside_the_unit_may_only_read() {
    let (web, _) = world().await;
    let task = web.task_with("chậm tiến độ").await;
    let page = format!("/tasks/{}", task.id);
    let beside = web.log_in("ben", PASSWORD).await;
    assert!(!web.get_as(&beside, &page).await.body.contains("name=\"revision\""));
    for form in ["assignment", "state", "progress", "withdrawal"] {
        let fields = [("revision", "1"), ("state", "in_progress"), ("note", "x")];
        let answer = web.submit(&beside, &page, &format!("{page}/{form}"), &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{form}");
        assert_eq!(web.post(&format!("{page}/{form}"), "revision=1").await.status, StatusCode::FORBIDDEN, "{form}");
    }
    assert_eq!(web.task_with("chậm tiến độ").await.revision, 1);
}

#[tokio::test]
async fn a_task_taken_back_leaves_the_lists_and_stays_for_staff() {
    let (web, _) = world().await;
    let task = web.task_with("chậm tiến độ").await;
    let page = format!("/tasks/{}", task.id);
    let officer = web.log_in("tinh", PASSWORD).await;
    let answer = web.submit(&officer, &page, &format!("{page}/withdrawal"), &[("revision", "1")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(web.get(&page).await.status, StatusCode::NOT_FOUND);
    assert!(!web.get("/tasks").await.body.contains(&page));
    assert!(web.get_as(&officer, &page).await.body.contains("đã được rút lại lúc"));
}
