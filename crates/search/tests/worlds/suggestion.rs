//! Titles while somebody is typing.

use domain::search::{SearchKind, Subject};
use search::{Entry, Filter, Index, Query, Viewer};

const TITLES: [&str; 5] = ["huyện Mường Vân", "Gỡ khó ở Mường Vân", "xã Mường Khe", "Đá Mài", "Mừng xuân"];

fn suggested(typed: &str, viewer: Viewer) -> Vec<&'static str> {
    let index = Index::new().unwrap();
    let entry = |(at, title): (usize, &&str)| Entry {
        subject: Subject::new(SearchKind::Unit, i64::try_from(at).unwrap()),
        title: (*title).to_owned(),
        day: None,
        units: Vec::new(),
        // The last two are for staff only.
        public: (at < 3).then(|| "thân bài".to_owned()),
        staff: Some("thân bài".to_owned()),
    };
    index.update(&TITLES.iter().enumerate().map(entry).collect::<Vec<_>>()).unwrap();
    let subjects = index.suggest(&Query::parse(typed), &Filter::all(viewer, 8)).unwrap();
    subjects.iter().map(|subject| TITLES[usize::try_from(subject.id).unwrap()]).collect()
}

#[test]
fn titles_are_offered_by_their_beginnings_marks_or_not() {
    for (typed, expected) in [
        ("huyen mu", &["huyện Mường Vân"][..]),
        ("Mường V", &["Gỡ khó ở Mường Vân", "huyện Mường Vân"]),
        ("xa", &["xã Mường Khe"]),
        ("muo", &["xã Mường Khe", "Gỡ khó ở Mường Vân", "huyện Mường Vân"]),
        ("mu ", &[]),
        ("thân", &[]),
        ("", &[]),
        ("\u{301}\"", &[]),
    ] {
        assert_eq!(suggested(typed, Viewer::Public), expected, "{typed}");
    }
}

#[test]
fn nobody_is_offered_what_they_may_not_see() {
    assert_eq!(suggested("da", Viewer::Public), [""; 0]);
    assert_eq!(suggested("da", Viewer::Staff), ["Đá Mài"]);
    assert_eq!(suggested("mu", Viewer::Staff)[0], "Mừng xuân", "a title that begins so comes first");
}
