//! Sets of tasks, one bit each by the task's place in the list.

const WORD: usize = u64::BITS as usize;

/// A set of numbers below a bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// The empty set.
    pub fn none(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(WORD)])
    }

    /// Every number below the bound.
    pub fn all(bound: usize) -> Self {
        let mut words = vec![u64::MAX; bound.div_ceil(WORD)];
        if let (Some(last), rest @ 1..) = (words.last_mut(), bound % WORD) {
            *last = (1 << rest) - 1;
        }
        Self(words)
    }

    /// Puts a number in.
    pub fn set(&mut self, number: usize) {
        self.0[number / WORD] |= 1 << (number % WORD);
    }

    /// Puts a number in where something holds.
    pub fn set_if(&mut self, number: usize, holds: bool) {
        if holds {
            self.set(number);
        }
    }

    /// Whether a number is in.
    pub fn holds(&self, number: usize) -> bool {
        self.0[number / WORD] >> (number % WORD) & 1 == 1
    }

    /// Keeps what is in the other set too.
    pub fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// How many are in.
    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many are in both sets.
    pub fn count_in(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(word, other)| (word & other).count_ones() as usize).sum()
    }

    /// The numbers, from the smallest.
    pub fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(place, word)| {
            std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|rest| *rest != 0)
                .map(move |rest| place * WORD + rest.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn of(bound: usize, numbers: impl IntoIterator<Item = usize>) -> Bits {
        let mut bits = Bits::none(bound);
        numbers.into_iter().for_each(|number| bits.set(number));
        bits
    }

    #[test]
    fn is_the_set_of_its_numbers() {
        for bound in [0, 1, 63, 64, 65, 128, 200] {
            let (threes, fives): (BTreeSet<usize>, BTreeSet<usize>) = ((0..bound).step_by(3).collect(), (0..bound).step_by(5).collect());
            let (mut bits, other) = (of(bound, threes.iter().copied()), of(bound, fives.iter().copied()));
            assert_eq!(bits.numbers().collect::<BTreeSet<_>>(), threes);
            assert_eq!(bits.count(), threes.len());
            assert_eq!(bits.count_in(&other), threes.intersection(&fives).count());
            assert!((0..bound).all(|number| bits.holds(number) == threes.contains(&number)));
            bits.keep(&other);
            assert_eq!(bits.numbers().collect::<Vec<_>>(), threes.intersection(&fives).copied().collect::<Vec<_>>());
            assert_eq!(Bits::all(bound), of(bound, 0..bound));
        }
    }
}
