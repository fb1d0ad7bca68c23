//! The map of the public pages for search engines: an index, and parts by noun. Parts are filled in the order of the ids, so a full
//! part stays as it is and only the last one of a noun grows.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::moment::Moment;
use domain::problem::Problem;
use store::sitemap::{Listed, ListedPage};

use super::linked_data::moment;
use super::support::fetched::Fetched;
use super::support::origin::Origin;
use super::{App, Fault};
use crate::lang::Lang;

/// Pages of a part, each in two languages: a fifth of what the protocol allows (50,000 addresses), so that a part is a few megabytes.
const PART_PAGES: i64 = 5_000;
const MEDIA_TYPE: &str = "application/xml; charset=utf-8";

/// Pages that are there in every ledger.
const STANDING_PAGES: [&str; 11] =
    ["/", "/news", "/sessions", "/tasks", "/proposals", "/scoreboards", "/units", "/documents", "/about", "/open-data", "/accessibility"];
/// The name of their part.
const STANDING_PART: &str = "pages";

/// The nouns with the names of their parts and what stands before the id in an address.
const NOUNS: [(Listed, &str, &str); 8] = [
    (Listed::Articles, "news", "/news/"),
    (Listed::Sessions, "sessions", "/sessions/"),
    (Listed::FrozenBoards, "boards", "/boards/"),
    (Listed::Tasks, "tasks", "/tasks/"),
    (Listed::Proposals, "proposals", "/proposals/"),
    (Listed::Documents, "documents", "/documents/"),
    (Listed::Areas, "units", "/units/"),
    (Listed::Scoreboards, "scoreboards", "/scoreboards/"),
];

/// A part in the index.
struct PartLine {
    address: String,
    changed: Option<String>,
}

/// A page in both languages.
struct PageLine {
    vi: String,
    en: String,
    changed: Option<String>,
}

impl PageLine {
    const fn addresses(&self) -> [&String; 2] {
        [&self.vi, &self.en]
    }
}

#[derive(Template)]
#[template(path = "sitemap/index.xml")]
struct IndexFile {
    parts: Vec<PartLine>,
}

#[derive(Template)]
#[template(path = "sitemap/part.xml")]
struct PartFile {
    pages: Vec<PageLine>,
}

/// `GET /sitemap.xml`
pub async fn show_index(State(app): State<App>, parts: Parts) -> Result<Response, Fault> {
    let (store, origin) = (app.store(), Origin::of_request(&parts, &app));
    let head = store.journal_head().await?;
    let line = |name: &str, changed: Option<Moment>| PartLine {
        address: origin.absolute(&format!("/sitemaps/{name}.xml")),
        changed: changed.map(moment),
    };
    let mut lines = vec![line(STANDING_PART, head.at)];
    for (listed, name, _) in NOUNS {
        let count = store.count_listed(listed).await?;
        // Pages without a moment of their own change only with the journal.
        lines.extend((1..=(count + PART_PAGES - 1) / PART_PAGES).map(|number| line(&format!("{name}-{number}"), head.at)));
    }
    let body = IndexFile { parts: lines }.render().map_err(Fault::internal)?;
    Ok(Fetched { media_type: MEDIA_TYPE, body, changed_at: head.at, origin: &origin }.answer(&parts.headers))
}

/// `GET /sitemaps/{part}`: `pages.xml`, `news-1.xml`…
pub async fn show_part(State(app): State<App>, Path(part): Path<String>, parts: Parts) -> Result<Response, Fault> {
    let origin = Origin::of_request(&parts, &app);
    let head = app.store().journal_head().await?;
    let name = part.strip_suffix(".xml").ok_or(Problem::NotFound)?;
    let pages = if name == STANDING_PART {
        STANDING_PAGES.iter().map(|path| page_line(&origin, path, None)).collect()
    } else {
        noun_pages(&app, &origin, name).await?
    };
    let body = PartFile { pages }.render().map_err(Fault::internal)?;
    Ok(Fetched { media_type: MEDIA_TYPE, body, changed_at: head.at, origin: &origin }.answer(&parts.headers))
}

async fn noun_pages(app: &App, origin: &Origin, name: &str) -> Result<Vec<PageLine>, Fault> {
    let (noun, number) = name.rsplit_once('-').ok_or(Problem::NotFound)?;
    let (listed, _, prefix) = NOUNS.iter().find(|(_, known, _)| *known == noun).ok_or(Problem::NotFound)?;
    let number = number.parse::<i64>().ok().filter(|number| (1..=i64::MAX / PART_PAGES).contains(number)).ok_or(Problem::NotFound)?;
    let pages = app.store().listed_pages(*listed, (number - 1) * PART_PAGES, PART_PAGES).await?;
    if pages.is_empty() {
        return Err(Problem::NotFound.into());
    }
    Ok(pages.iter().map(|page| page_line(origin, &path_of(prefix, page), page.changed_at)).collect())
}

fn path_of(prefix: &str, page: &ListedPage) -> String {
    if page.slug.is_empty() { format!("{prefix}{}", page.id) } else { format!("{prefix}{}-{}", page.slug, page.id) }
}

fn page_line(origin: &Origin, path: &str, changed: Option<Moment>) -> PageLine {
    let address = |lang: Lang| origin.absolute(&lang.href(path));
    PageLine { vi: address(Lang::Vi), en: address(Lang::En), changed: changed.map(moment) }
}
