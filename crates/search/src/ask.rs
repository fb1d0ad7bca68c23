//! A question as tantivy takes it. Every part gives a fixed whole number of points, so that what a finding gets depends on nothing
//! but the question and the finding: see the crate's description.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as Ask, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::index::{Fields, Filter, pair, viewer_number};
use crate::query::{Clause, Query, Word};

/// Points of a finding. Each line outweighs what stands below it.
pub struct Points;

impl Points {
    /// A word of the question, where not all are there: who has more of them comes first, whatever else speaks for the others.
    pub const WORD: u16 = 1000;
    /// The title is the question: a unit, a person, a paper called by its name.
    pub const WHOLE_TITLE: u16 = 64;
    /// A word with the very marks that were typed: more than everything below can give to a word.
    pub const EXACT: u16 = 16;
    /// Two words that follow one another in the text as in the question: more than both in the title.
    pub const PAIR: u16 = 5;
    /// The same in the title, besides.
    pub const TITLE_PAIR: u16 = 3;
    /// A word in the title.
    pub const TITLE_WORD: u16 = 2;
    /// Of suggestions: the title begins with what was typed.
    pub const TITLE_BEGINS: u16 = 32;
}

/// What a finding must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Every word and phrase.
    AllWords,
    /// At least half of the words.
    SomeWords,
    /// Every word in the title; the last may be the beginning of one.
    Titles,
}

type Parts = Vec<(Occur, Box<dyn Ask>)>;

/// The question with its filters, all within the one query.
pub(crate) fn ask(fields: Fields, query: &Query, filter: &Filter, asked: Asked) -> BooleanQuery {
    let viewer = Term::from_field_u64(fields.viewer, viewer_number(filter.viewer));
    let mut parts: Parts = vec![must(term(viewer))];
    if let Some(units) = &filter.units {
        let terms = units.iter().map(|unit| Term::from_field_u64(fields.unit, unit.number().unsigned_abs()));
        parts.push(must(if units.is_empty() { Box::new(EmptyQuery) } else { Box::new(TermSetQuery::new(terms)) }));
    }
    match asked {
        Asked::AllWords => parts.extend(query.clauses.iter().map(|clause| must(of_clause(fields, clause)))),
        Asked::SomeWords => parts.push((Occur::Must, some_words(fields, query))),
        Asked::Titles => parts.extend(in_title(fields, query)),
    }
    parts.extend(better(fields, query));
    BooleanQuery::new(parts)
}

/// What makes one finding better than another.
fn better(fields: Fields, query: &Query) -> Parts {
    let mut parts = Parts::new();
    for word in query.words() {
        if word.has_marks() {
            parts.push(should(text(fields.exact, &word.exact), Points::EXACT));
        }
        parts.push(should(text(fields.title, &word.folded), Points::TITLE_WORD));
    }
    for (one, other) in query.pairs() {
        let pair = pair(&one.folded, &other.folded);
        parts.push(should(text(fields.pairs, &pair), Points::PAIR));
        parts.push(should(text(fields.title_pairs, &pair), Points::TITLE_PAIR));
    }
    let [exact, folded] = &query.whole;
    let whole = if query.has_marks() { text(fields.whole_exact, exact) } else { text(fields.whole, folded) };
    parts.push(should(whole, Points::WHOLE_TITLE));
    parts
}

fn of_clause(fields: Fields, clause: &Clause) -> Box<dyn Ask> {
    let field = if clause.is_exact() { fields.exact } else { fields.text };
    let form = |word: &Word| if clause.is_exact() { word.exact.clone() } else { word.folded.clone() };
    match clause {
        Clause::Word(word) => text(field, &form(word)),
        Clause::Phrase { words, .. } => match words.as_slice() {
            [(_, word)] => text(field, &form(word)),
            _ => {
                let terms = words.iter().map(|(at, word)| (*at, Term::from_field_text(field, &form(word)))).collect();
                Box::new(PhraseQuery::new_with_offset(terms))
            }
        },
    }
}

fn some_words(fields: Fields, query: &Query) -> Box<dyn Ask> {
    let words: Parts = query.words().map(|word| should(text(fields.text, &word.folded), Points::WORD)).collect();
    let half = words.len().div_ceil(2);
    Box::new(BooleanQuery::with_minimum_required_clauses(words, half))
}

fn in_title(fields: Fields, query: &Query) -> Parts {
    let words: Vec<&Word> = query.words().collect();
    let last = words.len().saturating_sub(1);
    let of_word = |(at, word): (usize, &&Word)| {
        let goes_on = at == last && query.open;
        must(if goes_on { begins(fields.title, &word.folded) } else { text(fields.title, &word.folded) })
    };
    let mut parts: Parts = words.iter().enumerate().map(of_word).collect();
    parts.push(should(begins(fields.whole, &query.whole[1]), Points::TITLE_BEGINS));
    parts
}

/// Terms that begin so.
fn begins(field: Field, beginning: &str) -> Box<dyn Ask> {
    // No letter of a term is greater.
    let end = format!("{beginning}{}", char::MAX);
    let bounds = (Term::from_field_text(field, beginning), Term::from_field_text(field, &end));
    Box::new(RangeQuery::new(Bound::Included(bounds.0), Bound::Excluded(bounds.1)))
}

fn text(field: Field, word: &str) -> Box<dyn Ask> {
    term(Term::from_field_text(field, word))
}

fn term(term: Term) -> Box<dyn Ask> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn must(ask: Box<dyn Ask>) -> (Occur, Box<dyn Ask>) {
    (Occur::Must, Box::new(ConstScoreQuery::new(ask, 0.0)))
}

fn should(ask: Box<dyn Ask>, points: u16) -> (Occur, Box<dyn Ask>) {
    (Occur::Should, Box::new(ConstScoreQuery::new(ask, f32::from(points))))
}
