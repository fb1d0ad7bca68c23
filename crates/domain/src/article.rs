//! Articles: what the public reads, and corrections to them.

use crate::account::Account;
use crate::document::Document;
use crate::id::Id;
use crate::moment::Moment;
use crate::session::WorkingSession;

/// *Bản tin.* Source and author are two fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its id.
    pub id: Id<Article>,
    /// The paper it was made from.
    pub document: Id<Document>,
    /// The session it tells of.
    pub session: Option<Id<WorkingSession>>,
    /// The end of its address, made from the title.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// One or two sentences under the headline.
    pub standfirst: String,
    /// Where it was printed first.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Since when the public sees it.
    pub published_at: Option<Moment>,
    /// Who published it.
    pub published_by: Option<Id<Account>>,
    /// Changes with every step; a form with an older one is stale.
    pub revision: i64,
}

/// *Đính chính*: what a published page said before, and says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its id.
    pub id: Id<Correction>,
    /// The article.
    pub article: Id<Article>,
    /// What it said.
    pub was: String,
    /// What it says now.
    pub is_now: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Moment,
    /// The account's name.
    pub by: String,
}

/// Longest slug, in letters: an address still fits a line of an e-mail.
const SLUG_LETTERS_MAX: usize = 80;

/// The end of an article's address: `Cùng Mường Vân về đích` → `cung-muong-van-ve-dich`.
pub fn slug(title: &str) -> String {
    let folded = crate::fold::fold(title);
    let mut slug = String::new();
    for word in folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + word.len() >= SLUG_LETTERS_MAX {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() { "ban-tin".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_short() {
        assert_eq!(slug("Cùng Mường Vân gỡ từng “điểm nghẽn” – 100%"), "cung-muong-van-go-tung-diem-nghen-100");
        assert_eq!(slug("…"), "ban-tin");
        assert!(slug(&"đích ".repeat(100)).len() <= SLUG_LETTERS_MAX);
    }
}
