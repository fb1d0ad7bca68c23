//! The formulas of a board with their numbers filled in, in a form that anybody can compute by hand: whole numbers and exact
//! fractions, `×`, `÷`, `+`, `−` and brackets. What stands behind `=` is the quotient without its fraction, rounded down.

use domain::indicator::{Direction, Indicator};
use domain::resolution::{CAP, FULL, GroupRule};
use domain::target::Target;
use scoreboard::board::{Formula, TargetScore, Value};
use scoreboard::exact::Exact;

/// Terms written out in one sum, five years of months; beyond it the table holds them.
pub const TERMS_MAX: usize = 64;

/// A formula with its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// `10000 × 590 ÷ (1 × 500) = 11800`
    pub text: String,
    /// Which case of the rule it is: a key of the messages.
    pub case: &'static str,
    /// What counts, in basis points.
    pub result: i64,
    /// Whether the quotient lies outside 0 to 20 000, so that the bound counts.
    pub is_bounded: bool,
}

/// The bound of a target that counts: of a range the lower one where more is better, the upper one where less is.
pub fn bound(indicator: &Indicator, target: &Target) -> Option<i64> {
    match indicator.direction {
        Direction::Up => target.value,
        Direction::Down => target.value.map(|value| target.value_to.unwrap_or(value)),
    }
}

/// The formula of an achievement; absent where there is none.
pub fn achievement(indicator: &Indicator, target: &Target, score: &TargetScore) -> Option<Filled> {
    let (value, achievement, bound) = (score.value.as_ref()?, score.achievement?, bound(indicator, target)?);
    let numbers = Numbers { value, bound: &Exact::from(bound), is_percent: indicator.is_percent_ratio() };
    let result = achievement.basis_points;
    let (case, text, quotient) = match achievement.formula {
        Formula::Reached => ("reached", numbers.reached(indicator.direction, result), None),
        Formula::DownToZero => ("down_to_zero", format!("{} ≤ 0: {CAP}", term(&value.n)), None),
        Formula::Up => numbers.up(),
        Formula::Down => numbers.down(),
        Formula::FromBaseline => numbers.since_baseline(&Exact::from(target.baseline?)),
    };
    let is_bounded = quotient.is_some_and(|quotient| quotient != Exact::from(result));
    Some(Filled { text, case, result, is_bounded })
}

/// What the cases are computed from.
struct Numbers<'a> {
    value: &'a Value,
    bound: &'a Exact,
    is_percent: bool,
}

type Case = (&'static str, String, Option<Exact>);

impl Numbers<'_> {
    /// N as it is printed and as it counts: of a ratio in percent a hundred times as much.
    fn n(&self) -> (String, Exact) {
        let n = &self.value.n;
        if self.is_percent { (format!("100 × {}", term(n)), n * &Exact::from(100_i64)) } else { (term(n), n.clone()) }
    }

    fn up(&self) -> Case {
        let (printed, n) = self.n();
        let (w, t) = (&self.value.w, self.bound);
        let quotient = (&n * &Exact::from(FULL)).floor_divided_by(&(w * t));
        let text = format!("{FULL} × {printed} ÷ ({} × {})", term(w), term(t));
        ("up", equals(&text, quotient.as_ref()), quotient)
    }

    fn down(&self) -> Case {
        let (printed, n) = self.n();
        let (w, t) = (&self.value.w, self.bound);
        let quotient = (&(t * w) * &Exact::from(FULL)).floor_divided_by(&n);
        let divisor = if self.is_percent { format!("({printed})") } else { printed };
        let text = format!("{FULL} × {} × {} ÷ {divisor}", term(t), term(w));
        ("down", equals(&text, quotient.as_ref()), quotient)
    }

    fn since_baseline(&self, baseline: &Exact) -> Case {
        let (printed, n) = self.n();
        let (w, t) = (&self.value.w, self.bound);
        let way = &(baseline * w) - &n;
        let quotient = (&way * &Exact::from(FULL)).floor_divided_by(&(w * &(baseline - t)));
        let (b, w, t) = (term(baseline), term(w), term(t));
        let text = format!("{FULL} × ({b} × {w} − {printed}) ÷ ({w} × ({b} − {t}))");
        ("from_baseline", equals(&text, quotient.as_ref()), quotient)
    }

    /// A target of zero or below is reached or not: `0 ÷ 1 ≤ 0: 10000`.
    fn reached(&self, direction: Direction, result: i64) -> String {
        let (printed, _) = self.n();
        let sign = match (direction, result == FULL) {
            (Direction::Up, true) => "≥",
            (Direction::Up, false) => "<",
            (Direction::Down, true) => "≤",
            (Direction::Down, false) => ">",
        };
        format!("{printed} ÷ {} {sign} {}: {result}", term(&self.value.w), term(self.bound))
    }
}

/// The formula of a group from (weight, achievement) of its indicators that have one; absent where none has.
pub fn group(rule: GroupRule, members: &[(i64, i64)], result: i64) -> Option<String> {
    if members.is_empty() {
        return None;
    }
    let list = || members.iter().map(|(_, achievement)| achievement.to_string()).collect::<Vec<_>>().join("; ");
    Some(match rule {
        GroupRule::All => format!("min({}) = {result}", list()),
        GroupRule::Any => format!("max({}) = {result}", list()),
        GroupRule::Mean => {
            let products: Vec<String> = members.iter().map(|(weight, achievement)| format!("{weight} × {achievement}")).collect();
            let weights: Vec<String> = members.iter().map(|(weight, _)| weight.to_string()).collect();
            format!("({}) ÷ ({}) = {result}", products.join(" + "), weights.join(" + "))
        }
    })
}

/// A sum written out: `120 + 230 = 350`; absent for a single term and for more than fit a line.
pub fn sum(terms: &[Exact], result: &Exact) -> Option<String> {
    let printed: Vec<String> = terms.iter().map(term).collect();
    (2..=TERMS_MAX).contains(&terms.len()).then(|| format!("{} = {}", printed.join(" + "), number(result)))
}

fn equals(text: &str, quotient: Option<&Exact>) -> String {
    quotient.map_or_else(|| text.to_owned(), |quotient| format!("{text} = {}", number(quotient)))
}

/// A number as formulas print it: `590`, `431/10`, `−5`.
pub fn number(exact: &Exact) -> String {
    exact.to_string().replace('-', "−")
}

/// A number inside a formula: a fraction or a negative number in brackets.
pub fn term(exact: &Exact) -> String {
    let plain = number(exact);
    if exact.is_whole() && !plain.starts_with('−') { plain } else { format!("({plain})") }
}
