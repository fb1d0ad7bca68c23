//! Entries: requests, orders and sentences of the conclusion, one an item or a part.

use std::ops::Range;

use domain::reading::PaperKind;

use super::{Paragraph, Walk};
use crate::act::doer::{self, Doers};
use crate::act::judge::{self, Judgement};
use crate::act::lexicon::Role;
use crate::act::scene::{Marker, Mode, Topic};
use crate::act::token::{Kind, closed_span};
use crate::act::voice::Voice;
use crate::act::{Finding, What};

impl Walk<'_> {
    /// A sentence or part of the chair's conclusion.
    pub(super) fn conclude(&mut self, here: &mut Paragraph, core: Range<usize>) {
        let (judgement, _) = judge::judge(&self.cast, &here.tokens, core.clone());
        match judgement {
            Judgement::Task if here.assesses => self.push_conclusion(here, core, Judgement::Assess, None),
            Judgement::Task if self.scene.topic() != Topic::Assessment => {
                self.scene.state.mode = Mode::Tasks;
                self.push_task(here, core);
            }
            Judgement::Unknown if self.scene.concluding && here.marker == Marker::None && self.scene.topic() != Topic::Assessment => {}
            Judgement::Assess if self.kind == PaperKind::Minutes && here.marker == Marker::None && !self.opens_with_praise(here, &core) => {
            }
            Judgement::Commit => self.push_conclusion(here, core, Judgement::Commit, None),
            _ => self.push_conclusion(here, core, Judgement::Assess, None),
        }
    }

    pub(super) fn opens_with_praise(&self, here: &Paragraph, core: &Range<usize>) -> bool {
        here.tokens.get(core.start).is_some_and(|token| token.kind == Kind::Word && token.is(Role::PRAISE))
    }

    pub(super) fn push_conclusion(&mut self, here: &mut Paragraph, range: Range<usize>, judgement: Judgement, by: Option<String>) {
        let Some(span) = closed_span(self.cast.text, &here.tokens, &range) else { return };
        let what = if judgement == Judgement::Commit { What::Commitment } else { What::Assessment };
        let by = by
            .or_else(|| self.cast.chair.map(|index| self.cast.person(index).name))
            .or_else(|| self.scene.state.voice.as_ref().map(|voice| voice.name.clone()));
        let voice = by.map(|name| Voice { name, ..Voice::default() });
        self.add(here, what, Finding { what, span, voice, doers: Doers::default(), asked: None });
    }

    pub(super) fn push_task(&mut self, here: &mut Paragraph, range: Range<usize>) {
        let doer = doer::noun_phrase(&here.tokens, range.start, range.end).filter(|&end| judge::works(&here.tokens, end, range.end));
        let doers = doer.map(|end| doer::doers(self.cast.text, &here.tokens, range.start..end, range.end)).unwrap_or_default();
        self.push(here, range, doers);
    }

    /// An entry of what goes on now: an order or a request.
    pub(super) fn push(&mut self, here: &mut Paragraph, range: Range<usize>, mut doers: Doers) {
        let Some(span) = closed_span(self.cast.text, &here.tokens, &range) else { return };
        let state = &self.scene.state;
        if state.mode == Mode::Tasks {
            doers.lead = doers.lead.or_else(|| state.doer.clone());
            if doers.cooperating.is_empty() {
                doers.cooperating = doer::cooperating(self.cast.text, &here.tokens, range.clone());
            }
        }
        let what = if state.mode == Mode::Requests { What::Proposal } else { What::Task };
        let finding = Finding { what, span, voice: state.voice.clone(), doers, asked: state.doer.clone() };
        self.acts.cuts.push(span.start);
        self.add(here, what, finding);
    }

    /// The open entry of the same item goes on.
    pub(super) fn lengthen(&mut self, here: &Paragraph, range: &Range<usize>) {
        let open = here.open.and_then(|index| self.acts.findings.get_mut(index));
        if let (Some(open), Some(span)) = (open, closed_span(self.cast.text, &here.tokens, range)) {
            open.span.end = span.end;
        }
    }

    /// Adds an entry, or lengthens the one of the same item.
    pub(super) fn add(&mut self, here: &mut Paragraph, what: What, finding: Finding) {
        let same = here.open.filter(|_| here.merge).and_then(|index| self.acts.findings.get_mut(index)).filter(|open| open.what == what);
        if let Some(open) = same {
            open.span.end = finding.span.end;
            if open.doers.cooperating.is_empty() {
                open.doers.cooperating = finding.doers.cooperating;
            }
            return;
        }
        here.open = Some(self.acts.findings.len());
        self.acts.findings.push(finding);
    }
}
