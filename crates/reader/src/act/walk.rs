//! The walk through the paper: block by block, sentence by sentence, with the scene in mind.

use std::ops::Range;

use domain::reading::{BodyDraft, PaperKind, PersonDraft, Span};

use crate::layout::{Block, BlockKind, Layout};

use super::doer::{self, Doers};
use super::frame::{Around, Deed, Frame, find_frames};
use super::judge::{self, Judgement};
use super::lexicon::Role;
use super::rank;
use super::scene::{Marker, Mode, Scene, State, Topic, marker_of, topic_of};
use super::speaker;
use super::token::{self, Kind, Mentions, Token, closed_span, span_of, span_text};
use super::voice::{Cast, Subject, Voice};
use super::{Acts, Finding, Utterance, What};

/// `"…", Chủ tịch UBND tỉnh nhấn mạnh.`: the words stand in front of their speaker.
fn quoted_before(here: &Paragraph, frame: &Frame, range: &Range<usize>) -> Option<Range<usize>> {
    let opens = here.tokens.get(range.start).is_some_and(|first| first.mark == '"') || (range.start == 0 && here.quoted);
    (opens && frame.verb + 1 >= range.end && frame.start > range.start).then_some(range.start..frame.start)
}

/// Walks the whole paper. A news page that names no chair has one where the one person who stands above all others orders.
pub fn walk(text: &str, layout: &Layout, people: &[PersonDraft], bodies: &[BodyDraft]) -> Acts {
    let mut cast = Cast::new(text, people, bodies);
    let acts = walk_once(cast.clone(), layout);
    if layout.kind != PaperKind::NewsArticle || acts.chair.is_some() {
        return acts;
    }
    let highest = cast.highest();
    let orders = |finding: &Finding| finding.what == What::Task && finding.voice.as_ref().is_some_and(|voice| voice.person == highest);
    if highest.is_none() || !acts.findings.iter().any(orders) {
        return acts;
    }
    cast.chair = highest;
    walk_once(cast, layout)
}

fn walk_once(cast: Cast<'_>, layout: &Layout) -> Acts {
    let mentions = Mentions::new(cast.people, cast.bodies);
    let scene = Scene { concluding: false, author: None, ..Scene::default() };
    let mut walk = Walk {
        cast,
        mentions,
        scene,
        kind: layout.kind,
        acts: Acts::default(),
        pending: None,
        photo: None,
        letterhead: Vec::new(),
        topic_doer: None,
    };
    for block in &layout.blocks {
        walk.block(block);
    }
    walk.acts.chair = walk.cast.chair;
    walk.acts
}

/// The walk's state.
struct Walk<'a> {
    cast: Cast<'a>,
    mentions: Mentions,
    scene: Scene,
    kind: PaperKind,
    acts: Acts,
    /// The utterance whose words begin in the next paragraph.
    pending: Option<usize>,
    /// The photo file above.
    photo: Option<Span>,
    /// The lines of the letterhead above the symbol.
    letterhead: Vec<String>,
    /// Whom the heading "Đối với …" asks.
    topic_doer: Option<String>,
}

/// A letterhead names at most a few bodies.
const LETTERHEAD_LINES_MAX: usize = 4;

/// One paragraph on the way.
struct Paragraph {
    tokens: Vec<Token>,
    span: Span,
    marker: Marker,
    /// Items of a numbered list are one entry each.
    merge: bool,
    /// The entry that further parts of the same item belong to.
    open: Option<usize>,
    /// It begins with a quotation mark.
    quoted: bool,
    /// No sentence of it has been read.
    fresh: bool,
    /// Plain text that only may go on with what stood before.
    soft: bool,
}

impl Walk<'_> {
    fn block(&mut self, block: &Block) {
        let words = Span { start: block.words.clamp(block.span.start, block.span.end), end: block.span.end };
        match block.kind {
            BlockKind::Heading { level } => self.heading(words, level),
            BlockKind::PhotoFile => self.photo = Some(block.span),
            BlockKind::Caption => self.caption(words),
            BlockKind::Letterhead => self.letterhead(block.span),
            BlockKind::Paragraph { item } => self.paragraph(block, words, item),
            _ => {}
        }
    }

    fn heading(&mut self, words: Span, level: u8) {
        let heading = span_text(self.cast.text, words);
        self.scene.enter_heading(level, topic_of(heading));
        self.pending = None;
        let tokens = token::tokens(self.cast.text, words, &self.mentions);
        self.topic_doer = judge::asked_by_heading(self.cast.text, &tokens).or(self.topic_doer.take().filter(|_| level > 2));
        let charged = doer::noun_phrase(&tokens, 0, tokens.len()).filter(|&end| end == tokens.len() && self.scene.concluding);
        let doer = charged.and_then(|end| doer::phrase(self.cast.text, &tokens, &(0..end)));
        let mode = if doer.is_some() { Mode::Tasks } else { Mode::Quiet };
        self.scene.state = State { mode, doer, voice: self.scene.state.voice.take() };
        if self.kind == PaperKind::Minutes && self.scene.topic() == Topic::Conclusion {
            self.scene.concluding = true;
        }
    }

    /// The issuing body stands above the symbol, the body above it over that; its name may take two lines.
    fn letterhead(&mut self, span: Span) {
        if self.acts.heads {
            return;
        }
        let mut lines: Vec<&str> = Vec::new();
        for line in span_text(self.cast.text, span).lines().map(str::trim).filter(|line| line.chars().any(char::is_alphabetic)) {
            let key = super::lexicon::phrase_key(line);
            if key.starts_with("số") || key.starts_with("cộng hòa") || key.starts_with("đảng cộng sản") {
                self.acts.heads = true;
                break;
            }
            lines.push(line);
        }
        self.letterhead.extend(lines.into_iter().take(LETTERHEAD_LINES_MAX).map(str::to_owned));
        self.scene.author = self.cast.author(&self.letterhead).or(self.scene.author.take());
    }

    /// A caption tells who speaks on the photo.
    fn caption(&mut self, words: Span) {
        let tokens = token::tokens(self.cast.text, words, &self.mentions);
        let Some(sentence) = token::sentences(self.cast.text, &tokens).into_iter().next() else { return };
        let frames = find_frames(&self.cast, &tokens, &sentence.range, Around::Telling);
        let Some(frame) = frames.into_iter().find(|frame| matches!(frame.subject, Subject::Someone { .. })) else { return };
        let Subject::Someone { voice, .. } = &frame.subject else { return };
        let Some(act) = span_of(&tokens, &sentence.range) else { return };
        if voice.person.is_none() && voice.body.is_none() {
            return;
        }
        let deed = tokens.get(frame.start..sentence.range.end).map_or(frame.deed, |rest| speaker::strongest(rest, frame.deed));
        let file = self.photo.map(|file| span_text(self.cast.text, file).to_owned());
        self.acts.captions.push(Utterance { voice: voice.clone(), deed, act, said: None, end: act.end, request: None, photo: file });
    }

    fn paragraph(&mut self, block: &Block, words: Span, item: bool) {
        let tokens = token::tokens(self.cast.text, words, &self.mentions);
        if tokens.is_empty() {
            return;
        }
        let marker = marker_of(self.cast.text.get(block.span.start..words.start).unwrap_or_default());
        if item {
            self.scene.enter_item(marker);
            if let Marker::Number(numbers) = marker {
                self.scene.leave_headings(numbers.saturating_add(1));
            }
        } else {
            self.scene.lists.clear();
        }
        self.enter_topic(item);
        let listed = !self.scene.lists.is_empty() || self.scene.concluding || self.scene.topic() == Topic::Requests;
        let soft = !item && !self.scene.concluding && self.pending.is_none();
        let mut here = Paragraph {
            tokens,
            span: words,
            marker,
            merge: item && (listed || matches!(marker, Marker::Number(_) | Marker::Letter)),
            open: None,
            quoted: span_text(self.cast.text, words).starts_with(['"', '“', '«']),
            fresh: true,
            soft,
        };
        if let Some(utterance) = self.pending.take().and_then(|index| self.acts.utterances.get_mut(index)) {
            (utterance.said, utterance.end) = (Some(words.start), words.end);
        }
        let from = self.introduced(&mut here);
        for sentence in token::sentences(self.cast.text, &here.tokens) {
            for part in sentence.parts {
                let range = part.start.max(from)..part.end;
                if !range.is_empty() {
                    self.part(&mut here, range, part.start == sentence.range.start, part.end == sentence.range.end);
                }
                here.fresh = false;
            }
        }
    }

    /// What a paragraph is from its heading alone.
    fn enter_topic(&mut self, item: bool) {
        if !self.scene.lists.is_empty() {
            return;
        }
        let own_words = matches!(self.kind, PaperKind::Report | PaperKind::ProposalLetter | PaperKind::Other | PaperKind::Resolution);
        if self.scene.concluding {
            let voice = self.cast.chair.map(|index| self.cast.person(index)).or(self.scene.state.voice.take());
            let duties = self.scene.topic() == Topic::Duties || self.scene.state.doer.is_some();
            let mode = if item && duties && self.scene.state.mode == Mode::Tasks { Mode::Tasks } else { Mode::Quiet };
            self.scene.state = State { mode, voice, doer: self.scene.state.doer.take() };
        } else if own_words && self.scene.topic() == Topic::Requests {
            let doer = self.topic_doer.clone().or(self.scene.state.doer.take());
            self.scene.state = State { mode: Mode::Requests, voice: self.scene.author.clone(), doer };
        } else if own_words {
            self.scene.state = State { mode: Mode::Quiet, ..State::default() };
        }
    }

    /// "- Đồng chí X: …", "Ý kiến của …:", "Theo báo cáo của …, …": the speaker stands before what is said.
    fn introduced(&mut self, here: &mut Paragraph) -> usize {
        let Some(intro) = speaker::introduced(&self.cast, &here.tokens, self.kind) else { return 0 };
        if intro.deed == Deed::Conclude {
            self.concludes(here, &intro);
            return intro.content;
        }
        let Some(first) = here.tokens.get(intro.content) else { return 0 };
        let act = Span { start: here.span.start, end: first.span.start };
        let act = Span { end: act.start + span_text(self.cast.text, act).trim_end_matches(|c: char| !c.is_alphanumeric()).len(), ..act };
        let said = Some(first.span.start);
        self.acts.turns.push(here.span.start);
        self.acts.utterances.push(Utterance {
            voice: intro.voice.clone(),
            deed: intro.deed,
            act,
            said,
            end: here.span.end,
            request: None,
            photo: None,
        });
        self.scene.last = Some(intro.voice.clone());
        self.scene.state = State { mode: Mode::Said, voice: Some(intro.voice), doer: None };
        (here.merge, here.soft) = (false, false);
        intro.content
    }

    /// "Kết luận của đồng chí X:" opens the conclusion; its words follow here or in the next paragraph.
    fn concludes(&mut self, here: &Paragraph, intro: &speaker::Introduction) {
        let said = here.tokens.get(intro.content).map(|first| first.span.start);
        let act = Span { end: here.span.start + span_text(self.cast.text, here.span).trim_end_matches(':').len(), ..here.span };
        self.acts.turns.push(here.span.start);
        self.pending = said.is_none().then_some(self.acts.utterances.len());
        let voice = intro.voice.clone();
        self.cast.chair = self.cast.chair.or(voice.person);
        self.acts.utterances.push(Utterance {
            voice: voice.clone(),
            deed: Deed::Conclude,
            act,
            said,
            end: here.span.end,
            request: None,
            photo: None,
        });
        self.scene.last = Some(voice.clone());
        self.scene.lists.clear();
        self.scene.state = State { mode: Mode::Quiet, voice: Some(voice), doer: None };
        self.scene.concluding = matches!(self.kind, PaperKind::Minutes | PaperKind::ConclusionNotice);
    }

    fn part(&mut self, here: &mut Paragraph, part: Range<usize>, head: bool, tail: bool) {
        let concluding = self.scene.concluding || self.scene.state.voice.as_ref().is_some_and(|voice| self.cast.is_chair(voice));
        let around = match self.scene.state.mode {
            _ if concluding => Around::Concluding,
            Mode::Quiet => Around::Telling,
            _ => Around::Speaking,
        };
        let frames = find_frames(&self.cast, &here.tokens, &part, around);
        self.hear(here, &part);
        let Some(first) = frames.first() else {
            self.go_on(here, part, head, tail);
            return;
        };
        if self.is_work_of_list(here, first, head) {
            self.go_on(here, part, head, tail);
            return;
        }
        if self.scene.mode_of_list() == Some(Mode::Requests)
            && here.merge
            && !matches!(first.subject, Subject::Someone { .. })
            && !matches!(first.deed, Deed::Ask | Deed::Plead)
        {
            // "Giao Sở Nội vụ bổ sung …" in a list of requests is what is asked for.
            self.go_on(here, part, head, tail);
            return;
        }
        let before = part.start..first.start;
        if concluding && !before.is_empty() {
            let core = judge::core(&here.tokens, before.clone());
            if here.tokens.get(core.start).is_some_and(|token| token.is(Role::AGREE.or(Role::PRAISE)) && !core.is_empty()) {
                self.conclude(here, core);
            }
        }
        let starts: Vec<usize> = frames.iter().skip(1).map(|frame| frame.start).chain([part.end]).collect();
        for (frame, end) in frames.into_iter().zip(starts) {
            self.act(here, frame, part.start, end, tail);
        }
        here.soft = false;
    }

    /// "Sở Y tế đôn đốc …" among orders is an order to that body, not its speech.
    fn is_work_of_list(&self, here: &Paragraph, frame: &Frame, head: bool) -> bool {
        let body = matches!(&frame.subject, Subject::Someone { voice, .. } if voice.person.is_none());
        let among = (!head && self.scene.state.mode == Mode::Tasks)
            || self.scene.concluding
            || (here.merge && self.scene.state.mode == Mode::Tasks);
        let work = here.tokens.get(frame.verb).is_some_and(|verb| verb.is(Role::WORK) && !verb.is(Role::ASK.or(Role::CONCLUDE)));
        body && among && work && !matches!(frame.deed, Deed::Conclude)
    }

    /// "nghe báo cáo của X" is a report of X.
    fn hear(&mut self, here: &Paragraph, part: &Range<usize>) {
        let Some((range, voice)) = speaker::heard(&self.cast, &here.tokens, part) else { return };
        if let Some(act) = span_of(&here.tokens, &range) {
            self.acts.utterances.push(Utterance { voice, deed: Deed::Report, act, said: None, end: act.end, request: None, photo: None });
        }
    }

    fn act(&mut self, here: &mut Paragraph, frame: Frame, from: usize, end: usize, tail: bool) {
        let voice = match &frame.subject {
            Subject::Someone { voice, .. } => Some(self.fullest(here, voice)),
            Subject::Same { .. } => self.scene.state.voice.clone().or(self.scene.last.clone()),
            Subject::Nobody { .. } => self.scene.state.voice.clone().or(self.scene.author.clone()),
        };
        let voice = voice.unwrap_or_default();
        if voice.person.is_some() {
            self.scene.last = Some(voice.clone());
        }
        match frame.deed {
            Deed::Say | Deed::Report | Deed::Conclude => self.speak(here, &frame, voice, from..end, tail),
            Deed::Order | Deed::Ask | Deed::Plead => self.direct(here, &frame, voice, end, tail),
        }
    }

    /// "Xã" after "Xã Khe Lạnh" in the same paragraph is that commune.
    fn fullest(&self, here: &Paragraph, voice: &Voice) -> Voice {
        if voice.person.is_some() || voice.body.is_some() || voice.name.contains(' ') {
            return voice.clone();
        }
        let same = |token: &Token| super::lexicon::key(span_text(self.cast.text, token.span)) == super::lexicon::key(&voice.name);
        let named = here.tokens.iter().enumerate().take(12).find(|(_, token)| token.is(Role::AREA) && same(token));
        let Some((at, first)) = named else { return voice.clone() };
        let last = here.tokens.iter().skip(at + 1).take_while(|token| token.joined() && token.capital && token.kind == Kind::Word).last();
        let span = last.map(|last| Span { start: first.span.start, end: last.span.end });
        span.map_or_else(|| voice.clone(), |span| Cast::group(span_text(self.cast.text, span)))
    }

    /// Someone reports, speaks or concludes.
    fn speak(&mut self, here: &mut Paragraph, frame: &Frame, voice: Voice, range: Range<usize>, tail: bool) {
        let told = here.tokens.get(range.start..frame.content.max(frame.verb + 4).min(range.end).max(range.start));
        let deed = told.map_or(frame.deed, |before| speaker::strongest(before, frame.deed));
        if deed == Deed::Conclude && self.cast.chair.is_none() {
            self.cast.chair = voice.person;
        }
        let chair = self.cast.is_chair(&voice);
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
    fn utter(&mut self, here: &Paragraph, frame: &Frame, voice: &Voice, deed: Deed, said: Option<usize>, range: &Range<usize>, tail: bool) {
        let Some(start) = here.tokens.get(frame.start).map(|token| token.span.start) else { return };
        let stops = |at: &usize| deed == Deed::Report && here.tokens.get(*at).is_some_and(|token| token.mark == ',');
        let last = (frame.verb + 1..range.end).find(stops).unwrap_or(range.end);
        let act = Span { start, end: last.checked_sub(1).and_then(|last| here.tokens.get(last)).map_or(start, |token| token.span.end) };
        let link = |token: &Token| token.is(Role::LINK) && token.kind == Kind::Word;
        let tied = here.tokens.get(range.start..frame.start).is_some_and(|before| before.iter().all(link));
        self.acts.turns.push(here.tokens.get(range.start).filter(|_| tied).map_or(start, |first| first.span.start));
        let index = self.acts.utterances.len();
        let end = if said.is_some_and(|said| said < start) { start } else { here.span.end };
        self.acts.utterances.push(Utterance { voice: voice.clone(), deed, act, said, end, request: None, photo: None });
        let announces = frame.content >= range.end && self.cast.text.get(act.end..here.span.end).is_some_and(|rest| rest.contains(':'));
        if announces && !span_text(self.cast.text, act).ends_with("sau") {
            self.pending = Some(index);
        }
        let ends = tail && range.end >= here.tokens.len() && self.kind == PaperKind::ConclusionNotice;
        let follows = self.kind == PaperKind::Other && self.cast.is_chair(voice) && self.ends_with_colon(here);
        if (deed == Deed::Conclude && (announces || ends)) || (tail && follows) {
            self.scene.concluding = true;
        }
        if announces && deed == Deed::Report && voice.body.is_some() {
            self.scene.author = Some(voice.clone());
        }
    }

    /// Someone orders or asks.
    fn direct(&mut self, here: &mut Paragraph, frame: &Frame, voice: Voice, end: usize, tail: bool) {
        let doer = frame.doer.as_ref().and_then(|doer| doer::phrase(self.cast.text, &here.tokens, doer));
        let downward = self.is_downward(frame.deed, &voice, doer.as_deref());
        let Some(verb) = here.tokens.get(frame.verb) else { return };
        let keeps_verb = downward
            && (frame.deed == Deed::Order
                && verb.is(Role::ORDER)
                && !frame.listed
                && super::lexicon::key(span_text(self.cast.text, verb.span)).starts_with("giao")
                || (matches!(frame.subject, Subject::Nobody { .. } | Subject::Same { .. }) && frame.start == frame.verb));
        let from = if keeps_verb && !frame.listed { frame.verb } else { frame.content };
        let start = here.tokens.get(frame.start).map_or(here.span.start, |token| token.span.start);
        let request = span_of(&here.tokens, &(frame.verb..end));
        self.acts.cuts.push(start);
        let meets = !matches!(self.kind, PaperKind::Other | PaperKind::ProposalLetter | PaperKind::Report | PaperKind::Resolution);
        if meets
            && (!self.scene.concluding || self.cast.is_chair(&voice))
            && voice.person.is_some()
            && matches!(frame.subject, Subject::Someone { .. })
        {
            let act = Span { start, end: request.map_or(start, |request| request.end) };
            let request = request.filter(|_| frame.content < end);
            self.acts.turns.push(start);
            self.acts.utterances.push(Utterance {
                voice: voice.clone(),
                deed: Deed::Say,
                act,
                said: None,
                end: act.end,
                request,
                photo: None,
            });
        }
        let mode = if downward { Mode::Tasks } else { Mode::Requests };
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

    /// A line that ends with a colon opens a list and is no entry itself.
    fn drop_opener(&mut self, here: &mut Paragraph) {
        if here.open.take().is_some() {
            self.acts.findings.pop();
        }
        self.scene.open_list(here.marker);
    }

    fn ends_with_colon(&self, here: &Paragraph) -> bool {
        span_text(self.cast.text, here.span).trim_end().ends_with(':')
    }

    /// Down or up: by the verb's own meaning, by the ranks of both sides, else by who speaks.
    fn is_downward(&self, deed: Deed, voice: &Voice, doer: Option<&str>) -> bool {
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

    /// A part without a verb of its own goes on with what stood before.
    fn go_on(&mut self, here: &mut Paragraph, part: Range<usize>, head: bool, tail: bool) {
        let core = judge::core(&here.tokens, part.clone());
        if core.is_empty() {
            return;
        }
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
    fn charged(&mut self, here: &mut Paragraph, core: Range<usize>) {
        let (judgement, doer) = judge::judge(&self.cast, &here.tokens, core.clone());
        let body =
            here.tokens.get(core.start).is_some_and(|first| matches!(first.kind, Kind::Body(_)) || (first.is(Role::HEAD) && first.capital));
        let Some(doer) = doer.filter(|_| judgement == Judgement::Task && body && here.fresh) else { return };
        self.scene.state = State { mode: Mode::Tasks, voice: self.scene.author.clone(), doer: None };
        let doers = doer::doers(self.cast.text, &here.tokens, doer, core.end);
        self.push(here, core, doers);
    }

    /// "Đồng ý về chủ trương" between orders.
    fn consents(&self, here: &Paragraph, core: &Range<usize>) -> bool {
        let chair = self.scene.concluding || self.scene.state.voice.as_ref().is_some_and(|voice| self.cast.is_chair(voice));
        chair && here.tokens.get(core.start).is_some_and(|first| first.kind == Kind::Word && first.is(Role::AGREE) && !first.is(Role::WORK))
    }

    /// "1. Sở Nội vụ:" or "- Đối với UBND tỉnh:" inside a list: those whom its items charge or ask.
    fn open_sublist(&mut self, here: &mut Paragraph, core: Range<usize>) {
        let doer =
            (core.start..core.end.min(core.start + 4)).find_map(|at| doer::noun_phrase(&here.tokens, at, core.end).map(|end| at..end));
        if let Some(doer) = doer.and_then(|doer| doer::phrase(self.cast.text, &here.tokens, &doer)) {
            self.scene.state.doer = Some(doer);
        }
        self.scene.open_list(here.marker);
    }

    /// Inside orders or a conclusion: an order, a judgement, a promise, or the end of it.
    fn task_or_less(&mut self, here: &mut Paragraph, core: Range<usize>, opens: bool) {
        let (judgement, doer) = judge::judge(&self.cast, &here.tokens, core.clone());
        let topic = self.scene.topic();
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
    fn soft_said(&mut self, here: &mut Paragraph, core: Range<usize>) {
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
    fn opens_order(&mut self, here: &Paragraph, core: &Range<usize>) -> bool {
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
    fn said(&mut self, here: &mut Paragraph, core: Range<usize>) {
        if self.said_order(here, core.clone()) {
            return;
        }
        if self.scene.state.voice.as_ref().is_some_and(|voice| self.cast.is_chair(voice)) {
            self.conclude(here, core);
        }
    }

    /// "huyện cần …" from above is an order.
    fn said_order(&mut self, here: &mut Paragraph, core: Range<usize>) -> bool {
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

    /// A sentence or part of the chair's conclusion.
    fn conclude(&mut self, here: &mut Paragraph, core: Range<usize>) {
        let (judgement, _) = judge::judge(&self.cast, &here.tokens, core.clone());
        match judgement {
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

    fn opens_with_praise(&self, here: &Paragraph, core: &Range<usize>) -> bool {
        here.tokens.get(core.start).is_some_and(|token| token.kind == Kind::Word && token.is(Role::PRAISE))
    }

    fn push_conclusion(&mut self, here: &mut Paragraph, range: Range<usize>, judgement: Judgement, by: Option<String>) {
        let Some(span) = closed_span(self.cast.text, &here.tokens, &range) else { return };
        let what = if judgement == Judgement::Commit { What::Commitment } else { What::Assessment };
        let by = by
            .or_else(|| self.cast.chair.map(|index| self.cast.person(index).name))
            .or_else(|| self.scene.state.voice.as_ref().map(|voice| voice.name.clone()));
        let voice = by.map(|name| Voice { name, ..Voice::default() });
        self.add(here, what, Finding { what, span, voice, doers: Doers::default(), asked: None });
    }

    fn push_task(&mut self, here: &mut Paragraph, range: Range<usize>) {
        let doer = doer::noun_phrase(&here.tokens, range.start, range.end).filter(|&end| judge::works(&here.tokens, end, range.end));
        let doers = doer.map(|end| doer::doers(self.cast.text, &here.tokens, range.start..end, range.end)).unwrap_or_default();
        self.push(here, range, doers);
    }

    /// An entry of what goes on now: an order or a request.
    fn push(&mut self, here: &mut Paragraph, range: Range<usize>, mut doers: Doers) {
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
    fn lengthen(&mut self, here: &Paragraph, range: &Range<usize>) {
        let open = here.open.and_then(|index| self.acts.findings.get_mut(index));
        if let (Some(open), Some(span)) = (open, span_of(&here.tokens, range)) {
            open.span.end = span.end;
        }
    }

    /// Adds an entry, or lengthens the one of the same item.
    fn add(&mut self, here: &mut Paragraph, what: What, finding: Finding) {
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

impl Scene {
    /// What the innermost open list holds, or the items under the heading.
    fn mode_of_list(&self) -> Option<Mode> {
        self.lists.last().map(|list| list.state.mode).or((self.topic() == Topic::Requests).then_some(self.state.mode))
    }
}
