//! The list of news.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::NewsItem;
use crate::web::support::form::Query;
use crate::web::support::pager::{PageNumber, PagerLink};
use crate::web::{App, Fault, Nav, Page, render};

/// Articles on a page: two screens of a phone.
const PAGE_SIZE: i64 = 10;

#[derive(Template)]
#[template(path = "article/list.html")]
struct NewsPage {
    page: Page,
    items: Vec<NewsItem>,
    pager: Vec<PagerLink>,
}

/// `GET /news`
pub async fn list_news(page: Page, State(app): State<App>, Query(query): Query) -> Result<Response, Fault> {
    let number = PageNumber::of(&query, PAGE_SIZE)?;
    let pager = number.links(page.lang, "/news", app.store().count_published_articles().await?)?;
    let news = app.store().published_news(number.offset(), number.size()).await?;
    let items = NewsItem::all(&app, &page, &news).await?;
    let lang = page.lang;
    let page = page.at(Nav::News).titled(lang.article_list_title()).described(lang.article_list_description());
    render(&NewsPage { page, items, pager })
}
