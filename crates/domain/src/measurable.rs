//! From what a paper says to a number of the ledger: the conditions under which a figure can be a measurement, and the number
//! that it then is.

use std::fmt;
use std::str::FromStr;

use crate::claim::Claim;
use crate::decimal::Decimal;
use crate::fold::fold;
use crate::id::Id;
use crate::indicator::Indicator;
use crate::period::Period;
use crate::reading::{Comparator, FigureDraft, FigureRole};
use crate::unit::Unit;

/// What a person settled about a figure: the indicator, unit and period that it is a measurement of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasuredAs {
    /// Of what.
    pub indicator: Id<Indicator>,
    /// Of whom.
    pub unit: Id<Unit>,
    /// For when.
    pub period: Period,
}

/// As it is kept with a draft: `12/3/2024-03`.
impl fmt::Display for MeasuredAs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.indicator, self.unit, self.period)
    }
}

/// A text that is no [`MeasuredAs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotMeasured;

impl FromStr for MeasuredAs {
    type Err = NotMeasured;

    fn from_str(text: &str) -> Result<Self, NotMeasured> {
        let parts: Vec<&str> = text.split('/').collect();
        let [indicator, unit, period] = parts[..] else { return Err(NotMeasured) };
        let id = |part: &str| part.parse::<i64>().map_err(|_| NotMeasured);
        let period = period.parse().map_err(|_| NotMeasured)?;
        Ok(Self { indicator: Id::new(id(indicator)?), unit: Id::new(id(unit)?), period })
    }
}

/// Why a figure is no measurement of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// It is a target, a change, a share: not a result.
    Role(FigureRole),
    /// "trên 97 %": a bound, not a value.
    Comparator(Comparator),
    /// Another unit of measure.
    UnitOfMeasure {
        /// The figure's.
        printed: String,
        /// The indicator's.
        expected: String,
    },
    /// More decimals than the indicator keeps.
    Decimals {
        /// The most it keeps.
        decimals_max: i64,
    },
    /// The indicator needs a whole ("27 of 38") or a weight, and the paper prints none.
    NoWhole,
    /// A whole that is not a whole number above 0.
    Whole(Decimal),
}

/// A figure as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure<'f> {
    /// The value as printed.
    pub value: Decimal,
    /// The whole of "27/38".
    pub whole: Option<Decimal>,
    /// As printed.
    pub unit_of_measure: &'f str,
    /// Exactly, at least, …
    pub comparator: Comparator,
    /// Result, target, …
    pub role: FigureRole,
}

impl<'f> From<&'f FigureDraft> for Figure<'f> {
    fn from(draft: &'f FigureDraft) -> Self {
        Self { value: draft.value, whole: draft.of, unit_of_measure: &draft.unit, comparator: draft.comparator, role: draft.role }
    }
}

impl<'f> Figure<'f> {
    /// A claim's figure; absent where its digits are no decimal (a row changed by other hands).
    pub fn of_claim(claim: &'f Claim) -> Option<Self> {
        let decimal = |units: i64, scale: i64| Decimal::new(units, u8::try_from(scale).ok()?);
        let whole = match claim.whole {
            Some(whole) => Some(decimal(whole, claim.whole_scale)?),
            None => None,
        };
        let value = decimal(claim.value, claim.value_scale)?;
        Some(Self { value, whole, unit_of_measure: &claim.unit_of_measure, comparator: claim.comparator, role: claim.role })
    }

    /// The number and its weight as a measurement of the indicator, in `10^-decimals`; else everything that does not fit.
    pub fn measured(&self, indicator: &Indicator) -> Result<(i64, Option<i64>), Vec<Unfit>> {
        let mut unfit = Vec::new();
        if self.role != FigureRole::Actual {
            unfit.push(Unfit::Role(self.role));
        }
        if self.comparator != Comparator::Eq {
            unfit.push(Unfit::Comparator(self.comparator));
        }
        // "27/38 trường" names what is counted; a ratio's own unit is of the quotient.
        let is_counted = self.whole.is_some() && indicator.area_rule == crate::indicator::AreaRule::Ratio;
        if !is_counted && !units_agree(self.unit_of_measure, &indicator.unit_of_measure) {
            unfit.push(Unfit::UnitOfMeasure { printed: self.unit_of_measure.to_owned(), expected: indicator.unit_of_measure.clone() });
        }
        let value = scaled(self.value, indicator.decimals);
        if value.is_none() {
            unfit.push(Unfit::Decimals { decimals_max: indicator.decimals });
        }
        let weight = self.weight(indicator, &mut unfit);
        match (unfit.is_empty(), value) {
            (true, Some(value)) => Ok((value, weight)),
            _ => Err(unfit),
        }
    }

    fn weight(&self, indicator: &Indicator, unfit: &mut Vec<Unfit>) -> Option<i64> {
        if !indicator.area_rule.needs_weight() {
            return None;
        }
        let Some(whole) = self.whole else {
            unfit.push(Unfit::NoWhole);
            return None;
        };
        let weight = scaled(whole, 0).filter(|weight| *weight > 0);
        // Of a ratio both halves are counted in the indicator's own steps: 27 of 38 with one decimal is 270 over 38.
        if weight.is_none() {
            unfit.push(Unfit::Whole(whole));
        }
        weight
    }
}

/// The value in whole steps of `10^-decimals`; absent where it has more decimals than that, noughts at the end aside.
pub fn scaled(value: Decimal, decimals: i64) -> Option<i64> {
    let (units, scale, decimals) = (value.units(), u32::from(value.scale()), u32::try_from(decimals).ok()?);
    if scale <= decimals {
        return units.checked_mul(10_i64.checked_pow(decimals - scale)?);
    }
    let surplus = 10_i64.checked_pow(scale - decimals)?;
    (units % surplus == 0).then_some(units / surplus)
}

/// Whether a printed unit of measure is the indicator's: the same words, or the longer begins with the shorter ("lượt" and
/// "lượt khách"). "%" of a year is "%/năm".
pub fn units_agree(printed: &str, expected: &str) -> bool {
    let words = |unit: &str| -> Vec<String> { fold(unit).split_whitespace().map(str::to_owned).collect() };
    let (printed, expected) = (words(printed), words(expected.strip_suffix("/năm").unwrap_or(expected)));
    let length = printed.len().min(expected.len());
    length > 0 && printed.get(..length) == expected.get(..length)
}

/// How well an indicator's name fits a figure, in percent: the words that name and measure share, counted on both sides, or the
/// pairs of neighbouring words of the name that its sentence holds; the greater of the two.
pub fn likeness(indicator: &Indicator, measure: &str, sentence: &str) -> usize {
    let (measure, sentence, name) = (words(measure), words(sentence), words(&indicator.name));
    let shared = |of: &[String], within: &[String]| {
        (of.iter().filter(|word| within.contains(word)).count() * 100).checked_div(of.len()).unwrap_or(0)
    };
    // Both ways, so that neither a long name nor a long measure fits everything.
    let by_words = shared(&name, &measure).min(shared(&measure, &name));
    let pairs: Vec<&[String]> = name.windows(2).collect();
    let told = pairs.iter().filter(|pair| sentence.windows(2).any(|two| two == **pair)).count();
    by_words.max((told * 100).checked_div(pairs.len()).unwrap_or(0))
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::{AreaRule, Direction, PeriodRule};

    fn indicator(name: &str, unit: &str, decimals: i64, area_rule: AreaRule) -> Indicator {
        Indicator {
            id: Id::new(1),
            code: "MV0101".to_owned(),
            name: name.to_owned(),
            unit_of_measure: unit.to_owned(),
            decimals,
            direction: Direction::Up,
            area_rule,
            period_rule: PeriodRule::Last,
            group: None,
            weight: 1,
            folded: fold(name),
        }
    }

    fn figure<'f>(value: &str, whole: Option<&str>, unit: &'f str) -> Figure<'f> {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        Figure {
            value: decimal(value),
            whole: whole.map(decimal),
            unit_of_measure: unit,
            comparator: Comparator::Eq,
            role: FigureRole::Actual,
        }
    }

    #[test]
    fn a_plain_result_in_the_same_unit_is_a_measurement() {
        let forest = indicator("Tỷ lệ che phủ rừng", "%", 1, AreaRule::None);
        assert_eq!(figure("41.3", None, "%").measured(&forest), Ok((413, None)));
        assert_eq!(figure("41", None, "%").measured(&forest), Ok((410, None)));
        assert_eq!(figure("41.30", None, "%").measured(&forest), Ok((413, None)));
        assert_eq!(figure("41.35", None, "%").measured(&forest), Err(vec![Unfit::Decimals { decimals_max: 1 }]));
    }

    #[test]
    fn the_whole_becomes_the_weight_of_a_ratio() {
        let schools = indicator("Tỷ lệ trường đạt chuẩn quốc gia", "%", 1, AreaRule::Ratio);
        assert_eq!(figure("27", Some("38"), "trường").measured(&schools), Ok((270, Some(38))));
        assert_eq!(figure("57", None, "%").measured(&schools), Err(vec![Unfit::NoWhole]));
        assert_eq!(figure("27", Some("0"), "trường").measured(&schools), Err(vec![Unfit::Whole(0.into())]));
    }

    #[test]
    fn everything_that_does_not_fit_is_told() {
        let herd = indicator("Tổng đàn", "con", 0, AreaRule::Sum);
        let bound = Figure { comparator: Comparator::Gt, role: FigureRole::Target, ..figure("97", None, "%") };
        let unit = Unfit::UnitOfMeasure { printed: "%".to_owned(), expected: "con".to_owned() };
        assert_eq!(bound.measured(&herd), Err(vec![Unfit::Role(FigureRole::Target), Unfit::Comparator(Comparator::Gt), unit]));
    }

    #[test]
    fn units_of_measure_agree_by_their_words() {
        for (printed, expected) in [("%", "%"), ("%", "%/năm"), ("tỷ đồng", "Tỷ đồng"), ("lượt khách", "lượt"), ("hộ", "hộ")]
        {
            assert!(units_agree(printed, expected), "{printed} {expected}");
        }
        for (printed, expected) in [("triệu đồng", "tỷ đồng"), ("điểm %", "%"), ("", "%"), ("triệu đồng/ha", "triệu đồng")]
        {
            assert!(!units_agree(printed, expected), "{printed} {expected}");
        }
    }

    #[test]
    fn a_name_is_like_the_words_that_it_shares() {
        let forest = indicator("Tỷ lệ che phủ rừng", "%", 1, AreaRule::None);
        assert_eq!(likeness(&forest, "tỷ lệ che phủ rừng", ""), 100);
        assert!(likeness(&forest, "độ che phủ rừng", "") >= 60);
        assert!(likeness(&forest, "tỷ lệ hộ nghèo", "") < 60);
        assert_eq!(likeness(&forest, "trên địa bàn", "Tỷ lệ che phủ rừng trên địa bàn đạt 41,3%."), 100);
        assert_eq!(likeness(&forest, "", ""), 0);
    }

    #[test]
    fn what_was_settled_prints_what_it_reads() {
        let text = "12/3/2024-Q1";
        assert_eq!(text.parse::<MeasuredAs>().map(|measured| measured.to_string()), Ok(text.to_owned()));
        assert_eq!("12/3".parse::<MeasuredAs>(), Err(NotMeasured));
    }
}
