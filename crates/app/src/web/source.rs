//! Where a statement of a page comes from: the paper, its day, and the address of the very sentence. Papers are read once
//! a page, however many of their sentences it shows.

use std::collections::HashMap;

use domain::document::{Document, Passage};
use domain::id::Id;
use domain::reading::Span;
use store::Store;
use store::document::span_of;
use store::task::Audience;

use super::{App, Fault, Page};
use crate::lang::Lang;

/// A paper behind a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What the paper is called.
    pub paper: String,
    /// Its day, or the words for an unknown one.
    pub day: String,
    /// Who printed or issued it; empty where not known.
    pub issuer: String,
    /// The page of the sentence.
    pub href: String,
    /// The page of the paper.
    pub document_href: String,
    /// Whether the public does not see it yet.
    pub unpublished: bool,
}

/// What a visitor may see: everything when signed in, else what was published.
pub const fn audience(page: &Page) -> Audience {
    if page.actor.is_some() { Audience::Staff } else { Audience::Public }
}

/// Whether a document is there for this visitor.
pub const fn may_see(page: &Page, document: &Document) -> bool {
    page.actor.is_some() || document.published_at.is_some()
}

/// Whether the visitor may read the whole text and not only quotes: another's text is for people who are signed in, unless
/// an editor stated the right to reprint it.
pub const fn may_read_whole(page: &Page, document: &Document) -> bool {
    page.actor.is_some() || (document.reprint && document.published_at.is_some())
}

/// What a paper is called: its kind with its symbol, else its headline.
pub fn paper_name(lang: Lang, document: &Document) -> String {
    use domain::code::Coded;
    let kind = document.kind.and_then(|kind| lang.word("paper_kind", kind.code()));
    match (&document.symbol, &document.title, kind) {
        (Some(symbol), _, Some(kind)) => format!("{kind} {symbol}"),
        (Some(symbol), _, None) => symbol.clone(),
        (None, Some(title), _) => title.clone(),
        (None, None, Some(kind)) => format!("{kind} #{}", document.id),
        (None, None, None) => format!("#{}", document.id),
    }
}

/// The papers of one page.
pub struct Papers<'a> {
    store: &'a Store,
    lang: Lang,
    read: HashMap<Id<Document>, Paper>,
}

struct Paper {
    document: Document,
    text: String,
    spans: HashMap<Id<Passage>, Span>,
}

impl<'a> Papers<'a> {
    /// None read yet.
    pub fn new(app: &'a App, page: &Page) -> Self {
        Self { store: app.store(), lang: page.lang, read: HashMap::new() }
    }

    /// Where they are read from.
    pub const fn store(&self) -> &'a Store {
        self.store
    }

    /// Where a passage stands.
    pub async fn source(&mut self, document: Id<Document>, passage: Id<Passage>) -> Result<Source, Fault> {
        let lang = self.lang;
        let document = &self.paper(document).await?.document;
        Ok(Source {
            paper: paper_name(lang, document),
            day: lang.day_or_unknown(document.issued_on),
            issuer: document.source.clone().or_else(|| document.issuer.clone()).unwrap_or_default(),
            href: lang.href(&format!("/passages/{passage}")),
            document_href: lang.href(&format!("/documents/{}", document.id)),
            unpublished: document.published_at.is_none(),
        })
    }

    /// The whole sentence around a passage; empty where the paper's text is not kept.
    pub async fn sentence(&mut self, document: Id<Document>, passage: Id<Passage>) -> Result<String, Fault> {
        let paper = self.paper(document).await?;
        Ok(paper.spans.get(&passage).map_or_else(String::new, |span| span.sentence_in(&paper.text).to_owned()))
    }

    async fn paper(&mut self, id: Id<Document>) -> Result<&Paper, Fault> {
        if !self.read.contains_key(&id) {
            let document = self.store.get(id).await?;
            let text = self.store.text_of(&document).await?.unwrap_or_default();
            let spans = self.store.passages_of(id).await?.iter().map(|passage| (passage.id, span_of(passage))).collect();
            self.read.insert(id, Paper { document, text, spans });
        }
        self.read.get(&id).ok_or_else(|| Fault::internal("a paper that was just read"))
    }
}
