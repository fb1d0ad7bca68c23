//! The frames of acts inside a part of a sentence: who says, asks or orders, to whom, and where the content begins.

use std::ops::Range;

use super::doer;
use super::lexicon::{self, Role};
use super::token::{Kind, Token, span_text};
use super::voice::{Cast, Subject, subject};

/// What a verb does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// *giao, yêu cầu*
    Order,
    /// *đề nghị*
    Ask,
    /// *kiến nghị*
    Plead,
    /// *phát biểu, khẳng định*
    Say,
    /// *báo cáo*
    Report,
    /// *kết luận*
    Conclude,
}

/// One act, in tokens.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Where the act begins: its subject, else its verb.
    pub start: usize,
    /// The verb.
    pub verb: usize,
    /// What it does.
    pub deed: Deed,
    /// In front of the verb; [`Subject::Same`] also where a clause goes on with a new verb.
    pub subject: Subject,
    /// Who is asked or charged.
    pub doer: Option<Range<usize>>,
    /// The first token of what is said, asked or charged.
    pub content: usize,
    /// A colon stands before the content, which may be a list.
    pub listed: bool,
}

/// Between a request and its colon at most this many tokens stand.
const LIGHT_TOKENS_MAX: usize = 16;

/// What goes on around a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// The paper tells: a verb needs its own subject.
    Telling,
    /// Someone speaks: a verb may follow the one before.
    Speaking,
    /// The chair's conclusion runs, where "giao" needs no subject.
    Concluding,
}

/// Every act of a part, in order.
pub fn find_frames(cast: &Cast<'_>, tokens: &[Token], part: &Range<usize>, around: Around) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let (mut at, mut low) = (part.start, part.start);
    while at < part.end {
        let chained = !frames.is_empty();
        match frame_at(cast, tokens, at, low..part.end, chained, around) {
            Some(frame) => {
                low = frame.content.max(at + 1);
                at = low;
                frames.push(frame);
            }
            None => at += 1,
        }
    }
    frames
}

/// The act whose verb is the token `at`.
fn frame_at(cast: &Cast<'_>, tokens: &[Token], at: usize, range: Range<usize>, chained: bool, around: Around) -> Option<Frame> {
    let token = tokens.get(at).filter(|token| token.kind == Kind::Word)?;
    let verbs = Role::ORDER.or(Role::ASK).or(Role::PLEAD).or(Role::URGE).or(Role::SAY).or(Role::REPORT).or(Role::CONCLUDE).or(Role::AGREE);
    if !token.is(verbs) || (token.capital && at > range.start && !matches!(token.mark, ':' | '"' | '-' | ')')) {
        return None;
    }
    if is_noun(tokens, at, &range) && !token.is(Role::ORDER) {
        return None;
    }
    let found = subject(cast, tokens, range.start, at).filter(|found| !is_relative(tokens, range.start, found));
    let directs = token.is(Role::ORDER.or(Role::ASK).or(Role::PLEAD).or(Role::URGE)) && !has_directed(cast, tokens, at, found.as_ref());
    if let Some(frame) = directive(cast, tokens, at, &range, found.clone(), chained, around).filter(|_| directs) {
        return Some(frame);
    }
    let someone = found.filter(|found| !matches!(found, Subject::Nobody { .. }))?;
    speech(cast, tokens, at, &range, someone)
}

/// "được Tỉnh ủy đánh giá cao", "dự toán HĐND tỉnh giao": the subject belongs to a relative clause.
fn is_relative(tokens: &[Token], low: usize, found: &Subject) -> bool {
    let (Subject::Someone { start, .. } | Subject::Same { start } | Subject::Nobody { start }) = found;
    let before = start.checked_sub(1).filter(|before| *before >= low).and_then(|before| tokens.get(before));
    let joined = tokens.get(*start).is_some_and(Token::joined);
    joined && before.is_some_and(|before| before.kind == Kind::Word && before.is(Role::PASSIVE))
}

/// "UBND huyện đã chỉ đạo các xã …" tells what a body has done; a person who "đã yêu cầu" still orders.
fn has_directed(cast: &Cast<'_>, tokens: &[Token], at: usize, found: Option<&Subject>) -> bool {
    let person =
        matches!(found, Some(Subject::Someone { voice, .. }) if voice.person.is_some()) || matches!(found, Some(Subject::Same { .. }));
    let done = (at.saturating_sub(2)..at)
        .filter_map(|before| tokens.get(before))
        .any(|before| lexicon::key(span_text(cast.text, before.span)) == "đã");
    done && !person
}

/// An order or a request.
fn directive(
    cast: &Cast<'_>,
    tokens: &[Token],
    at: usize,
    range: &Range<usize>,
    found: Option<Subject>,
    chained: bool,
    around: Around,
) -> Option<Frame> {
    let token = tokens.get(at)?;
    let mut next = at + 1;
    while next < range.end && tokens.get(next).is_some_and(|token| token.joined() && token.is(Role::TO) && token.kind == Kind::Word) {
        next += 1;
    }
    let doer = doer::noun_phrase(tokens, next, range.end).filter(|_| tokens.get(next).is_some_and(Token::joined)).map(|end| next..end);
    let after = doer.as_ref().map_or(next.min(at + 1), |doer| doer.end);
    let colon = colon_after(tokens, after, range.end);
    let works = doer.is_some() && (colon.is_some() || tokens.get(after).is_some_and(|next| after < range.end && is_work(next)));
    let noun = doer.is_none()
        && tokens.get(at + 1).is_some_and(|next| at + 1 < range.end && next.joined() && next.kind == Kind::Word && next.is(Role::PASSIVE));
    let linked = token.mark == ',' || at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| before.is(Role::LINK));
    let subject = match found {
        Some(Subject::Nobody { start }) => {
            let opens = start == range.start || matches!(tokens.get(start).map(|first| first.mark), Some(':' | '"'));
            let fits = if token.is(Role::ORDER) {
                works
            } else {
                !noun && token.is(Role::ASK.or(Role::PLEAD)) && !(token.is(Role::URGE) && doer.is_none())
            };
            let weak = token.is(Role::PLEAD) && chained;
            (opens && fits && !weak).then_some(if chained { Subject::Same { start } } else { Subject::Nobody { start } })?
        }
        Some(someone) => {
            let strong = token.is(Role::ASK.or(Role::PLEAD));
            // "Bí thư Tỉnh ủy yêu cầu tiếp tục …": whoever listens is charged.
            let next = tokens.get(at + 1).filter(|next| at + 1 < range.end && next.joined() && !next.is(Role::OF.or(Role::FACT)));
            let demands = span_text(cast.text, token.span).to_lowercase().starts_with("yêu cầu");
            let plain = demands && doer.is_none() && next.is_some_and(is_work);
            let fits = if strong { !noun } else { works || plain || (token.is(Role::ORDER) && colon.is_some()) };
            fits.then_some(someone)?
        }
        None => {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            let passive = before.is_some_and(|before| token.joined() && before.is(Role::PASSIVE));
            let speaking = chained || around != Around::Telling;
            let tied = before.is_some_and(|before| before.is(Role::LINK) && before.kind == Kind::Word);
            let joins =
                linked && works && !passive && (speaking && token.is(Role::ORDER.or(Role::ASK)) || chained && tied && token.is(Role::URGE));
            let links = linked && token.is(Role::ASK.or(Role::PLEAD)) && token.joined() && !noun && chained;
            let bare = around == Around::Concluding && works && token.is(Role::ORDER) && !passive && !token.capital;
            (joins || links || bare).then_some(Subject::Same { start: link_start(tokens, at, range.start) })?
        }
    };
    let deed = if token.is(Role::ORDER) {
        Deed::Order
    } else if token.is(Role::ASK) {
        Deed::Ask
    } else if token.is(Role::URGE) && !token.is(Role::PLEAD) {
        Deed::Order
    } else {
        Deed::Plead
    };
    let (Subject::Someone { start, .. } | Subject::Same { start } | Subject::Nobody { start }) = subject;
    Some(Frame { start, verb: at, deed, subject, doer, content: colon.unwrap_or(after), listed: colon.is_some() })
}

/// "những kiến nghị", "đề xuất của tỉnh", "yêu cầu được …": a noun, not a verb.
fn is_noun(tokens: &[Token], at: usize, range: &Range<usize>) -> bool {
    let next = tokens.get(at + 1).filter(|next| at + 1 < range.end && next.joined() && next.kind == Kind::Word);
    let before = at.checked_sub(1).filter(|before| *before >= range.start).and_then(|before| tokens.get(before));
    let asks = tokens.get(at).is_some_and(|token| token.is(Role::ASK.or(Role::PLEAD)));
    let counted = before.is_some_and(|before| tokens.get(at).is_some_and(Token::joined) && before.is(Role::COUNT));
    counted || next.is_some_and(|next| next.is(Role::OF) || (next.is(Role::AND) && !next.is(Role::TO) && asks))
}

/// The verb's "đồng thời" belongs to the act.
fn link_start(tokens: &[Token], at: usize, low: usize) -> usize {
    let linked = at > low && tokens.get(at - 1).is_some_and(|before| before.is(Role::LINK) && before.kind == Kind::Word);
    if linked { at - 1 } else { at }
}

/// What may follow the name of a doer: a verb, or an adverb before one.
fn is_work(token: &Token) -> bool {
    let verbs = Role::WORK.or(Role::NEED).or(Role::LEAD).or(Role::WITH).or(Role::REPORT).or(Role::ADVERB).or(Role::AGREE).or(Role::SAY);
    token.kind == Kind::Word && matches!(token.mark, ' ' | ',') && token.is(verbs) && !token.capital
}

/// The token behind a colon that follows after light words only ("xem xét:", "một số nội dung sau:"); the part's end where
/// nothing follows.
fn colon_after(tokens: &[Token], from: usize, end: usize) -> Option<usize> {
    for at in from..=end.min(from + LIGHT_TOKENS_MAX) {
        if at >= end {
            return tokens.get(end - 1).filter(|last| at == end && last.after == ':').map(|_| end);
        }
        let token = tokens.get(at)?;
        if token.mark == ':' {
            return Some(at);
        }
        if !token.is(Role::LIGHT.or(Role::TO).or(Role::ADVERB)) || token.kind != Kind::Word {
            return None;
        }
    }
    None
}

/// Someone speaks, reports or concludes.
fn speech(cast: &Cast<'_>, tokens: &[Token], at: usize, range: &Range<usize>, subject: Subject) -> Option<Frame> {
    let token = tokens.get(at)?;
    let (Subject::Someone { start, .. } | Subject::Same { start } | Subject::Nobody { start }) = subject;
    if let Subject::Someone { voice, .. } = &subject {
        // A body "agrees" or "announces" without a meeting; only what it tells is a statement.
        let leaders = tokens.get(start).is_some_and(|first| first.is(Role::LEADERS));
        let telling = leaders || token.is(Role::REPORT.or(Role::CONCLUDE).or(Role::PRAISE)) || !token.is(Role::AGREE.or(Role::WORK));
        if voice.person.is_none() && !telling && cast.chair.is_some() {
            return None;
        }
    }
    let deed = if token.is(Role::CONCLUDE) {
        Deed::Conclude
    } else if token.is(Role::REPORT) {
        Deed::Report
    } else if token.is(Role::SAY.or(Role::AGREE)) {
        Deed::Say
    } else {
        return None;
    };
    let colon = speech_colon(tokens, at + 1, range.end);
    let content = colon.unwrap_or_else(|| if takes_verb(token) { at } else { at + 1 });
    Some(Frame { start, verb: at, deed, subject, doer: None, content, listed: colon.is_some() })
}

/// The token behind the colon that opens the words of a speaker; none behind a further verb of asking.
fn speech_colon(tokens: &[Token], from: usize, end: usize) -> Option<usize> {
    let other = Role::ASK.or(Role::ORDER).or(Role::PLEAD).or(Role::LINK);
    for at in from..end.min(from + LIGHT_TOKENS_MAX) {
        let token = tokens.get(at)?;
        if token.mark == ':' {
            return Some(at);
        }
        if token.kind == Kind::Word && token.is(other) && !token.is(Role::AND) {
            return None;
        }
    }
    None
}

/// "ghi nhận …" is part of what is said; "cho biết …" is not.
fn takes_verb(token: &Token) -> bool {
    token.is(Role::PRAISE.or(Role::URGE).or(Role::AGREE))
}
