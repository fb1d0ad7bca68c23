//! The web to send requests to, without a network.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::{get as get_route, post as post_route};
use cotmoc::routes;
use cotmoc::web::app::{Clock, Settings};
use cotmoc::web::support::form::Fields;
use cotmoc::web::support::rim;
use cotmoc::web::{App, Fault, Page};
use domain::account::Role;
use domain::moment::Moment;
use domain::permission::operator;
use domain::problem::Problem;
use domain::unit::UnitClass;
use jiff::civil::date;
use store::Store;
use store::unit::NewUnit;
use tempfile::TempDir;
use tower::ServiceExt;

/// 9:00 in Viet Nam on 20/5/2024.
pub const NOW: Moment = Moment(1_716_170_400_000);

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub body: String,
    /// As they came, packed or not.
    pub bytes: Vec<u8>,
    headers: HeaderMap,
}

impl Answer {
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }
}

impl Answer {
    /// A cookie that was set, as a request sends it.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
        cookies.filter_map(|cookie| cookie.split(';').next()).find(|cookie| cookie.starts_with(&format!("{name}="))).map(str::to_owned)
    }

    /// The token of the forms of the page.
    pub fn csrf(&self) -> String {
        self.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }
}

/// A form's body.
pub fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The web over a ledger of its own.
pub struct TestApp {
    pub app: App,
    router: Router,
    folder: TempDir,
}

impl TestApp {
    /// The real routes over an empty ledger.
    pub async fn new() -> Self {
        Self::with(Settings::default(), routes::router).await
    }

    /// The real routes as the demo shows them.
    pub async fn demo() -> Self {
        let settings = Settings { place: Some("tỉnh Lam Giang".to_owned()), demo_today: Some(date(2024, 5, 20)), ..Settings::default() };
        Self::with(settings, routes::router).await
    }

    /// The real routes at a public address.
    pub async fn public(url: &str) -> Self {
        let settings = Settings { place: Some("tỉnh Lam Giang".to_owned()), public_url: url.parse().ok(), ..Settings::default() };
        Self::with(settings, routes::router).await
    }

    /// Routes that fail in every way a handler can.
    pub async fn failing() -> Self {
        Self::with(Settings::default(), |app| rim::wrap(Router::new().merge(failing_pages()).nest("/en", failing_pages()), app)).await
    }

    /// Routes of a test's own.
    pub async fn routed(router: impl Fn(App) -> Router) -> Self {
        Self::with(Settings::default(), router).await
    }

    async fn with(settings: Settings, router: impl Fn(App) -> Router) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("test.db").display())).await.unwrap();
        let files = files::Files::open(&folder.path().join("files").display().to_string()).unwrap();
        let app = App::new(store, files, settings, Clock::Fixed(NOW));
        Self { router: router(app.clone()), app, folder }
    }

    /// Takes the place of files away, as a disk that is no longer mounted.
    pub fn lose_files(&self) {
        std::fs::remove_dir_all(self.folder.path().join("files")).unwrap();
    }

    /// Adds an account of an officer; `one_time_until` makes its password a one-time one.
    pub async fn add_account(&self, name: &str, password: &str, one_time_until: Option<Moment>) {
        let store = self.app.store();
        let new = NewUnit {
            code: Some(format!("LG-{name}")),
            name: "tỉnh Lam Giang".to_owned(),
            kind: "tỉnh".to_owned(),
            class: UnitClass::Area,
            parent: None,
            parent_code: None,
            valid_from: None,
            valid_to: None,
        };
        let unit = store.add_unit(&operator::may_keep_units(), NOW, new).await.unwrap();
        let hash = self.app.passwords().hash(password).await.unwrap();
        let role = (Role::Officer, unit.id);
        store.add_account(&operator::may_keep_accounts(), NOW, name, hash, one_time_until, role).await.unwrap();
    }

    /// Logs in and gives back the cookie of the log-in.
    pub async fn log_in(&self, name: &str, password: &str) -> String {
        let answer = self.post("/login", &form(&[("name", name), ("password", password)])).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie("cotmoc_login").unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, &[], body).await
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        send_to(&self.router, method, path, headers, body).await
    }

    /// Sends a form with files.
    pub async fn send_files(&self, path: &str, headers: &[(&str, &str)], form: Vec<u8>) -> Answer {
        let mut request = Request::builder().method("POST").uri(path).header("content-type", "multipart/form-data; boundary=X");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer_of(&self.router, request.body(Body::from(form)).unwrap()).await
    }
}

/// Sends one request.
pub async fn send_to(router: &Router, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if method == "POST" {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    answer_of(router, request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn answer_of(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, body: String::from_utf8_lossy(&bytes).into_owned(), bytes, headers: parts.headers }
}

fn failing_pages() -> Router<App> {
    let problem = async |fields: Fields| Fault::from(Problem::NoDay { field: "due", value: fields.get("due").to_owned() });
    Router::new()
        .route("/about", get_route(cotmoc::web::about::show_about))
        .route("/panic", get_route(async || -> String { panic!("the cause") }))
        .route("/fail", post_route(async |_: Page, _: Fields| Fault::internal("the cause")))
        .route("/problem", post_route(problem))
}
