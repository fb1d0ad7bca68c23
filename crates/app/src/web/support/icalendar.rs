//! Calendars as RFC 5545 writes them: lines of at most 75 octets, ended by CR and LF, with their texts escaped.

use std::fmt::Display;

use domain::moment::Moment;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::strtime;

/// The media type.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";
/// Octets of a line without its end (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// A calendar that is being written.
#[derive(Debug, Default)]
pub struct Calendar(String);

impl Calendar {
    /// A line whose value stands as it is: a number, an address, a word of the standard.
    pub fn line(&mut self, name: &str, value: impl Display) {
        // A break in a value would begin a line that nobody wrote.
        let line: String = format!("{name}:{value}").chars().filter(|letter| !letter.is_control()).collect();
        let mut room = LINE_OCTETS_MAX;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                // The space counts.
                room = LINE_OCTETS_MAX - 1;
            }
            room -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }

    /// A line of text for people.
    pub fn text(&mut self, name: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len() + 8);
        for letter in text.replace("\r\n", "\n").chars() {
            match letter {
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                '\n' => escaped.push_str("\\n"),
                letter => escaped.push(letter),
            }
        }
        self.line(name, escaped);
    }

    /// A whole day: its last moment is the first of the next day.
    pub fn whole_day(&mut self, day: Date) {
        self.line("DTSTART;VALUE=DATE", basic(day));
        // There is no day after the last that calendars know; a start alone means one day.
        if let Ok(next) = day.tomorrow() {
            self.line("DTEND;VALUE=DATE", basic(next));
        }
    }

    /// A moment, by the clock of the world.
    pub fn moment(&mut self, name: &str, moment: Moment) {
        let at = Timestamp::from_millisecond(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
        if let Ok(printed) = strtime::format("%Y%m%dT%H%M%SZ", at) {
            self.line(name, printed);
        }
    }

    /// The calendar.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// `20240514`
fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl Fn(&mut Calendar)) -> String {
        let mut calendar = Calendar::default();
        write(&mut calendar);
        calendar.into_text()
    }

    /// What a reader of the standard makes of a text line.
    fn read(written: &str) -> String {
        let unfolded = written.replace("\r\n ", "");
        let (_, value) = unfolded.trim_end_matches("\r\n").split_once(':').unwrap();
        let mut text = String::new();
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match (letter, letter == '\\') {
                (_, true) => text.push(letters.next().map_or('\\', |next| if next == 'n' { '\n' } else { next })),
                (letter, false) => text.push(letter),
            }
        }
        text
    }

    #[test]
    fn lines_are_written_as_the_standard_wants() {
        assert_eq!(written(|calendar| calendar.line("VERSION", "2.0")), "VERSION:2.0\r\n");
        assert_eq!(written(|calendar| calendar.text("SUMMARY", "a, b; c\\d\ne")), "SUMMARY:a\\, b\\; c\\\\d\\ne\r\n");
        assert_eq!(
            written(|calendar| calendar.whole_day(date(2024, 12, 31))),
            "DTSTART;VALUE=DATE:20241231\r\nDTEND;VALUE=DATE:20250101\r\n"
        );
        assert_eq!(written(|calendar| calendar.whole_day(Date::MAX)), "DTSTART;VALUE=DATE:99991231\r\n");
        assert_eq!(written(|calendar| calendar.moment("DTSTAMP", Moment(1_716_170_400_999))), "DTSTAMP:20240520T020000Z\r\n");
        assert_eq!(written(|calendar| calendar.line("URL", "a\r\nATTENDEE:b")), "URL:aATTENDEE:b\r\n", "no line from within a value");
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_short_lines(text in "[\\PC\n]{0,300}") {
            let line = written(|calendar| calendar.text("DESCRIPTION", &text));
            prop_assert!(line.split("\r\n").all(|line| line.len() <= LINE_OCTETS_MAX));
            prop_assert_eq!(read(&line), text);
        }
    }
}
