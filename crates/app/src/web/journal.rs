//! The journal as people read it: who did what to what, newest first. What was written, row by row, stands in the entry.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::account::Role;
use domain::code::Coded;
use domain::journal::JournalEntry;
use domain::permission::Actor;
use domain::problem::Problem;

use super::support::form::Fields;
use super::support::login::Signed;
use super::{App, Fault, Page, render};
use crate::lang::Lang;

/// Entries a page.
const ENTRIES_A_PAGE: i64 = 100;

struct EntryLine {
    sequence: String,
    moment: String,
    /// Where the clock went back: what the entry before says.
    clock_back: Option<String>,
    actor: String,
    action: String,
    /// What it was done to, and its page where it has one.
    subject: String,
    href: Option<String>,
    /// The first characters of the hash: enough to compare with an exported head.
    hash: String,
}

#[derive(Template)]
#[template(path = "journal/list.html")]
struct JournalPage {
    page: Page,
    entries: Vec<EntryLine>,
    older: Option<String>,
    newest: Option<String>,
}

/// Whether somebody may read the journal: whoever reads everything, and who keeps the accounts.
pub fn may_read(actor: &Actor) -> bool {
    actor.holds_somewhere(Role::Viewer) || actor.holds_somewhere(Role::Administrator)
}

/// `GET /journal`
pub async fn list_journal(State(app): State<App>, RawQuery(query): RawQuery, page: Page, Signed(actor): Signed) -> Result<Response, Fault> {
    if !may_read(&actor) {
        return Err(Problem::Forbidden { role: Role::Viewer.code(), unit: None }.into());
    }
    let lang = page.lang;
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let before = match query.filled("before") {
        Some(typed) => Some(typed.parse::<i64>().map_err(|_| Problem::NotFound)?),
        None => None,
    };
    // And the one before the page's first, which its time is held against.
    let mut entries = app.store().journal_entries(before, ENTRIES_A_PAGE + 1).await?;
    let earlier = entries.iter().skip(1).map(Some).chain([None]);
    let page_length = usize::try_from(ENTRIES_A_PAGE).unwrap_or(usize::MAX);
    let lines = entries.iter().zip(earlier).take(page_length).map(|(entry, earlier)| line(lang, entry, earlier)).collect();
    entries.truncate(page_length);
    let last = entries.last().map(|entry| entry.sequence).filter(|sequence| *sequence > 1);
    render(&JournalPage {
        entries: lines,
        older: last.map(|sequence| page.href(&format!("/journal?before={sequence}"))),
        newest: before.map(|_| page.href("/journal")),
        page: page.titled(lang.nav_journal()).described(lang.journal_lead()),
    })
}

fn line(lang: Lang, entry: &JournalEntry, earlier: Option<&JournalEntry>) -> EntryLine {
    // "task.in_progress" is the key "task_in_progress"; an action without words stands as it is.
    let action = lang.word("journal_action", &entry.action.replace('.', "_")).unwrap_or(&entry.action);
    EntryLine {
        sequence: lang.integer(entry.sequence),
        moment: lang.moment(entry.at),
        clock_back: earlier.filter(|earlier| earlier.at > entry.at).map(|earlier| lang.journal_clock_back(lang.moment(earlier.at))),
        actor: entry.actor.clone(),
        action: action.to_owned(),
        subject: subject_words(lang, &entry.subject),
        href: page_of(&entry.subject).map(|path| lang.href(&path)),
        hash: entry.hash.chars().take(12).collect(),
    }
}

/// `task/12` → "Nhiệm vụ #12"; a noun without words stands as it is.
fn subject_words(lang: Lang, subject: &str) -> String {
    let (noun, id) = subject.split_once('/').unwrap_or((subject, ""));
    match lang.word("journal_subject", noun) {
        // The action says it already.
        _ if noun == "login" => String::new(),
        Some(word) if id.is_empty() => word.to_owned(),
        Some(word) => format!("{word} #{id}"),
        None => subject.to_owned(),
    }
}

/// The page of a subject, where it has one.
fn page_of(subject: &str) -> Option<String> {
    let (noun, id) = subject.split_once('/')?;
    let pages = match noun {
        "task" => "tasks",
        "proposal" => "proposals",
        "session" => "sessions",
        "reading" => "readings",
        "document" => "documents",
        "unit" => "units",
        "frozen_board" => "boards",
        "measurement" => "measurements",
        "article" => return Some(format!("/articles/{id}/edit")),
        _ => return None,
    };
    Some(format!("/{pages}/{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_have_words_and_pages() {
        assert_eq!(subject_words(Lang::Vi, "task/12"), "Nhiệm vụ #12");
        assert_eq!(subject_words(Lang::En, "login"), "");
        assert_eq!(page_of("task/12").as_deref(), Some("/tasks/12"));
        assert_eq!(page_of("login"), None);
        assert_eq!(page_of("draft/3"), None);
    }
}
