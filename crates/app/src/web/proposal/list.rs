//! The list of proposals: answered, settled and waiting without a date together, filters by state, fifty a page.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::code::Coded;
use domain::proposal::{Proposal, ProposalState};

use super::card::{ProposalCard, ProposalCounts, cards_of, waits_without_date};
use crate::lang::Lang;
use crate::web::source::{Papers, audience};
use crate::web::support::form::Fields;
use crate::web::support::pager::{PageNumber, PagerLink};
use crate::web::task::Chip;
use crate::web::{App, Fault, Nav, Page, render};

/// Cards a page.
const CARDS_A_PAGE: i64 = 50;
/// The shortcut for those that nobody has promised a day for.
const NO_DATE: &str = "no_date";

#[derive(Template)]
#[template(path = "proposal/list.html")]
struct ProposalsPage {
    page: Page,
    counts: String,
    chips: Vec<Chip>,
    cards: Vec<ProposalCard>,
    pager: Vec<PagerLink>,
    filtered: bool,
}

/// `GET /proposals`
pub async fn list_proposals(State(app): State<App>, RawQuery(query): RawQuery, page: Page) -> Result<Response, Fault> {
    let lang = page.lang;
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let proposals = app.store().proposals(audience(&page)).await?;
    let state = query.get("state").to_owned();
    let shown: Vec<Proposal> = proposals.iter().filter(|proposal| fits(proposal, &state)).cloned().collect();
    let number = PageNumber::of(&query, CARDS_A_PAGE)?;
    let pager = number.links(lang, &address(&state), i64::try_from(shown.len()).unwrap_or(i64::MAX))?;
    let skip = usize::try_from(number.offset()).unwrap_or(usize::MAX);
    let on_page: Vec<Proposal> = shown.into_iter().skip(skip).take(usize::try_from(number.size()).unwrap_or(0)).collect();
    let mut papers = Papers::new(&app, &page);
    let counts = ProposalCounts::of(&proposals);
    let (all, answered) = (lang.integer(counts.all), lang.integer(counts.answered));
    let proposals_page = ProposalsPage {
        counts: lang.proposal_counts(answered, all, lang.integer(counts.settled), lang.integer(counts.no_date)),
        chips: chips(lang, &proposals, &state),
        cards: cards_of(&app, &page, &mut papers, &on_page).await?,
        pager,
        filtered: !state.is_empty(),
        page: page.at(Nav::Proposals).titled(lang.nav_proposals()).described(lang.proposal_list_lead()),
    };
    render(&proposals_page)
}

/// Whether a proposal is under a shortcut: a state, or waiting without a date.
fn fits(proposal: &Proposal, state: &str) -> bool {
    state.is_empty() || proposal.state.code() == state || (state == NO_DATE && waits_without_date(proposal))
}

fn chips(lang: Lang, proposals: &[Proposal], state: &str) -> Vec<Chip> {
    let chip = |code: &str, shape: &'static str, label: &str| {
        let count = proposals.iter().filter(|proposal| fits(proposal, code)).count();
        Chip { href: lang.href(&address(code)), shape, label: format!("{label} {}", lang.integer(count)), current: code == state }
    };
    let states = [
        (ProposalState::Raised, "none"),
        (ProposalState::Assigned, "soon"),
        (ProposalState::Answered, "go"),
        (ProposalState::Settled, "done"),
    ];
    let mut chips = vec![chip("", "", lang.task_all())];
    chips.extend(states.map(|(of, shape)| chip(of.code(), shape, lang.word("proposal_state", of.code()).unwrap_or_default())));
    chips.push(chip(NO_DATE, "judge", lang.proposal_no_date()));
    chips
}

fn address(state: &str) -> String {
    if state.is_empty() {
        return "/proposals".to_owned();
    }
    format!("/proposals?{}", form_urlencoded::Serializer::new(String::new()).append_pair("state", state).finish())
}
