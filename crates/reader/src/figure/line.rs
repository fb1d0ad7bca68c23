//! Reads the figures of one line: puts numbers, clauses, times and outlook together.

use domain::reading::{FigureDraft, FigureRole, Period};
use jiff::civil::Date;

use super::frame::{OUTSIDE, Place, find_places};
use super::measure::{self, Parts, Tie, find_measure, take_apart};
use super::mention::{Habit, Mention, find_mention};
use super::period::{TimePhrase, find_times};
use super::role::{find_role, is_actual_and_target, names_plan_only, opens_comparison};
use super::unit::UnitKind;
use crate::context::{Outlook, line_outlooks};
use crate::count::count_at;
use crate::words::Line;

/// What the paper gives to a line before its first word.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    /// Whether headings and lead-ins tell or plan.
    pub outlook: Outlook,
    /// The time of heading or lead-in.
    pub period: Option<Period>,
    /// Completes days without a year.
    pub year: Option<i16>,
    /// The paper's day.
    pub published_on: Option<Date>,
    /// How the paper groups digits.
    pub habit: Habit,
}

/// A mention with what has been found out about it.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) mention: Mention,
    pub(super) place: Place,
    pub(super) left: Vec<usize>,
    /// Whether it says nothing of its own and hangs on the one before it.
    pub(super) hangs: bool,
    pub(super) measure: String,
    pub(super) role: FigureRole,
    pub(super) period: Option<Period>,
}

/// The reader of one line.
pub struct LineReader<'l, 't> {
    pub(super) line: &'l Line<'t>,
    pub(super) given: Given,
    pub(super) times: Vec<TimePhrase>,
    pub(super) places: Vec<Place>,
    pub(super) outlooks: Vec<Outlook>,
    /// Whether a time phrase covers a token, by token.
    pub(super) covered: Vec<bool>,
    pub(super) readings: Vec<Reading>,
}

impl<'l, 't> LineReader<'l, 't> {
    /// Prepares a line.
    pub fn new(line: &'l Line<'t>, given: Given) -> Self {
        let times = find_times(line, given.year);
        let mut covered = vec![false; line.len()];
        for phrase in &times {
            covered.iter_mut().take(phrase.to).skip(phrase.from).for_each(|c| *c = true);
        }
        Self { line, given, times, places: find_places(line), outlooks: line_outlooks(line, given.outlook), covered, readings: Vec::new() }
    }

    /// The figures of the line, in order.
    pub fn read(mut self) -> Vec<FigureDraft> {
        let mentions = self.find_mentions();
        for (n, mention) in mentions.iter().enumerate() {
            let next = mentions.get(n + 1).map_or(self.line.len(), |next| next.from);
            self.read_mention(*mention, next);
        }
        self.pair_from_to();
        self.pair_then_and_now();
        self.readings.iter().flat_map(|reading| self.drafts(reading)).collect()
    }

    fn find_mentions(&self) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < self.line.len() {
            if !self.line.is_number(at) || self.covered.get(at).copied().unwrap_or(false) {
                at += 1;
            } else if let Some(count) = count_at(self.line, at) {
                at = count.to;
            } else {
                at = match find_mention(self.line, at, self.given.habit) {
                    Ok(mention) => {
                        mentions.push(mention);
                        mention.to.max(at + 1)
                    }
                    Err(next) => next.max(at + 1),
                };
            }
        }
        mentions
    }

    fn read_mention(&mut self, mention: Mention, next: usize) {
        let Some(place) = self.places.get(mention.from).copied() else { return };
        let anchor = self.anchor(place);
        let left = self.left_of(&mention, place, anchor);
        let behind = self.behind(&mention, place, next);
        let parts = take_apart(self.line, &left, behind);
        let own_clause = anchor.is_none_or(|n| self.readings.get(n).is_none_or(|a| a.place.clause != place.clause));
        let outlook = self.outlooks.get(mention.number).copied().unwrap_or_default();
        let alone = place.bracket != OUTSIDE && left.last().is_some_and(|&at| at < place.bracket);
        let mut role = find_role(self.line, if alone { &[] } else { &left }, &mention, outlook);
        role = self.inherited_role(role, &left, &mention, anchor).unwrap_or(role);
        let words = if matches!(role, FigureRole::OfPlan | FigureRole::OverTarget) && !parts.headed {
            self.subject_of_comparison(&parts, &mention, place, anchor)
        } else {
            find_measure(self.line, &parts, &mention, own_clause || role == FigureRole::Actual)
        };
        let planned =
            anchor.is_some_and(|n| self.same_kind(n, &mention)) && role == FigureRole::Target && names_plan_only(self.line, &parts.subject);
        let own = if planned { String::new() } else { measure::print(self.line, &words) };
        let points_back = own.split_whitespace().any(|word| matches!(word, "này" | "trên")) && words.len() <= 4;
        let compared = parts.subject.is_empty()
            || parts.subject.iter().any(|&at| self.line.phrase(at, "so với").is_some())
            || opens_comparison(self.line, &parts.subject);
        let other_noun = role == FigureRole::Change && mention.unit.kind.is_counted() && !self.counts_again(anchor, &mention);
        let own = if own.is_empty() && other_noun {
            measure::print(self.line, &(mention.unit.from..mention.unit.to).collect::<Vec<_>>())
        } else {
            own
        };
        let hangs = !other_noun && (own.is_empty() || points_back || compared && role == FigureRole::Change) && anchor.is_some();
        let anchor =
            if role == FigureRole::Change && mention.unit.kind.is_counted() { self.anchor_of_unit(anchor, &mention) } else { anchor };
        let measure = if own.is_empty() || points_back || hangs { self.measure_before(anchor, own) } else { own };
        let period = self.period_of(&mention, place, anchor.filter(|_| hangs && !points_back), role);
        role = self.dated_role(role, period);
        self.readings.push(Reading { mention, place, left, hangs, measure, role, period });
    }

    /// "vượt 2 đảng viên", "bằng 104%" say something of the figure before them where they name no subject of their own.
    fn subject_of_comparison(&self, parts: &Parts, mention: &Mention, place: Place, anchor: Option<usize>) -> Vec<usize> {
        let own_clause = anchor.is_none_or(|n| self.readings.get(n).is_none_or(|a| a.place.clause != place.clause));
        if own_clause && parts.tie == Tie::None && (1..=2).contains(&parts.subject.len()) && !parts.behind.is_empty() {
            return parts.behind.clone();
        }
        if own_clause && !parts.subject.is_empty() {
            let bare = Parts { behind: Vec::new(), verb: Vec::new(), tie: Tie::Firm, ..parts.clone() };
            return find_measure(self.line, &bare, mention, true);
        }
        Vec::new()
    }

    /// "giảm 3 xã và 12 thôn": the second of a list does what the first did.
    fn inherited_role(&self, role: FigureRole, left: &[usize], mention: &Mention, anchor: Option<usize>) -> Option<FigureRole> {
        let anchor = anchor.and_then(|n| self.readings.get(n))?;
        let joined = left.iter().all(|&at| matches!(self.line.word(at), "và" | "," | "đạt" | "bằng" | "=" | "tương" | "ứng" | "đương"));
        if anchor.role == FigureRole::Target
            && left.iter().zip(left.iter().skip(1)).any(|(&a, &b)| (self.line.word(a), self.line.word(b)) == ("trong", "đó"))
        {
            return (role == FigureRole::Actual).then_some(FigureRole::Target);
        }
        let alone = mention.place_alone(self.line);
        if role != FigureRole::Actual || !joined || left.is_empty() && !alone {
            return None;
        }
        let equal = left.iter().any(|&at| matches!(self.line.word(at), "=" | "ứng" | "đương"));
        let percent = mention.unit.kind == UnitKind::Percent;
        let verbless = left.iter().all(|&at| matches!(self.line.word(at), "và" | ","));
        match anchor.role {
            FigureRole::Change if equal => Some(FigureRole::Change),
            FigureRole::Change if verbless && percent == (anchor.mention.unit.kind == UnitKind::Percent) => Some(FigureRole::Change),
            FigureRole::Actual if percent && is_actual_and_target(self.line, &anchor.mention) => Some(FigureRole::OfPlan),
            _ => None,
        }
    }

    /// The figure of this sentence that counts the same noun: "245 vụ, làm chết 78 người; giảm 32 vụ".
    fn anchor_of_unit(&self, anchor: Option<usize>, mention: &Mention) -> Option<usize> {
        let last = anchor?;
        let sentence = self.readings.get(last)?.place.sentence;
        let word = self.line.word(mention.unit.from);
        let same =
            |n: &usize| self.readings.get(*n).is_some_and(|r| r.place.sentence == sentence && self.line.word(r.mention.unit.from) == word);
        (0..=last).rev().take(8).find(same).or(anchor)
    }

    /// Whether the sentence has counted the same noun before.
    fn counts_again(&self, anchor: Option<usize>, mention: &Mention) -> bool {
        let found = self.anchor_of_unit(anchor, mention).and_then(|n| self.readings.get(n));
        found.is_some_and(|reading| self.line.word(reading.mention.unit.from) == self.line.word(mention.unit.from))
    }

    fn same_kind(&self, n: usize, mention: &Mention) -> bool {
        self.readings.get(n).is_some_and(|reading| reading.mention.unit.kind == mention.unit.kind)
    }

    fn measure_before(&self, anchor: Option<usize>, own: String) -> String {
        let before = anchor.or_else(|| self.readings.len().checked_sub(1)).and_then(|n| self.readings.get(n));
        before.map_or(own, |reading| reading.measure.clone())
    }

    /// What is dated behind the paper's day is still to be.
    fn dated_role(&self, role: FigureRole, period: Option<Period>) -> FigureRole {
        let ahead = |period: Period| {
            let day = self.given.published_on;
            day.is_some_and(|day| {
                period.to.is_some_and(|to| to > day)
                    && period.from.is_none_or(|from| from > day)
                    && period.to.is_some_and(|to| to.year() > day.year())
            })
        };
        if role == FigureRole::Actual && period.is_some_and(ahead) { FigureRole::Target } else { role }
    }
}
