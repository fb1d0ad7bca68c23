//! Fills an empty ledger for `benches/pages.sh`: the demo, and as many more tasks as are asked for, read from published papers of
//! fifty tasks each. Every paper is one write of the store with its journal entry, so `cotmoc audit verify` walks it as any other.
//!
//!     cargo run --release -p bench --bin many_tasks -- sqlite:///absolute/path.db 20000

use std::error::Error;

use cotmoc::demo;
use domain::document::{Document, Passage};
use domain::fold::fold;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::operator;
use domain::reading::PaperKind;
use domain::task::{Progress, Task, TaskBody, TaskRole, TaskState};
use domain::unit::Unit;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use store::ledger::Write;
use store::{Store, StoreError};

/// Tasks of a paper: a long notice of conclusions.
const TASKS_A_PAPER: usize = 50;
/// The day of the first paper; one follows each day.
const FIRST_DAY: Date = date(2023, 4, 20);
/// When everything was written.
const AT: Moment = Moment(1_716_170_400_000);

const DEEDS: [&str; 8] = [
    "Rà soát các dự án chậm tiến độ",
    "Báo cáo kết quả giải ngân vốn đầu tư công",
    "Hoàn thành hồ sơ giao đất ở cho hộ nghèo",
    "Tham mưu phương án nâng cấp đường liên xã",
    "Bố trí giáo viên cho các điểm trường vùng cao",
    "Kiểm tra an toàn hồ chứa trước mùa mưa",
    "Sắp xếp dân cư ra khỏi vùng có nguy cơ sạt lở",
    "Hướng dẫn hợp tác xã đăng ký mã vùng trồng",
];
const DEPARTMENTS: [&str; 5] = ["Sở Nội vụ", "Sở Tài chính", "Sở Giao thông vận tải", "Sở Giáo dục và Đào tạo", "Văn phòng Tỉnh ủy"];
const STATES: [TaskState; 6] =
    [TaskState::Assigned, TaskState::InProgress, TaskState::Done, TaskState::Done, TaskState::AwaitingReview, TaskState::Paused];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(database), Some(count)) = (arguments.next(), arguments.next()) else { return Err("many_tasks DATABASE COUNT".into()) };
    let count: usize = count.parse()?;
    let store = Store::open(&database).await?;
    demo::fill(&store, &mut |_, _, _| {}).await?;
    let areas = store.areas().await?;
    for first in (0..count).step_by(TASKS_A_PAPER) {
        write_paper(&store, &areas, first..count.min(first + TASKS_A_PAPER)).await?;
    }
    store.close().await;
    Ok(())
}

/// A published paper with the tasks of some numbers.
async fn write_paper(store: &Store, areas: &[Unit], numbers: std::ops::Range<usize>) -> Result<(), StoreError> {
    let mut write = store.write(&operator::may_load(), AT).await?;
    let paper = numbers.start / TASKS_A_PAPER;
    let day = FIRST_DAY.saturating_add(i64::try_from(paper % 390).unwrap_or_default().days());
    let (symbol, title) = (format!("{}-TB/VPTU", paper + 1000), format!("Thông báo kết luận số {}", paper + 1000));
    let document = Document {
        id: write.new_id(),
        kind: Some(PaperKind::ConclusionNotice),
        document_type: None,
        folded: fold(&format!("{symbol} {title}")),
        symbol: Some(symbol),
        title: Some(title),
        issued_on: Some(day),
        issuer: Some("Văn phòng Tỉnh ủy".to_owned()),
        source: None,
        byline: None,
        paper: None,
        unit: areas.get(paper % areas.len()).map(|unit| unit.id),
        reprint: false,
        published_at: Some(AT),
        published_by: None,
    };
    write.insert(&document).await?;
    for number in numbers {
        write_task(&mut write, document.id, areas, number, day).await?;
    }
    write.commit("paper.seed", &format!("document/{}", document.id)).await?;
    Ok(())
}

/// A task whose body, deadline, state and last step follow from its number.
async fn write_task(write: &mut Write, document: Id<Document>, areas: &[Unit], number: usize, day: Date) -> Result<(), StoreError> {
    let area = &areas[number * 7 % areas.len()];
    let start = i64::try_from(number % TASKS_A_PAPER).unwrap_or_default() * 200;
    let passage = Passage { id: write.new_id(), document, span_start: start, span_end: start + 180 };
    write.insert(&passage).await?;
    let days = |factor: usize, bound: usize| i64::try_from(number * factor % bound).unwrap_or_default().days();
    let due = (!number.is_multiple_of(9)).then(|| day.saturating_add(days(11, 420)));
    let state = STATES[number * 5 % STATES.len()];
    let closed_on = (!state.is_open()).then(|| day.saturating_add(days(13, 300)));
    let task = Task {
        id: write.new_id(),
        document,
        session: None,
        passage: passage.id,
        text: format!("{} tại {}, đợt {}", DEEDS[number * 3 % DEEDS.len()], area.name, number + 1),
        assigned_by: Some("Thường trực Tỉnh ủy".to_owned()),
        assigned_on: Some(day),
        unit: Some(area.id),
        due,
        product: None,
        binding: true,
        commitment: false,
        proposal: None,
        state,
        closed_on,
        revision: 1,
        withdrawn_at: None,
        withdrawn_by: None,
    };
    write.insert(&task).await?;
    let lead = (TaskRole::Lead, area.name.clone(), Some(area.id));
    let helper = (TaskRole::Cooperating, DEPARTMENTS[number % DEPARTMENTS.len()].to_owned(), None);
    for (ordinal, (role, name, unit)) in (1..).zip([lead, helper]) {
        let body = TaskBody { id: write.new_id(), task: task.id, role, name, unit, ordinal, ended_at: None };
        write.insert(&body).await?;
    }
    if state != TaskState::Assigned {
        let at = AT.plus_seconds(-3600 * i64::try_from(number % 2000).unwrap_or_default());
        let note = "Đã báo cáo theo định kỳ".to_owned();
        let step = Progress { id: write.new_id(), task: task.id, state, percent: None, note, at, by: "van.thu".to_owned() };
        write.insert(&step).await?;
    }
    Ok(())
}
