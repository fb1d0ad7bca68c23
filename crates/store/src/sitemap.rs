//! What the site map lists: the ids of public rows in the order in which they came, each with the moment of its last change.
//! The conditions are those of the public pages themselves.

use domain::moment::Moment;

use crate::session::PUBLISHED;
use crate::{Store, StoreError, values};

/// A noun whose public pages are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Published articles.
    Articles,
    /// Published papers.
    Documents,
    /// Sessions of which a paper is published.
    Sessions,
    /// Boards that such sessions froze, and that stand.
    FrozenBoards,
    /// Tasks of published papers.
    Tasks,
    /// Proposals of published papers.
    Proposals,
    /// Areas. Bodies come by the dozen from papers, also from unpublished ones.
    Areas,
    /// Areas that have targets, and so a scoreboard.
    Scoreboards,
}

/// A public page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPage {
    /// The id in its address.
    pub id: i64,
    /// What stands before the id in an article's address; empty elsewhere.
    pub slug: String,
    /// When the page last changed; absent where the ledger does not keep it.
    pub changed_at: Option<Moment>,
}

/// Rows read from a published paper that still stand.
const STANDING: &str = "withdrawn_at IS NULL AND document IN (SELECT id FROM document WHERE published_at IS NOT NULL)";

impl Listed {
    /// The rows: a table and its condition, without columns of that table being named twice in a query.
    fn rows(self) -> String {
        match self {
            Self::Articles => "article WHERE published_at IS NOT NULL".to_owned(),
            Self::Documents => "document WHERE published_at IS NOT NULL".to_owned(),
            Self::Sessions => format!("working_session WHERE {PUBLISHED}"),
            Self::FrozenBoards => {
                format!("frozen_board WHERE withdrawn_at IS NULL AND session IN (SELECT id FROM working_session WHERE {PUBLISHED})")
            }
            Self::Tasks => format!("task WHERE {STANDING}"),
            Self::Proposals => format!("proposal WHERE {STANDING}"),
            Self::Areas => "unit WHERE class = 'area'".to_owned(),
            Self::Scoreboards => "unit WHERE class = 'area' AND id IN (SELECT unit FROM target)".to_owned(),
        }
    }

    /// The slug, and two moments of which the later one is the change: since when the row is public, and its last journal entry.
    const fn columns(self) -> &'static str {
        match self {
            Self::Articles => "slug, published_at, (SELECT MAX(c.at) FROM correction c WHERE c.article = article.id)",
            Self::Documents => "'', published_at, CAST(NULL AS BIGINT)",
            Self::Sessions => {
                "'', (SELECT MAX(d.published_at) FROM session_document s JOIN document d ON d.id = s.document \
                 WHERE s.session = working_session.id), \
                 (SELECT MAX(j.at) FROM journal j WHERE j.subject = 'session/' || CAST(working_session.id AS TEXT))"
            }
            Self::FrozenBoards => "'', frozen_at, CAST(NULL AS BIGINT)",
            Self::Tasks => {
                "'', (SELECT d.published_at FROM document d WHERE d.id = task.document), \
                 (SELECT MAX(j.at) FROM journal j WHERE j.subject = 'task/' || CAST(task.id AS TEXT))"
            }
            Self::Proposals => {
                "'', (SELECT d.published_at FROM document d WHERE d.id = proposal.document), \
                 (SELECT MAX(j.at) FROM journal j WHERE j.subject = 'proposal/' || CAST(proposal.id AS TEXT))"
            }
            Self::Areas | Self::Scoreboards => "'', CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)",
        }
    }
}

impl Store {
    /// How many public pages a noun has.
    pub async fn count_listed(&self, listed: Listed) -> Result<i64, StoreError> {
        let row = self.db.row(&format!("SELECT COUNT(*) FROM {}", listed.rows()), &[]).await?;
        row.map_or(Ok(0), crate::db::Row::one)
    }

    /// Some of a noun's public pages, the oldest first, so that a full part of the site map stays as it is.
    pub async fn listed_pages(&self, listed: Listed, offset: i64, limit: i64) -> Result<Vec<ListedPage>, StoreError> {
        let (columns, rows) = (listed.columns(), listed.rows());
        let sql = format!("SELECT id, {columns} FROM {rows} ORDER BY id LIMIT $1 OFFSET $2");
        let page = |row: &crate::db::Row| {
            let (public_since, written_at): (Option<Moment>, Option<Moment>) = (row.get(2)?, row.get(3)?);
            Ok(ListedPage { id: row.get(0)?, slug: row.get(1)?, changed_at: public_since.max(written_at) })
        };
        self.rows(&sql, &values![limit, offset]).await?.iter().map(page).collect()
    }
}
