//! A figure of a paper accepted as a number at the desk: its conditions are said, the move of the board is shown before, and the
//! board moves as soon as the paper is settled.

use axum::http::StatusCode;
use cotmoc::load::{load, source::Source};
use domain::id::Id;
use domain::permission::{self, operator};
use domain::reading::Reading;
use jiff::civil::date;
use store::measurement::{NewMeasurement, Seen};
use store::reading::{HandIn, HandedIn};

use crate::paper::{Land, PASSWORD};
use crate::support::{Answer, NOW, TestApp};

/// Two indicators of the district: one group that a single number lifts over its target.
const FILES: [(&str, &[u8]); 5] = [
    ("resolutions.csv", b"code,name,issued_by,unit\nNQ,Ngh\xe1\xbb\x8b quy\xe1\xba\xbft Khe Tr\xc3\xa0,90,901\n"),
    ("groups.csv", "resolution,code,name\nNQ,G1,Môi trường\nNQ,G2,Giáo dục\n".as_bytes()),
    (
        "indicators.csv",
        "code,name,unit,decimals,direction,rule_area,rule_period,group,weight\n\
         CT1,Tỷ lệ chất thải rắn được thu gom,%,1,up,none,last,G1,1\n\
         CT2,Tỷ lệ trường đạt chuẩn quốc gia,%,1,up,ratio,last,G2,1\n"
            .as_bytes(),
    ),
    (
        "targets.csv",
        b"unit,indicator,from,to,assigned_by,value\n901,CT1,2024-01-01,2024-12-31,90,95\n901,CT2,2024-01-01,2024-12-31,90,80\n",
    ),
    (
        "measurements.csv",
        b"unit,indicator,period,known_on,value,weight\n901,CT1,2024-03,2024-04-05,90,\n901,CT2,2024-03,2024-04-05,28,38\n",
    ),
];
const PAPER: &str = "BÁO CÁO\nKết quả tháng 4 năm 2024 của huyện Khe Trà\n\n\
    Trong tháng 4/2024, tỷ lệ chất thải rắn được thu gom trên địa bàn huyện Khe Trà đạt 96%. \
    Đến tháng 4/2024, toàn huyện có 31/38 trường đạt chuẩn quốc gia. Năm 2024, huyện có trên 40 hộ thoát nghèo.\n";

struct Desk {
    web: TestApp,
    land: Land,
    cookie: String,
    reading: Reading,
    address: String,
}

impl Desk {
    async fn open() -> Self {
        let web = TestApp::new().await;
        let land = web.settle_land().await;
        let clock = (NOW, NOW.day());
        load(web.app.store(), &operator::may_load(), clock, &Source::Embedded(&FILES), &mut |_| {}).await.unwrap();
        let cookie = web.log_in("tinh", PASSWORD).await;
        let reading = reader::read(PAPER, Some(date(2024, 5, 10)));
        let hand_in = HandIn { reading: reading.clone(), file_name: None, form_key: "k".to_owned(), unit: Some(land.district) };
        let may = permission::may_hand_in(&web.officer().await).unwrap();
        let (HandedIn::New(id) | HandedIn::Known(id)) = web.app.store().hand_in(&may, NOW, hand_in).await.unwrap();
        let address = format!("/readings/{id}");
        Self { web, land, cookie, reading, address }
    }

    /// The desk with the draft of a figure in hand, and the address of its form.
    async fn figure(&self, quote: &str) -> (String, String) {
        let drafts = domain::draft::drafts_of(&self.reading);
        let ordinal = drafts.iter().position(|draft| draft.title() == quote).unwrap() + 1;
        let page = format!("{}?draft={ordinal}", self.address);
        let body = self.web.get_as(&self.cookie, &page).await.body;
        let action = body.split("action=\"").find(|part| part.contains("/drafts/")).unwrap();
        (page, action.split('"').next().unwrap().to_owned())
    }

    async fn decide(&self, quote: &str, fields: &[(&str, &str)]) -> Answer {
        let (page, action) = self.figure(quote).await;
        self.web.submit(&self.cookie, &page, &action, fields).await
    }

    async fn indicator(&self, code: &str) -> String {
        let ledger = self.web.app.scoreboards().ledger(self.web.app.store()).await.unwrap();
        ledger.nouns().indicators.iter().find(|indicator| indicator.code == code).unwrap().id.to_string()
    }

    async fn settle(&self) -> Answer {
        self.web.submit(&self.cookie, &self.address, &format!("{}/acceptance", self.address), &[("which", "all")]).await;
        self.web.submit(&self.cookie, &self.address, &format!("{}/settlement", self.address), &[("revision", "1")]).await
    }

    /// The achievements of the district's groups in April, as the interface for programs gives them.
    async fn board(&self) -> String {
        self.web.get("/api/v1/scoreboards?unit=901&month=2024-04&format=csv").await.body
    }
}

#[tokio::test]
async fn an_accepted_figure_moves_the_board_when_the_paper_is_settled() {
    let desk = Desk::open().await;
    assert!(desk.board().await.contains("901,G1,9473,7000"), "{}", desk.board().await);
    let (page, _) = desk.figure("96%").await;
    let shown = desk.web.get_as(&desk.cookie, &page).await.body;
    assert!(shown.contains("CT1 Tỷ lệ chất thải rắn được thu gom (%)") && shown.contains("đủ điều kiện"), "{shown}");

    let indicator = desk.indicator("CT1").await;
    let unit = desk.land.district.to_string();
    let fields = |what| [("do", what), ("indicator", indicator.as_str()), ("measured_unit", unit.as_str()), ("period", "4/2024")];
    let tried = desk.decide("96%", &fields("try")).await;
    assert_eq!(tried.status, StatusCode::OK);
    assert!(tried.body.contains("94,73\u{a0}% → 101,05\u{a0}%") && tried.body.contains("0 → 1 trên 2"), "{}", tried.body);
    assert!(desk.board().await.contains("901,G1,9473,7000"), "a try writes nothing");

    let accepted = desk.decide("96%", &fields("accept")).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
    let settled = desk.settle().await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.body);
    assert_eq!(desk.board().await, "unit,group,achievement_bp,band\n901,G1,10105,10000\n901,G2,9210,7000\n");
    let written = desk.web.get_as(&desk.cookie, &desk.address).await.body;
    assert!(written.contains("1 số liệu vào bảng điểm"), "{written}");
}

#[tokio::test]
async fn the_whole_of_a_ratio_becomes_its_weight() {
    let desk = Desk::open().await;
    let (indicator, unit) = (desk.indicator("CT2").await, desk.land.district.to_string());
    let fields = [("do", "accept"), ("indicator", indicator.as_str()), ("measured_unit", unit.as_str()), ("period", "2024-04")];
    assert_eq!(desk.decide("31/38 trường", &fields).await.status, StatusCode::SEE_OTHER);
    desk.settle().await;
    // 31/38 = 81.57 % of 80 %.
    assert!(desk.board().await.contains("901,G2,10197,10000"), "{}", desk.board().await);
}

#[tokio::test]
async fn what_is_no_measurement_is_said_and_nothing_typed_is_lost() {
    let desk = Desk::open().await;
    let (waste, schools, unit) = (desk.indicator("CT1").await, desk.indicator("CT2").await, desk.land.district.to_string());
    let send = async |quote: &str, indicator: &str, period: &str| {
        let fields = [("do", "accept"), ("indicator", indicator), ("measured_unit", unit.as_str()), ("period", period)];
        let refused = desk.decide(quote, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{quote} {period}");
        assert!(refused.body.contains(&format!("name=\"period\" maxlength=\"40\" value=\"{period}\"")), "{}", refused.body);
        refused.body
    };
    assert!(send("96%", &schools, "4/2024").await.contains("cần tổng số"));
    assert!(send("trên 40 hộ", &waste, "2024").await.contains("không phải con số chính xác"));
    assert!(send("trên 40 hộ", &waste, "2024").await.contains("đơn vị tính khác nhau"));
    assert!(send("96%", &waste, "tháng mười bốn").await.contains("không phải là một kỳ"));
    assert!(send("96%", "999999", "4/2024").await.contains("Chỉ tiêu"));
    assert!(desk.board().await.contains("901,G1,9473,7000"));
}

#[tokio::test]
async fn the_very_number_is_not_written_twice() {
    let desk = Desk::open().await;
    let (waste, unit) = (desk.indicator("CT1").await, desk.land.district);
    let store = desk.web.app.store();
    let (_, horizon) = desk.web.app.scoreboards().at_head(store).await.unwrap();
    let path = store.unit_path(unit).await.unwrap();
    let may = permission::may_keep_measurements(&desk.web.officer().await, &path).unwrap();
    let new = NewMeasurement {
        unit,
        indicator: Id::new(waste.parse().unwrap()),
        period: "2024-04".parse().unwrap(),
        known_on: NOW.day(),
        value: Some(960),
        weight: None,
        source: None,
        claim: None,
        passage: None,
        reason: None,
    };
    store.enter_measurement(&may, NOW, new, Seen { horizon: horizon.id, row: None }).await.unwrap();
    let unit = unit.to_string();
    let fields = [("do", "accept"), ("indicator", waste.as_str()), ("measured_unit", unit.as_str()), ("period", "4/2024")];
    let refused = desk.decide("96%", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("trong sổ đã có đúng số này"), "{}", refused.body);
}
