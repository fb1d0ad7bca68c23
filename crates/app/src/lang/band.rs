//! Bands of a scoreboard in words.

use domain::resolution::Bands;

use super::Lang;

impl Lang {
    /// The bands of a resolution from the highest down, each by its lower threshold, with its words; the last is what has no
    /// achievement yet. Together they hold every group exactly once.
    pub fn bands(self, bands: &Bands) -> Vec<(Option<i64>, String)> {
        let mut lows = bands.thresholds().to_vec();
        // Below the lowest threshold lies band 0.
        if lows.last().is_none_or(|low| *low > 0) {
            lows.push(0);
        }
        lows.dedup();
        let mut words = Vec::with_capacity(lows.len() + 1);
        let mut above: Option<i64> = None;
        for low in lows {
            words.push((Some(low), self.band(low, above)));
            above = Some(low);
        }
        words.push((None, self.band_none().to_owned()));
        words
    }

    fn band(self, low: i64, above: Option<i64>) -> String {
        match above {
            None => self.band_from(self.basis_points(low)),
            Some(high) if low <= 0 => self.band_below(self.basis_points(high)),
            Some(high) => self.band_between(self.basis_points(low), self.basis_points(high)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_said_from_the_highest_down() {
        let said = |bands: &str| {
            Lang::Vi.bands(&bands.parse().unwrap()).into_iter().map(|(_, words)| words.replace('\u{a0}', " ")).collect::<Vec<_>>()
        };
        assert_eq!(said("10000;7000"), ["từ 100 % trở lên", "từ 70 % đến dưới 100 %", "dưới 70 %", "chưa có kết quả"]);
        assert_eq!(said("9000;0"), ["từ 90 % trở lên", "dưới 90 %", "chưa có kết quả"]);
    }
}
