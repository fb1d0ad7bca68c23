//! What search reads of the ledger: the words of each thing for who may see them, and what an entry of the journal changed.

use std::collections::BTreeSet;

use domain::code::Coded;
use domain::search::{SearchKind, Subject};
use store::search::{SearchChanges, SearchText};
use store::task::Audience::{Public, Staff};

use crate::world::{World, add_unit, on_both};

/// Everything of every kind, read as the index is made.
async fn everything(world: &World) -> Vec<SearchText> {
    let mut texts = Vec::new();
    for kind in SearchKind::ALL {
        let mut last = 0;
        loop {
            let ids = world.store.search_ids(*kind, last).await.unwrap();
            let Some(greatest) = ids.last() else { break };
            last = *greatest;
            texts.extend(world.store.search_texts(*kind, &ids).await.unwrap());
        }
    }
    texts
}

fn count(texts: &[SearchText], kind: SearchKind) -> [usize; 2] {
    let of_kind = || texts.iter().filter(|text| text.subject().kind == kind);
    [of_kind().filter(|text| text.public.is_some()).count(), of_kind().count()]
}

/// What changed since an entry, by kind and id.
async fn changed(world: &World, after: &(i64, String)) -> BTreeSet<Subject> {
    match world.store.search_changes(after.0, &after.1, world.last_sequence().await).await.unwrap() {
        SearchChanges::Of(subjects) => subjects,
        SearchChanges::Everything => panic!("only some things changed"),
    }
}

async fn head(world: &World) -> (i64, String) {
    let head = world.store.journal_head().await.unwrap();
    (head.sequence, head.hash)
}

#[test]
fn the_public_finds_what_is_published_and_only_what_it_may_read_of_it() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let before = everything(world).await;
        for kind in
            [SearchKind::Article, SearchKind::Document, SearchKind::Session, SearchKind::Proposal, SearchKind::Task, SearchKind::Person]
        {
            let [public, staff] = count(&before, kind);
            assert_eq!(public, 0, "{kind:?}");
            assert!(staff > 0, "{kind:?}");
        }
        assert_eq!(count(&before, SearchKind::Unit)[0], count(&before, SearchKind::Unit)[1], "units are everybody's");

        world.publish(&settled).await;
        let after = everything(world).await;
        for kind in SearchKind::ALL {
            let [public, staff] = count(&after, *kind);
            assert_eq!(public, staff, "{kind:?}");
        }
        let document = after.iter().find(|text| text.subject().kind == SearchKind::Document).unwrap();
        let (quoted, whole) = (document.body(Public).unwrap(), document.body(Staff).unwrap());
        assert_eq!(Some(whole.text.clone()), world.store.text_of(&world.store.get(settled.document).await.unwrap()).await.unwrap());
        assert!(quoted.text.len() < whole.text.len() && !quoted.text.is_empty());
        assert!(quoted.text.lines().all(|line| whole.text.contains(line)), "quotes are sentences of the paper");
        for body in [quoted, whole] {
            assert!(!body.passages.is_empty());
            assert!(body.passages.iter().all(|(span, _)| span.of(&body.text).is_some()));
        }
    });
}

#[test]
fn what_was_taken_back_is_gone_and_what_hangs_on_a_paper_changes_with_it() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let start = head(world).await;
        world.publish(&settled).await;
        let touched = changed(world, &start).await;
        let all: BTreeSet<Subject> =
            everything(world).await.iter().map(SearchText::subject).filter(|one| one.kind != SearchKind::Unit).collect();
        assert_eq!(touched, all, "all of it hangs on the one paper");
        let start = head(world).await;
        assert_eq!(changed(world, &start).await, BTreeSet::new());

        let task = world.store.tasks(Staff).await.unwrap().remove(0);
        world.store.take_back_task(&world.may_steer(), world.now(), task.id, task.revision).await.unwrap();
        assert!(changed(world, &start).await.contains(&Subject::new(SearchKind::Task, task.id.number())));
        assert_eq!(world.store.search_texts(SearchKind::Task, &[task.id.number()]).await.unwrap(), []);
    });
}

#[test]
fn a_journal_that_was_put_back_is_read_anew() {
    on_both(async |world| {
        let start = head(world).await;
        let unit = add_unit(&world.store, "01102", "xã Pa Cheo", "xã", Some(world.district.id)).await;
        assert_eq!(changed(world, &start).await, [Subject::new(SearchKind::Unit, unit.id.number())].into());
        let until = world.last_sequence().await;
        for (after, hash) in [(start.0, "another"), (until + 5, ""), (until, start.1.as_str())] {
            assert_eq!(world.store.search_changes(after, hash, until).await.unwrap(), SearchChanges::Everything);
        }
        assert!(matches!(world.store.search_changes(0, "", until).await.unwrap(), SearchChanges::Of(_)), "from before the first entry");
        assert_eq!(world.store.search_texts(SearchKind::Unit, &[]).await.unwrap(), []);
    });
}
