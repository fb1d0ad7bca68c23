//! Every page in its own language: English pages hold no Vietnamese word of the interface, Vietnamese ones no English word.
//! What the ledger and its papers say stays as it is; a page marks it with `lang="vi"`, for screen readers and for this test.

mod ledger;
mod markup;
mod messages;
mod verdict;
mod walk;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use cotmoc::demo;

use self::ledger::LedgerWords;
use self::verdict::{NAMED, faults_of_english, faults_of_vietnamese, printed};
use self::walk::{Addresses, Walk};
use crate::support::TestApp;

/// Every role, the widest last: what it changes, the others have seen before.
const VISITORS: [&str; 6] = ["", "kiem.tra", "bao.cao", "muong.van", "quan.tri", "van.thu"];

/// Addresses that the walk does not come to, with the reason.
const NOT_LINKED: [&str; 2] = [
    // JSON for the search box, which a script asks.
    "/search/suggestions",
    // Leads on to the history of its indicator; what was accepted from a paper links to it, and the demo has none of that.
    "/measurements/{measurement}",
];

/// The demo's world, with the password of its accounts.
async fn world() -> (TestApp, String) {
    let web = TestApp::demo().await;
    let password = demo::fill(web.app.store(), &mut |_, _, _| {}).await.unwrap();
    demo::add_photos(&web.app).await.unwrap();
    (web, password)
}

async fn cookie(web: &TestApp, name: &str, password: &str) -> Option<String> {
    if name.is_empty() { None } else { Some(web.log_in(name, password).await) }
}

#[tokio::test]
async fn english_pages_are_english() {
    let (web, password) = world().await;
    let addresses = Addresses::of_pages();
    let (mut seen, mut opened) = (Vec::new(), BTreeSet::new());
    for name in VISITORS {
        let pages_max = if matches!(name, "" | "van.thu") { 5 } else { 1 };
        let mut walk = Walk::new(&web, &addresses, "/en", name, cookie(&web, name, &password).await).pages_a_pattern(pages_max);
        walk.follow_links().await;
        if name == "van.thu" {
            walk.send_forms().await;
        }
        opened.append(&mut walk.opened);
        seen.append(&mut walk.seen);
    }
    let missed: Vec<&String> =
        addresses.all().iter().filter(|path| !opened.contains(*path) && !NOT_LINKED.contains(&path.as_str())).collect();
    assert_eq!(missed, Vec::<&String>::new(), "pages that the walk has not opened");
    for status in [403, 409, 422] {
        assert!(seen.iter().any(|page| page.status == status), "no form came back with {status}");
    }
    let faults = faults_of_english(&seen, &LedgerWords::of(web.app.store()).await);
    assert!(faults.is_empty(), "{}", printed(&faults));
}

#[tokio::test]
async fn vietnamese_pages_are_vietnamese() {
    let (web, password) = world().await;
    let addresses = Addresses::of_pages();
    let mut seen = Vec::new();
    for name in ["", "van.thu"] {
        let mut walk = Walk::new(&web, &addresses, "", name, cookie(&web, name, &password).await).pages_a_pattern(2);
        walk.follow_links().await;
        if name == "van.thu" {
            walk.send_forms().await;
        }
        seen.append(&mut walk.seen);
    }
    let faults = faults_of_vietnamese(&seen);
    assert!(faults.is_empty(), "{}", printed(&faults));
}

#[tokio::test]
async fn an_empty_ledger_is_english_too() {
    let web = TestApp::new().await;
    web.add_account("van.thu", "ba con suối nhỏ", None).await;
    let addresses = Addresses::of_pages();
    let mut seen = Vec::new();
    for name in ["", "van.thu"] {
        let mut walk = Walk::new(&web, &addresses, "/en", name, cookie(&web, name, "ba con suối nhỏ").await).pages_a_pattern(2);
        walk.follow_links().await;
        seen.append(&mut walk.seen);
    }
    let faults = faults_of_english(&seen, &LedgerWords::of(web.app.store()).await);
    assert!(faults.is_empty(), "{}", printed(&faults));
}

#[tokio::test]
async fn what_goes_wrong_is_told_in_english() {
    let (web, addresses) = (TestApp::failing().await, Addresses::of_pages());
    let mut walk = Walk::new(&web, &addresses, "/en", "", None);
    let too_large = "a".repeat(1024 * 1024 + 1);
    for (method, address, body, status) in [
        ("GET", "/en/nowhere", "", StatusCode::NOT_FOUND),
        ("GET", "/en/panic", "", StatusCode::INTERNAL_SERVER_ERROR),
        ("POST", "/en/about", "", StatusCode::METHOD_NOT_ALLOWED),
        ("POST", "/en/fail", "reason=x", StatusCode::INTERNAL_SERVER_ERROR),
        ("POST", "/en/fail", too_large.as_str(), StatusCode::PAYLOAD_TOO_LARGE),
        ("POST", "/en/problem", "due=31%2F2", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(walk.try_out(method, address, body).await.status, status, "{address}");
    }
    let real = TestApp::new().await;
    let mut strict = Walk::new(&real, &addresses, "/en", "", None);
    for (address, status) in [
        ("/en/my-work", StatusCode::FORBIDDEN),
        ("/en/journal", StatusCode::FORBIDDEN),
        ("/en/tasks/1", StatusCode::NOT_FOUND),
        ("/en/tasks/one", StatusCode::BAD_REQUEST),
        ("/en/api/v1/scoreboards?moon=1", StatusCode::BAD_REQUEST),
        ("/en/api/v1/scoreboards?month=2024-13", StatusCode::BAD_REQUEST),
        ("/en/api/v1/scoreboards", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(strict.try_out("GET", address, "").await.status, status, "{address}");
    }
    walk.seen.append(&mut strict.seen);
    let faults = faults_of_english(&walk.seen, &LedgerWords::of(web.app.store()).await);
    assert!(faults.is_empty(), "{}", printed(&faults));
}

#[test]
fn every_message_has_an_english_of_its_own() {
    /// Made of names, codes, figures and arguments only.
    const SAME: [&str; 23] = [
        "api.expected_all",
        "claim.between",
        "claim.years",
        "command.demo_account",
        "formula.down",
        "formula.down_percent",
        "formula.from_baseline",
        "formula.from_baseline_percent",
        "formula.up",
        "formula.up_percent",
        "home.in_paper",
        "measurement.entered_by",
        "photo.position",
        "reading.session_choice",
        "scoreboard.range",
        "session.description",
        "session.title",
        "site.name",
        "site.title",
        "view.csv",
        "view.json",
        "view.trend_chart",
        "view.trend_span",
    ];
    let same: Vec<String> =
        messages::messages().into_iter().filter(|message| message.vi == message.en).map(|message| message.key).collect();
    let unexplained: Vec<&String> = same.iter().filter(|key| !SAME.contains(&key.as_str())).collect();
    assert_eq!(unexplained, Vec::<&String>::new(), "the English of these is their Vietnamese");
}

#[test]
fn no_english_message_holds_a_vietnamese_letter_unnamed() {
    for message in messages::messages() {
        let english = NAMED.iter().fold(message.en.clone(), |text, (named, _)| text.replace(named, ""));
        assert!(!messages::has_vietnamese_mark(&english), "{}: {}", message.key, message.en);
    }
}
