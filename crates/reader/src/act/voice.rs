//! Who speaks: the subject in front of a verb, resolved to a person, a body, an area or an unnamed group.

use domain::reading::{BodyDraft, MeetingRole, PersonDraft, Span};

use super::lexicon::{self, Role};
use super::rank::{self, Rank};
use super::token::{Kind, Token, span_text};

/// The longest subject, in tokens; longer ones are whole clauses.
const SUBJECT_TOKENS_MAX: usize = 40;
/// The longest chain of adverbs and verbs between a subject and its last verb, in tokens.
const FILLER_TOKENS_MAX: usize = 12;

/// One who speaks, asks or orders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Voice {
    /// The person's index.
    pub person: Option<usize>,
    /// The body's index, of a body itself or of its unnamed leaders.
    pub body: Option<usize>,
    /// How a request or an order names them.
    pub name: String,
    /// How high they stand; 0 is unknown.
    pub rank: Rank,
}

/// Everyone whom the paper names.
#[derive(Clone)]
pub struct Cast<'a> {
    /// The paper's text.
    pub text: &'a str,
    /// People in the order of the text.
    pub people: &'a [PersonDraft],
    /// Bodies in the order of the text.
    pub bodies: &'a [BodyDraft],
    /// Who chairs the meeting.
    pub chair: Option<usize>,
    /// The ranks of the people, by index.
    people_ranks: Vec<Rank>,
    /// The ranks of the bodies, by index.
    bodies_ranks: Vec<Rank>,
    /// The positions of the first people, as titles are compared.
    posts: Vec<Vec<String>>,
}

impl<'a> Cast<'a> {
    /// The chair is the person with that role.
    pub fn new(text: &'a str, people: &'a [PersonDraft], bodies: &'a [BodyDraft]) -> Self {
        let chair = people.iter().position(|person| person.role == Some(MeetingRole::Chair));
        let people_ranks = people.iter().map(|person| rank::rank_of_positions(&person.positions)).collect();
        let bodies_ranks = bodies.iter().map(|body| rank::rank_of(&body.name)).collect();
        let posts =
            |person: &PersonDraft| person.positions.iter().take(POSITIONS_MAX).map(|position| lexicon::phrase_key(position)).collect();
        let posts = people.iter().take(PEOPLE_MAX).map(posts).collect();
        Self { text, people, bodies, chair, people_ranks, bodies_ranks, posts }
    }

    /// The voice of a person.
    pub fn person(&self, index: usize) -> Voice {
        let name = self.people.get(index).map_or(String::new(), |person| person.name.clone());
        let rank = self.people_ranks.get(index).copied().unwrap_or(0);
        Voice { person: Some(index), body: None, name, rank }
    }

    /// The voice of a body.
    pub fn body(&self, index: usize) -> Voice {
        let name = self.bodies.get(index).map_or(String::new(), |body| body.name.clone());
        let rank = self.bodies_ranks.get(index).copied().unwrap_or(0);
        Voice { person: None, body: Some(index), name, rank }
    }

    /// The voice of whoever the words name, without a body or a person of the paper.
    pub fn group(name: &str) -> Voice {
        let outside = lexicon::longest_of(name).is_some_and(|role| role.is(Role::OUTSIDE));
        let rank = if outside { rank::OUTSIDE } else { rank::rank_of(name) };
        Voice { person: None, body: None, name: name.to_owned(), rank }
    }

    /// Whether the voice is the chair's.
    pub fn is_chair(&self, voice: &Voice) -> bool {
        voice.person.is_some() && voice.person == self.chair
    }

    /// The body that issues a paper with these lines above its symbol: the last lines that make the name of a body of the paper,
    /// "UBND" and "ỦY BAN NHÂN DÂN" being the same; else the last line.
    pub fn author(&self, letterhead: &[String]) -> Option<Voice> {
        let bodies: Vec<String> = self.bodies.iter().take(PEOPLE_MAX).map(|body| spelled_out(&body.name)).collect();
        let known = (0..letterhead.len()).find_map(|from| {
            let name = spelled_out(&letterhead.get(from..).unwrap_or_default().join(" "));
            bodies.iter().position(|body| *body == name || longer(&name, body) && body.split(' ').count() > 4)
        });
        known.map(|index| self.body(index)).or_else(|| letterhead.last().map(|line| Self::group(line)))
    }

    /// The one person who stands above all others whom the paper names.
    pub fn highest(&self) -> Option<usize> {
        let heights: Vec<(Rank, u8)> = self
            .people
            .iter()
            .zip(&self.people_ranks)
            .map(|(person, rank)| (*rank, rank::weight_of_positions(&person.positions)))
            .collect();
        let best = heights.iter().copied().max().filter(|(rank, _)| *rank > 0)?;
        let mut holders = (0..heights.len()).filter(|&index| heights.get(index) == Some(&best));
        holders.next().filter(|_| holders.next().is_none())
    }

    /// Whether the voice is that of one who reports to the meeting.
    pub fn reports(&self, voice: &Voice) -> bool {
        voice.person.and_then(|index| self.people.get(index)).is_some_and(|person| person.role == Some(MeetingRole::Reporter))
    }

    /// "các đại biểu", "thành viên đoàn": those who sit in the meeting.
    pub fn is_audience(name: &str) -> bool {
        lexicon::longest_of(name).is_some_and(|role| role.is(Role::GROUP) && !role.is(Role::OUTSIDE))
    }

    /// The person who holds a position that the words name ("Bí thư Tỉnh ủy"), the chair first.
    fn holder(&self, title: &str) -> Option<usize> {
        let wanted = lexicon::phrase_key(title);
        if wanted.split_whitespace().count() > 16 {
            return None;
        }
        let holds = |posts: &Vec<String>| posts.iter().any(|held| *held == wanted || longer(held, &wanted) || longer(&wanted, held));
        let chair = self.chair.filter(|&index| self.posts.get(index).is_some_and(holds));
        chair.or_else(|| self.posts.iter().position(holds))
    }
}

/// More positions than these are not compared with a title.
const POSITIONS_MAX: usize = 12;

/// How many people are searched for a title, so that a list of thousands stays linear.
const PEOPLE_MAX: usize = 200;

/// A body's name in small letters with its abbreviations in full.
fn spelled_out(name: &str) -> String {
    lexicon::phrase_key(name).replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân")
}

/// Whether `long` is `short` and a place behind it.
fn longer(long: &str, short: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' ')) && short.contains(' ')
}

/// What stands in front of a verb.
#[derive(Debug, Clone)]
pub enum Subject {
    /// Someone, named from the token `start` on.
    Someone {
        /// Where the subject begins.
        start: usize,
        /// Who it is.
        voice: Voice,
    },
    /// "Đồng chí", "Ông": whoever spoke last.
    Same {
        /// Where it begins.
        start: usize,
    },
    /// Nobody: the verb begins the clause.
    Nobody {
        /// Where the clause begins.
        start: usize,
    },
}

/// The subject of the verb at `verb`, in tokens from `low` on; `None` where what stands there cannot be one.
pub fn subject(cast: &Cast<'_>, tokens: &[Token], low: usize, verb: usize) -> Option<Subject> {
    let mut end = verb;
    while end > low
        && verb - end < FILLER_TOKENS_MAX
        && matches!(mark(tokens, end), ' ' | ',')
        && tokens.get(end - 1).is_some_and(is_filler)
    {
        end -= 1;
    }
    let linked = mark(tokens, end) == ',' && tokens.get(end..verb).unwrap_or_default().iter().any(|token| token.is(Role::LINK));
    if linked && end > low {
        return None;
    }
    if end == low || !matches!(mark(tokens, end), ' ' | ',' | ')') {
        return Some(Subject::Nobody { start: end });
    }
    let mut start = end;
    while start > low && end - start < SUBJECT_TOKENS_MAX && !tokens.get(start - 1).is_some_and(stops_subject) {
        start -= 1;
        if !matches!(mark(tokens, start), ' ' | ',' | '-' | '(' | ')' | '"') {
            break;
        }
    }
    let clause = tokens.get(start..end)?;
    named_person(cast, clause, start).or_else(|| unnamed(cast, tokens, start, end))
}

/// The mark in front of a token.
fn mark(tokens: &[Token], at: usize) -> char {
    tokens.get(at).map_or('.', |token| token.mark)
}

/// Adverbs, and verbs of speech in a chain ("ghi nhận và đề nghị").
fn is_filler(token: &Token) -> bool {
    token.kind == Kind::Word
        && !token.capital
        && token.is(Role::ADVERB.or(Role::LINK).or(Role::SAY).or(Role::PRAISE).or(Role::AND).or(Role::CONCLUDE).or(Role::AGREE))
}

/// A verb ends the walk back from a verb to its subject.
fn stops_subject(token: &Token) -> bool {
    let verb = Role::WORK.or(Role::SAY).or(Role::REPORT).or(Role::CONCLUDE).or(Role::NEED).or(Role::ASK).or(Role::ORDER);
    token.kind == Kind::Word && token.is(verb) && !token.is(Role::TITLE.or(Role::HEAD).or(Role::GROUP).or(Role::LEADERS)) && !token.capital
}

/// The last person whom the clause names; titles may follow the name.
fn named_person(cast: &Cast<'_>, clause: &[Token], offset: usize) -> Option<Subject> {
    let at = clause.iter().rposition(|token| matches!(token.kind, Kind::Person(_)))?;
    let Kind::Person(index) = clause.get(at)?.kind else { return None };
    let mut start = at;
    while start > 0 && clause.get(start).is_some_and(|token| token.joined() || token.mark == ',') {
        let before = clause.get(start - 1)?;
        let of_title = before.is(Role::TITLE.or(Role::ADDRESS).or(Role::HEAD).or(Role::AREA))
            || before.capital
            || matches!(before.kind, Kind::Body(_));
        if !of_title {
            break;
        }
        start -= 1;
    }
    Some(Subject::Someone { start: offset + start, voice: cast.person(index) })
}

/// A pronoun, a title, a body with or without "lãnh đạo", an area, a group: what the last part of the clause begins with.
fn unnamed(cast: &Cast<'_>, tokens: &[Token], low: usize, end: usize) -> Option<Subject> {
    let cut = (low..end).rev().find(|&at| at == low || mark(tokens, at) == ',').unwrap_or(low);
    subject_at(cast, tokens, cut, end).or_else(|| {
        let last = tokens.get(end.checked_sub(1)?)?;
        match last.kind {
            Kind::Body(index) => Some(Subject::Someone { start: end - 1, voice: cast.body(index) }),
            _ => (low..end).rev().take(12).filter(|&at| starts_subject(tokens.get(at))).find_map(|at| subject_at(cast, tokens, at, end)),
        }
    })
}

/// Titles and areas may begin a subject behind a circumstance without a comma.
fn starts_subject(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.is(Role::TITLE.or(Role::ADDRESS).or(Role::LEADERS)))
}

/// The subject that begins at `at` and goes to `end`.
fn subject_at(cast: &Cast<'_>, tokens: &[Token], at: usize, end: usize) -> Option<Subject> {
    let first = tokens.get(at)?;
    let stretch = Span { start: first.span.start, end: tokens.get(end.checked_sub(1)?)?.span.end };
    let words = span_text(cast.text, stretch);
    let someone = |start: usize, voice: Voice| Some(Subject::Someone { start, voice });
    if first.is(Role::ADDRESS) && first.kind == Kind::Word {
        if at + 1 == end {
            return Some(Subject::Same { start: at });
        }
        return subject_at(cast, tokens, at + 1, end).map(|found| moved(found, at));
    }
    if first.is(Role::LEADERS) {
        let body = tokens.get(at + 1..end)?.iter().find_map(|token| if let Kind::Body(index) = token.kind { Some(index) } else { None });
        return someone(at, body.map_or_else(|| Cast::group(words), |index| cast.body(index)));
    }
    let counted = span_text(cast.text, first.span).starts_with(|c: char| c.is_ascii_digit());
    if counted && tokens.get(at + 1).is_some_and(|next| next.joined() && next.is(Role::GROUP) && at + 1 < end) {
        return subject_at(cast, tokens, at + 1, end);
    }
    if first.is(Role::GROUP) {
        return someone(at, Cast::group(words));
    }
    if first.is(Role::TITLE) {
        let known = cast.holder(words).map(|index| cast.person(index));
        return someone(at, known.unwrap_or_else(|| Cast::group(words)));
    }
    match first.kind {
        Kind::Body(index) => return someone(first_of_list(tokens, at), cast.body(index)),
        Kind::Person(index) => return someone(at, cast.person(index)),
        Kind::Word => {}
    }
    let place = tokens.get(at + 1..end)?.iter().all(|token| token.capital || matches!(token.kind, Kind::Body(_)));
    if (first.is(Role::AREA) && place && end - at <= 6) || first.is(Role::HEAD) {
        return someone(at, Cast::group(words));
    }
    None
}

/// The same subject, begun earlier.
fn moved(subject: Subject, start: usize) -> Subject {
    match subject {
        Subject::Someone { voice, .. } => Subject::Someone { start, voice },
        Subject::Same { .. } => Subject::Same { start },
        Subject::Nobody { .. } => Subject::Nobody { start },
    }
}

/// "Tỉnh ủy, HĐND, UBND tỉnh": the first of bodies that are joined by commas.
fn first_of_list(tokens: &[Token], at: usize) -> usize {
    let mut first = at;
    let body = |at: usize| tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Body(_)) && (at == 0 || !token.joined()));
    while first > 0 && mark(tokens, first) == ',' && body(first - 1) {
        first -= 1;
    }
    first
}
