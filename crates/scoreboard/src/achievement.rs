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
