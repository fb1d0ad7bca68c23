//! The journal (*nhật ký*): one entry a write, chained by hashes.

use crate::moment::Moment;

/// One entry. `before` and `after` are JSON objects of rows with sorted keys and no floats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// From 1, without gaps, in the order of commits.
    pub sequence: i64,
    /// When it was written.
    pub at: Moment,
    /// The account's name, `operator`, or who tried.
    pub actor: String,
    /// What was done: `task.assign`.
    pub action: String,
    /// What it was done to: `task/12`.
    pub subject: String,
    /// The rows as they were.
    pub before: String,
    /// The rows as they are.
    pub after: String,
    /// The hash of the entry before.
    pub previous_hash: String,
    /// The hash of this entry.
    pub hash: String,
}

impl JournalEntry {
    /// The text whose SHA-256 is the entry's hash: one line of JSON with sorted keys, so anyone can check it with `sha256sum`.
    pub fn hashed_text(&self) -> String {
        serde_json::json!({
            "action": self.action,
            "actor": self.actor,
            "after": self.after,
            "at": self.at.0,
            "before": self.before,
            "previous_hash": self.previous_hash,
            "sequence": self.sequence,
            "subject": self.subject,
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hashed_text_has_sorted_keys() {
        let entry = JournalEntry {
            sequence: 1,
            at: Moment(5),
            actor: "a".into(),
            action: "b.c".into(),
            subject: "d/1".into(),
            before: "{}".into(),
            after: "{}".into(),
            previous_hash: String::new(),
            hash: String::new(),
        };
        assert_eq!(
            entry.hashed_text(),
            r#"{"action":"b.c","actor":"a","after":"{}","at":5,"before":"{}","previous_hash":"","sequence":1,"subject":"d/1"}"#
        );
    }
}
