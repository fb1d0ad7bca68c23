//! The program is killed at random moments under mixed writes, and started again: what it had acknowledged is there,
//! what it had not is there whole or not at all, and the journal fits. The count of what was acknowledged is kept outside.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use cotmoc::web::app::Clock;
use cotmoc::web::support::login::token_hash;
use domain::document::Paper;
use domain::draft::{DraftState, HeldReading, ReadingState, drafts_of};
use domain::id::Id;
use domain::reading::Reading;
use store::Store;
use testbed::{Durability, Postgres};

use crate::client::{Answer, Client};
use crate::site::{PASSWORD, Site, paper, run, sqlite_in, with_store};

/// How many kills; `scripts/kills` asks for more than the test does by itself.
const KILLS: &str = "COTMOC_KILLS";
const KILLS_DEFAULT: u64 = 40;
/// The test stops here even with fewer kills, on a machine that is busy.
const TIME_DEFAULT: Duration = Duration::from_secs(25);
/// A life ends after so many acknowledged writes …
const WRITES_MAX: u64 = 12;
/// … and so many milliseconds more, somewhere within the next.
const JITTER_MILLISECONDS: u64 = 150;
/// A life that acknowledges nothing for so long ends too.
const LIFE_MAX: Duration = Duration::from_secs(3);

/// What the program had acknowledged when it was killed.
#[derive(Debug, Default)]
struct Acknowledged {
    /// Readings that were handed in.
    handed_in: Vec<i64>,
    /// Readings whose first draft was accepted alone.
    decided: Vec<i64>,
    /// Readings that were settled.
    settled: Vec<i64>,
    /// Tokens of log-ins.
    log_ins: Vec<String>,
}

impl Acknowledged {
    fn count(&self) -> usize {
        self.handed_in.len() + self.decided.len() + self.settled.len() + self.log_ins.len()
    }
}

/// Numbers that look random and come again with the same seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        // Knuth's multiplier; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Lets the program live until it has acknowledged some writes, and is in the middle of others.
fn live(written: &Mutex<Acknowledged>, numbers: &mut Numbers) {
    let (writes, begun) = (numbers.below(WRITES_MAX), Instant::now());
    let has_lived = || begun.elapsed() >= LIFE_MAX || written.lock().unwrap().count() as u64 >= writes;
    testbed::until(LIFE_MAX * 2, "some acknowledged writes", has_lived);
    // Nothing announces the middle of a write: a random moment of the next milliseconds is taken.
    let (jitter, enough) = (Duration::from_millis(numbers.below(JITTER_MILLISECONDS)), Instant::now());
    while enough.elapsed() < jitter {
        thread::yield_now();
    }
}

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite_in(folder.path());
    kill_again_and_again("SQLite", Site::over(database, folder));
}

#[test]
fn nothing_acknowledged_is_lost_on_postgresql() {
    let postgres = Postgres::start(Durability::Full);
    let site = Site::over(postgres.fresh_database(), tempfile::tempdir().unwrap());
    kill_again_and_again("PostgreSQL", site);
}

fn kill_again_and_again(name: &str, mut site: Site) {
    let asked: Option<u64> = std::env::var(KILLS).ok().and_then(|kills| kills.parse().ok());
    let (kills_max, begun) = (asked.unwrap_or(KILLS_DEFAULT), Instant::now());
    let officers: Vec<Client> = ["van.thu", "muong.van"].iter().map(|account| site.signed_in(account)).collect();
    let (papers, mut numbers) = (Arc::new(AtomicU64::new(1)), Numbers(20_240_520));
    let (mut kills, mut acknowledged, mut checked) = (0, 0, HashSet::new());
    while kills < kills_max && (asked.is_some() || begun.elapsed() < TIME_DEFAULT) {
        let written = Arc::new(Mutex::new(Acknowledged::default()));
        let mut work: Vec<thread::JoinHandle<()>> = Vec::new();
        for officer in officers.iter().map(|officer| officer.at(site.url())) {
            let (papers, written) = (papers.clone(), written.clone());
            work.push(thread::spawn(move || while review_one(&officer, &papers, &written).is_some() {}));
        }
        let (visitor, log_ins) = (site.visitor(), written.clone());
        work.push(thread::spawn(move || while log_in(&visitor, &log_ins).is_some() {}));
        live(&written, &mut numbers);
        // The one who looks afterwards is the killed program's successor, or the ledger is found as it was left.
        let started_again = kills % 2 == 0;
        if started_again {
            site.kill_and_serve();
        } else {
            site.server.take().unwrap().kill();
        }
        work.into_iter().for_each(|work| work.join().unwrap());
        let written = std::mem::take(&mut *written.lock().unwrap());
        with_store(&site.database, async |store| check(store, &written, &mut checked).await);
        if !started_again {
            site.server = Some(crate::site::serve(&site.database));
        }
        kills += 1;
        acknowledged += written.count();
    }
    drop(site.server.take());
    let verified = run(&["audit", "verify", "--database", &site.database]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let entries = site.sound_entries();
    println!("{name}: {kills} kills, {acknowledged} acknowledged writes, 0 lost; {entries} entries; {:?}", begun.elapsed());
    assert!(acknowledged as u64 > kills, "there was hardly anything to lose");
}

/// A paper from the hand-in to the ledger, each acknowledged step noted; absent once the program is gone.
fn review_one(officer: &Client, papers: &AtomicU64, written: &Mutex<Acknowledged>) -> Option<()> {
    let words = paper(papers.fetch_add(1, Ordering::Relaxed), "huyện Mường Vân");
    let page = taken(officer.get("/readings/new").ok()?, 200)?;
    let csrf = page.input("csrf").to_owned();
    let form = [("csrf", csrf.as_str()), ("form_key", page.input("form_key")), ("text", &words)];
    let answer = taken(officer.upload("/readings", &form, None).ok()?, 303)?;
    let reading = answer.header("location").to_owned();
    let id: i64 = reading.rsplit('/').next().unwrap().parse().unwrap();
    written.lock().unwrap().handed_in.push(id);

    let desk = taken(officer.get(&reading).ok()?, 200)?;
    let draft = desk.between("id=\"draft-form\" action=\"", "\"").to_owned();
    let form = [("csrf", csrf.as_str()), ("do", "accept")];
    taken(officer.post(&draft, &form).ok()?, 303)?;
    written.lock().unwrap().decided.push(id);

    taken(officer.post(&format!("{reading}/acceptance"), &[("csrf", &csrf), ("which", "all")]).ok()?, 303)?;
    let form = [("csrf", csrf.as_str()), ("revision", desk.input("revision"))];
    taken(officer.post(&format!("{reading}/settlement"), &form).ok()?, 303)?;
    written.lock().unwrap().settled.push(id);
    Some(())
}

fn log_in(visitor: &Client, written: &Mutex<Acknowledged>) -> Option<()> {
    let answer = taken(visitor.post("/login", &[("name", "kiem.tra"), ("password", PASSWORD)]).ok()?, 303)?;
    let cookie = answer.cookie("cotmoc_login").unwrap();
    written.lock().unwrap().log_ins.push(cookie.split_once('=').unwrap().1.to_owned());
    Some(())
}

/// An answer as it must be while the program lives.
fn taken(answer: Answer, status: u16) -> Option<Answer> {
    assert_eq!(answer.status, status, "{}", answer.body);
    Some(answer)
}

async fn check(store: &Store, written: &Acknowledged, checked: &mut HashSet<i64>) {
    let audit = store.audit(&mut |_, _| {}).await.unwrap();
    assert!(matches!(audit, store::audit::Audit::Sound { .. }), "{audit:?}");
    let mut open: HashSet<i64> = HashSet::new();
    let mut settled: HashSet<i64> = HashSet::new();
    for held in store.readings(ReadingState::Open, i64::MAX).await.unwrap() {
        open.insert(held.id.number());
        assert_eq!(held.document, None, "reading {} is open and has a document", held.id);
    }
    for held in store.readings(ReadingState::Settled, i64::MAX).await.unwrap() {
        settled.insert(held.id.number());
        if checked.insert(held.id.number()) {
            check_settled(store, &held).await;
        }
    }
    for id in &written.handed_in {
        assert!(open.contains(id) || settled.contains(id), "reading {id} was acknowledged and is lost");
        check_drafts(store, *id).await;
    }
    for id in &written.decided {
        let drafts = store.drafts(Id::<HeldReading>::new(*id)).await.unwrap();
        assert_eq!(drafts[0].state, DraftState::Accepted, "a decision of reading {id} was acknowledged and is lost");
    }
    for id in &written.settled {
        assert!(settled.contains(id), "the settlement of reading {id} was acknowledged and is lost");
    }
    for token in &written.log_ins {
        let login = store.login(&token_hash(token), Clock::System.now()).await.unwrap();
        assert!(login.is_some(), "a log-in was acknowledged and is lost");
    }
}

/// A paper is on the desk with every draft of its text.
async fn check_drafts(store: &Store, id: i64) {
    let held = store.get(Id::<HeldReading>::new(id)).await.unwrap();
    assert_eq!(store.drafts(held.id).await.unwrap().len(), drafts_of(&read_again(store, &held).await).len());
}

async fn read_again(store: &Store, held: &HeldReading) -> Reading {
    reader::read(&store.get::<Paper>(held.paper).await.unwrap().text, None)
}

/// A settled paper has its document, with a passage for each task, and the draft of its article.
async fn check_settled(store: &Store, held: &HeldReading) {
    let document = held.document.unwrap();
    let reading = read_again(store, held).await;
    assert_eq!(store.tasks_of_document(document).await.unwrap().len(), reading.tasks.len());
    assert_eq!(store.claims_of_document(document).await.unwrap().len(), reading.figures.len() + reading.group_counts.len());
    assert!(store.passages_of(document).await.unwrap().len() >= reading.tasks.len());
    assert_eq!(store.articles_of(document).await.unwrap().len(), 1);
}
