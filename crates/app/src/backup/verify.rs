//! Verifying a backup by using it: it is restored to a scratch place, the journal is walked there, every frozen board is computed
//! again. What passes here can be restored.

use std::io::Read;

use domain::moment::Moment;
use domain::permission::operator;
use files::Files;
use store::Store;
use store::audit::Audit;

use super::restore::restore;
use super::{BackupFault, Contents, Header, Stage};
use crate::frozen_board::check::Check;
use crate::scoreboard::Scoreboards;

/// What was found sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What the backup says of itself.
    pub header: Header,
    /// How much it holds.
    pub contents: Contents,
    /// Entries of the journal.
    pub entries: i64,
    /// Frozen boards that were computed again and agree.
    pub boards: usize,
}

/// Restores a backup to a scratch place, looks at everything there and takes the place away again.
pub async fn verify(archive: impl Read, now: Moment, progress: &mut (dyn FnMut(Stage) + Send)) -> Result<Verified, BackupFault> {
    let scratch = tempfile::Builder::new().prefix("cotmoc-backup-").tempdir()?;
    let files = Files::open(&scratch.path().join("files").display().to_string())?;
    let database = format!("sqlite://{}", scratch.path().join("ledger.db").display());
    let (store, header, contents) = restore(&operator::may_restore(), archive, &database, &files, progress).await?;
    let found = examine(&store, &files, now, progress).await;
    store.close().await;
    let (entries, boards) = found?;
    Ok(Verified { header, contents, entries, boards })
}

/// How many entries of the journal fit, and how many frozen boards. Every picture that stands must have its files.
pub async fn examine(
    store: &Store,
    files: &Files,
    now: Moment,
    progress: &mut (dyn FnMut(Stage) + Send),
) -> Result<(i64, usize), BackupFault> {
    let entries = match store.audit(&mut |done, of| progress(Stage::Journal(done, of))).await? {
        Audit::Sound { entries, .. } => entries,
        Audit::Broken(fault) => return Err(BackupFault::Unsound(fault)),
    };
    for picture in store.pictures().await? {
        for name in picture.widths.as_slice().iter().map(|width| picture.file_of(*width)) {
            if !files.has(&name).await? {
                return Err(BackupFault::Missing(name));
            }
        }
    }
    let boards = store.frozen_boards().await?;
    if boards.is_empty() {
        return Ok((entries, 0));
    }
    let (ledger, _) = Scoreboards::default().at_head(store).await?;
    match boards.iter().find(|board| !Check::of(&ledger, board, now.day()).agrees()) {
        Some(board) => Err(BackupFault::Board(board.id)),
        None => Ok((entries, boards.len())),
    }
}
