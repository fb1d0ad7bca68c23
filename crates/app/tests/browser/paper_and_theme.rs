//! Pages as they are printed and in the theme that a reader chose; and what pages say to programs breaks no rule of their policy.

use std::path::Path;

use testbed::{Browser, Media, Server};

use crate::world::COTMOC;

/// Each with the most sheets that it may take with the demo's data.
const PRINTED: [(&str, &str, usize); 6] = [
    ("article", "/news => a[href^='/news/']:not([href$='.atom'])", 11),
    ("session", "/sessions => main a[href^='/sessions/']", 8),
    ("scoreboard", "/scoreboards => main a[href^='/scoreboards/']", 6),
    ("board", "/ => .hero-foot a[href^='/boards/']", 6),
    ("tasks", "/tasks", 6),
    ("unit", "/units => main a[href^='/units/']", 6),
];
const BACKGROUND: &str = "return getComputedStyle(document.body).backgroundColor";
const PAPER: &str = "rgb(250, 249, 246)";
const DARK: &str = "rgb(20, 20, 18)";
const WHITE: &str = "rgb(255, 255, 255)";

#[tokio::test(flavor = "multi_thread")]
async fn pages_print_and_keep_the_chosen_theme() {
    let server = Server::start(Path::new(COTMOC), &["demo", "--listen", "127.0.0.1:0"], &[]);
    let base = server.url().trim_end_matches('/').to_owned();
    let mut browser = Browser::open().await;
    browser.resize(1440, 900).await;
    the_theme_is_kept(&browser, &base).await;
    // Whatever theme was chosen, paper is white.
    for (name, place, sheets_max) in PRINTED {
        let (list, link) = place.split_once(" => ").unwrap_or((place, ""));
        browser.set_media(Media::Light).await;
        browser.goto(&format!("{base}{list}")).await;
        if !link.is_empty() {
            browser.click(link).await;
        }
        browser.wait_for("h1").await;
        let sheets = sheets(&browser.print().await);
        assert!((1..=sheets_max).contains(&sheets), "{name} takes {sheets} sheets");
        browser.set_media(Media::Print).await;
        assert_eq!(browser.evaluate(BACKGROUND).await, WHITE, "{name}");
        let hidden = "return ['.masthead', '.skip', '.theme'].every(part => !document.querySelector(part)?.checkVisibility())";
        assert_eq!(browser.evaluate(hidden).await.as_bool(), Some(true), "{name} prints what is for screens");
        let signed = "return document.querySelector('.seal-line').checkVisibility()";
        assert_eq!(browser.evaluate(signed).await.as_bool(), Some(true), "{name} does not say which state of the ledger it shows");
        assert_eq!(browser.console().await, Vec::<String>::new(), "{name} complains in the browser's console");
    }
}

async fn the_theme_is_kept(browser: &Browser, base: &str) {
    browser.set_media(Media::Light).await;
    browser.goto(&format!("{base}/about")).await;
    assert_eq!(browser.evaluate(BACKGROUND).await, PAPER);
    browser.click(".theme button[value=light]").await;
    browser.set_media(Media::Dark).await;
    browser.goto(&format!("{base}/en")).await;
    assert_eq!(browser.evaluate(BACKGROUND).await, PAPER, "light was chosen, whatever the device says");
    browser.click(".theme button[value='']").await;
    assert_eq!(browser.evaluate(BACKGROUND).await, DARK, "as the device");
    browser.set_media(Media::Light).await;
    browser.click(".theme button[value=dark]").await;
    browser.goto(&format!("{base}/news")).await;
    assert_eq!(browser.evaluate(BACKGROUND).await, DARK);
    let pressed = "return document.querySelector('.theme [aria-pressed=true]').value";
    assert_eq!(browser.evaluate(pressed).await, "dark");
}

/// The sheets of a PDF.
fn sheets(pdf: &[u8]) -> usize {
    assert!(pdf.starts_with(b"%PDF-"), "no PDF");
    let mark = b"/Type /Page";
    let is_sheet = |at: &usize| pdf[*at..].starts_with(mark) && pdf.get(at + mark.len()) != Some(&b's');
    (0..pdf.len()).filter(is_sheet).count()
}
