//! Accounts: who may log in with which roles. An administrator sees and keeps those of the own units and below.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::account::{Account, Grant, Role, parse_name};
use domain::code::Coded;
use domain::id::Id;
use domain::permission::{self, Actor};
use domain::problem::Problem;
use domain::unit::Unit;

use super::page::render_as;
use super::support::fault::problem_status;
use super::support::form::Fields;
use super::support::login::Signed;
use super::support::mend::Mend;
use super::task::Choice;
use super::{App, Fault, Page};
use crate::lang::Lang;
use crate::password;

struct AccountRow {
    name: String,
    roles: Vec<String>,
    /// In use, waiting for its first log-in, closed.
    state: String,
    /// Where the form that closes it goes; absent where it cannot be closed here.
    close: Option<String>,
}

/// The account that was just added, with its password: shown once, stored nowhere.
struct Added {
    name: String,
    password: String,
    until: String,
}

#[derive(Template)]
#[template(path = "account/list.html")]
struct AccountsPage {
    page: Page,
    rows: Vec<AccountRow>,
    added: Option<Added>,
    name: String,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    mend: Mend,
}

/// What an administrator keeps.
struct Fetched {
    units: Vec<Unit>,
    grants: Vec<(Grant, Unit)>,
}

impl Fetched {
    async fn read(app: &App, actor: &Actor) -> Result<Self, Fault> {
        let roots: Vec<Id<Unit>> = actor.roles().iter().filter(|(role, _)| *role == Role::Administrator).map(|(_, unit)| *unit).collect();
        if roots.is_empty() {
            return Err(Problem::Forbidden { role: Role::Administrator.code(), unit: None }.into());
        }
        let mut units: Vec<Unit> = Vec::new();
        for root in roots {
            let below = app.store().units_in_subtree(root).await?;
            units.extend(below.into_iter().filter(|unit| !units.iter().any(|known| known.id == unit.id)).collect::<Vec<_>>());
        }
        Ok(Self { units, grants: app.store().grants().await? })
    }

    fn holds(&self, unit: Id<Unit>) -> bool {
        self.units.iter().any(|kept| kept.id == unit)
    }

    fn grants_of(&self, account: Id<Account>) -> impl Iterator<Item = &(Grant, Unit)> {
        self.grants.iter().filter(move |(grant, _)| grant.account == account)
    }
}

/// `GET /accounts`
pub async fn list_accounts(State(app): State<App>, page: Page, Signed(actor): Signed) -> Result<Response, Fault> {
    let accounts = accounts_page(&app, page, &actor, &Fields::default(), Mend::default()).await?;
    render_as(StatusCode::OK, &accounts)
}

/// `POST /accounts`
pub async fn add_account(State(app): State<App>, page: Page, Signed(actor): Signed, fields: Fields) -> Result<Response, Fault> {
    match try_adding(&app, page.lang, &actor, &fields).await {
        Ok(added) => {
            let accounts = accounts_page(&app, page, &actor, &Fields::default(), Mend::default()).await?;
            let mut response = render_as(StatusCode::CREATED, &AccountsPage { added: Some(added), ..accounts })?;
            // The page holds a password: no copy of it may stay on a shared machine.
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(response)
        }
        Err(Fault::Problem(problem)) if problem.field().is_some() => {
            let mend = Mend::of(page.lang, &problem);
            render_as(problem_status(&problem), &accounts_page(&app, page, &actor, &fields, mend).await?)
        }
        Err(fault) => Err(fault),
    }
}

/// `POST /accounts/{id}/closure`
pub async fn close_account(
    State(app): State<App>,
    Path(account): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    _: Fields,
) -> Result<Response, Fault> {
    let account: Account = app.store().get(Id::new(account)).await?;
    if actor.id() == Some(account.id) {
        return Err(Problem::NotAllowed { field: "name", value: account.name }.into());
    }
    let roles = app.store().roles_of(account.id).await?;
    // One who keeps only a part of the account's units may not take the others away.
    let mut may = Err(Problem::Forbidden { role: Role::Administrator.code(), unit: None });
    for (_, unit) in roles {
        may = Ok(permission::may_keep_accounts(&actor, &app.store().unit_path(unit).await?)?);
    }
    app.store().close_account(&may?, app.now(), account.id).await?;
    Ok(page.redirect("/accounts"))
}

async fn try_adding(app: &App, lang: Lang, actor: &Actor, fields: &Fields) -> Result<Added, Fault> {
    let name = parse_name(fields.get("name"))?;
    let role = Role::from_code(fields.get("role"));
    let role = role.ok_or_else(|| Problem::NotAllowed { field: "role", value: fields.get("role").to_owned() })?;
    let unit: Id<Unit> = fields.get("holds_for").parse().map(Id::new).map_err(|_| Problem::Missing { field: "holds_for" })?;
    let may = permission::may_keep_accounts(actor, &app.store().unit_path(unit).await?)?;
    let one_time = password::one_time()?;
    let hash = app.passwords().hash(&one_time).await?;
    let until = app.now().plus_seconds(password::ONE_TIME_DAYS * 24 * 3600);
    app.store().add_account(&may, app.now(), &name, hash, Some(until), (role, unit)).await?;
    Ok(Added { name, password: one_time, until: lang.moment(until) })
}

async fn accounts_page(app: &App, page: Page, actor: &Actor, fields: &Fields, mend: Mend) -> Result<AccountsPage, Fault> {
    let lang = page.lang;
    let kept = Fetched::read(app, actor).await?;
    let accounts = app.store().accounts().await?;
    let seen = accounts.iter().filter(|account| kept.grants_of(account.id).any(|(grant, _)| kept.holds(grant.unit)));
    let choice = |value: &str, label: String, chosen: &str| Choice { value: value.to_owned(), label, selected: value == chosen };
    let role = |role: &Role| choice(role.code(), role_word(lang, *role), fields.get("role"));
    let homonyms = homonyms(&kept.units);
    let unit = |unit: &Unit| {
        let above = unit.parent.and_then(|parent| kept.units.iter().find(|known| known.id == parent));
        let label = match above.filter(|_| homonyms.contains(unit.folded.as_str())) {
            Some(above) => format!("{} ({})", unit.name, above.name),
            None => unit.name.clone(),
        };
        choice(&unit.id.to_string(), label, fields.get("holds_for"))
    };
    Ok(AccountsPage {
        rows: seen.map(|account| row(&page, actor, &kept, account)).collect(),
        added: None,
        name: fields.get("name").to_owned(),
        roles: Role::ALL.iter().map(role).collect(),
        units: kept.units.iter().map(unit).collect(),
        mend,
        page: page.titled(lang.account_list_title()).described(lang.account_list_lead()),
    })
}

/// Folded names that several units have: they are told apart by the unit above.
fn homonyms(units: &[Unit]) -> HashSet<&str> {
    let mut once = HashSet::new();
    units.iter().map(|unit| unit.folded.as_str()).filter(|name| !once.insert(*name)).collect()
}

fn role_word(lang: Lang, role: Role) -> String {
    lang.word("role", role.code()).unwrap_or_default().to_owned()
}

fn row(page: &Page, actor: &Actor, kept: &Fetched, account: &Account) -> AccountRow {
    let lang = page.lang;
    let state = match (account.closed_at, account.one_time_until) {
        (Some(closed), _) => lang.account_closed(lang.day(closed.day())),
        (None, Some(until)) => lang.account_one_time(lang.moment(until)),
        (None, None) => lang.account_in_use().to_owned(),
    };
    let whole = kept.grants_of(account.id).all(|(grant, _)| kept.holds(grant.unit));
    let closable = whole && account.closed_at.is_none() && actor.id() != Some(account.id);
    AccountRow {
        name: account.name.clone(),
        roles: kept.grants_of(account.id).map(|(grant, unit)| format!("{} · {}", role_word(lang, grant.role), unit.name)).collect(),
        state,
        close: closable.then(|| page.href(&format!("/accounts/{}/closure", account.id))),
    }
}
