//! The invented province of the demo: its golden files byte by byte, and how its boards are printed for people.

use std::fs;

use crate::golden::all_units;
use crate::support::{BOTH, Ledger, On, demo, tests};

/// Golden files of the demo world: file, month, day of knowledge, further arguments.
const DEMO: [(&str, &str, &str, &[&str]); 4] = [
    ("golden-2024-03.csv", "2024-03", "2024-04-16", &[]),
    ("golden-2022-12.csv", "2022-12", "2023-01-31", &[]),
    ("golden-2025-07.csv", "2025-07", "2025-07-31", &[]),
    ("golden-2025-07-as-reported.csv", "2025-07", "2025-07-31", &["--as-reported"]),
];

#[test]
fn the_demo_world_gives_its_golden_files() {
    for on in BOTH {
        let ledger = Ledger::of(on, &demo());
        for (file, month, known_on, more) in DEMO {
            let golden = fs::read_to_string(tests().join("demo").join(file)).unwrap();
            assert_eq!(all_units(&ledger, month, known_on, more), golden, "{on:?} {file}");
        }
    }
}

/// A unit's board is its part of the board of all units, and a resolution's board its part of the unit's.
#[test]
fn parts_of_a_board_are_cut_from_the_whole() {
    let ledger = Ledger::of(On::Sqlite, &demo());
    let part = |whole: &str, unit: &str, group: &str| {
        let begins = |line: &&str| line.starts_with("unit,") || line.starts_with(&format!("{unit},{group}"));
        whole.lines().filter(begins).map(|line| format!("{line}\n")).collect::<String>()
    };
    let question = ["--month", "2024-03", "--known-on", "2024-04-16", "--format", "csv"];
    let whole = ledger.board(&[&question[..], &["--all-units"]].concat());
    let unit = ledger.board(&[&question[..], &["--unit", "981"]].concat());
    assert_eq!(unit, part(&whole, "981", ""));
    let resolution = ledger.board(&[&question[..], &["--unit", "981", "--resolution", "MV17"]].concat());
    assert_eq!(resolution, part(&whole, "981", "MV"));
    assert_eq!(resolution.lines().count(), 1 + 22);
}

#[test]
fn the_table_counts_each_group_in_one_band() {
    let ledger = Ledger::of(On::Sqlite, &demo());
    let table = ledger.board(&["--unit", "981", "--month", "2024-03", "--known-on", "2024-04-16", "--resolution", "MV17"]);
    let table = table.replace('\u{a0}', " ");
    for line in [
        "Bảng điểm huyện Mường Vân (981)",
        "Tháng 3/2024, theo số liệu biết đến ngày 16/4/2024, quy về các đơn vị của ngày 31/3/2024",
        "  13/22 nhóm đạt từ 100 % trở lên",
        "  9/22 nhóm đạt từ 70 % đến dưới 100 %",
        "  0/22 nhóm đạt dưới 70 %",
        "  0/22 nhóm chưa có kết quả",
        "Mỗi nhóm được đếm vào đúng một khoảng: cộng các khoảng lại bằng tổng số nhóm.",
    ] {
        assert!(table.lines().any(|printed| printed == line), "{line}\n{table}");
    }
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("MV") && line.contains(" %")).collect();
    assert_eq!(rows.len(), 22, "{table}");
    let column = |row: &str| row.find(" %").map(|at| row[..at].chars().count());
    assert!(rows.iter().all(|row| column(row) == column(rows[0])), "{table}");
}

#[test]
fn a_question_without_an_answer_says_what_to_do() {
    let ledger = Ledger::of(On::Sqlite, &demo());
    let month = ["--month", "2024-03"];
    let said = ledger.refusal(&[&month[..], &["--unit", "777"]].concat());
    assert!(
        said.contains("không có đơn vị nào mang mã «777» vào ngày 31/3/2024") && said.contains("no unit bears the code “777”"),
        "{said}"
    );
    let said = ledger.refusal(&["--unit", "981", "--month", "2025-08"]);
    assert!(said.contains("huyện Mường Vân") && said.contains("đến 30/6/2025") && said.contains("quy về một ngày khác"), "{said}");
    let said = ledger.refusal(&[&month[..], &["--unit", "981", "--resolution", "MV18"]].concat());
    assert!(said.contains("«MV18»") && said.contains("LG16, MV17"), "{said}");
    let board = ledger.board(&["--unit", "98101", "--month", "2019-01"]);
    assert!(board.contains("Không có nhóm mục tiêu nào được giao cho thời gian này."), "{board}");
}
