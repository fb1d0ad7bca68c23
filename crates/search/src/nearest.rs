//! "Did you mean": where a word stands nowhere, the nearest one that does.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, Occur, Query as Ask, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::entry::Viewer;
use crate::index::{Index, SearchError, viewer_number};
use crate::query::{Query, Word};

/// Words whose texts are counted: of those equally near the more frequent one is offered, and a handful is enough.
const COUNTED_MAX: usize = 24;
/// A word of so many letters may be mistyped in two places.
const LONG_LETTERS: usize = 7;

impl Index {
    /// The question with every word that somebody cannot find put right; absent where nothing is to be put right, or nothing is
    /// near. Only words that they may see are offered.
    pub fn nearest(&self, query: &Query, viewer: Viewer) -> Result<Option<String>, SearchError> {
        let (mut words, mut is_changed) = (Vec::new(), false);
        for word in query.words() {
            let near = if self.count(self.fields().text, &word.folded, viewer)? == 0 { self.near(word, viewer)? } else { None };
            is_changed |= near.is_some();
            words.push(near.unwrap_or_else(|| word.exact.clone()));
        }
        Ok(is_changed.then(|| words.join(" ")))
    }

    fn near(&self, word: &Word, viewer: Viewer) -> Result<Option<String>, SearchError> {
        if word.folded.chars().all(|c| !c.is_alphabetic()) {
            // Another number is another thing.
            return Ok(None);
        }
        let mut near: Vec<(usize, usize, String)> = Vec::new();
        for term in self.words_near(word)? {
            let folded = domain::fold::fold(&term);
            near.push((distance(&word.folded, &folded), distance(&word.exact, &term), term));
        }
        near.sort_unstable();
        let Some(least) = near.first().map(|(folded, exact, _)| (*folded, *exact)) else { return Ok(None) };
        let mut best: Option<(usize, String)> = None;
        // In the order of the alphabet, so that of equally frequent ones it is always the same.
        for (folded, exact, term) in near.into_iter().take(COUNTED_MAX) {
            let count = self.count(self.fields().exact, &term, viewer)?;
            let is_better = best.as_ref().is_none_or(|(most, _)| count > *most && (folded, exact) == least);
            if count > 0 && is_better {
                best = Some((count, term));
            }
        }
        Ok(best.map(|(_, term)| term))
    }

    /// Words of the index that differ in a letter or two.
    fn words_near(&self, word: &Word) -> Result<BTreeSet<String>, SearchError> {
        let letters = word.folded.chars().count();
        let most = if letters >= LONG_LETTERS { 2 } else { 1 };
        let mut near = BTreeSet::new();
        for segment in self.searcher().segment_readers() {
            let index = segment.inverted_index(self.fields().exact)?;
            let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                let long = term.chars().count();
                if long.abs_diff(letters) <= most && term.chars().any(char::is_alphabetic) {
                    let folded = domain::fold::fold(term);
                    if distance(&word.folded, &folded) <= most {
                        near.insert(term.to_owned());
                    }
                }
            }
        }
        Ok(near)
    }

    fn count(&self, field: tantivy::schema::Field, word: &str, viewer: Viewer) -> Result<usize, SearchError> {
        let term = |term: Term| -> (Occur, Box<dyn Ask>) { (Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic))) };
        let viewer = Term::from_field_u64(self.fields().viewer, viewer_number(viewer));
        let both = BooleanQuery::new(vec![term(Term::from_field_text(field, word)), term(viewer)]);
        Ok(self.searcher().search(&both, &Count)?)
    }
}

/// How many letters are to be added, dropped, changed or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (mut two_above, mut above): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=other.len()).collect());
    for (row, a) in one.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, b) in other.iter().enumerate() {
            let changed = above[column] + usize::from(a != b);
            let mut least = changed.min(above[column + 1] + 1).min(line[column] + 1);
            if row > 0 && column > 0 && *a == other[column - 1] && one[row - 1] == *b {
                least = least.min(two_above[column - 1] + 1);
            }
            line.push(least);
        }
        (two_above, above) = (above, line);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_are_of_letters() {
        for (one, other, steps) in [("muong", "muong", 0), ("muogn", "muong", 1), ("mung", "muong", 1), ("xa", "huyen", 5), ("", "ab", 2)] {
            assert_eq!(distance(one, other), steps, "{one} {other}");
        }
    }
}
