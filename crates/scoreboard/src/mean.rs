//! Step 3 for means over periods, restated: the series first, then the mean. A period's value is the unit's own where it has
//! one, else the sum of its predecessors' × share.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::indicator::AreaRule;
use domain::period::Period;
use domain::unit::UnitClass;

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
    /// Ended units with unknown shares that lie wholly inside: each is averaged as it was, beside its successors.
    pub(crate) apart: BTreeSet<Place>,
    series: HashMap<Place, RestatedSeries>,
}

impl<'a, 'c> MeanSeries<'a, 'c> {
    pub(crate) fn new(column: &Column<'_>, members: &[Place], carrying: &'a Carrying<'c>) -> Self {
        let ways = column.catalogue.ways();
        let split: Vec<Place> = carrying.reaching(members).into_iter().filter(|old| ways.has_unknown_split(*old)).collect();
        let shares = shares(column, members, carrying);
        let is_whole = |old: &Place| shares.get(old).and_then(Option::as_ref).is_some_and(Exact::is_one);
        let is_apart = |old: &Place| is_whole(old) && !ways.closure(*old).iter().skip(1).any(|next| !column.values(*next).is_empty());
        Self { carrying, apart: split.into_iter().filter(is_apart).collect(), series: HashMap::new() }
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
        let mut found = Vec::new();
        let mut waiting = vec![place];
        while let Some(at) = waiting.pop() {
            if !self.series.contains_key(&at) {
                waiting.extend(self.givers(column, at).into_iter().map(|(old, _)| old));
                found.push(at);
            }
        }
        // Whoever ended earlier is computed first; the unit itself, which may not have ended, comes last.
        found.sort_by_key(|at| (column.catalogue.unit(*at).valid_to.is_none(), column.catalogue.unit(*at).valid_to, *at));
        found.dedup();
        found
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

/// How much of each ended unit with a way to the members is in them.
fn shares(column: &Column<'_>, members: &[Place], carrying: &Carrying<'_>) -> HashMap<Place, Option<Exact>> {
    let ended = carrying.reaching(members);
    let inside: BTreeSet<Place> = members.iter().copied().collect();
    let mut found = HashMap::new();
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
    parts.missing = missing(column, members, carrying, &series.apart);
    parts
}

/// The ended units with values of which a part went to the members by an unknown share, or from which no way leads.
fn missing(column: &Column<'_>, members: &[Place], carrying: &Carrying<'_>, apart: &BTreeSet<Place>) -> Vec<Place> {
    let ways = column.catalogue.ways();
    let shares = shares(column, members, carrying);
    let is_unknown = |old: &Place| ways.closure(*old).iter().any(|at| !apart.contains(at) && ways.has_unknown_split(*at));
    let is_partly_inside = |old: &Place| shares.get(old).is_some_and(|share| share.as_ref().is_none_or(|share| !share.is_zero()));
    let mut missing: Vec<Place> = carrying
        .reaching(members)
        .into_iter()
        .filter(|old| is_partly_inside(old) && is_unknown(old))
        .chain(carrying.lost(members))
        .collect();
    missing.retain(|old| !column.values(*old).is_empty());
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
