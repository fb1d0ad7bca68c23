//! Worlds from a seed.

use std::collections::BTreeMap;

use domain::code::Coded;
use domain::id::Id;
use domain::search::{SearchKind, Subject};
use jiff::ToSpan;
use jiff::civil::date;
use search::{Entry, Filter, Index, Order, Viewer};

/// Words of the worlds: marks, both spellings, a decimal number, symbols.
pub const WORDS: [&str; 26] = [
    "hòa",
    "hoà",
    "hoa",
    "Bình",
    "binh",
    "đá",
    "Đa",
    "da",
    "ban",
    "Bản",
    "bàn",
    "Khe",
    "Trà",
    "tra",
    "xã",
    "Xa",
    "kỹ",
    "kĩ",
    "ky",
    "10,5",
    "14/2024/NQ-HĐND",
    "48-TB/VPTU",
    "nghèo",
    "ngheo",
    "thuỷ",
    "thủy",
];
const BETWEEN: [&str; 6] = [" ", " ", " ", ", ", ". ", "\n"];

/// Numbers that are the same each time.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).unwrap()
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    pub fn text(&mut self, words_max: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.below(words_max + 1) {
            text.push_str(WORDS[self.below(WORDS.len())]);
            text.push_str(BETWEEN[self.below(BETWEEN.len())]);
        }
        text.trim_end().to_owned()
    }

    pub fn subject(&mut self) -> Subject {
        let kind = *self.pick(&SearchKind::ALL[..3]);
        Subject::new(kind, i64::try_from(self.below(12)).unwrap() + 1)
    }

    pub fn entry(&mut self) -> Entry {
        let (title, whole) = (self.text(4), self.text(9));
        let public = match self.below(3) {
            0 => None,
            1 => Some(whole.clone()),
            _ => Some(self.text(5)),
        };
        let day = (self.below(3) > 0).then(|| date(2024, 1, 1) + i32::try_from(self.below(4)).unwrap().days());
        let units = (0..self.below(3)).map(|_| Id::new(i64::try_from(self.below(4)).unwrap() + 1)).collect();
        let staff = (self.below(8) > 0).then_some(whole);
        Entry { subject: self.subject(), title, day, units, public: public.filter(|_| staff.is_some()), staff }
    }

    /// A question of a few different words, some of them together in quotation marks.
    pub fn question(&mut self) -> (Vec<&'static str>, bool) {
        let mut words: Vec<&str> = Vec::new();
        for _ in 0..=self.below(3) {
            let word = WORDS[self.below(WORDS.len())];
            if !words.iter().any(|known| crate::twin::folded(known) == crate::twin::folded(word)) && !word.contains(['/', '-']) {
                words.push(word);
            }
        }
        if words.is_empty() {
            words.push("xã");
        }
        (words, self.below(4) == 0)
    }

    pub fn filter(&mut self) -> Filter {
        let day = |days: usize| date(2024, 1, 1) + i32::try_from(days).unwrap().days();
        Filter {
            viewer: *self.pick(&[Viewer::Public, Viewer::Staff]),
            kind: (self.below(4) == 0).then(|| SearchKind::ALL[self.below(3)]),
            units: (self.below(4) == 0).then(|| (0..self.below(3)).map(|_| Id::new(i64::try_from(self.below(4)).unwrap() + 1)).collect()),
            from: (self.below(4) == 0).then(|| day(self.below(4))),
            to: (self.below(4) == 0).then(|| day(self.below(4))),
            order: *self.pick(&[Order::Relevance, Order::Newest]),
            limit: 100,
        }
    }
}

/// What stands, by subject.
pub type World = BTreeMap<Subject, Entry>;

/// A world with the index that it grew with: many small changes, things put again and again, things gone.
pub fn grown(seed: u64) -> (World, Index) {
    let mut dice = Dice(seed);
    let (mut world, index) = (World::new(), Index::new().unwrap());
    for _ in 0..12 {
        let changes: Vec<Entry> = (0..=dice.below(6)).map(|_| dice.entry()).collect();
        let mut latest = World::new();
        latest.extend(changes.into_iter().map(|entry| (entry.subject, entry)));
        index.update(&latest.values().cloned().collect::<Vec<_>>()).unwrap();
        world.extend(latest);
    }
    (world, index)
}

/// The same world's index, made in one go.
pub fn at_once(world: &World) -> Index {
    let index = Index::new().unwrap();
    let mut writing = index.begin().unwrap();
    for entry in world.values().rev() {
        writing.add(entry).unwrap();
    }
    writing.commit().unwrap();
    index
}
