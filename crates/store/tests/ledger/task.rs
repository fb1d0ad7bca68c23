//! The life of a task: assigned, its deadline moved, worked on, closed, opened again.

use domain::id::Id;
use domain::problem::Problem;
use domain::task::{Task, TaskRole, TaskState};
use store::StoreError;
use store::task::{Assignment, Audience::Staff, Step};

use crate::world::{World, day, on_both, problem, stale};

/// The task that a province's body leads, due on 15/6/2024.
async fn advice(world: &World) -> Task {
    let settled = world.settle_khe_tra().await;
    let tasks = world.store.tasks_of_document(settled.document).await.unwrap();
    tasks.into_iter().find(|task| task.due.is_some()).unwrap()
}

fn assignment(task: &Task) -> Assignment {
    Assignment {
        revision: task.revision,
        lead: Some(("Sở Y tế".to_owned(), None)),
        cooperating: Vec::new(),
        due: task.due,
        reason: None,
        product: None,
    }
}

async fn assign(world: &World, task: &Task, assignment: Assignment) -> Result<Task, StoreError> {
    world.store.assign_task(&world.may_steer(), world.now(), task.id, assignment).await?;
    world.store.get(task.id).await
}

fn step(revision: i64, state: TaskState, note: &str) -> Step {
    Step { revision, state, percent: None, note: note.to_owned(), closed_on: None }
}

async fn report(world: &World, task: Id<Task>, state: TaskState, note: &str) -> Result<(), StoreError> {
    let revision = world.store.get(task).await?.revision;
    world.store.report_progress(&world.may_report(), world.now(), task, step(revision, state, note)).await
}

async fn steer(world: &World, task: Id<Task>, state: TaskState) -> Result<(), StoreError> {
    let revision = world.store.get(task).await?.revision;
    world.store.steer_task(&world.may_steer(), world.now(), task, step(revision, state, "")).await
}

#[test]
fn who_does_a_task_can_change_and_who_did_it_stays() {
    on_both(async |world| {
        let task = advice(world).await;
        let new = Assignment {
            lead: Some(("UBND huyện Khe Trà".to_owned(), Some(world.district.id))),
            cooperating: vec![("Sở Nội vụ".to_owned(), None), ("Sở  Nội vụ".to_owned(), None), (" ".to_owned(), None)],
            product: Some("Tờ trình".to_owned()),
            ..assignment(&task)
        };
        let task = assign(world, &task, new).await.unwrap();
        assert_eq!((task.unit, task.product.as_deref(), task.revision), (Some(world.district.id), Some("Tờ trình"), 2));
        let bodies = world.store.task_bodies(Some(task.id)).await.unwrap();
        let names: Vec<_> = bodies.iter().map(|body| (body.role, body.name.as_str())).collect();
        // A name typed twice is one body; the one that helped before kept its row.
        assert_eq!(names, [(TaskRole::Lead, "UBND huyện Khe Trà"), (TaskRole::Cooperating, "Sở Nội vụ")]);
        let ended = world.place.peek("SELECT name FROM task_body WHERE ended_at IS NOT NULL").await;
        assert_eq!(ended, [["Sở Y tế"]]);
    });
}

#[test]
fn words_that_stayed_can_be_told_which_unit_they_mean() {
    on_both(async |world| {
        let task = advice(world).await;
        let known = Assignment { lead: Some(("Sở Y tế".to_owned(), Some(world.province.id))), ..assignment(&task) };
        assign(world, &task, known).await.unwrap();
        let bodies = world.store.task_bodies(Some(task.id)).await.unwrap();
        assert_eq!((bodies.len(), bodies[0].unit), (1, Some(world.province.id)));
    });
}

#[test]
fn a_deadline_moves_only_with_a_reason() {
    on_both(async |world| {
        let task = advice(world).await;
        let later = Assignment { due: Some(day(2024, 7, 31)), ..assignment(&task) };
        assert_eq!(problem(assign(world, &task, later.clone()).await), Problem::Missing { field: "reason" });
        let moved = assign(world, &task, Assignment { reason: Some("Chờ vốn".to_owned()), ..later }).await.unwrap();
        let extension = world.store.extensions_of(task.id).await.unwrap().remove(0);
        assert_eq!((extension.from_due, extension.to_due, extension.reason.as_str()), (task.due, moved.due, "Chờ vốn"));
        let earlier = Assignment { due: Some(day(2024, 4, 1)), reason: Some("x".to_owned()), ..assignment(&moved) };
        let before = Problem::DayBefore { field: "due", value: day(2024, 4, 1), earliest: day(2024, 4, 19) };
        assert_eq!(problem(assign(world, &moved, earlier).await), before);
    });
}

#[test]
fn a_first_deadline_needs_no_reason() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let tasks = world.store.tasks_of_document(settled.document).await.unwrap();
        let open = tasks.into_iter().find(|task| task.due.is_none()).unwrap();
        let due = Assignment { due: Some(day(2024, 12, 31)), ..assignment(&open) };
        assert_eq!(assign(world, &open, due).await.unwrap().due, Some(day(2024, 12, 31)));
        // The earliest deadline first, those without one last.
        let dues: Vec<_> = world.store.tasks(Staff).await.unwrap().into_iter().map(|task| task.due).collect();
        assert_eq!(dues, [Some(day(2024, 6, 15)), Some(day(2024, 12, 31)), None]);
    });
}

#[test]
fn no_deadline_moves_after_the_work_is_done() {
    on_both(async |world| {
        let task = advice(world).await;
        steer(world, task.id, TaskState::Done).await.unwrap();
        let done = world.store.get(task.id).await.unwrap();
        let later = Assignment { due: Some(day(2025, 1, 1)), reason: Some("Cho đẹp".to_owned()), ..assignment(&done) };
        assert_eq!(problem(assign(world, &done, later).await), Problem::WrongState { state: "done" });
    });
}

#[test]
fn work_goes_step_by_step_to_its_end_and_on_again() {
    on_both(async |world| {
        let task = advice(world).await;
        report(world, task.id, TaskState::Received, "").await.unwrap();
        report(world, task.id, TaskState::InProgress, "Đã họp").await.unwrap();
        report(world, task.id, TaskState::InProgress, "Đã trình dự thảo").await.unwrap();
        report(world, task.id, TaskState::AwaitingReview, "").await.unwrap();
        steer(world, task.id, TaskState::Done).await.unwrap();
        let done = world.store.get(task.id).await.unwrap();
        // The day is that of the clock, where nobody gave another.
        assert_eq!((done.state, done.closed_on, done.revision), (TaskState::Done, Some(day(2024, 5, 20)), 6));
        steer(world, task.id, TaskState::InProgress).await.unwrap();
        let reopened = world.store.get(task.id).await.unwrap();
        assert_eq!((reopened.state, reopened.closed_on), (TaskState::InProgress, None));
        let states: Vec<_> = world.store.progress_of(task.id).await.unwrap().into_iter().map(|step| step.state).collect();
        use TaskState::{Assigned, AwaitingReview, Done, InProgress, Received};
        assert_eq!(states, [Assigned, Received, InProgress, InProgress, AwaitingReview, Done, InProgress]);
        let last = world.store.last_progress().await.unwrap();
        assert_eq!(last.iter().map(|(task, _)| *task).collect::<Vec<_>>(), [task.id]);
    });
}

#[test]
fn a_step_says_something() {
    on_both(async |world| {
        let task = advice(world).await;
        assert_eq!(problem(report(world, task.id, TaskState::Assigned, " ").await), Problem::Missing { field: "note" });
        let long = problem(report(world, task.id, TaskState::Received, &"a".repeat(4001)).await);
        assert_eq!(long, Problem::TooLong { field: "note", characters_max: 4000 });
        let much = Step { percent: Some(101), ..step(1, TaskState::InProgress, "Vượt") };
        let refused = world.store.report_progress(&world.may_report(), world.now(), task.id, much).await;
        assert_eq!(problem(refused), Problem::NotAllowed { field: "percent", value: "101".to_owned() });
    });
}

#[test]
fn who_does_a_task_neither_withdraws_it_nor_opens_it_again() {
    on_both(async |world| {
        let task = advice(world).await;
        let forbidden = Problem::Forbidden { role: "officer", unit: None };
        for state in [TaskState::Withdrawn, TaskState::HandedOver] {
            assert_eq!(problem(report(world, task.id, state, "").await), forbidden);
        }
        report(world, task.id, TaskState::Done, "Xong").await.unwrap();
        assert_eq!(problem(report(world, task.id, TaskState::InProgress, "Làm lại").await), forbidden);
    });
}

#[test]
fn a_withdrawn_task_stays_withdrawn() {
    on_both(async |world| {
        let task = advice(world).await;
        steer(world, task.id, TaskState::Withdrawn).await.unwrap();
        assert_eq!(problem(steer(world, task.id, TaskState::InProgress).await), Problem::WrongState { state: "withdrawn" });
    });
}

#[test]
fn a_stale_form_moves_nothing() {
    on_both(async |world| {
        let task = advice(world).await;
        report(world, task.id, TaskState::Received, "").await.unwrap();
        assert_eq!(problem(assign(world, &task, assignment(&task)).await), stale());
        let late = world.store.steer_task(&world.may_steer(), world.now(), task.id, step(1, TaskState::Done, "")).await;
        assert_eq!(problem(late), stale());
        assert_eq!(problem(world.store.take_back_task(&world.may_steer(), world.now(), task.id, 1).await), stale());
    });
}

#[test]
fn a_task_taken_back_leaves_every_list_and_stays_in_the_ledger() {
    on_both(async |world| {
        let task = advice(world).await;
        world.store.take_back_task(&world.may_steer(), world.now(), task.id, 1).await.unwrap();
        assert_eq!(world.store.tasks(Staff).await.unwrap().len(), 2);
        assert_eq!(world.store.tasks_of_session(task.session.unwrap(), Staff).await.unwrap().len(), 2);
        let kept = world.store.get(task.id).await.unwrap();
        assert_eq!(kept.withdrawn_by, world.officer.id());
        assert_eq!(problem(steer(world, task.id, TaskState::Done).await), Problem::WrongState { state: "withdrawn" });
        let again = world.store.take_back_task(&world.may_steer(), world.now(), task.id, kept.revision).await;
        assert_eq!(problem(again), Problem::WrongState { state: "withdrawn" });
    });
}

#[test]
fn a_task_that_nobody_gave_is_not_found() {
    on_both(async |world| {
        let nothing = world.store.steer_task(&world.may_steer(), world.now(), Id::new(9999), step(1, TaskState::Done, "")).await;
        assert_eq!(problem(nothing), Problem::NotFound);
    });
}
