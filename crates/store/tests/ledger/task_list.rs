//! What the list of tasks follows: the rows that the entries since a head touched, put over those of that head, are all rows.

use std::collections::BTreeMap;

use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::task::{Task, TaskBody, TaskState};
use domain::unit::Unit;
use store::journal::JournalHead;
use store::task::{Assignment, Step};
use store::task_list::TaskRows;

use crate::world::{World, add_unit, on_both};

/// Rows put over one another.
#[derive(Debug, Default, PartialEq)]
struct Known {
    head: Option<JournalHead>,
    tasks: BTreeMap<Id<Task>, (Task, Vec<TaskBody>, Option<Moment>)>,
    documents: BTreeMap<Id<Document>, Document>,
    units: Vec<Unit>,
}

impl Known {
    fn take_in(&mut self, rows: TaskRows) {
        match &rows.touched {
            None => *self = Self::default(),
            Some(touched) => touched.iter().for_each(|task| drop(self.tasks.remove(task))),
        }
        for task in rows.tasks {
            let bodies = rows.bodies.iter().filter(|body| body.task == task.id).cloned().collect();
            let updated = rows.updates.iter().find(|(of, _)| *of == task.id).map(|(_, at)| *at);
            self.tasks.insert(task.id, (task, bodies, updated));
        }
        self.documents.extend(rows.documents.into_iter().map(|document| (document.id, document)));
        self.units = rows.units.unwrap_or_else(|| std::mem::take(&mut self.units));
        self.head = Some(rows.head);
    }

    /// Follows to the head and holds what is known then against everything read anew; how many tasks were read for it.
    async fn follow(&mut self, world: &World) -> Option<usize> {
        let rows = world.store.task_rows(self.head.as_ref()).await.unwrap();
        let read = rows.touched.as_ref().map(Vec::len);
        self.take_in(rows);
        let mut all = Self::default();
        all.take_in(world.store.task_rows(None).await.unwrap());
        // A paper whose tasks do not stand any more is not in the way.
        let used = |documents: &BTreeMap<Id<Document>, Document>| {
            documents
                .values()
                .filter(|document| self.tasks.values().any(|(task, ..)| task.document == document.id))
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(used(&self.documents), used(&all.documents));
        assert_eq!((&self.head, &self.tasks, &self.units), (&all.head, &all.tasks, &all.units));
        read
    }
}

#[test]
fn what_entries_touched_is_read_and_nothing_else() {
    on_both(async |world| {
        let mut known = Known::default();
        assert_eq!(known.follow(world).await, None, "everything");
        assert_eq!(known.follow(world).await, Some(0));
        let settled = world.settle_khe_tra().await;
        assert_eq!(known.follow(world).await, Some(3));
        world.publish(&settled).await;
        assert_eq!(known.follow(world).await, Some(0), "a paper only");
        assert!(known.documents[&settled.document].published_at.is_some());
        let task = world.store.tasks_of_document(settled.document).await.unwrap().into_iter().find(|task| task.due.is_some()).unwrap();
        let assignment = Assignment {
            revision: task.revision,
            lead: Some(("UBND huyện Khe Trà".to_owned(), Some(world.district.id))),
            cooperating: Vec::new(),
            due: None,
            reason: Some("Chờ vốn".to_owned()),
            product: None,
        };
        world.store.assign_task(&world.may_steer(), world.now(), task.id, assignment).await.unwrap();
        assert_eq!(known.follow(world).await, Some(1));
        let step = Step { revision: 2, state: TaskState::InProgress, percent: None, note: "Đã họp".to_owned(), closed_on: None };
        world.store.report_progress(&world.may_report(), world.now(), task.id, step).await.unwrap();
        assert_eq!(known.follow(world).await, Some(1));
        assert!(known.tasks[&task.id].2.is_some());
        world.store.take_back_task(&world.may_steer(), world.now(), task.id, 3).await.unwrap();
        assert_eq!(known.follow(world).await, Some(1));
        assert!(!known.tasks.contains_key(&task.id));
        add_unit(&world.store, "9901", "xã Nà Khoa", "xã", Some(world.district.id)).await;
        assert_eq!(known.follow(world).await, Some(0));
        world.withdraw(&settled).await;
        assert_eq!(known.follow(world).await, Some(0));
    });
}

#[test]
fn a_head_of_another_past_is_no_head() {
    on_both(async |world| {
        let head = world.store.journal_head().await.unwrap();
        let other = JournalHead { hash: "0".repeat(64), ..head.clone() };
        assert_eq!(world.store.task_rows(Some(&other)).await.unwrap().touched, None);
        let later = JournalHead { sequence: head.sequence + 1, ..head };
        assert_eq!(world.store.task_rows(Some(&later)).await.unwrap().touched, None);
    });
}
