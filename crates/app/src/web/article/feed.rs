//! The news as Atom feeds (RFC 4287): all of it, and that of one unit. An entry keeps its id for ever; a correction moves its
//! `updated` and stands in its content, so that who read the old words is told.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::article::{Article, Correction};
use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::unit::Unit;

use super::path_of;
use super::show::{CorrectionLine, correction};
use crate::lang::Lang;
use crate::web::lasting_id::LastingIds;
use crate::web::linked_data::moment;
use crate::web::page::capitalised;
use crate::web::support::fetched::Fetched;
use crate::web::support::origin::Origin;
use crate::web::{App, Fault, Page, assets};

/// Entries of a feed: who looks once a week misses nothing of a busy office.
const ENTRIES: i64 = 50;
/// The media type.
pub const MEDIA_TYPE: &str = "application/atom+xml";

struct Entry {
    id: String,
    title: String,
    published: String,
    updated: String,
    author: String,
    source: String,
    address: String,
    document_address: String,
    standfirst: String,
    /// HTML, which the file escapes as a whole.
    content: String,
}

/// What a reader's program shows of an entry.
#[derive(Template)]
#[template(path = "article/_feed-entry.html")]
struct Content {
    lang: Lang,
    standfirst: String,
    author: String,
    source: String,
    day: String,
    corrections: Vec<CorrectionLine>,
}

#[derive(Template)]
#[template(path = "article/feed.xml")]
struct FeedFile {
    lang: Lang,
    id: String,
    title: String,
    updated: String,
    publisher: String,
    self_address: String,
    page_address: String,
    icon: String,
    version: &'static str,
    entries: Vec<Entry>,
}

/// `GET /news/feed.atom`
pub async fn show_feed(page: Page, State(app): State<App>, parts: Parts) -> Result<Response, Fault> {
    let news = app.store().published_news(0, ENTRIES).await?;
    answer(&app, &page, &parts, "/news", &publisher(&page), &news).await
}

/// `GET /units/{id}/feed.atom`
pub async fn show_unit_feed(page: Page, State(app): State<App>, Path(id): Path<i64>, parts: Parts) -> Result<Response, Fault> {
    let unit: Unit = app.store().get(Id::new(id)).await?;
    let news = app.store().published_news_of_unit(unit.id, ENTRIES).await?;
    answer(&app, &page, &parts, &format!("/units/{}", unit.id), &capitalised(&unit.name), &news).await
}

/// Who publishes; an entry without an author of its own is theirs.
fn publisher(page: &Page) -> String {
    page.place.clone().unwrap_or_else(|| page.lang.site_name().to_owned())
}

/// The feed of the page at `path`, which is about `subject`.
async fn answer(app: &App, page: &Page, parts: &Parts, path: &str, subject: &str, news: &[(Article, Document)]) -> Result<Response, Fault> {
    let (lang, origin) = (page.lang, Origin::of_request(parts, app));
    let ids = LastingIds::of(app).await?;
    let head = app.store().journal_head().await?;
    let articles: Vec<Id<Article>> = news.iter().map(|(article, _)| article.id).collect();
    let corrections = app.store().corrections_among(&articles).await?;
    let (mut entries, mut updated) = (Vec::new(), None);
    for (article, document) in news {
        let of_it: Vec<&Correction> = corrections.iter().filter(|one| one.article == article.id).collect();
        updated = updated.max(changed_at(article, &of_it));
        entries.push(entry(page, &origin, &ids, (article, document), &of_it)?);
    }
    let file = FeedFile {
        lang,
        id: ids.name(&format!("feed/{}{path}", lang.code())),
        title: plain(&lang.article_feed_title(subject)),
        // A feed without entries is as old as the ledger's last change.
        updated: moment(updated.or(head.at).unwrap_or(Moment(0))),
        publisher: plain(&publisher(page)),
        self_address: origin.absolute(&page.href(&format!("{path}/feed.atom"))),
        page_address: origin.absolute(&page.href(path)),
        icon: origin.absolute(assets::ICONS_ICON_192_PNG),
        version: env!("CARGO_PKG_VERSION"),
        entries,
    };
    let body = file.render().map_err(Fault::internal)?;
    Ok(Fetched { media_type: MEDIA_TYPE, body, changed_at: head.at, origin: &origin }.answer(&parts.headers))
}

fn entry(
    page: &Page,
    origin: &Origin,
    ids: &LastingIds,
    (article, document): (&Article, &Document),
    corrections: &[&Correction],
) -> Result<Entry, Fault> {
    let known = |text: &Option<String>| text.as_deref().map(plain).unwrap_or_default();
    let content = Content {
        lang: page.lang,
        standfirst: article.standfirst.clone(),
        author: known(&article.author),
        source: known(&article.source),
        day: page.lang.day_or_unknown(document.issued_on),
        corrections: corrections.iter().map(|one| correction(page, one)).collect(),
    };
    let published = article.published_at.unwrap_or(Moment(0));
    Ok(Entry {
        // The English entry leads elsewhere, so it is another one.
        id: ids.name(&format!("article/{}/{}", page.lang.code(), article.id)),
        title: plain(&article.title),
        published: moment(published),
        updated: moment(changed_at(article, corrections).unwrap_or(published)),
        author: known(&article.author),
        source: known(&article.source),
        address: origin.absolute(&page.href(&path_of(article))),
        document_address: origin.absolute(&page.href(&format!("/documents/{}", document.id))),
        standfirst: plain(&article.standfirst),
        content: plain(&content.render().map_err(Fault::internal)?),
    })
}

/// When what an article says was published or last corrected.
fn changed_at(article: &Article, corrections: &[&Correction]) -> Option<Moment> {
    corrections.iter().map(|one| one.at).max().max(article.published_at)
}

/// A text without the control characters that XML 1.0 cannot hold, not even escaped.
fn plain(text: &str) -> String {
    let is_allowed = |letter: &char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_allowed).collect()
}
