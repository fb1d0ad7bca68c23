//! One proposal: its words and sentence, who asks whom, every step with its day, and the forms of who may take it on.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::code::Coded;
use domain::document::Document;
use domain::draft::day_for_form;
use domain::id::Id;
use domain::permission::{self, Actor, MaySteer};
use domain::problem::Problem;
use domain::proposal::{Answer, Proposal, ProposalState, ProposalStep};

use super::card::{ChangeLine, Rung, change_line, ladder};
use crate::lang::{Lang, StateWords};
use crate::web::authority::path_of;
use crate::web::source::{Papers, Source, may_see};
use crate::web::support::form::Fields;
use crate::web::support::mend::Mend;
use crate::web::task::{Choice, Link, sentence_case};
use crate::web::{App, Fault, Nav, Page, render};

/// A form that was sent and must be mended: the state it was for (none for taking back), what was typed, what is wrong.
pub(super) struct Typed<'a> {
    pub state: Option<ProposalState>,
    pub fields: &'a Fields,
    pub problem: Problem,
}

struct StepLine {
    day: String,
    words: &'static str,
    body: String,
    note: String,
    by: String,
    /// The sentence behind the step.
    href: Option<String>,
}

/// The form of one step; fields that the step does not have stay empty.
struct StepForm {
    body: String,
    advice_due: String,
    answers: Vec<Choice>,
    note: String,
    mend: Mend,
}

#[derive(Template)]
#[template(path = "proposal/show.html")]
pub(super) struct ProposalPage {
    page: Page,
    address: String,
    revision: i64,
    text: String,
    stands: StateWords,
    by: String,
    by_href: Option<String>,
    to: String,
    to_href: Option<String>,
    advice_due: String,
    waits: bool,
    changes: Vec<ChangeLine>,
    options: Vec<String>,
    ladder: Vec<Rung>,
    steps: Vec<StepLine>,
    sentence: String,
    source: Source,
    session: Option<Link>,
    taken_back: Option<String>,
    assign: Option<StepForm>,
    answer: Option<StepForm>,
    settle: Option<StepForm>,
    withdrawal: Option<Mend>,
}

/// `GET /proposals/{id}`
pub async fn show_proposal(State(app): State<App>, Path(proposal): Path<i64>, page: Page) -> Result<Response, Fault> {
    let proposal = standing_proposal(&app, &page, proposal).await?;
    render(&proposal_page(&app, page, proposal, None).await?)
}

/// The proposal, where this visitor may see it.
pub(super) async fn standing_proposal(app: &App, page: &Page, proposal: i64) -> Result<Proposal, Fault> {
    let proposal: Proposal = app.store().get(Id::new(proposal)).await?;
    let document: Document = app.store().get(proposal.document).await?;
    let seen = may_see(page, &document) && (proposal.withdrawn_at.is_none() || page.actor.is_some());
    if seen { Ok(proposal) } else { Err(Problem::NotFound.into()) }
}

/// Who may take a proposal on: an officer of whoever is asked, or of the level above whoever asks; never the asker alone.
pub(super) async fn may_move(app: &App, actor: &Actor, proposal: &Proposal) -> Result<MaySteer, Fault> {
    if let Some(asked) = proposal.to_unit
        && let Ok(may) = permission::may_steer(actor, &app.store().unit_path(asked).await?)
    {
        return Ok(may);
    }
    let document: Document = app.store().get(proposal.document).await?;
    let asker = match proposal.by_unit.or(document.unit) {
        Some(asker) => app.store().get(asker).await?.parent.or(Some(asker)),
        None => None,
    };
    Ok(permission::may_steer(actor, &path_of(app, asker, actor).await?)?)
}

/// The page, with the form that was sent where it must be mended.
pub(super) async fn proposal_page(app: &App, page: Page, proposal: Proposal, typed: Option<&Typed<'_>>) -> Result<ProposalPage, Fault> {
    let (lang, store, staff) = (page.lang, app.store(), page.actor.is_some());
    let mut papers = Papers::new(app, &page);
    let steps = store.steps_of(proposal.id).await?;
    let moves = match page.actor.as_ref().filter(|_| proposal.withdrawn_at.is_none()) {
        Some(actor) => may_move(app, actor, &proposal).await.is_ok(),
        None => false,
    };
    let form = |state: ProposalState| (moves && proposal.state.check_step(state).is_ok()).then(|| step_form(lang, &proposal, state, typed));
    let unit_href = |unit: Option<_>| unit.map(|unit: Id<domain::unit::Unit>| page.href(&format!("/units/{unit}")));
    Ok(ProposalPage {
        address: page.href(&format!("/proposals/{}", proposal.id)),
        revision: proposal.revision,
        stands: lang.proposal_words(&proposal),
        by: proposal.by.clone().unwrap_or_default(),
        by_href: unit_href(proposal.by_unit),
        to: proposal.to.clone().unwrap_or_default(),
        to_href: unit_href(proposal.to_unit),
        advice_due: proposal.advice_due.map_or_else(String::new, |day| lang.day(day)),
        waits: proposal.state == ProposalState::Assigned,
        changes: store.changes_of(proposal.id).await?.iter().map(|change| change_line(lang, change)).collect(),
        options: store.options_of(proposal.id).await?.into_iter().map(|option| option.text).collect(),
        ladder: ladder(lang, proposal.state, &steps),
        steps: steps.iter().map(|step| step_line(lang, step, staff)).collect(),
        sentence: papers.sentence(proposal.document, proposal.passage).await?,
        source: papers.source(proposal.document, proposal.passage).await?,
        session: session_of(app, &page, &proposal).await?,
        taken_back: proposal.withdrawn_at.map(|moment| lang.proposal_taken_back(lang.moment(moment))),
        assign: form(ProposalState::Assigned),
        answer: form(ProposalState::Answered),
        settle: form(ProposalState::Settled),
        withdrawal: moves.then(|| mend_of(lang, typed, None)),
        page: page.at(Nav::Proposals).titled(lang.proposal_title(proposal.id)).described(sentence_case(&proposal.text)),
        text: sentence_case(&proposal.text),
    })
}

fn mend_of(lang: Lang, typed: Option<&Typed<'_>>, state: Option<ProposalState>) -> Mend {
    typed.filter(|typed| typed.state == state).map_or_else(Mend::default, |typed| Mend::of(lang, &typed.problem))
}

fn step_form(lang: Lang, proposal: &Proposal, state: ProposalState, typed: Option<&Typed<'_>>) -> StepForm {
    let sent = typed.filter(|typed| typed.state == Some(state));
    let value = |name: &str| sent.map_or_else(String::new, |typed| typed.fields.get(name).to_owned());
    let chosen = value("answer");
    let answer = |answer: &Answer| Choice {
        value: answer.code().to_owned(),
        label: lang.word("answer", answer.code()).unwrap_or_default().to_owned(),
        selected: answer.code() == chosen,
    };
    let due = match sent {
        Some(_) => value("advice_due"),
        None => proposal.advice_due.map(day_for_form).unwrap_or_default(),
    };
    StepForm {
        body: value("body"),
        advice_due: due,
        answers: Answer::ALL.iter().map(answer).collect(),
        note: value("note"),
        mend: mend_of(lang, typed, Some(state)),
    }
}

fn step_line(lang: Lang, step: &ProposalStep, staff: bool) -> StepLine {
    StepLine {
        day: lang.day(step.at.day()),
        words: if step.state == ProposalState::Raised {
            lang.task_entered()
        } else {
            lang.word("proposal_state", step.state.code()).unwrap_or_default()
        },
        body: step.body.clone().filter(|_| step.state != ProposalState::Raised).unwrap_or_default(),
        note: step.note.clone().unwrap_or_default(),
        by: if staff { lang.task_by(&step.by) } else { String::new() },
        href: step.passage.map(|passage| lang.href(&format!("/passages/{passage}"))),
    }
}

async fn session_of(app: &App, page: &Page, proposal: &Proposal) -> Result<Option<Link>, Fault> {
    let Some(id) = proposal.session else { return Ok(None) };
    let label = crate::web::session::title_of(app, page.lang, &app.store().get(id).await?).await?;
    Ok(Some(Link { href: page.href(&format!("/sessions/{id}")), label }))
}
