//! Every row that does not fit has its file, its line, its column, its value and its own sentence; and nothing is stored.

use cotmoc::lang::Lang;
use cotmoc::load::LoadFault;

use crate::world::{Files, Ledger};

/// One line more in a file, and the one thing that is wrong with it.
async fn check_line(file: &str, line: &str, expected: &str) {
    let ledger = Ledger::sqlite().await;
    assert_eq!(ledger.faults(&Files::fitting().and_line(file, line)).await, [expected], "{file}: {line}");
}

#[tokio::test]
async fn units() {
    for (line, expected) in [
        (",xã A,xã,,,,", "units.csv, line 8, column code: is empty; a value is needed"),
        ("9,,xã,,,,", "units.csv, line 8, column name: is empty; a value is needed"),
        ("9,xã A,xã,vùng,,,", "units.csv, line 8, column class: “vùng” is none of area, body"),
        ("9,xã A,xã,,,1/1/2004,", "units.csv, line 8, column valid_from: “1/1/2004” is no day; write it as 2024-03-31"),
        ("9,xã A,xã,,,,2023-02-29", "units.csv, line 8, column valid_to: “2023-02-29” is no day; write it as 2024-03-31"),
        ("9,xã A,xã,,,2024-01-02,2024-01-01", "units.csv, line 8, column valid_to: “2024-01-01” is before the first day 2024-01-02"),
        ("112,xã A,xã,,,2004-01-01,2020-01-01", "units.csv, line 8, column code: “112” has the key of another row on line 5"),
        (
            "112,xã A,xã,,,2025-06-30,",
            "units.csv, line 8, column code: the code “112” belongs to another unit on line 5 at the same time: 2025-06-30 … 2025-06-30",
        ),
        (
            "112,xã A,xã,,,2025-07-02,",
            "units.csv, line 8, column code: nobody bears the code “112” between this row and another unit on line 5: 2025-07-01 … 2025-07-01",
        ),
        ("9,xã A,xã,,77,,", "units.csv, line 8, column parent: no unit bears the code “77” in units.csv or in the ledger"),
        (
            "9,xã A,xã,,11,2025-07-01,",
            "units.csv, line 8, column parent: no unit bore the code “11” then; it was borne 2004-01-01 … 2025-06-30",
        ),
        ("9,xã A,xã,,9,,", "units.csv, line 8, column parent: the unit “9” is above itself: 9 → 9"),
        ("9,xã A", "units.csv, line 8: the row has 2 fields, the header has 7"),
        ("9,xã\u{7}A,xã,,,,", "units.csv, line 8, column name: holds a control character; the file may be damaged"),
    ] {
        check_line("units.csv", line, expected).await;
    }
}

#[tokio::test]
async fn circles_in_the_tree() {
    let ledger = Ledger::sqlite().await;
    // Two units that are each above the other, and two that never are at one time.
    let files = Files::fitting()
        .and_line("units.csv", "8,xã A,xã,,9,2024-01-01,")
        .and_line("units.csv", "9,xã B,xã,,8,2024-06-01,")
        .and_line("units.csv", "6,xã C,xã,,7,2024-01-01,2024-05-31")
        .and_line("units.csv", "7,xã D,xã,,6,2024-01-01,2024-05-31")
        .and_line("units.csv", "7,xã E,xã,,1,2024-06-01,");
    let faults = ledger.faults(&files).await;
    let says = |line: u64, code: &str, chain: &str, day: &str| {
        format!("units.csv, line {line}, column parent: the unit “{code}” is above itself: {chain} ({day})")
    };
    assert_eq!(
        faults,
        [
            says(8, "8", "8 → 9 → 8", "2024-06-01"),
            says(9, "9", "9 → 8 → 9", "2024-06-01"),
            says(10, "6", "6 → 7 → 6", "2024-01-01"),
            says(11, "7", "7 → 6 → 7", "2024-01-01"),
        ]
    );
    let one_after_the_other = Files::fitting()
        .and_line("units.csv", "8,xã A,xã,,9,2024-01-01,2024-12-31")
        .and_line("units.csv", "9,xã B,xã,,1,2024-01-01,2024-12-31")
        .and_line("units.csv", "8,xã A,xã,,1,2025-01-01,")
        .and_line("units.csv", "9,xã B,xã,,8,2025-01-01,");
    assert!(ledger.load(&one_after_the_other).await.is_ok());
}

#[tokio::test]
async fn successions() {
    for (line, expected) in [
        ("112,111,1/7/2025,,0.1", "successions.csv, line 4, column on: “1/7/2025” is no day; write it as 2024-03-31"),
        ("112,9,2025-07-01,,0.1", "successions.csv, line 4, column to: no unit bears the code “9” in units.csv or in the ledger"),
        (
            "112,11,2025-07-01,,0.1",
            "successions.csv, line 4, column to: no unit bore the code “11” then; it was borne 2004-01-01 … 2025-06-30",
        ),
        ("11,111,2025-07-01,,1.5", "successions.csv, line 4, column share: “1.5”: a share lies between 0 and 1"),
        ("11,111,2025-07-01,,-0.1", "successions.csv, line 4, column share: “-0.1”: a share lies between 0 and 1"),
        ("11,111,2025-07-01,,0.12345", "successions.csv, line 4, column share: “0.12345” has more than 4 decimals; nothing is rounded"),
        ("11,111,2025-07-01,,nửa", "successions.csv, line 4, column share: “nửa” is no number; write it as 1234 or 12.5"),
        ("112,111,2025-07-01,,", "successions.csv, line 4, column from: “112” has the key of another row on line 3"),
    ] {
        check_line("successions.csv", line, expected).await;
    }
}

#[tokio::test]
async fn resolutions_groups_and_indicators() {
    for (file, line, expected) in [
        ("resolutions.csv", "NQ,,,,,,,,,,", "resolutions.csv, line 3, column code: “NQ” has the key of another row on line 2"),
        (
            "resolutions.csv",
            "N2,,,,,77,,,,,",
            "resolutions.csv, line 3, column unit: no unit bears the code “77” in units.csv or in the ledger",
        ),
        ("resolutions.csv", "N2,,,,,,,,most,,", "resolutions.csv, line 3, column group_rule: “most” is none of mean, all, any"),
        (
            "resolutions.csv",
            "N2,,,,,,,,,100%,",
            "resolutions.csv, line 3, column bands: “100%” gives no bands; write them as 10000;7000 (at most ten, in basis points)",
        ),
        ("resolutions.csv", "N2,,,,,,,,,,true", "resolutions.csv, line 3, column from_baseline: “true” is none of yes, no"),
        ("groups.csv", "NQ,G2,Y tế,-1", "groups.csv, line 3, column weight: “-1” is below 0; it must be 0 or more"),
        ("groups.csv", "NQ,G2,Y tế,0.5", "groups.csv, line 3, column weight: “0.5” is no whole number; write it as 120"),
        ("groups.csv", "NQ,G1,Chăn nuôi,1", "groups.csv, line 3, column code: “G1” has the key of another row on line 2"),
        (
            "indicators.csv",
            "X,,,0,up,sum,sum,G9,1",
            "indicators.csv, line 5, column group: there is no group “G9” in groups.csv or in the ledger",
        ),
        ("indicators.csv", "X,,,10,up,sum,sum,G1,1", "indicators.csv, line 5, column decimals: “10”: decimals go from 0 to 9"),
        ("indicators.csv", "X,,,0,UP,sum,sum,G1,1", "indicators.csv, line 5, column direction: “UP” is none of up, down"),
        (
            "indicators.csv",
            "X,,,0,up,mean,sum,G1,1",
            "indicators.csv, line 5, column rule_area: “mean” is none of sum, weighted_mean, ratio, none",
        ),
        ("indicators.csv", "X,,,0,up,sum,,G1,1", "indicators.csv, line 5, column rule_period: “” is none of sum, last, at, mean"),
        ("indicators.csv", "TL,,,0,up,sum,sum,G1,1", "indicators.csv, line 5, column code: “TL” has the key of another row on line 3"),
        (
            "people.csv",
            "P1,Giàng A Sở,Bí thư,,,",
            "people.csv, line 3, column name: “Giàng A Sở”: this person's code belongs to Giàng A Páo",
        ),
        ("people.csv", "P2,,Bí thư,,,", "people.csv, line 3, column name: is empty; a value is needed"),
    ] {
        check_line(file, line, expected).await;
    }
}

#[tokio::test]
async fn targets() {
    for (line, expected) in [
        ("77,DAN,,,,1,,,,", "targets.csv, line 4, column unit: no unit bears the code “77” in units.csv or in the ledger"),
        (
            "11,DAN,2025-07-01,2025-12-31,,1,,,,",
            "targets.csv, line 4, column unit: no unit bore the code “11” then; it was borne 2004-01-01 … 2025-06-30",
        ),
        ("11,X,,,,1,,,,", "targets.csv, line 4, column indicator: there is no indicator “X” in indicators.csv or in the ledger"),
        ("11,DAN,,,,1.5,,,,", "targets.csv, line 4, column value: “1.5” has more than 0 decimals; nothing is rounded"),
        ("11,DAN,,,,10,9,,,", "targets.csv, line 4, column value_to: “9” is below the lower bound 10"),
        ("11,DAN,,,,1,,một,,", "targets.csv, line 4, column baseline: “một” is no number; write it as 1234 or 12.5"),
        ("11,DAN,2024-01-01,2023-12-31,,1,,,,", "targets.csv, line 4, column to: “2023-12-31” is before the first day 2024-01-01"),
        ("11,DAN,,,,1,,,,2024-13-01", "targets.csv, line 4, column known_on: “2024-13-01” is no day; write it as 2024-03-31"),
    ] {
        check_line("targets.csv", line, expected).await;
    }
}

#[tokio::test]
async fn measurements() {
    for (line, expected) in [
        (
            "77,DAN,2024-03,2024-04-08,1,,",
            "measurements.csv, line 6, column unit: no unit bears the code “77” in units.csv or in the ledger",
        ),
        (
            "112,DAN,2025-07,2025-08-08,1,,",
            "measurements.csv, line 6, column unit: no unit bore the code “112” then; it was borne 2004-01-01 … 2025-06-30",
        ),
        (
            "111,X,2024-03,2024-04-08,1,,",
            "measurements.csv, line 6, column indicator: there is no indicator “X” in indicators.csv or in the ledger",
        ),
        (
            "111,DAN,2024-Q5,2024-04-08,1,,",
            "measurements.csv, line 6, column period: “2024-Q5” is no period; write it as 2024, 2024-H1, 2024-9M, 2024-Q1 or 2024-03",
        ),
        ("111,DAN,2024-03,8/4/2024,1,,", "measurements.csv, line 6, column known_on: “8/4/2024” is no day; write it as 2024-03-31"),
        ("111,DAN,2024-03,,1,,", "measurements.csv, line 6, column known_on: is empty; a value is needed"),
        (
            "111,DAN,2024-03,2024-04-08,1.234.567,,",
            "measurements.csv, line 6, column value: “1.234.567” is no number; write it as 1234 or 12.5",
        ),
        ("111,DAN,2024-03,2024-04-08,1.5,,", "measurements.csv, line 6, column value: “1.5” has more than 0 decimals; nothing is rounded"),
        (
            "111,DAN,2024-03,2024-04-08,1234567890123456789,,",
            "measurements.csv, line 6, column value: “1234567890123456789” has more than 18 digits",
        ),
        (
            "111,TL,2024-03,2024-04-08,4.5,,",
            "measurements.csv, line 6, column weight: “”: this indicator needs a weight above 0 beside the value",
        ),
        (
            "111,TL,2024-03,2024-04-08,4.5,0,",
            "measurements.csv, line 6, column weight: “0”: this indicator needs a weight above 0 beside the value",
        ),
        ("111,TL,2024-03,2024-04-08,4.5,6.5,", "measurements.csv, line 6, column weight: “6.5” is no whole number; write it as 120"),
    ] {
        check_line("measurements.csv", line, expected).await;
    }
}

#[tokio::test]
async fn files_that_are_no_tables_of_this_kind() {
    let ledger = Ledger::sqlite().await;
    let rows = |name: &str| Files::fitting().text(name);
    for (name, bytes, expected) in [
        ("measurements.csv", Vec::new(), "measurements.csv: the file is empty; its first line must name the columns"),
        (
            "measurements.csv",
            rows("measurements.csv").replacen("value", "gia_tri", 1).into_bytes(),
            "measurements.csv, line 1: this file has no column “gia_tri”; it takes unit, indicator, period, known_on, value, weight, source",
        ),
        (
            "measurements.csv",
            rows("measurements.csv").replacen("weight", "value", 1).into_bytes(),
            "measurements.csv, line 1: the column “value” stands twice",
        ),
        ("groups.csv", b"resolution,name\nNQ,A\n".to_vec(), "groups.csv, line 1: the column “code” is missing"),
    ] {
        let faults = ledger.faults(&Files::fitting().with(name, bytes)).await;
        assert_eq!(faults, [expected]);
    }
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("code,name".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(ledger.faults(&Files::fitting().with("groups.csv", utf16)).await, ["groups.csv: the file is in UTF-16; save it as UTF-8"]);
    // "Chăn nuôi" in the code page of old Vietnamese systems.
    let old = b"resolution,code,name,weight\nNQ,G1,Ch\xe3n nu\xf4i,1\n".to_vec();
    let faults = ledger.faults(&Files::fitting().with("groups.csv", old)).await;
    assert_eq!(faults, ["groups.csv, line 2, column name: this line is not UTF-8; save the file as UTF-8 (spreadsheets: “CSV UTF-8”)"]);
}

#[tokio::test]
async fn a_folder_without_any_of_the_files_is_told_and_so_is_none() {
    let ledger = Ledger::sqlite().await;
    let nothing = ["units", "successions", "resolutions", "groups", "indicators", "people", "targets", "measurements"]
        .iter()
        .fold(Files::fitting(), |files, name| files.without(&format!("{name}.csv")));
    assert!(matches!(ledger.load(&nothing.with("so-lieu.csv", "a\n")).await, Err(LoadFault::NoFiles)));
}

#[tokio::test]
async fn a_row_that_does_not_fit_is_told_once_and_not_by_every_row_that_names_it() {
    let ledger = Ledger::sqlite().await;
    let files = Files::fitting();
    let indicators = files.text("indicators.csv").replace("Tổng đàn,con,0,up", "Tổng đàn,con,0,lên");
    let faults = ledger.faults(&files.with("indicators.csv", indicators)).await;
    assert_eq!(faults, ["indicators.csv, line 2, column direction: “lên” is none of up, down"]);
}

#[tokio::test]
async fn a_hundred_are_shown_and_the_others_counted() {
    let ledger = Ledger::sqlite().await;
    let mut files = Files::fitting().and_line("groups.csv", "NQ,G2,,-1");
    for _ in 0..250 {
        files = files.and_line("measurements.csv", "77,DAN,2024-03,2024-04-08,1,,");
    }
    let Err(LoadFault::Rows(listed)) = ledger.load(&files).await else { panic!() };
    assert_eq!((listed.shown.len(), listed.others, listed.shown[0].file), (100, 151, "groups.csv"));
    assert_eq!(
        Lang::Vi.load_fault(&listed.shown[1]),
        "measurements.csv, dòng 6, cột unit: chưa có đơn vị nào mang mã «77» trong units.csv hay trong sổ"
    );
    assert_eq!(ledger.sequence().await, 0);
}

#[tokio::test]
async fn what_the_ledger_holds_is_not_changed_by_a_load() {
    let ledger = Ledger::sqlite().await;
    ledger.load(&Files::fitting()).await.unwrap();
    for (file, from, to, expected) in [
        (
            "units.csv",
            "112,xã Tả Vai",
            "112,xã Tả Văi",
            "units.csv, line 5, column code: “112” is in the ledger with another name (xã Tả Vai); a load changes no row that is there",
        ),
        (
            "successions.csv",
            "0.62",
            "0.63",
            "successions.csv, line 3, column from: “112” is in the ledger with another share (0.62); a load changes no row that is there",
        ),
        (
            "resolutions.csv",
            "mean",
            "all",
            "resolutions.csv, line 2, column code: “NQ” is in the ledger with another group_rule (mean); a load changes no row that is there",
        ),
        (
            "groups.csv",
            "Chăn nuôi,1",
            "Chăn nuôi,2",
            "groups.csv, line 2, column code: “G1” is in the ledger with another weight (1); a load changes no row that is there",
        ),
        (
            "indicators.csv",
            "con,0,up",
            "con,0,down",
            "indicators.csv, line 2, column code: “DAN” is in the ledger with another direction (up); a load changes no row that is there",
        ),
    ] {
        let files = Files::fitting();
        let changed = files.text(file).replace(from, to);
        assert_eq!(ledger.faults(&files.with(file, changed)).await, [expected]);
    }
    // A unit that meets one of the ledger in its time.
    let faults = ledger.faults(&Files::fitting().and_line("units.csv", "112,xã A,xã,,,2020-01-01,")).await;
    assert_eq!(
        faults,
        ["units.csv, line 8, column code: the code “112” belongs to another unit in the ledger at the same time: 2020-01-01 … 2025-06-30"]
    );
    ledger.assert_sound().await;
}

#[tokio::test]
async fn lines_are_counted_on_every_system_and_open_quotations_are_told() {
    let ledger = Ledger::sqlite().await;
    let apart = |ends: &str| Files::fitting().text("measurements.csv").replace('\n', ends) + "111,DAN,2024-Q5,2024-04-08,1,,";
    for ends in ["\n", "\r\n", "\r"] {
        let faults = ledger.faults(&Files::fitting().with("measurements.csv", apart(ends))).await;
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("measurements.csv, line 6, column period: “2024-Q5” is no period"), "{ends:?} {faults:?}");
    }
    let open = Files::fitting().text("groups.csv") + "NQ,G2,\"Y tế,1\nNQ,G3,Giáo dục,1\n";
    let faults = ledger.faults(&Files::fitting().with("groups.csv", open)).await;
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with("groups.csv, line 3: a quotation mark that opens in this row is never closed"), "{faults:?}");
    let endless = format!("code,name\n9,{}\n", "a".repeat(2_000_000));
    let faults = ledger.faults(&Files::fitting().with("units.csv", endless)).await;
    assert!(faults[0].starts_with("units.csv, line 2: "), "{faults:?}");
}

/// A row that does not fit makes no other row look wrong: the code would have had its bearer all the time.
#[tokio::test]
async fn no_gap_is_told_where_the_bearer_s_own_row_does_not_fit() {
    let ledger = Ledger::sqlite().await;
    let files = Files::fitting()
        .and_line("units.csv", "112,xã A,xã,vùng,,2025-07-01,2025-12-31")
        .and_line("units.csv", "112,xã B,xã,,,2026-01-01,");
    assert_eq!(ledger.faults(&files).await, ["units.csv, line 8, column class: “vùng” is none of area, body"]);
}
