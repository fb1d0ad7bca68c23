//! The list of tasks: the five rates together, filters, counted shortcuts, fifty rows a page.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::document::Document;
use domain::fold::fold;
use domain::id::Id;
use domain::task::TaskBody;
use domain::unit::Unit;
use jiff::civil::Date;
use store::task::Audience;

use super::row::{Around, TaskRow, rows_of};
use crate::lang::{Lang, RateWords};
use crate::task_list::{BUCKETS, Filter, Found, ListedTask, Order, TaskList};
use crate::web::source::{audience, paper_name};
use crate::web::support::form::Fields;
use crate::web::support::pager::{PageNumber, PagerLink};
use crate::web::{App, Fault, Nav, Page, render};

/// Rows a page: a screen and a half on an office's monitor, two sheets of paper.
const ROWS_A_PAGE: i64 = 50;

/// The shapes of the shortcuts.
const SHAPES: [&str; BUCKETS.len()] = ["over", "soon", "go", "none", "done", "pause"];

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
    let (lang, today) = (page.lang, app.today());
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let head = match &page.head {
        Some(head) => head.clone(),
        None => app.journal_head().await?,
    };
    let list = app.task_lists().list(app.store(), &head, today).await?;
    let filter = filter_of(audience(&page), &query);
    let found = list.find(&filter);
    let state = query.get("state").to_owned();
    let number = PageNumber::of(&query, ROWS_A_PAGE)?;
    let pager = number.links(lang, &address(&query, &state), i64::try_from(found.shown).unwrap_or(i64::MAX))?;
    let skip = usize::try_from(number.offset()).unwrap_or(usize::MAX);
    let on_page = found.page(skip, usize::try_from(number.size()).unwrap_or(0));
    let tasks_page = TasksPage {
        lead: lang.task_list_lead(lang.integer(found.chosen), lang.day(today)),
        rates: lang.task_rates(&found.rates).into(),
        all: lang.integer(found.chosen),
        search: query.get("q").to_owned(),
        units: unit_choices(&list, filter.audience, query.get("unit")),
        documents: document_choices(lang, &list, filter.audience, query.get("document")),
        sorts: sort_choices(lang, query.get("sort")),
        chips: chips(lang, &query, &found, &state),
        rows: rows(&page, &list, &on_page, today),
        pager,
        filtered: query.iter().any(|(name, value)| name != "page" && name != "sort" && !value.trim().is_empty()),
        state,
        page: page.at(Nav::Tasks).titled(lang.nav_tasks()).described(lang.task_list_description()),
    };
    render(&tasks_page)
}

/// The filter of an address; what is no number is no filter.
fn filter_of(audience: Audience, query: &Fields) -> Filter {
    Filter {
        audience,
        words: fold(query.get("q")),
        unit: query.get("unit").parse().ok().map(Id::new),
        document: query.get("document").parse().ok().map(Id::new),
        bucket: query.filled("state").map(str::to_owned),
        // Tasks come by their deadlines; the other orders are for those who look for what lies still and for what is new.
        order: match query.get("sort") {
            "updated" => Order::Updated,
            "new" => Order::New,
            _ => Order::Due,
        },
    }
}

/// The rows of a page, with no more around them than they need.
fn rows(page: &Page, list: &TaskList, on_page: &[&ListedTask], today: Date) -> Vec<TaskRow> {
    let papers: HashSet<Id<Document>> = on_page.iter().map(|listed| listed.task.document).collect();
    let documents: Vec<Document> = papers.into_iter().filter_map(|id| list.document(id)).cloned().collect();
    let bodies: Vec<TaskBody> = on_page.iter().flat_map(|listed| &listed.bodies).cloned().collect();
    let units: HashSet<Id<Unit>> = bodies.iter().filter_map(|body| body.unit).collect();
    let units = list.units_among(&units);
    let updates = on_page.iter().filter_map(|listed| Some((listed.task.id, listed.updated?))).collect();
    let around = Around { documents: &documents, bodies: &bodies, units: &units, updates: &updates, today, one_paper: false };
    let tasks: Vec<_> = on_page.iter().map(|listed| &listed.task).collect();
    rows_of(page, &tasks, &around)
}

fn unit_choices(list: &TaskList, audience: Audience, chosen: &str) -> Vec<Choice> {
    list.units_seen_by(audience).map(|unit| choice(unit.id.to_string(), unit.name.clone(), chosen)).collect()
}

fn document_choices(lang: Lang, list: &TaskList, audience: Audience, chosen: &str) -> Vec<Choice> {
    list.documents_seen_by(audience).map(|document| choice(document.id.to_string(), paper_name(lang, document), chosen)).collect()
}

fn choice(value: String, label: String, chosen: &str) -> Choice {
    Choice { selected: value == chosen, value, label }
}

fn sort_choices(lang: Lang, chosen: &str) -> Vec<Choice> {
    let orders = [("", lang.task_sort_due()), ("updated", lang.task_sort_updated()), ("new", lang.task_sort_new())];
    orders.into_iter().map(|(value, label)| choice(value.to_owned(), label.to_owned(), chosen)).collect()
}

fn chips(lang: Lang, query: &Fields, found: &Found<'_>, state: &str) -> Vec<Chip> {
    let chip = |code: &str, shape: &'static str, label: &str, count: usize| Chip {
        href: lang.href(&address(query, code)),
        shape,
        label: format!("{label} {}", lang.integer(count)),
        current: code == state,
    };
    let all = chip("", "", lang.task_all(), found.chosen);
    let counted = BUCKETS.into_iter().zip(SHAPES).zip(found.buckets);
    let counted = counted.map(|((code, shape), count)| chip(code, shape, lang.word("task_bucket", code).unwrap_or_default(), count));
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
