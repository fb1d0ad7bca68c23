//! Papers and news: the public reads the whole text only where an editor stated the right to reprint it, else the sentences that
//! became data; what it may not read, it does not find either.

use std::collections::HashMap;

use domain::article::Article;
use domain::document::{Document, Paper, Passage};
use domain::id::Id;
use domain::reading::Span;

use super::{Ids, SearchBody, SearchNoun, SearchText, distinct, lines};
use crate::db::Row;
use crate::document::span_of;
use crate::record::Record;
use crate::{Store, StoreError};

/// Passages that a sentence is quoted for: as the page of a paper quotes them.
const QUOTED: [(&str, &str); 5] = [
    ("claim", "AND x.withdrawn_at IS NULL"),
    ("statement", ""),
    ("conclusion", "AND x.withdrawn_at IS NULL"),
    ("proposal", "AND x.withdrawn_at IS NULL"),
    ("task", "AND x.withdrawn_at IS NULL"),
];

/// What may be read of a paper.
#[derive(Default)]
struct Readable {
    public: SearchBody,
    whole: SearchBody,
}

impl Store {
    pub(super) async fn article_texts(&self, ids: &Ids) -> Result<Vec<SearchText>, StoreError> {
        let articles: Vec<Article> = self.all_of(ids, "").await?;
        let documents: Vec<Document> = self.all_of(&Ids::of(articles.iter().map(|article| article.document.number())), "").await?;
        let readable = self.readable(&documents).await?;
        let text = |article: Article| {
            let document = documents.iter().find(|document| document.id == article.document);
            let body = readable.get(&article.document);
            let head = lines([Some(article.standfirst.as_str()), article.author.as_deref(), article.source.as_deref()]);
            let with = |body: Option<&str>| lines([Some(head.as_str()), body]);
            let is_public = article.published_at.is_some() && document.is_some_and(|document| document.published_at.is_some());
            SearchText {
                day: article.published_at.map(|at| at.day()).or_else(|| document.and_then(|document| document.issued_on)),
                units: distinct([document.and_then(|document| document.unit)]),
                public: is_public.then(|| with(body.map(|body| body.public.text.as_str())).into()),
                staff: with(body.map(|body| body.whole.text.as_str())).into(),
                noun: SearchNoun::Article(article),
            }
        };
        Ok(articles.into_iter().map(text).collect())
    }

    pub(super) async fn document_texts(&self, ids: &Ids) -> Result<Vec<SearchText>, StoreError> {
        let documents: Vec<Document> = self.all_of(ids, "AND paper IS NOT NULL").await?;
        let mut readable = self.readable(&documents).await?;
        let text = |document: Document| {
            let Readable { public, whole } = readable.remove(&document.id).unwrap_or_default();
            SearchText {
                day: document.issued_on,
                units: distinct([document.unit]),
                public: document.published_at.is_some().then_some(public),
                staff: whole,
                noun: SearchNoun::Document(document),
            }
        };
        Ok(documents.into_iter().map(text).collect())
    }

    async fn readable(&self, documents: &[Document]) -> Result<HashMap<Id<Document>, Readable>, StoreError> {
        let papers = Ids::of(documents.iter().filter_map(|document| document.paper).map(Id::number));
        if papers.is_empty() {
            return Ok(HashMap::new());
        }
        let papers: HashMap<Id<Paper>, String> =
            self.all_of::<Paper>(&papers, "").await?.into_iter().map(|paper| (paper.id, paper.text)).collect();
        let passages = self.quoted_passages(documents).await?;
        let readable = |document: &Document| {
            let text = document.paper.and_then(|paper| papers.get(&paper)).cloned().unwrap_or_default();
            let of_document = || passages.iter().filter(|passage| passage.document == document.id);
            let quotes = quotes(&text, of_document());
            let whole = SearchBody { text, passages: of_document().map(|passage| (span_of(passage), passage.id)).collect() };
            (document.id, Readable { public: if document.reprint { whole.clone() } else { quotes }, whole })
        };
        Ok(documents.iter().map(readable).collect())
    }

    /// In the order of their texts.
    async fn quoted_passages(&self, documents: &[Document]) -> Result<Vec<Passage>, StoreError> {
        let ids = Ids::of(documents.iter().map(|document| document.id.number()));
        let halves: Vec<String> = QUOTED
            .iter()
            .map(|(table, condition)| format!("SELECT x.passage FROM {table} x WHERE x.document IN ({}) {condition}", ids.places()))
            .collect();
        let sql = format!(
            "SELECT {} FROM passage s WHERE s.document IN ({}) AND s.id IN ({}) ORDER BY s.document, s.span_start, s.span_end DESC, s.id",
            Passage::TABLE.columns_of("s"),
            ids.places(),
            halves.join(" UNION ")
        );
        self.rows(&sql, ids.values()).await?.iter().map(|row: &Row| Passage::from_row(row)).collect()
    }
}

/// The sentences of some passages, each once, a line each, with the passages that they are quoted for.
fn quotes<'a>(text: &str, passages: impl Iterator<Item = &'a Passage>) -> SearchBody {
    let mut quotes = SearchBody::default();
    let mut last = "";
    for passage in passages {
        let words = span_of(passage).sentence_in(text);
        if words.is_empty() {
            continue;
        }
        if !last.contains(words) {
            if !quotes.text.is_empty() {
                quotes.text.push('\n');
            }
            quotes.text.push_str(words);
            last = words;
        }
        let end = quotes.text.len();
        quotes.passages.push((Span { start: end - last.len(), end }, passage.id));
    }
    quotes
}
