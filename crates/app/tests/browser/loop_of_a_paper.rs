//! The loop on a real paper: handed in, reviewed by mouse and keyboard, settled, published; then the public pages show
//! it, each statement with its sentence. What is expected comes from the reader's own JSON, so the same test serves any
//! paper and holds no paper's text.

use std::path::{Path, PathBuf};

use domain::reading::{FigureRole, Reading};
use testbed::{Browser, Key};

use crate::world::{On, World, plain, reading_of};

/// Where the seed paper lies; the project holds no copy of it.
const SEED_PAPER: &str = "COTMOC_SEED_PAPER";

fn demo_paper() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../reader/cases/01-working-session.txt")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_of_the_demo_world_on_sqlite() {
    walk(On::Sqlite, &demo_paper(), "tỉnh Lam Giang").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_of_the_demo_world_on_postgresql() {
    walk(On::Postgres, &demo_paper(), "tỉnh Lam Giang").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seed_paper_in_an_empty_ledger_of_its_own() {
    let Some(paper) = std::env::var_os(SEED_PAPER).map(PathBuf::from) else {
        eprintln!("{SEED_PAPER} is not set: the seed paper is not here");
        return;
    };
    let reading = reading_of(&paper);
    assert_eq!(reading.figures.len(), 16);
    assert_eq!(reading.people.len(), 8);
    assert_eq!(reading.photos.len(), 11);
    assert_eq!(reading.proposals.len(), 4);
    let pages = walk(On::Sqlite, &paper, "tỉnh Lào Cai").await;
    for count in ["13/22", "9/22"] {
        assert!(pages.scoreboard.contains(count), "{count} is not on the scoreboard page");
        assert!(pages.home.contains(count), "{count} is not on the home page");
    }
    for (from, to) in [("37", "39"), ("11", "13")] {
        let change = pages.proposals.iter().any(|page| page.contains(&format!("{from} {to}")) || page.contains(&format!("{from} → {to}")));
        assert!(change, "no proposal shows {from} to {to}");
    }
    assert!(pages.proposals.iter().any(|page| page.contains("giữ nguyên")), "the alternative is not shown");
}

/// The words of the public pages after the walk.
struct Pages {
    home: String,
    scoreboard: String,
    proposals: Vec<String>,
}

async fn walk(on: On, paper: &Path, province: &str) -> Pages {
    let reading = reading_of(paper);
    let world = World::empty(on, province);
    let browser = Browser::open().await;
    world.log_in(&browser).await;
    hand_in(&world, &browser, paper).await;
    settle_head(&browser).await;
    decide(&browser).await;
    settle(&browser).await;
    publish(&browser).await;
    browser.click("form[action$='/logout'] button").await;
    browser.wait_for("a[href='/login']").await;
    look_as_a_citizen(&world, &browser, &reading).await
}

async fn hand_in(world: &World, browser: &Browser, paper: &Path) {
    let paper = paper.canonicalize().expect("the paper is there");
    browser.goto(&world.url("/readings/new")).await;
    browser.fill("input[name=file]", &paper.display().to_string()).await;
    browser.click("form[enctype] button[type=submit]").await;
    browser.wait_for("[data-desk]").await;
}

/// A ledger without the unit is offered it as a new one, under the province.
async fn settle_head(browser: &Browser) {
    browser.select("select[name=unit]", "new").await;
    browser.click("form[action$='/head'] button[type=submit]").await;
    browser.wait_for("details#review:not([open])").await;
}

/// One by mouse, one by keyboard, one corrected, one dropped and taken back; the rest together.
async fn decide(browser: &Browser) {
    browser.click(".draft.now button[value=accept]").await;
    browser.wait_for_text(".progress", "đã xét 1 ").await;
    browser.press("a").await;
    browser.wait_for_text(".progress", "đã xét 2 ").await;
    browser.press("s").await;
    browser.press(format!("{}{}", Key::Control, Key::Enter)).await;
    browser.wait_for_text(".progress", "đã xét 3 ").await;
    browser.press("x").await;
    browser.wait_for_text(".progress", "đã xét 4 ").await;
    browser.click("#decided > summary").await;
    browser.click("#decided li:last-child a").await;
    browser.click("button[value=take_back]").await;
    browser.wait_for_text(".progress", "đã xét 3 ").await;
    browser.click("button[value=all]").await;
    browser.wait_for("form[action$='/settlement']").await;
}

async fn settle(browser: &Browser) {
    browser.click("form[action$='/settlement'] button[type=submit]").await;
    browser.wait_for_text("main", "Đã ghi vào sổ").await;
}

async fn publish(browser: &Browser) {
    browser.click("a.button.main[href$='/edit']").await;
    browser.click("form[action$='/publication'] button, button[formaction$='/publication']").await;
    browser.wait_for("form[action$='/withdrawal'] button, button[formaction$='/withdrawal']").await;
}

async fn look_as_a_citizen(world: &World, browser: &Browser, reading: &Reading) -> Pages {
    let headline = reading.headline.clone().expect("a headline");
    browser.goto(&world.url("/")).await;
    let home = words(browser).await;
    assert!(home.contains(&plain(&headline)), "the home page does not show the article");
    for counter in ["Đang online", "Hôm nay", "Trong tuần", "Tất cả"] {
        assert!(home.contains(counter), "{counter} is missing");
    }

    browser.click(".news a[href^='/news/']").await;
    browser.wait_for("article").await;
    let article = words(browser).await;
    for photo in &reading.photos {
        assert!(article.contains(&plain(&photo.caption)), "a caption is missing: {}", photo.file);
    }

    browser.goto(&world.url("/sessions")).await;
    browser.click("main a[href^='/sessions/']").await;
    browser.wait_for("h1").await;
    let session = words(browser).await;
    for person in &reading.people {
        assert!(session.contains(&person.name), "{} is missing", person.name);
        for position in &person.positions {
            assert!(session.contains(&plain(position)), "{}: {position} is missing", person.name);
        }
    }
    for statement in &reading.statements {
        let speaker = statement.speaker.as_ref().or(statement.body.as_ref()).expect("a speaker");
        assert!(session.contains(&plain(speaker)), "{speaker} does not speak");
    }
    for conclusion in &reading.conclusions {
        assert!(session.contains(&plain(&conclusion.quote)), "a conclusion is missing");
    }

    let scoreboard = scoreboard_page(world, browser, reading).await;
    let proposals = proposal_pages(world, browser, reading).await;
    task_page(world, browser, reading).await;
    Pages { home, scoreboard, proposals }
}

async fn scoreboard_page(world: &World, browser: &Browser, reading: &Reading) -> String {
    browser.goto(&world.url("/scoreboards")).await;
    browser.click("main a[href^='/scoreboards/']").await;
    browser.wait_for("h1").await;
    let scoreboard = words(browser).await;
    assert!(scoreboard.contains("chưa tính từ số liệu"), "claims are not told from results");
    for count in &reading.group_counts {
        assert!(scoreboard.contains(&format!("{}/{}", count.met, count.of)), "a count is missing");
        if let Some(resolution) = &count.resolution {
            assert!(scoreboard.contains(&plain(resolution)), "the count's resolution is missing");
        }
    }
    let rows = browser.count("table[data-figures] tbody tr").await;
    assert_eq!(rows, reading.figures.len(), "not every figure is shown");
    let timeless = reading.figures.iter().filter(|figure| figure.period.is_none()).count();
    let told = scoreboard.matches("không ghi thời gian").count();
    assert_eq!(told, timeless, "figures without a time are told as such");
    for figure in &reading.figures {
        assert!(scoreboard.contains(&plain(&figure.measure)), "{} is missing", figure.measure);
    }
    // Every claim opens down to its sentence.
    browser.click("table[data-figures] tbody a[href*='/passages/']").await;
    browser.wait_for("blockquote, .passage").await;
    scoreboard
}

async fn proposal_pages(world: &World, browser: &Browser, reading: &Reading) -> Vec<String> {
    browser.goto(&world.url("/proposals")).await;
    assert_eq!(browser.count("main a[href^='/proposals/']").await, reading.proposals.len(), "not every proposal is listed");
    let list =
        browser.evaluate("return [...document.querySelectorAll(\"main a[href^='/proposals/']\")].map(a => a.getAttribute('href'))").await;
    let mut pages = Vec::new();
    for path in list.as_array().expect("addresses").iter().filter_map(|path| path.as_str()) {
        browser.goto(&world.url(path)).await;
        let page = words(browser).await;
        assert!(page.to_lowercase().contains("giao tham mưu"), "{path} is not assigned for advice");
        pages.push(page);
    }
    for proposal in &reading.proposals {
        assert!(pages.iter().any(|page| page.contains(&plain(&proposal.quote))), "a proposal is missing");
    }
    let changes = reading.figures.iter().filter(|figure| figure.role == FigureRole::Baseline);
    let asked = changes.filter(|figure| reading.proposals.iter().any(|proposal| proposal.span.holds(figure.span))).count();
    let shown: usize = pages.iter().map(|page| page.matches("Thay đổi đề nghị").count()).sum();
    assert!(asked == 0 || shown > 0, "structured changes are not shown");
    pages
}

async fn task_page(world: &World, browser: &Browser, reading: &Reading) {
    browser.goto(&world.url("/tasks")).await;
    let tasks = words(browser).await;
    for task in &reading.tasks {
        assert!(tasks.contains(&plain(&task.quote)), "a task is missing: {}", task.quote.chars().take(40).collect::<String>());
    }
    let commitments = reading.conclusions.iter().filter(|conclusion| conclusion.kind == domain::reading::ConclusionKind::Commitment);
    for commitment in commitments {
        assert!(tasks.contains(&plain(&commitment.quote)), "the upper level's commitment is not followed");
    }
    browser.press(Key::Escape).await;
}

async fn words(browser: &Browser) -> String {
    plain(&browser.text("main").await)
}
