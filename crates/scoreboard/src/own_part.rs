//! Step 2 of the definition: from the values of one unit within the span so far to its own part.

use std::cmp::Reverse;

use domain::indicator::{AreaRule, Indicator, PeriodRule};
use domain::period::Period;

use crate::exact::Exact;

/// A value of a period with its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Valued {
    pub(crate) value: Exact,
    pub(crate) weight: Exact,
}

/// N and W of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnPart {
    pub(crate) n: Exact,
    pub(crate) w: Exact,
}

/// The items that the rule over periods takes, given those within the span so far: for `last` the one that ends last and of two
/// such the shorter, for `at` the month's own, for `sum` and `mean` the longest first and none that overlaps one already taken.
pub(crate) fn take<T>(rule: PeriodRule, month: Period, mut items: Vec<(Period, T)>) -> Vec<(Period, T)> {
    match rule {
        PeriodRule::At => items.retain(|(period, _)| *period == month),
        PeriodRule::Last => {
            return items.into_iter().max_by_key(|(period, _)| (period.last_day(), period.first_day())).into_iter().collect();
        }
        PeriodRule::Sum | PeriodRule::Mean => return without_overlap(items),
    }
    items
}

/// Longest period first, of equal length the earlier; what overlaps one already taken is left out.
fn without_overlap<T>(mut items: Vec<(Period, T)>) -> Vec<(Period, T)> {
    // Periods of one length never overlap one another, so a series of months only needs no further look.
    let is_uniform = items.windows(2).all(|pair| pair[0].0.months() == pair[1].0.months());
    items.sort_by_key(|(period, _)| (Reverse(period.months()), period.first_day()));
    if is_uniform {
        return items;
    }
    let mut taken: Vec<(Period, T)> = Vec::new();
    for (period, item) in items {
        if !taken.iter().any(|(other, _)| overlap(period, *other)) {
            taken.push((period, item));
        }
    }
    taken
}

fn overlap(one: Period, other: Period) -> bool {
    one.year() == other.year() && one.first_day() <= other.last_day() && other.first_day() <= one.last_day()
}

/// N and W of the values that were taken; absent if there is none. The floor of `mean` stays also where values are fractions,
/// and its weight is that of the value that ends last.
pub(crate) fn own_part(indicator: &Indicator, taken: &[(Period, Valued)]) -> Option<OwnPart> {
    if indicator.period_rule != PeriodRule::Mean {
        return (!taken.is_empty()).then(|| add_up(indicator.area_rule, taken.iter().map(|(_, valued)| valued)));
    }
    let (_, newest) = taken.iter().max_by_key(|(period, _)| period.last_day())?;
    let sum: Exact = taken.iter().map(|(_, valued)| &valued.value).sum();
    let number = Exact::from(i128::try_from(taken.len()).ok()?);
    let mean = Valued { value: sum.floor_divided_by(&number)?, weight: newest.weight.clone() };
    Some(add_up(indicator.area_rule, std::iter::once(&mean)))
}

/// Adds up N and W by the rule over areas: `weighted_mean` turns a value into value × weight, `sum` and `none` know no weight.
fn add_up<'a>(rule: AreaRule, values: impl Iterator<Item = &'a Valued>) -> OwnPart {
    let mut part = OwnPart { n: Exact::zero(), w: Exact::zero() };
    for Valued { value, weight } in values {
        match rule {
            AreaRule::WeightedMean => part.n += &(value * weight),
            AreaRule::Ratio | AreaRule::Sum | AreaRule::None => part.n += value,
        }
        part.w += weight;
    }
    if !rule.needs_weight() {
        part.w = Exact::one();
    }
    part
}

#[cfg(test)]
mod tests {
    use crate::worlds::{ledger, number, of_month};

    /// N / W in March 2024 of unit X over a span from 2023 on, by rules over areas and periods, of `(period, value, weight)`.
    fn part(rules: &str, rows: &[(&str, i64, i64)]) -> String {
        part_in("2024-03", rules, rows)
    }

    fn part_in(month: &str, rules: &str, rows: &[(&str, i64, i64)]) -> String {
        let mut lines = format!("unit X area\nindicator i up {rules}\n");
        for (period, value, weight) in rows {
            lines += &format!("value X i {period} 2025-01-01 {value} {weight}\n");
        }
        number(&ledger(&lines), "X", "i", "2023-01-01", &of_month(month)).0
    }

    #[test]
    fn sums_take_the_longest_period_first() {
        let nested = [("2024-01", 3, 1), ("2024-02", 4, 1), ("2024-Q1", 9, 1)];
        assert_eq!(part_in("2024-02", "sum/sum", &nested), "7 / 1");
        assert_eq!(part("sum/sum", &nested), "9 / 1");
        // Nine months are longer than the half-year that they overlap; October to December remain.
        let year = [("2023-H2", 50, 1), ("2023-9M", 60, 1), ("2023-Q4", 20, 1), ("2023-11", 8, 1)];
        assert_eq!(part("sum/sum", &year), "80 / 1");
        assert_eq!(part("sum/sum", &[("2023", 100, 1), ("2023-9M", 60, 1), ("2022-12", 7, 1)]), "100 / 1");
    }

    #[test]
    fn sums_add_up_numerators_and_denominators() {
        let rows = [("2024-01", 10, 4), ("2024-02", 20, 5)];
        assert_eq!(part("ratio/sum", &rows), "30 / 9");
        assert_eq!(part("weighted_mean/sum", &rows), "140 / 9");
        assert_eq!(part("none/sum", &rows), "30 / 1");
    }

    #[test]
    fn the_last_is_the_latest_end_then_the_shorter() {
        assert_eq!(part("sum/last", &[("2024-Q1", 1, 1), ("2024-03", 2, 1), ("2024-02", 3, 1)]), "2 / 1");
        assert_eq!(part("weighted_mean/last", &[("2023", 100, 3), ("2024-Q1", 200, 5)]), "1000 / 5");
        assert_eq!(part("ratio/last", &[("2023", 30, 41)]), "30 / 41");
    }

    #[test]
    fn at_is_the_month_itself() {
        assert_eq!(part("sum/at", &[("2024-Q1", 5, 1), ("2024-02", 6, 1)]), "-");
        assert_eq!(part("sum/at", &[("2024-Q1", 5, 1), ("2024-03", 6, 1)]), "6 / 1");
    }

    #[test]
    fn means_are_floored_and_weigh_as_the_latest() {
        assert_eq!(part("sum/mean", &[("2023-10", -10, 1), ("2023-11", 0, 1), ("2023-12", -4, 1)]), "-5 / 1");
        assert_eq!(part("weighted_mean/mean", &[("2023", 100, 3), ("2024-Q1", 201, 5)]), "750 / 5");
        assert_eq!(part("none/mean", &[("2023", 40, 1), ("2024-Q1", 55, 1), ("2024-02", 99, 1)]), "47 / 1");
    }

    #[test]
    fn values_of_eighteen_digits_stay_exact() {
        let most = 999_999_999_999_999_999;
        let months = ["2023-01", "2023-02", "2023-03"].map(|month| (month, most, most));
        assert_eq!(part("weighted_mean/sum", &months), format!("{} / {}", 3 * i128::from(most) * i128::from(most), 3 * i128::from(most)));
    }
}
