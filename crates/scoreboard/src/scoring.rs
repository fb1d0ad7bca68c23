//! One question asked: the boards of units, put together from columns.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::group::Group;
use domain::id::Id;
use domain::indicator::Indicator;
use domain::period::Period;
use domain::target::Target;
use jiff::civil::Date;

use crate::achievement::achievement;
use crate::board::{Board, GroupScore, IndicatorScore, TargetScore};
use crate::catalogue::{Catalogue, Place};
use crate::column::{Column, SeriesOfUnits};
use crate::group_score::{Judging, group_score};
use crate::question::{Question, Tree};
use crate::roll_up::parts;
use crate::series::{Seen, SpanSoFar};
use crate::succession::Carrying;
use crate::targets::{Assigner, first_day, targets_on};
use crate::tree::DayTree;

/// A question with what all its answers share: the tree of its day and the ways of ended units to it.
pub(crate) struct Asked<'a> {
    pub(crate) catalogue: &'a Catalogue,
    series: &'a HashMap<Id<Indicator>, SeriesOfUnits>,
    question: &'a Question,
    month: Period,
    pub(crate) tree: DayTree<'a>,
    pub(crate) carrying: Option<Carrying<'a>>,
}

/// Columns of one indicator by the first day of the span.
type Columns<'a> = BTreeMap<Date, Column<'a>>;

impl<'a> Asked<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, series: &'a HashMap<Id<Indicator>, SeriesOfUnits>, question: &'a Question) -> Self {
        let day = question.units_on();
        // Of a longer period its last month counts.
        let month = Period::month_of(question.last_day()).unwrap_or(question.month);
        let carrying = (question.tree != Tree::AsReported).then(|| Carrying::new(catalogue, day));
        Self { catalogue, series, question, month, tree: DayTree::new(catalogue, day), carrying }
    }

    pub(crate) const fn question(&self) -> &'a Question {
        self.question
    }

    /// The indicator's values from a day on, up to the month's last day.
    pub(crate) fn column(&self, indicator: &'a Indicator, first: Date) -> Column<'a> {
        let span = SpanSoFar { first, last: self.question.last_day() };
        Column::new(self.catalogue, indicator, self.series.get(&indicator.id), (self.month, self.seen(), span))
    }

    /// The boards of the units that have a group, in the order of ids.
    pub(crate) fn boards(&self, places: impl Iterator<Item = Place>) -> Vec<Board> {
        let places: Vec<Place> = places.filter(|place| self.catalogue.is_valid(*place, self.question.units_on())).collect();
        let indicators: BTreeSet<Id<Indicator>> =
            places.iter().flat_map(|place| self.catalogue.indicators_of(self.catalogue.unit(*place).id)).collect();
        let mut scores: BTreeMap<Place, BTreeMap<Id<Group>, Vec<IndicatorScore>>> = BTreeMap::new();
        let mut members = HashMap::new();
        for (indicator, group) in indicators.into_iter().filter_map(|id| self.on_a_board(id)) {
            // One indicator at a time: its columns serve all units and are then let go.
            let mut columns = Columns::new();
            for place in &places {
                if let Some(score) = self.indicator_score(*place, indicator, group, &mut columns, &mut members) {
                    scores.entry(*place).or_default().entry(group.id).or_default().push(score);
                }
            }
        }
        scores.into_iter().map(|(place, groups)| self.board(place, groups)).collect()
    }

    fn board(&self, place: Place, groups: BTreeMap<Id<Group>, Vec<IndicatorScore>>) -> Board {
        let score = |(id, indicators): (Id<Group>, Vec<IndicatorScore>)| -> Option<GroupScore> {
            let group = self.catalogue.group(id)?;
            Some(group_score(group, &self.judging(group), indicators))
        };
        Board { unit: self.catalogue.unit(place).id, groups: groups.into_iter().filter_map(score).collect() }
    }

    /// The indicator with its group; one without a group is on no board.
    fn on_a_board(&self, id: Id<Indicator>) -> Option<(&'a Indicator, &'a Group)> {
        let indicator = self.catalogue.indicator(id)?;
        Some((indicator, self.catalogue.group(indicator.group?)?))
    }

    /// The score of an indicator for a unit; absent where the unit has no target for it on the month's last day.
    fn indicator_score(
        &self,
        place: Place,
        indicator: &'a Indicator,
        group: &Group,
        columns: &mut Columns<'a>,
        members: &mut HashMap<Place, Vec<Place>>,
    ) -> Option<IndicatorScore> {
        let issuer = self.resolution(group).map(|resolution| Assigner::issuer(self.catalogue, resolution));
        let key = (self.catalogue.unit(place).id, indicator.id);
        let targets = targets_on(self.catalogue, key, self.question.last_day(), self.seen(), issuer);
        if targets.is_empty() {
            return None;
        }
        let is_from_baseline = self.judging(group).is_from_baseline;
        let members = members.entry(place).or_insert_with(|| self.tree.members(place));
        let score = |target: &Target| {
            let first = first_day(target);
            let column = columns.entry(first).or_insert_with(|| self.column(indicator, first));
            let parts = parts(column, place, members, self.carrying.as_ref());
            let value = parts.value(indicator.area_rule);
            let achievement = value.as_ref().and_then(|value| achievement(indicator, value, target, is_from_baseline));
            let missing = parts.missing.iter().map(|old| self.catalogue.unit(*old).id).collect();
            TargetScore { target: target.id, span_from: target.valid_from, value, achievement, missing }
        };
        Some(IndicatorScore { indicator: indicator.id, weight: indicator.weight, targets: targets.into_iter().map(score).collect() })
    }

    fn resolution(&self, group: &Group) -> Option<&'a domain::resolution::Resolution> {
        group.resolution.and_then(|id| self.catalogue.resolution(id))
    }

    fn judging(&self, group: &Group) -> Judging {
        Judging::by(self.resolution(group))
    }

    const fn seen(&self) -> Seen {
        Seen { known_on: self.question.known_on, horizon: self.question.horizon }
    }
}
