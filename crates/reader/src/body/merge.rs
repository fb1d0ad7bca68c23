//! One entry a body: printings of one name together, shorter forms with the only longer one that they can mean.

use std::collections::BTreeMap;

use domain::reading::{BodyDraft, Confidence, Span};

use super::Mention;
use crate::lexicon::abbreviation::written_out;

/// Words at which a shorter form may end: the area's name behind them is understood.
const LEVEL_WORDS: [&str; 9] = ["huyen", "tinh", "xa", "phuong", "uy", "tran", "pho", "quan", "doan"];
/// Longer forms looked at for one shorter form.
const LONGER_MAX: usize = 16;

struct Entry {
    name: String,
    spans: Vec<Span>,
}

/// The bodies of the mentions, in the order of the text.
pub fn merge(mentions: Vec<Mention>) -> Vec<BodyDraft> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for mention in mentions {
        let name = mention.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let entry = entries.entry(written_out(&name)).or_insert_with(|| Entry { name: name.clone(), spans: Vec::new() });
        if entry.name.starts_with(char::is_lowercase) {
            entry.name = name;
        }
        entry.spans.push(mention.span);
    }
    let longer: Vec<(String, String)> = entries.keys().filter_map(|short| Some((short.clone(), only_longer(&entries, short)?))).collect();
    for (short, long) in longer.into_iter().rev() {
        if let Some(gone) = entries.remove(&short)
            && let Some(entry) = entries.get_mut(&long)
        {
            entry.spans.extend(gone.spans);
        }
    }
    let mut bodies: Vec<BodyDraft> = entries
        .into_values()
        .filter(|entry| !entry.name.starts_with(char::is_lowercase))
        .map(|mut entry| {
            entry.spans.sort_unstable();
            entry.spans.dedup();
            BodyDraft { name: entry.name, spans: entry.spans, confidence: Confidence::Sure }
        })
        .collect();
    bodies.sort_by_key(|body| body.spans.first().map_or(usize::MAX, |span| span.start));
    bodies
}

/// The next longer form, if all longer forms are forms of one body.
fn only_longer(entries: &BTreeMap<String, Entry>, short: &str) -> Option<String> {
    let opening = format!("{short} ");
    let longer: Vec<&String> = entries
        .range(opening.clone()..)
        .map(|(key, _)| key)
        .take_while(|key| key.starts_with(&opening))
        .filter(|key| completes(short, key))
        .take(LONGER_MAX)
        .collect();
    let longest = longer.iter().max_by_key(|key| key.len())?;
    longer
        .iter()
        .all(|key| longest.starts_with(key.as_str()))
        .then(|| longer.iter().min_by_key(|key| key.len()).map(|key| (*key).clone()))
        .flatten()
}

/// Whether what the longer form adds is a level or the area behind one.
fn completes(short: &str, long: &str) -> bool {
    let added = long.get(short.len()..).and_then(|rest| rest.split_whitespace().next()).unwrap_or("");
    short.split(' ').next_back().is_some_and(|last| LEVEL_WORDS.contains(&last)) || LEVEL_WORDS.contains(&added)
}
