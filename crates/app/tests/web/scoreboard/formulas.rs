//! Every formula that a board and its numbers print gives, computed by hand, the printed number.

use std::collections::{BTreeMap, BTreeSet};

use domain::period::Period;

use super::plain;
use super::reckon::check;
use super::world::{load, reorganised};
use crate::support::TestApp;

/// A printed formula with the attributes of its element.
struct Printed {
    attributes: String,
    text: String,
}

impl Printed {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.split(&format!("{name}=\"")).nth(1)?.split('"').next()
    }
}

fn printed(html: &str) -> Vec<Printed> {
    let element = |rest: &str| {
        let (attributes, rest) = rest.split_once('>').unwrap();
        Printed { attributes: attributes.to_owned(), text: rest.split("</code>").next().unwrap().to_owned() }
    };
    plain(html).split("<code class=\"filled\"").skip(1).map(element).collect()
}

#[tokio::test]
async fn computing_the_printed_formulas_by_hand_gives_the_printed_numbers() {
    let web = TestApp::demo().await;
    load(&web, &reorganised()).await;
    let (mut cases, mut fractions, mut formulas) = (BTreeSet::new(), 0, 0);
    for (code, month) in [("901", "2024-04"), ("90103", "2024-04"), ("901", "2024-05"), ("90111", "2024-05"), ("90112", "2024-05")] {
        for resolution in ["A", "B", "C"] {
            for tree in ["", "&tree=as-reported"] {
                let ledger = web.app.scoreboards().ledger(web.app.store()).await.unwrap();
                let unit = ledger.unit_at(code, month.parse::<Period>().unwrap().last_day()).unwrap().id;
                let board = web.get(&format!("/scoreboards/{unit}?resolution={resolution}&month={month}{tree}")).await.body;
                let achievements = achievements_of(&web, &board, &mut cases, &mut fractions, &mut formulas).await;
                for group in printed(&board) {
                    let result = check(&group.text);
                    assert_eq!(group.attribute("data-result"), Some(result.over.to_string().as_str()), "{}", group.text);
                    let members = &achievements[group.attribute("data-group").unwrap()];
                    assert!(!members.is_empty() && members.iter().all(|member| group.text.contains(member)), "{}", group.text);
                    formulas += 1;
                }
            }
        }
    }
    assert_eq!(cases, BTreeSet::from(["down", "down_to_zero", "from_baseline", "reached", "up"].map(str::to_owned)));
    assert!(fractions > 40 && formulas > 250, "{fractions} fractions, {formulas} formulas");
}

/// Opens every indicator of a board and computes what it prints; gives the achievements that count, by group.
async fn achievements_of(
    web: &TestApp,
    board: &str,
    cases: &mut BTreeSet<String>,
    fractions: &mut usize,
    formulas: &mut usize,
) -> BTreeMap<String, Vec<String>> {
    let board = plain(board);
    let links: BTreeSet<&str> =
        board.split('"').filter(|part| part.starts_with("/scoreboards/") && part.contains("/indicators/")).collect();
    let mut achievements: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for link in links {
        let page = web.get(link).await.body;
        let group = page.split("#nhom-").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let of_group = achievements.entry(group).or_default();
        let mut counted = false;
        for formula in printed(&page) {
            let result = check(&formula.text);
            *formulas += 1;
            *fractions += usize::from(formula.text.contains('/'));
            let Some(case) = formula.attribute("data-case") else { continue };
            cases.insert(case.to_owned());
            let counts = result.over.clamp(0, 20_000).to_string();
            assert_eq!(formula.attribute("data-result"), Some(counts.as_str()), "{}", formula.text);
            // The first one of a page counts in the group.
            if !std::mem::replace(&mut counted, true) {
                of_group.push(counts);
            }
        }
    }
    achievements
}

#[tokio::test]
async fn a_number_opens_down_to_its_rows_with_corrections_withdrawals_and_what_is_missing() {
    let web = TestApp::demo().await;
    load(&web, &reorganised()).await;
    let ledger = web.app.scoreboards().ledger(web.app.store()).await.unwrap();
    let day = "2024-05".parse::<Period>().unwrap().last_day();
    let indicator = |code: &str| ledger.nouns().indicators.iter().find(|one| one.code == code).unwrap().id;
    let open = async |unit: &str, code: &str, query: &str| {
        let unit = ledger.unit_at(unit, day).unwrap().id;
        plain(&web.get(&format!("/scoreboards/{unit}/indicators/{}?month=2024-05{query}", indicator(code))).await.body)
    };
    let page = open("901", "A11", "").await;
    for words in [
        "measurements.csv dòng 7",
        "<del>22,5 tấn</del>",
        "Biểu 1 sửa",
        "1 số đã rút",
        "<ins>310,0 tấn</ins>",
        "300,5 tấn",
        "biết từ 1/3/2024",
        "310,0 tấn",
        "Không có trong số này",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let page = open("90111", "A11", "").await;
    for words in ["quy đổi × 3/5", "Xã Suối Đá (mã 90104", "chưa rõ phần của Xã Suối Đá", "(phần nguyên"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let page = open("901", "C13", "&known-on=2024-05-20").await;
    assert!(page.contains("biết sau ngày đang hỏi") && page.contains("nên lấy 20000"), "{page}");
    let page = open("901", "A12", "").await;
    assert!(page.contains("để cạnh, không tính vào nhóm") && page.contains("điểm phần trăm"), "{page}");
}
