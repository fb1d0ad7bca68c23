//! People and the positions they hold.

use jiff::civil::Date;

use crate::document::Passage;
use crate::id::Id;
use crate::unit::Unit;

/// *Người*. Two people may have one name; a person is known by the id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its id.
    pub id: Id<Person>,
    /// As printed, family name first.
    pub name: String,
    /// The name folded, for matching.
    pub folded: String,
    /// By given name, in Vietnamese order.
    pub sort_key: String,
    /// The code in the files of a load: it tells two people of one name apart.
    pub code: Option<String>,
}

/// *Chức vụ*, held over time; several at once, in protocol order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Its id.
    pub id: Id<Position>,
    /// Who holds it.
    pub person: Id<Person>,
    /// Where, as far as it resolves.
    pub unit: Option<Id<Unit>>,
    /// As printed: "Phó Bí thư Thường trực Tỉnh ủy".
    pub title: String,
    /// Protocol order among the person's positions, from 1.
    pub ordinal: i64,
    /// The first day; absent where not known.
    pub held_from: Option<Date>,
    /// The last day; absent while it is held or where not known.
    pub held_to: Option<Date>,
    /// The day of a paper that attests it; absent for an undated paper or where the days above are known.
    pub attested_on: Option<Date>,
    /// The words that attest it.
    pub passage: Option<Id<Passage>>,
}

/// How a position stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Held, by its days or by a paper of that very day.
    Held,
    /// Some paper attests it on another day, or one of its days is not known: whether it was held on this one is not known.
    Unknown,
    /// Begun later or ended before.
    NotHeld,
}

impl Position {
    /// How it stands on `day`. What is not known is said to be so: a paper of March does not tell who held it in May.
    pub fn standing_on(&self, day: Date) -> Standing {
        if self.held_from.is_some_and(|from| day < from) || self.held_to.is_some_and(|to| to < day) {
            return Standing::NotHeld;
        }
        if self.held_from.is_some() || self.attested_on == Some(day) { Standing::Held } else { Standing::Unknown }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_position_is_held_within_its_days_and_unknown_without_them() {
        let (march, april, may) = (date(2024, 3, 1), date(2024, 4, 17), date(2024, 5, 20));
        let standing = |held_from, held_to, attested_on| {
            let position = Position {
                id: Id::new(1),
                person: Id::new(2),
                unit: None,
                title: "Bí thư Huyện ủy".to_owned(),
                ordinal: 1,
                held_from,
                held_to,
                attested_on,
                passage: None,
            };
            position.standing_on(april)
        };
        assert_eq!(standing(Some(march), None, None), Standing::Held);
        assert_eq!(standing(Some(april), Some(april), None), Standing::Held, "first and last day belong to it");
        assert_eq!(standing(Some(may), None, None), Standing::NotHeld);
        assert_eq!(standing(None, Some(march), None), Standing::NotHeld);
        assert_eq!(standing(None, Some(may), None), Standing::Unknown, "nobody knows since when");
        assert_eq!(standing(None, None, Some(april)), Standing::Held);
        assert_eq!(standing(None, None, Some(march)), Standing::Unknown);
        assert_eq!(standing(None, None, None), Standing::Unknown);
    }
}
