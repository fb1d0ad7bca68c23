//! What somebody with a database shell could do to the journal and to the rows, and the name that the audit gives to each.

use domain::journal::JournalEntry;
use domain::permission::operator;
use store::StoreError;
use store::audit::Fault;
use store::record::sha256;

use crate::world::{BEGINNING, World, area, on_both_tampered};

/// Writes an entry as if it had always been so.
async fn overwrite(world: &World, place: i64, entry: &JournalEntry) {
    let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let (at, actor, action, subject) = (entry.at.0, text(&entry.actor), text(&entry.action), text(&entry.subject));
    let (before, after) = (text(&entry.before), text(&entry.after));
    let (previous_hash, hash) = (text(&entry.previous_hash), text(&entry.hash));
    let values = format!("{}, {at}, {actor}, {action}, {subject}, {before}, {after}, {previous_hash}, {hash}", entry.sequence);
    let columns = "sequence, at, actor, action, subject, before, after, previous_hash, hash";
    let sql = format!("DELETE FROM journal WHERE sequence = {place}; INSERT INTO journal ({columns}) VALUES ({values})");
    world.place.tamper(&sql).await;
}

async fn entry(world: &World, sequence: i64) -> JournalEntry {
    world.store.journal_entries(Some(sequence + 1), 1).await.unwrap().remove(0)
}

/// Changes an entry and makes every hash from it on fit again, the head's too: what only an exported head can tell.
async fn rewrite_from(world: &World, sequence: i64, change: impl Fn(&mut JournalEntry)) {
    let last = world.last_sequence().await;
    let mut previous_hash = None;
    for sequence in sequence..=last {
        let mut entry = entry(world, sequence).await;
        match previous_hash {
            None => change(&mut entry),
            Some(hash) => entry.previous_hash = hash,
        }
        entry.hash = sha256(&entry.hashed_text());
        overwrite(world, sequence, &entry).await;
        previous_hash = Some(entry.hash);
    }
    world.place.tamper(&format!("UPDATE journal_head SET hash = '{}'", previous_hash.unwrap())).await;
}

/// Tells a story in which `sql` is done behind the store's back, and the audit names `fault`.
fn check(sql: &str, fault: impl Fn(&World) -> Fault) {
    on_both_tampered(async |world| {
        world.place.tamper(sql).await;
        assert_eq!(world.fault().await, fault(world));
    });
}

#[test]
fn an_entry_was_changed() {
    check("UPDATE journal SET actor = 'ai' WHERE sequence = 3", |_| Fault::Changed { sequence: 3 });
    check("UPDATE journal SET at = at - 1 WHERE sequence = 6", |_| Fault::Changed { sequence: 6 });
    check("UPDATE journal SET after = '{}' WHERE sequence = 1", |_| Fault::Changed { sequence: 1 });
}

#[test]
fn an_entry_was_dropped_from_the_middle() {
    check("DELETE FROM journal WHERE sequence = 3", |_| Fault::Gap { expected: 3, found: Some(4) });
    check("DELETE FROM journal WHERE sequence = 1", |_| Fault::Gap { expected: 1, found: Some(2) });
}

#[test]
fn the_last_entry_was_dropped() {
    check("DELETE FROM journal WHERE sequence = 6", |_| Fault::Gap { expected: 6, found: None });
    check("DELETE FROM journal", |_| Fault::Gap { expected: 1, found: None });
}

#[test]
fn the_tail_was_cut_and_the_head_put_back() {
    on_both_tampered(async |world| {
        let cut = "DELETE FROM journal WHERE sequence = 6; UPDATE journal_head SET sequence = 5, \
                   hash = (SELECT hash FROM journal WHERE sequence = 5)";
        world.place.tamper(cut).await;
        // The rows of the cut entry stand there still.
        let row = format!("account/{}", world.reporter.id().unwrap());
        assert_eq!(world.fault().await, Fault::Unknown { row });
    });
}

#[test]
fn entries_were_inserted() {
    let columns = "sequence, at, actor, action, subject, before, after, previous_hash, hash";
    let copy = |place: i64| {
        format!(
            "INSERT INTO journal ({columns}) SELECT {place}, at, actor, action, subject, before, after, previous_hash, hash \
             FROM journal WHERE sequence = 6"
        )
    };
    check(&copy(7), |_| Fault::Chain { sequence: 7 });
    check(&copy(0), |_| Fault::Gap { expected: 1, found: Some(0) });
    check(&copy(-5), |_| Fault::Gap { expected: 1, found: Some(-5) });
    // In the middle, with the later ones moved up to make room.
    let moved =
        "UPDATE journal SET sequence = -sequence WHERE sequence >= 3; UPDATE journal SET sequence = 1 - sequence WHERE sequence < 0";
    check(&format!("{moved}; {}", copy(3).replace("sequence = 6", "sequence = 7")), |_| Fault::Chain { sequence: 3 });
}

#[test]
fn an_entry_that_follows_was_put_behind_the_head() {
    on_both_tampered(async |world| {
        let mut forged = entry(world, 6).await;
        forged.previous_hash = forged.hash.clone();
        (forged.sequence, forged.before, forged.after) = (7, "{}".to_owned(), "{}".to_owned());
        forged.hash = sha256(&forged.hashed_text());
        overwrite(world, 7, &forged).await;
        assert_eq!(world.fault().await, Fault::Head);
    });
}

#[test]
fn two_entries_changed_places() {
    let swap = "UPDATE journal SET sequence = -1 WHERE sequence = 3; UPDATE journal SET sequence = 3 WHERE sequence = 4; \
                UPDATE journal SET sequence = 4 WHERE sequence = -1";
    check(swap, |_| Fault::Chain { sequence: 3 });
}

#[test]
fn a_changed_entry_got_a_fitting_hash() {
    for (place, fault) in [(3, Fault::Chain { sequence: 4 }), (6, Fault::Head)] {
        on_both_tampered(async |world| {
            let mut forged = entry(world, place).await;
            forged.actor = "ai".to_owned();
            forged.hash = sha256(&forged.hashed_text());
            overwrite(world, place, &forged).await;
            assert_eq!(world.fault().await, fault);
        });
    }
}

#[test]
fn the_whole_chain_was_made_anew_over_another_past() {
    on_both_tampered(async |world| {
        let name = "\"name\":\"huyện Khe Trà\"";
        rewrite_from(world, 2, |entry| entry.after = entry.after.replace(name, "\"name\":\"huyện Khác\"")).await;
        // The chain fits; the row does not.
        assert_eq!(world.fault().await, Fault::Row { row: format!("unit/{}", world.district.id) });
    });
}

#[test]
fn an_entry_tells_of_a_row_as_it_was_not() {
    on_both_tampered(async |world| {
        let settled = world.settle_khe_tra().await;
        world.publish(&settled).await;
        let last = world.last_sequence().await;
        rewrite_from(world, last, |entry| entry.before = entry.before.replace("\"reprint\":0", "\"reprint\":1")).await;
        let row = format!("document/{}", settled.document);
        assert_eq!(world.fault().await, Fault::Before { sequence: last, row });
    });
}

#[test]
fn an_entry_forgot_what_a_row_was_before() {
    on_both_tampered(async |world| {
        let settled = world.settle_khe_tra().await;
        world.publish(&settled).await;
        let last = world.last_sequence().await;
        rewrite_from(world, last, |entry| entry.before = "{}".to_owned()).await;
        let row = format!("article/{}", settled.article);
        assert_eq!(world.fault().await, Fault::Before { sequence: last, row });
    });
}

#[test]
fn the_head_was_changed() {
    check("DELETE FROM journal_head", |_| Fault::Head);
    check("UPDATE journal_head SET hash = 'x'", |_| Fault::Head);
    check("UPDATE journal_head SET sequence = 4", |_| Fault::Head);
    check("UPDATE journal_head SET sequence = 9", |_| Fault::Gap { expected: 7, found: None });
}

#[test]
fn a_row_was_changed() {
    let province = |world: &World| Fault::Row { row: format!("unit/{}", world.province.id) };
    check("UPDATE unit SET name = 'tỉnh Khác' WHERE code = '01'", province);
    check("UPDATE unit SET valid_to = '' WHERE code = '01'", province);
    check("UPDATE unit SET parent = NULL WHERE code = '011'", |world| Fault::Row { row: format!("unit/{}", world.district.id) });
}

#[test]
fn a_role_was_raised() {
    on_both_tampered(async |world| {
        let id = &world.place.peek("SELECT CAST(id AS TEXT) FROM role_grant WHERE role = 'reporter'").await[0][0];
        world.place.tamper(&format!("UPDATE role_grant SET role = 'officer' WHERE id = {id}")).await;
        assert_eq!(world.fault().await, Fault::Row { row: format!("role_grant/{id}") });
    });
}

#[test]
fn a_password_was_changed() {
    check("UPDATE account SET password_hash = '$argon2id$mine' WHERE name = 'van.thu'", |world| Fault::Row {
        row: format!("account/{}", world.officer.id().unwrap()),
    });
}

#[test]
fn the_text_of_a_paper_was_changed() {
    on_both_tampered(async |world| {
        let reading = world.hand_in(crate::paper::khe_tra()).await;
        world.place.tamper("UPDATE paper SET text = replace(text, '8/12', '9/12')").await;
        let paper = world.store.get(reading).await.unwrap().paper;
        assert_eq!(world.fault().await, Fault::Row { row: format!("paper/{paper}") });
    });
}

#[test]
fn a_row_was_deleted() {
    on_both_tampered(async |world| {
        let settled = world.settle_khe_tra().await;
        let task = world.store.tasks_of_document(settled.document).await.unwrap().remove(0);
        world.place.tamper(&format!("DELETE FROM task WHERE id = {}", task.id)).await;
        assert_eq!(world.fault().await, Fault::Gone { row: format!("task/{}", task.id) });
    });
}

#[test]
fn a_row_was_added() {
    let row = |id: i64| format!("INSERT INTO person (id, name, folded, sort_key) VALUES ({id}, 'Ai', 'ai', 'a1')");
    check(&row(500), |_| Fault::Unknown { row: "person/500".to_owned() });
    check(&row(-1), |_| Fault::Unknown { row: "person/-1".to_owned() });
}

#[test]
fn every_table_of_the_ledger_is_watched() {
    on_both_tampered(async |world| {
        world.settle_khe_tra().await;
        for table in store::table::TABLES.iter().chain(&store::table::DESK_TABLES) {
            let ids = world.place.peek(&format!("SELECT CAST(id AS TEXT) FROM {} ORDER BY id LIMIT 1", table.name)).await;
            let Some(id) = ids.first().map(|row| row[0].clone()) else { continue };
            // The id moves away: the row stands under a number that no entry tells of.
            let (there, back) = (format!("UPDATE {} SET id = 70000 WHERE id = {id}", table.name), table.name);
            world.place.tamper(&there).await;
            assert_eq!(world.fault().await, Fault::Unknown { row: format!("{}/70000", table.name) });
            world.place.tamper(&format!("UPDATE {back} SET id = {id} WHERE id = 70000")).await;
        }
        crate::world::assert_sound(&world.store).await;
    });
}

/// SQLite keeps any kind of value in any column.
#[test]
fn a_value_of_another_kind_is_named_and_not_stumbled_over() {
    let sqlite = |sql: &'static str, fault: fn(&World) -> Fault| {
        crate::world::tell(crate::world::Place::sqlite(), async |world| {
            world.place.tamper(sql).await;
            assert_eq!(world.fault().await, fault(world));
        });
    };
    sqlite("UPDATE unit SET parent = 'x' WHERE code = '011'", |world| Fault::Row { row: format!("unit/{}", world.district.id) });
    sqlite("UPDATE unit SET id = 'x' WHERE code = '01101'", |_| Fault::Unknown { row: "unit/?".to_owned() });
    sqlite("UPDATE journal SET at = 'x' WHERE sequence = 2", |_| Fault::Changed { sequence: 2 });
    sqlite("UPDATE journal_head SET sequence = 'x'", |_| Fault::Head);
}

#[test]
fn a_broken_journal_takes_no_further_entry() {
    on_both_tampered(async |world| {
        world.place.tamper("DELETE FROM journal WHERE sequence = 6").await;
        let new = area("016", "huyện Vân Sơn", "huyện", None);
        let refused = world.store.add_unit(&operator::may_keep_units(), BEGINNING, new).await;
        assert!(matches!(refused, Err(StoreError::BrokenJournal(_))), "{refused:?}");
        // Reading goes on.
        assert_eq!(world.store.areas().await.unwrap().len(), 4);
        world.place.tamper("DELETE FROM journal_head").await;
        let headless =
            world.store.record_login(&domain::permission::may_record("ai"), BEGINNING, store::account::LoginOutcome::Begun).await;
        assert!(matches!(headless, Err(StoreError::BrokenJournal(_))), "{headless:?}");
    });
}

#[test]
fn every_fault_is_a_sentence() {
    let row = "task/12".to_owned();
    for (fault, says) in [
        (Fault::Gap { expected: 3, found: Some(4) }, "entry 3 is missing: entry 4 stands in its place"),
        (Fault::Gap { expected: 3, found: None }, "entry 3 is missing: the journal ends before its head"),
        (Fault::Chain { sequence: 4 }, "entry 4 does not follow from entry 3"),
        (Fault::Row { row: row.clone() }, "task/12 is not what its last entry says: it was changed behind the journal's back"),
        (Fault::Gone { row }, "task/12 is gone from the database, and no entry tells why"),
    ] {
        assert_eq!(fault.to_string(), says);
    }
}
