//! Sessions, proposals and tasks. Of a session everybody searches what the papers say that they may read.

use std::collections::{BTreeSet, HashMap};

use domain::document::Document;
use domain::id::Id;
use domain::proposal::{Proposal, ProposalOption};
use domain::session::WorkingSession;
use domain::task::{Task, TaskBody};
use domain::unit::Unit;

use super::{Ids, SearchBody, SearchNoun, SearchText, distinct, lines};
use crate::record::Record;
use crate::{Store, StoreError};

/// Whether the paper `d` is published.
const IS_PUBLISHED: &str = "CAST(CASE WHEN d.published_at IS NULL THEN 0 ELSE 1 END AS BIGINT)";

impl Store {
    pub(super) async fn session_texts(&self, ids: &Ids) -> Result<Vec<SearchText>, StoreError> {
        let sessions: Vec<WorkingSession> = self.all_of(ids, "").await?;
        let units = self.units_of(sessions.iter().map(|session| session.unit)).await?;
        let said = self.said_at(ids).await?;
        let published = self.published_sessions(ids).await?;
        let text = |session: WorkingSession| {
            let unit = session.unit.and_then(|unit| units.get(&unit)).cloned();
            let of_session = || said.iter().filter(|said| said.session == session.id);
            let body = |is_public: bool| {
                let seen = of_session().filter(|said| said.is_published || !is_public);
                lines(std::iter::once(Some(session.title.as_str())).chain(seen.map(|said| Some(said.words.as_str()))))
            };
            SearchText {
                day: session.held_on,
                units: distinct([session.unit]),
                public: published.contains(&session.id).then(|| body(true).into()),
                staff: body(false).into(),
                noun: SearchNoun::Session(session, unit),
            }
        };
        Ok(sessions.into_iter().map(text).collect())
    }

    pub(super) async fn proposal_texts(&self, ids: &Ids) -> Result<Vec<SearchText>, StoreError> {
        let proposals: Vec<Proposal> = self.all_of(ids, "AND withdrawn_at IS NULL").await?;
        let documents = self.documents_of(proposals.iter().map(|proposal| proposal.document)).await?;
        let sql = format!("WHERE proposal IN ({}) ORDER BY proposal, ordinal", ids.places());
        let options: Vec<ProposalOption> = self.find(&sql, ids.values()).await?;
        let text = |proposal: Proposal| {
            let document = documents.get(&proposal.document);
            let offered = options.iter().filter(|option| option.proposal == proposal.id).map(|option| Some(option.text.as_str()));
            let staff: SearchBody = lines([proposal.by.as_deref(), proposal.to.as_deref()].into_iter().chain(offered)).into();
            SearchText {
                day: document.and_then(|document| document.issued_on),
                units: distinct([proposal.by_unit, proposal.to_unit, document.and_then(|document| document.unit)]),
                public: is_published(document).then(|| staff.clone()),
                staff,
                noun: SearchNoun::Proposal(proposal),
            }
        };
        Ok(proposals.into_iter().map(text).collect())
    }

    pub(super) async fn task_texts(&self, ids: &Ids) -> Result<Vec<SearchText>, StoreError> {
        let tasks: Vec<Task> = self.all_of(ids, "AND withdrawn_at IS NULL").await?;
        let documents = self.documents_of(tasks.iter().map(|task| task.document)).await?;
        let sql = format!("WHERE task IN ({}) AND ended_at IS NULL ORDER BY task, role DESC, ordinal, id", ids.places());
        let bodies: Vec<TaskBody> = self.find(&sql, ids.values()).await?;
        let text = |task: Task| {
            let document = documents.get(&task.document);
            let at_work = || bodies.iter().filter(|body| body.task == task.id);
            let names = at_work().map(|body| Some(body.name.as_str()));
            let staff: SearchBody = lines(names.chain([task.product.as_deref(), task.assigned_by.as_deref()])).into();
            let units = at_work().map(|body| body.unit).chain([task.unit, document.and_then(|document| document.unit)]);
            SearchText {
                day: task.assigned_on.or_else(|| document.and_then(|document| document.issued_on)),
                units: distinct(units),
                public: is_published(document).then(|| staff.clone()),
                staff,
                noun: SearchNoun::Task(task),
            }
        };
        Ok(tasks.into_iter().map(text).collect())
    }

    /// Who was there and what was said and concluded, as each paper tells.
    async fn said_at(&self, sessions: &Ids) -> Result<Vec<Said>, StoreError> {
        let places = sessions.places();
        let sql = format!(
            "SELECT a.session, {IS_PUBLISHED}, p.name, a.positions, CAST(1 AS BIGINT), a.id FROM attendance a \
             JOIN person p ON p.id = a.person JOIN passage s ON s.id = a.passage JOIN document d ON d.id = s.document \
             WHERE a.session IN ({places}) \
             UNION ALL SELECT x.session, {IS_PUBLISHED}, COALESCE(x.body, ''), x.quote, CAST(2 AS BIGINT), x.id FROM statement x \
             JOIN document d ON d.id = x.document WHERE x.session IN ({places}) \
             UNION ALL SELECT c.session, {IS_PUBLISHED}, COALESCE(c.\"by\", ''), c.quote, CAST(3 AS BIGINT), c.id FROM conclusion c \
             JOIN document d ON d.id = c.document WHERE c.session IN ({places}) AND c.withdrawn_at IS NULL ORDER BY 1, 5, 6"
        );
        let rows = self.rows(&sql, sessions.values()).await?;
        let said = |row: &crate::db::Row| {
            let (who, words): (String, String) = (row.get(2)?, row.get(3)?);
            let words = if who.is_empty() { words } else { format!("{who}: {words}") };
            Ok(Said { session: row.get(0)?, is_published: row.get(1)?, words })
        };
        rows.iter().map(said).collect()
    }

    async fn published_sessions(&self, sessions: &Ids) -> Result<BTreeSet<Id<WorkingSession>>, StoreError> {
        let sql = format!(
            "SELECT DISTINCT x.session FROM session_document x JOIN document d ON d.id = x.document \
             WHERE x.session IN ({}) AND d.published_at IS NOT NULL",
            sessions.places()
        );
        self.rows(&sql, sessions.values()).await?.into_iter().map(crate::db::Row::one).collect()
    }

    async fn documents_of(&self, ids: impl Iterator<Item = Id<Document>>) -> Result<HashMap<Id<Document>, Document>, StoreError> {
        self.by_id(Ids::of(ids.map(Id::number))).await
    }

    async fn units_of(&self, ids: impl Iterator<Item = Option<Id<Unit>>>) -> Result<HashMap<Id<Unit>, Unit>, StoreError> {
        self.by_id(Ids::of(ids.flatten().map(Id::number))).await
    }

    async fn by_id<R: Record>(&self, ids: Ids) -> Result<HashMap<Id<R>, R>, StoreError> {
        let found = if ids.is_empty() { Vec::new() } else { self.all_of::<R>(&ids, "").await? };
        Ok(found.into_iter().map(|one| (one.id(), one)).collect())
    }
}

/// Words of a session's paper.
struct Said {
    session: Id<WorkingSession>,
    is_published: bool,
    words: String,
}

fn is_published(document: Option<&Document>) -> bool {
    document.is_some_and(|document| document.published_at.is_some())
}
