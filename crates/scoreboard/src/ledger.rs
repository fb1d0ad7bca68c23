//! The rows that scores are computed from, and the questions they answer.

use std::collections::HashMap;
use std::sync::Arc;

use domain::group::Group;
use domain::id::Id;
use domain::indicator::Indicator;
use domain::measurement::Arrival;
use domain::resolution::Resolution;
use domain::scoreboard::ScoreboardNouns;
use domain::target::Target;
use domain::unit::Unit;
use jiff::civil::Date;

use crate::board::Board;
use crate::catalogue::{Catalogue, Place};
use crate::column::SeriesOfUnits;
use crate::explain::explain;
use crate::explanation::Explanation;
use crate::question::Question;
use crate::scoring::Asked;
use crate::series::Row;
use crate::targets::{arrived, same_key};
use crate::tree::DayTree;

/// Nouns and measurements. Cloning it is cheap: clones share what neither of them has changed since.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    catalogue: Arc<Catalogue>,
    series: HashMap<Id<Indicator>, SeriesOfUnits>,
    unsettled: Vec<(Id<Indicator>, Id<Unit>)>,
}

impl Ledger {
    /// Replaces the nouns; measurements that have arrived stay.
    pub fn set_nouns(&mut self, nouns: ScoreboardNouns) {
        self.catalogue = Arc::new(Catalogue::new(nouns));
    }

    /// The nouns, each kind in the order of its ids.
    pub fn nouns(&self) -> &ScoreboardNouns {
        self.catalogue.nouns()
    }

    /// One more row. Rows may arrive in any order; [`Self::settle`] is called after a batch of them, before a question is asked.
    pub fn arrive(&mut self, arrival: Arrival) {
        let series = self.series.entry(arrival.indicator).or_default().entry(arrival.unit).or_default();
        if series.is_settled() {
            self.unsettled.push((arrival.indicator, arrival.unit));
        }
        Arc::make_mut(series).push(Row::new(&arrival));
    }

    /// Brings the series with new rows into order.
    pub fn settle(&mut self) {
        for (indicator, unit) in std::mem::take(&mut self.unsettled) {
            if let Some(series) = self.series.get_mut(&indicator).and_then(|units| units.get_mut(&unit)) {
                Arc::make_mut(series).settle();
            }
        }
    }

    /// The unit of an id.
    pub fn unit(&self, id: Id<Unit>) -> Option<&Unit> {
        self.catalogue.place(id).map(|place| self.catalogue.unit(place))
    }

    /// The group of an id.
    pub fn group(&self, id: Id<Group>) -> Option<&Group> {
        self.catalogue.group(id)
    }

    /// The indicator of an id.
    pub fn indicator(&self, id: Id<Indicator>) -> Option<&Indicator> {
        self.catalogue.indicator(id)
    }

    /// The resolution of an id.
    pub fn resolution(&self, id: Id<Resolution>) -> Option<&Resolution> {
        self.catalogue.resolution(id)
    }

    /// The row of a target of an id.
    pub fn target(&self, id: Id<Target>) -> Option<&Target> {
        self.catalogue.target(id)
    }

    /// The unit that bears a code on a day.
    pub fn unit_at(&self, code: &str, day: Date) -> Option<&Unit> {
        self.catalogue.bearer(code, day).map(|place| self.catalogue.unit(place))
    }

    /// The unit and all areas below it as the tree stands on a day, in the order of ids.
    pub fn members(&self, unit: Id<Unit>, day: Date) -> Vec<Id<Unit>> {
        self.catalogue.place(unit).map_or_else(Vec::new, |place| self.ids(self.tree(day).members(place)))
    }

    /// The areas right below a unit on a day, in the order of ids; of a body right below it, the areas right below that.
    pub fn children(&self, unit: Id<Unit>, day: Date) -> Vec<Id<Unit>> {
        self.catalogue.place(unit).map_or_else(Vec::new, |place| self.ids(self.tree(day).children(place)))
    }

    /// The unit right above on a day.
    pub fn parent(&self, unit: Id<Unit>, day: Date) -> Option<Id<Unit>> {
        let parent = self.catalogue.parent(self.catalogue.place(unit)?, day)?;
        Some(self.catalogue.unit(parent).id)
    }

    /// The board of a unit; without groups where it has no target, or does not exist on the question's day.
    pub fn board(&self, unit: Id<Unit>, question: &Question) -> Board {
        let board = self.catalogue.place(unit).and_then(|place| self.asked(question).boards(std::iter::once(place)).pop());
        board.unwrap_or(Board { unit, groups: Vec::new() })
    }

    /// The boards of all units of the question's day that have a group, in the order of ids.
    pub fn boards(&self, question: &Question) -> Vec<Board> {
        self.asked(question).boards(0..self.catalogue.len())
    }

    /// Opens the value of a unit and an indicator over a span that begins on `span_from` (absent: open), down to its rows.
    pub fn explain(&self, unit: Id<Unit>, indicator: Id<Indicator>, span_from: Option<Date>, question: &Question) -> Explanation {
        let (Some(place), Some(indicator)) = (self.catalogue.place(unit), self.catalogue.indicator(indicator)) else {
            return Explanation::default();
        };
        explain(&self.asked(question), place, indicator, span_from.unwrap_or(Date::MIN))
    }

    /// Every row of a unit and an indicator that ever arrived, by period, then in the order of arrival.
    pub fn arrivals(&self, unit: Id<Unit>, indicator: Id<Indicator>) -> Vec<Arrival> {
        let series = self.series.get(&indicator).and_then(|units| units.get(&unit));
        series.map_or_else(Vec::new, |series| series.rows().iter().map(|row| row.arrival(unit, indicator)).collect())
    }

    /// All versions of a target (the same unit, indicator, span and assigner) in the order of arrival.
    pub fn target_rows(&self, target: Id<Target>) -> Vec<Id<Target>> {
        let Some(target) = self.catalogue.target(target) else { return Vec::new() };
        let versions = self.catalogue.targets(target.unit, target.indicator).filter(|other| same_key(&self.catalogue, target, other));
        let mut versions: Vec<&Target> = versions.collect();
        versions.sort_by_key(|version| arrived(version));
        versions.into_iter().map(|version| version.id).collect()
    }

    fn tree(&self, day: Date) -> DayTree<'_> {
        DayTree::new(&self.catalogue, day)
    }

    fn ids(&self, places: Vec<Place>) -> Vec<Id<Unit>> {
        places.into_iter().map(|place| self.catalogue.unit(place).id).collect()
    }

    fn asked<'a>(&'a self, question: &'a Question) -> Asked<'a> {
        // A series out of order would give wrong numbers in silence.
        assert!(self.unsettled.is_empty(), "rows arrived and were not settled");
        Asked::new(&self.catalogue, &self.series, question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worlds::{ledger, of_month};
    use jiff::civil::date;

    const WORLD: &str = "unit X area
        unit T area
        unit E area T ..2024-04-30
        resolution R T mean 10000;7000
        group G R
        group H R
        indicator a up sum/sum H
        indicator b up sum/sum G
        indicator c up sum/sum -
        indicator d up sum/sum H
        target T d .. T 10
        target T b .. T 10
        target T a .. T 10
        target T c .. T 10
        target E a .. T 10
        value T a 2024-05 2024-06-01 5
        value T a 2024-03 2024-06-01 7
        value T a 2024-03 2024-05-01 9";

    #[test]
    fn boards_stand_in_the_order_of_ids() {
        let ledger = ledger(WORLD);
        let boards = ledger.boards(&of_month("2024-05"));
        let lines: Vec<_> = boards
            .iter()
            .flat_map(|board| board.groups.iter().map(|group| (board.unit.number(), group)))
            .map(|(unit, group)| {
                (unit, group.group.number(), group.indicators.iter().map(|score| score.indicator.number()).collect::<Vec<_>>())
            })
            .collect();
        // X has no target, E has ended, and indicator c is in no group.
        assert_eq!(lines, [(2, 5, vec![8]), (2, 6, vec![7, 10])]);
        assert_eq!(ledger.board(Id::new(2), &of_month("2024-05")), boards[0]);
        for unit in [1, 3, 99] {
            assert_eq!(ledger.board(Id::new(unit), &of_month("2024-05")).groups, []);
        }
        assert_eq!(ledger.boards(&of_month("2024-04")).len(), 2);
    }

    #[test]
    fn history_stands_by_period_and_arrival() {
        let arrivals = ledger(WORLD).arrivals(Id::new(2), Id::new(7));
        assert_eq!(arrivals.iter().map(|arrival| arrival.id.number()).collect::<Vec<_>>(), [18, 17, 16]);
        assert_eq!(ledger(WORLD).arrivals(Id::new(1), Id::new(7)), []);
    }

    #[test]
    fn a_clone_does_not_see_what_arrives_later() {
        let before = ledger(WORLD);
        let mut after = before.clone();
        after.arrive(Arrival { id: Id::new(40), known_on: date(2024, 7, 1), value: None, ..before.arrivals(Id::new(2), Id::new(7))[2] });
        after.settle();
        let explained = |ledger: &Ledger| ledger.explain(Id::new(2), Id::new(7), None, &of_month("2024-05")).value.map(|value| value.n);
        assert_eq!([explained(&before), explained(&after)], [Some(12_i64.into()), Some(7_i64.into())]);
    }

    #[test]
    fn of_a_longer_period_the_last_month_counts() {
        let ledger = ledger(WORLD);
        assert_eq!(ledger.boards(&of_month("2024-H1")), ledger.boards(&of_month("2024-06")));
    }

    #[test]
    fn what_the_ledger_does_not_know_has_no_explanation() {
        assert_eq!(ledger(WORLD).explain(Id::new(99), Id::new(7), None, &of_month("2024-05")), Explanation::default());
        assert_eq!(ledger(WORLD).unit_at("E", date(2024, 5, 1)), None);
    }
}
