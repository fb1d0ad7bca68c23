//! Parts without a verb of saying or asking: what they are is given by what stood before, by an open list, or by their own
//! first words.

use std::ops::Range;

use domain::reading::PaperKind;

use super::{Paragraph, Walk};
use crate::act::doer::{self, Doers};
use crate::act::judge::{self, Judgement};
use crate::act::lexicon::Role;
use crate::act::rank;
use crate::act::scene::{self, Mode, State, Topic};
use crate::act::token::{Kind, span_of, span_text};

impl Walk<'_> {
    /// A part without a verb of its own goes on with what stood before.
    pub(super) fn go_on(&mut self, here: &mut Paragraph, part: Range<usize>, head: bool, tail: bool) {
        let core = judge::core(&here.tokens, part.clone());
        if core.is_empty() {
            return;
        }
        let topic = span_of(&here.tokens, &(part.start..core.start)).map_or("", |topic| span_text(self.cast.text, topic));
        here.assesses |= here.fresh && scene::topic_of(topic) == Topic::Assessment;
        let opens = tail && part.end >= here.tokens.len() && self.ends_with_colon(here);
        let item = here.merge && here.fresh;
        if let Some(asked) = judge::asked_by_topic(self.cast.text, &here.tokens, part.start..core.start) {
            self.scene.state.doer = Some(asked);
        }
        let opens_order = opens && self.scene.state.mode == Mode::Said && self.opens_order(here, &core);
        match self.scene.state.mode {
            _ if opens_order => {}
            Mode::Tasks | Mode::Requests if opens && here.merge => self.open_sublist(here, core),
            Mode::Requests if !head || item || (here.merge && here.open.is_some()) => self.push(here, core, Doers::default()),
            Mode::Requests if judge::judge(&self.cast, &here.tokens, core.clone()).0 == Judgement::Task => {
                self.push(here, core, Doers::default())
            }
            Mode::Tasks if self.consents(here, &core) => self.conclude(here, core),
            Mode::Tasks if !head && !self.scene.concluding => self.push_task(here, core),
            Mode::Tasks if item && !self.scene.lists.is_empty() => self.push_task(here, core),
            Mode::Tasks => self.task_or_less(here, core, opens),
            Mode::Said if here.soft => self.soft_said(here, core),
            Mode::Said => self.said(here, core),
            _ if self.scene.concluding => self.task_or_less(here, core, opens),
            _ if self.kind == PaperKind::Resolution => self.charged(here, core),
            _ => self.scene.state.mode = Mode::Quiet,
        }
    }

    /// "2. Thường trực HĐND giám sát …": a resolution names who is to do what.
    pub(super) fn charged(&mut self, here: &mut Paragraph, core: Range<usize>) {
        let (judgement, doer) = judge::judge(&self.cast, &here.tokens, core.clone());
        let body =
            here.tokens.get(core.start).is_some_and(|first| matches!(first.kind, Kind::Body(_)) || (first.is(Role::HEAD) && first.capital));
        let Some(doer) = doer.filter(|_| judgement == Judgement::Task && body && here.fresh) else { return };
        self.scene.state = State { mode: Mode::Tasks, voice: self.scene.author.clone(), doer: None };
        let doers = doer::doers(self.cast.text, &here.tokens, doer, core.end);
        self.push(here, core, doers);
    }

    /// "Đồng ý về chủ trương" between orders.
    pub(super) fn consents(&self, here: &Paragraph, core: &Range<usize>) -> bool {
        let chair = self.scene.concluding || self.scene.state.voice.as_ref().is_some_and(|voice| self.cast.is_chair(voice));
        chair && here.tokens.get(core.start).is_some_and(|first| first.kind == Kind::Word && first.is(Role::AGREE) && !first.is(Role::WORK))
    }

    /// "1. Sở Nội vụ:" or "- Đối với UBND tỉnh:" inside a list: those whom its items charge or ask.
    pub(super) fn open_sublist(&mut self, here: &mut Paragraph, core: Range<usize>) {
        let doer =
            (core.start..core.end.min(core.start + 4)).find_map(|at| doer::noun_phrase(&here.tokens, at, core.end).map(|end| at..end));
        if let Some(doer) = doer.and_then(|doer| doer::phrase(self.cast.text, &here.tokens, &doer)) {
            self.scene.state.doer = Some(doer);
        }
        self.scene.open_list(here.marker);
    }

    /// Inside orders or a conclusion: an order, a judgement, a promise, or the end of it.
    pub(super) fn task_or_less(&mut self, here: &mut Paragraph, core: Range<usize>, opens: bool) {
        let (judgement, doer) = judge::judge(&self.cast, &here.tokens, core.clone());
        let topic = if here.assesses { Topic::Assessment } else { self.scene.topic() };
        let judgement = if here.assesses && doer.is_none() && judgement == Judgement::Task { Judgement::Assess } else { judgement };
        match judgement {
            Judgement::Task if topic != Topic::Assessment || doer.is_some() || self.scene.state.mode == Mode::Tasks => {
                if let Some(lead) = doer.as_ref().and_then(|doer| doer::phrase(self.cast.text, &here.tokens, doer)) {
                    self.scene.state.doer = Some(lead);
                    here.open = None;
                }
                self.scene.state.mode = Mode::Tasks;
                if opens {
                    self.scene.open_list(here.marker);
                    return;
                }
                let needs = |end: usize| here.tokens.get(end).is_some_and(|token| token.is(Role::NEED) && token.kind == Kind::Word);
                let from = doer.as_ref().map(|doer| doer.end).filter(|&end| needs(end)).unwrap_or(core.start);
                let doers = doer.map(|doer| doer::doers(self.cast.text, &here.tokens, doer, core.end)).unwrap_or_default();
                self.push(here, from..core.end, doers);
            }
            Judgement::Unknown if here.merge && here.open.is_some() => self.lengthen(here, &core),
            Judgement::Unknown if self.scene.concluding && topic == Topic::Duties && here.merge => self.push_task(here, core),
            _ if here.soft => self.scene.state.mode = Mode::Quiet,
            // "3. Về các kiến nghị của huyện:" only announces.
            Judgement::Assess | Judgement::Unknown if opens && !self.opens_with_praise(here, &core) => {}
            _ => {
                if self.scene.state.mode == Mode::Tasks {
                    self.scene.state.mode = if self.scene.concluding { Mode::Quiet } else { Mode::Said };
                }
                let chair = self.scene.state.voice.as_ref().is_some_and(|voice| self.cast.is_chair(voice));
                if chair || self.scene.concluding {
                    self.conclude(here, core);
                }
            }
        }
    }

    /// A new paragraph after someone spoke: only what is still an order goes on.
    pub(super) fn soft_said(&mut self, here: &mut Paragraph, core: Range<usize>) {
        let goes_on = here.tokens.first().is_some_and(|first| first.is(Role::LINK) && first.kind == Kind::Word);
        let chair = self.scene.state.voice.as_ref().is_some_and(|voice| self.cast.is_chair(voice));
        if self.said_order(here, core.clone()) {
            return;
        }
        match judge::judge(&self.cast, &here.tokens, core.clone()).0 {
            Judgement::Assess | Judgement::Commit if goes_on && chair => self.conclude(here, core),
            Judgement::Task if goes_on && chair => self.conclude(here, core),
            Judgement::Commit if chair => self.conclude(here, core),
            _ => self.scene.state.mode = Mode::Quiet,
        }
    }

    /// "Huyện cần tập trung một số nội dung sau:" opens a list of orders.
    pub(super) fn opens_order(&mut self, here: &Paragraph, core: &Range<usize>) -> bool {
        let Some(voice) = self.scene.state.voice.clone().filter(|voice| !self.cast.reports(voice)) else { return false };
        let Some((doer, _)) = judge::needed(&here.tokens, core.clone()) else { return false };
        let name = doer.and_then(|doer| doer::phrase(self.cast.text, &here.tokens, &doer));
        let above = self.cast.is_chair(&voice) || voice.rank > name.as_deref().map_or(0, rank::rank_of);
        if above {
            self.scene.state = State { mode: Mode::Tasks, voice: Some(voice), doer: name };
            self.scene.open_list(here.marker);
        }
        above
    }

    /// Inside what someone says.
    pub(super) fn said(&mut self, here: &mut Paragraph, core: Range<usize>) {
        if self.said_order(here, core.clone()) {
            return;
        }
        if self.scene.state.voice.as_ref().is_some_and(|voice| self.cast.is_chair(voice)) {
            self.conclude(here, core);
        }
    }

    /// "huyện cần …" from above is an order.
    pub(super) fn said_order(&mut self, here: &mut Paragraph, core: Range<usize>) -> bool {
        let Some(voice) = self.scene.state.voice.clone() else { return false };
        let needed = judge::needed(&here.tokens, core.clone());
        let Some((doer, from)) = needed else { return false };
        let name = doer.as_ref().and_then(|doer| doer::phrase(self.cast.text, &here.tokens, doer));
        let to = name.as_deref().map_or(0, rank::rank_of);
        let above = self.cast.is_chair(&voice) || (voice.rank > to && (to > 0 || voice.rank >= rank::PROVINCE));
        if !above || self.cast.reports(&voice) {
            return false;
        }
        self.scene.state = State { mode: Mode::Tasks, voice: Some(voice), doer: name.clone().or(self.scene.state.doer.take()) };
        here.open = None;
        let doers = doer.map(|doer| doer::doers(self.cast.text, &here.tokens, doer, core.end)).unwrap_or_default();
        self.push(here, from..core.end, doers);
        true
    }
}
