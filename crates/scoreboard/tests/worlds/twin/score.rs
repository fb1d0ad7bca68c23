//! Steps 4 to 6: achievement, group, band.

use num_traits::{Signed, ToPrimitive, Zero};

use super::value::Part;
use super::world::{AreaRule, GroupRule, Indicator, TargetRow};
use super::{Exact, whole};

/// The greatest achievement that is told apart, in basis points.
const CAP: i64 = 20_000;

/// Step 4, in basis points.
pub fn achievement(indicator: &Indicator, part: &Part, target: &TargetRow, from_baseline: bool) -> Option<i64> {
    let is_percentage = indicator.area_rule == AreaRule::Ratio && indicator.measure == "%";
    let a = &part.n / &part.w * whole(if is_percentage { 100 } else { 1 });
    let value = target.value.clone()?;
    let t = if indicator.higher_is_better { value } else { target.value_to.clone().unwrap_or(value) };
    let share = if !t.is_positive() {
        let is_met = if indicator.higher_is_better { a >= t } else { a <= t };
        whole(is_met.into())
    } else if indicator.higher_is_better {
        a / t
    } else if let Some(b) = target.baseline.as_ref().filter(|b| from_baseline && **b > t) {
        (b - a) / (b - t)
    } else if a.is_positive() {
        t / a
    } else {
        whole(2)
    };
    Some(floor(&(share * whole(10_000))).clamp(0, CAP))
}

/// Step 5, of (achievement, weight) of the indicators that have one.
pub fn group(members: &[(i64, i64)], rule: GroupRule) -> Option<i64> {
    let achievements = members.iter().map(|(achievement, _)| *achievement);
    match rule {
        GroupRule::All => achievements.min(),
        GroupRule::Any => achievements.max(),
        GroupRule::Mean => {
            let weights: Exact = members.iter().map(|(_, weight)| whole(*weight)).sum();
            let total: Exact = members.iter().map(|(achievement, weight)| whole(*achievement) * whole(*weight)).sum();
            (!weights.is_zero()).then(|| floor(&(total / weights)))
        }
    }
}

/// Step 6: the highest threshold that is reached.
pub fn band(achievement: Option<i64>, bands: &[i64]) -> String {
    let Some(achievement) = achievement else { return "none".to_owned() };
    bands.iter().find(|threshold| achievement >= **threshold).unwrap_or(&0).to_string()
}

/// T as it is printed in the unit of measure: 5 or 5..6.
pub fn printed_goal(indicator: &Indicator, target: &TargetRow) -> String {
    let bounds = [&target.value, &target.value_to];
    let texts: Vec<String> = bounds.into_iter().flatten().map(|bound| printed(bound, indicator.decimals)).collect();
    texts.join("..")
}

fn printed(scaled: &Exact, decimals: usize) -> String {
    let sign = if scaled.is_negative() { "-" } else { "" };
    let digits = format!("{:0>1$}", scaled.abs().to_integer().to_string(), decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn floor(number: &Exact) -> i64 {
    let floor = number.floor().to_integer();
    // Far beyond the cap the digits no longer matter, the sign does.
    floor.to_i64().unwrap_or(if floor.is_negative() { i64::MIN } else { i64::MAX })
}
