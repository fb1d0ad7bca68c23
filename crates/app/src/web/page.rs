//! The frame around every page: language, title, navigation, who is signed in, what stands at the foot.
//! A handler takes [`Page`] as an argument, names it ([`Page::titled`]) and hands it to its template.

mod shared;

use std::convert::Infallible;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::code::Coded;
use domain::permission::Actor;
use store::journal::JournalHead;

pub use self::shared::{Alternate, PageKind, Picture};
use super::linked_data::LinkedData;
use super::support::fault::Fault;
use super::support::login::Current;
use super::support::origin::Origin;
use super::support::request_id::RequestId;
use super::{App, assets};
use crate::lang::Lang;

/// The items of the main navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// *Bảng điểm*
    Scoreboards,
    /// *Buổi làm việc*
    Sessions,
    /// *Nhiệm vụ*
    Tasks,
    /// *Kiến nghị*
    Proposals,
    /// *Tin tức*
    News,
    /// *Việc của tôi*
    MyWork,
    /// *Đọc văn bản*
    Readings,
}

/// What a citizen sees in the main navigation.
const PUBLIC: [Nav; 5] = [Nav::Scoreboards, Nav::Sessions, Nav::Tasks, Nav::Proposals, Nav::News];
/// What staff see.
const SIGNED_IN: [Nav; 7] = [Nav::MyWork, Nav::Readings, Nav::Sessions, Nav::Tasks, Nav::Proposals, Nav::Scoreboards, Nav::News];

impl Nav {
    /// Its page.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Scoreboards => "/scoreboards",
            Self::Sessions => "/sessions",
            Self::Tasks => "/tasks",
            Self::Proposals => "/proposals",
            Self::News => "/news",
            Self::MyWork => "/my-work",
            Self::Readings => "/readings",
        }
    }

    /// Its words.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Scoreboards => lang.nav_scoreboards(),
            Self::Sessions => lang.nav_sessions(),
            Self::Tasks => lang.nav_tasks(),
            Self::Proposals => lang.nav_proposals(),
            Self::News => lang.nav_news(),
            Self::MyWork => lang.nav_my_work(),
            Self::Readings => lang.nav_readings(),
        }
    }
}

/// An item as the masthead prints it.
pub struct NavItem {
    /// Where it leads, in the page's language.
    pub href: String,
    /// Its words.
    pub label: &'static str,
    /// Whether this page belongs to it.
    pub current: bool,
}

/// Who is signed in, as the masthead shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The account's name.
    pub name: String,
    /// The roles below it.
    pub about: String,
}

impl SignedIn {
    fn of(actor: &Actor, lang: Lang) -> Self {
        let mut roles: Vec<&str> = actor.roles().iter().filter_map(|(role, _)| lang.word("role", role.code())).collect();
        roles.dedup();
        Self { name: actor.name().to_owned(), about: roles.join(", ") }
    }
}

/// The frame of one page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The language of the page.
    pub lang: Lang,
    /// What the page is called.
    pub title: String,
    /// One sentence for search engines and shared links.
    pub description: String,
    /// The current item of the main navigation.
    pub nav: Option<Nav>,
    /// Who is signed in, as the masthead shows it; absent for the public.
    pub account: Option<SignedIn>,
    /// Who is signed in, for showing only what they may do.
    pub actor: Option<Actor>,
    /// What every POST form carries in its field `csrf`; empty for the public.
    pub csrf: String,
    /// The name under the mark.
    pub place: Option<String>,
    /// The strip that tells the demo's day.
    pub demo_day: Option<String>,
    /// The journal's head at the foot.
    pub journal: Option<String>,
    /// Where the ledger stood when the request had arrived, or later; absent where it did not answer.
    pub head: Option<JournalHead>,
    /// The request's id.
    pub request_id: RequestId,
    /// What kind of page it is.
    pub kind: PageKind,
    /// The picture of shared links; the project's own where a page has none.
    pub picture: Option<Picture>,
    /// What the page says to programs.
    pub linked_data: Vec<LinkedData>,
    /// Feeds and calendars beside the news feed, which goes with every page.
    pub alternates: Vec<Alternate>,
    /// Whether search engines keep it out: a form of staff, an error.
    pub unlisted: bool,
    /// What absolute addresses begin with.
    origin: Origin,
    /// The address without its language, with its query.
    address: String,
}

impl Page {
    /// Names the page; the description is the title until [`Page::described`] gives a better one.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self.description.clone_from(&self.title);
        self
    }

    /// The sentence for search engines.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Marks the current item of the main navigation.
    #[must_use]
    pub const fn at(mut self, nav: Nav) -> Self {
        self.nav = Some(nav);
        self
    }

    /// The address of a page in this page's language: `page.href("/tasks")`.
    pub fn href(&self, path: &str) -> String {
        self.lang.href(path)
    }

    /// This page without its language and its query.
    pub fn own_path(&self) -> &str {
        self.address.split_once('?').map_or(&self.address, |(path, _)| path)
    }

    /// This page itself.
    pub fn own_address(&self) -> String {
        self.href(&self.address)
    }

    /// The same page in the other language.
    pub fn other_language(&self) -> String {
        self.lang.other().href(&self.address)
    }

    /// What the title bar says.
    pub fn full_title(&self) -> String {
        self.lang.site_title(&self.title)
    }

    /// The main navigation of who is looking.
    pub fn nav_items(&self) -> Vec<NavItem> {
        let items: &[Nav] = if self.account.is_some() { &SIGNED_IN } else { &PUBLIC };
        let ready = |nav: &Nav| NavItem { href: self.href(nav.path()), label: nav.label(self.lang), current: self.nav == Some(*nav) };
        items.iter().map(ready).collect()
    }

    /// After a POST: go and look at `path` (303, so that reloading does not send again).
    pub fn redirect(&self, path: &str) -> Response {
        Redirect::to(&self.href(path)).into_response()
    }

    /// The addresses of what the layout loads.
    pub const fn stylesheet(&self) -> &'static str {
        assets::COTMOC_CSS
    }

    /// The one script.
    pub const fn script(&self) -> &'static str {
        assets::COTMOC_JS
    }

    /// The script that brings a chosen theme before anything is drawn.
    pub const fn theme_script(&self) -> &'static str {
        assets::THEME_JS
    }

    /// The icon of a telephone's home screen.
    pub const fn touch_icon(&self) -> &'static str {
        assets::ICONS_APPLE_TOUCH_ICON_PNG
    }

    /// The icon of the tab.
    pub const fn icon(&self) -> &'static str {
        assets::FAVICON_SVG
    }

    /// The frame of a request.
    pub async fn of(parts: &Parts, app: &App) -> Self {
        let (lang, path) = Lang::split_path(original_path(parts));
        // A browser takes what begins with two slashes, of either kind, for another site.
        let path = path.trim_start_matches(['/', '\\']);
        let address = match original_query(parts) {
            Some(query) => format!("/{path}?{query}"),
            None => format!("/{path}"),
        };
        let settings = app.settings();
        let login = Current::in_request(parts);
        let head = journal_head(parts, app).await;
        Self {
            lang,
            title: String::new(),
            description: String::new(),
            nav: None,
            account: login.actor().map(|actor| SignedIn::of(actor, lang)),
            actor: login.actor().cloned(),
            csrf: login.form_token().to_owned(),
            place: settings.place.as_deref().map(capitalised),
            demo_day: settings.demo_today.map(|day| lang.site_demo_day(lang.day(day))),
            journal: head.as_ref().and_then(|head| journal_line(lang, head)),
            head,
            request_id: parts.extensions.get::<RequestId>().copied().unwrap_or_default(),
            kind: PageKind::Website,
            picture: None,
            linked_data: Vec::new(),
            alternates: Vec::new(),
            // What staff see is for them; search engines never sign in.
            unlisted: login.actor().is_some(),
            origin: Origin::of_pages(app),
            address,
        }
    }
}

/// "tỉnh Lam Giang" as it begins a line.
pub fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Where the ledger stands, as it was looked up for this request; absent while it does not answer: a page whose foot lacks a
/// line is better than no page.
async fn journal_head(parts: &Parts, app: &App) -> Option<JournalHead> {
    match parts.extensions.get::<JournalHead>() {
        Some(head) => Some(head.clone()),
        None => app.journal_head().await.ok(),
    }
}

/// The head of the journal in words; absent while there is no entry.
fn journal_line(lang: Lang, head: &JournalHead) -> Option<String> {
    Some(lang.site_journal_head(lang.integer(head.sequence), lang.moment(head.at?), &head.hash))
}

/// The path that the browser asked for; inside `/en` the router shows handlers only the rest.
fn original_path(parts: &Parts) -> &str {
    parts.extensions.get::<axum::extract::OriginalUri>().map_or_else(|| parts.uri.path(), |uri| uri.path())
}

fn original_query(parts: &Parts) -> Option<&str> {
    parts.uri.query().filter(|query| !query.is_empty())
}

impl FromRequestParts<App> for Page {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(parts, app).await)
    }
}

/// A template as a response.
pub fn render(template: &impl Template) -> Result<Response, Fault> {
    render_as(StatusCode::OK, template)
}

/// A template as a response with another status: a form that is shown again with its problem.
pub fn render_as(status: StatusCode, template: &impl Template) -> Result<Response, Fault> {
    let html = template.render().map_err(Fault::internal)?;
    let html_type = HeaderValue::from_static("text/html; charset=utf-8");
    Ok((status, [(header::CONTENT_TYPE, html_type)], html).into_response())
}
