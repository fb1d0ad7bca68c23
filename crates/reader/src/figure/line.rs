//! Reads the figures of one line: puts numbers, clauses, times and outlook together.

use domain::reading::{Comparator, Confidence, FigureDraft, FigureRole, Period};
use jiff::civil::Date;

use super::frame::{OUTSIDE, Place, find_places};
use super::measure::{self, Parts, Tie, find_measure, take_apart};
use super::mention::{Amount, Habit, Mention, find_mention};
use super::number::Number;
use super::period::{Bearing, TimePhrase, find_times};
use super::role::{find_role, is_actual_and_target, names_plan_only, opens_comparison};
use super::unit::{UnitKind, population_end};
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

/// Longest stretch of words to the left of a number that is looked at: a clause, not a page.
const LEFT_MAX: usize = 80;
/// Longest stretch behind a unit that can name a measure.
const BEHIND_MAX: usize = 16;

/// Words behind a unit that begin something else than the measure.
const BORDERS: [&str; 16] =
    ["theo", "để", "nhằm", "tại", "tăng", "giảm", "vượt", "chiếm", "do", "lên", "xuống", "như", "trở", "hoặc", "trị", "mà"];
/// Words that no measure ends with.
const DANGLING: [&str; 22] = [
    "từ", "đạt", "có", "với", "là", "trên", "và", "được", "giá", "trị", "còn", "của", "cho", "-", "dưới", "trong", "gồm", "về", "khoảng",
    "dài", "rộng", "bằng",
];

/// A mention with what has been found out about it.
#[derive(Debug, Clone)]
struct Reading {
    mention: Mention,
    place: Place,
    left: Vec<usize>,
    /// Whether it says nothing of its own and hangs on the one before it.
    hangs: bool,
    measure: String,
    role: FigureRole,
    period: Option<Period>,
}

/// The reader of one line.
pub struct LineReader<'l, 't> {
    line: &'l Line<'t>,
    given: Given,
    times: Vec<TimePhrase>,
    places: Vec<Place>,
    outlooks: Vec<Outlook>,
    /// The token behind the time phrase or count that covers a token, by token.
    covered: Vec<bool>,
    readings: Vec<Reading>,
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
        let hangs = (own.is_empty() || points_back || compared && role == FigureRole::Change) && anchor.is_some();
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
        if own_clause && parts.tie == Tie::None && parts.subject.len() <= 2 && !parts.behind.is_empty() {
            return parts.behind.clone();
        }
        if own_clause && !parts.subject.is_empty() {
            let bare = Parts { behind: Vec::new(), verb: Vec::new(), tie: Tie::Firm, ..parts.clone() };
            return find_measure(self.line, &bare, mention, true);
        }
        Vec::new()
    }

    /// The figure that the next one of this place can hang on: the last of the same bracket and sentence, else what the bracket follows.
    fn anchor(&self, place: Place) -> Option<usize> {
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
    fn left_of(&self, mention: &Mention, place: Place, anchor: Option<usize>) -> Vec<usize> {
        let previous = anchor.and_then(|n| self.readings.get(n)).filter(|a| a.place.bracket == place.bracket).map_or(0, |a| a.mention.to);
        let own = self.plain_words(place.clause.max(previous), mention.from, place);
        if previous > place.clause {
            return self.without_tail(own);
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
    fn stands_alone(&self, own: &[usize], place: Place) -> bool {
        place.bracket != OUTSIDE && own.is_empty() && place.clause == place.bracket + 1
    }

    /// What hangs behind the previous figure ("kế hoạch Trung ương giao và") is no subject of this one.
    fn without_tail(&self, own: Vec<usize>) -> Vec<usize> {
        let comma = own.iter().position(|&at| self.line.word(at) == ",");
        match comma.or_else(|| own.iter().position(|&at| self.line.word(at) == "và")) {
            Some(border) => own.get(border..).map(<[usize]>::to_vec).unwrap_or_default(),
            None => own,
        }
    }

    fn plain_words(&self, from: usize, to: usize, place: Place) -> Vec<usize> {
        (from.max(to.saturating_sub(LEFT_MAX))..to)
            .filter(|&at| self.places.get(at).is_some_and(|p| p.bracket == place.bracket) && !self.covered.get(at).copied().unwrap_or(true))
            .filter(|&at| !matches!(self.line.word(at), "(" | ")"))
            .collect()
    }

    /// The words behind the unit that can name the measure.
    fn behind(&self, mention: &Mention, place: Place, next: usize) -> Vec<usize> {
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
        let population = population_end(line, mention);
        let mut words: Vec<usize> = (mention.to..next.min(mention.to + BEHIND_MAX).min(line.len()))
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

    fn period_of(&self, mention: &Mention, place: Place, anchor: Option<usize>, role: FigureRole) -> Option<Period> {
        let anchor = anchor.and_then(|n| self.readings.get(n));
        if let Some(phrase) = self.attached(mention, role, anchor.is_some()) {
            return phrase.period;
        }
        if let Some(anchor) = anchor {
            let between = self.last_time(anchor.mention.to, mention.from, place);
            return between.map_or(anchor.period, |phrase| phrase.period);
        }
        let own = self.last_time(place.clause, mention.from, place).or_else(|| self.time_behind(mention, place));
        if let Some(phrase) = own {
            return phrase.period;
        }
        if place.bracket != OUTSIDE {
            let before = self.readings.last().filter(|r| r.place.sentence == place.sentence);
            if let Some(before) = before {
                return before.period;
            }
        }
        match self.opening(place.sentence).or_else(|| self.opening(0)) {
            Some(phrase) => phrase.period,
            None => self.given.period,
        }
    }

    /// The time phrase right behind a figure or alone in a bracket behind it: "55,1% (năm 2020)".
    fn attached(&self, mention: &Mention, role: FigureRole, hangs: bool) -> Option<&TimePhrase> {
        let bracket = self.line.word(mention.to) == "(";
        let at = if bracket { mention.to + 1 } else { mention.to };
        let phrase = self.time_at(at).filter(|phrase| phrase.bearing != Bearing::Aside || bracket)?;
        let alone = !bracket || self.line.word(phrase.to) == ")";
        let of_plan = !bracket && hangs && matches!(role, FigureRole::OfPlan | FigureRole::OverTarget | FigureRole::Change);
        (alone && !of_plan).then_some(phrase)
    }

    fn time_at(&self, at: usize) -> Option<&TimePhrase> {
        let n = self.times.partition_point(|phrase| phrase.from < at);
        self.times.get(n).filter(|phrase| phrase.from == at)
    }

    /// The last phrase in `from..to` that stands in the same bracket and says when.
    fn last_time(&self, from: usize, to: usize, place: Place) -> Option<&TimePhrase> {
        let end = self.times.partition_point(|phrase| phrase.from < to);
        let fits = |phrase: &&TimePhrase| {
            phrase.bearing != Bearing::Aside
                && self.places.get(phrase.from).is_some_and(|p| p.bracket == place.bracket)
                && !self.is_stretch(phrase)
        };
        self.times.get(..end)?.iter().rev().take(8).take_while(|phrase| phrase.from >= from).find(fits)
    }

    /// "bình quân 03 năm" names no days: it is no answer to *when*.
    fn is_stretch(&self, phrase: &TimePhrase) -> bool {
        phrase.period.is_none() && self.line.is_number(phrase.to.saturating_sub(2).max(phrase.from)) && !phrase.year_missing
    }

    /// A phrase behind the figure in its clause: "290 ha rừng trong hai năm 2024 và 2025", "…, chậm nhất ngày 31/12/2024".
    fn time_behind(&self, mention: &Mention, place: Place) -> Option<&TimePhrase> {
        let n = self.times.partition_point(|phrase| phrase.from < mention.to);
        let phrase = self.times.get(n).filter(|phrase| phrase.bearing != Bearing::Aside && !self.is_stretch(phrase))?;
        let place_of = self.places.get(phrase.from)?;
        let mut between = mention.to..phrase.from;
        let mut comma = false;
        let free = between.len() <= 14
            && between.all(|at| {
                let blocked =
                    self.line.is_number(at) || self.line.any_phrase(at, &["so với", "trong khi", "mục tiêu", "kế hoạch"]).is_some();
                let behind_comma = comma && !matches!(self.line.word(at), "hoàn" | "thành" | "xong");
                comma |= self.line.word(at) == ",";
                !blocked && !behind_comma
            });
        let allowed = !comma || phrase.bearing == Bearing::Deadline;
        (free && allowed && place_of.clause == place.clause && place_of.bracket == place.bracket).then_some(phrase)
    }

    /// The phrase that begins a sentence, also behind a colon, "Theo …," or "Tuy nhiên,", or stands in the lead-in before a colon.
    fn opening(&self, sentence: usize) -> Option<&TimePhrase> {
        let first = self.times.partition_point(|phrase| phrase.from < sentence);
        let first_told = self.readings.partition_point(|reading| reading.mention.from < sentence);
        let mut colon_passed = sentence;
        for phrase in self.times.get(first..)?.iter().take(4) {
            let place = self.places.get(phrase.from)?;
            if place.sentence != sentence
                || place.bracket != OUTSIDE
                || self.readings.get(first_told).is_some_and(|r| r.mention.from < phrase.from)
            {
                return None;
            }
            if phrase.bearing == Bearing::Aside || self.is_stretch(phrase) {
                continue;
            }
            if let Some(colon) = (colon_passed..phrase.from).rev().find(|&at| self.line.word(at) == ":") {
                colon_passed = colon + 1;
            }
            if self.begins(colon_passed, phrase.from) || self.leads_in(phrase) {
                return Some(phrase);
            }
        }
        None
    }

    fn begins(&self, from: usize, to: usize) -> bool {
        let introduced = matches!(self.line.word(from), "theo" | "thực" | "qua") && self.line.before(to, 1) == ",";
        let passed = self
            .line
            .any_phrase(from, &["tuy nhiên ,", "phấn đấu", "trong đó ,", "cụ thể ,", "mục tiêu", "đặc biệt ,", "riêng", "kết quả", "ước"])
            .unwrap_or(from);
        passed == to || introduced
    }

    /// "Kết quả nhiệm kỳ 2015 - 2020: …" speaks for all behind the colon.
    fn leads_in(&self, phrase: &TimePhrase) -> bool {
        (phrase.to..(phrase.to + 12).min(self.line.len()))
            .find(|&at| matches!(self.line.word(at), ":" | ";" | ".") || self.line.is_number(at))
            .is_some_and(|at| self.line.word(at) == ":" && at + 1 < self.line.len())
    }

    /// "từ 46 cặp xuống còn 19 cặp": the first was, the second is or shall be.
    fn pair_from_to(&mut self) {
        for n in 1..self.readings.len() {
            let (Some(first), Some(second)) = (self.readings.get(n - 1), self.readings.get(n)) else { return };
            let opened =
                self.line.before(first.mention.from, 1) == "từ" && matches!(first.mention.amount, Amount::One(_) | Amount::Slash(..));
            let closed =
                second.left.last().is_some_and(|&at| matches!(self.line.word(at), "lên" | "xuống" | "còn" | "thành" | "đến" | "tới"))
                    || second.left.iter().any(|&at| matches!(self.line.word(at), "lên" | "xuống"));
            let same = first.place.sentence == second.place.sentence
                && first.place.bracket == second.place.bracket
                && first.mention.unit.kind == second.mention.unit.kind;
            if !(opened && closed && same && second.left.len() <= 6) {
                continue;
            }
            let ahead = first.role == FigureRole::Target || second.role == FigureRole::Target;
            let measure = first.measure.clone();
            self.set(n - 1, FigureRole::Baseline, None);
            self.set(n, if ahead { FigureRole::Target } else { FigureRole::Actual }, Some(measure));
        }
    }

    /// "năm 2020 chỉ có 3 xã, nay 7 xã".
    fn pair_then_and_now(&mut self) {
        for n in 1..self.readings.len() {
            let (Some(first), Some(second)) = (self.readings.get(n - 1), self.readings.get(n)) else { return };
            let now =
                (first.mention.to..second.mention.from).take(12).any(|at| self.line.word(at) == "nay" || self.line.word(at) == "hiện");
            let then = first.left.iter().any(|&at| matches!(self.line.word(at), "chỉ" | "mới"));
            let same = first.place.sentence == second.place.sentence
                && first.mention.unit.kind == second.mention.unit.kind
                && first.role == FigureRole::Actual
                && second.role == FigureRole::Actual;
            if now && then && same && (first.period.is_some() || first.left.iter().any(|&at| self.line.word(at) == "trước")) {
                self.set(n - 1, FigureRole::Baseline, None);
            }
        }
    }

    fn set(&mut self, n: usize, role: FigureRole, measure: Option<String>) {
        if let Some(reading) = self.readings.get_mut(n) {
            reading.role = role;
            reading.measure = measure.unwrap_or_else(|| std::mem::take(&mut reading.measure));
        }
    }

    fn drafts(&self, reading: &Reading) -> Vec<FigureDraft> {
        let mention = &reading.mention;
        let Some(span) = self.line.span(mention.from, mention.to) else { return Vec::new() };
        let unit = self.line.stretch(mention.unit.from, mention.unit.to).split_whitespace().collect::<Vec<_>>().join(" ");
        let draft = |number: Number, comparator: Comparator, role: FigureRole| FigureDraft {
            quote: self.line.stretch(mention.from, mention.to).to_owned(),
            value: number.value,
            of: None,
            unit: unit.clone(),
            comparator,
            measure: reading.measure.clone(),
            period: reading.period,
            role,
            span,
            confidence: self.confidence(reading, number),
        };
        match mention.amount {
            Amount::One(number) => vec![draft(number, mention.comparator, reading.role)],
            Amount::Range(low, high) => vec![draft(low, Comparator::Ge, reading.role), draft(high, Comparator::Le, reading.role)],
            Amount::Slash(first, second) if is_actual_and_target(self.line, mention) => {
                let role = if reading.role == FigureRole::OfPlan { FigureRole::Actual } else { reading.role };
                vec![draft(first, mention.comparator, role), draft(second, Comparator::Eq, FigureRole::Target)]
            }
            Amount::Slash(part, whole) => vec![FigureDraft { of: Some(whole.value), ..draft(part, mention.comparator, reading.role) }],
        }
    }

    fn confidence(&self, reading: &Reading, number: Number) -> Confidence {
        if number.ambiguous || reading.mention.unit.kind == UnitKind::Guess || reading.measure.is_empty() {
            Confidence::Check
        } else if reading.hangs {
            Confidence::Fair
        } else {
            Confidence::Sure
        }
    }
}
