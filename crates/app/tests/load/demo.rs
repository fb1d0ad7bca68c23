//! The demo's world is living: every state that a page can show is there to be seen.

use std::collections::BTreeSet;

use cotmoc::demo;
use cotmoc::frozen_board::check::Check;
use cotmoc::scoreboard::Scoreboards;
use domain::code::Coded;
use domain::draft::ReadingState;
use domain::proposal::{Answer, ProposalState};
use domain::task::{TaskState, timeliness};
use store::Store;
use store::audit::Audit;
use store::task::Audience::{Public, Staff};

async fn demo() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("demo.db").display())).await.unwrap();
    demo::fill(&store, &mut |_, _, _| {}).await.unwrap();
    (store, folder)
}

#[tokio::test]
async fn every_state_is_there_to_be_seen() {
    let (store, _folder) = demo().await;
    let tasks = store.tasks(Staff).await.unwrap();
    let states: BTreeSet<TaskState> = tasks.iter().map(|task| task.state).collect();
    assert_eq!(states, TaskState::ALL.iter().copied().collect());
    let timeliness: BTreeSet<String> = tasks
        .iter()
        .map(|task| format!("{:?}", timeliness(task.state, task.due, task.closed_on, demo::TODAY)))
        .map(|judged| judged.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(timeliness.len(), 10, "{timeliness:?}");
    let proposals = store.proposals(Staff).await.unwrap();
    let states: BTreeSet<&str> = proposals.iter().map(|proposal| proposal.state.code()).collect();
    assert_eq!(states, ProposalState::ALL.iter().map(|state| state.code()).collect());
    let answers: BTreeSet<&str> = proposals.iter().filter_map(|proposal| proposal.answer).map(Coded::code).collect();
    assert_eq!(answers, Answer::ALL.iter().map(|answer| answer.code()).collect());
    assert!(store.sessions(Staff, 9).await.unwrap().len() >= 3);
    assert!(store.sessions(Public, 9).await.unwrap().len() >= 2);
    assert_eq!(store.readings(ReadingState::Open, 9).await.unwrap().len(), 1, "one paper waits on the desk");
    assert!(matches!(store.audit(&mut |_, _| {}).await, Ok(Audit::Sound { .. })));
}

#[tokio::test]
async fn the_journal_goes_forward_in_time() {
    let (store, _folder) = demo().await;
    let mut entries = store.journal_entries(None, 1000).await.unwrap();
    entries.reverse();
    let backward = entries.windows(2).find(|pair| pair[1].at < pair[0].at);
    assert!(backward.is_none(), "{backward:?}");
}

#[tokio::test]
async fn the_working_session_froze_the_board_of_its_day() {
    let (store, _folder) = demo().await;
    let [board] = &store.latest_frozen_boards(Public).await.unwrap()[..] else { panic!("one board stands") };
    assert_eq!((board.month.to_string(), board.known_on.to_string()), ("2024-03".to_owned(), "2024-04-19".to_owned()));
    let scores = board.scores().unwrap();
    let in_band = |band: i64| scores.iter().filter(|score| score.band == Some(band)).count();
    assert_eq!((scores.len(), in_band(10_000), in_band(7000)), (22, 13, 9));
    let ledger = Scoreboards::default().ledger(&store).await.unwrap();
    let check = Check::of(&ledger, board, demo::TODAY);
    assert!(check.agrees() && !check.changes.is_empty(), "kept digit by digit, and numbers came since");
}
