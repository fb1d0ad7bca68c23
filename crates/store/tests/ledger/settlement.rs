//! Settling: what the drafts of a paper become in the ledger, each with its words.

use domain::claim::ClaimKind;
use domain::draft::{DraftContent, DraftKind, ReadingState};
use domain::problem::Problem;
use domain::proposal::ProposalState;
use domain::reading::{Comparator, ConclusionKind, FigureRole, MeetingRole, PaperKind};
use domain::session::MeetingKind;
use domain::task::{TaskRole, TaskState};
use store::document::span_of;
use store::reading::{Decision, ReadingHead};
use store::task::Audience::Staff;

use crate::paper::{gold, khe_tra, note};
use crate::world::{day, on_both, problem, stale};

#[test]
fn a_paper_becomes_a_document_with_its_passages() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let document = world.store.get(settled.document).await.unwrap();
        assert_eq!((document.kind, document.unit), (Some(PaperKind::NewsArticle), Some(world.district.id)));
        assert_eq!((document.source.as_deref(), document.issued_on), (Some("Báo Lam Giang"), Some(day(2024, 4, 20))));
        let text = world.store.text_of(&document).await.unwrap().unwrap();
        let passages = world.store.passages_of(document.id).await.unwrap();
        assert!(passages.iter().any(|passage| span_of(passage).of(&text) == Some("trồng 300 ha rừng")));
        assert!(passages.is_sorted_by_key(|passage| passage.span_start));
        // The resolution that it names is a document too, without a text.
        let named = world.store.get(claim_of_groups(world, &settled).await.resolution.unwrap()).await.unwrap();
        assert_eq!((named.symbol.as_deref(), named.paper), (Some("07-NQ/HU"), None));
        assert_eq!(world.store.text_of(&named).await.unwrap(), None);
    });
}

async fn claim_of_groups(world: &crate::world::World, settled: &store::settlement::Settled) -> domain::claim::Claim {
    let claims = world.store.claims_of_document(settled.document).await.unwrap();
    claims.into_iter().find(|claim| claim.kind == ClaimKind::Count).unwrap()
}

#[test]
fn a_meeting_becomes_a_session_with_who_was_there() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let session = world.store.get(settled.session.unwrap()).await.unwrap();
        assert_eq!((session.kind, session.title.as_str()), (MeetingKind::WorkingSession, "huyện Khe Trà"));
        assert_eq!(session.held_on, Some(day(2024, 4, 19)));
        let attendance = world.store.attendance_of(session.id).await.unwrap();
        let who: Vec<_> = attendance.iter().map(|(there, person)| (person.name.as_str(), there.role)).collect();
        assert_eq!(who, [("Hoàng Thu Cúc", MeetingRole::Chair), ("Lý A Sung", MeetingRole::Reporter)]);
        // Her position stands at the body that the title ends with, attested by the day of the meeting.
        let position = world.store.positions_of(attendance[0].1.id).await.unwrap().remove(0);
        assert_eq!(world.store.get(position.unit.unwrap()).await.unwrap().name, "Tỉnh ủy Lam Giang");
        assert_eq!(position.attested_on, session.held_on);
    });
}

#[test]
fn an_unnamed_leader_speaks_for_the_body() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let statements = world.store.statements_of_session(settled.session.unwrap(), Staff).await.unwrap();
        let [report, health] = &statements[..] else { panic!("{statements:?}") };
        assert!(report.person.is_some() && report.body.is_none());
        assert_eq!((health.person, health.body.as_deref()), (None, Some("Sở Y tế")));
        assert_eq!(world.store.get(health.body_unit.unwrap()).await.unwrap().parent, Some(world.province.id));
        let photo = world.store.photos_of(settled.document).await.unwrap().remove(0);
        assert_eq!((health.photo, photo.file.as_str()), (Some(photo.id), "KT_0007.JPG"));
    });
}

#[test]
fn words_stay_with_a_speaker_whose_own_draft_was_dropped() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        let is_sung = |content: &DraftContent| content.kind() == DraftKind::Person && content.title() == "Lý A Sung";
        world.decide(reading, is_sung, Decision::Drop).await;
        world.accept_all(reading).await;
        let settled = world.settle(reading).await;
        let report = world.store.statements_of_session(settled.session.unwrap(), Staff).await.unwrap().remove(0);
        assert_eq!((report.person, report.body.as_deref()), (None, Some("Lý A Sung")));
        assert_eq!(world.store.people_named("ly a sung").await.unwrap(), []);
    });
}

#[test]
fn a_commitment_is_a_task_of_the_upper_level() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let conclusions = world.store.conclusions_of_session(settled.session.unwrap(), Staff).await.unwrap();
        let kinds: Vec<_> = conclusions.iter().map(|conclusion| conclusion.kind).collect();
        assert_eq!(kinds, [ConclusionKind::Assessment, ConclusionKind::Commitment]);
        let tasks = world.store.tasks_of_document(settled.document).await.unwrap();
        let promise = tasks.iter().find(|task| task.commitment).unwrap();
        assert_eq!((promise.unit, promise.text.as_str()), (Some(world.province.id), "tỉnh sẽ bố trí vốn cho trạm y tế"));
        let bodies = world.store.task_bodies(Some(promise.id)).await.unwrap();
        assert_eq!((bodies[0].role, bodies[0].unit), (TaskRole::Lead, Some(world.province.id)));
        assert_eq!(world.store.progress_of(promise.id).await.unwrap().len(), 1);
    });
}

#[test]
fn tasks_know_who_leads_who_helps_and_until_when() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let tasks = world.store.tasks_of_session(settled.session.unwrap(), Staff).await.unwrap();
        let [advice, forest] = &tasks.iter().filter(|task| !task.commitment).collect::<Vec<_>>()[..] else { panic!("{tasks:?}") };
        assert_eq!((advice.due, forest.due), (Some(day(2024, 6, 15)), None));
        assert_eq!((advice.state, advice.binding, advice.assigned_on), (TaskState::Assigned, false, Some(day(2024, 4, 19))));
        let bodies = world.store.task_bodies(Some(advice.id)).await.unwrap();
        let names: Vec<_> = bodies.iter().map(|body| (body.role, body.name.as_str())).collect();
        assert_eq!(names, [(TaskRole::Lead, "Sở Y tế"), (TaskRole::Cooperating, "Sở Nội vụ")]);
        // "huyện" is the unit that the paper is about.
        assert_eq!(forest.unit, Some(world.district.id));
    });
}

#[test]
fn proposals_keep_their_options_and_changes_and_go_to_advice() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let proposal = world.store.proposals_of_session(settled.session.unwrap(), Staff).await.unwrap().remove(0);
        assert_eq!((proposal.by_unit, proposal.to_unit), (Some(world.district.id), Some(world.province.id)));
        let options: Vec<String> = world.store.options_of(proposal.id).await.unwrap().into_iter().map(|option| option.text).collect();
        assert_eq!(options, ["biên chế", "hợp đồng"]);
        let change = world.store.changes_of(proposal.id).await.unwrap().remove(0);
        assert_eq!((change.from_value.as_str(), change.to_value.as_str(), change.unit_of_measure.as_str()), ("31", "35", "giáo viên"));
        // "Về các đề nghị của huyện, giao Sở Y tế …" hands it over, with the task's day.
        assert_eq!((proposal.state, proposal.advice_due), (ProposalState::Assigned, Some(day(2024, 6, 15))));
        let steps = world.store.steps_of(proposal.id).await.unwrap();
        let states: Vec<_> = steps.iter().map(|step| (step.state, step.body.as_deref())).collect();
        assert_eq!(states, [(ProposalState::Raised, Some("Huyện")), (ProposalState::Assigned, Some("Sở Y tế"))]);
    });
}

#[test]
fn every_figure_and_count_is_a_claim_with_its_period() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let claims = world.store.claims_of_document(settled.document).await.unwrap();
        assert_eq!(claims.len(), 4);
        let schools = claims.iter().find(|claim| claim.measure == "trường đạt chuẩn").unwrap();
        assert_eq!((schools.value, schools.value_scale, schools.whole), (11, 0, Some(14)));
        assert_eq!((schools.period_known, schools.period_from, schools.period_to), (true, None, Some(day(2024, 3, 31))));
        let teachers = claims.iter().find(|claim| claim.role == FigureRole::Baseline).unwrap();
        assert_eq!((teachers.value, teachers.period_known), (31, false));
        let groups = claim_of_groups(world, &settled).await;
        assert_eq!((groups.value, groups.whole, groups.threshold_pct), (8, Some(12), Some(100)));
        assert_eq!((groups.comparator, groups.unit), (Comparator::Ge, Some(world.district.id)));
    });
}

#[test]
fn an_article_waits_to_be_published() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let article = world.store.get(settled.article).await.unwrap();
        assert_eq!(article.slug, "tinh-uy-lam-giang-lam-viec-voi-huyen-khe-tra");
        assert_eq!((article.author.as_deref(), article.published_at), (Some("Thu Hà"), None));
        assert!(article.standfirst.starts_with("Đồng chí Hoàng Thu Cúc"));
        assert_eq!(world.store.unpublished_articles(9).await.unwrap(), [article]);
    });
}

#[test]
fn nothing_is_settled_while_a_draft_is_undecided() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        let draft = world.store.drafts(reading).await.unwrap().remove(0);
        world.store.decide_draft(&world.may_decide(), world.now(), draft.id, Decision::Accept).await.unwrap();
        assert_eq!(problem(world.try_settle(reading).await), Problem::Undecided { count: 18 });
        assert_eq!(world.store.documents(Staff, 0, 9).await.unwrap(), []);
    });
}

#[test]
fn a_reading_is_settled_once() {
    on_both(async |world| {
        let reading = world.hand_in(khe_tra()).await;
        world.accept_all(reading).await;
        let settled = world.settle(reading).await;
        assert_eq!(problem(world.try_settle(reading).await), Problem::WrongState { state: "settled" });
        let held = world.store.get(reading).await.unwrap();
        assert_eq!((held.state, held.document, held.session), (ReadingState::Settled, Some(settled.document), settled.session));
        let head = world.store.discard_reading(&world.may_decide(), world.now(), reading, held.revision).await;
        assert_eq!(problem(head), Problem::WrongState { state: "settled" });
    });
}

#[test]
fn a_stale_head_settles_nothing() {
    on_both(async |world| {
        let reading = world.hand_in(note("Báo cáo quý II")).await;
        let head = ReadingHead {
            headline: None,
            source: None,
            byline: None,
            published_on: None,
            unit: None,
            meeting: MeetingKind::None,
            session: None,
            held_on: None,
        };
        world.store.set_reading_head(&world.may_decide(), world.now(), reading, 1, head).await.unwrap();
        let stale_form =
            store::settlement::Settlement { reading, revision: 1, advice: None, known_on: Default::default(), seen: Default::default() };
        assert_eq!(problem(world.store.settle(&world.may_decide(), world.now(), &stale_form).await), stale());
        // A report without a meeting makes no session; without a headline its first line is its title.
        let settled = world.settle(reading).await;
        assert_eq!(settled.session, None);
        assert_eq!(world.store.get(settled.article).await.unwrap().title, "Báo cáo quý II");
    });
}

#[test]
fn a_second_paper_joins_the_session_and_knows_its_people() {
    on_both(async |world| {
        let first = world.settle_khe_tra().await;
        let mut paper = khe_tra();
        paper.text.push_str("\nBản thứ hai.");
        paper.people[1].role = Some(MeetingRole::Chair);
        let reading = world.hand_in(paper).await;
        let held = world.store.get(reading).await.unwrap();
        let head = ReadingHead {
            headline: held.headline,
            source: None,
            byline: None,
            published_on: None,
            unit: held.unit,
            meeting: held.meeting,
            session: first.session,
            held_on: held.held_on,
        };
        world.store.set_reading_head(&world.may_decide(), world.now(), reading, 1, head).await.unwrap();
        world.accept_all(reading).await;
        let second = world.settle(reading).await;
        assert_eq!(second.session, first.session);
        let session = first.session.unwrap();
        assert_eq!(world.store.documents_of_session(session, Staff).await.unwrap().len(), 2);
        assert_eq!(world.store.people().await.unwrap().len(), 2);
        // The stronger role stays.
        let roles: Vec<_> = world.store.attendance_of(session).await.unwrap().into_iter().map(|(there, _)| there.role).collect();
        assert_eq!(roles, [MeetingRole::Chair, MeetingRole::Chair]);
        assert_eq!(world.store.sessions(Staff, 9).await.unwrap().len(), 1);
    });
}

#[test]
fn the_gold_reading_of_a_whole_page_is_settled_without_loss() {
    on_both(async |world| {
        let gold = gold();
        let reading = world.hand_in(gold.clone()).await;
        world.accept_all(reading).await;
        let settled = world.settle(reading).await;
        let session = settled.session.unwrap();
        let claims = world.store.claims_of_document(settled.document).await.unwrap();
        assert_eq!(claims.len(), gold.figures.len() + gold.group_counts.len());
        assert_eq!(world.store.attendance_of(session).await.unwrap().len(), gold.people.len());
        assert_eq!(world.store.statements_of_session(session, Staff).await.unwrap().len(), gold.statements.len());
        assert_eq!(world.store.conclusions_of_session(session, Staff).await.unwrap().len(), gold.conclusions.len());
        assert_eq!(world.store.tasks_of_session(session, Staff).await.unwrap().len(), gold.tasks.len());
        assert_eq!(world.store.photos_of(settled.document).await.unwrap().len(), gold.photos.len());
        let proposals = world.store.proposals_of_session(session, Staff).await.unwrap();
        assert_eq!(proposals.len(), gold.proposals.len());
        assert!(proposals.iter().all(|proposal| proposal.state == ProposalState::Assigned));
    });
}
