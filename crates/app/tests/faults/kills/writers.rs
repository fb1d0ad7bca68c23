//! Those who write while the program is killed: two officers, a reporter, somebody who comes and goes. Each step that was
//! acknowledged is noted; a step without an answer ends the story.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};

use super::world::{Ids, writers};
use super::written::{Record, Write};
use crate::client::{Answer, Client};
use crate::site::{PASSWORD, paper};

/// Whether the program's database is what is hurt: then a page may say so, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hurt {
    Program,
    Database,
}

/// Numbers that no two papers, periods or notes share, over all lives.
#[derive(Debug)]
pub struct Counter(AtomicU64);

impl Counter {
    pub const fn new() -> Self {
        Self(AtomicU64::new(1))
    }

    pub fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::SeqCst)
    }
}

/// One of them.
struct Hand {
    client: Client,
    ids: Ids,
    hurt: Hurt,
    counter: Arc<Counter>,
    record: Arc<Record>,
}

/// Sets them all to work at a server.
pub fn set_to_work(url: &str, ids: Ids, hurt: Hurt, counter: &Arc<Counter>, record: &Arc<Record>) -> Vec<JoinHandle<()>> {
    let hand = |client: Client| Hand { client, ids, hurt, counter: counter.clone(), record: record.clone() };
    let [province, district, reporter] = writers(url).map(hand);
    let visitor = hand(Client::of(url));
    vec![
        thread::spawn(move || while province.goes_on() && province.review_and_steer().is_some() {}),
        thread::spawn(move || while district.goes_on() && district.review().is_some() {}),
        thread::spawn(move || while reporter.goes_on() && reporter.report_numbers().is_some() {}),
        // Once: the hash of a password costs more than all other writes of a life.
        thread::spawn(move || {
            let _ = visitor.come_and_go();
        }),
    ]
}

impl Hand {
    fn goes_on(&self) -> bool {
        !self.record.is_stopped()
    }

    fn get(&self, path: &str) -> Option<Answer> {
        self.taken(self.client.get(path), 200)
    }

    /// Sends a write: absent where there was no answer.
    fn send(&self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        self.record.send();
        self.taken(self.client.post(path, fields), 303)
    }

    /// An answer as it must be while program and database live.
    fn taken(&self, answer: io::Result<Answer>, status: u16) -> Option<Answer> {
        let answer = answer.ok()?;
        if self.hurt == Hurt::Database && matches!(answer.status, 500 | 503) {
            let says = ["Cơ sở dữ liệu chưa trả lời", "Chưa rõ đã ghi được hay chưa", "Cơ sở dữ liệu đang bận"];
            assert!(says.iter().any(|words| answer.body.contains(words)), "{}", answer.body);
            return None;
        }
        assert_eq!(answer.status, status, "{}", answer.body);
        Some(answer)
    }

    /// A paper, and what becomes of one of its tasks: only who stands above the lead body may steer it.
    fn review_and_steer(&self) -> Option<()> {
        let (session, csrf) = self.review()?;
        self.work_on_task(session, &csrf)
    }

    /// A paper from the hand-in to the ledger and to the public, and the board of its session.
    fn review(&self) -> Option<(i64, String)> {
        let reading = self.hand_in()?;
        let page = format!("/readings/{reading}");
        let desk = self.get(&page)?;
        let csrf = desk.input("csrf").to_owned();
        self.send(desk.between("id=\"draft-form\" action=\"", "\""), &[("csrf", &csrf), ("do", "accept")])?;
        self.record.note(Write::Decided { reading });
        // The drafts that are left; not counted, since the settlement asks for it.
        self.taken(self.client.post(&format!("{page}/acceptance"), &[("csrf", &csrf), ("which", "all")]), 303)?;
        self.send(&format!("{page}/settlement"), &[("csrf", &csrf), ("revision", desk.input("revision"))])?;
        self.record.note(Write::Settled { reading });

        let written = self.get(&page)?;
        let article: i64 = written.between("href=\"/articles/", "/edit").parse().unwrap();
        let session: i64 = written.between("href=\"/sessions/", "\"").parse().unwrap();
        let edit = self.get(&format!("/articles/{article}/edit"))?;
        self.send(&format!("/articles/{article}/publication"), &[("csrf", &csrf), ("revision", edit.input("revision"))])?;
        self.record.note(Write::Published { article });
        self.freeze(session, &csrf)?;
        Some((session, csrf))
    }

    fn hand_in(&self) -> Option<i64> {
        let words = paper(self.counter.next(), "huyện Mường Vân");
        let page = self.get("/readings/new")?;
        let form = [("csrf", page.input("csrf")), ("form_key", page.input("form_key")), ("text", &words)];
        self.record.send();
        let answer = self.taken(self.client.upload("/readings", &form, None), 303)?;
        let reading = last_number(answer.header("location"));
        self.record.note(Write::HandedIn { reading });
        Some(reading)
    }

    fn freeze(&self, session: i64, csrf: &str) -> Option<()> {
        let answer = self.send(&format!("/sessions/{session}/board"), &[("csrf", csrf)])?;
        let board = last_number(answer.header("location"));
        self.record.note(Write::Frozen { session, board });
        if board % 2 == 0 {
            self.send(&format!("/boards/{board}/withdrawal"), &[("csrf", csrf)])?;
            self.record.note(Write::BoardTakenBack { session, board });
        }
        Some(())
    }

    fn work_on_task(&self, session: i64, csrf: &str) -> Option<()> {
        let task: i64 = self.get(&format!("/sessions/{session}"))?.between("href=\"/tasks/", "\"").parse().unwrap();
        let (page, number) = (format!("/tasks/{task}"), self.counter.next());
        let shown = self.get(&page)?;
        let reason = format!("Lý do {number}");
        let form = [("csrf", csrf), ("revision", shown.input("revision")), ("lead", "Sở Y tế"), ("due", "31/12/2099"), ("reason", &reason)];
        self.send(&format!("{page}/assignment"), &form)?;
        self.record.note(Write::Assigned { task, reason });
        let (shown, note) = (self.get(&page)?, format!("Việc {number}"));
        let form = [("csrf", csrf), ("revision", shown.input("revision")), ("state", "in_progress"), ("percent", "40"), ("note", &note)];
        self.send(&format!("{page}/progress"), &form)?;
        self.record.note(Write::Progress { task, note });
        Some(())
    }

    /// Two numbers of a month that has none, one of them corrected, the other withdrawn.
    fn report_numbers(&self) -> Option<()> {
        let Ids { unit, indicators: [first, second], .. } = self.ids;
        let number = i64::try_from(self.counter.next()).unwrap();
        // A month of 1900 to 2009: more than a ledger lives to see.
        let period = format!("{}-{:02}", 1900 + number / 12 % 110, number % 12 + 1);
        let sheet = format!("/units/{unit}/measurements");
        let shown = self.get(&format!("{sheet}?period={period}&indicator=CT1"))?;
        let (csrf, value) = (shown.input("csrf").to_owned(), number.to_string());
        let (one, two) = (format!("value-{first}"), format!("value-{second}"));
        let form = [("csrf", csrf.as_str()), ("horizon", shown.input("horizon")), ("period", &period), (&one, &value), (&two, &value)];
        let rows = entered(&self.send(&sheet, &form)?);
        for row in rows.0..=rows.1 {
            self.record.note(Write::Number { row, value: Some(number) });
        }
        let horizon = rows.1.to_string();
        let (changed, why) = ((number + 1).to_string(), "Đếm lại");
        let form = [("csrf", csrf.as_str()), ("horizon", &horizon), ("value", &changed), ("reason", why)];
        let corrected = entered(&self.send(&format!("/measurements/{}/correction", rows.0), &form)?);
        self.record.note(Write::Number { row: corrected.0, value: Some(number + 1) });
        let form = [("csrf", csrf.as_str()), ("horizon", &horizon), ("reason", why)];
        let withdrawn = entered(&self.send(&format!("/measurements/{}/withdrawal", rows.1), &form)?);
        self.record.note(Write::Number { row: withdrawn.0, value: None });
        Some(())
    }

    /// Signs in, and now and then out again.
    fn come_and_go(&self) -> Option<()> {
        let answer = self.send("/login", &[("name", "kiem.tra"), ("password", PASSWORD)])?;
        let cookie = answer.cookie("cotmoc_login").unwrap();
        let token = cookie.split_once('=').unwrap().1.to_owned();
        if self.counter.next().is_multiple_of(2) {
            self.record.note(Write::LoggedIn { token });
            return Some(());
        }
        let client = Client { cookie, ..self.client.clone() };
        let page = self.taken(client.get("/my-work"), 200)?;
        self.record.send();
        self.taken(client.post("/logout", &[("csrf", page.input("csrf"))]), 303)?;
        self.record.note(Write::LoggedOut { token });
        Some(())
    }
}

fn last_number(path: &str) -> i64 {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

/// The first and the last row of a write, as the address of the page that follows names them.
fn entered(answer: &Answer) -> (i64, i64) {
    let rows = answer.header("location").split("entered=").nth(1).unwrap();
    let (first, last) = rows.split('#').next().unwrap().split_once('-').unwrap();
    (first.parse().unwrap(), last.parse().unwrap())
}
