//! A session freezes its board: kept digit by digit, recomputed when it is opened, with what was changed since; the home's headline
//! stays while the newest month moves.

use axum::http::StatusCode;
use domain::group::Group;
use domain::id::Id;
use domain::indicator::{AreaRule, Direction, Indicator, PeriodRule};
use domain::measurement::Measurement;
use domain::permission::operator;
use domain::resolution::{Bands, GroupRule, Resolution};
use domain::target::Target;
use jiff::civil::{Date, date};
use store::record::Record;

use crate::paper::{Land, NEWS, PASSWORD};
use crate::support::{Answer, NOW, TestApp};

/// As many as the paper counts: 17 that are reached and 9 on the way.
const GROUPS: i64 = 26;
const REACHED: i64 = 17;

/// A session with a paper, and a board to freeze.
struct Story {
    web: TestApp,
    land: Land,
    resolution: Resolution,
    indicators: Vec<Id<Indicator>>,
    session: String,
    officer: String,
}

impl Story {
    /// A published session of 14/5/2024; numbers of March and April are known.
    async fn begin() -> Self {
        let web = TestApp::new().await;
        let land = web.settle_land().await;
        let settled = web.publish_paper(&land, NEWS).await;
        let (resolution, indicators) = settle_resolution(&web, &land).await;
        let officer = web.log_in("tinh", PASSWORD).await;
        let session = format!("/sessions/{}", settled.session.unwrap());
        let story = Self { web, land, resolution, indicators, session, officer };
        for (period, known_on) in [("2024-03", date(2024, 4, 5)), ("2024-04", date(2024, 5, 6))] {
            for (at, _) in (1..).zip(&story.indicators) {
                story.report(at, period, known_on, if at <= REACHED { 100 } else { 80 }, None).await;
            }
        }
        story
    }

    /// A number of the group that stands at a place.
    async fn report(&self, place: i64, period: &str, known_on: Date, value: i64, reason: Option<&str>) {
        let indicator = self.indicators[usize::try_from(place - 1).unwrap()];
        add(&self.web, |id| Measurement {
            id,
            unit: self.land.district,
            indicator,
            period: period.parse().unwrap(),
            known_on,
            value: Some(value),
            weight: None,
            source: None,
            load: None,
            line: None,
            claim: None,
            passage: None,
            reason: reason.map(str::to_owned),
            entered_by: Some("lan.chi".to_owned()),
            entered_at: Some(NOW),
        })
        .await;
    }

    async fn freeze(&self, fields: &[(&str, &str)]) -> Answer {
        self.web.submit(&self.officer, &self.session, &format!("{}/board", self.session), fields).await
    }

    /// Freezes with the defaults; the address of the board.
    async fn frozen(&self, fields: &[(&str, &str)]) -> String {
        let answer = self.freeze(fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.header("location")
    }

    async fn page(&self, path: &str) -> String {
        let page = self.web.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        page.body.replace('\u{a0}', " ")
    }
}

/// Adds one row, as a load of one row would.
async fn add<R: Record>(web: &TestApp, row: impl FnOnce(Id<R>) -> R) -> Id<R> {
    let mut write = web.app.store().write(&operator::may_load(), NOW).await.unwrap();
    let row = row(write.new_id());
    write.insert(&row).await.unwrap();
    write.commit("load.add", "load/1").await.unwrap();
    row.id()
}

async fn settle_resolution(web: &TestApp, land: &Land) -> (Resolution, Vec<Id<Indicator>>) {
    let resolution = |id| Resolution {
        id,
        code: "KT15".to_owned(),
        name: "Nghị quyết Đại hội Đảng bộ huyện Khe Trà lần thứ XV".to_owned(),
        symbol: None,
        issued_on: None,
        issued_by: "Đại hội".to_owned(),
        issuer: None,
        unit: Some(land.district),
        valid_from: None,
        valid_to: None,
        group_rule: GroupRule::Mean,
        bands: Bands::default(),
        from_baseline: false,
        document: None,
    };
    let id = add(web, resolution).await;
    let mut indicators = Vec::new();
    for place in 1..=GROUPS {
        let group = |group| Group {
            id: group,
            resolution: Some(id),
            resolution_code: "KT15".to_owned(),
            code: format!("KT{place:02}"),
            name: format!("Mục tiêu thứ {place}"),
            weight: 1,
        };
        let group = add(web, group).await;
        let indicator = |indicator| Indicator {
            id: indicator,
            code: format!("KT{place:02}01"),
            name: format!("Chỉ tiêu thứ {place}"),
            unit_of_measure: "hộ".to_owned(),
            decimals: 0,
            direction: Direction::Up,
            area_rule: AreaRule::Sum,
            period_rule: PeriodRule::Last,
            group: Some(group),
            weight: 1,
            folded: format!("chi tieu thu {place}"),
        };
        let indicator = add(web, indicator).await;
        add(web, |target| target_of(target, land, indicator, 100, date(2021, 1, 1))).await;
        indicators.push(indicator);
    }
    (resolution(id), indicators)
}

fn target_of(id: Id<Target>, land: &Land, indicator: Id<Indicator>, value: i64, known_on: Date) -> Target {
    Target {
        id,
        unit: land.district,
        indicator,
        valid_from: Some(date(2021, 1, 1)),
        valid_to: Some(date(2025, 12, 31)),
        assigned_by: "Đại hội".to_owned(),
        assigner: None,
        value: Some(value),
        value_to: None,
        baseline: None,
        baseline_on: None,
        known_on: Some(known_on),
        load: None,
        line: None,
    }
}

#[tokio::test]
async fn a_session_freezes_the_board_of_its_day() {
    let story = Story::begin().await;
    let board = story.frozen(&[]).await;
    let page = story.page(&board).await;
    for words in [
        "<h1>Bảng điểm đã khóa: huyện Khe Trà</h1>",
        "Tháng 4/2024, biết đến 14/5/2024, khóa cho buổi làm việc 14/5/2024.",
        "17<span>/26</span>",
        "9<span>/26</span>",
        "Các khoảng không chồng nhau: 17 + 9 = 26.",
        "tinh khóa lúc 9:00 ngày 20/5/2024",
        "Tính lại: khớp từng chữ số",
        "Chưa có số liệu hay mức giao nào thay đổi từ khi khóa.",
        "resolution=KT15&#38;month=2024-04&#38;known-on=2024-05-14",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let session = story.page(&story.session).await;
    assert!(session.contains("17<span>/26</span>") && session.contains(&format!("href=\"{board}\"")));
    assert_eq!(session.matches("<span>Khớp <small>").count(), 2, "both counts of the paper: {session}");
    assert!(!session.contains("name=\"known_on\""), "the form is for officers");
    let english = story.page(&format!("/en{board}")).await;
    assert!(english.contains("Recomputed: agrees digit by digit") && english.contains("April 2024, as known on 14 May 2024"));
}

#[tokio::test]
async fn what_was_changed_since_is_told_with_who_and_why() {
    let story = Story::begin().await;
    let board = story.frozen(&[]).await;
    story.report(1, "2024-04", date(2024, 5, 10), 60, Some("Cộng nhầm một xã")).await;
    story.report(2, "2024-04", date(2024, 5, 18), 150, Some("Có số chính thức")).await;
    story.report(3, "2024-05", date(2024, 5, 19), 10, None).await;
    story.report(4, "2024-04", date(2024, 5, 19), 100, Some("Nhập lại")).await;
    let page = story.page(&board).await;
    assert!(page.contains("17<span>/26</span>") && page.contains("Tính lại: khớp từng chữ số"), "the kept result stays: {page}");
    assert!(page.contains("Từ khi khóa, 2 số liệu và 0 mức giao đã khác; 2 nhóm đổi mức."), "{page}");
    for words in ["Cộng nhầm một xã", "ghi lùi ngày", "Có số chính thức", "biết sau ngày khóa", "lan.chi nhập lúc 9:00 ngày 20/5/2024"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("Nhập lại"), "the same number again changes nothing");
    let moved = |group: &str| page.split("<tr").find(|row| row.contains(&format!(">{group}<")) && row.contains("Kể cả số ghi lùi ngày"));
    let (first, second) = (moved("Mục tiêu thứ 1").unwrap(), moved("Mục tiêu thứ 2").unwrap());
    assert!(first.matches(">60 %<").count() == 2 && first.contains(">100 %<"), "{first}");
    assert!(second.matches(">100 %<").count() == 2 && second.contains(">150 %<"), "{second}");
    assert!(story.page(&story.session).await.contains("2 số liệu"), "the session tells it too");
}

#[tokio::test]
async fn a_revised_target_is_a_change_too() {
    let story = Story::begin().await;
    let board = story.frozen(&[]).await;
    add(&story.web, |id| target_of(id, &story.land, story.indicators[0], 200, date(2024, 5, 16))).await;
    let page = story.page(&board).await;
    assert!(page.contains("0 số liệu và 1 mức giao đã khác; 1 nhóm đổi mức."), "{page}");
    assert!(page.contains("100 hộ") && page.contains("<b>200 hộ</b>"));
}

#[tokio::test]
async fn an_edited_resolution_no_longer_gives_the_board_and_the_page_says_so() {
    let story = Story::begin().await;
    let board = story.frozen(&[]).await;
    let mut write = story.web.app.store().write(&operator::may_load(), NOW).await.unwrap();
    let edited = Resolution { bands: "9000".parse().unwrap(), ..story.resolution.clone() };
    write.update(&story.resolution, &edited).await.unwrap();
    write.commit("resolution.edit", "resolution/1").await.unwrap();
    let page = story.page(&board).await;
    assert!(page.contains("Tính lại: 26 nhóm không còn khớp"), "{page}");
    assert!(page.contains("resolution.edit: operator"), "who edited it: {page}");
    assert!(page.contains("17<span>/26</span>") && page.contains("Từ 70 % đến dưới 100 %"), "the kept result stays: {page}");
    assert!(story.page("/").await.contains("17/26 nhóm mục tiêu đạt từ 100 % trở lên"));
}

#[tokio::test]
async fn the_headline_stays_while_the_newest_month_moves() {
    let story = Story::begin().await;
    story.frozen(&[("month", "3/2024")]).await;
    let newest = |home: &str| home.split("class=\"newest\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
    let home = story.page("/").await;
    assert!(home.contains("<h1 id=\"tin-chinh\">17/26 nhóm mục tiêu đạt từ 100 % trở lên</h1>"), "{home}");
    assert!(home.contains("Tháng 3/2024, biết đến 14/5/2024") && home.contains(&format!("href=\"{}\"", story.session)));
    assert!(newest(&home).contains("Tháng 4/2024, biết đến 20/5/2024") && newest(&home).contains(">17/26<"), "{home}");
    assert!(newest(&home).contains("Không nhóm nào khác so với bảng đã khóa."));
    story.report(1, "2024-04", date(2024, 5, 20), 50, None).await;
    let home = story.page("/").await;
    assert!(home.contains("<h1 id=\"tin-chinh\">17/26 nhóm mục tiêu đạt từ 100 % trở lên</h1>"), "the frozen one stays: {home}");
    assert!(newest(&home).contains(">16/26<") && newest(&home).contains("1 nhóm khác mức, 1 nhóm sang khoảng khác"), "{home}");
    assert!(newest(&home).contains("Mục tiêu thứ 1") && newest(&home).contains("50 %"));
    story.report(1, "2024-04", date(2024, 5, 20), 100, None).await;
    story.report(2, "2024-03", date(2024, 5, 1), 50, None).await;
    let home = story.page("/").await;
    assert!(home.contains(">17/26 nhóm mục tiêu") && newest(&home).contains(">17/26<"), "March moves neither: {home}");
    let english = story.page("/en").await;
    assert!(english.contains("17 of 26 groups of targets at 100% or more") && english.contains("The newest month with values"));
}

#[tokio::test]
async fn freezing_again_replaces_and_taking_back_leaves_the_claims() {
    let story = Story::begin().await;
    let first = story.frozen(&[]).await;
    let stale = story.freeze(&[]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "a form that had not seen the first one");
    assert!(stale.body.contains("tinh đã làm việc này trước"));
    let seen = first.trim_start_matches("/boards/");
    let second = story.frozen(&[("seen", seen), ("month", "2024-03"), ("known_on", "10/4/2024")]).await;
    let page = story.page(&first).await;
    assert!(page.contains("Bảng này không còn hiệu lực") && page.contains("tinh thay bằng bảng khác") && page.contains(&second), "{page}");
    assert!(story.page(&story.session).await.contains("Tháng 3/2024, biết đến 10/4/2024"));
    let withdrawal = format!("{second}/withdrawal");
    assert_eq!(story.web.submit(&story.officer, &second, &withdrawal, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(story.page(&second).await.contains("tinh rút lúc"));
    assert_eq!(story.web.submit(&story.officer, &second, &withdrawal, &[]).await.status, StatusCode::CONFLICT, "once");
    let home = story.page("/").await;
    assert!(home.contains("Nêu trong văn bản (chưa tính từ số liệu)"), "without a board the claims stand: {home}");
}

#[tokio::test]
async fn what_cannot_be_frozen_is_said_at_its_field() {
    let story = Story::begin().await;
    for (field, value, words) in [
        ("month", "13/2024", "13/2024"),
        ("month", "2020-01", "2020-01"),
        ("known_on", "31/2/2024", "chưa phải là một ngày"),
        ("known_on", "21/5/2024", "không nhận giá trị"),
        ("resolution", "99999", "99999"),
    ] {
        let refused = story.freeze(&[(field, value)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}");
        assert!(refused.body.contains(words) && refused.body.contains("id=\"khoa\" open"), "{field}={value}: {}", refused.body);
        assert!(field == "resolution" || refused.body.contains(&format!("value=\"{value}\"")), "what was typed is kept");
    }
}

#[tokio::test]
async fn only_officers_of_the_unit_freeze_and_only_who_sees_the_session_sees_its_board() {
    let story = Story::begin().await;
    let board = story.frozen(&[]).await;
    let action = format!("{}/board", story.session);
    assert_eq!(story.web.post(&action, "").await.status, StatusCode::UNAUTHORIZED.max(StatusCode::FORBIDDEN));
    let beside = story.web.log_in("ben", PASSWORD).await;
    let page = story.web.get_as(&beside, &story.session).await;
    assert!(!page.body.contains("id=\"khoa\""), "no form for an officer of another unit");
    assert_eq!(story.web.submit(&beside, "/my-work", &action, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(story.web.submit(&beside, "/my-work", &format!("{board}/withdrawal"), &[]).await.status, StatusCode::FORBIDDEN);
    let article = story.web.app.store().published_articles(0, 1).await.unwrap().remove(0);
    let path = format!("/articles/{}/withdrawal", article.id);
    let revision = article.revision.to_string();
    let edit = format!("/articles/{}/edit", article.id);
    let withdrawn = story.web.submit(&story.officer, &edit, &path, &[("revision", &revision)]).await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER, "{}", withdrawn.body);
    assert_eq!(story.web.get(&board).await.status, StatusCode::GONE, "the session is public no more");
    assert_eq!(story.web.get_as(&beside, &board).await.status, StatusCode::OK, "staff see it");
    assert!(!story.page("/").await.contains("17/26"));
    assert_eq!(story.web.get("/boards/99999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_unit_without_targets_has_nothing_to_freeze() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    let settled = web.publish_paper(&land, NEWS).await;
    let path = format!("/sessions/{}", settled.session.unwrap());
    let officer = web.log_in("tinh", PASSWORD).await;
    assert!(web.get_as(&officer, &path).await.body.contains("chưa có bảng điểm để khóa"));
    let refused = web.submit(&officer, &path, &format!("{path}/board"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}
