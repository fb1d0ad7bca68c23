//! Finds the documents that a paper names: by type and symbol, number or date, or by the congress that passed them.
//! A document is listed once, at its first printing, the paper's own included.

mod symbol;
mod title;

use std::collections::HashMap;

use domain::reading::{Confidence, DocumentDraft, PaperKind, Span};
use jiff::civil::Date;

use crate::date::{When, date_at};
use crate::grammar::organ::{Context, organ_at};
use crate::grammar::position::position_at;
use crate::grammar::{Known, Person, is_read};
use crate::layout::{BlockKind, Layout};
use crate::lexicon::paper::{SHORT_TYPES, TYPES, type_in_symbol};
use crate::token::{Shape, Words, cut};

struct Finder<'t> {
    text: &'t str,
    known: &'t Known,
    paper_year: Option<i16>,
    documents: Vec<DocumentDraft>,
    by_symbol: HashMap<String, usize>,
    /// Resolutions without a symbol by whose they are, with the number of words of the fullest printing.
    by_level: HashMap<String, (usize, usize)>,
}

/// Finds the documents that a paper names, in the order of the text.
pub fn find_documents(text: &str, layout: &Layout, known: &Known) -> Vec<DocumentDraft> {
    let mut finder = Finder {
        text,
        known,
        paper_year: layout.published_on.map(Date::year),
        documents: Vec::new(),
        by_symbol: HashMap::new(),
        by_level: HashMap::new(),
    };
    finder.own(layout);
    for block in layout.blocks.iter().filter(|block| is_read(block)) {
        let own_title = block.kind == BlockKind::Headline && layout.kind == PaperKind::Resolution;
        let words = cut(text, block.span);
        finder.scan(&words, own_title);
    }
    finder.finish()
}

impl Finder<'_> {
    /// The paper's own symbol, in its letterhead.
    fn own(&mut self, layout: &Layout) {
        let mut issuer: Option<String> = None;
        for block in layout.blocks.iter().filter(|block| block.kind == BlockKind::Letterhead) {
            let printed = block.span.of(self.text).unwrap_or("");
            let Some(symbol) = own_symbol(printed) else {
                issuer = issuer_line(printed, issuer);
                continue;
            };
            let start = block.span.start;
            let span = Span { start, end: start + symbol.1 };
            let Some(quote) = span.of(self.text) else { continue };
            let code = printed.get(symbol.0..symbol.1).unwrap_or("").to_owned();
            let kind = type_in_symbol(&code).unwrap_or(own_type(layout.kind)).to_owned();
            let draft = DocumentDraft {
                document_type: kind,
                symbol: Some(code),
                title: None,
                date: layout.published_on,
                issuer: issuer.clone(),
                quote: quote.to_owned(),
                span,
                confidence: Confidence::Sure,
            };
            self.add(draft);
            return;
        }
    }

    fn scan(&mut self, words: &Words<'_>, own_title: bool) {
        let mut at = 0;
        while at < words.len() {
            at = self.typed(words, at).or_else(|| if own_title { None } else { self.named(words, at) }).unwrap_or(at + 1).max(at + 1);
        }
    }

    /// A type's word and what identifies the document: "Báo cáo số 285-BC/HU, ngày 16/4/2024 của …".
    fn typed(&mut self, words: &Words<'_>, at: usize) -> Option<usize> {
        let (kind, mut next, short) = type_at(words, at)?;
        if kind == "Luật" {
            return self.law(words, at, next);
        }
        // "Báo cáo thẩm tra số …": up to four words tell more of the type.
        if let Some(number) = (next..next + 5).find(|&i| words.shape(i) != Some(Shape::Lower) || words.is(i, "số"))
            && words.is(number, "số")
            && words.token(number + 1).and_then(|token| symbol::symbol_at(self.text, token.span.start)).is_some_and(|(_, letters)| letters)
        {
            next = number;
        }
        let numbered = words.is(next, "số");
        next += usize::from(numbered);
        next += usize::from(numbered && words.is(next, ":"));
        if words.shape(next) != Some(Shape::Number) {
            return if numbered { None } else { self.dated(words, at, next, kind) };
        }
        let begin = words.token(next)?.span.start;
        let (end_byte, letters) = symbol::symbol_at(self.text, begin)?;
        let end = index_at(words, next, end_byte);
        if !letters && !self.is_bare_number(words, at, end, numbered, short) {
            return None;
        }
        let behind = self.push(words, at, next, end, kind, letters);
        Some(self.more(words, behind, kind))
    }

    /// "Nghị quyết 10 của Tỉnh ủy", not "kế hoạch 5 năm" and not the day of "thông báo 17/4".
    fn is_bare_number(&self, words: &Words<'_>, at: usize, end: usize, numbered: bool, short: bool) -> bool {
        let date = words.is_any(end, &["/", "%"]) || (words.is_any(end, &[".", ","]) && words.shape(end + 1) == Some(Shape::Number));
        let by_name = words.is_capital(at) && words.is_any(at, &["nghị", "chỉ", "kết", "quyết"]);
        let goes_on = words.shape(end) != Some(Shape::Lower) || words.is_any(end, &["của", "ngày", "về", "và", "khóa", "đã", "năm"]);
        !date && !short && goes_on && (numbered || by_name)
    }

    /// A type and its day without a symbol: "Chỉ thị ngày 12/3/2024 của …".
    fn dated(&mut self, words: &Words<'_>, at: usize, next: usize, kind: &'static str) -> Option<usize> {
        if !words.is_capital(at) || !words.is(next, "ngày") {
            return None;
        }
        let (date, end) = self.day(words, next)?;
        let (issuer, end) = self.issuer(words, end);
        let draft = self.draft(words, at, end, kind, None)?;
        self.add(DocumentDraft {
            date: Some(date),
            issuer,
            title: Some(words.text(at, next).to_owned()),
            confidence: Confidence::Check,
            ..draft
        });
        Some(end)
    }

    /// A law with its number or day: "Luật … ngày 19 tháng 6 năm 2025", "Luật … số 31/2024/QH15".
    fn law(&mut self, words: &Words<'_>, at: usize, from: usize) -> Option<usize> {
        let amends = words.phrase(from, "sửa đổi , bổ sung");
        if !words.is_capital(at) || !(words.is_capital(from) || amends.is_some()) {
            return None;
        }
        let from = amends.unwrap_or(from);
        let reach = (from..(from + 40).min(words.len())).find(|&i| {
            (words.is(i, "số") && words.shape(i + 1) == Some(Shape::Number)) || words.is_any(i, &["ngày", ";", ".", ",", "("])
        })?;
        if words.is(reach, "số") {
            let begin = words.token(reach + 1)?.span.start;
            let (end_byte, letters) = symbol::symbol_at(self.text, begin)?;
            let end = index_at(words, reach + 1, end_byte);
            return letters.then(|| self.push(words, at, reach + 1, end, "Luật", true));
        }
        let (date, end) = self.day(words, reach)?;
        let draft = self.draft(words, at, end, "Luật", None)?;
        self.add(DocumentDraft { date: Some(date), title: Some(words.text(at, reach).to_owned()), ..draft });
        Some(end)
    }

    /// Takes down the document with its date and issuer, and gives the token behind them.
    fn push(&mut self, words: &Words<'_>, at: usize, number: usize, end: usize, kind: &str, letters: bool) -> usize {
        let code = words.text(number, end).to_owned();
        let mut behind = end;
        let (mut date, mut issuer) = (None, None);
        for _ in 0..2 {
            if let (None, Some((day, next))) = (date, self.day(words, behind)) {
                (date, behind) = (Some(day), next);
            }
            if issuer.is_none() {
                (issuer, behind) = self.issuer(words, behind);
            }
        }
        if let Some(draft) = self.draft(words, at, behind, kind, Some(code)) {
            let confidence = if letters { Confidence::Sure } else { Confidence::Fair };
            self.add(DocumentDraft { date, issuer, confidence, ..draft });
        }
        behind
    }

    /// Further symbols of the same list: "các Nghị quyết số 01/NQ-CP, 02/NQ-CP".
    fn more(&mut self, words: &Words<'_>, from: usize, kind: &'static str) -> usize {
        let mut at = from;
        while words.is_any(at, &[",", ";", "và"]) {
            let number = at + 1 + usize::from(words.is(at + 1, "số"));
            let Some(begin) = words.token(number).filter(|token| token.shape == Shape::Number).map(|token| token.span.start) else { break };
            let Some((end_byte, true)) = symbol::symbol_at(self.text, begin) else { break };
            let end = index_at(words, number, end_byte);
            let kind = type_in_symbol(words.text(number, end)).unwrap_or(kind);
            at = self.push(words, at + 1, number, end, kind, true);
        }
        at
    }

    /// ", ngày 16/4/2024" or "(ngày …)".
    fn day(&self, words: &Words<'_>, at: usize) -> Option<(Date, usize)> {
        let from = at + usize::from(words.is_any(at, &[",", "("]));
        let number = if words.is(from, "ngày") { from + 1 } else { return None };
        let dated = date_at(self.text, words.token(number)?.span.start)?;
        let When::Day { .. } = dated.when else { return None };
        let end = index_at(words, number, dated.span.end);
        let closed = usize::from(words.is(at, "(") && words.is(end, ")"));
        Some((dated.when.first(self.paper_year)?, end + closed))
    }

    /// "của Ban Thường vụ …": a body, or who holds an office.
    fn issuer(&self, words: &Words<'_>, at: usize) -> (Option<String>, usize) {
        let from = at + usize::from(words.is(at, ",") && words.is(at + 1, "của"));
        if !words.is(from, "của") {
            return (None, at);
        }
        let context = Context { known: self.known, person: Person::Never };
        let end = organ_at(words, from + 1, context)
            .or_else(|| words.is_capital(from + 1).then(|| position_at(words, from + 1, context)).flatten());
        end.map_or((None, at), |end| (Some(words.text(from + 1, end).to_owned()), end))
    }

    fn draft(&self, words: &Words<'_>, at: usize, end: usize, kind: &str, symbol: Option<String>) -> Option<DocumentDraft> {
        let span = words.span(at, end)?;
        Some(DocumentDraft {
            document_type: kind.to_owned(),
            symbol,
            title: None,
            date: None,
            issuer: None,
            quote: span.of(self.text)?.to_owned(),
            span,
            confidence: Confidence::Sure,
        })
    }

    /// Adds a document, or completes the one with the same symbol.
    fn add(&mut self, draft: DocumentDraft) {
        let name = draft.symbol.as_deref().or(draft.title.as_deref()).unwrap_or("");
        let bare = name.bytes().all(|byte| byte.is_ascii_digit());
        let key = if bare || draft.symbol.is_none() {
            format!("{} {:?} {}", draft.document_type, draft.date, symbol::key(name))
        } else {
            symbol::key(name)
        };
        match self.by_symbol.get(&key).and_then(|index| self.documents.get_mut(*index)) {
            Some(known) => {
                known.date = known.date.or(draft.date);
                known.issuer = known.issuer.take().or(draft.issuer);
            }
            None => {
                self.by_symbol.insert(key, self.documents.len());
                self.documents.push(draft);
            }
        }
    }

    /// A resolution known by its congress; the fullest printing stands for all of the same level.
    fn named(&mut self, words: &Words<'_>, at: usize) -> Option<usize> {
        let named = title::named_at(words, at)?;
        let size = named.end - at;
        let span = words.span(at, named.end)?;
        let printed = span.of(self.text)?.to_owned();
        let draft = DocumentDraft {
            document_type: "NQ".to_owned(),
            symbol: None,
            title: Some(printed.clone()),
            date: None,
            issuer: named.issuer.map(|(from, to)| words.text(from, to).to_owned()),
            quote: printed,
            span,
            confidence: if named.level.is_empty() { Confidence::Fair } else { Confidence::Sure },
        };
        match self.by_level.get_mut(&named.level) {
            Some((index, fullest)) if size > *fullest => {
                *fullest = size;
                if let Some(known) = self.documents.get_mut(*index) {
                    *known = draft;
                }
            }
            Some(_) => {}
            None => {
                self.by_level.insert(named.level, (self.documents.len(), size));
                self.documents.push(draft);
            }
        }
        Some(named.end)
    }

    /// A "nghị quyết đại hội" without more is a document only where nothing fuller is printed.
    fn finish(self) -> Vec<DocumentDraft> {
        let Self { mut documents, by_level, .. } = self;
        if let Some((index, _)) = by_level.get("").filter(|_| by_level.len() > 1) {
            documents.remove(*index);
        }
        documents.sort_by_key(|document| document.span.start);
        documents
    }
}

/// The type at `at`, the token behind its word, and whether it is written short.
fn type_at(words: &Words<'_>, at: usize) -> Option<(&'static str, usize, bool)> {
    if let Some((_, kind)) = SHORT_TYPES.iter().find(|(short, _)| words.word(at) == Some(short)) {
        return Some((kind, at + 1, true));
    }
    let first = words.word(at)?.chars().next()?.to_lowercase().next()?;
    if !matches!(first, 'n' | 'c' | 'k' | 't' | 'q' | 'b' | 'v' | 'đ' | 'p' | 'h' | 'g' | 'l' | 's') {
        return None;
    }
    TYPES.iter().find_map(|(name, kind)| name.starts_with(first).then(|| words.phrase(at, name)).flatten().map(|end| (*kind, end, false)))
}

/// The first token that begins at or behind a byte.
fn index_at(words: &Words<'_>, from: usize, byte: usize) -> usize {
    (from..words.len()).find(|&i| words.token(i).is_some_and(|token| token.span.start >= byte)).unwrap_or(words.len())
}

/// Where the symbol stands in a letterhead's "Số: 733/UBND-KTHT".
fn own_symbol(printed: &str) -> Option<(usize, usize)> {
    let rest = ["Số", "SỐ", "số"].iter().find_map(|word| printed.strip_prefix(word))?;
    let code = rest.trim_start_matches([':', ' ', '.', '\u{a0}']);
    let begin = printed.len() - code.len();
    let (end, letters) = symbol::symbol_at(printed, begin)?;
    letters.then_some((begin, end))
}

/// The last line in capitals above the symbol; "LẦN THỨ …" goes on with the line above it.
fn issuer_line(printed: &str, before: Option<String>) -> Option<String> {
    let upper = printed.chars().any(char::is_uppercase) && !printed.chars().any(char::is_lowercase);
    let key = domain::fold::fold(printed.get(..120).unwrap_or(printed));
    if !upper || key.starts_with("cong hoa") || key.starts_with("dang cong san") {
        return before;
    }
    match before {
        Some(line) if key.starts_with("lan thu") || key.starts_with("tinh ") || key.starts_with("huyen ") || key.starts_with("khoa ") => {
            Some(format!("{line} {printed}"))
        }
        _ => Some(printed.to_owned()),
    }
}

const fn own_type(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::ConclusionNotice => "TB",
        PaperKind::Report => "BC",
        PaperKind::Minutes => "BB",
        PaperKind::Resolution => "NQ",
        _ => "CV",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lay_out;

    /// Documents as "type | symbol or title | day | issuer".
    fn check(sentence: &str, expect: &[&str]) {
        let paper = format!("Tỉnh làm việc với huyện\n\n{sentence}\n");
        let layout = lay_out(&paper, None);
        let known = Known::of(&paper, &layout);
        let got: Vec<String> = find_documents(&paper, &layout, &known)
            .iter()
            .map(|found| {
                assert_eq!(found.span.of(&paper), Some(found.quote.as_str()));
                let name = found.symbol.clone().or(found.title.clone()).unwrap_or_default();
                let day = found.date.map_or(String::new(), |day| day.to_string());
                format!("{} | {name} | {day} | {}", found.document_type, found.issuer.as_deref().unwrap_or(""))
            })
            .collect();
        assert_eq!(got, expect, "{sentence}");
    }

    #[test]
    fn symbols_numbers_and_days() {
        check("Theo Quyết định số 45/2023/QĐ-UBND ngày 20/12/2023 của UBND tỉnh.", &["QĐ | 45/2023/QĐ-UBND | 2023-12-20 | UBND tỉnh"]);
        check(
            "Thực hiện CT 05-CT/TW, Chỉ thị 20/CT-TU và Nghị quyết 10 của Tỉnh ủy.",
            &["CT | 05-CT/TW |  | ", "CT | 20/CT-TU |  | ", "NQ | 10 |  | Tỉnh ủy"],
        );
        check("Các Nghị quyết số 01/NQ-CP, 02/NQ-CP ngày 05 tháng 01 năm 2024.", &["NQ | 01/NQ-CP |  | ", "NQ | 02/NQ-CP | 2024-01-05 | "]);
        check("Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024.", &["Luật | Luật Đất đai | 2024-01-18 | "]);
    }

    #[test]
    fn a_congress_names_its_resolution_once() {
        check(
            "Thực hiện nghị quyết đại hội, Nghị quyết Đại hội Đảng bộ huyện lần thứ XX, nhiệm kỳ 2020 - 2025; nghị quyết Đại hội Đảng bộ huyện đạt kết quả.",
            &["NQ | Nghị quyết Đại hội Đảng bộ huyện lần thứ XX, nhiệm kỳ 2020 - 2025 |  | Đại hội Đảng bộ huyện lần thứ XX"],
        );
        check("Thực hiện nghị quyết đại hội, huyện đạt kết quả.", &["NQ | nghị quyết đại hội |  | "]);
    }

    #[test]
    fn what_only_looks_like_a_document() {
        check(
            "Kế hoạch 5 năm, Chương trình 135, thông báo 17/4, báo cáo 3 nội dung, nghị quyết của huyện và đề án phát triển đàn trâu.",
            &[],
        );
    }
}
