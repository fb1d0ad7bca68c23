//! Rows that the journal does not tell one by one: those of bulk loads. A load's entry says how many there are and what they add
//! up to; their ids run on from the entry's own rows, so a row that is missing can be named.

use std::collections::BTreeMap;

use domain::journal::JournalEntry;
use domain::load::Load;
use domain::measurement::Measurement;
use domain::target::Target;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::{Fault, rows_of};
use crate::bulk::Lines;
use crate::db::Value;
use crate::error::StoreError;
use crate::record::{Record, Table, hex};

/// The action of an entry that tells of a load.
const ACTION: &str = "load.take";
/// The file whose rows come first.
const TARGETS: &str = "targets.csv";

/// The loads that the journal tells of, and how far their rows were walked.
#[derive(Default)]
pub(super) struct Loads(BTreeMap<i64, Loaded>);

struct Loaded {
    first: i64,
    next: i64,
    targets: i64,
    end: i64,
    digest: Sha256,
    sha256: String,
}

impl Loaded {
    fn key(&self, id: i64) -> String {
        if id < self.first + self.targets { Target::TABLE.key(id) } else { Measurement::TABLE.key(id) }
    }
}

impl Loads {
    /// Notes what an entry tells of a load; every other entry passes.
    pub(super) fn note(&mut self, entry: &JournalEntry) {
        if entry.action != ACTION {
            return;
        }
        let Some(rows) = rows_of(&entry.after) else { return };
        let number = |key: &String| key.rsplit('/').next().and_then(|id| id.parse::<i64>().ok());
        let Some(id) = entry.subject.strip_prefix("load/").and_then(|id| id.parse::<i64>().ok()) else { return };
        let Some(load) = rows.get(&Load::TABLE.key(id)) else { return };
        let files = load.get("files").and_then(Json::as_str).and_then(|files| serde_json::from_str::<Json>(files).ok());
        let targets = files.and_then(|files| files.get(TARGETS)?.get("new")?.as_i64()).unwrap_or_default();
        let (Some(count), Some(sha256)) = (load.get("rows").and_then(Json::as_i64), load.get("rows_sha256").and_then(Json::as_str)) else {
            return;
        };
        let first = rows.keys().filter_map(number).max().unwrap_or(id) + 1;
        let loaded = Loaded { first, next: first, targets, end: first + count, digest: Sha256::new(), sha256: sha256.to_owned() };
        self.0.insert(id, loaded);
    }

    /// Whether some load brought a row of this id.
    pub(super) fn brought(&self, id: i64) -> bool {
        self.0.values().any(|loaded| (loaded.first..loaded.end).contains(&id))
    }

    /// Takes the next row of a load, in the order of ids.
    pub(super) fn take(&mut self, load: i64, id: i64, line: &[u8], key: String) -> Result<(), Fault> {
        let Some(loaded) = self.0.get_mut(&load) else { return Err(Fault::Unknown { row: key }) };
        if !(loaded.next..loaded.end).contains(&id) {
            return Err(Fault::Unknown { row: key });
        }
        if id > loaded.next {
            return Err(Fault::Gone { row: loaded.key(loaded.next) });
        }
        loaded.digest.update(line);
        loaded.next += 1;
        Ok(())
    }

    /// Looks that every load's rows were there and add up; how many they are.
    pub(super) fn finish(&mut self) -> Result<i64, Fault> {
        let mut rows = 0;
        for (id, loaded) in std::mem::take(&mut self.0) {
            if loaded.next < loaded.end {
                return Err(Fault::Gone { row: loaded.key(loaded.next) });
            }
            rows += loaded.end - loaded.first;
            if hex(&loaded.digest.finalize()) != loaded.sha256 {
                return Err(Fault::Load { load: Load::TABLE.key(id) });
            }
        }
        Ok(rows)
    }
}

/// A table whose rows may have come by a load.
pub(super) struct LoadedTable {
    load: usize,
    lines: Lines,
    line: Vec<u8>,
}

impl LoadedTable {
    pub(super) fn of(table: Table) -> Option<Self> {
        if table.name != Target::TABLE.name && table.name != Measurement::TABLE.name {
            return None;
        }
        let load = table.columns.iter().position(|column| *column == "load")?;
        Some(Self { load, lines: Lines::of(table), line: Vec::new() })
    }

    /// The load that brought a row, and the row's line.
    pub(super) fn line(&mut self, values: &[Value]) -> Result<Option<(i64, &[u8])>, StoreError> {
        let Some(Value::Number(Some(load))) = values.get(self.load) else { return Ok(None) };
        self.line.clear();
        self.lines.push(values, &mut self.line)?;
        Ok(Some((*load, &self.line)))
    }
}
