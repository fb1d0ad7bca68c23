//! Pages enlarged: 200 % and 400 % as a browser zooms (the layout has half or a quarter of the width), and letters alone at 200 %.
//! Nothing hangs out of the page, nothing is cut off, nothing lies over other words.

use serde_json::Value;
use testbed::{Browser, Media};

use crate::access::open;
use crate::places::{ALL, PAGES, Who};
use crate::world::Demo;

/// What is wrong with a page at its size.
const ENLARGED: &str = include_str!("enlarged.js");

/// The width and height that are left for the layout, and the size of letters in percent.
const SIZES: [((u32, u32), u32); 5] = [
    // 1440 × 900 at 200 %, 1280 × 1024 at 400 % (WCAG 1.4.10), a small phone.
    ((720, 450), 100),
    ((320, 256), 100),
    ((360, 640), 100),
    // Letters alone at 200 % (WCAG 1.4.4).
    ((1440, 900), 200),
    ((390, 844), 200),
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_cut_off_when_pages_are_enlarged() {
    let demo = Demo::start();
    let mut browser = Browser::open().await;
    browser.set_media(Media::StillLight).await;
    let mut wrong = Vec::new();
    for who in ALL {
        if let Who::Account(name) = who {
            demo.log_in(&browser, name).await;
        }
        for page in PAGES.iter().filter(|page| page.who == who && !page.place.starts_with("/en")) {
            browser.resize(1280, 900).await;
            open(&browser, &|path| demo.url(path), page.place).await;
            for ((width, height), letters) in SIZES {
                browser.resize(width, height).await;
                let found = browser.evaluate(&ENLARGED.replace("LETTERS", &letters.to_string())).await;
                let said = found.as_array().into_iter().flatten().filter_map(Value::as_str);
                wrong.extend(said.map(|said| format!("{} {who:?}, {width} × {height}, letters {letters} %: {said}", page.place)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}
