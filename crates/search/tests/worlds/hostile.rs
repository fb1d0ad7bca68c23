//! Whatever is typed is a question; nothing that is typed breaks or takes long.

use search::{Filter, Query, Viewer, marked, missing, snippet};

use crate::random::{Dice, grown};

#[test]
fn anything_may_be_typed() {
    let (world, index) = grown(5);
    let mut dice = Dice(99);
    let letters: Vec<char> = "aăâđêôơư\u{300}\u{301}\u{323}0,.5/-\"“”«»'\\()[]{}*?+^$|~\0\n\t \u{200b}\u{feff}İßﬁ𝐀字أ".chars().collect();
    let mut typed: Vec<String> = (0..300).map(|_| (0..dice.below(40)).map(|_| *dice.pick(&letters)).collect()).collect();
    typed.extend(["a ".repeat(1000), "\"".repeat(10_000), "x".repeat(10_240), "\u{301}".repeat(10_000), "AND OR NOT text:xa".to_owned()]);
    for typed in typed {
        let query = Query::parse(&typed);
        let findings = index.search(&query, &Filter::all(Viewer::Staff, 10)).unwrap();
        index.suggest(&query, &Filter::all(Viewer::Staff, 8)).unwrap();
        index.nearest(&query, Viewer::Staff).unwrap();
        for subject in findings.subjects {
            let entry = &world[&subject];
            let body = entry.staff.as_deref().unwrap();
            let shown = snippet(body, &query, 20);
            let text: String = shown.pieces.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(text, body[shown.span], "what is shown is what stands there");
            assert_eq!(marked(&entry.title, &query).iter().map(|piece| piece.text.as_str()).collect::<String>(), entry.title);
            assert!(findings.is_partial || missing(&[&entry.title, body], &query).is_empty());
        }
    }
}

#[test]
fn any_text_is_shown_as_it_stands() {
    let mut dice = Dice(4);
    let letters: Vec<char> = "aăđ\u{301} .,\n/5\u{ad}İ字".chars().collect();
    for _ in 0..300 {
        let text: String = (0..dice.below(200)).map(|_| *dice.pick(&letters)).collect();
        for typed in ["a", "đ 5", "\"a đ\"", "a/5", "字"] {
            let shown = snippet(&text, &Query::parse(typed), 30);
            let drawn: String = shown.pieces.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(drawn, text[shown.span]);
        }
    }
}
