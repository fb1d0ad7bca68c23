//! The nouns with their ways of finding them: by id, by code and day, by what belongs to what. Inside the crate a unit is known
//! by its place among the units in the order of their ids, so that sets of units are plain columns.

use std::collections::{BTreeMap, HashMap};

use domain::group::Group;
use domain::id::Id;
use domain::indicator::Indicator;
use domain::resolution::Resolution;
use domain::scoreboard::ScoreboardNouns;
use domain::target::Target;
use domain::unit::Unit;
use jiff::civil::Date;

use crate::succession::Ways;

/// A unit's place among all units in the order of their ids.
pub(crate) type Place = usize;

/// The nouns, each kind in the order of its ids, and what finds them.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    nouns: ScoreboardNouns,
    places_by_code: HashMap<String, Vec<Place>>,
    targets: HashMap<Id<Unit>, BTreeMap<Id<Indicator>, Vec<usize>>>,
    target_places: HashMap<Id<Target>, usize>,
    ways: Ways,
}

impl Catalogue {
    pub(crate) fn new(mut nouns: ScoreboardNouns) -> Self {
        nouns.units.sort_by_key(|unit| unit.id);
        nouns.successions.sort_by_key(|succession| succession.id);
        nouns.resolutions.sort_by_key(|resolution| resolution.id);
        nouns.groups.sort_by_key(|group| group.id);
        nouns.indicators.sort_by_key(|indicator| indicator.id);
        nouns.targets.sort_by_key(|target| target.id);
        let mut places_by_code: HashMap<String, Vec<Place>> = HashMap::new();
        for (place, unit) in nouns.units.iter().enumerate() {
            if let Some(code) = &unit.code {
                places_by_code.entry(code.clone()).or_default().push(place);
            }
        }
        let mut targets: HashMap<_, BTreeMap<_, Vec<usize>>> = HashMap::new();
        let mut target_places = HashMap::new();
        for (index, target) in nouns.targets.iter().enumerate() {
            targets.entry(target.unit).or_default().entry(target.indicator).or_default().push(index);
            target_places.insert(target.id, index);
        }
        let ways = Ways::new(&nouns);
        Self { nouns, places_by_code, targets, target_places, ways }
    }

    pub(crate) const fn nouns(&self) -> &ScoreboardNouns {
        &self.nouns
    }

    pub(crate) const fn ways(&self) -> &Ways {
        &self.ways
    }

    /// How many units there are.
    pub(crate) const fn len(&self) -> usize {
        self.nouns.units.len()
    }

    /// The unit at a place that this catalogue gave out.
    pub(crate) fn unit(&self, place: Place) -> &Unit {
        &self.nouns.units[place]
    }

    pub(crate) fn place(&self, id: Id<Unit>) -> Option<Place> {
        place_of(&self.nouns.units, id)
    }

    pub(crate) fn group(&self, id: Id<Group>) -> Option<&Group> {
        let index = self.nouns.groups.binary_search_by_key(&id, |group| group.id).ok()?;
        self.nouns.groups.get(index)
    }

    pub(crate) fn indicator(&self, id: Id<Indicator>) -> Option<&Indicator> {
        let index = self.nouns.indicators.binary_search_by_key(&id, |indicator| indicator.id).ok()?;
        self.nouns.indicators.get(index)
    }

    pub(crate) fn resolution(&self, id: Id<Resolution>) -> Option<&Resolution> {
        let index = self.nouns.resolutions.binary_search_by_key(&id, |resolution| resolution.id).ok()?;
        self.nouns.resolutions.get(index)
    }

    pub(crate) fn target(&self, id: Id<Target>) -> Option<&Target> {
        self.target_places.get(&id).and_then(|index| self.nouns.targets.get(*index))
    }

    /// The indicators that a unit has any row of a target for, in the order of their ids.
    pub(crate) fn indicators_of(&self, unit: Id<Unit>) -> impl Iterator<Item = Id<Indicator>> {
        self.targets.get(&unit).into_iter().flat_map(|indicators| indicators.keys().copied())
    }

    /// Every row of the targets of a unit and an indicator, in the order of ids.
    pub(crate) fn targets(&self, unit: Id<Unit>, indicator: Id<Indicator>) -> impl Iterator<Item = &Target> {
        let indices = self.targets.get(&unit).and_then(|indicators| indicators.get(&indicator));
        indices.into_iter().flatten().filter_map(|index| self.nouns.targets.get(*index))
    }

    /// Whether the unit exists on a day; open ends hold for ever.
    pub(crate) fn is_valid(&self, place: Place, day: Date) -> bool {
        self.unit(place).exists_on(Some(day))
    }

    /// The unit that bears a code on a day; of several the one with the least id.
    pub(crate) fn bearer(&self, code: &str, day: Date) -> Option<Place> {
        self.places_by_code.get(code)?.iter().copied().find(|place| self.is_valid(*place, day))
    }

    /// The unit right above on a day: the bearer of the parent's code where the parent was given by code, else the parent
    /// itself as long as it exists.
    pub(crate) fn parent(&self, place: Place, day: Date) -> Option<Place> {
        let unit = self.unit(place);
        match unit.parent_code.as_deref() {
            Some(code) if !code.is_empty() => self.bearer(code, day),
            _ => unit.parent.and_then(|parent| self.place(parent)).filter(|parent| self.is_valid(*parent, day)),
        }
    }

    /// The unit and everything above it on a day. A circle ends where it closes.
    pub(crate) fn above(&self, place: Place, day: Date) -> Vec<Place> {
        let mut chain = vec![place];
        while let Some(parent) = chain.last().and_then(|last| self.parent(*last, day)) {
            if chain.contains(&parent) {
                break;
            }
            chain.push(parent);
        }
        chain
    }
}

/// Finds a unit among units in the order of their ids.
pub(crate) fn place_of(units: &[Unit], id: Id<Unit>) -> Option<Place> {
    units.binary_search_by_key(&id, |unit| unit.id).ok()
}
