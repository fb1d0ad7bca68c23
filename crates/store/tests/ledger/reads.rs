//! Reads that no other story calls, and every read of a ledger that has nothing yet: SQL that one of the two databases does
//! not take fails here.

use domain::draft::ReadingState;
use domain::fold::fold;
use domain::id::Id;
use domain::permission::operator;
use domain::person::Person;
use domain::problem::Problem;
use domain::sort::person_sort_key;
use store::Store;
use store::task::Audience::{Public, Staff};

use crate::world::{BEGINNING, Place, day, on_both, problem, runtime};

#[test]
fn every_list_of_an_empty_ledger_is_empty() {
    runtime().block_on(async {
        for place in Place::both() {
            let store = Store::open(&place.url).await.unwrap();
            assert_eq!(lists(&store).await.iter().sum::<usize>(), 0, "{}", place.url);
            nothing_of_one(&store).await;
            store.close().await;
        }
    });
}

async fn lists(store: &Store) -> Vec<usize> {
    let mut counts = vec![
        store.units_by_code("01").await.unwrap().len(),
        store.units_named("tỉnh Lam Giang").await.unwrap().len(),
        store.areas().await.unwrap().len(),
        store.accounts().await.unwrap().len(),
        store.people().await.unwrap().len(),
        store.people_named("Lý A Sung").await.unwrap().len(),
        store.readings(ReadingState::Open, 9).await.unwrap().len(),
        store.pending_drafts().await.unwrap().len(),
        store.published_articles(0, 9).await.unwrap().len(),
        store.unpublished_articles(9).await.unwrap().len(),
        store.session_documents().await.unwrap().len(),
        store.last_progress().await.unwrap().len(),
        store.task_bodies(None).await.unwrap().len(),
        store.documents_with_tasks().await.unwrap().len(),
        store.units_with_tasks().await.unwrap().len(),
        store.documents_with_proposals().await.unwrap().len(),
        store.grants().await.unwrap().len(),
        store.journal_entries(None, 9).await.unwrap().len(),
        store.journal_of("unit/1", 9).await.unwrap().len(),
        usize::try_from(store.count_published_articles().await.unwrap()).unwrap(),
        store.published_news(0, 9).await.unwrap().len(),
    ];
    for audience in [Public, Staff] {
        counts.extend([
            store.documents(audience, 0, 9).await.unwrap().len(),
            store.sessions(audience, 9).await.unwrap().len(),
            usize::try_from(store.count_documents(audience).await.unwrap()).unwrap(),
            store.claimed_areas(audience).await.unwrap().len(),
            store.tasks(audience).await.unwrap().len(),
            store.proposals(audience).await.unwrap().len(),
            store.task_counts_of_sessions(audience).await.unwrap().len(),
            store.people_seen(audience).await.unwrap().len(),
            store.all_positions_seen(audience).await.unwrap().len(),
            store.proposal_counts_of_sessions(audience).await.unwrap().len(),
        ]);
    }
    counts
}

/// What is asked about one thing, of an id that nothing has.
async fn nothing_of_one(store: &Store) {
    const NOTHING: i64 = 9999;
    let mut counts = vec![
        store.units_below(Id::new(NOTHING)).await.unwrap().len(),
        store.unit_path(Id::new(NOTHING)).await.unwrap().0.len(),
        store.unit_subtree(Id::new(NOTHING)).await.unwrap().len(),
        store.task_bodies_of_session(Id::new(NOTHING)).await.unwrap().len(),
        store.roles_of(Id::new(NOTHING)).await.unwrap().len(),
        store.positions_of(Id::new(NOTHING)).await.unwrap().len(),
        store.drafts(Id::new(NOTHING)).await.unwrap().len(),
        store.passages_of(Id::new(NOTHING)).await.unwrap().len(),
        store.sessions_of_document(Id::new(NOTHING)).await.unwrap().len(),
        store.attendance_of(Id::new(NOTHING)).await.unwrap().len(),
        store.frozen_boards_of_session(Id::new(NOTHING)).await.unwrap().len(),
        store.frozen_boards_of_unit(Id::new(NOTHING)).await.unwrap().len(),
        store.photos_of(Id::new(NOTHING)).await.unwrap().len(),
        store.articles_of(Id::new(NOTHING)).await.unwrap().len(),
        store.corrections_of(Id::new(NOTHING)).await.unwrap().len(),
        store.claims_of_document(Id::new(NOTHING)).await.unwrap().len(),
        store.taken_back_claims(Id::new(NOTHING)).await.unwrap().len(),
        store.statements_of_document(Id::new(NOTHING)).await.unwrap().len(),
        store.conclusions_of_document(Id::new(NOTHING)).await.unwrap().len(),
        store.people_of_document(Id::new(NOTHING)).await.unwrap().len(),
        store.tasks_of_document(Id::new(NOTHING)).await.unwrap().len(),
        store.task_bodies(Some(Id::new(NOTHING))).await.unwrap().len(),
        store.progress_of(Id::new(NOTHING)).await.unwrap().len(),
        store.extensions_of(Id::new(NOTHING)).await.unwrap().len(),
        store.proposals_of_document(Id::new(NOTHING)).await.unwrap().len(),
        store.options_of(Id::new(NOTHING)).await.unwrap().len(),
        store.changes_of(Id::new(NOTHING)).await.unwrap().len(),
        store.steps_of(Id::new(NOTHING)).await.unwrap().len(),
        store.measurements_by_ids(&[Id::new(NOTHING)]).await.unwrap().len(),
        store.measurements_of_claims(&[Id::new(NOTHING)]).await.unwrap().len(),
    ];
    for audience in [Public, Staff] {
        counts.extend([
            store.documents_of_unit(Id::new(NOTHING), audience).await.unwrap().len(),
            store.documents_of_session(Id::new(NOTHING), audience).await.unwrap().len(),
            store.sessions_of_unit(Id::new(NOTHING), audience).await.unwrap().len(),
            store.statements_of_session(Id::new(NOTHING), audience).await.unwrap().len(),
            store.conclusions_of_session(Id::new(NOTHING), audience).await.unwrap().len(),
            store.tasks_of_session(Id::new(NOTHING), audience).await.unwrap().len(),
            store.proposals_of_session(Id::new(NOTHING), audience).await.unwrap().len(),
            store.claims_of_unit(Id::new(NOTHING), audience).await.unwrap().len(),
            store.tasks_of_unit(Id::new(NOTHING), audience).await.unwrap().len(),
            store.proposals_of_unit(Id::new(NOTHING), audience).await.unwrap().len(),
            store.positions_at(Id::new(NOTHING), audience).await.unwrap().len(),
            store.positions_seen(Id::new(NOTHING), audience).await.unwrap().len(),
            store.sessions_of_person(Id::new(NOTHING), audience).await.unwrap().len(),
            store.statements_of_person(Id::new(NOTHING), audience).await.unwrap().len(),
        ]);
    }
    assert_eq!(counts.iter().sum::<usize>(), 0);
    assert_eq!(store.account_named("ai").await.unwrap(), None);
    assert_eq!(store.last_journal_of("task/9999").await.unwrap(), None);
    assert_eq!(store.login("token", BEGINNING).await.unwrap(), None);
    assert_eq!(problem(store.get(Id::<domain::unit::Unit>::new(NOTHING)).await), Problem::NotFound);
}

#[test]
fn every_list_of_a_full_ledger_has_something() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        world.publish(&settled).await;
        world.hand_in(crate::paper::note("Báo cáo chờ xét")).await;
        let counts = lists(&world.store).await;
        // Without anything: unpublished articles, pending drafts of an empty paper, steps of work, entries about unit 1's twin.
        assert!(counts.iter().filter(|count| **count == 0).count() <= 3, "{counts:?}");
        assert_eq!(world.store.articles_of(settled.document).await.unwrap().len(), 1);
        assert_eq!(world.store.sessions_of_document(settled.document).await.unwrap().len(), 1);
    });
}

#[test]
fn sessions_of_an_unknown_day_stand_last() {
    on_both(async |world| {
        for (line, held_on) in [("Biên bản một", None), ("Biên bản hai", Some(day(2024, 3, 1))), ("Biên bản ba", Some(day(2024, 5, 1)))]
        {
            let mut paper = crate::paper::note(line);
            paper.kind = domain::reading::PaperKind::Minutes;
            paper.held_on = held_on;
            let reading = world.hand_in(paper).await;
            world.settle(reading).await;
        }
        let days: Vec<_> = world.store.sessions(Staff, 9).await.unwrap().into_iter().map(|session| session.held_on).collect();
        assert_eq!(days, [Some(day(2024, 5, 1)), Some(day(2024, 3, 1)), None]);
        let of_unit = world.store.sessions_of_unit(world.district.id, Staff).await.unwrap();
        assert_eq!(of_unit.len(), 3);
    });
}

#[test]
fn people_stand_by_their_given_names() {
    on_both(async |world| {
        let mut write = world.store.write(&operator::may_keep_units(), BEGINNING).await.unwrap();
        for name in ["Vàng Thị Đào", "Đỗ Văn Dũng", "Hà An"] {
            let (folded, sort_key) = (fold(name), person_sort_key(name));
            let person = Person { id: write.new_id(), name: name.to_owned(), folded, sort_key, code: None };
            write.insert(&person).await.unwrap();
        }
        write.commit("person.add", "person").await.unwrap();
        let names: Vec<String> = world.store.people().await.unwrap().into_iter().map(|person| person.name).collect();
        assert_eq!(names, ["Hà An", "Đỗ Văn Dũng", "Vàng Thị Đào"]);
        assert_eq!(world.store.people_named("vang thi dao").await.unwrap().len(), 1);
    });
}

#[test]
fn a_subtree_holds_the_unit_and_everything_below() {
    on_both(async |world| {
        let below = world.store.unit_subtree(world.province.id).await.unwrap();
        assert_eq!(below.first(), Some(&world.province.id));
        assert!([&world.district, &world.other_district, &world.commune].iter().all(|unit| below.contains(&unit.id)));
        assert_eq!(world.store.unit_subtree(world.commune.id).await.unwrap(), [world.commune.id]);
        assert_eq!(world.store.units_in_subtree(world.province.id).await.unwrap().len(), below.len());
    });
}
