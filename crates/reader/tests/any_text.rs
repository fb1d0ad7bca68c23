//! Whatever the text, the reader neither fails nor points beside what it quotes, and a long text takes its time only once.

use std::time::{Duration, Instant};

use domain::reading::{Reading, Span};
use proptest::prelude::*;

/// Words that the grammar knows, marks and stray pieces: nearer to a paper than random letters are.
const PIECES: [&str; 44] = [
    "Bí thư Tỉnh ủy",
    "Nguyễn Văn An",
    "đồng chí ",
    "UBND tỉnh",
    "Sở Nội vụ",
    "các sở: ",
    "giao ",
    "yêu cầu ",
    "đề nghị ",
    "kết luận:",
    "1/2",
    "12,5%",
    "1 tỷ 500 triệu",
    "từ 1 - 2",
    "ngày 30/6/2025",
    "tháng 13",
    "quý IV",
    "năm 2025",
    "nhiệm kỳ 2020 - 2025",
    "13/22 nhóm mục tiêu",
    "đạt ",
    "tăng ",
    "; ",
    ": ",
    ", ",
    ".\n",
    "\n\n",
    "I. ",
    "1. ",
    "a) ",
    "- ",
    "IMG_1.JPG\n",
    "Số 12-TB/TU\n",
    "THÔNG BÁO\n",
    "Nơi nhận:\n",
    "BIÊN BẢN\n",
    "(",
    "“",
    "\"",
    "\u{301}",
    "\u{feff}",
    "\r\n",
    "độ C",
    "𝒳",
];

fn check_span(reading: &Reading, span: Span, quote: Option<&str>) {
    let words = span.of(&reading.text);
    assert!(words.is_some_and(|words| !words.is_empty()), "{span:?} in {:?}", reading.text);
    if let Some(quote) = quote {
        assert_eq!(words, Some(quote), "{:?}", reading.text);
    }
}

/// Every span lies in the text, on the borders of its letters, and holds what the draft quotes.
fn check(text: &str) {
    let reading = reader::read(text, None);
    reading.people.iter().flat_map(|person| &person.spans).for_each(|span| check_span(&reading, *span, None));
    reading.bodies.iter().flat_map(|body| &body.spans).for_each(|span| check_span(&reading, *span, None));
    reading.photos.iter().for_each(|photo| check_span(&reading, photo.span, None));
    reading.documents.iter().for_each(|document| check_span(&reading, document.span, Some(&document.quote)));
    reading.figures.iter().for_each(|figure| check_span(&reading, figure.span, Some(&figure.quote)));
    reading.group_counts.iter().for_each(|count| check_span(&reading, count.span, Some(&count.quote)));
    reading.statements.iter().for_each(|statement| check_span(&reading, statement.span, Some(&statement.quote)));
    reading.conclusions.iter().for_each(|conclusion| check_span(&reading, conclusion.span, Some(&conclusion.quote)));
    reading.proposals.iter().for_each(|proposal| check_span(&reading, proposal.span, Some(&proposal.quote)));
    reading.tasks.iter().for_each(|task| check_span(&reading, task.span, Some(&task.quote)));
    reading.notes.iter().for_each(|note| check_span(&reading, note.span, Some(&note.quote)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_letters(text in "\\PC{0,300}") {
        check(&text);
    }

    #[test]
    fn pieces_of_papers(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..80), gap in "[ \n]?") {
        check(&pieces.join(&gap));
    }
}

/// A piece repeated to four times the length takes about four times as long; the bound leaves room for a busy machine.
#[test]
fn repeats_take_linear_time() {
    const BYTES: usize = 60_000;
    for piece in
        ["các sở: ", "5 xã: ", "1/", "Nội vụ, ", "đồng chí Nguyễn Văn An, ", "1 tỷ 500 triệu ", "yêu cầu huyện ", "(", "\u{301}", "- "]
    {
        let long = piece.repeat(4 * BYTES / piece.len());
        let began = Instant::now();
        let _ = reader::read(&long, None);
        assert!(began.elapsed() < Duration::from_secs(20), "{piece:?}");
    }
}
