//! Exact values as pages print them. What does not fit into the digits shown is cut, never rounded.

use domain::indicator::{AreaRule, Indicator};
use scoreboard::board::Value;
use scoreboard::exact::Exact;

use super::Lang;
use super::format::NO_BREAK_SPACE;

/// What stands for a value that is absent: absent is not 0.
pub const ABSENT: &str = "–";
/// Digits after the point of a quotient that does not come out even, beyond those of the indicator.
const DIGITS_MORE: usize = 1;

impl Lang {
    /// An achievement; absent is a dash.
    pub fn achievement(self, basis_points: Option<i64>) -> String {
        basis_points.map_or_else(|| ABSENT.to_owned(), |points| self.basis_points(points))
    }

    fn percent_text(self, plain: &str) -> String {
        match self {
            Self::Vi => format!("{}{NO_BREAK_SPACE}%", self.grouped(plain)),
            Self::En => format!("{}%", self.grouped(plain)),
        }
    }

    /// A number with its unit of measure.
    fn with_unit(self, plain: &str, unit: &str) -> String {
        match unit {
            "" => self.grouped(plain),
            "%" => self.percent_text(plain),
            unit => format!("{}{NO_BREAK_SPACE}{unit}", self.grouped(plain)),
        }
    }

    /// A reported value. That of a ratio is a count, which has no unit of its own.
    pub fn reported(self, indicator: &Indicator, kept: i64) -> String {
        if indicator.area_rule != AreaRule::Ratio {
            return self.measured(kept, indicator);
        }
        let plain = plain(&kept.to_string(), digits(indicator));
        let whole = plain.split_once('.').filter(|(_, part)| part.bytes().all(|digit| digit == b'0')).map(|(whole, _)| whole);
        self.grouped(whole.unwrap_or(&plain))
    }

    /// The value that is held against the target, with its unit.
    pub fn held_value(self, indicator: &Indicator, value: &Value) -> String {
        self.quotient(indicator, &held(indicator, value), &indicator.unit_of_measure)
    }

    /// An exact number of `10^-decimals` with a unit: a quotient that does not come out even shows one digit more.
    pub fn quotient(self, indicator: &Indicator, exact: &Exact, unit: &str) -> String {
        let decimals = digits(indicator);
        let shown = if exact.is_whole() { decimals } else { decimals + DIGITS_MORE };
        let scaled = if exact.is_whole() { exact.clone() } else { exact * &Exact::from(10_i64) };
        let zero = Exact::zero();
        let cut = if scaled < zero { format!("-{}", (&zero - &scaled).floor()) } else { scaled.floor().to_string() };
        let cut = if cut == "-0" { "0".to_owned() } else { cut };
        self.with_unit(&plain(&cut, shown), unit)
    }
}

/// A value as it is held against a target: N / W, of a ratio in percent 100 · N / W. In `10^-decimals` of the indicator.
pub fn held(indicator: &Indicator, value: &Value) -> Exact {
    let n = if indicator.is_percent_ratio() { &value.n * &Exact::from(100_i64) } else { value.n.clone() };
    // W is above 0 in every value.
    n.divided_by(&value.w).unwrap_or(n)
}

fn digits(indicator: &Indicator) -> usize {
    usize::try_from(indicator.decimals).unwrap_or_default()
}

/// Sets the point: 590 with one decimal is `59.0`.
fn plain(whole: &str, decimals: usize) -> String {
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    if decimals == 0 {
        return whole.to_owned();
    }
    let padded = format!("{digits:0>width$}", width = decimals + 1);
    let (before, after) = padded.split_at(padded.len() - decimals);
    format!("{sign}{before}.{after}")
}

#[cfg(test)]
mod tests {
    use domain::id::Id;
    use domain::indicator::{Direction, PeriodRule};

    use super::*;

    fn indicator(unit_of_measure: &str, decimals: i64, area_rule: AreaRule) -> Indicator {
        Indicator {
            id: Id::new(1),
            code: "A1".to_owned(),
            name: "A1".to_owned(),
            unit_of_measure: unit_of_measure.to_owned(),
            decimals,
            direction: Direction::Up,
            area_rule,
            period_rule: PeriodRule::Last,
            group: None,
            weight: 1,
            folded: String::new(),
        }
    }

    #[test]
    fn a_quotient_is_cut_and_nought_has_no_sign() {
        let percent = indicator("%", 1, AreaRule::Ratio);
        let said = |over: i64, under: i64| {
            let exact = Exact::from(over).divided_by(&Exact::from(under)).unwrap();
            Lang::Vi.quotient(&percent, &exact, "%").replace('\u{a0}', " ")
        };
        assert_eq!([said(590, 1), said(1999, 3), said(-1999, 3), said(-1, 99)], ["59,0 %", "66,63 %", "−66,63 %", "0,00 %"]);
    }

    #[test]
    fn a_ratio_in_percent_is_held_a_hundredfold_and_reported_as_a_count() {
        let percent = indicator("%", 1, AreaRule::Ratio);
        let value = Value { n: Exact::from(16_450_i64), w: Exact::from(3020_i64) };
        assert_eq!(Lang::En.held_value(&percent, &value), "54.47%");
        assert_eq!(Lang::Vi.reported(&percent, 16_450), "1.645");
        assert_eq!(Lang::Vi.reported(&percent, 16_455), "1.645,5");
        assert_eq!(Lang::Vi.reported(&indicator("tấn", 0, AreaRule::Sum), 22_360), "22.360\u{a0}tấn");
    }
}
