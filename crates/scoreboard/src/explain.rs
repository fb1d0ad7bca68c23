//! Opens a value: the same parts that make it up, each with its rows.

use std::collections::BTreeSet;

use domain::indicator::{AreaRule, Indicator, PeriodRule};
use domain::measurement::Arrival;
use domain::unit::UnitClass;
use jiff::civil::Date;

use crate::catalogue::Place;
use crate::column::Column;
use crate::exact::Exact;
use crate::explanation::{Coverage, Explanation, Missing, MissingReason, Part, Residual, TakenRow};
use crate::mean::MeanSeries;
use crate::own_part::take;
use crate::roll_up::{PartOf, parts};
use crate::scoring::Asked;
use crate::series::Row;
use crate::succession::Carrying;
use crate::tree::DayTree;

/// Everything behind the value of one unit and one indicator over a span.
pub(crate) fn explain<'a>(asked: &Asked<'a>, place: Place, indicator: &'a Indicator, first: Date) -> Explanation {
    let mut column = asked.column(indicator, first);
    let members = asked.tree.members(place);
    let mut found = parts(&mut column, place, &members, asked.carrying.as_ref());
    found.parts.sort_by_key(|part| part.place);
    let value = found.value(indicator.area_rule);
    let rows = Rows::new(&mut column, &members, asked.carrying.as_ref());
    let coverage = coverage(asked, &column, place);
    let residuals = residuals(asked, &found.parts);
    let missing = found.missing.iter().filter_map(|old| Some(missing(asked, asked.carrying.as_ref()?, *old))).collect();
    let parts = opened(&column, found.parts, rows);
    Explanation { value, parts, missing, residuals, coverage }
}

fn opened(column: &Column<'_>, parts: Vec<PartOf>, mut rows: Rows<'_, '_>) -> Vec<Part> {
    let part = |PartOf { place, share, n, w }| Part { unit: column.catalogue.unit(place).id, share, rows: rows.of(column, place), n, w };
    parts.into_iter().map(part).collect()
}

/// Where the rows of a part come from: the unit's own series, or for a restated mean the series built from its predecessors'.
struct Rows<'a, 'c> {
    series: Option<MeanSeries<'a, 'c>>,
}

impl<'a, 'c> Rows<'a, 'c> {
    fn new(column: &mut Column<'_>, members: &[Place], carrying: Option<&'a Carrying<'c>>) -> Self {
        let is_series = column.indicator.period_rule == PeriodRule::Mean && column.indicator.area_rule != AreaRule::None;
        Self { series: carrying.filter(|_| is_series).map(|carrying| MeanSeries::new(column, members, carrying)) }
    }

    fn of(&mut self, column: &Column<'_>, place: Place) -> Vec<TakenRow> {
        let Some(series) = &mut self.series else {
            return column.taken(place).iter().map(|row| taken_row(column, place, row, Exact::one())).collect();
        };
        let items = series.series(column, place).keys().map(|period| (*period, ())).collect();
        let taken = take(PeriodRule::Mean, column.month, items);
        let sources = taken.into_iter().flat_map(|(period, ())| series.sources(column, place, period));
        sources.map(|(at, row, share)| taken_row(column, at, &row, share)).collect()
    }
}

fn taken_row(column: &Column<'_>, place: Place, row: &Row, share: Exact) -> TakenRow {
    let arrival: Arrival = row.arrival(column.catalogue.unit(place).id, column.indicator.id);
    TakenRow { arrival, share }
}

/// Why the number of an ended unit could not be carried: every unknown share and every dead end on its ways.
fn missing(asked: &Asked<'_>, carrying: &Carrying<'_>, old: Place) -> Missing {
    let (catalogue, ways) = (asked.catalogue, asked.catalogue.ways());
    let mut reasons = Vec::new();
    for at in ways.closure(old) {
        let from = catalogue.unit(at).id;
        if carrying.has_ended(at) && ways.from(at).is_empty() {
            reasons.push(MissingReason::NoSuccession { unit: from });
        }
        let unknown = ways.from(at).iter().filter(|way| way.share.is_none());
        reasons.extend(unknown.map(|way| MissingReason::UnknownShare { from, to: catalogue.unit(way.to).id }));
    }
    Missing { unit: catalogue.unit(old).id, reasons }
}

/// What the known shares of the ended units behind the parts leave over or give twice.
fn residuals(asked: &Asked<'_>, parts: &[PartOf]) -> Vec<Residual> {
    let (catalogue, ways) = (asked.catalogue, asked.catalogue.ways());
    let Some(carrying) = &asked.carrying else { return Vec::new() };
    let carried = parts.iter().filter(|part| carrying.has_ended(part.place)).flat_map(|part| ways.closure(part.place));
    let ended: BTreeSet<Place> = carried.filter(|place| carrying.has_ended(*place)).collect();
    let residual = |place: Place| {
        let shares = ways.from(place).iter().map(|way| way.share.as_ref()).collect::<Option<Vec<&Exact>>>()?;
        let rest = &Exact::one() - &shares.iter().copied().sum::<Exact>();
        (!shares.is_empty() && !rest.is_zero()).then(|| Residual { unit: catalogue.unit(place).id, rest })
    };
    ended.into_iter().filter_map(residual).collect()
}

/// How many of the areas that report the indicator have a value for the month. Where the rule does not roll up, only the unit
/// itself is asked. A value counts for the month when the rule over periods takes it and its period reaches to the month's end:
/// the month itself, or the quarter, half-year, nine months or year that ends with it.
fn coverage(asked: &Asked<'_>, column: &Column<'_>, root: Place) -> Coverage {
    let last = asked.question().last_day();
    let is_alone = column.indicator.area_rule == AreaRule::None;
    let members = if is_alone { vec![root] } else { DayTree::new(asked.catalogue, last).members(root) };
    let is_area = |place: &Place| asked.catalogue.unit(*place).class == UnitClass::Area && asked.catalogue.is_valid(*place, last);
    let mut coverage = Coverage::default();
    for place in members.into_iter().filter(is_area) {
        coverage.areas += usize::from(!column.values(place).is_empty());
        coverage.reported += usize::from(column.taken(place).iter().any(|row| row.period.year() == last.year()));
    }
    coverage
}

#[cfg(test)]
mod tests {
    use crate::exact::Exact;
    use crate::explanation::{Coverage, MissingReason};
    use crate::worlds::{explanation, ledger, of_month};

    const WORLD: &str = "unit T area
        unit O area T ..2024-06-30
        unit K area T ..2024-06-30
        unit U area T ..2024-06-30
        unit S area T 2024-07-01..
        unit N area T 2024-07-01..
        follow O S 2024-07-01 60
        follow O N 2024-07-01 30
        follow U S 2024-07-01 ?
        follow U N 2024-07-01 40
        indicator i up sum/sum
        indicator r up ratio/last
        indicator n up none/last
        value O i 2024-Q1 2024-06-01 10
        value O i 2024-02 2024-06-01 99
        value O i 2024-04 2024-06-01 1
        value K i 2024-04 2024-06-01 4
        value U i 2024-04 2024-06-01 3
        value S i 2024-07 2024-08-01 2
        value S i 2024-07 2024-08-02 5
        value T r 2024-06 2024-07-01 1 2
        value S r 2024-07 2024-08-01 4 8
        value N r 2024-07 2024-08-01 - 8";

    #[test]
    fn parts_add_up_and_show_the_rows_that_were_taken() {
        let explanation = explanation(&ledger(WORLD), "S", "i", "2024-01-01", &of_month("2024-07"));
        let parts: Vec<_> = explanation
            .parts
            .iter()
            .map(|part| {
                let rows: Vec<i64> = part.rows.iter().map(|row| row.arrival.id.number()).collect();
                (part.unit.number(), part.share.to_string(), rows, part.n.to_string())
            })
            .collect();
        // The row of February overlaps the quarter; the earlier row of July was corrected.
        assert_eq!(parts, [(2, "3/5".to_owned(), vec![14, 16], "33/5".to_owned()), (5, "1".to_owned(), vec![20], "5".to_owned())]);
        let sum: Exact = explanation.parts.iter().map(|part| &part.n).sum();
        assert_eq!(Some(sum), explanation.value.map(|value| value.n));
    }

    #[test]
    fn what_is_missing_says_why() {
        let ledger = ledger(WORLD);
        let of = |unit: &str| explanation(&ledger, unit, "i", "2024-01-01", &of_month("2024-07"));
        let reasons = |unit: &str| of(unit).missing.into_iter().map(|missing| (missing.unit.number(), missing.reasons)).collect::<Vec<_>>();
        let unknown = MissingReason::UnknownShare { from: domain::id::Id::new(4), to: domain::id::Id::new(5) };
        assert_eq!(reasons("S"), [(4, vec![unknown])]);
        assert_eq!(reasons("T"), [(3, vec![MissingReason::NoSuccession { unit: domain::id::Id::new(3) }])]);
        assert_eq!(reasons("N"), []);
    }

    #[test]
    fn what_shares_leave_over_is_told() {
        let residuals = explanation(&ledger(WORLD), "S", "i", "2024-01-01", &of_month("2024-07")).residuals;
        let residuals: Vec<_> = residuals.iter().map(|residual| (residual.unit.number(), residual.rest.to_string())).collect();
        assert_eq!(residuals, [(2, "1/10".to_owned())]);
    }

    #[test]
    fn coverage_counts_the_areas_of_the_months_tree() {
        let ledger = ledger(WORLD);
        let coverage =
            |unit: &str, indicator: &str, month: &str| explanation(&ledger, unit, indicator, "2024-01-01", &of_month(month)).coverage;
        assert_eq!(coverage("T", "i", "2024-04"), Coverage { areas: 3, reported: 3 });
        assert_eq!(coverage("T", "i", "2024-05"), Coverage { areas: 3, reported: 3 });
        // What ended by July is not asked for in July, nor is a withdrawn value counted.
        assert_eq!(coverage("T", "i", "2024-03"), Coverage { areas: 1, reported: 1 });
        assert_eq!(coverage("T", "r", "2024-07"), Coverage { areas: 2, reported: 2 });
        // A value of last year is one, but not of the year of the month.
        assert_eq!(coverage("T", "r", "2025-01"), Coverage { areas: 2, reported: 0 });
        assert_eq!(coverage("T", "n", "2024-07"), Coverage { areas: 0, reported: 0 });
    }
}
