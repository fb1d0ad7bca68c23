//! One question has one answer, whichever way the index came to be.

use search::{Filter, Findings, Index, Query, Viewer};

use crate::random::{Dice, at_once, grown};
use crate::twin;

const WORLDS: u64 = 10;
const QUESTIONS: usize = 60;

fn typed(words: &[&str], quoted: bool) -> String {
    if quoted { format!("\"{}\"", words.join(" ")) } else { words.join(" ") }
}

fn ask(index: &Index, typed: &str, filter: &Filter) -> Findings {
    index.search(&Query::parse(typed), filter).unwrap()
}

#[test]
fn findings_and_their_order_are_those_of_the_twin_also_after_many_changes() {
    let (mut full, mut partial) = (0, 0);
    for seed in 0..WORLDS {
        let (world, grown) = grown(seed);
        let fresh = at_once(&world);
        let mut dice = Dice(seed + 1000);
        for _ in 0..QUESTIONS {
            let ((words, quoted), filter) = (dice.question(), dice.filter());
            let typed = typed(&words, quoted);
            let (expected, is_partial) = twin::search(&world, &words, quoted, &filter);
            for index in [&grown, &fresh] {
                let found = ask(index, &typed, &filter);
                assert_eq!(found.subjects, expected, "world {seed}: {typed} {filter:?}");
                assert_eq!(found.is_partial, is_partial, "world {seed}: {typed}");
                assert_eq!(found.count(filter.kind), expected.len());
            }
            *(if is_partial { &mut partial } else { &mut full }) += usize::from(!expected.is_empty());
        }
    }
    assert!(full > 150 && partial > 30, "worlds in which something is found: {full} and {partial}");
}

#[test]
fn a_page_is_a_stretch_of_the_whole() {
    let (_, index) = grown(7);
    for typed in ["xa", "khe tra", "hòa bình xã"] {
        let all = ask(&index, typed, &Filter::all(Viewer::Staff, 100));
        for limit in 0..all.subjects.len() {
            let some = ask(&index, typed, &Filter::all(Viewer::Staff, limit));
            assert_eq!(some.subjects, all.subjects[..limit], "{typed}");
            assert_eq!(some.counts, all.counts, "{typed}");
        }
    }
}

#[test]
fn nothing_is_seen_before_it_is_committed() {
    let index = Index::new().unwrap();
    let (world, _) = grown(3);
    let mut writing = index.begin().unwrap();
    for entry in world.values() {
        writing.put(entry).unwrap();
    }
    drop(writing);
    assert_eq!(ask(&index, "xa", &Filter::all(Viewer::Staff, 10)).count(None), 0);
    // The one that broke off leaves the way free.
    index.update(&world.values().cloned().collect::<Vec<_>>()).unwrap();
    assert!(ask(&index, "xa", &Filter::all(Viewer::Staff, 10)).count(None) > 0);
}
