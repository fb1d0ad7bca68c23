//! A history of areas and bodies: who comes, goes on, ends, and into whom.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::dice::Dice;

/// Days on which reorganisations may fall; two of them lie side by side, two within a month.
const DAYS: [Date; 10] = [
    date(2022, 1, 1),
    date(2022, 7, 1),
    date(2023, 1, 1),
    date(2023, 3, 16),
    date(2023, 7, 1),
    date(2023, 7, 2),
    date(2024, 1, 1),
    date(2024, 2, 29),
    date(2024, 7, 1),
    date(2025, 7, 1),
];

/// Few enough that names recur.
const NAMES: [&str; 7] = ["Bản Sương", "Đèo Mây", "Suối Trong", "Đồng Cao", "Nà Lam", "Khe Đá", "Pà Giang"];

/// A unit; open ends are empty.
#[derive(Debug, Clone)]
pub struct Made {
    pub code: String,
    pub name: String,
    pub class: &'static str,
    pub parent: String,
    pub first: Option<Date>,
    pub last: Option<Date>,
}

/// Units in the order of their file, successions, and the days on which something happened.
#[derive(Debug, Default)]
pub struct History {
    pub units: Vec<Made>,
    pub succession_rows: Vec<String>,
    pub days: Vec<Date>,
    /// Numbers codes that were never borne.
    fresh: i64,
}

/// A history. Codes recur, so in some worlds two units come to lie above each other.
pub fn history(dice: &mut Dice) -> History {
    let mut history = History::default();
    history.found(dice);
    for day in DAYS {
        if dice.chance(28) {
            history.days.push(day);
            for _ in 0..dice.between(1, 4) {
                history.reorganise(dice, day);
            }
        }
    }
    history
}

impl History {
    /// The rows of `units.csv`.
    pub fn unit_rows(&self) -> Vec<String> {
        let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let row = |unit: &Made| {
            let Made { code, name, class, parent, first, last } = unit;
            format!("{code},{name},,{class},{parent},{},{}", day(*first), day(*last))
        };
        self.units.iter().map(row).collect()
    }

    /// Whether some unit bears the code within a span.
    pub fn is_borne(&self, code: &str, first: Option<Date>, last: Option<Date>) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| a.is_none() || b.is_none() || a <= b;
        self.units.iter().any(|unit| unit.code == code && before(unit.first, last) && before(first, unit.last))
    }

    /// A unit to report numbers, more often than not one that has ended.
    pub fn some_reporter(&self, dice: &mut Dice) -> &Made {
        self.mostly(dice, |unit| unit.last.is_some())
    }

    /// A unit to be given targets: the first one, which is high in the tree, or one that has followed others.
    pub fn some_promiser(&self, dice: &mut Dice) -> &Made {
        if dice.chance(30) { &self.units[0] } else { self.mostly(dice, |unit| self.is_heir(unit)) }
    }

    fn is_heir(&self, unit: &Made) -> bool {
        self.succession_rows.iter().any(|row| row.split(',').nth(1) == Some(&unit.code))
    }

    fn mostly(&self, dice: &mut Dice, is_meant: impl Fn(&Made) -> bool) -> &Made {
        let meant: Vec<usize> = (0..self.units.len()).filter(|&at| is_meant(&self.units[at])).collect();
        if !meant.is_empty() && dice.chance(60) { &self.units[*dice.pick(&meant)] } else { dice.pick(&self.units) }
    }

    /// A province or two, districts, communes and bodies as they stood at first.
    fn found(&mut self, dice: &mut Dice) {
        for _ in 0..if dice.chance(20) { 2 } else { 1 } {
            let province = self.add(dice, "area", String::new(), None);
            let mut above = vec![province.clone()];
            for _ in 0..dice.between(0, 2) {
                let class = if dice.chance(20) { "body" } else { "area" };
                above.push(self.add(dice, class, province.clone(), None));
            }
            for _ in 0..dice.between(1, 4) {
                let class = if dice.chance(15) { "body" } else { "area" };
                let parent = dice.pick(&above).clone();
                above.push(self.add(dice, class, parent, None));
            }
        }
        for unit in &mut self.units {
            unit.first = *dice.pick(&[None, Some(date(2015, 1, 1)), Some(date(2021, 1, 1)), Some(date(2021, 6, 15))]);
        }
    }

    /// Adds a unit and gives its code: a new one, or one whose last bearer has ended.
    fn add(&mut self, dice: &mut Dice, class: &'static str, parent: String, first: Option<Date>) -> String {
        let free: Vec<String> = self.units.iter().map(|unit| unit.code.clone()).filter(|code| !self.is_borne(code, first, None)).collect();
        let code = if !free.is_empty() && dice.chance(65) {
            dice.pick(&free).clone()
        } else {
            self.fresh += 1;
            format!("{}", 10 + self.fresh)
        };
        let parent = if parent == code { String::new() } else { parent };
        let class = if class == "area" && dice.chance(20) { "" } else { class };
        self.units.push(Made { code: code.clone(), name: dice.word(&NAMES).to_owned(), class, parent, first, last: None });
        code
    }

    /// Units that may end on a day: they were there the day before and nothing has gone to them yet.
    fn standing(&self, day: Date) -> Vec<usize> {
        let receives = |code: &str| self.succession_rows.iter().any(|row| row.contains(&format!(",{code},{day},")));
        let may_end = |unit: &Made| unit.last.is_none() && unit.first != Some(day) && !receives(&unit.code);
        (0..self.units.len()).filter(|&at| may_end(&self.units[at])).collect()
    }

    /// One act on a day.
    fn reorganise(&mut self, dice: &mut Dice, day: Date) {
        let standing = self.standing(day);
        if standing.is_empty() {
            return;
        }
        // Who has followed others moves on more often, so that numbers travel over several hops.
        let heirs: Vec<usize> = standing.iter().copied().filter(|&at| self.is_heir(&self.units[at])).collect();
        let old = if !heirs.is_empty() && dice.chance(50) { *dice.pick(&heirs) } else { *dice.pick(&standing) };
        match dice.between(1, 20) {
            1..=5 => {
                let others = (0..dice.between(1, 2)).map(|_| *dice.pick(&standing));
                let mut merged: Vec<usize> = others.chain([old]).collect();
                merged.sort_unstable();
                merged.dedup();
                self.hand_over(dice, &merged, 1, day);
            }
            6..=11 => {
                let parts = dice.between(2, 3);
                self.hand_over(dice, &[old], parts, day);
            }
            12..=14 => self.hand_over(dice, &[old], 1, day),
            15 => self.units[old].last = Some(day - 1.day()),
            16..=17 => self.give_away(dice, old, day),
            18 => self.swap(dice, old, day),
            _ => {
                let parent = self.some_parent(dice, old, day);
                self.add(dice, "area", parent, Some(day));
            }
        }
    }

    /// Ends units; each goes to the same successors, by its own shares.
    fn hand_over(&mut self, dice: &mut Dice, old: &[usize], parts: i64, day: Date) {
        for &at in old {
            self.units[at].last = Some(day - 1.day());
        }
        let heirs: Vec<String> = (0..parts).map(|_| self.heir(dice, old[0], day)).collect();
        for &at in old {
            let shares = shares(dice, heirs.len());
            for (heir, share) in heirs.iter().zip(shares) {
                self.succeed(at, heir, day, &share);
            }
        }
    }

    /// A new unit, mostly of the same class, or one that stands already.
    fn heir(&mut self, dice: &mut Dice, old: usize, day: Date) -> String {
        let standing: Vec<usize> = (0..self.units.len()).filter(|&at| self.units[at].last.is_none()).collect();
        if !standing.is_empty() && dice.chance(35) {
            return self.units[*dice.pick(&standing)].code.clone();
        }
        let is_body = (self.units[old].class == "body") != dice.chance(8);
        let parent = self.some_parent(dice, old, day);
        self.add(dice, if is_body { "body" } else { "area" }, parent, Some(day))
    }

    fn some_parent(&self, dice: &mut Dice, old: usize, day: Date) -> String {
        let standing: Vec<&Made> = self.units.iter().filter(|unit| unit.last.is_none_or(|last| last >= day)).collect();
        match dice.between(1, 10) {
            1..=5 => self.units[old].parent.clone(),
            // Mostly one that has stood for long, which is high in the tree.
            6..=9 if !standing.is_empty() => dice.pick(&standing[..standing.len().div_ceil(3)]).code.clone(),
            _ => String::new(),
        }
    }

    /// A unit that goes on gives a part to another: its numbers stay with it.
    fn give_away(&mut self, dice: &mut Dice, from: usize, day: Date) {
        let to = self.heir(dice, from, day);
        let share = shares(dice, 2).remove(0);
        self.succeed(from, &to, day, &share);
    }

    /// Two units end and each successor takes the other's code.
    fn swap(&mut self, dice: &mut Dice, one: usize, day: Date) {
        let other = *dice.pick(&self.standing(day));
        for (at, code_of) in [(one, other), (other, one)] {
            if one != other {
                self.units[at].last = Some(day - 1.day());
                let code = self.units[code_of].code.clone();
                let parent = self.units[at].parent.clone();
                let parent = if parent == code { self.units[code_of].parent.clone() } else { parent };
                self.units.push(Made { code: code.clone(), parent, first: Some(day), last: None, ..self.units[at].clone() });
                self.succeed(at, &code, day, "1");
            }
        }
    }

    /// A row of `successions.csv`, unless its key is taken.
    fn succeed(&mut self, from: usize, to: &str, day: Date, share: &str) {
        let key = format!("{},{to},{day},", self.units[from].code);
        if !self.succession_rows.iter().any(|row| row.starts_with(&key)) {
            self.succession_rows.push(format!("{key},{share}"));
        }
    }
}

/// Shares of so many successors: known or not, a whole or not.
fn shares(dice: &mut Dice, parts: usize) -> Vec<String> {
    let parts = parts as i64;
    let each = match dice.between(1, 10) {
        1..=4 => (0..parts).map(|part| if part == 0 { 10_000 - (parts - 1) * 1_234 } else { 1_234 }).map(Some).collect::<Vec<_>>(),
        5..=6 => (0..parts).map(|_| Some(dice.between(0, 10) * 1_000)).collect(),
        7..=8 => (0..parts).map(|_| dice.chance(50).then(|| dice.between(0, 2) * 5_000)).collect(),
        9 => vec![None; parts as usize],
        _ => vec![Some(10_000); parts as usize],
    };
    let written = |share: Option<i64>| match share {
        None => String::new(),
        Some(10_000) => "1".to_owned(),
        Some(share) => format!("0.{share:04}"),
    };
    each.into_iter().map(written).collect()
}
