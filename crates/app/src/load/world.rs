//! The world that rows are checked against: what the ledger knows, and what the files read so far add to it.

use std::collections::{HashMap, HashSet};

use domain::body::{area_of_body, body_kind};
use domain::fold::{fold, tidy};
use domain::group::Group;
use domain::id::Id;
use domain::indicator::Indicator;
use domain::load::Load;
use domain::person::{Person, Position};
use domain::resolution::Resolution;
use domain::sort::sort_key;
use domain::target::Target;
use domain::unit::{Succession, Unit, UnitClass};
use jiff::civil::Date;
use store::load::Known;

use super::Ids;
use super::bearers::{Bearers, UnitAt, span_of};
use super::fault::{Place, What};

/// What is known so far.
#[derive(Debug)]
pub struct World {
    /// The series of ids.
    pub ids: Ids,
    /// The load's own id.
    pub load: Id<Load>,
    /// The ledger's units, then those of the file, then bodies that are only named.
    pub units: Vec<Unit>,
    /// Where each unit stands.
    pub unit_places: Vec<Place>,
    known_units: usize,
    /// Who bears a code when.
    pub bearers: Bearers,
    names: HashMap<String, Vec<UnitAt>>,
    /// Resolutions by code.
    pub resolutions: HashMap<String, Resolution>,
    /// Groups by code.
    pub groups: HashMap<String, Group>,
    /// Indicators, known and new.
    pub indicators: Vec<Indicator>,
    /// Indicators by code.
    pub indicator_codes: HashMap<String, usize>,
    /// Successions, known and new.
    pub successions: Vec<Succession>,
    /// The ledger's rows of targets.
    pub known_targets: Vec<Target>,
    /// The ledger's people.
    pub known_people: Vec<Person>,
    /// The ledger's positions.
    pub known_positions: Vec<Position>,
    /// What the files add.
    pub new_successions: Vec<Succession>,
    /// What the files add.
    pub new_resolutions: Vec<Resolution>,
    /// What the files add.
    pub new_groups: Vec<Group>,
    /// Groups whose resolution the files bring.
    pub linked_groups: Vec<(Group, Group)>,
    /// What the files add.
    pub new_indicators: Vec<Indicator>,
    /// What the files add.
    pub new_people: Vec<Person>,
    /// What the files add.
    pub new_positions: Vec<Position>,
    /// What the files add; without ids until all is checked.
    pub new_targets: Vec<Target>,
    counts: HashMap<&'static str, (usize, usize)>,
    /// Codes of rows that do not fit, by file: rows that name them are not wrong for that.
    spoiled: HashSet<(&'static str, String)>,
}

/// Who assigned, issued or employs: a unit, or only words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who(pub Option<UnitAt>);

impl World {
    /// The ledger's part of it.
    pub fn of(known: Known, next_id: i64) -> Self {
        let mut ids = Ids(next_id);
        let load = ids.next();
        let (mut bearers, mut names): (Bearers, HashMap<String, Vec<UnitAt>>) = (Bearers::default(), HashMap::new());
        for (at, unit) in known.nouns.units.iter().enumerate() {
            bearers.add(at, unit);
            names.entry(unit.name.clone()).or_default().push(at);
        }
        Self {
            ids,
            load,
            unit_places: vec![Place::Ledger; known.nouns.units.len()],
            known_units: known.nouns.units.len(),
            units: known.nouns.units,
            bearers,
            names,
            resolutions: known.nouns.resolutions.into_iter().map(|resolution| (resolution.code.clone(), resolution)).collect(),
            groups: known.nouns.groups.into_iter().map(|group| (group.code.clone(), group)).collect(),
            indicator_codes: known.nouns.indicators.iter().enumerate().map(|(at, indicator)| (indicator.code.clone(), at)).collect(),
            indicators: known.nouns.indicators,
            successions: known.nouns.successions,
            known_targets: known.nouns.targets,
            known_people: known.people,
            known_positions: known.positions,
            new_successions: Vec::new(),
            new_resolutions: Vec::new(),
            new_groups: Vec::new(),
            linked_groups: Vec::new(),
            new_indicators: Vec::new(),
            new_people: Vec::new(),
            new_positions: Vec::new(),
            new_targets: Vec::new(),
            counts: HashMap::new(),
            spoiled: HashSet::new(),
        }
    }

    /// Counts a row that is new, or known already.
    pub fn count(&mut self, file: &'static str, is_new: bool) {
        let (new, known) = self.counts.entry(file).or_default();
        *(if is_new { new } else { known }) += 1;
    }

    /// How many rows of a file were new.
    pub fn new_rows(&self, file: &str) -> usize {
        self.counts.get(file).map_or(0, |(new, _)| *new)
    }

    /// How many rows of a file were there already.
    pub fn known_rows(&self, file: &str) -> usize {
        self.counts.get(file).map_or(0, |(_, known)| *known)
    }

    /// Remembers the code of a row that does not fit.
    pub fn spoil(&mut self, file: &'static str, code: &str) {
        self.spoiled.insert((file, code.to_owned()));
    }

    /// Whether the row of a code was there and did not fit.
    pub fn is_spoiled(&self, file: &'static str, code: &str) -> bool {
        !self.spoiled.is_empty() && self.spoiled.contains(&(file, code.to_owned()))
    }

    /// Adds a unit; it bears its code from now on.
    pub fn add_unit(&mut self, unit: Unit, place: Place) -> UnitAt {
        let at = self.units.len();
        self.bearers.add(at, &unit);
        self.names.entry(unit.name.clone()).or_default().push(at);
        self.units.push(unit);
        self.unit_places.push(place);
        at
    }

    /// Whether a unit is not in the ledger yet.
    pub const fn is_new(&self, at: UnitAt) -> bool {
        at >= self.known_units
    }

    /// A unit's id.
    pub fn unit_id(&self, at: UnitAt) -> Option<Id<Unit>> {
        self.units.get(at).map(|unit| unit.id)
    }

    /// Why nobody is found under a code: nobody ever bore it, or not then.
    pub fn why_nobody(&self, code: &str) -> What {
        match self.bearers.printed_times(code) {
            times if times.is_empty() => What::UnknownUnit,
            times => What::UnitNotThen(times),
        }
    }

    /// Who an assigner, an issuer or a body is: the unit of that code, else the only unit with a code of that name, else the body
    /// of that name, which is made where there is none. Two units with codes of one name: the words stay words.
    pub fn who(&mut self, text: &str, from: Option<Date>, to: Option<Date>) -> Who {
        let (first, last) = span_of(from, to);
        if text.is_empty() {
            return Who(None);
        }
        if let Some(at) = self.bearers.first_within(text, (first, last)) {
            return Who(Some(at));
        }
        let name = tidy(text);
        let named = self.names.get(&name).map_or(&[][..], Vec::as_slice);
        let unit = |at: &&UnitAt| self.units.get(**at);
        let is_then = |unit: &Unit| {
            let (begin, end) = span_of(unit.valid_from, unit.valid_to);
            begin <= last && first <= end
        };
        let mut coded = named.iter().filter(|at| unit(at).is_some_and(|unit| unit.code.is_some() && is_then(unit)));
        match (coded.next(), coded.next()) {
            (Some(at), None) => return Who(Some(*at)),
            (Some(_), Some(_)) => return Who(None),
            (None, _) => {}
        }
        let body = named.iter().find(|at| unit(at).is_some_and(|unit| unit.code.is_none() && unit.class == UnitClass::Body));
        Who(Some(match body {
            Some(at) => *at,
            None => self.add_body(name),
        }))
    }

    fn add_body(&mut self, name: String) -> UnitAt {
        let folded = fold(&name);
        let areas: Vec<&Unit> = self.units.iter().filter(|unit| unit.class == UnitClass::Area).collect();
        let parent = area_of_body(&folded, &areas);
        let body = Unit {
            id: self.ids.next(),
            code: None,
            kind: body_kind(&folded),
            class: UnitClass::Body,
            parent,
            parent_code: None,
            valid_from: None,
            valid_to: None,
            sort_key: sort_key(&name),
            folded,
            name,
        };
        self.add_unit(body, Place::Ledger)
    }

    /// The units that are new, each behind its parent: the database looks for it at once.
    pub fn units_from_the_top(&mut self) -> Vec<Unit> {
        let new = self.units.get(self.known_units..).unwrap_or_default();
        let by_id: HashMap<Id<Unit>, &Unit> = new.iter().map(|unit| (unit.id, unit)).collect();
        let (mut ordered, mut done) = (Vec::with_capacity(new.len()), HashSet::new());
        for unit in new {
            let mut chain = vec![unit];
            while let Some(parent) = chain.last().and_then(|unit| unit.parent).and_then(|parent| by_id.get(&parent))
                && !done.contains(&parent.id)
                && !chain.iter().any(|unit| unit.id == parent.id)
            {
                chain.push(parent);
            }
            // Over the years two units may each have been above the other; then the first link is left open.
            for (place, unit) in chain.iter().rev().enumerate() {
                if done.insert(unit.id) {
                    let is_circle = place == 0 && unit.parent.is_some_and(|parent| by_id.contains_key(&parent) && !done.contains(&parent));
                    ordered.push(Unit { parent: unit.parent.filter(|_| !is_circle), ..(*unit).clone() });
                }
            }
        }
        ordered
    }
}
