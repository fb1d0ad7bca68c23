//! `cotmoc backup`, `cotmoc backup verify` and `cotmoc restore`.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use domain::permission::operator;
use indicatif::ProgressBar;

use super::{Backup, BackupAction, Failure, Restore, block_on, print};
use crate::backup::restore::restore;
use crate::backup::verify::{examine, verify};
use crate::backup::write::back_up;
use crate::backup::{BackupFault, Stage};
use crate::lang::Lang;
use crate::web::app::Clock;

/// Bytes read from the archive at a time.
const BYTES_A_READ: usize = 1 << 20;

/// Does what was typed.
pub fn run(backup: &Backup) -> Result<(), Failure> {
    match (&backup.action, &backup.file) {
        (Some(BackupAction::Verify { file }), _) => check(file),
        (None, Some(file)) => make(backup, file),
        // The command line asks for one of the two.
        (None, None) => Ok(()),
    }
}

fn make(backup: &Backup, file: &Path) -> Result<(), Failure> {
    backup.database.with_existing(async |store| {
        let files = backup.files.open(&backup.database)?;
        let bar = ProgressBar::new_spinner();
        let made = back_up(store, &files, file, Clock::System.now(), &mut |stage| show(&bar, stage)).await;
        bar.finish_and_clear();
        let (header, contents) = made.map_err(|fault| cannot_write(file, fault))?;
        let bytes = file.metadata().map_or(0, |metadata| metadata.len());
        let (head, name) = (header.head(), file.display());
        let line = |lang: Lang| {
            let (rows, files) = (lang.integer(contents.rows), lang.integer(contents.files));
            let made =
                lang.backup_made(&name, rows, files, lang.integer(bytes.div_ceil(1_000_000)), lang.integer(head.sequence), &head.hash);
            format!("{made}\n{}\n", lang.backup_keep(&name))
        };
        print(&[Lang::Vi, Lang::En].map(line).concat())
    })
}

fn check(file: &Path) -> Result<(), Failure> {
    block_on(async {
        let (archive, bar) = (open(file)?, ProgressBar::new_spinner());
        let found = verify(archive, Clock::System.now(), &mut |stage| show(&bar, stage)).await;
        bar.finish_and_clear();
        let found = found.map_err(|fault| cannot_read(file, fault))?;
        let line = |lang: Lang| {
            let (rows, files) = (lang.integer(found.contents.rows), lang.integer(found.contents.files));
            let (entries, boards) = (lang.integer(found.entries), lang.integer(found.boards));
            lang.backup_verified(lang.moment(found.header.at()), rows, files, entries, boards, &found.header.head().hash) + "\n"
        };
        print(&[Lang::Vi, Lang::En].map(line).concat())
    })
}

/// Restores a backup, and looks at what was restored before it says so.
pub fn run_restore(arguments: &Restore) -> Result<(), Failure> {
    block_on(async {
        let (archive, bar, file) = (open(&arguments.file)?, ProgressBar::new_spinner(), &arguments.file);
        let (database, files) = (arguments.database.url()?, arguments.files.open(&arguments.database)?);
        let mut progress = |stage| show(&bar, stage);
        let restored = restore(&operator::may_restore(), archive, &database, &files, &mut progress).await;
        let (store, header, contents) = restored.map_err(|fault| cannot_read(file, fault))?;
        let found = examine(&store, &files, Clock::System.now(), &mut progress).await;
        store.close().await;
        bar.finish_and_clear();
        let (entries, _) = found.map_err(|fault| cannot_read(file, fault))?;
        let line = |lang: Lang| {
            let (rows, files) = (lang.integer(contents.rows), lang.integer(contents.files));
            let restored = lang.backup_restored(lang.moment(header.at()), rows, files, lang.integer(entries), &header.head().hash);
            format!("{restored}\n{}\n", lang.backup_log_in())
        };
        print(&[Lang::Vi, Lang::En].map(line).concat())
    })
}

fn open(file: &Path) -> Result<BufReader<File>, Failure> {
    File::open(file).map(|archive| BufReader::with_capacity(BYTES_A_READ, archive)).map_err(|fault| cannot_read(file, fault.into()))
}

/// Shown on a terminal only.
fn show(bar: &ProgressBar, stage: Stage) {
    bar.set_message(match stage {
        Stage::Rows(count) => Lang::Vi.backup_rows(Lang::Vi.integer(count)),
        Stage::Files(count) => Lang::Vi.backup_files(Lang::Vi.integer(count)),
        Stage::Journal(done, of) => Lang::Vi.backup_journal(Lang::Vi.integer(done), Lang::Vi.integer(of)),
    });
    bar.tick();
}

fn cannot_write(file: &Path, fault: BackupFault) -> Failure {
    match fault {
        BackupFault::Io(fault) => Failure::both(|lang| lang.backup_fault_cannot_write(file.display(), &fault)),
        other => failure(file, other),
    }
}

fn cannot_read(file: &Path, fault: BackupFault) -> Failure {
    match fault {
        BackupFault::Io(fault) => Failure::both(|lang| lang.backup_fault_cannot_read(file.display(), &fault)),
        other => failure(file, other),
    }
}

fn failure(file: &Path, fault: BackupFault) -> Failure {
    let file = file.display();
    match fault {
        BackupFault::Store(fault) => fault.into(),
        BackupFault::Files(fault) => Failure::both(|lang| lang.files_fault_in_full(&fault)),
        BackupFault::Io(fault) => Failure::both(|lang| lang.command_failed(&fault)),
        BackupFault::Exists => Failure::both(|lang| lang.backup_fault_exists(&file)),
        BackupFault::Foreign => Failure::both(|lang| lang.backup_fault_foreign(&file)),
        BackupFault::Newer => Failure::both(|lang| lang.backup_fault_newer(&file)),
        BackupFault::CutOff => Failure::both(|lang| lang.backup_fault_cut_off(&file)),
        BackupFault::Damaged(what) => Failure::both(|lang| lang.backup_fault_damaged(&file, &what)),
        BackupFault::NotEmpty => Failure::both(|lang| lang.backup_fault_not_empty().to_owned()),
        BackupFault::Missing(name) => Failure::both(|lang| lang.backup_fault_missing(&file, &name)),
        BackupFault::Unsound(fault) => Failure::both(|lang| lang.backup_fault_unsound(&file, lang.audit_fault(&fault))),
        BackupFault::Board(board) => Failure::both(|lang| lang.backup_fault_board(board)),
    }
}
