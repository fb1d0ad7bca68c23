//! People and their positions.

use domain::fold::{fold, tidy};
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MayKeepUnits;
use domain::person::{Person, Position};
use domain::sort::person_sort_key;
use domain::unit::Unit;
use jiff::civil::Date;

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

/// A position that somebody holds, as the operator knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPosition {
    /// As papers print it.
    pub title: String,
    /// The body it is held at.
    pub body: String,
    /// The first day.
    pub held_from: Option<Date>,
    /// The last day.
    pub held_to: Option<Date>,
}

impl Store {
    /// Adds people with their positions in protocol order, all in one write. Bodies that the ledger knows are linked.
    pub async fn add_people(&self, may: &MayKeepUnits, now: Moment, people: &[(String, Vec<NewPosition>)]) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        for (name, positions) in people {
            let name = tidy(name);
            let person = Person { id: write.new_id(), folded: fold(&name), sort_key: person_sort_key(&name), name };
            write.insert(&person).await?;
            for (ordinal, new) in (1_i64..).zip(positions) {
                let bodies = write.find::<Unit>("WHERE folded = $1 ORDER BY id", &values![fold(&new.body)]).await?;
                let position = Position {
                    id: write.new_id(),
                    person: person.id,
                    unit: bodies.first().map(|body| body.id),
                    title: tidy(&new.title),
                    ordinal,
                    held_from: new.held_from,
                    held_to: new.held_to,
                    attested_on: None,
                    passage: None,
                };
                write.insert(&position).await?;
            }
        }
        write.commit("person.add_several", "person").await?;
        Ok(())
    }
}
