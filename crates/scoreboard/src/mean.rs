//! Step 3 for means over periods, restated: the series first, then the mean. A period's value is the unit's own where it has
//! one, else the sum of its predecessors' × share.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::indicator::AreaRule;
use domain::period::Period;
use domain::unit::UnitClass;
use jiff::civil::Date;

use crate::catalogue::Place;
use crate::column::{Column, valued};
use crate::exact::Exact;
use crate::own_part::{Valued, own_part, take};
use crate::roll_up::{PartOf, Parts};
use crate::series::Row;
use crate::succession::Carrying;

/// The value of a period in a restated series.
#[derive(Debug, Clone)]
pub(crate) struct Restated {
    pub(crate) valued: Valued,
    /// The unit's own row; absent where predecessors gave the value.
    pub(crate) own: Option<Row>,
}

/// A restated series.
pub(crate) type RestatedSeries = BTreeMap<Period, Restated>;

/// The restated series of units, each computed at most once.
pub(crate) struct MeanSeries<'a, 'c> {
    carrying: &'a Carrying<'c>,
    /// How much of each ended unit with a way to the members is in them; absent where not known.
    shares: BTreeMap<Place, Option<Exact>>,
    /// Ended units with unknown shares that lie wholly inside: each is averaged as it was, beside its successors.
    pub(crate) apart: BTreeSet<Place>,
    series: HashMap<Place, RestatedSeries>,
}

impl<'a, 'c> MeanSeries<'a, 'c> {
    pub(crate) fn new(column: &mut Column<'_>, members: &[Place], carrying: &'a Carrying<'c>) -> Self {
        let shares = shares(column, members, carrying);
        let ways = column.catalogue.ways();
        let is_whole = |share: &Option<Exact>| share.as_ref().is_some_and(Exact::is_one);
        let whole = shares.iter().filter(|(_, share)| is_whole(share)).map(|(old, _)| *old);
        let mut apart: BTreeSet<Place> = whole.filter(|old| ways.has_unknown_split(*old)).collect();
        apart.retain(|old| !ways.closure(*old).into_iter().skip(1).any(|next| column.own_part(next).is_some()));
        Self { carrying, shares, apart, series: HashMap::new() }
    }

    /// The series of a unit. Predecessors ended before it began to count, so this ends.
    pub(crate) fn series(&mut self, column: &Column<'_>, place: Place) -> &RestatedSeries {
        for at in self.unknown_before(column, place) {
            let series = self.compute(column, at);
            self.series.insert(at, series);
        }
        self.series.entry(place).or_default()
    }

    /// The predecessors from which a unit's series is built, each with the share of it that the unit got.
    pub(crate) fn givers(&self, column: &Column<'_>, place: Place) -> Vec<(Place, Exact)> {
        let (catalogue, ways) = (column.catalogue, column.catalogue.ways());
        let class = catalogue.unit(place).class;
        let gives = |old: &Place| !self.apart.contains(old) && self.carrying.has_ended(*old) && catalogue.unit(*old).class == class;
        let mut givers = Vec::new();
        for old in ways.into(place).iter().copied().filter(gives) {
            let from = ways.from(old);
            for way in from.iter().filter(|way| way.to == place) {
                // An only successor gets all, whatever its share says.
                let share = if from.len() == 1 { Some(Exact::one()) } else { way.share.clone() };
                givers.extend(share.filter(|share| !share.is_zero()).map(|share| (old, share)));
            }
        }
        givers
    }

    /// The unit and its predecessors over all hops whose series is not known yet, predecessors first.
    fn unknown_before(&self, column: &Column<'_>, place: Place) -> Vec<Place> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![place];
        while let Some(at) = waiting.pop() {
            if !self.series.contains_key(&at) && found.insert(latest_first(column, at)) {
                waiting.extend(self.givers(column, at).into_iter().map(|(old, _)| old));
            }
        }
        found.into_iter().rev().map(|(_, _, at)| at).collect()
    }

    /// The rows that gave the value of a period in a unit's series, each with the share that went in: its own, or those of its
    /// predecessors with the shares multiplied, and added up where two ways meet again.
    pub(crate) fn sources(&mut self, column: &Column<'_>, place: Place, period: Period) -> Vec<(Place, Row, Exact)> {
        let mut sources = Vec::new();
        let mut waiting = BTreeMap::from([(latest_first(column, place), Exact::one())]);
        // A predecessor ended earlier than all that it gave to, so its share is whole when its turn comes.
        while let Some(((_, _, at), share)) = waiting.pop_first() {
            let Some(restated) = self.series(column, at).get(&period) else { continue };
            if let Some(row) = restated.own {
                sources.push((at, row, share));
                continue;
            }
            for (old, given) in self.givers(column, at) {
                *waiting.entry(latest_first(column, old)).or_insert_with(Exact::zero) += &(&share * &given);
            }
        }
        sources.sort_by_key(|(at, ..)| *at);
        sources
    }

    fn compute(&self, column: &Column<'_>, place: Place) -> RestatedSeries {
        let is_weighted = column.indicator.area_rule == AreaRule::WeightedMean;
        let mut given: BTreeMap<Period, (Exact, Exact)> = BTreeMap::new();
        for (old, share) in self.givers(column, place) {
            for (period, Restated { valued: Valued { value, weight }, .. }) in self.series.get(&old).into_iter().flatten() {
                let n = if is_weighted { value * weight } else { value.clone() };
                let sums = given.entry(*period).or_insert_with(|| (Exact::zero(), Exact::zero()));
                sums.0 += &(&n * &share);
                sums.1 += &(weight * &share);
            }
        }
        let mut series = RestatedSeries::new();
        for (period, (n, weight)) in given {
            let value = if is_weighted { n.divided_by(&weight) } else { Some(n) };
            series.extend(value.map(|value| (period, Restated { valued: Valued { value, weight }, own: None })));
        }
        for row in column.values(place) {
            series.extend(valued(&row).map(|(period, valued)| (period, Restated { valued, own: Some(row) })));
        }
        series
    }
}

/// Orders units that last before those that ended, the latest ended first.
fn latest_first(column: &Column<'_>, place: Place) -> (bool, Reverse<Option<Date>>, Place) {
    let last = column.catalogue.unit(place).valid_to;
    (last.is_some(), Reverse(last), place)
}

/// How much of each ended unit with a way to the members is in them; a successor's own value replaces nothing here but its
/// periods, so none holds.
fn shares(column: &Column<'_>, members: &[Place], carrying: &Carrying<'_>) -> BTreeMap<Place, Option<Exact>> {
    let ended = carrying.reaching(members);
    let inside: BTreeSet<Place> = members.iter().copied().collect();
    let mut found = BTreeMap::new();
    for class in [UnitClass::Area, UnitClass::Body] {
        let shares = carrying.shares(&ended, class, &inside, &mut |_| false);
        found.extend(shares.into_iter().filter(|(old, _)| column.catalogue.unit(*old).class == class));
    }
    found
}

/// The restated means of the members and of the units that stand apart, and what is missing.
pub(crate) fn parts(column: &mut Column<'_>, members: &[Place], carrying: &Carrying<'_>) -> Parts {
    let mut series = MeanSeries::new(column, members, carrying);
    let mut parts = Parts::default();
    for place in members.iter().copied().chain(series.apart.clone()) {
        if series.givers(column, place).is_empty() {
            parts.add_own(column, place);
            continue;
        }
        let items = series.series(column, place).iter().map(|(period, restated)| (*period, restated.valued.clone())).collect();
        if let Some(part) = own_part(column.indicator, &take(column.indicator.period_rule, column.month, items)) {
            parts.parts.push(PartOf { place, share: Exact::one(), n: part.n, w: part.w });
        }
    }
    parts.missing = missing(column, members, &series);
    parts
}

/// The ended units with values of which a part went to the members by an unknown share, or from which no way leads.
fn missing(column: &mut Column<'_>, members: &[Place], series: &MeanSeries<'_, '_>) -> Vec<Place> {
    let ways = column.catalogue.ways();
    let is_unknown = |old: &Place| ways.closure(*old).iter().any(|at| !series.apart.contains(at) && ways.has_unknown_split(*at));
    let partly_inside = series.shares.iter().filter(|(_, share)| share.as_ref().is_none_or(|share| !share.is_zero()));
    let mut missing: Vec<Place> = partly_inside.map(|(old, _)| *old).filter(is_unknown).collect();
    missing.extend(series.carrying.lost(members));
    missing.retain(|old| column.own_part(*old).is_some());
    missing.sort_unstable();
    missing
}

#[cfg(test)]
mod tests {
    use crate::worlds::{explanation, ledger, number, of_month};

    /// O is split 0.35 / 0.65 between S and N, A goes to S, U is split in unknown shares; all on 1/7/2024.
    const WORLD: &str = "unit T area
        unit O area T ..2024-06-30
        unit A area T ..2024-06-30
        unit U area T ..2024-06-30
        unit S area T 2024-07-01..
        unit N area T 2024-07-01..
        follow O S 2024-07-01 35
        follow O N 2024-07-01 65
        follow A S 2024-07-01 ?
        follow U S 2024-07-01 ?
        follow U N 2024-07-01 50
        indicator i up sum/mean
        indicator w up weighted_mean/mean";

    fn july(values: &str, unit: &str, indicator: &str) -> (String, String) {
        let (number, missing) = number(&ledger(&format!("{WORLD}\n{values}")), unit, indicator, "2023-01-01", &of_month("2024-07"));
        (number, missing.join(" "))
    }

    fn is(number: &str, missing: &str) -> (String, String) {
        (number.to_owned(), missing.to_owned())
    }

    #[test]
    fn the_series_is_carried_first_and_averaged_then() {
        // 2023 gives 10 + 0.35 × 10 = 13.5; with its own 13 of the first quarter the floor of 26.5 / 2 is 13.
        let values = "value A i 2023 2024-01-05 10\nvalue O i 2023 2024-01-05 10\nvalue A i 2024-Q1 2024-04-05 13";
        assert_eq!(july(values, "S", "i"), is("13 / 1", ""));
        assert_eq!(july(values, "N", "i"), is("6 / 1", ""));
        assert_eq!(july(values, "T", "i"), is("19 / 1", ""));
    }

    #[test]
    fn an_own_value_of_a_period_stands() {
        let values = "value A i 2024-05 2024-06-05 10\nvalue S i 2024-05 2024-08-05 20\nvalue A i 2024-04 2024-06-05 4";
        assert_eq!(july(values, "S", "i"), is("12 / 1", ""));
    }

    #[test]
    fn weighted_series_add_up_products_and_weights() {
        // April: (10 × 3 + 0.35 × 20 × 10) / (3 + 3.5) = 200 / 13; May: 16; the floor of their mean is 15, and May weighs 4.
        let values = "value A w 2024-04 2024-05-05 10 3\nvalue O w 2024-04 2024-05-05 20 10\nvalue A w 2024-05 2024-06-05 16 4";
        assert_eq!(july(values, "S", "w"), is("60 / 4", ""));
    }

    #[test]
    fn unknown_shares_wholly_inside_are_averaged_as_they_were() {
        let values = "value U i 2024-04 2024-05-05 10\nvalue U i 2024-05 2024-06-05 5";
        assert_eq!(july(values, "T", "i"), is("7 / 1", ""));
        assert_eq!(july(values, "S", "i"), is("-", "U"));
        // N's half is known, and stays all that is known of U.
        assert_eq!(july(values, "N", "i"), is("3 / 1", "U"));
        // Where a successor has a value of its own in the span, U is no longer averaged beside it.
        assert_eq!(july(&format!("{values}\nvalue S i 2024-07 2024-08-05 20"), "T", "i"), is("23 / 1", "U"));
    }

    #[test]
    fn a_row_that_comes_over_two_ways_is_taken_once() {
        let ledger = ledger(
            "unit A area - ..2023-12-31
            unit B area - 2024-01-01..2024-06-30
            unit C area - 2024-01-01..2024-06-30
            unit S area - 2024-07-01..
            follow A B 2024-01-01 25
            follow A C 2024-01-01 50
            follow B S 2024-07-01 100
            follow C S 2024-07-01 100
            indicator i up sum/mean
            value A i 2023 2024-01-05 10",
        );
        let explanation = explanation(&ledger, "S", "i", "2023-01-01", &of_month("2024-07"));
        let shares: Vec<String> = explanation.parts[0].rows.iter().map(|row| row.share.to_string()).collect();
        assert_eq!((shares, explanation.parts[0].n.to_string()), (vec!["3/4".to_owned()], "7".to_owned()));
    }

    #[test]
    fn each_value_of_a_mean_is_named_with_its_share() {
        let values = "value O i 2024-04 2024-05-05 10\nvalue O i 2024-05 2024-06-05 20\nvalue A i 2024-05 2024-06-05 8";
        let explanation = explanation(&ledger(&format!("{WORLD}\n{values}")), "S", "i", "2023-01-01", &of_month("2024-07"));
        let [part] = explanation.parts.as_slice() else { panic!("S alone has a part") };
        let rows: Vec<(i64, String)> = part.rows.iter().map(|row| (row.arrival.value.unwrap(), row.share.to_string())).collect();
        // April 3.5, May 7 + 8: the floor of 18.5 / 2.
        assert_eq!(rows, [(10, "7/20".to_owned()), (20, "7/20".to_owned()), (8, "1".to_owned())]);
        assert_eq!(part.n.to_string(), "9");
    }
}
