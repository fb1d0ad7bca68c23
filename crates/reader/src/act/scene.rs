//! Where in the paper the walk is: under which heading, in which open list, in whose speech.

use super::lexicon;
use super::voice::Voice;

/// What the running text does until something else begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Tells on its own.
    #[default]
    Quiet,
    /// Repeats what the voice says.
    Said,
    /// Lists orders.
    Tasks,
    /// Lists requests.
    Requests,
}

/// What the heading above announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Topic {
    /// Nothing of these.
    #[default]
    Other,
    /// *đánh giá, kết quả, hạn chế*
    Assessment,
    /// *nhiệm vụ, tổ chức thực hiện*
    Duties,
    /// *kiến nghị, đề xuất*
    Requests,
    /// *kết luận*
    Conclusion,
}

/// Headings by their words; the first that fits counts.
const TOPICS: [(Topic, &[&str]); 4] = [
    (Topic::Requests, &["kiến nghị", "đề xuất", "đề nghị"]),
    (Topic::Duties, &["nhiệm vụ", "giải pháp", "tổ chức thực hiện", "phân công", "công việc", "thời gian tới", "yêu cầu"]),
    (Topic::Conclusion, &["kết luận"]),
    (
        Topic::Assessment,
        &[
            "đánh giá",
            "kết quả",
            "tình hình",
            "ưu điểm",
            "hạn chế",
            "tồn tại",
            "khó khăn",
            "nguyên nhân",
            "nhận định",
            "thuận lợi",
            "kết luận chung",
        ],
    ),
];

/// What a heading announces.
pub fn topic_of(heading: &str) -> Topic {
    let heading = lexicon::phrase_key(heading.get(..heading.floor_char_boundary(HEADING_BYTES_MAX)).unwrap_or(heading));
    TOPICS.iter().find(|(_, cues)| cues.iter().any(|cue| heading.contains(cue))).map_or(Topic::Other, |(topic, _)| *topic)
}

/// Headings are read this far.
const HEADING_BYTES_MAX: usize = 400;

/// The marker of an item: its shape tells items of one list from those of the list inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// "1.", "2.3.": how many numbers.
    Number(u8),
    /// "a)"
    Letter,
    /// "-", "+"
    Sign(char),
    /// A paragraph without a marker.
    None,
}

/// Reads the marker of an item.
pub fn marker_of(marker: &str) -> Marker {
    let marker = marker.trim();
    let Some(first) = marker.chars().next() else { return Marker::None };
    if first.is_ascii_digit() {
        let numbers = marker.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count();
        Marker::Number(u8::try_from(numbers).unwrap_or(u8::MAX))
    } else if first.is_alphabetic() {
        Marker::Letter
    } else {
        Marker::Sign(first)
    }
}

/// A list whose opening line has been read: its items go on in this mode.
#[derive(Debug, Clone)]
pub struct List {
    /// The marker of the line that opened it.
    pub opener: Marker,
    /// What its items are.
    pub state: State,
}

/// Who speaks to whom, and what the running text is.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What goes on.
    pub mode: Mode,
    /// Who speaks, asks or orders.
    pub voice: Option<Voice>,
    /// Who is charged or asked.
    pub doer: Option<String>,
}

/// The walk's memory.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// What goes on now.
    pub state: State,
    /// Open lists, the outermost first.
    pub lists: Vec<List>,
    /// What the headings above announce, by level.
    pub topics: Vec<(u8, Topic)>,
    /// The body in whose name the paper speaks.
    pub author: Option<Voice>,
    /// The last one who was named as a speaker.
    pub last: Option<Voice>,
    /// The chair's conclusion has begun.
    pub concluding: bool,
}

/// Lists inside lists; deeper ones are read as their parent.
const LISTS_MAX: usize = 6;

impl Scene {
    /// What the nearest heading with a known topic announces.
    pub fn topic(&self) -> Topic {
        self.topics.iter().rev().map(|(_, topic)| *topic).find(|topic| *topic != Topic::Other).unwrap_or_default()
    }

    /// A heading closes the lists and the headings of its level and below.
    pub fn enter_heading(&mut self, level: u8, topic: Topic) {
        self.topics.retain(|(above, _)| *above < level);
        self.topics.push((level, topic));
        self.lists.clear();
    }

    /// An item numbered like a heading of this level ends the headings from that level on.
    pub fn leave_headings(&mut self, level: u8) {
        let before = self.topics.len();
        self.topics.retain(|(below, _)| *below < level);
        if self.topics.len() < before {
            self.state.doer = None;
            self.state.mode = Mode::Quiet;
        }
    }

    /// An item closes the lists that an item of its own kind opened, and goes on in the one that is left.
    pub fn enter_item(&mut self, marker: Marker) {
        if let Some(at) = self.lists.iter().position(|list| list.opener == marker) {
            self.lists.truncate(at);
            self.state.mode = Mode::Quiet;
            self.state.doer = None;
        }
        if let Some(list) = self.lists.last() {
            self.state = list.state.clone();
        }
    }

    /// Opens a list under a line with this marker.
    pub fn open_list(&mut self, opener: Marker) {
        if self.lists.len() < LISTS_MAX {
            self.lists.push(List { opener, state: self.state.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_headings_and_markers() {
        assert_eq!(topic_of("V. ĐỀ XUẤT, KIẾN NGHỊ"), Topic::Requests);
        assert_eq!(topic_of("II. NHIỆM VỤ TRỌNG TÂM"), Topic::Duties);
        assert_eq!(topic_of("Kết quả chung"), Topic::Assessment);
        assert_eq!(topic_of("Thành phần"), Topic::Other);
        assert_eq!(marker_of("2.3. "), Marker::Number(2));
        assert_eq!(marker_of("a) "), Marker::Letter);
        assert_eq!(marker_of("- "), Marker::Sign('-'));
        assert_eq!(marker_of(""), Marker::None);
    }
}
