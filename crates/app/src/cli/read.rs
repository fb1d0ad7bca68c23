//! `cotmoc read`: one paper read, its drafts printed; nothing is stored.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use domain::draft::{DraftContent, FieldKind, drafts_of};
use domain::reading::{Reading, Span};

use super::{Failure, Read, print};
use crate::lang::Lang;

/// Reads and prints.
pub fn run(read: &Read) -> Result<(), Failure> {
    let bytes = bytes_of(&read.file)?;
    let text = paper::text_of(&bytes).map_err(|error| Failure::said(|lang| lang.paper_error(&error)))?;
    let reading = reader::read(&text, read.published_on);
    let printed = if read.json {
        serde_json::to_string_pretty(&reading).map_err(|fault| Failure::both(|lang| lang.command_failed(&fault)))? + "\n"
    } else {
        listing(&reading, Lang::Vi)
    };
    print(&printed)
}

/// The file's bytes, at most one more than `paper` takes, so that an endless one is refused and not read to its end.
fn bytes_of(file: &Path) -> Result<Vec<u8>, Failure> {
    let limit = paper::FILE_BYTES_MAX as u64 + 1;
    let mut bytes = Vec::new();
    let outcome = if file == Path::new("-") {
        io::stdin().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    let name = file.display();
    outcome
        .map(|_| bytes)
        .map_err(|fault| Failure(vec![Lang::Vi.command_cannot_read(&name, &fault), Lang::En.command_cannot_read(&name, &fault)]))
}

/// The drafts in the order of the text, each with its line.
fn listing(reading: &Reading, lang: Lang) -> String {
    let mut list = String::new();
    let lines = LineIndex::of(&reading.text);
    if let Some(headline) = &reading.headline {
        let _ = writeln!(list, "{headline}\n");
    }
    let facts = [
        (lang.reading_about(), reading.about.as_ref().map(|about| about.name.clone())),
        (lang.reading_published_on(), reading.published_on.map(|day| lang.day(day))),
        (lang.reading_source(), reading.source.clone()),
        (lang.reading_byline(), reading.byline.clone()),
    ];
    for (label, value) in facts {
        if let Some(value) = value {
            let _ = writeln!(list, "{label}: {value}");
        }
    }
    let drafts = drafts_of(reading);
    let _ = writeln!(list, "{}\n", lang.reading_count(lang.integer(drafts.len())));
    for draft in &drafts {
        let kind = lang.word("draft_kind", domain::code::Coded::code(draft.kind())).unwrap_or_default();
        let _ = writeln!(list, "{} {} [{kind}] {}", lang.reading_line(), lines.line_of(draft.span()), one_line(draft.title()));
        let details = details(draft, lang);
        if !details.is_empty() {
            let _ = writeln!(list, "    {details}");
        }
    }
    for note in &reading.notes {
        let _ = writeln!(
            list,
            "{} {} [{}] {}: «{}»",
            lang.reading_line(),
            lines.line_of(note.span),
            lang.reading_note(),
            note.note,
            note.quote
        );
    }
    list
}

/// What the fields say beyond the draft's own words; codes are for the JSON form.
fn details(draft: &DraftContent, lang: Lang) -> String {
    let fields = draft.fields();
    let said = fields
        .iter()
        .filter(|field| !field.value.is_empty() && field.value != draft.title() && !matches!(field.kind, FieldKind::Choice(_)));
    let said = said.map(|field| format!("{}: {}", lang.field_label(field.name), one_line(&field.value)));
    said.collect::<Vec<_>>().join("; ")
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(", ")
}

/// Where each line of a text begins.
struct LineIndex(Vec<usize>);

impl LineIndex {
    fn of(text: &str) -> Self {
        let begins = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(begins).collect())
    }

    /// The line, counted from 1, in which a stretch begins.
    fn line_of(&self, span: Span) -> usize {
        self.0.partition_point(|begin| *begin <= span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_listed_with_their_lines() {
        let text = "THÔNG BÁO\nKết luận tại buổi làm việc\n\nGiao Sở Nội vụ chủ trì rà soát biên chế, báo cáo trước ngày 31/5/2024.\n";
        let list = listing(&reader::read(text, None), Lang::Vi);
        assert!(list.contains("dòng 4 [Nhiệm vụ]") && list.contains("Chủ trì: Sở Nội vụ") && list.contains("Hạn: 31/5/2024"), "{list}");
    }

    #[test]
    fn lines_are_counted_from_one() {
        let lines = LineIndex::of("ab\nc\n");
        let begins = |start| lines.line_of(Span { start, end: start });
        assert_eq!([begins(0), begins(1), begins(3), begins(5)], [1, 1, 2, 3]);
    }
}
