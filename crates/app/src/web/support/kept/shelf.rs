//! The kept answers, within a bound of bytes: the one that was asked for longest ago goes first.

use std::collections::HashMap;

use super::{PAGE_BYTES_MAX, Sent, Stamp};

/// Memory for kept pages: some two hundred of them. A stage's pages that everybody opens are a few dozen.
const BYTES_MAX: usize = 6 * 1024 * 1024;
/// What an answer costs besides its key and its bytes: its stamp, its headers, its place in the table.
const ANSWER_BYTES: usize = 512;

/// Kept answers by their keys.
#[derive(Debug, Default)]
pub struct Shelf {
    answers: HashMap<String, Kept>,
    bytes: usize,
    /// Counts uses, to tell which is the latest.
    uses: u64,
}

#[derive(Debug)]
struct Kept {
    stamp: Stamp,
    sent: Sent,
    bytes: usize,
    used: u64,
}

impl Shelf {
    /// The answer of a key, where it was made under this very stamp.
    pub fn take(&mut self, key: &str, stamp: &Stamp) -> Option<Sent> {
        self.uses += 1;
        let kept = self.answers.get_mut(key).filter(|kept| kept.stamp == *stamp)?;
        kept.used = self.uses;
        Some(kept.sent.clone())
    }

    /// Keeps an answer in place of the one under its key.
    pub fn put(&mut self, key: String, stamp: Stamp, sent: &Sent) {
        let bytes = sent.body.len() + key.len() + ANSWER_BYTES;
        self.remove(&key);
        if sent.body.len() > PAGE_BYTES_MAX {
            return;
        }
        while self.bytes + bytes > BYTES_MAX {
            // A few hundred are looked through faster than a second order of them is kept up.
            let Some(oldest) = self.answers.iter().min_by_key(|(_, kept)| kept.used).map(|(key, _)| key.clone()) else { return };
            self.remove(&oldest);
        }
        self.uses += 1;
        self.bytes += bytes;
        self.answers.insert(key, Kept { stamp, sent: sent.clone(), bytes, used: self.uses });
    }

    fn remove(&mut self, key: &str) {
        if let Some(gone) = self.answers.remove(key) {
            self.bytes -= gone.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use bytes::Bytes;
    use jiff::civil::date;

    use super::*;

    fn stamp(sequence: i64) -> Stamp {
        Stamp { sequence, hash: format!("hash {sequence}"), days: (date(2024, 5, 20), date(2024, 5, 20)), visits: None }
    }

    fn sent(bytes: usize) -> Sent {
        let text = HeaderValue::from_static("text/html");
        Sent { body: Bytes::from(vec![b'x'; bytes]), tag: text.clone(), media_type: text, gzip: false }
    }

    #[test]
    fn an_answer_holds_under_its_own_stamp_only() {
        let mut shelf = Shelf::default();
        shelf.put("/news".to_owned(), stamp(7), &sent(10));
        assert!(shelf.take("/news", &stamp(7)).is_some());
        assert!(shelf.take("/news", &stamp(8)).is_none());
        assert!(shelf.take("/tasks", &stamp(7)).is_none());
        let tomorrow = Stamp { days: (date(2024, 5, 20), date(2024, 5, 21)), ..stamp(7) };
        assert!(shelf.take("/news", &tomorrow).is_none());
        let other_past = Stamp { hash: "another past".to_owned(), ..stamp(7) };
        assert!(shelf.take("/news", &other_past).is_none());
    }

    #[test]
    fn the_bound_holds_and_what_was_asked_for_longest_ago_goes_first() {
        let mut shelf = Shelf::default();
        let each = 100 * 1024;
        for number in 0..200 {
            shelf.put(format!("/{number}"), stamp(1), &sent(each));
            assert!(shelf.take("/0", &stamp(1)).is_some(), "asked for again and again");
            assert!(shelf.bytes <= BYTES_MAX);
        }
        assert_eq!(shelf.answers.len(), BYTES_MAX / (each + ANSWER_BYTES + 4));
        assert!(shelf.take("/199", &stamp(1)).is_some());
        assert!(shelf.take("/1", &stamp(1)).is_none());
        let bytes: usize = shelf.answers.values().map(|kept| kept.bytes).sum();
        assert_eq!(bytes, shelf.bytes);
    }

    #[test]
    fn a_huge_page_is_not_kept_and_takes_the_old_one_away() {
        let mut shelf = Shelf::default();
        shelf.put("/tasks".to_owned(), stamp(1), &sent(10));
        shelf.put("/tasks".to_owned(), stamp(2), &sent(PAGE_BYTES_MAX + 1));
        assert!(shelf.take("/tasks", &stamp(1)).is_none() && shelf.take("/tasks", &stamp(2)).is_none());
        assert_eq!(shelf.bytes, 0);
    }
}
