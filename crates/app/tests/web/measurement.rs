//! Numbers: the sheet of a unit, what must be mended in it, two people at once, the board that moves, and the history.

use axum::http::StatusCode;
use domain::account::Role;
use domain::group::Group;
use domain::id::Id;
use domain::indicator::{AreaRule, Direction, Indicator, PeriodRule};
use domain::permission::operator;
use domain::resolution::{Bands, GroupRule, Resolution};
use domain::target::Target;
use domain::unit::Unit;
use jiff::civil::date;

use crate::paper::Land;
use crate::support::{Answer, NOW, TestApp, form};

/// The district with a resolution of two groups: money that adds up over the year, and a ratio of schools.
struct Numbers {
    web: TestApp,
    land: Land,
    money: Id<Indicator>,
    schools: Id<Indicator>,
    /// The cookie of who reports for the district.
    reporter: String,
}

impl Numbers {
    async fn new() -> Self {
        let web = TestApp::new().await;
        let land = web.settle_land().await;
        let [money, schools] = web.add_resolution(land.district).await;
        let reporter = web.join("khe.tra", Role::Reporter, land.district).await;
        Self { web, land, money, schools, reporter }
    }

    fn sheet(&self) -> String {
        format!("/units/{}/measurements", self.land.district)
    }

    fn history(&self, indicator: Id<Indicator>) -> String {
        format!("/units/{}/indicators/{indicator}/history", self.land.district)
    }

    async fn open(&self, cookie: &str, path: &str) -> Answer {
        self.web.get_as(cookie, path).await
    }

    /// Sends a form with the token and the horizon of the page that it was shown on.
    async fn send(&self, cookie: &str, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
        let (csrf, horizon) = (page.csrf(), page.field("horizon"));
        let own = [("csrf", csrf.as_str()), ("horizon", horizon.as_str()), ("period", "2024-04")];
        let body = form(&[own.as_slice(), fields].concat());
        self.web.send("POST", path, &[("cookie", cookie)], &body).await
    }

    /// Enters numbers of April 2024 on a page that is opened for it.
    async fn enter(&self, fields: &[(&str, &str)]) -> Answer {
        let page = self.open(&self.reporter, &format!("{}?period=4/2024", self.sheet())).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        self.send(&self.reporter, &page, &self.sheet(), fields).await
    }

    /// Enters numbers and looks at the page that follows.
    async fn entered(&self, fields: &[(&str, &str)]) -> Answer {
        let answer = self.enter(fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.open(&self.reporter, &answer.header("location")).await
    }

    fn value(&self) -> String {
        format!("value-{}", self.money)
    }

    fn reason(&self) -> String {
        format!("reason-{}", self.money)
    }
}

impl Answer {
    /// The value of the first input of a name.
    pub fn field(&self, name: &str) -> String {
        let from = format!("name=\"{name}\"");
        let input = self.body.split(from.as_str()).nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default();
        input.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }

    /// The page as it is read, with plain spaces.
    pub fn words(&self) -> String {
        self.body.replace('\u{a0}', " ")
    }
}

impl TestApp {
    /// Adds a resolution with two groups of one indicator each, and the district's targets for 2024.
    async fn add_resolution(&self, unit: Id<Unit>) -> [Id<Indicator>; 2] {
        let mut write = self.app.store().write(&operator::may_load(), NOW).await.unwrap();
        let resolution = Resolution {
            id: write.new_id(),
            code: "KT15".to_owned(),
            name: "Nghị quyết Đại hội Đảng bộ huyện Khe Trà lần thứ XV".to_owned(),
            symbol: None,
            issued_on: None,
            issued_by: String::new(),
            issuer: None,
            unit: Some(unit),
            valid_from: None,
            valid_to: None,
            group_rule: GroupRule::Mean,
            bands: Bands::default(),
            from_baseline: false,
            document: None,
        };
        write.insert(&resolution).await.unwrap();
        let mut ids = Vec::new();
        for (code, name, unit_of_measure, area_rule, period_rule, value) in [
            ("KT01", "Thu ngân sách", "tỷ đồng", AreaRule::Sum, PeriodRule::Sum, 1000),
            ("KT02", "Tỷ lệ trường đạt chuẩn", "%", AreaRule::Ratio, PeriodRule::Last, 700),
        ] {
            let (resolution, resolution_code) = (Some(resolution.id), "KT15".to_owned());
            let group = Group { id: write.new_id(), resolution, resolution_code, code: code.to_owned(), name: name.to_owned(), weight: 1 };
            write.insert(&group).await.unwrap();
            let indicator = Indicator {
                id: write.new_id(),
                code: format!("{code}01"),
                name: name.to_owned(),
                unit_of_measure: unit_of_measure.to_owned(),
                decimals: 1,
                direction: Direction::Up,
                area_rule,
                period_rule,
                group: Some(group.id),
                weight: 1,
                folded: domain::fold::fold(name),
            };
            write.insert(&indicator).await.unwrap();
            let target = Target {
                id: write.new_id(),
                unit,
                indicator: indicator.id,
                valid_from: Some(date(2024, 1, 1)),
                valid_to: Some(date(2024, 12, 31)),
                assigned_by: "Đại hội".to_owned(),
                assigner: None,
                value: Some(value),
                value_to: None,
                baseline: None,
                baseline_on: None,
                known_on: None,
                load: None,
                line: None,
            };
            write.insert(&target).await.unwrap();
            ids.push(indicator.id);
        }
        write.commit("load.add", "load").await.unwrap();
        [ids[0], ids[1]]
    }
}

#[tokio::test]
async fn numbers_are_entered_and_the_board_moves_at_once() {
    let world = Numbers::new().await;
    let (value, part, whole) = (world.value(), format!("value-{}", world.schools), format!("weight-{}", world.schools));
    let page = world.entered(&[(&value, "98,5"), (&part, "14"), (&whole, "20"), ("source", "Báo cáo số 45/BC-UBND")]).await;
    assert!(page.words().contains("Đã ghi 2 số. Bảng điểm tháng 4/2024 đổi như sau."), "{}", page.body);
    assert!(page.words().contains("<span>chưa có số</span>") && page.words().contains("<span>98,5 %</span>"), "{}", page.body);
    assert!(page.words().contains("Số nhóm đạt từ 100 % trở lên") && page.words().contains("<span>1/2</span>"));
    let more = world.entered(&[(&value, "100,4"), (&world.reason(), "Cộng thiếu một xã"), (&part, "14"), (&whole, "20")]).await;
    // One number changed; the other stood as it was and was not written.
    assert!(more.words().contains("Đã ghi 1 số") && more.words().contains("<span>98,5 %</span>"), "{}", more.body);
    assert!(more.words().contains("<span>100,4 %</span>") && more.words().contains("<span>2/2</span>"));
    assert!(more.body.contains(&format!("name=\"{value}\" inputmode=\"decimal\" autocomplete=\"off\" maxlength=\"40\" value=\"100,4\"")));
}

#[tokio::test]
async fn what_must_be_mended_is_told_beside_its_field_and_everything_typed_is_kept() {
    let world = Numbers::new().await;
    world.entered(&[(&world.value(), "98,5")]).await;
    let entries = world.web.app.store().journal_head().await.unwrap().sequence;
    let (part, whole) = (format!("value-{}", world.schools), format!("weight-{}", world.schools));
    for (typed, advice) in [
        (vec![(world.value(), "99")], "Chưa điền: Lý do."),
        (vec![(world.value(), "99,55"), (world.reason(), "Sửa")], "nhiều chữ số thập phân hơn mức 1"),
        (vec![(world.value(), "một trăm"), (world.reason(), "Sửa")], "«một trăm» chưa phải là một số"),
        (vec![(world.value(), "98,50"), (world.reason(), "Sửa")], "Không có gì thay đổi"),
        (vec![(world.value(), "")], "Chưa điền: Lý do."),
        (vec![(part.clone(), "14")], "Chưa điền: Mẫu số, trọng số."),
        (vec![(part.clone(), "14"), (whole.clone(), "0")], "không nhận giá trị «0»"),
        (vec![(part.clone(), "14"), (whole.clone(), "20,5")], "nhiều chữ số thập phân hơn mức 0"),
        (vec![(part.clone(), ""), (whole.clone(), "20")], "Chưa điền: Giá trị."),
        (vec![(part.clone(), "12345678901234567890"), (whole.clone(), "20")], "chưa phải là một số"),
        (vec![(part.clone(), "123456789012345678"), (whole.clone(), "20")], "có quá 18 chữ số"),
    ] {
        let fields: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), *value)).chain([("source", "Sổ tay")]).collect();
        let page = world.enter(&fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
        assert!(page.words().contains(advice) && page.words().contains("Chưa ghi gì: 1 số cần xem lại."), "{typed:?} {}", page.body);
        for (name, value) in fields {
            assert_eq!(page.field(name), value, "{typed:?}");
        }
        assert_eq!(page.body.matches(" autofocus").count(), 1, "{typed:?}");
    }
    let nothing = world.enter(&[(&world.value(), "98,5")]).await;
    assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.body.contains("Chưa có ô nào thay đổi"));
    assert_eq!(world.web.app.store().journal_head().await.unwrap().sequence, entries);
}

#[tokio::test]
async fn nothing_happened_is_nought_and_not_missing() {
    let world = Numbers::new().await;
    let page = world.entered(&[(&world.value(), "0")]).await;
    assert!(page.words().contains("<span>chưa có số</span>") && page.words().contains("<span>0 %</span>"), "{}", page.body);
    assert!(page.words().contains("<b>0 tỷ đồng (biết ngày 20/5/2024)</b>"));
}

#[tokio::test]
async fn who_came_second_sees_what_the_first_wrote_and_can_still_write() {
    let world = Numbers::new().await;
    let second = world.web.join("pho.phong", Role::Reporter, world.land.district).await;
    let path = format!("{}?period=2024-04", world.sheet());
    let late = world.open(&second, &path).await;
    world.entered(&[(&world.value(), "98,5")]).await;
    let page = world.send(&second, &late, &world.sheet(), &[(&world.value(), "77")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.words().contains("khe.tra vừa ghi 98,5 tỷ đồng cho số này."), "{}", page.body);
    assert_eq!(page.field(&world.value()), "77");
    let again = world.send(&second, &page, &world.sheet(), &[(&world.value(), "77"), (&world.reason(), "Sổ gốc ghi 77")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
}

#[tokio::test]
async fn only_who_reports_for_the_unit_or_above_opens_its_sheet() {
    let world = Numbers::new().await;
    let public = world.web.get(&world.sheet()).await;
    assert!(public.status == StatusCode::FORBIDDEN && public.body.contains("/login"));
    let beside = world.web.log_in("ben", crate::paper::PASSWORD).await;
    assert_eq!(world.open(&beside, &world.sheet()).await.status, StatusCode::FORBIDDEN);
    let own = world.open(&world.reporter, &world.sheet()).await;
    let token = world.open(&beside, "/my-work").await;
    let body = form(&[("csrf", &token.csrf()), ("horizon", &own.field("horizon")), ("period", "2024-04"), (&world.value(), "1")]);
    assert_eq!(world.web.send("POST", &world.sheet(), &[("cookie", &beside)], &body).await.status, StatusCode::FORBIDDEN);
    let above = world.web.log_in("tinh", crate::paper::PASSWORD).await;
    assert_eq!(world.open(&above, &world.sheet()).await.status, StatusCode::OK);
    assert_eq!(world.open(&above, "/units/9999/measurements").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_period_can_be_another_one_but_none_that_lies_ahead() {
    let world = Numbers::new().await;
    let page = world.open(&world.reporter, &world.sheet()).await;
    assert!(page.words().contains("<h1>Số liệu tháng 4/2024</h1>"), "the newest month that has ended");
    let quarter = world.open(&world.reporter, &format!("{}?period=qu%C3%BD+I%2F2024", world.sheet())).await;
    assert!(quarter.words().contains("<h1>Số liệu quý I/2024</h1>") && quarter.body.contains("name=\"period\" value=\"2024-Q1\""));
    let ahead = world.open(&world.reporter, &format!("{}?period=2024-06", world.sheet())).await;
    assert!(ahead.words().contains("Kỳ tháng 6/2024 chưa bắt đầu.") && !ahead.body.contains("method=\"post\" class=\"sheet"));
    let unread = world.open(&world.reporter, &format!("{}?period=th%C3%A1ng+Gi%C3%AAng", world.sheet())).await;
    assert!(unread.words().contains("«tháng Giêng» không phải là một kỳ."));
    let english = world.open(&world.reporter, &format!("/en{}?period=2024-Q1&indicator=XX", world.sheet())).await;
    assert!(english.body.contains("<html lang=\"en\">") && english.words().contains("Numbers of quarter I of 2024"));
    assert!(english.body.contains("“XX” is not accepted") && english.field("indicator") == "XX");
}

#[tokio::test]
async fn a_number_is_corrected_withdrawn_and_entered_again_from_its_history() {
    let world = Numbers::new().await;
    world.entered(&[(&world.value(), "98,5")]).await;
    let history = world.history(world.money);
    let act = async |verb: &str, fields: &[(&str, &str)]| {
        let page = world.open(&world.reporter, &history).await;
        let row = page.body.split("?row=").nth(1).and_then(|rest| rest.split('#').next()).unwrap().to_owned();
        let opened = world.open(&world.reporter, &format!("{history}?row={row}")).await;
        assert!(opened.body.contains(&format!("/measurements/{row}/correction")), "{}", opened.body);
        (world.send(&world.reporter, &opened, &format!("/measurements/{row}/{verb}"), fields).await, row)
    };
    let (refused, first) = act("correction", &[("value", "101"), ("source", "Sổ gốc")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Chưa điền: Lý do.") && refused.field("value") == "101" && refused.field("source") == "Sổ gốc");
    let (empty, _) = act("correction", &[("value", ""), ("reason", "Bỏ")]).await;
    assert!(empty.body.contains("Chưa điền: Giá trị."));
    let (corrected, _) = act("correction", &[("value", "101"), ("reason", "Sổ gốc ghi 101")]).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.body);
    let page = world.open(&world.reporter, &corrected.header("location")).await;
    assert!(page.words().contains("<span>98,5 %</span>") && page.words().contains("<span>101 %</span>"), "{}", page.body);
    let (unsaid, _) = act("withdrawal", &[]).await;
    assert!(unsaid.status == StatusCode::UNPROCESSABLE_ENTITY && unsaid.body.contains("Chưa điền: Lý do."));
    let (withdrawn, _) = act("withdrawal", &[("reason", "Nhầm huyện")]).await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER, "{}", withdrawn.body);
    let page = world.open(&world.reporter, &withdrawn.header("location")).await;
    // Missing, not nought: the group has no achievement any more.
    assert!(page.words().contains("<span>101 %</span>") && page.words().contains("<span>chưa có số</span>"), "{}", page.body);
    let (back, _) = act("correction", &[("value", "101"), ("reason", "Đúng huyện")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    let stale = world.open(&world.reporter, &history).await;
    let stale = world.send(&world.reporter, &stale, &format!("/measurements/{first}/withdrawal"), &[("reason", "Muộn")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let page = world.open(&world.reporter, &history).await;
    for words in ["98,5", "Sổ gốc ghi 101", "Nhầm huyện", "đã rút", "Đúng huyện", "khe.tra, 9:00 ngày 20/5/2024", "4 dòng, 1 kỳ"]
    {
        assert!(page.words().contains(words), "{words} {}", page.body);
    }
}

#[tokio::test]
async fn everybody_reads_a_history_and_only_who_may_finds_forms() {
    let world = Numbers::new().await;
    world.entered(&[(&world.value(), "98,5")]).await;
    let page = world.web.get(&world.history(world.money)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.words().contains("98,5 tỷ đồng") && page.words().contains("khe.tra, 9:00 ngày 20/5/2024"));
    assert!(!page.body.contains("method=\"post\"") && !page.body.contains("?row="));
    let english = world.web.get(&format!("/en{}", world.history(world.schools))).await;
    assert!(english.body.contains("The ledger has no number of this indicator"), "{}", english.body);
    assert_eq!(world.web.get(&world.history(Id::new(9999))).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.web.get("/measurements/9999").await.status, StatusCode::NOT_FOUND);
    let beside = world.web.log_in("ben", crate::paper::PASSWORD).await;
    let staff = world.open(&beside, &world.history(world.money)).await;
    assert!(staff.body.contains("khe.tra") && !staff.body.contains("?row="));
}

#[tokio::test]
async fn a_number_entered_at_a_unit_and_below_it_is_warned_of_at_both() {
    let world = Numbers::new().await;
    world.entered(&[(&world.value(), "98,5")]).await;
    let above = world.web.log_in("tinh", crate::paper::PASSWORD).await;
    let sheet = format!("/units/{}/measurements", world.land.province);
    let page = world.open(&above, &format!("{sheet}?period=2024-04&indicator=KT0101")).await;
    assert!(page.words().contains("sẽ cộng hai lần: Huyện Khe Trà đã có số"), "{}", page.body);
    // A quarter overlaps its month.
    let answer = world.send(&above, &page, &sheet, &[("period", "2024-04"), (&world.value(), "300")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let told = world.open(&above, &answer.header("location")).await;
    assert!(told.words().contains("Cộng hai lần: Huyện Khe Trà"));
    let below = world.open(&world.reporter, &format!("{}?period=2024-04", world.sheet())).await;
    assert!(below.words().contains("Cộng hai lần: Tỉnh Lam Giang ở trên cũng nhập số"), "{}", below.body);
    for unit in [world.land.province, world.land.district] {
        let history = world.web.get(&format!("/units/{unit}/indicators/{}/history", world.money)).await;
        assert!(history.words().contains("Cộng hai lần"), "{unit} {}", history.body);
    }
}

#[tokio::test]
async fn who_reports_finds_the_sheet() {
    let world = Numbers::new().await;
    let href = format!("href=\"{}\"", world.sheet());
    assert!(world.open(&world.reporter, "/my-work").await.body.contains(&href));
    let unit = format!("/units/{}", world.land.district);
    assert!(world.open(&world.reporter, &unit).await.body.contains(&href));
    assert!(!world.web.get(&unit).await.body.contains(&href));
}
