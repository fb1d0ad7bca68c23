//! What a verb with its subject does: someone speaks, orders or asks.

use std::ops::Range;

use domain::reading::{PaperKind, Span};

use super::{Paragraph, Walk};
use crate::act::Utterance;
use crate::act::doer::{self, Doers};
use crate::act::frame::{Deed, Frame};
use crate::act::judge::{self, Judgement};
use crate::act::lexicon::{self, Role};
use crate::act::rank;
use crate::act::scene::{Mode, State};
use crate::act::speaker;
use crate::act::token::{Kind, Token, span_of, span_text};
use crate::act::voice::{Cast, Subject, Voice};

impl Walk<'_> {
    pub(super) fn act(&mut self, here: &mut Paragraph, frame: Frame, from: usize, end: usize, tail: bool) {
        let voice = match &frame.subject {
            Subject::Someone { voice, .. } => Some(self.fullest(here, voice)),
            Subject::Same { .. } => self.scene.state.voice.clone().or(self.scene.last.clone()),
            Subject::Nobody { .. } => self.scene.state.voice.clone().or(self.scene.author.clone()),
        };
        let voice = voice.unwrap_or_default();
        if voice.person.is_some() {
            self.scene.last = Some(voice.clone());
        }
        // "Đối với xã, đồng chí yêu cầu …": the topic in front charges.
        if frame.doer.is_none()
            && matches!(frame.deed, Deed::Order | Deed::Ask)
            && let Some(charged) = judge::asked_by_topic(self.cast.text, &here.tokens, from..frame.start)
        {
            self.scene.state.doer = Some(charged.clone());
            self.charged = Some(charged);
        }
        match frame.deed {
            Deed::Say | Deed::Report | Deed::Conclude => self.speak(here, &frame, voice, from..end, tail),
            Deed::Order | Deed::Ask | Deed::Plead => self.direct(here, &frame, voice, end, tail),
        }
    }

    /// "Xã" after "Xã Khe Lạnh" in the same paragraph is that commune.
    pub(super) fn fullest(&self, here: &Paragraph, voice: &Voice) -> Voice {
        if voice.person.is_some() || voice.body.is_some() || voice.name.contains(' ') {
            return voice.clone();
        }
        let same = |token: &Token| lexicon::key(span_text(self.cast.text, token.span)) == lexicon::key(&voice.name);
        let named = here.tokens.iter().enumerate().take(12).find(|(_, token)| token.is(Role::AREA) && same(token));
        let Some((at, first)) = named else { return voice.clone() };
        let last = here.tokens.iter().skip(at + 1).take_while(|token| token.joined() && token.capital && token.kind == Kind::Word).last();
        let span = last.map(|last| Span { start: first.span.start, end: last.span.end });
        span.map_or_else(|| voice.clone(), |span| Cast::group(span_text(self.cast.text, span)))
    }

    /// Someone reports, speaks or concludes.
    pub(super) fn speak(&mut self, here: &mut Paragraph, frame: &Frame, voice: Voice, range: Range<usize>, tail: bool) {
        let told = here.tokens.get(range.start..frame.content.max(frame.verb + 4).min(range.end).max(range.start));
        let deed = told.map_or(frame.deed, |before| speaker::strongest(before, frame.deed));
        if deed == Deed::Conclude && self.cast.chair.is_none() {
            self.cast.chair = voice.person;
        }
        let chair = self.cast.is_chair(&voice);
        // A resolution is its body's own word, not its speech in a meeting.
        if self.kind == PaperKind::Resolution && voice.person.is_none() && deed == Deed::Say {
            return;
        }
        if self.scene.concluding && !chair && self.kind != PaperKind::Minutes {
            // A body that the chair's conclusion names as the one who judges; "xin thông báo" at the end is none.
            let judges = here.tokens.get(frame.verb).is_some_and(|verb| verb.is(Role::PRAISE.or(Role::AGREE)));
            if !judges {
                return;
            }
            self.push_conclusion(here, frame.start..range.end, Judgement::Assess, Some(voice.name));
            return;
        }
        let quoted = quoted_before(here, frame, &range);
        let said = match &quoted {
            Some(quoted) => here.tokens.get(quoted.start).map(|first| first.span.start),
            None => speaker::said_from(self.cast.text, &here.tokens, frame, range.end),
        };
        self.utter(here, frame, &voice, deed, said, &range, tail);
        self.scene.state = State { mode: Mode::Said, voice: Some(voice), doer: None };
        match quoted {
            Some(quoted) if chair => self.said(here, quoted),
            None if chair && tail && self.ends_with_colon(here) && self.opens_order(here, &(frame.content..range.end)) => {}
            None if chair && frame.content < range.end && said.is_some() => {
                let core = judge::core(&here.tokens, frame.content..range.end);
                self.conclude(here, core);
            }
            _ => {}
        }
    }

    /// Keeps that someone spoke, and what that opens: a conclusion, or a speech that begins in the next paragraph.
    #[allow(clippy::too_many_arguments, reason = "the parts of one utterance, used once")]
    pub(super) fn utter(
        &mut self,
        here: &Paragraph,
        frame: &Frame,
        voice: &Voice,
        deed: Deed,
        said: Option<usize>,
        range: &Range<usize>,
        tail: bool,
    ) {
        let Some(start) = here.tokens.get(frame.start).map(|token| token.span.start) else { return };
        let stops = |at: &usize| deed == Deed::Report && here.tokens.get(*at).is_some_and(|token| token.mark == ',');
        let stop = (frame.verb + 1..range.end).find(stops).unwrap_or(range.end);
        let act = Span { start, end: stop.checked_sub(1).and_then(|last| here.tokens.get(last)).map_or(start, |token| token.span.end) };
        let link = |token: &Token| token.is(Role::LINK) && token.kind == Kind::Word;
        let tied = here.tokens.get(range.start..frame.start).is_some_and(|before| before.iter().all(link));
        self.acts.turns.push(here.tokens.get(range.start).filter(|_| tied).map_or(start, |first| first.span.start));
        let index = self.acts.utterances.len();
        let end = if said.is_some_and(|said| said < start) { start } else { here.span.end };
        self.acts.utterances.push(Utterance { voice: voice.clone(), deed, act, said, end, request: None, photo: None });
        let last = tail && range.end >= here.tokens.len();
        let announces = last && frame.content >= range.end && self.ends_with_colon(here);
        if announces && !span_text(self.cast.text, act).ends_with("sau") {
            self.pending = Some(index);
        }
        let ends = last && self.kind == PaperKind::ConclusionNotice;
        let follows =
            matches!(self.kind, PaperKind::Other | PaperKind::ConclusionNotice) && self.cast.is_chair(voice) && self.ends_with_colon(here);
        if (deed == Deed::Conclude && (announces || ends)) || (tail && follows) {
            self.scene.concluding = true;
        }
        if announces && deed == Deed::Report && voice.body.is_some() {
            self.scene.author = Some(voice.clone());
        }
    }

    /// Someone orders or asks.
    pub(super) fn direct(&mut self, here: &mut Paragraph, frame: &Frame, voice: Voice, end: usize, tail: bool) {
        let doer = frame.doer.as_ref().and_then(|doer| doer::phrase(self.cast.text, &here.tokens, doer));
        let downward = self.is_downward(frame.deed, &voice, doer.as_deref());
        let from = if downward && keeps_verb(self.cast.text, &here.tokens, frame) { frame.verb } else { frame.content };
        self.utter_request(here, frame, &voice, end);
        let mode = if downward { Mode::Tasks } else { Mode::Requests };
        // A request inside a list of requests goes to those whom the list asks.
        let goes_on = self.scene.state.mode == mode && !matches!(frame.subject, Subject::Someone { .. }) && !downward;
        let doer = doer.or_else(|| self.charged.take()).or_else(|| self.scene.state.doer.clone().filter(|_| goes_on));
        self.scene.state = State { mode, voice: Some(voice), doer: doer.clone() };
        if frame.content >= end {
            if tail && end >= here.tokens.len() {
                self.scene.open_list(here.marker);
            }
            return;
        }
        if !downward && judge::is_courtesy(&here.tokens, frame.content..end) {
            return;
        }
        let doers = match &frame.doer {
            Some(doer) if downward => doer::doers(self.cast.text, &here.tokens, doer.clone(), end),
            _ => Doers { lead: doer, cooperating: Vec::new() },
        };
        if let Some(lead) = doers.lead.clone().filter(|_| downward) {
            self.scene.state.doer = Some(lead);
        }
        here.open = None;
        self.push(here, from..end, doers);
        if tail && end >= here.tokens.len() && self.ends_with_colon(here) {
            self.drop_opener(here);
        }
    }

    /// A named person who asks or orders in a meeting has spoken.
    fn utter_request(&mut self, here: &Paragraph, frame: &Frame, voice: &Voice, end: usize) {
        let Some(start) = here.tokens.get(frame.start).map(|token| token.span.start) else { return };
        self.acts.cuts.push(start);
        let meets = !matches!(self.kind, PaperKind::Other | PaperKind::ProposalLetter | PaperKind::Report | PaperKind::Resolution);
        let speaks = !self.scene.concluding || self.cast.is_chair(voice);
        if !meets || !speaks || voice.person.is_none() || !matches!(frame.subject, Subject::Someone { .. }) {
            return;
        }
        let request = span_of(&here.tokens, &(frame.verb..end));
        let act = Span { start, end: request.map_or(start, |request| request.end) };
        let request = request.filter(|_| frame.content < end);
        self.acts.turns.push(start);
        let voice = voice.clone();
        self.acts.utterances.push(Utterance { voice, deed: Deed::Say, act, said: None, end: act.end, request, photo: None });
    }

    /// A line that ends with a colon opens a list and is no entry itself.
    pub(super) fn drop_opener(&mut self, here: &mut Paragraph) {
        if here.open.take().is_some() {
            self.acts.findings.pop();
        }
        self.scene.open_list(here.marker);
    }

    pub(super) fn ends_with_colon(&self, here: &Paragraph) -> bool {
        span_text(self.cast.text, here.span).trim_end().ends_with(':')
    }

    /// Down or up: by the verb's own meaning, by the ranks of both sides, else by who speaks.
    pub(super) fn is_downward(&self, deed: Deed, voice: &Voice, doer: Option<&str>) -> bool {
        let to = doer.map_or(0, rank::rank_of);
        if self.cast.is_chair(voice) || (self.scene.concluding && self.kind != PaperKind::Minutes) {
            return deed != Deed::Plead || to <= voice.rank.max(1);
        }
        match deed {
            Deed::Order => voice.rank != rank::OUTSIDE && (to == 0 || voice.rank == 0 || to <= voice.rank),
            _ if voice.rank == rank::OUTSIDE => false,
            // Those who sit in the meeting ask the unit that it is about.
            Deed::Ask if voice.person.is_none() && voice.body.is_none() && voice.rank == 0 && to > 0 => Cast::is_audience(&voice.name),
            _ if voice.rank > 0 && to > 0 => to < voice.rank || (to == voice.rank && deed == Deed::Ask),
            Deed::Plead => false,
            _ => voice.person.is_some() && !self.cast.reports(voice) && (to > 0 || voice.rank >= rank::PROVINCE),
        }
    }
}

/// `"…", Chủ tịch UBND tỉnh nhấn mạnh.`: the words stand in front of their speaker.
fn quoted_before(here: &Paragraph, frame: &Frame, range: &Range<usize>) -> Option<Range<usize>> {
    let opens = here.tokens.get(range.start).is_some_and(|first| first.mark == '"') || (range.start == 0 && here.quoted);
    (opens && frame.verb + 1 >= range.end && frame.start > range.start).then_some(range.start..frame.start)
}

/// "Giao Sở Y tế …" is quoted with its verb, as is a request that opens its clause; behind a subject or a colon the work alone.
fn keeps_verb(text: &str, tokens: &[Token], frame: &Frame) -> bool {
    let giao = || tokens.get(frame.verb).is_some_and(|verb| lexicon::key(span_text(text, verb.span)).starts_with("giao"));
    let bare = !matches!(frame.subject, Subject::Someone { .. }) && frame.start == frame.verb;
    !frame.listed && (bare || (frame.deed == Deed::Order && giao()))
}
