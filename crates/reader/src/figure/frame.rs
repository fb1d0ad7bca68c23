//! Sentences, clauses and brackets of a line, token by token: how far a time phrase or a subject reaches.

use crate::words::Line;

/// No bracket.
pub const OUTSIDE: usize = usize::MAX;

/// Deeper brackets are read as one: no paper nests more.
const DEPTH_MAX: usize = 6;

/// Where one token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The first token of its sentence.
    pub sentence: usize,
    /// The first token of its clause: clauses end at `;`, a bracket is one of its own.
    pub clause: usize,
    /// The opening bracket that it stands in, else [`OUTSIDE`].
    pub bracket: usize,
}

/// The place of every token of a line.
pub fn find_places(line: &Line<'_>) -> Vec<Place> {
    let mut places = Vec::with_capacity(line.len());
    let mut open: Vec<Place> = Vec::new();
    let mut place = Place { sentence: 0, clause: 0, bracket: OUTSIDE };
    for at in 0..line.len() {
        if line.word(at) == ")" {
            place = open.pop().unwrap_or(place);
        }
        places.push(place);
        match line.word(at) {
            "(" if open.len() < DEPTH_MAX => {
                open.push(place);
                place = Place { clause: at + 1, bracket: at, ..place };
            }
            ";" => place.clause = at + 1,
            _ if line.ends_sentence(at) => {
                open.clear();
                place = Place { sentence: at + 1, clause: at + 1, bracket: OUTSIDE };
            }
            _ => {}
        }
    }
    places
}
