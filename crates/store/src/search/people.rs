//! People, units and indicators. Somebody whom only unpublished papers name is not found by the public.

use domain::id::Id;
use domain::indicator::Indicator;
use domain::person::Person;
use domain::unit::Unit;

use super::{Ids, SearchBody, SearchNoun, SearchText, distinct, lines};
use crate::db::Row;
use crate::{Store, StoreError};

/// What a paper tells of a person.
struct Told {
    person: Id<Person>,
    words: String,
    unit: Option<Id<Unit>>,
    is_public: bool,
}

impl Store {
    pub(super) async fn person_texts(&self, ids: &Ids) -> Result<Vec<SearchText>, StoreError> {
        let people: Vec<Person> = self.all_of(ids, "").await?;
        let told = self.told_of(ids).await?;
        let text = |person: Person| {
            let of_person = || told.iter().filter(|told| told.person == person.id);
            let public = || of_person().filter(|told| told.is_public);
            SearchText {
                day: None,
                units: distinct(of_person().map(|told| told.unit)),
                public: public().next().is_some().then(|| each_once(public()).into()),
                staff: each_once(of_person()).into(),
                noun: SearchNoun::Person(person),
            }
        };
        Ok(people.into_iter().map(text).collect())
    }

    /// Positions with their units, attendances, and that something was said, as far as each may be seen.
    async fn told_of(&self, people: &Ids) -> Result<Vec<Told>, StoreError> {
        let places = people.places();
        let published = "CAST(CASE WHEN d.published_at IS NULL THEN 0 ELSE 1 END AS BIGINT)";
        let sql = format!(
            "SELECT x.person, x.title, COALESCE(u.name, ''), x.unit, \
             CAST(CASE WHEN x.passage IS NULL OR d.published_at IS NOT NULL THEN 1 ELSE 0 END AS BIGINT), CAST(1 AS BIGINT), x.ordinal, x.id \
             FROM position x LEFT JOIN unit u ON u.id = x.unit LEFT JOIN passage s ON s.id = x.passage \
             LEFT JOIN document d ON d.id = s.document WHERE x.person IN ({places}) \
             UNION ALL SELECT a.person, a.positions, '', NULL, {published}, CAST(2 AS BIGINT), a.ordinal, a.id FROM attendance a \
             JOIN passage s ON s.id = a.passage JOIN document d ON d.id = s.document WHERE a.person IN ({places}) \
             UNION ALL SELECT t.person, '', '', NULL, {published}, CAST(3 AS BIGINT), t.ordinal, t.id FROM statement t \
             JOIN document d ON d.id = t.document WHERE t.person IN ({places}) ORDER BY 1, 6, 7, 8"
        );
        let rows = self.rows(&sql, people.values()).await?;
        let told = |row: &Row| {
            let (title, unit): (String, String) = (row.get(1)?, row.get(2)?);
            let words = if unit.is_empty() { title } else { format!("{title}, {unit}") };
            Ok(Told { person: row.get(0)?, words, unit: row.get(3)?, is_public: row.get(4)? })
        };
        rows.iter().map(told).collect()
    }

    pub(super) async fn unit_texts(&self, ids: &Ids) -> Result<Vec<SearchText>, StoreError> {
        let units: Vec<Unit> = self.all_of(ids, "").await?;
        let text = |unit: Unit| {
            let body: SearchBody = lines([unit.code.as_deref(), Some(unit.kind.as_str())]).into();
            SearchText { day: None, units: vec![unit.id], public: Some(body.clone()), staff: body, noun: SearchNoun::Unit(unit) }
        };
        Ok(units.into_iter().map(text).collect())
    }

    pub(super) async fn indicator_texts(&self, ids: &Ids) -> Result<Vec<SearchText>, StoreError> {
        let indicators: Vec<Indicator> = self.all_of(ids, "").await?;
        let sql = format!(
            "SELECT i.id, g.code, g.name FROM indicator i JOIN target_group g ON g.id = i.\"group\" WHERE i.id IN ({})",
            ids.places()
        );
        let rows = self.rows(&sql, ids.values()).await?;
        let groups: Vec<(Id<Indicator>, String)> = rows
            .iter()
            .map(|row| Ok((row.get(0)?, format!("{} {}", row.get::<String>(1)?, row.get::<String>(2)?))))
            .collect::<Result<_, StoreError>>()?;
        let text = |indicator: Indicator| {
            let group = groups.iter().find(|(id, _)| *id == indicator.id).map(|(_, group)| group.as_str());
            let body: SearchBody = lines([Some(indicator.code.as_str()), Some(indicator.unit_of_measure.as_str()), group]).into();
            SearchText { day: None, units: Vec::new(), public: Some(body.clone()), staff: body, noun: SearchNoun::Indicator(indicator) }
        };
        Ok(indicators.into_iter().map(text).collect())
    }
}

/// The words of each, none twice.
fn each_once<'a>(told: impl Iterator<Item = &'a Told>) -> String {
    let mut known: Vec<&str> = Vec::new();
    for one in told {
        if !known.contains(&one.words.as_str()) {
            known.push(&one.words);
        }
    }
    lines(known.into_iter().map(Some))
}
