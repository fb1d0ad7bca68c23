//! The ladder of a proposal, and taking proposals and claims back.

use domain::problem::Problem;
use domain::proposal::{Answer, Proposal, ProposalState};
use store::StoreError;
use store::proposal::ProposalMove;
use store::task::Audience::Staff;

use crate::paper::khe_tra;
use crate::world::{World, day, on_both, problem, stale};

/// The proposal of the paper, raised and nothing more: no task hands it over.
async fn raised(world: &World) -> Proposal {
    let mut paper = khe_tra();
    paper.tasks.clear();
    let reading = world.hand_in(paper).await;
    world.accept_all(reading).await;
    let settled = world.settle(reading).await;
    world.store.proposals_of_document(settled.document).await.unwrap().remove(0)
}

fn to(state: ProposalState) -> ProposalMove {
    ProposalMove { revision: 0, state, advice_due: None, answer: None, body: None, note: String::new() }
}

/// Takes the proposal on with the revision that it has.
async fn go(world: &World, proposal: &Proposal, step: ProposalMove) -> Result<Proposal, StoreError> {
    let revision = world.store.get(proposal.id).await?.revision;
    world.store.move_proposal(&world.may_steer(), world.now(), proposal.id, ProposalMove { revision, ..step }).await?;
    world.store.get(proposal.id).await
}

#[test]
fn from_raised_to_settled_by_an_answer() {
    on_both(async |world| {
        let proposal = raised(world).await;
        assert_eq!(proposal.state, ProposalState::Raised);
        let assigned =
            ProposalMove { advice_due: Some(day(2024, 6, 1)), body: Some("Sở Nội vụ".to_owned()), ..to(ProposalState::Assigned) };
        assert_eq!(go(world, &proposal, assigned).await.unwrap().advice_due, Some(day(2024, 6, 1)));
        assert_eq!(go(world, &proposal, to(ProposalState::Assigned)).await.unwrap().advice_due, None);
        let answered = ProposalMove { answer: Some(Answer::Partly), note: "Giao 2 biên chế".to_owned(), ..to(ProposalState::Answered) };
        assert_eq!(go(world, &proposal, answered).await.unwrap().answer, Some(Answer::Partly));
        let settled = go(world, &proposal, to(ProposalState::Settled)).await.unwrap();
        assert_eq!((settled.state, settled.answer), (ProposalState::Settled, Some(Answer::Partly)));
        let steps = world.store.steps_of(proposal.id).await.unwrap();
        assert_eq!(steps.iter().map(|step| step.state).collect::<Vec<_>>()[..2], [ProposalState::Raised, ProposalState::Assigned]);
        assert_eq!((steps.len(), steps[3].note.as_deref()), (5, Some("Giao 2 biên chế")));
    });
}

#[test]
fn an_answer_says_what_and_why() {
    on_both(async |world| {
        let proposal = raised(world).await;
        let mute = go(world, &proposal, ProposalMove { note: "Đồng ý".to_owned(), ..to(ProposalState::Answered) }).await;
        assert_eq!(problem(mute), Problem::Missing { field: "answer" });
        let bare = go(world, &proposal, ProposalMove { answer: Some(Answer::Agreed), ..to(ProposalState::Answered) }).await;
        assert_eq!(problem(bare), Problem::Missing { field: "note" });
        assert_eq!(world.store.get(proposal.id).await.unwrap(), proposal);
    });
}

#[test]
fn nothing_is_settled_unanswered() {
    on_both(async |world| {
        let proposal = raised(world).await;
        let jump = go(world, &proposal, to(ProposalState::Settled)).await;
        assert_eq!(problem(jump), Problem::WrongState { state: "raised" });
        let late = world.store.move_proposal(&world.may_steer(), world.now(), proposal.id, to(ProposalState::Assigned)).await;
        assert_eq!(problem(late), stale());
    });
}

#[test]
fn a_proposal_taken_back_goes_nowhere() {
    on_both(async |world| {
        let proposal = raised(world).await;
        world.store.take_back_proposal(&world.may_steer(), world.now(), proposal.id, 1).await.unwrap();
        assert_eq!(world.store.proposals(Staff).await.unwrap(), []);
        assert_eq!(world.store.proposals_of_document(proposal.document).await.unwrap()[0].withdrawn_by, world.officer.id());
        let gone = Problem::WrongState { state: "withdrawn" };
        assert_eq!(problem(go(world, &proposal, to(ProposalState::Assigned)).await), gone);
        let again = world.store.take_back_proposal(&world.may_steer(), world.now(), proposal.id, 2).await;
        assert_eq!(problem(again), gone);
    });
}

#[test]
fn a_claim_is_taken_back_once() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let claim = world.store.claims_of_document(settled.document).await.unwrap().remove(0);
        world.store.take_back_claim(&world.may_decide(), world.now(), claim.id).await.unwrap();
        assert_eq!(problem(world.store.take_back_claim(&world.may_decide(), world.now(), claim.id).await), stale());
        assert_eq!(world.store.claims_of_document(settled.document).await.unwrap().len(), 3);
        assert_eq!(world.store.claims_of_unit(world.district.id, Staff).await.unwrap().len(), 3);
        assert_eq!(world.store.get(claim.id).await.unwrap().withdrawn_by, world.officer.id());
    });
}
