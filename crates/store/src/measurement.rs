//! Measurements by their ids. The scoreboard finds which rows count; who entered them, where they come from and why they were
//! corrected is read here. No index is needed: see migration 0002.

use domain::claim::Claim;
use domain::id::Id;
use domain::measurement::Measurement;

use crate::db::Value;
use crate::field::Field;
use crate::{Store, StoreError};

/// Ids of one query: far below what either database takes, enough for a page.
const IDS_A_QUERY: usize = 500;

impl Store {
    /// The rows of some ids, in the order of their ids; an id that no row has gives none.
    pub async fn measurements_by_ids(&self, ids: &[Id<Measurement>]) -> Result<Vec<Measurement>, StoreError> {
        self.measurements_where("id", ids).await
    }

    /// The rows that some claims were accepted as, in the order of their ids.
    pub async fn measurements_of_claims(&self, claims: &[Id<Claim>]) -> Result<Vec<Measurement>, StoreError> {
        self.measurements_where("claim", claims).await
    }

    async fn measurements_where<T>(&self, column: &str, ids: &[Id<T>]) -> Result<Vec<Measurement>, StoreError> {
        let mut ids: Vec<Id<T>> = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let mut rows: Vec<Measurement> = Vec::new();
        for some in ids.chunks(IDS_A_QUERY) {
            let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
            let values: Vec<Value> = some.iter().map(Field::to_value).collect();
            rows.extend(self.find::<Measurement>(&format!("WHERE {column} IN ({}) ORDER BY id", places.join(", ")), &values).await?);
        }
        rows.sort_by_key(|row| row.id);
        Ok(rows)
    }
}
