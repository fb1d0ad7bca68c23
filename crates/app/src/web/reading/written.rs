//! The end of a review: what was written where, or that the reading was put aside.

use askama::Template;
use axum::response::Response;
use domain::draft::{DraftState, HeldReading, ReadingState};

use super::list::title_of;
use crate::web::{App, Fault, Nav, Page, render};

struct Written {
    label: String,
    address: String,
}

#[derive(Template)]
#[template(path = "reading/written.html")]
struct WrittenPage {
    page: Page,
    discarded: bool,
    known: bool,
    accepted: String,
    written: Vec<Written>,
    /// Where the article is published from.
    article: Option<String>,
    is_public: bool,
}

/// The page of a reading that is no longer on the desk.
pub async fn show_written(app: &App, page: Page, held: &HeldReading, known: bool) -> Result<Response, Fault> {
    let lang = page.lang;
    let drafts = app.store().drafts(held.id).await?;
    let count = |state: DraftState| lang.integer(drafts.iter().filter(|draft| draft.state == state).count());
    let accepted = lang.reading_decided(count(DraftState::Accepted), count(DraftState::Corrected), count(DraftState::Dropped));
    let (mut written, mut article, mut is_public) = (Vec::new(), None, false);
    let mut add = |label: String, path: String| written.push(Written { label, address: page.href(&path) });
    if let Some(id) = held.document {
        let document = app.store().get(id).await?;
        add(lang.reading_wrote_document(document.name()), format!("/documents/{id}"));
        if let Some(session) = held.session {
            let session = app.store().get(session).await?;
            add(lang.reading_wrote_session(&session.title, lang.day_or_unknown(session.held_on)), format!("/sessions/{}", session.id));
        }
        if let Some(unit) = held.unit {
            let claims = app.store().claims_of_document(id).await?;
            add(lang.reading_wrote_claims(lang.integer(claims.len())), format!("/documents/{id}"));
            let ids: Vec<_> = claims.iter().map(|claim| claim.id).collect();
            let numbers = app.store().measurements_of_claims(&ids).await?.len();
            if numbers > 0 {
                add(lang.measured_wrote(lang.integer(numbers)), format!("/scoreboards/{unit}"));
            }
        }
        let proposals = app.store().proposals_of_document(id).await?.len();
        add(lang.reading_wrote_proposals(lang.integer(proposals)), format!("/proposals?document={id}"));
        let tasks = app.store().tasks_of_document(id).await?.len();
        add(lang.reading_wrote_tasks(lang.integer(tasks)), format!("/tasks?document={id}"));
        if let Some(draft) = app.store().articles_of(id).await?.first() {
            is_public = draft.published_at.is_some();
            add(lang.reading_wrote_article(&draft.title), format!("/news/{}-{}", draft.slug, draft.id));
            article = Some(page.href(&format!("/articles/{}/edit", draft.id)));
        }
    }
    let discarded = held.state == ReadingState::Discarded;
    let title = title_of(lang, held);
    let page = page.at(Nav::Readings).titled(title);
    render(&WrittenPage { page, discarded, known, accepted, written, article, is_public })
}
