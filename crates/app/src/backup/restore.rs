//! Restoring a backup: photos first, then every row in one transaction, which ends well only if the archive does. A restore that
//! is broken off leaves an empty database as it was, and at worst photos that nothing names.

use std::io::Read;

use bytes::Bytes;
use domain::permission::MayRestore;
use files::Files;
use store::Store;
use store::backup::{Cells, Restore, RestoreFault};

use super::archive::read;
use super::{BackupFault, Contents, FILES, FORMAT, HEADER, Header, Stage, TABLES};

impl From<RestoreFault> for BackupFault {
    fn from(fault: RestoreFault) -> Self {
        match fault {
            RestoreFault::NotEmpty => Self::NotEmpty,
            RestoreFault::Newer(_) => Self::Newer,
            RestoreFault::Unfit(what) => Self::Damaged(what),
            RestoreFault::Store(fault) => Self::Store(fault),
        }
    }
}

/// Reads a backup into an empty database and a store of files; gives back the open ledger.
pub async fn restore(
    may: &MayRestore,
    archive: impl Read,
    database: &str,
    files: &Files,
    progress: &mut (dyn FnMut(Stage) + Send),
) -> Result<(Store, Header, Contents), BackupFault> {
    let mut begun: Option<(Header, Restore)> = None;
    let mut contents = Contents::default();
    read(archive, async |name, bytes| {
        let Some((header, restore)) = &mut begun else {
            let header = header_of(name, &bytes)?;
            let restore = Restore::begin(may, database, header.schema.clone()).await?;
            begun = Some((header, restore));
            return Ok(());
        };
        if let Some(name) = name.strip_prefix(FILES) {
            files.put(name, Bytes::from(bytes)).await?;
            contents.files += 1;
            progress(Stage::Files(contents.files));
            return Ok(());
        }
        let damaged = || BackupFault::Damaged(name.to_owned());
        let table = name.strip_prefix(TABLES).and_then(|rest| rest.split('/').next()).ok_or_else(damaged)?;
        let (_, columns) = header.tables.iter().find(|(known, _)| known == table).ok_or_else(damaged)?;
        let rows = rows_of(&bytes).ok_or_else(damaged)?;
        contents.rows += rows.len() as u64;
        restore.put(table, columns, rows).await?;
        progress(Stage::Rows(contents.rows));
        Ok(())
    })
    .await?;
    let (header, restore) = begun.ok_or(BackupFault::Foreign)?;
    let store = restore.finish(&header.head()).await?;
    Ok((store, header, contents))
}

fn header_of(name: &str, bytes: &[u8]) -> Result<Header, BackupFault> {
    /// What every form of the archive has.
    #[derive(serde::Deserialize)]
    struct Form {
        format: u32,
    }
    let form: Form =
        if name == HEADER { serde_json::from_slice(bytes).map_err(|_| BackupFault::Foreign)? } else { return Err(BackupFault::Foreign) };
    if form.format > FORMAT {
        return Err(BackupFault::Newer);
    }
    serde_json::from_slice(bytes).map_err(|_| BackupFault::Damaged(HEADER.to_owned()))
}

fn rows_of(lines: &[u8]) -> Option<Vec<Cells>> {
    lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_slice(line).ok()).collect()
}
