//! Numbers as a sheet and a history print them, and as a field takes them back.

use domain::decimal::Decimal;
use domain::indicator::{AreaRule, Indicator};
use domain::measurement::{Arrival, unscaled};

use crate::lang::Lang;

/// A value with what belongs to it: `27/38 (71 %)`, `45,2 triệu đồng/ha, trọng số 1.200`; the words for a withdrawal where there
/// is none.
pub fn number_words(lang: Lang, indicator: &Indicator, row: &Arrival) -> String {
    let Some(value) = row.value else { return lang.measurement_withdrawn().to_owned() };
    let number = unscaled(value, indicator.decimals);
    match (indicator.area_rule, row.weight) {
        (AreaRule::Ratio, Some(weight)) => {
            let parts = format!("{}/{}", lang.decimal(number), lang.integer(weight));
            quotient(indicator, value, weight)
                .map_or_else(|| parts.clone(), |quotient| format!("{parts} ({})", lang.quantity(quotient, &indicator.unit_of_measure)))
        }
        (AreaRule::WeightedMean, Some(weight)) => {
            lang.measurement_with_weight(lang.quantity(number, &indicator.unit_of_measure), lang.integer(weight))
        }
        _ => lang.quantity(number, &indicator.unit_of_measure),
    }
}

/// A ratio as it is held against its target, cut to the indicator's decimals.
fn quotient(indicator: &Indicator, value: i64, weight: i64) -> Option<Decimal> {
    let hundred = if indicator.is_percent_ratio() { 100 } else { 1 };
    let cut = (i128::from(value) * hundred).checked_div_euclid(i128::from(weight))?;
    Some(unscaled(i64::try_from(cut).ok()?, indicator.decimals))
}

/// A whole number of `10^-decimals` as a field holds it: the same number comes out when it is read again.
pub fn for_field(lang: Lang, value: i64, decimals: i64) -> String {
    let plain = unscaled(value, decimals).to_string();
    match (lang, plain.split_once('.')) {
        (_, None) => plain,
        (Lang::Vi, Some((whole, part))) => format!("{whole},{part}"),
        // Three digits behind a point would read as thousands; a nought at the end is no decimal.
        (Lang::En, Some((_, part))) if part.len() == 3 => format!("{plain}0"),
        (Lang::En, Some(_)) => plain,
    }
}

#[cfg(test)]
mod tests {
    use domain::measurement::parse_scaled;

    use super::*;

    #[test]
    fn what_a_field_holds_reads_as_the_same_number() {
        for (value, decimals) in [(348, 1), (1_126_000, 3), (12_345, 3), (-5, 2), (0, 0), (1234, 0), (99_999_999_999_999_999, 3)] {
            for lang in [Lang::Vi, Lang::En] {
                let field = for_field(lang, value, decimals);
                assert_eq!(parse_scaled("value", &field, decimals), Ok(value), "{field}");
            }
        }
    }
}
