//! People and their positions: they come with a load or with a paper.

use domain::fold::fold;
use domain::id::Id;
use domain::person::{Person, Position};
use domain::sort::person_sort_key;
use domain::unit::Unit;

use crate::record::Record;
use crate::task::Audience;
use crate::{Store, StoreError, values};

/// Passages of papers that the public sees.
const PUBLISHED_PASSAGES: &str = "SELECT s.id FROM passage s JOIN document d ON d.id = s.document WHERE d.published_at IS NOT NULL";

impl Store {
    /// Everybody, by given name.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.find("ORDER BY sort_key, id", &[]).await
    }

    /// Everybody whom papers that somebody may see name, or the operator entered with a position; by given name.
    pub async fn people_seen(&self, audience: Audience) -> Result<Vec<Person>, StoreError> {
        let mut people: Vec<Person> = match audience {
            Audience::Staff => self.find("ORDER BY id", &[]).await?,
            Audience::Public => {
                let seen = format!(
                    "WHERE id IN (SELECT person FROM position WHERE person > 0 {}) \
                     OR id IN (SELECT person FROM attendance WHERE passage IN ({PUBLISHED_PASSAGES})) \
                     OR id IN (SELECT person FROM statement WHERE person IS NOT NULL {}) ORDER BY id",
                    attested(audience),
                    audience.sees(),
                );
                self.find(&seen, &[]).await?
            }
        };
        // By the rule of today: keys that older programs wrote may follow an older one.
        people.sort_by_cached_key(|person| (person_sort_key(&person.name), person.id));
        Ok(people)
    }

    /// Every position that somebody may see, in protocol order of each person.
    pub async fn all_positions_seen(&self, audience: Audience) -> Result<Vec<Position>, StoreError> {
        self.find(&format!("WHERE person > 0 {} ORDER BY person, ordinal, id", attested(audience)), &[]).await
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
