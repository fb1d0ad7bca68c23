//! How the program ends: 0 done, 1 failed, 2 called wrongly; each with a sentence, Vietnamese first.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::site::{On, Site, run};

/// What was printed to both streams, and the status.
fn ended(arguments: &[&str]) -> (i32, String) {
    let output = run(arguments);
    let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    (output.status.code().unwrap(), printed)
}

#[test]
fn work_that_fails_says_why_and_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    let no_ledger = folder.path().join("chu.db");
    std::fs::write(&no_ledger, "đây không phải sổ\n".repeat(500)).unwrap();
    let (fresh, no_ledger, nowhere) = (file("moi.db"), format!("sqlite://{}", no_ledger.display()), file("khong/co/so.db"));
    let refused = "postgres://cotmoc:bi-mat-cua-csdl@127.0.0.1:1/cotmoc";
    for (arguments, vi, en) in [
        (vec!["serve", "--listen", &address, "--database", &fresh], "Chọn cổng khác", "Choose another port"),
        (vec!["serve", "--listen", "127.0.0.1:0", "--database", &nowhere], "không mở được cơ sở dữ liệu", "cannot open the database"),
        (vec!["serve", "--listen", "127.0.0.1:0", "--database", &no_ledger], "không mở được cơ sở dữ liệu", "cannot open the database"),
        (vec!["serve", "--listen", "127.0.0.1:0", "--database", refused], "không mở được cơ sở dữ liệu", "cannot open the database"),
        (vec!["account", "add", "a.b", "--role", "officer", "--unit", "77", "--database", &fresh], "chưa có đơn vị", "there is no unit"),
        (vec!["account", "add", "A B\n", "--role", "officer", "--unit", "77", "--database", &fresh], "cotmoc:", "cotmoc:"),
        (vec!["read", "/khong/co/tep.txt"], "không", "cannot"),
    ] {
        let begun = Instant::now();
        let (status, printed) = ended(&arguments);
        assert_eq!(status, 1, "{arguments:?}: {printed}");
        assert!(printed.contains(vi) && printed.contains(en), "{arguments:?}: {printed}");
        assert!(!printed.contains("panicked") && !printed.contains("bi-mat-cua-csdl"), "{printed}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{arguments:?}");
    }
}

#[test]
fn a_wrong_call_is_told_apart_from_work_that_failed() {
    for arguments in [vec![], vec!["serv"], vec!["serve", "--listen", "nơi nào"], vec!["demo", "--today", "31/2/2024"], vec!["audit"]] {
        let (status, printed) = ended(&arguments);
        assert_eq!(status, 2, "{arguments:?}: {printed}");
        assert!(printed.contains("Usage") || printed.contains("--help"), "{printed}");
    }
    assert_eq!(ended(&["--version"]).0, 0);
}

#[test]
fn a_ledger_changed_behind_its_back_ends_the_audit_with_1() {
    let mut site = Site::open(On::Postgres);
    assert_eq!(ended(&["audit", "verify", "--database", &site.database]).0, 0);
    testbed::Postgres::shared().query(&site.database, "UPDATE unit SET name = 'huyện Khác' WHERE code = '981'");
    let (status, printed) = ended(&["audit", "verify", "--database", &site.database]);
    assert_eq!(status, 1, "{printed}");
    assert!(printed.contains("nhật ký không khớp") && printed.contains("the journal does not fit"), "{printed}");
    let (status, log) = site.server.take().unwrap().stop();
    assert!(status.success(), "{log}");
}

#[test]
fn an_audit_of_a_path_without_a_ledger_says_so_and_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let database = super::site::sqlite_in(folder.path());
    let (status, printed) = ended(&["audit", "verify", "--database", &database]);
    assert_eq!(status, 1, "{printed}");
    assert!(printed.contains("chưa có sổ nào") && printed.contains("no ledger to check"), "{printed}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_forgotten_password_is_issued_anew_at_the_command_line() {
    let mut site = Site::open(On::Sqlite);
    let (status, printed) = ended(&["account", "reissue", "van.thu", "--database", &site.database]);
    assert_eq!(status, 0, "{printed}");
    assert!(printed.contains("Mật khẩu dùng một lần mới của van.thu"), "{printed}");
    let (status, printed) = ended(&["account", "reissue", "khong.co", "--database", &site.database]);
    assert_eq!(status, 1, "{printed}");
    assert!(printed.contains("cotmoc account add khong.co"), "{printed}");
    let (status, log) = site.server.take().unwrap().stop();
    assert!(status.success(), "{log}");
}
