//! Computes a printed formula by hand: whole numbers, fractions, brackets, `×`, `÷`, `+`, `−`.

use std::iter::Peekable;
use std::str::Chars;

/// An exact fraction in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    pub over: i128,
    pub under: i128,
}

impl Fraction {
    fn new(over: i128, under: i128) -> Self {
        assert_ne!(under, 0, "divided by nought");
        let (mut one, mut other) = (over.abs(), under.abs());
        while other != 0 {
            (one, other) = (other, one % other);
        }
        let sign = under.signum();
        Self { over: sign * over / one.max(1), under: sign * under / one.max(1) }
    }

    pub fn floor(self) -> i128 {
        self.over.div_euclid(self.under)
    }

    fn add(self, other: Self) -> Self {
        Self::new(self.over * other.under + other.over * self.under, self.under * other.under)
    }

    fn times(self, other: Self) -> Self {
        Self::new(self.over * other.over, self.under * other.under)
    }

    fn less(self, other: Self) -> bool {
        self.over * other.under < other.over * self.under
    }
}

/// The value of an expression.
pub fn value(text: &str) -> Fraction {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut letters = text.chars().peekable();
    let value = sum(&mut letters);
    assert_eq!(letters.next(), None, "the whole of {text} is read");
    value
}

fn sum(letters: &mut Peekable<Chars<'_>>) -> Fraction {
    let mut value = product(letters);
    while let Some(sign) = letters.next_if(|c| matches!(c, '+' | '−')) {
        let next = product(letters);
        value = value.add(if sign == '+' { next } else { next.times(Fraction::new(-1, 1)) });
    }
    value
}

fn product(letters: &mut Peekable<Chars<'_>>) -> Fraction {
    let mut value = factor(letters);
    while let Some(sign) = letters.next_if(|c| matches!(c, '×' | '÷')) {
        let next = factor(letters);
        value = value.times(if sign == '×' { next } else { Fraction::new(next.under, next.over) });
    }
    value
}

fn factor(letters: &mut Peekable<Chars<'_>>) -> Fraction {
    if letters.next_if_eq(&'(').is_some() {
        let value = sum(letters);
        assert_eq!(letters.next(), Some(')'));
        return value;
    }
    let sign = if letters.next_if_eq(&'−').is_some() { -1 } else { 1 };
    let whole = number(letters);
    let under = if letters.next_if_eq(&'/').is_some() { number(letters) } else { 1 };
    Fraction::new(sign * whole, under)
}

fn number(letters: &mut Peekable<Chars<'_>>) -> i128 {
    let mut digits = String::new();
    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    digits.parse().unwrap()
}

/// Computes a printed line and gives what it says: `a = b` must hold with b the quotient or its floor, `min(…) = b` and `max(…) = b`
/// the least and the greatest, `a ≥ b: c` must be true.
pub fn check(line: &str) -> Fraction {
    if let Some((claim, result)) = line.split_once(": ") {
        let sign = claim.chars().find(|c| matches!(c, '≥' | '≤' | '<' | '>')).unwrap();
        let (one, other) = claim.split_once(sign).unwrap();
        let (one, other) = (value(one), value(other));
        let holds = match sign {
            '≥' => !one.less(other),
            '≤' => !other.less(one),
            '<' => one.less(other),
            _ => other.less(one),
        };
        assert!(holds, "{line}");
        return value(result);
    }
    let (expression, result) = line.rsplit_once(" = ").unwrap();
    let result = value(result);
    if let Some(list) = expression.strip_prefix("min(").or_else(|| expression.strip_prefix("max(")) {
        let values = list.trim_end_matches(')').split("; ").map(|one| value(one).floor());
        let best = if expression.starts_with("min") { values.min() } else { values.max() };
        assert_eq!(Some(result.floor()), best, "{line}");
        return result;
    }
    let computed = value(expression);
    assert!(computed == result || (result.under == 1 && computed.floor() == result.over), "{line}: {computed:?}");
    result
}

#[test]
fn reckons_as_people_do() {
    assert_eq!(check("10000 × 590 ÷ (1 × 500) = 11800").over, 11_800);
    assert_eq!(check("(2 × 6750 + 1 × 7501) ÷ (2 + 1) = 7000").over, 7000);
    assert_eq!(check("10 × (431/10) + (−5) = 426").over, 426);
    assert_eq!(check("7 ÷ 2 − 1 = 5/2"), Fraction { over: 5, under: 2 });
    assert_eq!(check("min(3; 2; 9) = 2").over, 2);
    assert_eq!(check("(−55) ÷ 1 < 0: 0").over, 0);
}

#[test]
#[should_panic(expected = "10000 × 1 ÷ 3 = 3334")]
fn a_wrong_result_is_found() {
    check("10000 × 1 ÷ 3 = 3334");
}
