//! What is found after a kill: every acknowledged write, nothing half, and a journal that fits.

use std::collections::{HashMap, HashSet};

use cotmoc::web::app::Clock;
use cotmoc::web::support::login::token_hash;
use domain::article::Article;
use domain::document::Paper;
use domain::draft::{DraftState, HeldReading, ReadingState, drafts_of};
use domain::id::Id;
use domain::measurement::Measurement;
use domain::reading::Reading;
use domain::session::WorkingSession;
use domain::task::Task;
use store::Store;
use store::audit::Audit;
use store::task::Audience;

use super::world::Ids;
use super::written::Write;

/// Looks at one ledger again and again; what cannot change any more is looked at once.
#[derive(Debug, Default)]
pub struct Finder {
    whole: HashSet<i64>,
    /// The last measurement that was read, and the values that loads brought.
    arrived: i64,
    loaded: HashSet<i64>,
}

impl Finder {
    /// Panics with what was acknowledged and is lost, is half, or does not fit.
    pub async fn look(&mut self, store: &Store, ids: Ids, acknowledged: &[Write]) {
        let audit = store.audit(&mut |_, _| {}).await.unwrap();
        assert!(matches!(audit, Audit::Sound { .. }), "{audit:?}");
        let (mut arrived, loaded) = (self.arrived, &mut self.loaded);
        let take = &mut |arrival: domain::measurement::Arrival| {
            arrived = arrival.id.number();
            loaded.extend(arrival.value.filter(|_| arrival.indicator.number() == ids.loaded));
        };
        store.scoreboard_rows(self.arrived, take).await.unwrap();
        self.arrived = arrived;
        let states = self.look_at_readings(store).await;
        for write in acknowledged {
            assert!(self.is_there(store, &states, write).await, "acknowledged and lost: {write:?}");
        }
    }

    /// Every reading is whole, acknowledged or not: on the desk with all drafts of its text, or settled with all that it became.
    async fn look_at_readings(&mut self, store: &Store) -> HashMap<i64, ReadingState> {
        let mut states = HashMap::new();
        for state in [ReadingState::Open, ReadingState::Settled] {
            for held in store.readings(state, i64::MAX).await.unwrap() {
                states.insert(held.id.number(), state);
                let is_settled = state == ReadingState::Settled;
                assert_eq!(held.document.is_some(), is_settled, "reading {} is half settled", held.id);
                if is_settled && self.whole.insert(held.id.number()) {
                    check_settled(store, &held).await;
                } else if !is_settled {
                    let drafts = store.drafts(held.id).await.unwrap().len();
                    assert_eq!(drafts, drafts_of(&read_again(store, &held).await).len(), "reading {} lacks drafts", held.id);
                }
            }
        }
        states
    }

    async fn is_there(&self, store: &Store, states: &HashMap<i64, ReadingState>, write: &Write) -> bool {
        match write {
            Write::HandedIn { reading } => states.contains_key(reading),
            Write::Decided { reading } => {
                let drafts = store.drafts(Id::<HeldReading>::new(*reading)).await.unwrap();
                drafts.first().is_some_and(|draft| draft.state == DraftState::Accepted)
            }
            Write::Settled { reading } => states.get(reading) == Some(&ReadingState::Settled),
            Write::Published { article } => {
                let article = store.get(Id::<Article>::new(*article)).await;
                article.is_ok_and(|article| article.published_at.is_some())
            }
            Write::Frozen { session, board } => board_stands(store, *session, *board).await.is_some(),
            Write::BoardTakenBack { session, board } => board_stands(store, *session, *board).await == Some(false),
            Write::Assigned { task, reason } => {
                store.extensions_of(Id::<Task>::new(*task)).await.unwrap().iter().any(|extension| extension.reason == *reason)
            }
            Write::Progress { task, note } => {
                store.progress_of(Id::<Task>::new(*task)).await.unwrap().iter().any(|progress| progress.note == *note)
            }
            Write::Number { row, value } => {
                let rows = store.measurements_by_ids(&[Id::<Measurement>::new(*row)]).await.unwrap();
                rows.first().is_some_and(|row| row.value == *value)
            }
            Write::LoggedIn { token } => has_login(store, token).await,
            Write::LoggedOut { token } => !has_login(store, token).await,
            Write::Loaded { value } => self.loaded.contains(value),
        }
    }
}

async fn has_login(store: &Store, token: &str) -> bool {
    store.login(&token_hash(token), Clock::System.now()).await.unwrap().is_some()
}

/// Whether a board stands; absent where there is none. Its rows are those of both groups.
async fn board_stands(store: &Store, session: i64, board: i64) -> Option<bool> {
    let boards = store.frozen_boards_of_session(Id::<WorkingSession>::new(session)).await.unwrap();
    let board = boards.into_iter().find(|one| one.id.number() == board)?;
    assert_eq!(board.result.lines().count(), 3, "{}", board.result);
    Some(board.stands())
}

async fn read_again(store: &Store, held: &HeldReading) -> Reading {
    reader::read(&store.get::<Paper>(held.paper).await.unwrap().text, None)
}

/// A settled paper has its document with a passage for each task, its session, its claims, its tasks and the draft of its article.
async fn check_settled(store: &Store, held: &HeldReading) {
    let document = held.document.unwrap();
    let reading = read_again(store, held).await;
    assert_eq!(store.tasks_of_document(document).await.unwrap().len(), reading.tasks.len());
    assert_eq!(store.claims_of_document(document).await.unwrap().len(), reading.figures.len() + reading.group_counts.len());
    assert!(store.passages_of(document).await.unwrap().len() >= reading.tasks.len());
    assert_eq!(store.articles_of(document).await.unwrap().len(), 1);
    let sessions = store.sessions_of_document(document).await.unwrap();
    assert_eq!(sessions.len(), 1);
    assert_eq!(store.tasks_of_session(sessions[0].id, Audience::Staff).await.unwrap().len(), reading.tasks.len());
}
