//! What is loaded and worth a look.

use crate::world::{Files, Ledger, sentences};

async fn warnings(lines: &[&str]) -> Vec<String> {
    let ledger = Ledger::sqlite().await;
    let files = lines.iter().fold(Files::fitting(), |files, line| files.and_line("measurements.csv", line));
    let loaded = ledger.load(&files).await.unwrap();
    assert!(loaded.load.is_some());
    sentences(&loaded.warnings)
}

#[tokio::test]
async fn a_folder_that_fits_has_none() {
    assert_eq!(warnings(&[]).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_day_in_the_future() {
    let says = "measurements.csv, line 6, column known_on: “2025-08-02” is in the future: the number shows from that day on";
    assert_eq!(warnings(&["1,TT,2024,2025-08-02,7.1,,"]).await, [says]);
}

#[tokio::test]
async fn a_number_at_a_unit_and_below_it() {
    let said = warnings(&["11,DAN,2024-Q1,2024-04-09,50,,"]).await;
    let twice = |line: u64, value: &str, other: &str| {
        format!("measurements.csv, line {line}: “DAN, {value}” has a number together with {other}: the board adds both")
    };
    assert_eq!(
        said,
        [
            twice(2, "xã Sín Pao", "huyện Mường Vân (2024-Q1)"),
            twice(3, "xã Tả Vai", "huyện Mường Vân (2024-Q1)"),
            twice(6, "huyện Mường Vân", "xã Sín Pao (2024-03)"),
            twice(6, "huyện Mường Vân", "xã Tả Vai (2024-Q1)"),
        ]
    );
    // Another time, another tree, an indicator that is not added up: nothing to say.
    assert_eq!(
        warnings(&["11,DAN,2024-Q2,2024-07-09,50,,", "11,TT,2024,2025-01-09,7,,", "111,TT,2024,2025-01-09,7,,"]).await,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_number_below_one_that_the_ledger_has() {
    let ledger = Ledger::sqlite().await;
    ledger.load(&Files::fitting()).await.unwrap();
    let later = "unit,indicator,period,known_on,value\n11,DAN,2024-03,2024-05-08,9\n";
    let loaded = ledger.load(&Files::fitting().with("measurements.csv", later)).await.unwrap();
    let said = sentences(&loaded.warnings);
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said.iter().any(|sentence| sentence.contains("line 2: “DAN, huyện Mường Vân” has a number together with xã Tả Vai (2024-Q1)")));
}

#[tokio::test]
async fn a_successor_reports_for_a_time_before_it_was_there() {
    let said = warnings(&["111,DAN,2025,2025-07-31,9,,"]).await;
    assert_eq!(
        said,
        ["measurements.csv, line 6, column period: “2025” begins before xã Mường Vân (2025-07-01) existed: \
          it is added to its predecessors' numbers"]
    );
}

#[tokio::test]
async fn a_group_of_a_resolution_that_nothing_describes() {
    let ledger = Ledger::sqlite().await;
    let loaded = ledger.load(&Files::fitting().and_line("groups.csv", "N9,G2,Y tế,1")).await.unwrap();
    assert_eq!(
        sentences(&loaded.warnings),
        ["groups.csv, line 3, column resolution: there is no resolution “N9” in resolutions.csv or in the ledger; \
          this group has the default rules"]
    );
}

#[tokio::test]
async fn known_shares_that_are_more_than_the_whole() {
    let ledger = Ledger::sqlite().await;
    let files = Files::fitting().and_line("successions.csv", "112,1,2025-07-01,,0.3801");
    let says = |line| {
        format!("successions.csv, line {line}, column share: the known shares of unit “112” on that day add up to 1.0001, more than 1")
    };
    assert_eq!(sentences(&ledger.load(&files).await.unwrap().warnings), [says(3), says(4)]);
}
