//! What of a walk is in the wrong language.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::ledger::LedgerWords;
use super::markup::Piece;
use super::messages::{Message, foreign_pieces, has_vietnamese_mark, messages, spaced};
use super::walk::Seen;

/// Vietnamese that English pages say on purpose.
pub const NAMED: [(&str, &str); 4] = [
    ("Cột Mốc", "the program's name"),
    ("Mật, Tối mật", "the stamps as papers bear them"),
    ("Tuyệt mật", "the same"),
    ("“huyện”, “tỉnh”, “địa phương”", "words of drafts that the desk speaks of"),
];
/// Faults that are printed; the rest is the same again.
const PRINTED_MAX: usize = 60;

/// Everything wrong with the English pages.
pub fn faults_of_english(seen: &[Seen], ledger: &LedgerWords) -> Vec<String> {
    let foreign = padded(foreign_pieces(|message| &message.vi, |message| &message.en));
    let english: HashSet<String> = differing(|message| &message.en, |message| &message.vi);
    let mut faults = Vec::new();
    for (piece, page) in unlike(seen) {
        let fault = if piece.lang == "vi" {
            english.contains(&spaced(&piece.text)).then_some("an English message is marked as Vietnamese")
        } else {
            fault_in_english(piece, ledger, &foreign)
        };
        faults.extend(fault.map(|fault| said(fault, piece, page)));
    }
    faults
}

fn fault_in_english(piece: &Piece, ledger: &LedgerWords, foreign: &[String]) -> Option<&'static str> {
    let text = NAMED.iter().fold(piece.text.clone(), |text, (named, _)| text.replace(named, " "));
    if !has_vietnamese_mark(&text) {
        let words = format!(" {} ", spaced(&text));
        return (foreign.iter().any(|piece| words.contains(piece)) && !ledger.says(&text)).then_some("a Vietnamese message");
    }
    if ledger.says(&text) {
        return (!may_stay_unmarked(piece)).then_some("the ledger's words are not marked as Vietnamese");
    }
    has_vietnamese_mark(&ledger.without(&text)).then_some("a Vietnamese word that is not the ledger's")
}

/// Where no language can be marked (attributes, the title, what is typed), where browsers do not heed it (options, labels of
/// drawings), and a number with its unit of measure.
fn may_stay_unmarked(piece: &Piece) -> bool {
    let unmarkable = piece.place.contains('[') || ["title", "option", "textarea", "text", "plain"].contains(&piece.place.as_str());
    unmarkable || piece.text.starts_with(|c: char| c.is_ascii_digit())
}

/// Everything wrong with the Vietnamese pages: a whole English message, or two words of one and more. One word is a word of a file's
/// name or a code as well.
pub fn faults_of_vietnamese(seen: &[Seen]) -> Vec<String> {
    let foreign = padded(foreign_pieces(|message| &message.en, |message| &message.vi));
    let parts: Vec<&String> = foreign.iter().filter(|piece| piece.trim().contains(' ')).collect();
    let whole = differing(|message| &message.en, |message| &message.vi);
    let is_english = |text: &str| {
        let words = spaced(text);
        whole.contains(&words) || parts.iter().any(|piece| format!(" {words} ").contains(*piece))
    };
    let is_said = |piece: &Piece| piece.lang != "en" && !matches!(piece.place.as_str(), "plain" | "code");
    let pieces = unlike(seen).into_iter().filter(|(piece, _)| is_said(piece) && is_english(&piece.text));
    pieces.map(|(piece, page)| said("an English message", piece, page)).collect()
}

/// What is printed of faults.
pub fn printed(faults: &[String]) -> String {
    let shown: Vec<&str> = faults.iter().take(PRINTED_MAX).map(String::as_str).collect();
    format!("{} faults\n{}", faults.len(), shown.join("\n"))
}

/// Each piece once, with the first page that shows it.
fn unlike(seen: &[Seen]) -> Vec<(&Piece, &Seen)> {
    let mut unlike: BTreeMap<(&str, &str, &str), (&Piece, &Seen)> = BTreeMap::new();
    for page in seen {
        for piece in &page.pieces {
            unlike.entry((&piece.lang, &piece.place, &piece.text)).or_insert((piece, page));
        }
    }
    unlike.into_values().collect()
}

fn padded(pieces: BTreeSet<String>) -> Vec<String> {
    pieces.iter().map(|piece| format!(" {} ", spaced(piece))).collect()
}

/// The messages of one language that say something else in the other.
fn differing(own: impl Fn(&Message) -> &str, other: impl Fn(&Message) -> &str) -> HashSet<String> {
    let messages = messages();
    let others: HashSet<String> = messages.iter().map(|message| spaced(other(message))).collect();
    messages.iter().map(|message| spaced(own(message))).filter(|text| !others.contains(text)).collect()
}

fn said(fault: &str, piece: &Piece, page: &Seen) -> String {
    let text: String = piece.text.chars().take(200).collect();
    format!("{fault}: <{}> {text}   ({} {} {})", piece.place, page.by, page.status, page.address)
}
