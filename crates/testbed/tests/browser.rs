//! A real page in a real browser: what the functions of [`testbed::Browser`] promise.

#![allow(clippy::unwrap_used, reason = "a test fails by its panic, in its helpers too")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use testbed::{Browser, Key, Media, Scripts};

const PAGE: &str = "<!doctype html><html lang=vi><meta charset=utf-8><title>Thử</title>
<style>body { background: white; margin: 0 } @media (prefers-color-scheme: dark) { body { background: black } }
@media print { body { background: red } } main { height: 3000px }</style>
<main><h1>Cột mốc</h1><p id=script>không có kịch bản</p><p id=late></p>
<form action=/sent><input name=name value=cũ><input name=due type=date><select name=unit><option value=a>A<option value=b>B</select>
<button>Gửi</button></form></main>
<script>document.getElementById('script').textContent = 'có kịch bản';
setTimeout(() => document.getElementById('late').innerHTML = '<b>muộn</b>', 300); console.error('lỗi thử')</script>";

/// A server of one page on a port of its own, for as long as the test process lives.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut request = [0; 4096];
            let _ = connection.read(&mut request);
            let head = format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", PAGE.len());
            let _ = connection.write_all(format!("{head}{PAGE}").as_bytes());
        }
    });
    url
}

fn picture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name)
}

/// Width and height, as the head of a PNG file gives them.
fn size(path: &PathBuf) -> (u32, u32) {
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[tokio::test]
async fn a_page_is_read_filled_in_and_pictured() {
    let url = serve();
    let mut browser = Browser::open().await;
    browser.goto(&url).await;
    assert_eq!(browser.text("h1").await, "Cột mốc");
    assert_eq!(browser.text("#script").await, "có kịch bản");
    assert_eq!(browser.text("#late b").await, "muộn");
    assert!(browser.console().await.iter().any(|line| line.contains("lỗi thử")));
    assert_eq!(browser.evaluate("return navigator.language").await, "vi");

    browser.resize(360, 640).await;
    browser.screenshot(&picture("phone.png")).await;
    assert_eq!(size(&picture("phone.png")), (360, 640));
    browser.screenshot_page(&picture("phone-page.png")).await;
    assert!(size(&picture("phone-page.png")).1 >= 3000);
    assert_eq!(browser.evaluate("return innerHeight").await, 640);

    browser.fill("[name=name]", "mới").await;
    browser.fill("[name=due]", "2024-05-20").await;
    browser.select("[name=unit]", "b").await;
    browser.click("[name=name]").await;
    browser.press(Key::Enter).await;
    // The page that was left holds the same words: only its address tells the next one apart.
    let sent = "/sent?name=m%E1%BB%9Bi&due=2024-05-20&unit=b";
    let mut looks = 0;
    while !browser.address().await.ends_with(sent) && looks < 500 {
        looks += 1;
    }
    assert!(browser.address().await.ends_with(sent), "{}", browser.address().await);
    browser.wait_for_text("#script", "có").await;
}

#[tokio::test]
async fn scripts_schemes_and_paper_can_be_chosen() {
    let url = serve();
    let browser = Browser::open().await;
    browser.set_scripts(Scripts::Off).await;
    browser.set_media(Media::Dark).await;
    browser.goto(&url).await;
    assert_eq!(browser.text("#script").await, "không có kịch bản");
    assert_eq!(browser.count("#late b").await, 0);
    let background = "return getComputedStyle(document.body).backgroundColor";
    assert_eq!(browser.evaluate(background).await, "rgb(0, 0, 0)");
    browser.set_media(Media::Print).await;
    assert_eq!(browser.evaluate(background).await, "rgb(255, 0, 0)");
    browser.set_scripts(Scripts::On).await;
    browser.goto(&url).await;
    browser.wait_for_text("#script", "có kịch bản").await;
}

#[tokio::test]
async fn no_other_host_is_known() {
    let url = serve();
    let browser = Browser::open().await;
    browser.goto(&url).await;
    let script = "return fetch('http://elsewhere.test/').then(() => 'reached', () => 'refused')";
    assert_eq!(browser.evaluate(script).await, "refused");
    assert!(browser.console().await.iter().any(|line| line.contains("ERR_NAME_NOT_RESOLVED")));
}

#[tokio::test]
async fn a_dropped_browser_leaves_nothing() {
    let browser = Browser::open().await;
    let profile = browser.client().capabilities().unwrap()["chrome"]["userDataDir"].as_str().unwrap().to_owned();
    assert!(PathBuf::from(&profile).exists());
    drop(browser);
    assert!(!PathBuf::from(&profile).parent().unwrap().exists());
}
