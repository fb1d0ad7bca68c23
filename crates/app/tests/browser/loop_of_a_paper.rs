//! The loop on a real paper: handed in, reviewed by mouse and keyboard, settled, published; then the public pages show
//! it, each statement with its sentence. What is expected comes from the reader's own JSON, so the same test serves any
//! paper and holds no paper's text.

use std::path::{Path, PathBuf};

use domain::reading::{FigureRole, Reading};
use testbed::{Browser, Key, Scripts};

use crate::world::{On, World, plain, reading_of};

/// Where the seed paper lies; the project holds no copy of it.
const SEED_PAPER: &str = "COTMOC_SEED_PAPER";

fn demo_paper() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../reader/cases/01-working-session.txt")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_of_the_demo_world_on_sqlite() {
    walk(On::Sqlite, &demo_paper(), "tỉnh Lam Giang", Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_of_the_demo_world_on_postgresql_without_scripts() {
    walk(On::Postgres, &demo_paper(), "tỉnh Lam Giang", Scripts::Off).await;
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
    let pages = walk(On::Sqlite, &paper, "tỉnh Lào Cai", Scripts::On).await;
    for count in ["13/22", "9/22"] {
        assert!(pages.scoreboard.contains(count), "{count} is not on the scoreboard page");
        assert!(pages.home.contains(count), "{count} is not on the home page");
    }
    for (from, to) in [("37", "39"), ("11", "13")] {
        let told = pages.changes.iter().any(|change| change.starts_with(from) && change.contains(to));
        assert!(told, "no proposal shows {from} to {to}: {:?}", pages.changes);
    }
    assert!(pages.proposals.iter().any(|page| page.contains("giữ nguyên")), "the alternative is not shown");
}

/// The words of the public pages after the walk.
struct Pages {
    home: String,
    scoreboard: String,
    proposals: Vec<String>,
    /// What proposals ask to change, as printed: "35 → 37 đồng chí".
    changes: Vec<String>,
}

async fn walk(on: On, paper: &Path, province: &str, scripts: Scripts) -> Pages {
    let reading = reading_of(paper);
    let world = World::empty(on, province);
    let browser = Browser::open().await;
    browser.set_scripts(scripts).await;
    world.log_in(&browser).await;
    hand_in(&world, &browser, paper).await;
    settle_head(&browser).await;
    decide(&browser, scripts).await;
    settle(&browser).await;
    publish(&browser).await;
    browser.click("form[action$='/logout'] button").await;
    browser.wait_for("a[href='/login']").await;
    look_as_a_citizen(&world, &browser, &reading).await
}

pub async fn hand_in(world: &World, browser: &Browser, paper: &Path) {
    let paper = paper.canonicalize().expect("the paper is there");
    browser.goto(&world.url("/readings/new")).await;
    browser.fill("input[name=file]", &paper.display().to_string()).await;
    browser.click("form[enctype] button[type=submit]").await;
    browser.wait_for("[data-desk]").await;
}

/// A ledger without the unit is offered it as a new one, under the province.
pub async fn settle_head(browser: &Browser) {
    browser.select("select[name=unit]", "new").await;
    browser.click("form[action$='/head'] button[type=submit]").await;
    browser.wait_for("details#review:not([open])").await;
}

/// One by mouse, then, where scripts run, by keyboard: one accepted, one corrected, one dropped and taken back; the rest
/// together.
async fn decide(browser: &Browser, scripts: Scripts) {
    browser.click(".draft.now button[value=accept]").await;
    browser.wait_for_text(".progress", "đã xét 1 ").await;
    press_or_click(browser, scripts, "a", "accept").await;
    browser.wait_for_text(".progress", "đã xét 2 ").await;
    if scripts == Scripts::On {
        browser.press("s").await;
        browser.press(format!("{}{}", Key::Control, Key::Enter)).await;
    } else {
        browser.click(".draft.now .actions button[value=correct]").await;
    }
    browser.wait_for_text(".progress", "đã xét 3 ").await;
    press_or_click(browser, scripts, "x", "drop").await;
    browser.wait_for_text(".progress", "đã xét 4 ").await;
    browser.click("#decided > summary").await;
    browser.click("#decided li:last-child a").await;
    browser.click("button[value=take_back]").await;
    browser.wait_for_text(".progress", "đã xét 3 ").await;
    browser.click("button[value=all]").await;
    browser.wait_for("form[action$='/settlement']").await;
}

async fn press_or_click(browser: &Browser, scripts: Scripts, key: &str, button: &str) {
    match scripts {
        Scripts::On => browser.press(key).await,
        Scripts::Off => browser.click(&format!(".draft.now button[value={button}]")).await,
    }
}

pub async fn settle(browser: &Browser) {
    browser.click("form[action$='/settlement'] button[type=submit]").await;
    browser.wait_for_text("main", "Đã ghi vào sổ").await;
}

pub async fn publish(browser: &Browser) {
    browser.click("a.button.main[href$='/edit']").await;
    browser.click("form[action$='/publication'] button, button[formaction$='/publication']").await;
    browser.wait_for("article.article").await;
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
    let (proposals, changes) = proposal_pages(world, browser, reading).await;
    task_page(world, browser, reading).await;
    Pages { home, scoreboard, proposals, changes }
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
    let rows = browser.count("table.figures tbody tr").await;
    assert_eq!(rows, reading.figures.len(), "not every figure is shown");
    let timeless = reading.figures.iter().filter(|figure| figure.period.is_none()).count();
    let told = scoreboard.matches("không ghi thời gian").count();
    assert_eq!(told, timeless, "figures without a time are told as such");
    for figure in &reading.figures {
        assert!(scoreboard.contains(&plain(&figure.measure)), "{} is missing", figure.measure);
    }
    // Every claim opens down to its sentence.
    browser.click("table.figures tbody a[href*='/passages/']").await;
    browser.wait_for_text("h1", "Câu trong văn bản").await;
    let sentence = words(browser).await;
    assert!(reading.figures.iter().any(|figure| sentence.contains(&plain(&figure.quote))), "the sentence does not hold the figure");
    scoreboard
}

async fn proposal_pages(world: &World, browser: &Browser, reading: &Reading) -> (Vec<String>, Vec<String>) {
    browser.goto(&world.url("/proposals")).await;
    assert_eq!(browser.count("main a[href^='/proposals/']").await, reading.proposals.len(), "not every proposal is listed");
    let list =
        browser.evaluate("return [...document.querySelectorAll(\"main a[href^='/proposals/']\")].map(a => a.getAttribute('href'))").await;
    let (mut pages, mut changes) = (Vec::new(), Vec::new());
    for path in list.as_array().expect("addresses").iter().filter_map(|path| path.as_str()) {
        browser.goto(&world.url(path)).await;
        let page = words(browser).await;
        assert!(page.to_lowercase().contains("giao tham mưu"), "{path} is not assigned for advice");
        pages.push(page);
        let told = browser.evaluate("return [...document.querySelectorAll('.change')].map(change => change.textContent)").await;
        changes.extend(told.as_array().into_iter().flatten().filter_map(|change| change.as_str()).map(plain));
    }
    for proposal in &reading.proposals {
        assert!(pages.iter().any(|page| page.contains(&plain(&proposal.quote))), "a proposal is missing");
    }
    let baselines = reading.figures.iter().filter(|figure| figure.role == FigureRole::Baseline);
    let asked = baselines.filter(|figure| reading.proposals.iter().any(|proposal| proposal.span.holds(figure.span))).count();
    assert_eq!(changes.len(), asked, "not every structured change is shown");
    (pages, changes)
}

async fn task_page(world: &World, browser: &Browser, reading: &Reading) {
    browser.goto(&world.url("/tasks")).await;
    // Titles begin with a capital; quotations stay as printed.
    let tasks = words(browser).await.to_lowercase();
    for task in &reading.tasks {
        assert!(
            tasks.contains(&plain(&task.quote).to_lowercase()),
            "a task is missing: {}",
            task.quote.chars().take(40).collect::<String>()
        );
    }
    let commitments = reading.conclusions.iter().filter(|conclusion| conclusion.kind == domain::reading::ConclusionKind::Commitment);
    for commitment in commitments {
        assert!(tasks.contains(&plain(&commitment.quote).to_lowercase()), "the upper level's commitment is not followed");
    }
    browser.press(Key::Escape).await;
}

async fn words(browser: &Browser) -> String {
    plain(&browser.text("main").await)
}
