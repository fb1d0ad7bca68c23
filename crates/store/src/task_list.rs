//! What the list of tasks is made of, read as of one moment: everything once, then only what the journal's entries since touched.

use std::collections::BTreeSet;

use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::task::{Task, TaskBody, TaskState};
use domain::unit::Unit;
use serde_json::{Map, Value as Json};

use crate::db::{Row, Tx, Value};
use crate::field::Field;
use crate::journal::JournalHead;
use crate::record::Record;
use crate::{Store, StoreError, values};

/// Entries that are looked through one by one; beyond them reading everything anew is as fast.
const ENTRIES_MAX: i64 = 200;
/// Tasks and papers that are read one by one, for the same reason; both databases take so many placeholders.
const TOUCHED_MAX: usize = 500;

const ENTRIES: &str = "SELECT action, after FROM journal WHERE sequence > $1 ORDER BY sequence LIMIT $2";
const UPDATES: &str = "SELECT task, MAX(at) FROM progress WHERE (note <> '' OR state <> $1)";
const BODIES_ORDER: &str = "ORDER BY task, role DESC, ordinal, id";

/// Rows of one moment.
#[derive(Debug, Clone)]
pub struct TaskRows {
    /// The moment.
    pub head: JournalHead,
    /// The tasks that were looked for: those among them without a row in `tasks` no longer stand. Absent where all were read.
    pub touched: Option<Vec<Id<Task>>>,
    /// Tasks that stand.
    pub tasks: Vec<Task>,
    /// Their bodies, by task, leads first.
    pub bodies: Vec<TaskBody>,
    /// When work on them was last reported.
    pub updates: Vec<(Id<Task>, Moment)>,
    /// The papers they were read from, and those that were touched.
    pub documents: Vec<Document>,
    /// Every unit in Vietnamese order; absent where none was touched.
    pub units: Option<Vec<Unit>>,
}

impl Store {
    /// What was touched since a head, or everything where there is none or it is not of this journal's past.
    pub async fn task_rows(&self, since: Option<&JournalHead>) -> Result<TaskRows, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let row = tx.rows("SELECT sequence, hash FROM journal_head", &[]).await?.into_iter().next();
        let (sequence, hash): (i64, String) = row.ok_or_else(|| StoreError::BrokenJournal("its head is missing".to_owned()))?.two()?;
        let head = JournalHead { sequence, hash, at: None };
        let touched = match since {
            Some(since) => touched(&mut tx, since).await?,
            None => None,
        };
        match touched {
            Some(touched) => some(&mut tx, head, touched).await,
            None => everything(&mut tx, head).await,
        }
    }
}

#[derive(Default)]
struct Touched {
    tasks: BTreeSet<Id<Task>>,
    documents: BTreeSet<Id<Document>>,
    units: bool,
}

/// What the entries after a head touched; absent where it cannot be told, or is too much to be read one by one.
async fn touched(tx: &mut Tx, since: &JournalHead) -> Result<Option<Touched>, StoreError> {
    let past = tx.rows("SELECT hash FROM journal WHERE sequence = $1", &values![since.sequence]).await?;
    if past.first().map(|row| row.get::<String>(0)).transpose()?.as_deref() != Some(&since.hash) {
        return Ok(None);
    }
    let entries = tx.rows(ENTRIES, &values![since.sequence, ENTRIES_MAX + 1]).await?;
    if i64::try_from(entries.len()).unwrap_or(i64::MAX) > ENTRIES_MAX {
        return Ok(None);
    }
    let mut touched = Touched::default();
    for entry in &entries {
        // An entry of a load holds no rows but their digest.
        if entry.get::<String>(0)?.starts_with("load.") {
            return Ok(None);
        }
        let after: String = entry.get(1)?;
        let rows: Map<String, Json> = serde_json::from_str(&after).map_err(|fault| StoreError::BrokenJournal(fault.to_string()))?;
        rows.iter().for_each(|(key, row)| touched.add(key, row));
    }
    let few = touched.tasks.len() <= TOUCHED_MAX && touched.documents.len() <= TOUCHED_MAX;
    Ok(Some(touched).filter(|_| few))
}

impl Touched {
    /// Takes in a row as an entry names it: `task/12`.
    fn add(&mut self, key: &str, row: &Json) {
        let Some((table, id)) = key.split_once('/') else { return };
        let id: Option<i64> = id.parse().ok();
        let task = || row.get("task").and_then(Json::as_i64);
        match table {
            "task" => self.tasks.extend(id.map(Id::new)),
            "task_body" | "progress" => self.tasks.extend(task().map(Id::new)),
            "document" => self.documents.extend(id.map(Id::new)),
            "unit" => self.units = true,
            _ => {}
        }
    }
}

async fn everything(tx: &mut Tx, head: JournalHead) -> Result<TaskRows, StoreError> {
    Ok(TaskRows {
        head,
        touched: None,
        tasks: find(tx, "WHERE withdrawn_at IS NULL ORDER BY id", &[]).await?,
        bodies: find(tx, &format!("WHERE ended_at IS NULL {BODIES_ORDER}"), &[]).await?,
        updates: updates(tx, "", &values![TaskState::Assigned]).await?,
        documents: find(tx, "WHERE id IN (SELECT document FROM task) ORDER BY id", &[]).await?,
        units: Some(units(tx).await?),
    })
}

async fn some(tx: &mut Tx, head: JournalHead, touched: Touched) -> Result<TaskRows, StoreError> {
    let mut documents = touched.documents;
    let ids: Vec<Id<Task>> = touched.tasks.into_iter().collect();
    let (mut tasks, mut bodies, mut updated) = (Vec::new(), Vec::new(), Vec::new());
    if !ids.is_empty() {
        let (list, ids) = (places(ids.len(), 1), places_of(&ids));
        tasks = find::<Task>(tx, &format!("WHERE withdrawn_at IS NULL AND id IN ({list}) ORDER BY id"), &ids).await?;
        bodies = find(tx, &format!("WHERE ended_at IS NULL AND task IN ({list}) {BODIES_ORDER}"), &ids).await?;
        let among = format!("AND task IN ({})", places(ids.len(), 2));
        updated = updates(tx, &among, &[values![TaskState::Assigned].as_slice(), &ids].concat()).await?;
        documents.extend(tasks.iter().map(|task| task.document));
    }
    let papers: Vec<Id<Document>> = documents.into_iter().collect();
    Ok(TaskRows {
        head,
        touched: Some(ids),
        tasks,
        bodies,
        updates: updated,
        documents: match papers.len() {
            0 => Vec::new(),
            papers_count => find(tx, &format!("WHERE id IN ({}) ORDER BY id", places(papers_count, 1)), &places_of(&papers)).await?,
        },
        units: if touched.units { Some(units(tx).await?) } else { None },
    })
}

async fn find<R: Record>(tx: &mut Tx, tail: &str, values: &[Value]) -> Result<Vec<R>, StoreError> {
    tx.rows(&R::TABLE.select(tail), values).await?.iter().map(R::from_row).collect()
}

async fn updates(tx: &mut Tx, among: &str, values: &[Value]) -> Result<Vec<(Id<Task>, Moment)>, StoreError> {
    let rows = tx.rows(&format!("{UPDATES} {among} GROUP BY task"), values).await?;
    rows.into_iter().map(Row::two).collect()
}

async fn units(tx: &mut Tx) -> Result<Vec<Unit>, StoreError> {
    find(tx, "ORDER BY sort_key, id", &[]).await
}

/// `$2, $3, $4`: placeholders from a number on.
fn places(count: usize, first: usize) -> String {
    (first..first + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

fn places_of<T>(ids: &[Id<T>]) -> Vec<Value> {
    ids.iter().map(Field::to_value).collect()
}
