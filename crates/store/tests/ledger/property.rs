//! Whatever officers do in whatever order: what is refused leaves nothing, what is done leaves one entry, and the audit is
//! sound after all of it.

use domain::code::Coded;
use domain::draft::{Draft, DraftState, ReadingState};
use domain::proposal::{Answer, ProposalState};
use domain::task::TaskState;
use jiff::ToSpan as _;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::StoreError;
use store::proposal::ProposalMove;
use store::reading::{Decision, HandIn, HandedIn};
use store::settlement::Settlement;
use store::task::{Assignment, Audience::Staff, Step};

use crate::paper::{khe_tra, note};
use crate::world::{Place, World, assert_sound, day, runtime};

/// One thing that somebody does; numbers pick among what there is.
#[derive(Debug, Clone)]
enum Deed {
    HandIn(u8),
    Decide(u8, u8),
    AcceptAll(u8),
    Settle(u8),
    Discard(u8),
    Publish(u8, bool),
    Assign(u8, u8),
    Step(u8, u8),
    Move(u8, u8),
    TakeBack(u8, u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    let number = any::<u8>;
    prop_oneof![
        2 => number().prop_map(Deed::HandIn),
        2 => (number(), number()).prop_map(|(draft, decision)| Deed::Decide(draft, decision)),
        3 => number().prop_map(Deed::AcceptAll),
        3 => number().prop_map(Deed::Settle),
        1 => number().prop_map(Deed::Discard),
        2 => (number(), any::<bool>()).prop_map(|(article, public)| Deed::Publish(article, public)),
        3 => (number(), number()).prop_map(|(task, days)| Deed::Assign(task, days)),
        4 => (number(), number()).prop_map(|(task, state)| Deed::Step(task, state)),
        3 => (number(), number()).prop_map(|(proposal, state)| Deed::Move(proposal, state)),
        1 => (number(), number()).prop_map(|(what, which)| Deed::TakeBack(what, which)),
    ]
}

fn pick<T: Clone>(of: &[T], number: u8) -> Option<T> {
    of.get(usize::from(number) % of.len().max(1)).cloned()
}

/// Does it; `Ok(false)` where there was nothing to do it to or nothing was written.
async fn act(world: &World, deed: &Deed) -> Result<bool, StoreError> {
    let (store, now) = (&world.store, world.now());
    let open = store.readings(ReadingState::Open, 99).await?;
    match deed {
        Deed::HandIn(number) => {
            let mut reading = if number % 2 == 0 { khe_tra() } else { note("Báo cáo") };
            reading.text.push_str(&format!("\nBản {}", number / 32));
            let hand_in = HandIn { reading, file_name: None, form_key: format!("{}", now.0), unit: Some(world.district.id) };
            Ok(matches!(store.hand_in(&world.may_hand_in(), now, hand_in).await?, HandedIn::New(_)))
        }
        Deed::Decide(draft, decision) => {
            let Some(reading) = open.first() else { return Ok(false) };
            let drafts = store.drafts(reading.id).await?;
            let Some(draft) = pick(&drafts, *draft) else { return Ok(false) };
            store.decide_draft(&world.may_decide(), now, draft.id, decision_of(&draft, *decision)?).await.map(|()| true)
        }
        Deed::AcceptAll(number) => {
            let Some(reading) = pick(&open, *number) else { return Ok(false) };
            let drafts = store.drafts(reading.id).await?;
            let picks: Vec<_> = drafts.iter().filter(|draft| draft.state == DraftState::Pending).map(|draft| draft.id).collect();
            Ok(store.accept_drafts(&world.may_decide(), now, reading.id, &picks).await? > 0)
        }
        Deed::Settle(number) => {
            let Some(reading) = pick(&open, *number) else { return Ok(false) };
            let advice = store.advice_offer(&reading).await?.map(|offer| offer.draft);
            let settlement = Settlement {
                reading: reading.id,
                revision: reading.revision,
                advice,
                known_on: Default::default(),
                seen: Default::default(),
            };
            store.settle(&world.may_decide(), now, &settlement).await.map(|_| true)
        }
        Deed::Discard(number) => {
            let Some(reading) = pick(&open, *number) else { return Ok(false) };
            store.discard_reading(&world.may_decide(), now, reading.id, reading.revision).await.map(|()| true)
        }
        Deed::Publish(number, public) => {
            let articles = if *public { store.unpublished_articles(99).await? } else { store.published_articles(0, 99).await? };
            let Some(article) = pick(&articles, *number) else { return Ok(false) };
            let may = world.may_publish();
            if *public {
                store.publish_article(&may, now, article.id, article.revision).await?;
            } else {
                store.withdraw_article(&may, now, article.id, article.revision).await?;
            }
            Ok(true)
        }
        Deed::Assign(..) | Deed::Step(..) | Deed::Move(..) | Deed::TakeBack(..) => follow_up(world, deed).await,
    }
}

fn decision_of(draft: &Draft, number: u8) -> Result<Decision, StoreError> {
    Ok(match number % 4 {
        0 => Decision::Accept,
        1 => Decision::Drop,
        2 => Decision::TakeBack,
        _ => Decision::Correct(store::reading::content_of(draft)?),
    })
}

/// What is done to tasks, proposals and claims that are in the ledger.
async fn follow_up(world: &World, deed: &Deed) -> Result<bool, StoreError> {
    let (store, now) = (&world.store, world.now());
    let (tasks, proposals) = (store.tasks(Staff).await?, store.proposals(Staff).await?);
    match deed {
        Deed::Assign(task, days) => {
            let Some(task) = pick(&tasks, *task) else { return Ok(false) };
            let due = (days % 3 > 0).then(|| day(2024, 4, 10).saturating_add(i64::from(*days).days()));
            let lead = Some((format!("Sở {}", days % 2), None));
            let (revision, reason) = (task.revision, (days % 5 > 0).then(|| "Chờ vốn".to_owned()));
            let assignment = Assignment { revision, lead, cooperating: Vec::new(), due, reason, product: None };
            store.assign_task(&world.may_steer(), now, task.id, assignment).await?;
        }
        Deed::Step(task, state) => {
            let Some(task) = pick(&tasks, *task) else { return Ok(false) };
            let Some(state) = pick(TaskState::ALL, *state) else { return Ok(false) };
            let step = Step { revision: task.revision, state, percent: None, note: "Đã làm".to_owned(), closed_on: None };
            store.steer_task(&world.may_steer(), now, task.id, step).await?;
        }
        Deed::Move(proposal, state) => {
            let Some(proposal) = pick(&proposals, *proposal) else { return Ok(false) };
            let Some(state) = pick(ProposalState::ALL, *state) else { return Ok(false) };
            let (revision, note) = (proposal.revision, "Đã xem".to_owned());
            let step = ProposalMove { revision, state, advice_due: None, answer: Some(Answer::Agreed), body: None, note };
            store.move_proposal(&world.may_steer(), now, proposal.id, step).await?;
        }
        Deed::TakeBack(what, which) => {
            let claims = store.claims_of_unit(world.district.id, Staff).await?;
            match (what % 3, pick(&tasks, *which), pick(&proposals, *which), pick(&claims, *which)) {
                (0, Some(task), _, _) => store.take_back_task(&world.may_steer(), now, task.id, task.revision).await?,
                (1, _, Some(proposal), _) => store.take_back_proposal(&world.may_steer(), now, proposal.id, proposal.revision).await?,
                (2, _, _, Some(claim)) => store.take_back_claim(&world.may_decide(), now, claim.id).await?,
                _ => return Ok(false),
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Does everything in a world of its own, and counts what was done.
fn live_through(place: Place, deeds: &[Deed]) {
    runtime().block_on(async {
        let world = World::build(place).await;
        let mut expected = world.last_sequence().await;
        for deed in deeds {
            match act(&world, deed).await {
                Ok(written) => expected += i64::from(written),
                Err(StoreError::Problem(_)) => {}
                Err(fault) => panic!("{deed:?}: {fault}"),
            }
            assert_eq!(world.last_sequence().await, expected, "{deed:?}");
        }
        assert_sound(&world.store).await;
        world.store.close().await;
    });
}

fn run(cases: u32, place: fn() -> Place) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let deeds = proptest::collection::vec(deed(), 10..60);
    TestRunner::new(config)
        .run(&deeds, |deeds| {
            live_through(place(), &deeds);
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_order_of_deeds_keeps_a_sqlite_ledger_sound() {
    run(24, Place::sqlite);
}

#[test]
fn any_order_of_deeds_keeps_a_postgres_ledger_sound() {
    run(8, Place::postgres);
}
