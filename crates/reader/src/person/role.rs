//! What a person does in the meeting, from the sentence in which the name stands.

use domain::fold::fold;
use domain::reading::MeetingRole;

use super::Mention;
use crate::layout::{Block, BlockKind};
use crate::lexicon::predicate::{REPORTS, SPEAKS};
use crate::token::Words;

/// A verb belongs to the person when at most this many words stand between.
const REACH: usize = 9;
/// The words of a sentence's opening that tell what a list of names is.
const OPENING_WORDS: usize = 60;

/// Whether the paper is telling who was there.
#[derive(Debug, Default, Clone, Copy)]
pub struct Attendance {
    heading: bool,
    intro: bool,
    chairs: bool,
    headline: bool,
}

/// Folded words of a line that opens a list of those present.
const OPENS_LIST: [&str; 10] =
    ["du hop", "thanh phan", "dai bieu", "moi du", "tham du", "du hoi nghi", "thu ky", "chu tri", "co mat", "dai dien"];

impl Attendance {
    /// Takes note of a heading ("THÀNH PHẦN") or of the line that opens a list ("Dự họp:").
    pub fn enter(&mut self, text: &str, block: &Block) {
        let words = block.span.of(text).unwrap_or("");
        self.headline = block.kind == BlockKind::Headline;
        match block.kind {
            BlockKind::Heading { .. } => *self = Self { heading: fold(words).contains("thanh phan"), ..Self::default() },
            BlockKind::Paragraph { item } if words.len() < 200 => {
                let key = fold(words);
                let opens = OPENS_LIST.iter().any(|word| key.contains(word));
                let nested = self.intro && words.starts_with(['*', '-', '+', '•', '–']);
                if key.ends_with(':') && nested && !opens {
                    self.chairs = false;
                } else if key.ends_with(':') {
                    (self.intro, self.chairs) = (opens, key.contains("chu tri"));
                } else if !item && !opens {
                    (self.intro, self.chairs) = (false, false);
                }
            }
            _ => (self.intro, self.chairs) = (false, false),
        }
    }

    /// Whether whoever is named now was there.
    const fn is_open(self) -> bool {
        self.heading || self.intro
    }
}

/// A person in a sentence.
struct Place<'w, 't> {
    words: &'w Words<'t>,
    /// The first token of the sentence.
    sentence: usize,
    /// The first token of the name.
    at: usize,
    /// The token behind the name and its positions.
    behind: usize,
    /// Whether nobody is named before in the sentence.
    first: bool,
}

/// Gives each mention of one block its role.
pub fn assign(words: &Words<'_>, mentions: &mut [Mention], attendance: Attendance) {
    let (mut at, mut sentence, mut previous_end) = (0, 0, 0);
    let mut joined = Vec::with_capacity(mentions.len());
    for mention in mentions.iter_mut() {
        while words.token(at).is_some_and(|token| token.span.start < mention.name.start) {
            if words.is_any(at, &[".", "!", "?"]) {
                sentence = at + 1;
            }
            at += 1;
        }
        let last =
            mention.positions.iter().filter(|span| span.start > mention.name.end).map(|span| span.end).max().unwrap_or(mention.name.end);
        let behind = (at..words.len()).find(|&i| words.token(i).is_some_and(|token| token.span.start >= last)).unwrap_or(words.len());
        let place = Place { words, sentence, at, behind, first: previous_end <= sentence };
        mention.role = place.role(attendance);
        mention.visits = place.after("làm việc với") || place.after("buổi làm việc tại");
        joined.push(words.is(behind, "và") || words.is_any(behind, &["cùng"]));
        previous_end = behind;
    }
    // "nghe đồng chí A và đồng chí B báo cáo": the verb is both people's.
    for i in (1..mentions.len()).rev() {
        let next = mentions[i].role;
        if joined[i - 1] && matches!(next, Some(MeetingRole::Reporter | MeetingRole::Speaker)) {
            mentions[i - 1].role = mentions[i - 1].role.max(next);
        }
    }
}

/// What opens a sentence that tells who was there.
const PRESENT: [&str; 18] = [
    "dự",
    "tham dự",
    "thành phần",
    "tham gia",
    "tiếp đoàn",
    "cùng đi",
    "có mặt",
    "mời dự",
    "đón tiếp",
    "tiếp và làm việc",
    "có các đồng chí",
    "có đồng chí",
    "có đ/c",
    "có các đ/c",
    "có ông",
    "có bà",
    "có các ông",
    "gồm có",
];

impl Place<'_, '_> {
    /// The strongest role that the sentence tells.
    fn role(&self, attendance: Attendance) -> Option<MeetingRole> {
        if attendance.chairs || self.concludes() || self.chairs() || self.opens_with(&["chủ trì", "đồng chủ trì", "chủ tọa"]) {
            return Some(MeetingRole::Chair);
        }
        if attendance.headline {
            return None;
        }
        let reports_first = self.first && self.opens_with(&["báo cáo với", "báo cáo tại", "báo cáo về", "trình bày", "báo cáo kết quả"]);
        if reports_first || REPORTS.iter().any(|verb| self.after(verb)) {
            return Some(MeetingRole::Reporter);
        }
        if self.speaks(attendance) {
            return Some(MeetingRole::Speaker);
        }
        (attendance.is_open() || PRESENT.iter().any(|phrase| self.before(phrase))).then_some(MeetingRole::Attendee)
    }

    fn concludes(&self) -> bool {
        (self.first && self.before("kết luận")) || self.after("kết luận")
    }

    fn chairs(&self) -> bool {
        (self.after("chủ trì") && !self.after("phối hợp"))
            || self.after("chủ tọa")
            || ["chủ trì của", "chủ trì :", "chủ tọa :"].iter().any(|phrase| self.near_before(phrase))
    }

    fn speaks(&self, attendance: Attendance) -> bool {
        let words = self.words;
        let closed = self.behind + usize::from(words.is(self.behind, ")"));
        let colon = words.is(closed, ":") && closed + 1 < words.len();
        let quoted = self.near_before("ý kiến của") || (words.is(self.sentence, "theo") && self.at <= self.sentence + 12);
        let opened = self.before("phát biểu") || self.before("thảo luận tại");
        (colon && !attendance.is_open()) || (self.first && (quoted || opened)) || SPEAKS.iter().any(|verb| self.after(verb))
    }

    /// Whether the phrase stands in the sentence before the name. A list of hundreds of names is one sentence: what opens
    /// it is near its beginning or near the name.
    fn before(&self, phrase: &str) -> bool {
        let opening = (self.sentence + OPENING_WORDS).min(self.at);
        (self.sentence..opening).chain(self.at.saturating_sub(REACH).max(opening)..self.at).any(|i| self.words.phrase(i, phrase).is_some())
    }

    /// Whether the sentence begins with one of the phrases: "Chủ trì hội nghị có các đồng chí: A, …; B, …".
    fn opens_with(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.words.phrase(self.sentence, phrase).is_some_and(|end| !self.words.is_any(end, &[","])))
    }

    fn near_before(&self, phrase: &str) -> bool {
        (self.at.saturating_sub(REACH).max(self.sentence)..self.at).any(|i| self.words.phrase(i, phrase).is_some())
    }

    fn after(&self, phrase: &str) -> bool {
        (self.behind..clause_end(self.words, self.behind)).any(|i| self.words.phrase(i, phrase).is_some())
    }
}

/// The verb stands before the next comma-free stop: a full stop, a semicolon, or after a few words.
fn clause_end(words: &Words<'_>, from: usize) -> usize {
    let from = if words.is(from, ",") { from + 1 } else { from };
    let to = (from + REACH).min(words.len());
    (from..to).find(|&i| words.is_any(i, &[".", ";", ":", "(", "\"", "“"])).unwrap_or(to)
}
