//! Steps 5 and 6 of the definition: from the achievements of indicators to the achievement and band of their group.

use domain::group::Group;
use domain::resolution::{Bands, GroupRule, Resolution};

use crate::board::{GroupScore, IndicatorScore};

/// How a resolution judges; a group whose resolution the ledger does not know is judged by the defaults.
pub(crate) struct Judging {
    pub(crate) rule: GroupRule,
    pub(crate) bands: Bands,
    pub(crate) is_from_baseline: bool,
}

impl Judging {
    pub(crate) fn by(resolution: Option<&Resolution>) -> Self {
        resolution.map_or_else(
            || Self { rule: GroupRule::Mean, bands: Bands::default(), is_from_baseline: false },
            |resolution| Self { rule: resolution.group_rule, bands: resolution.bands.clone(), is_from_baseline: resolution.from_baseline },
        )
    }
}

/// The group's score from its indicators, in the order of their ids. An indicator without an achievement is left out of it.
pub(crate) fn group_score(group: &Group, judging: &Judging, indicators: Vec<IndicatorScore>) -> GroupScore {
    let present = indicators.iter().filter_map(|indicator| Some((indicator.achievement()?, indicator.weight)));
    let achievement = match judging.rule {
        GroupRule::All => present.map(|(achievement, _)| achievement).min(),
        GroupRule::Any => present.map(|(achievement, _)| achievement).max(),
        GroupRule::Mean => weighted_mean(present),
    };
    let band = achievement.map(|achievement| judging.bands.band_of(achievement));
    GroupScore { group: group.id, rule: judging.rule, achievement, band, indicators }
}

/// The mean by weights, rounded down; absent where no weight is above 0.
fn weighted_mean(members: impl Iterator<Item = (i64, i64)>) -> Option<i64> {
    let (mut sum, mut weights) = (0_i128, 0_i128);
    for (achievement, weight) in members {
        sum += i128::from(achievement) * i128::from(weight);
        weights += i128::from(weight);
    }
    if weights > 0 { i64::try_from(sum.div_euclid(weights)).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use domain::resolution::GroupRule;

    use crate::worlds::{ledger, of_month};

    /// Achievement and band of a group whose indicators have the target 100: `(weight, value)` each.
    fn group(resolution: &str, indicators: &[(i64, Option<i64>)]) -> (GroupRule, Option<i64>, Option<i64>) {
        let mut lines = format!("unit X area\n{resolution}\ngroup G R\n");
        for (number, (weight, value)) in indicators.iter().enumerate() {
            lines += &format!("indicator i{number} up none/last G {weight}\ntarget X i{number} .. X 100\n");
            lines += &value.map_or_else(String::new, |value| format!("value X i{number} 2024-05 2024-06-01 {value}\n"));
        }
        let ledger = ledger(&lines);
        let boards = ledger.boards(&of_month("2024-05"));
        let group = &boards[0].groups[0];
        assert_eq!(group.indicators.len(), indicators.len());
        (group.rule, group.achievement, group.band)
    }

    #[test]
    fn the_mean_is_weighted_floored_and_leaves_out_what_is_absent() {
        let mean = |indicators: &[(i64, Option<i64>)]| group("", indicators);
        assert_eq!(mean(&[(2, Some(100)), (1, Some(50)), (1, None)]), (GroupRule::Mean, Some(8333), Some(7000)));
        assert_eq!(mean(&[(1, None)]), (GroupRule::Mean, None, None));
        assert_eq!(mean(&[(0, Some(100))]), (GroupRule::Mean, None, None));
        assert_eq!(mean(&[(0, Some(0)), (1, Some(100))]), (GroupRule::Mean, Some(10_000), Some(10_000)));
    }

    #[test]
    fn all_is_the_least_and_any_the_greatest() {
        let values = [(1, Some(90)), (0, Some(40)), (3, None)];
        assert_eq!(group("resolution R X all 9000;5000", &values), (GroupRule::All, Some(4000), Some(0)));
        assert_eq!(group("resolution R X any 9000;5000", &values), (GroupRule::Any, Some(9000), Some(9000)));
        assert_eq!(group("resolution R X any 9000;5000", &[(1, None)]), (GroupRule::Any, None, None));
    }
}
