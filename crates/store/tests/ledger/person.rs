//! Who is seen by whom, and what a person gave to do.

use domain::fold::fold;
use domain::id::Id;
use domain::permission::operator;
use domain::person::{Person, Position};
use domain::sort::person_sort_key;
use domain::task::Task;
use domain::unit::Unit;
use jiff::civil::Date;
use store::task::Audience::{Public, Staff};

use crate::world::{BEGINNING, World, day, on_both};

/// A person whom the operator enters with a position.
async fn enter(world: &World, name: &str, title: &str, unit: Id<Unit>, held_from: Option<Date>) -> Person {
    let mut write = world.store.write(&operator::may_keep_units(), BEGINNING).await.unwrap();
    let (folded, sort_key) = (fold(name), person_sort_key(name));
    let person = Person { id: write.new_id(), name: name.to_owned(), folded, sort_key, code: None };
    write.insert(&person).await.unwrap();
    let position = Position {
        id: write.new_id(),
        person: person.id,
        unit: Some(unit),
        title: title.to_owned(),
        ordinal: 1,
        held_from,
        held_to: None,
        attested_on: None,
        passage: None,
    };
    write.insert(&position).await.unwrap();
    write.commit("person.add", "person").await.unwrap();
    person
}

#[test]
fn people_of_unpublished_papers_are_for_staff() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let names = async |audience| -> Vec<String> {
            world.store.people_seen(audience).await.unwrap().into_iter().map(|person| person.name).collect()
        };
        assert_eq!(names(Staff).await, ["Hoàng Thu Cúc", "Lý A Sung"], "by given name");
        assert_eq!(names(Public).await, <[String; 0]>::default());
        assert_eq!(world.store.all_positions_seen(Public).await.unwrap(), []);
        enter(world, "Tẩn Láo Bà", "Chủ tịch UBND xã", world.commune.id, Some(day(2023, 1, 1))).await;
        assert_eq!(names(Public).await, ["Tẩn Láo Bà"], "whom the operator entered, everybody sees");
        world.publish(&settled).await;
        assert_eq!(names(Public).await, ["Tẩn Láo Bà", "Hoàng Thu Cúc", "Lý A Sung"]);
        let positions = world.store.all_positions_seen(Public).await.unwrap();
        assert_eq!(positions, world.store.all_positions_seen(Staff).await.unwrap());
        assert_eq!(positions.len(), 3);
        world.withdraw(&settled).await;
        assert_eq!(names(Public).await, ["Tẩn Láo Bà"]);
    });
}

#[test]
fn a_task_is_given_by_who_was_there_and_not_by_a_namesake() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let chair = world.store.people_named("Hoàng Thu Cúc").await.unwrap().remove(0);
        let task: Task = world.store.tasks(Staff).await.unwrap().remove(0);
        let mut write = world.store.write(&operator::may_keep_units(), world.now()).await.unwrap();
        write.update(&task, &Task { assigned_by: Some(chair.name.clone()), ..task.clone() }).await.unwrap();
        write.commit("task.mend", "task").await.unwrap();
        let namesake = enter(world, "Hoàng Thu Cúc", "Hiệu trưởng", world.commune.id, None).await;
        let given = async |person: &Person, audience| -> Vec<Id<Task>> {
            world.store.tasks_given_by(person, audience).await.unwrap().into_iter().map(|task| task.id).collect()
        };
        assert!(given(&chair, Staff).await.contains(&task.id));
        assert_eq!(given(&namesake, Staff).await, []);
        assert_eq!(given(&chair, Public).await, []);
        world.publish(&settled).await;
        assert!(given(&chair, Public).await.contains(&task.id));
    });
}
