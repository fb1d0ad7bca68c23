//! What the ledger says in its own words: names, titles and sentences of papers, which stay as they are in every language.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;
use store::Store;
use store::task::Audience;

use super::messages::{has_vietnamese_mark, spaced};

/// Fewest words of a text that is looked for in the papers: a single word is in some paper always.
const SENTENCE_WORDS_MIN: usize = 5;
/// Rows of a load are in the journal by their digest only.
const LOADED: [&str; 2] = [include_str!("../../../demo/targets.csv"), include_str!("../../../demo/measurements.csv")];

/// The ledger's words, in small letters and without punctuation.
pub struct LedgerWords {
    whole: HashSet<String>,
    /// The same by their first word, each list from the longest on.
    by_first: HashMap<String, Vec<Vec<String>>>,
    papers: String,
}

impl LedgerWords {
    /// Everything that stands in the ledger: each row's texts are in the journal, the papers beside it.
    pub async fn of(store: &Store) -> Self {
        let mut found = BTreeSet::new();
        for entry in store.journal_entries(None, i64::MAX).await.unwrap() {
            if let Ok(rows) = serde_json::from_str(&entry.after) {
                take(&rows, &mut found);
            }
        }
        let cells = LOADED.iter().flat_map(|file| file.lines()).flat_map(|line| line.split(','));
        found.extend(cells.filter(|cell| has_vietnamese_mark(cell)).map(str::to_owned));
        let whole: HashSet<String> = found.iter().map(|text| spaced(text)).filter(|text| has_vietnamese_mark(text)).collect();
        let mut by_first: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for text in &whole {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            by_first.entry(words[0].clone()).or_default().push(words);
        }
        by_first.values_mut().for_each(|values| values.sort_by_key(|words| std::cmp::Reverse(words.len())));
        let mut papers = String::new();
        for document in store.documents(Audience::Staff, 0, i64::MAX).await.unwrap() {
            papers += &format!(" {} ", spaced(&store.text_of(&document).await.unwrap().unwrap_or_default()));
        }
        Self { whole, by_first, papers }
    }

    /// Whether a text is the ledger's own from its first to its last word.
    pub fn says(&self, text: &str) -> bool {
        let text = spaced(text);
        self.whole.contains(&text) || text.split(' ').count() >= SENTENCE_WORDS_MIN && self.papers.contains(&format!(" {text} "))
    }

    /// The words of a text that are not the ledger's.
    pub fn without(&self, text: &str) -> String {
        let text = spaced(text);
        let words: Vec<&str> = text.split(' ').collect();
        let mut left = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let values = self.by_first.get(*word).map_or(&[][..], Vec::as_slice);
            match values.iter().find(|value| words[at..].iter().zip(value.iter()).filter(|(a, b)| a == b).count() == value.len()) {
                Some(value) => at += value.len(),
                None => {
                    left.push(*word);
                    at += 1;
                }
            }
        }
        left.join(" ")
    }
}

/// The texts of rows as the journal keeps them: drafts keep theirs as JSON within, lists stand in lines or after semicolons.
fn take(rows: &Value, found: &mut BTreeSet<String>) {
    match rows {
        Value::String(text) => match serde_json::from_str(text) {
            Ok(inner @ (Value::Object(_) | Value::Array(_))) => take(&inner, found),
            _ => found.extend(text.split(['\n', ';']).chain([text.as_str()]).map(str::to_owned)),
        },
        Value::Array(list) => list.iter().for_each(|value| take(value, found)),
        Value::Object(object) => object.values().for_each(|value| take(value, found)),
        _ => {}
    }
}
