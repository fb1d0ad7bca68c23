//! `people.csv`: who holds which position from when to when; one row a position, in protocol order.

use std::collections::HashMap;

use domain::fold::{fold, tidy};
use domain::id::Id;
use domain::person::{Person, Position};
use domain::sort::person_sort_key;
use domain::unit::Unit;
use jiff::civil::Date;

use super::fault::{Faults, What};
use super::field::{day, optional};
use super::sheet::{FileShape, Row, each};
use super::world::World;
use super::{LoadFault, Reading};

const PERSON: usize = 0;
const NAME: usize = 1;
const POSITION: usize = 2;
const BODY: usize = 3;
const FROM: usize = 4;
const TO: usize = 5;
/// The file.
pub const FILE: FileShape<6> = FileShape { name: "people.csv", columns: ["person", "name", "position", "body", "from", "to"], needed: 3 };

/// What makes two rows of positions equal.
type Held = (Id<Person>, String, Option<Id<Unit>>, Option<Date>, Option<Date>);

/// Reads the file.
pub fn read(reading: &mut Reading<'_, '_>, world: &mut World) -> Result<(), LoadFault> {
    let mut people: HashMap<String, (Id<Person>, String)> =
        world.known_people.iter().filter_map(|person| Some((person.code.clone()?, (person.id, person.name.clone())))).collect();
    let (mut standing, mut ordinals): (HashMap<Held, usize>, HashMap<Id<Person>, i64>) = (HashMap::new(), HashMap::new());
    for position in world.known_positions.iter().filter(|position| position.passage.is_none()) {
        let held = (position.person, position.title.clone(), position.unit, position.held_from, position.held_to);
        *standing.entry(held).or_default() += 1;
    }
    for position in &world.known_positions {
        let last = ordinals.entry(position.person).or_default();
        *last = position.ordinal.max(*last);
    }
    each(reading, &FILE, |row, faults, _| {
        let Some(parsed) = parse(row, faults) else { return };
        let person = match people.get(parsed.code) {
            Some((_, name)) if *name != parsed.name => {
                faults.push(row.fault(NAME, What::OtherName(name.clone())));
                return;
            }
            Some((person, _)) => *person,
            None => {
                let (folded, sort_key) = (fold(&parsed.name), person_sort_key(&parsed.name));
                let code = Some(parsed.code.to_owned());
                let person = Person { id: world.ids.next(), name: parsed.name.clone(), folded, sort_key, code };
                people.insert(parsed.code.to_owned(), (person.id, parsed.name.clone()));
                let id = person.id;
                world.new_people.push(person);
                id
            }
        };
        let unit = world.who(&parsed.body, parsed.from, parsed.to).0.and_then(|at| world.unit_id(at));
        let held = (person, parsed.title.clone(), unit, parsed.from, parsed.to);
        if let Some(count) = standing.get_mut(&held).filter(|count| **count > 0) {
            *count -= 1;
            world.count(FILE.name, false);
            return;
        }
        let ordinal = ordinals.entry(person).or_default();
        *ordinal += 1;
        world.count(FILE.name, true);
        let position = Position {
            id: world.ids.next(),
            person,
            unit,
            title: parsed.title,
            ordinal: *ordinal,
            held_from: parsed.from,
            held_to: parsed.to,
            attested_on: None,
            passage: None,
        };
        world.new_positions.push(position);
    })?;
    Ok(())
}

struct Parsed<'r> {
    code: &'r str,
    name: String,
    title: String,
    body: String,
    from: Option<Date>,
    to: Option<Date>,
}

fn parse<'r>(row: &'r Row<'_, 6>, faults: &mut Faults) -> Option<Parsed<'r>> {
    let (code, name, title) = (row.filled(PERSON, faults), row.filled(NAME, faults).map(tidy), row.filled(POSITION, faults).map(tidy));
    let from = row.parse(FROM, faults, |text| optional(text, day));
    let to = row.parse(TO, faults, |text| optional(text, day));
    let (code, name, title, from, to) = (code?, name?, title?, from?, to?);
    if let (Some(first), Some(last)) = (from, to)
        && last < first
    {
        faults.push(row.fault(TO, What::EndsBefore(first.to_string())));
        return None;
    }
    Some(Parsed { code, name, title, body: tidy(row.text(BODY)), from, to })
}
