//! Rows of the ledger: each noun names its table and columns once; inserts, updates, the journal's JSON and the
//! audit all follow from that.

use domain::id::Id;
use domain::problem::Problem;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::db::{Row, Value};
use crate::error::StoreError;

/// A ledger table as the audit walks it.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns in the order of the record, `id` first.
    pub columns: &'static [&'static str],
    /// Whether each column is TEXT.
    pub is_text: &'static [bool],
    /// Columns of which the journal keeps only the SHA-256: secrets and whole papers.
    pub digested: &'static [&'static str],
    /// Columns that came with a later migration. The journal leaves them out where they are empty, so that the entries written
    /// before still tell the whole row.
    pub later: &'static [&'static str],
}

/// A noun that is a row of the ledger.
pub trait Record: Sized {
    /// Its table.
    const TABLE: Table;

    /// Its id.
    fn id(&self) -> Id<Self>;

    /// Its values in the order of the columns.
    fn values(&self) -> Vec<Value>;

    /// The record of a row that holds the table's columns from `first` on.
    fn from_row_at(row: &Row, first: usize) -> Result<Self, StoreError>;

    /// The record of a row that holds the table's columns and nothing before them.
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Self::from_row_at(row, 0)
    }
}

/// Gives a domain type its table: `record!(Unit, "unit", id, code, …; digested: …; later: …)`.
macro_rules! record {
    ($noun:ty, $table:literal, $($field:ident : $kind:ty),+ $(; digested: $($digested:literal),+)? $(; later: $($later:literal),+)?) => {
        impl $crate::record::Record for $noun {
            const TABLE: $crate::record::Table = $crate::record::Table {
                name: $table,
                columns: &[$(stringify!($field)),+],
                is_text: &[$(<$kind as $crate::field::Field>::IS_TEXT),+],
                digested: &[$($($digested),+)?],
                later: &[$($($later),+)?],
            };

            fn id(&self) -> domain::id::Id<Self> {
                self.id
            }

            fn values(&self) -> Vec<$crate::db::Value> {
                vec![$($crate::field::Field::to_value(&self.$field)),+]
            }

            fn from_row_at(row: &$crate::db::Row, first: usize) -> Result<Self, $crate::error::StoreError> {
                let mut column = first..;
                let mut next = || column.next().unwrap_or(usize::MAX);
                Ok(Self { $($field: row.get::<$kind>(next())?),+ })
            }
        }
    };
}
pub(crate) use record;

impl Table {
    /// `"id", "code", …`, quoted, since some columns are words of SQL.
    pub fn column_list(&self) -> String {
        self.columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
    }

    /// `SELECT <columns> FROM <table> ` and what follows.
    pub fn select(&self, tail: &str) -> String {
        format!("SELECT {} FROM {} {tail}", self.column_list(), self.name)
    }

    /// `t.id, t.code, …` of a joined table.
    pub fn columns_of(&self, alias: &str) -> String {
        self.columns.iter().map(|column| format!("{alias}.\"{column}\"")).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn insert(&self) -> String {
        let places: Vec<String> = (1..=self.columns.len()).map(|place| format!("${place}")).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.name, self.column_list(), places.join(", "))
    }

    pub(crate) fn update(&self) -> String {
        let sets: Vec<String> = self.columns.iter().enumerate().skip(1).map(|(at, column)| format!("\"{column}\" = ${}", at + 1)).collect();
        format!("UPDATE {} SET {} WHERE id = $1", self.name, sets.join(", "))
    }

    /// Refuses the character U+0000, which PostgreSQL cannot keep: what one database takes, the other takes too.
    pub(crate) fn check_text(&self, values: &[Value]) -> Result<(), Problem> {
        let holds_nul = |value: &Value| matches!(value, Value::Text(Some(text)) if text.contains('\0'));
        match self.columns.iter().zip(values).find(|(_, value)| holds_nul(value)) {
            Some((column, _)) => Err(Problem::NotAllowed { field: column, value: "U+0000".to_owned() }),
            None => Ok(()),
        }
    }

    /// The row as the journal keeps it.
    pub(crate) fn to_json(self, values: &[Value]) -> Json {
        let mut row = serde_json::Map::new();
        for (column, value) in self.columns.iter().zip(values) {
            let kept = match value {
                Value::Number(None) | Value::Text(None) if self.later.contains(column) => continue,
                Value::Number(number) => Json::from(*number),
                Value::Text(None) => Json::Null,
                Value::Text(Some(text)) if self.digested.contains(column) => Json::from(format!("sha256:{}", sha256(text))),
                Value::Text(Some(text)) => Json::from(text.as_str()),
            };
            row.insert((*column).to_owned(), kept);
        }
        Json::Object(row)
    }

    /// `unit/12`: how the journal names a row.
    pub(crate) fn key(&self, id: i64) -> String {
        format!("{}/{id}", self.name)
    }
}

/// SHA-256 in hex, as `sha256sum` prints it.
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes as hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
