//! Publishing, withdrawing and correcting; and what the public sees of a ledger before and after.

use domain::problem::Problem;
use store::article::ArticleEdit;
use store::task::Audience::{Public, Staff};

use crate::paper::khe_tra;
use crate::world::{World, on_both, problem, stale};

/// How many rows each list of the public shows.
async fn public_counts(world: &World) -> [usize; 9] {
    let (store, district) = (&world.store, world.district.id);
    let sessions = store.sessions(Staff, 9).await.unwrap();
    let session = sessions[0].id;
    [
        store.published_articles(0, 9).await.unwrap().len(),
        store.documents(Public, 0, 9).await.unwrap().len(),
        store.documents_of_unit(district, Public).await.unwrap().len(),
        store.sessions(Public, 9).await.unwrap().len(),
        store.sessions_of_unit(district, Public).await.unwrap().len(),
        store.documents_of_session(session, Public).await.unwrap().len(),
        store.tasks(Public).await.unwrap().len(),
        store.proposals(Public).await.unwrap().len(),
        store.claims_of_unit(district, Public).await.unwrap().len(),
    ]
}

#[test]
fn the_public_sees_nothing_before_and_everything_after() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        assert_eq!(public_counts(world).await, [0; 9]);
        world.publish(&settled).await;
        assert_eq!(public_counts(world).await, [1, 1, 1, 1, 1, 1, 3, 1, 4]);
        assert_eq!(world.store.count_published_articles().await.unwrap(), 1);
        assert_eq!(world.store.unpublished_articles(9).await.unwrap(), []);
        let article = world.store.get(settled.article).await.unwrap();
        assert_eq!(article.published_by, world.officer.id());
    });
}

#[test]
fn a_withdrawn_article_takes_everything_with_it_and_nothing_is_deleted() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        world.publish(&settled).await;
        world.withdraw(&settled).await;
        assert_eq!(public_counts(world).await, [0; 9]);
        assert_eq!(world.store.tasks(Staff).await.unwrap().len(), 3);
        let told = world.store.journal_of(&format!("article/{}", settled.article), 9).await.unwrap();
        let actions: Vec<&str> = told.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["article.publish", "article.withdraw"]);
    });
}

#[test]
fn a_session_shows_the_public_only_what_its_published_papers_say() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let session = settled.session.unwrap();
        let counts = async |audience| {
            [
                world.store.statements_of_session(session, audience).await.unwrap().len(),
                world.store.conclusions_of_session(session, audience).await.unwrap().len(),
                world.store.tasks_of_session(session, audience).await.unwrap().len(),
                world.store.proposals_of_session(session, audience).await.unwrap().len(),
            ]
        };
        assert_eq!((counts(Public).await, counts(Staff).await), ([0; 4], [2, 2, 3, 1]));
        world.publish(&settled).await;
        assert_eq!(counts(Public).await, [2, 2, 3, 1]);
    });
}

#[test]
fn the_newest_article_stands_first() {
    on_both(async |world| {
        let first = world.settle_khe_tra().await;
        let mut paper = khe_tra();
        paper.text.push_str("\nBản in lại.");
        let reading = world.hand_in(paper).await;
        world.accept_all(reading).await;
        let second = world.settle(reading).await;
        world.publish(&second).await;
        world.publish(&first).await;
        let published = world.store.published_articles(0, 9).await.unwrap();
        assert_eq!(published.iter().map(|article| article.id).collect::<Vec<_>>(), [first.article, second.article]);
        assert_eq!(world.store.published_articles(1, 9).await.unwrap(), [published[1].clone()]);
    });
}

async fn edit(world: &World, settled: &store::settlement::Settled, title: &str, reason: Option<&str>) -> Result<(), store::StoreError> {
    let article = world.store.get(settled.article).await?;
    let edit = ArticleEdit {
        revision: article.revision,
        title: title.to_owned(),
        standfirst: article.standfirst,
        source: article.source,
        author: article.author,
        reprint: true,
        reason: reason.map(str::to_owned),
    };
    world.store.edit_article(&world.may_publish(), world.now(), settled.article, edit).await
}

#[test]
fn a_changed_published_title_leaves_a_correction() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        edit(world, &settled, "Tít chưa đăng", None).await.unwrap();
        assert_eq!(world.store.corrections_of(settled.article).await.unwrap(), []);
        assert!(world.store.get(settled.document).await.unwrap().reprint);
        world.publish(&settled).await;
        let refused = problem(edit(world, &settled, "Tít đã sửa", None).await);
        assert_eq!(refused, Problem::Missing { field: "reason" });
        edit(world, &settled, "Tít  đã sửa", Some("Sai số nhóm")).await.unwrap();
        let correction = world.store.corrections_of(settled.article).await.unwrap().remove(0);
        assert_eq!((correction.was.as_str(), correction.is_now.as_str()), ("Tít chưa đăng", "Tít đã sửa"));
        assert_eq!((correction.reason.as_str(), correction.by.as_str()), ("Sai số nhóm", "van.thu"));
    });
}

#[test]
fn what_does_not_fit_a_headline_is_refused() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        assert_eq!(problem(edit(world, &settled, " ", None).await), Problem::Missing { field: "title" });
        let long = problem(edit(world, &settled, &"chữ ".repeat(100), None).await);
        assert_eq!(long, Problem::TooLong { field: "title", characters_max: store::article::TITLE_CHARACTERS_MAX });
    });
}

#[test]
fn a_stale_form_publishes_nothing() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        edit(world, &settled, "Tít mới", None).await.unwrap();
        let late = world.store.publish_article(&world.may_publish(), world.now(), settled.article, 1).await;
        assert_eq!(problem(late), stale());
        assert_eq!(world.store.count_published_articles().await.unwrap(), 0);
    });
}

#[test]
fn the_day_of_a_session_is_mended_once_by_who_saw_it() {
    on_both(async |world| {
        let session = world.settle_khe_tra().await.session.unwrap();
        let was = world.store.get(session).await.unwrap().held_on;
        let mended = Some(crate::world::day(2024, 5, 13));
        world.store.edit_session(&world.may_steer(), world.now(), session, was, mended).await.unwrap();
        assert_eq!(world.store.get(session).await.unwrap().held_on, mended);
        let late = world.store.edit_session(&world.may_steer(), world.now(), session, was, None).await;
        assert_eq!(crate::world::problem(late), crate::world::stale());
    });
}
