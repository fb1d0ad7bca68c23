//! The line to the database is cut inside a transaction: before the commit reaches it, after, and at any byte. Whether a write was
//! made is said truly, and nothing is written twice by who sends again.

use testbed::{Durability, Postgres};

use crate::client::{Answer, Client};
use crate::kills::written::Numbers;
use crate::kills::{CUTS_DEFAULT, number_from};
use crate::numbers::add_indicator;
use crate::proxy::{Plan, Proxy};
use crate::site::{Site, paper, with_store};

const UNCERTAIN: &str = "Chưa rõ đã ghi được hay chưa";
const AWAY: &str = "Chưa có gì được ghi";

struct Cut {
    proxy: Proxy,
    /// The ledger past the line that is cut.
    direct: String,
    site: Site,
    officer: Client,
    _postgres: Postgres,
}

impl Cut {
    fn open() -> Self {
        let postgres = Postgres::start(Durability::Full);
        let (direct, proxy) = (postgres.fresh_database(), Proxy::start(&postgres));
        let site = Site::over(proxy.url(&direct), tempfile::tempdir().unwrap());
        let officer = site.signed_in("van.thu");
        Self { proxy, direct, site, officer, _postgres: postgres }
    }

    fn entries(&self) -> i64 {
        crate::site::sound_entries(&self.direct)
    }

    /// Sends while the plan holds, then once more over a whole line: both answers, and how many entries came of both.
    fn sent_twice(&self, plan: Plan, send: impl Fn() -> Answer) -> (Answer, Answer, i64) {
        let (before, cuts) = (self.entries(), self.proxy.cuts());
        self.proxy.set(plan);
        let first = send();
        assert_eq!(self.proxy.cuts(), cuts + 1, "the line was not cut");
        self.proxy.set(Plan::Pass);
        let second = send();
        (first, second, self.entries() - before)
    }
}

const PLANS: [Plan; 4] = [
    Plan::CutBeforeCommit { then_refuse: false },
    Plan::CutAfterCommit { then_refuse: false },
    Plan::CutBeforeCommit { then_refuse: true },
    Plan::CutAfterCommit { then_refuse: true },
];

/// The first answer: it was written or it was not, where the ledger can be asked again; else that it is not known.
fn check_first(plan: Plan, first: &Answer) {
    match plan {
        Plan::CutAfterCommit { then_refuse: false } => assert_eq!(first.status, 303, "{}", first.body),
        Plan::CutBeforeCommit { then_refuse: false } => {
            assert!(first.status == 503 && first.body.contains(AWAY), "{}", first.body);
            assert_eq!(first.header("retry-after"), "60");
        }
        _ => assert!(first.status == 500 && first.body.contains(UNCERTAIN), "{}", first.body),
    }
}

#[test]
fn a_paper_is_handed_in_once_however_the_line_is_cut() {
    let cut = Cut::open();
    for (number, plan) in (1..).zip(PLANS) {
        let page = cut.officer.get("/readings/new").unwrap();
        let (csrf, key, words) = (page.input("csrf").to_owned(), page.input("form_key").to_owned(), paper(number, "huyện Mường Vân"));
        let form = [("csrf", csrf.as_str()), ("form_key", &key), ("text", &words)];
        let (first, second, entries) = cut.sent_twice(plan, || cut.officer.upload("/readings", &form, None).unwrap());
        check_first(plan, &first);
        assert_eq!((second.status, entries), (303, 1), "{plan:?}: {}", second.body);
        let reading = second.header("location").trim_end_matches("?known=1").to_owned();
        assert!(first.status != 303 || first.header("location") == reading, "{plan:?}");
        let desk = cut.officer.get(&reading).unwrap();
        settle_once(&cut, plan, &reading, &desk);
    }
}

/// The largest write that there is.
fn settle_once(cut: &Cut, plan: Plan, reading: &str, desk: &Answer) {
    let (csrf, revision) = (desk.input("csrf"), desk.input("revision"));
    let accepted = cut.officer.post(&format!("{reading}/acceptance"), &[("csrf", csrf), ("which", "all")]).unwrap();
    assert_eq!(accepted.status, 303, "{}", accepted.body);
    let form = [("csrf", csrf), ("revision", revision)];
    let (first, second, entries) = cut.sent_twice(plan, || cut.officer.post(&format!("{reading}/settlement"), &form).unwrap());
    check_first(plan, &first);
    assert_eq!(entries, 1, "{plan:?}: {}", second.body);
    assert!(matches!(second.status, 303 | 409), "{plan:?}: {}", second.body);
    let written = cut.officer.get(reading).unwrap();
    assert!(written.body.contains("/articles/"), "{plan:?}: {}", written.body);
}

#[test]
fn a_number_is_entered_once_however_the_line_is_cut() {
    let cut = Cut::open();
    let (indicator, unit) = add_indicator(&cut.site);
    let (sheet, value) = (format!("/units/{unit}/measurements"), format!("value-{indicator}"));
    for (month, plan) in (1..).zip(PLANS) {
        let period = format!("2023-{month:02}");
        let shown = cut.officer.get(&format!("{sheet}?period={period}&indicator=MV01")).unwrap();
        let (csrf, horizon) = (shown.input("csrf").to_owned(), shown.input("horizon").to_owned());
        let form = [("csrf", csrf.as_str()), ("horizon", &horizon), ("period", &period), (&value, "12,5")];
        let (first, second, entries) = cut.sent_twice(plan, || cut.officer.post(&sheet, &form).unwrap());
        check_first(plan, &first);
        let was_written = matches!(plan, Plan::CutAfterCommit { .. });
        // The second form is told that the number is there and who entered it.
        assert_eq!((second.status, entries), (if was_written { 409 } else { 303 }, 1), "{plan:?}: {}", second.body);
        assert!(!was_written || second.body.contains("van.thu"), "{}", second.body);
    }
}

/// More bytes than the program sends for one number.
const BYTES_MAX: u64 = 8000;

/// Numbers are entered over a line that is cut after any number of bytes; who gets no clear answer looks, and sends again what is
/// not there.
#[test]
fn a_line_that_is_cut_anywhere_neither_loses_nor_doubles() {
    let cut = Cut::open();
    let (indicator, unit) = add_indicator(&cut.site);
    let (sheet, field) = (format!("/units/{unit}/measurements"), format!("value-{indicator}"));
    let cuts = number_from("COTMOC_CUTS").unwrap_or(CUTS_DEFAULT);
    let (mut numbers, mut answers) = (Numbers(20_240_520), [0_u64; 3]);
    for number in 1..=cuts {
        let period = format!("{}-{:02}", 1900 + number / 12, number % 12 + 1);
        let value = number.to_string();
        let form = shown_form(&cut.officer, &sheet, &period).unwrap();
        cut.proxy.set(Plan::CutAfterBytes(usize::try_from(numbers.below(BYTES_MAX)).unwrap()));
        let first = enter(&cut.officer, &sheet, &form, &period, (&field, &value));
        cut.proxy.set(Plan::Pass);
        let kind = match first.status {
            303 => 0,
            503 => 1,
            _ => {
                assert!(first.body.contains(UNCERTAIN), "{}", first.body);
                2
            }
        };
        answers[kind] += 1;
        let there = values_of(&cut.direct).iter().filter(|known| **known == i64::try_from(number).unwrap() * 10).count();
        assert!(kind != 0 || there == 1, "acknowledged and lost: {number}");
        assert!(kind != 1 || there == 0, "said not to be written, and is there: {number}");
        if there == 0 {
            // By the very same form, as the page offers it.
            let again = enter(&cut.officer, &sheet, &form, &period, (&field, &value));
            assert_eq!(again.status, 303, "the line is whole: {}", again.body);
        }
    }
    let mut values = values_of(&cut.direct);
    values.sort_unstable();
    let expected: Vec<i64> = (1..=i64::try_from(cuts).unwrap()).map(|number| number * 10).collect();
    assert_eq!(values, expected, "each once");
    cut.entries();
    let [written, refused, uncertain] = answers;
    println!(
        "| PostgreSQL, line cut after any byte of a request | {cuts} | {written} written; {refused} told that nothing was written; \
         {uncertain} told that it is not known | 0 lost, 0 twice |"
    );
}

/// The token and the horizon of a sheet.
fn shown_form(officer: &Client, sheet: &str, period: &str) -> Option<(String, String)> {
    let shown = officer.get(&format!("{sheet}?period={period}&indicator=MV01")).ok()?;
    assert_eq!(shown.status, 200, "{}", shown.body);
    Some((shown.input("csrf").to_owned(), shown.input("horizon").to_owned()))
}

fn enter(officer: &Client, sheet: &str, form: &(String, String), period: &str, value: (&str, &str)) -> Answer {
    let (csrf, horizon) = (form.0.as_str(), form.1.as_str());
    officer.post(sheet, &[("csrf", csrf), ("horizon", horizon), ("period", period), value]).unwrap()
}

fn values_of(database: &str) -> Vec<i64> {
    with_store(database, async |store| {
        let mut values = Vec::new();
        store.scoreboard_rows(0, &mut |arrival| values.extend(arrival.value)).await.unwrap();
        values
    })
}
