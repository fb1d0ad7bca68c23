//! What a person does in the meeting, from the sentence in which the name stands.

use domain::fold::fold;
use domain::reading::{MeetingRole, Span};

use super::Mention;
use crate::layout::{Block, BlockKind};
use crate::lexicon::predicate::{REPORTS, SPEAKS};
use crate::token::Words;

/// A verb belongs to the person when at most this many words stand between.
const REACH: usize = 9;

/// Whether the paper is telling who was there.
#[derive(Debug, Default)]
pub struct Attendance {
    heading: bool,
    intro: bool,
}

impl Attendance {
    /// Takes note of a heading ("THÀNH PHẦN") or of the line that opens a list ("Dự họp:").
    pub fn enter(&mut self, text: &str, block: &Block) {
        let words = block.span.of(text).unwrap_or("");
        match block.kind {
            BlockKind::Heading { .. } => {
                let key = fold(words);
                self.heading = key.contains("thanh phan");
                self.intro = false;
            }
            BlockKind::Paragraph { .. } if words.len() < 200 => {
                let key = fold(words);
                let opens = ["du hop", "thanh phan", "dai bieu", "moi du", "tham du", "du hoi nghi", "thu ky", "chu tri", "co mat"]
                    .iter()
                    .any(|word| key.contains(word));
                if key.ends_with(':') {
                    self.intro = opens;
                } else if !matches!(block.kind, BlockKind::Paragraph { item: true }) && !opens {
                    self.intro = false;
                }
            }
            _ => self.intro = false,
        }
    }

    /// Whether whoever is named now was there.
    pub const fn is_open(&self) -> bool {
        self.heading || self.intro
    }
}

/// Gives each mention of one block its role.
pub fn assign(words: &Words<'_>, mentions: &mut [Mention], attendance: bool, headline: bool) {
    let mut at = 0;
    let mut sentence = 0;
    let mut previous_end = 0;
    for mention in mentions {
        while words.token(at).is_some_and(|token| token.span.start < mention.name.start) {
            if words.is_any(at, &[".", "!", "?"]) {
                sentence = at + 1;
            }
            at += 1;
        }
        let last =
            mention.positions.iter().filter(|span| span.start > mention.name.end).map(|span| span.end).max().unwrap_or(mention.name.end);
        let behind = index_behind(words, at, last);
        mention.role = role(words, sentence, at, behind, previous_end <= sentence, attendance, headline, mention.name);
        previous_end = behind;
    }
}

fn index_behind(words: &Words<'_>, from: usize, end: usize) -> usize {
    (from..words.len()).find(|&i| words.token(i).is_some_and(|token| token.span.start >= end)).unwrap_or(words.len())
}

#[allow(clippy::too_many_arguments)]
fn role(
    words: &Words<'_>,
    sentence: usize,
    at: usize,
    behind: usize,
    first: bool,
    attendance: bool,
    headline: bool,
    _name: Span,
) -> Option<MeetingRole> {
    let before = |phrase: &str| (sentence..at).any(|i| words.phrase(i, phrase).is_some());
    let near_before = |phrase: &str| (at.saturating_sub(REACH).max(sentence)..at).any(|i| words.phrase(i, phrase).is_some());
    let reach = clause_end(words, behind);
    let after = |phrase: &str| (behind..reach).any(|i| words.phrase(i, phrase).is_some());
    let concludes = (first && before("kết luận")) || after("kết luận");
    let chairs = (after("chủ trì") && !after("phối hợp"))
        || near_before("chủ trì của")
        || near_before("chủ trì :")
        || (first && near_before("do") && after("chủ trì"));
    if concludes || chairs || after("chủ tọa") || near_before("chủ tọa :") {
        return Some(MeetingRole::Chair);
    }
    if headline {
        return None;
    }
    if REPORTS.iter().any(|verb| after(verb)) {
        return Some(MeetingRole::Reporter);
    }
    let colon = words.is(behind, ":") && behind + 1 < words.len();
    let quoted = first && (near_before("ý kiến của") || (words.is(sentence, "theo") && at <= sentence + 12));
    let speaking = first && (before("phát biểu") || before("thảo luận tại"));
    if colon && !attendance || quoted || speaking || SPEAKS.iter().any(|verb| after(verb)) {
        return Some(MeetingRole::Speaker);
    }
    let told =
        ["dự", "tham dự", "thành phần", "tham gia", "tiếp đoàn", "cùng đi", "có mặt", "mời dự", "đón tiếp", "tiếp và làm việc", "cùng dự"]
            .iter()
            .any(|phrase| before(phrase));
    let present = (sentence..at).any(|i| {
        words.phrase(i, "có các đồng chí").is_some() || words.phrase(i, "có đồng chí").is_some() || words.phrase(i, "có đ/c").is_some()
    });
    (attendance || told || present).then_some(MeetingRole::Attendee)
}

/// The verb stands before the next comma-free stop: a full stop, a semicolon, or after a few words.
fn clause_end(words: &Words<'_>, from: usize) -> usize {
    let from = if words.is(from, ",") { from + 1 } else { from };
    let to = (from + REACH).min(words.len());
    (from..to).find(|&i| words.is_any(i, &[".", ";", ":", "(", "\"", "“"])).unwrap_or(to)
}
