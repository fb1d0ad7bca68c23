//! News: what the public reads of a paper.

pub mod body;
pub mod edit;
pub mod feed;
mod linked_data;
pub mod list;
pub mod show;

use domain::article::Article;
use domain::document::Document;

use super::photo::{Figure, thumb_of};
use super::{App, Fault, Page};

/// An article in a list.
pub struct NewsItem {
    /// The headline.
    pub title: String,
    /// One or two sentences.
    pub standfirst: String,
    /// Author and source, as far as they are known.
    pub byline: String,
    /// The day of the paper, or the words for an unknown one.
    pub day: String,
    /// Its page.
    pub href: String,
    /// The first picture of the paper.
    pub thumb: Option<Figure>,
}

impl NewsItem {
    /// An article with the paper it was made from.
    pub fn of(page: &Page, article: &Article, document: &Document) -> Self {
        let known = [&article.author, &article.source];
        Self {
            title: article.title.clone(),
            standfirst: article.standfirst.clone(),
            byline: known.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · "),
            day: page.lang.day_or_unknown(document.issued_on),
            href: page.href(&path_of(article)),
            thumb: None,
        }
    }

    /// Articles with their first pictures.
    pub async fn all(app: &App, page: &Page, news: &[(Article, Document)]) -> Result<Vec<Self>, Fault> {
        let mut items = Vec::new();
        for (article, document) in news {
            items.push(Self { thumb: thumb_of(app, document.id).await?, ..Self::of(page, article, document) });
        }
        Ok(items)
    }
}

/// The address of an article, without its language.
pub fn path_of(article: &Article) -> String {
    format!("/news/{}-{}", article.slug, article.id)
}
