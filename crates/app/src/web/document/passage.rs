//! One sentence in its surroundings, with everything that hangs on it. Who may read the paper sees the whole paragraph and
//! its neighbours; everybody else the sentence and a few words on either side.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::claim::{Claim, ClaimKind};
use domain::document::{Document, Passage};
use domain::id::Id;
use domain::permission;
use domain::problem::Problem;
use store::document::span_of;

use super::acts::Acts;
use crate::lang::StateWords;
use crate::web::source::{Papers, Source, may_read_whole, may_see};
use crate::web::{App, Fault, Page, render};

/// Letters quoted before and after the sentence for who reads quotes only: enough to understand it, too little to reprint.
const AROUND_LETTERS_MAX: usize = 160;

/// The sentence and what stands around it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Surroundings {
    /// The paragraph before; empty for who reads quotes only.
    paragraph_before: String,
    before: String,
    /// The sentence up to the passage, the passage, and the rest of the sentence.
    sentence: [String; 3],
    after: String,
    paragraph_after: String,
}

/// Something that hangs on the passage.
struct Hanging {
    label: String,
    words: String,
    href: String,
    state: Option<StateWords>,
    /// Where it is taken back, for who may.
    take_back: Option<String>,
    /// Who took it back and when.
    taken_back: Option<String>,
}

#[derive(Template)]
#[template(path = "document/passage.html")]
struct PassagePage {
    page: Page,
    source: Source,
    at_href: String,
    surroundings: Surroundings,
    hanging: Vec<Hanging>,
}

/// `GET /passages/{id}`
pub async fn show_passage(page: Page, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Fault> {
    let passage: Passage = app.store().get(Id::new(id)).await?;
    let document = app.store().get(passage.document).await?;
    if !may_see(&page, &document) {
        return Err(Problem::NotFound.into());
    }
    let text = app.store().text_of(&document).await?.unwrap_or_default();
    let surroundings = surroundings(&text, &passage, may_read_whole(&page, &document));
    let source = Papers::new(&app, &page).source(document.id, passage.id).await?;
    let hanging = hanging(&app, &page, &document, &passage).await?;
    let (title, description) = (page.lang.passage_title(), surroundings.sentence.concat());
    let at_href = format!("{}#doan-{}", source.document_href, passage.id);
    render(&PassagePage { page: page.titled(title).described(description), source, at_href, surroundings, hanging })
}

fn surroundings(text: &str, passage: &Passage, whole: bool) -> Surroundings {
    let span = span_of(passage);
    let sentence = span.sentence_in(text);
    if sentence.is_empty() {
        return Surroundings::default();
    }
    // The sentence is a part of the text, so its place follows from where its bytes lie.
    let start = sentence.as_ptr().addr().saturating_sub(text.as_ptr().addr()).min(text.len());
    let end = start + sentence.len();
    let part = |from: usize, to: usize| text.get(from.min(to)..to).unwrap_or_default().to_owned();
    let (head, tail) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let (above, before) = head.rsplit_once('\n').unwrap_or(("", head));
    let (after, below) = tail.split_once('\n').unwrap_or((tail, ""));
    let paragraph = |line: Option<&str>| if whole { line.unwrap_or_default().to_owned() } else { String::new() };
    let filled = |line: &&str| !line.trim().is_empty();
    Surroundings {
        paragraph_before: paragraph(above.lines().rev().find(filled)),
        before: if whole { before.to_owned() } else { last_words(before) },
        sentence: [part(start, span.start.max(start)), part(span.start.max(start), span.end.min(end)), part(span.end.min(end), end)],
        after: if whole { after.to_owned() } else { first_words(after) },
        paragraph_after: paragraph(below.lines().find(filled)),
    }
}

fn last_words(text: &str) -> String {
    let letters = text.chars().count();
    if letters <= AROUND_LETTERS_MAX {
        return text.to_owned();
    }
    let kept: String = text.chars().skip(letters - AROUND_LETTERS_MAX).collect();
    format!("… {}", kept.split_once(' ').map_or(kept.as_str(), |(_, rest)| rest))
}

fn first_words(text: &str) -> String {
    if text.chars().count() <= AROUND_LETTERS_MAX {
        return text.to_owned();
    }
    let kept: String = text.chars().take(AROUND_LETTERS_MAX).collect();
    format!("{} …", kept.rsplit_once(' ').map_or(kept.as_str(), |(rest, _)| rest))
}

async fn hanging(app: &App, page: &Page, document: &Document, passage: &Passage) -> Result<Vec<Hanging>, Fault> {
    let lang = page.lang;
    let acts = Acts::of(app, document).await?;
    let mut hanging = Vec::new();
    for claim in acts.claims.iter().filter(|claim| claim.passage == passage.id) {
        let take_back =
            if may_take_back(app, page, claim).await? { Some(page.href(&format!("/claims/{}/withdrawal", claim.id))) } else { None };
        hanging.push(Hanging { take_back, ..claimed(page, claim) });
    }
    for statement in acts.statements.iter().filter(|statement| statement.passage == passage.id) {
        let (name, href) = match statement.person {
            Some(person) => (app.store().get(person).await?.name, page.href(&format!("/people/{person}"))),
            None => (statement.body.clone().unwrap_or_default(), String::new()),
        };
        hanging.push(plain(lang.passage_statement_of(name), &statement.quote, href, None));
    }
    for conclusion in acts.conclusions.iter().filter(|conclusion| conclusion.passage == passage.id) {
        let session = conclusion.session.map_or_else(String::new, |session| page.href(&format!("/sessions/{session}")));
        hanging.push(plain(lang.draft_kind_conclusion().to_owned(), &conclusion.quote, session, None));
    }
    for proposal in acts.proposals.iter().filter(|proposal| proposal.passage == passage.id) {
        let href = page.href(&format!("/proposals/{}", proposal.id));
        hanging.push(plain(lang.draft_kind_proposal().to_owned(), &proposal.text, href, Some(lang.proposal_words(proposal))));
    }
    for task in acts.tasks.iter().filter(|task| task.passage == passage.id) {
        let (href, state) = (page.href(&format!("/tasks/{}", task.id)), lang.task_timeliness(task, app.today()));
        hanging.push(plain(lang.draft_kind_task().to_owned(), &task.text, href, Some(state)));
    }
    for (_, person) in acts.people.iter().filter(|(at, _)| *at == passage.id) {
        hanging.push(plain(lang.draft_kind_person().to_owned(), &person.name, page.href(&format!("/people/{}", person.id)), None));
    }
    for photo in acts.photos.iter().filter(|photo| photo.passage == passage.id) {
        hanging.push(plain(lang.passage_photo(&photo.file), &photo.caption, String::new(), None));
    }
    if page.actor.is_some() {
        hanging.extend(taken_back(app, page, document, passage).await?);
    }
    Ok(hanging)
}

fn plain(label: String, words: &str, href: String, state: Option<StateWords>) -> Hanging {
    Hanging { label, words: words.to_owned(), href, state, take_back: None, taken_back: None }
}

fn claimed(page: &Page, claim: &Claim) -> Hanging {
    let lang = page.lang;
    let href = claim.unit.map_or_else(String::new, |unit| page.href(&format!("/scoreboards/{unit}")));
    match claim.kind {
        ClaimKind::Count => plain(lang.draft_kind_group_count().to_owned(), &lang.claim_count(claim), href, None),
        ClaimKind::Figure => {
            let words = format!("{}: {}, {}", claim.measure, lang.claim_quantity(claim), lang.claim_time(claim));
            plain(lang.draft_kind_figure().to_owned(), &words, href, None)
        }
    }
}

async fn may_take_back(app: &App, page: &Page, claim: &Claim) -> Result<bool, Fault> {
    let Some(actor) = &page.actor else { return Ok(false) };
    let path = match claim.unit {
        Some(unit) => Some(app.store().unit_path(unit).await?),
        None => None,
    };
    Ok(permission::may_decide(actor, path.as_ref()).is_ok())
}

async fn taken_back(app: &App, page: &Page, document: &Document, passage: &Passage) -> Result<Vec<Hanging>, Fault> {
    let mut hanging = Vec::new();
    for claim in app.store().taken_back_claims(document.id).await?.iter().filter(|claim| claim.passage == passage.id) {
        let by = match claim.withdrawn_by {
            Some(account) => app.store().get(account).await?.name,
            None => permission::OPERATOR.to_owned(),
        };
        let words = claim.withdrawn_at.map(|at| page.lang.claim_taken_back(page.lang.moment(at), by));
        hanging.push(Hanging { taken_back: words, href: String::new(), ..claimed(page, claim) });
    }
    Ok(hanging)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Tít\n\nCâu một ở đây. Câu hai có 57% lao động. Câu ba.\nĐoạn sau.";

    fn passage(words: &str) -> Passage {
        let start = TEXT.find(words).unwrap_or_default();
        let byte = |at: usize| i64::try_from(at).unwrap_or_default();
        Passage { id: Id::new(1), document: Id::new(2), span_start: byte(start), span_end: byte(start + words.len()) }
    }

    #[test]
    fn the_sentence_stands_in_its_paragraph() {
        let around = surroundings(TEXT, &passage("57%"), true);
        assert_eq!(around.sentence, ["Câu hai có ", "57%", " lao động."]);
        assert_eq!((around.before.as_str(), around.after.as_str()), ("Câu một ở đây. ", " Câu ba."));
        assert_eq!((around.paragraph_before.as_str(), around.paragraph_after.as_str()), ("Tít", "Đoạn sau."));
    }

    #[test]
    fn who_reads_quotes_sees_few_words_around() {
        let around = surroundings(TEXT, &passage("57%"), false);
        assert_eq!((around.paragraph_before.as_str(), around.paragraph_after.as_str()), ("", ""));
        let long = "chữ ".repeat(100);
        assert!(last_words(&long).starts_with("… chữ") && first_words(&long).ends_with("chữ …"));
        assert!(last_words(&long).chars().count() <= AROUND_LETTERS_MAX + 2);
    }

    #[test]
    fn a_passage_of_several_sentences_is_kept_whole() {
        let around = surroundings(TEXT, &passage("hai có 57% lao động. Câu"), true);
        assert_eq!(around.sentence.concat(), "Câu hai có 57% lao động. Câu ba.");
    }
}
