//! Who reports, speaks and concludes, made of what [`crate::act`] found: one entry a speaker and kind, from the text where it
//! tells the words, else from a caption, which gives its photo.

use std::collections::HashMap;

use domain::reading::{BodyDraft, Confidence, MeetingRole, PersonDraft, Span, StatementDraft, StatementKind};

use crate::act::{Acts, Deed, Utterance, end_of};

/// The drafts of the statements, in the order of the text.
pub fn statements(text: &str, acts: &Acts, people: &[PersonDraft], bodies: &[BodyDraft]) -> Vec<StatementDraft> {
    let concludes = acts.utterances.iter().find(|utterance| utterance.deed == Deed::Conclude && is_chair(acts, utterance));
    let begins = concludes.map(|utterance| utterance.act.start);
    let mut found: Vec<StatementDraft> = Vec::new();
    let mut places: HashMap<(Who, StatementKind), usize> = HashMap::new();
    for utterance in &acts.utterances {
        let Some(who) = who(utterance) else { continue };
        let kind = kind_of(acts, utterance, people, begins);
        let Some((span, confidence)) = words(text, acts, utterance) else { continue };
        if places.contains_key(&(who, kind)) {
            continue;
        }
        if let Some(draft) = draft(text, utterance, kind, span, confidence, people, bodies) {
            places.insert((who, kind), found.len());
            found.push(draft);
        }
    }
    for caption in &acts.captions {
        let Some(who) = who(caption) else { continue };
        let kind = kind_of(acts, caption, people, begins.map(|_| 0));
        let kinds = [kind, StatementKind::Conclusion, StatementKind::Report, StatementKind::Statement];
        let known = kinds.iter().find_map(|kind| places.get(&(who, *kind)).copied());
        if let Some(draft) = known.and_then(|index| found.get_mut(index)) {
            draft.photo = draft.photo.take().or_else(|| caption.photo.clone());
        } else if let Some(draft) = draft(text, caption, kind, caption.act, Confidence::Sure, people, bodies) {
            places.insert((who, kind), found.len());
            found.push(draft);
        }
    }
    found.sort_by_key(|draft| draft.span.start);
    found
}

/// A speaker, as the key of what is already known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Person(usize),
    Body(usize),
}

/// The named speaker; groups without a name give no statement.
fn who(utterance: &Utterance) -> Option<Who> {
    utterance.voice.person.map(Who::Person).or(utterance.voice.body.map(Who::Body))
}

fn is_chair(acts: &Acts, utterance: &Utterance) -> bool {
    acts.chair.is_some() && utterance.voice.person == acts.chair
}

/// The chair concludes, save before the words that say so; whoever reports in the meeting reports whatever the verb.
fn kind_of(acts: &Acts, utterance: &Utterance, people: &[PersonDraft], begins: Option<usize>) -> StatementKind {
    if is_chair(acts, utterance) {
        let before = begins.is_some_and(|begins| utterance.act.start < begins);
        return if before { StatementKind::Statement } else { StatementKind::Conclusion };
    }
    let reports =
        utterance.voice.person.and_then(|index| people.get(index)).is_some_and(|person| person.role == Some(MeetingRole::Reporter));
    match utterance.deed {
        Deed::Conclude if utterance.voice.person.is_some() && acts.chair.is_none() => StatementKind::Conclusion,
        Deed::Report => StatementKind::Report,
        _ if reports => StatementKind::Report,
        _ => StatementKind::Statement,
    }
}

/// The stretch of what was said; else the request with its verb; else the words that say that someone spoke.
fn words(text: &str, acts: &Acts, utterance: &Utterance) -> Option<(Span, Confidence)> {
    if let Some(said) = utterance.said {
        let end = end_of(&acts.cuts, said, utterance.end);
        if let Some(span) = trimmed(text, Span { start: said, end }) {
            return Some((span, Confidence::Sure));
        }
        let end = end_of(&acts.turns, said, utterance.end);
        if let Some(span) = trimmed(text, Span { start: said, end }) {
            return Some((span, Confidence::Fair));
        }
    }
    let span = utterance.request.or_else(|| trimmed(text, utterance.act))?;
    Some((span, Confidence::Fair))
}

/// Without white space, marks and joining words at the end.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let mut words = span.of(text)?;
    loop {
        let bare =
            words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '-' | '–' | '“' | '"' | '/' | '…'));
        let bare = TIES.iter().find_map(|tie| bare.strip_suffix(tie).filter(|rest| rest.ends_with(char::is_whitespace))).unwrap_or(bare);
        if bare.len() == words.len() {
            break;
        }
        words = bare;
    }
    let closes = span.of(text)?.get(words.len()..)?.starts_with(['"', '”']);
    let end = span.start + words.len() + if closes && words.matches('"').count() % 2 == 1 { 1 } else { 0 };
    (!words.is_empty()).then_some(Span { start: span.start, end })
}

/// What may stand between a speech and the request that ends it.
const TIES: [&str; 6] = ["đồng thời", "và", "từ đó", "trên cơ sở đó", "qua đó", "cũng"];

fn draft(
    text: &str,
    utterance: &Utterance,
    kind: StatementKind,
    span: Span,
    confidence: Confidence,
    people: &[PersonDraft],
    bodies: &[BodyDraft],
) -> Option<StatementDraft> {
    let speaker = utterance.voice.person.and_then(|index| people.get(index)).map(|person| person.name.clone());
    let body = utterance.voice.body.filter(|_| speaker.is_none()).and_then(|index| bodies.get(index)).map(|body| body.name.clone());
    let quote = span.of(text)?.to_owned();
    Some(StatementDraft { speaker, body, kind, quote, photo: utterance.photo.clone(), span, confidence })
}
