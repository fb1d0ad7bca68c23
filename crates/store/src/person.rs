//! People and their positions.

use domain::fold::fold;
use domain::id::Id;
use domain::person::{Person, Position};

use crate::{Store, StoreError, values};

impl Store {
    /// Everybody, by given name.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.find("ORDER BY sort_key, id", &[]).await
    }

    /// The people of a name, marks and case aside.
    pub async fn people_named(&self, name: &str) -> Result<Vec<Person>, StoreError> {
        self.find("WHERE folded = $1 ORDER BY id", &values![fold(name)]).await
    }

    /// The positions of a person in protocol order.
    pub async fn positions_of(&self, person: Id<Person>) -> Result<Vec<Position>, StoreError> {
        self.find("WHERE person = $1 ORDER BY ordinal, id", &values![person]).await
    }
}
