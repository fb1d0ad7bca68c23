//! What bad input gets on the sheet of numbers and in their history: a status, a sentence, and nothing in the ledger.

use domain::indicator::{AreaRule, Direction, Indicator, PeriodRule};
use domain::permission::operator;

use crate::client::Client;
use crate::site::{BEGINNING, On, Site, with_store};

/// A refused sheet: what it is, its fields, status and what the page says.
type Refused<'a> = (&'static str, Vec<(&'a str, &'a str)>, u16, &'static str);

/// Adds an indicator; gives back its id and that of the district whose reporter is `bao.cao`.
pub fn add_indicator(site: &Site) -> (i64, i64) {
    with_store(&site.database, async |store| {
        let mut write = store.write(&operator::may_load(), BEGINNING).await.unwrap();
        let indicator = Indicator {
            id: write.new_id(),
            code: "MV01".to_owned(),
            name: "Thu ngân sách".to_owned(),
            unit_of_measure: "tỷ đồng".to_owned(),
            decimals: 1,
            direction: Direction::Up,
            area_rule: AreaRule::Sum,
            period_rule: PeriodRule::Sum,
            group: None,
            weight: 1,
            folded: domain::fold::fold("Thu ngân sách"),
        };
        write.insert(&indicator).await.unwrap();
        write.commit("load.add", "load").await.unwrap();
        (indicator.id.number(), store.units_by_code("981").await.unwrap()[0].id.number())
    })
}

fn sheets_are_refused(on: On) {
    let site = Site::open(on);
    let (indicator, unit) = add_indicator(&site);
    let reporter = site.signed_in("bao.cao");
    let (sheet, value, reason) = (format!("/units/{unit}/measurements"), format!("value-{indicator}"), format!("reason-{indicator}"));
    let shown = reporter.get(&format!("{sheet}?period=2024-04&indicator=MV01")).unwrap();
    assert_eq!(shown.status, 200, "{}", shown.body);
    let (csrf, horizon) = (shown.input("csrf").to_owned(), shown.input("horizon").to_owned());
    let post = |fields: &[(&str, &str)]| {
        let own = [("csrf", csrf.as_str()), ("horizon", horizon.as_str()), ("period", "2024-04")];
        let fields: Vec<(&str, &str)> = fields.iter().chain(&own).copied().collect();
        reporter.post(&sheet, &fields).unwrap()
    };
    let (long_source, long_reason, digits) = ("n".repeat(501), "n".repeat(4001), "9".repeat(400));
    let value = value.as_str();
    let refused: Vec<Refused<'_>> = vec![
        ("no number", vec![(value, "nhiều")], 422, "«nhiều» chưa phải là một số"),
        ("a power", vec![(value, "1e5")], 422, "«1e5» chưa phải là một số"),
        ("no number at all", vec![(value, "NaN")], 422, "chưa phải là một số"),
        ("two signs", vec![(value, "--1")], 422, "chưa phải là một số"),
        ("two commas", vec![(value, "1,2,3")], 422, "chưa phải là một số"),
        ("wide digits", vec![(value, "１２")], 422, "chưa phải là một số"),
        ("NUL", vec![(value, "1\0")], 422, "chưa phải là một số"),
        ("endless digits", vec![(value, &digits)], 422, "chưa phải là một số"),
        ("too many digits", vec![(value, "999999999999999999")], 422, "có quá 18 chữ số"),
        ("too fine", vec![(value, "1,25")], 422, "nhiều chữ số thập phân hơn mức 1"),
        ("a long source", vec![(value, "1"), ("source", &long_source)], 422, "Nguồn dài quá"),
        ("a long reason", vec![(value, "1"), (&reason, &long_reason)], 422, "Lý do dài quá"),
        ("markup", vec![(value, "<script>")], 422, "«&#60;script&#62;»"),
        ("no period", vec![("period", ""), (value, "1")], 422, "không phải là một kỳ"),
        ("a period that is none", vec![("period", "2024-13"), (value, "1")], 422, "«2024-13» không phải là một kỳ"),
        ("a period ahead", vec![("period", "9998"), (value, "1")], 422, "chưa bắt đầu"),
        ("no horizon", vec![("horizon", ""), (value, "1")], 409, "vừa có người thay đổi"),
        ("an endless horizon", vec![("horizon", &digits), (value, "1")], 409, "vừa có người thay đổi"),
        ("an indicator that is none", vec![("value-999999", "1")], 422, "Chưa có ô nào thay đổi"),
        ("a field that is none", vec![("value-x", "1"), ("value-", "1")], 422, "Chưa có ô nào thay đổi"),
        ("nothing", vec![], 422, "Chưa có ô nào thay đổi"),
        ("another log-in's token", vec![("csrf", "0"), (value, "1")], 403, ""),
    ];
    let before = site.sound_entries();
    for (what, fields, status, words) in refused {
        let answer = post(&fields);
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        assert!(answer.body.replace('\u{a0}', " ").contains(words), "{what}: {}", answer.body);
    }
    addresses_are_refused(&reporter, unit, indicator);
    assert_eq!(site.sound_entries(), before, "something was written");
    assert_eq!(post(&[(value, "12,5")]).status, 303);
    assert_eq!(site.sound_entries(), before + 1);
}

fn addresses_are_refused(reporter: &Client, unit: i64, indicator: i64) {
    let history = format!("/units/{unit}/indicators/{indicator}/history");
    for (path, status) in [
        ("/units/x/measurements".to_owned(), 400),
        ("/units/99999999999999999999/measurements".to_owned(), 400),
        ("/units/999999/measurements".to_owned(), 404),
        (format!("/units/{unit}/measurements?period=%00&indicator=%00&entered=9-1"), 200),
        (format!("/units/{unit}/measurements?entered=1-99999999999999999999"), 200),
        (format!("/units/{unit}/measurements?entered=1-9"), 200),
        (format!("{history}?row=x&entered=x"), 200),
        (format!("{history}?page=0"), 404),
        (format!("{history}?page=2"), 404),
        (format!("/units/{unit}/indicators/999999/history"), 404),
        (format!("/units/999999/indicators/{indicator}/history"), 404),
        ("/measurements/999999".to_owned(), 404),
        ("/measurements/999999/correction".to_owned(), 405),
    ] {
        assert_eq!(reporter.get(&path).unwrap().status, status, "{path}");
    }
    let csrf = reporter.get("/my-work").unwrap().input("csrf").to_owned();
    for verb in ["correction", "withdrawal"] {
        let answer = reporter.post(&format!("/measurements/999999/{verb}"), &[("csrf", &csrf), ("reason", "x")]).unwrap();
        assert_eq!(answer.status, 404, "{verb}");
    }
}

#[test]
fn numbers_that_are_none_are_refused_on_sqlite() {
    sheets_are_refused(On::Sqlite);
}

#[test]
fn numbers_that_are_none_are_refused_on_postgresql() {
    sheets_are_refused(On::Postgres);
}
