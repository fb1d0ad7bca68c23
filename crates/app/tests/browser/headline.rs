//! From the home's headline down to the sentence and back: the frozen board, what was changed since, the scoreboard as it was known
//! then, a group, an indicator with its formula, the measurement, and the paper's own words or the file's line. Without scripts.

use std::path::Path;

use cotmoc::demo;
use cotmoc::scoreboard::Scoreboards;
use domain::claim::{Claim, ClaimKind};
use domain::frozen_board::FrozenBoard;
use domain::id::Id;
use domain::indicator::{AreaRule, Indicator, PeriodRule};
use domain::moment::Moment;
use domain::permission::{self, Actor};
use domain::reading::{Comparator, FigureRole};
use jiff::civil::date;
use store::Store;
use store::measurement::{NewMeasurement, Seen};
use store::task::Audience::Public;
use testbed::{Browser, Scripts, Server};

use crate::world::COTMOC;

/// Nine o'clock on the demo's day.
const NOW: Moment = Moment(1_716_170_400_000);

#[tokio::test(flavor = "multi_thread")]
async fn from_the_headline_to_the_sentence_and_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = format!("sqlite://{}", folder.path().join("so.db").display());
    let (indicator, group) = fill(&database).await;
    let arguments = ["serve", "--today", "2024-05-20", "--listen", "127.0.0.1:0", "--database", &database];
    let server = Server::start(Path::new(COTMOC), &arguments, &[]);
    let browser = Browser::open().await;
    browser.set_scripts(Scripts::Off).await;

    browser.goto(&format!("{}/", server.url())).await;
    browser.wait_for_text("h1", "13/22 nhóm mục tiêu đạt từ 100").await;
    browser.click(".hero-foot a[href^='/boards/']").await;
    browser.wait_for_text("main", "Tính lại: khớp từng chữ số").await;
    browser.wait_for_text("main", "ghi lùi ngày: đến sau khi khóa").await;
    browser.click("td a[href^='/passages/']").await;
    browser.wait_for_text("h1", "Câu trong văn bản").await;
    back(&browser).await;

    browser.click(&format!(".stones a[href$='#nhom-{group}']")).await;
    browser.wait_for_text("h1", "Bảng điểm").await;
    assert!(browser.address().await.contains("known-on=2024-04-19"), "the board as it was known then");
    let opens = format!("details.group[open] a[href*='/indicators/{indicator}?']");
    browser.click(&opens).await;
    browser.wait_for("code.filled[data-result]").await;
    browser.click(".origin a[href^='/passages/']").await;
    browser.wait_for_text("h1", "Câu trong văn bản").await;
    assert!(browser.count("main mark").await > 0, "the words are marked in their sentence");
    back(&browser).await;

    browser.click(".crumbs a[href*='#nhom-']").await;
    browser.wait_for_text("h1", "Bảng điểm").await;
    browser.click(".stones a[href$='#nhom-MV02']").await;
    browser.click("#nhom-MV02 table.indicators th a").await;
    browser.wait_for_text(".origin", "measurements.csv dòng").await;
    browser.click(".masthead a.brand").await;
    browser.wait_for_text("h1", "13/22 nhóm mục tiêu đạt từ 100").await;
    browser.click(".hero-foot a[href^='/sessions/']").await;
    browser.wait_for_text("main", "Bảng điểm đã khóa").await;
}

async fn back(browser: &Browser) {
    browser.client().back().await.expect("the page before");
}

/// The demo, and in it one figure of the session's paper accepted as a number, dated back to the day before the session. Gives the
/// indicator and its group's code.
async fn fill(database: &str) -> (Id<Indicator>, String) {
    let store = Store::open(database).await.expect("a ledger");
    demo::fill(&store, &mut |_, _, _| {}).await.expect("the demo");
    let board = store.latest_frozen_boards(Public).await.expect("boards").remove(0);
    let (ledger, horizon) = Scoreboards::default().at_head(&store).await.expect("numbers");
    let judged = |indicator: &&Indicator| {
        let group = indicator.group.and_then(|group| ledger.group(group));
        let rules = (indicator.area_rule, indicator.period_rule) == (AreaRule::None, PeriodRule::Last);
        let is_free = ledger.arrivals(board.unit, indicator.id).iter().all(|row| row.period != board.month);
        rules && is_free && indicator.unit_of_measure == "%" && group.is_some_and(|group| group.resolution == Some(board.resolution))
    };
    let indicator = ledger.nouns().indicators.iter().find(judged).expect("an indicator without a number of that month").clone();
    let claim = percentage(&store, &board, indicator.decimals).await;
    let new = NewMeasurement {
        unit: board.unit,
        indicator: indicator.id,
        period: board.month,
        known_on: date(2024, 4, 18),
        value: Some(claim.value * 10_i64.pow(u32::try_from(indicator.decimals - claim.value_scale).expect("a few digits"))),
        weight: None,
        source: None,
        claim: Some(claim.id),
        passage: Some(claim.passage),
        reason: None,
    };
    let may = permission::may_keep_measurements(&officer(&store).await, &store.unit_path(board.unit).await.expect("a path"));
    let seen = Seen { horizon: horizon.id, row: None };
    store.enter_measurement(&may.expect("an officer"), NOW, new, seen).await.expect("the number is taken");
    store.close().await;
    let group = indicator.group.and_then(|group| ledger.group(group)).expect("a group");
    (indicator.id, group.code.clone())
}

/// A percentage that the session's paper states as a result.
async fn percentage(store: &Store, board: &FrozenBoard, decimals: i64) -> Claim {
    let paper = store.documents_of_session(board.session, Public).await.expect("papers").remove(0);
    let fits = |claim: &Claim| {
        let result = (claim.kind, claim.role, claim.comparator) == (ClaimKind::Figure, FigureRole::Actual, Comparator::Eq);
        result && claim.unit_of_measure == "%" && claim.whole.is_none() && claim.value_scale <= decimals
    };
    store.claims_of_document(paper.id).await.expect("claims").into_iter().find(fits).expect("a percentage in the paper")
}

async fn officer(store: &Store) -> Actor {
    let account = store.account_named("van.thu").await.expect("accounts").expect("an officer");
    Actor::account(account.id, account.name, store.roles_of(account.id).await.expect("roles"))
}
