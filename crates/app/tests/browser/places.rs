//! Every page of the web by the route that it belongs to, with who looks at it: what the tests of access walk over. A route that is
//! not here fails [`every_route_is_walked`].

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Everybody,
    /// Somebody signed in, by the name of the demo's account.
    Account(&'static str),
}

pub const OFFICER: Who = Who::Account("van.thu");
const REPORTER: Who = Who::Account("bao.cao");
const VIEWER: Who = Who::Account("kiem.tra");
const ADMINISTRATOR: Who = Who::Account("quan.tri");
/// Everybody who looks, in the order of the walk: each is logged in once.
pub const ALL: [Who; 5] = [Who::Everybody, OFFICER, REPORTER, VIEWER, ADMINISTRATOR];

/// A page. Its place is an address, or `address => selector => selector`: the first link of the selector on the page before.
#[derive(Debug)]
pub struct Page {
    pub route: &'static str,
    pub who: Who,
    pub place: &'static str,
}

const fn page(route: &'static str, who: Who, place: &'static str) -> Page {
    Page { route, who, place }
}

use Who::Everybody;

#[rustfmt::skip]
pub const PAGES: &[Page] = &[
    page("/", Everybody, "/"),
    page("/", Everybody, "/en"),
    page("/", OFFICER, "/"),
    page("/news", Everybody, "/news"),
    page("/news/{address}", Everybody, "/news => main a[href*='/news/']:not([href$='.atom'])"),
    page("/news/{address}", OFFICER, "/news => main a[href*='/news/']:not([href$='.atom'])"),
    page("/documents", Everybody, "/documents"),
    page("/documents/{id}", Everybody, "/documents => main a[href*='/documents/']"),
    page("/documents/{id}", OFFICER, "/en/documents => main a[href*='/documents/']"),
    page("/passages/{id}", Everybody, "/proposals => main a[href*='/proposals/'] => main a[href*='/passages/']"),
    page("/scoreboards", Everybody, "/scoreboards"),
    page("/scoreboards/{unit}", Everybody, "/scoreboards => main a[href*='/scoreboards/']"),
    page("/scoreboards/{unit}", Everybody, "/en/scoreboards => main a[href*='/scoreboards/']"),
    page("/scoreboards/{unit}", OFFICER, "/units => main a[href*='/units/'] => main a[href*='/scoreboards/']"),
    page("/scoreboards/{unit}", Everybody, "/scoreboards/2?month=thang-nao-do"),
    page("/scoreboards/{unit}/indicators/{indicator}", Everybody, "/scoreboards/2 => a[href*='/indicators/']"),
    page("/scoreboards/{unit}/ranking", Everybody, "/scoreboards/2 => a[href*='/ranking']"),
    page("/scoreboards/{unit}/heat", Everybody, "/scoreboards/2 => a[href*='/heat']"),
    page("/scoreboards/{unit}/missing", Everybody, "/scoreboards/2 => a[href*='/missing']"),
    page("/scoreboards/{unit}/indicators/{indicator}/trend", Everybody, "/scoreboards/2 => a[href*='/indicators/'] => a[href*='/trend']"),
    page("/units", Everybody, "/units"),
    page("/units/{id}", Everybody, "/units => main a[href*='/units/']"),
    page("/units/{id}", OFFICER, "/en/units => main a[href*='/units/']"),
    page("/units/{unit}/indicators/{indicator}/history", REPORTER, "/my-work => a[href*='/measurements'] => a[href*='/history']"),
    page("/people", Everybody, "/people"),
    page("/people/{id}", Everybody, "/sessions => main a[href*='/sessions/'] => a[href*='/people/']"),
    page("/about", Everybody, "/about"),
    page("/open-data", Everybody, "/open-data"),
    page("/accessibility", Everybody, "/accessibility"),
    page("/accessibility", Everybody, "/en/accessibility"),
    page("/sessions", Everybody, "/sessions"),
    page("/sessions/{session}", Everybody, "/sessions => main a[href*='/sessions/']"),
    page("/sessions/{session}", OFFICER, "/sessions => main a[href*='/sessions/']"),
    page("/boards/{board}", Everybody, "/ => .hero-foot a[href*='/boards/']"),
    page("/tasks", Everybody, "/tasks"),
    page("/tasks", OFFICER, "/en/tasks"),
    page("/tasks/{task}", Everybody, "/tasks => main a[href*='/tasks/']"),
    page("/tasks/{task}", OFFICER, "/tasks => main th a[href*='/tasks/']"),
    page("/tasks/{task}", VIEWER, "/tasks => main th a[href*='/tasks/']"),
    page("/proposals", Everybody, "/proposals"),
    page("/proposals/{proposal}", Everybody, "/proposals => main a[href*='/proposals/']"),
    page("/proposals/{proposal}", OFFICER, "/proposals => main a[href*='/proposals/']"),
    page("/photos/{photo}", Everybody, "/sessions => main a[href*='/sessions/'] => main a[href*='/photos/']"),
    page("/documents/{id}/photos", OFFICER, "/sessions => main a[href*='/sessions/'] => main a[href$='/photos']"),
    page("/search", Everybody, "/search"),
    page("/search", Everybody, "/search?q=nh%C3%A0+t%E1%BA%A1m"),
    page("/search", OFFICER, "/en/search?q=khong+co+gi+nhu+the"),
    page("/login", Everybody, "/login"),
    page("/login", Everybody, "/en/login"),
    page("/password", OFFICER, "/password"),
    page("/my-work", OFFICER, "/my-work"),
    page("/my-work", REPORTER, "/my-work"),
    page("/my-work", VIEWER, "/my-work"),
    page("/my-work", ADMINISTRATOR, "/en/my-work"),
    page("/journal", VIEWER, "/journal"),
    page("/accounts", ADMINISTRATOR, "/accounts"),
    page("/units/{unit}/measurements", REPORTER, "/my-work => a[href*='/measurements']"),
    page("/articles/{id}/edit", OFFICER, "/news => main a[href*='/news/']:not([href$='.atom']) => main a[href$='/edit']"),
    page("/readings", OFFICER, "/readings"),
    page("/readings/new", OFFICER, "/readings/new"),
    page("/readings/{reading}", OFFICER, "/readings => main th a[href*='/readings/']"),
    page("/readings/{reading}", OFFICER, "/en/readings => main section:last-of-type th a[href*='/readings/']"),
    // What is not there, is not for this visitor, or was asked in a wrong way.
    page("", Everybody, "/khong-co-trang-nay"),
    page("", Everybody, "/en/tasks/999999999"),
    page("", Everybody, "/my-work"),
    page("", Everybody, "/logout"),
    page("", REPORTER, "/journal"),
];

/// Pages of an empty ledger, for its officer.
pub const EMPTY: [&str; 12] = [
    "/",
    "/news",
    "/documents",
    "/scoreboards",
    "/units",
    "/sessions",
    "/tasks",
    "/proposals",
    "/readings",
    "/my-work",
    "/en",
    "/en/readings",
];

/// What is no page: files, data for programs, and an address that only leads on to a page.
#[rustfmt::skip]
const NO_PAGES: [&str; 15] = [
    "/api/v1/scoreboards", "/assets/{*file}", "/measurements/{measurement}", "/pictures/{picture}/{file}",
    "/favicon.ico", "/apple-touch-icon.png", "/site.webmanifest", "/robots.txt", "/sitemap.xml", "/sitemaps/{part}",
    "/search/suggestions", "/news/feed.atom", "/units/{id}/feed.atom", "/sessions.ics", "/sessions/{session}/calendar.ics",
];

/// A form with something to mend: the page, the fields with what is typed, the button.
pub struct Mistake {
    pub who: Who,
    pub place: &'static str,
    pub typed: &'static [(&'static str, &'static str)],
    pub button: &'static str,
}

const fn mistake(who: Who, place: &'static str, typed: &'static [(&'static str, &'static str)], button: &'static str) -> Mistake {
    Mistake { who, place, typed, button }
}

#[rustfmt::skip]
pub const MISTAKES: &[Mistake] = &[
    mistake(Everybody, "/login", &[("name", "khong.ai"), ("password", "khong dung")], "main form button"),
    mistake(OFFICER, "/readings/new", &[], "form[enctype] button[type=submit]"),
    mistake(OFFICER, "/password", &[("password", "a"), ("new_password", "b"), ("new_password_again", "c")], "main form button"),
    mistake(OFFICER, "/readings => main th a[href*='/readings/']", &[("held_on", "hôm qua")], "form[action$='/head'] button[type=submit]"),
    mistake(OFFICER, "/news => main a[href*='/news/']:not([href$='.atom']) => main a[href$='/edit']", &[("title", "")], "#sua button[type=submit]"),
    mistake(REPORTER, "/my-work => a[href*='/measurements']", &[("value", "rất nhiều")], ".sticky-foot button"),
    mistake(ADMINISTRATOR, "/accounts", &[("name", "Không Được!")], "main form[action$='/accounts'] button"),
];

/// Every route of a page that is read, by `routes.rs`.
fn routes() -> Vec<&'static str> {
    let lines = include_str!("../../src/routes.rs").split(".route(").skip(1);
    let reads = lines.filter(|line| line.contains("get("));
    reads.filter_map(|line| line.split('"').nth(1)).collect()
}

#[test]
fn every_route_is_walked() {
    let routes = routes();
    assert!(routes.len() > 30, "routes.rs is not read: {routes:?}");
    let missing: Vec<_> =
        routes.iter().filter(|route| !NO_PAGES.contains(route) && PAGES.iter().all(|page| page.route != **route)).collect();
    assert!(missing.is_empty(), "no page of these routes is walked: {missing:?}");
    let strange: Vec<_> = PAGES.iter().filter(|page| !page.route.is_empty() && !routes.contains(&page.route)).collect();
    assert!(strange.is_empty(), "these pages belong to no route: {strange:?}");
}
