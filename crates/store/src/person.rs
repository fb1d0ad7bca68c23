//! People and their positions.

use domain::fold::{fold, tidy};
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MayKeepUnits;
use domain::person::{Person, Position};
use domain::sort::person_sort_key;
use domain::unit::Unit;
use jiff::civil::Date;

use crate::record::Record;
use crate::task::Audience;
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

    /// The positions of a person that somebody may see, in protocol order.
    pub async fn positions_seen(&self, person: Id<Person>, audience: Audience) -> Result<Vec<Position>, StoreError> {
        self.find(&format!("WHERE person = $1 {} ORDER BY ordinal, id", attested(audience)), &values![person]).await
    }

    /// The positions at a unit with who holds or held them, by given name.
    pub async fn positions_at(&self, unit: Id<Unit>, audience: Audience) -> Result<Vec<(Position, Person)>, StoreError> {
        let sql = format!(
            "SELECT {}, {} FROM position x JOIN person p ON p.id = x.person WHERE x.unit = $1 {} ORDER BY p.sort_key, p.id, x.ordinal, x.id",
            Position::TABLE.columns_of("x"),
            Person::TABLE.columns_of("p"),
            attested(audience),
        );
        let rows = self.rows(&sql, &values![unit]).await?;
        let columns = Position::TABLE.columns.len();
        rows.iter().map(|row| Ok((Position::from_row(row)?, Person::from_row_at(row, columns)?))).collect()
    }

    /// The positions of a person in protocol order.
    pub async fn positions_of(&self, person: Id<Person>) -> Result<Vec<Position>, StoreError> {
        self.find("WHERE person = $1 ORDER BY ordinal, id", &values![person]).await
    }
}

/// The condition on positions: one that only an unpublished paper attests is not for the public.
const fn attested(audience: Audience) -> &'static str {
    match audience {
        Audience::Public => {
            "AND (passage IS NULL OR passage IN (SELECT s.id FROM passage s JOIN document d ON d.id = s.document \
             WHERE d.published_at IS NOT NULL))"
        }
        Audience::Staff => "",
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
            let person = Person { id: write.new_id(), folded: fold(&name), sort_key: person_sort_key(&name), name, code: None };
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
