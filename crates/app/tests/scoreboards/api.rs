//! `/api/v1/scoreboards`: the same rows as the command line's, for programs.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use cotmoc::routes;
use cotmoc::web::App;
use cotmoc::web::app::{Clock, Settings};
use domain::moment::Moment;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::support::{Ledger, On, small};

/// 9:00 in Viet Nam on 20/7/2025.
const NOW: Moment = Moment(1_752_976_800_000);

struct Site {
    ledger: Ledger,
    router: Router,
}

impl Site {
    async fn open() -> Self {
        let ledger = Ledger::of(On::Sqlite, &small());
        let app = App::new(ledger.open().await, ledger.files(), Settings::default(), Clock::Fixed(NOW));
        Self { router: routes::router(app), ledger }
    }

    async fn get(&self, address: &str) -> Response {
        let request = Request::get(address).body(Body::empty()).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn json(&self, address: &str) -> (StatusCode, Value) {
        let response = self.get(address).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json", "{address}");
        let status = response.status();
        (status, serde_json::from_str(&text(response).await).unwrap())
    }
}

async fn text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn the_csv_is_that_of_the_command_line() {
    let site = Site::open().await;
    for (arguments, address) in [
        (&["--all-units", "--month", "2025-05"][..], "all=1&month=2025-05"),
        (&["--unit", "70", "--month", "2025-07", "--resolution", "R2"], "unit=70&month=2025-07&resolution=R2"),
        (&["--all-units", "--month", "2025-07", "--as-reported"], "all=1&month=2025-07&tree=as-reported"),
        (&["--all-units", "--month", "2025-05", "--restate-to", "2025-07-31"], "all=1&month=2025-05&tree=2025-07-31"),
    ] {
        let printed = site.ledger.board(&[arguments, &["--known-on", "2025-07-20", "--format", "csv"]].concat());
        let response = site.get(&format!("/api/v1/scoreboards?{address}&known-on=2025-07-20&format=csv")).await;
        assert_eq!(
            (response.status(), &response.headers()[header::CONTENT_TYPE]),
            (StatusCode::OK, &"text/csv; charset=utf-8; header=present".parse().unwrap())
        );
        assert_eq!(text(response).await, printed, "{address}");
    }
}

#[tokio::test]
async fn the_json_says_what_was_asked_and_has_the_rows_of_the_csv() {
    let site = Site::open().await;
    let (status, answer) = site.json("/api/v1/scoreboards?unit=70&month=2025-05").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        answer,
        json!({
            "question": {
                "unit": "70",
                "resolution": null,
                "month": "2025-05",
                "known_on": "2025-07-20",
                "tree": "of-month",
                "units_on": "2025-05-31",
            },
            "rows": [
                { "unit": "70", "group": "G1", "achievement_bp": 8391, "band": "7000" },
                { "unit": "70", "group": "G2", "achievement_bp": 7500, "band": "5000" },
            ],
        })
    );
    let (_, answer) = site.json("/api/v1/scoreboards?unit=7031&month=2025-07&tree=as-reported").await;
    assert_eq!(answer["rows"], json!([{ "unit": "7031", "group": "G1", "achievement_bp": null, "band": "none" }]));
    let printed =
        site.ledger.board(&["--unit", "7031", "--month", "2025-07", "--as-reported", "--known-on", "2025-07-20", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), answer);
}

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_named_with_what_was_expected() {
    let site = Site::open().await;
    for (address, parameter, value, expected) in [
        ("unit=70", "month", json!(null), "2024-03"),
        ("unit=70&month=2025-13", "month", json!("2025-13"), "2024-03"),
        ("unit=70&month=2025-Q1", "month", json!("2025-Q1"), "2024-03"),
        ("month=2025-05", "unit", json!(null), "all=1"),
        ("unit=70&all=1&month=2025-05", "unit", json!("70"), "all=1"),
        ("all=yes&month=2025-05", "all", json!("yes"), "1"),
        ("unit=70&month=2025-05&known-on=31.2.2025", "known-on", json!("31.2.2025"), "2024-04-16"),
        ("unit=70&month=2025-05&tree=today", "tree", json!("today"), "as-reported"),
        ("unit=70&month=2025-05&format=xlsx", "format", json!("xlsx"), "csv"),
        ("unit=70&month=2025-05&knownon=2025-06-10", "knownon", json!("2025-06-10"), "known-on"),
        ("unit=70&unit=701&month=2025-05", "unit", json!("70"), "một lần"),
        ("unit=9999&month=2025-05", "unit", json!("9999"), "31/5/2025"),
        ("unit=701&month=2025-07", "unit", json!("701"), "30/6/2025"),
        ("unit=70&month=2025-05&resolution=R9", "resolution", json!("R9"), "R1, R2"),
    ] {
        let (status, answer) = site.json(&format!("/api/v1/scoreboards?{address}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{address}");
        assert_eq!((&answer["error"]["parameter"], &answer["error"]["value"]), (&json!(parameter), &value), "{address}");
        assert!(answer["error"]["expected"].as_str().unwrap().contains(expected), "{address}: {answer}");
    }
    let (_, answer) = site.json("/en/api/v1/scoreboards?unit=70").await;
    assert_eq!(answer["error"]["expected"], "a month such as 2024-03");
    let (_, answer) = site.json(&format!("/api/v1/scoreboards?unit={}&month=2025-05", "ữ".repeat(5000))).await;
    assert_eq!(answer["error"]["value"].as_str().unwrap().chars().count(), 100);
}

#[tokio::test]
async fn an_answer_is_sent_again_only_when_something_was_written() {
    let site = Site::open().await;
    let address = "/api/v1/scoreboards?all=1&month=2025-05";
    let first = site.get(address).await;
    assert_eq!(first.headers()[header::CACHE_CONTROL], "public, no-cache");
    let tag = first.headers()[header::ETAG].clone();
    let again = async |address: &str| {
        let request = Request::get(address).header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap();
        site.router.clone().oneshot(request).await.unwrap().status()
    };
    assert_eq!(again(address).await, StatusCode::NOT_MODIFIED);
    assert_eq!(again(&format!("{address}&format=csv")).await, StatusCode::OK);
    assert_eq!(again(&format!("{address}&known-on=2025-06-10")).await, StatusCode::OK);
    let added = site.ledger.run(&["unit", "add", "71", "tỉnh Khác", "--kind", "tỉnh"]);
    assert!(added.status.success());
    assert_eq!(again(address).await, StatusCode::OK);
}

#[tokio::test]
async fn a_ledger_that_is_away_is_said_in_json() {
    let ledger = Ledger::of(On::Sqlite, &small());
    let store = ledger.open().await;
    let site = Site { router: routes::router(App::new(store.clone(), ledger.files(), Settings::default(), Clock::Fixed(NOW))), ledger };
    store.close().await;
    let (status, answer) = site.json("/api/v1/scoreboards?all=1&month=2025-05").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer["error"]["message"].is_string() && answer["error"]["advice"].is_string(), "{answer}");
}
