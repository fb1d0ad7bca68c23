//! Photos from many files to the gallery: by the script, with its progress, and without it.

use std::path::{Path, PathBuf};

use testbed::{Browser, Key, Scripts};

use crate::loop_of_a_paper::{hand_in, publish, settle, settle_head};
use crate::world::{On, World, shots_folder};

/// The drawn photos of the demo, and one file that is none.
fn files(names: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/photos");
    let path = |name: &&str| match *name {
        "README" => Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"),
        name => folder.join(name),
    };
    let paths: Vec<PathBuf> = names.iter().map(path).collect();
    // WebDriver takes several files as lines.
    paths.iter().map(|path| path.canonicalize().expect("the file is there").display().to_string()).collect::<Vec<_>>().join("\n")
}

/// The paper of the demo's session, public; the browser stands on its article.
async fn published(world: &World, browser: &Browser) -> String {
    world.log_in(browser).await;
    hand_in(world, browser, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../reader/cases/01-working-session.txt")).await;
    settle_head(browser).await;
    browser.click("button[value=all]").await;
    settle(browser).await;
    publish(browser).await;
    browser.address().await
}

#[tokio::test(flavor = "multi_thread")]
async fn several_files_at_once_with_progress_then_the_gallery_by_keys() {
    let world = World::empty(On::Sqlite, "tỉnh Lam Giang");
    let mut browser = Browser::open().await;
    let article = published(&world, &browser).await;
    browser.click("a[href$='/photos']").await;
    let page = browser.address().await;
    // What the pages on the way here said is their own tests' matter.
    browser.console().await;
    browser.fill("#tep-anh", &files(&["LGO_2041.JPG", "README", "LGO_2057.JPG", "LGO_2098.JPG"])).await;
    browser.click("[data-send-files] button[type=submit]").await;
    browser.wait_for_text("[data-words]", "Xong: 3 trên 4 tệp").await;
    assert_eq!(browser.count("[data-sending] [data-list] progress").await, 4);
    assert_eq!(browser.count("[data-sending] [data-list] .state.done").await, 3);
    browser.wait_for_text("[data-sending] [data-list]", "không phải ảnh").await;
    // What stands beside the captions came anew, the list of results stayed, and nothing was loaded again.
    browser.wait_for("#chu-thich + .meta").await;
    browser.wait_for_text("#anh-cua-van-ban", "3 trên 6").await;
    assert_eq!(browser.address().await, page);
    browser.screenshot_page(&shots_folder().join("photos-sent-1280.png")).await;
    browser.resize(390, 844).await;
    browser.screenshot_page(&shots_folder().join("photos-sent-390.png")).await;
    browser.resize(1280, 900).await;

    browser.goto(&article).await;
    assert_eq!(browser.count("figure.photo img").await, 3);
    assert_eq!(browser.count(".photo-missing").await, 3);
    browser.click("figure.photo a").await;
    browser.wait_for_text(".gallery-ways", "1 / 3").await;
    browser.screenshot_page(&shots_folder().join("gallery-1280.png")).await;
    for (key, position) in [(Key::Right, "2 / 3"), (Key::Right, "3 / 3"), (Key::Left, "2 / 3"), (Key::Home, "1 / 3"), (Key::End, "3 / 3")] {
        browser.press(key).await;
        browser.wait_for_text(".gallery-ways", position).await;
    }
    browser.press(Key::Escape).await;
    browser.wait_for("article.article").await;
    assert!(browser.address().await.contains("#anh-"), "back at the photo's place");
    // The browser notes the answer to the file that is none; nothing else went wrong.
    let mut console = browser.console().await;
    console.retain(|line| !line.contains("415"));
    assert_eq!(console, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_without_a_script() {
    let world = World::empty(On::Sqlite, "tỉnh Lam Giang");
    let browser = Browser::open().await;
    let article = published(&world, &browser).await;
    browser.set_scripts(Scripts::Off).await;
    browser.goto(&article).await;
    browser.click("a[href$='/photos']").await;
    browser.fill("#tep-anh", &files(&["LGO_2041.JPG", "README", "LGO_2057.JPG"])).await;
    browser.click("[data-send-files] button[type=submit]").await;
    browser.wait_for_text("#ket-qua", "Kết quả").await;
    browser.wait_for_text("#anh-cua-van-ban", "2 trên 6").await;
    browser.goto(&article).await;
    browser.click("figure.photo a").await;
    browser.wait_for_text(".gallery-ways", "1 / 2").await;
    browser.click(".gallery-ways [rel=next]").await;
    browser.wait_for_text(".gallery-ways", "2 / 2").await;
    browser.click(".gallery-ways [rel=prev]").await;
    browser.wait_for_text(".gallery-ways", "1 / 2").await;
    browser.click(".crumbs a").await;
    browser.wait_for("article.article").await;
}
