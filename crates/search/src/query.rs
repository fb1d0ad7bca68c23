//! A question as it was typed, taken apart. Never fails: whatever is typed is a question, if only an empty one.

use crate::token::{Token, is_part, tokens};

/// Most letters of a question that a page should take: three lines of a search box. What is longer is cut, so that nothing that is
/// typed takes long.
pub const QUERY_CHARACTERS_MAX: usize = 200;
/// Most words that are looked for: more only make it slower, and a sentence of 32 syllables is found by its first 32.
pub const WORDS_MAX: usize = 32;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub(crate) clauses: Vec<Clause>,
    /// The last word may go on: somebody is still typing.
    pub(crate) open: bool,
    /// Everything together, as it would stand as a title: with marks and without.
    pub(crate) whole: [String; 2],
    is_cut: bool,
}

/// One part of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clause {
    /// A word anywhere.
    Word(Word),
    /// Words in a row, by their places from the first.
    Phrase {
        /// The words.
        words: Vec<(usize, Word)>,
        /// In quotation marks: then marks count where any were typed.
        quoted: bool,
    },
}

/// A word that is looked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    /// As it was typed.
    pub exact: String,
    /// Without marks.
    pub folded: String,
}

impl Word {
    fn of(token: &Token) -> Self {
        Self { exact: token.exact.clone(), folded: token.folded.clone() }
    }

    /// Whether marks were typed.
    pub(crate) fn has_marks(&self) -> bool {
        self.exact != self.folded
    }

    /// Whether a word of a text is this one.
    pub(crate) fn fits(&self, token: &Token) -> bool {
        self.folded == token.folded
    }
}

impl Clause {
    /// Its words.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        let (one, row) = match self {
            Self::Word(word) => (Some(word), [].as_slice()),
            Self::Phrase { words, .. } => (None, words.as_slice()),
        };
        one.into_iter().chain(row.iter().map(|(_, word)| word))
    }

    /// Whether its marks must fit.
    pub(crate) fn is_exact(&self) -> bool {
        matches!(self, Self::Phrase { quoted: true, .. }) && self.words().any(Word::has_marks)
    }
}

impl Query {
    /// Reads what was typed. `"…"` and `“…”` are phrases; so is what is written together, like `48-TB/VPTU`.
    pub fn parse(typed: &str) -> Self {
        let cut: String = typed.chars().take(QUERY_CHARACTERS_MAX).collect();
        let mut query = Self { is_cut: cut.len() < typed.len(), ..Self::default() };
        query.open = !cut.ends_with(char::is_whitespace);
        let even: Vec<&str> = cut.split(['"', '“', '”', '„', '«', '»']).collect();
        for (at, part) in even.iter().enumerate() {
            // A mark that is not closed opens nothing.
            if at % 2 == 1 && at + 1 < even.len() { query.push_quoted(part) } else { query.push_plain(part) }
        }
        let words: Vec<Word> = query.words().cloned().collect();
        let line = |form: fn(&Word) -> &str| words.iter().map(form).collect::<Vec<_>>().join(" ");
        query.whole = [line(|word| &word.exact), line(|word| &word.folded)];
        query
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether more was typed than is looked for.
    pub const fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether any marks were typed.
    pub fn has_marks(&self) -> bool {
        self.words().any(Word::has_marks)
    }

    /// How many words are looked for.
    pub fn len(&self) -> usize {
        self.words().count()
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        self.clauses.iter().flat_map(Clause::words)
    }

    /// Neighbours as they were typed, without marks.
    pub(crate) fn pairs(&self) -> Vec<(&Word, &Word)> {
        let words: Vec<&Word> = self.words().collect();
        words.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
    }

    fn push_quoted(&mut self, part: &str) {
        let tokens = tokens(part);
        self.push_row(&tokens, true);
    }

    fn push_plain(&mut self, part: &str) {
        let tokens = tokens(part);
        let mut row: Vec<Token> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if is_part(&tokens, at) {
                continue;
            }
            if !token.joined {
                self.push_row(&std::mem::take(&mut row), false);
            }
            row.push(token.clone());
        }
        self.push_row(&row, false);
    }

    fn push_row(&mut self, row: &[Token], quoted: bool) {
        let room = WORDS_MAX.saturating_sub(self.len());
        let whole: Vec<&Token> = row.iter().enumerate().filter(|(at, _)| !is_part(row, *at)).map(|(_, token)| token).collect();
        self.is_cut |= whole.len() > room;
        let Some(first) = whole.first().filter(|_| room > 0) else { return };
        let start = first.position;
        let words: Vec<(usize, Word)> = whole.iter().take(room).map(|token| (token.position - start, Word::of(token))).collect();
        let clause = match (words.as_slice(), quoted) {
            ([(_, word)], false) => Clause::Word(word.clone()),
            _ => Clause::Phrase { words, quoted },
        };
        if !self.clauses.contains(&clause) {
            self.clauses.push(clause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(typed: &str) -> String {
        let query = Query::parse(typed);
        let clause = |clause: &Clause| {
            let words = clause.words().map(|word| word.exact.as_str()).collect::<Vec<_>>().join(" ");
            match clause {
                Clause::Word(_) => words,
                Clause::Phrase { quoted: true, .. } => format!("\"{words}\""),
                Clause::Phrase { quoted: false, .. } => format!("({words})"),
            }
        };
        query.clauses.iter().map(clause).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_question_is_words_and_phrases() {
        for (typed, expected) in [
            ("hộ nghèo", "hộ nghèo"),
            ("\"hộ nghèo\" Mường", "\"hộ nghèo\" mường"),
            ("“giảm nghèo”", "\"giảm nghèo\""),
            ("14/2024/NQ-HĐND về", "(14 2024 nq hđnd) về"),
            ("tăng 10,5%", "tăng 10,5"),
            ("\"hộ nghèo", "hộ nghèo"),
            ("hộ hộ hộ", "hộ"),
            ("  ?! \" \" ", ""),
            ("a\"b\"c\"d", "a \"b\" c d"),
            (".*[a-z]+(x|y)^$\\", "(a z) x y"),
            ("", ""),
        ] {
            assert_eq!(drawn(typed), expected, "{typed}");
        }
    }

    #[test]
    fn whatever_is_typed_stays_small() {
        for typed in ["a ".repeat(5000), "\"".repeat(10_000), "\u{301}".repeat(10_000), "x\0y ".repeat(900), "1/".repeat(5000)] {
            let query = Query::parse(&typed);
            assert!(query.len() <= WORDS_MAX && query.is_cut(), "{}", &typed[..4]);
        }
        let words: Vec<String> = (0..90).map(|n| n.to_string()).collect();
        assert_eq!(Query::parse(&words.join(" ")).len(), WORDS_MAX);
    }
}
