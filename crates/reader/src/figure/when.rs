//! Which time phrase a figure belongs to: its own, its clause's, its sentence's, its paragraph's, its heading's.

use domain::reading::{FigureRole, Period};

use super::frame::{OUTSIDE, Place};
use super::line::LineReader;
use super::mention::Mention;
use super::period::{Bearing, TimePhrase};

impl LineReader<'_, '_> {
    pub(super) fn period_of(&self, mention: &Mention, place: Place, anchor: Option<usize>, role: FigureRole) -> Option<Period> {
        let anchor = anchor.and_then(|n| self.readings.get(n));
        if let Some(phrase) = self.attached(mention, role, anchor.is_some()) {
            return phrase.period;
        }
        if let Some(anchor) = anchor {
            let between = self.last_time(anchor.mention.to, mention.from, place);
            return between.map_or(anchor.period, |phrase| phrase.period);
        }
        let before = self.last_time(place.clause, mention.from, place);
        let told = self.readings.last().map_or(0, |previous| previous.mention.from);
        let distant = before.is_some_and(|phrase| phrase.to <= told);
        let behind = if before.is_none() || distant { self.time_behind(mention, place) } else { None };
        let own = behind.or(before);
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
    pub(super) fn attached(&self, mention: &Mention, role: FigureRole, hangs: bool) -> Option<&TimePhrase> {
        let bracket = self.line.word(mention.to) == "(";
        let at = if bracket { mention.to + 1 } else { mention.to };
        let phrase = self.time_at(at).filter(|phrase| phrase.bearing != Bearing::Aside || bracket)?;
        let alone = !bracket || self.line.word(phrase.to) == ")";
        let of_plan = !bracket && hangs && matches!(role, FigureRole::OfPlan | FigureRole::OverTarget | FigureRole::Change);
        (alone && !of_plan).then_some(phrase)
    }

    pub(super) fn time_at(&self, at: usize) -> Option<&TimePhrase> {
        let n = self.times.partition_point(|phrase| phrase.from < at);
        self.times.get(n).filter(|phrase| phrase.from == at)
    }

    /// The last phrase in `from..to` that stands in the same bracket and says when.
    pub(super) fn last_time(&self, from: usize, to: usize, place: Place) -> Option<&TimePhrase> {
        let end = self.times.partition_point(|phrase| phrase.from < to);
        let fits = |phrase: &&TimePhrase| {
            phrase.bearing != Bearing::Aside
                && self.places.get(phrase.from).is_some_and(|p| p.bracket == place.bracket)
                && !self.is_stretch(phrase)
        };
        self.times.get(..end)?.iter().rev().take(8).take_while(|phrase| phrase.from >= from).find(fits)
    }

    /// "bình quân 03 năm" names no days: it is no answer to *when*.
    pub(super) fn is_stretch(&self, phrase: &TimePhrase) -> bool {
        phrase.period.is_none() && self.line.is_number(phrase.to.saturating_sub(2).max(phrase.from)) && !phrase.year_missing
    }

    /// A phrase behind the figure in its clause: "290 ha rừng trong hai năm 2024 và 2025", "…, chậm nhất ngày 31/12/2024".
    pub(super) fn time_behind(&self, mention: &Mention, place: Place) -> Option<&TimePhrase> {
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
    pub(super) fn opening(&self, sentence: usize) -> Option<&TimePhrase> {
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
            if let Some(told) = self.behind_telling(phrase.from) {
                colon_passed = told;
            }
            if self.begins(colon_passed, phrase.from) || self.leads_in(phrase) {
                return Some(phrase);
            }
        }
        None
    }

    /// "…, ông X cho biết, đến 30/9 toàn xã …": what is told begins behind the verb.
    fn behind_telling(&self, at: usize) -> Option<usize> {
        let comma = usize::from(self.line.before(at, 1) == ",");
        let verb = at.checked_sub(2 + comma)?;
        (self.line.phrase(verb, "cho biết").or_else(|| self.line.phrase(verb, "nêu rõ")) == Some(at - comma)).then_some(at)
    }

    pub(super) fn begins(&self, from: usize, to: usize) -> bool {
        let introduced = matches!(self.line.word(from), "theo" | "thực" | "qua" | "về") && self.line.before(to, 1) == ",";
        let passed = self
            .line
            .any_phrase(from, &["tuy nhiên ,", "phấn đấu", "trong đó ,", "cụ thể ,", "mục tiêu", "đặc biệt ,", "riêng", "kết quả", "ước"])
            .unwrap_or(from);
        passed == to || introduced
    }

    /// "Kết quả nhiệm kỳ 2015 - 2020: …" speaks for all behind the colon.
    pub(super) fn leads_in(&self, phrase: &TimePhrase) -> bool {
        (phrase.to..(phrase.to + 12).min(self.line.len()))
            .find(|&at| matches!(self.line.word(at), ":" | ";" | ".") || self.line.is_number(at))
            .is_some_and(|at| self.line.word(at) == ":" && at + 1 < self.line.len())
    }
}
