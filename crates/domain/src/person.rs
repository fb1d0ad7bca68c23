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
