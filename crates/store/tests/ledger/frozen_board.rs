//! Boards that sessions freeze: one stands for a session and a resolution, the former stay in its history; the public sees those
//! of published sessions.

use domain::frozen_board::{FrozenBoard, FrozenScore, print_result};
use domain::id::Id;
use domain::period::Period;
use domain::permission::{self, MayFreezeBoard, UnitPath, operator};
use domain::problem::Problem;
use domain::resolution::{Bands, GroupRule, Resolution};
use domain::session::WorkingSession;
use store::frozen_board::NewFrozenBoard;
use store::task::Audience::{Public, Staff};

use crate::world::{World, day, on_both, problem, stale};

fn may_freeze(world: &World) -> MayFreezeBoard {
    permission::may_freeze_board(&world.officer, &UnitPath(vec![world.district.id, world.province.id])).unwrap()
}

/// A resolution of the district.
async fn resolution(world: &World, code: &str) -> Id<Resolution> {
    let mut write = world.store.write(&operator::may_load(), world.now()).await.unwrap();
    let resolution = Resolution {
        id: write.new_id(),
        code: code.to_owned(),
        name: format!("Nghị quyết {code}"),
        symbol: None,
        issued_on: None,
        issued_by: String::new(),
        issuer: None,
        unit: Some(world.district.id),
        valid_from: None,
        valid_to: None,
        group_rule: GroupRule::Mean,
        bands: Bands::default(),
        from_baseline: false,
        document: None,
    };
    write.insert(&resolution).await.unwrap();
    write.commit("load.add", "load/1").await.unwrap();
    resolution.id
}

fn new_board(world: &World, session: Id<WorkingSession>, resolution: Id<Resolution>, achievement: i64) -> NewFrozenBoard {
    let score = FrozenScore { group: "KT01".to_owned(), achievement: Some(achievement), band: Some(7000) };
    NewFrozenBoard {
        session,
        unit: world.district.id,
        resolution,
        month: Period::month(2024, 3).unwrap(),
        known_on: day(2024, 4, 19),
        horizon: 40,
        sequence: 7,
        result: print_result("011", &[score]),
        replaces: None,
    }
}

async fn freeze(world: &World, new: NewFrozenBoard) -> FrozenBoard {
    world.store.freeze_board(&may_freeze(world), world.now(), new).await.unwrap()
}

#[test]
fn another_board_takes_the_place_of_the_first_which_stays() {
    on_both(async |world| {
        let session = world.settle_khe_tra().await.session.unwrap();
        let (congress, province) = (resolution(world, "KT15").await, resolution(world, "LG16").await);
        let first = freeze(world, new_board(world, session, congress, 9999)).await;
        let beside = freeze(world, new_board(world, session, province, 8000)).await;
        let second = NewFrozenBoard { replaces: Some(first.id), ..new_board(world, session, congress, 9500) };
        let second = freeze(world, second).await;
        let kept = world.store.frozen_boards_of_session(session).await.unwrap();
        assert_eq!(
            kept.iter().map(|board| (board.id, board.stands())).collect::<Vec<_>>(),
            [(second.id, true), (beside.id, true), (first.id, false)]
        );
        assert_eq!((kept[2].withdrawn_by, kept[2].result.as_str()), (world.officer.id(), first.result.as_str()));
        assert_eq!(kept[0].scores().unwrap()[0].achievement, Some(9500));
        assert_eq!((kept[0].frozen_by.as_str(), kept[0].horizon, kept[0].sequence), ("van.thu", 40, 7));
    });
}

#[test]
fn who_comes_second_is_told() {
    on_both(async |world| {
        let session = world.settle_khe_tra().await.session.unwrap();
        let resolution = resolution(world, "KT15").await;
        let first = freeze(world, new_board(world, session, resolution, 9999)).await;
        let before = world.last_sequence().await;
        let second = world.store.freeze_board(&may_freeze(world), world.now(), new_board(world, session, resolution, 1)).await;
        assert_eq!(problem(second), Problem::Stale { by: "van.thu".to_owned() });
        world.store.take_back_board(&may_freeze(world), world.now(), first.id).await.unwrap();
        assert_eq!(problem(world.store.take_back_board(&may_freeze(world), world.now(), first.id).await), stale());
        let replacing = NewFrozenBoard { replaces: Some(first.id), ..new_board(world, session, resolution, 1) };
        assert_eq!(problem(world.store.freeze_board(&may_freeze(world), world.now(), replacing).await), stale());
        assert_eq!(world.last_sequence().await, before + 1, "only the taking back was written");
        freeze(world, new_board(world, session, resolution, 1)).await;
    });
}

#[test]
fn the_public_sees_the_boards_of_the_newest_published_session() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let session = settled.session.unwrap();
        let resolution = resolution(world, "KT15").await;
        assert_eq!(world.store.latest_frozen_boards(Staff).await.unwrap(), []);
        let board = freeze(world, new_board(world, session, resolution, 9999)).await;
        let ids = |boards: Vec<FrozenBoard>| boards.into_iter().map(|board| board.id).collect::<Vec<_>>();
        assert_eq!(ids(world.store.latest_frozen_boards(Staff).await.unwrap()), [board.id]);
        assert_eq!(world.store.latest_frozen_boards(Public).await.unwrap(), []);
        world.publish(&settled).await;
        assert_eq!(ids(world.store.latest_frozen_boards(Public).await.unwrap()), [board.id]);
        world.store.take_back_board(&may_freeze(world), world.now(), board.id).await.unwrap();
        assert_eq!(world.store.latest_frozen_boards(Public).await.unwrap(), []);
    });
}

#[test]
fn only_an_officer_of_the_unit_freezes() {
    on_both(async |world| {
        let path = UnitPath(vec![world.district.id, world.province.id]);
        assert!(permission::may_freeze_board(&world.reporter, &path).is_err());
        assert!(permission::may_freeze_board(&world.officer, &path).is_ok());
    });
}

#[test]
fn what_boards_are_computed_from_is_found_in_the_journal() {
    on_both(async |world| {
        let before = world.last_sequence().await;
        world.settle_khe_tra().await;
        assert_eq!(world.store.journal_of_board_nouns(before, 9).await.unwrap(), [], "bodies that a paper names change no board");
        resolution(world, "KT15").await;
        let told = world.store.journal_of_board_nouns(before, 9).await.unwrap();
        assert_eq!(told.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["load.add"]);
    });
}
