//! Accounts, their roles, and their log-ins (of which only the hash of the token is kept).

use domain::account::{Account, Grant, Role};
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::{Actor, MayKeepAccounts, MayKeepOwnAccount, MayRecord};
use domain::problem::Problem;
use domain::unit::Unit;

use crate::record::Record;
use crate::{Store, StoreError, values};

/// Minutes without a request after which a log-in ends: an office's lunch break on a shared machine.
pub const LOGIN_IDLE_MINUTES: i64 = 120;
/// Hours after which a log-in ends in any case: one working day.
pub const LOGIN_HOURS_MAX: i64 = 12;

/// A log-in that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// Who, with the roles that hold now.
    pub actor: Actor,
    /// The token that every form of this log-in carries.
    pub form_token: String,
    /// Whether the password is a one-time one, so a new one must be chosen first.
    pub must_choose_password: bool,
}

/// How a log-in ended, for the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginOutcome {
    /// Logged in.
    Begun,
    /// Refused: name or password did not fit, or the account is closed.
    Refused,
    /// Logged out.
    Ended,
}

impl Store {
    /// The account of a name.
    pub async fn account_named(&self, name: &str) -> Result<Option<Account>, StoreError> {
        Ok(self.find::<Account>("WHERE name = $1", &values![name]).await?.into_iter().next())
    }

    /// Every account, by name.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.find("ORDER BY name", &[]).await
    }

    /// The roles of an account that hold now.
    pub async fn roles_of(&self, account: Id<Account>) -> Result<Vec<(Role, Id<Unit>)>, StoreError> {
        let rows =
            self.rows("SELECT role, unit FROM role_grant WHERE account = $1 AND ended_at IS NULL ORDER BY id", &values![account]).await?;
        rows.into_iter().map(crate::db::Row::two).collect()
    }

    /// Every role that holds now, with the unit it holds for.
    pub async fn grants(&self) -> Result<Vec<(Grant, Unit)>, StoreError> {
        let sql = format!(
            "SELECT {}, {} FROM role_grant g JOIN unit u ON u.id = g.unit WHERE g.ended_at IS NULL ORDER BY g.account, g.id",
            Grant::TABLE.columns_of("g"),
            Unit::TABLE.columns_of("u"),
        );
        let columns = Grant::TABLE.columns.len();
        let rows = self.rows(&sql, &[]).await?;
        rows.iter().map(|row| Ok((Grant::from_row(row)?, Unit::from_row_at(row, columns)?))).collect()
    }

    /// Adds an account with one role. `one_time_until` is absent for an own password (the demo's).
    pub async fn add_account(
        &self,
        may: &MayKeepAccounts,
        now: Moment,
        name: &str,
        password_hash: String,
        one_time_until: Option<Moment>,
        (role, unit): (Role, Id<Unit>),
    ) -> Result<Account, StoreError> {
        let mut write = self.write(may, now).await?;
        // Asked inside the write, where nobody else writes: two forms sent at once get one account and one answer.
        if !write.find::<Account>("WHERE name = $1", &values![name]).await?.is_empty() {
            return Err(Problem::Taken { field: "name", value: name.to_owned() }.into());
        }
        let account = Account { id: write.new_id(), name: name.to_owned(), password_hash, one_time_until, closed_at: None };
        write.insert(&account).await?;
        let grant = Grant { id: write.new_id(), account: account.id, role, unit, ended_at: None };
        write.insert(&grant).await?;
        write.commit("account.add", &format!("account/{}", account.id)).await?;
        Ok(account)
    }

    /// Closes an account: its roles stay in the ledger, and its log-ins end at once.
    pub async fn close_account(&self, may: &MayKeepAccounts, now: Moment, account: Id<Account>) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.get(account).await?;
        if old.closed_at.is_some() {
            return Err(Problem::Stale { by: String::new() }.into());
        }
        write.update(&old, &Account { closed_at: Some(now), ..old.clone() }).await?;
        write.execute_unjournalled("DELETE FROM login WHERE account = $1", &values![account]).await?;
        write.commit("account.close", &format!("account/{account}")).await?;
        Ok(())
    }

    /// Gives an account whose password was forgotten a one-time one and ends its log-ins. A closed account stays closed.
    pub async fn reissue_password(
        &self,
        may: &MayKeepAccounts,
        now: Moment,
        account: Id<Account>,
        password_hash: String,
        one_time_until: Moment,
    ) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.get(account).await?;
        if old.closed_at.is_some() {
            return Err(Problem::WrongState { state: "closed" }.into());
        }
        write.update(&old, &Account { password_hash, one_time_until: Some(one_time_until), ..old.clone() }).await?;
        write.execute_unjournalled("DELETE FROM login WHERE account = $1", &values![account]).await?;
        write.commit("account.reissue_password", &format!("account/{account}")).await?;
        Ok(())
    }

    /// Gives an account a password of its own and ends its other log-ins.
    pub async fn set_password(
        &self,
        may: &MayKeepOwnAccount,
        now: Moment,
        account: Id<Account>,
        password_hash: String,
        keep_token_hash: &str,
    ) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        let old = write.get(account).await?;
        write.update(&old, &Account { password_hash, one_time_until: None, ..old.clone() }).await?;
        write.execute_unjournalled("DELETE FROM login WHERE account = $1 AND token_hash <> $2", &values![account, keep_token_hash]).await?;
        write.commit("account.set_password", &format!("account/{account}")).await?;
        Ok(())
    }

    /// Records a log-in, a refusal or a log-out in the journal.
    pub async fn record_login(&self, may: &MayRecord, now: Moment, outcome: LoginOutcome) -> Result<(), StoreError> {
        let action = match outcome {
            LoginOutcome::Begun => "login.begin",
            LoginOutcome::Refused => "login.refuse",
            LoginOutcome::Ended => "login.end",
        };
        self.write(may, now).await?.commit(action, "login").await?;
        Ok(())
    }

    /// Begins a log-in under the hash of its token.
    pub async fn begin_login(&self, account: Id<Account>, token_hash: &str, form_token: &str, now: Moment) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM login WHERE seen_at < $1 OR began_at < $2", &values![idle_limit(now), age_limit(now)]).await?;
        let sql = "INSERT INTO login (token_hash, account, form_token, began_at, seen_at) VALUES ($1, $2, $3, $4, $4)";
        self.db.execute(sql, &values![token_hash, account, form_token, now]).await?;
        Ok(())
    }

    /// The log-in of a token's hash, where it still holds; its clock of idleness starts anew.
    pub async fn login(&self, token_hash: &str, now: Moment) -> Result<Option<Login>, StoreError> {
        // A clock that was set back must not make a log-in last: one that seems to begin further ahead than the longest one lasts
        // does not hold.
        let sql = "SELECT account.id, account.name, account.one_time_until, login.form_token, login.seen_at FROM login \
                   JOIN account ON account.id = login.account \
                   WHERE token_hash = $1 AND seen_at >= $2 AND began_at >= $3 AND began_at <= $4 AND account.closed_at IS NULL";
        let limits = values![token_hash, idle_limit(now), age_limit(now), now.plus_seconds(LOGIN_HOURS_MAX * 3600)];
        let Some(row) = self.db.row(sql, &limits).await? else { return Ok(None) };
        let (account, seen_at): (Id<Account>, Moment) = (row.get(0)?, row.get(4)?);
        // One write a minute is enough to know that somebody is there; also where the clock was set back.
        if (now.0 - seen_at.0).abs() > 60_000 {
            let touched = self.db.execute("UPDATE login SET seen_at = $2 WHERE token_hash = $1", &values![token_hash, now]).await;
            // A full disk or a long write must not shut out who only reads.
            if !matches!(touched, Ok(_) | Err(StoreError::NoRoom(_) | StoreError::ReadOnly(_) | StoreError::Busy(_))) {
                touched?;
            }
        }
        let roles = self.roles_of(account).await?;
        Ok(Some(Login {
            actor: Actor::account(account, row.get(1)?, roles),
            must_choose_password: row.get::<Option<Moment>>(2)?.is_some(),
            form_token: row.get(3)?,
        }))
    }

    /// Ends a log-in.
    pub async fn end_login(&self, token_hash: &str) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM login WHERE token_hash = $1", &values![token_hash]).await?;
        Ok(())
    }
}

const fn idle_limit(now: Moment) -> Moment {
    now.plus_seconds(-LOGIN_IDLE_MINUTES * 60)
}

const fn age_limit(now: Moment) -> Moment {
    now.plus_seconds(-LOGIN_HOURS_MAX * 3600)
}
