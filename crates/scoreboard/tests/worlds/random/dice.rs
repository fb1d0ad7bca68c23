//! Chance from a seed: splitmix64, enough for tests and the same everywhere.

/// A die.
#[derive(Debug)]
pub struct Dice {
    state: u64,
    has_large_numbers: bool,
}

impl Dice {
    /// Every twelfth seed has numbers of up to seventeen digits among its small ones.
    pub fn new(seed: u64) -> Dice {
        Dice { state: seed.wrapping_mul(0xA076_1D64_78BD_642F), has_large_numbers: seed % 12 == 11 }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).unsigned_abs()) as i64
    }

    /// A year from `low` to `high`, both included.
    pub fn year(&mut self, low: i64, high: i64) -> i16 {
        self.between(low, high) as i16
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.between(0, choices.len() as i64 - 1) as usize]
    }

    /// One of several words.
    pub fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.between(0, words.len() as i64 - 1) as usize]
    }

    /// Puts things in any order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for end in (1..things.len()).rev() {
            things.swap(end, self.between(0, end as i64) as usize);
        }
    }

    /// What a number is multiplied by: 1 in most worlds.
    pub fn size(&mut self) -> i64 {
        if self.has_large_numbers { *self.pick(&[1, 1_000_001, 1_000_000_000_007]) } else { 1 }
    }

    /// A number whose scaled value lies from `low` to `high`, written with so many decimals, or with more or fewer noughts at its end.
    pub fn decimal(&mut self, low: i64, high: i64, decimals: usize) -> String {
        let scaled = self.between(low, high);
        let sign = if scaled < 0 { "-" } else { "" };
        let digits = format!("{:0>1$}", scaled.abs(), decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        match self.between(1, 10) {
            _ if decimals == 0 => format!("{sign}{whole}"),
            1 => format!("{sign}{whole}.{fraction}0"),
            2 if fraction.bytes().all(|digit| digit == b'0') => format!("{sign}{whole}"),
            2 => format!("{sign}{whole}.{}", fraction.trim_end_matches('0')),
            _ => format!("{sign}{whole}.{fraction}"),
        }
    }
}
