//! One entry a person: mentions of one name together, each position once in its fullest form.

use std::collections::{HashMap, HashSet};

use domain::fold::{fold, tidy};
use domain::reading::{MeetingRole, PersonDraft, Span};

use super::Mention;
use crate::lexicon::abbreviation::written_out;

/// The people of the mentions, in the order of the text.
pub fn merge(text: &str, mentions: &[Mention]) -> Vec<PersonDraft> {
    let mut people: Vec<PersonDraft> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut single: Vec<&Mention> = Vec::new();
    for mention in mentions {
        let Some(name) = mention.name.of(text).map(tidy) else { continue };
        if is_nobody(&name) {
            continue;
        }
        if !name.contains(' ') && !name.contains(['\'', '’']) {
            single.push(mention);
            continue;
        }
        let index = *by_name.entry(name.to_lowercase()).or_insert_with(|| {
            people.push(PersonDraft { name, positions: Vec::new(), role: None, spans: Vec::new(), confidence: mention.confidence });
            people.len() - 1
        });
        if let Some(person) = people.get_mut(index) {
            add(text, person, mention);
        }
    }
    // Where nobody is said to chair, the one who came to work with a unit leads the meeting.
    let chaired = people.iter().any(|person| person.role == Some(MeetingRole::Chair));
    let visitor =
        mentions.iter().find(|mention| mention.visits).and_then(|mention| mention.name.of(text)).map(|name| tidy(name).to_lowercase());
    if let Some(person) = visitor.filter(|_| !chaired).and_then(|name| by_name.get(&name)).and_then(|index| people.get_mut(*index)) {
        person.role = Some(MeetingRole::Chair);
    }
    add_single(text, &mut people, &single);
    people.sort_by_key(|person| person.spans.first().map_or(usize::MAX, |span| span.start));
    people
}

/// A name of one word is another printing of a known person ("ông Páo"), else a person of its own.
fn add_single(text: &str, people: &mut Vec<PersonDraft>, single: &[&Mention]) {
    let last_words: HashSet<String> =
        people.iter().filter_map(|person| person.name.split(' ').next_back().map(str::to_lowercase)).collect();
    let mut own: HashMap<String, usize> = HashMap::new();
    for mention in single {
        let Some(name) = mention.name.of(text) else { continue };
        if last_words.contains(&name.to_lowercase()) || mention.positions.is_empty() {
            continue;
        }
        let index = *own.entry(name.to_lowercase()).or_insert_with(|| {
            people.push(PersonDraft {
                name: name.to_owned(),
                positions: Vec::new(),
                role: None,
                spans: Vec::new(),
                confidence: mention.confidence,
            });
            people.len() - 1
        });
        if let Some(person) = people.get_mut(index) {
            add(text, person, mention);
        }
    }
}

/// The founder's name stands in names of cities, unions and campaigns, never at a meeting.
fn is_nobody(name: &str) -> bool {
    matches!(fold(name).as_str(), "ho chi minh" | "bac ho" | "viet nam" | "dang" | "nha nuoc" | "doan")
}

fn add(text: &str, person: &mut PersonDraft, mention: &Mention) {
    person.spans.push(mention.name);
    person.role = person.role.max(mention.role);
    person.confidence = person.confidence.max(mention.confidence);
    for span in &mention.positions {
        add_position(text, person, *span);
    }
}

/// Keeps the fuller of two forms of one position in the place of the earlier.
fn add_position(text: &str, person: &mut PersonDraft, span: Span) {
    let Some(printed) = span.of(text).map(tidy) else { return };
    let new = written_out(&printed);
    for kept in &mut person.positions {
        let old = written_out(kept);
        if old == new || is_shorter(&new, &old) {
            return;
        }
        if is_shorter(&old, &new) {
            *kept = printed;
            return;
        }
    }
    if person.positions.len() < 24 {
        person.positions.push(printed);
    }
}

/// Whether `short` is `long` without what stands at its end.
fn is_shorter(short: &str, long: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
}
