//! One list a process, at the head of the journal. Where the head has moved, only what its entries touched is read again; a new
//! day judges the deadlines anew. Nothing is read until somebody asks for the first list.

use std::collections::HashMap;
use std::sync::Arc;

use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::task::{Task, TaskBody};
use domain::unit::Unit;
use jiff::civil::Date;
use store::journal::JournalHead;
use store::task_list::TaskRows;
use store::{Store, StoreError};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::{ListedTask, TaskList};

/// The list that pages are made from.
#[derive(Debug, Clone, Default)]
pub struct TaskLists {
    followed: Arc<Mutex<Followed>>,
}

#[derive(Debug, Default)]
struct Followed {
    head: Option<JournalHead>,
    tasks: HashMap<Id<Task>, Arc<ListedTask>>,
    documents: HashMap<Id<Document>, Arc<Document>>,
    units: Arc<Vec<Unit>>,
    list: Option<Arc<TaskList>>,
}

impl TaskLists {
    /// The list with everything up to `head` or later, judged on a day.
    pub async fn list(&self, store: &Store, head: &JournalHead, today: Date) -> Result<Arc<TaskList>, StoreError> {
        let mut followed = Arc::clone(&self.followed).lock_owned().await;
        if let Some(list) = followed.standing(head, today) {
            return Ok(list);
        }
        let (store, runtime) = (store.clone(), Handle::current());
        // To its end, though the request that asked may be gone, and away from the threads that answer requests.
        let read = spawn_blocking(move || {
            // Taken out: after a panic or a fault in the middle the next one begins anew.
            let mut taken = std::mem::take(&mut *followed);
            let rows = runtime.block_on(store.task_rows(taken.head.as_ref()))?;
            let list = taken.take_in(rows, today);
            *followed = taken;
            Ok(list)
        });
        read.await.map_err(|fault| StoreError::Internal(format!("the list of tasks was not read: {fault}")))?
    }
}

impl Followed {
    fn standing(&self, head: &JournalHead, today: Date) -> Option<Arc<TaskList>> {
        let is_there = self.head.as_ref().is_some_and(|own| (own.sequence, &own.hash) == (head.sequence, &head.hash));
        self.list.as_ref().filter(|list| is_there && list.today == today).map(Arc::clone)
    }

    fn take_in(&mut self, rows: TaskRows, today: Date) -> Arc<TaskList> {
        let is_new_day = self.list.as_ref().is_none_or(|list| list.today != today);
        self.head = Some(rows.head.clone());
        let changed = self.merge(rows);
        if let Some(list) = &self.list
            && !changed
            && !is_new_day
        {
            return Arc::clone(list);
        }
        let tasks = self.tasks.values().map(Arc::clone).collect();
        let list = Arc::new(TaskList::new(tasks, &self.documents, Arc::clone(&self.units), today));
        self.list = Some(Arc::clone(&list));
        list
    }

    /// Puts rows in the place of those that were; whether there were any.
    fn merge(&mut self, rows: TaskRows) -> bool {
        let (papers, bodies, updates) = (rows.documents, by_task(rows.bodies), rows.updates.into_iter().collect::<HashMap<_, _>>());
        let changed = rows.units.is_some() || !papers.is_empty() || rows.touched.as_ref().is_none_or(|touched| !touched.is_empty());
        match rows.touched {
            None => (self.tasks, self.documents) = (HashMap::new(), HashMap::new()),
            Some(touched) => touched.iter().for_each(|task| drop(self.tasks.remove(task))),
        }
        self.documents.extend(papers.into_iter().map(|document| (document.id, Arc::new(document))));
        if let Some(units) = rows.units {
            self.units = Arc::new(units);
        }
        self.enter(rows.tasks, bodies, &updates);
        changed
    }

    fn enter(&mut self, tasks: Vec<Task>, mut bodies: HashMap<Id<Task>, Vec<TaskBody>>, updates: &HashMap<Id<Task>, Moment>) {
        for task in tasks {
            let (id, bodies) = (task.id, bodies.remove(&task.id).unwrap_or_default());
            self.tasks.insert(id, Arc::new(ListedTask::new(task, bodies, updates.get(&id).copied())));
        }
    }
}

fn by_task(bodies: Vec<TaskBody>) -> HashMap<Id<Task>, Vec<TaskBody>> {
    let mut by_task: HashMap<Id<Task>, Vec<TaskBody>> = HashMap::new();
    for body in bodies {
        by_task.entry(body.task).or_default().push(body);
    }
    by_task
}
