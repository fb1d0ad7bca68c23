//! Step 4 of the definition: how far a value meets its target, in basis points.

use domain::indicator::{Direction, Indicator};
use domain::resolution::{CAP, FULL};
use domain::target::Target;

use crate::board::{Achievement, Formula, Value};
use crate::exact::Exact;

/// The bound that counts: the lower one where higher is better, the upper one where lower is better. Absent: withdrawn.
pub fn bound(indicator: &Indicator, target: &Target) -> Option<i64> {
    match indicator.direction {
        Direction::Up => target.value,
        Direction::Down => target.value.map(|value| target.value_to.unwrap_or(value)),
    }
}

/// The achievement of a value: the first formula that fits, rounded down, capped and floored at 0. The division is the only one;
/// everything before it is exact.
pub(crate) fn achievement(indicator: &Indicator, value: &Value, target: &Target, is_from_baseline: bool) -> Option<Achievement> {
    let bound = bound(indicator, target)?;
    let n = if indicator.is_percent_ratio() { &value.n * &Exact::from(100_i64) } else { value.n.clone() };
    let (w, t, full) = (&value.w, Exact::from(bound), Exact::from(FULL));
    let (formula, dividend, divisor) = match (indicator.direction, target.baseline.filter(|baseline| is_from_baseline && *baseline > bound))
    {
        (direction, _) if bound <= 0 => {
            let is_met = if direction == Direction::Up { n >= &t * w } else { n <= &t * w };
            return Some(Achievement { basis_points: if is_met { FULL } else { 0 }, formula: Formula::Reached });
        }
        (Direction::Up, _) => (Formula::Up, &full * &n, w * &t),
        (Direction::Down, Some(baseline)) => {
            let b = Exact::from(baseline);
            (Formula::FromBaseline, &full * &(&(&b * w) - &n), w * &(&b - &t))
        }
        (Direction::Down, None) if !n.is_positive() => return Some(Achievement { basis_points: CAP, formula: Formula::DownToZero }),
        (Direction::Down, None) => (Formula::Down, &(&full * &t) * w, n),
    };
    let quotient = dividend.floor_divided_by(&divisor)?;
    let basis_points = quotient.clamp(Exact::zero(), Exact::from(CAP)).to_i64()?;
    Some(Achievement { basis_points, formula })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worlds::{ledger, of_month, scores};

    /// The achievement of `n / w` against a target, as the indicator's and resolution's lines say.
    fn achieved(rules: &str, (n, w): (i64, i64), target: &str) -> Option<(i64, Formula)> {
        let (indicator, resolution) = rules.split_once(" of ").unwrap_or((rules, ""));
        let lines = format!(
            "unit X area\nresolution R X mean 10000;7000 {resolution}\ngroup G R\nindicator i {indicator}\n\
             target X i 2024-01-01..2024-12-31 X {target}\nvalue X i 2024-05 2024-06-01 {n} {w}"
        );
        let scores = scores(&ledger(&lines), "X", &of_month("2024-05"));
        scores[0].targets[0].achievement.map(|achievement| (achievement.basis_points, achievement.formula))
    }

    const UP: &str = "up none/last G";
    const DOWN: &str = "down none/last G";
    const FROM_BASELINE: &str = "down none/last G of baseline";

    #[test]
    fn higher_is_better() {
        assert_eq!(achieved(UP, (590, 1), "500"), Some((11_800, Formula::Up)));
        assert_eq!(achieved(UP, (62, 1), "50..60"), Some((12_400, Formula::Up)));
        assert_eq!(achieved(UP, (-1, 1), "50"), Some((0, Formula::Up)));
        assert_eq!(achieved(UP, (999, 1), "50"), Some((20_000, Formula::Up)));
    }

    #[test]
    fn a_ratio_is_compared_in_its_unit_of_measure() {
        assert_eq!(achieved("up ratio/last G 1 %", (30, 41), "73"), Some((10_023, Formula::Up)));
        assert_eq!(achieved("up ratio/last G 1 hộ", (30, 41), "73"), Some((100, Formula::Up)));
        assert_eq!(achieved("up sum/last G 1 %", (30, 41), "73"), Some((4109, Formula::Up)));
    }

    #[test]
    fn lower_is_better() {
        assert_eq!(achieved(DOWN, (120, 1), "110"), Some((9166, Formula::Down)));
        assert_eq!(achieved(DOWN, (62, 1), "50..60"), Some((9677, Formula::Down)));
        assert_eq!(achieved(DOWN, (0, 1), "5"), Some((20_000, Formula::DownToZero)));
        assert_eq!(achieved(DOWN, (20, 1), "0..10"), Some((5000, Formula::Down)));
        assert_eq!(achieved("down weighted_mean/last G", (40, 7), "30"), Some((7500, Formula::Down)));
    }

    #[test]
    fn lower_is_better_from_the_baseline_where_the_resolution_says_so() {
        assert_eq!(achieved(FROM_BASELINE, (130, 1), "100 base=200"), Some((7000, Formula::FromBaseline)));
        assert_eq!(achieved(FROM_BASELINE, (250, 1), "100 base=200"), Some((0, Formula::FromBaseline)));
        assert_eq!(achieved(FROM_BASELINE, (0, 1), "100 base=150"), Some((20_000, Formula::FromBaseline)));
        assert_eq!(achieved(FROM_BASELINE, (125, 1), "100 base=100"), Some((8000, Formula::Down)));
        assert_eq!(achieved(DOWN, (130, 1), "100 base=200"), Some((7692, Formula::Down)));
        assert_eq!(achieved("up none/last G of baseline", (130, 1), "100 base=200"), Some((13_000, Formula::Up)));
    }

    #[test]
    fn a_target_of_zero_is_reached_or_not() {
        assert_eq!(achieved(DOWN, (0, 1), "0"), Some((10_000, Formula::Reached)));
        assert_eq!(achieved(FROM_BASELINE, (1, 1), "0 base=9"), Some((0, Formula::Reached)));
        assert_eq!(achieved(DOWN, (-4, 1), "-3"), Some((10_000, Formula::Reached)));
        assert_eq!(achieved(UP, (-1, 1), "0..5"), Some((0, Formula::Reached)));
    }
}
