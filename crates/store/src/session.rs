//! Working sessions with who was there, what was said and what was concluded.

use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MaySteer;
use domain::person::Person;
use domain::problem::Problem;
use domain::protocol::attendance_order;
use domain::session::{Attendance, Conclusion, SessionDocument, Statement, WorkingSession};
use domain::unit::Unit;
use jiff::civil::Date;

use crate::record::Record;
use crate::task::Audience;
use crate::{Store, StoreError, values};

/// Sessions of which at least one paper is published.
pub(crate) const PUBLISHED: &str = "id IN (SELECT session_document.session FROM session_document \
     JOIN document ON document.id = session_document.document WHERE document.published_at IS NOT NULL)";
/// The newest day first; those of an unknown day last.
pub(crate) const NEWEST: &str = "ORDER BY CASE WHEN held_on IS NULL THEN 1 ELSE 0 END, held_on DESC, id DESC";

/// Sessions of which an article was withdrawn.
const ONCE_PUBLISHED: &str = "SELECT s.session FROM session_document s JOIN article a ON a.document = s.document \
     JOIN journal j ON j.subject = 'article/' || CAST(a.id AS TEXT) AND j.action = 'article.withdraw'";

/// How often what is public of a session was written, and when last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionChanges {
    /// The session.
    pub session: Id<WorkingSession>,
    /// The number of entries in the journal.
    pub count: i64,
    /// The moment of the last one.
    pub last_at: Moment,
}

impl Store {
    /// Sessions, the newest day first.
    pub async fn sessions(&self, audience: Audience, limit: i64) -> Result<Vec<WorkingSession>, StoreError> {
        let tail = match audience {
            Audience::Public => format!("WHERE {PUBLISHED} {NEWEST} LIMIT $1"),
            Audience::Staff => format!("{NEWEST} LIMIT $1"),
        };
        self.find(&tail, &values![limit]).await
    }

    /// Sessions about a unit, the newest day first.
    pub async fn sessions_of_unit(&self, unit: Id<Unit>, audience: Audience) -> Result<Vec<WorkingSession>, StoreError> {
        let tail = match audience {
            Audience::Public => format!("WHERE unit = $1 AND {PUBLISHED} {NEWEST}"),
            Audience::Staff => format!("WHERE unit = $1 {NEWEST}"),
        };
        self.find(&tail, &values![unit]).await
    }

    /// Sessions that the public saw once and no longer sees, since every article about them was withdrawn; the newest day first.
    pub async fn sessions_withdrawn(&self, limit: i64) -> Result<Vec<WorkingSession>, StoreError> {
        self.find(&format!("WHERE NOT ({PUBLISHED}) AND id IN ({ONCE_PUBLISHED}) {NEWEST} LIMIT $1"), &values![limit]).await
    }

    /// When a session left the public pages; absent where it never stood there.
    pub async fn session_withdrawn_at(&self, session: Id<WorkingSession>) -> Result<Option<Moment>, StoreError> {
        let sql = "SELECT MAX(j.at) FROM session_document s JOIN article a ON a.document = s.document \
                   JOIN journal j ON j.subject = 'article/' || CAST(a.id AS TEXT) AND j.action = 'article.withdraw' WHERE s.session = $1";
        let row = self.db.row(sql, &values![session]).await?;
        row.map_or(Ok(None), crate::db::Row::one)
    }

    /// How often what is public of each session was written, and when last: its own entries in the journal and those of the
    /// articles about it. A calendar tells by it which of two copies is the newer one.
    pub async fn session_changes(&self) -> Result<Vec<SessionChanges>, StoreError> {
        let sql = "SELECT session, CAST(COUNT(*) AS BIGINT), MAX(at) FROM (\
                     SELECT w.id AS session, j.at AS at FROM working_session w \
                     JOIN journal j ON j.subject = 'session/' || CAST(w.id AS TEXT) \
                     UNION ALL \
                     SELECT s.session AS session, j.at AS at FROM session_document s JOIN article a ON a.document = s.document \
                     JOIN journal j ON j.subject = 'article/' || CAST(a.id AS TEXT)\
                   ) AS entries GROUP BY session ORDER BY session";
        let changes = |row: &crate::db::Row| Ok(SessionChanges { session: row.get(0)?, count: row.get(1)?, last_at: row.get(2)? });
        self.rows(sql, &[]).await?.iter().map(changes).collect()
    }

    /// The papers that tell of a session, the published ones only for the public.
    pub async fn documents_of_session(&self, session: Id<WorkingSession>, audience: Audience) -> Result<Vec<Document>, StoreError> {
        let told = "WHERE id IN (SELECT document FROM session_document WHERE session = $1)";
        let tail = match audience {
            Audience::Public => format!("{told} AND published_at IS NOT NULL ORDER BY id"),
            Audience::Staff => format!("{told} ORDER BY id"),
        };
        self.find(&tail, &values![session]).await
    }

    /// The sessions that a document tells of.
    pub async fn sessions_of_document(&self, document: Id<Document>) -> Result<Vec<WorkingSession>, StoreError> {
        self.find("WHERE id IN (SELECT session FROM session_document WHERE document = $1) ORDER BY id", &values![document]).await
    }

    /// Who was there, in protocol order.
    pub async fn attendance_of(&self, session: Id<WorkingSession>) -> Result<Vec<(Attendance, Person)>, StoreError> {
        let sql = format!(
            "SELECT {}, {} FROM attendance a JOIN person p ON p.id = a.person WHERE a.session = $1 ORDER BY a.ordinal, a.id",
            Attendance::TABLE.columns_of("a"),
            Person::TABLE.columns_of("p"),
        );
        let rows = self.rows(&sql, &values![session]).await?;
        let columns = Attendance::TABLE.columns.len();
        let read = |row| Ok((Attendance::from_row(row)?, Person::from_row_at(row, columns)?));
        let mut attendance: Vec<(Attendance, Person)> = rows.iter().map(read).collect::<Result<_, StoreError>>()?;
        attendance.sort_by_key(|(attendance, _)| attendance_order(attendance));
        Ok(attendance)
    }

    /// What was said at a session, in the order of the papers.
    pub async fn statements_of_session(&self, session: Id<WorkingSession>, audience: Audience) -> Result<Vec<Statement>, StoreError> {
        self.find(&format!("WHERE session = $1 {} ORDER BY document, ordinal", audience.sees()), &values![session]).await
    }

    /// What was concluded at a session, besides tasks, in the order of the papers.
    pub async fn conclusions_of_session(&self, session: Id<WorkingSession>, audience: Audience) -> Result<Vec<Conclusion>, StoreError> {
        let tail = format!("WHERE session = $1 AND withdrawn_at IS NULL {} ORDER BY document, ordinal", audience.sees());
        self.find(&tail, &values![session]).await
    }

    /// What is said in a document, in its order.
    pub async fn statements_of_document(&self, document: Id<Document>) -> Result<Vec<Statement>, StoreError> {
        self.find("WHERE document = $1 ORDER BY ordinal", &values![document]).await
    }

    /// What a document concludes, besides tasks, in its order.
    pub async fn conclusions_of_document(&self, document: Id<Document>) -> Result<Vec<Conclusion>, StoreError> {
        self.find("WHERE document = $1 AND withdrawn_at IS NULL ORDER BY ordinal", &values![document]).await
    }

    /// What a person said, the newest paper first.
    pub async fn statements_of_person(&self, person: Id<Person>, audience: Audience) -> Result<Vec<Statement>, StoreError> {
        self.find(&format!("WHERE person = $1 {} ORDER BY document DESC, ordinal", audience.sees()), &values![person]).await
    }

    /// The sessions that a person attended, the newest day first.
    pub async fn sessions_of_person(
        &self,
        person: Id<Person>,
        audience: Audience,
    ) -> Result<Vec<(Attendance, WorkingSession)>, StoreError> {
        let told = match audience {
            Audience::Public => {
                "AND a.passage IN (SELECT s.id FROM passage s JOIN document d ON d.id = s.document WHERE d.published_at IS NOT NULL)"
            }
            Audience::Staff => "",
        };
        let sql = format!(
            "SELECT {}, {} FROM attendance a JOIN working_session w ON w.id = a.session WHERE a.person = $1 {told} \
             ORDER BY CASE WHEN w.held_on IS NULL THEN 1 ELSE 0 END, w.held_on DESC, w.id DESC",
            Attendance::TABLE.columns_of("a"),
            WorkingSession::TABLE.columns_of("w"),
        );
        let rows = self.rows(&sql, &values![person]).await?;
        let columns = Attendance::TABLE.columns.len();
        rows.iter().map(|row| Ok((Attendance::from_row(row)?, WorkingSession::from_row_at(row, columns)?))).collect()
    }

    /// How many tasks that stand each session gave.
    pub async fn task_counts_of_sessions(&self, audience: Audience) -> Result<Vec<(Id<WorkingSession>, i64)>, StoreError> {
        self.counts_of_sessions("task", audience).await
    }

    /// How many proposals that stand each session raised.
    pub async fn proposal_counts_of_sessions(&self, audience: Audience) -> Result<Vec<(Id<WorkingSession>, i64)>, StoreError> {
        self.counts_of_sessions("proposal", audience).await
    }

    async fn counts_of_sessions(&self, table: &'static str, audience: Audience) -> Result<Vec<(Id<WorkingSession>, i64)>, StoreError> {
        let published = match audience {
            Audience::Public => "AND document IN (SELECT id FROM document WHERE published_at IS NOT NULL)",
            Audience::Staff => "",
        };
        let sql = format!(
            "SELECT session, COUNT(*) FROM {table} WHERE session IS NOT NULL AND withdrawn_at IS NULL {published} GROUP BY session"
        );
        self.rows(&sql, &[]).await?.into_iter().map(crate::db::Row::two).collect()
    }

    /// Sets the day of a session. `was` is the day that the officer saw: if somebody mended it since, nothing is written.
    pub async fn edit_session(
        &self,
        may: &MaySteer,
        now: Moment,
        session: Id<WorkingSession>,
        was: Option<Date>,
        held_on: Option<Date>,
    ) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.get(session).await?;
        if old.held_on != was {
            return Err(Problem::Stale { by: String::new() }.into());
        }
        write.update(&old, &WorkingSession { held_on, ..old.clone() }).await?;
        write.commit("session.edit", &format!("session/{session}")).await?;
        Ok(())
    }

    /// Which papers tell of which sessions.
    pub async fn session_documents(&self) -> Result<Vec<SessionDocument>, StoreError> {
        self.find("ORDER BY id", &[]).await
    }
}
