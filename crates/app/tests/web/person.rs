//! People: the list by given name with the positions of a day, one person's page, who held office at a unit.

use axum::http::StatusCode;
use domain::fold::fold;
use domain::id::Id;
use domain::permission::operator;
use domain::person::{Person, Position};
use domain::sort::person_sort_key;
use domain::unit::Unit;
use jiff::civil::{Date, date};

use crate::paper::{NEWS, PASSWORD};
use crate::support::{NOW, TestApp};

impl TestApp {
    /// Enters a person with a position, as the operator does.
    async fn enter_person(&self, name: &str, title: &str, unit: Id<Unit>, held: (Option<Date>, Option<Date>)) -> Id<Person> {
        let mut write = self.app.store().write(&operator::may_keep_units(), NOW).await.unwrap();
        let (folded, sort_key) = (fold(name), person_sort_key(name));
        let person = Person { id: write.new_id(), name: name.to_owned(), folded, sort_key, code: None };
        write.insert(&person).await.unwrap();
        let (held_from, held_to) = held;
        let (title, unit) = (title.to_owned(), Some(unit));
        let position = Position {
            id: write.new_id(),
            person: person.id,
            unit,
            title,
            ordinal: 1,
            held_from,
            held_to,
            attested_on: None,
            passage: None,
        };
        write.insert(&position).await.unwrap();
        write.commit("person.add", "person").await.unwrap();
        person.id
    }
}

/// Where words stand in a page, one behind the other.
fn in_order(body: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        from += body[from..].find(word).unwrap_or_else(|| panic!("{word} is missing or out of order in {body}"));
    }
}

const SINCE_MARCH: (Option<Date>, Option<Date>) = (Some(date(2024, 3, 1)), None);
const UNTIL_MARCH: (Option<Date>, Option<Date>) = (Some(date(2020, 3, 1)), Some(date(2024, 2, 29)));

#[tokio::test]
async fn people_stand_under_the_letter_of_their_given_name() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    assert!(web.get("/people").await.body.contains("Chưa có ai trong danh sách"));
    for name in ["Vàng Thị Đào", "Giàng A Sùng", "H'Hen Niê", "Lò Văn Ân", "Lê An"] {
        web.enter_person(name, "Chuyên viên", land.district, SINCE_MARCH).await;
    }
    let page = web.get("/people").await;
    in_order(&page.body, &["5 người", "Lê An", "Lò Văn Ân", "Vàng Thị Đào", "H&#39;Hen Niê", "Giàng A Sùng"]);
    assert!(page.body.contains("id=\"chu-d2"), "{}", page.body);
    assert!(page.body.matches("<li><a href=\"/people#chu-").count() == 5, "a letter leads to its people: {}", page.body);
    let english = web.get("/en/people").await;
    assert!(english.body.contains("5 people · positions on 20\u{a0}May\u{a0}2024") && english.body.contains("<h1>People</h1>"));
}

#[tokio::test]
async fn the_positions_are_those_of_the_day_asked_for() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.enter_person("Lò Văn Ân", "Chủ tịch UBND huyện", land.district, UNTIL_MARCH).await;
    web.enter_person("Lê An", "Phó Chủ tịch UBND huyện", land.district, SINCE_MARCH).await;
    web.enter_person("Bùi Bá", "Chánh Thanh tra huyện", land.district, (None, None)).await;
    let now = web.get("/people").await.body;
    in_order(&now, &["Lê An", "Phó Chủ tịch UBND huyện", "từ 1/3/2024", "Lò Văn Ân", "Không có chức vụ nào được biết ở ngày này"]);
    in_order(&now, &["Bùi Bá", "Chánh Thanh tra huyện", "Chưa rõ ngày này có giữ không, không rõ thời gian"]);
    let before = web.get("/people?day=17/4/2023").await.body;
    in_order(&before, &["chức vụ ngày 17/4/2023", "Lê An", "Không có chức vụ", "Lò Văn Ân", ">Chủ tịch UBND huyện<"]);
    let found = web.get("/people?q=pho+chu+tich").await.body;
    assert!(found.contains("1 người") && found.contains("Lê An") && !found.contains("Bùi Bá"));
    let elsewhere = web.get(&format!("/people?unit={}", land.province)).await.body;
    assert!(elsewhere.contains("Không có ai khớp với điều đang tìm"));
    let wrong = web.get("/people?day=31/2").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("«31/2» chưa phải là một ngày") && wrong.body.contains("value=\"31/2\""));
    assert_eq!(web.get("/people?page=2").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_long_list_is_paged_and_its_letters_lead_to_the_page() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    for number in 0..101 {
        let family = char::from(b'A' + u8::try_from(number % 26).unwrap());
        web.enter_person(&format!("{family} {number} An"), "Chuyên viên", land.district, SINCE_MARCH).await;
    }
    web.enter_person("Lê Xuân", "Chuyên viên", land.district, SINCE_MARCH).await;
    let page = web.get("/people?day=2024-05-01").await;
    assert!(page.body.contains("href=\"/people?day=2024-05-01&#38;page=2#chu-x1") && !page.body.contains("Lê Xuân"), "{}", page.body);
    assert!(web.get("/people?day=2024-05-01&page=2").await.body.contains("Lê Xuân"));
}

#[tokio::test]
async fn namesakes_are_told_apart() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    let chair = web.enter_person("Giàng A Páo", "Chủ tịch UBND huyện", land.district, SINCE_MARCH).await;
    let teacher = web.enter_person("Giàng A Páo", "Hiệu trưởng", land.province, UNTIL_MARCH).await;
    assert_eq!(web.get("/people").await.body.matches("1 người khác cùng tên").count(), 2);
    let page = web.get(&format!("/people/{chair}")).await.body;
    assert!(page.contains("Người khác cùng tên") && page.contains(&format!("href=\"/people/{teacher}\"")) && page.contains("Hiệu trưởng"));
    in_order(&page, &["Chủ tịch UBND huyện", "Đang giữ ngày này", "từ 1/3/2024"]);
    let then = web.get(&format!("/people/{chair}?day=2023-01-01")).await.body;
    in_order(&then, &["chức vụ ngày 1/1/2023", "Chủ tịch UBND huyện", "Không giữ ngày này"]);
    assert_eq!(web.get(&format!("/people/{chair}?day=x")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_unit_names_its_office_holders_of_a_day_in_protocol_order() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    for (name, title, held) in [
        ("Lê An", "Phó Chủ tịch UBND huyện", SINCE_MARCH),
        ("Bùi Bá", "Chủ tịch UBND huyện", SINCE_MARCH),
        ("Vàng Thị Đào", "Bí thư Huyện ủy", SINCE_MARCH),
        ("Lò Văn Ân", "Bí thư Huyện ủy", UNTIL_MARCH),
    ] {
        web.enter_person(name, title, land.district, held).await;
    }
    let path = format!("/units/{}", land.district);
    in_order(&web.get(&path).await.body, &["chức vụ ngày 20/5/2024", "Vàng Thị Đào", "Bùi Bá", "Lê An", "Lò Văn Ân", "Không giữ ngày này"]);
    in_order(&web.get(&format!("{path}?day=1/2/2024")).await.body, &["Lò Văn Ân", "Đang giữ ngày này", "Vàng Thị Đào"]);
    assert_eq!(web.get(&format!("{path}?day=x")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn citizens_see_whom_published_papers_name() {
    let web = TestApp::new().await;
    let land = web.settle_land().await;
    web.settle_paper(&land, NEWS).await;
    assert!(!web.get("/people").await.body.contains("Hà Minh Sơn"));
    let officer = web.log_in("tinh", PASSWORD).await;
    assert!(web.get_as(&officer, "/people").await.body.contains("Hà Minh Sơn"));
}
