//! How a text hands over to a speaker: "- Đồng chí X: …", "Ý kiến của …:", "Theo báo cáo của …, …", and where in a sentence
//! the words of a speaker begin.

use domain::reading::PaperKind;

use super::frame::{Deed, Frame};
use super::lexicon::{self, Role};
use super::token::{Kind, Token, span_text};
use super::voice::{Cast, Voice};

/// A speaker's name with all titles is not longer than this, in tokens.
const INTRODUCTION_TOKENS_MAX: usize = 30;
/// What follows a speaker's name and a colon is a speech only from this many tokens on.
const SPEECH_TOKENS_MIN: usize = 4;

/// A speaker who stands in front of what is said.
pub struct Introduction {
    /// Who speaks.
    pub voice: Voice,
    /// Reports or speaks.
    pub deed: Deed,
    /// The first token of the speech.
    pub content: usize,
}

/// Reads the speaker at the beginning of a paragraph.
pub fn introduced(cast: &Cast<'_>, tokens: &[Token], kind: PaperKind) -> Option<Introduction> {
    let words: Vec<String> = tokens.iter().take(3).map(|token| lexicon::phrase_key(span_text(cast.text, token.span))).collect();
    let word = |n: usize| words.get(n).map_or("", String::as_str);
    match (word(0), word(1)) {
        ("theo", "báo cáo") => by_comma(cast, tokens, 2, Deed::Report),
        ("theo", "đ/c" | "đồng chí" | "ông" | "bà") => by_comma(cast, tokens, 1, Deed::Say),
        ("ý kiến", _) => by_colon(cast, tokens, 1, true),
        ("kết luận" | "ý kiến kết luận" | "kết luận chỉ đạo" | "phát biểu kết luận", "của") => {
            concluding(cast, tokens)
        }
        _ => by_colon(cast, tokens, 0, kind == PaperKind::Minutes),
    }
}

/// "Theo báo cáo của X, …"
fn by_comma(cast: &Cast<'_>, tokens: &[Token], from: usize, deed: Deed) -> Option<Introduction> {
    let stop = tokens.len().min(from + INTRODUCTION_TOKENS_MAX);
    let at = (from..stop).find(|&at| tokens.get(at).is_some_and(|token| token.kind != Kind::Word))?;
    let content = (at + 1..stop).find(|&next| tokens.get(next).is_some_and(|token| matches!(token.mark, ',' | ':')))?;
    let plain = tokens.get(from..at)?.iter().all(|token| !token.is(Role::WORK.or(Role::NEED)) && token.joined());
    plain.then(|| Introduction { voice: voice(cast, tokens, at), deed, content })
}

/// "Kết luận của đồng chí X, Bí thư …:", also where the words follow in the next paragraph.
fn concluding(cast: &Cast<'_>, tokens: &[Token]) -> Option<Introduction> {
    let stop = tokens.len().min(INTRODUCTION_TOKENS_MAX);
    let at = (2..stop.min(8)).find(|&at| tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Person(_))))?;
    let content = (at + 1..stop)
        .find(|&at| tokens.get(at).is_some_and(|token| token.mark == ':'))
        .or((tokens.len() <= INTRODUCTION_TOKENS_MAX).then_some(tokens.len()))?;
    Some(Introduction { voice: voice(cast, tokens, at), deed: Deed::Conclude, content })
}

/// "Đồng chí X - Bí thư …: …"; a body only where `bodies` allows it.
fn by_colon(cast: &Cast<'_>, tokens: &[Token], from: usize, bodies: bool) -> Option<Introduction> {
    let stop = tokens.len().min(from + INTRODUCTION_TOKENS_MAX);
    let content = (from + 1..stop).find(|&at| tokens.get(at).is_some_and(|token| token.mark == ':'))?;
    let named = |token: &Token| match token.kind {
        Kind::Person(_) => true,
        Kind::Body(_) => bodies,
        Kind::Word => false,
    };
    let at = (from..content.min(from + 8)).find(|&at| tokens.get(at).is_some_and(named))?;
    let before = tokens.get(from..at)?.iter().all(|token| {
        token.is(Role::ADDRESS.or(Role::TITLE).or(Role::LEADERS).or(Role::HEAD)) || lexicon::key(span_text(cast.text, token.span)) == "của"
    });
    let verb = Role::SAY.or(Role::ASK).or(Role::PLEAD).or(Role::ORDER).or(Role::REPORT).or(Role::CONCLUDE).or(Role::WORK).or(Role::NEED);
    let titles = tokens.get(at + 1..content)?.iter().all(|token| token.kind != Kind::Word || !token.is(verb) || token.capital);
    let people = tokens.get(from..content)?.iter().filter(|token| matches!(token.kind, Kind::Person(_))).count();
    let speech = tokens.len().saturating_sub(content) >= SPEECH_TOKENS_MIN;
    (before && titles && speech && people <= 1).then(|| Introduction { voice: voice(cast, tokens, at), deed: Deed::Say, content })
}

/// "nghe Báo cáo số … của X": the words that say that X reported, and X.
pub fn heard(cast: &Cast<'_>, tokens: &[Token], range: &std::ops::Range<usize>) -> Option<(std::ops::Range<usize>, Voice)> {
    let key = |at: usize| tokens.get(at).map(|token| lexicon::phrase_key(span_text(cast.text, token.span))).unwrap_or_default();
    let from = (range.start..range.end).find(|&at| key(at) == "nghe" || key(at).ends_with(" nghe"))?;
    let stop = range.end.min(from + INTRODUCTION_TOKENS_MAX);
    tokens.get(from + 1).filter(|token| token.is(Role::REPORT) && token.joined())?;
    let of = (from + 2..stop).find(|&at| key(at) == "của")?;
    let name = (of + 1..stop.min(of + 4)).find(|&at| tokens.get(at).is_some_and(|token| token.kind != Kind::Word && token.joined()))?;
    Some((from..name + 1, voice(cast, tokens, name)))
}

/// The voice of the name at `at`.
fn voice(cast: &Cast<'_>, tokens: &[Token], at: usize) -> Voice {
    match tokens.get(at).map(|token| token.kind) {
        Some(Kind::Person(index)) => cast.person(index),
        Some(Kind::Body(index)) => cast.body(index),
        _ => Voice::default(),
    }
}

/// The strongest deed that the words tell: "Phát biểu kết luận buổi làm việc, đồng chí X khẳng định" concludes.
pub fn strongest(tokens: &[Token], deed: Deed) -> Deed {
    let says = |role: Role| tokens.iter().any(|token| token.kind == Kind::Word && token.is(role));
    match deed {
        Deed::Conclude => Deed::Conclude,
        _ if says(Role::CONCLUDE) => Deed::Conclude,
        _ if tokens.first().is_some_and(|first| first.capital && first.kind == Kind::Word && first.is(Role::REPORT)) => Deed::Report,
        _ => deed,
    }
}

/// Where the words of the speaker begin: behind a colon, at a verb that is part of them, behind one that is not, in the next
/// sentence where this one only names what is presented. `None` where nothing that was said follows.
pub fn said_from(text: &str, tokens: &[Token], frame: &Frame, end: usize) -> Option<usize> {
    let verb = tokens.get(frame.verb)?;
    let start = |at: usize| tokens.get(at).map(|token| token.span.start);
    if frame.listed {
        return if frame.content < tokens.len() { start(frame.content) } else { None };
    }
    let key = lexicon::phrase_key(span_text(text, verb.span));
    let presents = verb.is(Role::REPORT.or(Role::CONCLUDE)) || PRESENTING.contains(&key.as_str());
    if presents {
        return if end < tokens.len() { start(end) } else { None };
    }
    if verb.is(Role::PRAISE.or(Role::URGE).or(Role::AGREE)) {
        return start(frame.verb);
    }
    let rest = tokens.get(frame.verb + 1..end)?;
    (!rest.is_empty()).then(|| start(frame.verb + 1)).flatten()
}

/// Verbs that name the speech, not its words.
const PRESENTING: [&str; 14] = [
    "phát biểu",
    "trao đổi",
    "thảo luận",
    "tham luận",
    "giải trình",
    "có ý kiến",
    "cho ý kiến",
    "ý kiến",
    "khai mạc",
    "trả lời",
    "góp ý",
    "làm rõ",
    "bổ sung ý kiến",
    "thông báo",
];
