//! A router to send requests to, without a network.

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

fn app() -> App {
    App::new(Settings::default(), Clock::Fixed(NOW))
}

/// The real routes.
pub fn test_router() -> Router {
    routes::router(app())
}

/// The demo's routes.
pub fn demo() -> Router {
    let settings = Settings { place: Some("Tỉnh Lam Giang".to_owned()), demo_today: Some(date(2024, 5, 20)) };
    routes::router(App::new(settings, Clock::Fixed(NOW)))
}

/// The real routes with their app, to look into the counters.
pub fn counted() -> (Router, App) {
    let app = app();
    (routes::router(app.clone()), app)
}

/// Routes that fail in every way a handler can.
pub fn with_routes() -> Router {
    let failing = || {
        Router::new()
            .route("/about", get_route(cotmoc::web::about::show_about))
            .route("/panic", get_route(async || -> String { panic!("the cause") }))
            .route("/fail", post_route(async |_: Page, _: Fields| Fault::internal("the cause")))
            .route(
                "/problem",
                post_route(async |fields: Fields| Fault::from(Problem::NoDay { field: "due", value: fields.get("due").to_owned() })),
            )
    };
    rim::wrap(Router::new().merge(failing()).nest("/en", failing()), app())
}

pub async fn send(router: &Router, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if method == "POST" {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, body: String::from_utf8_lossy(&bytes).into_owned(), headers: parts.headers }
}

pub async fn get(router: &Router, path: &str) -> Answer {
    send(router, "GET", path, &[], "").await
}

pub async fn post(router: &Router, path: &str, body: &str) -> Answer {
    send(router, "POST", path, &[], body).await
}
