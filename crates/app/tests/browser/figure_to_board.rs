//! From a sentence to the scoreboard: a figure of a report is accepted as a number of an indicator, and its group moves.

use std::path::Path;

use testbed::{Browser, Key, Server};

use crate::world::{COTMOC, plain};

/// The value lifts the group of waste and environment over its targets: 96 % of the 95 % that were promised.
const REPORT: &str = "BÁO CÁO\nKết quả vệ sinh môi trường tháng 4 năm 2024 của huyện Mường Vân\n\n\
    Trong tháng 4/2024, tỷ lệ chất thải rắn sinh hoạt được thu gom, xử lý trên địa bàn huyện Mường Vân đạt 96%.\n";
const GROUP: &str = "Tài nguyên và môi trường";

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_figure_moves_its_group() {
    let server = Server::start(Path::new(COTMOC), &["demo", "--listen", "127.0.0.1:0"], &[]);
    let url = |path: &str| format!("{}{path}", server.url().trim_end_matches('/'));
    let browser = Browser::open().await;
    log_in(&browser, &server, &url("/login")).await;

    let board = board_of(&browser, &url("/scoreboards")).await;
    assert_eq!(counts_and_group(&browser).await, ("12/22".to_owned(), "97,63 %".to_owned()));

    browser.goto(&url("/readings/new")).await;
    browser.fill("textarea[name=text]", REPORT).await;
    browser.fill("input[name=published_on]", "10/5/2024").await;
    browser.click("form[enctype] button[type=submit]").await;
    browser.wait_for("[data-desk]").await;
    browser.click("mark.figure a").await;
    browser.wait_for_text(".draft.now h3", "96%").await;
    browser.click("details.measured > summary").await;
    let offered = browser.evaluate("return document.querySelector('#f-indicator optgroup option').value").await;
    browser.select("#f-indicator", offered.as_str().expect("an indicator is offered")).await;
    browser.click("button[value=try]").await;
    browser.wait_for("details.measured[open]").await;
    let told = plain(&browser.text("details.measured").await);
    assert!(told.contains("97,63 % → 100,52 %") && told.contains("12 → 13 trên 22"), "{told}");
    browser.click(".draft.now .actions button[value=accept]").await;
    browser.wait_for(".draft.now, form[action$='/settlement']").await;
    if browser.count("button[value=all]").await > 0 {
        browser.click("button[value=all]").await;
    }
    browser.wait_for("form[action$='/settlement']").await;
    browser.click("form[action$='/settlement'] button[type=submit]").await;
    browser.wait_for_text("main", "1 số liệu vào bảng điểm").await;

    browser.goto(&board).await;
    assert_eq!(counts_and_group(&browser).await, ("13/22".to_owned(), "100,52 %".to_owned()), "the next look shows it");
}

async fn log_in(browser: &Browser, server: &Server, address: &str) {
    let is_password = |word: &&str| word.len() == 19 && word.split('-').count() == 4;
    let password = server.log().split_whitespace().find(is_password).expect("the demo's password").to_owned();
    browser.goto(address).await;
    browser.fill("input[name=name]", "van.thu").await;
    browser.fill("input[name=password]", &password).await;
    browser.press(Key::Enter).await;
    browser.wait_for(".masthead .who").await;
}

/// Opens the district's board; its address.
async fn board_of(browser: &Browser, list: &str) -> String {
    browser.goto(list).await;
    let find =
        "return [...document.querySelectorAll(\"main a[href*='/scoreboards/']\")].find(a => /huyện Mường Vân/i.test(a.textContent)).href";
    let board = browser.evaluate(find).await.as_str().expect("the district is listed").to_owned();
    browser.goto(&board).await;
    browser.wait_for_text("h1", "huyện Mường Vân").await;
    board
}

/// The headline count, and the achievement that the page prints for the group.
async fn counts_and_group(browser: &Browser) -> (String, String) {
    let words = plain(&browser.text("main").await);
    let count = words.split_whitespace().find(|word| word.ends_with("/22")).unwrap_or_default().to_owned();
    let after = words.split_once(GROUP).map(|(_, after)| after).unwrap_or_default();
    let percent = after.split(" %").next().unwrap_or_default().split_whitespace().next_back().unwrap_or_default();
    (count, format!("{percent} %"))
}
