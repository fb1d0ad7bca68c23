//! Bands of a scoreboard in words.

use domain::resolution::{Bands, FULL};

use super::Lang;
use super::state::StateWords;
use crate::web::page::capitalised;

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

    /// A band with its shape and colour; absent is what has no achievement yet.
    pub fn band_state(self, bands: &Bands, band: Option<i64>) -> StateWords {
        let words = self.bands(bands).into_iter().find(|(low, _)| *low == band).map_or_else(String::new, |(_, words)| words);
        let (class, shape) = band.map_or(("wait", "judge"), |low| shape_of(bands, low));
        StateWords { class, shape, word: capitalised(&words), note: String::new() }
    }

    fn band(self, low: i64, above: Option<i64>) -> String {
        match above {
            None => self.band_from(self.basis_points(low)),
            Some(high) if low <= 0 => self.band_below(self.basis_points(high)),
            Some(high) => self.band_between(self.basis_points(low), self.basis_points(high)),
        }
    }
}

/// The class and shape of a band: green from 100 % on, amber below every threshold, blue between.
fn shape_of(bands: &Bands, low: i64) -> (&'static str, &'static str) {
    if low >= FULL {
        ("done", "done")
    } else if low <= 0 || bands.thresholds().iter().all(|threshold| *threshold > low) {
        ("soon", "soon")
    } else {
        ("go", "go")
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
