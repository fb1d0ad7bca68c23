//! Accounts, roles and log-ins, which end by idleness, by age, by a new password and by leaving.

use domain::account::Role;
use domain::permission::{may_keep_own_account, may_record, operator};
use domain::problem::Problem;
use store::account::{LOGIN_HOURS_MAX, LOGIN_IDLE_MINUTES, LoginOutcome};

use crate::world::{BEGINNING, HASH, add_account, on_both, problem};

#[test]
fn a_name_is_taken_once() {
    on_both(async |world| {
        let may = operator::may_keep_accounts();
        let role = (Role::Viewer, world.district.id);
        let refused = problem(world.store.add_account(&may, BEGINNING, "van.thu", HASH.to_owned(), None, role).await);
        assert_eq!(refused, Problem::Taken { field: "name", value: "van.thu".to_owned() });
        let names: Vec<String> = world.store.accounts().await.unwrap().into_iter().map(|account| account.name).collect();
        assert_eq!(names, ["khe.tra", "van.thu"]);
    });
}

#[test]
fn an_account_has_the_role_it_was_given() {
    on_both(async |world| {
        let inspector = add_account(&world.store, "kiem.tra", Role::Viewer, world.other_district.id).await;
        let account = world.store.account_named("kiem.tra").await.unwrap().unwrap();
        assert_eq!(Some(account.id), inspector.id());
        assert_eq!(world.store.roles_of(account.id).await.unwrap(), [(Role::Viewer, world.other_district.id)]);
        assert_eq!(world.store.account_named("Kiem.Tra").await.unwrap(), None);
    });
}

#[test]
fn a_login_ends_when_nobody_is_there() {
    on_both(async |world| {
        let account = world.officer.id().unwrap();
        world.store.begin_login(account, "token", "form", BEGINNING).await.unwrap();
        let last = BEGINNING.plus_seconds(LOGIN_IDLE_MINUTES * 60);
        let login = world.store.login("token", last).await.unwrap().unwrap();
        assert_eq!((&login.actor, login.form_token.as_str(), login.must_choose_password), (&world.officer, "form", false));
        // That request was seen: the clock of idleness starts anew.
        let later = last.plus_seconds(LOGIN_IDLE_MINUTES * 60);
        assert!(world.store.login("token", later).await.unwrap().is_some());
        assert!(world.store.login("token", later.plus_seconds(LOGIN_IDLE_MINUTES * 60 + 1)).await.unwrap().is_none());
    });
}

#[test]
fn a_login_ends_with_the_working_day() {
    on_both(async |world| {
        world.store.begin_login(world.officer.id().unwrap(), "token", "form", BEGINNING).await.unwrap();
        let mut now = BEGINNING;
        while now < BEGINNING.plus_seconds(LOGIN_HOURS_MAX * 3600) {
            now = now.plus_seconds(3600);
            assert!(world.store.login("token", now).await.unwrap().is_some());
        }
        assert!(world.store.login("token", now.plus_seconds(1)).await.unwrap().is_none());
    });
}

#[test]
fn what_ran_out_is_swept_when_the_next_one_logs_in() {
    on_both(async |world| {
        let account = world.officer.id().unwrap();
        world.store.begin_login(account, "old", "form", BEGINNING).await.unwrap();
        world.store.begin_login(account, "new", "form", BEGINNING.plus_seconds(13 * 3600)).await.unwrap();
        assert_eq!(world.place.peek("SELECT token_hash FROM login").await, [["new"]]);
    });
}

#[test]
fn leaving_ends_a_login_and_is_in_the_journal() {
    on_both(async |world| {
        world.store.begin_login(world.officer.id().unwrap(), "token", "form", BEGINNING).await.unwrap();
        for outcome in [LoginOutcome::Begun, LoginOutcome::Refused, LoginOutcome::Ended] {
            world.store.record_login(&may_record("van.thu"), BEGINNING, outcome).await.unwrap();
        }
        world.store.end_login("token").await.unwrap();
        assert!(world.store.login("token", BEGINNING).await.unwrap().is_none());
        let actions: Vec<String> = world.store.journal_of("login", 9).await.unwrap().into_iter().map(|entry| entry.action).collect();
        assert_eq!(actions, ["login.begin", "login.refuse", "login.end"]);
    });
}

#[test]
fn a_one_time_password_is_for_choosing_an_own_one() {
    on_both(async |world| {
        let until = Some(BEGINNING.plus_seconds(72 * 3600));
        let role = (Role::Reporter, world.commune.id);
        let may = operator::may_keep_accounts();
        let account = world.store.add_account(&may, BEGINNING, "nam.luong", HASH.to_owned(), until, role).await.unwrap();
        for token in ["here", "elsewhere"] {
            world.store.begin_login(account.id, token, "form", BEGINNING).await.unwrap();
        }
        let login = world.store.login("here", BEGINNING).await.unwrap().unwrap();
        assert!(login.must_choose_password);
        let may = may_keep_own_account(&login.actor);
        world.store.set_password(&may, BEGINNING, account.id, "$argon2id$own".to_owned(), "here").await.unwrap();
        assert!(!world.store.login("here", BEGINNING).await.unwrap().unwrap().must_choose_password);
        assert!(world.store.login("elsewhere", BEGINNING).await.unwrap().is_none());
        let known = world.store.get(account.id).await.unwrap();
        assert_eq!((known.password_hash.as_str(), known.one_time_until), ("$argon2id$own", None));
    });
}

#[test]
fn the_journal_keeps_no_password_hash() {
    on_both(async |world| {
        let entries = world.store.journal_entries(None, 100).await.unwrap();
        assert!(entries.iter().all(|entry| !entry.after.contains("argon2id")));
        assert!(entries.iter().any(|entry| entry.after.contains(&format!("sha256:{}", store::record::sha256(HASH)))));
    });
}

#[test]
fn a_closed_account_and_an_ended_role_no_longer_count() {
    crate::world::on_both_tampered(async |world| {
        let account = world.officer.id().unwrap();
        world.store.begin_login(account, "token", "form", BEGINNING).await.unwrap();
        world.place.tamper("UPDATE role_grant SET ended_at = 1").await;
        assert!(world.store.login("token", BEGINNING).await.unwrap().unwrap().actor.roles().is_empty());
        world.place.tamper("UPDATE account SET closed_at = 1").await;
        assert!(world.store.login("token", BEGINNING).await.unwrap().is_none());
    });
}

#[test]
fn a_closed_account_has_no_login_and_stays_in_the_ledger() {
    on_both(async |world| {
        let may = operator::may_keep_accounts();
        let account = world.officer.id().unwrap();
        world.store.begin_login(account, "token", "form", BEGINNING).await.unwrap();
        world.store.close_account(&may, BEGINNING, account).await.unwrap();
        assert!(world.store.login("token", BEGINNING).await.unwrap().is_none());
        assert_eq!(world.store.get(account).await.unwrap().closed_at, Some(BEGINNING));
        assert!(world.store.grants().await.unwrap().iter().any(|(grant, _)| grant.account == account));
        assert_eq!(problem(world.store.close_account(&may, BEGINNING, account).await), Problem::Stale { by: String::new() });
        let last = world.store.last_journal_of(&format!("account/{account}")).await.unwrap().unwrap();
        assert_eq!(last.action, "account.close");
    });
}

#[test]
fn a_forgotten_password_is_issued_anew_and_ends_the_old_log_ins() {
    on_both(async |world| {
        let may = operator::may_keep_accounts();
        let account = world.officer.id().unwrap();
        world.store.begin_login(account, "token", "form", BEGINNING).await.unwrap();
        let until = BEGINNING.plus_seconds(3600);
        world.store.reissue_password(&may, BEGINNING, account, HASH.to_owned(), until).await.unwrap();
        assert!(world.store.login("token", BEGINNING).await.unwrap().is_none());
        assert_eq!(world.store.get(account).await.unwrap().one_time_until, Some(until));
        world.store.close_account(&may, BEGINNING, account).await.unwrap();
        let closed = world.store.reissue_password(&may, BEGINNING, account, HASH.to_owned(), until).await;
        assert_eq!(problem(closed), Problem::WrongState { state: "closed" });
    });
}
