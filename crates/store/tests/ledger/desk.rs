//! The review desk: handing in, the head of the review, and deciding drafts.

use domain::draft::{DraftContent, DraftKind, DraftState, ReadingState};
use domain::problem::Problem;
use domain::session::MeetingKind;
use store::reading::{Decision, HandIn, HandedIn, ReadingHead, content_of};

use crate::paper::{khe_tra, note};
use crate::world::{World, day, on_both, problem, stale};

fn hand_in(world: &World, line: &str, form_key: &str) -> HandIn {
    HandIn { reading: note(line), file_name: Some("giay.txt".to_owned()), form_key: form_key.to_owned(), unit: Some(world.district.id) }
}

#[test]
fn a_paper_comes_to_the_desk_with_its_drafts() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        let held = world.store.get(reading).await.unwrap();
        assert_eq!((held.state, held.meeting, held.held_on), (ReadingState::Open, MeetingKind::WorkingSession, Some(day(2024, 4, 19))));
        assert_eq!((held.handed_in_by.as_str(), held.about.as_deref()), ("van.thu", Some("huyện Khe Trà")));
        let drafts = world.store.drafts(reading).await.unwrap();
        assert_eq!(drafts.len(), 19);
        assert!(drafts.iter().zip(1..).all(|(draft, ordinal)| draft.ordinal == ordinal && draft.state == DraftState::Pending));
        assert!(drafts.iter().all(|draft| content_of(draft).unwrap().kind() == draft.kind));
        assert_eq!(world.store.pending_drafts().await.unwrap(), [(reading, 19)]);
        assert_eq!(world.store.readings(ReadingState::Open, 5).await.unwrap(), [held]);
    });
}

#[test]
fn a_second_click_hands_in_nothing_twice() {
    on_both(async |world| {
        let may = world.may_hand_in();
        let first = world.store.hand_in(&may, world.now(), hand_in(world, "Báo cáo tháng 3", "form 1")).await.unwrap();
        let HandedIn::New(id) = first else { panic!("{first:?}") };
        let sequence = world.last_sequence().await;
        for again in [hand_in(world, "Báo cáo tháng 3", "form 1"), hand_in(world, "Báo cáo tháng 3", "form 2")] {
            assert_eq!(world.store.hand_in(&may, world.now(), again).await.unwrap(), HandedIn::Known(id));
        }
        assert_eq!(world.last_sequence().await, sequence);
    });
}

#[test]
fn a_text_that_was_put_aside_may_be_handed_in_again() {
    on_both(async |world| {
        let may = world.may_hand_in();
        let HandedIn::New(first) = world.store.hand_in(&may, world.now(), hand_in(world, "Tờ trình", "a")).await.unwrap() else {
            panic!()
        };
        world.store.discard_reading(&world.may_decide(), world.now(), first, 1).await.unwrap();
        let HandedIn::New(second) = world.store.hand_in(&may, world.now(), hand_in(world, "Tờ trình", "b")).await.unwrap() else {
            panic!()
        };
        let (old, new) = (world.store.get(first).await.unwrap(), world.store.get(second).await.unwrap());
        assert_eq!((old.state, new.state), (ReadingState::Discarded, ReadingState::Open));
        // One text is kept once.
        assert_eq!(old.paper, new.paper);
    });
}

#[test]
fn drafts_of_a_paper_put_aside_wait_for_nobody() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        world.store.discard_reading(&world.may_decide(), world.now(), reading, 1).await.unwrap();
        assert_eq!(world.store.pending_drafts().await.unwrap(), []);
        let draft = world.store.drafts(reading).await.unwrap().remove(0);
        let late = world.store.decide_draft(&world.may_decide(), world.now(), draft.id, Decision::Accept).await;
        assert_eq!(problem(late), Problem::WrongState { state: "discarded" });
    });
}

#[test]
fn the_head_is_settled_once_and_a_stale_form_changes_nothing() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        let head = ReadingHead {
            headline: Some("Làm việc với Khe Trà".to_owned()),
            source: None,
            byline: None,
            published_on: Some(day(2024, 4, 21)),
            unit: Some(world.commune.id),
            meeting: MeetingKind::Inspection,
            session: None,
            held_on: None,
        };
        world.store.set_reading_head(&world.may_decide(), world.now(), reading, 1, head.clone()).await.unwrap();
        let held = world.store.get(reading).await.unwrap();
        assert_eq!((held.unit, held.meeting, held.held_on), (Some(world.commune.id), MeetingKind::Inspection, None));
        let again = world.store.set_reading_head(&world.may_decide(), world.now(), reading, 1, head).await;
        assert_eq!(problem(again), stale());
        assert_eq!(world.store.get(reading).await.unwrap(), held);
    });
}

#[test]
fn a_draft_is_decided_once_and_the_first_decision_stands() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        let draft = world.store.drafts(reading).await.unwrap().remove(0);
        let decide = async |decision| world.store.decide_draft(&world.may_decide(), world.now(), draft.id, decision).await;
        decide(Decision::Accept).await.unwrap();
        assert_eq!(problem(decide(Decision::Drop).await), Problem::Stale { by: "van.thu".to_owned() });
        assert_eq!(world.store.drafts(reading).await.unwrap()[0].state, DraftState::Accepted);
        decide(Decision::TakeBack).await.unwrap();
        assert_eq!(problem(decide(Decision::TakeBack).await), stale());
        decide(Decision::Drop).await.unwrap();
        let dropped = world.store.drafts(reading).await.unwrap().remove(0);
        assert_eq!((dropped.state, dropped.decided_by.as_deref()), (DraftState::Dropped, Some("van.thu")));
    });
}

#[test]
fn a_correction_keeps_what_was_read_beside_it() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        let correct = |content: DraftContent| match content {
            DraftContent::Body(body) => DraftContent::Body(domain::reading::BodyDraft { name: "Sở Y tế tỉnh".to_owned(), ..body }),
            other => other,
        };
        let is_health = |content: &DraftContent| content.title() == "Sở Y tế" && content.kind() == DraftKind::Body;
        let corrected = correct(crate::paper::content(is_health));
        world.decide(reading, is_health, Decision::Correct(corrected.clone())).await;
        let drafts = world.store.drafts(reading).await.unwrap();
        let draft = drafts.iter().find(|draft| draft.state == DraftState::Corrected).unwrap();
        assert_eq!(content_of(draft).unwrap(), corrected);
        assert!(draft.content.contains("\"Sở Y tế\""));
        world.store.decide_draft(&world.may_decide(), world.now(), draft.id, Decision::TakeBack).await.unwrap();
        assert_eq!(world.store.get(draft.id).await.unwrap().corrected, None);
    });
}

#[test]
fn a_correction_does_not_turn_a_person_into_a_number() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        let figure = crate::paper::content(|content| content.kind() == DraftKind::Figure);
        let drafts = world.store.drafts(reading).await.unwrap();
        let person = drafts.iter().find(|draft| draft.kind == DraftKind::Person).unwrap();
        let refused = world.store.decide_draft(&world.may_decide(), world.now(), person.id, Decision::Correct(figure)).await;
        assert_eq!(problem(refused), Problem::NotAllowed { field: "draft", value: "figure".to_owned() });
    });
}

#[test]
fn the_sure_ones_are_accepted_in_one_write() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        let drafts = world.store.drafts(reading).await.unwrap();
        let picks: Vec<_> = drafts.iter().take(3).map(|draft| draft.id).collect();
        let before = world.last_sequence().await;
        assert_eq!(world.store.accept_drafts(&world.may_decide(), world.now(), reading, &picks).await.unwrap(), 3);
        // Sent again it finds nothing to do, and writes nothing.
        assert_eq!(world.store.accept_drafts(&world.may_decide(), world.now(), reading, &picks).await.unwrap(), 0);
        assert_eq!(world.last_sequence().await, before + 1);
        assert_eq!(world.store.pending_drafts().await.unwrap(), [(reading, 16)]);
    });
}
