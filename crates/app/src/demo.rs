//! The demo: a ledger of its own, filled with a fictional province through the same doors that people use: units and
//! people by the operator, papers handed in, drafts accepted, readings settled, articles published, tasks moved on.

use std::collections::{BTreeMap, HashMap};

use domain::account::Role;
use domain::decimal::Decimal;
use domain::draft::{Draft, DraftState, HeldReading};
use domain::id::Id;
use domain::moment::{Moment, parse_day};
use domain::permission::{self, Actor, operator};
use domain::problem::Problem;
use domain::task::{Task, TaskState};
use domain::unit::{Unit, UnitClass};
use jiff::civil::{Date, date};
use store::person::NewPosition;
use store::reading::{HandIn, HandedIn};
use store::settlement::{Settled, Settlement};
use store::succession::NewSuccession;
use store::task::Step;
use store::unit::NewUnit;
use store::{Store, StoreError};

use crate::password::{self, HashFault, Passwords};

/// The day that the demo takes for today.
pub const TODAY: Date = date(2024, 5, 20);
const UNITS: &str = include_str!("../demo/units.csv");
const SUCCESSIONS: &str = include_str!("../demo/successions.csv");
const PEOPLE: &str = include_str!("../demo/people.csv");
/// The code of the province, the root of the demo's units.
const PROVINCE: &str = "98";

/// An account of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// What is typed to log in.
    pub name: &'static str,
    /// Its role.
    pub role: Role,
    /// The code of its unit.
    unit_code: &'static str,
}

/// Every account; they share one password, made anew for each demo.
pub const ACCOUNTS: [DemoAccount; 5] = [
    DemoAccount { name: "van.thu", role: Role::Officer, unit_code: PROVINCE },
    DemoAccount { name: "muong.van", role: Role::Officer, unit_code: "981" },
    DemoAccount { name: "bao.cao", role: Role::Reporter, unit_code: "981" },
    DemoAccount { name: "kiem.tra", role: Role::Viewer, unit_code: PROVINCE },
    DemoAccount { name: "quan.tri", role: Role::Administrator, unit_code: PROVINCE },
];

/// How far a paper of the demo has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// On the desk, undecided.
    HandedIn,
    /// In the ledger, not public.
    Settled,
    /// In the ledger and public.
    Published,
}

struct DemoPaper {
    file_name: &'static str,
    text: &'static str,
    published_on: Option<Date>,
    stage: Stage,
}

macro_rules! paper {
    ($file:literal, $published_on:expr, $stage:ident) => {
        DemoPaper {
            file_name: $file,
            text: include_str!(concat!("../../reader/cases/", $file)),
            published_on: $published_on,
            stage: Stage::$stage,
        }
    };
}

/// The papers in the order in which the office received them.
const PAPERS: [DemoPaper; 5] = [
    paper!("08-cms-news.txt", Some(date(2022, 2, 18)), Published),
    paper!("06-minutes.txt", Some(date(2023, 9, 6)), Settled),
    paper!("03-district-report.txt", Some(date(2024, 4, 16)), Settled),
    paper!("01-working-session.txt", Some(date(2024, 4, 20)), Published),
    paper!("02-conclusion-notice.txt", Some(date(2024, 4, 26)), HandedIn),
];

/// What units reported of their tasks after the working session: words that the task holds, the day, the state, percent and words.
const STEPS: [(&str, Date, TaskState, Option<i64>, &str); 5] = [
    (
        "rà soát toàn bộ dự án chậm tiến độ",
        date(2024, 4, 24),
        TaskState::Received,
        None,
        "Đã nhận; giao phòng chuyên môn rà soát danh mục dự án chậm tiến độ.",
    ),
    (
        "rà soát toàn bộ dự án chậm tiến độ",
        date(2024, 5, 14),
        TaskState::InProgress,
        Some(45),
        "Đã làm việc với chủ đầu tư của 6 dự án; còn 4 dự án chưa có phương án giải phóng mặt bằng.",
    ),
    (
        "tập trung nguồn lực cho các xã khó khăn nhất",
        date(2024, 5, 3),
        TaskState::InProgress,
        Some(30),
        "Xây dựng xong dự thảo kế hoạch, đang lấy ý kiến các xã.",
    ),
    (
        "đẩy mạnh đào tạo nghề",
        date(2024, 5, 13),
        TaskState::Done,
        Some(100),
        "Đã mở lớp đào tạo nghề, gắn với nhu cầu của hợp tác xã dược liệu.",
    ),
    (
        "nâng chất lượng sinh hoạt chi bộ",
        date(2024, 5, 8),
        TaskState::Paused,
        None,
        "Chờ hướng dẫn về nội dung sinh hoạt chi bộ của cấp trên.",
    ),
];

/// Why the demo was not made.
#[derive(Debug)]
pub enum DemoFault {
    /// The ledger did not take it.
    Store(StoreError),
    /// No password could be hashed.
    Password(HashFault),
    /// The given database holds a ledger already; the demo never touches one.
    NotEmpty,
}

impl std::fmt::Display for DemoFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(fault) => fault.fmt(f),
            Self::Password(fault) => fault.fmt(f),
            Self::NotEmpty => f.write_str("the database already holds a ledger"),
        }
    }
}

impl std::error::Error for DemoFault {}

impl From<StoreError> for DemoFault {
    fn from(fault: StoreError) -> Self {
        Self::Store(fault)
    }
}

impl From<Problem> for DemoFault {
    fn from(problem: Problem) -> Self {
        Self::Store(problem.into())
    }
}

/// Fills an empty ledger with the demo's world and gives back the password of its accounts. `progress` is told what
/// comes next, and how many of how many things are done.
pub async fn fill(store: &Store, progress: &mut (dyn FnMut(&str, usize, usize) + Send)) -> Result<String, DemoFault> {
    if store.journal_head().await?.sequence > 0 {
        return Err(DemoFault::NotEmpty);
    }
    let things = PAPERS.len() + 2;
    progress("units.csv", 0, things);
    store.add_areas(&operator::may_keep_units(), morning(date(2020, 10, 1)), areas()).await?;
    store.add_successions(&operator::may_keep_units(), morning(date(2020, 10, 1)), &successions()).await?;
    store.add_people(&operator::may_keep_units(), morning(date(2020, 10, 1)), &people()).await?;
    progress("accounts", 1, things);
    let password = password::one_time().map_err(DemoFault::Password)?;
    let hash = Passwords::default().hash(&password).await.map_err(DemoFault::Password)?;
    for account in &ACCOUNTS {
        let unit = unit_of_code(store, account.unit_code).await?;
        let may = operator::may_keep_accounts();
        store.add_account(&may, morning(date(2021, 1, 4)), account.name, hash.clone(), None, (account.role, unit)).await?;
    }
    let officer = actor(store, "van.thu").await?;
    for (done, paper) in PAPERS.iter().enumerate() {
        progress(paper.file_name, done + 2, things);
        bring(store, &officer, paper).await?;
    }
    progress("", things, things);
    Ok(password)
}

/// Takes one paper as far as its stage, the way an officer would.
async fn bring(store: &Store, officer: &Actor, paper: &DemoPaper) -> Result<(), DemoFault> {
    let day = paper.published_on.unwrap_or(TODAY);
    let reading = reader::read(paper.text, paper.published_on);
    let unit = match &reading.about {
        Some(about) => unit_of_name(store, &about.name, Some(day)).await?,
        None => None,
    };
    let hand_in = HandIn { reading, file_name: Some(paper.file_name.to_owned()), form_key: format!("demo {}", paper.file_name), unit };
    let handed_in = store.hand_in(&permission::may_hand_in(officer)?, morning(day), hand_in).await?;
    let (HandedIn::New(reading) | HandedIn::Known(reading)) = handed_in;
    if paper.stage == Stage::HandedIn {
        return Ok(());
    }
    let settled = settle(store, officer, reading, day).await?;
    if paper.stage == Stage::Settled {
        return Ok(());
    }
    let article = store.get(settled.article).await?;
    let document = store.get(settled.document).await?;
    let may = permission::may_publish(officer, &path_of(store, document.unit).await?)?;
    store.publish_article(&may, morning(day).plus_seconds(3600), article.id, article.revision).await?;
    let tasks = store.tasks_of_document(settled.document).await?;
    if day.year() == TODAY.year() {
        report(store, &tasks).await?;
    }
    Ok(())
}

async fn settle(store: &Store, officer: &Actor, reading: Id<HeldReading>, day: Date) -> Result<Settled, DemoFault> {
    let held = store.get(reading).await?;
    let may = permission::may_decide(officer, Some(&path_of(store, held.unit).await?))?;
    let drafts = store.drafts(reading).await?;
    let all: Vec<Id<Draft>> = drafts.iter().filter(|draft| draft.state == DraftState::Pending).map(|draft| draft.id).collect();
    store.accept_drafts(&may, morning(day).plus_seconds(600), reading, &all).await?;
    let held = store.get(reading).await?;
    let advice = store.advice_offer(&held).await?.map(|offer| offer.draft);
    let settlement = Settlement { reading, revision: held.revision, advice, known_on: day, seen: HashMap::new() };
    Ok(store.settle(&may, morning(day).plus_seconds(1200), &settlement).await?)
}

/// What the units reported, by the account that reports for them.
async fn report(store: &Store, tasks: &[Task]) -> Result<(), DemoFault> {
    let reporter = actor(store, "muong.van").await?;
    for (words, day, state, percent, note) in STEPS {
        let Some(task) = tasks.iter().find(|task| task.text.contains(words)) else { continue };
        let path = path_of(store, task.unit).await?;
        // Tasks of the province's own bodies are not the district's to report on.
        let Ok(may) = permission::may_report_progress(&reporter, &path) else { continue };
        let revision = store.get(task.id).await?.revision;
        let step = Step { revision, state, percent, note: note.to_owned(), closed_on: None };
        store.report_progress(&may, morning(day), task.id, step).await?;
    }
    Ok(())
}

async fn actor(store: &Store, name: &str) -> Result<Actor, DemoFault> {
    let account = store.account_named(name).await?.ok_or(Problem::NotFound)?;
    let roles = store.roles_of(account.id).await?;
    Ok(Actor::account(account.id, account.name, roles))
}

async fn path_of(store: &Store, unit: Option<Id<Unit>>) -> Result<permission::UnitPath, DemoFault> {
    let unit = match unit {
        Some(unit) => unit,
        None => unit_of_code(store, PROVINCE).await?,
    };
    Ok(store.unit_path(unit).await?)
}

async fn unit_of_code(store: &Store, code: &str) -> Result<Id<Unit>, DemoFault> {
    Ok(store.units_by_code(code).await?.first().ok_or(Problem::NotFound)?.id)
}

async fn unit_of_name(store: &Store, name: &str, day: Option<Date>) -> Result<Option<Id<Unit>>, DemoFault> {
    let living: Vec<Unit> = store.units_named(name).await?.into_iter().filter(|unit| unit.exists_on(day)).collect();
    Ok(if let [only] = &living[..] { Some(only.id) } else { None })
}

/// Eight o'clock in the morning of a day in Viet Nam.
fn morning(day: Date) -> Moment {
    let days = i64::from(domain::task::days_between(date(1970, 1, 1), day));
    Moment(0).plus_seconds(days * 86_400 + 3_600)
}

/// The rows of a file of the demo, without its header. Its fields are quoted where they hold a comma.
fn rows(csv: &str) -> impl Iterator<Item = Vec<String>> {
    csv.lines().skip(1).map(fields)
}

fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.trim_end_matches('\r').chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    fields.push(field);
    fields
}

fn areas() -> Vec<(NewUnit, Option<String>)> {
    let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let area = |row: Vec<String>| {
        let [code, name, kind, parent, from, to] = <[String; 6]>::try_from(row).ok()?;
        let (valid_from, valid_to) = (parse_day(&from), parse_day(&to));
        let new = NewUnit { code: Some(code), name, kind, class: UnitClass::Area, parent: None, parent_code: None, valid_from, valid_to };
        Some((new, filled(&parent)))
    };
    rows(UNITS).filter_map(area).collect()
}

fn successions() -> Vec<NewSuccession> {
    let succession = |row: Vec<String>| {
        let [from_code, to_code, on_day, act, share] = <[String; 5]>::try_from(row).ok()?;
        let share_millionths = share.parse::<Decimal>().ok().map(millionths);
        Some(NewSuccession { from_code, to_code, on_day: parse_day(&on_day)?, act, share_millionths })
    };
    rows(SUCCESSIONS).filter_map(succession).collect()
}

/// A share between 0 and 1 in millionths.
fn millionths(share: Decimal) -> i64 {
    let scale = u32::from(share.scale());
    share.units() * 1_000_000 / 10_i64.pow(scale)
}

fn people() -> Vec<(String, Vec<NewPosition>)> {
    let mut people: BTreeMap<String, (String, Vec<NewPosition>)> = BTreeMap::new();
    for row in rows(PEOPLE) {
        let Ok([person, name, title, body, from, to]) = <[String; 6]>::try_from(row) else { continue };
        let position = NewPosition { title, body, held_from: parse_day(&from), held_to: parse_day(&to) };
        people.entry(person).or_insert_with(|| (name, Vec::new())).1.push(position);
    }
    people.into_values().collect()
}

#[cfg(test)]
mod tests {
    use domain::code::Coded;
    use domain::fold::fold;

    use super::*;

    #[test]
    fn the_files_of_the_demo_are_read_whole() {
        assert_eq!(areas().len(), UNITS.lines().count() - 1);
        assert_eq!(people().iter().map(|(_, positions)| positions.len()).sum::<usize>(), PEOPLE.lines().count() - 1);
        assert_eq!(successions().len(), SUCCESSIONS.lines().count() - 1);
        assert_eq!(millionths("0.62".parse().unwrap_or_else(|_| 0.into())), 620_000);
        assert_eq!(fields("P15,K'Sởn,\"Sở Văn hóa, Thể thao\",a"), ["P15", "K'Sởn", "Sở Văn hóa, Thể thao", "a"]);
    }

    #[test]
    fn every_step_has_its_task() {
        let paper = &PAPERS[3];
        let reading = reader::read(paper.text, paper.published_on);
        for (words, ..) in STEPS {
            assert_eq!(reading.tasks.iter().filter(|task| task.quote.contains(words)).count(), 1, "{words}");
        }
    }

    #[test]
    fn the_morning_is_at_eight() {
        assert_eq!(morning(TODAY).in_viet_nam().to_string(), "2024-05-20T08:00:00");
    }

    #[test]
    fn codes_of_roles_are_printed() {
        assert!(ACCOUNTS.iter().all(|account| !account.role.code().is_empty() && fold(account.name) == account.name));
    }
}
