//! Numbers of scoreboards in words: periods, achievements, values in their unit of measure.

use domain::decimal::Decimal;
use domain::indicator::Indicator;
use domain::period::Period;

use super::Lang;

/// Quarters as papers write them.
const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];

impl Lang {
    /// A period: `tháng 3/2024`, `quý I/2024`, `6 tháng đầu năm 2024` or `March 2024`, `first quarter of 2024`.
    pub fn period(self, period: Period) -> String {
        let (year, last_month) = (period.year(), period.last_day().month());
        match period.months() {
            12 => self.period_year(year),
            9 => self.period_nine_months(year),
            6 if last_month == 6 => self.period_first_half(year),
            6 => self.period_second_half(year),
            3 => {
                let quarter = usize::try_from(last_month / 3 - 1).ok().and_then(|at| QUARTERS.get(at)).unwrap_or(&"");
                self.period_quarter(quarter, year)
            }
            _ => match self {
                Self::Vi => format!("tháng\u{a0}{last_month}/{year}"),
                Self::En => self.day(period.first_day()).trim_start_matches("1\u{a0}").to_owned(),
            },
        }
    }

    /// An achievement in basis points: `99,31 %`, `100 %`. Exact, never rounded.
    pub fn basis_points(self, basis_points: i64) -> String {
        self.percent(shortest(basis_points, 2))
    }

    /// A whole number of the indicator's `10^-decimals` in its unit of measure: `41,3 %`.
    pub fn measured(self, value: i64, indicator: &Indicator) -> String {
        let decimal = u8::try_from(indicator.decimals).ok().and_then(|scale| Decimal::new(value, scale));
        // An indicator with more decimals than a number can have is refused when it is added.
        self.quantity(decimal.unwrap_or_else(|| Decimal::from(value)), &indicator.unit_of_measure)
    }
}

/// Without noughts at its end.
fn shortest(mut units: i64, mut scale: u8) -> Decimal {
    while scale > 0 && units % 10 == 0 {
        units /= 10;
        scale -= 1;
    }
    Decimal::new(units, scale).unwrap_or_else(|| Decimal::from(units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_as_people_say_them() {
        let both = |text: &str| {
            let period = text.parse().unwrap_or_else(|_| panic!("{text}"));
            (Lang::Vi.period(period).replace('\u{a0}', " "), Lang::En.period(period).replace('\u{a0}', " "))
        };
        for (text, vi, en) in [
            ("2024", "năm 2024", "2024"),
            ("2024-H1", "6 tháng đầu năm 2024", "first half of 2024"),
            ("2024-H2", "6 tháng cuối năm 2024", "second half of 2024"),
            ("2024-9M", "9 tháng năm 2024", "January to September 2024"),
            ("2024-Q3", "quý III/2024", "quarter III of 2024"),
            ("2024-03", "tháng 3/2024", "March 2024"),
        ] {
            assert_eq!(both(text), (vi.to_owned(), en.to_owned()));
        }
    }

    #[test]
    fn achievements_are_exact() {
        let vi = |basis_points| Lang::Vi.basis_points(basis_points).replace('\u{a0}', " ");
        assert_eq!([9931, 10_000, 9990, 0, 11_745].map(vi), ["99,31 %", "100 %", "99,9 %", "0 %", "117,45 %"]);
        assert_eq!(Lang::En.basis_points(9931), "99.31%");
    }
}
