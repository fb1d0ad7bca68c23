//! Resolutions: who promised what for which years, and how its groups are judged.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::code::codes;
use crate::document::Document;
use crate::id::Id;
use crate::unit::Unit;

codes! {
    /// How the achievements of indicators become the achievement of their group.
    pub enum GroupRule {
        /// *bình quân gia quyền*
        Mean = "mean",
        /// *chỉ tiêu thấp nhất*: all must be there.
        All = "all",
        /// *chỉ tiêu cao nhất*: one suffices.
        Any = "any",
    }
}

/// 100 % in basis points.
pub const FULL: i64 = 10_000;
/// The most that counts of an achievement, in basis points.
pub const CAP: i64 = 20_000;
/// More bands than anybody names.
const BANDS_MAX: usize = 10;

/// Thresholds in basis points that name the bands of a resolution, the highest first; below the lowest lies band 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands(Vec<i64>);

impl Default for Bands {
    /// 100 % and 70 %.
    fn default() -> Self {
        Self(vec![FULL, 7000])
    }
}

impl Bands {
    /// The thresholds, the highest first.
    pub fn thresholds(&self) -> &[i64] {
        &self.0
    }

    /// The lower threshold of the band that an achievement in basis points lies in; 0 below every threshold.
    pub fn band_of(&self, achievement: i64) -> i64 {
        self.0.iter().copied().find(|threshold| achievement >= *threshold).unwrap_or(0)
    }
}

/// Prints as in files: `10000;7000`.
impl fmt::Display for Bands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(i64::to_string).collect();
        f.write_str(&parts.join(";"))
    }
}

/// A text that gives no bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoBands;

impl FromStr for Bands {
    type Err = NoBands;

    /// Reads whole numbers between semicolons, in any order.
    fn from_str(text: &str) -> Result<Self, NoBands> {
        let threshold = |part: &str| {
            let digits = part.strip_prefix('-').unwrap_or(part);
            let is_number = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { part.parse::<i64>().map_err(|_| NoBands) } else { Err(NoBands) }
        };
        let mut thresholds = text.split(';').map(threshold).collect::<Result<Vec<i64>, NoBands>>()?;
        if thresholds.len() > BANDS_MAX {
            return Err(NoBands);
        }
        thresholds.sort_unstable_by(|one, other| other.cmp(one));
        Ok(Self(thresholds))
    }
}

/// *Nghị quyết* with targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// Its id.
    pub id: Id<Resolution>,
    /// Unique in the ledger.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// As printed on it: `01-NQ/ĐH`.
    pub symbol: Option<String>,
    /// The day it was signed.
    pub issued_on: Option<Date>,
    /// Who issued it, as given; empty where not known.
    pub issued_by: String,
    /// Who issued it, where the ledger knows the unit.
    pub issuer: Option<Id<Unit>>,
    /// The unit whose resolution it is.
    pub unit: Option<Id<Unit>>,
    /// The first day of its term.
    pub valid_from: Option<Date>,
    /// The last day of its term.
    pub valid_to: Option<Date>,
    /// How a group is judged.
    pub group_rule: GroupRule,
    /// The bands that groups are counted in.
    pub bands: Bands,
    /// Whether "lower is better" is measured from the baseline.
    pub from_baseline: bool,
    /// The paper, where the ledger holds it.
    pub document: Option<Id<Document>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_print_what_they_read_in_order() {
        assert_eq!("7000;10000".parse::<Bands>().map(|bands| bands.to_string()), Ok("10000;7000".to_owned()));
        assert_eq!("10000;7000".parse(), Ok(Bands::default()));
        for text in ["", ";", "100%", "1;;2", "1.5", "+1", "1;2;3;4;5;6;7;8;9;10;11"] {
            assert_eq!(text.parse::<Bands>(), Err(NoBands), "{text}");
        }
    }

    #[test]
    fn a_band_is_named_by_its_lower_threshold() {
        let bands = Bands::default();
        assert_eq!([20_000, 10_000, 9999, 7000, 6999, 0].map(|bp| bands.band_of(bp)), [10_000, 10_000, 7000, 7000, 0, 0]);
    }
}
