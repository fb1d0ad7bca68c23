//! Documents, their kept text and passages.

use domain::document::{Document, Paper, Passage};
use domain::id::Id;
use domain::reading::Span;
use domain::unit::Unit;

use crate::task::Audience;
use crate::{Store, StoreError, values};

impl Store {
    /// Documents with a kept text, newest first.
    pub async fn documents(&self, audience: Audience, limit: i64) -> Result<Vec<Document>, StoreError> {
        let tail = match audience {
            Audience::Public => "WHERE paper IS NOT NULL AND published_at IS NOT NULL ORDER BY id DESC LIMIT $1",
            Audience::Staff => "WHERE paper IS NOT NULL ORDER BY id DESC LIMIT $1",
        };
        self.find(tail, &values![limit]).await
    }

    /// Documents about a unit, newest first.
    pub async fn documents_of_unit(&self, unit: Id<Unit>, audience: Audience) -> Result<Vec<Document>, StoreError> {
        let tail = match audience {
            Audience::Public => "WHERE unit = $1 AND published_at IS NOT NULL ORDER BY id DESC",
            Audience::Staff => "WHERE unit = $1 ORDER BY id DESC",
        };
        self.find(tail, &values![unit]).await
    }

    /// The kept text of a document, where there is one.
    pub async fn text_of(&self, document: &Document) -> Result<Option<String>, StoreError> {
        match document.paper {
            Some(paper) => Ok(Some(self.get::<Paper>(paper).await?.text)),
            None => Ok(None),
        }
    }

    /// The addresses of a document's passages.
    pub async fn passages_of(&self, document: Id<Document>) -> Result<Vec<Passage>, StoreError> {
        self.find("WHERE document = $1 ORDER BY span_start, span_end DESC, id", &values![document]).await
    }
}

/// The stretch of a passage.
pub fn span_of(passage: &Passage) -> Span {
    let place = |byte: i64| usize::try_from(byte).unwrap_or(0);
    Span { start: place(passage.span_start), end: place(passage.span_end) }
}
