//! Finds the people of a paper with their positions and roles.
//!
//! A name counts where something says that it is one: a form of address, a title before or behind it, a list of those
//! present, a signature, or a verb of speaking behind a family name. Once known, every printing of it is a mention.

mod merge;
mod role;
mod scan;
mod signature;

use std::collections::HashMap;

use domain::reading::{Confidence, MeetingRole, PersonDraft, Span};

use crate::grammar::{Known, is_read};
use crate::layout::Layout;
use crate::token::{Words, cut};

/// One place where a person is introduced.
#[derive(Debug)]
pub struct Mention {
    /// The name.
    pub name: Span,
    /// Positions told here, in order.
    pub positions: Vec<Span>,
    /// What the person does in the sentence.
    pub role: Option<MeetingRole>,
    /// How sure the grammar is.
    pub confidence: Confidence,
    /// Whether the name stands apart from any title before it, so that its first word is certain.
    pub alone: bool,
}

/// Finds the people of a paper with their positions and roles, in the order of the text.
pub fn find_people(text: &str, layout: &Layout) -> Vec<PersonDraft> {
    let mut known = Known::of(text, layout);
    // The first pass learns the names that stand alone; the second can then part "Huyện ủy Mường … Ly …".
    for mention in scan_all(text, layout, &known).iter().filter(|mention| mention.alone) {
        if let Some(name) = mention.name.of(text).filter(|name| name.contains(' ')) {
            known.names.insert(name.to_owned());
        }
    }
    let mentions = scan_all(text, layout, &known);
    let mut people = merge::merge(text, &mentions);
    add_spans(text, layout, &mut people);
    people
}

fn scan_all(text: &str, layout: &Layout, known: &Known) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut attendance = role::Attendance::default();
    for block in &layout.blocks {
        attendance.enter(text, block);
        if is_read(block) {
            let words = cut(text, Span { start: block.words.min(block.span.end), end: block.span.end });
            let from = mentions.len();
            scan::scan(&words, known, &mut mentions);
            role::assign(&words, &mut mentions[from..], attendance);
        }
    }
    signature::scan(text, layout, &mut mentions);
    mentions.sort_by_key(|mention| mention.name.start);
    mentions
}

/// Every printing of every known name, in one pass.
fn add_spans(text: &str, layout: &Layout, people: &mut [PersonDraft]) {
    let mut by_first: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
    for (index, person) in people.iter_mut().enumerate() {
        let parts: Vec<String> = person.name.split_whitespace().map(str::to_lowercase).collect();
        if let Some(first) = parts.first() {
            by_first.entry(first.clone()).or_default().push((index, parts.clone()));
        }
        person.spans.sort_unstable();
        person.spans.dedup();
    }
    for block in layout.blocks.iter().filter(|block| is_read(block)) {
        let words = cut(text, block.span);
        let mut at = 0;
        while at < words.len() {
            at = longest_name(&words, at, &by_first).map_or(at + 1, |(index, end)| {
                if let (Some(person), Some(span)) = (people.get_mut(index), words.span(at, end))
                    && !person.spans.contains(&span)
                    && person.spans.len() < 2_000
                {
                    person.spans.push(span);
                }
                end
            });
        }
    }
    for person in people {
        person.spans.sort_unstable();
    }
}

fn longest_name(words: &Words<'_>, at: usize, by_first: &HashMap<String, Vec<(usize, Vec<String>)>>) -> Option<(usize, usize)> {
    if !words.is_capital(at) {
        return None;
    }
    let candidates = by_first.get(&words.word(at)?.to_lowercase())?;
    candidates
        .iter()
        .filter(|(_, parts)| {
            parts
                .iter()
                .enumerate()
                .all(|(i, part)| words.is_capital(at + i) && words.word(at + i).is_some_and(|word| word.to_lowercase() == *part))
        })
        .max_by_key(|(_, parts)| parts.len())
        .map(|(index, parts)| (*index, at + parts.len()))
}
