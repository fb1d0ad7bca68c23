//! The list of tasks: the five rates together, filters, counted shortcuts, fifty rows a page.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::document::Document;
use domain::fold::fold;
use domain::id::Id;
use domain::moment::Moment;
use domain::rate::{RatedTask, TaskRates};
use domain::task::{Task, TaskBody, Timeliness, timeliness};
use domain::unit::Unit;
use jiff::civil::Date;

use super::row::{Around, TaskRow, rows_of};
use crate::lang::{Lang, RateWords};
use crate::web::source::{audience, paper_name};
use crate::web::support::form::Fields;
use crate::web::support::pager::{PageNumber, PagerLink};
use crate::web::{App, Fault, Nav, Page, render};

/// Rows a page: a screen and a half on an office's monitor, two sheets of paper.
const ROWS_A_PAGE: i64 = 50;

/// The shortcuts, in the order of urgency; every task is under exactly one of them.
const BUCKETS: [(&str, &str); 6] =
    [("overdue", "over"), ("soon", "soon"), ("in_time", "go"), ("no_deadline", "none"), ("done", "done"), ("resting", "pause")];

/// A shortcut with its count.
pub struct Chip {
    /// Where it leads.
    pub href: String,
    /// Its shape; empty for "all".
    pub shape: &'static str,
    /// Its words and count.
    pub label: String,
    /// Whether it is in use.
    pub current: bool,
}

/// A choice of a list.
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is in use.
    pub selected: bool,
}

#[derive(Template)]
#[template(path = "task/list.html")]
struct TasksPage {
    page: Page,
    lead: String,
    rates: Vec<RateWords>,
    all: String,
    search: String,
    units: Vec<Choice>,
    documents: Vec<Choice>,
    sorts: Vec<Choice>,
    state: String,
    chips: Vec<Chip>,
    rows: Vec<TaskRow>,
    pager: Vec<PagerLink>,
    filtered: bool,
}

/// `GET /tasks`
pub async fn list_tasks(State(app): State<App>, RawQuery(query): RawQuery, page: Page) -> Result<Response, Fault> {
    let lang = page.lang;
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let held = Held::read(&app, &page).await?;
    let chosen = held.chosen(&app, &query).await?;
    let today = app.today();
    let rates = lang.task_rates(&TaskRates::of(chosen.iter().map(|task| held.rated(task)), today));
    let state = query.get("state").to_owned();
    let mut shown: Vec<&Task> = chosen.iter().copied().filter(|task| state.is_empty() || bucket(task, today) == state).collect();
    held.sort(&mut shown, query.get("sort"));
    let number = PageNumber::of(&query, ROWS_A_PAGE)?;
    let pager = number.links(lang, &address(&query, &state), i64::try_from(shown.len()).unwrap_or(i64::MAX))?;
    let skip = usize::try_from(number.offset()).unwrap_or(usize::MAX);
    let on_page: Vec<&Task> = shown.iter().copied().skip(skip).take(usize::try_from(number.size()).unwrap_or(0)).collect();
    let around =
        Around { documents: &held.documents, bodies: &held.bodies, units: &held.units, updates: &held.updates, today, one_paper: false };
    let tasks_page = TasksPage {
        lead: lang.task_list_lead(lang.integer(chosen.len()), lang.day(today)),
        rates: rates.into(),
        all: lang.integer(chosen.len()),
        search: query.get("q").to_owned(),
        units: held.unit_choices(query.get("unit")),
        documents: held.document_choices(lang, query.get("document")),
        sorts: sort_choices(lang, query.get("sort")),
        chips: chips(lang, &query, &chosen, &state, today),
        rows: rows_of(&page, &on_page, &around),
        pager,
        filtered: query.iter().any(|(name, value)| name != "page" && name != "sort" && !value.trim().is_empty()),
        state,
        page: page.at(Nav::Tasks).titled(lang.nav_tasks()).described(lang.task_list_description()),
    };
    render(&tasks_page)
}

/// Everything that the list looks through: one province's tasks fit in memory many times over.
struct Held {
    tasks: Vec<Task>,
    bodies: Vec<TaskBody>,
    documents: Vec<Document>,
    units: Vec<Unit>,
    updates: HashMap<Id<Task>, Moment>,
}

impl Held {
    async fn read(app: &App, page: &Page) -> Result<Self, Fault> {
        let store = app.store();
        Ok(Self {
            tasks: store.tasks(audience(page)).await?,
            bodies: store.task_bodies(None).await?,
            documents: store.documents_with_tasks().await?,
            units: store.units_with_tasks().await?,
            updates: store.last_progress().await?.into_iter().collect(),
        })
    }

    /// The tasks that fit the search, the unit (with everything below it) and the paper.
    async fn chosen(&self, app: &App, query: &Fields) -> Result<Vec<&Task>, Fault> {
        let subtree: Option<HashSet<Id<Unit>>> = match query.get("unit").parse::<i64>() {
            Ok(unit) => Some(app.store().unit_subtree(Id::new(unit)).await?.into_iter().collect()),
            Err(_) => None,
        };
        let document = query.get("document").parse::<i64>().ok();
        let words = fold(query.get("q"));
        let fits = |task: &&Task| {
            subtree.as_ref().is_none_or(|units| self.units_of(task).any(|unit| units.contains(&unit)))
                && document.is_none_or(|document| task.document.number() == document)
                && (words.is_empty() || self.says(task, &words))
        };
        Ok(self.tasks.iter().filter(fits).collect())
    }

    fn units_of<'a>(&'a self, task: &'a Task) -> impl Iterator<Item = Id<Unit>> + 'a {
        let bodies = self.bodies.iter().filter(|body| body.task == task.id).filter_map(|body| body.unit);
        task.unit.into_iter().chain(bodies)
    }

    /// Whether the folded words stand in the task, its bodies or the name of its paper.
    fn says(&self, task: &Task, words: &str) -> bool {
        let in_paper = |document: &Document| document.folded.contains(words);
        fold(&task.text).contains(words)
            || self.bodies.iter().any(|body| body.task == task.id && fold(&body.name).contains(words))
            || self.documents.iter().any(|document| document.id == task.document && in_paper(document))
    }

    fn rated(&self, task: &Task) -> RatedTask {
        let updated_on = self.updates.get(&task.id).map(|moment| moment.day());
        RatedTask { state: task.state, due: task.due, closed_on: task.closed_on, updated_on }
    }

    /// Tasks come by their deadlines; the other orders are for those who look for what lies still and for what is new.
    fn sort(&self, tasks: &mut [&Task], by: &str) {
        match by {
            "updated" => tasks.sort_by_key(|task| (self.updates.get(&task.id).copied(), task.id)),
            "new" => tasks.sort_by_key(|task| std::cmp::Reverse(task.id)),
            _ => {}
        }
    }

    fn unit_choices(&self, chosen: &str) -> Vec<Choice> {
        let seen: HashSet<Id<Unit>> = self.tasks.iter().flat_map(|task| self.units_of(task)).collect();
        let units = self.units.iter().filter(|unit| seen.contains(&unit.id));
        units.map(|unit| choice(unit.id.to_string(), unit.name.clone(), chosen)).collect()
    }

    fn document_choices(&self, lang: Lang, chosen: &str) -> Vec<Choice> {
        let seen: HashSet<Id<Document>> = self.tasks.iter().map(|task| task.document).collect();
        let documents = self.documents.iter().filter(|document| seen.contains(&document.id));
        documents.map(|document| choice(document.id.to_string(), paper_name(lang, document), chosen)).collect()
    }
}

fn choice(value: String, label: String, chosen: &str) -> Choice {
    Choice { selected: value == chosen, value, label }
}

fn sort_choices(lang: Lang, chosen: &str) -> Vec<Choice> {
    let orders = [("", lang.task_sort_due()), ("updated", lang.task_sort_updated()), ("new", lang.task_sort_new())];
    orders.into_iter().map(|(value, label)| choice(value.to_owned(), label.to_owned(), chosen)).collect()
}

/// The shortcut that a task is under.
fn bucket(task: &Task, today: Date) -> &'static str {
    match timeliness(task.state, task.due, task.closed_on, today) {
        Timeliness::Overdue { .. } => "overdue",
        Timeliness::DueSoon { .. } | Timeliness::DueToday => "soon",
        Timeliness::NotDue { .. } => "in_time",
        Timeliness::NoDeadline => "no_deadline",
        Timeliness::Resting => "resting",
        _ => "done",
    }
}

fn chips(lang: Lang, query: &Fields, tasks: &[&Task], state: &str, today: Date) -> Vec<Chip> {
    let chip = |code: &str, shape: &'static str, label: &str, count: usize| Chip {
        href: lang.href(&address(query, code)),
        shape,
        label: format!("{label} {}", lang.integer(count)),
        current: code == state,
    };
    let all = chip("", "", lang.task_all(), tasks.len());
    let counted = BUCKETS.into_iter().map(|(code, shape)| {
        let count = tasks.iter().filter(|task| bucket(task, today) == code).count();
        chip(code, shape, lang.word("task_bucket", code).unwrap_or_default(), count)
    });
    std::iter::once(all).chain(counted).collect()
}

/// The list under another shortcut, with the other filters as they are.
fn address(query: &Fields, state: &str) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for name in ["q", "unit", "document", "sort"] {
        if let Some(value) = query.filled(name) {
            pairs.append_pair(name, value);
        }
    }
    if !state.is_empty() {
        pairs.append_pair("state", state);
    }
    let pairs = pairs.finish();
    if pairs.is_empty() { "/tasks".to_owned() } else { format!("/tasks?{pairs}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortcut_keeps_the_other_filters_and_drops_the_page() {
        let query = Fields::parse(b"q=bi%C3%AAn+ch%E1%BA%BF&unit=7&page=3&state=done&sort=");
        assert_eq!(address(&query, "overdue"), "/tasks?q=bi%C3%AAn+ch%E1%BA%BF&unit=7&state=overdue");
        assert_eq!(address(&Fields::default(), ""), "/tasks");
    }
}
