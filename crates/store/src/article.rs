//! Articles: drafted when a reading is settled, edited, published, withdrawn; a changed published title leaves a correction.

use domain::article::{Article, Correction};
use domain::document::Document;
use domain::fold::tidy;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MayPublish;
use domain::problem::Problem;
use domain::unit::Unit;

use crate::record::Record;
use crate::{Store, StoreError, values};

/// Most characters of a title: three lines of the largest headline.
pub const TITLE_CHARACTERS_MAX: usize = 300;
/// Most characters of a standfirst.
pub const STANDFIRST_CHARACTERS_MAX: usize = 1000;

/// An article as an editor changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleEdit {
    /// Its revision as the editor saw it.
    pub revision: i64,
    /// The headline.
    pub title: String,
    /// One or two sentences.
    pub standfirst: String,
    /// Where it was printed first.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Whether the editor states the right to print the full text.
    pub reprint: bool,
    /// Why, where the article is published already.
    pub reason: Option<String>,
}

impl Store {
    /// Published articles, newest first.
    pub async fn published_articles(&self, offset: i64, limit: i64) -> Result<Vec<Article>, StoreError> {
        self.find("WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT $1 OFFSET $2", &values![limit, offset]).await
    }

    /// Published articles with the papers they were made from, newest first.
    pub async fn published_news(&self, offset: i64, limit: i64) -> Result<Vec<(Article, Document)>, StoreError> {
        let sql = format!(
            "SELECT {}, {} FROM article a JOIN document d ON d.id = a.document WHERE a.published_at IS NOT NULL \
             ORDER BY a.published_at DESC, a.id DESC LIMIT $1 OFFSET $2",
            Article::TABLE.columns_of("a"),
            Document::TABLE.columns_of("d"),
        );
        let rows = self.rows(&sql, &values![limit, offset]).await?;
        let columns = Article::TABLE.columns.len();
        rows.iter().map(|row| Ok((Article::from_row(row)?, Document::from_row_at(row, columns)?))).collect()
    }

    /// How many articles are published.
    pub async fn count_published_articles(&self) -> Result<i64, StoreError> {
        let row = self.db.row("SELECT COUNT(*) FROM article WHERE published_at IS NOT NULL", &[]).await?;
        row.map_or(Ok(0), crate::db::Row::one)
    }

    /// Drafts of articles, newest first: what waits to be published.
    pub async fn unpublished_articles(&self, limit: i64) -> Result<Vec<Article>, StoreError> {
        self.find("WHERE published_at IS NULL ORDER BY id DESC LIMIT $1", &values![limit]).await
    }

    /// The articles made from a document.
    pub async fn articles_of(&self, document: Id<Document>) -> Result<Vec<Article>, StoreError> {
        self.find("WHERE document = $1 ORDER BY id", &values![document]).await
    }

    /// Corrections of an article, oldest first.
    pub async fn corrections_of(&self, article: Id<Article>) -> Result<Vec<Correction>, StoreError> {
        self.find("WHERE article = $1 ORDER BY id", &values![article]).await
    }

    /// Corrections of several articles at once, those of an article together and the oldest first.
    pub async fn corrections_among(&self, articles: &[Id<Article>]) -> Result<Vec<Correction>, StoreError> {
        let (Some(first), Some(last)) = (articles.iter().min(), articles.iter().max()) else { return Ok(Vec::new()) };
        let between: Vec<Correction> =
            self.find("WHERE article >= $1 AND article <= $2 ORDER BY article, id", &values![*first, *last]).await?;
        Ok(between.into_iter().filter(|correction| articles.contains(&correction.article)).collect())
    }

    /// When an article left the public pages, whatever became of it since; absent where it never stood there.
    pub async fn article_withdrawn_at(&self, article: Id<Article>) -> Result<Option<Moment>, StoreError> {
        let sql = "SELECT MAX(at) FROM journal WHERE subject = $1 AND action = 'article.withdraw'";
        let row = self.db.row(sql, &values![format!("article/{article}")]).await?;
        row.map_or(Ok(None), crate::db::Row::one)
    }

    /// Published articles of papers about a unit, newest first.
    pub async fn published_news_of_unit(&self, unit: Id<Unit>, limit: i64) -> Result<Vec<(Article, Document)>, StoreError> {
        let sql = format!(
            "SELECT {}, {} FROM article a JOIN document d ON d.id = a.document JOIN working_session w ON w.id = a.session \
             WHERE a.published_at IS NOT NULL AND w.unit = $1 ORDER BY a.published_at DESC, a.id DESC LIMIT $2",
            Article::TABLE.columns_of("a"),
            Document::TABLE.columns_of("d"),
        );
        let rows = self.rows(&sql, &values![unit, limit]).await?;
        let columns = Article::TABLE.columns.len();
        rows.iter().map(|row| Ok((Article::from_row(row)?, Document::from_row_at(row, columns)?))).collect()
    }

    /// Changes an article; of a published one every changed sentence leaves a correction with its reason.
    pub async fn edit_article(&self, may: &MayPublish, now: Moment, article: Id<Article>, edit: ArticleEdit) -> Result<(), StoreError> {
        let title = checked("title", &edit.title, TITLE_CHARACTERS_MAX)?;
        let standfirst = tidy(&edit.standfirst);
        if standfirst.chars().count() > STANDFIRST_CHARACTERS_MAX {
            return Err(Problem::TooLong { field: "standfirst", characters_max: STANDFIRST_CHARACTERS_MAX }.into());
        }
        let mut write = self.write(may, now).await?;
        let old = write.get(article).await?;
        check_revision(old.revision, edit.revision)?;
        if old.published_at.is_some() {
            let reason = checked("reason", edit.reason.as_deref().unwrap_or_default(), STANDFIRST_CHARACTERS_MAX)?;
            for (was, is_now) in [(&old.title, &title), (&old.standfirst, &standfirst)].into_iter().filter(|(was, is_now)| was != is_now) {
                let (at, by) = (write.at(), write.actor().to_owned());
                let correction =
                    Correction { id: write.new_id(), article, was: was.clone(), is_now: is_now.clone(), reason: reason.clone(), at, by };
                write.insert(&correction).await?;
            }
        }
        let document = write.get(old.document).await?;
        if document.reprint != edit.reprint {
            write.update(&document, &Document { reprint: edit.reprint, ..document.clone() }).await?;
        }
        let new = Article { title, standfirst, source: edit.source, author: edit.author, revision: old.revision + 1, ..old.clone() };
        write.update(&old, &new).await?;
        write.commit("article.edit", &format!("article/{article}")).await?;
        Ok(())
    }

    /// Publishes an article and, with it, everything that was read from its paper.
    pub async fn publish_article(&self, may: &MayPublish, now: Moment, article: Id<Article>, revision: i64) -> Result<(), StoreError> {
        self.set_publication(may, now, article, revision, true).await
    }

    /// Takes an article and everything read from its paper off the public pages; nothing is deleted.
    pub async fn withdraw_article(&self, may: &MayPublish, now: Moment, article: Id<Article>, revision: i64) -> Result<(), StoreError> {
        self.set_publication(may, now, article, revision, false).await
    }

    async fn set_publication(
        &self,
        may: &MayPublish,
        now: Moment,
        article: Id<Article>,
        revision: i64,
        public: bool,
    ) -> Result<(), StoreError> {
        use domain::permission::May as _;
        let mut write = self.write(may, now).await?;
        let old = write.get(article).await?;
        check_revision(old.revision, revision)?;
        let document = write.get(old.document).await?;
        let (published_at, published_by) = (public.then_some(now), may.proof().account().filter(|_| public));
        write.update(&old, &Article { published_at, published_by, revision: old.revision + 1, ..old.clone() }).await?;
        write.update(&document, &Document { published_at, published_by, ..document.clone() }).await?;
        write.commit(if public { "article.publish" } else { "article.withdraw" }, &format!("article/{article}")).await?;
        Ok(())
    }
}

fn checked(field: &'static str, typed: &str, characters_max: usize) -> Result<String, Problem> {
    let value = tidy(typed);
    if value.is_empty() {
        return Err(Problem::Missing { field });
    }
    if value.chars().count() > characters_max { Err(Problem::TooLong { field, characters_max }) } else { Ok(value) }
}

/// A form with an older revision than the row's is out of date.
pub(crate) fn check_revision(row: i64, form: i64) -> Result<(), Problem> {
    if row == form { Ok(()) } else { Err(Problem::Stale { by: String::new() }) }
}
