//! Documents, their kept text and passages.

use domain::document::{Document, Paper, Passage};
use domain::id::Id;
use domain::person::Person;
use domain::reading::Span;
use domain::unit::Unit;

use crate::record::Record;
use crate::task::Audience;
use crate::{Store, StoreError, values};

impl Store {
    /// Documents with a kept text, newest first.
    pub async fn documents(&self, audience: Audience, offset: i64, limit: i64) -> Result<Vec<Document>, StoreError> {
        let tail = format!("WHERE paper IS NOT NULL {} ORDER BY id DESC LIMIT $1 OFFSET $2", sees(audience));
        self.find(&tail, &values![limit, offset]).await
    }

    /// How many documents with a kept text there are.
    pub async fn count_documents(&self, audience: Audience) -> Result<i64, StoreError> {
        let sql = format!("SELECT COUNT(*) FROM document WHERE paper IS NOT NULL {}", sees(audience));
        self.db.row(&sql, &[]).await?.map_or(Ok(0), crate::db::Row::one)
    }

    /// Documents about a unit, newest first.
    pub async fn documents_of_unit(&self, unit: Id<Unit>, audience: Audience) -> Result<Vec<Document>, StoreError> {
        self.find(&format!("WHERE unit = $1 AND paper IS NOT NULL {} ORDER BY id DESC", sees(audience)), &values![unit]).await
    }

    /// The kept text of a document, where there is one.
    pub async fn text_of(&self, document: &Document) -> Result<Option<String>, StoreError> {
        match document.paper {
            Some(paper) => Ok(Some(self.get::<Paper>(paper).await?.text)),
            None => Ok(None),
        }
    }

    /// The person whom a passage names, for every passage of a document that attests an attendance or a position.
    pub async fn people_of_document(&self, document: Id<Document>) -> Result<Vec<(Id<Passage>, Person)>, StoreError> {
        let columns = Person::TABLE.columns_of("p");
        let half = |table: &str| {
            format!(
                "SELECT s.id AS passage, {columns} FROM {table} x JOIN person p ON p.id = x.person \
                 JOIN passage s ON s.id = x.passage WHERE s.document = $1"
            )
        };
        let sql = format!("{} UNION {} ORDER BY 1, 2", half("attendance"), half("position"));
        let rows = self.rows(&sql, &values![document]).await?;
        rows.iter().map(|row| Ok((row.get(0)?, Person::from_row_at(row, 1)?))).collect()
    }

    /// The addresses of a document's passages.
    pub async fn passages_of(&self, document: Id<Document>) -> Result<Vec<Passage>, StoreError> {
        self.find("WHERE document = $1 ORDER BY span_start, span_end DESC, id", &values![document]).await
    }
}

/// The condition on documents themselves; rows read from them have [`Audience::sees`].
const fn sees(audience: Audience) -> &'static str {
    match audience {
        Audience::Public => "AND published_at IS NOT NULL",
        Audience::Staff => "",
    }
}

/// The stretch of a passage.
pub fn span_of(passage: &Passage) -> Span {
    let place = |byte: i64| usize::try_from(byte).unwrap_or(0);
    Span { start: place(passage.span_start), end: place(passage.span_end) }
}
