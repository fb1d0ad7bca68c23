//! The search box by keyboard alone: the key that leads to it, what it offers, how it is chosen, put away and sent.

use std::path::Path;

use serde_json::json;
use testbed::{Browser, Key, Server};

use crate::world::COTMOC;

async fn attribute(browser: &Browser, name: &str) -> serde_json::Value {
    browser.evaluate(&format!("return document.querySelector('#tim-nhanh').getAttribute('{name}')")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_are_chosen_with_arrows_and_anything_is_searched_with_enter() {
    let server = Server::start(Path::new(COTMOC), &["demo", "--listen", "127.0.0.1:0"], &[]);
    let base = server.url().trim_end_matches('/').to_owned();
    let mut browser = Browser::open().await;
    browser.resize(1440, 900).await;
    browser.goto(&format!("{base}/about")).await;
    browser.press("/").await;
    assert_eq!(browser.evaluate("return document.activeElement.id").await, json!("tim-nhanh"));
    assert_eq!(attribute(&browser, "role").await, json!("combobox"));
    assert_eq!(attribute(&browser, "aria-expanded").await, json!("false"));

    browser.press("huyen").await;
    browser.wait_for("#tim-nhanh-offered [role=option]").await;
    assert_eq!(attribute(&browser, "aria-expanded").await, json!("true"));
    assert_eq!(attribute(&browser, "aria-activedescendant").await, json!(null), "nothing is chosen before an arrow chooses");
    browser.press(Key::Down).await;
    assert_eq!(attribute(&browser, "aria-activedescendant").await, json!("tim-nhanh-offered-0"));
    assert_eq!(browser.count("#tim-nhanh-offered [aria-selected=true]").await, 1);
    assert_eq!(browser.evaluate("return document.activeElement.id").await, json!("tim-nhanh"), "the focus stays in the field");
    browser.press(Key::Escape).await;
    assert_eq!(attribute(&browser, "aria-expanded").await, json!("false"));
    assert_eq!(browser.evaluate("return document.querySelector('#tim-nhanh').value").await, json!("huyen"), "what was typed stays");

    browser.press(Key::Down).await;
    browser.wait_for("#tim-nhanh-offered:not([hidden])").await;
    browser.press(Key::Down).await;
    let title = browser.text("#tim-nhanh-offered [aria-selected=true] b").await;
    browser.press(Key::Enter).await;
    browser.wait_for_text("h1", &title).await;

    browser.press("/").await;
    browser.press("kien nghi").await;
    browser.press(Key::Enter).await;
    browser.wait_for(".found li").await;
    assert!(browser.address().await.contains("/search?q=kien+nghi"), "{}", browser.address().await);
    assert!(browser.count(".found mark").await > 0);
    assert_eq!(browser.console().await, Vec::<String>::new());
}
