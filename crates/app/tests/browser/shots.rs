//! Screenshots of the demo's pages at 1440 and 390 pixels, made by every run of the tests: looked at by people, and one of
//! them stands in the README.

use std::path::Path;

use testbed::{Browser, Key, Media, Server};

use crate::world::{COTMOC, shots_folder};

/// The pages that are pictured, by the name of their picture. `{}` is filled with the first such address of a list.
const PUBLIC: [(&str, &str); 10] = [
    ("home", "/"),
    ("home-en", "/en"),
    ("article", "/news => a[href^='/news/']:not([href$='.atom'])"),
    ("session", "/sessions => main a[href^='/sessions/']"),
    ("board", "/ => .hero-foot a[href^='/boards/']"),
    ("proposals", "/proposals"),
    ("tasks", "/tasks"),
    ("scoreboard", "/scoreboards => main a[href^='/scoreboards/']"),
    ("login", "/login"),
    ("search", "/search?q=nghi+quyet"),
];
const STAFF: [(&str, &str); 3] =
    [("my-work", "/my-work"), ("readings", "/readings"), ("review", "/readings => main th a[href^='/readings/']")];
const WIDTHS: [(u32, u32); 2] = [(1440, 900), (390, 844)];

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_the_demo_are_pictured() {
    let server = Server::start(Path::new(COTMOC), &["demo", "--listen", "127.0.0.1:0"], &[]);
    let mut browser = Browser::open().await;
    for (name, place) in PUBLIC {
        picture(&mut browser, &server, name, place).await;
    }
    browser.set_media(Media::Dark).await;
    browser.resize(1440, 900).await;
    open(&browser, &server, "/").await;
    browser.screenshot_page(&shots_folder().join("home-1440-dark.png")).await;
    browser.set_media(Media::Light).await;
    let password = server
        .log()
        .split_whitespace()
        .find(|word| word.len() == 19 && word.split('-').count() == 4)
        .expect("the demo's password")
        .to_owned();
    browser.goto(&format!("{}/login", server.url().trim_end_matches('/'))).await;
    browser.fill("input[name=name]", "van.thu").await;
    browser.fill("input[name=password]", &password).await;
    browser.press(Key::Enter).await;
    browser.wait_for(".masthead .who").await;
    for (name, place) in STAFF {
        picture(&mut browser, &server, name, place).await;
    }
}

async fn picture(browser: &mut Browser, server: &Server, name: &str, place: &str) {
    for (width, height) in WIDTHS {
        browser.resize(width, height).await;
        open(browser, server, place).await;
        let overflow = browser.evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth").await;
        assert_eq!(overflow.as_i64(), Some(0), "{name} is wider than {width} pixels");
        let file = shots_folder().join(format!("{name}-{width}.png"));
        browser.screenshot_page(&file).await;
        let bytes = std::fs::metadata(&file).map_or(0, |file| file.len());
        assert!(bytes > 10_000, "{name} at {width} pixels is an empty picture");
    }
    assert_eq!(browser.console().await, Vec::<String>::new(), "{name} complains in the browser's console");
}

/// Opens `address`, or the first link of `address => selector`.
async fn open(browser: &Browser, server: &Server, place: &str) {
    let base = server.url().trim_end_matches('/').to_owned();
    match place.split_once(" => ") {
        None => browser.goto(&format!("{base}{place}")).await,
        Some((list, selector)) => {
            browser.goto(&format!("{base}{list}")).await;
            browser.click(selector).await;
            browser.wait_for("h1").await;
        }
    }
}
