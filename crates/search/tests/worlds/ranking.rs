//! What stands above what, and what is put right.

use domain::search::{SearchKind, Subject};
use jiff::civil::{Date, date};
use search::{Entry, Filter, Index, Query, Viewer};

fn index(texts: &[(&str, &str)]) -> Index {
    let index = Index::new().unwrap();
    let entry = |(at, (title, body)): (usize, &(&str, &str))| Entry {
        subject: Subject::new(SearchKind::Document, i64::try_from(at).unwrap() + 1),
        title: (*title).to_owned(),
        day: None,
        units: Vec::new(),
        public: Some((*body).to_owned()),
        staff: Some((*body).to_owned()),
    };
    index.update(&texts.iter().enumerate().map(entry).collect::<Vec<_>>()).unwrap();
    index
}

/// The places of the findings in the order of `texts`, from 1.
fn found(texts: &[(&str, &str)], typed: &str) -> Vec<i64> {
    let findings = index(texts).search(&Query::parse(typed), &Filter::all(Viewer::Public, 10)).unwrap();
    findings.subjects.iter().map(|subject| subject.id).collect()
}

#[test]
fn better_findings_come_first() {
    for (typed, texts, expected) in [
        // With marks: exact above folded, wherever it stands. Without marks: both, the newer id first.
        ("bản", &[("", "ban bản"), ("ban", "ban"), ("", "bán")][..], &[1, 2, 3][..]),
        ("ban", &[("", "bản"), ("", "ban")], &[2, 1]),
        // Side by side above scattered, also where those stand in the title.
        ("hộ nghèo", &[("nghèo và hộ", ""), ("", "có hộ nghèo")], &[2, 1]),
        // A sentence's end is between them.
        ("hộ nghèo", &[("", "một hộ. Nghèo đi"), ("", "hộ nghèo")], &[2, 1]),
        // The thing itself above what tells of it.
        ("huyện khe trà", &[("huyện Khe Trà", ""), ("Buổi làm việc với huyện Khe Trà", "huyện Khe Trà huyện Khe Trà")], &[1, 2]),
        // Phrases in quotation marks are whole; with marks, marks count.
        ("\"hộ nghèo\"", &[("", "nghèo hộ"), ("", "ho ngheo"), ("", "hộ nghèo")], &[3]),
        ("\"ho ngheo\"", &[("", "nghèo hộ"), ("", "ho ngheo"), ("", "hộ nghèo")], &[3, 2]),
        // Symbols whole and in parts.
        ("14/2024/NQ-HĐND", &[("", "14/2024/NQ-HĐND"), ("", "NQ-HĐND số 14 năm 2024")], &[1]),
        ("nq-hdnd", &[("", "14/2024/NQ-HĐND")], &[1]),
        ("14/2024", &[("", "14/2024/NQ-HĐND")], &[1]),
        ("10,5", &[("", "10,5 %"), ("", "10 và 5"), ("", "110,5")], &[1]),
        ("10", &[("", "10,5 %"), ("", "110")], &[1]),
        // Where nothing has all words: more of them come first.
        ("đường bê tông nông thôn", &[("", "đường"), ("", "đường bê tông"), ("", "bê tông nông thôn")], &[3, 2]),
    ] {
        assert_eq!(found(texts, typed), expected, "{typed}");
    }
}

#[test]
fn of_equal_ones_the_newest_comes_first_and_undated_ones_last() {
    let index = Index::new().unwrap();
    let entry = |id: i64, day: Option<Date>| Entry {
        subject: Subject::new(SearchKind::Article, id),
        title: "lúa".to_owned(),
        day,
        units: Vec::new(),
        public: Some(String::new()),
        staff: Some(String::new()),
    };
    let days = [entry(1, None), entry(2, Some(date(2024, 5, 1))), entry(3, Some(date(2024, 6, 1))), entry(4, Some(date(2024, 5, 1)))];
    index.update(&days).unwrap();
    let findings = index.search(&Query::parse("lua"), &Filter::all(Viewer::Public, 10)).unwrap();
    assert_eq!(findings.subjects.iter().map(|subject| subject.id).collect::<Vec<_>>(), [3, 4, 2, 1]);
}

#[test]
fn a_mistyped_word_is_put_right_with_words_that_one_may_see() {
    let seen = index(&[("huyện Mường Vân", "giảm nghèo bền vững"), ("xã Mường Vân", "")]);
    for (typed, nearest) in [
        ("muogn vân", Some("mường vân")),
        ("giảm ngheof", Some("giảm nghèo")),
        ("huyện mường vân", None),
        ("zzzzzz", None),
        ("48-TB", None),
    ] {
        assert_eq!(seen.nearest(&Query::parse(typed), Viewer::Public).unwrap().as_deref(), nearest, "{typed}");
    }
    let hidden = Index::new().unwrap();
    let entry = Entry {
        subject: Subject::new(SearchKind::Document, 1),
        title: "sáp nhập".to_owned(),
        day: None,
        units: Vec::new(),
        public: None,
        staff: Some(String::new()),
    };
    hidden.update(&[entry]).unwrap();
    assert_eq!(hidden.nearest(&Query::parse("sapp"), Viewer::Public).unwrap(), None);
    assert_eq!(hidden.nearest(&Query::parse("sapp"), Viewer::Staff).unwrap().as_deref(), Some("sáp"));
}
