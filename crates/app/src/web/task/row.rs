//! A task as one row of a table: on the list, on a session's page, among what waits for somebody.

use std::collections::HashMap;

use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::task::{Task, TaskBody, TaskRole};
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
    /// When each was last moved on.
    pub updates: &'a HashMap<Id<Task>, Moment>,
    /// The day that deadlines are held against.
    pub today: Date,
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
        of_task.map(|body| body.name.as_str()).collect::<Vec<_>>().join("; ")
    };
    TaskRow {
        href: page.href(&format!("/tasks/{}", task.id)),
        text: task.text.clone(),
        about: about(lang, task, document),
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
