//! Closed classes of words: family names, titles, kinds of bodies and their fields, levels and provinces, predicates.
//! Written in lower case with the tone mark on the first vowel of *ủy, hòa*; printed words are compared without either.

pub mod abbreviation;
pub mod family;
pub mod organ;
pub mod paper;
pub mod place;
pub mod predicate;
pub mod title;

use std::collections::HashMap;

use crate::token::{Words, initial_of};

/// Phrases of one class, kept by their first letter; the longest one wins.
pub struct Phrases {
    by_initial: HashMap<char, Vec<Vec<&'static str>>>,
}

impl Phrases {
    /// The class of these phrases; words are parted by single spaces, marks count as words.
    pub fn of(lists: &[&[&'static str]]) -> Self {
        let mut by_initial: HashMap<char, Vec<Vec<&'static str>>> = HashMap::new();
        for phrase in lists.iter().flat_map(|list| list.iter()) {
            if let Some(first) = phrase.chars().next() {
                by_initial.entry(initial_of(first)).or_default().push(phrase.split(' ').collect());
            }
        }
        for phrases in by_initial.values_mut() {
            phrases.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        Self { by_initial }
    }

    /// The token behind the longest phrase at token `at`.
    pub fn end(&self, words: &Words<'_>, at: usize) -> Option<usize> {
        let phrases = self.by_initial.get(&words.initial(at)?)?;
        phrases.iter().find(|phrase| phrase.iter().enumerate().all(|(i, word)| words.is(at + i, word))).map(|phrase| at + phrase.len())
    }
}
