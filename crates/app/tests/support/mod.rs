//! The web to send requests to, without a network.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::{get as get_route, post as post_route};
use cotmoc::routes;
use cotmoc::web::app::{Clock, Settings};
use cotmoc::web::support::form::Fields;
use cotmoc::web::support::rim;
use cotmoc::web::{App, Fault, Page};
use domain::moment::Moment;
use domain::problem::Problem;
use jiff::civil::date;
use store::Store;
use tempfile::TempDir;
use tower::ServiceExt;

/// 9:00 in Viet Nam on 20/5/2024.
const NOW: Moment = Moment(1_716_170_400_000);

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub body: String,
    headers: HeaderMap,
}

impl Answer {
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }
}

/// The web over a ledger of its own.
pub struct TestApp {
    pub app: App,
    router: Router,
    _folder: TempDir,
}

impl TestApp {
    /// The real routes over an empty ledger.
    pub async fn new() -> Self {
        Self::with(Settings::default(), routes::router).await
    }

    /// The real routes as the demo shows them.
    pub async fn demo() -> Self {
        let settings = Settings { place: Some("Tỉnh Lam Giang".to_owned()), demo_today: Some(date(2024, 5, 20)) };
        Self::with(settings, routes::router).await
    }

    /// Routes that fail in every way a handler can.
    pub async fn failing() -> Self {
        Self::with(Settings::default(), |app| rim::wrap(Router::new().merge(failing_pages()).nest("/en", failing_pages()), app)).await
    }

    async fn with(settings: Settings, router: impl Fn(App) -> Router) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("test.db").display())).await.unwrap();
        let app = App::new(store, settings, Clock::Fixed(NOW));
        Self { router: router(app.clone()), app, _folder: folder }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, &[], body).await
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if method == "POST" {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, body: String::from_utf8_lossy(&bytes).into_owned(), headers: parts.headers }
    }
}

fn failing_pages() -> Router<App> {
    let problem = async |fields: Fields| Fault::from(Problem::NoDay { field: "due", value: fields.get("due").to_owned() });
    Router::new()
        .route("/about", get_route(cotmoc::web::about::show_about))
        .route("/panic", get_route(async || -> String { panic!("the cause") }))
        .route("/fail", post_route(async |_: Page, _: Fields| Fault::internal("the cause")))
        .route("/problem", post_route(problem))
}
