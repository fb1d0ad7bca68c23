//! Walks one block and takes down every person that it introduces.

use domain::reading::{Confidence, Span};

use super::Mention;
use crate::grammar::name::{area_end, expected_at, likely_at};
use crate::grammar::organ::{Context, organ_at};
use crate::grammar::position::position_at;
use crate::grammar::{Known, Person};
use crate::lexicon::place::LEVELS;
use crate::lexicon::predicate::{REPORTS, SPEAKS};
use crate::lexicon::title::{ADDRESS, DEGREES, PLURAL_ADDRESS, RANK_NAMES, TITLES};
use crate::token::{Shape, Words};

/// A run of capitals that is nothing known is stepped over as one.
const RUN_WORDS_MAX: usize = 6;

/// A chain of positions is at most this long.
const POSITIONS_MAX: usize = 8;

/// What the words before have made likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// Nothing.
    Open,
    /// A form of address: a name or a title must follow.
    Addressed,
    /// An entry of a list of people.
    Listed,
}

struct Walk<'w, 't> {
    words: &'w Words<'t>,
    known: &'w Known,
    /// The title that a list shares ("các đồng chí Ủy viên …: A, B").
    group: Vec<Span>,
    /// Whether the sentence lists several people.
    plural: bool,
    slot: Slot,
}

/// Adds the people whom the block introduces.
pub fn scan(words: &Words<'_>, known: &Known, mentions: &mut Vec<Mention>) {
    let mut walk = Walk { words, known, group: Vec::new(), plural: false, slot: Slot::Open };
    let mut at = 0;
    while at < words.len() {
        at = walk.step(at, mentions).max(at + 1);
    }
}

impl Walk<'_, '_> {
    fn context(&self, person: Person) -> Context<'_> {
        Context { known: self.known, person }
    }

    /// Reads what begins at `at` and gives the token behind it.
    fn step(&mut self, at: usize, mentions: &mut Vec<Mention>) -> usize {
        let words = self.words;
        if words.shape(at) == Some(Shape::Mark) {
            return self.mark(at);
        }
        if let Some(end) = PLURAL_ADDRESS.end(words, at) {
            self.group.clear();
            self.plural = true;
            self.slot = Slot::Listed;
            return end;
        }
        // "lãnh đạo các sở", "cùng …" close a list that shares one title.
        if !self.group.is_empty()
            && words.is_any(at, &["lãnh", "đại", "cùng", "phía"])
            && words.is_any(at + 1, &["đạo", "diện", "các", "với", "dự", "tỉnh", "huyện", "xã", "sở", "đồng"])
        {
            self.group.clear();
        }
        if let Some(end) = self.address(at) {
            if words.is_any(at, &["ông", "bà"]) {
                self.group.clear();
            }
            self.slot = Slot::Addressed;
            return end;
        }
        if self.may_be_title(at)
            && let Some(end) = self.titled(at, mentions)
        {
            return end;
        }
        if let Some((end, confidence)) = self.name(at) {
            return self.take(at, end, Vec::new(), confidence, mentions);
        }
        // The name of a body or an area is stepped over whole, so that nothing inside it is taken for a person.
        let area = || words.any_phrase(at, LEVELS).map(|end| area_end(words, end, Person::Never, self.known));
        let behind = organ_at(words, at, self.context(Person::Never)).or_else(area);
        self.slot = Slot::Open;
        behind.unwrap_or_else(|| self.over_run(at))
    }

    /// Over capitals that are nothing known, up to where a title or a body begins.
    fn over_run(&self, at: usize) -> usize {
        let run = self.words.capital_run(at, RUN_WORDS_MAX).max(1);
        (1..run)
            .map(|i| at + i)
            .find(|&i| TITLES.end(self.words, i).is_some() || RANK_NAMES.end(self.words, i).is_some())
            .unwrap_or(at + run)
    }

    fn mark(&mut self, at: usize) -> usize {
        let words = self.words;
        if words.is_any(at, &[".", "!", "?"]) && !words.is_any(at.wrapping_sub(1), &["q", "tp", "ts", "ths", "gs", "pgs", "bs"]) {
            self.group.clear();
            self.plural = false;
            self.slot = Slot::Open;
        } else if words.is_any(at, &[";", ":"])
            || (words.is(at, ",") && self.plural)
            || (words.is_any(at, &["-", "–", "+", "•", "*"]) && at == 0)
        {
            self.slot = if self.plural || at == 0 { Slot::Listed } else { self.slot_after(at) };
        } else if !words.is_any(at, &["(", "\"", "“", "."]) {
            self.slot = Slot::Open;
        }
        at + 1
    }

    /// "Chủ trì: Nguyễn Văn An" is a list of one.
    fn slot_after(&self, at: usize) -> Slot {
        let words = self.words;
        let introduces =
            at.checked_sub(1).is_some_and(|before| words.is_any(before, &["trì", "ký", "tọa", "có", "gồm", "dự", "diện", "phần", "viên"]));
        if words.is(at, ":") && introduces { Slot::Listed } else { Slot::Open }
    }

    /// "đồng chí", "ông", a degree; of several in a row each.
    fn address(&self, at: usize) -> Option<usize> {
        let words = self.words;
        if let Some(end) = words.is_capital(at).then(|| words.any_phrase(at, DEGREES)).flatten() {
            return Some(if words.is(end, ".") { end + 1 } else { end });
        }
        let end = ADDRESS.end(words, at)?;
        // "ông", "anh" and "em" are words of every day: a name or a title with a capital must follow.
        let follows = words.is_capital(end) || RANK_NAMES.end(words, end).is_some();
        let comrade = words.any_phrase(at, &["đồng chí", "đ/c"]).is_some();
        (follows || (comrade && position_at(words, end, self.context(Person::MayFollow)).is_some())).then_some(end)
    }

    /// Titles begin with a capital, or stand where a person is expected.
    fn may_be_title(&self, at: usize) -> bool {
        self.words.is_capital(at)
            || self.slot != Slot::Open
            || self.words.is_any(at, &["bí", "chủ", "phó", "giám", "trưởng", "nguyên", "quyền"])
    }

    /// Positions with the name behind them, or with the list that shares them.
    fn titled(&mut self, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let words = self.words;
        let (positions, end) = self.positions(at, Person::MayFollow)?;
        let name_at = self.over_address(end);
        let named = if name_at > end { expected_at(words, name_at) } else { self.known_or_likely(name_at) };
        if let Some(name_end) = named {
            return Some(self.take(name_at, name_end, positions, Confidence::Sure, mentions));
        }
        if self.plural && words.is(end, ":") {
            self.group = positions;
            self.slot = Slot::Listed;
            return Some(end + 1);
        }
        self.slot = Slot::Open;
        Some(end)
    }

    /// A form of address between title and name ("Bí thư Huyện ủy, đồng chí …" is not one: there a comma stands).
    fn over_address(&self, at: usize) -> usize {
        ADDRESS.end(self.words, at).filter(|end| self.words.is_capital(*end)).unwrap_or(at)
    }

    /// Behind a title a run of two to five capitals is a name, whatever its family.
    fn known_or_likely(&self, at: usize) -> Option<usize> {
        let end = expected_at(self.words, at)?;
        let family = likely_at(self.words, at).is_some();
        let known = self.known.names.contains(self.words.text(at, end));
        (family || known || (self.slot != Slot::Open && end - at >= 2 && self.words.shape(at) == Some(Shape::Capital))).then_some(end)
    }

    /// A chain of positions parted by commas; all but the last may stand before a name.
    fn positions(&self, at: usize, person: Person) -> Option<(Vec<Span>, usize)> {
        let words = self.words;
        let (mut spans, mut from) = (Vec::new(), at);
        let mut end = at;
        while spans.len() < POSITIONS_MAX {
            let Some(next) = position_at(words, from, self.context(person)) else { break };
            spans.push(words.span(from, next)?);
            end = next;
            let glued_rank = RANK_NAMES.end(words, from).is_some() && position_at(words, next, self.context(person)).is_some();
            if glued_rank {
                from = next;
            } else if words.is(next, ",") || words.is(next, "kiêm") || (words.is(next, "và") && words.is_capital(next + 1)) {
                from = next + 1;
                if words.is(next, ",") && words.is(from, "kiêm") {
                    from += 1;
                }
                if words.is(from, "đồng") && words.is(from + 1, "thời") {
                    from += if words.is(from + 2, "là") { 3 } else { 2 };
                }
            } else {
                break;
            }
        }
        (!spans.is_empty()).then_some((spans, end))
    }

    /// A name without a title before it.
    fn name(&self, at: usize) -> Option<(usize, Confidence)> {
        let words = self.words;
        match self.slot {
            Slot::Addressed => expected_at(words, at).map(|end| (end, Confidence::Sure)),
            Slot::Listed => {
                let end = expected_at(words, at)?;
                let family = likely_at(words, at).is_some();
                let told = self.position_behind(end).is_some();
                let ends_entry = words.is_any(end, &[",", ";", ".", "và", "cùng", "-", "–", "("]) || end == words.len();
                ((family && ends_entry) || told).then_some((end, if told { Confidence::Sure } else { Confidence::Fair }))
            }
            Slot::Open => {
                let end = likely_at(words, at)?;
                let speaks = words.any_phrase(end, SPEAKS).is_some() || words.any_phrase(end, REPORTS).is_some();
                if self.position_behind(end).is_some() {
                    Some((end, Confidence::Sure))
                } else {
                    (speaks && end - at >= 3).then_some((end, Confidence::Fair))
                }
            }
        }
    }

    /// Where positions begin behind a name: over a comma, a dash, a bracket or a colon of a table.
    fn position_behind(&self, end: usize) -> Option<usize> {
        let words = self.words;
        let mut from = end + usize::from(words.is_any(end, &[",", "-", "–", "—", "(", "|"]));
        if words.is(from, "là") || words.is(from, "hiện") {
            from += 1;
        }
        if words.is_any(from, &["nguyên", "quyền"]) || from > end {
            position_at(words, from, self.context(Person::Never)).map(|_| from)
        } else {
            None
        }
    }

    /// Takes down a person, with the positions behind the name, and gives the token where the walk goes on.
    fn take(&mut self, at: usize, name_end: usize, before: Vec<Span>, confidence: Confidence, mentions: &mut Vec<Mention>) -> usize {
        let words = self.words;
        let alone = before.is_empty();
        // A title of one's own before the name ends the shared one; a rank does not.
        if before.iter().any(|span| span.of(words.whole()).is_some_and(|title| !is_rank(title))) {
            self.group.clear();
        }
        let mut positions = if self.slot == Slot::Listed || self.plural { self.group.clone() } else { Vec::new() };
        positions.extend(before);
        let mut end = name_end;
        let behind = self.position_behind(name_end);
        if let Some((spans, behind_end)) = behind.and_then(|from| self.positions(from, Person::Never)) {
            // "…, Bí thư Tỉnh ủy Trần Văn Bình" behind a comma belongs to the next person.
            if !(words.is(name_end, ",") && self.plural && likely_at(words, behind_end).is_some()) {
                positions.extend(spans);
                end = behind_end;
            }
        }
        if let Some(name) = words.span(at, name_end) {
            mentions.push(Mention { name, positions, role: None, confidence, visits: false, alone });
        }
        self.slot = if self.plural && words.is_any(end, &["và", "cùng"]) { Slot::Listed } else { Slot::Open };
        if self.slot == Slot::Listed { end + 1 } else { end }
    }
}

/// Whether a printed title is a military or police rank alone.
fn is_rank(title: &str) -> bool {
    let words = crate::token::cut(title, Span { start: 0, end: title.len() });
    RANK_NAMES.end(&words, 0) == Some(words.len())
}
