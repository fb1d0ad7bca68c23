//! The words around a mention: what it can hang on, what stands before it and what behind it.

use super::frame::{OUTSIDE, Place};
use super::line::LineReader;
use super::mention::Mention;
use super::unit::{UnitKind, population_end};

/// Longest stretch of words to the left of a number that is looked at: a clause, not a page.
const LEFT_MAX: usize = 80;
/// Longest stretch behind a unit that can name a measure.
const BEHIND_MAX: usize = 16;

/// Words behind a unit that begin something else than the measure.
const BORDERS: [&str; 16] =
    ["theo", "để", "nhằm", "tại", "tăng", "giảm", "vượt", "chiếm", "do", "lên", "xuống", "như", "trở", "hoặc", "trị", "mà"];
/// Words that no measure ends with.
const DANGLING: [&str; 25] = [
    "từ", "đạt", "có", "với", "là", "trên", "và", "được", "giá", "trị", "còn", "của", "cho", "-", "dưới", "trong", "gồm", "về", "khoảng",
    "dài", "rộng", "bằng", "\"", "“", "”",
];

impl LineReader<'_, '_> {
    /// The figure that the next one of this place can hang on: the last of the same bracket and sentence, else what the bracket follows.
    pub(super) fn anchor(&self, place: Place) -> Option<usize> {
        let same_sentence = |n: &usize| self.readings.get(*n).is_some_and(|r| r.place.sentence == place.sentence);
        let last = self.readings.len().checked_sub(1).filter(same_sentence)?;
        let same_bracket = (0..=last)
            .rev()
            .take(12)
            .take_while(same_sentence)
            .find(|n| self.readings.get(*n).is_some_and(|r| r.place.bracket == place.bracket));
        same_bracket.or(Some(last))
    }

    /// The words since the previous figure, the clause's beginning or the bracket, without inner brackets and times.
    pub(super) fn left_of(&self, mention: &Mention, place: Place, anchor: Option<usize>) -> Vec<usize> {
        let previous = anchor.and_then(|n| self.readings.get(n)).filter(|a| a.place.bracket == place.bracket).map_or(0, |a| a.mention.to);
        let own = self.plain_words(place.clause.max(previous), mention.from, place);
        if previous > place.clause {
            return self.without_tail(own, mention);
        }
        if !self.stands_alone(&own, place) {
            return own;
        }
        let outer = self.places.get(place.bracket).copied().unwrap_or(place);
        let previous = self.readings.last().filter(|r| r.place.sentence == place.sentence).map_or(0, |r| r.mention.to);
        let told = self.plain_words(outer.clause.max(previous), place.bracket, outer);
        if told.first().is_some_and(|&at| self.line.phrase(at, "so với").is_some()) {
            return told.get(2..).map(<[usize]>::to_vec).unwrap_or_default();
        }
        let new_subject = previous <= outer.clause || told.iter().any(|&at| matches!(self.line.word(at), "," | "và"));
        if new_subject { told } else { Vec::new() }
    }

    /// A number that is all that its bracket says: "(54,4%)".
    pub(super) fn stands_alone(&self, own: &[usize], place: Place) -> bool {
        place.bracket != OUTSIDE && own.is_empty() && place.clause == place.bracket + 1
    }

    /// What hangs behind the previous figure ("kế hoạch Trung ương giao và") is no subject of this one.
    pub(super) fn without_tail(&self, own: Vec<usize>, mention: &Mention) -> Vec<usize> {
        let comma = own.iter().position(|&at| matches!(self.line.word(at), "," | "="));
        match comma.or_else(|| own.iter().position(|&at| self.line.word(at) == "và")) {
            Some(border) => own.get(border..).map(<[usize]>::to_vec).unwrap_or_default(),
            None if mention.unit.kind == UnitKind::Percent
                && own.last().is_some_and(|&at| matches!(self.line.word(at), "đạt" | "chiếm")) =>
            {
                own.last().map(|&at| vec![at]).unwrap_or_default()
            }
            None => own,
        }
    }

    pub(super) fn plain_words(&self, from: usize, to: usize, place: Place) -> Vec<usize> {
        (from.max(to.saturating_sub(LEFT_MAX))..to)
            .filter(|&at| self.places.get(at).is_some_and(|p| p.bracket == place.bracket) && !self.covered.get(at).copied().unwrap_or(true))
            .filter(|&at| !matches!(self.line.word(at), "(" | ")"))
            .collect()
    }

    /// The words behind the unit that can name the measure.
    pub(super) fn behind(&self, mention: &Mention, place: Place, next: usize) -> Vec<usize> {
        let line = self.line;
        let stop = |at: usize| {
            let told_next = line.word(at) == "và" && (at + 1..at + 6).any(|i| i >= next);
            let phrase = line
                .any_phrase(
                    at,
                    &["so với", "so cùng", "trong đó", "trong tổng số", "trong khi", "qua đó", "trên địa bàn", "kế hoạch", "dự toán"],
                )
                .is_some();
            let word = BORDERS.contains(&line.word(at)) && (line.word(at), line.word(at + 1)) != ("theo", "dõi");
            let graded = line.is_number(at) && matches!(line.word(at + 1), "sao" | "tuổi");
            told_next || phrase || word || !(graded || line.is_word(at) || matches!(line.word(at), "-" | "–" | "\"" | "“" | "”"))
        };
        let own = mention.unit.from..mention.to;
        let start = if own.contains(&mention.unit.to) { mention.unit.to } else { mention.to };
        let population = population_end(line, mention.unit.kind, start);
        let mut words: Vec<usize> = (start..next.min(start + BEHIND_MAX).min(line.len()))
            .take_while(|&at| {
                (at < population || !stop(at))
                    && !self.covered.get(at).copied().unwrap_or(true)
                    && self.places.get(at).is_some_and(|p| p.clause == place.clause)
            })
            .collect();
        while words
            .last()
            .is_some_and(|&at| DANGLING.contains(&line.word(at)) && !matches!(line.before(at, 1), "đánh" | "biên" | "mặt" | "cân" | "công"))
        {
            words.pop();
        }
        words
    }
}
