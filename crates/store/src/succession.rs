//! Successions: which unit followed which, by a legal act. They come with a load.

use domain::id::Id;
use domain::unit::{Succession, Unit};

use crate::{Store, StoreError, values};

impl Store {
    /// What a unit followed and what followed it, by day.
    pub async fn successions_of(&self, unit: Id<Unit>) -> Result<Vec<Succession>, StoreError> {
        self.find("WHERE from_unit = $1 OR to_unit = $1 ORDER BY on_day, id", &values![unit]).await
    }
}
