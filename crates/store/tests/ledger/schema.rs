//! The schema as both databases have it: `schema.sql` shows it whole, every table is watched or named as unwatched, and the
//! records know their columns.

use std::collections::BTreeSet;

use store::Store;
use store::record::Table;
use store::table::{DESK_TABLES, TABLES, UNJOURNALLED};

use crate::world::{Place, runtime};

const HEAD: &str = "-- The whole schema, as SQLite has it after every migration. Generated, to be read and not to be run; after a new migration:\n\
                    -- COTMOC_UPDATE_SCHEMA=1 cargo test -p store --test ledger schema\n";

fn ledger_tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().chain(&DESK_TABLES)
}

/// Runs a question about the schema on both databases.
fn ask_both(question: impl AsyncFn(&Place)) {
    runtime().block_on(async {
        for place in Place::both() {
            Store::open(&place.url).await.unwrap().close().await;
            question(&place).await;
        }
    });
}

async fn columns(place: &Place, table: &str) -> Vec<(String, String)> {
    let sql = if place.is_sqlite() {
        format!("SELECT name, lower(type) FROM pragma_table_info('{table}') ORDER BY cid")
    } else {
        format!(
            "SELECT column_name::text, data_type::text FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position"
        )
    };
    place.peek(&sql).await.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect()
}

#[test]
fn schema_sql_is_what_the_migrations_make() {
    runtime().block_on(async {
        let place = Place::sqlite();
        Store::open(&place.url).await.unwrap().close().await;
        let sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name";
        let statements = place.peek(sql).await.into_iter().map(|row| format!("\n{};\n", row[0]));
        let made = HEAD.to_owned() + &statements.collect::<String>();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.sql");
        if std::env::var_os("COTMOC_UPDATE_SCHEMA").is_some() {
            std::fs::write(file, &made).unwrap();
        }
        let kept = std::fs::read_to_string(file).unwrap_or_default();
        assert!(kept == made, "schema.sql is out of date: its head says how to make it anew");
    });
}

#[test]
fn every_table_is_watched_or_named_as_unwatched() {
    ask_both(async |place| {
        let sql = if place.is_sqlite() {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        } else {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
        };
        let standing: BTreeSet<String> = place.peek(sql).await.into_iter().map(|row| row[0].clone()).collect();
        let watched = ledger_tables().map(|table| table.name);
        let known: BTreeSet<String> = watched.chain(UNJOURNALLED.iter().map(|(name, _)| *name)).map(str::to_owned).collect();
        assert_eq!(standing, known);
        assert_eq!(known.len(), TABLES.len() + DESK_TABLES.len() + UNJOURNALLED.len(), "a table is named twice");
    });
}

#[test]
fn records_know_their_columns() {
    ask_both(async |place| {
        for table in ledger_tables() {
            let kind = |is_text: &bool| if *is_text { "text" } else { "bigint" }.to_owned();
            let known: BTreeSet<_> = table.columns.iter().map(|name| (*name).to_owned()).zip(table.is_text.iter().map(kind)).collect();
            let standing: BTreeSet<_> = columns(place, table.name).await.into_iter().collect();
            assert_eq!(standing, known, "{}", table.name);
            assert_eq!(table.columns[0], "id", "{}", table.name);
            assert!(table.digested.iter().all(|column| table.columns.contains(column)), "{}", table.name);
        }
    });
}

#[test]
fn unwatched_tables_too_hold_only_numbers_and_text() {
    ask_both(async |place| {
        for (table, _) in UNJOURNALLED {
            let kinds: BTreeSet<String> = columns(place, table).await.into_iter().map(|(_, kind)| kind).collect();
            assert!(kinds.iter().all(|kind| kind == "bigint" || kind == "text"), "{table}: {kinds:?}");
        }
    });
}

/// A key that may be empty would be out of the audit's sight: SQLite allows it unless it is told otherwise.
#[test]
fn no_key_may_be_empty() {
    runtime().block_on(async {
        let place = Place::sqlite();
        Store::open(&place.url).await.unwrap().close().await;
        let sql =
            "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.pk > 0 AND c.\"notnull\" = 0";
        assert_eq!(place.peek(sql).await, Vec::<Vec<String>>::new());
    });
}
