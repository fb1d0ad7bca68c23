//! The views of a scoreboard: trend, ranking, heat table, what is missing; as pages in both languages and as files.

use std::fs;

use axum::http::StatusCode;
use cotmoc::load::load;
use cotmoc::load::source::Source;
use domain::permission::operator;
use jiff::civil::date;

use crate::support::{NOW, TestApp};

const UNITS: &str = "code,name,kind,parent,valid_from,valid_to
90,tỉnh Lam Giang,tỉnh,,2004-01-01,
901,huyện Khe Trà,huyện,90,2004-01-01,
902,huyện Suối Mây,huyện,90,2004-01-01,
903,thành phố Lam Khê,thành phố,90,2004-01-01,
904,huyện Đèo Gió,huyện,90,2004-01-01,
90101,xã Đồi Chè,xã,901,2004-01-01,
90102,xã Bến Đò,xã,901,2004-01-01,
90103,xã Gò Vàng,xã,901,2004-01-01,
90201,xã Vực Sâu,xã,902,2004-01-01,
905,huyện Bến Cũ,huyện,90,2004-01-01,2024-02-29
";
/// Nobody knows how much of the old district went where.
const SUCCESSIONS: &str = "from,to,on,act,share
905,903,2024-03-01,Nghị quyết 12/NQ-HĐND,
905,904,2024-03-01,Nghị quyết 12/NQ-HĐND,
";
const RESOLUTIONS: &str = "code,name,issued_by,unit,from,to
LG,Nghị quyết tỉnh Lam Giang,Đại hội tỉnh,90,2023-01-01,2025-12-31
";
const GROUPS: &str = "resolution,code,name,weight
LG,G1,Trồng rừng,1
LG,G2,Chuyển đổi số,1
";
const INDICATORS: &str = "code,name,unit,decimals,direction,rule_area,rule_period,group,weight
I1,Diện tích trồng rừng,ha,1,up,sum,last,G1,1
I2,Tỷ lệ hồ sơ trực tuyến,%,1,up,none,last,G2,1
";
const TARGETS: &str = "unit,indicator,from,to,assigned_by,value,baseline,baseline_on
90,I1,2023-01-01,2025-12-31,Đại hội tỉnh,300,0,2022-12-31
901,I1,2023-01-01,2025-12-31,Đại hội tỉnh,100,,
901,I2,2023-01-01,2025-12-31,Đại hội tỉnh,50,,
902,I1,2023-01-01,2025-12-31,Đại hội tỉnh,100,,
902,I2,2023-01-01,2025-12-31,Đại hội tỉnh,50,,
903,I1,2023-01-01,2025-12-31,Đại hội tỉnh,100,,
90103,I1,2023-01-01,2025-12-31,UBND huyện,20,,
";
/// The commune of Bến Đò reports by the quarter and has not for the first of 2024; Suối Mây has entered what its commune entered
/// too, and has taken back February.
const MEASUREMENTS: &str = "unit,indicator,period,known_on,value
90101,I1,2024-Q1,2024-04-05,60
90102,I1,2023-Q3,2023-10-05,25
90102,I1,2023-Q4,2024-01-05,30
902,I1,2024-Q1,2024-04-05,100
90201,I1,2024-Q1,2024-04-06,5
905,I1,2023-Q4,2024-01-05,10
901,I2,2024-03,2024-04-05,40
902,I2,2024-02,2024-03-05,45
902,I2,2024-02,2024-03-09,
902,I2,2024-03,2024-04-05,50
";
const MARCH: &str = "month=2024-03&known-on=2024-05-20";

struct World {
    web: TestApp,
}

impl World {
    async fn new() -> Self {
        let (web, folder) = (TestApp::new().await, tempfile::tempdir().unwrap());
        for (name, text) in [
            ("units", UNITS),
            ("successions", SUCCESSIONS),
            ("resolutions", RESOLUTIONS),
            ("groups", GROUPS),
            ("indicators", INDICATORS),
            ("targets", TARGETS),
            ("measurements", MEASUREMENTS),
        ] {
            fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
        }
        let source = Source::Folder(folder.path().to_owned());
        load(web.app.store(), &operator::may_load(), (NOW, date(2024, 5, 20)), &source, &mut |_| ()).await.unwrap();
        Self { web }
    }

    /// The address of a view of a unit.
    async fn view(&self, code: &str, view: &str) -> String {
        let ledger = self.web.app.scoreboards().ledger(self.web.app.store()).await.unwrap();
        let unit = ledger.unit_at(code, date(2024, 3, 31)).unwrap().id;
        let view = match view.strip_prefix("trend ") {
            Some(code) => {
                let indicator = ledger.nouns().indicators.iter().find(|indicator| indicator.code == code).unwrap().id;
                format!("indicators/{indicator}/trend")
            }
            None => view.to_owned(),
        };
        format!("/scoreboards/{unit}/{view}")
    }

    /// The page of a view for March 2024, with plain spaces.
    async fn page(&self, language: &str, code: &str, view: &str) -> String {
        let page = self.web.get(&format!("{language}{}?{MARCH}", self.view(code, view).await)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        for forbidden in ["style=", "<style", "onclick="] {
            assert!(!page.body.contains(forbidden), "{view} holds {forbidden}");
        }
        page.body.replace('\u{a0}', " ")
    }

    async fn file(&self, code: &str, view: &str, format: &str) -> String {
        let file = self.web.get(&format!("{}?{MARCH}&format={format}", self.view(code, view).await)).await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.body);
        let media_type = if format == "csv" { "text/csv; charset=utf-8; header=present" } else { "application/json" };
        assert_eq!(file.header("content-type"), media_type);
        file.body
    }
}

/// The parts of a page in their order.
fn in_order(page: &str, parts: &[&str]) {
    let mut rest = page;
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("{part} is missing or out of order")).1;
    }
}

#[tokio::test]
async fn units_are_ranked_by_groups_in_the_highest_band_then_by_their_mean() {
    let world = World::new().await;
    let page = world.page("", "901", "ranking").await;
    in_order(
        &page,
        &[
            "Xếp theo số nhóm «Từ 100 % trở lên»",
            "4 đơn vị thuộc tỉnh Lam Giang",
            "Huyện Suối Mây",
            "102,5 %",
            "Huyện Khe Trà",
            "85 %",
            "Thành phố Lam Khê",
        ],
    );
    in_order(&page, &["Chưa có bảng điểm theo nghị quyết này", "Huyện Đèo Gió"]);
    let file = world.file("901", "ranking", "csv").await;
    let rows: Vec<&str> = file.lines().collect();
    assert_eq!(rows[0], "above,rank,unit,name,resolution,groups,reached,mean_bp,bands");
    assert_eq!(rows[1], "90,1,902,huyện Suối Mây,LG,2,2,10250,10000 10000");
    assert_eq!(rows[2], "90,2,901,huyện Khe Trà,LG,2,0,8500,7000 7000");
    assert_eq!(rows[3], "90,,903,thành phố Lam Khê,LG,1,0,,none");
    assert_eq!(rows[4], "90,,904,huyện Đèo Gió,LG,0,0,,");
    let one_kind = world.web.get(&format!("{}?{MARCH}&kind=huy%E1%BB%87n", world.view("901", "ranking").await)).await.body;
    assert!(!one_kind.contains("Thành phố Lam Khê") && one_kind.contains("Huyện Suối Mây"));
    let english = world.page("/en", "90", "ranking").await;
    assert!(english.contains("4 units right below tỉnh Lam Giang") && english.contains("Units equal in both share a rank"));
}

#[tokio::test]
async fn the_heat_table_says_each_band_in_a_word() {
    let world = World::new().await;
    let page = world.page("", "903", "heat").await;
    in_order(
        &page,
        &[
            "Mức đạt của 3 đơn vị ở 2 nhóm mục tiêu",
            "title=\"Trồng rừng\" lang=\"vi\">G1<",
            "Huyện Khe Trà",
            "90 %<span class=\"vh\">, Từ 70 % đến dưới 100 %",
        ],
    );
    assert!(page.contains("?resolution=LG&#38;month=2024-03&#38;known-on=2024-05-20#nhom-G1\">90 %"), "every cell opens");
    assert!(page.contains("<span class=\"vh\">không có nhóm này</span>"), "Lam Khê has no target in the second group");
    let file = world.file("903", "heat", "csv").await;
    assert!(file.starts_with("unit,name,resolution,group,achievement_bp,band\n901,huyện Khe Trà,LG,G1,9000,7000\n"), "{file}");
    assert!(file.contains("903,thành phố Lam Khê,LG,G1,,none\n"));
    let rows: serde_json::Value = serde_json::from_str(&world.file("903", "heat", "json").await).unwrap();
    assert_eq!((rows[0]["achievement_bp"].as_i64(), rows[4]["achievement_bp"].is_null()), (Some(9000), true));
    assert!(world.page("/en", "90", "heat").await.contains("Achievements of 4 units in 2 groups of targets"));
    let below = world.page("", "901", "heat").await;
    in_order(
        &below,
        &["Trực thuộc huyện Khe Trà", "Cùng cấp với huyện Khe Trà", "Huyện Khe Trà", "Xã Gò Vàng", "Chưa có bảng điểm", "Xã Đồi Chè"],
    );
}

#[tokio::test]
async fn who_owes_a_number_is_told_from_the_habit_of_each_area() {
    let world = World::new().await;
    let page = world.page("", "90", "missing").await;
    assert!(page.contains("1 chỉ tiêu trên bảng điểm: còn thiếu 2 số của 2 đơn vị."));
    in_order(&page, &["Xã Bến Đò", "hằng quý", "Quý I/2024", "Quý IV/2023, biết ngày 5/1/2024"]);
    in_order(&page, &["Xã Gò Vàng", "chưa từng báo cáo"]);
    in_order(&page, &["bị cộng hai lần", "Huyện Suối Mây", "cũng nhập ở: Xã Vực Sâu"]);
    assert!(!page.contains("Xã Đồi Chè"), "who has reported is not called");
    let file = world.file("90", "missing", "csv").await;
    assert!(file.contains("owed,90102,xã Bến Đò,I1,Diện tích trồng rừng,3,2024-Q1,2024-Q1,1,2023-Q4,2024-01-05,\n"), "{file}");
    assert!(file.contains("entered_twice,902,huyện Suối Mây,I1,Diện tích trồng rừng,,,,,,,90201\n"), "{file}");
    let own = world.page("/en", "902", "missing").await;
    in_order(&own, &["Nothing is missing", "Withdrawn and not reported again", "February 2024, withdrawn on 9 March 2024"]);
    let own = world.page("/en", "903", "missing").await;
    in_order(
        &own,
        &["Numbers that could not be restated", "Huyện Bến Cũ", "The share of huyện Bến Cũ that went to thành phố Lam Khê is not known."],
    );
    assert!(own.contains("Nothing is missing"), "a quarter that began before the succession is not expected of it");
    assert!(world.file("903", "missing", "csv").await.contains("not_restated,905,huyện Bến Cũ,I1,"));
}

#[tokio::test]
async fn a_trend_is_a_picture_with_its_numbers_beside_it() {
    let world = World::new().await;
    let page = world.page("", "90", "trend I1").await;
    in_order(
        &page,
        &[
            "role=\"img\" aria-labelledby=\"hinh-ten hinh-loi\"><title id=\"hinh-ten\">Diện tích trồng rừng, tỉnh Lam Giang</title>",
            "Mức giao: 300,0 ha.",
        ],
    );
    in_order(
        &page,
        &[
            "Đường đứt: thẳng từ 0,0 ha ngày 31/12/2022 đến 300,0 ha ngày 31/12/2025",
            "Các con số của hình (15 tháng)",
            "Tháng 3/2024",
            "205,0 ha",
        ],
    );
    assert!(page.contains("Đơn vị này không tự báo cáo chỉ tiêu này"));
    let file = world.file("90", "trend I1", "csv").await;
    let last = file.lines().last().unwrap();
    assert_eq!(last, "2024-03,90,I1,205.0,2050,1,124.8,300.0,3/4");
    let own = world.page("/en", "902", "trend I2").await;
    in_order(&own, &["Reported by Huyện Suối Mây itself", "March 2024", "50.0%", "February 2024", "withdrawn", "version 2"]);
}

#[tokio::test]
async fn what_is_not_there_is_said() {
    let world = World::new().await;
    for view in ["ranking", "heat", "missing"] {
        assert_eq!(world.web.get(&format!("/scoreboards/99999/{view}")).await.status, StatusCode::NOT_FOUND);
    }
    let unit = world.view("904", "indicators/99999/trend").await;
    assert_eq!(world.web.get(&unit).await.status, StatusCode::NOT_FOUND);
    assert!(world.page("", "904", "missing").await.contains("Đơn vị này không có bảng điểm cho tháng đang xem"));
    assert!(world.page("/en", "904", "trend I1").await.contains("No target's span contains this month".replace('\'', "&#39;").as_str()));
    assert!(world.page("", "90101", "ranking").await.contains("Xã Bến Đò"), "communes without a board are listed apart");
    let early = world.web.get(&format!("{}?month=1999-01", world.view("901", "ranking").await)).await;
    assert!(early.body.contains("Chưa có đơn vị nào để xếp"), "nobody existed then");
    let early = world.web.get(&format!("/en{}?month=1999-01", world.view("901", "heat").await)).await;
    assert!(early.body.contains("There are no groups of targets to compare"));
}

#[tokio::test]
async fn what_cannot_be_read_is_told_at_its_field_and_refused_for_a_file() {
    let world = World::new().await;
    let heat = world.view("901", "heat").await;
    let page = world.web.get(&format!("{heat}?month=13/2024&resolution=XX&tree=nowhere")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    in_order(
        &page.body,
        &["value=\"13/2024\" maxlength=\"20\" autocomplete=\"off\" aria-invalid=\"true\"", "«13/2024» chưa phải là một tháng"],
    );
    for query in ["month=13/2024&format=csv", "known-on=x&format=json", "format=xlsx"] {
        let file = world.web.get(&format!("{heat}?{query}")).await;
        assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    let page = world.web.get(&format!("{heat}?month=3/2024&known-on=1/5/2024&tree=as-reported")).await.body;
    let kept = "?month=2024-03&#38;known-on=2024-05-01&#38;tree=as-reported";
    for view in ["", "/ranking", "/missing"] {
        let href = format!("href=\"{}{view}{kept}\"", heat.trim_end_matches("/heat"));
        assert!(page.contains(&href), "the way to {view} keeps the question: {href}");
    }
}
