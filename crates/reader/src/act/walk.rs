//! The walk through the paper: block by block, sentence by sentence, with the scene in mind.

mod continuation;
mod deed;
mod entry;

use std::ops::Range;

use domain::reading::{BodyDraft, PaperKind, PersonDraft, Span};

use crate::layout::{Block, BlockKind, Layout};

use super::doer;
use super::frame::{Around, Deed, Frame, find_frames};
use super::judge;
use super::lexicon::Role;
use super::scene::{Marker, Mode, Scene, State, Topic, marker_of, topic_of};
use super::speaker;
use super::token::{self, Mentions, Token, span_of, span_text};
use super::voice::{Cast, Subject};
use super::{Acts, Finding, Utterance, What};

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
    let mut walk = Walk {
        cast,
        mentions,
        scene: Scene::default(),
        kind: layout.kind,
        acts: Acts::default(),
        pending: None,
        photo: None,
        letterhead: Vec::new(),
        letterhead_read: false,
        topic_doer: None,
        charged: None,
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
    /// The letterhead has been read down to the symbol.
    letterhead_read: bool,
    /// Whom the heading "Đối với …" asks.
    topic_doer: Option<String>,
    /// Whom the topic in front of the next order charges.
    charged: Option<String>,
}

/// A letterhead names at most a few bodies.
const LETTERHEAD_LINES_MAX: usize = 6;

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
    /// Its topic ("Về kết quả:") announces what was done, not what is to do.
    assesses: bool,
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
        if self.letterhead_read || self.letterhead.len() >= LETTERHEAD_LINES_MAX {
            return;
        }
        let mut lines: Vec<&str> = Vec::new();
        for line in span_text(self.cast.text, span).lines().map(str::trim).filter(|line| line.chars().any(char::is_alphabetic)) {
            let key = super::lexicon::phrase_key(line);
            if key.starts_with("số") || key.starts_with("cộng hòa") || key.starts_with("đảng cộng sản") {
                self.letterhead_read = true;
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
            assesses: false,
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
}

impl Scene {
    /// What the innermost open list holds, or the items under the heading.
    fn mode_of_list(&self) -> Option<Mode> {
        self.lists.last().map(|list| list.state.mode).or((self.topic() == Topic::Requests).then_some(self.state.mode))
    }
}
