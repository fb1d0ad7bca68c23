//! Which ledger a command works on, and opening it.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use domain::problem::Problem;
use store::{Store, StoreError};

use super::{Database, Failure, block_on};
use crate::lang::Lang;

/// Name of the file in the user's data folder.
const FILE: &str = "cotmoc.db";

impl Database {
    /// Opens the ledger and does the work on it.
    pub fn with<T>(&self, work: impl AsyncFnOnce(&Store) -> Result<T, Failure>) -> Result<T, Failure> {
        block_on(async {
            let store = self.open().await?;
            let outcome = work(&store).await;
            store.close().await;
            outcome
        })
    }

    /// As [`Database::with`], on a ledger that is there already: whoever checks a mistyped path must not be told that
    /// everything fits.
    pub fn with_existing<T>(&self, work: impl AsyncFnOnce(&Store) -> Result<T, Failure>) -> Result<T, Failure> {
        let file = match self.database.as_deref().map(|url| url.strip_prefix("sqlite://")) {
            Some(Some(path)) => Some(PathBuf::from(path)),
            Some(None) => None,
            None => Some(default_file()?),
        };
        if let Some(file) = file.filter(|file| !file.exists()) {
            return Err(Failure::both(|lang| lang.command_no_ledger(file.display())));
        }
        self.with(work)
    }

    /// The address that was typed, or that of the ledger of who calls.
    pub fn url(&self) -> Result<String, Failure> {
        match &self.database {
            Some(url) => Ok(url.clone()),
            None => Ok(sqlite_url(&default_file()?)),
        }
    }

    /// Opens the ledger; a file is made if it is missing.
    pub async fn open(&self) -> Result<Store, Failure> {
        let url = self.url()?;
        Store::open(&url).await.map_err(|fault| cannot_open(&shown(&url), &fault))
    }
}

/// The address of a SQLite file.
pub fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// The ledger of who calls.
fn default_file() -> Result<PathBuf, Failure> {
    Ok(data_folder()?.join(FILE))
}

/// The data folder of who calls; made if it is missing.
pub fn data_folder() -> Result<PathBuf, Failure> {
    let folder = ProjectDirs::from("vn", "", "cotmoc")
        .map(|folders| folders.data_dir().to_owned())
        .ok_or_else(|| Failure::both(|lang| lang.command_no_data_folder().to_owned()))?;
    std::fs::create_dir_all(&folder).map_err(|fault| Failure::both(|lang| lang.command_cannot_make_folder(folder.display(), &fault)))?;
    Ok(folder)
}

/// A database's address without its password.
fn shown(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

fn cannot_open(url: &str, fault: &StoreError) -> Failure {
    match fault {
        // The store knows of one problem only before there is a ledger to speak of.
        StoreError::Problem(Problem::NotAllowed { field: "database", .. }) => Failure::both(|lang| lang.command_newer_database(url)),
        fault => Failure::both(|lang| lang.command_cannot_open(url, worded(lang, fault))),
    }
}

/// The fault as a page words it, and the database's own words for whoever keeps the machine.
fn worded(lang: Lang, fault: &StoreError) -> String {
    let words = match fault {
        StoreError::NoRoom(_) => lang.error_no_room(),
        StoreError::ReadOnly(_) => lang.error_read_only(),
        StoreError::Busy(_) => lang.error_busy(),
        StoreError::Damaged(_) => lang.error_damaged(),
        StoreError::Unavailable(_) => lang.error_unavailable(),
        StoreError::Uncertain(_) => lang.error_uncertain(),
        StoreError::BrokenJournal(_) => lang.error_broken_journal(),
        StoreError::Problem(_) | StoreError::Internal(_) => return fault.to_string(),
    };
    format!("{words} ({fault})")
}

impl Failure {
    /// A sentence in both languages.
    pub fn both(sentence: impl Fn(Lang) -> String) -> Self {
        Self(vec![sentence(Lang::Vi), sentence(Lang::En)])
    }
}

impl From<StoreError> for Failure {
    fn from(fault: StoreError) -> Self {
        match fault {
            StoreError::Problem(problem) => Self::said(|lang| lang.problem(&problem)),
            other => Self::both(|lang| lang.command_failed(worded(lang, &other))),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::said(|lang| lang.problem(&problem))
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        assert_eq!(shown("postgres://cotmoc:hush@db.local/cotmoc"), "postgres://…@db.local/cotmoc");
        assert_eq!(shown("sqlite:///srv/cotmoc.db"), "sqlite:///srv/cotmoc.db");
    }
}
