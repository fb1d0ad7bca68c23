//! An article in the words of schema.org.

use domain::article::{Article, Correction};
use domain::document::Document;
use serde_json::json;

use super::path_of;
use crate::web::Page;
use crate::web::linked_data::{LinkedData, moment, paper_language, publisher};
use crate::web::source::paper_name;

/// The article with the paper that it was made from, and the way to it.
pub fn of(page: &Page, article: &Article, document: &Document, corrections: &[Correction]) -> [LinkedData; 2] {
    let path = path_of(article);
    let modified = corrections.iter().map(|one| one.at).max().max(article.published_at);
    let corrected = corrections.iter().map(|one| {
        json!({
            "@type": "CorrectionComment",
            "datePublished": moment(one.at),
            "text": format!("«{}» → «{}». {}", one.was, one.is_now, one.reason),
        })
    });
    let paper = json!({
        "@type": "CreativeWork",
        "name": paper_name(page.lang, document),
        "url": page.absolute(&format!("/documents/{}", document.id)),
        "datePublished": document.issued_on.map(|day| day.to_string()),
        "publisher": document.source.as_ref().or(document.issuer.as_ref()).map(|name| json!({ "@type": "Organization", "name": name })),
    });
    let news = LinkedData::of(json!({
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.standfirst,
        "inLanguage": paper_language(),
        "url": page.absolute(&path),
        "mainEntityOfPage": page.absolute(&path),
        "datePublished": article.published_at.map(moment),
        "dateModified": modified.map(moment),
        "author": article.author.as_ref().map(|name| json!({ "@type": "Person", "name": name })),
        "sourceOrganization": article.source.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
        "publisher": publisher(page),
        "image": page.picture.as_ref().map(|picture| page.address_of_file(&picture.path)),
        "isBasedOn": paper,
        "correction": corrected.collect::<Vec<_>>(),
    }));
    [news, LinkedData::crumbs(page, &[(page.lang.nav_news(), "/news"), (&article.title, &path)])]
}
