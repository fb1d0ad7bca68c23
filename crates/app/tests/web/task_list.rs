//! The list of tasks in memory: after every write it is what a slow and obvious twin makes of everything that the store gives, for
//! every filter, order and audience.

use std::collections::{HashMap, HashSet};

use cotmoc::task_list::{BUCKETS, Filter, Order, TaskList};
use cotmoc::web::App;
use domain::document::{Document, Passage};
use domain::fold::fold;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::operator;
use domain::rate::{RatedTask, TaskRates};
use domain::task::{Progress, Task, TaskBody, TaskRole, TaskState, Timeliness, timeliness};
use domain::unit::Unit;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use store::account::LoginOutcome;
use store::task::Audience;

use crate::support::{NOW, TestApp};

/// What a list answers: how many fit, under each shortcut, the rates, and the tasks shown in their order.
type Answer = (usize, [usize; 6], TaskRates, Vec<Id<Task>>);

const WORDS: [&str; 5] = ["giải ngân vốn", "đất ở", "đường liên xã", "hồ chứa", "lúa"];
const STATES: [TaskState; 5] = [TaskState::Assigned, TaskState::InProgress, TaskState::Done, TaskState::Paused, TaskState::AwaitingReview];

/// A source of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

/// Everything as the store gives it, looked through row by row.
struct Twin {
    tasks: Vec<Task>,
    bodies: Vec<TaskBody>,
    documents: Vec<Document>,
    updates: HashMap<Id<Task>, Moment>,
}

impl Twin {
    async fn read(app: &App, audience: Audience) -> Self {
        let store = app.store();
        Self {
            tasks: store.tasks(audience).await.unwrap(),
            bodies: store.task_bodies(None).await.unwrap(),
            documents: store.documents_with_tasks().await.unwrap(),
            updates: store.last_progress().await.unwrap().into_iter().collect(),
        }
    }

    async fn answer(&self, app: &App, filter: &Filter) -> Answer {
        let units: Option<HashSet<Id<Unit>>> = match filter.unit {
            Some(unit) => Some(app.store().unit_subtree(unit).await.unwrap().into_iter().collect()),
            None => None,
        };
        let fits = |task: &&Task| {
            units.as_ref().is_none_or(|units| self.units_of(task).any(|unit| units.contains(&unit)))
                && filter.document.is_none_or(|document| task.document == document)
                && self.says(task, &filter.words)
        };
        let chosen: Vec<&Task> = self.tasks.iter().filter(fits).collect();
        let today = app.today();
        let buckets = BUCKETS.map(|code| chosen.iter().filter(|task| bucket(task, today) == code).count());
        let rates = TaskRates::of(chosen.iter().map(|task| self.rated(task)), today);
        let mut shown: Vec<&Task> =
            chosen.iter().copied().filter(|task| filter.bucket.as_ref().is_none_or(|code| bucket(task, today) == code)).collect();
        match filter.order {
            Order::Due => {}
            Order::Updated => shown.sort_by_key(|task| (self.updates.get(&task.id).copied(), task.id)),
            Order::New => shown.sort_by_key(|task| std::cmp::Reverse(task.id)),
        }
        (chosen.len(), buckets, rates, shown.iter().map(|task| task.id).collect())
    }

    fn units_of<'a>(&'a self, task: &'a Task) -> impl Iterator<Item = Id<Unit>> + 'a {
        let bodies = self.bodies.iter().filter(|body| body.task == task.id).filter_map(|body| body.unit);
        task.unit.into_iter().chain(bodies)
    }

    fn says(&self, task: &Task, words: &str) -> bool {
        fold(&task.text).contains(words)
            || self.bodies.iter().any(|body| body.task == task.id && fold(&body.name).contains(words))
            || self.documents.iter().any(|document| document.id == task.document && document.folded.contains(words))
    }

    fn rated(&self, task: &Task) -> RatedTask {
        let updated_on = self.updates.get(&task.id).map(|moment| moment.day());
        RatedTask { state: task.state, due: task.due, closed_on: task.closed_on, updated_on }
    }
}

fn bucket(task: &Task, today: Date) -> &'static str {
    match timeliness(task.state, task.due, task.closed_on, today) {
        Timeliness::Overdue { .. } => "overdue",
        Timeliness::DueSoon { .. } | Timeliness::DueToday => "soon",
        Timeliness::NotDue { .. } => "in_time",
        Timeliness::NoDeadline => "no_deadline",
        Timeliness::Resting => "resting",
        _ => "done",
    }
}

fn answer(list: &TaskList, filter: &Filter) -> Answer {
    let found = list.find(filter);
    let shown: Vec<Id<Task>> = found.page(0, usize::MAX).iter().map(|listed| listed.task.id).collect();
    assert_eq!(found.shown, shown.len());
    let middle: Vec<Id<Task>> = found.page(3, 5).iter().map(|listed| listed.task.id).collect();
    assert_eq!(middle, shown.iter().copied().skip(3).take(5).collect::<Vec<_>>(), "a page of it");
    (found.chosen, found.buckets, found.rates, shown)
}

/// A world to roll dice over.
struct World {
    web: TestApp,
    dice: Dice,
    units: Vec<Id<Unit>>,
    documents: Vec<Id<Document>>,
    tasks: Vec<Id<Task>>,
}

impl World {
    async fn begin() -> Self {
        let web = TestApp::new().await;
        let land = web.settle_land().await;
        let mut world = Self { web, dice: Dice(7), units: vec![land.province, land.district], documents: Vec::new(), tasks: Vec::new() };
        for _ in 0..4 {
            world.write_paper().await;
        }
        world
    }

    async fn list(&self) -> std::sync::Arc<TaskList> {
        let app = &self.web.app;
        app.task_lists().list(app.store(), &app.journal_head().await.unwrap(), app.today()).await.unwrap()
    }

    /// Holds the list against its twin under many filters.
    async fn check(&mut self, after: &str) {
        let list = self.list().await;
        for audience in [Audience::Public, Audience::Staff] {
            let twin = Twin::read(&self.web.app, audience).await;
            for _ in 0..12 {
                let filter = self.filter(audience);
                assert_eq!(answer(&list, &filter), twin.answer(&self.web.app, &filter).await, "{filter:?} after {after}");
            }
        }
    }

    fn filter(&mut self, audience: Audience) -> Filter {
        let dice = &mut self.dice;
        let words = *dice.pick(&["", "", "giai ngan", "dat o", "so tai chinh", "412", "khe tra", "a", "khong co o dau"]);
        let bucket = *dice.pick(&["", "", "overdue", "soon", "in_time", "no_deadline", "done", "resting", "nothing"]);
        Filter {
            audience,
            words: words.to_owned(),
            unit: (dice.roll(2) == 0).then(|| *dice.pick(&self.units)).or((dice.roll(9) == 0).then_some(Id::new(999_999))),
            document: (dice.roll(4) == 0).then(|| *dice.pick(&self.documents)),
            bucket: Some(bucket.to_owned()).filter(|bucket| !bucket.is_empty()),
            order: *dice.pick(&[Order::Due, Order::Updated, Order::New]),
        }
    }

    /// A paper of some tasks; two of three are public.
    async fn write_paper(&mut self) {
        let dice = &mut self.dice;
        let mut write = self.web.app.store().write(&operator::may_load(), NOW).await.unwrap();
        let number = 410 + self.documents.len();
        let document = Document {
            id: write.new_id(),
            kind: None,
            document_type: None,
            symbol: Some(format!("{number}-TB/TU")),
            title: None,
            issued_on: None,
            issuer: None,
            source: None,
            byline: None,
            paper: None,
            unit: None,
            reprint: false,
            published_at: (dice.roll(3) > 0).then_some(NOW),
            published_by: None,
            folded: fold(&format!("{number}-TB/TU")),
        };
        write.insert(&document).await.unwrap();
        self.documents.push(document.id);
        for _ in 0..dice.roll(30) {
            let passage = Passage { id: write.new_id(), document: document.id, span_start: 0, span_end: 5 };
            write.insert(&passage).await.unwrap();
            let day = date(2024, 5, 20).saturating_add((i64::try_from(dice.roll(40)).unwrap() - 20).days());
            let state = *dice.pick(&STATES);
            let task = Task {
                id: write.new_id(),
                document: document.id,
                session: None,
                passage: passage.id,
                text: format!("Rà soát {} kỳ {}", dice.pick(&WORDS), dice.roll(50)),
                assigned_by: None,
                assigned_on: None,
                unit: (dice.roll(3) > 0).then(|| *dice.pick(&self.units)),
                due: (dice.roll(5) > 0).then_some(day),
                product: None,
                binding: true,
                commitment: false,
                proposal: None,
                state,
                closed_on: (!state.is_open()).then_some(day),
                revision: 1,
                withdrawn_at: None,
                withdrawn_by: None,
            };
            write.insert(&task).await.unwrap();
            self.tasks.push(task.id);
            for (role, name) in [(TaskRole::Lead, "Huyện Khe Trà"), (TaskRole::Cooperating, "Sở Tài chính")].into_iter().take(dice.roll(3))
            {
                let unit = (dice.roll(2) == 0).then(|| *dice.pick(&self.units));
                let body = TaskBody { id: write.new_id(), task: task.id, role, name: name.to_owned(), unit, ordinal: 1, ended_at: None };
                write.insert(&body).await.unwrap();
            }
        }
        write.commit("paper.write", &format!("document/{}", document.id)).await.unwrap();
    }

    /// Changes something that a list shows, and says what.
    async fn change(&mut self) -> &'static str {
        let kind = self.dice.roll(7);
        if kind == 0 || self.tasks.is_empty() {
            self.write_paper().await;
            return "another paper";
        }
        let store = self.web.app.store().clone();
        let mut write =
            store.write(&operator::may_load(), NOW.plus_seconds(i64::try_from(self.dice.roll(900_000)).unwrap())).await.unwrap();
        let task = write.get(*self.dice.pick(&self.tasks)).await.unwrap();
        let what = match kind {
            1 => {
                let due =
                    (self.dice.roll(4) > 0).then(|| date(2024, 5, 1).saturating_add(i64::try_from(self.dice.roll(40)).unwrap().days()));
                write.update(&task, &Task { due, state: *self.dice.pick(&STATES), ..task.clone() }).await.unwrap();
                "another deadline and state"
            }
            2 => {
                let note = ["", "Đã họp"][self.dice.roll(2)].to_owned();
                let (id, at) = (write.new_id(), write.at());
                let step = Progress { id, task: task.id, state: *self.dice.pick(&STATES), percent: None, note, at, by: "tinh".to_owned() };
                write.insert(&step).await.unwrap();
                "a step"
            }
            3 => {
                write.update(&task, &Task { withdrawn_at: task.withdrawn_at.xor(Some(NOW)), ..task.clone() }).await.unwrap();
                "a task taken back, or given back"
            }
            4 => {
                let bodies =
                    write.find::<TaskBody>("WHERE task = $1 AND ended_at IS NULL ORDER BY id", &store::values![task.id]).await.unwrap();
                for old in bodies.iter().take(1) {
                    write.update(old, &TaskBody { ended_at: Some(NOW), ..old.clone() }).await.unwrap();
                }
                let (role, name) = (TaskRole::Cooperating, "Ban Dân tộc".to_owned());
                let body = TaskBody {
                    id: write.new_id(),
                    task: task.id,
                    role,
                    name,
                    unit: Some(*self.dice.pick(&self.units)),
                    ordinal: 2,
                    ended_at: None,
                };
                write.insert(&body).await.unwrap();
                "other bodies"
            }
            5 => {
                let document = write.get(task.document).await.unwrap();
                write
                    .update(&document, &Document { published_at: document.published_at.xor(Some(NOW)), ..document.clone() })
                    .await
                    .unwrap();
                "a paper published or withdrawn"
            }
            _ => {
                let unit = write.get(self.units[1]).await.unwrap();
                let below = Unit { id: write.new_id(), code: None, parent: Some(unit.id), ..unit };
                write.insert(&below).await.unwrap();
                self.units.push(below.id);
                "a unit below the district"
            }
        };
        write.commit("task.change", "task").await.unwrap();
        what
    }
}

#[tokio::test]
async fn the_list_is_what_its_slow_twin_says_after_every_write() {
    let mut world = World::begin().await;
    world.check("the beginning").await;
    for _ in 0..60 {
        let what = world.change().await;
        world.check(what).await;
    }
    // More than is followed entry by entry.
    for _ in 0..250 {
        world.change().await;
    }
    world.check("many writes").await;
}

#[tokio::test]
async fn what_does_not_touch_tasks_leaves_the_list_as_it_is() {
    let world = World::begin().await;
    let first = world.list().await;
    world.web.app.store().record_login(&domain::permission::may_record("tinh"), NOW, LoginOutcome::Refused).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &world.list().await));
    let app = &world.web.app;
    let tomorrow = app.today().tomorrow().unwrap();
    let list = app.task_lists().list(app.store(), &app.journal_head().await.unwrap(), tomorrow).await.unwrap();
    assert!(!std::sync::Arc::ptr_eq(&first, &list), "a new day judges anew");
}
