//! What a sentence of a speech or a conclusion is, where no verb of asking says it: an order, a judgement of what was done, a
//! promise, or nothing of these.

use std::ops::Range;

use super::doer;
use super::lexicon::{self, Role};
use super::rank;
use super::token::{Kind, Token, span_of, span_text};
use super::voice::Cast;

/// What a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// An order: it begins with a verb of work or with one who is to work.
    Task,
    /// Praise, blame, a result.
    Assess,
    /// A promise or a consent.
    Commit,
    /// No sign.
    Unknown,
}

/// How far into a sentence its signs are looked for, in tokens.
const SIGN_TOKENS_MAX: usize = 12;
/// A topic in front of a sentence ("Về nâng cao thu nhập cho người dân, …") is not longer than this.
const TOPIC_TOKENS_MAX: usize = 40;

/// A part without what ties it to the text before ("Đồng thời", "Trong đó,") and without its topic ("Về biên chế:").
pub fn core(tokens: &[Token], part: Range<usize>) -> Range<usize> {
    let mut start = part.start;
    while start < part.end
        && tokens.get(start).is_some_and(|token| token.is(Role::LINK) && token.kind == Kind::Word && !token.is(Role::FACT))
    {
        start += 1;
    }
    if !tokens.get(start).is_some_and(|token| token.is(Role::TOPIC) && token.kind == Kind::Word && !token.is(Role::WORK)) {
        return start..part.end;
    }
    let stop = part.end.min(start + TOPIC_TOKENS_MAX);
    let mark = |at: usize| tokens.get(at).map_or(' ', |token| token.mark);
    if let Some(colon) = (start + 1..stop).find(|&at| mark(at) == ':') {
        return colon..part.end;
    }
    let need = |at: &usize| tokens.get(*at).is_some_and(|token| token.is(Role::NEED) && token.mark == ',');
    let begins = |at: &usize| {
        let verb = tokens.get(*at).is_some_and(|token| token.kind == Kind::Word && token.is(Role::WORK) && !token.is(Role::LIGHT));
        let acts = |end: usize| works(tokens, end, part.end) || tokens.get(end).is_some_and(|next| next.is(Role::FACT.or(Role::PROMISE)));
        let heads = tokens.get(*at).is_some_and(|token| token.kind != Kind::Word || token.is(Role::HEAD.or(Role::TITLE).or(Role::LEADERS)));
        let doer = || heads && doer::noun_phrase(tokens, *at, part.end).is_some_and(acts);
        mark(*at) == ',' && (verb || doer())
    };
    let found = (start + 1..stop).find(need).or_else(|| (start + 1..stop).find(begins));
    found.unwrap_or(start)..part.end
}

/// What the sentence is, and who is charged where it begins with them.
pub fn judge(cast: &Cast<'_>, tokens: &[Token], core: Range<usize>) -> (Judgement, Option<Range<usize>>) {
    let Some(first) = tokens.get(core.start).filter(|_| !core.is_empty()) else { return (Judgement::Unknown, None) };
    let early = || {
        tokens
            .get(core.start..core.end.min(core.start + SIGN_TOKENS_MAX))
            .unwrap_or_default()
            .iter()
            .filter(|token| token.kind == Kind::Word)
    };
    let word = first.kind == Kind::Word;
    if promises(cast, tokens, &core) || (word && first.is(Role::AGREE)) {
        return (Judgement::Commit, None);
    }
    if word && first.is(Role::PRAISE) {
        return (Judgement::Assess, None);
    }
    let doer = doer::noun_phrase(tokens, core.start, core.end).filter(|&end| works(tokens, end, core.end));
    if doer.and_then(|end| tokens.get(end)).is_some_and(|verb| verb.is(Role::SAY) && verb.is(Role::TOPIC) && !word_is_area(first)) {
        // "Đoàn giám sát tiếp thu, tổng hợp …": the upper level takes it up.
        return (Judgement::Commit, None);
    }
    if let Some(end) = doer.filter(|_| !(word && first.is(Role::GROUP))) {
        return (Judgement::Task, Some(core.start..end));
    }
    if word
        && first.is(Role::NEED.or(Role::WORK))
        && !first.is(Role::FACT)
        && !tells_past(cast, tokens, &core)
        && !tells_what_is(cast, tokens, &core)
    {
        return (Judgement::Task, None);
    }
    if early().any(|token| token.is(Role::FACT.or(Role::PRAISE))) {
        return (Judgement::Assess, None);
    }
    (Judgement::Unknown, None)
}

/// "xã tiếp thu …" from above is still an order.
fn word_is_area(first: &Token) -> bool {
    first.kind == Kind::Word && first.is(Role::AREA)
}

/// "Bảo vệ rừng là nhiệm vụ của toàn dân": a verb as the subject of a sentence about what is.
fn tells_what_is(cast: &Cast<'_>, tokens: &[Token], core: &Range<usize>) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| span_text(cast.text, token.span));
    let takes =
        ["xác định", "coi", "lấy", "xem", "đặt", "nhận thức", "quán triệt"].contains(&lexicon::phrase_key(word(core.start)).as_str());
    let stop = core.end.min(core.start + 8);
    let free = (core.start + 1..stop).take_while(|&at| tokens.get(at).is_some_and(Token::joined));
    let mut copulas =
        free.filter(|&at| word(at) == "là" && !matches!(word(at - 1), "đặc biệt" | "trước hết" | "nhất" | "tức" | "đây" | "đó"));
    !takes && copulas.next().is_some()
}

/// "huyện Khe Lạnh đã hoàn thành": a subject has done it.
fn tells_past(cast: &Cast<'_>, tokens: &[Token], core: &Range<usize>) -> bool {
    let stop = core.end.min(core.start + TOPIC_TOKENS_MAX);
    (core.start + 1..stop).any(|at| {
        let (Some(token), Some(before)) = (tokens.get(at), tokens.get(at - 1)) else { return false };
        let who = before.kind != Kind::Word || before.capital || before.is(Role::AREA.or(Role::TITLE));
        who && token.joined() && token.kind == Kind::Word && lexicon::key(span_text(cast.text, token.span)).starts_with("đã")
    })
}

/// Whether a verb of work stands at `at`, not one of the past.
pub fn works(tokens: &[Token], at: usize, end: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|_| at < end) else { return false };
    // "UBND các xã: Tổ chức …"
    let follows = if token.capital { token.mark == ':' } else { matches!(token.mark, ' ' | ',' | ':') };
    if token.kind != Kind::Word || !follows || token.is(Role::FACT.or(Role::PROMISE)) {
        return false;
    }
    token.is(Role::WORK.or(Role::NEED).or(Role::LEAD).or(Role::WITH).or(Role::REPORT))
}

/// "tỉnh sẽ tiếp tục quan tâm": one who is not below the chair promises.
fn promises(cast: &Cast<'_>, tokens: &[Token], core: &Range<usize>) -> bool {
    let stop = core.end.min(core.start + TOPIC_TOKENS_MAX);
    (core.start + 1..stop).any(|at| {
        let (Some(token), Some(before)) = (tokens.get(at), tokens.get(at - 1)) else { return false };
        let who = before.kind != Kind::Word || before.is(Role::AREA.or(Role::HEAD).or(Role::TITLE));
        if !(token.is(Role::PROMISE) && token.kind == Kind::Word && token.joined() && who) {
            return false;
        }
        let above = cast.chair.map_or(rank::PROVINCE, |index| cast.person(index).rank);
        let from = (core.start..at)
            .rev()
            .find(|&start| start == core.start || !tokens.get(start).is_some_and(Token::joined))
            .unwrap_or(core.start);
        let name = span_of(tokens, &(from..at)).map_or("", |span| span_text(cast.text, span));
        let rank = if matches!(before.kind, Kind::Person(_)) { above } else { rank::rank_of(name) };
        rank > 0 && rank >= above
    })
}

/// "huyện cần …", "cần …": who is charged, and where the order begins.
pub fn needed(tokens: &[Token], core: Range<usize>) -> Option<(Option<Range<usize>>, usize)> {
    let first = tokens.get(core.start).filter(|_| !core.is_empty())?;
    if first.kind == Kind::Word && first.is(Role::NEED) {
        return Some((None, core.start));
    }
    let end = doer::noun_phrase(tokens, core.start, core.end)?;
    let need = tokens.get(end).filter(|_| end < core.end)?;
    (need.is(Role::NEED) && need.kind == Kind::Word && need.joined()).then_some((Some(core.start..end), end))
}

/// A closing courtesy: nothing is asked but "quan tâm, xem xét, giải quyết".
pub fn is_courtesy(tokens: &[Token], content: Range<usize>) -> bool {
    let words = tokens.get(content).unwrap_or_default();
    let light = |token: &Token| {
        token.kind == Kind::Word && token.is(Role::LIGHT.or(Role::TO).or(Role::ADVERB).or(Role::AND)) && !token.is(Role::AREA)
    };
    words.len() <= SIGN_TOKENS_MAX && words.iter().all(light)
}

/// Whom the topic in front of a request names: "Đối với Sở Y tế:".
pub fn asked_by_topic(text: &str, tokens: &[Token], topic: Range<usize>) -> Option<String> {
    let first = tokens.get(topic.start).filter(|_| topic.len() >= 2)?;
    if !(first.is(Role::TO) && first.is(Role::TOPIC) && first.kind == Kind::Word) {
        return None;
    }
    let end = doer::noun_phrase(tokens, topic.start + 1, topic.end).filter(|&end| end == topic.end)?;
    doer::phrase(text, tokens, &(topic.start + 1..end))
}

/// Whom a heading names behind "Đối với", "Với", "Kiến nghị với".
pub fn asked_by_heading(text: &str, tokens: &[Token]) -> Option<String> {
    let at = tokens.iter().take(8).position(|token| token.is(Role::TO) && token.kind == Kind::Word)?;
    let end = doer::noun_phrase(tokens, at + 1, tokens.len())?;
    doer::phrase(text, tokens, &(at + 1..end))
}

/// The stretches that "hoặc" joins where each further one begins with a verb; empty where there is only one.
pub fn joined_alternatives(text: &str, tokens: &[Token]) -> Vec<String> {
    let joint = |at: &usize| {
        let or = tokens.get(*at).is_some_and(|token| lexicon::key(span_text(text, token.span)) == "hoặc");
        or && tokens.get(at + 1).is_some_and(|next| next.is(Role::WORK) && !next.capital)
    };
    let joints: Vec<usize> = (1..tokens.len()).filter(joint).collect();
    if joints.is_empty() {
        return Vec::new();
    }
    let starts = std::iter::once(0).chain(joints.iter().map(|at| at + 1));
    let ends = joints.iter().copied().chain([tokens.len()]);
    starts.zip(ends).filter_map(|(start, end)| doer::phrase(text, tokens, &(start..end))).collect()
}
