//! Logging in and out, one-time passwords, and waiting after failures.

use axum::http::StatusCode;

use crate::support::{NOW, TestApp, form};

const PASSWORD: &str = "giữ rừng giữ đất";

async fn with_ha() -> TestApp {
    let web = TestApp::new().await;
    web.add_account("ha.tran", PASSWORD, None).await;
    web
}

async fn journal(web: &TestApp) -> Vec<(String, String)> {
    let entries = web.app.store().journal_entries(None, 50).await.unwrap();
    entries.into_iter().filter(|entry| entry.action.starts_with("login.")).map(|entry| (entry.actor, entry.action)).collect()
}

#[tokio::test]
async fn a_log_in_begins_leads_on_and_ends() {
    let web = with_ha().await;
    let answer = web.post("/login", &form(&[("name", " Ha.Tran "), ("password", PASSWORD), ("next", "/about?x=1")])).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/about?x=1".to_owned()));
    let cookie = answer.cookie("cotmoc_login").unwrap();
    let page = web.send("GET", "/about", &[("cookie", &cookie)], "").await;
    assert!(page.body.contains("ha.tran") && page.body.contains("chuyên viên") && page.body.contains("action=\"/logout\""));
    let refused = web.send("POST", "/logout", &[("cookie", &cookie)], "csrf=wrong").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let left = web.send("POST", "/logout", &[("cookie", &cookie)], &form(&[("csrf", &page.csrf())])).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    let page = web.send("GET", "/about", &[("cookie", &cookie)], "").await;
    assert!(!page.body.contains("ha.tran"));
    let told: Vec<(String, String)> =
        [("ha.tran", "login.end"), ("ha.tran", "login.begin")].map(|(who, what)| (who.to_owned(), what.to_owned())).into();
    assert_eq!(journal(&web).await, told);
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_look_the_same() {
    let web = with_ha().await;
    let mut answers = Vec::new();
    for name in ["ha.tran", "nobody", "Không có ai"] {
        let answer = web.post("/login", &form(&[("name", name), ("password", "wrong")])).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.cookie("cotmoc_login").is_none());
        assert!(answer.body.contains(&format!("value=\"{name}\"")) && !answer.body.contains("wrong"));
        answers.push(answer.body.replace(name, "").split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]) && answers[0].contains("Tên đăng nhập hoặc mật khẩu chưa đúng."));
    // What was typed as an unknown name may be a password: the journal does not keep it.
    assert!(journal(&web).await.iter().all(|(who, _)| who == "ha.tran" || who == "unknown"));
}

#[tokio::test]
async fn failures_make_a_place_wait_but_not_another() {
    let web = with_ha().await;
    let wrong = form(&[("name", "ha.tran"), ("password", "wrong")]);
    let from = |address: &'static str| [("x-forwarded-for", address)];
    for _ in 0..5 {
        assert_eq!(web.send("POST", "/login", &from("198.51.100.9"), &wrong).await.status, StatusCode::FORBIDDEN);
    }
    let right = form(&[("name", "ha.tran"), ("password", PASSWORD)]);
    let answer = web.send("POST", "/login", &from("198.51.100.9"), &right).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.header("retry-after"), "6");
    assert!(answer.body.contains("tài khoản không bị khóa ở nơi khác"));
    assert_eq!(web.send("POST", "/login", &from("203.0.113.7"), &right).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_device_that_logged_in_before_does_not_wait_for_others_failures() {
    let web = with_ha().await;
    let right = form(&[("name", "ha.tran"), ("password", PASSWORD)]);
    let device = web.post("/login", &right).await.cookie("cotmoc_device").unwrap();
    for _ in 0..6 {
        web.post("/login", &form(&[("name", "ha.tran"), ("password", "wrong")])).await;
    }
    assert_eq!(web.post("/login", &right).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(web.send("POST", "/login", &[("cookie", &device)], &right).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_one_time_password_leads_to_choosing_an_own_one_first() {
    let web = TestApp::new().await;
    web.add_account("ha.tran", "kqzt-7mwa-x3cd-9fhe", Some(NOW.plus_seconds(60))).await;
    let cookie = web.log_in("ha.tran", "kqzt-7mwa-x3cd-9fhe").await;
    let sent_on = web.send("GET", "/en/about", &[("cookie", &cookie)], "").await;
    assert_eq!((sent_on.status, sent_on.header("location")), (StatusCode::SEE_OTHER, "/en/password".to_owned()));
    let page = web.send("GET", "/password", &[("cookie", &cookie)], "").await;
    assert!(page.body.contains("<h1>Đổi mật khẩu</h1>") && !page.body.contains("current-password"));

    let choose = |new: &str, again: &str| form(&[("csrf", &page.csrf()), ("new_password", new), ("new_password_again", again)]);
    let weak = web.send("POST", "/password", &[("cookie", &cookie)], &choose("12345", "12345")).await;
    assert!(weak.status == StatusCode::UNPROCESSABLE_ENTITY && weak.body.contains("ngắn quá hoặc dễ đoán"));
    let differ = web.send("POST", "/password", &[("cookie", &cookie)], &choose(PASSWORD, "giữ rừng")).await;
    assert!(differ.body.contains("chưa giống nhau"));
    let chosen = web.send("POST", "/password", &[("cookie", &cookie)], &choose(PASSWORD, PASSWORD)).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    assert_eq!(web.send("GET", "/about", &[("cookie", &cookie)], "").await.status, StatusCode::OK);
    web.log_in("ha.tran", PASSWORD).await;
}

#[tokio::test]
async fn an_own_password_is_changed_only_with_the_present_one() {
    let web = with_ha().await;
    let cookie = web.log_in("ha.tran", PASSWORD).await;
    let page = web.send("GET", "/password", &[("cookie", &cookie)], "").await;
    let change = |present: &str| {
        let new = "bốn từ không liên quan";
        form(&[("csrf", &page.csrf()), ("password", present), ("new_password", new), ("new_password_again", new)])
    };
    let wrong = web.send("POST", "/password", &[("cookie", &cookie)], &change("wrong")).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("Mật khẩu hiện nay chưa đúng."));
    let changed = web.send("POST", "/password", &[("cookie", &cookie)], &change(PASSWORD)).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_one_time_password_ends() {
    let web = TestApp::new().await;
    web.add_account("ha.tran", PASSWORD, Some(NOW.plus_seconds(-1))).await;
    let answer = web.post("/login", &form(&[("name", "ha.tran"), ("password", PASSWORD)])).await;
    assert!(answer.status == StatusCode::FORBIDDEN && answer.body.contains("đã hết hạn"));
}

#[tokio::test]
async fn a_page_for_staff_asks_to_log_in_and_leads_back() {
    let page = TestApp::new().await.get("/en/password?a=1").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.body.contains("This page needs you to sign in") && page.body.contains("href=\"/en/login?next=%2Fen%2Fpassword%3Fa%3D1\""));
}
