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
