//! What search engines, feeds and calendars are told: the public pages with their last change, and what left them.

use store::sitemap::{Listed, ListedPage};
use store::task::Audience::Public;

use crate::world::{World, on_both};

const ALL: [Listed; 8] = [
    Listed::Articles,
    Listed::Documents,
    Listed::Sessions,
    Listed::FrozenBoards,
    Listed::Tasks,
    Listed::Proposals,
    Listed::Areas,
    Listed::Scoreboards,
];

async fn counts(world: &World) -> Vec<i64> {
    let mut counts = Vec::new();
    for listed in ALL {
        let count = world.store.count_listed(listed).await.unwrap();
        assert_eq!(usize::try_from(count).unwrap(), pages(world, listed).await.len());
        counts.push(count);
    }
    counts
}

async fn pages(world: &World, listed: Listed) -> Vec<ListedPage> {
    world.store.listed_pages(listed, 0, 100).await.unwrap()
}

#[test]
fn only_what_is_public_is_listed() {
    on_both(async |world| {
        let areas = i64::try_from(world.store.areas().await.unwrap().len()).unwrap();
        let settled = world.settle_khe_tra().await;
        assert_eq!(counts(world).await, [0, 0, 0, 0, 0, 0, areas, 0]);
        world.publish(&settled).await;
        assert_eq!(counts(world).await, [1, 1, 1, 0, 3, 1, areas, 0]);
        world.withdraw(&settled).await;
        assert_eq!(counts(world).await, [0, 0, 0, 0, 0, 0, areas, 0]);
    });
}

#[test]
fn a_page_is_listed_with_its_last_change_and_parts_follow_one_another() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        world.publish(&settled).await;
        let article = world.store.get(settled.article).await.unwrap();
        let listed = pages(world, Listed::Articles).await;
        assert_eq!((listed[0].slug.as_str(), listed[0].changed_at), (article.slug.as_str(), article.published_at));
        let tasks = pages(world, Listed::Tasks).await;
        assert!(tasks.iter().all(|task| task.changed_at == article.published_at && task.slug.is_empty()));
        world.correct_the_title(&settled).await;
        let corrections = world.store.corrections_among(&[settled.article]).await.unwrap();
        assert_eq!(corrections, world.store.corrections_of(settled.article).await.unwrap());
        assert_eq!(pages(world, Listed::Articles).await[0].changed_at, Some(corrections[0].at));
        world.move_a_deadline(&settled).await;
        let head = world.store.journal_head().await.unwrap();
        assert_eq!(pages(world, Listed::Tasks).await.iter().filter(|task| task.changed_at == head.at).count(), 1);
        let mut parts = Vec::new();
        for offset in 0..3 {
            parts.extend(world.store.listed_pages(Listed::Tasks, offset, 1).await.unwrap());
        }
        assert_eq!(parts, pages(world, Listed::Tasks).await);
    });
}

#[test]
fn what_left_the_public_pages_is_known_with_its_moment() {
    on_both(async |world| {
        let (store, settled) = (&world.store, world.settle_khe_tra().await);
        let session = settled.session.unwrap();
        let beginning = store.journal_beginning().await.unwrap();
        assert_eq!(beginning.len(), 64);
        assert_eq!(store.session_changes().await.unwrap(), [], "what was never public has not changed");
        world.publish(&settled).await;
        assert_eq!(store.article_withdrawn_at(settled.article).await.unwrap(), None);
        assert_eq!(store.session_withdrawn_at(session).await.unwrap(), None);
        assert_eq!(store.sessions_withdrawn(9).await.unwrap(), []);
        let published = store.session_changes().await.unwrap();
        assert_eq!((published[0].session, published[0].count), (session, 1));
        assert_eq!(store.published_news_of_unit(world.district.id, 9).await.unwrap().len(), 1);
        assert_eq!(store.published_news_of_unit(world.province.id, 9).await.unwrap(), []);

        world.withdraw(&settled).await;
        let at = store.journal_head().await.unwrap().at;
        assert_eq!(store.article_withdrawn_at(settled.article).await.unwrap(), at);
        assert_eq!(store.session_withdrawn_at(session).await.unwrap(), at);
        assert_eq!(store.sessions_withdrawn(9).await.unwrap().iter().map(|one| one.id).collect::<Vec<_>>(), [session]);
        let withdrawn = store.session_changes().await.unwrap();
        assert_eq!((withdrawn[0].count, Some(withdrawn[0].last_at)), (2, at));
        assert_eq!(store.published_news_of_unit(world.district.id, 9).await.unwrap(), []);

        world.publish(&settled).await;
        assert_eq!(store.sessions_withdrawn(9).await.unwrap(), [], "it came back");
        assert_eq!(store.sessions(Public, 9).await.unwrap().len(), 1);
        assert_eq!(store.journal_beginning().await.unwrap(), beginning);
    });
}
