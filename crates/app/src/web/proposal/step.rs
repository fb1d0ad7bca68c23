//! The steps of a proposal: assigned for advice, answered, settled; and taking its acceptance back.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::code::Coded;
use domain::id::Id;
use domain::moment::parse_day;
use domain::problem::Problem;
use domain::proposal::{Answer, Proposal, ProposalState};
use store::StoreError;
use store::proposal::ProposalMove;

use super::show::{Typed, may_move, proposal_page, standing_proposal};
use crate::web::authority::with_name;
use crate::web::page::render_as;
use crate::web::support::fault::problem_status;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Page};

/// Most characters of a body's name.
const BODY_CHARACTERS_MAX: usize = 300;

/// `POST /proposals/{id}/state`
pub async fn move_proposal(
    State(app): State<App>,
    Path(proposal): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let proposal = standing_proposal(&app, &page, proposal).await?;
    let may = may_move(&app, &actor, &proposal).await?;
    let state = ProposalState::from_code(fields.get("state")).filter(|state| *state != ProposalState::Raised);
    let state = state.ok_or_else(|| Problem::NotAllowed { field: "state", value: fields.get("state").to_owned() })?;
    let written = match read_move(&fields, state) {
        Ok(to) => app.store().move_proposal(&may, app.now(), proposal.id, to).await,
        Err(problem) => Err(problem.into()),
    };
    answer(&app, page, proposal.id, Some(state), &fields, written).await
}

/// `POST /proposals/{id}/withdrawal`
pub async fn take_back_proposal(
    State(app): State<App>,
    Path(proposal): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let proposal = standing_proposal(&app, &page, proposal).await?;
    let may = may_move(&app, &actor, &proposal).await?;
    let written = match revision_of(&fields) {
        Ok(revision) => app.store().take_back_proposal(&may, app.now(), proposal.id, revision).await,
        Err(problem) => Err(problem.into()),
    };
    answer(&app, page, proposal.id, None, &fields, written).await
}

/// The step that was typed.
fn read_move(fields: &Fields, state: ProposalState) -> Result<ProposalMove, Problem> {
    let body = fields.filled("body").map(str::to_owned);
    if body.as_ref().is_some_and(|body| body.chars().count() > BODY_CHARACTERS_MAX) {
        return Err(Problem::TooLong { field: "body", characters_max: BODY_CHARACTERS_MAX });
    }
    if state == ProposalState::Assigned && body.is_none() {
        return Err(Problem::Missing { field: "body" });
    }
    let advice_due = match fields.filled("advice_due") {
        Some(typed) => Some(parse_day(typed).ok_or_else(|| Problem::NoDay { field: "advice_due", value: typed.to_owned() })?),
        None => None,
    };
    let answer = match fields.filled("answer") {
        Some(typed) => Some(Answer::from_code(typed).ok_or_else(|| Problem::NotAllowed { field: "answer", value: typed.to_owned() })?),
        None => None,
    };
    Ok(ProposalMove { revision: revision_of(fields)?, state, advice_due, answer, body, note: fields.get("note").to_owned() })
}

fn revision_of(fields: &Fields) -> Result<i64, Problem> {
    fields.get("revision").parse().map_err(|_| Problem::Stale { by: String::new() })
}

/// Back to the proposal's page; with what was typed and what to mend where it was not written.
async fn answer(
    app: &App,
    page: Page,
    proposal: Id<Proposal>,
    state: Option<ProposalState>,
    fields: &Fields,
    written: Result<(), StoreError>,
) -> Result<Response, Fault> {
    let problem = match written {
        Ok(()) => return Ok(page.redirect(&format!("/proposals/{proposal}"))),
        Err(StoreError::Problem(problem)) => with_name(app, problem, &format!("proposal/{proposal}")).await?,
        Err(fault) => return Err(fault.into()),
    };
    let status = problem_status(&problem);
    let now = app.store().get(proposal).await?;
    render_as(status, &proposal_page(app, page, now, Some(&Typed { state, fields, problem })).await?)
}
