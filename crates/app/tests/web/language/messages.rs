//! The messages as they are written, and the words of one language that must not stand on a page of the other.

use std::collections::BTreeSet;

/// The way to the other language, which is named in that language.
const OTHER_LANGUAGE: (&str, &str) = ("nav", "other_language");

/// A message in both languages.
pub struct Message {
    /// `section.key`
    pub key: String,
    pub vi: String,
    pub en: String,
}

/// Every message of `messages/`.
pub fn messages() -> Vec<Message> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/messages");
    let mut messages = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for (section, keys) in text.parse::<toml::Table>().unwrap() {
            for (key, texts) in keys.as_table().unwrap().iter().filter(|(key, _)| (section.as_str(), key.as_str()) != OTHER_LANGUAGE) {
                let of = |language: &str| texts[language].as_str().unwrap().replace('\u{a0}', " ");
                messages.push(Message { key: format!("{section}.{key}"), vi: of("vi"), en: of("en") });
            }
        }
    }
    messages
}

/// What a message prints besides its arguments, words of plurals too.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (index, part) in text.split(['{', '}']).enumerate() {
        match part.split_once(':') {
            _ if index % 2 == 0 => found.push(part.to_owned()),
            Some((_, words)) => found.extend(words.split('|').map(str::to_owned)),
            None => {}
        }
    }
    let trimmed = found.iter().map(|part| part.trim_matches(|c: char| !c.is_alphabetic()).to_owned());
    trimmed.filter(|part| part.chars().filter(|c| c.is_alphabetic()).count() >= 2).collect()
}

/// Whole pieces of the messages of one language that no message of the other language holds.
pub fn foreign_pieces(own: impl Fn(&Message) -> &str, other: impl Fn(&Message) -> &str) -> BTreeSet<String> {
    let messages = messages();
    let others: Vec<String> = messages.iter().map(|message| format!(" {} ", spaced(other(message)))).collect();
    let pieces = messages.iter().flat_map(|message| literals(own(message)));
    pieces.filter(|piece| !others.iter().any(|text| text.contains(&format!(" {} ", spaced(piece))))).collect()
}

/// The words of a text, small, each between single spaces: so that a piece is found as whole words only.
pub fn spaced(text: &str) -> String {
    let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

/// Whether a letter is one that English does not have.
pub fn has_vietnamese_mark(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && c != '×')
}
