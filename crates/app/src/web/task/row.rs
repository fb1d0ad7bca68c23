//! A task as one row of a table: on the list, on a session's page, among what waits for somebody.

use std::collections::HashMap;

use domain::document::Document;
use domain::fold::fold;
use domain::id::Id;
use domain::moment::Moment;
use domain::task::{Task, TaskBody, TaskRole};
use domain::unit::{AREA_KINDS, Unit};
use jiff::civil::Date;

use crate::lang::{Lang, StateWords};
use crate::web::Page;
use crate::web::source::paper_name;

/// A row of a table of tasks.
pub struct TaskRow {
    /// Its page.
    pub href: String,
    /// What shall be done.
    pub text: String,
    /// The paper and what is special: "412-TB/TU · tạm ghi".
    pub about: String,
    /// Who leads; empty where nobody is named.
    pub lead: String,
    /// Who cooperates, in one line; empty where nobody does.
    pub cooperating: String,
    /// The last day; empty for none.
    pub due: String,
    /// Against its deadline.
    pub stands: StateWords,
    /// The state of the work.
    pub state: &'static str,
    /// The day of its last step; empty for none.
    pub updated: String,
    /// Whether the public does not see it.
    pub unpublished: bool,
}

/// What rows are made of besides the tasks.
pub struct Around<'a> {
    /// The papers that the tasks were read from.
    pub documents: &'a [Document],
    /// Their bodies, leads first.
    pub bodies: &'a [TaskBody],
    /// The units among those bodies.
    pub units: &'a [Unit],
    /// When each was last moved on.
    pub updates: &'a HashMap<Id<Task>, Moment>,
    /// The day that deadlines are held against.
    pub today: Date,
    /// Whether all come from one paper, which the page names already.
    pub one_paper: bool,
}

/// Tasks as rows, in the order given.
pub fn rows_of(page: &Page, tasks: &[&Task], around: &Around<'_>) -> Vec<TaskRow> {
    tasks.iter().map(|task| row_of(page, task, around)).collect()
}

fn row_of(page: &Page, task: &Task, around: &Around<'_>) -> TaskRow {
    let lang = page.lang;
    let document = around.documents.iter().find(|document| document.id == task.document);
    let names = |role: TaskRole| {
        let of_task = around.bodies.iter().filter(|body| body.task == task.id && body.role == role);
        of_task.map(|body| body_name(body, around.units)).collect::<Vec<_>>().join("; ")
    };
    TaskRow {
        href: page.href(&format!("/tasks/{}", task.id)),
        text: sentence_case(&task.text),
        about: about(lang, task, document.filter(|_| !around.one_paper)),
        lead: names(TaskRole::Lead),
        cooperating: names(TaskRole::Cooperating),
        due: task.due.map_or_else(String::new, |day| lang.day(day)),
        stands: lang.task_timeliness(task, around.today),
        state: lang.task_state_word(task.state),
        updated: around.updates.get(&task.id).map_or_else(String::new, |moment| lang.day(moment.day())),
        unpublished: document.is_some_and(|document| document.published_at.is_none()),
    }
}

/// The paper, and whether the task is provisional or the upper level's own promise.
fn about(lang: Lang, task: &Task, document: Option<&Document>) -> String {
    let mut parts: Vec<String> = document.iter().map(|document| paper_name(lang, document)).collect();
    if !task.binding {
        parts.push(lang.task_provisional_short().to_owned());
    }
    if task.commitment {
        parts.push(lang.task_commitment_short().to_owned());
    }
    parts.join(" · ")
}

/// A body as printed; where the paper says only "huyện" or "địa phương", the unit that is meant.
pub fn body_name(body: &TaskBody, units: &[Unit]) -> String {
    let folded = fold(&body.name);
    let bare = AREA_KINDS.iter().any(|kind| fold(kind) == folded) || ["dia phuong", "don vi"].contains(&folded.as_str());
    let unit = units.iter().find(|unit| bare && Some(unit.id) == body.unit);
    unit.map_or_else(|| body.name.clone(), |unit| unit.name.clone())
}

/// Words out of the middle of a sentence, as a title: with a capital at their head.
pub fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
