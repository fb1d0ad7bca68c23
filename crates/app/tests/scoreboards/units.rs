//! A real reorganisation: the 99 communes of Lào Cai since 1 July 2025 and what each was made from. Only facts of public acts,
//! taken from the MIT-licensed data set that the file's first line names; nothing is measured here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cotmoc::scoreboard::Scoreboards;
use domain::fold::{fold, tidy};
use domain::unit::Unit;
use jiff::civil::{Date, date};

use crate::support::{BOTH, Ledger, On, tests};

const BEFORE: Date = date(2025, 6, 30);
const SINCE: Date = date(2025, 7, 1);
/// The former districts of Yên Bái; the others were of Lào Cai.
const OF_YEN_BAI: [&str; 9] = [
    "Thành phố Yên Bái",
    "Thị xã Nghĩa Lộ",
    "Huyện Lục Yên",
    "Huyện Văn Yên",
    "Huyện Mù Căng Chải",
    "Huyện Trấn Yên",
    "Huyện Trạm Tấu",
    "Huyện Văn Chấn",
    "Huyện Yên Bình",
];
/// The former district whose ten units went into three communes, one of them across its border.
const SI_MA_CAI: &str = "Huyện Si Ma Cai";

/// A line of the file.
struct Commune {
    code: String,
    name: String,
    merged_from: Vec<String>,
    old_name: String,
    old_district: String,
}

/// A unit that was merged.
struct Former {
    code: String,
    name: String,
    parent: String,
    successor: String,
}

#[tokio::test]
async fn codes_and_names_that_recur_are_told_apart_by_the_day() {
    let (communes, ledger) = loaded(On::Sqlite);
    let store = ledger.open().await;
    let rows = Scoreboards::default().ledger(&store).await.unwrap();
    let name = |code: &str, day| rows.unit_at(code, day).map(|unit| unit.name.clone()).unwrap_or_else(|| panic!("{code} on {day}"));
    for commune in &communes {
        assert_eq!((name(&commune.code, BEFORE), name(&commune.code, SINCE)), (commune.old_name.clone(), commune.name.clone()));
    }
    assert_eq!(communes.iter().filter(|commune| bare(&commune.name) != bare(&commune.old_name)).count(), 34);
    assert_eq!((name("15", BEFORE), name("15", SINCE)), ("tỉnh Yên Bái".to_owned(), "tỉnh Lào Cai".to_owned()));
    let province = rows.unit_at("15", SINCE).unwrap().id;
    assert_eq!(rows.members(province, SINCE).len(), 1 + 99);
    let named = |name: &str| -> Vec<&Unit> {
        rows.nouns().units.iter().filter(|unit| unit.name == name && unit.valid_to == Some(BEFORE)).collect()
    };
    for homonym in ["Phường Nam Cường", "Xã Thanh Bình", "Xã Tân Thịnh"] {
        assert_eq!(named(homonym).len(), 2, "{homonym}");
    }
    store.close().await;
}

#[tokio::test]
async fn units_went_across_the_borders_of_districts() {
    let (_, ledger) = loaded(On::Sqlite);
    let store = ledger.open().await;
    let rows = Scoreboards::default().ledger(&store).await.unwrap();
    let district = rows.unit_at(SI_MA_CAI, BEFORE).unwrap().id;
    let mut went: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in rows.children(district, BEFORE) {
        let successors: Vec<_> = rows.nouns().successions.iter().filter(|succession| succession.from_unit == unit).collect();
        assert_eq!(successors.len(), 1);
        *went.entry(rows.unit(successors[0].to_unit).unwrap().code.as_deref().unwrap()).or_default() += 1;
    }
    assert_eq!(went, BTreeMap::from([("02809", 5), ("02824", 4), ("02848", 1)]));
    store.close().await;
}

#[tokio::test]
async fn a_ledger_without_targets_has_empty_boards_and_loading_again_changes_nothing() {
    for on in BOTH {
        let (_, ledger) = loaded(on);
        let entries = ledger.sound_entries().await;
        ledger.load(folder(&communes()).path());
        assert_eq!(ledger.sound_entries().await, entries, "{on:?}");
        for question in [&["--month", "2025-06"][..], &["--month", "2025-07"], &["--month", "2025-06", "--restate-to", "2025-07-31"]] {
            for whose in [&["--all-units"][..], &["--unit", "02848"], &["--unit", "15"]] {
                let board = ledger.board(&[question, whose, &["--format", "csv"]].concat());
                assert_eq!(board, "unit,group,achievement_bp,band\n", "{on:?} {question:?} {whose:?}");
            }
        }
        let refusal = ledger.refusal(&["--unit", "10", "--month", "2025-07"]);
        assert!(refusal.contains("tỉnh Lào Cai (từ đầu đến 30/6/2025)"), "{refusal}");
    }
}

fn loaded(on: On) -> (Vec<Commune>, Ledger) {
    let communes = communes();
    let folder = folder(&communes);
    (communes, Ledger::of(on, folder.path()))
}

fn communes() -> Vec<Commune> {
    let text = fs::read_to_string(tests().join("units/lao-cai-2025.tsv")).unwrap();
    text.lines().skip(2).map(commune).collect()
}

/// In one form of Unicode: the file has both, as the papers of different offices do.
fn commune(line: &str) -> Commune {
    let [code, name, merged_from, old_name, old_district] = line.split('\t').map(tidy).collect::<Vec<_>>().try_into().unwrap();
    let merged_from = merged_from.split(", ").map(str::to_owned).collect();
    Commune { code, name, merged_from, old_name, old_district }
}

/// The facts as a folder for `cotmoc load`. Where the file gives no code of a former unit, its name stands for it.
fn folder(communes: &[Commune]) -> tempfile::TempDir {
    let mut units = String::from("code,name,kind,parent,valid_from,valid_to\n");
    let mut successions = String::from("from,to,on,act,share\n10,15,2025-07-01,,1\n15,15,2025-07-01,,1\n");
    units += "10,tỉnh Lào Cai,tỉnh,,,2025-06-30\n15,tỉnh Yên Bái,tỉnh,,,2025-06-30\n15,tỉnh Lào Cai,tỉnh,,2025-07-01,\n";
    let districts: std::collections::BTreeSet<&str> = communes.iter().map(|commune| commune.old_district.as_str()).collect();
    for district in districts {
        let _ = writeln!(units, "{district},{district},{},{},,2025-06-30", kind(district), province(district));
    }
    for former in former_units(communes) {
        let _ = writeln!(units, "{},{},{},{},,2025-06-30", former.code, former.name, kind(&former.name), former.parent);
        let _ = writeln!(successions, "{},{},2025-07-01,,1", former.code, former.successor);
    }
    for commune in communes {
        let _ = writeln!(units, "{},{},{},15,2025-07-01,", commune.code, commune.name, kind(&commune.name));
    }
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "units.csv", &units);
    write(folder.path(), "successions.csv", &successions);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

fn former_units(communes: &[Commune]) -> Vec<Former> {
    let mut units = Vec::new();
    for commune in communes {
        for printed in &commune.merged_from {
            units.push(former_unit(printed, commune, communes));
        }
    }
    units
}

/// A merged unit by its printed name: one of those whose code is known, or else one that goes by that name.
fn former_unit(printed: &str, into: &Commune, communes: &[Commune]) -> Former {
    let (name, district) = printed.split_once(" (").map_or((printed, None), |(name, district)| (name, district.strip_suffix(')')));
    let bears = |commune: &&Commune| {
        spelt_alike(&commune.old_name, name) && district.is_none_or(|district| fold(district) == fold(&commune.old_district))
    };
    let known = if name == "giữ nguyên" { Some(into) } else { communes.iter().find(bears) };
    let successor = into.code.clone();
    match known {
        Some(known) => Former { code: known.code.clone(), name: known.old_name.clone(), parent: known.old_district.clone(), successor },
        None => {
            let district =
                district.and_then(|district| communes.iter().map(|other| &other.old_district).find(|other| fold(other) == fold(district)));
            let parent = district.map_or_else(|| parent(name, into), String::as_str);
            Former { code: printed.to_owned(), name: name.to_owned(), parent: parent.to_owned(), successor }
        }
    }
}

/// What a former unit belonged to: its district where that is known, else the province.
fn parent(name: &str, into: &Commune) -> &'static str {
    if into.old_district == SI_MA_CAI || name == "Xã Lùng Thẩn" { SI_MA_CAI } else { province(&into.old_district) }
}

fn province(district: &str) -> &'static str {
    if OF_YEN_BAI.contains(&district) { "15" } else { "10" }
}

/// Spellings that vary between the sources behind the file.
const SPELT: [(&str, &str); 5] =
    [("oà", "òa"), ("Căng Chải", "Cang Chải"), ("Nậm Chầy", "Nậm Chày"), ("Tà Xi Láng", "Tà Si Láng"), ("Nông trường", "N.T")];

fn spelt_alike(one: &str, other: &str) -> bool {
    let plain = |name: &str| SPELT.iter().fold(name.to_owned(), |name, (this, that)| name.replace(this, that));
    plain(one) == plain(other)
}

/// A name without its kind, its tones set in one way.
fn bare(name: &str) -> String {
    let rest = ["Phường ", "Xã ", "Thị trấn "].iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name);
    rest.replace("oà", "òa")
}

fn kind(name: &str) -> String {
    let kinds = ["Thành phố", "Thị xã", "Thị trấn", "Huyện", "Phường", "Xã"];
    kinds.into_iter().find(|kind| name.starts_with(kind)).unwrap().to_lowercase()
}
