//! How `cotmoc scoreboard` answers people: the table, and what to do where there is no answer.

use crate::support::{Ledger, On, run, small};

#[test]
fn bands_are_those_of_the_resolution() {
    let ledger = Ledger::of(On::Sqlite, &small());
    let table = ledger.board(&["--unit", "701", "--month", "2025-05", "--known-on", "2025-06-10"]).replace('\u{a0}', " ");
    assert!(table.contains("  1/1 nhóm đạt từ 90 % trở lên\n  0/1 nhóm đạt từ 50 % đến dưới 90 %\n  0/1 nhóm đạt dưới 50 %\n"), "{table}");
    assert!(table.contains("106,5 %  từ 100 % trở lên") && table.contains("91,66 %  từ 90 % trở lên"), "{table}");
}

#[test]
fn a_month_that_is_none_and_a_ledger_that_is_not_there() {
    let output = run(&["scoreboard", "--all-units", "--month", "2024-13"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("viết như 2024-03 · write 2024-03"));
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("khong-co.db").display());
    let output = run(&["scoreboard", "--all-units", "--month", "2024-03", "--database", &database]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
