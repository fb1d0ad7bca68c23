//! What a load stores: rows resolved to units of their time, once however often they come.

use store::task::Audience;

use crate::world::{Files, Ledger};

#[tokio::test]
async fn a_folder_loaded_twice_changes_nothing_and_writes_nothing() {
    for ledger in [Ledger::sqlite().await, Ledger::postgres().await] {
        assert_eq!(ledger.news(&Files::fitting()).await, [6, 2, 1, 1, 3, 1, 2, 4]);
        assert_eq!(ledger.sequence().await, 1);
        assert_eq!(ledger.news(&Files::fitting()).await, [0; 8]);
        // Other bytes, the same rows: the header in another order, marks written apart, line ends of another system.
        let same = Files::fitting()
            .with("groups.csv", "\u{feff}name,weight,code,resolution\r\nCha\u{306}n nuôi,1,G1,NQ\r\n")
            .with("measurements.csv", Files::fitting().text("measurements.csv").replace("4.5,60", "\"4.50\",060"));
        assert_eq!(ledger.news(&same).await, [0; 8]);
        assert_eq!(ledger.sequence().await, 1, "nothing was written");
        ledger.assert_sound().await;
    }
}

#[tokio::test]
async fn a_later_folder_adds_only_what_is_new() {
    let ledger = Ledger::sqlite().await;
    ledger.load(&Files::fitting()).await.unwrap();
    // A correction, a withdrawal, and the same row once more than the ledger has it.
    let numbers = "unit,indicator,period,known_on,value,weight,source\n\
                   111,DAN,2024-03,2024-04-08,20,,Biểu 3\n\
                   111,DAN,2024-03,2024-05-08,21,,Biểu 3\n\
                   112,DAN,2024-Q1,2024-05-08,,,\n\
                   111,DAN,2024-03,2024-04-08,20,,Biểu 3\n";
    let later = ["units", "successions", "resolutions", "groups", "indicators", "people", "targets"]
        .iter()
        .fold(Files::fitting(), |files, name| files.without(&format!("{name}.csv")))
        .with("measurements.csv", numbers);
    let loaded = ledger.load(&later).await.unwrap();
    assert_eq!((loaded.files[0].new, loaded.files[0].known), (3, 1));
    assert_eq!(ledger.news(&later).await, [0]);
    ledger.assert_sound().await;
}

#[tokio::test]
async fn codes_mean_the_unit_of_their_time() {
    let ledger = Ledger::sqlite().await;
    let files = Files::fitting()
        .and_line("measurements.csv", "111,DAN,2025,2025-07-31,1,,")
        .and_line("measurements.csv", "112,DAN,2025,2025-07-31,2,,")
        .and_line("targets.csv", "111,DAN,2025-01-01,2025-12-31,,5,,,,")
        .and_line("targets.csv", "111,DAN,2025-08-01,2025-12-31,,6,,,,");
    ledger.load(&files).await.unwrap();
    let mut snapshot = ledger.store.load_snapshot().await.unwrap();
    let known = std::mem::take(&mut snapshot.known);
    let name = |id| known.nouns.units.iter().find(|unit| unit.id == id).unwrap().name.clone();
    let mut numbers = Vec::new();
    snapshot.measurements(&mut |row, _| numbers.push((row.unit, row.period.to_string()))).await.unwrap();
    let numbers: Vec<(String, String)> = numbers.into_iter().map(|(unit, period)| (name(unit), period)).collect();
    let said = |unit: &str, period: &str| (unit.to_owned(), period.to_owned());
    assert_eq!(
        numbers,
        [
            said("xã Sín Pao", "2024-03"),
            said("xã Tả Vai", "2024-Q1"),
            said("xã Tả Vai", "2024-03"),
            said("xã Mường Vân", "2025-07"),
            // The whole year: who bears the code on its last day, else the last that bore it.
            said("xã Mường Vân", "2025"),
            said("xã Tả Vai", "2025"),
        ]
    );
    let targets: Vec<String> = known.nouns.targets.iter().skip(2).map(|target| name(target.unit)).collect();
    assert_eq!(targets, ["xã Sín Pao", "xã Mường Vân"]);
    let succession = &known.nouns.successions[0];
    assert_eq!((name(succession.from_unit), name(succession.to_unit)), ("xã Sín Pao".to_owned(), "xã Mường Vân".to_owned()));
    assert_eq!(known.nouns.successions[1].share_millionths, Some(620_000));
    let parents: Vec<String> = known.nouns.units.iter().filter_map(|unit| unit.parent).map(name).collect();
    assert_eq!(parents[..4], ["tỉnh Lam Giang", "huyện Mường Vân", "huyện Mường Vân", "tỉnh Lam Giang"]);
}

#[tokio::test]
async fn names_are_units_where_one_fits_and_bodies_where_none_does() {
    let ledger = Ledger::sqlite().await;
    let files = Files::fitting()
        .and_line("units.csv", "113,xã Trùng Tên,xã,,1,,")
        .and_line("units.csv", "114,xã Trùng Tên,xã,,1,,")
        .and_line("targets.csv", "11,DAN,2021-01-01,2021-12-31,Tỉnh ủy Lam Giang,1,,,,")
        .and_line("targets.csv", "11,DAN,2022-01-01,2022-12-31,xã Trùng Tên,1,,,,")
        .and_line("targets.csv", "11,DAN,2023-01-01,2023-12-31,,1,,,,");
    ledger.load(&files).await.unwrap();
    let known = ledger.store.load_snapshot().await.unwrap().known;
    let named = |name: &str| known.nouns.units.iter().filter(|unit| unit.name == name).map(|unit| unit.id).collect::<Vec<_>>();
    let congress = named("Đại hội huyện");
    assert_eq!(congress.len(), 1, "the issuer and the assigner are one body");
    assert_eq!(known.nouns.resolutions[0].issuer, Some(congress[0]));
    let party = named("Tỉnh ủy Lam Giang")[0];
    let assigners: Vec<_> = known.nouns.targets.iter().map(|target| target.assigner).collect();
    assert_eq!(assigners, [Some(congress[0]), Some(party), Some(party), None, None]);
    assert_eq!(known.positions[0].unit, Some(party), "by name, at the coded body");
    assert_eq!(ledger.news(&files).await, [0; 8], "names resolve the same again");
}

#[tokio::test]
async fn groups_that_came_before_their_resolution_are_linked_to_it() {
    let ledger = Ledger::sqlite().await;
    assert_eq!(ledger.news(&Files::fitting().without("resolutions.csv")).await, [6, 2, 1, 3, 1, 2, 4]);
    let group = |known: &store::load::Known| known.nouns.groups[0].resolution;
    assert_eq!(group(&ledger.store.load_snapshot().await.unwrap().known), None);
    assert_eq!(ledger.news(&Files::fitting()).await, [0, 0, 1, 0, 0, 0, 0, 0]);
    let known = ledger.store.load_snapshot().await.unwrap().known;
    assert_eq!(group(&known), Some(known.nouns.resolutions[0].id));
    ledger.assert_sound().await;
}

#[tokio::test]
async fn two_people_of_one_name_stay_two() {
    let ledger = Ledger::sqlite().await;
    let files = Files::fitting()
        .and_line("people.csv", "P2,Giàng A Páo,Phó Chủ tịch,UBND xã Sín Pao,2021-01-01,2024-12-31")
        .and_line("people.csv", "P1,Giàng A Páo,Chủ tịch HĐND,HĐND tỉnh Lam Giang,,");
    ledger.load(&files).await.unwrap();
    let people = ledger.store.people().await.unwrap();
    assert_eq!(people.iter().map(|person| person.code.as_deref().unwrap()).collect::<Vec<_>>(), ["P1", "P2"]);
    let positions = ledger.store.positions_seen(people[0].id, Audience::Staff).await.unwrap();
    assert_eq!(
        positions.iter().map(|position| (position.ordinal, position.title.as_str())).collect::<Vec<_>>(),
        [(1, "Bí thư"), (2, "Chủ tịch HĐND")]
    );
}

#[tokio::test]
async fn a_unit_of_measure_stands_as_given() {
    let ledger = Ledger::sqlite().await;
    // Only a ratio in exactly `%` is counted in hundredths.
    let files = Files::fitting().and_line("indicators.csv", "TV,Tỷ lệ tiêm vét, %,1,up,ratio,last,G1,1");
    ledger.load(&files).await.unwrap();
    let known = ledger.store.load_snapshot().await.unwrap().known;
    let units: Vec<&str> = known.nouns.indicators.iter().map(|indicator| indicator.unit_of_measure.as_str()).collect();
    assert_eq!(units, ["con", "%", "%", " %"]);
    assert_eq!(ledger.news(&files).await, [0; 8]);
}
