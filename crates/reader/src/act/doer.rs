//! Who is asked or charged: the noun phrase behind the verb, who leads the work and who works along.

use std::ops::Range;

use domain::reading::Span;

use super::lexicon::Role;
use super::token::{Kind, Token, span_of, span_text};

/// The longest list of doers, in tokens.
const DOER_TOKENS_MAX: usize = 60;

/// The end of the noun phrase that begins at `at`: bodies, groups, areas, people with their titles, joined by commas and "và".
pub fn noun_phrase(tokens: &[Token], at: usize, end: usize) -> Option<usize> {
    if !tokens.get(at).is_some_and(starts_doer) {
        return None;
    }
    let stop = end.min(at + DOER_TOKENS_MAX).min(tokens.len());
    let mut next = at + 1;
    while next < stop && continues(tokens, at, next) {
        next += 1;
    }
    let trailing = |token: &Token| token.is(Role::AND) && token.kind == Kind::Word && !token.capital;
    while next > at + 1 && tokens.get(next - 1).is_some_and(trailing) {
        next -= 1;
    }
    Some(next)
}

/// Whether a doer's name can begin with this token.
pub fn starts_doer(token: &Token) -> bool {
    let heads = Role::HEAD.or(Role::AREA).or(Role::ADDRESS).or(Role::TITLE).or(Role::GROUP).or(Role::LEADERS).or(Role::OUTSIDE);
    token.kind != Kind::Word || token.is(heads)
}

/// Whether the token `at` still belongs to the phrase that begins at `first`.
fn continues(tokens: &[Token], first: usize, at: usize) -> bool {
    let (Some(token), Some(before), Some(head)) = (tokens.get(at), tokens.get(at - 1), tokens.get(first)) else { return false };
    let named = matches!(token.kind, Kind::Person(_) | Kind::Body(_));
    match token.mark {
        ' ' if named => true,
        ' ' if token.is(Role::AND) && !token.capital => {
            tokens.get(at + 1).is_some_and(|next| next.joined() && (starts_doer(next) && !is_verb(next) || next.capital))
        }
        ' ' if before.is(Role::AND) && before.kind == Kind::Word => starts_doer(token) || token.capital,
        ' ' if is_verb(token) => before.kind == Kind::Word && before.is(Role::HEAD) && token.capital,
        ' ' => !(token.is(Role::ADVERB.or(Role::WITH).or(Role::LEAD).or(Role::PROMISE).or(Role::FACT)) && !token.capital || is_time(token)),
        ',' => named || (starts_doer(token) && !is_verb(token)) || (token.capital && head.capital && !matches!(head.kind, Kind::Person(_))),
        '-' => token.capital,
        ':' => before.is(Role::HEAD) && before.kind == Kind::Word && token.capital && at < first + 3,
        _ => false,
    }
}

/// A lower-case verb ends a name; a capital one is part of it ("Ủy ban Kiểm tra").
fn is_verb(token: &Token) -> bool {
    let verbs = Role::WORK.or(Role::NEED).or(Role::ASK).or(Role::ORDER).or(Role::LEAD).or(Role::WITH).or(Role::REPORT).or(Role::PLEAD);
    token.kind == Kind::Word && token.is(verbs) && !token.capital
}

/// "trước", "trong", "tại": a time or a place behind the name.
fn is_time(token: &Token) -> bool {
    token.kind == Kind::Word && !token.capital && token.is(Role::TOPIC) && !token.is(Role::AND.or(Role::RELATED))
}

/// Who leads and who works along.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doers {
    /// As printed.
    pub lead: Option<String>,
    /// As printed, one by one.
    pub cooperating: Vec<String>,
}

/// Reads the doers of an order whose addressee is `doer`, from the words behind it up to `end`. "Giao A chỉ đạo B chủ trì"
/// charges B; those behind "phối hợp với" work along.
pub fn doers(text: &str, tokens: &[Token], doer: Range<usize>, end: usize) -> Doers {
    let mut found = Doers { lead: phrase(text, tokens, &doer), cooperating: Vec::new() };
    let mut at = doer.end;
    let limit = end.min(doer.end + DOER_TOKENS_MAX);
    while at < limit {
        let Some(token) = tokens.get(at) else { break };
        if token.mark == ';' || token.mark == '.' {
            break;
        }
        if token.is(Role::WITH) && token.kind == Kind::Word && !token.capital {
            let Some(stop) = noun_phrase(tokens, at + 1, end) else { break };
            found.cooperating = list(text, tokens, at + 1..stop);
            break;
        }
        let leads_below = token.kind != Kind::Word && token.joined();
        if let Some(stop) =
            noun_phrase(tokens, at, end).filter(|&stop| leads_below && tokens.get(stop).is_some_and(|next| next.is(Role::LEAD)))
        {
            found.lead = phrase(text, tokens, &(at..stop));
            at = stop;
        }
        at += 1;
    }
    found
}

/// The words of a range of tokens.
pub fn phrase(text: &str, tokens: &[Token], range: &Range<usize>) -> Option<String> {
    span_of(tokens, range).map(|span| span_text(text, span).to_owned())
}

/// One entry a name: cut at commas and "và" before a new name, not inside a name ("Kế hoạch và Đầu tư") nor inside a group
/// ("các sở, ngành liên quan"). "các sở: Nội vụ, Tài chính" gives each with its kind.
fn list(text: &str, tokens: &[Token], range: Range<usize>) -> Vec<String> {
    let mut names = Vec::new();
    let mut start = range.start;
    let mut kind: Option<String> = None;
    for at in range.start + 1..=range.end {
        let last = at == range.end;
        let (Some(here), Some(before)) = (tokens.get(at.min(range.end - 1)), tokens.get(at - 1)) else { break };
        if !last && here.mark == ':' {
            kind = singular(span_text(text, before.span));
            start = at;
            continue;
        }
        let joint = before.kind == Kind::Word && before.is(Role::AND) && !before.capital;
        let grouped =
            tokens.get(start).is_some_and(|first| first.kind == Kind::Word && !first.capital) && here.kind == Kind::Word && !here.capital;
        let begins = (starts_doer(here) && !grouped) || (kind.is_some() && here.capital);
        if last || (begins && (here.mark == ',' || joint)) {
            let end = if joint && !last { at - 1 } else { at };
            if let Some(name) = span_of(tokens, &(start..end)).map(|span: Span| span_text(text, span)) {
                names.push(kind.as_ref().map_or_else(|| name.to_owned(), |kind| format!("{kind} {name}")));
            }
            start = at;
        }
    }
    names
}

/// "các sở" of "các sở: Nội vụ" is "Sở".
fn singular(plural: &str) -> Option<String> {
    let word = plural.split_whitespace().next_back()?;
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}

/// Those who work along, named anywhere in an order.
pub fn cooperating(text: &str, tokens: &[Token], range: Range<usize>) -> Vec<String> {
    let mut at = range.start;
    while at < range.end {
        let Some(token) = tokens.get(at) else { break };
        let stop = if token.is(Role::WITH) && token.kind == Kind::Word { noun_phrase(tokens, at + 1, range.end) } else { None };
        if let Some(stop) = stop {
            return list(text, tokens, at + 1..stop);
        }
        at += 1;
    }
    Vec::new()
}
