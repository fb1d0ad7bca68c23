//! Exact numbers: whole where they can be, fractions where shares made them so. Nothing is ever rounded here.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, AddAssign, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive as _;

/// An exact number. A whole number that fits 128 bits is always held as such, so equal numbers are held alike.
#[derive(Clone, PartialEq, Eq)]
pub struct Exact(Held);

#[derive(Clone, PartialEq, Eq)]
enum Held {
    Whole(i128),
    Fraction(Box<BigRational>),
}

impl Exact {
    /// 0.
    pub const fn zero() -> Self {
        Self(Held::Whole(0))
    }

    /// 1.
    pub const fn one() -> Self {
        Self(Held::Whole(1))
    }

    /// A number of millionths: how shares are stored.
    pub fn from_millionths(millionths: i64) -> Self {
        Self::reduced(BigRational::new(BigInt::from(millionths), BigInt::from(1_000_000)))
    }

    /// Whether nothing is left behind the whole.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Held::Whole(_) => true,
            Held::Fraction(fraction) => fraction.is_integer(),
        }
    }

    /// Whether it is 0.
    pub const fn is_zero(&self) -> bool {
        matches!(self.0, Held::Whole(0))
    }

    /// Whether it is 1.
    pub const fn is_one(&self) -> bool {
        matches!(self.0, Held::Whole(1))
    }

    /// Whether it is above 0.
    pub fn is_positive(&self) -> bool {
        *self > Self::zero()
    }

    /// The greatest whole number that is not above it: -5/2 gives -3.
    pub fn floor(&self) -> BigInt {
        match &self.0 {
            Held::Whole(whole) => BigInt::from(*whole),
            Held::Fraction(fraction) => fraction.floor().to_integer(),
        }
    }

    /// The numerator in lowest terms; it carries the sign.
    pub fn numerator(&self) -> BigInt {
        match &self.0 {
            Held::Whole(whole) => BigInt::from(*whole),
            Held::Fraction(fraction) => fraction.numer().clone(),
        }
    }

    /// The denominator in lowest terms, above 0.
    pub fn denominator(&self) -> BigInt {
        match &self.0 {
            Held::Whole(_) => BigInt::from(1),
            Held::Fraction(fraction) => fraction.denom().clone(),
        }
    }

    /// The exact quotient; absent where the divisor is 0.
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        match (&self.0, &divisor.0) {
            (_, Held::Whole(0)) => None,
            (Held::Whole(one), Held::Whole(other)) if one.checked_rem(*other) == Some(0) => Some(Self(Held::Whole(one / other))),
            _ => Some(Self::reduced(self.to_rational() / divisor.to_rational())),
        }
    }

    /// The quotient without its fraction, rounded down; absent where the divisor is 0.
    pub fn floor_divided_by(&self, divisor: &Self) -> Option<Self> {
        if let (Held::Whole(one), Held::Whole(other)) = (&self.0, &divisor.0)
            && let (Some(quotient), Some(rest)) = (one.checked_div(*other), one.checked_rem(*other))
        {
            // The machine rounds towards 0; a rest of the other sign than the divisor's says that the floor lies one lower.
            let lower = i128::from(rest != 0 && (rest < 0) != (*other < 0));
            return Some(Self(Held::Whole(quotient - lower)));
        }
        self.divided_by(divisor).map(|quotient| Self::reduced(BigRational::from_integer(quotient.floor())))
    }

    /// The number as a machine word where it is whole and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Held::Whole(whole) => i64::try_from(*whole).ok(),
            Held::Fraction(_) => None,
        }
    }

    fn to_rational(&self) -> BigRational {
        match &self.0 {
            Held::Whole(whole) => BigRational::from_integer(BigInt::from(*whole)),
            Held::Fraction(fraction) => (**fraction).clone(),
        }
    }

    /// Holds a fraction as a whole number where it is one that fits.
    fn reduced(fraction: BigRational) -> Self {
        match fraction.is_integer().then(|| fraction.numer().to_i128()).flatten() {
            Some(whole) => Self(Held::Whole(whole)),
            None => Self(Held::Fraction(Box::new(fraction))),
        }
    }
}

impl From<i128> for Exact {
    fn from(whole: i128) -> Self {
        Self(Held::Whole(whole))
    }
}

impl From<i64> for Exact {
    fn from(whole: i64) -> Self {
        Self(Held::Whole(i128::from(whole)))
    }
}

/// Writes out one operation for references and values: 128 bits as long as they suffice, fractions beyond.
macro_rules! operation {
    ($trait:ident, $method:ident, $checked:ident) => {
        impl $trait for &Exact {
            type Output = Exact;

            fn $method(self, other: Self) -> Exact {
                if let (Held::Whole(one), Held::Whole(other)) = (&self.0, &other.0)
                    && let Some(whole) = one.$checked(*other)
                {
                    return Exact(Held::Whole(whole));
                }
                Exact::reduced(self.to_rational().$method(other.to_rational()))
            }
        }

        impl $trait for Exact {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                (&self).$method(&other)
            }
        }
    };
}

operation!(Add, add, checked_add);
operation!(Sub, sub, checked_sub);
operation!(Mul, mul, checked_mul);

impl AddAssign<&Self> for Exact {
    fn add_assign(&mut self, other: &Self) {
        *self = &*self + other;
    }
}

impl<'a> std::iter::Sum<&'a Self> for Exact {
    fn sum<I: Iterator<Item = &'a Self>>(parts: I) -> Self {
        parts.fold(Self::zero(), |sum, part| &sum + part)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Held::Whole(one), Held::Whole(other)) => one.cmp(other),
            _ => self.to_rational().cmp(&other.to_rational()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Prints `59` or, in lowest terms, `431/10`.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Held::Whole(whole) => whole.fmt(f),
            Held::Fraction(fraction) => fraction.fmt(f),
        }
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half(halves: i64) -> Exact {
        Exact::from(halves).divided_by(&Exact::from(2_i64)).unwrap()
    }

    #[test]
    fn prints_in_lowest_terms() {
        assert_eq!(half(10).to_string(), "5");
        assert_eq!(half(-5).to_string(), "-5/2");
        assert_eq!(Exact::from_millionths(650_000).to_string(), "13/20");
        assert_eq!((half(5).numerator(), half(5).denominator()), (BigInt::from(5), BigInt::from(2)));
    }

    #[test]
    fn floors_towards_the_smaller() {
        assert_eq!((half(5).floor(), half(-5).floor(), half(-4).floor()), (BigInt::from(2), BigInt::from(-3), BigInt::from(-2)));
        let floor = |one: i64, other: i64| Exact::from(one).floor_divided_by(&Exact::from(other)).and_then(|floor| floor.to_i64());
        assert_eq!(
            [floor(7, 2), floor(-7, 2), floor(7, -2), floor(-7, -2), floor(-6, 2)],
            [Some(3), Some(-4), Some(-4), Some(3), Some(-3)]
        );
        assert_eq!(floor(1, 0), None);
        assert_eq!(half(-5).floor_divided_by(&half(2)), Some(Exact::from(-3_i64)));
    }

    #[test]
    fn equal_numbers_are_held_alike() {
        assert_eq!(half(5) + half(5), Exact::from(5_i64));
        assert_eq!(half(5) - half(5), Exact::zero());
        assert!(half(1) * Exact::from(2_i64) == Exact::one() && (half(1) * Exact::from(2_i64)).is_one());
        assert!(half(1) < Exact::one() && half(-1) < Exact::zero());
    }

    #[test]
    fn beyond_128_bits_it_stays_exact() {
        let most = Exact::from(i128::MAX);
        let square = &most * &most;
        assert!(square.is_whole() && square > most);
        assert_eq!(square.divided_by(&most), Some(most.clone()));
        assert_eq!((&(&most + &Exact::one()) - &Exact::one()), most);
        assert_eq!(Exact::from(i128::MIN).floor_divided_by(&Exact::from(-1_i64)), Some(&most + &Exact::one()));
        assert_eq!(square.to_i64(), None);
    }
}
