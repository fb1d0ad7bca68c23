//! What is printed equals the golden files, byte by byte.

use std::fs;
use std::path::Path;

use crate::support::{BOTH, Ledger, small};

#[test]
fn the_small_world_gives_the_numbers_worked_out_by_hand() {
    let files = golden_files(&small());
    assert_eq!(files.len(), 9);
    for on in BOTH {
        let ledger = Ledger::of(on, &small());
        for file in &files {
            let (month, known_on, more) = question_of(file);
            let more: Vec<&str> = more.iter().map(String::as_str).collect();
            let golden = fs::read_to_string(small().join(file)).unwrap();
            assert_eq!(all_units(&ledger, &month, &known_on, &more), golden, "{on:?} {file}");
        }
    }
}

/// The CSV of every unit.
pub fn all_units(ledger: &Ledger, month: &str, known_on: &str, more: &[&str]) -> String {
    ledger.board(&[&["--all-units", "--month", month, "--known-on", known_on, "--format", "csv"], more].concat())
}

fn golden_files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("golden-")).collect()
}

/// `golden-2025-05-known-2025-07-20-restated-to-2025-07-31.csv` as arguments.
fn question_of(file: &str) -> (String, String, Vec<String>) {
    let name = file.strip_prefix("golden-").and_then(|name| name.strip_suffix(".csv")).unwrap();
    let (month, rest) = name.split_once("-known-").unwrap();
    let (known_on, tree) = rest.split_at(10);
    let more = match tree.strip_prefix("-restated-to-") {
        Some(day) => vec!["--restate-to".to_owned(), day.to_owned()],
        None if tree == "-as-reported" => vec!["--as-reported".to_owned()],
        None => Vec::new(),
    };
    (month.to_owned(), known_on.to_owned(), more)
}
