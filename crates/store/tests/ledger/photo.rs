//! Pictures beside the captions of a paper: one stands beside a caption, what comes second waits, nothing is lost or overwritten.

use domain::document::Document;
use domain::id::Id;
use domain::permission::{self, MayKeepPhotos, UnitPath};
use domain::person::Person;
use domain::photo::{Photo, Picture, PictureWidths};
use domain::problem::Problem;
use domain::session::Statement;
use store::audit::Fault;
use store::photo::{FILE_NAME_CHARACTERS_MAX, NewPicture, WHY_CHARACTERS_MAX};
use store::task::Audience::{Public, Staff};
use store::{Store, StoreError};

use crate::world::{World, on_both, on_both_tampered, problem, stale};

pub fn may_keep(world: &World) -> MayKeepPhotos {
    permission::may_keep_photos(&world.officer, &UnitPath(vec![world.district.id, world.province.id])).unwrap()
}

/// The only caption of the paper of Khe Trà.
pub async fn caption(world: &World) -> Photo {
    let settled = world.settle_khe_tra().await;
    world.store.photos_of(settled.document).await.unwrap().remove(0)
}

/// A picture of the caption's paper, with bytes of its own.
pub fn picture(photo: &Photo, letter: char) -> NewPicture {
    NewPicture {
        document: photo.document,
        photo: Some(photo.id),
        replaces: None,
        file_name: format!("kt_0007 {letter}.jpg"),
        sha256: letter.to_string().repeat(64),
        width: 1600,
        height: 1067,
        widths: PictureWidths::new(vec![480, 960, 1600]).unwrap(),
    }
}

/// A paper beside the one of Khe Trà.
async fn another_paper(world: &World, like: Id<Document>) -> Id<Document> {
    let mut write = world.store.write(&world.may_decide(), world.now()).await.unwrap();
    let document = Document { id: write.new_id(), ..write.get(like).await.unwrap() };
    write.insert(&document).await.unwrap();
    write.commit("document.add", &format!("document/{}", document.id)).await.unwrap();
    document.id
}

/// Has the paper's photo show a named person, who speaks.
async fn show_the_speaker(world: &World, document: Id<Document>, person: Id<Person>) {
    let statements = world.store.statements_of_document(document).await.unwrap();
    let shown = statements.into_iter().find(|statement| statement.photo.is_some()).unwrap();
    let mut write = world.store.write(&world.may_decide(), world.now()).await.unwrap();
    write.update(&shown, &Statement { person: Some(person), ..shown.clone() }).await.unwrap();
    write.commit("statement.edit", &format!("statement/{}", shown.id)).await.unwrap();
}

async fn add(world: &World, new: NewPicture) -> Picture {
    world.store.add_picture(&may_keep(world), world.now(), new).await.unwrap()
}

#[test]
fn a_picture_stands_beside_its_caption_and_the_next_one_waits() {
    on_both(async |world| {
        let photo = caption(world).await;
        let first = add(world, picture(&photo, 'a')).await;
        let second = add(world, picture(&photo, 'b')).await;
        let third = add(world, NewPicture { photo: None, ..picture(&photo, 'c') }).await;
        assert_eq!([first.photo, second.photo, third.photo], [Some(photo.id), None, None]);
        assert_eq!((first.added_by.as_str(), first.widths.to_string().as_str()), ("van.thu", "480 960 1600"));
        assert_eq!(world.store.pictures_of(photo.document).await.unwrap(), [first.clone(), second, third]);
        assert_eq!(world.store.first_picture_of(photo.document).await.unwrap(), Some(first));
        let told = world.store.journal_of_board_nouns(0, 99).await.unwrap();
        assert!(told.iter().all(|entry| !entry.subject.starts_with("picture/")), "no board follows from a picture");
    });
}

#[test]
fn the_same_bytes_are_taken_once() {
    on_both(async |world| {
        let photo = caption(world).await;
        let first = add(world, picture(&photo, 'a')).await;
        let before = world.last_sequence().await;
        let again = NewPicture { file_name: "khac.jpg".to_owned(), photo: None, ..picture(&photo, 'a') };
        let refused = world.store.add_picture(&may_keep(world), world.now(), again.clone()).await;
        assert_eq!(problem(refused), Problem::Taken { field: "photo", value: "kt_0007 a.jpg".to_owned() });
        assert_eq!(world.last_sequence().await, before);
        world.store.withdraw_picture(&may_keep(world), world.now(), first.id, None).await.unwrap();
        add(world, again).await;
    });
}

#[test]
fn two_pictures_at_once_for_one_caption_both_stay() {
    on_both(async |world| {
        let photo = caption(world).await;
        let other = Store::open(&world.place.url).await.unwrap();
        let (may, now) = (may_keep(world), world.now());
        let (one, two) =
            tokio::join!(world.store.add_picture(&may, now, picture(&photo, 'a')), other.add_picture(&may, now, picture(&photo, 'b')));
        other.close().await;
        let mut places = [one.unwrap().photo, two.unwrap().photo];
        places.sort_unstable();
        assert_eq!(places, [None, Some(photo.id)]);
        assert_eq!(world.store.pictures_of(photo.document).await.unwrap().len(), 2);
    });
}

#[test]
fn the_same_picture_sent_twice_at_once_is_taken_once() {
    on_both(async |world| {
        let photo = caption(world).await;
        let other = Store::open(&world.place.url).await.unwrap();
        let (may, now) = (may_keep(world), world.now());
        let sent = [world.store.add_picture(&may, now, picture(&photo, 'a')), other.add_picture(&may, now, picture(&photo, 'a'))];
        let [one, two] = sent;
        let outcomes = tokio::join!(one, two);
        other.close().await;
        let taken = [&outcomes.0, &outcomes.1].into_iter().filter(|outcome| outcome.is_ok()).count();
        let refused = [outcomes.0, outcomes.1].into_iter().find_map(Result::err).unwrap();
        assert!(taken == 1 && matches!(refused, StoreError::Problem(Problem::Taken { .. })), "{refused:?}");
    });
}

#[test]
fn a_picture_that_was_seen_is_replaced_and_stays_in_the_history() {
    on_both(async |world| {
        let photo = caption(world).await;
        let first = add(world, picture(&photo, 'a')).await;
        let second = add(world, NewPicture { replaces: Some(first.id), ..picture(&photo, 'b') }).await;
        assert_eq!(second.photo, Some(photo.id));
        // Who still saw the first one does not throw out the second.
        let third = add(world, NewPicture { replaces: Some(first.id), ..picture(&photo, 'c') }).await;
        assert_eq!(third.photo, None);
        let past = world.store.withdrawn_pictures_of(photo.document).await.unwrap();
        assert_eq!(past.iter().map(|past| (past.id, past.withdrawn_by)).collect::<Vec<_>>(), [(first.id, world.officer.id())]);
        assert_eq!(past[0].photo, Some(photo.id));
    });
}

#[test]
fn a_waiting_picture_is_put_beside_a_caption() {
    on_both(async |world| {
        let photo = caption(world).await;
        let (may, store) = (may_keep(world), &world.store);
        let first = add(world, picture(&photo, 'a')).await;
        let waiting = add(world, NewPicture { photo: None, ..picture(&photo, 'b') }).await;
        let unseen = store.place_picture(&may, world.now(), waiting.id, photo.id, None).await;
        assert_eq!(problem(unseen), Problem::Stale { by: "van.thu".to_owned() });
        store.place_picture(&may, world.now(), waiting.id, photo.id, Some(first.id)).await.unwrap();
        assert_eq!(store.first_picture_of(photo.document).await.unwrap().map(|picture| picture.id), Some(waiting.id));
        let again = store.place_picture(&may, world.now(), waiting.id, photo.id, Some(waiting.id)).await;
        assert_eq!(problem(again), Problem::Unchanged { field: "photo" });
        assert_eq!(problem(store.place_picture(&may, world.now(), first.id, photo.id, Some(waiting.id)).await), stale());
        let missing = store.place_picture(&may, world.now(), waiting.id, Id::new(9999), None).await;
        assert_eq!(problem(missing), Problem::NotFound);
    });
}

#[test]
fn a_picture_is_taken_back_once_with_its_reason() {
    on_both(async |world| {
        let photo = caption(world).await;
        let (may, store) = (may_keep(world), &world.store);
        let picture = add(world, NewPicture { file_name: "ả".repeat(300), ..picture(&photo, 'a') }).await;
        assert_eq!(picture.file_name.chars().count(), FILE_NAME_CHARACTERS_MAX);
        let long = store.withdraw_picture(&may, world.now(), picture.id, Some("a".repeat(WHY_CHARACTERS_MAX + 1))).await;
        assert_eq!(problem(long), Problem::TooLong { field: "why", characters_max: WHY_CHARACTERS_MAX });
        store.withdraw_picture(&may, world.now(), picture.id, Some("Nhầm ảnh".to_owned())).await.unwrap();
        assert_eq!(problem(store.withdraw_picture(&may, world.now(), picture.id, None).await), stale());
        assert_eq!(store.pictures_of(photo.document).await.unwrap(), []);
        assert_eq!(store.first_picture_of(photo.document).await.unwrap(), None);
        let past = store.withdrawn_pictures_of(photo.document).await.unwrap();
        assert_eq!(past[0].withdrawn_why.as_deref(), Some("Nhầm ảnh"));
    });
}

#[test]
fn a_picture_of_another_paper_stands_beside_no_caption_of_this_one() {
    on_both(async |world| {
        let photo = caption(world).await;
        let other = another_paper(world, photo.document).await;
        let foreign = NewPicture { document: other, ..picture(&photo, 'a') };
        let refused = world.store.add_picture(&may_keep(world), world.now(), foreign.clone()).await;
        assert!(matches!(problem(refused), Problem::NotAllowed { field: "photo", .. }));
        let waiting = add(world, NewPicture { photo: None, ..foreign }).await;
        let refused = world.store.place_picture(&may_keep(world), world.now(), waiting.id, photo.id, None).await;
        assert!(matches!(problem(refused), Problem::NotAllowed { field: "photo", .. }));
    });
}

#[test]
fn photos_of_a_speaker_are_found_where_the_paper_is_public() {
    on_both(async |world| {
        let settled = world.settle_khe_tra().await;
        let statements = world.store.statements_of_document(settled.document).await.unwrap();
        let person = statements.iter().find_map(|statement| statement.person).unwrap();
        assert_eq!(world.store.photos_of_person(person, Staff).await.unwrap(), [], "the photo shows a body's unnamed leader");
        show_the_speaker(world, settled.document, person).await;
        assert_eq!(world.store.photos_of_person(person, Staff).await.unwrap().len(), 1);
        assert_eq!(world.store.photos_of_person(person, Public).await.unwrap(), []);
        world.publish(&settled).await;
        assert_eq!(world.store.photos_of_person(person, Public).await.unwrap().len(), 1);
    });
}

#[test]
fn only_an_officer_of_the_unit_keeps_photos() {
    on_both(async |world| {
        let path = UnitPath(vec![world.district.id, world.province.id]);
        assert!(permission::may_keep_photos(&world.reporter, &path).is_err());
        assert!(permission::may_keep_photos(&world.officer, &path).is_ok());
    });
}

#[test]
fn a_picture_exchanged_behind_the_journal_is_named() {
    on_both_tampered(async |world| {
        let photo = caption(world).await;
        let picture = add(world, picture(&photo, 'a')).await;
        world.place.tamper(&format!("UPDATE picture SET sha256 = 'x' WHERE id = {}", picture.id)).await;
        assert_eq!(world.fault().await, Fault::Row { row: format!("picture/{}", picture.id) });
    });
}
