//! Closed classes of words: family names, titles, kinds of bodies and their fields, levels and provinces, predicates.
//! Written in lower case with the tone mark on the first vowel of *ủy, hòa*; printed words are compared without either.

pub mod family;
pub mod organ;
pub mod paper;
pub mod place;
pub mod predicate;
pub mod title;

use std::collections::HashMap;

use crate::token::{Words, lower};

/// Phrases of one class, found by their first word; the longest one wins.
pub struct Phrases {
    by_first: HashMap<&'static str, Vec<Vec<&'static str>>>,
}

impl Phrases {
    /// The class of these phrases; words are parted by single spaces, marks count as words.
    pub fn of(lists: &[&[&'static str]]) -> Self {
        let mut by_first: HashMap<&'static str, Vec<Vec<&'static str>>> = HashMap::new();
        for phrase in lists.iter().flat_map(|list| list.iter()) {
            let words: Vec<&'static str> = phrase.split(' ').collect();
            if let Some(first) = words.first() {
                by_first.entry(first).or_default().push(words);
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    /// The token behind the longest phrase at token `at`.
    pub fn end(&self, words: &Words<'_>, at: usize) -> Option<usize> {
        let first = lower(words.word(at)?);
        let phrases = self.by_first.get(first.as_str())?;
        phrases
            .iter()
            .find(|phrase| phrase.iter().enumerate().skip(1).all(|(i, word)| words.is(at + i, word)))
            .map(|phrase| at + phrase.len())
    }
}
