//! Where the files are that belong to a ledger.

use std::path::{Path, PathBuf};

use files::Files;

use super::database::data_folder;
use super::{Database, Failure, FilesPlace};

/// Name of the folder beside the ledger's file, or in the user's data folder.
const FOLDER: &str = "files";

impl FilesPlace {
    /// Opens the named place; else the folder beside the ledger.
    pub fn open(&self, database: &Database) -> Result<Files, Failure> {
        match &self.files {
            Some(url) => open(url),
            None => open_folder(&beside(database)?),
        }
    }

    /// As [`FilesPlace::open`], where the ledger lies in this folder.
    pub fn open_in(&self, folder: &Path) -> Result<Files, Failure> {
        match &self.files {
            Some(url) => open(url),
            None => open_folder(&folder.join(FOLDER)),
        }
    }
}

fn open(url: &str) -> Result<Files, Failure> {
    Files::open(url).map_err(|fault| Failure::both(|lang| lang.files_fault_in_full(&fault)))
}

fn open_folder(folder: &Path) -> Result<Files, Failure> {
    open(&folder.display().to_string())
}

/// The folder beside a SQLite file; for PostgreSQL the one of who calls.
fn beside(database: &Database) -> Result<PathBuf, Failure> {
    let file =
        database.database.as_deref().and_then(|url| url.strip_prefix("sqlite://")).map(|path| path.split('?').next().unwrap_or(path));
    match file.map(|file| Path::new(file).parent().unwrap_or(Path::new(""))) {
        Some(folder) => Ok(folder.join(FOLDER)),
        None => Ok(data_folder()?.join(FOLDER)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_lie_beside_the_ledger() {
        let beside = |url: &str| beside(&Database { database: Some(url.to_owned()) }).map(|folder| folder.display().to_string()).ok();
        assert_eq!(beside("sqlite:///srv/cotmoc/so.db").as_deref(), Some("/srv/cotmoc/files"));
        assert_eq!(beside("sqlite://so.db?mode=rwc").as_deref(), Some("files"));
    }
}
